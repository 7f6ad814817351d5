// Which exercises there are, how an answer is read and judged, and what the makers share.
#include "core/exercises/exercise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <utility>

#include "core/exercises/exercise_parts.h"
#include "core/samples/small_images.h"
#include "core/segment/median.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

constexpr double largest_by_hand = 65535;
constexpr std::string_view grid_id = "lecture_grid";
constexpr std::string_view field_id = "small_field";

std::span<const ExerciseMaker> makers_of(Stage step, const MaskSource& way) {
  if (&way == &mask_sources::classifier && step == Stage::filtered) return features_exercises();
  if (&way == &mask_sources::classifier && step == Stage::mask) return forest_exercises();
  if (is_network(way) && step == Stage::filtered) return network_exercises();
  if (is_network(way) && step == Stage::mask) return training_exercises();
  switch (step) {
    case Stage::raw:
      return pixels_exercises();
    case Stage::mask:
      return threshold_exercises();
    case Stage::filtered:
      return filter_exercises();
    case Stage::components:
      return label_exercises();
    case Stage::refined:
      return refine_exercises();
    case Stage::distance:
      return distance_exercises();
    case Stage::seeds:
      return seeds_exercises();
    case Stage::labels:
      return watershed_exercises();
    case Stage::measurements:
      break;
  }
  return measure_exercises();
}

std::vector<std::string_view> ids_of(std::span<const ExerciseMaker> makers) {
  std::vector<std::string_view> ids;
  for (const ExerciseMaker& maker : makers) ids.push_back(maker.id);
  return ids;
}

const ExerciseMaker* find_maker(std::string_view id) {
  const auto among = [&](std::span<const ExerciseMaker> makers) {
    const auto found = std::ranges::find(makers, id, &ExerciseMaker::id);
    return found == makers.end() ? nullptr : &*found;
  };
  for (const MaskSource* way : all_mask_sources()) {
    for (const Stage step : stages) {
      if (const ExerciseMaker* maker = among(makers_of(step, *way))) return maker;
    }
  }
  return among(image_set_exercises());
}

const Image<float>& lecture_grid() {
  static const Image<float> grid = make_small_image(grid_id)->pixels;
  return grid;
}

/// Half of the last digit asked for, and a little for the answer's way through binary fractions.
double tolerance(const Exercise& exercise) {
  return 0.5 * std::pow(10.0, -exercise.decimals) * (1 + 1e-9) + 1e-12 * std::abs(exercise.answer);
}

bool is_right(const Exercise& exercise, double answer) {
  if (exercise.kind == AnswerKind::choice) return answer == exercise.answer;
  const double scale = std::pow(10.0, exercise.decimals);
  const double rounded = std::round(exercise.answer * scale) / scale;
  return std::min(std::abs(answer - exercise.answer), std::abs(answer - rounded)) <= tolerance(exercise);
}

/// The known mistake nearest to the answer, if it is within reach.
const KnownMistake* nearest_mistake(const Exercise& exercise, double answer, double reach) {
  const KnownMistake* nearest = nullptr;
  for (const KnownMistake& mistake : exercise.mistakes) {
    const double distance = std::abs(answer - mistake.answer);
    if (distance > reach || (nearest != nullptr && distance >= std::abs(answer - nearest->answer))) continue;
    nearest = &mistake;
  }
  return nearest;
}

std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string answer_text(const Exercise& exercise) {
  if (exercise.kind == AnswerKind::choice) return exercise.choices[static_cast<std::size_t>(exercise.answer)];
  std::string number = number_text(exercise.answer, exercise.decimals);
  if (exercise.unit.empty()) return number;
  const bool single = number == "1" && exercise.unit.ends_with('s');
  return number + " " + exercise.unit.substr(0, exercise.unit.size() - (single ? 1 : 0));
}

}  // namespace

std::span<const std::string_view> exercises_of(Stage step, const MaskSource& way) {
  static const auto ids = [] {
    std::vector<std::array<std::vector<std::string_view>, stage_count>> of_ways;
    for (const MaskSource* each : all_mask_sources()) {
      for (auto& of_steps = of_ways.emplace_back(); const Stage stage : stages)
        of_steps[static_cast<std::size_t>(stage)] = ids_of(makers_of(stage, *each));
    }
    return of_ways;
  }();
  const auto place = std::ranges::find(all_mask_sources(), &way) - all_mask_sources().begin();
  return ids[static_cast<std::size_t>(place)][static_cast<std::size_t>(step)];
}

std::span<const std::string_view> exercises_of_image_set() {
  static const auto ids = ids_of(image_set_exercises());
  return ids;
}

Result<Exercise> make_exercise(std::string_view id, const ExerciseInput& input) {
  if (const ExerciseMaker* maker = find_maker(id)) {
    Exercise exercise = maker->make(input);
    exercise.id = maker->id;
    return exercise;
  }
  return fail("There is no exercise called " + std::string(id) + "; the first one is " +
              std::string(pixels_exercises().front().id) + ".");
}

Judgement judge(const Exercise& exercise, double answer) {
  if (is_right(exercise, answer)) return {Verdict::right, "Right: " + answer_text(exercise) + "."};
  if (exercise.kind == AnswerKind::choice) {
    if (const KnownMistake* mistake = nearest_mistake(exercise, answer, 0))
      return {Verdict::known_mistake, mistake->why};
    return {Verdict::wrong, first_sentence(exercise.worked)};
  }
  if (const KnownMistake* mistake = nearest_mistake(exercise, answer, tolerance(exercise))) {
    return {Verdict::known_mistake, mistake->why};
  }
  if (exercise.decimals > 0) {  // 157.7 or 157.66 for 157.67, and 177.4 for the mistake of 177.38
    const double coarser = 10 * tolerance(exercise);
    const KnownMistake* mistake = nearest_mistake(exercise, answer, coarser);
    const double distance = std::abs(answer - exercise.answer);
    if (distance <= coarser && (mistake == nullptr || distance <= std::abs(answer - mistake->answer))) {
      return {Verdict::wrong, exercise.decimals == 1
                                  ? "Nearly: round it to 1 decimal."
                                  : "Nearly: round it to " + number_text(exercise.decimals) + " decimals."};
    }
    if (mistake != nullptr) return {Verdict::known_mistake, mistake->why};
  }
  return {Verdict::wrong, first_sentence(exercise.worked)};
}

std::string Subject::where(Pixel at) const { return row_and_column(at) + (teaching() ? " of " + name() : ""); }

std::string Subject::name() const {
  if (!teaching()) return "this image";
  return teaching_image == grid_id ? "the lecture's grid" : "the small field";
}

Subject choose_subject(const ExerciseInput& input, bool serves, Pixel in_the_grid) {
  if (serves) return {.image = input.raw, .pixel = input.pixel, .type_maximum = input.type_maximum};
  return {.image = lecture_grid(), .pixel = in_the_grid, .type_maximum = 255, .teaching_image = grid_id};
}

std::optional<Subject> with_stages(const ExerciseInput& input) {
  if (input.values == nullptr || input.raw.empty()) return std::nullopt;
  static const Recipe usual;
  const StageValues& v = *input.values;
  const auto fits = [&](const auto& image) {
    return image.rows() == input.raw.rows() && image.cols() == input.raw.cols();
  };
  if (!fits(v.components.labels) || !fits(v.distance_squared) || !fits(v.seeds.labels) || !fits(v.labels)) {
    return std::nullopt;
  }
  return Subject{.image = input.raw,
                 .pixel = input.raw.nearest(input.pixel),
                 .type_maximum = input.type_maximum,
                 .values = input.values,
                 .recipe = input.recipe == nullptr ? &usual : input.recipe};
}

StageValues small_field_stages(const Recipe& recipe) {
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(make_small_image(field_id)->pixels);
  pipeline.finish();
  return pipeline.values();
}

Subject small_field(Pixel pixel) {
  static const Recipe recipe = [] {
    Recipe field;
    field.filter = filters::median;
    field.refinements = {repairs::closing};
    field.window = 7;
    field.min_distance = 2;
    field.exclude_border = false;
    return field;
  }();
  static const StageValues values = small_field_stages(recipe);
  return {.image = values.raw,
          .pixel = pixel,
          .type_maximum = 255,
          .teaching_image = field_id,
          .values = &values,
          .recipe = &recipe};
}

Exercise exercise_about(const Subject& subject) {
  Exercise exercise;
  exercise.teaching_image = subject.teaching_image;
  exercise.with_its_recipe = subject.teaching() && subject.recipe != nullptr;
  return exercise;
}

void set_choices(Exercise& exercise, std::initializer_list<const char*> choices, int right) {
  exercise.kind = AnswerKind::choice;
  exercise.choices.assign(choices.begin(), choices.end());
  exercise.answer = right;
}

void add_mistake(Exercise& exercise, double answer, std::string why) {
  if (!std::isfinite(answer) || is_right(exercise, answer)) return;
  const double reach = exercise.kind == AnswerKind::choice ? 0 : tolerance(exercise);
  if (nearest_mistake(exercise, answer, reach) != nullptr) return;
  exercise.mistakes.push_back({answer, std::move(why)});
}

std::string number_text(double value, int decimals) {
  std::string text(64, '\0');
  const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  text.resize(std::min(static_cast<std::size_t>(std::max(length, 0)), text.size() - 1));
  return text;
}

std::int64_t count_true(MaskView mask) { return std::ranges::count(mask.pixels(), 1); }

double otsu_of(FloatView image) { return threshold_otsu(histogram(image)); }

std::vector<double> values_around(FloatView image, Pixel pixel, int size, std::optional<Border> border) {
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (int row = pixel.row - size / 2; row <= pixel.row + size / 2; ++row) {
    for (int col = pixel.col - size / 2; col <= pixel.col + size / 2; ++col) {
      if (!border && !image.contains({row, col})) {
        values.push_back(0);
      } else {
        const Border beyond = border.value_or(Border::nearest);
        values.push_back(
            static_cast<double>(image[source_of(row, image.rows(), beyond), source_of(col, image.cols(), beyond)]));
      }
    }
  }
  return values;
}

bool are_whole(std::span<const double> values) {
  return std::ranges::all_of(values, [](double v) { return v >= 0 && v <= largest_by_hand && v == std::floor(v); });
}

bool is_whole_at(FloatView image, Pixel pixel) {
  return image.contains(pixel) && are_whole(values_around(image, pixel, 1));
}

bool can_be_divided(FloatView image) {
  if (image.empty()) return false;
  bool differs = false;
  for (const float value : image.pixels()) {
    if (!std::isfinite(value)) return false;
    differs = differs || value != image.pixels().front();
  }
  return differs;
}

}  // namespace floodlight

// What every exercise asks, answers and says of the samples: tests/data/kept_exercises.json has it word for word. Other tests
// show that it is right; this one, that nothing of it changes by the way. After a change that is meant, FLOODLIGHT_KEEP=1
// writes the file anew, and its diff is read.
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/exercises/exercise.h"
#include "core/exercises/exercise_parts.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "tests/core/reference.h"
#include "tests/core/sha256.h"

namespace floodlight {
namespace {

Json written(const Exercise& e) {
  Json::Object object;
  object.emplace_back("question", e.question);
  if (!e.choices.empty()) object.emplace_back("choices", Json::Array(e.choices.begin(), e.choices.end()));
  object.emplace_back("answer", number_text(e.answer, 6) + (e.unit.empty() ? "" : " " + e.unit) + ", to " +
                                    std::to_string(e.decimals) + " decimals");
  Json::Array mistakes;
  for (const KnownMistake& mistake : e.mistakes)
    mistakes.emplace_back(number_text(mistake.answer, 6) + ": " + mistake.why);
  object.emplace_back("mistakes", std::move(mistakes));
  object.emplace_back("worked", e.worked);
  if (e.pixel) object.emplace_back("pixel", number_text(e.pixel->row) + ", " + number_text(e.pixel->col));
  std::string covered;
  for (const Covers covers : e.covers) covered += " " + std::to_string(static_cast<int>(covers));
  object.emplace_back("covers", covered);
  object.emplace_back("picture", std::to_string(static_cast<int>(e.picture)));
  if (!e.teaching_image.empty()) object.emplace_back("made from", std::string(e.teaching_image));
  return Json(std::move(object));
}

/// All exercises of an input, by id.
Json exercises(std::span<const std::string_view> ids, const ExerciseInput& input) {
  Json::Object all;
  for (const std::string_view id : ids) {
    const auto made = make_exercise(id, input);
    all.emplace_back(std::string(id), made ? written(*made) : Json(made.error().message));
  }
  return Json(std::move(all));
}

/// Those of a sample's steps, at a pixel.
Json of_sample(const Sample& sample, const Recipe& recipe, Pixel pixel) {
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(sample.pixels);
  pipeline.finish();
  Json::Object steps;
  for (const Stage step : stages) {
    steps.emplace_back(
        std::string(stage_name(step)),
        exercises(exercises_of(step), {.raw = pipeline.values().raw,
                                       .values = pipeline.has(Stage::labels) ? &pipeline.values() : nullptr,
                                       .type_maximum = sample.type_maximum,
                                       .recipe = &recipe,
                                       .pixel = pixel}));
  }
  return Json(std::move(steps));
}

/// Those of a set of fields whose numbers of nuclei, areas and scores come from a few rows of digits.
Json of_set(std::size_t fields, double spread) {
  std::vector<std::vector<float>> areas(fields);
  std::vector<FieldOfSet> set;
  for (std::size_t i = 0; i < fields; ++i) {
    for (std::size_t k = 0; k < 5 + i % 3; ++k)
      areas[i].push_back(static_cast<float>(400 + spread * static_cast<double>((7 * i + 3 * k) % 11)));
    const double f1 = 0.7 + 0.02 * static_cast<double>(5 * i % 9);
    set.push_back({.areas = areas[i], .f1 = f1, .fixed_f1 = f1 - 0.03 + 0.02 * static_cast<double>(i % 4)});
  }
  const Recipe recipe;
  return exercises(exercises_of_image_set(), {.raw = {}, .recipe = &recipe, .pixel = {}, .fields = set});
}

Json all_of_them() {
  Json::Object all;
  for (const SampleInfo& info : samples()) {
    if (info.group == SampleGroup::population && info.id != "nuclei_01" && info.id != "nuclei_07") continue;
    const Sample sample = make_sample(info.id).value();
    const Pixel middle{sample.pixels.rows() / 2, sample.pixels.cols() / 2};
    for (const Pixel pixel : {middle, Pixel{middle.row / 2, middle.col / 3}}) {
      const Json at_pixel = of_sample(sample, info.recipe, pixel);
      const std::string name = std::string(info.id) + " at " + number_text(pixel.row) + ", " + number_text(pixel.col);
      // Whole where it is read; of the others a digest tells.
      const std::string text = at_pixel.text();
      const bool whole =
          pixel == middle && (info.id == "lecture_grid" || info.id == "small_field" || info.id == "nuclei_01");
      all.emplace_back(name, whole ? at_pixel : Json(test::sha256(std::as_bytes(std::span(text)))));
    }
  }
  for (const auto& [fields, spread] : {std::pair{2, 10.0}, {3, 60.0}, {8, 25.0}, {25, 90.0}}) {
    all.emplace_back(std::to_string(fields) + " fields, spread " + number_text(spread),
                     of_set(static_cast<std::size_t>(fields), spread));
  }
  return Json(std::move(all));
}

TEST(KeptExercises, AskAndSayWhatTheyDidThen) {
  const std::string path = test::data_path("kept_exercises.json");
  const Json now = all_of_them();
  if (std::getenv("FLOODLIGHT_KEEP") != nullptr) {
    std::ofstream(path) << std::regex_replace(now.text(), std::regex(R"(\}, ")"), "},\n\"") << "\n";
    GTEST_SKIP() << "kept_exercises.json is written";
  }
  const Json kept = test::read_json(path);
  ASSERT_NE(kept.object(), nullptr);
  ASSERT_EQ(kept.object()->size(), now.object()->size());
  for (std::size_t i = 0; i < now.object()->size(); ++i) {
    const auto& [name, exercises] = (*now.object())[i];
    const auto& [kept_name, kept_exercises] = (*kept.object())[i];
    EXPECT_EQ(name, kept_name);
    EXPECT_EQ(exercises.text(), kept_exercises.text()) << name;
  }
}

}  // namespace
}  // namespace floodlight

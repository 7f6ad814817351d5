// What the exercises of all steps are made with. Only core/exercise*.cpp need it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/words.h"
#include "core/exercises/exercise.h"
#include "core/segment/border.h"

namespace floodlight {

struct ExerciseMaker {
  std::string_view id;
  Exercise (*make)(const ExerciseInput& input);
};
std::span<const ExerciseMaker> pixels_exercises();
std::span<const ExerciseMaker> threshold_exercises();
std::span<const ExerciseMaker> filter_exercises();
std::span<const ExerciseMaker> label_exercises();
std::span<const ExerciseMaker> refine_exercises();
std::span<const ExerciseMaker> distance_exercises();
std::span<const ExerciseMaker> seeds_exercises();
std::span<const ExerciseMaker> watershed_exercises();
std::span<const ExerciseMaker> measure_exercises();
std::span<const ExerciseMaker> image_set_exercises();
std::span<const ExerciseMaker> features_exercises();
std::span<const ExerciseMaker> forest_exercises();
std::span<const ExerciseMaker> network_exercises();
std::span<const ExerciseMaker> training_exercises();

/// What an exercise is made from: the image at hand, or a teaching image in its place.
struct Subject {
  FloatView image;
  Pixel pixel;
  double type_maximum = 0;
  std::string_view teaching_image = {};  ///< its sample; empty: the image at hand
  const StageValues* values = nullptr;   ///< `with_stages` and `small_field` have these two
  const Recipe* recipe = nullptr;

  [[nodiscard]] bool teaching() const { return !teaching_image.empty(); }
  [[nodiscard]] float value() const { return image[pixel]; }
  /// "row 5, column 14", and of which image where it is a teaching image.
  [[nodiscard]] std::string where() const { return where(pixel); }
  [[nodiscard]] std::string where(Pixel at) const;
  /// "this image", "the lecture's grid" or "the small field".
  [[nodiscard]] std::string name() const;
};

/// The image at hand if it serves, else the lecture's grid at this pixel (the lecture's own, unless told).
Subject choose_subject(const ExerciseInput& input, bool serves, Pixel in_the_grid = {5, 14});
/// The image at hand with the values of its stages, if there are any; its pixel lies inside.
std::optional<Subject> with_stages(const ExerciseInput& input);
/// The small field with the stages that its recipe makes: median 3 x 3, Otsu, closing with the cross, window 7, minimum
/// distance 2, border kept.
Subject small_field(Pixel pixel = {});
/// Its stages with another recipe.
StageValues small_field_stages(const Recipe& recipe);

/// What was found to ask about, and where.
template <typename Found>
struct Asked {
  Subject subject;
  Found found;
};
/// What `find` finds in the image at hand with its stages, else in the small field, where it always finds something.
template <typename Found>
Asked<Found> ask(const ExerciseInput& input, std::optional<Found> (*find)(const Subject&), Pixel in_the_field = {}) {
  if (const auto at_hand = with_stages(input)) {
    if (auto found = find(*at_hand)) return {*at_hand, std::move(*found)};
  }
  const Subject field = small_field(in_the_field);
  return {field, find(field).value()};
}

/// An exercise about an image, with nothing asked yet.
Exercise exercise_about(const Subject& subject);

/// A choice of these, the right one by its place.
void set_choices(Exercise& exercise, std::initializer_list<const char*> choices, int right);

/// Adds a known wrong answer, unless it is taken for the right one or for an earlier mistake. The right answer and the
/// decimals must have been set.
void add_mistake(Exercise& exercise, double answer, std::string why);

/// A number with so many decimals.
std::string number_text(double value, int decimals = 0);
/// The size x size values around a pixel, row by row; beyond the edge zeros where there is no border. size odd.
/// O(size * size).
std::vector<double> values_around(FloatView image, Pixel pixel, int size,
                                  std::optional<Border> border = Border::nearest);

/// How many pixels are True.
std::int64_t count_true(MaskView mask);
/// Otsu's threshold of an image whose pixels are finite; that one always has an answer.
double otsu_of(FloatView image);

/// Whether sums can be done by hand: whole numbers from 0 to 65535.
bool are_whole(std::span<const double> values);
/// Whether the pixel lies in the image and its value is such a number.
bool is_whole_at(FloatView image, Pixel pixel);
/// Whether a cutoff could divide the pixels: all finite, and not all of them equal. O(pixels).
bool can_be_divided(FloatView image);

}  // namespace floodlight

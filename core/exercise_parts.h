// What the exercises of all steps are made with. Only core/exercise*.cpp need it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/exercise.h"

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

/// What an exercise is made from: the image at hand, or the lecture's grid in its place.
struct Subject {
  FloatView image;
  Pixel pixel;
  double type_maximum = 0;
  bool teaching = false;

  [[nodiscard]] float value() const { return image[pixel]; }
  /// "row 5, column 14", and of the lecture's grid where it is that.
  [[nodiscard]] std::string place() const;
  /// "this image" or "the lecture's grid".
  [[nodiscard]] std::string name() const;
};

/// The image at hand if it serves, else the lecture's grid at this pixel (the lecture's own, unless told).
Subject choose_subject(const ExerciseInput& input, bool serves, Pixel in_the_grid = {5, 14});

/// An exercise about an image, with nothing asked yet.
Exercise exercise_about(const Subject& subject);

/// A choice of these, the right one by its place.
void set_choices(Exercise& exercise, std::initializer_list<const char*> choices, int right);

/// Adds a known wrong answer, unless it is taken for the right one or for an earlier mistake. The right answer and the
/// decimals must have been set.
void add_mistake(Exercise& exercise, double answer, std::string why);

/// A number with so many decimals.
std::string number_text(double value, int decimals = 0);

enum class Border : std::uint8_t {
  repeat,   ///< the edge pixel again and again: `nearest`
  reflect,  ///< mirrored, the edge pixel first
  zero
};
/// The size x size values around a pixel, row by row. size odd. O(size * size).
std::vector<double> values_around(FloatView image, Pixel pixel, int size, Border border = Border::repeat);

/// Whether sums can be done by hand: whole numbers from 0 to 65535.
bool are_whole(std::span<const double> values);
/// Whether the pixel lies in the image and its value is such a number.
bool is_whole_at(FloatView image, Pixel pixel);
/// Whether a cutoff could divide the pixels: all finite, and not all of them equal. O(pixels).
bool can_be_divided(FloatView image);

}  // namespace floodlight

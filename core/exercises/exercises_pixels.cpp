// Exercises of the step Pixels: places and values, display and number, bits, photons and noise.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/exercises/exercise_parts.h"

namespace floodlight {
namespace {

/// Rows or columns: `count` of them, across the other.
Exercise count_exercise(const ExerciseInput& input, bool rows) {
  const Subject s = choose_subject(input, !input.raw.empty());
  const int count = rows ? s.image.rows() : s.image.cols();
  const int other = rows ? s.image.cols() : s.image.rows();
  Exercise e = exercise_about(s);
  e.question = std::string("How many ") + (rows ? "rows" : "columns") + " does " + s.name() + " have?";
  e.answer = count;
  e.unit = rows ? "rows" : "columns";
  add_mistake(e, other, "shape is (rows, columns): down first.");
  add_mistake(e, count - 1, "That is the number of the last one: counting starts at 0, so that there is one more.");
  e.worked = std::string("raw_image.shape is (rows, columns): down first, then across. Here it is (") +
             number_text(s.image.rows()) + ", " + number_text(s.image.cols()) + ").";
  e.covers = {Covers::shape};
  return e;
}

Exercise rows(const ExerciseInput& input) { return count_exercise(input, true); }
Exercise columns(const ExerciseInput& input) { return count_exercise(input, false); }

Exercise value(const ExerciseInput& input) {
  const Subject s = choose_subject(input, is_whole_at(input.raw, input.pixel));
  const auto [row, col] = s.pixel;
  const auto element = [](int r, int c) { return "raw_image[" + number_text(r) + ", " + number_text(c) + "]"; };
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "What is the value at " + s.where() + "?";
  e.answer = static_cast<double>(s.value());
  e.pixel = s.pixel;
  if (s.image.contains({col, row})) {
    add_mistake(
        e, static_cast<double>(s.image[col, row]),
        "Row first, then column: that is the value at row " + number_text(col) + ", column " + number_text(row) + ".");
  }
  if (s.image.contains({row - 1, col - 1})) {
    add_mistake(e, static_cast<double>(s.image[row - 1, col - 1]),
                "Counting starts at 0: that is " + element(row - 1, col - 1) + ".");
  }
  e.worked = "Count rows downwards and columns to the right, both from 0. " + element(row, col) + " is " +
             number_text(e.answer) + ".";
  e.covers = {Covers::raw_value};
  return e;
}

/// About two fifths of the range, with one digit that is not 0: 100 of 255.
double narrower(double top) {
  const double part = 0.4 * top;
  const double unit = std::pow(10.0, std::floor(std::log10(part)));
  return std::round(part / unit) * unit;
}

double top_of(double type_maximum, FloatView image) {
  if (type_maximum > 0) return type_maximum;
  return image.empty() ? 0 : static_cast<double>(std::ranges::max(image.pixels()));
}

Exercise window(const ExerciseInput& input) {
  const double at_hand = top_of(input.type_maximum, input.raw);
  const Subject s = choose_subject(input, at_hand >= 10 && at_hand < 1e9 && is_whole_at(input.raw, input.pixel));
  const double before = std::floor(top_of(s.type_maximum, s.image));
  const double after = narrower(before);
  const auto shown = static_cast<double>(s.value());
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "The pixel at " + s.where() + " holds " + number_text(shown) +
               ". The display window is changed from 0-" + number_text(before) + " to 0-" + number_text(after) +
               ". What does the pixel hold now?";
  e.answer = shown;
  e.pixel = s.pixel;
  add_mistake(e, std::clamp(std::round(shown * 255 / after), 0.0, 255.0),
              "That is how bright the screen shows it. The window changes the picture, not the number.");
  add_mistake(e, shown * before / after,
              "Only the picture is stretched. The window changes the picture, not the number.");
  add_mistake(e, std::min(shown, after),
              "Only the display ends there. The window changes the picture, not the number.");
  e.worked =
      "A window says which values are drawn black and which white. The array is not touched: the pixel still "
      "holds " +
      number_text(shown) + ".";
  return e;
}

Exercise bits(const ExerciseInput& /*input*/) {
  constexpr int count = 3;
  Exercise e;
  e.question =
      "The image is re-quantised to " + number_text(count) + " bits. How many different values are left at most?";
  e.answer = std::pow(2.0, count);
  e.unit = "values";
  add_mistake(e, count, "Each bit doubles the count.");
  add_mistake(e, 2 * count, "Each bit doubles the count: do not add, multiply.");
  add_mistake(e, e.answer - 1, "0 counts too: that is the largest of them.");
  add_mistake(e, count * count, "2 to the power of the bits, not their square.");
  e.worked = "Each bit doubles the count, and no bits make one value. " + number_text(count) +
             " bits make 2 x 2 x 2 = " + number_text(e.answer) + ", from 0 to " + number_text(e.answer - 1) + ".";
  return e;
}

Exercise photons(const ExerciseInput& /*input*/) {
  constexpr double offset = 100;
  constexpr double gain = 0.5;
  constexpr double efficiency = 0.8;
  constexpr double read = 900;
  Exercise e;
  e.question = "A camera has offset " + number_text(offset) + ", gain " + number_text(gain, 1) +
               " electrons per value and quantum efficiency " + number_text(100 * efficiency) + " %. A pixel reads " +
               number_text(read) + ". About how many photons fell on it?";
  e.answer = (read - offset) * gain / efficiency;
  e.unit = "photons";
  add_mistake(e, read, "A value is not a photon count.");
  add_mistake(e, read * gain / efficiency, "Take the offset off first.");
  add_mistake(e, (read - offset) * gain * efficiency,
              "Divide by the efficiency: most photons became electrons, some were lost.");
  add_mistake(e, (read - offset) * gain, "Those are the electrons: some photons made none.");
  add_mistake(e, (read - offset) / gain / efficiency,
              "Multiply by the gain: it says how many electrons make one step.");
  e.worked = "Go back the way the light came: take off the offset, times the gain, divided by the efficiency. (" +
             number_text(read) + " - " + number_text(offset) + ") x " + number_text(gain, 1) + " / " +
             number_text(efficiency, 1) + " = " + number_text(e.answer) + ".";
  return e;
}

Exercise again(const ExerciseInput& /*input*/) {
  Exercise e;
  e.question =
      "You take the same picture again: nothing moved, no setting changed. Do the pixels hold the same numbers?";
  set_choices(
      e, {"Yes, all of them", "No, most differ a little, each in its own way", "No, all differ by the same amount"}, 1);
  add_mistake(e, 0, "The light itself is noisy: how many photons arrive is chance each time.");
  add_mistake(e, 2, "Noise is drawn anew for each pixel; what all share, as the offset, is not noise.");
  e.worked =
      "Photons arrive at random, and reading out adds its own noise. Each pixel draws anew, so most numbers differ "
      "a little; the mean of many pictures is what stays.";
  return e;
}

Exercise noise(const ExerciseInput& /*input*/) {
  constexpr double electrons = 400;
  constexpr double read_noise = 3;
  const double light = std::sqrt(electrons);
  const double variance = electrons + read_noise * read_noise;
  Exercise e;
  e.question = number_text(electrons) + " electrons are expected in a pixel, and the camera's read noise is " +
               number_text(read_noise) + " electrons. What is the standard deviation of what is read, in electrons?";
  e.decimals = 1;
  e.answer = std::sqrt(variance);
  e.unit = "electrons";
  add_mistake(e, read_noise, "The light itself is noisy: its variance is its mean.");
  add_mistake(e, light + read_noise, "Variances add, not standard deviations.");
  add_mistake(e, light, "That is the noise of the light alone: add the variance of the read noise.");
  add_mistake(e, variance, "That is the variance: take its square root.");
  e.worked = "Variances add, and the variance of the light is its mean. " + number_text(electrons) + " + " +
             number_text(read_noise) + " x " + number_text(read_noise) + " = " + number_text(variance) +
             ", whose square root is " + number_text(e.answer, 1) + ".";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"pixels.rows", rows},   ExerciseMaker{"pixels.columns", columns},
                               ExerciseMaker{"pixels.value", value}, ExerciseMaker{"pixels.window", window},
                               ExerciseMaker{"pixels.bits", bits},   ExerciseMaker{"pixels.photons", photons},
                               ExerciseMaker{"pixels.again", again}, ExerciseMaker{"pixels.noise", noise}};

}  // namespace

std::span<const ExerciseMaker> pixels_exercises() { return makers; }

}  // namespace floodlight

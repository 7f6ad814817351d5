// Exercises of the step Filter: the median and the mean by hand, kernels and their divisors, borders, blur and objects.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/samples/small_images.h"
#include "core/segment/convolve.h"
#include "core/segment/gaussian.h"
#include "core/segment/label.h"
#include "core/segment/mean.h"
#include "core/segment/median.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

double sum_of(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double middle_of(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// "103 + 106 + 109".
std::string joined(std::span<const double> values, std::string_view between) {
  std::string text;
  for (const double value : values) {
    if (!text.empty()) text += between;
    text += number_text(value);
  }
  return text;
}

/// Whether the neighbourhood can be filtered by hand: inside an image that is no smaller, whole numbers, not all equal.
bool serves_by_hand(FloatView image, Pixel pixel, int size) {
  if (!image.contains(pixel) || image.rows() < size || image.cols() < size) return false;
  const std::vector<double> values = values_around(image, pixel, size);
  return are_whole(values) && std::ranges::min(values) < std::ranges::max(values);
}

Exercise median_exercise(const ExerciseInput& input) {
  const Subject s = choose_subject(input, serves_by_hand(input.raw, input.pixel, 3));
  std::vector<double> values = values_around(s.image, s.pixel, 3);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "A 3 x 3 median is applied. What is the value at " + s.where() + " afterwards?";
  e.pixel = s.pixel;
  e.answer = middle_of(values);
  add_mistake(e, static_cast<double>(s.value()),
              "That is the pixel itself, in the middle of the unsorted nine. Sort first, then take the fifth.");
  add_mistake(e, sum_of(values) / 9, "That is the mean.");
  add_mistake(e, middle_of(values_around(s.image, s.pixel, 5)), "That is the 5 x 5.");
  add_mistake(e, std::ranges::max(values), "That is the maximum.");
  add_mistake(e, std::ranges::min(values), "That is the minimum.");
  std::ranges::sort(values);
  e.worked = "Sort the nine values and take the fifth. " + joined(values, ", ") + ": the fifth is " +
             number_text(e.answer) + ".";
  e.covers = {Covers::filtered_value};
  return e;
}

Exercise mean_exercise(const ExerciseInput& input) {
  const Subject s = choose_subject(input, serves_by_hand(input.raw, input.pixel, 3));
  const std::vector<double> values = values_around(s.image, s.pixel, 3);
  const double sum = sum_of(values);
  const auto centre = static_cast<double>(s.value());
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "A 3 x 3 mean is applied. What is the value at " + s.where() + " afterwards, to 2 decimals?";
  e.pixel = s.pixel;
  e.decimals = 2;
  e.answer = sum / 9;
  add_mistake(e, sum, "Divide.");
  add_mistake(e, sum / 8, "Divide by 9: the centre counts too.");
  add_mistake(e, (sum - centre) / 8, "The centre counts too: add it, and divide by 9.");
  add_mistake(e, (sum - centre) / 9, "The centre counts too: add it.");
  add_mistake(e, middle_of(values), "That is the median.");
  add_mistake(e, centre, "That is the pixel itself.");
  add_mistake(e, sum_of(values_around(s.image, s.pixel, 5)) / 25, "That is the 5 x 5.");
  e.worked = "Add the nine values and divide by 9. " + joined(values, " + ") + " = " + number_text(sum) + ", and " +
             number_text(sum) + " / 9 = " + number_text(e.answer, 2) + ".";
  e.covers = {Covers::filtered_value};
  return e;
}

/// `gaussian(image, 1)` at one pixel: its weights reach 4 pixels far.
double gaussian_at(FloatView image, Pixel pixel) {
  const std::vector<double> values = values_around(image, pixel, 9);
  const Image<float> around(9, 9, {values.begin(), values.end()});
  return static_cast<double>(gaussian(around, 1)[4, 4]);
}

Exercise kernel(const ExerciseInput& input) {
  const Subject s = choose_subject(input, serves_by_hand(input.raw, input.pixel, 5));
  const std::vector<double> values = values_around(s.image, s.pixel, 5);
  const Kernel lecture_kernel = preset_kernel(KernelPreset::gaussian, 5);
  const double sum = std::inner_product(values.begin(), values.end(), lecture_kernel.weights.begin(), 0.0);
  const double weights = lecture_kernel.divisor;
  const double real = gaussian_at(s.image, s.pixel);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question =
      "The lecture's 5 x 5 Gaussian kernel (1 4 7 4 1 / 4 16 26 16 4 / 7 26 41 26 7 / 4 16 26 16 4 / 1 4 7 4 1) "
      "is applied. What is the value at " +
      s.where() + " afterwards, to 2 decimals?";
  e.pixel = s.pixel;
  e.decimals = 2;
  e.answer = sum / weights;
  const std::string total = number_text(weights);
  add_mistake(e, sum / 25, "Divide by the sum of the weights, " + total + ", not by 25 pixels.");
  add_mistake(e, sum, "Divide by the sum of the weights, " + total + ".");
  add_mistake(e, real, "That is scikit-image's sigma 1: 9 x 9 real weights (radius 4), not 5 x 5 whole numbers.");
  add_mistake(e, sum_of(values) / 25, "That is the plain mean: multiply each value by its weight first.");
  add_mistake(e, middle_of(values), "That is the median.");
  add_mistake(e, static_cast<double>(s.value()), "That is the pixel itself.");
  e.worked = "Multiply each value by its weight, add the products, and divide by the sum of the weights, " + total +
             ". The products add up to " + number_text(sum) + ", and " + number_text(sum) + " / " + total + " = " +
             number_text(e.answer, 2) + "; scikit-image's sigma 1 gives " + number_text(real, 2) +
             ", from 9 x 9 real weights.";
  e.covers = {Covers::filtered_value};
  return e;
}

Exercise sigma(const ExerciseInput& input) {
  double sigma = 1;
  if (input.recipe != nullptr && input.recipe->filter == filters::gaussian &&
      gaussian_reach(input.recipe->filter[gaussian_sigma]) > 0) {
    sigma = input.recipe->filter[gaussian_sigma];
  }
  const auto side = static_cast<double>(gaussian_weights(sigma).size());
  const std::string name = number_text(sigma, sigma == std::round(sigma)             ? 0
                                              : 10 * sigma == std::round(10 * sigma) ? 1
                                                                                     : 2);
  Exercise e;
  e.question =
      "scikit-image's gaussian with sigma " + name + " weighs a square of pixels. How many pixels is its side?";
  e.answer = side;
  e.unit = "pixels";
  add_mistake(e, (side - 1) / 2, "That is the radius: as many on both sides, and the middle.");
  add_mistake(e, side - 1, "The middle counts too.");
  add_mistake(e, sigma, "Sigma is not the kernel's size, but how wide its bell is.");
  add_mistake(e, 2 * sigma + 1, "One sigma is not far enough: the bell is still high there.");
  add_mistake(e, 5, "The lecture's kernel is cut off after 2 pixels; scikit-image goes on to 4 sigma.");
  add_mistake(e, side * side, "That is the number of all its weights.");
  e.worked = "The weights reach 4 sigma to each side, rounded to whole pixels, and the middle counts too. With sigma " +
             name + " that is " + number_text((side - 1) / 2) + " + 1 + " + number_text((side - 1) / 2) + " = " +
             number_text(side) + ".";
  e.covers = {Covers::footprint};
  return e;
}

/// One bright pixel in zeros, and its place.
struct Spot {
  Image<float> image;
  Pixel pixel;
};
Spot single_spot() {
  Image<float> image = make_small_image("single_pixel")->pixels;
  const auto pixels = image.pixels();
  const auto at = static_cast<int>(std::ranges::max_element(pixels) - pixels.begin());
  const Pixel pixel{at / image.cols(), at % image.cols()};
  return {std::move(image), pixel};
}

Exercise spot_exercise(bool by_median) {
  const Spot spot = single_spot();
  const auto bright = static_cast<double>(spot.image[spot.pixel]);
  const auto averaged = static_cast<double>(mean(spot.image, 3)[spot.pixel]);
  const auto middle = static_cast<double>(median(spot.image, 3)[spot.pixel]);
  Exercise e;
  e.picture = ExercisePicture::raw;
  e.question = "A single pixel of " + number_text(bright) + " in zeros. What does a 3 x 3 " +
               (by_median ? "median" : "mean") + " leave at its place?";
  e.answer = by_median ? middle : averaged;
  e.covers = {Covers::filtered_value};
  add_mistake(e, bright, "The filter does not spare it: its eight neighbours have a say.");
  if (by_median) {
    add_mistake(e, averaged, "That is the mean.");
    add_mistake(e, bright / 2, "Eight zeros out-vote one " + number_text(bright) + ".");
    e.worked = "Sort the nine values and take the fifth: eight zeros out-vote one " + number_text(bright) + ". It is " +
               number_text(middle) + ", and so is every other pixel: the median removes single pixels.";
  } else {
    add_mistake(e, middle, "That is the median: a mean forgets no value.");
    add_mistake(e, bright / 8, "Divide by 9: the centre counts too.");
    add_mistake(e, bright / 2, "Eight zeros and one " + number_text(bright) + ": divide by nine, not by two.");
    e.worked = "Add the nine values and divide by 9. " + number_text(bright) + " / 9 = " + number_text(averaged) +
               ", there and at its eight neighbours: the mean spreads a single pixel, it does not remove it.";
  }
  return e;
}

Exercise spot_mean(const ExerciseInput& /*input*/) { return spot_exercise(false); }
Exercise spot_median(const ExerciseInput& /*input*/) { return spot_exercise(true); }

Exercise border(const ExerciseInput& input) {
  constexpr Pixel corner{0, 0};
  Subject s = choose_subject(input, serves_by_hand(input.raw, corner, 5));
  s.pixel = corner;
  const std::vector<double> values = values_around(s.image, corner, 5);
  double inside = 0;
  for (int row = 0; row < 3; ++row) {
    for (int col = 0; col < 3; ++col) inside += static_cast<double>(s.image[row, col]);
  }
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "A 5 x 5 mean with mode=\"nearest\" is applied. What is the value at " + s.where() +
               " afterwards, to 2 decimals?";
  e.pixel = corner;
  e.decimals = 2;
  e.answer = sum_of(values) / 25;
  add_mistake(e, sum_of(values_around(s.image, corner, 5, Border::reflect)) / 25,
              "That mirrors the image (`reflect`).");
  add_mistake(e, inside / 25, "Nothing dark lies out there; the edge pixel is repeated.");
  add_mistake(e, inside / 9, "That takes only the nine inside; here the edge pixel is repeated outside.");
  add_mistake(e, sum_of(values_around(s.image, corner, 3)) / 9, "That is the 3 x 3.");
  add_mistake(e, static_cast<double>(s.image[corner]), "That is the pixel itself.");
  add_mistake(e, sum_of(values), "Divide.");
  e.worked =
      "Nine of the 25 places lie inside; each of the others takes the nearest pixel of the edge. The 25 values add "
      "up to " +
      number_text(sum_of(values)) + ", and " + number_text(sum_of(values)) + " / 25 = " + number_text(e.answer, 2) +
      ".";
  e.covers = {Covers::filtered_value};
  return e;
}

/// The objects of Otsu's mask of a blurred image.
Label objects_after(FloatView image, double sigma) {
  const Image<float> filtered = gaussian(image, sigma);
  return label(above(filtered, otsu_of(filtered))).count;
}

Exercise blur(const ExerciseInput& input) {
  constexpr double weak = 1;
  constexpr double strong = 4;
  const bool serves = input.raw.rows() >= 16 && input.raw.cols() >= 16 && can_be_divided(input.raw);
  const Subject s = choose_subject(input, serves);
  const Label before = objects_after(s.image, weak);
  const Label after = objects_after(s.image, strong);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "On " + s.name() + ", the Gaussian's sigma goes from " + number_text(weak) + " to " +
               number_text(strong) + ", each time with Otsu's threshold. How many objects does the mask have then?";
  constexpr int more = 0;
  constexpr int fewer = 1;
  constexpr int same = 2;
  set_choices(e, {"More", "Fewer", "The same number"}, after > before ? more : after < before ? fewer : same);
  const std::string counts = number_text(before) + " before, " + number_text(after) + " after.";
  add_mistake(e, more, "Blur joins neighbours and drowns specks: " + counts);
  add_mistake(e, fewer, "Blur can drown an object, but it also moves the cutoff: " + counts);
  add_mistake(e, same, "Smoother edges are other edges, and neighbours meet: " + counts);
  e.worked = "Blur drowns specks and joins neighbours, and it moves Otsu's threshold. The objects were " + counts +
             " Smoothest is not best: edges move too, so look at the mask.";
  e.covers = {Covers::counts};
  return e;
}

constexpr std::array makers = {
    ExerciseMaker{"filter.median", median_exercise}, ExerciseMaker{"filter.mean", mean_exercise},
    ExerciseMaker{"filter.kernel", kernel},          ExerciseMaker{"filter.sigma", sigma},
    ExerciseMaker{"filter.spot_mean", spot_mean},    ExerciseMaker{"filter.spot_median", spot_median},
    ExerciseMaker{"filter.border", border},          ExerciseMaker{"filter.blur", blur}};

}  // namespace

std::span<const ExerciseMaker> filter_exercises() { return makers; }

}  // namespace floodlight

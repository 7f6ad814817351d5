// Edges and curvature at one pixel, term by term, in the order and precision in which the features are computed.
#include "core/learn/feature_terms.h"

#include <algorithm>
#include <cmath>

#include "core/segment/convolve.h"

namespace floodlight {
namespace {

/// As `convolve` takes it, which turns it; beyond the image the edge pixels repeat, which one pixel outside is also how
/// scipy reflects them.
Kernel sobel_kernel(bool down) {
  if (down) return {.rows = 3, .cols = 3, .weights = {1, 2, 1, 0, 0, 0, -1, -2, -1}, .divisor = 4};
  return {.rows = 3, .cols = 3, .weights = {1, 0, -1, 2, 0, -2, 1, 0, -1}, .divisor = 4};
}

/// The places before and after one along an axis that ends at `last`, and how far they are apart.
struct Step {
  int before;
  int after;
  [[nodiscard]] float divisor() const { return static_cast<float>(after - before); }
};
Step step_at(int at, int last) { return {.before = std::max(at - 1, 0), .after = std::min(at + 1, last)}; }

Difference difference(FloatView image, Pixel before, Pixel after, float divisor) {
  Difference d{.before = before,
               .after = after,
               .before_value = image[before],
               .after_value = image[after],
               .divisor = divisor,
               .result = 0};
  d.result = (d.after_value - d.before_value) / divisor;
  return d;
}

Difference difference_down(FloatView image, Pixel at) {
  const Step step = step_at(at.row, image.rows() - 1);
  return difference(image, {step.before, at.col}, {step.after, at.col}, step.divisor());
}

Difference difference_across(FloatView image, Pixel at) {
  const Step step = step_at(at.col, image.cols() - 1);
  return difference(image, {at.row, step.before}, {at.row, step.after}, step.divisor());
}

SecondDifference second(const Difference& before, const Difference& after, float divisor) {
  return {.before = before, .after = after, .divisor = divisor, .result = (after.result - before.result) / divisor};
}

}  // namespace

SobelTerms sobel_terms(FloatView smoothed, Pixel pixel) {
  SobelTerms terms{.down = convolve_terms(smoothed, sobel_kernel(true), pixel),
                   .across = convolve_terms(smoothed, sobel_kernel(false), pixel)};
  terms.down_value = static_cast<float>(terms.down.result);
  terms.across_value = static_cast<float>(terms.across.result);
  const float squares = terms.down_value * terms.down_value + terms.across_value * terms.across_value;
  terms.result = std::sqrt(squares) / static_cast<float>(1.4142135623730951);
  return terms;
}

HessianTerms hessian_terms(FloatView smoothed, Pixel pixel) {
  const Step rows = step_at(pixel.row, smoothed.rows() - 1);
  const Step cols = step_at(pixel.col, smoothed.cols() - 1);
  HessianTerms t;
  t.down = second(difference_down(smoothed, {rows.before, pixel.col}),
                  difference_down(smoothed, {rows.after, pixel.col}), rows.divisor());
  t.mixed = second(difference_down(smoothed, {pixel.row, cols.before}),
                   difference_down(smoothed, {pixel.row, cols.after}), cols.divisor());
  t.across = second(difference_across(smoothed, {pixel.row, cols.before}),
                    difference_across(smoothed, {pixel.row, cols.after}), cols.divisor());
  t.middle = (t.down.result + t.across.result) / 2;
  t.half = (t.down.result - t.across.result) / 2;
  t.root = std::sqrt(t.mixed.result * t.mixed.result + t.half * t.half);
  t.larger = t.middle + t.root;
  t.smaller = t.middle - t.root;
  return t;
}

}  // namespace floodlight

// The terms of the Gaussian at one pixel, summed in the filter's own order.
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/segment/convolve.h"
#include "core/segment/gaussian.h"

namespace floodlight {
namespace {

constexpr int longest_grid = 9;  // rows and columns of a kernel whose numbers can still be read

/// One pass of the Gaussian, summed as `gaussian` does: the middle, then the pairs around it from the farthest inwards.
FilterTerms sum_up_pass(int rows, int cols, std::vector<FilterTerm> terms, const std::vector<double>& weights,
                        Border border) {
  for (std::size_t i = 0; i < terms.size(); ++i) weigh(terms[i], weights[i]);
  const std::size_t radius = terms.size() / 2;
  double sum = terms[radius].product;
  for (std::size_t j = radius; j > 0; --j) {
    sum += (terms[radius - j].value + terms[radius + j].value) * weights[radius + j];
  }
  return {
      .rows = rows, .cols = cols, .terms = std::move(terms), .sum = sum, .divisor = 1, .result = sum, .border = border};
}

FilterTerms pass_down(FloatView image, const std::vector<double>& weights, Pixel pixel, Border border) {
  const auto side = static_cast<int>(weights.size());
  return sum_up_pass(side, 1, lay_over(image, side, 1, pixel, border), weights, border);
}

std::string products_of(const FilterTerms& t) { return counted(static_cast<std::int64_t>(t.terms.size()), "product"); }

}  // namespace

FilterTerms gaussian_terms(FloatView image, double sigma, Pixel pixel, Border border) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const auto side = static_cast<int>(weights.size());
  std::vector<FilterTerm> terms = lay_over(image, side, side, pixel, border);
  auto term = terms.begin();
  for (const double down : weights) {
    for (const double across : weights) weigh(*term++, down * across);
  }
  return sum_up(side, side, std::move(terms), 1, border);
}

GaussianPasses gaussian_passes(FloatView image, double sigma, Pixel pixel, Border border) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const auto side = static_cast<int>(weights.size());
  std::vector<FilterTerm> across = lay_over(image, 1, side, pixel, border);
  for (FilterTerm& term : across) {
    term.value = static_cast<double>(static_cast<float>(pass_down(image, weights, term.source, border).result));
  }
  return {.down = pass_down(image, weights, pixel, border),
          .across = sum_up_pass(1, side, std::move(across), weights, border)};
}

TermsAtPixel gaussian_at_pixel(FloatView image, double sigma, Pixel pixel, std::string_view start, Border border) {
  const int side = 2 * gaussian_reach(sigma) + 1;
  if (side <= longest_grid) {
    FilterTerms t = gaussian_terms(image, sigma, pixel, border);
    std::string says =
        std::string(start) + " sum of " + products_of(t) + " is " + number(t.sum) + "; the weights sum to 1.";
    return {.result = t.result, .parts = {{.says = std::move(says), .shown = std::move(t)}}};
  }
  auto [down, across] = gaussian_passes(image, sigma, pixel, border);
  std::string first = "First down each column: " + products_of(down) + ", sum " + number(down.sum);
  std::string then = "Then along the row, over those results: " + products_of(across) + ", sum " + number(across.sum);
  std::string why = "Two passes of one dimension give the same as one kernel of " + std::to_string(side) + " x " +
                    std::to_string(side) + ", in a fraction of the products.";
  return {.result = across.result,
          .parts = {{.says = std::move(first), .shown = std::move(down)},
                    {.says = std::move(then), .shown = std::move(across)},
                    {.says = std::move(why)}}};
}

TermsAtPixel filtered_by_gaussian(FloatView image, const OptionValues& values, Pixel pixel) {
  const double sigma = values[gaussian_sigma];
  TermsAtPixel result = gaussian_at_pixel(image, sigma, pixel, "The");
  if (sigma == 1) {
    const FilterTerms whole = convolve_terms(image, preset_kernel(KernelPreset::gaussian, 5), pixel);
    result.parts.push_back({.says = "The lecture's 5 x 5 kernel of whole numbers (total " + number(whole.divisor) +
                                    ") is the same bell cut short and rounded: it would give " + number(whole.result) +
                                    "."});
  }
  return result;
}

}  // namespace floodlight

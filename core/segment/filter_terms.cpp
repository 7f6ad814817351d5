#include "core/segment/filter_terms.h"

#include <cassert>
#include <utility>

namespace floodlight {

std::vector<FilterTerm> lay_over(FloatView image, int rows, int cols, Pixel pixel, Border border) {
  assert(image.contains(pixel));
  assert(rows > 0 && rows % 2 == 1 && cols > 0 && cols % 2 == 1);
  std::vector<FilterTerm> terms;
  terms.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
  for (int r = pixel.row - rows / 2; r <= pixel.row + rows / 2; ++r) {
    for (int c = pixel.col - cols / 2; c <= pixel.col + cols / 2; ++c) {
      const Pixel source{.row = source_of(r, image.rows(), border), .col = source_of(c, image.cols(), border)};
      const auto value = static_cast<double>(image[source]);
      terms.push_back({.place = {.row = r, .col = c}, .source = source, .value = value, .weight = 1, .product = value});
    }
  }
  return terms;
}

void weigh(FilterTerm& term, double weight) {
  term.weight = weight;
  term.product = term.value * weight;
}

FilterTerms sum_up(int rows, int cols, std::vector<FilterTerm> terms, double divisor, Border border) {
  FilterTerms result{.rows = rows,
                     .cols = cols,
                     .terms = std::move(terms),
                     .sum = 0,
                     .divisor = divisor,
                     .result = 0,
                     .border = border};
  for (const FilterTerm& term : result.terms) {
    // A weight of zero keeps even an infinite value out, as in `convolve`.
    if (term.weight != 0) result.sum += term.product;
  }
  result.result = result.sum / divisor;
  return result;
}

}  // namespace floodlight

// What a filter does at one pixel, written out: which values it takes, by what it multiplies them, what comes out.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/image.h"
#include "core/segment/border.h"

namespace floodlight {

/// One place under the footprint.
struct FilterTerm {
  Pixel place;         ///< may lie outside the image
  Pixel source;        ///< where the value comes from: the place itself or, outside, the pixel that stands for it
  double value = 0;    ///< of the source
  double weight = 1;   ///< not yet divided by the divisor
  double product = 0;  ///< value * weight
  [[nodiscard]] bool outside() const { return place != source; }
};

/// All terms of one output pixel. A kernel that is convolved is written turned, as it lies over the image.
struct FilterTerms {
  int rows = 0;  ///< of the footprint
  int cols = 0;
  std::vector<FilterTerm> terms;  ///< rows x cols, row by row
  double sum = 0;                 ///< of the products
  double divisor = 1;
  double result =
      0;  ///< sum / divisor, within 1e-6 relative of the filter's own value, which rounds between its passes
  Border border = Border::nearest;  ///< what stands for places outside the image
};

/// The places under a footprint of odd height and width around a pixel of the image, with their values and the weight 1.
/// O(rows * cols).
std::vector<FilterTerm> lay_over(FloatView image, int rows, int cols, Pixel pixel, Border border = Border::nearest);
/// Gives a term its weight.
void weigh(FilterTerm& term, double weight);
/// The products summed row by row and divided.
FilterTerms sum_up(int rows, int cols, std::vector<FilterTerm> terms, double divisor, Border border = Border::nearest);

}  // namespace floodlight

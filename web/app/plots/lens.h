// What a filter does at one pixel, drawn: the values under the footprint, their weights, the sum; or the sorted strip.
#pragma once

#include "core/segment/filter_row.h"

namespace floodlight::ui {

/// What was chosen in a lens.
struct LensChoices {
  int shown = 0;     ///< values, weights or products, in a grid with room for one of them
  bool sort = true;  ///< the values of a median are wanted sorted ...
  float sorted = 1;  ///< ... and how far they are: 0 as they lie, 1 sorted, in between on their way
};

/// How a value came about: every part's sentence, and below it its terms. Several rows and columns stand as a grid of
/// values and weights, up to 9 x 9, larger ones only tinted by weight; a pass of one dimension as bars, each product's
/// share of the sum; a median's values as a strip, the middle one marked.
void terms_at_pixel(const TermsAtPixel& terms, LensChoices& choices);

}  // namespace floodlight::ui

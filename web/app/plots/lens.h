// What a filter does at one pixel, drawn: the values under the footprint, their weights, the sum; or the sorted strip.
#pragma once

#include "core/segment/filter_terms.h"

namespace floodlight::ui {

/// The footprint as a grid of values and weights, up to 9 x 9; larger ones only tinted by weight. `plain`: all weights
/// are 1 and are not written. `shown`: values, weights or products, where there is room for one of them.
void term_grid(const FilterTerms& terms, bool plain, int& shown);
/// One pass of one dimension as bars: each product's share of the sum.
void pass_bars(const FilterTerms& pass, const char* name);
/// The values of a median as they lie or sorted (`sorted` from 0 to 1, in between they are on their way), the middle one
/// marked.
void median_strip(const MedianTerms& terms, float sorted);

}  // namespace floodlight::ui

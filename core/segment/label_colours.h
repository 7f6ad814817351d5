// Colours for a label image: which of a few each label gets, so that neighbours never share one.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// How many colours suffice: a map of regions that may touch at corners leaves each at most 7 earlier neighbours when
/// the least connected is always taken last.
inline constexpr int label_colour_count = 8;

/// For each label from 0 to the highest, a colour from 0 to label_colour_count - 1 (entry 0 is the background's and means
/// nothing). Labels that touch, at a corner or across a watershed line of one pixel, differ in colour; beyond that the
/// colours are spread evenly and stay the same for the same label image. O(pixels + contacts).
std::vector<std::uint8_t> label_colours(LabelView labels);
Sliced<std::vector<std::uint8_t>> label_colours_in_slices(LabelView labels);

}  // namespace floodlight

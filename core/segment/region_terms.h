// Which region of the mask a pixel belongs to, and what the repairs that look at whole regions make of it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/segment/repair_row.h"

namespace floodlight {

/// The 4-connected region of equal value that a pixel belongs to: what the size limits and fill_holes look at.
struct Region {
  bool foreground = false;
  std::int64_t size = 0;
  bool touches_border = false;
  Pixel first;  ///< in raster order
};
/// O(pixels), of which only the region's are looked at one by one.
Region region_at(MaskView mask, Pixel pixel, Connectivity connectivity = Connectivity::four);

/// The sizes of all 4-connected objects, or (with `holes`) of all 4-connected background regions that do not touch the
/// border, ascending. O(pixels).
std::vector<std::int64_t> region_sizes(MaskView mask, bool holes);

// What the rows of these repairs tell.
RepairAtPixel remove_small_objects_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel remove_small_holes_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel fill_holes_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel clear_border_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);

}  // namespace floodlight

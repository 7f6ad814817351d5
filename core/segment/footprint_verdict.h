// What erosion, dilation, opening or closing makes of one pixel, and which pixels decide it.
#pragma once

#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/segment/footprint.h"
#include "core/segment/repair_row.h"

namespace floodlight {

// The border counts as in `erosion` and `dilation`. Pixels are listed in raster order.

/// What makes an erosion False at a pixel of the mask: the background pixels under the footprint. O(radius^2).
std::vector<Pixel> background_under(MaskView mask, Footprint footprint, Pixel pixel);
/// What makes a dilation True: the foreground pixels under the footprint. O(radius^2).
std::vector<Pixel> foreground_under(MaskView mask, Footprint footprint, Pixel pixel);
/// What makes an opening True: where a footprint that covers the pixel lies wholly in the foreground; none: nowhere. The
/// nearest such centre, the first in raster order among equals. Centres lie in the image; what of the footprint lies
/// outside does not count. O(radius^2).
std::optional<Pixel> fits_in_foreground(MaskView mask, Footprint footprint, Pixel pixel);
/// What makes a closing False: where a footprint that covers the pixel meets no foreground. O(radius^2).
std::optional<Pixel> fits_in_background(MaskView mask, Footprint footprint, Pixel pixel);

// The same as the rows of these repairs tell it.
RepairAtPixel erosion_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel dilation_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel opening_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);
RepairAtPixel closing_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel);

}  // namespace floodlight

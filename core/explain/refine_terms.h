// Why a repair of the mask left a pixel as it is: the footprint's verdict at one pixel, the object or hole it belongs
// to, and what a list of repairs changed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/pipeline/recipe.h"
#include "core/segment/morphology.h"

namespace floodlight {

/// What erosion, dilation, opening or closing makes of one pixel, and which pixels decide it.
struct FootprintVerdict {
  bool value = false;  ///< of the result there: what `refine` gives
  /// Erosion: the background pixels under the footprint, which make it False. Dilation: the foreground pixels under it,
  /// which make it True. Opening, closing: empty. In raster order.
  std::vector<Pixel> deciding;
  /// Opening: where a footprint that covers the pixel lies wholly in the foreground (it stays True); none: no place, so
  /// False. Closing: where a footprint that covers the pixel meets no foreground (it stays False); none: no place fits,
  /// so True. The nearest such centre, in raster order among equals. Centres lie in the image; what of the footprint
  /// lies outside does not count.
  std::optional<Pixel> witness;
};
/// `operation` is one of erosion, dilation, opening, closing. The border counts as in `erosion` and `dilation`.
/// O(radius^2).
FootprintVerdict footprint_verdict(MaskView mask, RefinementOperation operation, Footprint footprint, Pixel pixel);

/// The 4-connected region of equal value that a pixel belongs to: what the size limits and fill_holes look at.
struct Region {
  bool foreground = false;
  std::int64_t size = 0;
  bool touches_border = false;
  Pixel first;  ///< in raster order
};
/// O(pixels), of which only the region's are looked at one by one.
Region region_at(MaskView mask, Pixel pixel);

/// The sizes of all 4-connected objects, or (with `holes`) of all 4-connected background regions that do not touch the
/// border, ascending. O(pixels).
std::vector<std::int64_t> region_sizes(MaskView mask, bool holes);

/// What became of a pixel from one mask to another.
enum class Repair : std::uint8_t { background, kept, added, removed };
/// Values of `Repair` for each pixel, from an earlier mask to a later one of the same shape. O(pixels).
Image<std::uint8_t> repair_image(MaskView earlier, MaskView later);

/// The mask before the first repair and after each: one more than there are repairs; the last is what `refine` gives.
Sliced<std::vector<Mask>> refinement_stages_in_slices(MaskView mask, std::vector<Refinement> refinements);

}  // namespace floodlight

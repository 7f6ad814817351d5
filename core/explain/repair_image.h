// What a list of repairs changed, pixel by pixel and repair by repair.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/repairs.h"

namespace floodlight {

/// What became of a pixel from one mask to another.
enum class Repair : std::uint8_t { background, kept, added, removed };
/// Values of `Repair` for each pixel, from an earlier mask to a later one of the same shape. O(pixels).
Image<std::uint8_t> repair_image(MaskView earlier, MaskView later);

/// The mask before the first repair and after each: one more than there are repairs; the last is what `refine` gives.
Sliced<std::vector<Mask>> refinement_stages_in_slices(MaskView mask, std::vector<Refinement> refinements);

}  // namespace floodlight

// The watershed component by component of its mask.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// The classic `watershed` (no lines, no compactness) of whole numbers, bit for bit, with most pixels never queued: a
/// component of the mask whose markers all have one label takes it whole, and only what several labels share is flooded,
/// each such basin by itself (`BasinFlood`). Where the order of equal markers decides labels, the one heap of the whole
/// image is run as far as those markers, to learn it, and these basins are flooded again. An empty `mask` floods
/// everything. O(pixels), and O(n log n) for those n pixels that the heap has to take.
///
/// Nothing where this does not pay: when the basins' boxes together are much larger than the image, a landscape has many
/// more values than pixels, or basins with equal markers of several labels are more than a sixteenth of the image.
Sliced<std::optional<LabelImage>> watershed_by_basins_in_slices(ImageView<const std::int32_t> image, LabelView markers,
                                                                MaskView mask, Connectivity connectivity);

}  // namespace floodlight

// Erosion, dilation, opening and closing of a mask.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/footprint.h"
#include "core/segment/repair_row.h"

namespace floodlight {

// `skimage.morphology.binary_erosion` and its siblings (today `erosion(mask, footprint, mode="ignore")`): the outside of
// the image counts as foreground to an erosion and as background to a dilation, so the border neither adds nor eats.
// O(pixels), whatever the radius: a pixel survives an erosion when its nearest background pixel lies outside the
// footprint, which a distance transform tells.
Mask erosion(MaskView mask, Footprint footprint);
Mask dilation(MaskView mask, Footprint footprint);
Mask opening(MaskView mask, Footprint footprint);
Mask closing(MaskView mask, Footprint footprint);

// The same masks, slice by slice.
Sliced<Mask> erosion_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> dilation_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> opening_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> closing_in_slices(MaskView mask, Footprint footprint);

namespace repairs {
extern const RepairRow erosion;
extern const RepairRow dilation;
extern const RepairRow opening;
extern const RepairRow closing;
}  // namespace repairs

}  // namespace floodlight

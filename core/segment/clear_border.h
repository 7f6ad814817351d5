// Objects that the edge of the image cuts.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/repair_row.h"

namespace floodlight {

/// `skimage.segmentation.clear_border`: objects (8 neighbours) that touch the image's border go. O(pixels).
Mask clear_border(MaskView mask);
LabelImage clear_border(LabelView labels);
Sliced<Mask> clear_border_in_slices(MaskView mask);

namespace repairs {
extern const RepairRow clear_border;
}  // namespace repairs

}  // namespace floodlight

// Holes of any size.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/repair_row.h"

namespace floodlight {

/// `scipy.ndimage.binary_fill_holes(mask)`: background that no path of 4-neighbour steps joins to the border becomes
/// foreground. O(pixels).
Mask fill_holes(MaskView mask);
Sliced<Mask> fill_holes_in_slices(MaskView mask);

namespace repairs {
extern const RepairRow fill_holes;
}  // namespace repairs

}  // namespace floodlight

// Small objects and small holes.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/repair_row.h"

namespace floodlight {

/// `remove_small_objects(mask, max_size=n)`: objects of at most `max_size` pixels go. Counted with 4 neighbours. O(pixels).
Mask remove_small_objects(MaskView mask, int max_size);
Sliced<Mask> remove_small_objects_in_slices(MaskView mask, int max_size);

/// `remove_small_holes(mask, max_size=n)`: 4-connected background regions of at most `max_size` pixels become
/// foreground, those at the border included. O(pixels).
Mask remove_small_holes(MaskView mask, int max_size);
Sliced<Mask> remove_small_holes_in_slices(MaskView mask, int max_size);

/// The largest size that goes.
extern const Option size_limit;
/// The values of a row with this limit.
OptionValues up_to(int size);

namespace repairs {
extern const RepairRow remove_small_objects;
extern const RepairRow remove_small_holes;
}  // namespace repairs

}  // namespace floodlight

// Connected components.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

struct Components {
  LabelImage labels;
  Label count = 0;
};

/// `skimage.measure.label(mask, connectivity)`: every connected object of a mask (any non-zero pixel is foreground) its
/// own number, 1, 2, ... in the raster order of each object's first pixel. O(pixels).
Components label(MaskView mask, Connectivity connectivity = Connectivity::eight);
Sliced<Components> label_in_slices(MaskView mask, Connectivity connectivity = Connectivity::eight);

/// Counts each object's pixels; entry 0 is the background's. O(pixels).
std::vector<std::int64_t> areas_of(const Components& components);
/// Which labels occur in the outermost rows and columns of an image that is not empty. O(rows + cols + labels).
std::vector<bool> touching_border(const Components& components);

/// The same for a label image: neighbours join only when their values are equal; 0 stays background.
Components label(LabelView image, Connectivity connectivity = Connectivity::eight);

}  // namespace floodlight

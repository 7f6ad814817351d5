// Connected components.
#pragma once

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

/// The same for a label image: neighbours join only when their values are equal; 0 stays background.
Components label(LabelView image, Connectivity connectivity = Connectivity::eight);

}  // namespace floodlight

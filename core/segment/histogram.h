// How often each intensity occurs, binned as numpy bins a float32 image.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

struct Histogram {
  std::vector<float> edges;          ///< bins + 1 values in intensity units; a bin holds edge <= value < next edge
  std::vector<float> centres;        ///< (edge + next edge) / 2 in single precision
  std::vector<std::int64_t> counts;  ///< pixels a bin; the last bin includes the maximum
};

/// Equal bins from the image's minimum to its maximum, edges and comparisons in single precision, as
/// `skimage.exposure.histogram(image, nbins)` does on a float32 image (docs/parity.md, section 4). A constant image has its
/// one value in a single bin of width 0. O(pixels + bins). The image must not be empty and hold finite values only.
Histogram histogram(FloatView image, int bins = 256);
Sliced<Histogram> histogram_in_slices(FloatView image, int bins = 256);

}  // namespace floodlight

// How labelling walks: from the first pixel of every object to all that touch, step by step.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// The order in which labelling reaches the pixels of a mask when it is done by hand: the scan goes row by row; at a
/// foreground pixel without a number it starts the next object, whose pixels then follow breadth first, neighbours in
/// raster order, before the scan goes on. Numbers so given are those of `label`.
struct LabelGrowth {
  std::vector<std::uint32_t> sequence;  ///< the foreground pixels, by their place in raster order, as they are reached
  Image<std::int32_t> order;            ///< each pixel's place in `sequence`; -1: background
  std::vector<std::int32_t> starts;     ///< where in `sequence` each object begins: object k at [k - 1]
};

/// O(pixels).
Sliced<LabelGrowth> label_growth_in_slices(MaskView mask, Connectivity connectivity = Connectivity::eight);
LabelGrowth label_growth(MaskView mask, Connectivity connectivity = Connectivity::eight);

/// An object that holds several nuclei, and what gives it away.
struct TouchingObject {
  Label component = 0;
  int nuclei = 0;           ///< labels of the other image that lie more than half inside
  std::int64_t area = 0;    ///< pixels
  double times_median = 0;  ///< its area over the median area of all components (`numpy.median`)
  double solidity = 0;      ///< its area over that of its convex hull
  Pixel first;              ///< its first pixel in raster order
};
/// The components that hold two or more `nuclei` (a label image of the same shape), most nuclei first, then by number.
/// O(pixels of the bounding boxes).
Sliced<std::vector<TouchingObject>> touching_objects_in_slices(LabelView components, LabelView nuclei);
std::vector<TouchingObject> touching_objects(LabelView components, LabelView nuclei);

}  // namespace floodlight

// The drawings behind an object's measurements: its hull, its outline, its axes.
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/segment/measure.h"

namespace floodlight {

/// A place between pixels: the pixel (row, col) is centred at exactly these numbers.
struct Place {
  double row = 0;
  double col = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

struct ObjectShape {
  /// The corners of the convex hull that solidity is measured with (each pixel offered as its four edge midpoints),
  /// clockwise on the screen, starting with the topmost, then leftmost.
  std::vector<Place> hull;
  /// The pixels that the perimeter walks on: those with a 4-neighbour outside the object. In raster order.
  std::vector<Pixel> perimeter;
  Place major_from, major_to;  ///< the ends of the axes of the ellipse with the object's second moments, through its
  Place minor_from, minor_to;  ///< centroid: the major one from its upper, the minor one from its left end
};
/// Of one labelled object, whose measurements tell where it lies. O(pixels of its bounding box).
ObjectShape object_shape(LabelView labels, const RegionProperties& object);

}  // namespace floodlight

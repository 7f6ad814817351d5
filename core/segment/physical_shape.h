// A region's properties in micrometres, also where pixels are not square.
#pragma once

#include <cmath>
#include <limits>

#include "core/segment/measure.h"

namespace floodlight {

/// The sides of a pixel at the specimen, in micrometres; NaN where they are not known.
struct PixelSize {
  PixelSize() = default;
  PixelSize(double side) : width(side), height(side) {}  // NOLINT(google-explicit-constructor): a square pixel's size
  PixelSize(double wide, double high) : width(wide), height(high) {}
  double width = std::numeric_limits<double>::quiet_NaN();
  double height = std::numeric_limits<double>::quiet_NaN();
  [[nodiscard]] bool known() const { return !std::isnan(width); }
  [[nodiscard]] bool square() const { return width == height; }
};

/// Lengths in micrometres, the area in square micrometres, the orientation in radians.
struct PhysicalShape {
  double area = 0;
  double perimeter = 0;  ///< NaN where pixels are not square: scikit-image defines none
  double eccentricity = 0;
  double axis_major_length = 0;
  double axis_minor_length = 0;
  double orientation = 0;
  double equivalent_diameter = 0;
};

/// What `skimage.measure.regionprops` gives with `spacing=(height, width)`, computed from the region's moments. All NaN
/// where the size is not known. O(1).
PhysicalShape physical_shape(const RegionProperties& region, const PixelSize& size);

}  // namespace floodlight

// A region's properties in micrometres, also where pixels are not square.
#include "core/segment/physical_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/exact_math.h"

namespace floodlight {

PhysicalShape physical_shape(const RegionProperties& region, const PixelSize& size) {
  PhysicalShape shape;
  if (!size.known() || size.square()) {
    const double width = size.width;
    shape.area = static_cast<double>(region.area) * (width * width);
    shape.perimeter = region.perimeter * width;
    shape.axis_major_length = region.axis_major_length * width;
    shape.axis_minor_length = region.axis_minor_length * width;
    shape.equivalent_diameter = region.equivalent_diameter * width;
    shape.eccentricity = size.known() ? region.eccentricity : width;
    shape.orientation = size.known() ? region.orientation : width;
    return shape;
  }
  const double pixel = size.width * size.height;
  shape.area = static_cast<double>(region.area) * pixel;
  shape.perimeter = std::numeric_limits<double>::quiet_NaN();
  shape.equivalent_diameter = std::sqrt(4 * shape.area / std::numbers::pi);

  // The second moments [[a, b], [b, c]] of rows and columns in pixels, back from the axes they gave, then stretched.
  const double larger = region.axis_major_length * region.axis_major_length / 16;
  const double smaller = region.axis_minor_length * region.axis_minor_length / 16;
  const double half_gap = (larger - smaller) / 2;
  const double middle = (larger + smaller) / 2;
  const auto [near_sine, cosine] = exact_sine_cosine(region.orientation / std::numbers::pi);
  // An object that lies level stays so, with the sign that its pixels gave it.
  const bool level = std::abs(region.orientation) == std::numbers::pi / 2;
  const double sine = level ? std::copysign(0.0, region.orientation) : near_sine;
  const double a = (middle + half_gap * cosine) * size.height * size.height;
  const double c = (middle - half_gap * cosine) * size.width * size.width;
  const double b = half_gap * sine * pixel;
  // The product of the axes stretches with the pixel, so that the smaller one does not come from a difference.
  const double determinant = larger * smaller * pixel * pixel;
  const double gap = std::sqrt((a - c) / 2 * ((a - c) / 2) + b * b);
  const double major = (a + c) / 2 + gap;
  const double minor = major == 0 ? 0 : std::max(0.0, determinant / major);
  shape.axis_major_length = 4 * std::sqrt(major);
  shape.axis_minor_length = 4 * std::sqrt(minor);
  shape.eccentricity = major == 0 ? 0 : std::sqrt(std::min(1.0, 2 * gap / major));
  constexpr double quarter = std::numbers::pi / 4;
  shape.orientation = a == c ? (b > 0 ? quarter : -quarter) : 0.5 * exact_atan2(2 * b, a - c);
  return shape;
}

}  // namespace floodlight

// Hull, outline and axes of one object.
#include "core/explain/object_shape.h"

#include <cmath>

#include "core/segment/convex_hull.h"
#include "core/segment/outline.h"

namespace floodlight {

ObjectShape object_shape(LabelView labels, const RegionProperties& object) {
  ObjectShape shape;
  ConvexHull hull;
  hull.start(object.bbox_min_row, object.bbox_max_row);
  for (int row = object.bbox_min_row; row < object.bbox_max_row; ++row) {
    for (int col = object.bbox_min_col; col < object.bbox_max_col; ++col) {
      const Pixel p{.row = row, .col = col};
      if (labels[p] != object.label) continue;
      hull.add(p);
      if (on_outline(labels, p)) shape.perimeter.push_back(p);
    }
  }
  for (const Pixel corner : hull.corners()) {
    shape.hull.push_back({.row = static_cast<double>(corner.row) / 2, .col = static_cast<double>(corner.col) / 2});
  }
  const double down = std::cos(object.orientation);
  const double across = std::sin(object.orientation);
  const auto along = [&](double rows, double cols, double length) -> Place {
    return {.row = object.centroid_row + rows * length, .col = object.centroid_col + cols * length};
  };
  shape.major_from = along(down, across, -object.axis_major_length / 2);
  shape.major_to = along(down, across, object.axis_major_length / 2);
  shape.minor_from = along(-across, down, -object.axis_minor_length / 2);
  shape.minor_to = along(-across, down, object.axis_minor_length / 2);
  return shape;
}

}  // namespace floodlight

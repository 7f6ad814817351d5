// Outlines of labels as polygons on the edges of pixels.
#pragma once

#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// Where four pixels meet. Pixel (row, col) lies between the corners (row, col) and (row + 1, col + 1), so that an image of
/// R x C pixels has corners from (0, 0) to (R, C).
struct Corner {
  int row = 0;
  int col = 0;
  friend bool operator==(const Corner&, const Corner&) = default;
};

/// A closed line through corners, each at a right angle, the first not repeated at the end. It comes to no corner twice.
using Ring = std::vector<Corner>;

/// What a ring encloses, in pixels: positive where its inside lies on the right of one who walks along it, rows counted
/// downwards. O(corners).
double signed_area(const Ring& ring);

/// One connected piece of a label, over edges of pixels.
struct OutlinePolygon {
  Ring outer;  ///< its inside on the right: along the upper edge to the right, as `signed_area` is positive
  std::vector<Ring>
      holes;  ///< the piece on their right too: their area is negative; they may touch at corners, as may `outer`
};

struct LabelOutline {
  Label label = 0;
  std::vector<OutlinePolygon> pieces;  ///< in the raster order of their first pixels
};

/// Every label (0 is background), ascending, with its pieces. Filled, they are the labels again, pixel for pixel. Pixels that touch at a corner alone are parts of two pieces, so that the rings are simple as
/// OGC's Simple Features ask. O(pixels + corners + labels * log(labels)).
std::vector<LabelOutline> outline_polygons(LabelView labels);

}  // namespace floodlight

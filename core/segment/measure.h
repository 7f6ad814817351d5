// What can be said of each labelled object.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// One row of `skimage.measure.regionprops_table`. Lengths in pixels, areas in pixels, angles in radians.
struct RegionProperties {
  Label label = 0;
  std::int64_t area = 0;
  double centroid_row = 0;
  double centroid_col = 0;
  int bbox_min_row = 0;  ///< the bounding box: first row and column inside ...
  int bbox_min_col = 0;
  int bbox_max_row = 0;  ///< ... first row and column after
  int bbox_max_col = 0;
  double mean_intensity = 0;
  double max_intensity = 0;
  double perimeter = 0;
  double eccentricity = 0;
  double solidity = 0;
  double axis_major_length = 0;
  double axis_minor_length = 0;
  double orientation = 0;
  double equivalent_diameter = 0;
};

/// Every property of every label in ascending order (numbers without pixels are skipped), as scikit-image 0.26 computes
/// them: each object alone in its bounding box, the other labels background. Intensities are averaged in double.
/// O(pixels of the bounding boxes).
std::vector<RegionProperties> region_properties(LabelView labels, FloatView intensity);
Sliced<std::vector<RegionProperties>> region_properties_in_slices(LabelView labels, FloatView intensity);

}  // namespace floodlight

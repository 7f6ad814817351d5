// Why a pixel of the distance transform has its value, and where two summits meet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// Pythagoras between two pixels: rows^2 + columns^2.
inline std::int64_t squared_distance(Pixel a, Pixel b) {
  const std::int64_t rows = a.row - b.row;
  const std::int64_t cols = a.col - b.col;
  return rows * rows + cols * cols;
}

/// The background pixel nearest to a foreground one, the first in raster order among equals; none where the pixel is
/// background itself or the mask has no background. The squared distance between the two is what `distance_squared` has
/// there. O(squared distance).
std::optional<Pixel> nearest_background(MaskView mask, Pixel pixel);

/// Two labels that touch, and the pass between their summits.
struct SummitPair {
  Label first_label = 0;  ///< the smaller number
  Label second_label = 0;
  Pixel first;   ///< the highest pixel of the first label (the first in raster order among equals) ...
  Pixel second;  ///< ... and of the second
  Pixel saddle;  ///< the pixel of the boundary that a walker along the highest way crosses: of two 8-neighbours with
                 ///< different labels the lower one, where that is highest; first in raster order among equals
};
/// Of the pairs of `labels` that touch (8 neighbours), the one whose saddle is nearest to a pixel, the smallest numbers
/// among equals; none where no two touch, as across a watershed line. `distance_squared` has the labels' shape.
/// O(pixels + contacts log contacts).
std::optional<SummitPair> summit_pair(LabelView labels, ImageView<const std::int32_t> distance_squared, Pixel near);

}  // namespace floodlight

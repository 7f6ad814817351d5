// The convex hull of an object's pixels, exactly, in whole numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// The hull that `skimage.morphology.convex_hull_image` draws: every pixel is a diamond reaching half a pixel up, down,
/// left and right. One object after the other may be given, so that no room is asked for anew.
class ConvexHull {
 public:
  /// Begins an object that lies in the rows from the first to the one before the end, with a pixel in both of these.
  void start(int first_row, int end_row) {
    top_ = first_row;
    const auto heights = 2 * static_cast<std::size_t>(end_row - first_row) + 1;
    left_.assign(heights, none);
    right_.assign(heights, none);
  }
  void add(Pixel p) {
    const std::size_t y = 2 * static_cast<std::size_t>(p.row - top_) + 1;
    const std::int64_t x = 2 * static_cast<std::int64_t>(p.col);
    for (const std::size_t beside : {y - 1, y + 1}) {
      left_[beside] = std::min(left_[beside], x);
      right_[beside] = std::min(right_[beside], -x);
    }
    left_[y] = std::min(left_[y], x - 1);
    right_[y] = std::min(right_[y], -x - 1);
  }

  /// How many pixels have their centre in or on the hull. O(rows).
  std::int64_t count_pixels();
  /// The hull's corners in halves of a pixel, clockwise on the screen from the topmost, then leftmost. O(rows).
  [[nodiscard]] std::vector<Pixel> corners() const;

 private:
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  struct Corner {
    std::int64_t y;
    std::int64_t x;
  };
  static bool turns(const Corner& a, const Corner& b, const Corner& c);
  static void find_corners(const std::vector<std::int64_t>& extremes, std::vector<Corner>& corners);
  void find_first_columns(const std::vector<std::int64_t>& extremes, std::vector<std::int64_t>& columns);

  int top_ = 0;
  // The smallest coordinate, and minus the largest, at the height of the pixel centres of the row r at [2 * r + 1], half a
  // pixel above it at [2 * r] and below at [2 * r + 2]; everything doubled.
  std::vector<std::int64_t> left_;
  std::vector<std::int64_t> right_;
  std::vector<Corner> corners_;
  std::vector<std::int64_t> first_;
  std::vector<std::int64_t> last_negated_;
};

}  // namespace floodlight

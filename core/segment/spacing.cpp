// Spacing through a grid whose cells hold one pixel each.
#include "core/segment/spacing.h"

#include <algorithm>
#include <cstdlib>

namespace floodlight {

Spacing::Spacing(int min_distance, int rows, int cols)
    // No two pixels are farther apart than the image is long.
    : side_(std::clamp(min_distance, 1, std::max({rows, cols, 1}))),
      cells_((rows + side_ - 1) / side_, (cols + side_ - 1) / side_) {}

std::optional<Pixel> Spacing::too_near_to(Pixel p) const {
  std::int32_t first = 0;
  for (int row = p.row / side_ - 1; row <= p.row / side_ + 1; ++row) {
    for (int col = p.col / side_ - 1; col <= p.col / side_ + 1; ++col) {
      if (!cells_.contains({row, col}) || cells_[row, col] == 0) continue;
      const std::int32_t place = cells_[row, col];
      const Pixel other = added_[static_cast<std::size_t>(place) - 1];
      if (std::max(std::abs(other.row - p.row), std::abs(other.col - p.col)) >= side_) continue;
      if (first == 0 || place < first) first = place;
    }
  }
  return first == 0 ? std::nullopt : std::optional(added_[static_cast<std::size_t>(first) - 1]);
}

void Spacing::add(Pixel p) {
  added_.push_back(p);
  cells_[p.row / side_, p.col / side_] = static_cast<std::int32_t>(added_.size());
}

}  // namespace floodlight

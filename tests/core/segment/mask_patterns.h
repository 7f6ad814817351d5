// Masks that break an algorithm that is nearly right: for every operation that takes one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "tests/core/reference.h"

namespace floodlight::test {

/// One pixel every second place, by turns.
inline Mask chess_board(int rows, int cols) {
  Mask mask(rows, cols);
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) mask[row, col] = (row + col) % 2 == 0 ? 1 : 0;
  }
  return mask;
}

/// A path one pixel wide that winds inwards, with a gap of one pixel between its turns.
inline Mask spiral(int side) {
  Mask mask(side, side);
  Pixel at{0, 0};
  Pixel step{0, 1};
  const auto is_set = [&](Pixel p) { return mask.contains(p) && mask[p] != 0; };
  const auto is_free = [&](Pixel p, Pixel by) {
    const Pixel next{p.row + by.row, p.col + by.col};
    return mask.contains(next) && !is_set(next) && !is_set({next.row + by.row, next.col + by.col});
  };
  mask[at] = 1;
  while (true) {
    if (!is_free(at, step)) step = {step.col, -step.row};
    if (!is_free(at, step)) return mask;
    at = {at.row + step.row, at.col + step.col};
    mask[at] = 1;
  }
}

/// Discs of this radius side by side that touch: every one has the same height, and their necks are ties.
inline Mask touching_discs(int rows, int cols, int radius) {
  Mask mask(rows, cols);
  const int pitch = 2 * radius;
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      const int r = row % pitch - radius;
      const int c = col % pitch - radius;
      mask[row, col] = r * r + c * c <= radius * radius ? 1 : 0;
    }
  }
  return mask;
}

/// A mask with every pixel's opposite.
inline Mask opposite(Mask mask) {
  for (std::uint8_t& pixel : mask.pixels()) pixel = pixel == 0 ? 1 : 0;
  return mask;
}

/// Empty, full, chess boards, spirals, discs and noise; single pixels, rows and columns; wider than a block of 128.
inline std::vector<Mask> mask_patterns() {
  std::vector<Mask> patterns{chess_board(20, 300), spiral(31), opposite(spiral(31)), touching_discs(60, 90, 7)};
  std::vector<Pixel> shapes = odd_shapes();
  shapes.insert(shapes.end(), {{1, 1}, {1, 300}, {150, 1}, {2, 2}, {33, 65}});
  for (const Pixel shape : shapes) {
    for (const double share : {0.0, 0.1, 0.5, 0.7, 0.97, 1.0}) {
      patterns.push_back(noise_mask(shape.row, shape.col, 11, share));
    }
  }
  // Any non-zero pixel is foreground, whatever bits it has.
  Mask bits = noise_mask(40, 50, 12, 0.6);
  std::uint8_t value = 0;
  for (std::uint8_t& pixel : bits.pixels())
    pixel = pixel == 0 ? 0 : static_cast<std::uint8_t>(++value == 0 ? 128 : value);
  patterns.push_back(bits);
  return patterns;
}

}  // namespace floodlight::test

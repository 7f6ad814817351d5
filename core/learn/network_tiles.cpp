// Tiles on multiples of the network's block, and the image beneath them.
#include "core/learn/network_tiles.h"

#include <algorithm>
#include <cassert>

namespace floodlight {
namespace {

int rounded_down(int x, int block) { return x / block * block; }
int rounded_up(int x, int block) { return rounded_down(x + block - 1, block); }

/// From `first` on `size` pixels, or as many as the image has there. Halos begin at multiples of the block: pooling takes the
/// same pixels together in every tile.
TileSide side_of(int first, int size, int all, int block) {
  const int padded = rounded_up(all, block);
  const int end = std::min(rounded_up(first + size, block), padded);
  return {.first = first,
          .last = std::min(first + size, all),
          .outer_first = std::max(0, rounded_down(first, block) - unet_halo),
          .outer_last = std::min(padded, end + unet_halo)};
}

}  // namespace

MapWindow NetworkTile::wanted() const {
  return {.top = rows.first - rows.outer_first,
          .bottom = rows.last - rows.outer_first,
          .left = cols.first - cols.outer_first,
          .right = cols.last - cols.outer_first};
}

std::vector<NetworkTile> tiles_of(const UNetShape& shape, int rows, int cols, int side) {
  const int block = shape.block();
  assert(side > 0 && side % block == 0 && unet_halo % block == 0);
  std::vector<NetworkTile> tiles;
  for (int top = 0; top < rows; top += side) {
    for (int left = 0; left < cols; left += side)
      tiles.push_back({.rows = side_of(top, side, rows, block), .cols = side_of(left, side, cols, block)});
  }
  return tiles;
}

NetworkTile tile_around(const UNetShape& shape, int rows, int cols, Pixel pixel, int side) {
  const int block = shape.block();
  const auto around = [&](int place, int all) {
    const int first = std::clamp(place - side / 2, 0, std::max(0, all - side));
    const int begin = rounded_down(first, block);
    return side_of(begin, first + side >= all ? all - begin : side, all, block);
  };
  return {.rows = around(pixel.row, rows), .cols = around(pixel.col, cols)};
}

NetworkTile tile_of_pixel(const UNetShape& shape, int rows, int cols, Pixel pixel) {
  const int block = shape.block();
  return {.rows = side_of(pixel.row, 1, rows, block), .cols = side_of(pixel.col, 1, cols, block)};
}

void lay_tile(const UNetShape& shape, FloatView input, const NetworkTile& tile, UNetMaps& maps) {
  const int rows = tile.rows.outer_last - tile.rows.outer_first;
  const int cols = tile.cols.outer_last - tile.cols.outer_first;
  if (maps.rows != rows || maps.cols != cols) {
    maps = {};  // before the next ones are made, lest there be both
    maps = UNetMaps(shape, rows, cols);
  }
  const Maps to = maps.input;
  for (int row = 0; row < rows; ++row) {
    const float* const source = input.row(std::min(tile.rows.outer_first + row, input.rows() - 1));
    float* const target = to.row(0, row);
    for (int col = 0; col < cols; ++col) target[col] = source[std::min(tile.cols.outer_first + col, input.cols() - 1)];
  }
}

}  // namespace floodlight

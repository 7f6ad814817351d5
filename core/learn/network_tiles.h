// How a network is laid over an image: tile by tile, each with a halo, so that a tile's results have the bits of the whole.
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/learn/unet.h"

namespace floodlight {

/// How far beyond a block of the image (`UNetShape::block`, pixels that all levels have together) something can lie that the
/// block's scores depend on: less than this, whatever the shape. From a single pixel it can lie 29 pixels away.
constexpr int unet_halo = 24;
/// Sides of the usual tiles: so small that a tile's maps stay in a processor's second cache, so large that halos cost little.
constexpr int usual_network_tile = 128;

/// Part of an image along one side: what is wanted, and with it what is computed. The ends are not included.
struct TileSide {
  int first = 0;
  int last = 0;
  int outer_first = 0;
  int outer_last = 0;
};

/// Part of an image for which the network is computed.
struct NetworkTile {
  TileSide rows;
  TileSide cols;
  /// What is wanted, as a window of the maps of this tile.
  [[nodiscard]] MapWindow wanted() const;
};

/// Tiles that together are an image of these sides, row by row; `side` is a multiple of the shape's `block`. Where a side of
/// the image is no multiple of `block`, the last tile is computed some pixels beyond it.
std::vector<NetworkTile> tiles_of(const UNetShape& shape, int rows, int cols, int side);
/// The square of `side` pixels, at least two blocks, around a pixel, moved so that it lies in the image and begins at a multiple
/// of `block`; where that leaves less than a block to the image's end, as much longer. Of a side of the image that is no longer,
/// all of it.
NetworkTile tile_around(const UNetShape& shape, int rows, int cols, Pixel pixel, int side);
/// That of a single pixel of the image.
NetworkTile tile_of_pixel(const UNetShape& shape, int rows, int cols, Pixel pixel);

/// Makes `maps` those of a tile, with the image as their input: beyond its last row and column these are repeated. What all
/// other maps held does not matter, nor for which image or tile they were.
void lay_tile(const UNetShape& shape, FloatView input, const NetworkTile& tile, UNetMaps& maps);

}  // namespace floodlight

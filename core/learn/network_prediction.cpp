// A network asked about an image, a tile at a time.
#include "core/learn/network_prediction.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "core/learn/network_layers.h"
#include "core/learn/network_tiles.h"

namespace floodlight {
namespace {

constexpr int rows_of_a_slice = 32;

void take_probabilities(ConstMaps scores, const NetworkTile& tile, int row, NetworkPrediction& prediction) {
  std::array<float*, most_network_classes> to{};
  for (std::size_t k = 0; k < prediction.probabilities.size(); ++k)
    to[k] = prediction.probabilities[k].view().row(row) + tile.cols.first;
  const MapWindow wanted = tile.wanted();
  softmax_along(scores, row - tile.rows.outer_first, wanted.left, wanted.right,
                std::span(to).first(prediction.probabilities.size()));
}

}  // namespace

Sliced<NetworkPrediction> predict_in_tiles_in_slices(const UNet& net, FloatView input, int tile_side) {
  NetworkPrediction prediction;
  for (int k = 0; k < net.shape.classes(); ++k) prediction.probabilities.emplace_back(input.rows(), input.cols());
  UNetMaps maps;
  for (const NetworkTile& tile : tiles_of(net.shape, input.rows(), input.cols(), tile_side)) {
    lay_tile(net.shape, input, tile, maps);
    co_await run_unet_in_slices(net, maps, tile.wanted());
    for (int row = tile.rows.first; row < tile.rows.last; ++row) {
      take_probabilities(maps.scores, tile, row, prediction);
      if (row % rows_of_a_slice == 0) co_yield Pause{};
    }
  }
  co_return prediction;
}

Sliced<NetworkPrediction> predict_in_slices(const UNet& net, FloatView input) {
  return predict_in_tiles_in_slices(net, input, usual_network_tile);
}

Image<float> nuclei_probability(const NetworkPrediction& prediction) {
  const Image<float>& background = prediction.probabilities.front();
  Image<float> nuclei(background.rows(), background.cols());
  for (std::size_t i = 0; i < nuclei.size(); ++i) nuclei.pixels()[i] = 1.0F - background.pixels()[i];
  return nuclei;
}

Mask foreground_of(const NetworkPrediction& prediction, double below) {
  const Image<float>& background = prediction.probabilities.front();
  const auto limit = static_cast<float>(below);
  Mask mask(background.rows(), background.cols());
  for (std::size_t i = 0; i < mask.size(); ++i) mask.pixels()[i] = background.pixels()[i] < limit ? 1 : 0;
  return mask;
}

Mask interior_of(const NetworkPrediction& prediction) {
  const Image<float>& interior = prediction.probabilities.back();
  Mask mask(interior.rows(), interior.cols());
  for (std::size_t i = 0; i < mask.size(); ++i) {
    bool highest = true;
    for (std::size_t k = 0; k + 1 < prediction.probabilities.size(); ++k)
      highest = highest && interior.pixels()[i] > prediction.probabilities[k].pixels()[i];
    mask.pixels()[i] = highest ? 1 : 0;
  }
  return mask;
}

NetworkPrediction predict(const UNet& net, FloatView input) { return predict_in_slices(net, input).finish(); }

}  // namespace floodlight

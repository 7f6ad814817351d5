// A network asked about an image, a tile at a time.
#include "core/learn/network_prediction.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "core/learn/network_layers.h"

namespace floodlight {
namespace {

/// Small enough that a tile's maps stay in a processor's second cache, large enough that halos cost little.
constexpr int usual_tile = 128;
constexpr int rows_of_a_slice = 32;

/// Part of an image along one side: what is wanted, and with it what is computed.
struct Span {
  int first = 0;
  int last = 0;
  int outer_first = 0;
  int outer_last = 0;
  [[nodiscard]] int outer_size() const { return outer_last - outer_first; }
};

/// `padded` is the side as a multiple of the network's block.
Span span_of(int first, int tile, int side, int padded) {
  const int last = std::min(first + tile, side);
  const int end = std::min(first + tile, padded);
  return {.first = first,
          .last = last,
          .outer_first = std::max(0, first - unet_halo),
          .outer_last = std::min(padded, end + unet_halo)};
}

int padded_side(int side, int block) { return (side + block - 1) / block * block; }

void copy_with_edge(FloatView from, const Span& rows, const Span& cols, Maps to) {
  for (int row = 0; row < to.rows; ++row) {
    const float* const source = from.row(std::min(rows.outer_first + row, from.rows() - 1));
    float* const target = to.row(0, row);
    for (int col = 0; col < to.cols; ++col) target[col] = source[std::min(cols.outer_first + col, from.cols() - 1)];
  }
}

void take_probabilities(ConstMaps scores, const Span& rows, const Span& cols, int row, NetworkPrediction& prediction) {
  std::array<float*, most_network_classes> to{};
  for (std::size_t k = 0; k < prediction.probabilities.size(); ++k)
    to[k] = prediction.probabilities[k].view().row(row) + cols.first;
  softmax_along(scores, row - rows.outer_first, cols.first - cols.outer_first, cols.last - cols.outer_first,
                std::span(to).first(prediction.probabilities.size()));
}

}  // namespace

Sliced<NetworkPrediction> predict_in_tiles_in_slices(const UNet& net, FloatView input, int tile) {
  const int block = net.shape.block();
  assert(tile > 0 && tile % block == 0 && unet_halo % block == 0);
  NetworkPrediction prediction;
  for (int k = 0; k < net.shape.classes(); ++k) prediction.probabilities.emplace_back(input.rows(), input.cols());
  const int padded_rows = padded_side(input.rows(), block);
  const int padded_cols = padded_side(input.cols(), block);
  UNetMaps maps;
  for (int top = 0; top < input.rows(); top += tile) {
    for (int left = 0; left < input.cols(); left += tile) {
      const Span rows = span_of(top, tile, input.rows(), padded_rows);
      const Span cols = span_of(left, tile, input.cols(), padded_cols);
      if (maps.rows != rows.outer_size() || maps.cols != cols.outer_size()) {
        maps = {};  // before the next ones are made, lest there be both
        maps = UNetMaps(net.shape, rows.outer_size(), cols.outer_size());
      }
      copy_with_edge(input, rows, cols, maps.input);
      const MapWindow wanted{.top = rows.first - rows.outer_first,
                             .bottom = rows.last - rows.outer_first,
                             .left = cols.first - cols.outer_first,
                             .right = cols.last - cols.outer_first};
      co_await run_unet_in_slices(net, maps, wanted);
      for (int row = rows.first; row < rows.last; ++row) {
        take_probabilities(maps.scores, rows, cols, row, prediction);
        if (row % rows_of_a_slice == 0) co_yield Pause{};
      }
    }
  }
  co_return prediction;
}

Sliced<NetworkPrediction> predict_in_slices(const UNet& net, FloatView input) {
  return predict_in_tiles_in_slices(net, input, usual_tile);
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

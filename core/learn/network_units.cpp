// A network's maps and values, taken from the same layers that compute its answer.
#include "core/learn/network_units.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/learn/network_tiles.h"
#include "core/segment/convolve.h"

namespace floodlight {
namespace {

constexpr std::size_t middle = 4;

/// What a layer sees, in maps that have been computed.
ConstMaps seen_by_layer(UNetMaps& maps, LayerPlace place) {
  switch (place.way) {
    case LayerWay::down:
      return maps.seen_by(place.level);
    case LayerWay::up:
      return maps.joined[static_cast<std::size_t>(place.level)].view();
    default:
      return maps.top_of(0);
  }
}

/// What it makes of that.
ConstMaps made_by_layer(UNetMaps& maps, LayerPlace place) {
  switch (place.way) {
    case LayerWay::down:
      return maps.encoded(place.level);
    case LayerWay::up:
      return maps.top_of(place.level);
    default:
      return maps.scores.view();
  }
}

int below(int pixel, int level) { return pixel >> level; }
/// How many pixels of a level it takes to cover these of the image.
int covering(int pixels, int level) { return (pixels + (1 << level) - 1) >> level; }

/// What a tile has of a level: pixels of the level's own grid, and where the tile's own maps begin in it.
struct LevelTile {
  MapWindow part;
  Pixel origin;
};
LevelTile at_level(const NetworkTile& tile, int level) {
  return {.part = {.top = below(tile.rows.first, level),
                   .bottom = covering(tile.rows.last, level),
                   .left = below(tile.cols.first, level),
                   .right = covering(tile.cols.last, level)},
          .origin = {below(tile.rows.outer_first, level), below(tile.cols.outer_first, level)}};
}

/// The 3 x 3 values around a place; the first column to the left and the first row above can be read.
std::array<float, 9> around(ConstMaps maps, int map, Pixel at) {
  std::array<float, 9> values{};
  for (int k = 0; k < 9; ++k)
    values[static_cast<std::size_t>(k)] = maps.row(map, at.row + k / 3 - 1)[at.col + k % 3 - 1];
  return values;
}

PooledFrom pooled_from(ConstMaps maps, int map, Pixel at, Pixel origin) {
  const Pixel first{at.row / 2 * 2, at.col / 2 * 2};
  const float* const upper = maps.row(map, first.row) + first.col;
  const float* const lower = maps.row(map, first.row + 1) + first.col;
  PooledFrom result{.first = {origin.row + first.row, origin.col + first.col},
                    .values = {upper[0], upper[1], lower[0], lower[1]}};
  // In the order in which `max_pool` compares, so that it is the same one even where a value is no number.
  const auto larger = [&](int a, int b) {
    return result.values[static_cast<std::size_t>(a)] < result.values[static_cast<std::size_t>(b)] ? b : a;
  };
  result.taken = larger(larger(0, 1), larger(2, 3));
  return result;
}

MapWindow united(const MapWindow& a, const MapWindow& b) {
  return {.top = std::min(a.top, b.top),
          .bottom = std::max(a.bottom, b.bottom),
          .left = std::min(a.left, b.left),
          .right = std::max(a.right, b.right)};
}

/// The image's pixels that these pixels of a layer depend on.
MapWindow field_of(const UNetShape& shape, int layer, const MapWindow& window) {
  const LayerPlace place = place_of_layer(shape, layer);
  if (place.way == LayerWay::head) return field_of(shape, layer - 1, window);
  const MapWindow seen{
      .top = window.top - 1, .bottom = window.bottom + 1, .left = window.left - 1, .right = window.right + 1};
  if (place.way == LayerWay::down) {
    if (place.level == 0) return seen;
    return field_of(shape, layer - 1,
                    {.top = 2 * seen.top, .bottom = 2 * seen.bottom, .left = 2 * seen.left, .right = 2 * seen.right});
  }
  // Shifting rounds down below zero, too. The layer before is the one that rises.
  const MapWindow risen = field_of(
      shape, layer - 1,
      {.top = seen.top >> 1, .bottom = (seen.bottom + 1) >> 1, .left = seen.left >> 1, .right = (seen.right + 1) >> 1});
  return shape.skips ? united(risen, field_of(shape, place.level, seen)) : risen;
}

std::array<double, 9> as_it_lies(KernelPreset preset) {
  std::array<double, 9> weights{};
  const std::vector<double> given = preset_kernel(preset).weights;
  std::ranges::copy(given, weights.begin());
  std::ranges::reverse(weights);  // a convolution turns its kernel
  return weights;
}

std::array<double, 9> transposed(const std::array<double, 9>& weights) {
  std::array<double, 9> result{};
  for (std::size_t k = 0; k < 9; ++k) result[k] = weights[k % 3 * 3 + k / 3];
  return result;
}

}  // namespace

LayerPlace place_of_layer(const UNetShape& shape, int layer) {
  const int levels = shape.levels();
  assert(layer >= 0 && layer < 2 * levels);
  if (layer < levels) return {.way = LayerWay::down, .level = layer};
  if (layer < 2 * levels - 1) return {.way = LayerWay::up, .level = 2 * levels - 2 - layer};
  return {.way = LayerWay::head, .level = 0};
}

std::vector<InputMap> inputs_of(const UNetShape& shape, int layer) {
  const LayerPlace place = place_of_layer(shape, layer);
  if (place.way == LayerWay::down && place.level == 0) return {{.image = true}};
  const std::vector<WeightedLayer> layers = layers_of(shape);
  std::vector<InputMap> inputs;
  const auto add_maps_of = [&](int from, const InputMap& how) {
    for (int map = 0; map < layers[static_cast<std::size_t>(from)].outputs; ++map) {
      inputs.push_back(how);
      inputs.back().unit = {.layer = from, .map = map};
    }
  };
  add_maps_of(layer - 1, {.pooled = place.way == LayerWay::down, .risen = place.way == LayerWay::up});
  if (place.way == LayerWay::up && shape.skips) add_maps_of(place.level, {.skip = true});
  return inputs;
}

std::vector<Unit> units_of(const UNetShape& shape) {
  std::vector<Unit> units;
  const std::vector<WeightedLayer> layers = layers_of(shape);
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    for (int map = 0; map < layers[layer].outputs; ++map)
      units.push_back({.layer = static_cast<int>(layer), .map = map});
  }
  return units;
}

std::size_t place_of_unit(const UNetShape& shape, Unit unit) {
  std::size_t place = 0;
  const std::vector<WeightedLayer> layers = layers_of(shape);
  for (int layer = 0; layer < unit.layer; ++layer)
    place += static_cast<std::size_t>(layers[static_cast<std::size_t>(layer)].outputs);
  return place + static_cast<std::size_t>(unit.map);
}

Sliced<UnitPictures> unit_pictures_in_slices(const UNet& net, FloatView input, Pixel around, int side) {
  assert(side > 0 && !input.empty());
  const NetworkTile tile = tile_around(net.shape, input.rows(), input.cols(), around, side);
  UNetMaps maps;
  lay_tile(net.shape, input, tile, maps);
  co_await run_unet_in_slices(net, maps, tile.wanted());
  UnitPictures result;
  result.part = {.top = tile.rows.first, .bottom = tile.rows.last, .left = tile.cols.first, .right = tile.cols.last};
  for (const Unit& unit : units_of(net.shape)) {
    const LayerPlace place = place_of_layer(net.shape, unit.layer);
    const ConstMaps made = made_by_layer(maps, place);
    const auto [part, origin] = at_level(tile, place.level);
    Image<float> map(part.bottom - part.top, part.right - part.left);
    for (int row = 0; row < map.rows(); ++row)
      std::copy_n(made.row(unit.map, part.top - origin.row + row) + (part.left - origin.col), map.cols(),
                  map.view().row(row));
    result.maps.push_back(std::move(map));
  }
  co_return result;
}

Sliced<Image<float>> unit_map_in_slices(const UNet& net, FloatView input, Unit unit) {
  const LayerPlace place = place_of_layer(net.shape, unit.layer);
  Image<float> result(input.rows(), input.cols());
  UNetMaps maps;
  for (const NetworkTile& tile : tiles_of(net.shape, input.rows(), input.cols(), usual_network_tile)) {
    lay_tile(net.shape, input, tile, maps);
    co_await run_unet_in_slices(net, maps, tile.wanted());
    const ConstMaps made = made_by_layer(maps, place);
    for (int row = tile.rows.first; row < tile.rows.last; ++row) {
      const float* const from = made.row(unit.map, (row - tile.rows.outer_first) >> place.level);
      float* const to = result.view().row(row);
      for (int col = tile.cols.first; col < tile.cols.last; ++col)
        to[col] = from[(col - tile.cols.outer_first) >> place.level];
    }
    co_yield Pause{};
  }
  co_return result;
}

UnitTerms unit_terms(const UNet& net, FloatView input, Unit unit, Pixel pixel) {
  assert(input.contains(pixel));
  const NetworkTile tile = tile_of_pixel(net.shape, input.rows(), input.cols(), pixel);
  UNetMaps maps;
  lay_tile(net.shape, input, tile, maps);
  // Of every layer what the scores of this pixel need: that is more than what any unit's value there needs.
  run_unet_in_slices(net, maps, tile.wanted()).finish();

  const LayerPlace place = place_of_layer(net.shape, unit.layer);
  const WeightedLayer layer = layers_of(net.shape)[static_cast<std::size_t>(unit.layer)];
  const LevelTile level = at_level(tile, place.level);
  const Pixel at{level.part.top - level.origin.row, level.part.left - level.origin.col};
  const std::span<const float> weights = net.weights;
  const auto size = static_cast<std::size_t>(layer.kernel);
  const auto kernels = layer.kernels(weights).subspan(static_cast<std::size_t>(unit.map) *
                                                      static_cast<std::size_t>(layer.inputs) * size);

  UnitTerms terms{.place = {level.part.top, level.part.left},
                  .kernel = layer.kernel,
                  .bias = layer.bias(weights)[static_cast<std::size_t>(unit.map)]};
  terms.sum = terms.bias;
  const ConstMaps seen = seen_by_layer(maps, place);
  std::size_t next = 0;
  for (const InputMap& map : inputs_of(net.shape, unit.layer)) {
    const auto i = static_cast<int>(terms.inputs.size());
    InputTerms input_terms{.input = map};
    const std::size_t first = layer.kernel == 1 ? middle : 0;
    if (layer.kernel == 1) {
      input_terms.values[middle] = seen.row(i, at.row)[at.col];
    } else {
      input_terms.values = around(seen, i, at);
    }
    for (std::size_t k = first; k < first + size; ++k) {
      input_terms.weights[k] = kernels[next++];
      const float product = input_terms.values[k] * input_terms.weights[k];
      input_terms.sum += product;
      terms.sum += product;
    }
    input_terms.so_far = terms.sum;
    terms.inputs.push_back(input_terms);
  }
  terms.result = place.way != LayerWay::head && terms.sum < 0 ? 0 : terms.sum;
  if (place.way == LayerWay::down && place.level + 1 < net.shape.levels())
    terms.pooled = pooled_from(made_by_layer(maps, place), unit.map, at, level.origin);
  return terms;
}

MapWindow receptive_field(const UNetShape& shape, int layer, Pixel pixel) {
  const int level = place_of_layer(shape, layer).level;
  const int row = below(pixel.row, level);
  const int col = below(pixel.col, level);
  return field_of(shape, layer, {.top = row, .bottom = row + 1, .left = col, .right = col + 1});
}

std::vector<KernelLikeness> kernel_likeness(std::span<const float> kernel) {
  assert(kernel.size() == 9);
  const std::array<double, 9> across = as_it_lies(KernelPreset::sobel);
  std::vector<KernelLikeness> result{{.name = "identity", .weights = as_it_lies(KernelPreset::identity)},
                                     {.name = "mean", .weights = as_it_lies(KernelPreset::box)},
                                     {.name = "Gaussian", .weights = as_it_lies(KernelPreset::gaussian)},
                                     {.name = "sharpen", .weights = as_it_lies(KernelPreset::sharpen)},
                                     {.name = "Sobel across", .weights = across},
                                     {.name = "Sobel down", .weights = transposed(across)},
                                     {.name = "Laplacian", .weights = as_it_lies(KernelPreset::laplacian)}};
  for (KernelLikeness& named : result) {
    double product = 0;
    double own = 0;
    double other = 0;
    for (std::size_t k = 0; k < 9; ++k) {
      const auto weight = static_cast<double>(kernel[k]);
      product += weight * named.weights[k];
      own += weight * weight;
      other += named.weights[k] * named.weights[k];
    }
    named.cosine = own > 0 ? product / (std::sqrt(own) * std::sqrt(other)) : 0;
  }
  std::ranges::stable_sort(result, std::ranges::greater{},
                           [](const KernelLikeness& named) { return std::abs(named.cosine); });
  return result;
}

}  // namespace floodlight

// A U-Net's layers one after the other, there and back.
#include "core/learn/unet.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/base/random.h"
#include "core/learn/network_layers.h"

namespace floodlight {
namespace {

/// The stream of random numbers that start weights are drawn from.
constexpr std::uint64_t start_weights_stream = 0x756e6574;

MapWindow with_neighbours(MapWindow window) {
  return {.top = window.top - 1, .bottom = window.bottom + 1, .left = window.left - 1, .right = window.right + 1};
}
MapWindow united(MapWindow a, MapWindow b) {
  return {.top = std::min(a.top, b.top),
          .bottom = std::max(a.bottom, b.bottom),
          .left = std::min(a.left, b.left),
          .right = std::max(a.right, b.right)};
}
MapWindow within(MapWindow window, const Maps& maps) {
  return {.top = std::max(window.top, 0),
          .bottom = std::min(window.bottom, maps.rows),
          .left = std::max(window.left, 0),
          .right = std::min(window.right, maps.cols)};
}
int half_up(int x) { return (x + 1) / 2; }
/// The pixels one level below that these, none of them negative, come from.
MapWindow below(MapWindow window) {
  return {
      .top = window.top / 2, .bottom = half_up(window.bottom), .left = window.left / 2, .right = half_up(window.right)};
}
/// The pixels one level above that these are pooled from.
MapWindow above(MapWindow window) {
  return {.top = 2 * window.top, .bottom = 2 * window.bottom, .left = 2 * window.left, .right = 2 * window.right};
}

/// What of each level has to be computed on the way down and up.
struct Needs {
  std::vector<MapWindow> encoded;
  std::vector<MapWindow> decoded;  ///< the last level's is that of its `encoded`
};

Needs needs_of(UNetMaps& maps, MapWindow window) {
  const auto levels = static_cast<std::size_t>(maps.levels);
  Needs needs{.encoded = std::vector<MapWindow>(levels), .decoded = std::vector<MapWindow>(levels)};
  needs.decoded[0] = window;
  for (std::size_t level = 0; level + 1 < levels; ++level) {
    // A convolution sees one pixel to each side of the skip, and of what has come up.
    needs.encoded[level] = within(with_neighbours(needs.decoded[level]), maps.encoded(static_cast<int>(level)));
    needs.decoded[level + 1] = below(needs.encoded[level]);
  }
  needs.encoded[levels - 1] = needs.decoded[levels - 1];
  for (std::size_t level = levels - 1; level-- > 0;) {
    const Maps pooled = maps.seen_by(static_cast<int>(level) + 1);
    needs.encoded[level] =
        united(needs.encoded[level], above(within(with_neighbours(needs.encoded[level + 1]), pooled)));
  }
  return needs;
}

/// Rows of a layer that are computed between two pauses: some million products, which take less than a millisecond.
int rows_of_a_slice(const WeightedLayer& layer, const MapWindow& window) {
  constexpr std::ptrdiff_t products_of_a_slice = 4'000'000;
  const auto of_a_row = static_cast<std::ptrdiff_t>(layer.products()) * std::max(1, window.right - window.left);
  return static_cast<int>(std::clamp<std::ptrdiff_t>(products_of_a_slice / of_a_row, 1, 1 << 20));
}

Sliced<bool> convolve_in_slices(const UNet& net, WeightedLayer layer, ConstMaps in, Maps out, MapWindow window) {
  const std::span<const float> weights = net.weights;
  const int step = rows_of_a_slice(layer, window);
  for (int row = window.top; row < window.bottom; row += step) {
    MapWindow band = window;
    band.top = row;
    band.bottom = std::min(window.bottom, row + step);
    convolve(in, layer.kernels(weights), layer.bias(weights), out, Rectify::yes, band);
    co_yield Pause{};
  }
  co_return true;
}

}  // namespace

Result<void> check_unet_shape(const UNetShape& shape) {
  if (shape.levels() < fewest_unet_levels || shape.levels() > most_unet_levels) {
    return fail("The network has " + std::to_string(shape.levels()) + " levels; it must have " +
                std::to_string(fewest_unet_levels) + " to " + std::to_string(most_unet_levels) + ".");
  }
  for (const int width : shape.widths) {
    if (width < 1 || width > most_unet_maps) {
      return fail("A level of the network has " + std::to_string(width) + " maps; it must have 1 to " +
                  std::to_string(most_unet_maps) + ".");
    }
  }
  return {};
}

std::vector<WeightedLayer> layers_of(const UNetShape& shape) {
  std::vector<WeightedLayer> layers;
  std::size_t first = 0;
  const auto add = [&](int inputs, int outputs, int kernel) {
    layers.push_back({.inputs = inputs, .outputs = outputs, .kernel = kernel, .first = first});
    first = layers.back().end();
  };
  const std::vector<int>& widths = shape.widths;
  for (std::size_t level = 0; level < widths.size(); ++level)
    add(level == 0 ? 1 : widths[level - 1], widths[level], kernel_size);
  for (std::size_t level = widths.size() - 1; level-- > 0;)
    add(widths[level + 1] + (shape.skips ? widths[level] : 0), widths[level], kernel_size);
  add(widths[0], shape.classes(), 1);
  return layers;
}

std::size_t weight_count(const UNetShape& shape) { return layers_of(shape).back().end(); }

UNet fresh_unet(const UNetShape& shape, std::uint64_t seed) {
  UNet net{.shape = shape, .weights = std::vector<float>(weight_count(shape))};
  Random random(seed, start_weights_stream);
  for (const WeightedLayer& layer : layers_of(shape)) {
    const double reach = std::sqrt((layer.kernel == 1 ? 1.0 : 6.0) / (layer.inputs * layer.kernel));
    for (float& weight : layer.kernels(std::span(net.weights)))
      weight = static_cast<float>(random.uniform(-reach, reach));
  }
  return net;
}

UNetMaps::UNetMaps(const UNetShape& shape, int all_rows, int all_cols)
    : rows(all_rows), cols(all_cols), levels(shape.levels()) {
  assert(rows % shape.block() == 0 && cols % shape.block() == 0);
  input = FeatureMaps(1, rows, cols);
  pooled.resize(at(levels));
  joined.resize(at(levels - 1));
  unused.resize(at(levels - 1));
  decoded.resize(at(levels - 1));
  for (int level = 0; level < levels; ++level) {
    const int width = shape.widths[at(level)];
    const int level_rows = rows >> level;
    const int level_cols = cols >> level;
    if (level > 0) pooled[at(level)] = FeatureMaps(shape.widths[at(level - 1)], level_rows, level_cols);
    if (level + 1 == levels) {
      bottom = FeatureMaps(width, level_rows, level_cols);
    } else {
      joined[at(level)] = FeatureMaps(shape.widths[at(level + 1)] + (shape.skips ? width : 0), level_rows, level_cols);
      if (!shape.skips) unused[at(level)] = FeatureMaps(width, level_rows, level_cols);
      decoded[at(level)] = FeatureMaps(width, level_rows, level_cols);
    }
  }
  scores = FeatureMaps(shape.classes(), rows, cols);
}

Maps UNetMaps::encoded(int level) {
  if (level + 1 == levels) return bottom;
  if (const Maps own = unused[at(level)]; own.count > 0) return own;
  const Maps both = joined[at(level)];
  const int from_below = top_of(level + 1).count;
  return both.some(from_below, both.count - from_below);
}

Maps UNetMaps::risen(int level) { return Maps(joined[at(level)]).some(0, top_of(level + 1).count); }

std::size_t UNetMaps::bytes() const {
  std::size_t sum = input.bytes() + bottom.bytes() + scores.bytes();
  for (const auto* maps : {&pooled, &joined, &unused, &decoded}) {
    for (const FeatureMaps& one : *maps) sum += one.bytes();
  }
  return sum;
}

Sliced<bool> run_unet_in_slices(const UNet& net, UNetMaps& maps, MapWindow window) {
  const std::vector<WeightedLayer> layers = layers_of(net.shape);
  const Needs needs = needs_of(maps, window);
  auto layer = layers.begin();
  for (int level = 0; level < maps.levels; ++level, ++layer) {
    const MapWindow& needed = needs.encoded[static_cast<std::size_t>(level)];
    if (level > 0)
      max_pool(maps.encoded(level - 1), maps.seen_by(level), within(with_neighbours(needed), maps.seen_by(level)));
    co_await convolve_in_slices(net, *layer, maps.seen_by(level), maps.encoded(level), needed);
  }
  for (int level = maps.levels - 1; level-- > 0; ++layer) {
    const MapWindow& needed = needs.decoded[static_cast<std::size_t>(level)];
    const Maps risen = maps.risen(level);
    upsample(maps.top_of(level + 1), risen, within(with_neighbours(needed), risen));
    co_await convolve_in_slices(net, *layer, maps.joined[static_cast<std::size_t>(level)], maps.top_of(level), needed);
  }
  const std::span<const float> weights = net.weights;
  combine(maps.top_of(0), layer->kernels(weights), layer->bias(weights), maps.scores, window);
  co_return true;
}

void run_unet(const UNet& net, UNetMaps& maps) { run_unet_in_slices(net, maps, Maps(maps.scores).all()).finish(); }

void run_unet_back(const UNet& net, UNetMaps& maps, UNetMaps& gradients, std::span<float> weights_gradient) {
  const std::vector<WeightedLayer> layers = layers_of(net.shape);
  const std::span<const float> weights = net.weights;
  auto layer = layers.rbegin();
  combine_back(gradients.scores, layer->kernels(weights), gradients.top_of(0));
  combine_weights_back(maps.top_of(0), gradients.scores, layer->kernels(weights_gradient),
                       layer->bias(weights_gradient));
  ++layer;
  for (int level = 0; level + 1 < maps.levels; ++level, ++layer) {
    const Maps gradient = gradients.top_of(level);
    FeatureMaps& joined = gradients.joined[static_cast<std::size_t>(level)];
    rectify_back(maps.top_of(level), gradient);
    convolve_weights_back(maps.joined[static_cast<std::size_t>(level)], gradient, layer->kernels(weights_gradient),
                          layer->bias(weights_gradient));
    convolve_back(gradient, layer->kernels(weights), joined);
    if (!net.shape.skips) gradients.unused[static_cast<std::size_t>(level)].clear();
    upsample_back(gradients.risen(level), gradients.top_of(level + 1));
  }
  for (int level = maps.levels - 1; level >= 0; --level, ++layer) {
    // What reached this level over its skip and from above is together by now.
    const Maps gradient = gradients.encoded(level);
    rectify_back(maps.encoded(level), gradient);
    convolve_weights_back(maps.seen_by(level), gradient, layer->kernels(weights_gradient),
                          layer->bias(weights_gradient));
    if (level == 0) break;
    convolve_back(gradient, layer->kernels(weights), gradients.seen_by(level));
    max_pool_back(maps.encoded(level - 1), gradients.seen_by(level), gradients.encoded(level - 1));
  }
}

}  // namespace floodlight

// A U-Net: down over smaller and smaller maps, up again, with what was seen on the way down beside what came from below.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/sliced.h"
#include "core/learn/feature_maps.h"

namespace floodlight {

/// What a pixel can be, in the order of the network's results. Without the rim they are background and interior.
enum class PixelKind : std::uint8_t { background, rim, interior };

/// Which network. At every level one 3 x 3 convolution and a ReLU on the way down, 2 x 2 max pooling between levels; on the
/// way up the nearest pixel's value, the skip after it, one convolution and a ReLU; then a weighted sum for each class.
struct UNetShape {
  std::vector<int> widths = {
      6, 8, 12, 16};  ///< maps at each level, from the image's own size down; their number is that of the levels
  bool skips = true;  ///< whether the way up sees the way down
  bool rim = true;    ///< whether a nucleus's rim is a class of its own
  [[nodiscard]] int levels() const { return static_cast<int>(widths.size()); }
  [[nodiscard]] int classes() const { return rim ? 3 : 2; }
  /// Sides of what the network can look at are multiples of this: 2^(levels - 1).
  [[nodiscard]] int block() const { return 1 << (levels() - 1); }
  friend bool operator==(const UNetShape&, const UNetShape&) = default;
};

constexpr int fewest_unet_levels = 2;
constexpr int most_unet_levels = 4;
constexpr int most_unet_maps = 64;

/// Says what speaks against such a network.
Result<void> check_unet_shape(const UNetShape& shape);

/// A layer with weights, and where these lie: first [outputs][inputs][kernel], then one bias an output.
struct WeightedLayer {
  int inputs = 0;
  int outputs = 0;
  int kernel = 9;  ///< numbers of a kernel: 9, or 1 for the last layer
  std::size_t first = 0;
  [[nodiscard]] std::size_t products() const {
    return static_cast<std::size_t>(inputs) * static_cast<std::size_t>(outputs) * static_cast<std::size_t>(kernel);
  }
  [[nodiscard]] std::size_t end() const { return first + products() + static_cast<std::size_t>(outputs); }
  template <typename T>
  [[nodiscard]] std::span<T> kernels(std::span<T> weights) const {
    return weights.subspan(first, products());
  }
  template <typename T>
  [[nodiscard]] std::span<T> bias(std::span<T> weights) const {
    return weights.subspan(first + products(), static_cast<std::size_t>(outputs));
  }
};

/// All of them in the order of the computation: down from the first level to the last, up again to the first, the head.
std::vector<WeightedLayer> layers_of(const UNetShape& shape);
std::size_t weight_count(const UNetShape& shape);

struct UNet {
  UNetShape shape;
  std::vector<float> weights;  ///< layer by layer
  friend bool operator==(const UNet&, const UNet&) = default;
};

/// A network that has learnt nothing: kernels uniform within +-sqrt(6 / inputs of a sum) (He et al. 2015), the head's
/// within +-sqrt(1 / inputs), biases 0. The same seed gives the same weights on every machine.
UNet fresh_unet(const UNetShape& shape, std::uint64_t seed);

/// What stands in every layer for one image. What is a gradient by these stands in another one.
struct UNetMaps {
  UNetMaps() = default;
  /// For images of these sides, which are multiples of `block`.
  UNetMaps(const UNetShape& shape, int rows, int cols);

  int rows = 0;
  int cols = 0;
  int levels = 0;
  FeatureMaps input;
  std::vector<FeatureMaps> pooled;  ///< at each level what its convolution sees; empty at the first, which sees `input`
  std::vector<FeatureMaps> joined;  ///< at each level but the last what comes up from below, then the skip
  std::vector<FeatureMaps>
      unused;          ///< at each level but the last what was seen on the way down, where there is no skip
  FeatureMaps bottom;  ///< the last level's
  std::vector<FeatureMaps> decoded;  ///< at each level but the last
  FeatureMaps scores;                ///< of the classes

  /// What was seen on the way down at a level.
  [[nodiscard]] Maps encoded(int level);
  /// What comes up from below at a level, in the size of that level.
  [[nodiscard]] Maps risen(int level);
  /// What goes up from a level.
  [[nodiscard]] Maps top_of(int level) { return level + 1 == levels ? Maps(bottom) : Maps(decoded[at(level)]); }
  [[nodiscard]] Maps seen_by(int level) { return level == 0 ? Maps(input) : Maps(pooled[at(level)]); }
  [[nodiscard]] std::size_t bytes() const;

 private:
  static std::size_t at(int level) { return static_cast<std::size_t>(level); }
};

/// Computes all of it from `maps.input`, so that the scores in `window` are right: of every layer only what these need.
/// Network and maps outlive the work. O(pixels * weights).
Sliced<bool> run_unet_in_slices(const UNet& net, UNetMaps& maps, MapWindow window);
/// Of all pixels.
void run_unet(const UNet& net, UNetMaps& maps);

/// From the derivative by the scores, which stands in `gradients.scores`, to that by every weight, added to
/// `weights_gradient`. `maps` holds what `run_unet` computed; `gradients` are maps of the same shape, of which all others are
/// written over. O(pixels * weights).
void run_unet_back(const UNet& net, UNetMaps& maps, UNetMaps& gradients, std::span<float> weights_gradient);

}  // namespace floodlight

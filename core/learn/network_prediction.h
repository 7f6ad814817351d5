// What a network says of every pixel of an image.
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/unet.h"

namespace floodlight {

struct NetworkPrediction {
  std::vector<Image<float>>
      probabilities;  ///< one image a class, in the order of `PixelKind`; the last one is the interior
  friend bool operator==(const NetworkPrediction&, const NetworkPrediction&) = default;
};

/// The probabilities of an image that `network_input` has made, tile by tile: each tile is computed with a halo around it and
/// gets the bits that it has in the whole. Where a side is no multiple of `block`, the last pixels are repeated for the
/// network and cut off again. Network and image outlive the work. O(pixels * weights) time; 4 bytes a pixel and class and
/// some megabytes besides.
Sliced<NetworkPrediction> predict_in_slices(const UNet& net, FloatView input);
NetworkPrediction predict(const UNet& net, FloatView input);
/// The same with another size of tiles, a multiple of 8.
Sliced<NetworkPrediction> predict_in_tiles_in_slices(const UNet& net, FloatView input, int tile_side);

/// How probable a nucleus is, be it its rim or its interior: 1 less the probability of background, in single precision.
Image<float> nuclei_probability(const NetworkPrediction& prediction);

/// 1 where background is less probable than `below`, which is rounded to single.
Mask foreground_of(const NetworkPrediction& prediction, double below);
/// 1 where the interior is more probable than every other class.
Mask interior_of(const NetworkPrediction& prediction);

}  // namespace floodlight

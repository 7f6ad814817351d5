// What a network sees of an image: its values brought to one scale, whatever the exposure.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// The numbers that bring an image to the network's scale.
struct InputScale {
  double low = 0;        ///< the value that 1 % of the pixels are at or below: background
  double spread = 1;     ///< 4 times the way from there to the value of 5 %, which is noise; at least 4
  double mean = 0;       ///< of the logarithms
  double deviation = 1;  ///< of the logarithms; 1 where they are all the same
  friend bool operator==(const InputScale&, const InputScale&) = default;
};

struct NetworkInput {
  Image<float> image;
  InputScale scale;
};

/// For every pixel log(1 + max(x - low, 0) / spread), less its mean over the image, divided by its standard deviation. The
/// values of 1 % and 5 % are those at the places floor((n - 1) / 100) and floor((n - 1) / 20) of all n in ascending order, the first being 0.
/// Every number is rounded to single after the logarithm and after the mean is taken away; sums over the image are those of
/// its rows, each of them and their sum as numpy adds. The image's values are finite. O(pixels), 4 bytes a pixel.
Sliced<NetworkInput> network_input_in_slices(FloatView image);
NetworkInput network_input(FloatView image);

}  // namespace floodlight

// Landscapes full of ties, with markers strewn over them: what the tests of the watershed and of its record flood.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/base/image.h"
#include "core/segment/label.h"
#include "tests/core/reference.h"

namespace floodlight::test {

struct Scene {
  Image<double> image;
  LabelImage markers;
  Mask mask;
};

/// Heights are whole numbers from -3 to `levels` - 3; the mask has about this share of foreground.
inline Scene scene(Pixel shape, unsigned seed, int levels, double share) {
  Scene s{Image<double>(shape.row, shape.col), {}, noise_mask(shape.row, shape.col, seed, share)};
  const Image<float> heights = noise(shape.row, shape.col, seed + 1, levels);
  for (std::size_t i = 0; i < heights.size(); ++i) s.image.pixels()[i] = static_cast<double>(heights.pixels()[i]) - 3;
  s.markers = label(noise_mask(shape.row, shape.col, seed + 2, 0.06)).labels;
  return s;
}

template <typename To>
Image<To> converted(const Image<double>& image) {
  Image<To> out(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), out.pixels().begin(), [](double v) { return static_cast<To>(v); });
  return out;
}

}  // namespace floodlight::test

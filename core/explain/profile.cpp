// Pixels along a straight line, one a step of its longer side.
#include "core/explain/profile.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace floodlight {

std::vector<Pixel> line_pixels(Pixel from, Pixel to) {
  const int steps = std::max(std::abs(to.row - from.row), std::abs(to.col - from.col));
  const auto between = [steps](int start, int end, int step) {
    const double way = static_cast<double>(end - start) * step / std::max(steps, 1);
    return static_cast<int>(std::lround(start + way));
  };
  std::vector<Pixel> line;
  line.reserve(static_cast<std::size_t>(steps) + 1);
  for (int step = 0; step <= steps; ++step) {
    line.push_back({.row = between(from.row, to.row, step), .col = between(from.col, to.col, step)});
  }
  return line;
}

std::vector<float> values_along(FloatView image, const std::vector<Pixel>& line) {
  std::vector<float> values;
  values.reserve(line.size());
  for (const Pixel pixel : line) values.push_back(image[pixel]);
  return values;
}

}  // namespace floodlight

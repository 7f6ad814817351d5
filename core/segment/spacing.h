// Pixels that keep their distance from each other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// Pixels of an image of which no two are nearer than a minimum distance, by max(|rows|, |cols|). To add one and to ask
/// about one takes the same time however many there are.
class Spacing {
 public:
  Spacing(int min_distance, int rows, int cols);

  /// Of those added, the first that is nearer to a pixel than the minimum distance; none: the pixel may be added.
  [[nodiscard]] std::optional<Pixel> too_near_to(Pixel p) const;
  void add(Pixel p);

 private:
  int side_;
  Image<std::int32_t> cells_;  // of that side, so that each holds one at most: its place in added_, from 1
  std::vector<Pixel> added_;
};

}  // namespace floodlight

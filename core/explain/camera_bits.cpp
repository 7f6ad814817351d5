#include "core/explain/camera_bits.h"

#include <algorithm>

namespace floodlight {

int camera_bits(FloatView image) {
  if (image.size() == 0) return 0;
  const float largest = std::ranges::max(image.pixels());
  for (const int bits : {10, 12, 14}) {
    if (largest == static_cast<float>((1 << bits) - 1) && std::ranges::count(image.pixels(), largest) > 1) return bits;
  }
  return 0;
}

}  // namespace floodlight

#include "core/explain/emptied.h"

#include <algorithm>

namespace floodlight {
namespace {

bool is_empty(MaskView mask) {
  return std::ranges::none_of(mask.pixels(), [](std::uint8_t v) { return v != 0; });
}

}  // namespace

std::optional<Emptied> emptied_by(const StageValues& values) {
  if (values.nuclei > 0) return std::nullopt;
  if (is_empty(values.thresholded.mask))
    return Emptied{Stage::mask, "no pixel of the filtered image is above the cutoff."};
  if (is_empty(values.refined)) return Emptied{Stage::refined, "the repairs removed every pixel of the mask."};
  if (values.seeds.count == 0) return Emptied{Stage::seeds, "there is a mask, but no seed in it."};
  return std::nullopt;
}

}  // namespace floodlight

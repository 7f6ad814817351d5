#include "core/explain/repair_image.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace floodlight {

Image<std::uint8_t> repair_image(MaskView earlier, MaskView later) {
  assert(earlier.rows() == later.rows() && earlier.cols() == later.cols());
  Image<std::uint8_t> repairs(earlier.rows(), earlier.cols());
  std::ranges::transform(
      earlier.pixels(), later.pixels(), repairs.pixels().begin(), [](std::uint8_t a, std::uint8_t b) {
        const Repair repair =
            a == 0 ? (b == 0 ? Repair::background : Repair::added) : (b == 0 ? Repair::removed : Repair::kept);
        return static_cast<std::uint8_t>(repair);
      });
  return repairs;
}

Sliced<std::vector<Mask>> refinement_stages_in_slices(MaskView mask, std::vector<Refinement> refinements) {
  std::vector<Mask> masks;
  masks.emplace_back(mask.rows(), mask.cols(), std::vector<std::uint8_t>(mask.pixels().begin(), mask.pixels().end()));
  for (const Refinement& refinement : refinements) {
    Mask next = co_await refine_in_slices(masks.back(), refinement);
    masks.push_back(std::move(next));
  }
  co_return masks;
}

}  // namespace floodlight

#include "core/segment/repairs.h"

#include <array>

#include "core/segment/clear_border.h"
#include "core/segment/fill_holes.h"
#include "core/segment/morphology.h"
#include "core/segment/small_regions.h"

namespace floodlight {
namespace {

constexpr std::array repair_list = {&repairs::remove_small_objects,
                                    &repairs::remove_small_holes,
                                    &repairs::fill_holes,
                                    &repairs::clear_border,
                                    &repairs::erosion,
                                    &repairs::dilation,
                                    &repairs::opening,
                                    &repairs::closing};

}  // namespace

std::span<const RepairRow* const> all_repairs() { return repair_list; }

Sliced<Mask> refine_in_slices(MaskView mask, const Refinement& refinement) {
  return refinement->apply(mask, refinement.values);
}

Mask refine(MaskView mask, const Refinement& refinement) { return refine_in_slices(mask, refinement).finish(); }

Mask refine(MaskView mask, const std::vector<Refinement>& refinements) {
  Mask result(mask.rows(), mask.cols(), {mask.pixels().begin(), mask.pixels().end()});
  for (const auto& refinement : refinements) result = refine(result, refinement);
  return result;
}

}  // namespace floodlight

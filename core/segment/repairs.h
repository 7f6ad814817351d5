// The repairs of a mask that there are, a row each.
#pragma once

#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/morphology.h"
#include "core/segment/repair_row.h"

namespace floodlight {

/// All of them, in the order in which they are offered.
std::span<const RepairRow* const> all_repairs();

/// One repair of a list of them.
struct Refinement : Chosen<RepairRow> {
  Refinement() : Chosen(repairs::closing) {}
  using Chosen::Chosen;
  using Chosen::operator=;
};

/// The refined mask: one repair, or several, one after the other.
Mask refine(MaskView mask, const Refinement& refinement);
Mask refine(MaskView mask, const std::vector<Refinement>& refinements);
Sliced<Mask> refine_in_slices(MaskView mask, const Refinement& refinement);

}  // namespace floodlight

#include "core/segment/fill_holes.h"

#include <string_view>
#include <vector>

#include "core/segment/region_terms.h"
#include "core/segment/runs.h"

namespace floodlight {

Sliced<Mask> fill_holes_in_slices(MaskView mask) {
  const RunComponents background = co_await connected_runs_in_slices(mask, Connectivity::four, MaskSide::background);
  const std::vector<bool> outside = touching_border(background);
  co_return co_await mask_of_kept_in_slices(background, outside, MaskSide::background);
}

Mask fill_holes(MaskView mask) { return fill_holes_in_slices(mask).finish(); }

namespace {

Sliced<Mask> apply(MaskView mask, const OptionValues& /*values*/) { return fill_holes_in_slices(mask); }

constexpr std::string_view imagej[] = {"run(\"Fill Holes\");\n"};

}  // namespace

constinit const RepairRow repairs::fill_holes = {
    .name = "fill_holes",
    .label = "Fill holes",
    .apply = apply,
    .terms = fill_holes_at_pixel,
    .in_diagnosis = "filling holes",
    .python = "scipy.ndimage.binary_fill_holes({mask})",
    .python_suffix = "_filled",
    .imagej = imagej,
};

}  // namespace floodlight

#include "core/segment/fill_holes.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/segment/label.h"
#include "core/segment/mask_logic.h"
#include "core/segment/region_terms.h"

namespace floodlight {

Sliced<Mask> fill_holes_in_slices(MaskView mask) {
  if (mask.empty()) co_return as_zeros_and_ones(mask);
  const Mask inverse = inverted(mask);
  const Components background = co_await label_in_slices(inverse, Connectivity::four);
  const std::vector<bool> outside = touching_border(background);
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(background.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number == 0 || !outside[static_cast<std::size_t>(number)] ? 1 : 0);
  });
  co_return out;
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

#include "core/segment/clear_border.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/segment/label.h"
#include "core/segment/mask_logic.h"
#include "core/segment/region_terms.h"

namespace floodlight {

Sliced<Mask> clear_border_in_slices(MaskView mask) {
  if (mask.empty()) co_return as_zeros_and_ones(mask);
  const Components components = co_await label_in_slices(mask, Connectivity::eight);
  const std::vector<bool> touching = touching_border(components);
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(components.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number != 0 && !touching[static_cast<std::size_t>(number)] ? 1 : 0);
  });
  co_return out;
}

Mask clear_border(MaskView mask) { return clear_border_in_slices(mask).finish(); }

LabelImage clear_border(LabelView labels) {
  LabelImage out(labels.rows(), labels.cols());
  if (labels.empty()) return out;
  const Components components = label(labels, Connectivity::eight);
  const std::vector<bool> touching = touching_border(components);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto number = static_cast<std::size_t>(components.labels.pixels()[i]);
    if (number != 0 && !touching[number]) out.pixels()[i] = labels.pixels()[i];
  }
  return out;
}

namespace {

Sliced<Mask> apply(MaskView mask, const OptionValues& /*values*/) { return clear_border_in_slices(mask); }

constexpr std::string_view imagej[] = {"run(\"Analyze Particles...\", \"size=0-Infinity exclude pixel show=Masks\");\n",
                                       imagej_keeps_particles};

}  // namespace

constinit const RepairRow repairs::clear_border = {
    .name = "clear_border",
    .label = "Clear border",
    .apply = apply,
    .terms = clear_border_at_pixel,
    .in_diagnosis = "clearing the border",
    .removes = "its object touches the border of the image",
    .python = "skimage.segmentation.clear_border({mask})",
    .python_suffix = "_cleared",
    .imagej = imagej,
};

}  // namespace floodlight

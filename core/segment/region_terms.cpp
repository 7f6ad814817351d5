#include "core/segment/region_terms.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "core/segment/fill_holes.h"
#include "core/segment/label.h"
#include "core/segment/small_regions.h"

namespace floodlight {

Region region_at(MaskView mask, Pixel pixel, Connectivity connectivity) {
  assert(mask.contains(pixel));
  Region region{.foreground = mask[pixel] != 0, .first = pixel};
  Mask seen(mask.rows(), mask.cols());
  std::vector<Pixel> open{pixel};
  seen[pixel] = 1;
  const auto visit = [&](Pixel p) {
    if (!mask.contains(p)) {
      region.touches_border = true;
    } else if (seen[p] == 0 && (mask[p] != 0) == region.foreground) {
      seen[p] = 1;
      open.push_back(p);
    }
  };
  while (!open.empty()) {
    const Pixel p = open.back();
    open.pop_back();
    ++region.size;
    if (mask.index(p.row, p.col) < mask.index(region.first.row, region.first.col)) region.first = p;
    visit({.row = p.row - 1, .col = p.col});
    visit({.row = p.row + 1, .col = p.col});
    visit({.row = p.row, .col = p.col - 1});
    visit({.row = p.row, .col = p.col + 1});
    if (connectivity == Connectivity::four) continue;
    for (const int row : {p.row - 1, p.row + 1}) {
      for (const int col : {p.col - 1, p.col + 1}) visit({.row = row, .col = col});
    }
  }
  return region;
}

std::vector<std::int64_t> region_sizes(MaskView mask, bool holes) {
  Mask regions(mask.rows(), mask.cols(), {mask.pixels().begin(), mask.pixels().end()});
  if (holes) {
    regions = fill_holes(mask);
    for (std::size_t i = 0; i < mask.size(); ++i) {
      if (mask.pixels()[i] != 0) regions.pixels()[i] = 0;
    }
  }
  const Components components = label(regions, Connectivity::four);
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(components.count));
  for (const Label number : components.labels.pixels()) {
    if (number > 0) ++sizes[static_cast<std::size_t>(number) - 1];
  }
  std::ranges::sort(sizes);
  return sizes;
}

RepairAtPixel remove_small_objects_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  const Region region = region_at(mask, pixel);
  const int limit = values.whole(size_limit);
  return {region.foreground && region.size > limit,
          "Its object has " + std::to_string(region.size) + " px (4 neighbours); objects of at most " +
              std::to_string(limit) + " go.",
          pixel};
}

RepairAtPixel remove_small_holes_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  const Region region = region_at(mask, pixel);
  const int limit = values.whole(size_limit);
  return {
      region.foreground || region.size <= limit,
      "Its hole has " + std::to_string(region.size) + " px; holes of at most " + std::to_string(limit) + " are filled.",
      pixel};
}

RepairAtPixel fill_holes_at_pixel(MaskView mask, const OptionValues& /*values*/, Pixel pixel) {
  const Region region = region_at(mask, pixel);
  return {region.foreground || !region.touches_border,
          region.touches_border ? "A way through the background leads from here to the border: no hole."
                                : "No way through the background leads from here to the border: a hole.",
          pixel};
}

RepairAtPixel clear_border_at_pixel(MaskView mask, const OptionValues& /*values*/, Pixel pixel) {
  const Region region = region_at(mask, pixel, Connectivity::eight);
  return {region.foreground && !region.touches_border,
          region.touches_border ? "Its object touches the border." : "Its object does not touch the border.", pixel};
}

}  // namespace floodlight

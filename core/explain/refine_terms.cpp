// The footprint's verdict at one pixel, sizes of objects and holes, and what the repairs changed.
#include "core/explain/refine_terms.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/explain/distance_terms.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/label.h"

namespace floodlight {
namespace {

/// A part of a mask, and where it lies in it.
struct Cutting {
  Mask mask;
  Pixel corner;
  [[nodiscard]] std::uint8_t at(Pixel p) const { return mask[p.row - corner.row, p.col - corner.col]; }
};

Cutting cut_out(MaskView mask, Pixel centre, int margin) {
  const Pixel first = mask.nearest({.row = centre.row - margin, .col = centre.col - margin});
  const Pixel last = mask.nearest({.row = centre.row + margin, .col = centre.col + margin});
  Cutting cutting{.mask = Mask(last.row - first.row + 1, last.col - first.col + 1), .corner = first};
  for (int row = 0; row < cutting.mask.rows(); ++row) {
    std::copy_n(mask.row(first.row + row) + first.col, cutting.mask.cols(), cutting.mask.view().row(row));
  }
  return cutting;
}

/// The pixels of the image that the footprint covers, in raster order. As the footprints are symmetric, these are also
/// the centres from which it covers the pixel.
std::vector<Pixel> covered(MaskView mask, Footprint footprint, Pixel centre) {
  const Mask shape = footprint_image(footprint);
  const int radius = footprint.radius;
  std::vector<Pixel> pixels;
  for (int row = -radius; row <= radius; ++row) {
    for (int col = -radius; col <= radius; ++col) {
      const Pixel p{.row = centre.row + row, .col = centre.col + col};
      if (shape[row + radius, col + radius] != 0 && mask.contains(p)) pixels.push_back(p);
    }
  }
  return pixels;
}

/// Of the centres from which the footprint covers the pixel, the nearest one that an erosion keeps or, `grown`, that a
/// dilation leaves in the background.
std::optional<Pixel> nearest_witness(MaskView mask, bool grown, Footprint footprint, Pixel pixel) {
  // The footprint at such a centre reaches two radii from the pixel: what lies beyond has no say.
  Cutting cutting = cut_out(mask, pixel, 2 * footprint.radius);
  cutting.mask = grown ? dilation(cutting.mask, footprint) : erosion(cutting.mask, footprint);
  std::vector<Pixel> centres = covered(mask, footprint, pixel);
  std::erase_if(centres, [&](Pixel p) { return (cutting.at(p) != 0) == grown; });
  const auto nearest = std::ranges::min_element(centres, {}, [&](Pixel p) { return squared_distance(p, pixel); });
  return nearest == centres.end() ? std::nullopt : std::optional(*nearest);
}

}  // namespace

FootprintVerdict footprint_verdict(MaskView mask, RefinementOperation operation, Footprint footprint, Pixel pixel) {
  assert(mask.contains(pixel));
  FootprintVerdict verdict;
  if (operation == RefinementOperation::opening || operation == RefinementOperation::closing) {
    const bool closes = operation == RefinementOperation::closing;
    verdict.witness = nearest_witness(mask, closes, footprint, pixel);
    verdict.value = verdict.witness.has_value() != closes;
    return verdict;
  }
  assert(operation == RefinementOperation::erosion || operation == RefinementOperation::dilation);
  const bool grows = operation == RefinementOperation::dilation;
  verdict.deciding = covered(mask, footprint, pixel);
  std::erase_if(verdict.deciding, [&](Pixel p) { return (mask[p] != 0) != grows; });
  verdict.value = verdict.deciding.empty() != grows;
  return verdict;
}

Region region_at(MaskView mask, Pixel pixel) {
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

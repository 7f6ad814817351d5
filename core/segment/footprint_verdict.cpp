#include "core/segment/footprint_verdict.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/base/words.h"
#include "core/segment/morphology.h"

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

std::vector<Pixel> background_under(MaskView mask, Footprint footprint, Pixel pixel) {
  std::vector<Pixel> deciding = covered(mask, footprint, pixel);
  std::erase_if(deciding, [&](Pixel p) { return mask[p] != 0; });
  return deciding;
}

std::vector<Pixel> foreground_under(MaskView mask, Footprint footprint, Pixel pixel) {
  std::vector<Pixel> deciding = covered(mask, footprint, pixel);
  std::erase_if(deciding, [&](Pixel p) { return mask[p] == 0; });
  return deciding;
}

std::optional<Pixel> fits_in_foreground(MaskView mask, Footprint footprint, Pixel pixel) {
  return nearest_witness(mask, false, footprint, pixel);
}

std::optional<Pixel> fits_in_background(MaskView mask, Footprint footprint, Pixel pixel) {
  return nearest_witness(mask, true, footprint, pixel);
}

RepairAtPixel erosion_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  RepairAtPixel result{.value = true, .why = "No background pixel lies under the footprint.", .centre = pixel};
  result.deciding = background_under(mask, footprint_of(values), pixel);
  if (result.deciding.empty()) return result;
  result.value = false;
  result.why =
      counted(std::ssize(result.deciding), "background pixel lies", "background pixels lie") + " under the footprint.";
  return result;
}

RepairAtPixel dilation_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  RepairAtPixel result{.value = false, .why = "No foreground pixel lies under the footprint.", .centre = pixel};
  result.deciding = foreground_under(mask, footprint_of(values), pixel);
  if (result.deciding.empty()) return result;
  result.value = true;
  result.why =
      counted(std::ssize(result.deciding), "foreground pixel lies", "foreground pixels lie") + " under the footprint.";
  return result;
}

RepairAtPixel opening_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  const auto place = fits_in_foreground(mask, footprint_of(values), pixel);
  if (!place) return {false, "No footprint that covers it fits into the foreground.", pixel};
  return {true, "A footprint at " + row_and_column(*place) + " covers it and lies wholly in the foreground.", *place};
}

RepairAtPixel closing_at_pixel(MaskView mask, const OptionValues& values, Pixel pixel) {
  const auto place = fits_in_background(mask, footprint_of(values), pixel);
  if (!place) return {true, "No footprint that covers it fits into the background.", pixel};
  return {false, "A footprint at " + row_and_column(*place) + " covers it and meets no foreground.", *place};
}

}  // namespace floodlight

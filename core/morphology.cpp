// Repairs of a mask, each by a distance or by labels, so that no cost grows with a footprint.
#include "core/morphology.h"

#include <algorithm>
#include <vector>

#include "core/distance_transform.h"
#include "core/label.h"

namespace floodlight {
namespace {

Mask inverted(MaskView mask) {
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(mask.pixels(), out.pixels().begin(),
                         [](std::uint8_t v) { return static_cast<std::uint8_t>(v == 0 ? 1 : 0); });
  return out;
}

Mask as_zeros_and_ones(MaskView mask) {
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(mask.pixels(), out.pixels().begin(),
                         [](std::uint8_t v) { return static_cast<std::uint8_t>(v != 0 ? 1 : 0); });
  return out;
}

/// The smallest footprints touch only the next rows and columns: four or eight neighbours and the pixel itself.
Mask erode_by_one(MaskView mask, bool corners) {
  Mask out(mask.rows(), mask.cols());
  const auto cols = static_cast<std::size_t>(mask.cols());
  constexpr std::uint8_t outside = 1;
  std::vector<std::uint8_t> down(cols + 2, outside);  // each column's minimum over three rows
  std::vector<std::uint8_t> here(cols + 2, outside);
  for (int row = 0; row < mask.rows(); ++row) {
    const std::uint8_t* middle = mask.row(row);
    const std::uint8_t* above = row > 0 ? mask.row(row - 1) : middle;
    const std::uint8_t* below = row + 1 < mask.rows() ? mask.row(row + 1) : middle;
    for (std::size_t c = 0; c < cols; ++c) {
      here[c + 1] = middle[c] != 0 ? 1 : 0;
      down[c + 1] = middle[c] != 0 && above[c] != 0 && below[c] != 0 ? 1 : 0;
    }
    const std::vector<std::uint8_t>& beside = corners ? down : here;
    std::uint8_t* target = out.view().row(row);
    for (std::size_t c = 0; c < cols; ++c) {
      target[c] = static_cast<std::uint8_t>(down[c + 1] & beside[c] & beside[c + 2]);
    }
  }
  return out;
}

Mask erode_by_disk(MaskView mask, int radius) {
  // A distance transform without background measures to a point outside; to an erosion outside is foreground.
  if (std::ranges::find(mask.pixels(), 0) == mask.pixels().end()) return as_zeros_and_ones(mask);
  const Image<std::int32_t> squared = distance_squared(mask);
  const std::int64_t limit = static_cast<std::int64_t>(radius) * radius;
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(squared.pixels(), out.pixels().begin(),
                         [limit](std::int32_t d2) { return static_cast<std::uint8_t>(d2 > limit ? 1 : 0); });
  return out;
}

/// Diamonds and squares are the discs of two other distances, along rows and columns only or with diagonal steps too;
/// two sweeps over the image, each looking back at what it has passed, find the nearest background exactly.
Mask erode_by_steps(MaskView mask, int radius, bool diagonal) {
  const int rows = mask.rows();
  const int cols = mask.cols();
  const auto stride = static_cast<std::ptrdiff_t>(cols) + 2;
  const std::int32_t far = radius + 1;  // one frame of it all around: outside is foreground
  std::vector<std::int32_t> steps(static_cast<std::size_t>(rows + 2) * static_cast<std::size_t>(stride), far);
  const auto row_at = [&](int row) { return steps.data() + (row + 1) * stride + 1; };
  const auto nearest = [&](const std::int32_t* pixel, std::ptrdiff_t towards_row, std::ptrdiff_t towards_col) {
    std::int32_t n = std::min(pixel[towards_row], pixel[towards_col]);
    if (diagonal) n = std::min({n, pixel[towards_row - 1], pixel[towards_row + 1]});
    return std::min(n + 1, far);
  };
  for (int row = 0; row < rows; ++row) {
    const std::uint8_t* source = mask.row(row);
    std::int32_t* out = row_at(row);
    for (int c = 0; c < cols; ++c) out[c] = source[c] != 0 ? nearest(out + c, -stride, -1) : 0;
  }
  Mask result(rows, cols);
  for (int row = rows - 1; row >= 0; --row) {
    std::int32_t* out = row_at(row);
    std::uint8_t* target = result.view().row(row);
    for (int c = cols - 1; c >= 0; --c) {
      out[c] = std::min(out[c], nearest(out + c, stride, 1));
      target[c] = out[c] > radius ? 1 : 0;
    }
  }
  return result;
}

/// Counts each label's pixels; index 0 is the background.
std::vector<std::int64_t> areas_of(const Components& components) {
  std::vector<std::int64_t> areas(static_cast<std::size_t>(components.count) + 1);
  for (const Label number : components.labels.pixels()) ++areas[static_cast<std::size_t>(number)];
  return areas;
}

/// Which labels occur in the outermost rows and columns.
std::vector<bool> touching_border(const Components& components) {
  std::vector<bool> touching(static_cast<std::size_t>(components.count) + 1);
  const LabelView labels = components.labels;
  const auto mark = [&](int row, int col) { touching[static_cast<std::size_t>(labels[row, col])] = true; };
  for (int row = 0; row < labels.rows(); ++row) {
    mark(row, 0);
    mark(row, labels.cols() - 1);
  }
  for (int col = 0; col < labels.cols(); ++col) {
    mark(0, col);
    mark(labels.rows() - 1, col);
  }
  return touching;
}

template <typename T>
Image<T> without_border_objects(ImageView<const T> image) {
  Image<T> out(image.rows(), image.cols());
  if (image.empty()) return out;
  const Components components = label(image, Connectivity::eight);
  const std::vector<bool> touching = touching_border(components);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const auto number = static_cast<std::size_t>(components.labels.pixels()[i]);
    if (number != 0 && !touching[number]) out.pixels()[i] = image.pixels()[i];
  }
  return out;
}

}  // namespace

Mask footprint_image(Footprint footprint) {
  const int radius = footprint.radius;
  Mask out(2 * radius + 1, 2 * radius + 1);
  for (int row = -radius; row <= radius; ++row) {
    for (int col = -radius; col <= radius; ++col) {
      const bool inside = footprint.shape == FootprintShape::disk      ? row * row + col * col <= radius * radius
                          : footprint.shape == FootprintShape::diamond ? std::abs(row) + std::abs(col) <= radius
                                                                       : true;
      out[row + radius, col + radius] = inside ? 1 : 0;
    }
  }
  return out;
}

Mask erosion(MaskView mask, Footprint footprint) {
  assert(footprint.radius >= 0);
  if (footprint.radius == 0) return as_zeros_and_ones(mask);
  const bool square = footprint.shape == FootprintShape::square;
  if (footprint.radius == 1) return erode_by_one(mask, square);
  if (footprint.shape == FootprintShape::disk) return erode_by_disk(mask, footprint.radius);
  return erode_by_steps(mask, footprint.radius, square);
}

Mask dilation(MaskView mask, Footprint footprint) {
  // The footprints are symmetric: growing the foreground is shrinking the background.
  return inverted(erosion(inverted(mask), footprint));
}

Mask opening(MaskView mask, Footprint footprint) { return dilation(erosion(mask, footprint), footprint); }
Mask closing(MaskView mask, Footprint footprint) { return erosion(dilation(mask, footprint), footprint); }

Mask remove_small_objects(MaskView mask, int max_size) {
  if (max_size <= 0) return as_zeros_and_ones(mask);
  const Components components = label(mask, Connectivity::four);
  const std::vector<std::int64_t> areas = areas_of(components);
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(components.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number != 0 && areas[static_cast<std::size_t>(number)] > max_size ? 1 : 0);
  });
  return out;
}

Mask remove_small_holes(MaskView mask, int max_size) {
  return inverted(remove_small_objects(inverted(mask), max_size));
}

Mask fill_holes(MaskView mask) {
  if (mask.empty()) return as_zeros_and_ones(mask);
  const Components background = label(inverted(mask), Connectivity::four);
  const std::vector<bool> outside = touching_border(background);
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(background.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number == 0 || !outside[static_cast<std::size_t>(number)] ? 1 : 0);
  });
  return out;
}

Mask clear_border(MaskView mask) { return without_border_objects(MaskView(as_zeros_and_ones(mask))); }
LabelImage clear_border(LabelView labels) { return without_border_objects(labels); }

}  // namespace floodlight

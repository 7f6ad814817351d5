// Repairs of a mask, each by a distance or by labels, so that no cost grows with a footprint.
#include "core/segment/morphology.h"

#include <algorithm>
#include <vector>

#include "core/segment/distance_transform.h"
#include "core/segment/label.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 131'072;

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
class ErodeByOne {
 public:
  ErodeByOne(MaskView mask, bool corners) : mask_(mask), corners_(corners) {
    const auto padded = static_cast<std::size_t>(mask.cols()) + 2;
    down_.assign(padded, outside);
    here_.assign(padded, outside);
  }

  void erode_row(int row, std::uint8_t* target) {
    const auto cols = static_cast<std::size_t>(mask_.cols());
    const std::uint8_t* middle = mask_.row(row);
    const std::uint8_t* above = row > 0 ? mask_.row(row - 1) : middle;
    const std::uint8_t* below = row + 1 < mask_.rows() ? mask_.row(row + 1) : middle;
    for (std::size_t c = 0; c < cols; ++c) {
      here_[c + 1] = middle[c] != 0 ? 1 : 0;
      down_[c + 1] = middle[c] != 0 && above[c] != 0 && below[c] != 0 ? 1 : 0;
    }
    const std::vector<std::uint8_t>& beside = corners_ ? down_ : here_;
    for (std::size_t c = 0; c < cols; ++c) {
      target[c] = static_cast<std::uint8_t>(down_[c + 1] & beside[c] & beside[c + 2]);
    }
  }

 private:
  static constexpr std::uint8_t outside = 1;
  MaskView mask_;
  bool corners_;
  std::vector<std::uint8_t> down_;  // each column's minimum over three rows
  std::vector<std::uint8_t> here_;
};

Sliced<Mask> erode_by_one(MaskView mask, bool corners) {
  Mask out(mask.rows(), mask.cols());
  ErodeByOne erode(mask, corners);
  std::size_t work = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    erode.erode_row(row, out.view().row(row));
    work += static_cast<std::size_t>(mask.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return out;
}

Sliced<Mask> erode_by_disk(MaskView mask, int radius) {
  // A distance transform without background measures to a point outside; to an erosion outside is foreground.
  if (std::ranges::find(mask.pixels(), 0) == mask.pixels().end()) co_return as_zeros_and_ones(mask);
  const Image<std::int32_t> squared = co_await distance_squared_in_slices(mask);
  const std::int64_t limit = static_cast<std::int64_t>(radius) * radius;
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(squared.pixels(), out.pixels().begin(),
                         [limit](std::int32_t d2) { return static_cast<std::uint8_t>(d2 > limit ? 1 : 0); });
  co_return out;
}

/// Diamonds and squares are the discs of two other distances, along rows and columns only or with diagonal steps too;
/// two sweeps over the image, each looking back at what it has passed, find the nearest background exactly.
class StepsToBackground {
 public:
  StepsToBackground(int rows, int cols, int radius, bool diagonal)
      : stride_(static_cast<std::ptrdiff_t>(cols) + 2),
        far_(radius + 1),
        diagonal_(diagonal),
        // One frame of `far` all around: outside is foreground.
        steps_(static_cast<std::size_t>(rows + 2) * static_cast<std::size_t>(stride_), far_) {}

  void sweep_down(int row, const std::uint8_t* source, int cols) {
    std::int32_t* out = row_at(row);
    for (int c = 0; c < cols; ++c) out[c] = source[c] != 0 ? nearest(out + c, -stride_, -1) : 0;
  }
  /// Pixels farther than the radius from all background survive.
  void sweep_up(int row, std::uint8_t* target, int cols) {
    std::int32_t* out = row_at(row);
    for (int c = cols - 1; c >= 0; --c) {
      out[c] = std::min(out[c], nearest(out + c, stride_, 1));
      target[c] = out[c] >= far_ ? 1 : 0;
    }
  }

 private:
  std::int32_t* row_at(int row) { return steps_.data() + (row + 1) * stride_ + 1; }
  [[nodiscard]] std::int32_t nearest(const std::int32_t* pixel, std::ptrdiff_t towards_row,
                                     std::ptrdiff_t towards_col) const {
    std::int32_t n = std::min(pixel[towards_row], pixel[towards_col]);
    if (diagonal_) n = std::min({n, pixel[towards_row - 1], pixel[towards_row + 1]});
    return std::min(n + 1, far_);
  }

  std::ptrdiff_t stride_;
  std::int32_t far_;
  bool diagonal_;
  std::vector<std::int32_t> steps_;
};

Sliced<Mask> erode_by_steps(MaskView mask, int radius, bool diagonal) {
  const int rows = mask.rows();
  const int cols = mask.cols();
  StepsToBackground steps(rows, cols, radius, diagonal);
  Mask result(rows, cols);
  std::size_t work = 0;
  for (int i = 0; i < 2 * rows; ++i) {
    if (i < rows) {
      steps.sweep_down(i, mask.row(i), cols);
    } else {
      const int row = 2 * rows - 1 - i;
      steps.sweep_up(row, result.view().row(row), cols);
    }
    work += static_cast<std::size_t>(cols);
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return result;
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

Sliced<Mask> erosion_in_slices(MaskView mask, Footprint footprint) {
  assert(footprint.radius >= 0);
  const bool square = footprint.shape == FootprintShape::square;
  if (footprint.radius == 1) return erode_by_one(mask, square);
  // A disc of radius 0 is a single pixel: its erosion is the mask.
  if (footprint.radius == 0 || footprint.shape == FootprintShape::disk) return erode_by_disk(mask, footprint.radius);
  return erode_by_steps(mask, footprint.radius, square);
}

Sliced<Mask> dilation_in_slices(MaskView mask, Footprint footprint) {
  // The footprints are symmetric: growing the foreground is shrinking the background.
  const Mask background = inverted(mask);
  const Mask shrunk = co_await erosion_in_slices(background, footprint);
  co_return inverted(shrunk);
}

Sliced<Mask> opening_in_slices(MaskView mask, Footprint footprint) {
  const Mask eroded = co_await erosion_in_slices(mask, footprint);
  co_return co_await dilation_in_slices(eroded, footprint);
}

Sliced<Mask> closing_in_slices(MaskView mask, Footprint footprint) {
  const Mask dilated = co_await dilation_in_slices(mask, footprint);
  co_return co_await erosion_in_slices(dilated, footprint);
}

Sliced<Mask> remove_small_objects_in_slices(MaskView mask, int max_size) {
  if (max_size <= 0) co_return as_zeros_and_ones(mask);
  const Components components = co_await label_in_slices(mask, Connectivity::four);
  const std::vector<std::int64_t> areas = areas_of(components);
  co_yield Pause{};
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(components.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number != 0 && areas[static_cast<std::size_t>(number)] > max_size ? 1 : 0);
  });
  co_return out;
}

Sliced<Mask> remove_small_holes_in_slices(MaskView mask, int max_size) {
  const Mask background = inverted(mask);
  const Mask kept = co_await remove_small_objects_in_slices(background, max_size);
  co_return inverted(kept);
}

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

Mask erosion(MaskView mask, Footprint footprint) { return erosion_in_slices(mask, footprint).finish(); }
Mask dilation(MaskView mask, Footprint footprint) { return dilation_in_slices(mask, footprint).finish(); }
Mask opening(MaskView mask, Footprint footprint) { return opening_in_slices(mask, footprint).finish(); }
Mask closing(MaskView mask, Footprint footprint) { return closing_in_slices(mask, footprint).finish(); }
Mask remove_small_objects(MaskView mask, int max_size) {
  return remove_small_objects_in_slices(mask, max_size).finish();
}
Mask remove_small_holes(MaskView mask, int max_size) { return remove_small_holes_in_slices(mask, max_size).finish(); }
Mask fill_holes(MaskView mask) { return fill_holes_in_slices(mask).finish(); }
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

}  // namespace floodlight

// Erosion and its siblings by a distance, so that no cost grows with the footprint.
#include "core/segment/morphology.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <vector>

#include "core/segment/distance_transform.h"
#include "core/segment/footprint_verdict.h"
#include "core/segment/mask_logic.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 131'072;

/// The smallest footprints touch only the next rows and columns: four or eight neighbours and the pixel itself. Along
/// rows and columns a footprint's smallest (eroding) or largest value is that of three bytes, many of them at a time.
template <bool eroding>
class StepByOne {
 public:
  StepByOne(MaskView mask, bool corners) : mask_(mask), corners_(corners) {
    const auto padded = static_cast<std::size_t>(mask.cols()) + 2;
    tall_.assign(padded, outside);
    here_.assign(padded, outside);
  }

  void fill_row(int row, std::uint8_t* target) {
    const auto cols = static_cast<std::size_t>(mask_.cols());
    const std::uint8_t* middle = mask_.row(row);
    // A row outside decides nothing, and neither does the middle one twice.
    const std::uint8_t* above = row > 0 ? mask_.row(row - 1) : middle;
    const std::uint8_t* below = row + 1 < mask_.rows() ? mask_.row(row + 1) : middle;
    // Pointers of its own, lest the compiler takes every byte written for one that moves them.
    std::uint8_t* tall = tall_.data();
    std::uint8_t* here = here_.data();
    for (std::size_t c = 0; c < cols; ++c) {
      here[c + 1] = bit(middle[c]);
      tall[c + 1] = both(bit(middle[c]), both(bit(above[c]), bit(below[c])));
    }
    const std::uint8_t* beside = corners_ ? tall : here;
    for (std::size_t c = 0; c < cols; ++c) target[c] = both(tall[c + 1], both(beside[c], beside[c + 2]));
  }

 private:
  static constexpr std::uint8_t outside = eroding ? 1 : 0;
  static std::uint8_t bit(std::uint8_t pixel) { return pixel != 0 ? 1 : 0; }
  static std::uint8_t both(std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(eroding ? (a & b) : (a | b));
  }

  MaskView mask_;
  bool corners_;
  std::vector<std::uint8_t> tall_;  // each column's smallest or largest over three rows
  std::vector<std::uint8_t> here_;
};

template <bool eroding>
Sliced<Mask> step_by_one(MaskView mask, bool corners) {
  Mask out(mask.rows(), mask.cols());
  StepByOne<eroding> step(mask, corners);
  std::size_t work = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    step.fill_row(row, out.view().row(row));
    work += static_cast<std::size_t>(mask.cols());
    if (work >= 4 * pixels_per_slice) {
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

}  // namespace

Sliced<Mask> erosion_in_slices(MaskView mask, Footprint footprint) {
  assert(footprint.radius >= 0);
  const bool square = footprint.shape == FootprintShape::square;
  if (footprint.radius == 1) return step_by_one<true>(mask, square);
  // A disc of radius 0 is a single pixel: its erosion is the mask.
  if (footprint.radius == 0 || footprint.shape == FootprintShape::disk) return erode_by_disk(mask, footprint.radius);
  return erode_by_steps(mask, footprint.radius, square);
}

Sliced<Mask> dilation_in_slices(MaskView mask, Footprint footprint) {
  if (footprint.radius == 1) {
    co_return co_await step_by_one<false>(mask, footprint.shape == FootprintShape::square);
  }
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

Mask erosion(MaskView mask, Footprint footprint) { return erosion_in_slices(mask, footprint).finish(); }
Mask dilation(MaskView mask, Footprint footprint) { return dilation_in_slices(mask, footprint).finish(); }
Mask opening(MaskView mask, Footprint footprint) { return opening_in_slices(mask, footprint).finish(); }
Mask closing(MaskView mask, Footprint footprint) { return closing_in_slices(mask, footprint).finish(); }

namespace {

constexpr const Option* own_options[] = {&footprint_shape, &footprint_radius};

template <auto operation>
Sliced<Mask> apply(MaskView mask, const OptionValues& values) {
  return operation(mask, footprint_of(values));
}

int reach(const OptionValues& values) { return values.whole(footprint_radius); }

constexpr std::string_view minimum = "run(\"Minimum...\", \"radius={radius}\");\n";
constexpr std::string_view maximum = "run(\"Maximum...\", \"radius={radius}\");\n";
constexpr std::string_view imagej_erosion[] = {minimum};
constexpr std::string_view imagej_dilation[] = {maximum};
constexpr std::string_view imagej_opening[] = {minimum, maximum};
constexpr std::string_view imagej_closing[] = {maximum, minimum};
constexpr std::string_view wider_disc =
    "Every footprint is ImageJ's disc, which is a little wider than scikit-image's.";

constexpr OptionValue radius_5[] = {{&footprint_shape, 0}, {&footprint_radius, 5}};
constexpr RowPitfall pitfalls_of_closing[] = {
    {.text = "Closing also joins neighbours: gaps narrower than its footprint close between nuclei too.",
     .action = "Closing with disk(5)",
     .setting = radius_5}};

}  // namespace

constinit const RepairRow repairs::erosion = {
    .name = "erosion",
    .label = "Erosion",
    .options = own_options,
    .apply = apply<&erosion_in_slices>,
    .footprint = footprint_of,
    .reach = reach,
    .terms = erosion_at_pixel,
    .in_diagnosis = "erosion with {footprint}",
    .python = "skimage.morphology.erosion({mask}, {footprint}, mode=\"ignore\")",
    .python_suffix = "_eroded",
    .imagej = imagej_erosion,
    .imagej_differs = wider_disc,
};

constinit const RepairRow repairs::dilation = {
    .name = "dilation",
    .label = "Dilation",
    .options = own_options,
    .apply = apply<&dilation_in_slices>,
    .footprint = footprint_of,
    .reach = reach,
    .terms = dilation_at_pixel,
    .in_diagnosis = "dilation with {footprint}",
    .python = "skimage.morphology.dilation({mask}, {footprint}, mode=\"ignore\")",
    .python_suffix = "_dilated",
    .imagej = imagej_dilation,
    .imagej_differs = wider_disc,
};

constinit const RepairRow repairs::opening = {
    .name = "opening",
    .label = "Opening",
    .options = own_options,
    .apply = apply<&opening_in_slices>,
    .footprint = footprint_of,
    .reach = reach,
    .terms = opening_at_pixel,
    .in_diagnosis = "opening with {footprint}",
    .python = "skimage.morphology.opening({mask}, {footprint}, mode=\"ignore\")",
    .python_suffix = "_opened",
    .imagej = imagej_opening,
    .imagej_differs = wider_disc,
};

constinit const RepairRow repairs::closing = {
    .name = "closing",
    .label = "Closing",
    .options = own_options,
    .apply = apply<&closing_in_slices>,
    .footprint = footprint_of,
    .reach = reach,
    .terms = closing_at_pixel,
    .in_diagnosis = "closing with {footprint}",
    .python = "skimage.morphology.closing({mask}, {footprint}, mode=\"ignore\")",
    .python_suffix = "_closed",
    .imagej = imagej_closing,
    .imagej_differs = wider_disc,
    .pitfalls = pitfalls_of_closing,
};

}  // namespace floodlight

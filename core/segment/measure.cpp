// Region properties, as scikit-image computes them.
#include "core/segment/measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "core/base/exact_math.h"
#include "core/segment/convex_hull.h"
#include "core/segment/runs.h"

namespace floodlight {
namespace {

/// Room for the number of pixels times a sum of squares of coordinates.
__extension__ using Wide = __int128;

/// Every object's runs, object by object in ascending order of labels, each in raster order.
struct RunsByLabel {
  std::vector<Label> labels;
  std::vector<std::size_t> starts;  ///< one more than labels
  std::vector<RowRun> runs;
};

/// Where a label stands among the labels.
class Slots {
 public:
  Slots(const std::vector<Label>& labels, bool sparse) : labels_(labels), sparse_(sparse) {}
  std::size_t operator()(Label l) const {
    if (!sparse_) return static_cast<std::size_t>(l) - 1;
    return static_cast<std::size_t>(std::ranges::lower_bound(labels_, l) - labels_.begin());
  }

 private:
  const std::vector<Label>& labels_;
  bool sparse_;
};

/// Calls `use` with the label and the first and last column (the one after) of every run of a row.
template <typename Use>
void for_each_run(const Label* labels, int cols, const Use& use) {
  constexpr int at_once = 8;
  for (int start = 0; start < cols;) {
    // Most of an image is background, which is passed many pixels at a time.
    Label any = 0;
    if (start + at_once <= cols) {
      for (int i = 0; i < at_once; ++i) any |= labels[start + i];
      if (any == 0) {
        start += at_once;
        continue;
      }
    }
    const Label label = labels[start];
    int end = start + 1;
    while (end < cols && labels[end] == label) ++end;
    if (label > 0) use(label, start, end);
    start = end;
  }
}

void count_runs(LabelView labels, int row, const Slots& slot, std::vector<std::size_t>& counts) {
  for_each_run(labels.row(row), labels.cols(), [&](Label l, int /*start*/, int /*end*/) { ++counts[slot(l) + 1]; });
}

void place_runs(LabelView labels, int row, const Slots& slot, std::vector<std::size_t>& next,
                std::vector<RowRun>& runs) {
  for_each_run(labels.row(row), labels.cols(),
               [&](Label l, int start, int end) { runs[next[slot(l)]++] = {row, start, end}; });
}

Label largest_of(LabelView labels) {
  Label largest = 0;
  for (const Label l : labels.pixels()) largest = std::max(largest, l);
  return largest;
}

constexpr std::size_t pixels_per_slice = 131'072;

Sliced<RunsByLabel> sort_by_label(LabelView labels) {
  RunsByLabel result;
  const Label largest = largest_of(labels);
  const std::size_t dense = labels.size() + 1;
  // Numbers mostly count up from 1 and index a table; larger ones than there are pixels are looked up instead.
  const bool sparse = largest > 0 && static_cast<std::size_t>(largest) > dense;
  if (sparse) {
    std::ranges::copy_if(labels.pixels(), std::back_inserter(result.labels), [](Label l) { return l > 0; });
    std::ranges::sort(result.labels);
    const auto repeated = std::ranges::unique(result.labels);
    result.labels.erase(repeated.begin(), repeated.end());
  } else {
    for (Label l = 1; l <= largest; ++l) result.labels.push_back(l);
  }
  const Slots slot(result.labels, sparse);
  result.starts.assign(result.labels.size() + 1, 0);
  std::size_t work = 0;
  for (int row = 0; row < labels.rows(); ++row) {
    count_runs(labels, row, slot, result.starts);
    work += static_cast<std::size_t>(labels.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  for (std::size_t i = 1; i < result.starts.size(); ++i) result.starts[i] += result.starts[i - 1];
  result.runs.resize(result.starts.back());
  std::vector<std::size_t> next(result.starts.begin(), result.starts.end() - 1);
  for (int row = 0; row < labels.rows(); ++row) {
    place_runs(labels, row, slot, next, result.runs);
    work += static_cast<std::size_t>(labels.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  co_return result;
}

/// As `on_outline`: the ends of a run, and what has another label, or the outside, above or below.
void mark_border_pixels(LabelView labels, const RowRun& run, Mask& border) {
  std::uint8_t* marks = border.view().row(run.row);
  if (run.row == 0 || run.row + 1 == labels.rows()) {
    std::fill(marks + run.start, marks + run.end, std::uint8_t{1});
    return;
  }
  const Label* above = labels.row(run.row - 1);
  const Label* below = labels.row(run.row + 1);
  const Label own = labels[run.row, run.start];
  for (int col = run.start; col < run.end; ++col) marks[col] = above[col] != own || below[col] != own ? 1 : 0;
  marks[run.start] = 1;
  marks[run.end - 1] = 1;
}

Sliced<Mask> border_pixels(LabelView labels, const std::vector<RowRun>& runs) {
  Mask border(labels.rows(), labels.cols());
  std::size_t work = 0;
  for (const RowRun& run : runs) {
    mark_border_pixels(labels, run, border);
    work += static_cast<std::size_t>(run.end - run.start) + 16;
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  co_return border;
}

/// How long a step of the outline is at a border pixel, told by its border neighbours along rows and columns and along
/// the diagonals: 0 straight (1), 1 diagonal (sqrt 2), 2 the mean of both, 3 no step.
int outline_step(LabelView labels, MaskView border, Pixel p) {
  const bool inside = p.row > 0 && p.col > 0 && p.row + 1 < labels.rows() && p.col + 1 < labels.cols();
  const Label own = labels[p];
  const auto is_border = [&](int row, int col) {
    if (!inside && !labels.contains({row, col})) return 0;
    return border[row, col] != 0 && labels[row, col] == own ? 1 : 0;
  };
  const int straight = is_border(p.row - 1, p.col) + is_border(p.row + 1, p.col) + is_border(p.row, p.col - 1) +
                       is_border(p.row, p.col + 1);
  const int diagonal = is_border(p.row - 1, p.col - 1) + is_border(p.row - 1, p.col + 1) +
                       is_border(p.row + 1, p.col - 1) + is_border(p.row + 1, p.col + 1);
  switch (10 * diagonal + 2 * straight + 1) {
    case 5:
    case 7:
    case 15:
    case 17:
    case 25:
    case 27:
      return 0;
    case 21:
    case 33:
      return 1;
    case 13:
    case 23:
      return 2;
    default:
      return 3;
  }
}

double perimeter(LabelView labels, MaskView border, std::span<const RowRun> runs) {
  std::array<std::int64_t, 4> steps{};
  for (const RowRun& run : runs) {
    const std::uint8_t* marks = border.row(run.row);
    for (int col = run.start; col < run.end; col = find_in_row(marks, col + 1, run.end, true)) {
      ++steps[static_cast<std::size_t>(outline_step(labels, border, {run.row, col}))];
    }
  }
  constexpr double diagonal = std::numbers::sqrt2;
  return static_cast<double>(steps[0]) + static_cast<double>(steps[1]) * diagonal +
         static_cast<double>(steps[2]) * ((1 + diagonal) / 2);
}

/// 0 + 1 + ... + (n - 1), and the sum of their squares.
std::int64_t sum_below(std::int64_t n) { return n * (n - 1) / 2; }
std::int64_t sum_of_squares_below(std::int64_t n) { return n * (n - 1) * (2 * n - 1) / 6; }

/// Centroid and everything that follows from the second moments. Sums are exact integers until the last division, so a
/// symmetric object has exactly the moments it should; those over a run are known without looking at its pixels.
void describe_shape(std::span<const RowRun> runs, RegionProperties& region) {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t rows_squared = 0;
  std::int64_t cols_squared = 0;
  std::int64_t mixed = 0;
  for (const RowRun& run : runs) {
    const std::int64_t r = run.row - region.bbox_min_row;
    const std::int64_t first = run.start - region.bbox_min_col;
    const std::int64_t end = run.end - region.bbox_min_col;
    const std::int64_t cols_of_run = sum_below(end) - sum_below(first);
    rows += r * (end - first);
    cols += cols_of_run;
    rows_squared += r * r * (end - first);
    cols_squared += sum_of_squares_below(end) - sum_of_squares_below(first);
    mixed += r * cols_of_run;
  }
  const auto n = static_cast<double>(region.area);
  region.centroid_row = static_cast<double>(rows) / n + region.bbox_min_row;
  region.centroid_col = static_cast<double>(cols) / n + region.bbox_min_col;
  const auto central = [&](std::int64_t products, std::int64_t sum1, std::int64_t sum2) {
    return static_cast<double>(Wide{region.area} * products - Wide{sum1} * sum2) / n / n;
  };
  const double a = central(rows_squared, rows, rows);
  const double c = central(cols_squared, cols, cols);
  const double b = central(mixed, rows, cols);

  // Eigenvalues of [[a, b], [b, c]]; the smaller from the determinant, which does not cancel.
  const double half_gap = std::sqrt((a - c) / 2 * ((a - c) / 2) + b * b);
  const double larger = (a + c) / 2 + half_gap;
  // Of a round object the two are one number, which the division would round up or down.
  const double smaller = half_gap == 0 ? larger : std::clamp((a * c - b * b) / larger, 0.0, larger);
  region.axis_major_length = 4 * std::sqrt(larger);
  region.axis_minor_length = 4 * std::sqrt(smaller);
  region.eccentricity = larger == 0 ? 0 : std::sqrt(std::min(1.0, 2 * half_gap / larger));
  constexpr double quarter = std::numbers::pi / 4;
  if (a == c) {
    region.orientation = b > 0 ? quarter : -quarter;
  } else {
    region.orientation = 0.5 * exact_atan2(2 * b, a - c);
  }
  region.equivalent_diameter = std::sqrt(4 * n / std::numbers::pi);
}

/// Sums are added pixel by pixel in raster order, which is part of their result.
void describe_intensity(FloatView intensity, std::span<const RowRun> runs, RegionProperties& region) {
  double largest = -std::numeric_limits<double>::infinity();
  double sum = 0;
  bool nan_among_them = false;
  for (const RowRun& run : runs) {
    const float* values = intensity.row(run.row);
    for (int col = run.start; col < run.end; ++col) {
      const auto value = static_cast<double>(values[col]);
      sum += value;
      largest = std::max(largest, value);
      nan_among_them |= std::isnan(value);
    }
  }
  // As numpy's maximum: a NaN among the values is the result.
  region.max_intensity = nan_among_them ? std::numeric_limits<double>::quiet_NaN() : largest;
  region.mean_intensity = sum / static_cast<double>(region.area);
}

RegionProperties describe(LabelView labels, FloatView intensity, MaskView border, Label label,
                          std::span<const RowRun> runs, ConvexHull& hull) {
  RegionProperties region;
  region.label = label;
  region.bbox_min_row = runs.front().row;
  region.bbox_max_row = runs.back().row + 1;
  region.bbox_min_col = labels.cols();
  hull.start(region.bbox_min_row, region.bbox_max_row);
  for (const RowRun& run : runs) {
    region.area += run.end - run.start;
    region.bbox_min_col = std::min(region.bbox_min_col, run.start);
    region.bbox_max_col = std::max(region.bbox_max_col, run.end);
    // What lies between two pixels of a row is in the hull with them.
    hull.add({run.row, run.start});
    hull.add({run.row, run.end - 1});
  }
  describe_intensity(intensity, runs, region);
  region.perimeter = perimeter(labels, border, runs);
  describe_shape(runs, region);
  region.solidity = static_cast<double>(region.area) / static_cast<double>(hull.count_pixels());
  return region;
}

}  // namespace

std::vector<RegionProperties> region_properties(LabelView labels, FloatView intensity) {
  return region_properties_in_slices(labels, intensity).finish();
}

Sliced<std::vector<RegionProperties>> region_properties_in_slices(LabelView labels, FloatView intensity) {
  assert(labels.rows() == intensity.rows() && labels.cols() == intensity.cols());
  constexpr std::size_t described_per_slice = 8'192;  // pixels of objects; each is looked at several times
  const RunsByLabel sorted = co_await sort_by_label(labels);
  const Mask border = co_await border_pixels(labels, sorted.runs);
  ConvexHull hull;
  std::vector<RegionProperties> regions;
  std::size_t work = 0;
  for (std::size_t i = 0; i < sorted.labels.size(); ++i) {
    const auto runs = std::span(sorted.runs).subspan(sorted.starts[i], sorted.starts[i + 1] - sorted.starts[i]);
    if (runs.empty()) continue;
    regions.push_back(describe(labels, intensity, border, sorted.labels[i], runs, hull));
    work += static_cast<std::size_t>(regions.back().area);
    if (work >= described_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return regions;
}

}  // namespace floodlight

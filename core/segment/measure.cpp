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
#include "core/segment/outline.h"

namespace floodlight {
namespace {

/// Room for the number of pixels times a sum of squares of coordinates.
__extension__ using Wide = __int128;

/// Every labelled pixel's position in the image, object by object in ascending order of labels, each in raster order.
struct PixelsByLabel {
  std::vector<Label> labels;
  std::vector<std::size_t> starts;  ///< one more than labels
  std::vector<std::uint32_t> positions;
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

void count_pixels(std::span<const Label> pixels, const Slots& slot, std::vector<std::size_t>& counts) {
  for (const Label l : pixels) {
    if (l > 0) ++counts[slot(l) + 1];
  }
}

void place_pixels(std::span<const Label> pixels, std::size_t first, const Slots& slot, std::vector<std::size_t>& next,
                  std::vector<std::uint32_t>& positions) {
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (const Label l = pixels[i]; l > 0) positions[next[slot(l)]++] = static_cast<std::uint32_t>(first + i);
  }
}

constexpr std::size_t pixels_per_slice = 131'072;

Sliced<PixelsByLabel> sort_by_label(LabelView labels) {
  PixelsByLabel result;
  const Label largest = labels.empty() ? 0 : std::ranges::max(labels.pixels());
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
  const auto part = [&](std::size_t start) {
    return labels.pixels().subspan(start, std::min(pixels_per_slice, labels.size() - start));
  };
  result.starts.assign(result.labels.size() + 1, 0);
  for (std::size_t start = 0; start < labels.size(); start += pixels_per_slice) {
    count_pixels(part(start), slot, result.starts);
    co_yield Pause{};
  }
  for (std::size_t i = 1; i < result.starts.size(); ++i) result.starts[i] += result.starts[i - 1];
  result.positions.resize(result.starts.back());
  std::vector<std::size_t> next(result.starts.begin(), result.starts.end() - 1);
  for (std::size_t start = 0; start < labels.size(); start += pixels_per_slice) {
    place_pixels(part(start), start, slot, next, result.positions);
    co_yield Pause{};
  }
  co_return result;
}

Pixel pixel_at(LabelView labels, std::uint32_t position) {
  const auto cols = static_cast<std::uint32_t>(labels.cols());
  return {static_cast<int>(position / cols), static_cast<int>(position % cols)};
}

void mark_border_pixels(LabelView labels, int row, Mask& border) {
  for (int col = 0; col < labels.cols(); ++col) {
    border[row, col] = labels[row, col] > 0 && on_outline(labels, {row, col}) ? 1 : 0;
  }
}

Sliced<Mask> border_pixels(LabelView labels) {
  Mask border(labels.rows(), labels.cols());
  std::size_t work = 0;
  for (int row = 0; row < labels.rows(); ++row) {
    mark_border_pixels(labels, row, border);
    work += static_cast<std::size_t>(labels.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return border;
}

/// How long a step of the outline is at a border pixel, told by its border neighbours along rows and columns and along
/// the diagonals: 0 straight (1), 1 diagonal (sqrt 2), 2 the mean of both, 3 no step.
int outline_step(LabelView labels, MaskView border, Pixel p) {
  const auto is_border = [&](int row, int col) {
    return labels.contains({row, col}) && border[row, col] != 0 && labels[row, col] == labels[p] ? 1 : 0;
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

double perimeter(LabelView labels, MaskView border, std::span<const std::uint32_t> positions) {
  std::array<std::int64_t, 4> steps{};
  for (const std::uint32_t position : positions) {
    const Pixel p = pixel_at(labels, position);
    if (border[p] != 0) ++steps[static_cast<std::size_t>(outline_step(labels, border, p))];
  }
  constexpr double diagonal = std::numbers::sqrt2;
  return static_cast<double>(steps[0]) + static_cast<double>(steps[1]) * diagonal +
         static_cast<double>(steps[2]) * ((1 + diagonal) / 2);
}

/// Centroid and everything that follows from the second moments. Sums are exact integers until the last division, so a
/// symmetric object has exactly the moments it should.
void describe_shape(LabelView labels, std::span<const std::uint32_t> positions, RegionProperties& region) {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t rows_squared = 0;
  std::int64_t cols_squared = 0;
  std::int64_t mixed = 0;
  for (const std::uint32_t position : positions) {
    const Pixel p = pixel_at(labels, position);
    const std::int64_t r = p.row - region.bbox_min_row;
    const std::int64_t c = p.col - region.bbox_min_col;
    rows += r;
    cols += c;
    rows_squared += r * r;
    cols_squared += c * c;
    mixed += r * c;
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

RegionProperties describe(LabelView labels, FloatView intensity, MaskView border, Label label,
                          std::span<const std::uint32_t> positions, ConvexHull& hull) {
  RegionProperties region;
  region.label = label;
  region.area = static_cast<std::int64_t>(positions.size());
  region.bbox_min_row = pixel_at(labels, positions.front()).row;
  region.bbox_max_row = pixel_at(labels, positions.back()).row + 1;
  region.bbox_min_col = labels.cols();
  region.max_intensity = -std::numeric_limits<double>::infinity();
  double sum = 0;
  bool nan_among_them = false;
  for (const std::uint32_t position : positions) {
    const int col = pixel_at(labels, position).col;
    region.bbox_min_col = std::min(region.bbox_min_col, col);
    region.bbox_max_col = std::max(region.bbox_max_col, col + 1);
    const auto value = static_cast<double>(intensity.pixels()[position]);
    sum += value;
    region.max_intensity = std::max(region.max_intensity, value);
    nan_among_them |= std::isnan(value);
  }
  // As numpy's maximum: a NaN among the values is the result.
  if (nan_among_them) region.max_intensity = std::numeric_limits<double>::quiet_NaN();
  region.mean_intensity = sum / static_cast<double>(region.area);
  region.perimeter = perimeter(labels, border, positions);
  describe_shape(labels, positions, region);
  hull.start(region.bbox_min_row, region.bbox_max_row);
  for (const std::uint32_t position : positions) hull.add(pixel_at(labels, position));
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
  const PixelsByLabel sorted = co_await sort_by_label(labels);
  const Mask border = co_await border_pixels(labels);
  ConvexHull hull;
  std::vector<RegionProperties> regions;
  std::size_t work = 0;
  for (std::size_t i = 0; i < sorted.labels.size(); ++i) {
    const auto positions =
        std::span(sorted.positions).subspan(sorted.starts[i], sorted.starts[i + 1] - sorted.starts[i]);
    if (positions.empty()) continue;
    regions.push_back(describe(labels, intensity, border, sorted.labels[i], positions, hull));
    work += positions.size();
    if (work >= described_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return regions;
}

}  // namespace floodlight

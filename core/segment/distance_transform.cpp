// The exact Euclidean distance transform in two linear passes, in integers.
#include "core/segment/distance_transform.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 1U << 16U;

/// Stands in the first pass for a column without background so far; larger than any image is high, and safe to add 1 to.
constexpr std::int32_t nowhere = std::numeric_limits<std::int32_t>::max() / 2;

/// First pass, downwards: how many rows up the nearest background of the same column lies.
void count_down(MaskView mask, int row, ImageView<std::int32_t> heights) {
  const auto cols = static_cast<std::size_t>(mask.cols());
  const std::uint8_t* source = mask.row(row);
  std::int32_t* out = heights.row(row);
  if (row == 0) {
    for (std::size_t c = 0; c < cols; ++c) out[c] = source[c] != 0 ? nowhere : 0;
    return;
  }
  const std::int32_t* above = heights.row(row - 1);
  for (std::size_t c = 0; c < cols; ++c) out[c] = source[c] != 0 ? std::min(above[c] + 1, nowhere) : 0;
}

/// First pass, upwards: the smaller of the ways up and down.
void count_up(int row, ImageView<std::int32_t> heights) {
  const auto cols = static_cast<std::size_t>(heights.cols());
  std::int32_t* out = heights.row(row);
  const std::int32_t* below = heights.row(row + 1);
  for (std::size_t c = 0; c < cols; ++c) out[c] = std::min(out[c], below[c] + 1);
}

/// The second pass along one row. Each column's nearest background is a site: a parabola over the row, and the distance
/// is the lower envelope of the parabolas.
class Envelope {
 public:
  explicit Envelope(int cols) : sites_(static_cast<std::size_t>(cols)), heights_(static_cast<std::size_t>(cols)) {}

  /// Replaces the heights of one row by squared distances.
  void measure_row(std::int32_t* row, int cols) {
    std::copy_n(row, cols, heights_.begin());
    // Nothing beyond a background pixel of the same row can be nearer than that pixel itself: runs stand alone.
    for (int start = 0; start < cols;) {
      if (heights_[static_cast<std::size_t>(start)] == 0) {
        ++start;
        continue;
      }
      int end = start;
      while (end < cols && heights_[static_cast<std::size_t>(end)] != 0) ++end;
      measure_run(row, start, end, cols);
      start = end;
    }
  }

 private:
  struct Site {
    std::int64_t col;
    std::int64_t squared_height;
  };

  /// True when b is nowhere nearest: by the time it overtakes a, c has overtaken it.
  static bool hidden(const Site& a, const Site& b, const Site& c) {
    const std::int64_t ab = b.squared_height - a.squared_height + b.col * b.col - a.col * a.col;
    const std::int64_t bc = c.squared_height - b.squared_height + c.col * c.col - b.col * b.col;
    return ab * (c.col - b.col) >= bc * (b.col - a.col);
  }

  void measure_run(std::int32_t* row, int start, int end, int cols) {
    std::size_t count = 0;
    for (int c = std::max(start - 1, 0); c < std::min(end + 1, cols); ++c) {
      const std::int64_t height = heights_[static_cast<std::size_t>(c)];
      if (height >= nowhere) continue;
      const Site site{.col = c, .squared_height = height * height};
      while (count >= 2 && hidden(sites_[count - 2], sites_[count - 1], site)) --count;
      sites_[count++] = site;
    }
    const auto squared = [this](std::size_t i, std::int64_t c) {
      const Site& site = sites_[i];
      return (c - site.col) * (c - site.col) + site.squared_height;
    };
    std::size_t nearest = 0;
    for (int c = start; c < end; ++c) {
      std::int64_t best = squared(nearest, c);
      for (; nearest + 1 < count; ++nearest) {
        const std::int64_t next = squared(nearest + 1, c);
        if (next > best) break;
        best = next;
      }
      row[c] = static_cast<std::int32_t>(best);
    }
  }

  std::vector<Site> sites_;
  std::vector<std::int32_t> heights_;
};

}  // namespace

Image<std::int32_t> distance_squared(MaskView mask) { return distance_squared_in_slices(mask).finish(); }

Sliced<Image<std::int32_t>> distance_squared_in_slices(MaskView mask) {
  Image<std::int32_t> out(mask.rows(), mask.cols());
  if (mask.empty()) co_return out;
  const auto cols = static_cast<std::size_t>(mask.cols());
  std::size_t work = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    count_down(mask, row, out);
    work += cols;
    if (work >= 4 * pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  const std::int32_t* bottom = out.view().row(mask.rows() - 1);
  const bool all_foreground = std::all_of(bottom, bottom + cols, [](std::int32_t h) { return h == nowhere; });
  if (all_foreground) {
    for (int row = 0; row < mask.rows(); ++row) {
      for (int col = 0; col < mask.cols(); ++col) out[row, col] = (row + 1) * (row + 1) + col * col;
    }
    co_return out;
  }
  for (int row = mask.rows() - 2; row >= 0; --row) {
    count_up(row, out);
    work += cols;
    if (work >= 4 * pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  Envelope envelope(mask.cols());
  for (int row = 0; row < mask.rows(); ++row) {
    envelope.measure_row(out.view().row(row), mask.cols());
    work += cols;
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return out;
}

Image<double> distance(ImageView<const std::int32_t> squared) {
  Image<double> out(squared.rows(), squared.cols());
  std::ranges::transform(squared.pixels(), out.pixels().begin(),
                         [](std::int32_t d2) { return std::sqrt(static_cast<double>(d2)); });
  return out;
}

Image<float> distance_single(ImageView<const std::int32_t> squared) {
  Image<float> out(squared.rows(), squared.cols());
  std::ranges::transform(squared.pixels(), out.pixels().begin(),
                         [](std::int32_t d2) { return static_cast<float>(std::sqrt(static_cast<double>(d2))); });
  return out;
}

}  // namespace floodlight

// The exact Euclidean distance transform in integers: down the columns, then up them and along each row at once.
#include "core/segment/distance_transform.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

#include "core/segment/runs.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 1U << 16U;

/// From here on a height says that the column has no background so far; larger than any image is high, and safe to add the
/// rows to, twice.
constexpr std::int32_t nowhere = std::numeric_limits<std::int32_t>::max() / 2;

// Many columns are counted at a time. Not as a part of a coroutine, where the compiler takes every pixel written for one
// that changes its locals.

/// First pass, downwards: how many rows up the nearest background of the same column lies.
[[gnu::noinline]] void count_down(const std::uint8_t* mask, const std::int32_t* above, int cols, std::int32_t* out) {
  for (int c = 0; c < cols; ++c) out[c] = mask[c] != 0 ? above[c] + 1 : 0;
}

/// On the way up: the smaller of the ways up and down, from the heights of the row below.
[[gnu::noinline]] void count_up(const std::int32_t* down, int cols, std::int32_t* heights) {
  for (int c = 0; c < cols; ++c) {
    const std::int32_t up = heights[c] + 1;
    heights[c] = down[c] < up ? down[c] : up;
  }
}

using Eight = std::int16_t __attribute__((vector_size(16)));
constexpr int lanes = 8;

Eight load(const std::int16_t* from) {
  Eight eight;
  std::memcpy(&eight, from, sizeof eight);
  return eight;
}
Eight smaller(Eight a, Eight b) { return a < b ? a : b; }

/// The second pass along a run whose nearest background is near: every distance is the smallest of those to the columns at
/// most so many steps away, for eight pixels at a time in 16 bits.
class NearRun {
 public:
  static constexpr int most_steps = 40;

  /// `heights` holds those of the run and of its neighbours on both sides, as far as the image has them; no pixel of the
  /// run is farther than `steps` from background. Writes squares.
  void measure(const std::int32_t* heights, int start, int end, int cols, int steps, std::int32_t* out) {
    const int count = end - start;
    squares_.assign(static_cast<std::size_t>(count + 2 * most_steps + 2 * lanes), far);
    std::int16_t* squares = squares_.data() + most_steps;
    for (int i = start > 0 ? -1 : 0; i < count + (end < cols ? 1 : 0); ++i) {
      const std::int32_t height = std::min(heights[start + i], highest);
      squares[i] = static_cast<std::int16_t>(height * height);
    }
    for (int i = 0; i < count; i += lanes) {
      // Steps beyond an end of the run are never the shortest: the background that ends it is nearer.
      const Eight best = nearest(squares + i, steps);
      for (int k = 0; k < std::min(lanes, count - i); ++k) out[start + i + k] = best[k];
    }
  }

 private:
  // Heights above the steps are never the nearest; with the largest square of steps they stay within 16 bits.
  static constexpr std::int32_t highest = 120;
  static constexpr std::int16_t far = highest * highest;

  static Eight nearest(const std::int16_t* squares, int steps) {
    Eight best = load(squares);
    for (int k = 1; k <= steps; ++k) {
      const auto square = static_cast<std::int16_t>(k * k);
      best = smaller(best, smaller(load(squares - k), load(squares + k)) + square);
    }
    return best;
  }

  std::vector<std::int16_t> squares_;
};

/// The second pass along one row. Each column's nearest background is a site: a parabola over the row, and the distance
/// is the lower envelope of the parabolas.
class Envelope {
 public:
  explicit Envelope(int cols)
      : sites_(static_cast<std::size_t>(cols)), heights_(static_cast<std::size_t>(cols), nowhere) {}

  /// Replaces the heights above each pixel of one row by squared distances. Rows come from the bottom upwards. `mask` is
  /// their row of the mask, where all else is 0 already.
  void measure_row(const std::uint8_t* mask, std::int32_t* row, int cols) {
    count_up(row, cols, heights_.data());
    // Nothing beyond a background pixel of the same row can be nearer than that pixel itself: runs stand alone.
    for (int start = find_in_row(mask, 0, cols, true); start < cols;) {
      const int end = find_in_row(mask, start + 1, cols, false);
      const int steps = steps_to_background(start, end, cols);
      if (steps <= NearRun::most_steps) {
        near_.measure(heights_.data(), start, end, cols, steps, row);
      } else {
        measure_run(row, start, end, cols);
      }
      start = end < cols ? find_in_row(mask, end + 1, cols, true) : cols;
    }
  }

 private:
  struct Site {
    std::int64_t col;
    std::int64_t squared_height;
  };

  /// No pixel of the run is farther from background than this.
  [[nodiscard]] int steps_to_background(int start, int end, int cols) const {
    const int to_an_end = start > 0 && end < cols   ? (end - start + 1) / 2
                          : start > 0 || end < cols ? end - start
                                                    : nowhere;
    if (to_an_end <= NearRun::most_steps) return to_an_end;
    return std::min(to_an_end, *std::max_element(heights_.begin() + start, heights_.begin() + end));
  }

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
  std::vector<std::int32_t> heights_;  ///< of the row at hand to its nearest background above or below
  NearRun near_;
};

}  // namespace

Image<std::int32_t> distance_squared(MaskView mask) { return distance_squared_in_slices(mask).finish(); }

Sliced<Image<std::int32_t>> distance_squared_in_slices(MaskView mask) {
  Image<std::int32_t> out(mask.rows(), mask.cols());
  if (mask.empty()) co_return out;
  const auto cols = static_cast<std::size_t>(mask.cols());
  std::size_t work = 0;
  const std::vector<std::int32_t> above_all(cols, nowhere);
  for (int row = 0; row < mask.rows(); ++row) {
    count_down(mask.row(row), row > 0 ? out.view().row(row - 1) : above_all.data(), mask.cols(), out.view().row(row));
    work += cols;
    if (work >= 4 * pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  const std::int32_t* bottom = out.view().row(mask.rows() - 1);
  const bool all_foreground = std::all_of(bottom, bottom + cols, [](std::int32_t h) { return h >= nowhere; });
  if (all_foreground) {
    for (int row = 0; row < mask.rows(); ++row) {
      for (int col = 0; col < mask.cols(); ++col) out[row, col] = (row + 1) * (row + 1) + col * col;
    }
    co_return out;
  }
  Envelope envelope(mask.cols());
  for (int row = mask.rows() - 1; row >= 0; --row) {
    envelope.measure_row(mask.row(row), out.view().row(row), mask.cols());
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

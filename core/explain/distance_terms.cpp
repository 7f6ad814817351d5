// The nearest background by a search in growing squares, and the pass between two summits.
#include "core/explain/distance_terms.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace floodlight {
namespace {

/// The nearest background pixel so far, the first in raster order among equals.
class Nearest {
 public:
  Nearest(MaskView mask, Pixel from) : mask_(mask), from_(from) {}

  void look_at(Pixel p) {
    if (mask_[p] != 0) return;
    const std::int64_t d2 = squared_distance(p, from_);
    if (found_ && std::tuple(d2, p.row, p.col) >= std::tuple(squared_, found_->row, found_->col)) return;
    found_ = p;
    squared_ = d2;
  }
  [[nodiscard]] bool beats(std::int64_t squared) const { return found_ && squared_ < squared; }
  [[nodiscard]] std::optional<Pixel> found() const { return found_; }

 private:
  MaskView mask_;
  Pixel from_;
  std::optional<Pixel> found_;
  std::int64_t squared_ = 0;
};

/// Where two labels touch: the lower of two neighbours.
struct Pass {
  Label first = 0;
  Label second = 0;
  std::int32_t height = 0;
  std::uint32_t flat_index = 0;
};

std::vector<Pass> passes(LabelView labels, ImageView<const std::int32_t> heights) {
  std::vector<Pass> found;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      const Label own = labels[row, col];
      if (own == 0) continue;
      for (const Pixel q : {Pixel{row, col + 1}, {row + 1, col - 1}, {row + 1, col}, {row + 1, col + 1}}) {
        if (!labels.contains(q) || labels[q] == 0 || labels[q] == own) continue;
        const bool own_is_lower = heights[row, col] <= heights[q];
        const Pixel lower = own_is_lower ? Pixel{row, col} : q;
        found.push_back({.first = std::min(own, labels[q]),
                         .second = std::max(own, labels[q]),
                         .height = heights[lower],
                         .flat_index = static_cast<std::uint32_t>(labels.index(lower.row, lower.col))});
      }
    }
  }
  return found;
}

/// The first in raster order of a label's highest pixels.
Pixel summit_of(LabelView labels, ImageView<const std::int32_t> heights, Label label) {
  std::optional<Pixel> summit;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (labels[row, col] == label && (!summit || heights[row, col] > heights[*summit])) summit = Pixel{row, col};
    }
  }
  return *summit;
}

}  // namespace

std::optional<Pixel> nearest_background(MaskView mask, Pixel pixel) {
  assert(mask.contains(pixel));
  if (mask[pixel] == 0) return std::nullopt;
  const int bottom = mask.rows() - 1;
  const int right = mask.cols() - 1;
  const int farthest = std::max({pixel.row, bottom - pixel.row, pixel.col, right - pixel.col});
  Nearest nearest(mask, pixel);
  // No pixel of the square's rim is nearer than the square's half side.
  for (int half = 1; half <= farthest && !nearest.beats(static_cast<std::int64_t>(half) * half); ++half) {
    const Pixel low{.row = pixel.row - half, .col = pixel.col - half};
    const Pixel high{.row = pixel.row + half, .col = pixel.col + half};
    for (int row = std::max(low.row, 0); row <= std::min(high.row, bottom); ++row) {
      if (low.col >= 0) nearest.look_at({.row = row, .col = low.col});
      if (high.col <= right) nearest.look_at({.row = row, .col = high.col});
    }
    for (int col = std::max(low.col, 0); col <= std::min(high.col, right); ++col) {
      if (low.row >= 0) nearest.look_at({.row = low.row, .col = col});
      if (high.row <= bottom) nearest.look_at({.row = high.row, .col = col});
    }
  }
  return nearest.found();
}

std::optional<SummitPair> summit_pair(LabelView labels, ImageView<const std::int32_t> distance_squared, Pixel near) {
  assert(labels.rows() == distance_squared.rows() && labels.cols() == distance_squared.cols());
  std::vector<Pass> found = passes(labels, distance_squared);
  std::ranges::sort(found, [](const Pass& a, const Pass& b) {
    return std::tie(a.first, a.second, b.height, a.flat_index) < std::tie(b.first, b.second, a.height, b.flat_index);
  });
  std::optional<SummitPair> best;
  const auto cols = static_cast<std::uint32_t>(labels.cols());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Pass& pass = found[i];
    // The highest pass of each pair comes first.
    if (i > 0 && found[i - 1].first == pass.first && found[i - 1].second == pass.second) continue;
    const Pixel saddle{.row = static_cast<int>(pass.flat_index / cols), .col = static_cast<int>(pass.flat_index % cols)};
    if (best && squared_distance(saddle, near) >= squared_distance(best->saddle, near)) continue;
    best = {.first_label = pass.first, .second_label = pass.second, .first = {}, .second = {}, .saddle = saddle};
  }
  if (best) {
    best->first = summit_of(labels, distance_squared, best->first_label);
    best->second = summit_of(labels, distance_squared, best->second_label);
  }
  return best;
}

}  // namespace floodlight

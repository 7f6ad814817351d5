// Connected components: of a mask by its runs, of a label image by union-find over pixels in one raster pass.
#include "core/segment/label.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "core/segment/runs.h"

namespace floodlight {
namespace {

/// Provisional numbers and which of them turned out to be one object. The smallest number of an object is its root; as
/// numbers are given in raster order, that is the number of its first pixel.
class Forest {
 public:
  Label add() {
    parents_.push_back(static_cast<Label>(parents_.size()));
    return parents_.back();
  }
  Label join(Label a, Label b) {
    a = root(a);
    b = root(b);
    if (a > b) std::swap(a, b);
    parents_[static_cast<std::size_t>(b)] = a;
    return a;
  }
  /// Turns the table into final numbers 1, 2, ... in the order of the roots; returns how many there are.
  Label number() {
    Label count = 0;
    for (std::size_t i = 1; i < parents_.size(); ++i) {
      const auto parent = static_cast<std::size_t>(parents_[i]);
      parents_[i] = parent == i ? ++count : parents_[parent];
    }
    return count;
  }
  [[nodiscard]] Label final_number(Label provisional) const { return parents_[static_cast<std::size_t>(provisional)]; }

 private:
  Label root(Label i) {
    while (true) {
      Label& parent = parents_[static_cast<std::size_t>(i)];
      if (parent == i) return i;
      parent = parents_[static_cast<std::size_t>(parent)];
      i = parent;
    }
  }
  std::vector<Label> parents_{0};
};

void label_row(LabelView image, int row, Connectivity connectivity, Forest& forest, ImageView<Label> labels) {
  const int cols = image.cols();
  const bool eight = connectivity == Connectivity::eight;
  const Label* here = image.row(row);
  const Label* above = row > 0 ? here - cols : nullptr;
  Label* out = labels.row(row);
  const Label* out_above = row > 0 ? out - cols : nullptr;
  for (int c = 0; c < cols; ++c) {
    const Label pixel = here[c];
    if (pixel == 0) continue;
    const bool left = c > 0 && here[c - 1] == pixel;
    if (above != nullptr && above[c] == pixel) {
      // Eight neighbours: left, up-left and up-right touch the pixel above and were joined to it before.
      out[c] = left && !eight ? forest.join(out_above[c], out[c - 1]) : out_above[c];
      continue;
    }
    const bool up_left = eight && above != nullptr && c > 0 && above[c - 1] == pixel;
    const bool up_right = eight && above != nullptr && c + 1 < cols && above[c + 1] == pixel;
    const Label before = left ? out[c - 1] : up_left ? out_above[c - 1] : 0;
    if (up_right) {
      out[c] = before != 0 ? forest.join(out_above[c + 1], before) : out_above[c + 1];
    } else {
      out[c] = before != 0 ? before : forest.add();
    }
  }
}

constexpr std::size_t pixels_per_slice = 131'072;

void paint_row(std::span<const Run> runs, Label* out) {
  for (const Run& run : runs) std::fill(out + run.start, out + run.end, run.component);
}

}  // namespace

Sliced<Components> label_in_slices(MaskView mask, Connectivity connectivity) {
  const RunComponents found = co_await connected_runs_in_slices(mask, connectivity);
  Components result{.labels = LabelImage(mask.rows(), mask.cols()), .count = found.count};
  std::size_t work = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    paint_row(found.in_row(row), result.labels.view().row(row));
    work += static_cast<std::size_t>(mask.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  co_return result;
}
Components label(MaskView mask, Connectivity connectivity) { return label_in_slices(mask, connectivity).finish(); }

Components label(LabelView image, Connectivity connectivity) {
  Components result{.labels = LabelImage(image.rows(), image.cols()), .count = 0};
  Forest forest;
  for (int row = 0; row < image.rows(); ++row) label_row(image, row, connectivity, forest, result.labels.view());
  result.count = forest.number();
  for (Label& number : result.labels.pixels()) number = forest.final_number(number);
  return result;
}

std::vector<std::int64_t> areas_of(const Components& components) {
  std::vector<std::int64_t> areas(static_cast<std::size_t>(components.count) + 1);
  for (const Label number : components.labels.pixels()) ++areas[static_cast<std::size_t>(number)];
  return areas;
}

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

}  // namespace floodlight

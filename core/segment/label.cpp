// Connected components by union-find in one raster pass.
#include "core/segment/label.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

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

bool joins(std::uint8_t /*pixel*/, std::uint8_t neighbour) { return neighbour != 0; }
bool joins(Label pixel, Label neighbour) { return neighbour == pixel; }

template <typename T>
void label_row(ImageView<const T> image, int row, Connectivity connectivity, Forest& forest, ImageView<Label> labels) {
  const int cols = image.cols();
  const bool eight = connectivity == Connectivity::eight;
  const T* here = image.row(row);
  const T* above = row > 0 ? here - cols : nullptr;
  Label* out = labels.row(row);
  const Label* out_above = row > 0 ? out - cols : nullptr;
  for (int c = 0; c < cols; ++c) {
    const T pixel = here[c];
    if (pixel == 0) continue;
    const bool left = c > 0 && joins(pixel, here[c - 1]);
    if (above != nullptr && joins(pixel, above[c])) {
      // Eight neighbours: left, up-left and up-right touch the pixel above and were joined to it before.
      out[c] = left && !eight ? forest.join(out_above[c], out[c - 1]) : out_above[c];
      continue;
    }
    const bool up_left = eight && above != nullptr && c > 0 && joins(pixel, above[c - 1]);
    const bool up_right = eight && above != nullptr && c + 1 < cols && joins(pixel, above[c + 1]);
    const Label before = left ? out[c - 1] : up_left ? out_above[c - 1] : 0;
    if (up_right) {
      out[c] = before != 0 ? forest.join(out_above[c + 1], before) : out_above[c + 1];
    } else {
      out[c] = before != 0 ? before : forest.add();
    }
  }
}

constexpr std::size_t pixels_per_slice = 131'072;

void number_finally(const Forest& forest, std::span<Label> numbers) {
  for (Label& number : numbers) number = forest.final_number(number);
}

template <typename T>
Sliced<Components> label_image(ImageView<const T> image, Connectivity connectivity) {
  Components result{.labels = LabelImage(image.rows(), image.cols()), .count = 0};
  Forest forest;
  const auto cols = static_cast<std::size_t>(image.cols());
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    label_row(image, row, connectivity, forest, result.labels.view());
    work += cols;
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  result.count = forest.number();
  const auto numbers = result.labels.pixels();
  for (std::size_t start = 0; start < numbers.size(); start += pixels_per_slice) {
    number_finally(forest, numbers.subspan(start, std::min(pixels_per_slice, numbers.size() - start)));
    co_yield Pause{};
  }
  co_return result;
}

}  // namespace

Sliced<Components> label_in_slices(MaskView mask, Connectivity connectivity) { return label_image(mask, connectivity); }
Components label(MaskView mask, Connectivity connectivity) { return label_image(mask, connectivity).finish(); }
Components label(LabelView image, Connectivity connectivity) { return label_image(image, connectivity).finish(); }

}  // namespace floodlight

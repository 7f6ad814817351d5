#include "tests/core/segment/plain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace floodlight::test {
namespace {

double square(int n) { return static_cast<double>(n) * n; }

struct PlainEntry {
  double value;
  long age;
  Pixel pixel;
  Pixel source;
  bool operator<(const PlainEntry& other) const { return std::pair(value, age) < std::pair(other.value, other.age); }
};

/// A binary heap by the book: push appends and rises past strictly larger parents; pop moves the last entry to the top
/// and lets it sink below the smaller child, the left one of two equals.
class PlainHeap {
 public:
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  void push(const PlainEntry& entry) {
    entries_.push_back(entry);
    for (std::size_t i = entries_.size() - 1; i > 0 && entries_[i] < entries_[(i - 1) / 2]; i = (i - 1) / 2) {
      std::swap(entries_[i], entries_[(i - 1) / 2]);
    }
  }
  PlainEntry pop() {
    const PlainEntry top = entries_.front();
    entries_.front() = entries_.back();
    entries_.pop_back();
    for (std::size_t i = 0;;) {
      std::size_t s = i;
      for (const std::size_t child : {2 * i + 1, 2 * i + 2}) {
        if (child < entries_.size() && entries_[child] < entries_[s]) s = child;
      }
      if (s == i) return top;
      std::swap(entries_[i], entries_[s]);
      i = s;
    }
  }

 private:
  std::vector<PlainEntry> entries_;
};

}  // namespace

float clamped(FloatView image, int row, int col) {
  return image[std::clamp(row, 0, image.rows() - 1), std::clamp(col, 0, image.cols() - 1)];
}

std::vector<float> neighbourhood(FloatView image, int row, int col, int size) {
  std::vector<float> values;
  for (int r = row - size / 2; r <= row + size / 2; ++r) {
    for (int c = col - size / 2; c <= col + size / 2; ++c) values.push_back(clamped(image, r, c));
  }
  return values;
}

Image<float> plain_median(FloatView image, int size) {
  Image<float> out(image.rows(), image.cols());
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) {
      std::vector<float> values = neighbourhood(image, r, c, size);
      std::ranges::sort(values);
      out[r, c] = values[values.size() / 2];
    }
  }
  return out;
}

Image<float> plain_pass(FloatView image, const std::vector<double>& w, int step_row, int step_col) {
  const int radius = static_cast<int>(w.size() / 2);
  Image<float> out(image.rows(), image.cols());
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) {
      double sum = static_cast<double>(image[r, c]) * w[static_cast<std::size_t>(radius)];
      for (int j = radius; j > 0; --j) {
        const auto before = static_cast<double>(clamped(image, r - j * step_row, c - j * step_col));
        const auto after = static_cast<double>(clamped(image, r + j * step_row, c + j * step_col));
        sum += (before + after) * w[static_cast<std::size_t>(radius + j)];
      }
      out[r, c] = static_cast<float>(sum);
    }
  }
  return out;
}

LabelImage plain_labels(const LabelImage& image, Connectivity connectivity) {
  LabelImage out(image.rows(), image.cols());
  Label count = 0;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col) {
      if (image[row, col] == 0 || out[row, col] != 0) continue;
      std::vector<Pixel> open{{row, col}};
      out[row, col] = ++count;
      while (!open.empty()) {
        const Pixel p = open.back();
        open.pop_back();
        for (int dr = -1; dr <= 1; ++dr) {
          for (int dc = -1; dc <= 1; ++dc) {
            const Pixel q{p.row + dr, p.col + dc};
            if (connectivity == Connectivity::four && dr != 0 && dc != 0) continue;
            if (!image.contains(q) || image[q] != image[p] || out[q] != 0) continue;
            out[q] = count;
            open.push_back(q);
          }
        }
      }
    }
  }
  return out;
}

Mask plain_morphology(const Mask& mask, Footprint footprint, bool eroding) {
  const Mask shape = footprint_image(footprint);
  const int radius = footprint.radius;
  Mask out(mask.rows(), mask.cols());
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      bool result = eroding;
      for (int dr = -radius; dr <= radius; ++dr) {
        for (int dc = -radius; dc <= radius; ++dc) {
          if (shape[dr + radius, dc + radius] == 0 || !mask.contains({row + dr, col + dc})) continue;
          const bool set = mask[row + dr, col + dc] != 0;
          result = eroding ? result && set : result || set;
        }
      }
      out[row, col] = result ? 1 : 0;
    }
  }
  return out;
}

Image<std::int32_t> plain_distance(const Mask& mask) {
  Image<std::int32_t> out(mask.rows(), mask.cols());
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      int best = std::numeric_limits<int>::max();
      for (int r = 0; r < mask.rows(); ++r) {
        for (int c = 0; c < mask.cols(); ++c) {
          if (mask[r, c] == 0) best = std::min(best, (row - r) * (row - r) + (col - c) * (col - c));
        }
      }
      out[row, col] = best;
    }
  }
  return out;
}

LabelImage plain_watershed(const Image<double>& image, const LabelImage& markers, Mask mask,
                           const WatershedOptions& options) {
  LabelImage out(image.rows(), image.cols());
  PlainHeap heap;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col) {
      if (mask[row, col] == 0) continue;
      out[row, col] = markers[row, col];
      if (out[row, col] != 0) heap.push({image[row, col], 0, {row, col}, {row, col}});
    }
  }
  std::vector<Pixel> steps{{-1, 0}, {0, -1}, {0, 1}, {1, 0}};
  if (options.connectivity == Connectivity::eight) {
    for (const Pixel diagonal : {Pixel{-1, -1}, {-1, 1}, {1, -1}, {1, 1}}) steps.push_back(diagonal);
  }
  const bool late = options.line || options.compactness > 0;
  long age = 1;
  while (!heap.empty()) {
    const PlainEntry e = heap.pop();
    const auto open = [&](Pixel p) { return mask.contains(p) && mask[p] != 0; };
    if (late) {
      if (out[e.pixel] != 0 && e.pixel != e.source) continue;
      bool line = false;
      if (options.compactness == 0) {
        line = mask[e.pixel] == 0;
        for (const Pixel step : steps) {
          const Pixel q{e.pixel.row + step.row, e.pixel.col + step.col};
          line |= open(q) && out[q] != 0 && out[q] != out[e.source];
        }
      }
      if (line) {
        mask[e.pixel] = 0;
      } else {
        out[e.pixel] = out[e.source];
      }
    }
    for (const Pixel step : steps) {
      const Pixel q{e.pixel.row + step.row, e.pixel.col + step.col};
      if (!open(q) || out[q] != 0) continue;
      double value = image[q];
      if (options.compactness > 0)
        value += options.compactness * std::sqrt(square(q.row - e.source.row) + square(q.col - e.source.col));
      if (!late) out[q] = out[e.pixel];
      heap.push({std::max(value, e.value), ++age, q, e.source});
    }
  }
  return out;
}

bool in_hull(const std::vector<Pixel>& points, Pixel p) {
  const auto side = [](Pixel a, Pixel b, Pixel q) {
    return (b.row - a.row) * (q.col - a.col) - (b.col - a.col) * (q.row - a.row);
  };
  for (const Pixel a : points) {
    for (const Pixel b : points) {
      if (a == b || side(a, b, p) >= 0) continue;
      if (std::ranges::all_of(points, [&](Pixel q) { return side(a, b, q) >= 0; })) return false;
    }
  }
  return true;
}

}  // namespace floodlight::test

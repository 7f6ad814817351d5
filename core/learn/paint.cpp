// Strokes become pixels, and painted pixels samples.
#include "core/learn/paint.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <limits>
#include <map>

namespace floodlight {
namespace {

/// How far a disk reaches to each side in the row `down` from its centre.
int half_width(int radius, int down) {
  int width = 0;
  while ((width + 1) * (width + 1) + down * down <= radius * radius) ++width;
  return width;
}

/// numerator / denominator, rounded to the nearest whole number, halves upwards. denominator above 0.
int rounded_quotient(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t doubled = 2 * numerator + denominator;
  const std::int64_t down = doubled >= 0 ? 0 : 2 * denominator - 1;
  return static_cast<int>((doubled - down) / (2 * denominator));
}

class Brush {
 public:
  Brush(PaintImage& image, const Stroke& stroke) : image_(image), label_(stroke.label), radius_(stroke.radius) {
    for (int down = 0; down <= radius_; ++down) half_widths_.push_back(half_width(radius_, down));
  }

  void dab(Pixel centre) {
    const int first = std::max(centre.row - radius_, 0);
    const int last = std::min(centre.row + radius_, image_.rows() - 1);
    for (int row = first; row <= last; ++row) {
      const int reach = half_widths_[static_cast<std::size_t>(std::abs(row - centre.row))];
      const int left = std::max(centre.col - reach, 0);
      const int right = std::min(centre.col + reach, image_.cols() - 1);
      if (left <= right) std::fill_n(image_.view().row(row) + left, right - left + 1, label_);
    }
  }

  void line(Pixel from, Pixel to) {
    const int steps = std::max(std::abs(to.row - from.row), std::abs(to.col - from.col));
    for (int i = 1; i <= steps; ++i) {
      const auto at = [&](int start, int end) {
        return start + rounded_quotient(static_cast<std::int64_t>(end - start) * i, steps);
      };
      dab({at(from.row, to.row), at(from.col, to.col)});
    }
  }

 private:
  PaintImage& image_;
  std::uint8_t label_;
  int radius_;
  std::vector<int> half_widths_;  ///< of the disk, by the distance from its middle row
};

/// Adds the features of some pixels.
void append_pixels(TrainingSet& set, const ScaleSpace& space, PaintView paint, std::span<const Pixel> pixels) {
  std::vector<float> values(set.features);
  for (const Pixel pixel : pixels) {
    features_at(space, pixel, values);
    set.values.insert(set.values.end(), values.begin(), values.end());
    set.labels.push_back(paint[pixel]);
  }
}

void begin_samples(TrainingSet& set, const ScaleSpace& space, [[maybe_unused]] PaintView paint) {
  assert(paint.rows() == space.rows() && paint.cols() == space.cols());
  const std::size_t features = features_of(space.choice).size();
  assert(set.size() == 0 || set.features == features);
  set.features = features;
}

}  // namespace

void paint_stroke(PaintImage& image, const Stroke& stroke) {
  if (stroke.path.empty()) return;
  Brush brush(image, stroke);
  brush.dab(stroke.path.front());
  for (std::size_t i = 1; i < stroke.path.size(); ++i) brush.line(stroke.path[i - 1], stroke.path[i]);
}

PaintImage paint_image(const Paint& paint, int rows, int cols) {
  PaintImage image(rows, cols);
  for (const Stroke& stroke : paint) paint_stroke(image, stroke);
  return image;
}

Paint strokes_of(PaintView image) {
  Paint paint;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols();) {
      const std::uint8_t label = image[row, col];
      int end = col + 1;
      while (end < image.cols() && image[row, end] == label) ++end;
      if (label != 0) {
        Stroke run{.label = label, .radius = 0, .path = {{row, col}}};
        if (end - col > 1) run.path.push_back({row, end - 1});
        paint.push_back(std::move(run));
      }
      col = end;
    }
  }
  return paint;
}

std::vector<Pixel> painted_pixels(PaintView paint) {
  std::vector<Pixel> pixels;
  for (int row = 0; row < paint.rows(); ++row) {
    for (int col = 0; col < paint.cols(); ++col) {
      if (paint[row, col] != 0) pixels.push_back({row, col});
    }
  }
  return pixels;
}

void append_samples(TrainingSet& set, const ScaleSpace& space, PaintView paint) {
  begin_samples(set, space, paint);
  append_pixels(set, space, paint, painted_pixels(paint));
}

Sliced<TrainingSet> training_set_in_slices(const ScaleSpace& space, PaintView paint) {
  constexpr std::size_t pixels_per_slice = 2048;
  TrainingSet set;
  begin_samples(set, space, paint);
  const std::vector<Pixel> pixels = painted_pixels(paint);
  for (std::size_t first = 0; first < pixels.size(); first += pixels_per_slice) {
    co_yield Pause{};
    append_pixels(set, space, paint,
                  std::span(pixels).subspan(first, std::min(pixels_per_slice, pixels.size() - first)));
  }
  co_return set;
}

Paint example_paint(LabelView truth, int nuclei, int length) {
  struct Extent {
    int first = std::numeric_limits<int>::max();
    int last = -1;
  };
  std::map<Label, Extent> rows_of;
  for (int row = 0; row < truth.rows(); ++row) {
    for (int col = 0; col < truth.cols(); ++col) {
      const Label label = truth[row, col];
      if (label == 0) continue;
      Extent& rows = rows_of[label];
      rows.first = std::min(rows.first, row);
      rows.last = std::max(rows.last, row);
    }
  }
  Paint paint;
  const auto stroke = [&](std::uint8_t label, int row, int first, int last) {
    paint.push_back({.label = label, .radius = 0, .path = {{row, first}, {row, last}}});
  };
  const std::size_t every = std::max<std::size_t>(1, rows_of.size() / static_cast<std::size_t>(std::max(1, nuclei)));
  std::size_t place = 0;
  int painted = 0;
  for (const auto& [label, rows] : rows_of) {
    if (place++ % every != every / 2 || painted == nuclei) continue;
    ++painted;
    const int row = rows.first + (rows.last - rows.first) / 2;
    int first = 0;
    while (first < truth.cols() && truth[row, first] != label) ++first;
    if (first == truth.cols()) continue;  // a label in several pieces may have none in its middle row
    int last = first;
    while (last + 1 < truth.cols() && truth[row, last + 1] == label) ++last;
    const int shorter = std::max(0, last - first + 1 - length);
    stroke(1, row, first + shorter / 2, last - (shorter - shorter / 2));
    // Beside it, to the right or else to the left, as far as nothing else lies there.
    for (const int step : {1, -1}) {
      constexpr int beyond = 3;
      const int begin = step > 0 ? last + beyond : first - beyond;
      int end = begin;
      int free = 0;
      while (free < length && end >= 0 && end < truth.cols() && truth[row, end] == 0) {
        ++free;
        end += step;
      }
      // Up to the next one's edge would be too near.
      if (end >= 0 && end < truth.cols() && truth[row, end] != 0) free -= beyond - 1;
      if (free < 3) continue;
      stroke(2, row, begin, begin + step * (free - 1));
      break;
    }
  }
  return paint;
}

}  // namespace floodlight

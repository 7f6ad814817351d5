// Whether an image is one of intensities, or a result that somebody took for one.
#include "core/segment/likeness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/segment/label.h"

namespace floodlight {
namespace {

constexpr float largest_label = 16777216;  // the largest whole number up to which float32 holds them all

constexpr std::size_t least_pixels = 8;

constexpr std::size_t most_classes = 6;
constexpr float largest_class = 65535;

bool is_label(float value) { return value >= 0 && value <= largest_label && value == std::floor(value); }

}  // namespace

std::vector<float> values_of_classes(FloatView image) {
  std::vector<float> values;
  std::size_t equal_pairs = 0;
  std::size_t pairs = 0;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col) {
      const float value = image[row, col];
      if (!is_label(value) || value > largest_class) return {};
      pairs += col > 0 ? 1 : 0;
      if (col > 0 && value == image[row, col - 1]) {
        ++equal_pairs;
        continue;
      }
      const auto place = std::ranges::lower_bound(values, value);
      if (place != values.end() && *place == value) continue;
      if (values.size() == most_classes) return {};
      values.insert(place, value);
    }
  }
  return values.size() > 1 && equal_pairs * 10 >= pairs * 9 ? values : std::vector<float>{};
}

namespace {

/// What it is if it has no background of 0, or no objects. Classes are numbered one by one; an image that was drawn has other values.
Likeness without_objects(FloatView image) {
  const std::vector<float> values = values_of_classes(image);
  const bool numbered =
      !values.empty() && values.front() <= 1 && values.back() - values.front() == static_cast<float>(values.size() - 1);
  return numbered ? Likeness::classes : Likeness::intensities;
}

}  // namespace

Likeness looks_like(FloatView image) {
  float inside = 0;
  bool mask = true;
  bool background = false;
  std::size_t foreground = 0;
  std::size_t pairs = 0;
  std::size_t equal_pairs = 0;
  float before = 0;
  for (const float value : image.pixels()) {
    if (!is_label(value)) mask = mask && std::isfinite(value) && (value == inside || inside == 0);
    if (!is_label(value) && !mask) return Likeness::intensities;
    if (value == 0) background = true;
    if (value != 0) {
      ++foreground;
      if (inside == 0) inside = value;
      mask = mask && value == inside;
      if (before != 0) {
        ++pairs;
        equal_pairs += value == before ? 1 : 0;
      }
    }
    before = value;
  }
  if (!background || foreground == 0) return without_objects(image);
  // A few bright pixels are no mask, and a lesson's smallest image.
  if (mask) return foreground >= least_pixels ? Likeness::mask : Likeness::intensities;
  // Neighbours in an image of intensities are rarely equal: most are known by this alone.
  if (equal_pairs * 2 < pairs) return Likeness::intensities;
  LabelImage labels(image.rows(), image.cols());
  std::vector<Label> values;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const float value = image.pixels()[i];
    if (!is_label(value)) return Likeness::intensities;
    labels.pixels()[i] = static_cast<Label>(value);
    if (value != 0 && (values.empty() || values.back() != static_cast<Label>(value))) {
      values.push_back(static_cast<Label>(value));
    }
  }
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
  const auto pieces = static_cast<std::size_t>(label(LabelView(labels)).count);
  const bool compact = pieces <= values.size() + values.size() / 5 + 1;
  return compact && foreground >= least_pixels * pieces ? Likeness::labels : without_objects(image);
}

}  // namespace floodlight

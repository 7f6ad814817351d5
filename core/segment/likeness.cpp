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

bool is_label(float value) { return value >= 0 && value <= largest_label && value == std::floor(value); }

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
  if (!background || foreground == 0) return Likeness::intensities;
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
  return compact && foreground >= least_pixels * pieces ? Likeness::labels : Likeness::intensities;
}

}  // namespace floodlight

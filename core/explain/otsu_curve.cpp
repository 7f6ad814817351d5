// Otsu's criterion at every cutoff, and Otsu's cutoff of whole numbers.
#include "core/explain/otsu_curve.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/segment/threshold.h"

namespace floodlight {
namespace {

constexpr float largest_whole = 65535;

/// Pixels and values added up over one of the two classes.
struct Class {
  double weight = 0;
  double sum = 0;
  void add(std::int64_t count, float centre) {
    weight += static_cast<double>(count);
    sum += static_cast<double>(count) * static_cast<double>(centre);
  }
};

bool is_whole(float value) { return value >= 0 && value <= largest_whole && value == std::floor(value); }

std::string name_of(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
  return text;
}

}  // namespace

OtsuCurve otsu_curve(const Histogram& histogram) {
  OtsuCurve curve;
  const std::size_t bins = histogram.counts.size();
  if (bins < 2) return curve;
  curve.splits.resize(bins - 1);

  Class below;
  for (std::size_t i = 0; i + 1 < bins; ++i) {
    below.add(histogram.counts[i], histogram.centres[i]);
    OtsuSplit& split = curve.splits[i];
    split.cutoff = static_cast<double>(histogram.centres[i]);
    split.weight_below = below.weight;
    split.mean_below = below.weight > 0 ? below.sum / below.weight : split.cutoff;
  }
  const double total = below.weight + static_cast<double>(histogram.counts.back());
  Class above;
  for (std::size_t i = bins - 1; i-- > 0;) {
    above.add(histogram.counts[i + 1], histogram.centres[i + 1]);
    OtsuSplit& split = curve.splits[i];
    split.weight_below /= total;
    split.weight_above = above.weight / total;
    split.mean_above = above.weight > 0 ? above.sum / above.weight : split.cutoff;
    const double difference = split.mean_below - split.mean_above;
    split.variance = split.weight_below * split.weight_above * (difference * difference);
  }

  // Not the largest of these variances: in single precision, which decides, another bin may come first.
  const double cutoff = *threshold(histogram, ThresholdMethod::otsu);
  curve.best =
      static_cast<std::size_t>(std::ranges::find(curve.splits, cutoff, &OtsuSplit::cutoff) - curve.splits.begin());
  return curve;
}

Result<std::int64_t> otsu_of_integers(FloatView image) {
  if (image.empty()) return fail("An image without pixels has no cutoff; open one with at least one pixel.");
  const auto pixels = image.pixels();
  if (const auto odd = std::ranges::find_if_not(pixels, is_whole); odd != pixels.end()) {
    const auto place = static_cast<std::size_t>(odd - pixels.begin());
    const auto cols = static_cast<std::size_t>(image.cols());
    return fail("The pixel at row " + std::to_string(place / cols) + ", column " + std::to_string(place % cols) +
                " is " + name_of(*odd) + ", but one bin for each number needs whole numbers from 0 to 65535.");
  }
  const auto [smallest, largest] = std::ranges::minmax(pixels);
  const auto first = static_cast<std::size_t>(smallest);
  if (smallest == largest) return static_cast<std::int64_t>(first);

  // Counts, their running sums and the product of these are single, the rest is double: scikit-image's own types.
  const std::size_t n = static_cast<std::size_t>(largest) - first + 1;
  std::vector<std::int64_t> whole_counts(n);
  for (const float value : pixels) ++whole_counts[static_cast<std::size_t>(value) - first];
  const std::vector<float> counts(whole_counts.begin(), whole_counts.end());
  const auto product = [&](std::size_t i) { return static_cast<double>(counts[i]) * static_cast<double>(first + i); };

  std::vector<float> weight_above(n);
  std::vector<double> mean_above(n);
  float weight = 0;
  double sum = 0;
  for (std::size_t i = n; i-- > 0;) {
    weight_above[i] = weight += counts[i];
    mean_above[i] = (sum += product(i)) / static_cast<double>(weight);
  }
  weight = 0;
  sum = 0;
  std::size_t best = 0;
  double best_variance = -1;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    weight += counts[i];
    sum += product(i);
    const double difference = sum / static_cast<double>(weight) - mean_above[i + 1];
    const double variance = static_cast<double>(weight * weight_above[i + 1]) * (difference * difference);
    if (variance > best_variance) {
      best_variance = variance;
      best = i;
    }
  }
  return static_cast<std::int64_t>(first + best);
}

}  // namespace floodlight

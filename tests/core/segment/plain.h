// The algorithms of core/segment written as their definitions read: slow, and obviously right. Tests and fuzzers compare
// the real ones with these.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/base/image.h"
#include "core/segment/morphology.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"

namespace floodlight::test {

/// The pixel itself or, for a place outside, the nearest one at the edge.
float clamped(FloatView image, int row, int col);
/// The pixels under a square of that side, row after row; outside the image the edge pixel repeats.
std::vector<float> neighbourhood(FloatView image, int row, int col, int size);
Image<float> plain_median(FloatView image, int size);
/// One pass of the Gaussian along rows (step 0, 1) or columns (1, 0), in the prescribed order.
Image<float> plain_pass(FloatView image, const std::vector<double>& weights, int step_row, int step_col);

/// Flood fill in raster order: neighbours of the same value, 0 is background.
LabelImage plain_labels(const LabelImage& image, Connectivity connectivity);

/// True where every pixel (eroding) or any pixel (else) under the footprint is foreground; outside does not count.
Mask plain_morphology(const Mask& mask, Footprint footprint, bool eroding);

/// A search through all background pixels, of which there must be one.
Image<std::int32_t> plain_distance(const Mask& mask);

/// Plain window searches and pairwise distances.
template <typename T>
std::vector<Pixel> plain_peaks(const Image<T>& image, const PeakOptions<T>& options) {
  const int half = options.window > 0 ? options.window / 2 : options.min_distance;
  const T threshold = options.threshold_abs.value_or(*std::ranges::min_element(image.pixels()));
  std::vector<Pixel> found;
  std::size_t equal = 0;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col) {
      T largest = image[row, col];
      for (int r = row - half; r <= row + half; ++r) {
        for (int c = col - half; c <= col + half; ++c) {
          if (image.contains({r, c})) largest = std::max(largest, image[r, c]);
        }
      }
      if (largest != image[row, col]) continue;
      ++equal;
      if (image[row, col] > threshold) found.push_back({row, col});
    }
  }
  if (equal == image.size() && half > 0 && image.size() > 1) return {};
  const int margin = options.exclude_border ? options.min_distance : 0;
  std::erase_if(found, [&](Pixel p) {
    return p.row < margin || p.col < margin || p.row + margin >= image.rows() || p.col + margin >= image.cols();
  });
  std::ranges::stable_sort(found, [&](Pixel a, Pixel b) { return image[a] > image[b]; });
  std::vector<Pixel> accepted;
  for (const Pixel p : found) {
    const bool crowded = options.min_distance > 1 && std::ranges::any_of(accepted, [&](Pixel q) {
                           return std::max(std::abs(p.row - q.row), std::abs(p.col - q.col)) < options.min_distance;
                         });
    if (!crowded) accepted.push_back(p);
  }
  return accepted;
}

/// Plain flooding, worded as the specification words it.
LabelImage plain_watershed(const Image<double>& image, const LabelImage& markers, Mask mask,
                           const WatershedOptions& options);

/// A point is in the convex hull of some points unless a line through two of them has all of these on one side, or on it,
/// and the point strictly on the other. Tried with all pairs.
bool in_hull(const std::vector<Pixel>& points, Pixel p);

}  // namespace floodlight::test

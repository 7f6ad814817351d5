// Local maxima, and the seeds made of them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/label.h"

namespace floodlight {

template <typename T>
struct PeakOptions {
  int window = 0;              ///< side of the square footprint, odd; 0: none given, so 2 * min_distance + 1
  int min_distance = 1;        ///< pixels; accepted peaks are at least so far apart, by max(|rows|, |cols|)
  bool exclude_border = true;  ///< drop peaks in the outermost `min_distance` rows and columns
  std::optional<T> threshold_abs = std::nullopt;  ///< peaks must be larger; default: the image's minimum
};

/// `skimage.feature.peak_local_max(image, footprint, min_distance, threshold_abs, exclude_border)`: the coordinates,
/// highest first, equal heights in raster order. O(pixels) whatever the window. For int32 (squared distances), float
/// and double images.
template <typename T>
std::vector<Pixel> peak_local_max(ImageView<const T> image, const PeakOptions<T>& options = {});
template <typename T>
Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const T> image, PeakOptions<T> options = {});
extern template std::vector<Pixel> peak_local_max(ImageView<const std::int32_t>, const PeakOptions<std::int32_t>&);
extern template std::vector<Pixel> peak_local_max(ImageView<const float>, const PeakOptions<float>&);
extern template std::vector<Pixel> peak_local_max(ImageView<const double>, const PeakOptions<double>&);
extern template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const std::int32_t>,
                                                                    PeakOptions<std::int32_t>);
extern template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const float>, PeakOptions<float>);

/// A threshold on distances as one on their squares: sqrt(d2) > cutoff exactly when d2 > squared_cutoff(cutoff).
std::int32_t squared_cutoff(double cutoff);

/// The pipeline's seeds: an image of `rows` x `cols` with these pixels set, labelled with 8 neighbours, so that numbers
/// follow raster order, not the order of the peaks.
Components seeds_from_peaks(const std::vector<Pixel>& peaks, int rows, int cols);
Sliced<Components> seeds_from_peaks_in_slices(std::vector<Pixel> peaks, int rows, int cols);

}  // namespace floodlight

// The search for local maxima in images of any kind of values: what core/segment/peaks.h declares, for the files that make it.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/peaks.h"
#include "core/segment/spacing.h"

namespace floodlight {

inline constexpr std::size_t pixels_of_peaks_per_slice = 131'072;

/// Pixels above the threshold that equal the maximum of their window, in raster order: the few that no neighbour rises above
/// look at their windows. Nothing where too many are as high as their neighbours.
Sliced<std::optional<std::vector<Pixel>>> candidates_by_summits(ImageView<const std::int32_t> image, int window,
                                                                std::int32_t threshold);

/// Maximum over windows of one length, by van Herk's two running maxima: the line is cut into blocks as long as a
/// window, and every window is the end of one block and the start of the next.
template <typename T>
class RunningMaximum {
 public:
  explicit RunningMaximum(int window) : window_(window), half_(window / 2) {}

  /// `out[i]` = maximum of `in[i - half .. i + half]` as far as it lies on the line, for `width` (or, when that is
  /// known beforehand, `lines`) lines side by side: columns of `length` rows that start `stride` apart.
  template <int lines = 0>
  void run(const T* in, T* out, std::ptrdiff_t stride, int length, int width = lines) {
    const int w = lines > 0 ? lines : width;
    const std::size_t needed = static_cast<std::size_t>(length) * static_cast<std::size_t>(w);
    if (forward_.size() < needed) {
      forward_.resize(needed);
      backward_.resize(needed);
    }
    const auto row = [&](std::vector<T>& values, int i) { return values.data() + static_cast<std::ptrdiff_t>(i) * w; };
    for (int start = 0; start < length; start += window_) {
      const int last = std::min(start + window_, length) - 1;
      copy(in + start * stride, w, row(forward_, start));
      for (int i = start + 1; i <= last; ++i) larger_of(in + i * stride, row(forward_, i - 1), w, row(forward_, i));
      copy(in + last * stride, w, row(backward_, last));
      for (int i = last - 1; i >= start; --i) larger_of(in + i * stride, row(backward_, i + 1), w, row(backward_, i));
    }
    // A window that the end of the line cuts off may lie within one block: then it is an end of that block alone.
    for (int i = 0; i < length; ++i) {
      const int first = std::max(i - half_, 0);
      const int last = std::min(i + half_, length - 1);
      const T* tail = row(backward_, first);
      const T* head = row(forward_, last);
      if (first == 0) {
        tail = head;
      } else if (last == length - 1 && first / window_ == last / window_) {
        head = tail;
      }
      larger_of(tail, head, w, out + i * stride);
    }
  }

 private:
  static void copy(const T* from, int width, T* to) {
    for (int k = 0; k < width; ++k) to[k] = from[k];
  }
  static void larger_of(const T* a, const T* b, int width, T* out) {
    for (int k = 0; k < width; ++k) out[k] = a[k] < b[k] ? b[k] : a[k];
  }

  int window_;
  int half_;
  std::vector<T> forward_;
  std::vector<T> backward_;
};

/// The largest value of each pixel's column within the window.
template <typename T>
Sliced<Image<T>> column_maxima(ImageView<const T> image, int window) {
  constexpr int strip = 64;  // columns whose two running maxima stay in cache
  Image<T> out(image.rows(), image.cols());
  RunningMaximum<T> maximum(window);
  for (int left = 0; left < image.cols(); left += strip) {
    const int width = std::min(strip, image.cols() - left);
    maximum.run(image.data() + left, out.view().data() + left, image.cols(), image.rows(), width);
    co_yield Pause{};
  }
  co_return out;
}

/// Adds the pixels of one row that are above the threshold and equal the maximum of their window. `tallest` holds the
/// maxima of their columns, `full` is room for those of their windows.
template <typename T>
void add_candidates(ImageView<const T> image, int row, const T* tallest, T threshold, RunningMaximum<T>& maximum,
                    std::vector<T>& full, std::vector<Pixel>& found) {
  const T* values = image.row(row);
  bool any = false;
  for (int col = 0; col < image.cols(); ++col) any |= values[col] == tallest[col] && values[col] > threshold;
  if (!any) return;
  maximum.template run<1>(tallest, full.data(), 1, image.cols());
  for (int col = 0; col < image.cols(); ++col) {
    if (values[col] == full[static_cast<std::size_t>(col)] && values[col] > threshold) found.push_back({row, col});
  }
}

/// Pixels above the threshold that equal the maximum of their window, in raster order, through the running maxima of the whole
/// image.
template <typename T>
Sliced<std::vector<Pixel>> candidates_by_running_maxima(ImageView<const T> image, int window, T threshold) {
  std::vector<Pixel> found;
  const Image<T> vertical = co_await column_maxima(image, window);
  RunningMaximum<T> maximum(window);
  std::vector<T> full(static_cast<std::size_t>(image.cols()));
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    add_candidates(image, row, vertical.view().row(row), threshold, maximum, full, found);
    work += full.size();
    if (work >= pixels_of_peaks_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return found;
}

/// Every pixel has the same value. NaN is as the library's minimum and maximum take it.
template <typename T>
bool is_constant(std::span<const T> pixels) {
  if constexpr (std::is_integral_v<T>) {
    return std::ranges::all_of(pixels, [first = pixels.front()](T value) { return value == first; });
  } else {
    const auto [smallest, largest] = std::ranges::minmax(pixels);
    return smallest == largest;
  }
}

template <typename T>
T smallest_of(std::span<const T> pixels) {
  T smallest = pixels.front();
  for (const T value : pixels) smallest = value < smallest ? value : smallest;
  return smallest;
}

/// Pixels above the threshold that equal the maximum of their window, in raster order.
template <typename T>
Sliced<std::vector<Pixel>> candidates(ImageView<const T> image, int window, T threshold) {
  const bool single = window == 1 || image.size() == 1;
  // On a constant image every pixel equals its window's maximum, which makes none of them a peak.
  if (!single && is_constant(image.pixels())) co_return std::vector<Pixel>{};
  co_yield Pause{};
  if constexpr (std::is_same_v<T, std::int32_t>) {
    if (!single) {
      auto summits = co_await candidates_by_summits(image, window, threshold);
      if (summits) co_return std::move(*summits);
    }
  }
  co_return co_await candidates_by_running_maxima(image, window, threshold);
}

/// Keeps a peak unless one accepted before it is nearer than the minimum distance.
inline std::vector<Pixel> spaced(const std::vector<Pixel>& peaks, int min_distance, int rows, int cols) {
  Spacing spacing(min_distance, rows, cols);
  std::vector<Pixel> accepted;
  for (const Pixel p : peaks) {
    if (spacing.too_near_to(p)) continue;
    spacing.add(p);
    accepted.push_back(p);
  }
  return accepted;
}

template <typename T>
std::vector<Pixel> peak_local_max(ImageView<const T> image, const PeakOptions<T>& options) {
  return peak_local_max_in_slices(image, options).finish();
}

template <typename T>
Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const T> image, PeakOptions<T> options) {
  assert(options.window >= 0 && options.min_distance >= 0);
  if (image.empty()) co_return std::vector<Pixel>{};
  const int rows = image.rows();
  const int cols = image.cols();
  const int margin = options.exclude_border ? options.min_distance : 0;
  // A window that covers the image from every pixel need not be longer, nor a sum with it overflow.
  const int widest = 2 * std::max(rows, cols) + 1;
  const int window = options.window > 0                  ? std::min(options.window, widest)
                     : options.min_distance < widest / 2 ? 2 * options.min_distance + 1
                                                         : widest;
  const T threshold = options.threshold_abs ? *options.threshold_abs : smallest_of(image.pixels());

  std::vector<Pixel> peaks = co_await candidates(image, window, threshold);
  std::erase_if(peaks, [&](Pixel p) {
    return p.row < margin || p.col < margin || p.row >= rows - margin || p.col >= cols - margin;
  });
  std::ranges::stable_sort(peaks, [&](Pixel a, Pixel b) { return image[a] > image[b]; });
  if (options.min_distance > 1) peaks = spaced(peaks, options.min_distance, rows, cols);
  co_return peaks;
}

}  // namespace floodlight

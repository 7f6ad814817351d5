// Local maxima: the few pixels that no neighbour rises above look at their windows; where these are many, running maxima
// along columns and rows tell.
#include "core/segment/peaks.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

#include "core/segment/runs.h"
#include "core/segment/spacing.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 131'072;

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

/// The same, through the running maxima of the whole image.
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
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return found;
}

/// Pixels that no neighbour rises above are few on most images of whole numbers; only these look at their windows, the
/// nearest rows first, where a pixel that is no maximum mostly meets a higher one.
class Summits {
 public:
  Summits(ImageView<const std::int32_t> image, int window, std::int32_t threshold)
      : image_(image),
        half_(window / 2),
        threshold_(threshold),
        most_(4 * image.size()),
        tall_(static_cast<std::size_t>(image.cols()) + 2, std::numeric_limits<std::int32_t>::min()),
        above_neighbours_(static_cast<std::size_t>(image.cols())) {}

  /// Adds the summits of one row to those found.
  void look_at_row(int row) {
    const int cols = image_.cols();
    find_above_neighbours(row);
    for (int col = find_in_row(above_neighbours_.data(), 0, cols, true); col < cols && !are_too_many();
         col = find_in_row(above_neighbours_.data(), col + 1, cols, true)) {
      if (is_highest({row, col})) found_.push_back({row, col});
    }
  }

  /// How many pixels of windows were looked at, and whether running maxima would take less by now.
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }
  [[nodiscard]] bool are_too_many() const { return looked_at_ > most_; }
  std::vector<Pixel> take() { return std::move(found_); }

 private:
  void find_above_neighbours(int row) {
    const auto cols = static_cast<std::size_t>(image_.cols());
    const std::int32_t* here = image_.row(row);
    const std::int32_t* above = row > 0 ? image_.row(row - 1) : here;
    const std::int32_t* below = row + 1 < image_.rows() ? image_.row(row + 1) : here;
    std::int32_t* tall = tall_.data();
    const std::int32_t threshold = threshold_;
    for (std::size_t c = 0; c < cols; ++c) tall[c + 1] = larger(here[c], larger(above[c], below[c]));
    std::uint8_t* flags = above_neighbours_.data();
    for (std::size_t c = 0; c < cols; ++c) {
      const std::int32_t highest = larger(tall[c], larger(tall[c + 1], tall[c + 2]));
      flags[c] =
          static_cast<std::uint8_t>(static_cast<int>(here[c] == highest) & static_cast<int>(here[c] > threshold));
    }
  }

  bool is_highest(Pixel p) {
    const std::int32_t value = image_[p];
    for (int away = 0; away <= half_; ++away) {
      if (p.row - away < 0 && p.row + away >= image_.rows()) break;
      if (p.row - away >= 0 && rises_above(value, p.row - away, p.col)) return false;
      if (away > 0 && p.row + away < image_.rows() && rises_above(value, p.row + away, p.col)) return false;
    }
    return true;
  }

  bool rises_above(std::int32_t value, int row, int col) {
    const std::int32_t* values = image_.row(row);
    const int first = std::max(col - half_, 0);
    const int end = std::min(col + half_ + 1, image_.cols());
    looked_at_ += static_cast<std::size_t>(end - first);
    int rising = 0;
    for (int c = first; c < end; ++c) rising |= values[c] > value ? 1 : 0;
    return rising != 0;
  }

  static std::int32_t larger(std::int32_t a, std::int32_t b) { return a < b ? b : a; }

  ImageView<const std::int32_t> image_;
  int half_;
  std::int32_t threshold_;
  std::size_t most_;
  std::size_t looked_at_ = 0;
  std::vector<std::int32_t> tall_;  // each column's largest over three rows
  std::vector<std::uint8_t> above_neighbours_;
  std::vector<Pixel> found_;
};

/// Nothing where too many pixels are as high as their neighbours.
Sliced<std::optional<std::vector<Pixel>>> candidates_by_summits(ImageView<const std::int32_t> image, int window,
                                                                std::int32_t threshold) {
  Summits summits(image, window, threshold);
  std::size_t done = 0;
  for (int row = 0; row < image.rows() && !summits.are_too_many(); ++row) {
    summits.look_at_row(row);
    const std::size_t work =
        static_cast<std::size_t>(row) * static_cast<std::size_t>(image.cols()) + summits.looked_at();
    if (work - done < 2 * pixels_per_slice) continue;
    done = work;
    co_yield Pause{};
  }
  if (summits.are_too_many()) co_return std::nullopt;
  co_return summits.take();
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
std::vector<Pixel> spaced(const std::vector<Pixel>& peaks, int min_distance, int rows, int cols) {
  Spacing spacing(min_distance, rows, cols);
  std::vector<Pixel> accepted;
  for (const Pixel p : peaks) {
    if (spacing.too_near_to(p)) continue;
    spacing.add(p);
    accepted.push_back(p);
  }
  return accepted;
}

}  // namespace

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

template std::vector<Pixel> peak_local_max(ImageView<const std::int32_t>, const PeakOptions<std::int32_t>&);
template std::vector<Pixel> peak_local_max(ImageView<const float>, const PeakOptions<float>&);
template std::vector<Pixel> peak_local_max(ImageView<const double>, const PeakOptions<double>&);
template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const std::int32_t>, PeakOptions<std::int32_t>);
template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const float>, PeakOptions<float>);

std::int32_t squared_cutoff(double cutoff) {
  constexpr std::int32_t largest = std::numeric_limits<std::int32_t>::max();
  if (cutoff < 0) return -1;
  if (!(cutoff * cutoff < static_cast<double>(largest))) return largest;
  // The square may have been rounded across a whole number, either way.
  auto squared = static_cast<std::int32_t>(cutoff * cutoff);
  if (std::sqrt(static_cast<double>(squared)) > cutoff) --squared;
  if (std::sqrt(static_cast<double>(squared) + 1) <= cutoff) ++squared;
  return squared;
}

Components seeds_from_peaks(const std::vector<Pixel>& peaks, int rows, int cols) {
  return seeds_from_peaks_in_slices(peaks, rows, cols).finish();
}

Sliced<Components> seeds_from_peaks_in_slices(std::vector<Pixel> peaks, int rows, int cols) {
  Mask marked(rows, cols);
  for (const Pixel p : peaks) marked[p] = 1;
  co_return co_await label_in_slices(marked, Connectivity::eight);
}

}  // namespace floodlight

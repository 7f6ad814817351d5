// Local maxima of whole numbers: the few pixels that no neighbour rises above look at their windows; where these are many,
// running maxima along columns and rows tell. And the seeds that are made of peaks.
#include "core/segment/peaks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/segment/peak_search.h"
#include "core/segment/runs.h"

namespace floodlight {
namespace {

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

}  // namespace

Sliced<std::optional<std::vector<Pixel>>> candidates_by_summits(ImageView<const std::int32_t> image, int window,
                                                                std::int32_t threshold) {
  Summits summits(image, window, threshold);
  std::size_t done = 0;
  for (int row = 0; row < image.rows() && !summits.are_too_many(); ++row) {
    summits.look_at_row(row);
    const std::size_t work =
        static_cast<std::size_t>(row) * static_cast<std::size_t>(image.cols()) + summits.looked_at();
    if (work - done < 2 * pixels_of_peaks_per_slice) continue;
    done = work;
    co_yield Pause{};
  }
  if (summits.are_too_many()) co_return std::nullopt;
  co_return summits.take();
}

template std::vector<Pixel> peak_local_max(ImageView<const std::int32_t>, const PeakOptions<std::int32_t>&);
template Sliced<std::vector<Pixel>> peak_local_max_in_slices(ImageView<const std::int32_t>, PeakOptions<std::int32_t>);

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

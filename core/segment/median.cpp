// The median filter: a window of ranks that slides over tiles.
#include "core/segment/median.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <vector>

#include "core/base/radix_sort.h"
#include "core/segment/mean.h"
#include "core/segment/median_networks.h"

namespace floodlight {
namespace {

constexpr int tile_side = 64;

/// A part of the image, with the margin its windows need. Its pixels are sorted once; from then on a pixel is its rank
/// (ties broken by position), a window is a set of ranks held as bits, and the median is the set's middle element. From
/// one window to the next that element moves little, so it is followed rather than searched.
class RankedTile {
 public:
  RankedTile(FloatView image, int size, ImageView<float> out) : image_(image), size_(size), out_(out) {}

  void place(int top, int left) {
    top_ = top;
    left_ = left;
    height_ = std::min(tile_side, image_.rows() - top);
    width_ = std::min(tile_side, image_.cols() - left);
    stride_ = width_ + size_ - 1;
    rank_pixels();
    fill_window();
  }

  [[nodiscard]] int width() const { return width_; }

  /// The medians of one column of the tile. Columns must be asked for from left to right: the window goes down one
  /// column, steps to the right, and comes up the next.
  void filter_column(int col) {
    const bool down = col % 2 == 0;
    const int start = down ? 0 : height_ - 1;
    if (col > 0) {
      for (int r = start; r < start + size_; ++r) {
        remove(*rank_at(r, col - 1));
        add(*rank_at(r, col - 1 + size_));
      }
    }
    write(start, col);
    for (int step = 1; step < height_; ++step) {
      const int row = down ? step : height_ - 1 - step;
      exchange_rows(rank_at(down ? row - 1 : row + size_, col), rank_at(down ? row + size_ - 1 : row, col));
      write(row, col);
    }
  }

 private:
  [[nodiscard]] const std::uint32_t* rank_at(int row, int col) const {
    return ranks_.data() + static_cast<std::ptrdiff_t>(row) * stride_ + col;
  }

  void rank_pixels() {
    const int half = size_ / 2;
    keys_.clear();
    for (int r = 0; r < height_ + size_ - 1; ++r) {
      const float* source = image_.row(std::clamp(top_ + r - half, 0, image_.rows() - 1));
      for (int c = 0; c < stride_; ++c) {
        const float value = source[std::clamp(left_ + c - half, 0, image_.cols() - 1)];
        keys_.push_back(std::uint64_t{ordered_bits(value)} << 32U | keys_.size());
      }
    }
    radix_sort(keys_, scratch_, 32);
    ranks_.resize(keys_.size());
    values_.resize(keys_.size());
    for (std::size_t rank = 0; rank < keys_.size(); ++rank) {
      ranks_[static_cast<std::uint32_t>(keys_[rank])] = static_cast<std::uint32_t>(rank);
      values_[rank] = from_ordered_bits(static_cast<std::uint32_t>(keys_[rank] >> 32U));
    }
  }

  void fill_window() {
    members_.assign(keys_.size() / 64 + 1, 0);
    pivot_ = 0;
    below_ = 0;
    for (int r = 0; r < size_; ++r) {
      for (int c = 0; c < size_; ++c) add(*rank_at(r, c));
    }
  }

  void flip(std::uint32_t rank) { members_[rank / 64] ^= std::uint64_t{1} << (rank % 64); }
  void add(std::uint32_t rank) {
    flip(rank);
    below_ += rank / 64 < pivot_ ? 1 : 0;
  }
  void remove(std::uint32_t rank) {
    flip(rank);
    below_ -= rank / 64 < pivot_ ? 1 : 0;
  }
  void exchange_rows(const std::uint32_t* leaving, const std::uint32_t* entering) {
    const std::uint32_t first_not_below = pivot_ * 64;
    int change = 0;
    for (int i = 0; i < size_; ++i) {
      change += (entering[i] < first_not_below ? 1 : 0) - (leaving[i] < first_not_below ? 1 : 0);
      flip(leaving[i]);
      flip(entering[i]);
    }
    below_ += change;
  }

  void write(int row, int col) {
    const int middle_rank = size_ * size_ / 2;
    while (below_ > middle_rank) below_ -= std::popcount(members_[--pivot_]);
    for (int here = std::popcount(members_[pivot_]); below_ + here <= middle_rank;
         here = std::popcount(members_[pivot_])) {
      below_ += here;
      ++pivot_;
    }
    std::uint64_t word = members_[pivot_];
    for (int skip = middle_rank - below_; skip > 0; --skip) word &= word - 1;
    const std::size_t rank = std::size_t{pivot_} * 64 + static_cast<std::size_t>(std::countr_zero(word));
    out_[top_ + row, left_ + col] = values_[rank];
  }

  FloatView image_;
  int size_;
  ImageView<float> out_;
  int top_ = 0;
  int left_ = 0;
  int height_ = 0;
  int width_ = 0;
  int stride_ = 0;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint32_t> ranks_;
  std::vector<float> values_;
  std::vector<std::uint64_t> members_;
  std::uint32_t pivot_ = 0;  ///< the word of `members_` that holds the median
  int below_ = 0;            ///< members in the words before it
};

/// Whether a network gives the medians of the band of rows from `top` on. That of 5 x 5 cannot tell -0 from 0.
bool has_network(FloatView image, int size, int top) {
  if (size == 3) return true;
  if (size != 5 || image.cols() < FiveByFive::narrowest) return false;
  const int first = std::max(top - size / 2, 0);
  const int end = std::min(top + tile_side + size / 2, image.rows());
  bool minus_zero = false;
  for (const float value : image.pixels().subspan(image.index(first, 0), image.index(end - first, 0))) {
    minus_zero |= std::bit_cast<std::uint32_t>(value) == std::bit_cast<std::uint32_t>(-0.0F);
  }
  return !minus_zero;
}

}  // namespace

Image<float> median(FloatView image, int size) { return median_in_slices(image, size).finish(); }

Sliced<Image<float>> median_in_slices(FloatView image, int size) {
  assert(size > 0 && size % 2 == 1);
  Image<float> out(image.rows(), image.cols());
  if (image.empty()) co_return out;
  if (size == 1) {
    std::ranges::copy(image.pixels(), out.pixels().begin());
    co_return out;
  }
  constexpr std::size_t work_per_slice = 1U << 17U;
  std::size_t work = 0;
  ThreeByThree three(image.cols());
  FiveByFive five(std::max(image.cols(), FiveByFive::narrowest));
  RankedTile tile(image, size, out);
  for (int top = 0; top < image.rows(); top += tile_side) {
    if (has_network(image, size, top)) {
      for (int row = top; row < std::min(top + tile_side, image.rows()); ++row) {
        if (size == 3) three.filter_row(image, row, out.view().row(row));
        if (size == 5) five.filter_row(image, row, out.view().row(row));
        work += static_cast<std::size_t>(image.cols());
        if (work >= work_per_slice) {
          work = 0;
          co_yield Pause{};
        }
      }
      continue;
    }
    for (int left = 0; left < image.cols(); left += tile_side) {
      tile.place(top, left);
      co_yield Pause{};
      for (int col = 0; col < tile.width(); ++col) {
        tile.filter_column(col);
        work += static_cast<std::size_t>(tile_side) * static_cast<std::size_t>(size);
        if (work >= work_per_slice) {
          work = 0;
          co_yield Pause{};
        }
      }
    }
  }
  co_return out;
}

MedianTerms median_terms(FloatView image, int size, Pixel pixel) {
  MedianTerms result;
  result.size = size;
  result.window = lay_over(image, size, size, pixel);
  result.sorted = result.window;
  std::ranges::stable_sort(result.sorted, {}, &FilterTerm::value);
  result.middle = result.sorted.size() / 2;
  result.result = static_cast<float>(result.sorted[result.middle].value);
  return result;
}

namespace {

constexpr const Option* own_options[] = {&window_size};

Sliced<Image<float>> apply(FloatView image, const OptionValues& values) {
  return median_in_slices(image, values.whole(window_size));
}

int reach(const OptionValues& values) { return values.whole(window_size) / 2; }

TermsAtPixel terms(FloatView image, const OptionValues& values, Pixel pixel) {
  MedianTerms t = median_terms(image, values.whole(window_size), pixel);
  const auto result = static_cast<double>(t.result);
  return {.result = result, .parts = {{.says = {}, .shown = std::move(t)}}};
}

constexpr OptionValue sizes[] = {{&window_size, 3}, {&window_size, 5}, {&window_size, 9}, {&window_size, 15}};
constexpr Setting tried[] = {{&sizes[0], 1}, {&sizes[1], 1}, {&sizes[2], 1}, {&sizes[3], 1}};

constexpr std::string_view imagej[] = {"run(\"Median...\", \"radius={reach}\");\n"};

constexpr RowPitfall pitfalls[] = {
    {.text = "The median is no gentle mean: a single bright pixel vanishes in it and leaves a block in the mean.",
     .action = "On a single bright pixel",
     .sample = "single_pixel",
     .chooses = false}};

}  // namespace

constinit const FilterRow filters::median = {
    .name = "median",
    .label = "Median",
    .options = own_options,
    .decides = &window_size,
    .apply = apply,
    .reach = reach,
    .terms = terms,
    .at_pixel = "{raw} becomes {result}: the middle one of {side} x {side} sorted values. No sum, so no convolution.",
    .in_diagnosis = "the median filter of size {size}",
    .in_paper = "filtered",
    .notebook =
        "Each pixel becomes the middle one of the sorted values around it. Single outliers vanish and edges stay.",
    .python = "skimage.filters.median(raw_image, np.ones(({size}, {size})))",
    .imagej = imagej,
    .imagej_differs = "Median looks at a disc where Floodlight looks at a square.",
    .tried_title = "Median {size} x {size}",
    .tried = tried,
    .pitfalls = pitfalls,
};

}  // namespace floodlight

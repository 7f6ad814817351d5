// The median filter: a window of ranks that slides over tiles.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/base/radix_sort.h"
#include "core/segment/filter.h"

namespace floodlight {
namespace {

constexpr int tile_side = 64;

// Four columns at a time: written out, since for WebAssembly the compiler does not make vector code of such loops.
using Floats = float __attribute__((vector_size(16)));
constexpr std::size_t lanes = 4;

Floats load(const float* from) {
  Floats values;
  std::memcpy(&values, from, sizeof values);
  return values;
}
void store(Floats values, float* to) { std::memcpy(to, &values, sizeof values); }
Floats smaller(Floats a, Floats b) { return b < a ? b : a; }
Floats larger(Floats a, Floats b) { return a < b ? b : a; }
Floats middle(Floats a, Floats b, Floats c) { return larger(smaller(a, b), smaller(larger(a, b), c)); }

/// One row of the 3 x 3 median: each column of three is sorted once and serves three windows. The median of the nine
/// is the median of the largest low, the median middle and the smallest high value.
class ThreeByThree {
 public:
  explicit ThreeByThree(int cols) : padded_((static_cast<std::size_t>(cols) + lanes - 1) / lanes * lanes) {
    for (auto* row : {&above_, &here_, &below_, &low_, &mid_, &high_}) row->resize(padded_ + lanes);
  }

  void filter_row(FloatView image, int row, float* out) {
    const auto cols = static_cast<std::size_t>(image.cols());
    std::copy_n(image.row(std::max(row - 1, 0)), cols, above_.begin());
    std::copy_n(image.row(row), cols, here_.begin());
    std::copy_n(image.row(std::min(row + 1, image.rows() - 1)), cols, below_.begin());
    for (std::size_t c = 0; c < padded_; c += lanes) {
      const Floats a = load(above_.data() + c);
      const Floats b = load(here_.data() + c);
      const Floats d = load(below_.data() + c);
      store(smaller(smaller(a, b), d), low_.data() + c + 1);
      store(middle(a, b, d), mid_.data() + c + 1);
      store(larger(larger(a, b), d), high_.data() + c + 1);
    }
    for (auto* sorted : {&low_, &mid_, &high_}) {
      sorted->front() = (*sorted)[1];
      (*sorted)[cols + 1] = (*sorted)[cols];
    }
    for (std::size_t c = 0; c < padded_; c += lanes) {
      const auto three = [c](const std::vector<float>& v, auto&& join) {
        return join(load(v.data() + c), load(v.data() + c + 1), load(v.data() + c + 2));
      };
      const Floats low = three(low_, [](Floats a, Floats b, Floats d) { return larger(larger(a, b), d); });
      const Floats mid = three(mid_, middle);
      const Floats high = three(high_, [](Floats a, Floats b, Floats d) { return smaller(smaller(a, b), d); });
      store(middle(low, mid, high), here_.data() + c);
    }
    std::copy_n(here_.begin(), cols, out);
  }

 private:
  std::size_t padded_;
  std::vector<float> above_;
  std::vector<float> here_;
  std::vector<float> below_;
  std::vector<float> low_;
  std::vector<float> mid_;
  std::vector<float> high_;
};

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
  std::size_t work = 0;
  if (size == 3) {
    constexpr std::size_t pixels_per_slice = 1U << 18U;
    ThreeByThree filter(image.cols());
    for (int row = 0; row < image.rows(); ++row) {
      filter.filter_row(image, row, out.view().row(row));
      work += static_cast<std::size_t>(image.cols());
      if (work >= pixels_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
    co_return out;
  }
  constexpr std::size_t exchanges_per_slice = 1U << 17U;
  RankedTile tile(image, size, out);
  for (int top = 0; top < image.rows(); top += tile_side) {
    for (int left = 0; left < image.cols(); left += tile_side) {
      tile.place(top, left);
      co_yield Pause{};
      for (int col = 0; col < tile.width(); ++col) {
        tile.filter_column(col);
        work += static_cast<std::size_t>(tile_side) * static_cast<std::size_t>(size);
        if (work >= exchanges_per_slice) {
          work = 0;
          co_yield Pause{};
        }
      }
    }
  }
  co_return out;
}

}  // namespace floodlight

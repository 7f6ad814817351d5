// Smaller and larger ones of two, four columns at a time: written out, since for WebAssembly the compiler does not make
// vector code of such loops.
#include "core/segment/median_networks.h"

#include <algorithm>
#include <cassert>

#include "core/base/four_singles.h"

namespace floodlight {
namespace {

constexpr std::size_t step = lanes;

Four middle(Four a, Four b, Four c) { return larger(smaller(a, b), smaller(larger(a, b), c)); }

/// Exchanges two where the first is larger.
void order(Four& a, Four& b) {
  const Four low = smaller(a, b);
  b = larger(a, b);
  a = low;
}

using Five = std::array<Four, 5>;

void sort(Five& x) {
  order(x[0], x[3]);
  order(x[1], x[4]);
  order(x[0], x[2]);
  order(x[1], x[3]);
  order(x[0], x[1]);
  order(x[2], x[4]);
  order(x[1], x[2]);
  order(x[3], x[4]);
  order(x[2], x[3]);
}

// Each of these puts some of a sorted row where they belong and leaves anything elsewhere: four are put in order as far as
// needed, then the fifth is put in.

void find_largest_two(Five& x) {
  order(x[0], x[1]);
  order(x[2], x[3]);
  const Four second = larger(smaller(x[1], x[3]), larger(x[0], x[2]));
  const Four first = larger(x[1], x[3]);
  x[3] = larger(second, smaller(first, x[4]));
  x[4] = larger(first, x[4]);
}

void find_largest_three(Five& x) {
  order(x[0], x[1]);
  order(x[2], x[3]);
  order(x[1], x[3]);
  Four second = x[1];
  Four third = larger(x[0], x[2]);
  order(third, second);
  Four rest = x[4];
  order(rest, x[3]);
  order(rest, second);
  x[4] = x[3];
  x[3] = second;
  x[2] = larger(rest, third);
}

void find_middle_three(Five& x) {
  order(x[0], x[1]);
  order(x[2], x[3]);
  order(x[0], x[2]);
  order(x[1], x[3]);
  order(x[1], x[2]);
  const Five four = x;
  x[1] = larger(four[0], smaller(four[1], x[4]));
  x[2] = larger(four[1], smaller(four[2], x[4]));
  x[3] = larger(four[2], smaller(four[3], x[4]));
}

void find_smallest_three(Five& x) {
  order(x[0], x[1]);
  order(x[2], x[3]);
  order(x[0], x[2]);
  Four second = x[2];
  Four third = smaller(x[1], x[3]);
  order(second, third);
  Four rest = x[4];
  order(x[0], rest);
  order(second, rest);
  x[1] = second;
  x[2] = smaller(third, rest);
}

void find_smallest_two(Five& x) {
  order(x[0], x[1]);
  order(x[2], x[3]);
  const Four second = smaller(larger(x[0], x[2]), smaller(x[1], x[3]));
  const Four first = smaller(x[0], x[2]);
  x[1] = smaller(second, larger(first, x[4]));
  x[0] = smaller(first, x[4]);
}

/// The median of 25 of which each column is sorted. Once the rows are sorted too, a value has at least (row + 1) *
/// (column + 1) values that are not larger, itself among them: where these are more than 13 it may be left out as too large,
/// and likewise as too small, six each. Which comparisons find the middle of the 13 others was found by a search; the tests
/// prove them with all windows of zeros and ones, which is enough for such networks (Knuth, The Art of Computer
/// Programming, volume 3, section 5.3.4).
Four median_of_sorted_columns(std::array<Five, 5>& m) {
  find_largest_two(m[0]);
  find_largest_three(m[1]);
  find_middle_three(m[2]);
  find_smallest_three(m[3]);
  find_smallest_two(m[4]);
  order(m[4][0], m[2][3]);
  order(m[3][1], m[1][2]);
  order(m[3][0], m[1][3]);
  order(m[1][3], m[4][1]);
  order(m[1][2], m[1][4]);
  order(m[1][2], m[0][3]);
  order(m[4][0], m[1][3]);
  order(m[3][2], m[0][4]);
  order(m[3][2], m[2][1]);
  order(m[0][3], m[2][1]);
  order(m[0][3], m[4][0]);
  order(m[2][1], m[1][3]);
  order(m[4][0], m[2][1]);
  order(m[2][2], m[4][0]);
  order(m[2][1], m[4][0]);
  return m[2][1];
}

}  // namespace

ThreeByThree::ThreeByThree(int cols) : padded_((static_cast<std::size_t>(cols) + step - 1) / step * step) {
  for (auto* row : {&above_, &here_, &below_, &low_, &mid_, &high_}) row->resize(padded_ + step);
}

void ThreeByThree::filter_row(FloatView image, int row, float* out) {
  const auto cols = static_cast<std::size_t>(image.cols());
  std::copy_n(image.row(std::max(row - 1, 0)), cols, above_.begin());
  std::copy_n(image.row(row), cols, here_.begin());
  std::copy_n(image.row(std::min(row + 1, image.rows() - 1)), cols, below_.begin());
  for (std::size_t c = 0; c < padded_; c += step) {
    const Four a = load(above_.data() + c);
    const Four b = load(here_.data() + c);
    const Four d = load(below_.data() + c);
    store(smaller(smaller(a, b), d), low_.data() + c + 1);
    store(middle(a, b, d), mid_.data() + c + 1);
    store(larger(larger(a, b), d), high_.data() + c + 1);
  }
  for (auto* sorted : {&low_, &mid_, &high_}) {
    sorted->front() = (*sorted)[1];
    (*sorted)[cols + 1] = (*sorted)[cols];
  }
  for (std::size_t c = 0; c < padded_; c += step) {
    const auto three = [c](const std::vector<float>& v, auto&& join) {
      return join(load(v.data() + c), load(v.data() + c + 1), load(v.data() + c + 2));
    };
    const Four low = three(low_, [](Four a, Four b, Four d) { return larger(larger(a, b), d); });
    const Four mid = three(mid_, middle);
    const Four high = three(high_, [](Four a, Four b, Four d) { return smaller(smaller(a, b), d); });
    store(middle(low, mid, high), here_.data() + c);
  }
  std::copy_n(here_.begin(), cols, out);
}

FiveByFive::FiveByFive(int cols) {
  assert(cols >= narrowest);
  for (auto& row : sorted_) row.resize(static_cast<std::size_t>(cols) + 2 * half);
}

void FiveByFive::filter_row(FloatView image, int row, float* out) {
  const int cols = image.cols();
  std::array<const float*, side> rows;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    rows[k] = image.row(std::clamp(row + static_cast<int>(k) - half, 0, image.rows() - 1));
  }
  // The last four columns are a step of their own, which may repeat some.
  for (int col = 0; col < cols; col += lanes) {
    const int c = std::min(col, cols - lanes);
    Five column;
    for (std::size_t k = 0; k < column.size(); ++k) column[k] = load(rows[k] + c);
    sort(column);
    for (std::size_t k = 0; k < column.size(); ++k) store(column[k], sorted_[k].data() + half + c);
  }
  for (auto& sorted : sorted_) {
    std::fill_n(sorted.begin(), half, sorted[half]);
    std::fill_n(sorted.end() - half, half, sorted.end()[-half - 1]);
  }
  for (int col = 0; col < cols; col += lanes) {
    const int c = std::min(col, cols - lanes);
    std::array<Five, side> window;
    for (std::size_t k = 0; k < window.size(); ++k) {
      for (std::size_t i = 0; i < window[k].size(); ++i) window[k][i] = load(sorted_[k].data() + c + i);
    }
    store(median_of_sorted_columns(window), out + c);
  }
}

}  // namespace floodlight

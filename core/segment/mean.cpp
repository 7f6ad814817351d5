// The mean of a square: running sums in double, rounded to single after each pass.
#include "core/segment/mean.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <vector>

#include "core/base/two_doubles.h"
#include "core/base/words.h"
#include "core/segment/padded_row.h"

namespace floodlight {
namespace {

/// `sum / divisor` rounded to single, for many sums, mostly without the division: multiplied by a little less and by a little
/// more than 1 / divisor, a sum lies to both sides of the quotient, and where both round to the same single, so does this.
class Quotient {
 public:
  explicit Quotient(int divisor) : divisor_(divisor), low_((1 - margin) / divisor), high_((1 + margin) / divisor) {}

  void round_to_single(const double* sums, int count, float* out) const {
    int i = 0;
    for (; i + block <= count; i += block) {
      if (!round_block(sums + i, out + i)) divide(sums + i, block, out + i);
    }
    divide(sums + i, count - i, out + i);
  }

 private:
  static constexpr int block = 16;

  /// Whether all quotients of a block are sure. Ties between two singles are not: sums of five have them now and then.
  bool round_block(const double* sums, float* out) const {
    using Whole = std::int32_t __attribute__((vector_size(16)));
    Whole doubtful{};
    for (int i = 0; i < block; i += lanes) {
      const Pair first = load(sums + i);
      const Pair last = load(sums + i + 2);
      const Four least = rounded(first * low_, last * low_);
      doubtful |= least != rounded(first * high_, last * high_);
      store(least, out + i);
    }
    return (doubtful[0] | doubtful[1] | doubtful[2] | doubtful[3]) == 0;
  }

  void divide(const double* sums, int count, float* out) const {
    for (int i = 0; i < count; ++i) out[i] = static_cast<float>(sums[i] / divisor_);
  }

  static constexpr double margin = 0x1p-50;  // each of three operations may be wrong by 2^-53 of its result
  double divisor_;
  double low_;
  double high_;
};

/// One step of the running sums down the columns: `sums` already holds the window of row `row - 1`.
void mean_down(FloatView image, int row, int size, const Quotient& quotient, std::vector<double>& sums, float* out) {
  const int half = size / 2;
  const int last = image.rows() - 1;
  const int cols = image.cols();
  double* sum = sums.data();
  if (row == 0) {
    std::ranges::fill(sums, 0.0);
    for (int k = -half; k <= half; ++k) {
      const float* source = image.row(std::clamp(k, 0, last));
      for (int c = 0; c < cols; ++c) sum[c] += static_cast<double>(source[c]);
    }
  } else {
    const float* entering = image.row(std::min(row + half, last));
    const float* leaving = image.row(std::max(row - half - 1, 0));
    int c = 0;
    for (; c + 2 <= cols; c += 2) store(load(sum + c) + (widened(entering + c) - widened(leaving + c)), sum + c);
    for (; c < cols; ++c) sum[c] += static_cast<double>(entering[c]) - static_cast<double>(leaving[c]);
  }
  quotient.round_to_single(sum, cols, out);
}

constexpr int rows_at_once = 4;
using RowsAtOnce = std::array<std::vector<double>, rows_at_once>;

/// The running sums along some rows, in place: each sum replaces the first value of its window. A sum waits for the one
/// before it, so that two rows share a register and two such pairs take turns. `count` sums a row.
void sum_along(RowsAtOnce& rows, int size, int count) {
  std::array<Pair, 2> sums{};
  for (int k = 0; k < size; ++k) {
    const auto i = static_cast<std::size_t>(k);
    sums[0] += Pair{rows[0][i], rows[1][i]};
    sums[1] += Pair{rows[2][i], rows[3][i]};
  }
  const auto keep = [&](std::size_t pair, Pair now, Pair next, int c) {
    store(__builtin_shufflevector(now, next, 0, 2), rows[2 * pair].data() + c);
    store(__builtin_shufflevector(now, next, 1, 3), rows[2 * pair + 1].data() + c);
  };
  for (int c = 0; c < count; c += 2) {
    for (std::size_t pair = 0; pair < sums.size(); ++pair) {
      const double* first = rows[2 * pair].data() + c;
      const double* second = rows[2 * pair + 1].data() + c;
      const Pair of_first = load(first + size) - load(first);
      const Pair of_second = load(second + size) - load(second);
      const Pair now = sums[pair];
      const Pair next = now + __builtin_shufflevector(of_first, of_second, 0, 2);
      sums[pair] = next + __builtin_shufflevector(of_first, of_second, 1, 3);
      keep(pair, now, next, c);
    }
  }
}

/// The means along the rows from `row` on, in place. Beyond the last row, the last once more.
void mean_along(ImageView<float> image, int row, int size, const Quotient& quotient, RowsAtOnce& scratch) {
  const int half = size / 2;
  const int cols = image.cols();
  for (int k = 0; k < rows_at_once; ++k) {
    std::vector<double>& padded = scratch[static_cast<std::size_t>(k)];
    padded.resize(static_cast<std::size_t>(cols + size + 1));
    copy_row(image, std::min(row + k, image.rows() - 1), -half, cols + size + 1, Border::nearest, padded.data());
  }
  sum_along(scratch, size, cols);
  for (int k = 0; k < std::min(rows_at_once, image.rows() - row); ++k) {
    quotient.round_to_single(scratch[static_cast<std::size_t>(k)].data(), cols, image.row(row + k));
  }
}

}  // namespace

Image<float> mean(FloatView image, int size) { return mean_in_slices(image, size).finish(); }

Sliced<Image<float>> mean_in_slices(FloatView image, int size) {
  assert(size > 0 && size % 2 == 1);
  Image<float> out(image.rows(), image.cols());
  if (image.empty()) co_return out;
  constexpr std::size_t pixels_per_slice = 1U << 17U;
  const Quotient quotient(size);
  std::vector<double> sums(static_cast<std::size_t>(image.cols()));
  RowsAtOnce scratch;
  std::size_t work = 0;
  for (int top = 0; top < image.rows(); top += rows_at_once) {
    for (int row = top; row < std::min(top + rows_at_once, image.rows()); ++row) {
      mean_down(image, row, size, quotient, sums, out.view().row(row));
    }
    mean_along(out, top, size, quotient, scratch);
    work += static_cast<std::size_t>(rows_at_once) * static_cast<std::size_t>(image.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return out;
}

FilterTerms mean_terms(FloatView image, int size, Pixel pixel) {
  return sum_up(size, size, lay_over(image, size, size, pixel), static_cast<double>(size) * size);
}

constinit const Option window_size = {
    .key = "filter.size",
    .label = "Size",
    .kind = ParameterKind::integer,
    .minimum = 3,
    .maximum = 31,
    .step = 2,
    .initial = 3,
    .unit = "px",
    .help = "Side of the square neighbourhood. Larger smooths more and rounds off small shapes.",
    .python = "size",
};

namespace {

constexpr const Option* own_options[] = {&window_size};

Sliced<Image<float>> apply(FloatView image, const OptionValues& values) {
  return mean_in_slices(image, values.whole(window_size));
}

int reach(const OptionValues& values) { return values.whole(window_size) / 2; }

TermsAtPixel terms(FloatView image, const OptionValues& values, Pixel pixel) {
  FilterTerms t = mean_terms(image, values.whole(window_size), pixel);
  std::string says = "The sum of " + counted(static_cast<std::int64_t>(t.terms.size()), "value") + " is " +
                     number(t.sum) + ". " + number(t.sum) + " / " + number(t.divisor) + " = " + number(t.result) + ".";
  return {.result = t.result, .parts = {{.says = std::move(says), .shown = std::move(t)}}};
}

constexpr OptionValue sizes[] = {{&window_size, 3}, {&window_size, 5}, {&window_size, 9}, {&window_size, 15}};
constexpr Setting tried[] = {{&sizes[0], 1}, {&sizes[1], 1}, {&sizes[2], 1}, {&sizes[3], 1}};

constexpr std::string_view imagej[] = {"run(\"Mean...\", \"radius={reach}\");\n"};

}  // namespace

constinit const FilterRow filters::mean = {
    .name = "mean",
    .label = "Mean",
    .options = own_options,
    .decides = &window_size,
    .apply = apply,
    .reach = reach,
    .terms = terms,
    .at_pixel = "{raw} becomes {result}: the mean of {side} x {side} values.",
    .in_diagnosis = "the mean filter of size {size}",
    .in_paper = "filtered",
    .notebook = "Each pixel becomes the mean of the square around it. Noise averages out; edges blur as well.",
    .python = "scipy.ndimage.uniform_filter(raw_image, size={size}, mode=\"nearest\")",
    .imagej = imagej,
    .imagej_differs = "Mean looks at a disc where Floodlight looks at a square.",
    .tried_title = "Mean {size} x {size}",
    .tried = tried,
};

}  // namespace floodlight

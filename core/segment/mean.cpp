// The mean of a square: running sums in double, rounded to single after each pass.
#include "core/segment/mean.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/base/words.h"
#include "core/segment/border.h"

namespace floodlight {
namespace {

/// One step of the running sums down the columns: `sums` already holds the window of row `row - 1`.
void mean_down(FloatView image, int row, int size, std::vector<double>& sums, float* out) {
  const int half = size / 2;
  const int last = image.rows() - 1;
  const auto cols = static_cast<std::size_t>(image.cols());
  if (row == 0) {
    std::ranges::fill(sums, 0.0);
    for (int k = -half; k <= half; ++k) {
      const float* source = image.row(std::clamp(k, 0, last));
      for (std::size_t c = 0; c < cols; ++c) sums[c] += static_cast<double>(source[c]);
    }
  } else {
    const float* entering = image.row(std::min(row + half, last));
    const float* leaving = image.row(std::max(row - half - 1, 0));
    for (std::size_t c = 0; c < cols; ++c)
      sums[c] += static_cast<double>(entering[c]) - static_cast<double>(leaving[c]);
  }
  const double divisor = size;
  for (std::size_t c = 0; c < cols; ++c) out[c] = static_cast<float>(sums[c] / divisor);
}

/// The running sum along one row, in place.
void mean_along(ImageView<float> image, int row, int size, std::vector<double>& scratch) {
  const int half = size / 2;
  scratch.resize(static_cast<std::size_t>(image.cols() + 2 * half));
  copy_row(image, row, -half, image.cols() + 2 * half, Border::nearest, scratch.data());
  const double divisor = size;
  double sum = 0;
  for (int k = 0; k < size; ++k) sum += scratch[static_cast<std::size_t>(k)];
  float* out = image.row(row);
  out[0] = static_cast<float>(sum / divisor);
  for (int c = 1; c < image.cols(); ++c) {
    sum += scratch[static_cast<std::size_t>(c + size - 1)] - scratch[static_cast<std::size_t>(c - 1)];
    out[c] = static_cast<float>(sum / divisor);
  }
}

}  // namespace

Image<float> mean(FloatView image, int size) { return mean_in_slices(image, size).finish(); }

Sliced<Image<float>> mean_in_slices(FloatView image, int size) {
  assert(size > 0 && size % 2 == 1);
  Image<float> out(image.rows(), image.cols());
  if (image.empty()) co_return out;
  constexpr std::size_t pixels_per_slice = 1U << 17U;
  std::vector<double> sums(static_cast<std::size_t>(image.cols()));
  std::vector<double> scratch;
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    mean_down(image, row, size, sums, out.view().row(row));
    mean_along(out, row, size, scratch);
    work += static_cast<std::size_t>(image.cols());
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

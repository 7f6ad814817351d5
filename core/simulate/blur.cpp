// Gaussian blur of patches for the simulator.
#include "core/simulate/blur.h"

#include <algorithm>
#include <cmath>

#include "core/base/exact_math.h"

namespace floodlight {
namespace {

std::vector<float> gaussian_weights(double sigma) {
  const int radius = std::max(static_cast<int>(std::ceil(3 * sigma)), 1);
  std::vector<double> weights(2 * static_cast<std::size_t>(radius) + 1);
  double sum = 0;
  for (int i = -radius; i <= radius; ++i)
    sum += weights[static_cast<std::size_t>(i + radius)] = exact_exp(-0.5 * i * i / (sigma * sigma));
  std::vector<float> result;
  result.reserve(weights.size());
  for (const double w : weights) result.push_back(static_cast<float>(w / sum));
  return result;
}

/// Adds to one block of pixels the weighted sum of `count` blocks that lie `step` apart.
void add_weighted(const float* from, std::ptrdiff_t step, const float* weights, int count, float* to) {
  float sum[Patch::block] = {};
  for (int i = 0; i < count; ++i, from += step)
    for (int k = 0; k < Patch::block; ++k) sum[k] += weights[i] * from[k];
  for (int k = 0; k < Patch::block; ++k) to[k] += sum[k];
}

/// The mean of every step x step pixels.
void shrink(const Patch& from, int step, Patch& to) {
  to.reset((from.rows + step - 1) / step, (from.cols + step - 1) / step);
  const float part = 1 / static_cast<float>(step * step);
  for (int r = 0; r < from.rows; ++r) {
    const float* in = from.row(r);
    float* out = to.row(r / step);
    for (int c = 0; c < from.cols; ++c) out[c / step] += part * in[c];
  }
}

}  // namespace

void Patch::reset(int new_rows, int new_cols) {
  rows = new_rows;
  cols = new_cols;
  stride = (static_cast<std::ptrdiff_t>(cols) + block - 1) / block * block;
  values.assign(static_cast<std::size_t>(rows) * static_cast<std::size_t>(stride), 0);
}

void BlurSum::reset(int rows, int cols) {
  full_.reset(rows, cols);
  some_half_ = some_quarter_ = false;
}

void BlurSum::add(const Patch& patch, int first_row, int last_row, double sigma) {
  const int step = sigma >= 8 ? 4 : sigma >= 4 ? 2 : 1;
  if (step == 1) {
    add_at_size(patch, first_row, last_row, sigma, full_);
    return;
  }
  Patch& sum = step == 2 ? half_ : quarter_;
  bool& some = step == 2 ? some_half_ : some_quarter_;
  shrink(patch, step, small_);
  if (!some) sum.reset(small_.rows, small_.cols);
  some = true;
  // A box of `step` has a variance of step^2 / 12, the tent that enlarges twice that.
  const double bell = std::sqrt(sigma * sigma - step * step / 4.0) / step;
  add_at_size(small_, first_row / step, last_row / step, bell, sum);
}

void BlurSum::add_at_size(const Patch& patch, int first_row, int last_row, double sigma, Patch& sum) {
  const std::vector<float> weights = gaussian_weights(sigma);
  const int count = static_cast<int>(weights.size());
  const int radius = count / 2;
  between_.reset(patch.rows, patch.cols);
  line_.assign(static_cast<std::size_t>(patch.stride) + 2 * static_cast<std::size_t>(radius), 0);
  for (int r = first_row; r <= last_row; ++r) {
    std::copy_n(patch.row(r), patch.cols, line_.begin() + radius);
    for (int c = 0; c < patch.cols; c += Patch::block)
      add_weighted(line_.data() + c, 1, weights.data(), count, between_.row(r) + c);
  }
  for (int r = std::max(first_row - radius, 0); r <= std::min(last_row + radius, patch.rows - 1); ++r) {
    const int from = std::max(r - radius, first_row);
    const int to = std::min(r + radius, last_row);
    for (int c = 0; c < patch.cols; c += Patch::block)
      add_weighted(between_.row(from) + c, between_.stride, weights.data() + (from - r + radius), to - from + 1,
                   sum.row(r) + c);
  }
}

void BlurSum::enlarge(const Patch& from, int step, Patch& to) {
  const float scale = 1 / static_cast<float>(step);
  for (int r = 0; r < to.rows; ++r) {
    const float y = std::clamp((static_cast<float>(r) + 0.5F) * scale - 0.5F, 0.0F, static_cast<float>(from.rows - 1));
    const int top = static_cast<int>(y);
    const float fy = y - static_cast<float>(top);
    const float* above = from.row(top);
    const float* below = from.row(std::min(top + 1, from.rows - 1));
    float* out = to.row(r);
    for (int c = 0; c < to.cols; ++c) {
      const float x =
          std::clamp((static_cast<float>(c) + 0.5F) * scale - 0.5F, 0.0F, static_cast<float>(from.cols - 1));
      const int left = static_cast<int>(x);
      const int right = std::min(left + 1, from.cols - 1);
      const float fx = x - static_cast<float>(left);
      const float a = above[left] + fx * (above[right] - above[left]);
      const float b = below[left] + fx * (below[right] - below[left]);
      out[c] += a + fy * (b - a);
    }
  }
}

const Patch& BlurSum::total() {
  if (some_half_) enlarge(half_, 2, full_);
  if (some_quarter_) enlarge(quarter_, 4, full_);
  some_half_ = some_quarter_ = false;
  return full_;
}

}  // namespace floodlight

// Gaussian blur of patches for the simulator: fast, and the same bits on every machine. (Filters of images: core/filter.h.)
#pragma once

#include <cstddef>
#include <vector>

namespace floodlight {

/// A picture whose memory is kept from use to use; its rows are padded to whole SIMD blocks.
struct Patch {
  static constexpr int block = 16;
  int rows = 0;
  int cols = 0;
  std::ptrdiff_t stride = 0;
  std::vector<float> values;

  /// Takes this size, all zero.
  void reset(int new_rows, int new_cols);
  [[nodiscard]] float* row(int r) { return values.data() + r * stride; }
  [[nodiscard]] const float* row(int r) const { return values.data() + r * stride; }
};

/// Sums blurred patches of one size, 0 outside. Wide bells are blurred in a smaller picture, where they cost far less;
/// what the shrinking and enlarging blur by itself is taken off the bell.
class BlurSum {
 public:
  /// Starts with nothing, for patches of this size.
  void reset(int rows, int cols);
  /// Adds `patch`, of which only rows `first_row` to `last_row` hold anything, blurred by `sigma` pixels (above 0).
  void add(const Patch& patch, int first_row, int last_row, double sigma);
  /// All that was added. Valid until the next reset.
  const Patch& total();

 private:
  void add_at_size(const Patch& patch, int first_row, int last_row, double sigma, Patch& sum);
  static void enlarge(const Patch& from, int step, Patch& to);
  Patch full_;
  Patch half_;
  Patch quarter_;
  bool some_half_ = false;
  bool some_quarter_ = false;
  Patch between_;
  Patch small_;
  std::vector<float> line_;
};

}  // namespace floodlight

// The medians of small windows, by comparisons whose order is fixed.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// One row of `median(image, 3)`: each column of three is sorted once and serves three windows. The median of the nine is
/// the median of the largest low, the median middle and the smallest high value (Paeth, "Median finding on a 3 x 3 grid",
/// 1990). 14 comparisons a pixel, four pixels at a time.
class ThreeByThree {
 public:
  explicit ThreeByThree(int cols);
  void filter_row(FloatView image, int row, float* out);

 private:
  std::size_t padded_;
  std::vector<float> above_;
  std::vector<float> here_;
  std::vector<float> below_;
  std::vector<float> low_;
  std::vector<float> mid_;
  std::vector<float> high_;
};

/// One row of `median(image, 5)`: each column of five is sorted once and serves five windows; then the five smallest, the
/// five second smallest and so on are sorted as far as they may hold the median (after Adams, "Fast median filters using
/// separable sorting networks", 2021). About 110 smaller or larger ones of two a pixel, four pixels at a time. Of zeros
/// with different signs either may come out, so that whoever cares has to look for them.
class FiveByFive {
 public:
  static constexpr int narrowest = 4;  ///< columns that an image must have
  explicit FiveByFive(int cols);
  void filter_row(FloatView image, int row, float* out);

 private:
  static constexpr int side = 5;
  static constexpr int half = 2;
  std::array<std::vector<float>, side> sorted_;  ///< the columns' smallest, ..., largest; two more columns to each side
};

}  // namespace floodlight

// The median's networks and ranks against sorting, to the bit.
#include "core/segment/median.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/radix_sort.h"
#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

/// The bits, so that -0 is not 0.
Image<std::uint32_t> bits_of(const Image<float>& image) {
  Image<std::uint32_t> bits(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), bits.pixels().begin(),
                         [](float v) { return std::bit_cast<std::uint32_t>(v); });
  return bits;
}

/// The middle of the neighbourhood, sorted with -0 before 0.
Image<float> sorted_median(const Image<float>& image, int size) {
  Image<float> result(image.rows(), image.cols());
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) {
      std::vector<float> values = neighbourhood(image, r, c, size);
      const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
      std::ranges::nth_element(values, middle, {}, [](float v) { return ordered_bits(v); });
      result[r, c] = *middle;
    }
  }
  return result;
}

constexpr int sizes[] = {1, 3, 5, 7, 9, 11, 13, 15, 17, 23, 31};

/// What filters are tried on: noise of few and of many levels, plateaus, an edge, a chess board, ramps, a spiral.
std::vector<Image<float>> pictures(int rows, int cols) {
  std::vector<Image<float>> all = {noise(rows, cols, 1, 60000), noise(rows, cols, 2, 2), Image<float>(rows, cols)};
  for (int kind = 0; kind < 6; ++kind) {
    Image<float> image(rows, cols);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < cols; ++c) {
        const int ring = std::min({r, c, rows - 1 - r, cols - 1 - c});
        const std::array<int, 6> values = {
            (r / 9 + c / 7) % 2,  (r + c) % 2, r * cols + c, -(r * cols + c), ring % 2 + (r == ring + 1 ? 1 : 0),
            c < cols / 2 ? -5 : 7};
        image[r, c] = static_cast<float>(values[static_cast<std::size_t>(kind)]) * 0.37F;
      }
    }
    all.push_back(image);
  }
  return all;
}

TEST(Median, OfFiveByFiveIsProvedByAllWindowsOfZerosAndOnes) {
  // A network that puts the middle of any zeros and ones where it belongs does so with any numbers. Its first step sorts
  // the columns, so that of a window only the number of ones in each column matters.
  constexpr int side = 5;
  constexpr int windows = 6 * 6 * 6 * 6 * 6;
  std::mt19937 dice(3);
  Image<float> image(side, windows * side);
  for (int window = 0; window < windows; ++window) {
    int counts = window;
    for (int i = 0; i < side; ++i, counts /= 6) {
      std::array<float, side> column{};
      for (int k = 0; k < counts % 6; ++k) column[static_cast<std::size_t>(k)] = 1;
      for (std::size_t k = side - 1; k > 0; --k) std::swap(column[k], column[dice() % (k + 1)]);
      for (int r = 0; r < side; ++r) image[r, window * side + i] = column[static_cast<std::size_t>(r)];
    }
  }
  const Image<float> result = median(image, side);
  for (int col = 0; col < image.cols(); ++col) {
    const std::vector<float> values = neighbourhood(image, 2, col, side);
    ASSERT_EQ((result[2, col]), std::ranges::count(values, 1.0F) > 12 ? 1 : 0) << col;
  }
}

TEST(Median, OfFiveByFiveSortsEveryColumnOfZerosAndOnes) {
  for (int pattern = 0; pattern < 32; ++pattern) {
    for (int ones = 0; ones <= 20; ++ones) {
      Image<float> image(5, 5);
      for (int i = 0; i < ones; ++i) image[i % 5, i / 5] = 1;
      for (int r = 0; r < 5; ++r) image[r, 4] = static_cast<float>(pattern >> r & 1);
      EXPECT_EQ(bits_of(median(image, 5)), bits_of(sorted_median(image, 5))) << pattern << ", " << ones;
    }
  }
}

TEST(Median, IsTheMiddleOfTheSortedNeighbourhoodOnEveryPicture) {
  for (const Pixel shape :
       {Pixel{1, 1}, Pixel{1, 40}, Pixel{40, 1}, Pixel{2, 2}, Pixel{3, 4}, Pixel{5, 5}, Pixel{33, 70}, Pixel{70, 33}}) {
    for (const Image<float>& image : pictures(shape.row, shape.col)) {
      for (const int size : sizes) {
        EXPECT_EQ(bits_of(median(image, size)), bits_of(sorted_median(image, size)))
            << shape.row << " x " << shape.col << ", " << size;
      }
    }
  }
}

TEST(Median, IsTheSameAcrossBandsAndTiles) {
  for (const Image<float>& image : pictures(135, 131)) {
    for (const int size : {3, 5, 7, 15})
      EXPECT_EQ(bits_of(median(image, size)), bits_of(sorted_median(image, size))) << size;
  }
}

TEST(Median, TakesMinusZeroForSmallerThanZeroWhereverItStands) {
  for (const int size : sizes) {
    if (size == 3) continue;  // of these nine either zero may come out, as from scikit-image
    Image<float> image(140, 21);
    std::mt19937 dice(4);
    for (int r = 68; r < 140; ++r) {
      for (int c = 0; c < 21; ++c) image[r, c] = dice() % 3 == 0 ? 0.0F : -0.0F;
    }
    EXPECT_EQ(bits_of(median(image, size)), bits_of(sorted_median(image, size))) << size;
  }
}

}  // namespace
}  // namespace floodlight::test

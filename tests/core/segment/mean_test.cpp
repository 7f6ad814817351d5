// The mean against running sums one after the other, with a division each, to the bit.
#include "core/segment/mean.h"

#include <cmath>
#include <cstddef>

#include <gtest/gtest.h>

#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

/// One pass along a row or column, in scipy's order.
Image<float> plain_mean_pass(const Image<float>& image, int size, int step_row, int step_col) {
  Image<float> result(image.rows(), image.cols());
  const int lines = step_row == 1 ? image.cols() : image.rows();
  const int length = step_row == 1 ? image.rows() : image.cols();
  for (int line = 0; line < lines; ++line) {
    const auto value = [&](int place) {
      return static_cast<double>(step_row == 1 ? clamped(image, place, line) : clamped(image, line, place));
    };
    double sum = 0;
    for (int k = -(size / 2); k <= size / 2; ++k) sum += value(k);
    for (int i = 0; i < length; ++i) {
      if (i > 0) sum += value(i + size / 2) - value(i - size / 2 - 1);
      result[i * step_row + line * step_col, i * step_col + line * step_row] = static_cast<float>(sum / size);
    }
  }
  return result;
}

Image<float> plain_mean(const Image<float>& image, int size) {
  return plain_mean_pass(plain_mean_pass(image, size, 1, 0), size, 0, 1);
}

TEST(Mean, IsTheRunningSumsQuotientToTheBit) {
  for (const Pixel shape : odd_shapes()) {
    for (const int levels : {1, 255, 65535}) {
      for (const float factor : {1.0F, 1.0F / 7, -1e-3F, 1e30F, 1e-40F}) {
        Image<float> image = noise(shape.row, shape.col, 3, levels);
        for (float& v : image.pixels()) v = v * factor - 3 * factor;
        for (const int size : {1, 3, 5, 7, 31}) {
          EXPECT_EQ(mean(image, size), plain_mean(image, size))
              << shape.row << " x " << shape.col << ", " << levels << ", " << factor << ", " << size;
        }
      }
    }
  }
}

TEST(Mean, RoundsTiesBetweenTwoSinglesAsADivisionDoes) {
  // Multiples of 2^-23 around 1 and 2: the fifth of a sum often lies in the middle between two singles.
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Image<float> image = noise(45, 70, seed, 200);
    for (float& v : image.pixels()) v = std::ldexp(v - 100, -23) + (seed % 2 == 0 ? 1 : 2);
    for (const int size : {3, 5, 9}) EXPECT_EQ(mean(image, size), plain_mean(image, size)) << seed << ", " << size;
  }
}

TEST(Mean, OfNoNumbersAndInfinitiesIsWhatADivisionGives) {
  Image<float> image = noise(40, 50, 1);
  image[20, 25] = HUGE_VALF;
  image[3, 40] = NAN;
  const Image<float> result = mean(image, 5);
  const Image<float> expected = plain_mean(image, 5);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const float a = result.pixels()[i];
    const float b = expected.pixels()[i];
    EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << i;
  }
}

}  // namespace
}  // namespace floodlight::test

// Filters against their definitions, written out plainly.

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/core/reference.h"
#include "tests/core/rows.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

Image<float> fractions(int rows, int cols, unsigned seed) {
  Image<float> image = noise(rows, cols, seed, 60000);
  for (float& v : image.pixels()) v = v / 7 - 1000;
  return image;
}

const Image<float>& grid() {
  static const Image<float> image = read_csv(asset_path("pixel_grid.csv"));
  return image;
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

TEST(Filter, GivesTheLecturesNumbersAtRow5Column14) {
  ASSERT_EQ((grid()[5, 14]), 209);
  EXPECT_EQ((median(grid(), 3)[5, 14]), 152);
  const std::vector<float> nine = neighbourhood(grid(), 5, 14, 3);
  EXPECT_EQ(std::accumulate(nine.begin(), nine.end(), 0.0), 1419);
  EXPECT_EQ((mean(grid(), 3)[5, 14]), static_cast<float>(1419.0 / 9));
  EXPECT_EQ(rounded(static_cast<double>(mean(grid(), 3)[5, 14])), 157.667);

  Kernel lecture{.rows = 5,
                 .cols = 5,
                 .weights = {1, 4, 7, 4, 1, 4, 16, 26, 16, 4, 7, 26, 41, 26, 7, 4, 16, 26, 16, 4, 1, 4, 7, 4, 1},
                 .divisor = 1};
  EXPECT_EQ(std::accumulate(lecture.weights.begin(), lecture.weights.end(), 0.0), 273);
  EXPECT_EQ((convolve(grid(), lecture)[5, 14]), 40504);
  lecture.divisor = 273;
  EXPECT_EQ(rounded(static_cast<double>(convolve(grid(), lecture)[5, 14])), 148.366);

  EXPECT_EQ(gaussian_weights(1).size(), 9U);
  EXPECT_EQ(rounded(static_cast<double>(gaussian(grid(), 1)[5, 14])), 149.096);
}

TEST(Filter, MeanRepeatsTheEdgePixelOutside) { EXPECT_EQ((mean(grid(), 5)[0, 0]), 11.36F); }

TEST(Filter, GaussianWeightsReachFourSigmaAndSumToOne) {
  EXPECT_EQ(gaussian_weights(0), std::vector{1.0});
  EXPECT_EQ(gaussian_weights(0.1), std::vector{1.0});
  EXPECT_EQ(gaussian_weights(3).size(), 25U);
  EXPECT_EQ(gaussian_weights(20).size(), 161U);
  for (const double sigma : {0.1, 0.5, 1.0, 2.5, 20.0, 60.0}) {
    const std::vector<double> w = gaussian_weights(sigma);
    EXPECT_NEAR(std::accumulate(w.begin(), w.end(), 0.0), 1, 1e-14) << sigma;
    EXPECT_TRUE(std::equal(w.begin(), w.end(), w.rbegin())) << sigma;
  }
}

TEST(Filter, GaussianIsTwoPassesInThePrescribedOrderOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = fractions(shape.row, shape.col, 2);
    for (const double sigma : {0.3, 1.0, 4.2}) {
      const std::vector<double> w = gaussian_weights(sigma);
      EXPECT_EQ(gaussian(image, sigma), plain_pass(plain_pass(image, w, 1, 0), w, 0, 1))
          << shape.row << " x " << shape.col << ", sigma " << sigma;
    }
  }
}

TEST(Filter, GaussianOfSigmaZeroLeavesTheImage) {
  const Image<float> image = fractions(9, 8, 4);
  EXPECT_EQ(gaussian(image, 0), image);
}

TEST(Filter, MedianIsTheMiddleOfTheSortedNeighbourhoodOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const int levels : {3, 60000}) {
      Image<float> image = noise(shape.row, shape.col, 6, levels);
      for (float& v : image.pixels()) v = v / 7 - 20;
      for (const int size : {1, 3, 5, 7, 31}) {
        EXPECT_EQ(median(image, size), plain_median(image, size))
            << shape.row << " x " << shape.col << ", " << size << ", levels " << levels;
      }
    }
  }
}

TEST(Filter, MedianAgreesWithItsDefinitionAcrossTiles) {
  const Image<float> image = fractions(150, 139, 8);
  for (const int size : {3, 5, 9, 13}) EXPECT_EQ(median(image, size), plain_median(image, size)) << size;
}

TEST(Filter, MedianFollowsSteepEdges) {
  Image<float> image(90, 90);
  for (int r = 0; r < 90; ++r) {
    for (int c = 0; c < 90; ++c) image[r, c] = static_cast<float>((r / 20 + c / 20) % 2 == 0 ? c : 10000 - r);
  }
  EXPECT_EQ(median(image, 11), plain_median(image, 11));
}

TEST(Filter, MeanIsTheWindowsMeanInTwoPassesOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = noise(shape.row, shape.col, 3, 65535);
    for (const int size : {1, 3, 5, 31}) {
      // Whole numbers: the running sums are exact, so the plain sums are the same to the last bit.
      Image<float> down(shape.row, shape.col);
      Image<float> expected(shape.row, shape.col);
      for (int pass = 0; pass < 2; ++pass) {
        for (int r = 0; r < shape.row; ++r) {
          for (int c = 0; c < shape.col; ++c) {
            double sum = 0;
            for (int k = -size / 2; k <= size / 2; ++k) {
              sum += static_cast<double>(pass == 0 ? clamped(image, r + k, c) : clamped(down, r, c + k));
            }
            (pass == 0 ? down : expected)[r, c] = static_cast<float>(sum / size);
          }
        }
      }
      const Image<float> result = mean(image, size);
      for (std::size_t i = 0; i < result.size(); ++i) {
        EXPECT_NEAR(result.pixels()[i], expected.pixels()[i], 65535 * 1e-7) << size;
      }
    }
  }
}

TEST(Filter, ConvolutionTurnsAnAsymmetricKernel) {
  const Image<float> image = image_of<float>({{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
  const Kernel kernel{.rows = 3, .cols = 3, .weights = {1, 2, 3, 4, 5, 6, 7, 8, 9}, .divisor = 2};
  EXPECT_EQ(convolve(image, kernel), image_of<float>({{0.5, 1, 1.5, 0}, {2, 2.5, 3, 0}, {3.5, 4, 4.5, 0}}));
}

TEST(Filter, ConvolutionTakesKernelsOfAnyOddShape) {
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = noise(shape.row, shape.col, 12);
    Kernel kernel{.rows = 5, .cols = 3, .weights = {}, .divisor = 3};
    for (int i = 0; i < 15; ++i) kernel.weights.push_back(i % 4 - 1);
    Image<float> expected(shape.row, shape.col);
    for (int r = 0; r < shape.row; ++r) {
      for (int c = 0; c < shape.col; ++c) {
        double sum = 0;
        for (int i = 0; i < 5; ++i) {
          for (int j = 0; j < 3; ++j) {
            sum += kernel.weights[static_cast<std::size_t>(3 * i + j)] *
                   static_cast<double>(clamped(image, r + 2 - i, c + 1 - j));
          }
        }
        expected[r, c] = static_cast<float>(sum / 3);
      }
    }
    EXPECT_EQ(convolve(image, kernel), expected) << shape.row << " x " << shape.col;
  }
}

TEST(Filter, OneValueIsOneWhereThePixelHasIt) {
  const Image<float> image(1, 5, {1, 2, 1.5F, 255, 1});
  EXPECT_EQ(one_value(image, 1), Image<float>(1, 5, {1, 0, 0, 0, 1}));
  EXPECT_EQ(one_value(image, 255), Image<float>(1, 5, {0, 0, 0, 1, 0}));
}

TEST(Filter, LeavesAnEmptyImageEmpty) {
  EXPECT_TRUE(gaussian(FloatView(), 1).empty());
  EXPECT_TRUE(mean(FloatView(), 3).empty());
  EXPECT_TRUE(median(FloatView(), 3).empty());
  EXPECT_TRUE(median(FloatView(), 5).empty());
}

TEST(Filter, PausesOftenOnALargeImageAndCanBeDropped) {
  const Image<float> image = noise(700, 900, 1);
  const auto slices = [](Sliced<Image<float>> work) {
    int count = 1;
    while (work.advance()) ++count;
    return count;
  };
  EXPECT_GE(slices(gaussian_in_slices(image, 10)), 20);
  EXPECT_GE(slices(mean_in_slices(image, 5)), 3);
  EXPECT_GE(slices(median_in_slices(image, 3)), 3);
  EXPECT_GE(slices(median_in_slices(image, 15)), 50);
  Sliced<Image<float>> dropped = median_in_slices(image, 15);
  EXPECT_TRUE(dropped.advance());
}

}  // namespace
}  // namespace floodlight::test

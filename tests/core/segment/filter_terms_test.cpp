// What is explained at a pixel is what the filter computes there.
#include "core/segment/filter_terms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "core/samples/samples.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

constexpr Pixel lecture_pixel{.row = 5, .col = 14};

const Image<float>& grid() {
  static const Image<float> image = make_sample("lecture_grid")->pixels;
  return image;
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

/// Not negative, so that sums do not cancel and a relative bound means something.
Image<float> fractions(Pixel shape, unsigned seed) {
  Image<float> image = noise(shape.row, shape.col, seed, 60000);
  for (float& v : image.pixels()) v = v / 7;
  return image;
}

/// A hundred pixels: the corners and edges first, then any.
std::vector<Pixel> places(FloatView image, unsigned seed) {
  Dice dice(seed);
  const int bottom = image.rows() - 1;
  const int right = image.cols() - 1;
  std::vector<Pixel> pixels{{0, 0}, {0, right}, {bottom, 0}, {bottom, right}};
  for (int i = 0; i < 8; ++i) {
    pixels.push_back({i % 2 == 0 ? 0 : bottom, roll(dice, 0, right)});
    pixels.push_back({roll(dice, 0, bottom), i % 2 == 0 ? 0 : right});
  }
  while (pixels.size() < 100) pixels.push_back({roll(dice, 0, bottom), roll(dice, 0, right)});
  return pixels;
}

void expect_near_relative(double explained, float filtered, const char* what) {
  const auto value = static_cast<double>(filtered);
  EXPECT_NEAR(explained, value, 1e-6 * std::abs(value)) << what;
}

/// What every table of terms promises, whatever the filter.
void expect_well_formed(const FilterTerms& t, FloatView image, Pixel pixel) {
  ASSERT_EQ(t.terms.size(), static_cast<std::size_t>(t.rows) * static_cast<std::size_t>(t.cols));
  double sum = 0;
  double size = 0;
  bool as_it_should = true;
  for (std::size_t i = 0; i < t.terms.size(); ++i) {
    const FilterTerm& term = t.terms[i];
    const int row = pixel.row - t.rows / 2 + static_cast<int>(i) / t.cols;
    const int col = pixel.col - t.cols / 2 + static_cast<int>(i) % t.cols;
    const Pixel source{.row = std::clamp(row, 0, image.rows() - 1), .col = std::clamp(col, 0, image.cols() - 1)};
    as_it_should = as_it_should && term.place == Pixel{.row = row, .col = col} && term.source == source &&
                   term.outside() == !image.contains(term.place) && term.product == term.value * term.weight;
    sum += term.product;
    size += std::abs(term.product);
  }
  EXPECT_TRUE(as_it_should);
  EXPECT_NEAR(t.sum, sum, 1e-12 * size);
  EXPECT_EQ(t.result, t.sum / t.divisor);
}

TEST(FilterTerms, GiveTheLecturesMedianAtRow5Column14) {
  const MedianTerms m = median_terms(grid(), 3, lecture_pixel);
  std::vector<double> values;
  for (const FilterTerm& term : m.sorted) values.push_back(term.value);
  EXPECT_EQ(values, (std::vector<double>{103, 106, 109, 136, 152, 179, 189, 209, 236}));
  EXPECT_EQ(m.middle, 4U);
  EXPECT_EQ(m.result, 152);
  EXPECT_EQ(m.window.size(), 9U);
  EXPECT_EQ(m.window[4].value, 209);
  EXPECT_EQ(m.window[4].place, lecture_pixel);
}

TEST(FilterTerms, GiveTheLecturesMeanAtRow5Column14) {
  const FilterTerms t = mean_terms(grid(), 3, lecture_pixel);
  EXPECT_EQ(t.sum, 1419);
  EXPECT_EQ(t.divisor, 9);
  EXPECT_EQ(rounded(t.result), 157.667);
}

TEST(FilterTerms, GiveTheLecturesKernelOf273AtRow5Column14) {
  const Kernel kernel = preset_kernel(KernelPreset::gaussian, 5);
  EXPECT_EQ(kernel.divisor, 273);
  const FilterTerms t = convolve_terms(grid(), kernel, lecture_pixel);
  EXPECT_EQ(t.sum, 40504);
  EXPECT_EQ(t.divisor, 273);
  EXPECT_EQ(rounded(t.result), 148.366);
}

TEST(FilterTerms, GiveTheLecturesGaussianOfSigma1As9x9WeightsThatSumToOne) {
  const FilterTerms t = gaussian_terms(grid(), 1, lecture_pixel);
  EXPECT_EQ(t.rows, 9);
  EXPECT_EQ(t.cols, 9);
  double weights = 0;
  for (const FilterTerm& term : t.terms) weights += term.weight;
  EXPECT_NEAR(weights, 1, 1e-14);
  EXPECT_EQ(t.divisor, 1);
  EXPECT_EQ(rounded(t.result), 149.096);

  const GaussianPasses passes = gaussian_passes(grid(), 1, lecture_pixel);
  EXPECT_EQ(passes.down.rows, 9);
  EXPECT_EQ(passes.down.cols, 1);
  EXPECT_EQ(passes.across.rows, 1);
  EXPECT_EQ(passes.across.cols, 9);
  EXPECT_EQ(rounded(passes.across.result), 149.096);
}

TEST(FilterTerms, TakeTheNearestEdgePixelOutsideTheImage) {
  const FilterTerms t = mean_terms(grid(), 5, {.row = 0, .col = 0});
  EXPECT_DOUBLE_EQ(t.result, 11.36);
  EXPECT_EQ(std::ranges::count_if(t.terms, &FilterTerm::outside), 16);
  EXPECT_EQ(t.terms.front().place, (Pixel{-2, -2}));
  EXPECT_EQ(t.terms.front().source, (Pixel{0, 0}));
  EXPECT_EQ(t.terms.front().value, 6);
}

TEST(FilterTerms, OfTheMeanAgreeWithTheFilterAnywhere) {
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = fractions(shape, 21);
    for (int size = 3; size <= 31; size += 2) {
      const Image<float> filtered = mean(image, size);
      for (const Pixel p : places(image, static_cast<unsigned>(size))) {
        const FilterTerms t = mean_terms(image, size, p);
        expect_well_formed(t, image, p);
        EXPECT_EQ(t.divisor, size * size);
        expect_near_relative(t.result, filtered[p], "mean");
      }
    }
  }
}

TEST(FilterTerms, OfTheGaussianAgreeWithTheFilterAnywhere) {
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = fractions(shape, 22);
    for (const double sigma : {0.0, 0.1, 0.3, 0.5, 1.0, 1.2, 2.0, 3.7, 5.0, 10.0, 20.0}) {
      const Image<float> filtered = gaussian(image, sigma);
      const auto side = static_cast<int>(gaussian_weights(sigma).size());
      for (const Pixel p : places(image, 5)) {
        const FilterTerms t = gaussian_terms(image, sigma, p);
        expect_well_formed(t, image, p);
        EXPECT_EQ(t.rows, side);
        EXPECT_EQ(t.cols, side);
        expect_near_relative(t.result, filtered[p], "gaussian");
      }
    }
  }
}

TEST(FilterTerms, OfTheGaussiansTwoPassesGiveTheFiltersValueToTheBit) {
  for (const Pixel shape : odd_shapes()) {
    Image<float> image = fractions(shape, 23);
    for (float& v : image.pixels()) v -= 3000;
    for (const double sigma : {0.0, 0.1, 0.3, 0.5, 1.0, 1.2, 2.0, 3.7, 5.0, 10.0, 20.0}) {
      const Image<float> filtered = gaussian(image, sigma);
      for (const Pixel p : places(image, 6)) {
        const GaussianPasses passes = gaussian_passes(image, sigma, p);
        EXPECT_EQ(static_cast<float>(passes.across.result), filtered[p]) << "sigma " << sigma;
        expect_well_formed(passes.down, image, p);
        expect_well_formed(passes.across, image, p);
        const FilterTerm& here = passes.across.terms[passes.across.terms.size() / 2];
        EXPECT_EQ(here.value, static_cast<double>(static_cast<float>(passes.down.result)));
      }
    }
  }
}

TEST(FilterTerms, OfTheMedianAreTheFiltersExactlyAnywhere) {
  for (const Pixel shape : odd_shapes()) {
    for (const int levels : {4, 60000}) {
      Image<float> image = noise(shape.row, shape.col, 24, levels);
      for (float& v : image.pixels()) v = v / 7 - 20;
      for (int size = 3; size <= 31; size += 2) {
        const Image<float> filtered = median(image, size);
        for (const Pixel p : places(image, static_cast<unsigned>(size))) {
          const MedianTerms m = median_terms(image, size, p);
          EXPECT_EQ(m.result, filtered[p]) << size;
          EXPECT_EQ(m.window.size(), static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
          EXPECT_EQ(m.middle, m.sorted.size() / 2);
        }
      }
    }
  }
}

TEST(FilterTerms, SortEqualValuesInRasterOrder) {
  const Image<float> image = noise(9, 9, 25, 2);
  const MedianTerms m = median_terms(image, 7, {.row = 1, .col = 7});
  for (std::size_t i = 1; i < m.sorted.size(); ++i) {
    const FilterTerm& a = m.sorted[i - 1];
    const FilterTerm& b = m.sorted[i];
    EXPECT_TRUE(a.value < b.value ||
                (a.value == b.value &&
                 (a.place.row < b.place.row || (a.place.row == b.place.row && a.place.col < b.place.col))));
  }
}

TEST(FilterTerms, OfAConvolutionAreTheFiltersExactlyAnywhere) {
  Dice dice(26);
  std::vector<Kernel> kernels;
  for (const Pixel shape : std::vector<Pixel>{{1, 1}, {3, 3}, {1, 5}, {5, 1}, {3, 7}, {7, 5}, {9, 9}, {11, 3}}) {
    Kernel kernel{.rows = shape.row, .cols = shape.col, .weights = {}, .divisor = roll(dice, 1, 90) / 8.0};
    for (int i = 0; i < shape.row * shape.col; ++i) kernel.weights.push_back(roll(dice, -60, 90) / 7.0);
    kernel.weights.front() = 0;
    kernels.push_back(std::move(kernel));
  }
  using enum KernelPreset;
  for (const KernelPreset preset : {identity, box, KernelPreset::gaussian, sharpen, sobel, laplacian}) {
    for (const int size : {1, 3, 5, 7}) kernels.push_back(preset_kernel(preset, size));
  }
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = fractions(shape, 27);
    for (const Kernel& kernel : kernels) {
      const Image<float> filtered = convolve(image, kernel);
      for (const Pixel p : places(image, 7)) {
        const FilterTerms t = convolve_terms(image, kernel, p);
        expect_well_formed(t, image, p);
        EXPECT_EQ(static_cast<float>(t.result), filtered[p]);
      }
    }
  }
}

TEST(FilterTerms, ShowAnAsymmetricKernelTurned) {
  const Image<float> image = image_of<float>({{0, 0, 0}, {0, 0, 1}, {0, 0, 0}});
  const Kernel kernel{.rows = 3, .cols = 3, .weights = {1, 2, 3, 4, 5, 6, 7, 8, 9}, .divisor = 1};
  const FilterTerms t = convolve_terms(image, kernel, {.row = 1, .col = 1});
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(t.terms[i].weight, 9 - static_cast<double>(i));
  EXPECT_EQ(t.result, 4);
}

TEST(FilterTerms, AWeightOfZeroKeepsAnInfiniteValueOut) {
  const Image<float> image = image_of<float>({{1, 2, std::numeric_limits<float>::infinity()}});
  const Kernel kernel{.rows = 1, .cols = 3, .weights = {0, 1, 1}, .divisor = 1};
  EXPECT_EQ(convolve_terms(image, kernel, {.row = 0, .col = 1}).result, 3);
}

TEST(KernelPresets, KeepTheBrightnessOrMarkItsChanges) {
  const auto total = [](const Kernel& kernel) {
    return std::accumulate(kernel.weights.begin(), kernel.weights.end(), 0.0);
  };
  using enum KernelPreset;
  for (const int size : {1, 3, 5, 7}) {
    for (const KernelPreset preset : {identity, box, KernelPreset::gaussian}) {
      const Kernel kernel = preset_kernel(preset, size);
      EXPECT_EQ(kernel.rows, size);
      EXPECT_EQ(kernel.cols, size);
      EXPECT_EQ(total(kernel), kernel.divisor) << size;
    }
  }
  EXPECT_EQ(preset_kernel(KernelPreset::gaussian).divisor, 16);
  EXPECT_EQ(total(preset_kernel(sharpen)), 1);
  EXPECT_EQ(total(preset_kernel(sobel)), 0);
  EXPECT_EQ(total(preset_kernel(laplacian)), 0);
  EXPECT_EQ(preset_kernel(sobel, 7).rows, 3) << "always of side 3";
}

TEST(KernelPresets, DoWhatTheirNamesSay) {
  using enum KernelPreset;
  const Image<float> image = fractions({.row = 12, .col = 15}, 28);
  EXPECT_EQ(convolve(image, preset_kernel(identity, 5)), image);
  const Image<float> ramp = image_of<float>({{0, 10, 20}, {0, 10, 20}, {0, 10, 20}});
  EXPECT_EQ((convolve(ramp, preset_kernel(sobel))[1, 1]), 80) << "brighter to the right is positive";
  const Image<float> spot = image_of<float>({{1, 1, 1}, {1, 3, 1}, {1, 1, 1}});
  EXPECT_EQ((convolve(spot, preset_kernel(laplacian))[1, 1]), -8);
  EXPECT_EQ((convolve(spot, preset_kernel(sharpen))[1, 1]), 11);
  EXPECT_EQ((convolve(spot, preset_kernel(box))[1, 1]), static_cast<float>(11.0 / 9));
}

TEST(KernelPresets, GaussiansAreSymmetric) {
  for (const int size : {3, 5, 7}) {
    const Kernel kernel = preset_kernel(KernelPreset::gaussian, size);
    for (int r = 0; r < size; ++r) {
      for (int c = 0; c < size; ++c) {
        const auto weight = [&](int row, int col) {
          return kernel.weights[static_cast<std::size_t>(row * size + col)];
        };
        EXPECT_EQ(weight(r, c), weight(c, r));
        EXPECT_EQ(weight(r, c), weight(size - 1 - r, c));
      }
    }
  }
}

}  // namespace
}  // namespace floodlight::test

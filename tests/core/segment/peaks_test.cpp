// Local maxima against plain window searches and pairwise distances.
#include "core/segment/peaks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/segment/distance_transform.h"
#include "tests/core/reference.h"
#include "tests/core/segment/mask_patterns.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

template <typename T>
void expect_plain(const Image<T>& image, const PeakOptions<T>& options) {
  EXPECT_EQ(peak_local_max<T>(image.view(), options), plain_peaks(image, options))
      << image.rows() << " x " << image.cols() << ", window " << options.window << ", distance " << options.min_distance
      << ", border " << (options.exclude_border ? "excluded" : "kept");
}

template <typename To>
Image<To> converted(const Image<float>& image) {
  Image<To> out(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), out.pixels().begin(), [](float v) { return static_cast<To>(v); });
  return out;
}

TEST(Peaks, AgreeWithAPlainSearchOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const int levels : {0, 2, 1000}) {
      const Image<float> image = noise(shape.row, shape.col, 31, levels);
      for (const int window : {0, 1, 3, 5, 25}) {
        for (const int apart : {0, 1, 2, 3, 10, 50}) {
          for (const bool exclude : {true, false}) {
            expect_plain<float>(image, {window, apart, exclude, std::nullopt});
            expect_plain<float>(image, {window, apart, exclude, 1.0F});
            expect_plain<std::int32_t>(converted<std::int32_t>(image), {window, apart, exclude, std::nullopt});
            expect_plain<std::int32_t>(converted<std::int32_t>(image), {window, apart, exclude, 1});
          }
        }
      }
    }
  }
}

TEST(Peaks, OfDistancesAgreeWithAPlainSearchOnEveryPattern) {
  for (const Mask& mask : mask_patterns()) {
    const Image<std::int32_t> squared = distance_squared(mask);
    for (const int window : {3, 9, 25}) expect_plain<std::int32_t>(squared, {window, 2, false, std::nullopt});
  }
}

TEST(Peaks, AreFoundWhereNearlyEveryPixelIsAsHighAsItsNeighbours) {
  Image<std::int32_t> plateau(70, 90);
  std::ranges::fill(plateau.pixels(), 8);
  plateau[35, 40] = 3;
  plateau[60, 11] = 9;
  for (const int window : {3, 25, 61}) expect_plain<std::int32_t>(plateau, {window, 5, true, std::nullopt});
}

TEST(Peaks, AreTheSameForWholeNumbersAndBothPrecisions) {
  const Image<float> image = noise(50, 60, 32, 300);
  const std::vector<Pixel> expected = peak_local_max<float>(image.view(), {.window = 7, .min_distance = 4});
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(peak_local_max<double>(converted<double>(image).view(), {.window = 7, .min_distance = 4}), expected);
  EXPECT_EQ(peak_local_max<std::int32_t>(converted<std::int32_t>(image).view(), {.window = 7, .min_distance = 4}),
            expected);
}

TEST(Peaks, ComeHighestFirstAndInRasterOrderAmongEquals) {
  const Image<float> image = image_of<float>({{0, 5, 0, 0, 0}, {0, 0, 0, 9, 0}, {5, 0, 0, 0, 0}, {0, 0, 5, 0, 0}});
  EXPECT_EQ(peak_local_max<float>(image.view(), {.min_distance = 1, .exclude_border = false}),
            (std::vector<Pixel>{{1, 3}, {0, 1}, {2, 0}, {3, 2}}));
}

TEST(Peaks, OfOneDistanceApartBothStay) {
  Image<float> image(1, 12);
  image[0, 2] = 5;
  image[0, 5] = 4;
  image[0, 7] = 3;
  EXPECT_EQ(peak_local_max<float>(image.view(), {.window = 3, .min_distance = 3, .exclude_border = false}),
            (std::vector<Pixel>{{0, 2}, {0, 5}}));
}

TEST(Peaks, AreNoneInAConstantImage) {
  Image<float> image(6, 6);
  std::ranges::fill(image.pixels(), 4.0F);
  EXPECT_TRUE(peak_local_max<float>(image.view(), {.exclude_border = false, .threshold_abs = 0.0F}).empty());
  EXPECT_TRUE(peak_local_max<float>(FloatView(), {}).empty());
}

TEST(Peaks, NearTheBorderAreDroppedByDefault) {
  Image<float> image(21, 21);
  image[10, 10] = 1;
  image[9, 3] = 2;
  EXPECT_EQ(peak_local_max<float>(image.view(), {.min_distance = 4}), (std::vector<Pixel>{{10, 10}}));
  EXPECT_TRUE(peak_local_max<float>(image.view(), {.min_distance = 11}).empty());
}

TEST(Peaks, TakeAMinimumDistanceLargerThanTheImage) {
  Image<float> image = noise(9, 12, 2, 1000);
  image[4, 4] = 2000;
  constexpr int huge = std::numeric_limits<int>::max();
  EXPECT_EQ(peak_local_max<float>(image.view(), {.min_distance = huge, .exclude_border = false}),
            (std::vector<Pixel>{{4, 4}}));
  EXPECT_TRUE(peak_local_max<float>(image.view(), {.min_distance = huge}).empty());
  EXPECT_EQ(peak_local_max<float>(image.view(), {.window = huge, .min_distance = 1, .exclude_border = false}),
            (std::vector<Pixel>{{4, 4}}));
}

TEST(Peaks, CutoffsOnSquaresDecideAsTheRootsWould) {
  for (const double cutoff : {-3.0, -0.0, 0.0, 0.5, 1.0, 1.5, 2.0, std::sqrt(2.0), std::nextafter(std::sqrt(2.0), 0.0),
                              std::nextafter(std::sqrt(7.0), 9.0), std::sqrt(7.0), 5.0, 100.25, 1000.0}) {
    const std::int32_t squared = squared_cutoff(cutoff);
    for (int d2 = 0; d2 < 1100000; d2 = d2 < 200 ? d2 + 1 : d2 + d2 / 50) {
      ASSERT_EQ(std::sqrt(static_cast<double>(d2)) > cutoff, d2 > squared) << cutoff << ", " << d2;
    }
  }
  EXPECT_EQ(squared_cutoff(1e9), std::numeric_limits<std::int32_t>::max());
}

TEST(Peaks, BecomeSeedsNumberedInRasterOrder) {
  const Components seeds = seeds_from_peaks({{3, 3}, {0, 2}, {1, 3}, {3, 0}}, 4, 4);
  EXPECT_EQ(seeds.count, 3);
  EXPECT_EQ(seeds.labels, image_of<Label>({{0, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}, {2, 0, 0, 3}}));
}

}  // namespace
}  // namespace floodlight::test

// The distance transform against a search through all background pixels.
#include "core/segment/distance_transform.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include <gtest/gtest.h>

#include "tests/core/reference.h"
#include "tests/core/segment/mask_patterns.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

TEST(DistanceTransform, MeasuresToTheNearestBackgroundPixelOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const double share : {0.0, 0.2, 0.5, 0.9, 0.99}) {
      Mask mask = noise_mask(shape.row, shape.col, 3, share);
      mask[shape.row / 2, shape.col / 3] = 0;
      EXPECT_EQ(distance_squared(mask), plain_distance(mask)) << shape.row << " x " << shape.col << ", " << share;
    }
  }
}

TEST(DistanceTransform, MeasuresEveryPatternThatHasBackground) {
  for (const Mask& mask : mask_patterns()) {
    if (std::ranges::find(mask.pixels(), 0) == mask.pixels().end()) continue;
    ASSERT_EQ(distance_squared(mask), plain_distance(mask)) << picture(mask);
  }
}

TEST(DistanceTransform, MeasuresRunsOfEveryLengthUpToFarOnes) {
  // Bars of growing length and height, some at the border, beside bars that no background is near.
  for (const int height : {1, 7, 39, 40, 41, 83, 130}) {
    Mask mask(height + 2, 300);
    for (int start = 0, length = 1; start < 300; start += length + 1, length += 9) {
      for (int col = start; col < std::min(start + length, 300); ++col) {
        for (int row = 1; row <= height; ++row) mask[row, col] = 1;
      }
    }
    ASSERT_EQ(distance_squared(mask), plain_distance(mask)) << height;
    std::ranges::fill(std::span(mask.pixels()).first(300), std::uint8_t{1});
    ASSERT_EQ(distance_squared(mask), plain_distance(mask)) << height;
  }
}

TEST(DistanceTransform, MeasuresFarFromOneBackgroundPixel) {
  for (const Pixel hole : {Pixel{0, 0}, {0, 49}, {37, 0}, {20, 25}}) {
    Mask mask(38, 50);
    std::ranges::fill(mask.pixels(), std::uint8_t{1});
    mask[hole] = 0;
    EXPECT_EQ(distance_squared(mask), plain_distance(mask));
  }
}

TEST(DistanceTransform, DoesNotTakeTheOutsideForBackground) {
  const Mask mask = mask_of({".####"});
  EXPECT_EQ(distance_squared(mask), image_of<std::int32_t>({{0, 1, 4, 9, 16}}));
}

TEST(DistanceTransform, MeasuresAMaskWithoutBackgroundToThePointAboveItsCorner) {
  const Mask mask = mask_of({"###", "###"});
  EXPECT_EQ(distance_squared(mask), image_of<std::int32_t>({{1, 2, 5}, {4, 5, 8}}));
}

TEST(DistanceTransform, TakesAnyNonZeroPixelForForeground) {
  Mask mask(1, 3);
  mask[0, 1] = 255;
  mask[0, 2] = 1;
  EXPECT_EQ(distance_squared(mask), image_of<std::int32_t>({{0, 1, 4}}));
}

TEST(DistanceTransform, GivesSquareRootsInDoubleAndRoundedOnceToSingle) {
  const Image<std::int32_t> squared = image_of<std::int32_t>({{0, 1, 2, 4, 2147418113}});
  EXPECT_EQ(distance(squared), image_of<double>({{0, 1, std::sqrt(2.0), 2, std::sqrt(2147418113.0)}}));
  EXPECT_EQ((distance_single(squared)[0, 2]), static_cast<float>(std::sqrt(2.0)));
}

TEST(DistanceTransform, PausesOnALargeImageWithoutChangingTheResult) {
  const Mask mask = noise_mask(600, 900, 3, 0.9);
  Sliced<Image<std::int32_t>> work = distance_squared_in_slices(mask);
  int slices = 1;
  while (work.advance()) ++slices;
  EXPECT_GE(slices, 8);
  EXPECT_EQ(work.take(), distance_squared(mask));
  EXPECT_TRUE(distance_squared(MaskView()).empty());
}

}  // namespace
}  // namespace floodlight::test

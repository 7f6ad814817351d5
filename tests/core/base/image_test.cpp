// Where a pixel lies in memory, and what a view shares with the image that it looks at.
#include "core/base/image.h"

#include <algorithm>
#include <type_traits>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

TEST(Image, KeepsPixelsRowAfterRow) {
  const Image<int> image(2, 3, {10, 11, 12, 20, 21, 22});
  EXPECT_EQ((image[0, 2]), 12);
  EXPECT_EQ((image[1, 0]), 20);
  EXPECT_EQ((image[Pixel{.row = 1, .col = 2}]), 22);
  EXPECT_EQ(image.view().index(1, 2), 5U);
  EXPECT_EQ(image.view().row(1), image.view().data() + 3);
  EXPECT_EQ(image.rows(), 2);
  EXPECT_EQ(image.cols(), 3);
  EXPECT_EQ(image.size(), 6U);
  EXPECT_EQ(image.pixels().size(), 6U);
  EXPECT_FALSE(image.empty());
}

TEST(Image, IsBornBlack) {
  const Image<float> image(7, 5);
  for (const float value : image.pixels()) EXPECT_EQ(value, 0.0F);
  EXPECT_EQ(image.pixels().size(), 35U);
}

TEST(Image, WithoutRowsOrColumnsIsEmpty) {
  EXPECT_TRUE(Image<int>().empty());
  EXPECT_TRUE(Image<int>(0, 4).empty());
  EXPECT_TRUE(Image<int>(4, 0).empty());
  EXPECT_TRUE(ImageView<int>().empty());
  EXPECT_FALSE((Image<int>(0, 4).contains({0, 0})));
}

TEST(Image, IsCountedBeyondWhatAnIntHolds) {
  int one = 0;
  const ImageView<int> view(&one, 60000, 60000);
  EXPECT_EQ(view.size(), 3600000000U);
  EXPECT_EQ(view.index(59999, 59999), 3599999999U);
}

TEST(Image, ContainsItsPixelsAndNoneBeside) {
  const Image<int> image(3, 4);
  for (int row = -2; row <= 5; ++row) {
    for (int col = -2; col <= 5; ++col) {
      const bool inside = (row == 0 || row == 1 || row == 2) && (col == 0 || col == 1 || col == 2 || col == 3);
      EXPECT_EQ(image.contains({row, col}), inside) << row << ", " << col;
    }
  }
}

TEST(ImageView, NearestIsThePixelAtTheEdge) {
  const Image<int> image(3, 4);
  for (int row = -3; row <= 6; ++row) {
    for (int col = -3; col <= 6; ++col) {
      // Of all pixels the one at the least distance, which is one only.
      Pixel nearest;
      int least = 1000;
      for (int r = 0; r < 3; ++r) {
        for (int c = 0; c < 4; ++c) {
          const int distance = (r - row) * (r - row) + (c - col) * (c - col);
          if (distance < least) nearest = {.row = r, .col = c};
          least = std::min(least, distance);
        }
      }
      EXPECT_EQ(image.view().nearest({row, col}), nearest) << row << ", " << col;
    }
  }
}

TEST(ImageView, SharesThePixels) {
  Image<int> image(2, 2);
  const ImageView<int> view = image;
  const ImageView<const int> constant = view;
  view[1, 0] = 7;
  image[Pixel{.row = 0, .col = 1}] = 5;
  EXPECT_EQ((image[1, 0]), 7);
  EXPECT_EQ((constant[1, 0]), 7);
  EXPECT_EQ((constant[Pixel{.row = 0, .col = 1}]), 5);
  static_assert(!std::is_convertible_v<ImageView<const int>, ImageView<int>>);
}

TEST(Image, CopiesHaveTheirOwnPixelsAndEqualWhenAllIsEqual) {
  const Image<int> image(2, 3, {1, 2, 3, 4, 5, 6});
  Image<int> copy = image;
  EXPECT_EQ(copy, image);
  copy[1, 2] = 0;
  EXPECT_NE(copy, image);
  EXPECT_EQ((image[1, 2]), 6);
  EXPECT_NE(image, (Image<int>(3, 2, {1, 2, 3, 4, 5, 6})));
}

TEST(Connectivity, HasTheNumbersOfScikitImage) {
  EXPECT_EQ(static_cast<int>(Connectivity::four), 1);
  EXPECT_EQ(static_cast<int>(Connectivity::eight), 2);
}

}  // namespace
}  // namespace floodlight::test

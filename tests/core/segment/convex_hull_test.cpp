// The convex hull against its definition, and against the pixels that scikit-image 0.26 fills.
#include "core/segment/convex_hull.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"
#include "tests/core/segment/plain.h"

namespace floodlight::testing {
namespace {

/// Adds an object that lies somewhere in a mask, its rows shifted so that it begins below the first.
ConvexHull hull_of(const std::vector<Pixel>& object) {
  const auto [first, last] = std::ranges::minmax(object, {}, &Pixel::row);
  ConvexHull hull;
  hull.start(first.row, last.row + 1);
  for (const Pixel p : object) hull.add(p);
  return hull;
}

/// Twice the area of the triangle, positive when c lies to one side of the line from a to b, all in halves of a pixel.
std::int64_t side(Pixel a, Pixel b, Pixel c) {
  return static_cast<std::int64_t>(b.row - a.row) * (c.col - a.col) -
         static_cast<std::int64_t>(b.col - a.col) * (c.row - a.row);
}

/// The diamonds' tips, in halves of a pixel.
std::vector<Pixel> tips_of(const std::vector<Pixel>& object) {
  std::vector<Pixel> tips;
  for (const Pixel p : object) {
    for (const Pixel d : {Pixel{-1, 0}, Pixel{1, 0}, Pixel{0, -1}, Pixel{0, 1}}) {
      tips.push_back({.row = 2 * p.row + d.row, .col = 2 * p.col + d.col});
    }
  }
  return tips;
}

std::int64_t plain_count(const std::vector<Pixel>& object) {
  const std::vector<Pixel> tips = tips_of(object);
  const auto [top, bottom] = std::ranges::minmax(object, {}, &Pixel::row);
  const auto [left, right] = std::ranges::minmax(object, {}, &Pixel::col);
  std::int64_t count = 0;
  for (int row = top.row - 1; row <= bottom.row + 1; ++row) {
    for (int col = left.col - 1; col <= right.col + 1; ++col) {
      count += test::in_hull(tips, {.row = 2 * row, .col = 2 * col}) ? 1 : 0;
    }
  }
  return count;
}

std::vector<Pixel> drawn(int rows, int cols, std::uint64_t seed, std::uint64_t percent) {
  std::vector<Pixel> object;
  std::uint64_t state = seed;
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      if ((state >> 40U) % 100 < percent) object.push_back({.row = row, .col = col});
    }
  }
  return object;
}

TEST(ConvexHull, HasThePixelsOfScikitImage) {
  struct Filled {
    int rows;
    int cols;
    std::uint64_t seed;
    std::uint64_t percent;
    std::size_t pixels;
    std::int64_t hull;  ///< skimage.morphology.convex_hull_image(mask).sum()
  };
  constexpr Filled filled[] = {{5, 7, 1, 20, 7, 17},   {9, 9, 2, 10, 9, 56},    {12, 20, 3, 6, 7, 71},
                               {20, 12, 4, 6, 9, 123}, {30, 30, 5, 2, 23, 689}, {1, 11, 6, 50, 5, 8},
                               {11, 1, 7, 50, 8, 9},   {40, 25, 8, 1, 13, 601}, {16, 16, 9, 60, 157, 254}};
  for (const Filled& f : filled) {
    const std::vector<Pixel> object = drawn(f.rows, f.cols, f.seed, f.percent);
    ASSERT_EQ(object.size(), f.pixels) << "the mask is not the one that was measured";
    EXPECT_EQ(hull_of(object).count_pixels(), f.hull) << f.rows << " x " << f.cols;
  }
}

TEST(ConvexHull, HasEveryPixelThatItsDefinitionHas) {
  Dice dice(3);
  for (int round = 0; round < 400; ++round) {
    std::vector<Pixel> object;
    for (int i = roll(dice, 1, 12); i > 0; --i) object.push_back({.row = roll(dice, 3, 14), .col = roll(dice, 5, 17)});
    EXPECT_EQ(hull_of(object).count_pixels(), plain_count(object)) << "round " << round;
  }
}

TEST(ConvexHull, HasCornersThatAreTipsTurnOneWayAndHoldAllOthers) {
  Dice dice(4);
  for (int round = 0; round < 400; ++round) {
    std::vector<Pixel> object;
    for (int i = roll(dice, 1, 12); i > 0; --i) object.push_back({.row = roll(dice, 3, 14), .col = roll(dice, 5, 17)});
    const std::vector<Pixel> tips = tips_of(object);
    const std::vector<Pixel> corners = hull_of(object).corners();
    ASSERT_GE(corners.size(), 4U);
    // It begins at the topmost, then leftmost tip.
    EXPECT_EQ(corners.front(),
              std::ranges::min(tips, [](Pixel a, Pixel b) { return a.row != b.row ? a.row < b.row : a.col < b.col; }));
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const Pixel a = corners[i];
      const Pixel b = corners[(i + 1) % corners.size()];
      const Pixel c = corners[(i + 2) % corners.size()];
      EXPECT_TRUE(std::ranges::contains(tips, a));
      // On the screen, where rows go down, clockwise is a turn to the right.
      EXPECT_LT(side(a, b, c), 0) << "round " << round << ", corner " << i;
      for (const Pixel tip : tips) EXPECT_LE(side(a, b, tip), 0) << "round " << round;
    }
  }
}

TEST(ConvexHull, OfOnePixelIsThatPixel) {
  ConvexHull hull = hull_of({{.row = 9, .col = 4}});
  EXPECT_EQ(hull.count_pixels(), 1);
  EXPECT_EQ(hull.corners(), (std::vector<Pixel>{{17, 8}, {18, 9}, {19, 8}, {18, 7}}));
}

TEST(ConvexHull, BegunAgainForgetsTheObjectBefore) {
  ConvexHull hull = hull_of(drawn(12, 20, 3, 6));
  hull.start(5, 6);
  hull.add({.row = 5, .col = 2});
  hull.add({.row = 5, .col = 6});
  EXPECT_EQ(hull.count_pixels(), 5);
}

}  // namespace
}  // namespace floodlight::testing

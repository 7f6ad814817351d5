// Lines of pixels: by hand, and against whole-number arithmetic.
#include "core/explain/profile.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using Pixels = std::vector<Pixel>;

TEST(LinePixels, FromAPixelToItselfIsThatPixel) { EXPECT_EQ(line_pixels({3, 4}, {3, 4}), (Pixels{{3, 4}})); }

TEST(LinePixels, RunStraightAndDiagonally) {
  EXPECT_EQ(line_pixels({2, 1}, {2, 4}), (Pixels{{2, 1}, {2, 2}, {2, 3}, {2, 4}}));
  EXPECT_EQ(line_pixels({4, 1}, {2, 1}), (Pixels{{4, 1}, {3, 1}, {2, 1}}));
  EXPECT_EQ(line_pixels({0, 2}, {2, 0}), (Pixels{{0, 2}, {1, 1}, {2, 0}}));
}

TEST(LinePixels, RoundHalvesAwayFromZero) {
  EXPECT_EQ(line_pixels({0, 0}, {1, 2}), (Pixels{{0, 0}, {1, 1}, {1, 2}}));
  EXPECT_EQ(line_pixels({1, 2}, {0, 0}), (Pixels{{1, 2}, {1, 1}, {0, 0}}));
  EXPECT_EQ(line_pixels({0, 0}, {-1, 2}), (Pixels{{0, 0}, {-1, 1}, {-1, 2}}));
  EXPECT_EQ(line_pixels({0, 0}, {4, 3}), (Pixels{{0, 0}, {1, 1}, {2, 2}, {3, 2}, {4, 3}}));
}

std::int64_t rounded_quotient(std::int64_t a, std::int64_t b) {
  return a >= 0 ? (2 * a + b) / (2 * b) : -((-2 * a + b) / (2 * b));
}

TEST(LinePixels, AgreeWithWholeNumberArithmeticBetweenAnyTwoPixels) {
  for (const Pixel from : Pixels{{0, 0}, {5, 9}, {-3, 4}, {1000, 20000}}) {
    for (int dr = -13; dr <= 13; ++dr) {
      for (int dc = -13; dc <= 13; ++dc) {
        const Pixels line = line_pixels(from, {.row = from.row + dr, .col = from.col + dc});
        const int steps = std::max(std::abs(dr), std::abs(dc));
        ASSERT_EQ(line.size(), static_cast<std::size_t>(steps) + 1);
        for (int i = 0; i <= steps && steps > 0; ++i) {
          const Pixel expected{.row = static_cast<int>(rounded_quotient(from.row * steps + i * dr, steps)),
                               .col = static_cast<int>(rounded_quotient(from.col * steps + i * dc, steps))};
          EXPECT_EQ(line[static_cast<std::size_t>(i)], expected);
        }
      }
    }
  }
}

TEST(LinePixels, AreTheSameInBothDirections) {
  for (int row = 0; row <= 9; ++row) {
    Pixels back = line_pixels({row, 17}, {4, 2});
    std::ranges::reverse(back);
    EXPECT_EQ(line_pixels({4, 2}, {row, 17}), back) << row;
  }
}

TEST(ValuesAlong, AreTheImagesInTheLinesOrder) {
  const Image<float> image = image_of<float>({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
  EXPECT_EQ(values_along(image, line_pixels({2, 2}, {0, 0})), (std::vector<float>{9, 5, 1}));
  EXPECT_EQ(values_along(image, line_pixels({0, 0}, {1, 2})), (std::vector<float>{1, 5, 6}));
  EXPECT_TRUE(values_along(image, {}).empty());
}

}  // namespace
}  // namespace floodlight::test

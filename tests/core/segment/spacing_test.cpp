// Spacing against a look at every pixel that was added.
#include "core/segment/spacing.h"

#include <cstdlib>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"

namespace floodlight::testing {
namespace {

std::optional<Pixel> plain_too_near(const std::vector<Pixel>& added, Pixel p, int min_distance) {
  for (const Pixel other : added) {
    if (std::abs(other.row - p.row) < min_distance && std::abs(other.col - p.col) < min_distance) return other;
  }
  return std::nullopt;
}

TEST(Spacing, KnowsTheFirstThatIsTooNear) {
  Dice dice(7);
  int refused = 0;
  int crowded = 0;  // where more than one was too near, and the first had to be found
  for (int round = 0; round < 300; ++round) {
    const int rows = roll(dice, 1, 40);
    const int cols = roll(dice, 1, 40);
    const int min_distance = roll(dice, 1, 9);
    Spacing spacing(min_distance, rows, cols);
    std::vector<Pixel> added;
    for (int i = 0; i < 150; ++i) {
      const Pixel p{.row = roll(dice, 0, rows - 1), .col = roll(dice, 0, cols - 1)};
      const auto expected = plain_too_near(added, p, min_distance);
      ASSERT_EQ(spacing.too_near_to(p), expected)
          << rows << " x " << cols << ", " << min_distance << ": " << p.row << ", " << p.col;
      if (!expected) {
        spacing.add(p);
        added.push_back(p);
        continue;
      }
      ++refused;
      int near = 0;
      for (const Pixel other : added) near += plain_too_near({other}, p, min_distance) ? 1 : 0;
      crowded += near > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(refused, 1000);
  EXPECT_GT(crowded, 1000);
}

TEST(Spacing, OfOneRefusesOnlyTheSamePixel) {
  Spacing spacing(1, 5, 5);
  spacing.add({.row = 2, .col = 2});
  EXPECT_EQ(spacing.too_near_to({.row = 2, .col = 3}), std::nullopt);
  EXPECT_EQ(spacing.too_near_to({.row = 2, .col = 2}), (Pixel{.row = 2, .col = 2}));
}

TEST(Spacing, ReachesAsFarAsTheDistanceLessOne) {
  Spacing spacing(10, 100, 100);
  spacing.add({.row = 50, .col = 50});
  for (int offset = -12; offset <= 12; ++offset) {
    const bool near = offset > -10 && offset < 10;
    EXPECT_EQ(spacing.too_near_to({.row = 50 + offset, .col = 50}).has_value(), near) << offset;
    EXPECT_EQ(spacing.too_near_to({.row = 50, .col = 50 + offset}).has_value(), near) << offset;
    EXPECT_EQ(spacing.too_near_to({.row = 50 + offset, .col = 50 - offset}).has_value(), near) << offset;
  }
}

TEST(Spacing, OfADistanceBeyondTheImageAllowsOne) {
  Spacing spacing(1'000'000, 3, 300);
  EXPECT_EQ(spacing.too_near_to({.row = 2, .col = 299}), std::nullopt);
  spacing.add({.row = 0, .col = 0});
  EXPECT_EQ(spacing.too_near_to({.row = 2, .col = 299}), (Pixel{.row = 0, .col = 0}));
}

}  // namespace
}  // namespace floodlight::testing

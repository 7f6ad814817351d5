#include "core/explain/outliers.h"

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(Outliers, LieMoreThanThreeInterquartileRangesFromTheQuartiles) {
  const std::vector<std::optional<double>> values = {350, 340, 360, 355, 345, 1739, 352, std::nullopt};
  const std::vector<bool> apart = lie_apart(values);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(apart[i], i == 5) << i;
}

TEST(Outliers, AreSoughtBelowAsWell) { EXPECT_TRUE(lie_apart({0.87, 0.86, 0.0, 0.88, 0.85, 0.84})[2]); }

TEST(Outliers, AreNoneAmongAFewOrAmongEqualSpread) {
  EXPECT_EQ(lie_apart({1, 1, 1, 100}), std::vector<bool>(4, false));
  EXPECT_EQ(lie_apart({1, 2, 3, 4, 5, 6, 7}), std::vector<bool>(7, false));
  EXPECT_TRUE(lie_apart({}).empty());
}

}  // namespace
}  // namespace floodlight

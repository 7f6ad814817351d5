// Adam's steps are those of its formula, and their length rises and falls as it should.
#include "core/learn/adam.h"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

TEST(Adam, TheRateRisesInEqualPartsAndFallsAlongHalfACosine) {
  const LearningSchedule schedule{.rate = 0.01, .warm_up = 20, .steps = 120};
  EXPECT_DOUBLE_EQ(learning_rate(schedule, 0), 0.0005);
  EXPECT_DOUBLE_EQ(learning_rate(schedule, 9), 0.005);
  EXPECT_DOUBLE_EQ(learning_rate(schedule, 19), 0.01);
  EXPECT_DOUBLE_EQ(learning_rate(schedule, 20), 0.01);
  EXPECT_DOUBLE_EQ(learning_rate(schedule, 70), 0.005);
  EXPECT_NEAR(learning_rate(schedule, 45), 0.005 * (1 + std::cos(std::numbers::pi / 4)), 1e-15);
  EXPECT_GT(learning_rate(schedule, 119), 0);
  EXPECT_EQ(learning_rate(schedule, 120), 0);
  EXPECT_EQ(learning_rate(schedule, 1000), 0);
}

TEST(Adam, AScheduleOfNothingButWarmUpOrWithoutOne) {
  EXPECT_DOUBLE_EQ(learning_rate({.rate = 1, .warm_up = 4, .steps = 4}, 3), 1);
  EXPECT_EQ(learning_rate({.rate = 1, .warm_up = 4, .steps = 4}, 4), 0);
  EXPECT_DOUBLE_EQ(learning_rate({.rate = 1, .warm_up = 0, .steps = 4}, 0), 1);
}

TEST(Adam, StepsAreThoseOfItsFormula) {
  std::vector<float> weights = {1, -2, 0.5, 0};
  const std::vector<double> start(weights.begin(), weights.end());
  Adam adam(weights.size());
  std::vector<double> m(4);
  std::vector<double> v(4);
  std::vector<double> w = start;
  for (int t = 1; t <= 50; ++t) {
    std::vector<float> gradient(4);
    for (std::size_t i = 0; i < 3; ++i) gradient[i] = static_cast<float>(std::sin(t * (static_cast<double>(i) + 1)));
    adam.step(weights, gradient, 0.01);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto g = static_cast<double>(gradient[i]);
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      w[i] -= 0.01 * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.999, t))) + 1e-8);
    }
  }
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(static_cast<double>(weights[i]), w[i], 1e-6) << i;
  EXPECT_EQ(weights[3], 0);  // without a gradient a weight stays
}

}  // namespace
}  // namespace floodlight::test

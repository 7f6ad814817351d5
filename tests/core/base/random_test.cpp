// The samplers: moments, and independence of streams.
#include "core/base/random.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/exact_math.h"

namespace floodlight {
namespace {

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <typename Draw>
Moments moments(Draw draw, int count = 200000) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < count; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

TEST(Random, UniformNumbersHaveTheirMoments) {
  Random random(1, 2);
  const Moments m = moments([&] { return random.uniform(); });
  EXPECT_NEAR(m.mean, 0.5, 0.003);
  EXPECT_NEAR(m.variance, 1.0 / 12, 0.001);
}

TEST(Random, NormalNumbersHaveTheirMomentsAndTails) {
  Random random(3, 4);
  int beyond = 0;
  const Moments m = moments([&] {
    const double x = random.normal();
    beyond += std::abs(x) > 2 ? 1 : 0;
    return x;
  });
  EXPECT_NEAR(m.mean, 0, 0.01);
  EXPECT_NEAR(m.variance, 1, 0.02);
  EXPECT_NEAR(beyond / 200000.0, 0.0455, 0.002);
  const Moments rough = moments([&] { return random.roughly_normal(); });
  EXPECT_NEAR(rough.mean, 0, 0.01);
  EXPECT_NEAR(rough.variance, 1, 0.02);
}

TEST(Random, PoissonsVarianceIsItsMean) {
  for (const double mean : {0.1, 0.9, 5.0, 9.99, 10.0, 14.0, 60.0, 1100.0, 250000.0}) {
    Random random(5, static_cast<std::uint64_t>(mean * 100));
    const Moments m = moments([&] { return random.poisson(mean); });
    EXPECT_NEAR(m.mean, mean, 4 * std::sqrt(mean / 200000)) << mean;
    EXPECT_NEAR(m.variance / mean, 1, 0.02) << mean;
  }
}

TEST(Random, PoissonCountsFollowTheFormula) {
  for (const double mean : {3.0, 25.0}) {
    Random random(6, 7);
    std::vector<int> seen(100);
    for (int i = 0; i < 200000; ++i) ++seen[static_cast<std::size_t>(random.poisson(mean))];
    double chi_squared = 0;
    int classes = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const double kk = static_cast<double>(k);
      const double expected = 200000 * std::exp(kk * std::log(mean) - mean - std::lgamma(kk + 1));
      if (expected < 10) continue;
      chi_squared += (seen[k] - expected) * (seen[k] - expected) / expected;
      ++classes;
    }
    EXPECT_LT(chi_squared, classes + 4 * std::sqrt(2.0 * classes)) << mean;
  }
}

TEST(Random, LognormalNumbersHaveTheirMeanAndSpread) {
  Random random(8, 9);
  const Moments m = moments([&] { return random.lognormal(16, 0.12); });
  EXPECT_NEAR(m.mean, 16, 0.03);
  EXPECT_NEAR(std::sqrt(m.variance) / m.mean, 0.12, 0.002);
  EXPECT_EQ(random.lognormal(16, 0), 16);
}

TEST(Random, StreamsAreRepeatableAndDiffer) {
  EXPECT_EQ(Random(1, 2, 3).bits(), Random(1, 2, 3).bits());
  EXPECT_NE(Random(1, 2, 3).bits(), Random(1, 2, 4).bits());
  EXPECT_NE(Random(1, 2, 3).bits(), Random(1, 3, 3).bits());
  EXPECT_NE(Random(1, 2, 3).bits(), Random(2, 2, 3).bits());
  const RandomField field(1, 2);
  EXPECT_NE(RandomField::lane(field.key(5), 0).bits(), RandomField::lane(field.key(5), 1).bits());
  EXPECT_NE(RandomField::lane(field.key(5), 0).bits(), RandomField::lane(field.key(6), 0).bits());
}

TEST(ExactMath, AnglesAgreeWithTheCLibraryInEveryDirection) {
  for (double turn = 0; turn < 6.3; turn += 0.000317) {
    for (const double radius : {1.0, 3e-300, 7e300}) {
      const double y = radius * std::sin(turn);
      const double x = radius * std::cos(turn);
      EXPECT_NEAR(exact_atan2(y, x), std::atan2(y, x), 1e-15 * std::abs(std::atan2(y, x))) << y << ", " << x;
    }
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double y : {0.0, -0.0, 1.0, -1.0, 1e-320, infinity, -infinity}) {
    for (const double x : {0.0, -0.0, 1.0, -1.0, 1e-320, infinity, -infinity}) {
      EXPECT_DOUBLE_EQ(exact_atan2(y, x), std::atan2(y, x)) << y << ", " << x;
      EXPECT_EQ(std::signbit(exact_atan2(y, x)), std::signbit(std::atan2(y, x))) << y << ", " << x;
    }
  }
  EXPECT_TRUE(std::isnan(exact_atan2(std::nan(""), 1)));
  EXPECT_TRUE(std::isnan(exact_atan2(1, std::nan(""))));
}

TEST(ExactMath, AgreesWithTheCLibraryToItsLastDigits) {
  for (double x = -700; x < 700; x += 1.37) EXPECT_NEAR(exact_exp(x) / std::exp(x), 1, 2e-15) << x;
  for (double x = 1e-300; x < 1e300; x *= 3.7)
    EXPECT_NEAR(exact_log(x), std::log(x), 1e-15 * (1 + std::abs(std::log(x))));
  for (double x = 0.5; x < 2; x += 0.001) EXPECT_NEAR(exact_log(x), std::log(x), 1e-15);
  for (double t = -3; t < 3; t += 0.0137) {
    EXPECT_NEAR(exact_sine_cosine(t).sine, std::sin(2 * 3.14159265358979323846 * t), 1e-14) << t;
    EXPECT_NEAR(exact_sine_cosine(t).cosine, std::cos(2 * 3.14159265358979323846 * t), 1e-14) << t;
  }
  EXPECT_NEAR(exact_pow(2, 1.0 / 3), std::cbrt(2.0), 1e-15);
  for (double k = 0; k < 1000; k += 1) EXPECT_NEAR(log_factorial(k), std::lgamma(k + 1), 1e-9) << k;
}

}  // namespace
}  // namespace floodlight

// Cutoffs: the lecture's own, the constant image's, the refusals.

#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

#include <gtest/gtest.h>

#include "core/segment/label.h"
#include "tests/core/reference.h"
#include "tests/core/rows.h"

namespace floodlight::test {
namespace {

/// All but the cutoff by hand.
std::span<const ThresholdRow* const> methods() { return all_thresholds().subspan(1); }

int count(const Mask& mask) { return std::accumulate(mask.pixels().begin(), mask.pixels().end(), 0); }

TEST(Threshold, SelectsTheLecturesPixelsAndObjects) {
  const Image<float> grid = read_csv(asset_path("pixel_grid.csv"));
  const Mask low = above(grid, 50);
  const Mask high = above(grid, 100);
  EXPECT_EQ(count(low), 110);
  EXPECT_EQ(label(low).count, 3);
  EXPECT_EQ(count(high), 81);
  EXPECT_EQ(label(high).count, 4);
}

TEST(Threshold, IsStrictSoThat83IsNotAbove83) {
  const Image<float> grid = read_csv(asset_path("pixel_grid.csv"));
  ASSERT_EQ((grid[18, 7]), 83);
  EXPECT_EQ((above(grid, 83)[18, 7]), 0);
  EXPECT_EQ((above(grid, std::nextafter(83.0, 0.0))[18, 7]), 1);
}

TEST(Threshold, ComparesWithCutoffsThatSinglePrecisionCannotHold) {
  const Image<float> image = image_of<float>({{0.1F, 3e38F, -3e38F}});
  EXPECT_EQ(picture(above(image, 0.1)), "##.\n") << "0.1 in single precision is a little more than in double";
  EXPECT_EQ(picture(above(image, 1e300)), "...\n");
  EXPECT_EQ(picture(above(image, -1e300)), "###\n");
  EXPECT_EQ(picture(above(image, std::numeric_limits<double>::quiet_NaN())), "...\n");
}

TEST(Threshold, OfAConstantImageIsItsValue) {
  const Image<float> image = image_of<float>({{0.1F, 0.1F}, {0.1F, 0.1F}});
  for (const ThresholdRow* method : methods()) EXPECT_EQ(cutoff_of(image, *method).value(), static_cast<double>(0.1F));
}

TEST(Threshold, MeanIsTheMeanOfAllPixels) {
  EXPECT_DOUBLE_EQ(cutoff_of(image_of<float>({{1, 2, 3, 10}}), thresholds::mean).value(), 4);
}

TEST(Threshold, OtsuPartsTwoLevelsBetweenThem) {
  const Image<float> image = image_of<float>({{10, 10, 10, 200}, {10, 10, 200, 200}});
  const double cutoff = cutoff_of(image, thresholds::otsu).value();
  EXPECT_GE(cutoff, 10);
  EXPECT_LT(cutoff, 200);
}

TEST(Threshold, OtsuTakesTheBestBinOfAPlainSearch) {
  const Image<float> image = noise(60, 60, 5, 65535);
  const double found = cutoff_of(image, thresholds::otsu).value();
  const auto separation = [&](double cutoff) {
    double n1 = 0;
    double n2 = 0;
    double s1 = 0;
    double s2 = 0;
    for (const float v : image.pixels()) (static_cast<double>(v) <= cutoff ? n1 : n2) += 1;
    for (const float v : image.pixels()) (static_cast<double>(v) <= cutoff ? s1 : s2) += static_cast<double>(v);
    return n1 * n2 * (s1 / n1 - s2 / n2) * (s1 / n1 - s2 / n2);
  };
  double best = 0;
  for (int i = 1; i < 255; ++i) best = std::max(best, separation(i * 256.0));
  EXPECT_NEAR(separation(found) / best, 1, 0.01);
}

TEST(Threshold, LiStopsWhereItsTwoMeansAgreeWithIt) {
  const Image<float> image = noise(50, 50, 9, 1000);
  const double cutoff = cutoff_of(image, thresholds::li).value();
  double n1 = 0;
  double n2 = 0;
  double s1 = 0;
  double s2 = 0;
  for (const float v : image.pixels()) (static_cast<double>(v) > cutoff ? n1 : n2) += 1;
  for (const float v : image.pixels()) (static_cast<double>(v) > cutoff ? s1 : s2) += static_cast<double>(v);
  const double logarithmic_mean = (s2 / n2 - s1 / n1) / (std::log(s2 / n2) - std::log(s1 / n1));
  EXPECT_NEAR(cutoff, logarithmic_mean, 0.5) << "half the step between grey values is as near as Li's search goes";
}

TEST(Threshold, MinimumRefusesAHistogramWithOneHill) {
  std::vector<float> values;
  for (int v = 0; v < 256; ++v)
    values.insert(values.end(), static_cast<std::size_t>(200 - std::abs(v - 128)), static_cast<float>(v));
  const int pixels = static_cast<int>(values.size());
  const Image<float> hill(1, pixels, std::move(values));
  const Result<double> cutoff = cutoff_of(hill, thresholds::minimum);
  ASSERT_FALSE(cutoff.has_value());
  EXPECT_NE(cutoff.error().message.find("two hills"), std::string::npos) << cutoff.error().message;
}

TEST(Threshold, AnswersOrRefusesWithASentenceOnAnyImageAndAnyBins) {
  int refused = 0;
  for (const Pixel shape : odd_shapes()) {
    for (const int bins : {1, 2, 3, 256}) {
      for (const ThresholdRow* method : methods()) {
        const Image<float> image = noise(shape.row, shape.col, 11, 40);
        const Result<double> cutoff = cutoff_of(image, *method, bins);
        if (!cutoff) {
          ++refused;
          EXPECT_TRUE(method == &thresholds::minimum || method == &thresholds::isodata) << "others always answer";
          EXPECT_TRUE(cutoff.error().message.ends_with('.'));
        } else {
          EXPECT_GE(*cutoff, 0);
          EXPECT_LE(*cutoff, 40);
        }
      }
    }
  }
  EXPECT_GT(refused, 0) << "no image tried a refusal";
}

TEST(Threshold, RefusesAnEmptyImage) { EXPECT_FALSE(cutoff_of(FloatView(), thresholds::otsu).has_value()); }

TEST(Threshold, ARangeThatIsTooFineForTheBinsIsRefused) {
  // Next to 100000 and 2^32 there are no 256 float32 values.
  for (const auto& [low, high] : {std::pair{100000.0F, 100001.0F}, std::pair{4294966784.0F, 4294967296.0F}}) {
    const Image<float> image(1, 4, {low, low, high, high});
    for (const ThresholdRow* method :
         {&thresholds::otsu, &thresholds::yen, &thresholds::triangle, &thresholds::isodata, &thresholds::minimum}) {
      const auto cutoff = cutoff_of(image, *method);
      ASSERT_FALSE(cutoff);
      EXPECT_EQ(
          cutoff.error().message,
          "The values are too close together for 256 bins in float32; take fewer bins, another method, or set the "
          "cutoff by hand.");
    }
    EXPECT_TRUE(cutoff_of(image, thresholds::mean));
    EXPECT_TRUE(cutoff_of(image, thresholds::li));
    EXPECT_TRUE(cutoff_of(image, thresholds::otsu, 2));
  }
}

TEST(Threshold, ValuesNearTheLargestFloatNeverGiveNanOrInfinity) {
  constexpr float huge = std::numeric_limits<float>::max();
  for (const Image<float>& image : {Image<float>(1, 3, {-huge, 0, huge}), Image<float>(1, 4, {0, 1, huge, huge})}) {
    for (const ThresholdRow* method : methods()) {
      const auto cutoff = cutoff_of(image, *method);
      EXPECT_TRUE(!cutoff || std::isfinite(*cutoff)) << method->name;
    }
  }
  EXPECT_EQ(cutoff_of(Image<float>(1, 3, {-huge, 0, huge}), thresholds::otsu).error().message,
            "The values span more than float32 can hold; set the cutoff by hand, or divide the image first.");
}

}  // namespace
}  // namespace floodlight::test

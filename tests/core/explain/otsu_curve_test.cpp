// Otsu's curve against its definition, its best split against the threshold, whole numbers against scikit-image's rule.
#include "core/explain/otsu_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/samples/samples.h"
#include "core/segment/filter.h"
#include "core/segment/threshold.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

/// Counts as random as can be: many empty bins, a few tall ones, or two hills.
Histogram random_histogram(Dice& dice) {
  const auto bins = static_cast<std::size_t>(roll(dice, 2, 300));
  const int kind = roll(dice, 0, 2);
  const float width = static_cast<float>(roll(dice, 1, 1000)) / 37;
  Histogram h;
  for (std::size_t i = 0; i <= bins; ++i) h.edges.push_back(static_cast<float>(i) * width + 11);
  for (std::size_t i = 0; i < bins; ++i) {
    h.centres.push_back((h.edges[i] + h.edges[i + 1]) / 2);
    std::int64_t count = roll(dice, 0, 1000);
    if (kind == 1 && roll(dice, 0, 3) != 0) count = 0;
    if (kind == 2) count /= 1 + std::abs(roll(dice, 0, 1) * 100 + 40 - static_cast<int>(i)) / 10;
    h.counts.push_back(count);
  }
  h.counts.front() += 1;
  h.counts.back() += 1;
  return h;
}

void expect_best_is_the_threshold(const Histogram& h, const std::string& what) {
  const OtsuCurve curve = otsu_curve(h);
  if (h.counts.size() == 1) {
    EXPECT_TRUE(curve.splits.empty()) << what;
    return;
  }
  ASSERT_LT(curve.best, curve.splits.size()) << what;
  EXPECT_EQ(curve.splits[curve.best].cutoff, threshold(h, ThresholdMethod::otsu).value()) << what;
}

TEST(OtsuCurve, BestIsTheThresholdOnRandomHistograms) {
  Dice dice(31);
  for (int round = 0; round < 2000; ++round)
    expect_best_is_the_threshold(random_histogram(dice), std::to_string(round));
}

TEST(OtsuCurve, BestIsTheThresholdOnImages) {
  for (const SampleInfo& info : samples()) {
    if (info.group == SampleGroup::small) {
      expect_best_is_the_threshold(histogram(make_sample(info.id)->pixels), std::string(info.id));
    }
  }
  for (const char* id : {"nuclei_01", "nuclei_07", "case_debris", "case_crowded"}) {
    expect_best_is_the_threshold(histogram(make_sample(id)->pixels), id);
  }
  for (const Pixel shape : odd_shapes()) {
    for (const int bins : {1, 2, 3, 256}) {
      expect_best_is_the_threshold(histogram(noise(shape.row, shape.col, 32, 40), bins), std::to_string(bins));
    }
  }
}

TEST(OtsuCurve, BestIsTheThresholdOnTheReferenceImages) {
  if (!shared_path("nuclei/nuclei_01.tif")) GTEST_SKIP() << "the reference folder is not there";
  for (int number = 1; number <= 25; ++number) {
    const std::string name = "nuclei/nuclei_" + std::string(number < 10 ? "0" : "") + std::to_string(number) + ".tif";
    const auto path = shared_path(name);
    ASSERT_TRUE(path) << name;
    const Image<float> image = read_image(*path);
    expect_best_is_the_threshold(histogram(image), name);
    expect_best_is_the_threshold(histogram(gaussian(image, 1)), name + ", filtered");
  }
}

TEST(OtsuCurve, BestIsNearTheLargestVariance) {
  Dice dice(33);
  for (int round = 0; round < 500; ++round) {
    const OtsuCurve curve = otsu_curve(random_histogram(dice));
    const double largest = std::ranges::max(curve.splits, {}, &OtsuSplit::variance).variance;
    EXPECT_NEAR(curve.splits[curve.best].variance, largest, 1e-4 * largest);
  }
}

TEST(OtsuCurve, SharesAndMeansAreThoseOfTheTwoClasses) {
  Dice dice(34);
  for (int round = 0; round < 100; ++round) {
    const Histogram h = random_histogram(dice);
    const OtsuCurve curve = otsu_curve(h);
    ASSERT_EQ(curve.splits.size(), h.counts.size() - 1);
    for (std::size_t i = 0; i < curve.splits.size(); ++i) {
      double count[2] = {};
      double sum[2] = {};
      for (std::size_t k = 0; k < h.counts.size(); ++k) {
        count[k > i] += static_cast<double>(h.counts[k]);
        sum[k > i] += static_cast<double>(h.counts[k]) * static_cast<double>(h.centres[k]);
      }
      const double total = count[0] + count[1];
      const OtsuSplit& split = curve.splits[i];
      EXPECT_EQ(split.cutoff, static_cast<double>(h.centres[i]));
      EXPECT_DOUBLE_EQ(split.weight_below, count[0] / total);
      EXPECT_DOUBLE_EQ(split.weight_above, count[1] / total);
      EXPECT_NEAR(split.mean_below, sum[0] / count[0], 1e-12 * sum[0] / count[0]);
      EXPECT_NEAR(split.mean_above, sum[1] / count[1], 1e-12 * sum[1] / count[1]);
      const double apart = sum[0] / count[0] - sum[1] / count[1];
      EXPECT_NEAR(split.variance, count[0] / total * count[1] / total * apart * apart, 1e-9 * split.variance);
    }
  }
}

TEST(OtsuCurve, OfFourPixelsByHand) {
  const Histogram h{.edges = {0, 2, 4, 6}, .centres = {1, 3, 5}, .counts = {1, 1, 2}};
  const OtsuCurve curve = otsu_curve(h);
  ASSERT_EQ(curve.splits.size(), 2U);
  EXPECT_EQ(curve.splits[0].weight_below, 0.25);
  EXPECT_EQ(curve.splits[0].mean_below, 1);
  EXPECT_DOUBLE_EQ(curve.splits[0].mean_above, 13.0 / 3);
  EXPECT_EQ(curve.splits[1].weight_above, 0.5);
  EXPECT_EQ(curve.splits[1].mean_below, 2);
  EXPECT_EQ(curve.splits[1].variance, 2.25);
  EXPECT_EQ(curve.best, 1U);
}

TEST(OtsuCurve, AClassWithoutPixelsMakesNoVariance) {
  const Histogram h{.edges = {0, 2, 4, 6}, .centres = {1, 3, 5}, .counts = {0, 4, 4}};
  const OtsuSplit split = otsu_curve(h).splits.front();
  EXPECT_EQ(split.weight_below, 0);
  EXPECT_EQ(split.mean_below, 1);
  EXPECT_EQ(split.variance, 0);
}

TEST(OtsuCurve, OfAConstantImageIsEmpty) {
  EXPECT_TRUE(otsu_curve(histogram(image_of<float>({{7, 7}, {7, 7}}))).splits.empty());
}

/// Parity's rule written out: every bin from the smallest to the largest number, and a plain search through all of them.
std::int64_t plain_otsu(FloatView image) {
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
  std::vector<double> variances;
  for (float cutoff = smallest; cutoff < largest; ++cutoff) {
    double count[2] = {};
    double sum[2] = {};
    for (const float v : image.pixels()) {
      count[v > cutoff] += 1;
      sum[v > cutoff] += static_cast<double>(v);
    }
    const double apart = sum[0] / count[0] - sum[1] / count[1];
    variances.push_back(static_cast<double>(static_cast<float>(count[0]) * static_cast<float>(count[1])) *
                        (apart * apart));
  }
  if (variances.empty()) return static_cast<std::int64_t>(smallest);
  return static_cast<std::int64_t>(smallest) + (std::ranges::max_element(variances) - variances.begin());
}

TEST(OtsuOfIntegers, OfTheLecturesGridIs83) {
  EXPECT_EQ(otsu_of_integers(make_sample("lecture_grid")->pixels).value(), 83);
}

TEST(OtsuOfIntegers, TakesTheFirstBestNumberOfAPlainSearch) {
  for (const Pixel shape : odd_shapes()) {
    for (const int largest : {1, 3, 40, 255, 2000}) {
      for (unsigned seed = 0; seed < 3; ++seed) {
        const Image<float> image = noise(shape.row, shape.col, 35 + seed, largest);
        EXPECT_EQ(otsu_of_integers(image).value(), plain_otsu(image)) << shape.row << " x " << shape.col;
      }
    }
  }
  Dice dice(36);
  for (int round = 0; round < 20; ++round) {
    Image<float> image = testing::blobs(dice, 40, 50, 8);
    for (float& v : image.pixels()) v = std::floor(v);
    EXPECT_EQ(otsu_of_integers(image).value(), plain_otsu(image));
  }
}

TEST(OtsuOfIntegers, TakesTheLowestOfEquallyGoodNumbers) {
  EXPECT_EQ(otsu_of_integers(image_of<float>({{10, 10, 200, 200}})).value(), 10);
}

TEST(OtsuOfIntegers, TakesTheWholeRangeOf16Bits) {
  EXPECT_EQ(otsu_of_integers(image_of<float>({{0, 0, 65535, 65534}})).value(), 0);
}

TEST(OtsuOfIntegers, OfAConstantImageIsItsValue) {
  EXPECT_EQ(otsu_of_integers(image_of<float>({{65535, 65535}})).value(), 65535);
}

TEST(OtsuOfIntegers, RefusesWhatIsNoWholeNumberAndSaysWhere) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const float odd : {3.5F, -1.0F, 65536.0F, infinity, -infinity, std::numeric_limits<float>::quiet_NaN()}) {
    const auto result = otsu_of_integers(image_of<float>({{1, 2, 3}, {4, 5, odd}}));
    ASSERT_FALSE(result) << odd;
    EXPECT_NE(result.error().message.find("row 1, column 2"), std::string::npos) << result.error().message;
    EXPECT_TRUE(result.error().message.ends_with("whole numbers from 0 to 65535."));
  }
  const auto result = otsu_of_integers(image_of<float>({{3.5F, 2}}));
  EXPECT_EQ(result.error().message,
            "The pixel at row 0, column 0 is 3.5, but one bin for each number needs whole numbers from 0 to 65535.");
  EXPECT_FALSE(otsu_of_integers(FloatView()));
}

}  // namespace
}  // namespace floodlight::test

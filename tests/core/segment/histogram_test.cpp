// Bins as numpy makes them.
#include "core/segment/histogram.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

TEST(Histogram, CountsEveryPixelInTheBinWhoseEdgesHoldIt) {
  for (const int largest : {1, 7, 255, 65535}) {
    Image<float> image = noise(40, 37, 1, largest);
    for (float& v : image.pixels()) v = v * 0.37F - 11;
    for (const int bins : {1, 2, 10, 256}) {
      const Histogram h = histogram(image, bins);
      ASSERT_EQ(h.edges.size(), static_cast<std::size_t>(bins) + 1);
      ASSERT_EQ(h.counts.size(), static_cast<std::size_t>(bins));
      EXPECT_EQ(h.edges.front(), *std::ranges::min_element(image.pixels()));
      EXPECT_EQ(h.edges.back(), *std::ranges::max_element(image.pixels()));
      std::vector<std::int64_t> counts(h.counts.size());
      for (const float v : image.pixels()) {
        std::size_t bin = 0;
        while (bin + 1 < counts.size() && v >= h.edges[bin + 1]) ++bin;
        ++counts[bin];
      }
      EXPECT_EQ(h.counts, counts) << largest << ", " << bins << " bins";
    }
  }
}

TEST(Histogram, TakesEdgesAndCentresInSinglePrecision) {
  const Histogram h = histogram(image_of<float>({{1, 2, 3, 11}}), 3);
  const float step = 10.0F / 3;
  EXPECT_EQ(h.edges, (std::vector<float>{1, step + 1, 2 * step + 1, 11}));
  EXPECT_EQ(h.centres[0], (1 + (step + 1)) / 2);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{3, 0, 1}));
}

TEST(Histogram, PutsAValueOnAnEdgeIntoTheBinThatBeginsThereAndTheMaximumIntoTheLast) {
  const Histogram h = histogram(image_of<float>({{0, 1, 2, 3, 4}}), 4);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{1, 1, 1, 2}));
}

TEST(Histogram, GivesAConstantImageOneBinOfNoWidth) {
  const Histogram h = histogram(image_of<float>({{7, 7}, {7, 7}}));
  EXPECT_EQ(h.edges, (std::vector<float>{7, 7}));
  EXPECT_EQ(h.centres, (std::vector<float>{7}));
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{4}));
}

TEST(Histogram, CountsEverythingWhereTheRangeIsAFewUnitsInTheLastPlace) {
  const Histogram h = histogram(image_of<float>({{16777216, 16777218, 16777220}}));
  EXPECT_EQ(std::accumulate(h.counts.begin(), h.counts.end(), std::int64_t{0}), 3);
}

TEST(Histogram, NeverGrowsWithTheValueRange) {
  Image<float> image = noise(20, 20, 3);
  image[0, 0] = 4e9F;
  EXPECT_EQ(histogram(image).counts.size(), 256U);
  EXPECT_EQ(histogram(image).counts.front(), 399);
}

}  // namespace
}  // namespace floodlight::test

// Bins as numpy makes them.
#include "core/segment/histogram.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

/// The counts as numpy makes them, with its division for every pixel.
std::vector<std::int64_t> numpy_counts(FloatView image, std::span<const float> edges) {
  const std::size_t n = edges.size() - 1;
  std::vector<std::int64_t> counts(n);
  for (const float value : image.pixels()) {
    const float position = (value - edges.front()) / (edges.back() - edges.front()) * static_cast<float>(n);
    std::size_t i = position < static_cast<float>(n) ? static_cast<std::size_t>(position) : n - 1;
    if (value < edges[i]) {
      --i;
    } else if (i + 1 < n && value >= edges[i + 1]) {
      ++i;
    }
    ++counts[i];
  }
  return counts;
}

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

TEST(Histogram, CountsAsNumpyDoesHoweverWideTheBins) {
  struct Range {
    float factor;
    float offset;
  };
  for (const auto& [factor, offset] :
       {Range{1, 0}, Range{0.1F, -7}, Range{1e-3F, 100}, Range{1e-4F, 1000}, Range{1, 16777216}, Range{1e30F, 0},
        Range{1e-30F, 0}, Range{1e-42F, 0}, Range{1e-44F, 0}, Range{1e33F, -3e37F}, Range{-1, 0}}) {
    for (const int largest : {1, 3, 255, 300, 4095, 65535}) {
      Image<float> image = noise(33, 31, 7, largest);
      for (float& v : image.pixels()) v = v * factor + offset;
      for (const int bins : {1, 2, 3, 255, 256, 1000, 65536}) {
        const Histogram h = histogram(image, bins);
        if (h.counts.size() == 1) continue;
        EXPECT_EQ(h.counts, numpy_counts(image, h.edges))
            << factor << ", " << offset << ", " << largest << ", " << bins;
      }
    }
  }
}

TEST(Histogram, CountsAsNumpyDoesOnTheEdgesAndBesideThem) {
  Image<float> image(1, 3 * 255);
  for (const float largest : {256.0F, 100.0F, 1e-3F, 77777.7F}) {
    for (const float offset : {0.0F, -0.3F, 12345.6F}) {
      const Histogram h = histogram(image_of<float>({{offset, offset + largest}}));
      for (int i = 0; i < 255; ++i) {
        const float edge = h.edges[static_cast<std::size_t>(i) + 1];
        image[0, 3 * i] = std::nextafter(edge, h.edges.front());
        image[0, 3 * i + 1] = edge;
        image[0, 3 * i + 2] = std::nextafter(edge, h.edges.back());
      }
      image[0, 0] = h.edges.front();
      image[0, 3 * 255 - 1] = h.edges.back();
      EXPECT_EQ(histogram(image).counts, numpy_counts(image, h.edges)) << largest << ", " << offset;
    }
  }
}

TEST(Histogram, KeepsTheSignOfTheZeroThatStandsFirstAndLast) {
  for (const int count : {2, 15, 16, 17, 40}) {
    Image<float> image(1, count);
    image[0, count - 1] = -0.0F;
    EXPECT_FALSE(std::signbit(histogram(image).edges.front()));
    EXPECT_TRUE(std::signbit(histogram(image).edges.back()));
    image[0, 0] = -0.0F;
    image[0, count - 1] = 0;
    EXPECT_TRUE(std::signbit(histogram(image).edges.front()));
    EXPECT_FALSE(std::signbit(histogram(image).edges.back()));
  }
}

TEST(Histogram, BeginsAtTheSmallestAndEndsAtTheLargestWhereverTheyStand) {
  for (const int count : {1, 2, 15, 16, 17, 31, 32, 33, 47}) {
    for (int at = 0; at < count; ++at) {
      Image<float> image = noise(1, count, 5);
      image[0, at] = -3;
      image[0, (at + 7) % count] = count < 8 ? -3.0F : 999.0F;
      const Histogram h = histogram(image);
      const auto [smallest, largest] = std::ranges::minmax(image.pixels());
      EXPECT_EQ(h.edges.front(), smallest) << count << ", " << at;
      EXPECT_EQ(h.edges.back(), largest) << count << ", " << at;
    }
  }
}

TEST(Histogram, NeverGrowsWithTheValueRange) {
  Image<float> image = noise(20, 20, 3);
  image[0, 0] = 4e9F;
  EXPECT_EQ(histogram(image).counts.size(), 256U);
  EXPECT_EQ(histogram(image).counts.front(), 399);
}

}  // namespace
}  // namespace floodlight::test

// The pixel that is named has the distance that the transform gives, and the saddle is where the highest way crosses.
#include "core/explain/distance_terms.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "core/samples/samples.h"
#include "core/segment/distance_transform.h"
#include "core/segment/peaks.h"
#include "core/segment/threshold.h"
#include "core/segment/watershed.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using Distances = Image<std::int32_t>;
using testing::Dice;
using testing::roll;

void expect_distances(const Mask& mask) {
  const Distances squared = distance_squared(mask);
  const bool all_foreground = std::ranges::find(mask.pixels(), 0) == mask.pixels().end();
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      const Pixel p{.row = row, .col = col};
      const std::optional<Pixel> nearest = nearest_background(mask, p);
      ASSERT_EQ(nearest.has_value(), mask[p] != 0 && !all_foreground);
      if (!nearest) continue;
      ASSERT_EQ(mask[*nearest], 0);
      ASSERT_EQ(squared_distance(p, *nearest), squared[p]) << row << ", " << col;
    }
  }
}

TEST(NearestBackground, HasTheTransformsDistanceEverywhere) {
  for (const Pixel shape : odd_shapes()) {
    if (shape.row * shape.col > 5000) continue;
    for (const double share : {0.0, 0.3, 0.8, 0.97, 0.999, 1.0}) {
      ASSERT_NO_FATAL_FAILURE(expect_distances(noise_mask(shape.row, shape.col, 81, share)))
          << shape.row << " x " << shape.col << ", " << share;
    }
  }
}

TEST(NearestBackground, HasTheTransformsDistanceInRoundObjects) {
  Dice dice(82);
  for (int round = 0; round < 4; ++round) {
    const Image<float> image = testing::blobs(dice, 60, 70, 10);
    Mask mask(image.rows(), image.cols());
    std::ranges::transform(image.pixels(), mask.pixels().begin(), [](float v) { return v > 90 ? 255 : 0; });
    ASSERT_NO_FATAL_FAILURE(expect_distances(mask));
  }
}

TEST(NearestBackground, IsTheFirstInRasterOrderAmongEquals) {
  EXPECT_EQ(nearest_background(mask_of({"...", ".#.", "..."}), {1, 1}), (Pixel{0, 1}));
  EXPECT_EQ(nearest_background(mask_of({"###", ".#.", "###"}), {1, 1}), (Pixel{1, 0}));
  // 5 away along the row, and 3 and 4: the higher one is found in a smaller square, the lower one is not taken for it.
  Mask mask(11, 11);
  std::ranges::fill(mask.pixels(), std::uint8_t{1});
  mask[5, 10] = 0;
  mask[9, 8] = 0;
  EXPECT_EQ(nearest_background(mask, {5, 5}), (Pixel{5, 10}));
  mask[1, 2] = 0;
  EXPECT_EQ(nearest_background(mask, {5, 5}), (Pixel{1, 2}));
}

TEST(NearestBackground, AgreesWithASearchThroughAllPixelsAmongEquals) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const Mask mask = noise_mask(15, 12, seed, 0.9);
    for (int row = 0; row < mask.rows(); ++row) {
      for (int col = 0; col < mask.cols(); ++col) {
        std::optional<Pixel> expected;
        for (int r = 0; r < mask.rows(); ++r) {
          for (int c = 0; c < mask.cols(); ++c) {
            if (mask[r, c] != 0 || mask[row, col] == 0) continue;
            if (!expected || squared_distance({r, c}, {row, col}) < squared_distance(*expected, {row, col}))
              expected = Pixel{r, c};
          }
        }
        ASSERT_EQ(nearest_background(mask, {row, col}), expected);
      }
    }
  }
}

struct Watersheds {
  Distances squared;
  LabelImage labels;
};
Watersheds watersheds(const Mask& mask, int apart) {
  Watersheds w{.squared = distance_squared(mask), .labels = {}};
  const auto peaks = peak_local_max<std::int32_t>(w.squared.view(), {.min_distance = apart, .exclude_border = false});
  Distances minus = w.squared;
  for (std::int32_t& v : minus.pixels()) v = -v;
  w.labels = watershed<std::int32_t>(minus.view(), seeds_from_peaks(peaks, mask.rows(), mask.cols()).labels, mask);
  return w;
}

TEST(SummitPair, OfTheTouchingDiscsHasBothCentresAndTheNeck) {
  const Image<float> image = make_sample("touching_discs")->pixels;
  const Mask mask = above(image, 100);
  const Watersheds w = watersheds(mask, 5);
  const std::optional<SummitPair> pair = summit_pair(w.labels, w.squared, {0, 0});
  ASSERT_TRUE(pair.has_value());
  EXPECT_EQ(pair->first_label, 1);
  EXPECT_EQ(pair->second_label, 2);
  EXPECT_EQ(pair->first, (Pixel{15, 14}));
  EXPECT_EQ(pair->second, (Pixel{15, 32}));
  EXPECT_EQ(pair->saddle.row, 15);
  EXPECT_GT(pair->saddle.col, 22);
  EXPECT_LT(pair->saddle.col, 29);
  EXPECT_LT(w.squared[pair->saddle], w.squared[pair->second]);
}

TEST(SummitPair, TakesTheNearestSaddleAndTheLowerOfTwoNeighbours) {
  const LabelImage labels = image_of<Label>({{1, 1, 2, 2, 0, 7, 5, 5}});
  const Distances heights = image_of<std::int32_t>({{9, 4, 3, 8, 0, 6, 6, 9}});
  const std::optional<SummitPair> left = summit_pair(labels, heights, {0, 0});
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(std::tuple(left->first_label, left->second_label), std::tuple(1, 2));
  EXPECT_EQ(left->first, (Pixel{0, 0}));
  EXPECT_EQ(left->second, (Pixel{0, 3}));
  EXPECT_EQ(left->saddle, (Pixel{0, 2}));
  const std::optional<SummitPair> right = summit_pair(labels, heights, {0, 4});
  ASSERT_TRUE(right.has_value());
  EXPECT_EQ(std::tuple(right->first_label, right->second_label), std::tuple(5, 7)) << "the smaller number first";
  EXPECT_EQ(right->first, (Pixel{0, 7}));
  EXPECT_EQ(right->second, (Pixel{0, 5}));
  EXPECT_EQ(right->saddle, (Pixel{0, 5})) << "equally high: the first";
}

TEST(SummitPair, OfTwoEquallyNearHasTheSmallestNumbers) {
  const std::optional<SummitPair> pair =
      summit_pair(image_of<Label>({{6, 5, 0, 2, 1}}), image_of<std::int32_t>({{5, 3, 0, 3, 5}}), {0, 2});
  ASSERT_TRUE(pair.has_value());
  EXPECT_EQ(std::tuple(pair->first_label, pair->second_label), std::tuple(1, 2));
  EXPECT_EQ(pair->saddle, (Pixel{0, 3}));
}

TEST(SummitPair, IsNoneWhereNoLabelsTouch) {
  EXPECT_EQ(summit_pair(LabelView(), ImageView<const std::int32_t>(), {0, 0}), std::nullopt);
  EXPECT_EQ(summit_pair(image_of<Label>({{1, 0, 2}}), image_of<std::int32_t>({{1, 0, 1}}), {0, 0}), std::nullopt);
  EXPECT_TRUE(summit_pair(image_of<Label>({{1, 0}, {0, 2}}), image_of<std::int32_t>({{1, 0}, {0, 1}}), {0, 0}))
      << "corners touch";
}

/// Every pair's saddle by its definition: all neighbours of all pixels, in raster order.
std::map<std::pair<Label, Label>, Pixel> plain_saddles(const Watersheds& w) {
  std::map<std::pair<Label, Label>, Pixel> saddles;
  for (int row = 0; row < w.labels.rows(); ++row) {
    for (int col = 0; col < w.labels.cols(); ++col) {
      for (int r = row - 1; r <= row + 1; ++r) {
        for (int c = col - 1; c <= col + 1; ++c) {
          if (!w.labels.contains({r, c})) continue;
          const Label a = w.labels[row, col];
          const Label b = w.labels[r, c];
          if (a == 0 || b == 0 || a == b || w.squared[row, col] > w.squared[r, c]) continue;
          const auto [best, fresh] = saddles.try_emplace({std::min(a, b), std::max(a, b)}, Pixel{row, col});
          if (!fresh && w.squared[row, col] > w.squared[best->second]) best->second = {row, col};
        }
      }
    }
  }
  return saddles;
}

TEST(SummitPair, AgreesWithASearchThroughAllNeighbours) {
  Dice dice(83);
  int found = 0;
  for (unsigned seed = 0; seed < 10; ++seed) {
    const Watersheds w = watersheds(noise_mask(30, 34, seed, 0.8), 2);
    const auto saddles = plain_saddles(w);
    for (int i = 0; i < 20; ++i) {
      const Pixel near{.row = roll(dice, 0, 29), .col = roll(dice, 0, 33)};
      const std::optional<SummitPair> pair = summit_pair(w.labels, w.squared, near);
      ASSERT_EQ(pair.has_value(), !saddles.empty());
      if (!pair) continue;
      ++found;
      EXPECT_EQ(pair->saddle, saddles.at({pair->first_label, pair->second_label}));
      for (const auto& [labels, saddle] : saddles) {
        EXPECT_GE(squared_distance(saddle, near), squared_distance(pair->saddle, near));
      }
      for (const auto& [label, summit] :
           {std::pair{pair->first_label, pair->first}, {pair->second_label, pair->second}}) {
        EXPECT_EQ(w.labels[summit], label);
        for (std::size_t k = 0; k < w.labels.size(); ++k) {
          if (w.labels.pixels()[k] != label) continue;
          const std::int32_t height = w.squared.pixels()[k];
          EXPECT_LE(height, w.squared[summit]);
          if (height == w.squared[summit]) EXPECT_GE(k, w.labels.view().index(summit.row, summit.col));
        }
      }
    }
  }
  EXPECT_GT(found, 100);
}

}  // namespace
}  // namespace floodlight::test

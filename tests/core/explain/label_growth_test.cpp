// Labelling by hand gives the numbers of labelling by machine, and finds the objects that hold several nuclei.
#include "core/explain/label_growth.h"

#include <algorithm>
#include <map>
#include <queue>

#include <gtest/gtest.h>

#include "core/samples/samples.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "core/segment/threshold.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

constexpr Connectivity connectivities[] = {Connectivity::four, Connectivity::eight};

Pixel pixel_at(MaskView mask, std::uint32_t flat_index) {
  const auto cols = static_cast<std::uint32_t>(mask.cols());
  return {static_cast<int>(flat_index / cols), static_cast<int>(flat_index % cols)};
}

bool neighbours(Pixel a, Pixel b, Connectivity connectivity) {
  const int rows = std::abs(a.row - b.row);
  const int cols = std::abs(a.col - b.col);
  return connectivity == Connectivity::four ? rows + cols == 1 : std::max(rows, cols) == 1;
}

LabelImage numbered(MaskView mask, const LabelGrowth& growth) {
  LabelImage labels(mask.rows(), mask.cols());
  Label number = 0;
  for (std::size_t i = 0; i < growth.sequence.size(); ++i) {
    const auto next = static_cast<std::size_t>(number);
    if (next < growth.starts.size() && growth.starts[next] == static_cast<std::int32_t>(i)) ++number;
    labels.pixels()[growth.sequence[i]] = number;
  }
  return labels;
}

/// The definition, with a queue and all pixels tried as neighbours.
std::vector<std::uint32_t> plain_sequence(MaskView mask, Connectivity connectivity) {
  std::vector<std::uint32_t> sequence;
  std::vector<bool> reached(mask.size());
  for (std::uint32_t start = 0; start < mask.size(); ++start) {
    if (mask.pixels()[start] == 0 || reached[start]) continue;
    std::queue<std::uint32_t> open;
    const auto reach = [&](std::uint32_t flat_index) {
      reached[flat_index] = true;
      sequence.push_back(flat_index);
      open.push(flat_index);
    };
    reach(start);
    for (; !open.empty(); open.pop()) {
      for (std::uint32_t q = 0; q < mask.size(); ++q) {
        if (mask.pixels()[q] != 0 && !reached[q] &&
            neighbours(pixel_at(mask, open.front()), pixel_at(mask, q), connectivity))
          reach(q);
      }
    }
  }
  return sequence;
}

TEST(LabelGrowth, GoesBreadthFirstThroughOneObjectAfterTheOther) {
  const Mask mask = mask_of({".#..#",  //
                             "###..",  //
                             "...#."});
  const LabelGrowth four = label_growth(mask, Connectivity::four);
  EXPECT_EQ(four.sequence, (std::vector<std::uint32_t>{1, 6, 5, 7, 4, 13}));
  EXPECT_EQ(four.starts, (std::vector<std::int32_t>{0, 4, 5}));
  EXPECT_EQ(four.order, image_of<std::int32_t>({{-1, 0, -1, -1, 4}, {2, 1, 3, -1, -1}, {-1, -1, -1, 5, -1}}));
  const LabelGrowth eight = label_growth(mask, Connectivity::eight);
  EXPECT_EQ(eight.sequence, (std::vector<std::uint32_t>{1, 5, 6, 7, 13, 4}));
  EXPECT_EQ(eight.starts, (std::vector<std::int32_t>{0, 5}));
}

TEST(LabelGrowth, NumbersAsLabelDoesOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const double share : {0.0, 0.2, 0.45, 0.6, 0.9, 1.0}) {
      const Mask mask = noise_mask(shape.row, shape.col, 61, share);
      for (const Connectivity connectivity : connectivities) {
        const LabelGrowth growth = label_growth(mask, connectivity);
        const Components components = label(mask, connectivity);
        ASSERT_EQ(growth.starts.size(), static_cast<std::size_t>(components.count));
        ASSERT_EQ(numbered(mask, growth), components.labels) << shape.row << " x " << shape.col << ", " << share;
      }
    }
  }
}

TEST(LabelGrowth, NumbersAsLabelDoesInEverySample) {
  for (const char* id : {"small_field", "touching_discs", "diagonal_neighbours", "holes", "chess_board", "plateau"}) {
    const Image<float> image = make_sample(id)->pixels;
    const Mask mask = above(image, 60);
    for (const Connectivity connectivity : connectivities) {
      EXPECT_EQ(numbered(mask, label_growth(mask, connectivity)), label(mask, connectivity).labels) << id;
    }
  }
}

TEST(LabelGrowth, ReachesEveryForegroundPixelOnceInTheOrderOfAQueue) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    const Mask mask = noise_mask(13 + static_cast<int>(seed), 17, seed, 0.55);
    for (const Connectivity connectivity : connectivities) {
      const LabelGrowth growth = label_growth(mask, connectivity);
      EXPECT_EQ(growth.sequence, plain_sequence(mask, connectivity));
      for (std::size_t i = 0; i < mask.size(); ++i) {
        const std::int32_t order = growth.order.pixels()[i];
        ASSERT_EQ(order >= 0, mask.pixels()[i] != 0);
        if (order >= 0) ASSERT_EQ(growth.sequence[static_cast<std::size_t>(order)], i);
      }
    }
  }
}

TEST(LabelGrowth, IsTheSameInSlicesAndPausesWithinALargeObject) {
  Mask mask(400, 500);
  std::ranges::fill(mask.pixels(), std::uint8_t{255});
  Sliced<LabelGrowth> work = label_growth_in_slices(mask);
  int slices = 1;
  while (work.advance()) ++slices;
  EXPECT_GT(slices, 5);
  const LabelGrowth growth = work.take();
  EXPECT_EQ(growth.sequence.size(), mask.size());
  EXPECT_EQ(growth.starts, std::vector<std::int32_t>{0});
}

TEST(LabelGrowth, OfNothingIsNothing) {
  EXPECT_TRUE(label_growth(MaskView()).sequence.empty());
  EXPECT_TRUE(label_growth(Mask(3, 4)).starts.empty());
}

TEST(TouchingObjects, AreThoseThatHoldMoreThanHalfOfTwoNuclei) {
  const LabelImage components = image_of<Label>({{1, 1, 1, 1, 1, 0, 2, 2},  //
                                                 {1, 1, 1, 1, 1, 0, 2, 2},
                                                 {0, 0, 0, 0, 0, 0, 0, 0},
                                                 {3, 3, 3, 3, 3, 3, 3, 0}});
  // 9 lies half in component 2, which is not more than half; 5 sits wholly in the background.
  const LabelImage nuclei = image_of<Label>({{7, 7, 0, 8, 8, 0, 6, 9},  //
                                             {7, 7, 0, 8, 8, 0, 6, 9},
                                             {0, 7, 0, 0, 5, 0, 0, 9},
                                             {1, 1, 2, 2, 0, 3, 3, 9}});
  const std::vector<TouchingObject> objects = touching_objects(components, nuclei);
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].component, 3);
  EXPECT_EQ(objects[0].nuclei, 3);
  EXPECT_EQ(objects[0].area, 7);
  EXPECT_EQ(objects[0].times_median, 1) << "areas 4, 7, 10";
  EXPECT_EQ(objects[0].first, (Pixel{3, 0}));
  EXPECT_EQ(objects[1].component, 1);
  EXPECT_EQ(objects[1].nuclei, 2);
  EXPECT_DOUBLE_EQ(objects[1].times_median, 10.0 / 7);
  EXPECT_EQ(objects[1].solidity, 1);
}

TEST(TouchingObjects, StartWithTheirFirstPixelInRasterOrder) {
  const LabelImage components = image_of<Label>({{0, 0, 1}, {1, 1, 1}, {0, 2, 0}});
  const LabelImage nuclei = image_of<Label>({{0, 0, 1}, {2, 2, 1}, {0, 0, 0}});
  const std::vector<TouchingObject> objects = touching_objects(components, nuclei);
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].first, (Pixel{0, 2}));
  EXPECT_DOUBLE_EQ(objects[0].times_median, 4 / 2.5) << "the median of 1 and 4";
}

TEST(TouchingObjects, OfTheTouchingDiscsAreOneWithANeck) {
  const Sample sample = *make_sample("touching_discs");
  const Mask mask = above(sample.pixels, 100);
  const std::vector<TouchingObject> objects = touching_objects(label(mask).labels, *sample.truth);
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].nuclei, 2);
  EXPECT_LT(objects[0].solidity, 0.95);
  EXPECT_EQ(objects[0].area, std::ranges::count(mask.pixels(), 1));
}

TEST(TouchingObjects, AgreeWithCountingOnRandomImages) {
  Dice dice(62);
  for (int round = 0; round < 40; ++round) {
    const int rows = roll(dice, 1, 20);
    const int cols = roll(dice, 1, 20);
    const LabelImage components = label(noise_mask(rows, cols, static_cast<unsigned>(round), 0.55)).labels;
    LabelImage nuclei(rows, cols);
    for (Label& l : nuclei.pixels()) l = 1000 * roll(dice, 0, 12);
    std::map<Label, std::map<Label, int>> inside;
    std::map<Label, int> sizes;
    std::map<Label, std::int64_t> areas;
    for (std::size_t i = 0; i < nuclei.size(); ++i) {
      ++inside[components.pixels()[i]][nuclei.pixels()[i]];
      ++sizes[nuclei.pixels()[i]];
      ++areas[components.pixels()[i]];
    }
    std::map<Label, int> expected;
    for (const auto& [component, counts] : inside) {
      if (component == 0) continue;
      const auto held = std::ranges::count_if(
          counts, [&](const auto& entry) { return entry.first != 0 && 2 * entry.second > sizes[entry.first]; });
      if (held > 1) expected[component] = static_cast<int>(held);
    }
    std::map<Label, int> found;
    for (const TouchingObject& object : touching_objects(components, nuclei)) {
      found[object.component] = object.nuclei;
      EXPECT_EQ(object.area, areas[object.component]);
      EXPECT_EQ(components[object.first], object.component);
    }
    EXPECT_EQ(found, expected);
  }
}

TEST(TouchingObjects, OfNothingAreNone) {
  EXPECT_TRUE(touching_objects(LabelView(), LabelView()).empty());
  EXPECT_TRUE(touching_objects(LabelImage(3, 3), LabelImage(3, 3)).empty());
}

}  // namespace
}  // namespace floodlight::test

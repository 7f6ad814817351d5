// What rests on runs, against flood fills: labels, small regions, holes.
#include "core/segment/runs.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "core/segment/fill_holes.h"
#include "core/segment/label.h"
#include "core/segment/small_regions.h"
#include "tests/core/reference.h"
#include "tests/core/segment/mask_patterns.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

LabelImage plain_labels_of(const Mask& mask, Connectivity connectivity) {
  LabelImage ones(mask.rows(), mask.cols());
  for (std::size_t i = 0; i < mask.size(); ++i) ones.pixels()[i] = mask.pixels()[i] != 0 ? 1 : 0;
  return plain_labels(ones, connectivity);
}

/// A mask without its 4-connected objects of which `goes` is true, told by their pixels.
template <typename Goes>
Mask plain_without(const Mask& mask, const Goes& goes) {
  const LabelImage labels = plain_labels_of(mask, Connectivity::four);
  std::vector<std::vector<Pixel>> objects(mask.size() + 1);
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      objects[static_cast<std::size_t>(labels[row, col])].push_back({row, col});
    }
  }
  Mask out(mask.rows(), mask.cols());
  for (std::size_t i = 1; i < objects.size(); ++i) {
    if (goes(objects[i])) continue;
    for (const Pixel p : objects[i]) out[p] = 1;
  }
  return out;
}

TEST(Runs, LabelEveryPatternAsAFloodFillDoes) {
  for (const Mask& mask : mask_patterns()) {
    for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
      ASSERT_EQ(label(mask, connectivity).labels, plain_labels_of(mask, connectivity)) << picture(mask);
    }
  }
}

TEST(Runs, KnowTheComponentsOfBothSides) {
  for (const Mask& mask : mask_patterns()) {
    const Mask background = opposite(mask);
    for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
      const RunComponents found = connected_runs_in_slices(mask, connectivity, MaskSide::background).finish();
      const Components labelled = label(background, connectivity);
      ASSERT_EQ(found.count, labelled.count) << picture(mask);
      auto areas = areas_of(labelled);
      areas[0] = 0;
      ASSERT_EQ(areas_in_slices(found).finish(), areas) << picture(mask);
      auto touching = touching_border(labelled);
      touching[0] = false;
      ASSERT_EQ(touching_border(found), touching) << picture(mask);
    }
  }
}

TEST(Runs, RemoveAndFillWhatAFloodFillCallsSmallOrAHole) {
  for (const Mask& mask : mask_patterns()) {
    for (const std::size_t most : {1U, 3U, 40U}) {
      const auto is_small = [most](const std::vector<Pixel>& object) { return object.size() <= most; };
      ASSERT_EQ(remove_small_objects(mask, static_cast<int>(most)), plain_without(mask, is_small)) << picture(mask);
      ASSERT_EQ(remove_small_holes(mask, static_cast<int>(most)), opposite(plain_without(opposite(mask), is_small)))
          << picture(mask);
    }
    const auto is_hole = [&mask](const std::vector<Pixel>& object) {
      for (const Pixel p : object) {
        if (p.row == 0 || p.col == 0 || p.row + 1 == mask.rows() || p.col + 1 == mask.cols()) return false;
      }
      return true;
    };
    ASSERT_EQ(fill_holes(mask), opposite(plain_without(opposite(mask), is_hole))) << picture(mask);
  }
}

TEST(Runs, OfAnEmptyMaskAreNone) {
  const RunComponents found = connected_runs_in_slices(MaskView(), Connectivity::eight).finish();
  EXPECT_EQ(found.count, 0);
  EXPECT_EQ(found.rows(), 0);
  EXPECT_EQ(areas_in_slices(found).finish(), std::vector<std::int64_t>{0});
}

}  // namespace
}  // namespace floodlight::test

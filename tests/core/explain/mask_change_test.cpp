// What changed between two masks: by hand, and against a flood of each object.
#include "core/explain/mask_change.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

TEST(MaskChange, OfEqualMasksIsNothing) {
  const Mask mask = noise_mask(20, 30, 51, 0.3);
  EXPECT_EQ(mask_change(mask, mask), MaskChange());
  EXPECT_EQ(mask_change(MaskView(), MaskView()), MaskChange());
}

TEST(MaskChange, CountsWhatComesAndWhatGoes) {
  const Mask earlier = mask_of({"##...#", "##....", ".....#"});
  const Mask later = mask_of({"#....#", "...#..", "...#.."});
  EXPECT_EQ(mask_change(earlier, later),
            (MaskChange{.pixels_added = 2, .pixels_removed = 4, .objects_added = 1, .objects_removed = 1}));
}

TEST(MaskChange, AnObjectThatComesApartIsNeitherNewNorGone) {
  EXPECT_EQ(mask_change(mask_of({"#####"}), mask_of({"##.##"})),
            (MaskChange{.pixels_added = 0, .pixels_removed = 1, .objects_added = 0, .objects_removed = 0}));
}

TEST(MaskChange, ObjectsThatJoinAreNeitherNewNorGone) {
  EXPECT_EQ(mask_change(mask_of({"##.##"}), mask_of({"#####"})),
            (MaskChange{.pixels_added = 1, .pixels_removed = 0, .objects_added = 0, .objects_removed = 0}));
}

TEST(MaskChange, AnObjectThatMovesAwayIsGoneAndAnotherIsNew) {
  EXPECT_EQ(mask_change(mask_of({"##...."}), mask_of({"..##.."})),
            (MaskChange{.pixels_added = 2, .pixels_removed = 2, .objects_added = 1, .objects_removed = 1}));
}

TEST(MaskChange, CornersJoin) {
  const Mask none(2, 2);
  EXPECT_EQ(mask_change(none, mask_of({"#.", ".#"})).objects_added, 1);
  EXPECT_EQ(mask_change(mask_of({"#.", ".#"}), mask_of({"#.", ".."})).objects_removed, 0);
}

TEST(MaskChange, AnyValueButZeroIsForeground) {
  const Mask earlier = image_of<std::uint8_t>({{255, 0, 7}});
  const Mask later = image_of<std::uint8_t>({{1, 0, 2}});
  EXPECT_EQ(mask_change(earlier, later), MaskChange());
}

/// Floods one object (8 neighbours), wipes it out, and says whether it met the other mask.
bool meets_when_wiped(Mask& mask, const Mask& other, Pixel start) {
  bool meets = false;
  std::vector<Pixel> open{start};
  mask[start] = 0;
  while (!open.empty()) {
    const Pixel p = open.back();
    open.pop_back();
    meets = meets || other[p] != 0;
    for (int r = p.row - 1; r <= p.row + 1; ++r) {
      for (int c = p.col - 1; c <= p.col + 1; ++c) {
        if (!mask.contains({.row = r, .col = c}) || mask[r, c] == 0) continue;
        mask[r, c] = 0;
        open.push_back({.row = r, .col = c});
      }
    }
  }
  return meets;
}

int plain_count(Mask mask, const Mask& other) {
  int count = 0;
  for (int r = 0; r < mask.rows(); ++r) {
    for (int c = 0; c < mask.cols(); ++c) {
      if (mask[r, c] != 0 && !meets_when_wiped(mask, other, {.row = r, .col = c})) ++count;
    }
  }
  return count;
}

TEST(MaskChange, AgreesWithAPlainCountOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const double share : {0.05, 0.2, 0.5}) {
      const Mask earlier = noise_mask(shape.row, shape.col, 52, share);
      const Mask later = noise_mask(shape.row, shape.col, 53, 0.15);
      MaskChange expected;
      for (std::size_t i = 0; i < earlier.size(); ++i) {
        if (earlier.pixels()[i] < later.pixels()[i]) ++expected.pixels_added;
        if (earlier.pixels()[i] > later.pixels()[i]) ++expected.pixels_removed;
      }
      expected.objects_added = plain_count(later, earlier);
      expected.objects_removed = plain_count(earlier, later);
      EXPECT_EQ(mask_change(earlier, later), expected) << shape.row << " x " << shape.col << ", " << share;
    }
  }
}

}  // namespace
}  // namespace floodlight::test

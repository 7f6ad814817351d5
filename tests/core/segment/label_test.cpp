// Connected components against a flood fill in raster order.
#include "core/segment/label.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

TEST(Label, NumbersObjectsByTheRasterPositionOfTheirFirstPixel) {
  const Components found = label(mask_of({"..#..#",  //
                                          "#.#.#.",  //
                                          "#.##..",  //
                                          "......",  //
                                          ".#...#"}));
  EXPECT_EQ(found.count, 4);
  EXPECT_EQ(found.labels,
            image_of<Label>(
                {{0, 0, 1, 0, 0, 1}, {2, 0, 1, 0, 1, 0}, {2, 0, 1, 1, 0, 0}, {0, 0, 0, 0, 0, 0}, {0, 3, 0, 0, 0, 4}}));
}

TEST(Label, JoinsDiagonalsOnlyWithEightNeighbours) {
  const Mask steps = mask_of({"#..", ".#.", "..#"});
  EXPECT_EQ(label(steps, Connectivity::eight).count, 1);
  EXPECT_EQ(label(steps, Connectivity::four).count, 3);
}

TEST(Label, GivesAnyNonZeroPixelOfAMaskTheSameObject) {
  Mask mask(1, 3);
  mask[0, 0] = 1;
  mask[0, 1] = 255;
  EXPECT_EQ(label(mask).labels, image_of<Label>({{1, 1, 0}}));
}

TEST(Label, JoinsOnlyEqualValuesOfALabelImage) {
  const LabelImage image = image_of<Label>({{7, 7, 3}, {3, 7, 0}, {3, 3, -2}});
  EXPECT_EQ(label(image, Connectivity::four).labels, image_of<Label>({{1, 1, 2}, {3, 1, 0}, {3, 3, 4}}));
}

TEST(Label, AgreesWithAFloodFillOnAnyShape) {
  std::vector<Pixel> shapes = odd_shapes();
  shapes.push_back({90, 110});
  for (const Pixel shape : shapes) {
    for (const double share : {0.0, 0.3, 0.5, 0.6, 0.9, 1.0}) {
      const Mask mask = noise_mask(shape.row, shape.col, 5, share);
      LabelImage ones(shape.row, shape.col);
      LabelImage values(shape.row, shape.col);
      const Image<float> levels = noise(shape.row, shape.col, 6, 2);
      for (std::size_t i = 0; i < ones.size(); ++i) {
        ones.pixels()[i] = mask.pixels()[i];
        values.pixels()[i] = static_cast<Label>(levels.pixels()[i]);
      }
      for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
        const Components found = label(mask, connectivity);
        EXPECT_EQ(found.labels, plain_labels(ones, connectivity)) << shape.row << " x " << shape.col << ", " << share;
        EXPECT_EQ(found.count, found.labels.empty() ? 0 : *std::ranges::max_element(found.labels.pixels()));
        EXPECT_EQ(label(values, connectivity).labels, plain_labels(values, connectivity));
      }
    }
  }
}

TEST(Label, FollowsASpiralThatMeetsItselfLate) {
  const Components found = label(mask_of({"#########",  //
                                          ".........",  //
                                          "#######.#",  //
                                          "#.....#.#",  //
                                          "#.###.#.#",  //
                                          "#.#.#.#.#",  //
                                          "#.#...#.#",  //
                                          "#.#####.#",  //
                                          "#.......#",  //
                                          "#########"}),
                                 Connectivity::four);
  EXPECT_EQ(found.count, 2);
  EXPECT_EQ((found.labels[5, 4]), 2);
}

TEST(Label, FindsNothingInAnEmptyImage) { EXPECT_EQ(label(MaskView()).count, 0); }

}  // namespace
}  // namespace floodlight::test

// Repairs against their definitions, footprint pixel by footprint pixel.
#include "core/segment/morphology.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/segment/label.h"
#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

using enum FootprintShape;

TEST(Morphology, DrawsTheFootprintsOfScikitImage) {
  EXPECT_EQ(picture(footprint_image({disk, 1})), ".#.\n###\n.#.\n");
  EXPECT_EQ(picture(footprint_image({disk, 2})), "..#..\n.###.\n#####\n.###.\n..#..\n");
  EXPECT_EQ(picture(footprint_image({diamond, 2})), "..#..\n.###.\n#####\n.###.\n..#..\n");
  EXPECT_EQ(picture(footprint_image({disk, 3})), "...#...\n.#####.\n.#####.\n#######\n.#####.\n.#####.\n...#...\n");
  EXPECT_EQ(picture(footprint_image({square, 1})), "###\n###\n###\n");
  EXPECT_EQ(picture(footprint_image({disk, 0})), "#\n");
}

TEST(Morphology, ErodesDilatesOpensAndClosesAsDefinedOnAnyShape) {
  for (const Pixel shape : odd_shapes()) {
    for (const double share : {0.0, 0.1, 0.5, 0.97, 1.0}) {
      const Mask mask = noise_mask(shape.row, shape.col, 21, share);
      for (const FootprintShape kind : {disk, diamond, square}) {
        for (const int radius : {0, 1, 2, 3, 6}) {
          const Footprint f{kind, radius};
          const Mask eroded = plain_morphology(mask, f, true);
          const Mask dilated = plain_morphology(mask, f, false);
          ASSERT_EQ(picture(erosion(mask, f)), picture(eroded)) << static_cast<int>(kind) << ", " << radius;
          ASSERT_EQ(picture(dilation(mask, f)), picture(dilated)) << static_cast<int>(kind) << ", " << radius;
          ASSERT_EQ(picture(opening(mask, f)), picture(plain_morphology(eroded, f, false))) << radius;
          ASSERT_EQ(picture(closing(mask, f)), picture(plain_morphology(dilated, f, true))) << radius;
        }
      }
    }
  }
}

TEST(Morphology, TakesFootprintsLargerThanTheImage) {
  const Mask mask = mask_of({"##.##", "#####"});
  for (const FootprintShape kind : {disk, diamond, square}) {
    EXPECT_EQ(picture(erosion(mask, {kind, 1000})), ".....\n.....\n");
    EXPECT_EQ(picture(dilation(mask, {kind, 1000})), "#####\n#####\n");
    EXPECT_EQ(picture(erosion(mask_of({"##"}), {kind, 1000})), "##\n") << "no background is nowhere near";
  }
}

TEST(Morphology, ClosingNeitherAddsNorEatsAtTheBorder) {
  const Mask mask = mask_of({"#.#..", "#....", "....#"});
  EXPECT_EQ(picture(closing(mask, {disk, 1})), "###..\n#....\n....#\n");
}

TEST(Morphology, RemovesObjectsOfAtMostSoManyPixels) {
  const Mask mask = mask_of({"##..#.", "#..#..", "....##"});
  EXPECT_EQ(picture(remove_small_objects(mask, 0)), picture(mask));
  EXPECT_EQ(picture(remove_small_objects(mask, 1)), "##....\n#.....\n....##\n") << "diagonals do not join";
  EXPECT_EQ(picture(remove_small_objects(mask, 2)), "##....\n#.....\n......\n");
  EXPECT_EQ(picture(remove_small_objects(mask, 3)), "......\n......\n......\n");
}

TEST(Morphology, FillsHolesOfAtMostSoManyPixelsThoseAtTheBorderToo) {
  const Mask mask = mask_of({".####", "##.##", "#..#.", "#####"});
  EXPECT_EQ(picture(remove_small_holes(mask, 1)), "#####\n##.##\n#..##\n#####\n");
  EXPECT_EQ(picture(remove_small_holes(mask, 3)), "#####\n#####\n#####\n#####\n");
  EXPECT_EQ(picture(remove_small_holes(mask, 0)), picture(mask));
}

TEST(Morphology, FillsWhatNoPathOfStraightStepsJoinsToTheBorder) {
  EXPECT_EQ(picture(fill_holes(mask_of({".###.", "#...#", "#.#.#", "####.", "....#"}))),
            ".###.\n#####\n#####\n####.\n....#\n");
  EXPECT_EQ(picture(fill_holes(mask_of({"###", "..#", "###"}))), "###\n..#\n###\n");
  EXPECT_EQ(picture(fill_holes(mask_of({"..", ".."}))), "..\n..\n");
  EXPECT_TRUE(fill_holes(MaskView()).empty());
}

TEST(Morphology, ClearsWhatTouchesTheBorderDiagonallyToo) {
  EXPECT_EQ(picture(clear_border(mask_of({"#....", ".#...", "...#.", "...#.", "....."}))),
            ".....\n.....\n...#.\n...#.\n.....\n");
  const LabelImage labels = image_of<Label>({{5, 0, 0, 0}, {0, 6, 5, 0}, {0, 6, 5, 0}, {0, 0, 0, 0}});
  EXPECT_EQ(clear_border(labels), image_of<Label>({{0, 0, 0, 0}, {0, 6, 5, 0}, {0, 6, 5, 0}, {0, 0, 0, 0}}))
      << "labels touch only their own number; a part away from the border stays";
  EXPECT_TRUE(clear_border(MaskView()).empty());
}

TEST(Morphology, GivesZerosAndOnesWhateverTheForegroundsValue) {
  Mask mask(3, 3);
  mask[1, 1] = 255;
  for (const Mask& out :
       {erosion(mask, {disk, 0}), dilation(mask, {disk, 1}), closing(mask, {disk, 2}), remove_small_objects(mask, 0),
        remove_small_holes(mask, 0), fill_holes(mask), clear_border(mask)}) {
    EXPECT_EQ(*std::ranges::max_element(out.pixels()), 1);
  }
}

}  // namespace
}  // namespace floodlight::test

// What is said of a pixel's repair is what the repair does to it.
#include "core/explain/refine_terms.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/explain/distance_terms.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/label.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using enum FootprintShape;
using Operation = RefinementOperation;
using testing::Dice;
using testing::roll;

/// The corners, pixels of the edges, and any.
std::vector<Pixel> places(MaskView mask, Dice& dice, int count) {
  const int bottom = mask.rows() - 1;
  const int right = mask.cols() - 1;
  std::vector<Pixel> pixels{{0, 0}, {0, right}, {bottom, 0}, {bottom, right}};
  pixels.push_back({0, roll(dice, 0, right)});
  pixels.push_back({roll(dice, 0, bottom), right});
  while (count-- > 0) pixels.push_back({roll(dice, 0, bottom), roll(dice, 0, right)});
  return pixels;
}

/// The pixels of the image under a footprint, by its definition.
std::vector<Pixel> under(MaskView mask, Footprint footprint, Pixel centre) {
  const Mask shape = footprint_image(footprint);
  std::vector<Pixel> pixels;
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      const Pixel place{.row = row - centre.row + footprint.radius, .col = col - centre.col + footprint.radius};
      if (shape.contains(place) && shape[place] != 0) pixels.push_back({row, col});
    }
  }
  return pixels;
}

std::vector<Pixel> of_value(MaskView mask, std::vector<Pixel> pixels, bool foreground) {
  std::erase_if(pixels, [&](Pixel p) { return (mask[p] != 0) != foreground; });
  return pixels;
}

/// The nearest centre, the first in raster order, from which the footprint covers the pixel and nothing else but this.
std::optional<Pixel> plain_witness(MaskView mask, Footprint footprint, Pixel pixel, bool foreground) {
  std::optional<Pixel> best;
  for (const Pixel centre : under(mask, footprint, pixel)) {
    if (!of_value(mask, under(mask, footprint, centre), !foreground).empty()) continue;
    if (!best || squared_distance(centre, pixel) < squared_distance(*best, pixel)) best = centre;
  }
  return best;
}

void expect_verdicts(const Mask& mask, Footprint footprint, const std::vector<Pixel>& pixels) {
  const Mask eroded = erosion(mask, footprint);
  const Mask dilated = dilation(mask, footprint);
  const Mask opened = opening(mask, footprint);
  const Mask closed = closing(mask, footprint);
  for (const Pixel p : pixels) {
    const FootprintVerdict e = footprint_verdict(mask, Operation::erosion, footprint, p);
    ASSERT_EQ(e.value, eroded[p] != 0);
    ASSERT_EQ(e.deciding, of_value(mask, under(mask, footprint, p), false));
    ASSERT_EQ(e.witness, std::nullopt);
    const FootprintVerdict d = footprint_verdict(mask, Operation::dilation, footprint, p);
    ASSERT_EQ(d.value, dilated[p] != 0);
    ASSERT_EQ(d.deciding, of_value(mask, under(mask, footprint, p), true));
    const FootprintVerdict o = footprint_verdict(mask, Operation::opening, footprint, p);
    ASSERT_EQ(o.value, opened[p] != 0);
    ASSERT_TRUE(o.deciding.empty());
    ASSERT_EQ(o.witness, plain_witness(mask, footprint, p, true));
    const FootprintVerdict c = footprint_verdict(mask, Operation::closing, footprint, p);
    ASSERT_EQ(c.value, closed[p] != 0);
    ASSERT_TRUE(c.deciding.empty());
    ASSERT_EQ(c.witness, plain_witness(mask, footprint, p, false));
  }
}

TEST(FootprintVerdict, AgreesWithTheRepairsOnAnyShape) {
  Dice dice(71);
  for (const Pixel shape : odd_shapes()) {
    if (shape.row * shape.col > 5000) continue;
    for (const double share : {0.0, 0.1, 0.5, 0.9, 1.0}) {
      const Mask mask = noise_mask(shape.row, shape.col, 72, share);
      for (const FootprintShape kind : {disk, diamond, square}) {
        for (const int radius : {0, 1, 2, 5}) {
          ASSERT_NO_FATAL_FAILURE(expect_verdicts(mask, {kind, radius}, places(mask, dice, 3)))
              << shape.row << " x " << shape.col << ", " << share << ", shape " << static_cast<int>(kind) << ", "
              << radius;
        }
      }
    }
  }
}

TEST(FootprintVerdict, AgreesWithTheRepairsOnRoundObjects) {
  Dice dice(73);
  for (int round = 0; round < 6; ++round) {
    const Image<float> image = testing::blobs(dice, 45, 52, 12);
    Mask mask(image.rows(), image.cols());
    std::ranges::transform(image.pixels(), mask.pixels().begin(), [](float v) { return v > 100 ? 255 : 0; });
    for (const FootprintShape kind : {disk, diamond, square}) {
      for (const int radius : {1, 2, 3, 4}) {
        ASSERT_NO_FATAL_FAILURE(expect_verdicts(mask, {kind, radius}, places(mask, dice, 25))) << radius;
      }
    }
  }
}

TEST(FootprintVerdict, TakesAFootprintLargerThanTheImage) {
  const Mask mask = mask_of({"##.##", "#####"});
  ASSERT_NO_FATAL_FAILURE(expect_verdicts(mask, {disk, 40}, {{0, 0}, {0, 2}, {1, 4}}));
}

TEST(FootprintVerdict, ShowsWhichPixelsDecide) {
  const Mask mask = mask_of({".....",  //
                             ".###.",  //
                             ".###.",  //
                             ".##..",  //
                             "....."});
  const FootprintVerdict eroded = footprint_verdict(mask, Operation::erosion, {square, 1}, {2, 2});
  EXPECT_FALSE(eroded.value);
  EXPECT_EQ(eroded.deciding, (std::vector<Pixel>{{3, 3}}));
  const FootprintVerdict dilated = footprint_verdict(mask, Operation::dilation, {disk, 1}, {3, 3});
  EXPECT_TRUE(dilated.value);
  EXPECT_EQ(dilated.deciding, (std::vector<Pixel>{{2, 3}, {3, 2}}));
  const FootprintVerdict opened = footprint_verdict(mask, Operation::opening, {disk, 1}, {1, 2});
  EXPECT_TRUE(opened.value);
  EXPECT_EQ(opened.witness, (Pixel{2, 2}));
  EXPECT_FALSE(footprint_verdict(mask, Operation::opening, {disk, 1}, {1, 1}).value) << "no cross fits into the corner";
  const FootprintVerdict closed = footprint_verdict(mask, Operation::closing, {square, 1}, {3, 3});
  EXPECT_FALSE(closed.value);
  EXPECT_EQ(closed.witness, (Pixel{4, 4})) << "a square half outside the image meets no foreground";
}

TEST(RegionAt, KnowsSizeBorderAndFirstPixelOfObjectsAndHoles) {
  const Mask mask = mask_of({"##....",  //
                             "#..###",  //
                             "...#.#",  //
                             "..#.##"});
  const Region corner = region_at(mask, {1, 0});
  EXPECT_TRUE(corner.foreground);
  EXPECT_EQ(corner.size, 3);
  EXPECT_TRUE(corner.touches_border);
  EXPECT_EQ(corner.first, (Pixel{0, 0}));
  const Region hole = region_at(mask, {2, 4});
  EXPECT_FALSE(hole.foreground);
  EXPECT_EQ(hole.size, 1) << "corners do not join";
  EXPECT_FALSE(hole.touches_border);
  EXPECT_EQ(region_at(mask, {3, 2}).size, 1);
  const Region ground = region_at(mask, {3, 0});
  EXPECT_FALSE(ground.foreground);
  EXPECT_EQ(ground.size, 11);
  EXPECT_EQ(ground.first, (Pixel{0, 2}));
}

TEST(RegionAt, GivesTheSizeAtWhichTheSizeLimitsTakeItAndFillHolesDoes) {
  Dice dice(74);
  for (unsigned seed = 0; seed < 25; ++seed) {
    const Mask mask = noise_mask(roll(dice, 1, 25), roll(dice, 1, 25), seed, 0.2 + 0.02 * seed);
    const Mask filled = fill_holes(mask);
    for (const Pixel p : places(mask, dice, 10)) {
      const Region region = region_at(mask, p);
      const auto size = static_cast<int>(region.size);
      ASSERT_EQ(region.foreground, mask[p] != 0);
      if (region.foreground) {
        EXPECT_NE(remove_small_objects(mask, size - 1)[p], 0);
        EXPECT_EQ(remove_small_objects(mask, size)[p], 0);
      } else {
        EXPECT_EQ(remove_small_holes(mask, size - 1)[p], 0);
        EXPECT_NE(remove_small_holes(mask, size)[p], 0);
        EXPECT_EQ(filled[p] != 0, !region.touches_border);
      }
      const Region again = region_at(mask, region.first);
      EXPECT_EQ(again.first, region.first);
      EXPECT_EQ(again.size, region.size);
      EXPECT_LE(mask.view().index(region.first.row, region.first.col), mask.view().index(p.row, p.col));
    }
  }
}

TEST(RegionSizes, AreThoseOfEveryObjectOrHoleAscending) {
  const Mask mask = mask_of({"#####..#",  //
                             "#.#.#.#.",  //
                             "#.###...",  //
                             "####...."});
  EXPECT_EQ(region_sizes(mask, false), (std::vector<std::int64_t>{1, 1, 16}));
  EXPECT_EQ(region_sizes(mask, true), (std::vector<std::int64_t>{1, 2}));
  EXPECT_TRUE(region_sizes(MaskView(), false).empty());
  EXPECT_TRUE(region_sizes(MaskView(), true).empty());
}

TEST(RegionSizes, AgreeWithTheRegionOfEveryPixel) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const Mask mask = noise_mask(17, 23, seed, 0.3 + 0.04 * seed);
    std::vector<std::int64_t> objects;
    std::vector<std::int64_t> holes;
    for (int row = 0; row < mask.rows(); ++row) {
      for (int col = 0; col < mask.cols(); ++col) {
        const Region region = region_at(mask, {row, col});
        if (region.first != Pixel{row, col}) continue;
        if (region.foreground) objects.push_back(region.size);
        if (!region.foreground && !region.touches_border) holes.push_back(region.size);
      }
    }
    std::ranges::sort(objects);
    std::ranges::sort(holes);
    EXPECT_EQ(region_sizes(mask, false), objects);
    EXPECT_EQ(region_sizes(mask, true), holes);
  }
}

TEST(RepairImage, SaysOfEveryPixelWhatBecameOfIt) {
  const Mask earlier = image_of<std::uint8_t>({{0, 1, 0, 255}});
  const Mask later = image_of<std::uint8_t>({{0, 255, 1, 0}});
  const auto of = [](Repair repair) { return static_cast<std::uint8_t>(repair); };
  EXPECT_EQ(
      repair_image(earlier, later),
      image_of<std::uint8_t>({{of(Repair::background), of(Repair::kept), of(Repair::added), of(Repair::removed)}}));
}

TEST(RefinementStages, StandBetweenTheMaskAndWhatRefineGives) {
  Dice dice(75);
  for (int round = 0; round < 60; ++round) {
    const Mask mask = noise_mask(roll(dice, 1, 30), roll(dice, 1, 30), static_cast<unsigned>(round), 0.55);
    const std::vector<Refinement> refinements = testing::random_recipe(dice).refinements;
    const std::vector<Mask> stages = refinement_stages_in_slices(mask, refinements).finish();
    ASSERT_EQ(stages.size(), refinements.size() + 1);
    EXPECT_EQ(stages.front(), mask);
    EXPECT_EQ(stages.back(), refine(mask, refinements));
    for (std::size_t i = 0; i < refinements.size(); ++i) EXPECT_EQ(stages[i + 1], refine(stages[i], refinements[i]));
  }
}

TEST(RefinementStages, ShowThatTheOrderOfSpecksAndHolesMatters) {
  // A ring of 8 pixels round a hole of one: taken as a speck before it is whole, kept after.
  const Mask ring = mask_of({".....", ".###.", ".#.#.", ".###.", "....."});
  const Refinement specks{.operation = Operation::remove_small_objects, .max_size = 8, .footprint = {}};
  const Refinement holes{.operation = Operation::remove_small_holes, .max_size = 1, .footprint = {}};
  EXPECT_EQ(region_sizes(refinement_stages_in_slices(ring, {specks, holes}).finish().back(), false).size(), 0U);
  EXPECT_EQ(region_sizes(refinement_stages_in_slices(ring, {holes, specks}).finish().back(), false),
            std::vector<std::int64_t>{9});
}

}  // namespace
}  // namespace floodlight::test

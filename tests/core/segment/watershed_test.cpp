// The watershed against a plain flooding, written as the specification words it.
#include "core/segment/watershed.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/segment/distance_transform.h"
#include "core/segment/label.h"
#include "tests/core/explain/flood_scenes.h"
#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

TEST(Watershed, AgreesWithAPlainFloodingOnAnyShapeInEveryVariant) {
  std::vector<Pixel> shapes = odd_shapes();
  shapes.push_back({60, 70});
  for (const Pixel shape : shapes) {
    for (const int levels : {0, 2, 100}) {
      for (const double share : {0.4, 0.8, 1.0}) {
        const Scene s = scene(shape, 77, levels, share);
        for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
          for (const WatershedOptions options : {WatershedOptions{connectivity, false, 0},
                                                 {connectivity, true, 0},
                                                 {connectivity, false, 0.25},
                                                 {connectivity, true, 0.25}}) {
            const LabelImage expected = plain_watershed(s.image, s.markers, s.mask, options);
            ASSERT_EQ(watershed<double>(s.image.view(), s.markers, s.mask, options), expected)
                << shape.row << " x " << shape.col << ", levels " << levels << ", line " << options.line
                << ", compactness " << options.compactness;
            if (options.compactness > 0) continue;
            ASSERT_EQ(watershed<float>(converted<float>(s.image).view(), s.markers, s.mask, options), expected);
            ASSERT_EQ(watershed<std::int32_t>(converted<std::int32_t>(s.image).view(), s.markers, s.mask, options),
                      expected);
          }
        }
      }
    }
  }
}

TEST(Watershed, FloodsMinusTheSquaredDistanceAsItFloodsMinusTheDistance) {
  const Mask mask = noise_mask(80, 80, 4, 0.93);
  const Image<std::int32_t> squared = distance_squared(mask);
  Image<std::int32_t> minus_squared = squared;
  for (std::int32_t& v : minus_squared.pixels()) v = -v;
  Image<double> minus = distance(squared);
  for (double& v : minus.pixels()) v = -v;
  const LabelImage markers = label(noise_mask(80, 80, 5, 0.02)).labels;
  EXPECT_EQ(watershed<std::int32_t>(minus_squared.view(), markers, mask),
            watershed<double>(minus.view(), markers, mask));
}

TEST(Watershed, TellsFloatsApartThatDifferByVeryLittleAndTakesBothZerosForOne) {
  // Upwards to the right by a trillionth a pixel, with a zero of either sign at the left.
  const Image<float> image = image_of<float>({{-0.0F, 1e-12F, 2e-12F, 3e-12F, 2e-12F, 1e-12F, 0.0F}});
  const LabelImage markers = image_of<Label>({{4, 0, 0, 0, 0, 0, 9}});
  EXPECT_EQ(watershed<float>(image.view(), markers, {}), image_of<Label>({{4, 4, 4, 4, 9, 9, 9}}));
  const Image<float> slope = image_of<float>({{3e-12F, 2e-12F, 1e-12F, 0, 1e-12F}});
  const LabelImage ends = image_of<Label>({{4, 0, 0, 0, 9}});
  EXPECT_EQ(watershed<float>(slope.view(), ends, {}), image_of<Label>({{4, 9, 9, 9, 9}}));
}

TEST(Watershed, GivesAPixelToTheFloodThatReachesItFirst) {
  const Image<float> image = image_of<float>({{0, 1, 2, 3, 2, 1, 0}});
  const LabelImage markers = image_of<Label>({{4, 0, 0, 0, 0, 0, 9}});
  EXPECT_EQ(watershed<float>(image.view(), markers, {}), image_of<Label>({{4, 4, 4, 4, 9, 9, 9}}));
  EXPECT_EQ(watershed<float>(image.view(), markers, {}, {.line = true}), image_of<Label>({{4, 4, 4, 0, 9, 9, 9}}));
}

TEST(Watershed, NeverEntersPixelsOutsideTheMaskAndDropsSeedsThere) {
  const Image<float> image(1, 7);
  const LabelImage markers = image_of<Label>({{1, 0, 0, 2, 0, 0, 0}});
  EXPECT_EQ(watershed<float>(image.view(), markers, mask_of({"###.##."})), image_of<Label>({{1, 1, 1, 0, 0, 0, 0}}));
}

TEST(Watershed, TakesBothZerosForTheSameHeight) {
  Image<double> image(9, 9);
  Image<double> mixed(9, 9);
  for (std::size_t i = 0; i < mixed.size(); i += 2) mixed.pixels()[i] = -0.0;
  LabelImage markers(9, 9);
  markers[0, 3] = 1;
  markers[8, 5] = 2;
  markers[4, 0] = 3;
  EXPECT_EQ(watershed<double>(mixed.view(), markers, {}), watershed<double>(image.view(), markers, {}));
}

TEST(Watershed, WithoutSeedsOrWithoutPixelsFloodsNothing) {
  const Image<float> image(3, 3);
  EXPECT_EQ(watershed<float>(image.view(), LabelImage(3, 3), {}), LabelImage(3, 3));
  EXPECT_TRUE(watershed<float>(FloatView(), LabelView(), MaskView()).empty());
}

TEST(Watershed, PausesOnALargeImageAndCanBeDropped) {
  const Scene s = scene({300, 400}, 3, 50, 1.0);
  Sliced<LabelImage> work = watershed_in_slices<double>(s.image.view(), s.markers, s.mask, {});
  int slices = 1;
  while (work.advance()) ++slices;
  EXPECT_GE(slices, 10);
  EXPECT_EQ(work.take(), watershed<double>(s.image.view(), s.markers, s.mask));
  Sliced<LabelImage> dropped = watershed_in_slices<double>(s.image.view(), s.markers, s.mask, {});
  EXPECT_TRUE(dropped.advance());
  EXPECT_TRUE(dropped.advance());
}

}  // namespace
}  // namespace floodlight::test

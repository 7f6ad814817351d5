// The watershed basin by basin against the one heap of the whole image, where equal markers compete and where they do not.
#include "core/segment/basins.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "core/segment/basin_flood.h"
#include "core/segment/distance_transform.h"
#include "core/segment/label.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"
#include "tests/core/reference.h"
#include "tests/core/segment/mask_patterns.h"

namespace floodlight::test {
namespace {

/// Whole numbers as floats, which have the same order and always go through the heap.
LabelImage by_heap(const Image<std::int32_t>& landscape, const LabelImage& markers, const Mask& mask,
                   Connectivity connectivity) {
  Image<float> heights(landscape.rows(), landscape.cols());
  std::ranges::transform(landscape.pixels(), heights.pixels().begin(),
                         [](std::int32_t value) { return static_cast<float>(value); });
  return watershed<float>(heights.view(), markers, mask, {.connectivity = connectivity});
}

void expect_as_by_heap(const Image<std::int32_t>& landscape, const LabelImage& markers, const Mask& mask) {
  for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
    ASSERT_EQ(watershed<std::int32_t>(landscape.view(), markers, mask, {.connectivity = connectivity}),
              by_heap(landscape, markers, mask, connectivity))
        << picture(mask);
  }
}

Image<std::int32_t> minus_squared_distance(const Mask& mask) {
  Image<std::int32_t> landscape = distance_squared(mask);
  for (std::int32_t& value : landscape.pixels()) value = -value;
  return landscape;
}

/// Every second marker has the label of the first: components of one label, shared labels and equal ones.
LabelImage with_repeats(LabelImage markers) {
  for (Label& marker : markers.pixels()) {
    if (marker % 2 == 0 && marker > 0) marker = 1;
  }
  return markers;
}

TEST(Basins, FloodEveryPatternAsTheHeapDoes) {
  for (const Mask& mask : mask_patterns()) {
    const Image<std::int32_t> landscape = minus_squared_distance(mask);
    for (const double share : {0.02, 0.2, 0.6}) {
      const LabelImage markers = label(noise_mask(mask.rows(), mask.cols(), 31, share)).labels;
      expect_as_by_heap(landscape, markers, mask);
      expect_as_by_heap(landscape, with_repeats(markers), mask);
      expect_as_by_heap(Image<std::int32_t>(mask.rows(), mask.cols()), markers, mask);
    }
  }
}

TEST(Basins, FloodEqualDiscsThatTouchAsTheHeapDoes) {
  for (const int radius : {3, 4, 6, 9}) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      // Discs of equal height with some pixels missing: most floods go the same way, and some run in step.
      Mask mask = touching_discs(70, 80, radius);
      const Mask kept = noise_mask(70, 80, seed, 0.995);
      for (std::size_t i = 0; i < mask.size(); ++i) mask.pixels()[i] &= kept.pixels()[i];
      const Image<std::int32_t> squared = distance_squared(mask);
      const auto peaks =
          peak_local_max<std::int32_t>(squared.view(), {.window = 3, .min_distance = 1, .exclude_border = false});
      const LabelImage markers = seeds_from_peaks(peaks, 70, 80).labels;
      expect_as_by_heap(minus_squared_distance(mask), markers, mask);
    }
  }
}

TEST(Basins, FloodPlateausOfFewValuesAsTheHeapDoes) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Mask mask = noise_mask(40, 55, seed, 0.8);
    const Image<float> heights = noise(40, 55, seed + 1, 1 + static_cast<int>(seed % 6));
    Image<std::int32_t> landscape(40, 55);
    std::ranges::transform(heights.pixels(), landscape.pixels().begin(),
                           [](float value) { return static_cast<std::int32_t>(value); });
    const LabelImage markers = label(noise_mask(40, 55, seed + 2, 0.03)).labels;
    expect_as_by_heap(landscape, markers, mask);
  }
}

TEST(Basins, LeaveLandscapesOfFarMoreValuesThanPixelsToTheHeap) {
  const Image<std::int32_t> landscape = image_of<std::int32_t>({{2'000'000'000, -2'000'000'000, 5, 7, -3, 1}});
  const LabelImage markers = image_of<Label>({{1, 0, 0, 0, 0, 2}});
  const Mask mask(1, 6, std::vector<std::uint8_t>(6, 1));
  EXPECT_FALSE(watershed_by_basins_in_slices(landscape, markers, mask, Connectivity::four).finish().has_value());
  EXPECT_EQ(watershed<std::int32_t>(landscape.view(), markers, mask), image_of<Label>({{1, 2, 2, 2, 2, 2}}));
  const Mask alone = mask_of({"###..#"});
  EXPECT_EQ(watershed<std::int32_t>(landscape.view(), markers, alone), image_of<Label>({{1, 1, 1, 0, 0, 2}}));
}

/// Floods a landscape of one basin by itself, and asks whether the order of its equal markers decides labels.
bool tells_equal_markers_apart(const Image<std::int32_t>& landscape, const LabelImage& markers) {
  std::vector<RowRun> runs;
  for (int row = 0; row < landscape.rows(); ++row) runs.push_back({row, 0, landscape.cols()});
  BasinFlood flood(landscape, markers, Connectivity::four);
  flood.start({.runs = runs,
               .pixels = static_cast<std::int64_t>(landscape.size()),
               .bottom = landscape.rows(),
               .right = landscape.cols(),
               .lowest = std::ranges::min(landscape.pixels()),
               .highest = std::ranges::max(landscape.pixels())});
  while (flood.enter_row()) {
  }
  flood.queue_markers({});
  if (flood.has_equal_markers()) flood.follow_equal_markers();
  while (flood.flood(1)) {
  }
  return flood.tells_equal_markers_apart();
}

TEST(Basins, AskForTheHeapOnlyWhereTheOrderOfEqualMarkersDecides) {
  const LabelImage ends = image_of<Label>({{1, 0, 0, 0, 2}});
  EXPECT_TRUE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 1, 2, 1, 0}}), ends)) << "in step to the middle";
  EXPECT_TRUE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 0, 0, 0, 0}}), ends));
  EXPECT_FALSE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 1, 2, 2, 0}}), ends)) << "one comes sooner";
  EXPECT_FALSE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 1, 2, 1, 1}}), ends)) << "no equal markers";
  EXPECT_FALSE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 0, 0, 0}}), image_of<Label>({{1, 0, 0, 2}})))
      << "nothing lies between";
  EXPECT_FALSE(tells_equal_markers_apart(image_of<std::int32_t>({{0, 0, 0, 9, 5}}), image_of<Label>({{1, 0, 1, 0, 2}})))
      << "equal markers of one label";
}

}  // namespace
}  // namespace floodlight::test

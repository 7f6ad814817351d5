// The pipeline's other ways to seeds: by hand, and every maximum.
#include <algorithm>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "core/pipeline/pipeline.h"
#include "core/segment/label.h"
#include "core/segment/watershed.h"
#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

constexpr int size = 40;

void finish(Pipeline& pipeline, const Recipe& recipe, unsigned seed) {
  testing::Dice dice(seed);
  pipeline.set_recipe(recipe);
  pipeline.set_image(testing::blobs(dice, size, size, 10));
  pipeline.finish();
}

TEST(PipelineSeeds, ByHandAreTheWatershedsMarkers) {
  Recipe recipe;
  recipe.seeds = SeedMethod::by_hand;
  LabelImage markers(size, size);
  for (int i = 0; i < 6; ++i) {
    recipe.seeds_by_hand.push_back({5 * i + 3, 37 - 6 * i});
    markers[5 * i + 3, 37 - 6 * i] = i + 1;  // already in raster order
  }
  Pipeline pipeline;
  finish(pipeline, recipe, 12);
  EXPECT_EQ(pipeline.values().seeds.labels, markers);
  Image<double> landscape(size, size);
  std::ranges::transform(pipeline.values().distance_squared.pixels(), landscape.pixels().begin(),
                         [](std::int32_t squared) { return -static_cast<double>(squared); });
  EXPECT_EQ(pipeline.values().labels, watershed<double>(landscape.view(), markers, pipeline.values().refined));
}

TEST(PipelineSeeds, OfEveryMaximumLieInEveryObject) {
  Recipe recipe;
  recipe.seeds = SeedMethod::every_maximum;
  Pipeline pipeline;
  finish(pipeline, recipe, 13);
  const auto& v = pipeline.values();
  const auto objects = label(MaskView(v.refined), Connectivity::four);
  ASSERT_GT(objects.count, 1);
  std::vector<bool> seeded(static_cast<std::size_t>(objects.count) + 1);
  for (const Pixel p : v.peaks) seeded[static_cast<std::size_t>(objects.labels[p])] = true;
  EXPECT_EQ(std::count(seeded.begin() + 1, seeded.end(), true), objects.count);
  for (std::size_t i = 0; i < v.labels.size(); ++i) EXPECT_EQ(v.labels.pixels()[i] != 0, v.refined.pixels()[i] != 0);
}

}  // namespace
}  // namespace floodlight

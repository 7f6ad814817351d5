// The pipeline against the separate calls, from scratch, step by step and interrupted.
#include "core/pipeline/pipeline.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

#include <gtest/gtest.h>

#include "core/segment/distance_transform.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"
#include "tests/core/random_inputs.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

using testing::blobs;
using testing::Dice;
using testing::random_recipe;

constexpr int size = 40;

// A recipe that finds something in images of 40 x 40.
Recipe small_recipe() {
  Recipe recipe;
  recipe.window = 5;
  recipe.min_distance = 2;
  recipe.exclude_border = false;
  return recipe;
}

Image<float> filter_of(const Image<float>& raw, const Recipe& recipe) {
  const int window = recipe.filter.values.whole(window_size);
  if (recipe.filter == filters::mean) return mean(raw, window);
  if (recipe.filter == filters::gaussian) return gaussian(raw, recipe.filter[gaussian_sigma]);
  if (recipe.filter == filters::median) return median(raw, window);
  if (recipe.filter == filters::difference_of_gaussians) {
    Image<float> narrow = gaussian(raw, recipe.filter[low_sigma]);
    const Image<float> wide = gaussian(raw, recipe.filter[high_sigma]);
    for (std::size_t i = 0; i < narrow.size(); ++i) narrow.pixels()[i] -= wide.pixels()[i];
    return narrow;
  }
  if (recipe.filter == filters::one_value) return one_value(raw, recipe.filter[kept_value]);
  EXPECT_EQ(recipe.filter, filters::none) << "a filter that this test does not know";
  return raw;
}

std::optional<Cutoff> cutoff_of(const Image<float>& image, const Recipe& recipe) {
  if (recipe.threshold == thresholds::manual) return Cutoff(recipe.threshold[cutoff_value]);
  if (recipe.threshold == thresholds::local)
    return Cutoff(threshold_local(image, recipe.threshold.values.whole(block_size), recipe.threshold[block_offset]));
  const auto found =
      floodlight::test::cutoff_of(image, *recipe.threshold.row, recipe.threshold.values.whole(histogram_bins));
  return found ? std::optional(Cutoff(*found)) : std::nullopt;
}

// The histogram that is shown has the recipe's bins where the method looks at them, 256 otherwise.
int shown_bins(const Recipe& recipe) {
  return recipe.threshold.has(histogram_bins) ? recipe.threshold.values.whole(histogram_bins) : 256;
}

Image<double> minus(const Image<double>& image) {
  Image<double> result = image;
  for (double& value : result.pixels()) value = -value;
  return result;
}

// The same steps as a student would call them, one after the other, with distances in double as scikit-image has them;
// up to the stage that fails.
struct Straight {
  StageValues values;
  std::optional<Stage> failed;
};

Straight straight(const Image<float>& raw, const Recipe& recipe) {
  Straight result;
  StageValues& v = result.values;
  v.raw = raw;
  v.filtered = filter_of(raw, recipe);
  const auto cutoff = cutoff_of(v.filtered, recipe);
  if (!cutoff) {
    result.failed = Stage::mask;
    return result;
  }
  v.thresholded.cutoff = *cutoff;
  v.thresholded.histogram = histogram(v.filtered, shown_bins(recipe));
  v.thresholded.mask = above(v.filtered, *cutoff);
  if (const auto raw_cutoff = cutoff_of(raw, recipe)) v.raw_thresholded.mask = above(raw, *raw_cutoff);
  v.components = label(MaskView(v.thresholded.mask), Connectivity::eight);
  v.refined = refine(v.thresholded.mask, recipe.refinements);
  v.distance_squared = distance_squared(v.refined);
  v.distance = distance_single(v.distance_squared);
  const auto d = distance(v.distance_squared);
  switch (recipe.seeds) {
    case SeedMethod::peaks: {
      PeakOptions<double> options{recipe.window, recipe.min_distance, recipe.exclude_border, std::nullopt};
      if (!std::isnan(recipe.threshold_abs)) options.threshold_abs = recipe.threshold_abs;
      v.peaks = peak_local_max(d.view(), options);
      break;
    }
    case SeedMethod::every_maximum:
      v.peaks = peak_local_max(d.view(), PeakOptions<double>{0, 1, false, std::nullopt});
      break;
    case SeedMethod::by_hand:
      v.peaks = recipe.seeds_by_hand;
      break;
  }
  v.seeds = seeds_from_peaks(v.peaks, raw.rows(), raw.cols());
  const Image<double> intensity(raw.rows(), raw.cols(), {v.filtered.pixels().begin(), v.filtered.pixels().end()});
  const auto landscape = minus(recipe.flooded == FloodedImage::distance ? d : intensity);
  v.labels = watershed<double>(landscape.view(), v.seeds.labels, v.refined,
                               {recipe.connectivity, recipe.line, recipe.compactness});
  v.measurements = region_properties(v.labels, raw);
  v.nuclei = static_cast<Label>(v.measurements.size());
  return result;
}

void expect_same(const StageValues& values, const Straight& expected) {
  const StageValues& e = expected.values;
  EXPECT_EQ(values.raw, e.raw);
  EXPECT_EQ(values.filtered, e.filtered);
  if (expected.failed) return;
  EXPECT_EQ(values.thresholded.cutoff.lowest, e.thresholded.cutoff.lowest);
  EXPECT_EQ(values.thresholded.cutoff.highest, e.thresholded.cutoff.highest);
  EXPECT_EQ(values.thresholded.cutoff.image, e.thresholded.cutoff.image);
  EXPECT_EQ(values.thresholded.mask, e.thresholded.mask);
  EXPECT_EQ(values.thresholded.histogram.counts, e.thresholded.histogram.counts);
  EXPECT_EQ(values.thresholded.histogram.edges, e.thresholded.histogram.edges);
  EXPECT_EQ(values.thresholded.above, std::ranges::count(e.thresholded.mask.pixels(), 1));
  EXPECT_EQ(values.raw_thresholded.mask, e.raw_thresholded.mask);
  EXPECT_EQ(values.components.labels, e.components.labels);
  EXPECT_EQ(values.components.count, e.components.count);
  EXPECT_EQ(values.refined, e.refined);
  EXPECT_EQ(values.distance_squared, e.distance_squared);
  EXPECT_EQ(values.distance, e.distance);
  EXPECT_EQ(values.peaks, e.peaks);
  EXPECT_EQ(values.seeds.labels, e.seeds.labels);
  EXPECT_EQ(values.seeds.count, e.seeds.count);
  EXPECT_EQ(values.labels, e.labels);
  EXPECT_EQ(values.nuclei, e.nuclei);
  ASSERT_EQ(values.measurements.size(), e.measurements.size());
  for (std::size_t i = 0; i < e.measurements.size(); ++i) {
    EXPECT_EQ(values.measurements[i].label, e.measurements[i].label);
    EXPECT_EQ(values.measurements[i].area, e.measurements[i].area);
    EXPECT_EQ(values.measurements[i].mean_intensity, e.measurements[i].mean_intensity);
  }
}

void expect_finished(const Pipeline& pipeline, const Image<float>& image) {
  const auto expected = straight(image, pipeline.recipe());
  EXPECT_FALSE(pipeline.busy());
  ASSERT_EQ(pipeline.failure().has_value(), expected.failed.has_value());
  if (expected.failed) {
    EXPECT_EQ(pipeline.failure()->stage, *expected.failed);
  } else {
    EXPECT_TRUE(pipeline.current(Stage::measurements));
  }
  expect_same(pipeline.values(), expected);
}

std::array<std::uint32_t, stage_count> versions(const Pipeline& pipeline) {
  std::array<std::uint32_t, stage_count> result{};
  std::ranges::transform(stages, result.begin(), [&](Stage stage) { return pipeline.version(stage); });
  return result;
}

std::vector<Stage> changed_since(const Pipeline& pipeline, const std::array<std::uint32_t, stage_count>& before) {
  std::vector<Stage> result;
  std::ranges::copy_if(stages, std::back_inserter(result),
                       [&](Stage stage) { return pipeline.version(stage) != before[static_cast<std::size_t>(stage)]; });
  return result;
}

TEST(Pipeline, WithoutAnImageThereIsNothingToDo) {
  Pipeline pipeline;
  pipeline.set_recipe(small_recipe());
  EXPECT_FALSE(pipeline.has_image());
  EXPECT_FALSE(pipeline.busy());
  EXPECT_FALSE(pipeline.advance());
  EXPECT_FALSE(pipeline.current(Stage::raw));
}

TEST(Pipeline, TheLabsRecipeIsTheSeparateCalls) {
  Dice dice(1);
  const auto image = blobs(dice, 120, 90, 12);
  Pipeline pipeline;
  pipeline.set_image(image);
  EXPECT_TRUE(pipeline.busy());
  pipeline.finish();
  expect_finished(pipeline, image);
  EXPECT_GT(pipeline.values().nuclei, 2);
  double milliseconds = 0;
  for (const Stage stage : stages) {
    EXPECT_TRUE(pipeline.current(stage));
    EXPECT_EQ(pipeline.version(stage), 1U);
    milliseconds += pipeline.milliseconds(stage);
  }
  EXPECT_GT(milliseconds, 0);
  EXPECT_EQ(pipeline.total_milliseconds(), milliseconds);
}

TEST(Pipeline, RandomRecipesAreTheSeparateCalls) {
  Dice dice(2);
  for (int i = 0; i < 60; ++i) {
    const auto image = blobs(dice, size, size, testing::roll(dice, 1, 12));
    Pipeline pipeline;
    pipeline.set_recipe(random_recipe(dice));
    pipeline.set_image(image);
    pipeline.finish();
    SCOPED_TRACE(write_json(recipe_to_json(pipeline.recipe())));
    expect_finished(pipeline, image);
  }
}

TEST(Pipeline, ChangesGiveWhatAFreshPipelineGives) {
  Dice dice(3);
  auto image = blobs(dice, size, size, 8);
  Pipeline pipeline;
  pipeline.set_image(image);
  Recipe recipe = small_recipe();
  for (int i = 0; i < 150; ++i) {
    // mostly one parameter at a time, as by hand; now and then all of them, or the image
    const int what = testing::roll(dice, 0, 9);
    if (what == 0) {
      recipe = random_recipe(dice);
    } else if (what == 1) {
      image = blobs(dice, size, size, testing::roll(dice, 1, 12));
      pipeline.set_image(image);
    } else {
      const auto other = random_recipe(dice);
      const auto table = recipe_parameters();
      const auto& p = table[static_cast<std::size_t>(testing::roll(dice, 0, static_cast<int>(table.size()) - 1))];
      p.set(recipe, p.get(other));
      if (what == 2) recipe.refinements = other.refinements;
      if (what == 3) recipe.seeds_by_hand = other.seeds_by_hand;
    }
    pipeline.set_recipe(recipe);
    pipeline.finish();
    SCOPED_TRACE(write_json(recipe_to_json(recipe)));
    expect_finished(pipeline, image);
    if (HasFailure()) return;
  }
}

TEST(Pipeline, OnlyWhatAParameterReachesIsComputedAgain) {
  Dice dice(4);
  const auto image = blobs(dice, 100, 100, 25);
  Pipeline pipeline;
  Recipe recipe = small_recipe();
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  const auto changed = [&] {
    const auto before = versions(pipeline);
    pipeline.set_recipe(recipe);
    pipeline.finish();
    return changed_since(pipeline, before);
  };
  using enum Stage;
  EXPECT_EQ(changed(), std::vector<Stage>{});
  recipe.filter[gaussian_sigma] = 2;
  EXPECT_EQ(changed(),
            (std::vector<Stage>{filtered, mask, components, refined, distance, seeds, labels, measurements}));
  recipe.refinements.push_back({repairs::erosion, values_of({FootprintShape::disk, 1})});
  EXPECT_EQ(changed(), (std::vector<Stage>{refined, distance, seeds, labels, measurements}));
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {pipeline.values().peaks.front()};
  EXPECT_EQ(changed(), (std::vector<Stage>{seeds, labels, measurements}));
  recipe.line = true;  // one seed: no floods meet
  EXPECT_EQ(changed(), std::vector<Stage>{});
  recipe.pixel_size_um = 0.5;
  EXPECT_EQ(changed(), std::vector<Stage>{measurements});
  recipe.filter[window_size] = 9;  // means nothing to a Gaussian
  recipe.min_distance = 7;
  EXPECT_EQ(changed(), std::vector<Stage>{});
}

TEST(Pipeline, AMaskThatStaysTheSameStopsTheRecomputation) {
  Image<float> image(20, 20);
  for (int row = 5; row < 15; ++row) std::fill(image.view().row(row) + 5, image.view().row(row) + 15, 100.0F);
  Recipe recipe = small_recipe();
  recipe.filter = filters::none;
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = 50;
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  const auto before = versions(pipeline);
  recipe.threshold[cutoff_value] = 60;
  pipeline.set_recipe(recipe);
  EXPECT_FALSE(pipeline.current(Stage::mask));
  EXPECT_TRUE(pipeline.current(Stage::filtered));
  pipeline.finish();
  EXPECT_EQ(changed_since(pipeline, before), std::vector<Stage>{Stage::mask});
  EXPECT_EQ(pipeline.values().thresholded.cutoff.lowest, 60);
  EXPECT_TRUE(pipeline.current(Stage::measurements));
}

TEST(Pipeline, TheRawMaskIsNewWhereTheFilteredOneIsNot) {
  Dice dice(5);
  auto image = blobs(dice, size, size, 3);
  image[20, 20] = 1500;
  Recipe recipe = small_recipe();
  recipe.filter = filters::mean;
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = 2000;
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  const auto before = versions(pipeline);
  EXPECT_EQ(pipeline.values().raw_thresholded.above, 0);
  recipe.threshold[cutoff_value] = 1000;  // still nothing in the filtered image
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_GT(pipeline.version(Stage::mask), before[static_cast<std::size_t>(Stage::mask)]);
  EXPECT_EQ(pipeline.version(Stage::components), before[static_cast<std::size_t>(Stage::components)]);
  EXPECT_EQ(pipeline.values().raw_thresholded.above, 1);
}

TEST(Pipeline, AbandonedInMidWorkItEndsInTheRightValues) {
  Dice dice(6);
  const auto first = blobs(dice, size, size, 9);
  const auto second = blobs(dice, size + 10, size - 5, 7);
  // one change for each stage that has parameters, and another image
  const std::vector<void (*)(Recipe&)> changes = {
      [](Recipe& r) { r.nonfinite_as_zero = true; },
      [](Recipe& r) { r.filter[gaussian_sigma] = 1.7; },
      [](Recipe& r) { r.threshold = thresholds::li; },
      [](Recipe& r) { r.refinements.pop_back(); },
      [](Recipe& r) { r.seeds = SeedMethod::every_maximum; },
      [](Recipe& r) { r.connectivity = Connectivity::eight; },
      [](Recipe& r) { r.pixel_size_um = 2; },
  };
  int steps_in_all = 0;
  Pipeline counted;
  counted.set_image(first);
  while (counted.advance()) ++steps_in_all;
  EXPECT_GE(steps_in_all, static_cast<int>(stage_count) - 1);
  for (int steps = 0; steps <= steps_in_all; ++steps) {
    for (std::size_t change = 0; change <= changes.size(); ++change) {
      SCOPED_TRACE(std::to_string(steps) + " steps, change " + std::to_string(change));
      Pipeline pipeline;
      Recipe recipe = small_recipe();
      pipeline.set_recipe(recipe);
      pipeline.set_image(first);
      for (int i = 0; i < steps; ++i) pipeline.advance();
      const bool new_image = change == changes.size();
      if (new_image) {
        pipeline.set_image(second);
      } else {
        changes[change](recipe);
        pipeline.set_recipe(recipe);
      }
      pipeline.finish();
      expect_finished(pipeline, new_image ? second : first);
    }
  }
}

TEST(Pipeline, GoesBackAndForthInMidWork) {
  Dice dice(7);
  const auto image = blobs(dice, size, size, 9);
  Pipeline pipeline;
  pipeline.set_image(image);
  for (int i = 0; i < 300; ++i) {
    pipeline.set_recipe(random_recipe(dice));
    for (int steps = testing::roll(dice, 0, 15); steps > 0; --steps) pipeline.advance();
  }
  pipeline.finish();
  expect_finished(pipeline, image);
  pipeline.set_recipe(small_recipe());
  pipeline.finish();
  expect_finished(pipeline, image);
}

TEST(Pipeline, AReplacedImageKeepsTheOldValuesUntilTheNewOnesAreThere) {
  Dice dice(10);
  const auto first = blobs(dice, size, size, 9);
  const auto second = blobs(dice, size, size, 6);
  Pipeline pipeline;
  pipeline.set_recipe(small_recipe());
  pipeline.set_image(first);
  pipeline.finish();
  const LabelImage before = pipeline.values().labels;
  pipeline.replace_image(second);
  EXPECT_TRUE(pipeline.busy());
  EXPECT_TRUE(pipeline.has(Stage::labels));
  EXPECT_FALSE(pipeline.current(Stage::labels));
  EXPECT_EQ(pipeline.values().labels, before);
  pipeline.advance();
  pipeline.replace_image(first);
  for (int i = 0; i < 5; ++i) pipeline.advance();
  pipeline.replace_image(second);
  pipeline.finish();
  expect_finished(pipeline, second);
  const auto larger = blobs(dice, size + 3, size, 6);
  pipeline.replace_image(larger);
  EXPECT_FALSE(pipeline.has(Stage::labels));
  pipeline.finish();
  expect_finished(pipeline, larger);
}

TEST(Pipeline, EveryStageOfALargeImagePauses) {
  Dice dice(9);
  Recipe recipe = small_recipe();
  recipe.refinements = {{repairs::remove_small_objects, up_to(20)},
                        {repairs::remove_small_holes, up_to(20)},
                        repairs::fill_holes,
                        {repairs::opening, values_of({FootprintShape::disk, 3})},
                        {repairs::closing, values_of({FootprintShape::square, 2})},
                        {repairs::dilation, values_of({FootprintShape::diamond, 1})}};
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(blobs(dice, 1100, 1000, 300));
  for (const Stage stage : {Stage::filtered, Stage::mask, Stage::components, Stage::refined, Stage::distance,
                            Stage::seeds, Stage::labels, Stage::measurements}) {
    while (!pipeline.current(static_cast<Stage>(static_cast<int>(stage) - 1))) pipeline.advance();
    int slices = 0;
    for (; pipeline.version(stage) == 0; ++slices) pipeline.advance();
    EXPECT_GE(slices, stage == Stage::refined ? 60 : 8) << "stage " << static_cast<int>(stage);
  }
}

TEST(Pipeline, ALaterParameterLeavesTheStageInProgressAlone) {
  Dice dice(8);
  const auto image = blobs(dice, 500, 500, 40);
  Recipe recipe = small_recipe();
  recipe.filter = filters::median;
  recipe.filter[window_size] = 15;
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  int needed = 0;
  while (pipeline.version(Stage::filtered) == 0) {
    pipeline.advance();
    ++needed;
  }
  ASSERT_GT(needed, 3) << "the filter is not sliced";
  pipeline.set_image(image);
  for (int i = 0; i < needed - 1; ++i) pipeline.advance();
  recipe.line = true;
  pipeline.set_recipe(recipe);
  EXPECT_FALSE(pipeline.current(Stage::filtered));
  pipeline.advance();
  EXPECT_TRUE(pipeline.current(Stage::filtered));
}

TEST(Pipeline, RunForStopsWhenTheTimeIsOver) {
  Dice dice(9);
  Pipeline pipeline;
  pipeline.set_image(blobs(dice, 300, 300, 30));
  EXPECT_TRUE(pipeline.run_for(std::chrono::microseconds(0)));
  EXPECT_TRUE(pipeline.busy());
  EXPECT_FALSE(pipeline.run_for(std::chrono::hours(1)));
  EXPECT_FALSE(pipeline.busy());
  EXPECT_TRUE(pipeline.current(Stage::measurements));
}

TEST(Pipeline, PixelsThatAreNoNumbersWaitForADecision) {
  Dice dice(10);
  auto image = blobs(dice, size, size, 8);
  Pipeline pipeline;
  Recipe recipe = small_recipe();
  pipeline.set_recipe(recipe);
  image[3, 4] = std::numeric_limits<float>::quiet_NaN();
  pipeline.set_image(image);
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure().has_value());
  EXPECT_EQ(pipeline.failure()->stage, Stage::filtered);
  EXPECT_EQ(pipeline.failure()->error.message,
            "1 pixel is NaN or infinite, which cannot be filtered; treat them as 0 to go on.");
  EXPECT_TRUE(pipeline.current(Stage::raw));
  EXPECT_FALSE(pipeline.current(Stage::filtered));

  image[5, 6] = -std::numeric_limits<float>::infinity();
  pipeline.set_image(image);
  EXPECT_FALSE(pipeline.failure().has_value());
  pipeline.finish();
  EXPECT_EQ(pipeline.failure()->error.message,
            "2 pixels are NaN or infinite, which cannot be filtered; treat them as 0 to go on.");
  EXPECT_EQ(count_nonfinite(image), 2);

  recipe.nonfinite_as_zero = true;
  pipeline.set_recipe(recipe);
  EXPECT_TRUE(pipeline.busy());
  pipeline.finish();
  image[3, 4] = 0;
  image[5, 6] = 0;
  expect_finished(pipeline, image);
}

TEST(Pipeline, ANewImageHasNoValuesUntilTheyAreComputed) {
  Dice dice(14);
  Pipeline pipeline;
  pipeline.set_image(blobs(dice, size, size, 8));
  pipeline.finish();
  auto image = blobs(dice, size, size, 8);
  image[0, 0] = std::numeric_limits<float>::quiet_NaN();
  pipeline.set_image(image);
  for (const Stage stage : stages) EXPECT_FALSE(pipeline.has(stage));
  pipeline.finish();
  EXPECT_TRUE(pipeline.has(Stage::raw));
  EXPECT_FALSE(pipeline.has(Stage::filtered));
  EXPECT_TRUE(pipeline.values().labels.empty());
}

TEST(Pipeline, AMethodWithoutAnAnswerLeavesThePreviousValues) {
  // A ramp's histogram has no two maxima.
  Image<float> ramp(size, size);
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp.pixels()[i] = static_cast<float>(i);
  Pipeline pipeline;
  Recipe recipe = small_recipe();
  recipe.filter = filters::none;
  pipeline.set_recipe(recipe);
  pipeline.set_image(ramp);
  pipeline.finish();
  const auto before = straight(ramp, recipe);
  expect_finished(pipeline, ramp);
  recipe.threshold = thresholds::minimum;
  pipeline.set_recipe(recipe);
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure().has_value());
  EXPECT_EQ(pipeline.failure()->stage, Stage::mask);
  EXPECT_FALSE(pipeline.failure()->error.message.empty());
  EXPECT_FALSE(pipeline.busy());
  EXPECT_FALSE(pipeline.current(Stage::mask));
  EXPECT_FALSE(pipeline.current(Stage::labels));
  expect_same(pipeline.values(), before);
  recipe.line = true;  // a later parameter does not help
  pipeline.set_recipe(recipe);
  EXPECT_TRUE(pipeline.failure().has_value());
  EXPECT_FALSE(pipeline.advance());
  recipe.threshold = thresholds::otsu;
  pipeline.set_recipe(recipe);
  pipeline.finish();
  expect_finished(pipeline, ramp);
}

TEST(Pipeline, SeedsOutsideTheImageAreRefused) {
  Dice dice(11);
  const auto image = blobs(dice, size, size, 8);
  Pipeline pipeline;
  Recipe recipe = small_recipe();
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{1, 2}, {40, 3}};
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure().has_value());
  EXPECT_EQ(pipeline.failure()->stage, Stage::seeds);
  EXPECT_EQ(pipeline.failure()->error.message,
            "The seed at row 40, column 3 lies outside the image of 40 x 40 pixels; move or delete it.");
  EXPECT_TRUE(pipeline.current(Stage::distance));
  recipe.seeds_by_hand.pop_back();
  pipeline.set_recipe(recipe);
  pipeline.finish();
  expect_finished(pipeline, image);
}

TEST(Pipeline, AnImageOfOnePixelPasses) {
  Pipeline pipeline;
  pipeline.set_image(Image<float>(1, 1, {7}));
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure().has_value());
  EXPECT_TRUE(pipeline.current(Stage::measurements));
  EXPECT_EQ(pipeline.values().nuclei, 0);
}

}  // namespace
}  // namespace floodlight

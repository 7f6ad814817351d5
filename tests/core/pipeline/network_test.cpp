// A network as a way to the mask and to seeds: the stages are what the network says, and a recipe carries it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/learn/network_input.h"
#include "core/learn/network_prediction.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/distance_transform.h"
#include "core/segment/gaussian.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"
#include "tests/core/learn/truth_images.h"
#include "tests/core/random_inputs.h"

namespace floodlight::test {
namespace {

using testing::Dice;

/// A network that has learnt a little, so that it says more than one thing.
std::shared_ptr<const TrainedNetwork> any_network(bool rim = true, int steps = 60) {
  NetworkTraining training = testing::any_training({.shape = {.widths = {4, 6, 8}, .rim = rim},
                                                    .seed = 3,
                                                    .images = 6,
                                                    .schedule = {.rate = 0.01, .warm_up = 5, .steps = 60}});
  for (int i = 0; i < steps; ++i) training.step();
  return std::make_shared<const TrainedNetwork>(kept_network(training).value());
}

/// Two dozen discs, some of which touch.
Image<float> cells() {
  Dice dice(40);
  Image<float> image(90, 115);
  for (float& value : image.pixels()) value = static_cast<float>(testing::roll(dice, 90, 130));
  for (int i = 0; i < 14; ++i) {
    const Pixel centre{testing::roll(dice, 0, 89), testing::roll(dice, 0, 114)};
    for (int row = 0; row < 90; ++row) {
      for (int col = 0; col < 115; ++col) {
        if (squared_distance(centre, {row, col}) <= 90) image[row, col] = 500;
      }
    }
  }
  return image;
}

const StageValues& values_of(Pipeline& pipeline, const Recipe& recipe, const Image<float>& image) {
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure()) << (pipeline.failure() ? pipeline.failure()->error.message : "");
  return pipeline.values();
}

Recipe back_from_json(const Recipe& recipe) {
  auto read = recipe_from_text(write_json(recipe_to_json(recipe)));
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  return read.value_or(Recipe{});
}

TEST(NetworkRecipe, EveryStageIsWhatTheNetworkSays) {
  for (const bool rim : {true, false}) {
    Recipe recipe = network_recipe(any_network(rim));
    const Image<float> image = cells();
    Pipeline pipeline;
    const StageValues& values = values_of(pipeline, recipe, image);
    const NetworkInput input = network_input(image);
    EXPECT_EQ(values.filtered, input.image);
    const NetworkPrediction prediction = predict(recipe.network->net, input.image);
    EXPECT_EQ(values.network, prediction);
    ASSERT_EQ(prediction.probabilities.size(), rim ? 3U : 2U);
    Mask interior(90, 115);
    for (int row = 0; row < 90; ++row) {
      for (int col = 0; col < 115; ++col) {
        const float background = prediction.probabilities[0][row, col];
        ASSERT_EQ((values.thresholded.mask[row, col]), background < 0.15F ? 1 : 0);
        const float inside = prediction.probabilities.back()[row, col];
        const float at_rim = rim ? prediction.probabilities[1][row, col] : 0;
        interior[row, col] = inside > background && inside > at_rim ? 1 : 0;
      }
    }
    EXPECT_EQ(interior_of(values.network), interior);
    EXPECT_GT(std::ranges::count(interior.pixels(), std::uint8_t{1}), 100);
    EXPECT_EQ(values.refined, values.thresholded.mask);
    const Image<float> landscape = gaussian(distance_single(distance_squared(interior)), 1);
    const auto peaks = peak_local_max<float>(
        landscape, {.window = 15, .min_distance = 5, .exclude_border = false, .threshold_abs = 1.0F});
    EXPECT_EQ(values.peaks, peaks);
    EXPECT_GT(peaks.size(), 4U);
    EXPECT_EQ(values.interior_distance, landscape);
    Image<std::int32_t> basins = distance_squared(values.thresholded.mask);
    for (std::int32_t& d : basins.pixels()) d = -d;
    const Components seeds = seeds_from_peaks(peaks, 90, 115);
    EXPECT_EQ(values.labels, watershed<std::int32_t>(basins, seeds.labels, values.thresholded.mask));
    // The same mask, with seeds as all other ways have them.
    recipe.mask_from = &mask_sources::network_mask;
    Pipeline other;
    const StageValues& common = values_of(other, recipe, image);
    EXPECT_EQ(common.thresholded.mask, values.thresholded.mask);
    EXPECT_EQ(common.peaks, peak_local_max<std::int32_t>(common.distance_squared, peak_options(recipe)));
    EXPECT_TRUE(common.interior_distance.empty());
  }
}

TEST(NetworkRecipe, SeedsBySeedMethod) {
  Recipe recipe = network_recipe(any_network());
  recipe.seeds = SeedMethod::every_maximum;
  Pipeline pipeline;
  const StageValues& values = values_of(pipeline, recipe, cells());
  EXPECT_EQ(values.peaks,
            peak_local_max<float>(values.interior_distance, {.window = 0, .min_distance = 1, .exclude_border = false}));
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{40, 50}, {3, 4}};
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_EQ(values.peaks, recipe.seeds_by_hand);
  EXPECT_TRUE(values.interior_distance.empty());
}

TEST(NetworkRecipe, ReadsBackAsTheSameRecipeAndGivesTheSameLabels) {
  const Recipe recipe = network_recipe(any_network());
  const Recipe read = back_from_json(recipe);
  EXPECT_EQ(read, recipe);
  EXPECT_EQ(*read.network, *recipe.network);
  EXPECT_EQ(recipe_to_json(read), recipe_to_json(recipe));
  EXPECT_EQ(recipe_to_json(recipe).find("filter"), nullptr);
  Pipeline one;
  Pipeline other;
  const Image<float> image = cells();
  EXPECT_EQ(values_of(one, recipe, image).labels, values_of(other, read, image).labels);
  EXPECT_NE(network_recipe(any_network(false)), recipe);
  Recipe mask = recipe;
  mask.mask_from = &mask_sources::network_mask;
  EXPECT_NE(mask, recipe);
  EXPECT_EQ(back_from_json(mask), mask);
  Recipe classic = recipe;
  classic.mask_from = &mask_sources::classic;
  EXPECT_EQ(recipe_to_json(classic).find("mask"), nullptr);
  EXPECT_EQ(recipe_to_json(classic).find("network"), nullptr);
}

TEST(NetworkRecipe, RefusesAWayWithoutWhatItNeeds) {
  const std::string network = write_json(network_to_json(*any_network(true, 0)));
  const auto refusal = [](const std::string& mask) {
    const auto read = recipe_from_text("{\"floodlight_recipe\": 1, \"mask\": " + mask + "}");
    return read ? "accepted" : read.error().message;
  };
  for (const std::string way : {"network", "network_mask"}) {
    EXPECT_EQ(refusal("{\"from\": \"" + way + "\", \"network\": " + network + "}"), "accepted");
    EXPECT_EQ(refusal("{\"from\": \"" + way + "\"}"),
              "mask.from is \"" + way + "\"; then mask.network must be there, too.");
  }
  EXPECT_EQ(refusal("{\"network\": " + network + "}"),
            "mask.from is \"classic\"; where mask.network is there, it must be \"network\".");
  EXPECT_EQ(refusal("{\"from\": \"network\", \"network\": {}}"), "mask.network: The network has no \"widths\".");
  Recipe untrained;
  untrained.mask_from = &mask_sources::network;
  Pipeline pipeline;
  pipeline.set_recipe(untrained);
  pipeline.set_image(cells());
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure());
  EXPECT_EQ(pipeline.failure()->error.message, "There is no network yet; train one with `floodlight train-network`.");
}

TEST(NetworkRecipe, SaysWhyANetworkCannotLookAtAnImage) {
  Image<float> image = cells();
  image[3, 3] = std::numeric_limits<float>::infinity();
  image[4, 4] = std::numeric_limits<float>::quiet_NaN();
  Recipe recipe = network_recipe(any_network(true, 0));
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure());
  EXPECT_EQ(pipeline.failure()->error.message,
            "2 pixels are NaN or infinite, which no network can look at; treat them as 0 to go on.");
  recipe.nonfinite_as_zero = true;
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure());
}

TEST(NetworkRecipe, ComputesOnlyWhatAChangeReaches) {
  Pipeline pipeline;
  const Recipe first = network_recipe(any_network());
  values_of(pipeline, first, cells());
  const auto runs = [&](Stage stage) { return pipeline.runs(stage); };
  // The same in another object: nothing.
  Recipe recipe = first;
  recipe.network = std::make_shared<const TrainedNetwork>(*first.network);
  pipeline.set_recipe(recipe);
  EXPECT_FALSE(pipeline.busy());
  // Another cutoff: the network is not asked again, and what it sees is kept.
  const std::shared_ptr<const TrainedNetwork> before = pipeline.values().network_of;
  recipe.background_below = 0.5;
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_EQ(runs(Stage::filtered), 1U);
  EXPECT_EQ(runs(Stage::mask), 2U);
  EXPECT_EQ(pipeline.values().network_of, before);
  EXPECT_EQ(pipeline.values().thresholded.mask, foreground_of(pipeline.values().network, 0.5));
  // Another network: it sees the same, and says something else.
  const NetworkPrediction said = pipeline.values().network;
  recipe.network = any_network(true, 20);
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_EQ(runs(Stage::filtered), 1U);
  EXPECT_NE(pipeline.values().network, said);
  // Every stage is as if computed from the beginning.
  Pipeline fresh;
  const StageValues& expected = values_of(fresh, recipe, cells());
  EXPECT_EQ(pipeline.values().labels, expected.labels);
  EXPECT_EQ(pipeline.values().peaks, expected.peaks);
  // Another image of the same size: the network is asked anew.
  Image<float> other = cells();
  std::ranges::reverse(other.pixels());
  pipeline.replace_image(other);
  pipeline.finish();
  Pipeline again;
  EXPECT_EQ(pipeline.values().labels, values_of(again, recipe, other).labels);
  // Without the network nothing of it stays.
  recipe.mask_from = &mask_sources::classic;
  pipeline.set_recipe(recipe);
  EXPECT_TRUE(pipeline.values().network.probabilities.empty());
  EXPECT_EQ(pipeline.values().network_of, nullptr);
}

TEST(NetworkRecipe, OneNumberSaysWhatStandsAtAPixel) {
  const Recipe recipe = network_recipe(any_network());
  Pipeline pipeline;
  const StageValues& values = values_of(pipeline, recipe, cells());
  const Pixel pixel{33, 44};
  EXPECT_EQ(recipe.mask_from->step(Stage::filtered)->terms(recipe, values, pixel).result,
            static_cast<double>(values.filtered[pixel]));
  EXPECT_EQ(recipe.mask_from->step(Stage::mask)->terms(recipe, values, pixel).result,
            static_cast<double>(values.network.probabilities[0][pixel]));
  EXPECT_EQ(recipe.mask_from->seeds->terms(recipe, values, pixel).result,
            static_cast<double>(values.interior_distance[pixel]));
}

}  // namespace
}  // namespace floodlight::test

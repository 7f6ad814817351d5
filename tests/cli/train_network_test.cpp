// `floodlight train-network` and `floodlight recipe --pipeline`: networks become recipes, and segment runs them.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/learn/network_training.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/shipped_network.h"
#include "core/simulate/varied_fields.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

class CliTrainNetwork : public Cli {
 protected:
  void expect_refused(const std::string& arguments, const std::string& sentence) const {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err.substr(0, outcome.err.find('\n')), "floodlight: " + sentence);
  }
};

TEST_F(CliTrainNetwork, PrintsTheRecipeWithTheNetworkThatTheCoreTrains) {
  const std::string order = "train-network --seed 5 --steps 4 --images 9 --widths 3,4,5";
  const Outcome outcome = run(order);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const auto recipe = recipe_from_text(outcome.out);
  ASSERT_TRUE(recipe) << recipe.error().message;
  ASSERT_NE(recipe->network, nullptr);
  NetworkTraining training(
      {.shape = {.widths = {3, 4, 5}}, .seed = 5, .images = 9, .schedule = {.warm_up = 4, .steps = 4}});
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(training.add(simulated_truth_image(varied_field({}, 5, i), true)));
  while (!training.done()) training.step();
  EXPECT_EQ(*recipe->network, kept_network(training).value());
  EXPECT_EQ(*recipe, network_recipe(recipe->network));
  EXPECT_EQ(run(order).out, outcome.out);
}

TEST_F(CliTrainNetwork, SegmentRunsTheShippedNetwork) {
  const Outcome printed = run("recipe --pipeline deep_learning");
  ASSERT_EQ(printed.status, 0) << printed.err;
  EXPECT_EQ(recipe_from_text(printed.out).value(), network_recipe(shipped_network()));
  save("r.json", test::bytes_of_text(printed.out));
  const Outcome outcome = run("segment --recipe r.json --stages cells.tif");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  Pipeline pipeline;
  pipeline.set_recipe(network_recipe(shipped_network()));
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  EXPECT_EQ(labels("cells_labeled.tif"), pipeline.values().labels);
  EXPECT_EQ(image("cells_filtered.tif").pixels, pipeline.values().filtered);
}

TEST_F(CliTrainNetwork, TheClassicRecipeIsTheDefault) {
  EXPECT_EQ(run("recipe --pipeline classic").out, run("recipe").out);
  EXPECT_EQ(recipe_from_text(run("recipe").out).value(), Recipe{});
}

TEST_F(CliTrainNetwork, SaysWhatIsWrongWithTheOrder) {
  expect_refused("train-network cells.tif",
                 "train-network takes no files: it learns from fields that it simulates; cells.tif is one.");
  expect_refused("train-network --steps 0", "--steps is 0; it must be a whole number from 1 to 100000.");
  expect_refused("train-network --images 1001", "--images is 1001; it must be a whole number from 1 to 1000.");
  expect_refused("train-network --widths 8,,12",
                 "--widths is 8,,12; it must be whole numbers with commas between them, such as 8,12,16,24.");
  expect_refused("train-network --widths 8", "The network has 1 levels; it must have 2 to 4.");
  expect_refused("train-network --widths 8,100", "A level of the network has 100 maps; it must have 1 to 64.");
  expect_refused("recipe --pipeline forest",
                 "--pipeline is forest; it must be classic, machine_learning or deep_learning.");
  expect_refused("recipe --pipeline machine_learning",
                 "machine_learning learns from your own paint: floodlight train cells.tif cells_paint.tif prints its "
                 "recipe.");
  expect_refused("recipe r.json", "recipe takes no files; it prints the default recipe.");
}

}  // namespace
}  // namespace floodlight

#include "core/explain/emptied.h"

#include <gtest/gtest.h>

#include "core/samples/samples.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

std::optional<Emptied> emptied_with(const Recipe& recipe) {
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(make_sample("small_field")->pixels);
  pipeline.finish();
  return emptied_by(pipeline.values());
}

TEST(Emptied, NamesTheFirstStepThatLeftNothing) {
  Recipe recipe = samples()[sample_place("small_field")].recipe;
  EXPECT_FALSE(emptied_with(recipe));
  Recipe dark = recipe;
  dark.threshold = {thresholds::manual, {{&cutoff_value, 1000}}};
  EXPECT_EQ(emptied_with(dark)->stage, Stage::mask);
  Recipe strict = recipe;
  strict.refinements = {{repairs::remove_small_objects, {{&size_limit, 100000}}}};
  EXPECT_EQ(emptied_with(strict)->stage, Stage::refined);
  Recipe seedless = recipe;
  seedless.threshold_abs = 900;
  EXPECT_EQ(emptied_with(seedless)->stage, Stage::seeds);
}

}  // namespace
}  // namespace floodlight

// What must hold for the life of every nucleus, whatever the image and the recipe.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "core/pipeline/parameters.h"
#include "core/samples/samples.h"
#include "core/score/nucleus_life.h"
#include "core/segment/peaks.h"
#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

using testing::Dice;
using testing::roll;

struct Told {
  std::vector<NucleusLife> lives;
  Score score;
};

/// One life for each nucleus that the score finds fault with, and none for the others.
void expect_complete(const Told& told) {
  std::map<std::pair<Label, Label>, int> lives;
  int missed = 0;
  int extra = 0;
  for (const NucleusLife& life : told.lives) {
    const Label extra_label = life.truth == 0 ? life.predicted : 0;
    EXPECT_EQ((++lives[{life.truth, extra_label}]), 1) << life.sentence;
    if (life.truth == 0) ++extra;
  }
  for (const NucleusScore& nucleus : told.score.truth) {
    EXPECT_EQ(lives.contains({nucleus.label, 0}), nucleus.fate() != Fate::matched) << nucleus.label;
    missed += nucleus.partner == 0 ? 1 : 0;
  }
  for (const NucleusScore& label : told.score.predicted) {
    EXPECT_EQ(lives.contains({0, label.label}), label.partner == 0) << label.label;
  }
  EXPECT_EQ(missed, told.score.missed);
  EXPECT_EQ(extra, told.score.extra);
  int counted = 0;
  for (const CauseCount& c : count_causes(told.lives)) counted += c.count;
  EXPECT_EQ(counted, static_cast<int>(told.lives.size()));
}

bool seed_within(const StageValues& values, Pixel p, int reach) {
  for (int row = p.row - reach; row <= p.row + reach; ++row) {
    for (int col = p.col - reach; col <= p.col + reach; ++col) {
      if (values.seeds.labels.contains({row, col}) && values.seeds.labels[row, col] != 0) return true;
    }
  }
  return false;
}

std::int32_t highest_within(const StageValues& values, Pixel p, int reach) {
  std::int32_t highest = 0;
  for (int row = p.row - reach; row <= p.row + reach; ++row) {
    for (int col = p.col - reach; col <= p.col + reach; ++col) {
      if (values.distance_squared.contains({row, col})) highest = std::max(highest, values.distance_squared[row, col]);
    }
  }
  return highest;
}

/// What a life says of a summit is so.
void expect_true_of_seeds(const NucleusLife& life, const StageValues& values, const Recipe& recipe) {
  const Pixel p = life.place;
  const std::int32_t height = values.distance_squared[p];
  const bool peaks = recipe.seeds == SeedMethod::peaks;
  const int reach = peaks ? recipe.window / 2 : 1;
  const int edge = std::min({p.row, p.col, values.labels.rows() - 1 - p.row, values.labels.cols() - 1 - p.col});
  switch (life.cause) {
    case Cause::seed_in_window:
      EXPECT_GT(highest_within(values, p, reach), height);
      break;
    case Cause::seed_below:
      EXPECT_TRUE(std::isnan(recipe.threshold_abs) || height <= squared_cutoff(recipe.threshold_abs));
      break;
    case Cause::seed_at_border:
      EXPECT_EQ(highest_within(values, p, reach), height);
      EXPECT_TRUE(peaks && recipe.exclude_border && edge < recipe.min_distance);
      break;
    case Cause::seed_too_near:
      EXPECT_EQ(highest_within(values, p, reach), height);
      EXPECT_TRUE(seed_within(values, p, recipe.min_distance - 1));
      EXPECT_EQ(values.seeds.labels[p], 0);
      break;
    default:
      return;
  }
  EXPECT_EQ(life.stage, Stage::seeds);
}

void expect_sound(const NucleusLife& life, const StageValues& values, const Recipe& recipe) {
  SCOPED_TRACE(life.sentence);
  ASSERT_TRUE(values.labels.contains(life.place));
  EXPECT_TRUE(life.sentence.ends_with("."));
  if (life.parameter.empty()) {
    ASSERT_GE(life.refinement, 0);
    EXPECT_LT(life.refinement, static_cast<int>(recipe.refinements.size()));
    EXPECT_EQ(life.stage, Stage::refined);
  } else {
    EXPECT_EQ(life.refinement, -1);
    const RecipeParameter& parameter = recipe_parameter(life.parameter);
    EXPECT_TRUE(parameter.matters(recipe)) << life.parameter;
    EXPECT_EQ(parameter.stage, life.stage) << life.parameter;
  }
  expect_true_of_seeds(life, values, recipe);
}

TEST(NucleusLife, IsCompleteAndTrueForAnyImageAndRecipe) {
  Dice dice(20'261'122);
  std::map<Cause, int> seen;
  for (int round = 0; round < 1500; ++round) {
    const int rows = roll(dice, 1, 50);
    const int cols = roll(dice, 1, 60);
    const Recipe recipe = testing::random_recipe(dice);
    LabelImage truth(rows, cols);
    for (Label label = 1; label <= 8; ++label) {
      const Pixel centre{roll(dice, 0, rows - 1), roll(dice, 0, cols - 1)};
      const int radius = roll(dice, 1, 7);
      for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
          if (std::hypot(row - centre.row, col - centre.col) <= radius) truth[row, col] = 3 * label;
        }
      }
    }
    Image<float> image(rows, cols);
    for (std::size_t i = 0; i < image.size(); ++i) {
      const int truly = truth.pixels()[i] % 4 == 0 ? roll(dice, 20, 60) : roll(dice, 60, 220);
      image.pixels()[i] = static_cast<float>(truth.pixels()[i] != 0 ? truly : roll(dice, 0, 110));
    }
    Pipeline pipeline;
    pipeline.set_image(image);
    pipeline.set_recipe(recipe);
    pipeline.finish();
    if (pipeline.failure()) continue;
    Told told;
    const double limit = roll(dice, 0, 10) / 10.0;
    told.score = score(pipeline.values().labels, truth, {.iou = limit}).value();
    told.lives = nucleus_lives(pipeline.values(), recipe, truth, told.score);
    expect_complete(told);
    for (const NucleusLife& life : told.lives) {
      expect_sound(life, pipeline.values(), recipe);
      ++seen[life.cause];
    }
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_FALSE(seen.contains(Cause::taken_for_background)) << "by what has learnt to, which no recipe here has";
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(Cause::fragment));
}

TEST(NucleusLife, IsCompleteAndTrueForASimulatedSampleInSlices) {
  const SampleInfo& info = samples().front();
  const Sample sample = make_sample(info.id).value();
  Pipeline pipeline;
  pipeline.set_image(sample.pixels);
  pipeline.set_recipe(info.recipe);
  pipeline.finish();
  const StageValues& values = pipeline.values();
  Told told;
  told.score = score(values.labels, *sample.truth).value();
  auto work = nucleus_lives_in_slices(values, info.recipe, *sample.truth, told.score);
  int slices = 1;
  while (work.advance()) ++slices;
  told.lives = work.take();
  EXPECT_GE(slices, 10);
  EXPECT_GE(told.lives.size(), 5U);
  expect_complete(told);
  for (const NucleusLife& life : told.lives) expect_sound(life, values, info.recipe);
}

}  // namespace
}  // namespace floodlight

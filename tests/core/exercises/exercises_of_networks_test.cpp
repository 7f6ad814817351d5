// The exercises of the steps Network and Training: sound on every image and with every shape, about the network at hand, and right.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/exercises/exercise.h"
#include "core/learn/network_units.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "core/samples/shipped_network.h"
#include "tests/core/exercises/exercise_checks.h"

namespace floodlight {
namespace {

using testing::expect_mistake;
using testing::expect_right;
using testing::expect_sound;
using testing::says;

constexpr Stage learnt_steps[] = {Stage::filtered, Stage::mask};
/// Those that are about a pixel that the network looks at.
const std::set<std::string_view> of_a_pixel = {"network.kernel", "network.relu", "network.pooling", "network.softmax"};

/// An image that a network has looked at, as the page hands it over.
class AtHand {
 public:
  AtHand(Image<float> image, std::shared_ptr<const TrainedNetwork> network, const MaskSource& way) {
    recipe_ = network_recipe(std::move(network));
    recipe_.mask_from = &way;
    pipeline_.set_recipe(recipe_);
    pipeline_.set_image(std::move(image));
    pipeline_.finish();
  }
  [[nodiscard]] const StageValues& values() const { return pipeline_.values(); }
  [[nodiscard]] Exercise exercise(std::string_view id, Pixel pixel) const {
    auto made = make_exercise(id, {.raw = values().raw, .values = &values(), .recipe = &recipe_, .pixel = pixel});
    EXPECT_TRUE(made) << id;
    return made.value_or(Exercise{});
  }

 private:
  Pipeline pipeline_;
  Recipe recipe_;
};

Exercise alone(std::string_view id) { return make_exercise(id, {}).value_or(Exercise{}); }

std::shared_ptr<const TrainedNetwork> network_of(const UNetShape& shape, int images, int steps) {
  return std::make_shared<const TrainedNetwork>(
      TrainedNetwork{.net = fresh_unet(shape, 1), .seed = 1, .images = images, .steps = steps});
}

TEST(NetworkExercises, HaveIdsOfTheirOwnWhichBothWaysShare) {
  std::set<std::string_view> ids;
  for (const Stage step : learnt_steps) {
    for (const MaskSource* way : {&mask_sources::classic, &mask_sources::classifier, &mask_sources::network}) {
      for (const std::string_view id : exercises_of(step, *way)) EXPECT_TRUE(ids.insert(id).second) << id;
    }
    EXPECT_TRUE(
        std::ranges::equal(exercises_of(step, mask_sources::network), exercises_of(step, mask_sources::network_mask)));
    EXPECT_GE(exercises_of(step, mask_sources::network).size(), 4U);
  }
  EXPECT_TRUE(std::ranges::equal(exercises_of(Stage::labels, mask_sources::network), exercises_of(Stage::labels)));
}

TEST(NetworkExercises, AreSoundOnEveryImageWithEveryShape) {
  const std::shared_ptr<const TrainedNetwork> networks[] = {
      shipped_network(), network_of({.widths = {2, 3}, .skips = false, .rim = false}, 1, 0),
      network_of({.widths = {6, 8, 12}}, 7, 400), network_of({.widths = {1, 1, 1, 1}, .skips = false}, 120, 400)};
  std::set<std::string_view> of_the_image_at_hand;
  for (const auto& network : networks) {
    for (const char* name : {"lecture_grid", "small_field", "one_value"}) {
      const auto sample = make_sample(name);
      const AtHand at(sample ? sample->pixels : Image<float>(9, 14), network, mask_sources::network_mask);
      for (const Pixel pixel : {Pixel{0, 0}, {5, 9}, {100, 100}}) {
        for (const Stage step : learnt_steps) {
          for (const std::string_view id : exercises_of(step, mask_sources::network)) {
            const Exercise e = at.exercise(id, pixel);
            expect_sound(e, of_a_pixel.contains(id) ? e.teaching_image : "");
            if (!of_a_pixel.contains(id)) continue;
            if (e.teaching_image.empty()) {
              of_the_image_at_hand.insert(id);
              EXPECT_EQ(e.pixel, at.values().raw.view().nearest(pixel)) << id;
            } else {
              EXPECT_EQ(e.teaching_image, "small_field") << id;
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(of_the_image_at_hand, of_a_pixel);
}

TEST(NetworkExercises, WithoutANetworkAreAboutTheOneThatComesWithTheProgram) {
  const Sample grid = make_sample("lecture_grid").value();
  const Recipe untrained = network_recipe(nullptr);
  for (const Recipe& recipe : {Recipe{}, untrained}) {
    Pipeline pipeline;
    pipeline.set_recipe(recipe);
    pipeline.set_image(grid.pixels);
    pipeline.finish();
    for (const Stage step : learnt_steps) {
      for (const std::string_view id : exercises_of(step, mask_sources::network)) {
        const auto made =
            make_exercise(id, {.raw = grid.pixels, .values = &pipeline.values(), .recipe = &recipe, .pixel = {5, 14}});
        ASSERT_TRUE(made) << id;
        expect_sound(*made, of_a_pixel.contains(id) ? "small_field" : "");
        EXPECT_EQ(made->question, alone(id).question) << id;
      }
    }
  }
}

TEST(NetworkExercises, OfAPixelAreWhatTheNetworkComputes) {
  const std::shared_ptr<const TrainedNetwork> network = shipped_network();
  const AtHand at(make_sample("small_field")->pixels, network, mask_sources::network);
  int compared = 0;
  for (const Pixel pixel : {Pixel{0, 0}, {2, 4}, {3, 3}, {9, 14}, {19, 29}}) {
    const Exercise relu = at.exercise("network.relu", pixel);
    const Exercise pooling = at.exercise("network.pooling", pixel);
    double lowest = 0;
    double widest = 0;
    double pooled = 0;
    for (int map = 0; map < network->net.shape.widths[0]; ++map) {
      const UnitTerms terms = unit_terms(network->net, at.values().filtered, {0, map}, pixel);
      lowest = std::min(lowest, static_cast<double>(terms.sum));
      const auto [low, high] = std::ranges::minmax(terms.pooled->values);
      if (static_cast<double>(high - low) <= widest) continue;
      widest = static_cast<double>(high - low);
      pooled = static_cast<double>(high);
    }
    ASSERT_LT(lowest, 0);
    expect_right(relu, 0);
    EXPECT_TRUE(says(relu.question, std::to_string(lowest).substr(0, 4))) << relu.question << lowest;
    expect_mistake(relu, -lowest, "does not take the sign away");
    EXPECT_NEAR(pooling.answer, pooled, 0.015);
    const Exercise softmax = at.exercise("network.softmax", pixel);
    if (!softmax.teaching_image.empty()) continue;
    ++compared;
    float highest = 0;
    for (const Image<float>& p : at.values().network.probabilities) highest = std::max(highest, p[pixel]);
    EXPECT_NEAR(softmax.answer, static_cast<double>(highest), 0.03);  // of scores that were rounded
  }
  EXPECT_GT(compared, 2);
}

TEST(NetworkExercises, KnowTheUsualMistakes) {
  const Exercise kernel = alone("network.kernel");
  EXPECT_TRUE(says(kernel.question, "-0.9 -0.7 0.7 / -0.7 0.7 1.2 / -0.6 0.9 1.2")) << kernel.question;
  EXPECT_TRUE(says(kernel.question, "0.4 0.1 0.4 / 0.4 -0.8 -0.5 / 0.2 -0.5 0.3, its bias 0.3")) << kernel.question;
  // -0.36 - 0.07 + 0.28 - 0.28 - 0.56 - 0.60 - 0.12 - 0.45 + 0.36 = -1.80
  expect_right(kernel, -1.5);
  expect_mistake(kernel, -1.8, "bias is missing");
  expect_mistake(kernel, 1.12, "not turned");
  expect_mistake(kernel, 0, "ReLU comes after");
  const Exercise field = alone("network.field");
  expect_right(field, 38);
  expect_mistake(field, 9, "larger");
  expect_mistake(field, 46, "a score's");
  expect_mistake(field, 54, "a score's");
  const Exercise weights = alone("network.weights");
  expect_right(weights, 20 * 8 * 9 + 8);
  expect_mistake(weights, 20 * 8 * 9, "biases");
  expect_mistake(weights, 12 * 8 * 9 + 8, "over the skip");
  expect_mistake(weights, 16467, "whole network");
  expect_right(alone("network.mask"), 2);
  expect_mistake(alone("network.mask"), 0, "makes the seeds");
}

TEST(NetworkExercises, OfTheShapeAtHandCountItsLevelsAndWeights) {
  const AtHand at(Image<float>(9, 14), network_of({.widths = {2, 3, 5}, .skips = false}, 7, 400),
                  mask_sources::network);
  expect_right(at.exercise("network.field", {}), 18);
  expect_right(at.exercise("network.weights", {}), 3 * 2 * 9 + 2);
  EXPECT_FALSE(says(at.exercise("network.weights", {}).question, "skip"));
  const Exercise draws = at.exercise("training.draws", {});
  EXPECT_EQ(draws.decimals, 1);
  expect_right(draws, 457.1);  // 400 x 8 / 7
}

TEST(TrainingExercises, KnowTheUsualMistakes) {
  const Exercise loss = alone("training.loss");
  expect_right(loss, 1.61);
  expect_mistake(loss, 0.7, "base 10");
  expect_mistake(loss, 0.8, "missing to 1");
  expect_mistake(loss, -1.61, "positive");
  const Exercise step = alone("training.step");
  expect_right(step, 0.496);
  expect_mistake(step, 0.42, "plain gradient descent");
  expect_mistake(step, 0.504, "uphill");
  const Exercise rate = alone("training.rate");
  expect_right(rate, 0.002);
  expect_mistake(rate, 0.004, "highest");
  const Exercise draws = alone("training.draws");
  const auto shipped = shipped_network();
  expect_right(draws, shipped->steps * 8.0 / shipped->images);
  expect_mistake(draws, shipped->steps, "one patch of every image");
  expect_right(alone("training.overfit"), 1);
  expect_mistake(alone("training.overfit"), 0, "holds for unseen images");
  expect_mistake(alone("training.overfit"), 2, "still falls");
  const Exercise rim = alone("training.rim");
  expect_right(rim, 2);
  expect_mistake(rim, 3, "two nuclei that touch are one");
  EXPECT_TRUE(says(rim.worked, "there are 3, a seed for each.")) << rim.worked;
}

}  // namespace
}  // namespace floodlight

// Training gives the same weights in every build and however it is driven; patches and classes are what they should be.
#include "core/learn/network_training.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/network_layers.h"
#include "tests/core/learn/plain_network.h"
#include "tests/core/learn/truth_images.h"
#include "tests/core/sha256.h"

namespace floodlight::test {
namespace {

using testing::any_training;
using testing::Dice;
using testing::discs;

std::string digest(std::span<const float> weights) {
  std::string bytes;
  for (const float weight : weights) {
    const auto bits = std::bit_cast<std::uint32_t>(weight);
    for (int k = 0; k < 4; ++k) bytes += static_cast<char>(bits >> (8 * k) & 0xFF);
  }
  return sha256(std::as_bytes(std::span(bytes)));
}

TEST(NetworkTraining, GivesTheSameWeightsInEveryBuild) {
  NetworkTraining training = any_training({.seed = 7, .images = 12, .schedule = {.steps = 40}});
  EXPECT_EQ(digest(training.network().weights), "a53469dfad6f3d702493ba5339818226d2a58b8352da29b56c557cf235b97090");
  double loss = 0;
  for (int i = 0; i < 40; ++i) loss = training.step();
  EXPECT_EQ(digest(training.network().weights), "a75bdd02403520dd1fe0718fc621b3bc50f2fbe925717e3e6fda68cde3443114");
  EXPECT_LT(loss, 0.95);
  EXPECT_TRUE(training.done());
}

TEST(NetworkTraining, LearnsWhatDiscsAre) {
  NetworkTraining training =
      any_training({.shape = {.widths = {4, 6, 8}}, .seed = 1, .images = 4, .schedule = {.steps = 120}});
  Dice dice(99);
  const TruthImage unseen = discs(dice, 120, 131, true);
  const double before = loss_in_slices(training.network(), unseen).finish();
  while (!training.done()) training.step();
  EXPECT_LT(loss_in_slices(training.network(), unseen).finish(), before / 3);
}

TEST(NetworkTraining, GoesOnFromAMomentAsIfItHadNeverStopped) {
  const TrainingSettings settings{
      .shape = {.widths = {3, 4, 5}}, .seed = 2, .images = 10, .schedule = {.warm_up = 3, .steps = 12}};
  NetworkTraining straight = any_training(settings);
  NetworkTraining stopped = any_training(settings);
  for (int i = 0; i < 5; ++i) straight.step();
  const NetworkTraining::Moment moment = straight.moment();
  for (int i = 0; i < 6; ++i) straight.step();
  stopped.go_to(moment);
  for (int i = 0; i < 6; ++i) stopped.step();
  EXPECT_EQ(stopped.moment(), straight.moment());
  EXPECT_EQ(stopped.steps(), 11);
  straight.go_to(moment);
  EXPECT_EQ(straight.moment(), moment);
  for (int i = 0; i < 6; ++i) straight.step();
  EXPECT_EQ(stopped.moment(), straight.moment());
}

TEST(NetworkTraining, AStepThatIsAbandonedWasNotDone) {
  const TrainingSettings settings{
      .shape = {.widths = {3, 4}}, .seed = 2, .images = 3, .schedule = {.warm_up = 3, .steps = 12}};
  NetworkTraining one = any_training(settings);
  NetworkTraining other = any_training(settings);
  {
    auto step = one.step_in_slices();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(step.advance());
  }
  EXPECT_EQ(one.moment(), other.moment());
  EXPECT_EQ(one.step(), other.step());
  EXPECT_EQ(one.moment(), other.moment());
}

TEST(NetworkTraining, ImagesMayComeAsTheyAreNeeded) {
  const TrainingSettings settings{
      .shape = {.widths = {3, 4}}, .seed = 2, .images = 11, .schedule = {.warm_up = 3, .steps = 12}};
  NetworkTraining all = any_training(settings);
  NetworkTraining late(settings);
  Dice dice(31);
  while (!late.done()) {
    while (late.images() < late.images_wanted()) ASSERT_TRUE(late.add(discs(dice, 100 + 8 * late.images(), 90, true)));
    ASSERT_EQ(late.step(), all.step());
  }
  EXPECT_EQ(late.moment(), all.moment());
  EXPECT_EQ(images_of_step(settings, 0), 8);
  EXPECT_EQ(images_of_step(settings, 2), 10);
  EXPECT_EQ(images_of_step(settings, 9), 11);
}

TEST(NetworkTraining, TheGradientIsTheMeanOfThePatches) {
  // Against the plain network in double: the loss along the gradient falls as the gradient says.
  const TrainingSettings settings{
      .shape = {.widths = {3, 4, 2}}, .seed = 4, .images = 2, .schedule = {.warm_up = 0, .steps = 2}};
  NetworkTraining training = any_training(settings);
  const UNet start = training.network();
  const auto plain_loss = [&](const std::vector<double>& weights) {
    double loss = 0;
    for (int place = 0; place < patches_of_a_step; ++place) {
      const Patch patch = training.patch(0, place);
      testing::PlainMaps input(1, patch_side, patch_side);
      for (int row = 0; row < patch_side; ++row) {
        for (int col = 0; col < patch_side; ++col) input.at(0, row, col) = static_cast<double>(patch.input[row, col]);
      }
      loss += testing::plain_cross_entropy(testing::plain_unet(settings.shape, weights, input), patch.classes);
    }
    return loss / (patches_of_a_step * patch_side * patch_side);
  };
  const std::vector<double> at(start.weights.begin(), start.weights.end());
  const double expected = plain_loss(at);
  EXPECT_NEAR(training.step(), expected, 1e-6);
  double squares = 0;
  for (const float g : training.gradient()) squares += static_cast<double>(g) * static_cast<double>(g);
  constexpr double step = 1e-5;
  std::vector<double> ahead = at;
  std::vector<double> behind = at;
  for (std::size_t i = 0; i < at.size(); ++i) {
    ahead[i] += step * static_cast<double>(training.gradient()[i]);
    behind[i] -= step * static_cast<double>(training.gradient()[i]);
  }
  EXPECT_NEAR((plain_loss(ahead) - plain_loss(behind)) / (2 * step), squares, 1e-4 * squares);
}

TEST(NetworkTraining, PatchesAreCutTurnedAndChangedAsTheySay) {
  NetworkTraining training =
      any_training({.shape = {.widths = {3, 4}}, .images = 5, .schedule = {.steps = 50}, .augmentation = {.noise = 0}});
  Dice dice(31);
  std::vector<TruthImage> images;
  for (int i = 0; i < 5; ++i) images.push_back(discs(dice, 100 + 8 * i, 90, true));
  std::set<int> turns;
  std::set<int> drawn;
  for (int step = 0; step < 20; ++step) {
    for (int place = 0; place < patches_of_a_step; ++place) {
      const Patch patch = training.patch(step, place);
      turns.insert(patch.turn);
      drawn.insert(patch.image);
      const TruthImage& from = images[static_cast<std::size_t>(patch.image)];
      for (int row = 0; row < patch_side; ++row) {
        for (int col = 0; col < patch_side; ++col) {
          int r = (patch.turn & 2) != 0 ? 63 - row : row;
          int c = (patch.turn & 4) != 0 ? 63 - col : col;
          if ((patch.turn & 1) != 0) std::swap(r, c);
          const Pixel source{patch.corner.row + r, patch.corner.col + c};
          ASSERT_EQ((patch.classes[row, col]), from.classes[source]);
          ASSERT_EQ((patch.input[row, col]),
                    static_cast<float>(static_cast<double>(from.input[source]) * patch.gain + patch.offset));
        }
      }
    }
  }
  EXPECT_EQ(turns.size(), 8U);
  EXPECT_EQ(drawn.size(), 5U);
}

TEST(NetworkTraining, NothingIsChangedWhereNothingShallBe) {
  NetworkTraining training = any_training({.shape = {.widths = {3, 4}},
                                           .images = 1,
                                           .schedule = {.steps = 50},
                                           .augmentation = {.turned = false, .gain = 0, .offset = 0, .noise = 0}});
  Dice dice(31);
  const TruthImage from = discs(dice, 100, 90, true);
  const Patch patch = training.patch(3, 4);
  for (int row = 0; row < patch_side; ++row) {
    for (int col = 0; col < patch_side; ++col)
      ASSERT_EQ((patch.input[row, col]), (from.input[patch.corner.row + row, patch.corner.col + col]));
  }
}

TEST(NetworkTraining, TheRimIsTwoPixelsInsideEveryNucleus) {
  LabelImage truth(9, 12);
  for (int row = 0; row < 9; ++row) {
    for (int col = 2; col < 12; ++col) truth[row, col] = col < 8 ? 1 : 2;
  }
  // The edge of the image is no edge of a nucleus: the second one's last two columns are its interior.
  const char* const rows = "001122111122";
  const Image<std::uint8_t> classes = class_image(truth, true);
  const Image<std::uint8_t> plain = class_image(truth, false);
  for (int row = 0; row < 9; ++row) {
    for (int col = 0; col < 12; ++col) {
      const int expected = rows[col] - '0';
      EXPECT_EQ((classes[row, col]), expected) << row << ", " << col;
      EXPECT_EQ((plain[row, col]), col < 2 ? 0 : 1);
    }
  }
}

TEST(NetworkTraining, RefusesWhatItCannotLearnFrom) {
  EXPECT_FALSE(check_training_settings({.images = 0}));
  EXPECT_FALSE(check_training_settings({.schedule = {.steps = 0}}));
  EXPECT_FALSE(check_training_settings({.schedule = {.warm_up = 30, .steps = 20}}));
  EXPECT_FALSE(check_training_settings({.schedule = {.rate = std::nan("")}}));
  EXPECT_FALSE(check_training_settings({.augmentation = {.gain = 1}}));
  EXPECT_FALSE(check_training_settings({.shape = {.widths = {1}}}));
  NetworkTraining training({.shape = {.widths = {3, 4}, .rim = false}, .images = 1});
  Dice dice(1);
  EXPECT_EQ(training.add(discs(dice, 64, 63, false)).error().message,
            "An image to learn from has 64 x 63 pixels; both sides must be at least 64.");
  EXPECT_EQ(training.add(discs(dice, 90, 90, true)).error().message,
            "An image to learn from has the class 2; this network's are 0 to 1.");
  EXPECT_TRUE(training.add(discs(dice, 64, 64, false)));
  EXPECT_EQ(training.add(discs(dice, 64, 64, false)).error().message,
            "All 1 images of this training are there already.");
}

TEST(NetworkTraining, ATrainingThatRunsAwayIsNoCrash) {
  NetworkTraining training =
      any_training({.shape = {.widths = {3, 4}}, .images = 1, .schedule = {.rate = 1, .warm_up = 0, .steps = 30}});
  NetworkTraining::Moment moment = training.moment();
  std::ranges::fill(moment.weights, 1e30F);
  training.go_to(moment);
  EXPECT_FALSE(std::isfinite(training.step()));
  training.step();
}

}  // namespace
}  // namespace floodlight::test

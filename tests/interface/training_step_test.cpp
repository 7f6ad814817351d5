// Training: a network is trained in the page, stopped, gone back in, gone on with, and lost; the same bits however it came there.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/learn/unet.h"
#include "core/samples/shipped_network.h"
#include "core/simulate/varied_fields.h"
#include "tests/interface/images.h"
#include "tests/interface/no_trainer.h"
#include "tests/interface/page.h"
#include "web/app/state/training.h"

namespace floodlight::test {
namespace {

ui::App& app() { return ui::app(); }
ui::Training& training() { return app().training; }
const TrainedNetwork& network() { return *app().recipe().network; }

/// A network that is trained in no time.
ui::TrainingChoice small_training(int steps) {
  ui::TrainingChoice choice;
  choice.settings.shape.widths = {3, 4, 5};
  choice.settings.seed = 5;
  choice.settings.images = 9;
  choice.settings.schedule.steps = steps;
  choice.settings.schedule.warm_up = std::min(20, steps);
  return choice;
}

/// What comes of it when nothing interrupts it: the network after every step.
std::vector<TrainedNetwork> straight_on(const ui::TrainingChoice& choice) {
  NetworkTraining t(choice.settings);
  std::vector<TrainedNetwork> networks = {kept_network(t).value()};
  while (!t.done()) {
    while (t.images() < t.images_wanted()) {
      const VariedField field = varied_field(choice.variety, choice.settings.seed, t.images());
      t.add(simulated_truth_image(field, choice.settings.shape.rim)).value();
    }
    t.step();
    networks.push_back(kept_network(t).value());
  }
  return networks;
}

/// An image whose mask comes from a network, at the step that trains one.
struct Trained : Page {
  explicit Trained(int steps, std::string_view image = "small_field") : Page(at(image, "filter")) {
    click(Role::radio, "Network", "Where the mask comes from");
    settled();
    training().chosen = small_training(steps);
    if (steps <= most_compared) expected = straight_on(training().chosen);
  }
  static constexpr int most_compared = 100;
  /// Trains until the trainer waits.
  void train_to(int step) {
    hold_trainer(step);
    click("Train");
    settled();
  }
  void go_on(std::string_view button) {
    hold_trainer(held_nowhere);
    click(std::string(button));
    settled();
  }
  std::vector<TrainedNetwork> expected;
};

TEST(TrainingStep, GivesTheImageAtHandTheNetworkThatTheCoreGivesAndCanBeUndone) {
  Trained page(12);
  EXPECT_TRUE(page.shows_step("Training"));
  const auto shipped = app().recipe().network;
  EXPECT_EQ(*shipped, *shipped_network());
  EXPECT_TRUE(page.says("^Nothing was trained yet\\."_re)) << "it never runs by itself";
  page.go_on("Train");
  EXPECT_EQ(network(), page.expected.back());
  EXPECT_EQ(*app().values().network_of, page.expected.back()) << "what is shown is what it says";
  EXPECT_TRUE(page.says("^Trained for 12 of 12 steps in .* s, from 9 fields\\.$"_re));
  EXPECT_TRUE(page.says("^Loss over 12 steps: of the patches of step 12 \\d"_re));
  EXPECT_EQ(page.count(Role::button, "Go on"), 0U) << "there is nothing to go on with";
  EXPECT_TRUE(page.everything_is_mirrored());
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(network(), *shipped) << "a training is one change, however many previews there were";
  page.press("Control+Y");
  page.settled();
  EXPECT_EQ(network(), page.expected.back());
  page.click("Take the shipped network");
  page.settled();
  EXPECT_EQ(network(), *shipped);
  EXPECT_TRUE(page.says("The picture is made with another network than one of this training."));
}

TEST(TrainingStep, IsStoppedGoneBackInAndGoneOnWith) {
  Trained page(34);
  page.train_to(27);
  EXPECT_TRUE(page.says("^27 of 34 steps in .* s, from 9 fields\\.$"_re));
  EXPECT_EQ(network(), page.expected[27]) << "the image at hand is looked at meanwhile";
  EXPECT_EQ(page.count(Role::slider, "The network after step"), 0U) << "nobody goes back while it runs";
  page.click("Stop");
  page.settled();
  EXPECT_TRUE(page.says("^Stopped after 27 of 34 steps"_re));
  EXPECT_EQ(training().losses.size(), 27U);
  ASSERT_EQ(training().unseen.size(), 1U);
  EXPECT_EQ(training().unseen.front().step, 20);
  std::vector<int> steps;
  for (const ui::KeptMoment& moment : training().moments) steps.push_back(moment.step);
  EXPECT_EQ(steps, (std::vector{0, 10, 20, 27}));
  page.slide("The network after step", 10);
  page.settled();
  EXPECT_EQ(network(), page.expected[10]);
  EXPECT_EQ(training().losses.size(), 27U) << "looking back forgets nothing";
  page.slide("The network after step", 0);
  page.settled();
  EXPECT_EQ(network(), page.expected[0]);
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(network(), page.expected[10]);
  page.go_on("One step");
  EXPECT_EQ(network(), page.expected[11]);
  EXPECT_EQ(training().losses.size(), 11U);
  page.go_on("One step");
  EXPECT_EQ(network(), page.expected[12]);
  steps.clear();
  for (const ui::KeptMoment& moment : training().moments) steps.push_back(moment.step);
  EXPECT_EQ(steps, (std::vector{0, 10, 12})) << "of moments between two that are kept only the last";
  page.go_on("Go on");
  EXPECT_EQ(network(), page.expected[34]) << "the same weights, however it came there";
}

TEST(TrainingStep, GoesOnWithAnotherWorkerWhereOneDies) {
  Trained page(30);
  page.train_to(14);
  lose_trainer("The browser ended the training.");
  page.settled();
  EXPECT_TRUE(page.says("The browser ended the training."));
  EXPECT_EQ(network(), page.expected[10]) << "the last moment that was kept";
  page.go_on("Go on");
  EXPECT_EQ(network(), page.expected[30]);
  EXPECT_FALSE(page.says("The browser ended the training."));
}

TEST(TrainingStep, SaysWhereThereIsNoWorker) {
  Trained page(30);
  const auto shipped = app().recipe().network;
  page.train_to(-1);
  EXPECT_TRUE(page.says("Starting ..."));
  lose_trainer("The browser did not start a worker.");
  page.settled();
  EXPECT_TRUE(page.says("The browser did not start a worker."));
  EXPECT_EQ(network(), *shipped);
  EXPECT_EQ(page.count(Role::button, "Train"), 1U);
  EXPECT_EQ(page.count(Role::button, "Go on"), 0U);
}

TEST(TrainingStep, ShowsTheNewestNetworkWhereSeveralHaveComeMeanwhile) {
  Trained page(30);
  page.train_to(10);
  const auto runs = app().pipeline.runs(Stage::mask);
  hold_trainer(16);
  while (trainer_is_busy()) train_once();
  page.settled();
  EXPECT_EQ(network(), page.expected[16]);
  EXPECT_EQ(app().pipeline.runs(Stage::mask), runs + 1) << "what is no longer new is not looked at";
}

TEST(TrainingStep, GoesOnWhileAnotherImageIsOpened) {
  Trained page(14);
  page.train_to(12);
  page.open_sample("At the border");
  page.settled();
  hold_trainer(held_nowhere);
  page.settled();
  EXPECT_EQ(network(), page.expected[14]);
  EXPECT_EQ(*app().values().network_of, page.expected[14]);
}

TEST(TrainingStep, IsMadeAsTheKnobsSay) {
  Trained page(30);
  page.click(Role::radio, "4", "Levels");
  page.fill("Maps at level 4", 6);
  page.click(Role::toggle, "A rim is a class of its own");
  page.click("How it learns");
  page.fill("Training images", 3);
  page.fill("Steps", 2);
  page.fill("Training seed", 8);
  page.click("What it is shown");
  page.click(Role::toggle, "Focus");
  ui::TrainingChoice choice = small_training(2);
  choice.settings.shape.widths = {3, 4, 5, 6};
  choice.settings.shape.rim = false;
  choice.settings.images = 3;
  choice.settings.seed = 8;
  choice.variety.focus = false;
  page.go_on("Train");
  EXPECT_EQ(network(), straight_on(choice).back());
  EXPECT_EQ(network().net.shape, choice.settings.shape);
  EXPECT_TRUE(page.everything_is_mirrored());
  page.fill("Steps", 3);
  EXPECT_TRUE(page.says("These settings are for the next training."));
}

TEST(TrainingStep, MayGiveTheNetworkOtherMapsThanTheOnesThatAreLookedAt) {
  Trained page(2);
  page.press("2");
  page.settled();
  app().network.unit = {.layer = static_cast<int>(layers_of(network().net.shape).size()) - 1, .map = 2};
  page.walk_to(5, 5);
  page.press("3");
  training().chosen.settings.shape = {.widths = {1, 1, 1}, .rim = false};
  page.go_on("Train");
  EXPECT_EQ(network().net.shape.classes(), 2);
  EXPECT_TRUE(page.says("^Probability of background [.\\d]+, of interior [.\\d]+\\. "_re));
  page.press("2");
  page.settled();
  EXPECT_TRUE(page.shows_step("Network"));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(TrainingStep, GoesBackToWhatItKeptWhereItRunsAway) {
  Trained page(30);
  page.train_to(14);
  training_reported(app(), R"({"step": 15, "images": 9, "losses": [], "unseen": [], "milliseconds": 20, "network": null,
      "moments": [], "ended": false})");
  lose_trainer("The training has run away.");
  page.settled();
  EXPECT_TRUE(page.says("The training has run away."));
  EXPECT_EQ(network(), page.expected[10]);
}

TEST(TrainingStep, KeepsAtMostSixtyMoments) {
  Trained page(700);
  page.train_to(45);
  std::vector<int> steps;
  for (const ui::KeptMoment& moment : training().moments) steps.push_back(moment.step);
  EXPECT_EQ(steps, (std::vector{0, 20, 40})) << "700 steps make 36 of them";
}

TEST(TrainingStep, LeavesANetworkThatWasOpenedMeanwhile) {
  Trained page(12);
  page.train_to(5);
  Recipe other = page.recipe();
  other.network = std::make_shared<const TrainedNetwork>(page.expected[2]);
  page.drop("other.json", bytes_of(write_json(recipe_to_json(other))));
  page.settled();
  hold_trainer(held_nowhere);
  page.settled();
  EXPECT_EQ(training().phase, ui::TrainingPhase::done);
  EXPECT_EQ(network(), page.expected[2]);
  EXPECT_EQ(*training().moments.back().network, page.expected.back()) << "and it can be gone to";
}

TEST(TrainingStep, LeavesTheShippedNetworkThatWasTakenMeanwhile) {
  Trained page(12);
  page.train_to(5);
  page.click("Take the shipped network");
  hold_trainer(held_nowhere);
  page.settled();
  EXPECT_FALSE(is_training(training()));
  EXPECT_EQ(network(), *shipped_network());
}

TEST(TrainingStep, KeepsItsPreviewsOutOfWhatIsUndone) {
  Trained page(12);
  const auto shipped = app().recipe().network;
  page.train_to(5);
  page.fill("Background below", 0.4);
  page.settled();
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(page.recipe().background_below, 0.15);
  EXPECT_EQ(network(), page.expected[5]) << "the training goes on";
  page.fill("Background below", 0.4);
  page.settled();
  hold_trainer(held_nowhere);
  page.settled();
  EXPECT_EQ(network(), page.expected.back());
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(app().recipe().network, shipped);
  EXPECT_EQ(page.recipe().background_below, 0.4);
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(app().recipe().network, shipped);
  EXPECT_EQ(page.recipe().background_below, 0.15);
}

TEST(TrainingStep, IsSeenBesideThePictureOnStageWherePixelsAreExplained) {
  Trained page(4);
  page.press("p");
  EXPECT_EQ(page.count(Role::button, "Train"), 0U);
  page.walk_to(9, 7);
  page.settled();
  page.click("Train");
  page.settled();
  EXPECT_TRUE(page.says("^Trained for 4 of 4 steps"_re));
  EXPECT_TRUE(page.says("^Probability of background"_re));
}

TEST(TrainingStep, CanBePinnedByItsMask) {
  Trained page(4);
  page.press("g");
  ASSERT_TRUE(app().pinned_result);
  EXPECT_EQ(app().pinned_result->layer, ui::Layer::mask);
}

}  // namespace
}  // namespace floodlight::test

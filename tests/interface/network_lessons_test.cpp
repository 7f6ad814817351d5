// What the steps Network and Training teach: their exercises open, cover what they ask for and judge; their pitfalls do what they say.
#include <algorithm>
#include <cstdio>
#include <string>

#include "core/exercises/exercise.h"
#include "core/samples/shipped_network.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"
#include "web/app/state/training.h"

namespace floodlight::test {
namespace {

using ui::StepId;

/// The image with its mask from the network that comes along, at the step of this place.
struct Networked : Page {
  Networked(std::string_view image, StepId step) : Page(at(image, "pixels")) {
    ui::app().choose_way(mask_sources::network);
    settled();
    go_to(ui::step(step).name);
    settled();
  }
};

/// The answer as it is typed, to as many decimals as are asked for.
std::string typed(const Exercise& e) {
  std::string text(32, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.*f", e.decimals, e.answer)));
  return text;
}

/// Opens every exercise of the step at hand, and answers it.
void solve_all(Page& page, std::size_t count) {
  for (std::size_t i = 1; i <= count; ++i) {
    page.open_exercise(static_cast<int>(i));
    ASSERT_TRUE(ui::app().exercise) << i;
    const Exercise exercise = ui::app().exercise->exercise;
    SCOPED_TRACE(std::string(exercise.id));
    EXPECT_TRUE(page.says(exercise.question));
    const Said said = exercise.kind == AnswerKind::choice
                          ? page.choose_answer(exercise.choices[static_cast<std::size_t>(exercise.answer)], "Right")
                          : page.answer(typed(exercise));
    EXPECT_EQ(said.word, "Right") << said.sentence;
    EXPECT_TRUE(page.everything_is_mirrored());
    page.close_exercise();
  }
  const std::string solved = std::to_string(count) + " of " + std::to_string(count) + " solved";
  EXPECT_TRUE(page.says("Predict (" + solved + ")"));
  // Solved ones are wider; none of them is pushed out of the panel.
  for (const MirrorItem& item : page.all(Role::button, "^Exercise \\d"_re))
    EXPECT_LE(item.rect_max.x, ImGui::GetIO().DisplaySize.x) << item.name;
}

TEST(NetworkLessons, ExercisesOfTheNetworkAreAboutThePixelAtHand) {
  Networked page("nuclei_01", StepId::network);
  const auto ids = exercises_of(Stage::filtered, mask_sources::network);
  solve_all(page, ids.size());
  EXPECT_EQ(ui::app().view.pinned, (Pixel{256, 256})) << "the middle, where none was pinned";
  page.press("ArrowRight", 3);
  page.open_exercise(1);
  EXPECT_EQ(ui::app().exercise->exercise.pixel, (Pixel{256, 259}));
  EXPECT_EQ(ui::app().exercise->exercise.teaching_image, "");
}

TEST(NetworkLessons, ExercisesOfTheTrainingAreSolved) {
  Networked page("nuclei_01", StepId::training);
  solve_all(page, exercises_of(Stage::mask, mask_sources::network).size());
}

TEST(NetworkLessons, WhatALayerSeesAndHasIsNotToldWhileItIsAsked) {
  Networked page("nuclei_01", StepId::network);
  const auto ids = exercises_of(Stage::filtered, mask_sources::network);
  const auto open = [&](std::string_view id) {
    page.open_exercise(static_cast<int>(std::ranges::find(ids, id) - ids.begin()) + 1);
  };
  EXPECT_EQ(page.fact("Sees of the image"), "3 x 3 px");
  EXPECT_EQ(page.fact("Weights of the layer"), "80");
  open("network.field");
  EXPECT_EQ(page.fact("Sees of the image"), "?");
  EXPECT_EQ(page.fact("Weights of the layer"), "80");
  page.close_exercise();
  open("network.weights");
  EXPECT_EQ(page.fact("Sees of the image"), "3 x 3 px");
  EXPECT_EQ(page.fact("Weights of the layer"), "?");
}

TEST(NetworkLessons, AnUntoldProbabilityStaysCovered) {
  Networked page("small_field", StepId::network);
  page.walk_to(3, 3);
  const auto ids = exercises_of(Stage::filtered, mask_sources::network);
  const auto place = std::ranges::find(ids, "network.softmax") - ids.begin();
  page.open_exercise(static_cast<int>(place) + 1);
  EXPECT_TRUE(ui::app().covers(Covers::mask_value, {3, 3}));
  EXPECT_FALSE(page.says("^Probability of background"_re));
}

TEST(NetworkLessons, PitfallsOfTheNetworkDoWhatTheySay) {
  Networked page("nuclei_01", StepId::network);
  page.click("Watch out");
  page.click("On the small field");
  page.settled();
  EXPECT_EQ(page.nuclei(), 3) << "of five";
  page.click("A field that is mostly border");
  page.settled();
  EXPECT_EQ(page.count(Role::button, "Image: At the border"), 1U);
  page.click("Seeds from the mask alone");
  page.settled();
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::network_mask);
  EXPECT_EQ(page.selected_step(), "Network") << "the same steps";
}

TEST(NetworkLessons, PitfallsOfTheTrainingDoWhatTheySay) {
  Networked page("nuclei_01", StepId::training);
  EXPECT_NEAR(ui::app().score->f1, 0.97, 0.005);
  page.click("Watch out");
  page.click("12 um out of focus");
  page.settled();
  EXPECT_NEAR(ui::app().score->f1, 0.61, 0.005);
  page.click("Where there is nothing");
  page.settled();
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::network);
  EXPECT_GT(page.nuclei(), 0);
  EXPECT_EQ(ui::app().truth->labels.pixels().size(), ui::app().values().labels.size());
  EXPECT_EQ(ui::app().score->truth.size(), 0U) << "there is none";
  const auto before = ui::app().values().thresholded.above;
  page.click("At 0.5");
  page.settled();
  EXPECT_EQ(page.recipe().background_below, 0.5);
  EXPECT_GT(ui::app().values().thresholded.above, before);
}

TEST(NetworkLessons, PitfallsOfTheTrainingSetOneKnobEachAndTrainNothing) {
  Networked page("small_field", StepId::training);
  const ui::TrainingChoice usual = ui::app().training.chosen;
  page.click("Watch out");
  const auto set_by = [&](const char* button) {
    page.click(button);
    page.settled();
    EXPECT_EQ(ui::app().training.phase, ui::TrainingPhase::none);
    return ui::app().training.chosen;
  };
  ui::TrainingChoice one = usual;
  one.variety.exposure = false;
  EXPECT_EQ(set_by("Set one exposure"), one);
  EXPECT_EQ(page.count(Role::toggle, "Exposure"), 1U) << "the knob can be seen";
  one = usual;
  one.settings.images = 5;
  EXPECT_EQ(set_by("Set five images"), one) << "and the knob before stands as it did";
  one = usual;
  one.settings.shape.rim = false;
  EXPECT_EQ(set_by("Set no rim class"), one);
  one = usual;
  one.settings.schedule.rate = 10 * usual.settings.schedule.rate;
  EXPECT_EQ(set_by("Set ten times the rate"), one);
  one = usual;
  one.settings.schedule.steps = 40;
  EXPECT_EQ(set_by("Set 40 steps"), one);
}

}  // namespace
}  // namespace floodlight::test

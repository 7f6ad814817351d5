// The step Pixels as a lesson: explained at a pixel, tried, predicted.
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening grid = at("lecture_grid", "pixels");

TEST(PixelsStep, AnExerciseCoversItsAnswerKnowsTheUsualMistakesAndTakesTheRightOne) {
  Page page(grid);
  page.walk_to(5, 14);
  EXPECT_TRUE(page.values().starts_with("raw 209 "));
  page.open_exercise(3);
  EXPECT_TRUE(page.values().starts_with("raw ? "));
  EXPECT_FALSE(page.says("holds 209"_re));
  const Said swapped = page.answer("23");
  EXPECT_EQ(swapped.word, "Not yet");
  EXPECT_TRUE(swapped.sentence.starts_with("Row first, then column"));
  EXPECT_TRUE(page.answer("136").sentence.starts_with("Counting starts at 0"));
  EXPECT_EQ(page.answer("7").word, "Not yet");
  EXPECT_EQ(page.answer("seven").word, "");
  EXPECT_EQ(page.answer("209").word, "Right");
  EXPECT_TRUE(page.values().starts_with("raw 209 "));
  EXPECT_TRUE(page.everything_is_mirrored());
  page.close_exercise();
  EXPECT_EQ(page.count(Role::button, "Exercise 3, solved"), 1U);
}

TEST(PixelsStep, RowsAndColumnsAreCoveredWhileTheyAreAskedFor) {
  Page page(grid);
  page.open_exercise(1);
  EXPECT_EQ(page.fact("Shape (rows, columns)"), "? x ?");
  EXPECT_NE(page.answer("26").sentence.find("down first"), std::string::npos);
  EXPECT_EQ(page.answer(" 19 ").word, "Right");
  EXPECT_EQ(page.fact("Shape (rows, columns)"), "19 x 26");
  page.click("Next");
  EXPECT_EQ(page.answer("26,0").word, "Right");
  page.close_exercise();
}

TEST(PixelsStep, WhatWasSolvedIsKeptOnTheMachineAndCanBeForgotten) {
  Page page(grid);
  page.open_exercise(1);
  EXPECT_EQ(page.answer("19").word, "Right");
  page.close_exercise();
  page.walk_to(5, 14);
  page.open_exercise(3);
  EXPECT_EQ(page.answer("209").word, "Right");
  page.reload();
  page.go_to("Pixels");
  EXPECT_TRUE(page.says("^Predict \\(2 of \\d+ solved\\)$"_re));
  EXPECT_EQ(page.count(Role::button, "Exercise 3, solved"), 1U);
  page.click("Forget what was solved");
  EXPECT_EQ(page.count(Role::heading, "^Predict \\(0 of"_re), 1U);
  page.reload();
  page.go_to("Pixels");
  EXPECT_EQ(page.count(Role::heading, "^Predict \\(0 of"_re), 1U) << "forgotten on the machine, too";
}

TEST(PixelsStep, FewerBitsAreShownBesideTheRecipeAndLeaveItAlone) {
  Page page(grid);
  const Recipe recipe = page.recipe();
  const int labels = page.nuclei();
  const auto plain = page.picture();
  page.click("Fewer bits");
  page.click(Role::toggle, "Show with fewer bits");
  page.fill("Bits", 1);
  EXPECT_EQ(page.fact("Different values left"), "2");
  EXPECT_NE(page.picture(), plain);
  EXPECT_EQ(page.nuclei(), labels);
  EXPECT_EQ(page.recipe(), recipe);
  page.click(Role::toggle, "Show with fewer bits");
  EXPECT_EQ(page.picture(), plain);
}

TEST(PixelsStep, AnOpenExerciseIsLeftWhenAnotherPictureComesWhoseAnswerWouldBeAnother) {
  Page page;
  page.go_to("Pixels");
  page.open_exercise(3);
  EXPECT_EQ(page.count(Role::group, "Exercise"), 1U);
  page.click("Take it again");
  EXPECT_EQ(page.count(Role::group, "Exercise"), 0U);
  page.open_exercise(3);
  page.open_sample("Nuclei 02");
  EXPECT_EQ(page.count(Role::group, "Exercise"), 0U);
}

}  // namespace
}  // namespace floodlight::test

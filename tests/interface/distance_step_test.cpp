// The step Distance as a lesson: explained at a pixel, tried, predicted.
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening small_field = at("small_field", "distance");

TEST(DistanceStep, APixelAtTheBorderHasItsPythagorasWhichAnExerciseCovers) {
  Page page(small_field);
  page.walk_to(19, 3);
  const Name sentence = R"(sqrt\((2 x 2 \+ 3 x 3|3 x 3 \+ 2 x 2)\) = sqrt\(13\) = 3\.61 px)"_re;
  EXPECT_TRUE(page.says(sentence));
  page.open_exercise(5);
  EXPECT_EQ(page.fact("Largest distance"), "?");
  EXPECT_FALSE(page.says(sentence));
  EXPECT_TRUE(page.says("How far to the background? That is for you to say."));
  EXPECT_NE(page.values().find("distance ?"), std::string::npos);
  EXPECT_EQ(page.answer("1").sentence, "Outside the image is not background.");
  EXPECT_EQ(page.answer("13").sentence, "That is the square: take its root.");
  EXPECT_EQ(page.answer("3,61").word, "Right");
  page.close_exercise();
  EXPECT_TRUE(page.says(sentence));
  EXPECT_TRUE(matches(page.fact("Largest distance"), "^\\d+(\\.\\d+)? px$"_re));
}

TEST(DistanceStep, ThePairThatTouchesHasTwoSummitsAndASaddle) {
  Page page(small_field);
  page.walk_to(6, 15);
  page.click("Profile from summit to summit");
  const double saddle = page.number_fact("Saddle between");
  EXPECT_LT(saddle, page.number_fact("Summit of label 1"));
  EXPECT_LT(saddle, page.number_fact("Summit of label 2"));
  EXPECT_TRUE(page.says(R"(^From \(row, column\) \(6, \d+\) to \(6, \d+\)\. Two summits make two nuclei)"_re));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(DistanceStep, WhichPixelIsDeepestIsNotToBeReadOffWhileItIsAskedFor) {
  Page page(small_field);
  page.walk_to(6, 7);
  EXPECT_TRUE(matches(page.values(), "distance \\d"_re));
  page.walk_to(6, 6);
  page.open_exercise(3);
  page.press("Escape");
  const auto covered = page.hover(page.middles()(6, 7));
  ASSERT_TRUE(covered);
  EXPECT_EQ(covered->place(), (Pixel{6, 7}));
  EXPECT_NE(covered->rest.find("distance ?"), std::string::npos);
  page.choose_answer("^row"_re, "Not yet");
  EXPECT_EQ(page.choose_answer("row 6, column 7", "Right").word, "Right");
  page.close_exercise();
}

TEST(DistanceStep, WhatExplainsOneImageIsGoneWithIt) {
  Page page(at("nuclei_01", "distance"));
  page.click("Profile from summit to summit");
  page.pin(0.505F, 0.38F);
  EXPECT_TRUE(page.says("^Saddle between"_re));
  page.open_sample("The small field");
  EXPECT_FALSE(page.says("^Saddle between"_re));
  EXPECT_TRUE(page.says("^Point at two nuclei that touch"_re));
}

}  // namespace
}  // namespace floodlight::test

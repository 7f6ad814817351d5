// The step Label as a lesson: explained at a pixel, tried, predicted.
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening small_field = at("small_field", "label");

TEST(LabelStep, AnExerciseCoversNumbersAndCountsAndKnowsTheOtherNeighboursAnswer) {
  Page page(small_field);
  page.walk_to(6, 6);
  EXPECT_EQ(page.fact("Objects (8 neighbours)"), "4");
  EXPECT_TRUE(page.says("^Label 1, an object of 132 px"_re));
  page.open_exercise(1);
  EXPECT_EQ(page.fact("Objects (8 neighbours)"), "?");
  EXPECT_EQ(page.nuclei_said(), "?");
  EXPECT_TRUE(page.says("Which number? That is for you to say."));
  EXPECT_FALSE(page.says("^Label 1, an object"_re));
  const Said four = page.answer("6");
  EXPECT_EQ(four.word, "Not yet");
  EXPECT_TRUE(four.sentence.starts_with("That is with 4: more neighbours join more")) << four.sentence;
  EXPECT_EQ(page.answer("5").word, "Right");
  page.close_exercise();
  EXPECT_EQ(page.fact("Objects (8 neighbours)"), "4");
  EXPECT_EQ(page.nuclei_said(), "5");
  EXPECT_TRUE(page.says("^Label 1, an object of 132 px"_re));
}

TEST(LabelStep, ANumberIsAskedForBySizeFromTheLeftInRasterOrder) {
  Page page(small_field);
  page.open_exercise(3);
  EXPECT_EQ(page.pixel().value().place(), (Pixel{16, 2}));
  EXPECT_TRUE(page.answer("3").sentence.starts_with("That is by size."));
  EXPECT_TRUE(page.answer("1").sentence.starts_with("That is from left to right."));
  EXPECT_EQ(page.answer("4").word, "Right");
  page.close_exercise();
}

TEST(LabelStep, TheNumbersGrowStepByStepBothWaysAndFromObjectToObject) {
  Page page(small_field);
  page.click("Grow them step by step");
  EXPECT_EQ(page.fact("Objects begun"), "0 of 4");
  page.press(".", 2);
  EXPECT_EQ(page.position("Pixels reached"), 2);
  EXPECT_EQ(page.fact("Objects begun"), "1 of 4");
  page.press(",");
  EXPECT_EQ(page.position("Pixels reached"), 1);
  page.click("Next object");
  EXPECT_EQ(page.position("Pixels reached"), 132);
  const auto before = page.picture();
  page.press(".");
  EXPECT_EQ(page.fact("Objects begun"), "2 of 4");
  EXPECT_NE(page.picture(), before);
  page.press(",");
  EXPECT_EQ(page.picture(), before);
  page.click("Object before");
  EXPECT_LE(page.position("Pixels reached"), 132);
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(LabelStep, FourNeighboursTellObjectsApartThatEightJoinOnTheMaskOfTheRawImage) {
  Page page(at("small_field", "filter"));
  page.choose("Filter", "None");
  page.go_to("Label");
  page.click("Grow them step by step");
  EXPECT_EQ(page.fact("Objects (8 neighbours)"), "5");
  page.click(Role::radio, "4 neighbours");
  EXPECT_TRUE(page.says("^Objects begun: \\d of 6$"_re));
  page.click(Role::radio, "8 neighbours");
  EXPECT_TRUE(page.says("^Objects begun: \\d of 5$"_re));
}

TEST(LabelStep, ObjectsThatTheWatershedCutsAreListedWithWhatGivesThemAwayAndAPressGoesToOne) {
  Page page(at("nuclei_01", "label"));
  const Pattern several = "^Object (\\d+): cut in (\\d)$"_re;
  const MirrorItem row = page.first(Role::button, several);
  const auto said = parts(row.name, several);
  page.click(row);
  EXPECT_TRUE(page.says(pattern("^Label " + said[1] + ", an object of .*The watershed of step 8 cuts it in " + said[2] +
                                ": it has .* times the median area, solidity")));
}

}  // namespace
}  // namespace floodlight::test

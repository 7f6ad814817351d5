// The watershed made visible: the flood's moments, who took what, and what went wrong where.
#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

constexpr const char* player = "Pixels flooded";

class WatershedStep : public testing::Test {
 protected:
  [[nodiscard]] double now() const { return page.position(player); }
  void move_to(double moment) {
    page.fill(player, moment);
    EXPECT_EQ(now(), moment);
  }
  Page page{at("small_field", "watershed")};
};

TEST_F(WatershedStep, AnExerciseCoversLabelsAndCountsAndKnowsWhoForgotWhereTheWaterStarts) {
  page.walk_to(6, 6);
  page.open_exercise(4);
  EXPECT_EQ(page.fact("Nuclei"), "?");
  EXPECT_EQ(page.nuclei_said(), "?");
  EXPECT_TRUE(page.says("Which water came first? That is for you to say."));
  EXPECT_TRUE(page.answer("79").sentence.starts_with("Now the seeds sit on summits: the water starts at the rim"));
  EXPECT_EQ(page.answer("1").word, "Right");
  page.close_exercise();
  EXPECT_EQ(page.fact("Nuclei"), "5");
  EXPECT_EQ(page.nuclei_said(), "5");
  EXPECT_TRUE(page.says("^Label 1: the water of seed 1 reached this pixel first"_re));
}

TEST_F(WatershedStep, TheFloodPlaysPausesAndStepsBothWays) {
  page.click("Watch the flood");
  EXPECT_EQ(now(), 0);
  type_key(" ");
  pass(1500);
  EXPECT_GT(now(), 8);
  EXPECT_LT(now(), 228) << "it is not over before it is paused";
  page.press(" ");
  const double stopped = now();
  pass(2000);
  EXPECT_EQ(now(), stopped);
  page.press(".");
  EXPECT_EQ(now(), stopped + 1);
  page.press(",", 2);
  EXPECT_EQ(now(), stopped - 1);
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST_F(WatershedStep, TimeIsSpreadEvenlyAlongItsSlider) {
  page.click("Watch the flood");
  EXPECT_EQ(page.last_position(player), 228);
  page.drag(page.the(Role::slider, player), {0.02F, 0.5F}, {0.5F, 0.5F});
  EXPECT_NEAR(now(), 114, 23);
}

TEST_F(WatershedStep, TheMomentStaysWithinAFloodThatHasBecomeShorter) {
  page.click("Watch the flood");
  page.click(Role::toggle, "Without mask=");
  const double all = page.last_position(player);
  move_to(all);
  page.click(Role::toggle, "Without mask=");
  const double last = page.last_position(player);
  EXPECT_LT(last, all);
  EXPECT_EQ(now(), last);
  EXPECT_EQ(page.fact("Waiting in the queue"), "0");
}

TEST_F(WatershedStep, TheMeetingOfTwoWatersIsJumpedTo) {
  page.click("Watch the flood");
  EXPECT_EQ(page.fact("Pairs of waters that have met"), "0 of 1");
  EXPECT_FALSE(page.the(Role::button, "Next meeting").disabled);
  page.click("Next meeting");
  EXPECT_GT(now(), 0);
  EXPECT_TRUE(page.says("^Here labels (1 and 2|2 and 1) meet\\."_re));
  EXPECT_EQ(page.fact("Pairs of waters that have met"), "1 of 1");
  EXPECT_TRUE(page.the(Role::button, "Next meeting").disabled);
  const double step = now();
  page.click("Next level");
  EXPECT_GT(now(), step);
  page.click("Level back");
  EXPECT_LE(now(), step);
}

TEST_F(WatershedStep, WithoutTheMinusOneLabelTakesNearlyAllWithoutTheMaskEverythingIsFlooded) {
  page.click("Watch the flood");
  move_to(228);
  page.walk_to(5, 5);
  EXPECT_TRUE(page.says("^Label 1: pushed by"_re));
  const auto right = page.picture();
  page.click(Role::toggle, "Without the minus");
  EXPECT_TRUE(page.says("^Label 2: pushed by"_re));
  EXPECT_NE(page.picture(), right);
  page.click(Role::toggle, "Without the minus");
  EXPECT_EQ(page.picture(), right);
  page.click(Role::toggle, "Without mask=");
  EXPECT_EQ(page.last_position(player), 600);
  page.click(Role::toggle, "Without mask=");
  EXPECT_EQ(page.nuclei(), 5);
}

TEST(WhatWentWrong, IsListedByCauseAndAPressShowsOneItsSentenceAndTheWayToTheStepThatDecided) {
  Page page;
  const Pattern title = R"(^What went wrong, and where \((\d+)\)$)"_re;
  const MirrorItem fold = page.the(Role::button, title);
  const int all = std::stoi(parts(fold.name, title)[1]);
  page.click(fold);
  // The names of the causes, as the list gives them.
  const Name cause =
      "^(Below the cutoff|Removed|Summit|Higher pixel in|No seed set|Joined by|Together in|In pieces|Parted by|"
      "More than one seed|Found, but too|No true nucleus|A piece of a nucleus)"_re;
  std::vector<int> counts;
  int sum = 0;
  for (const MirrorItem& item : page.all(Role::button, cause)) {
    counts.push_back(std::stoi(item.description));
    sum += counts.back();
  }
  EXPECT_EQ(sum, all);
  EXPECT_TRUE(std::ranges::is_sorted(counts, std::greater())) << "the most frequent cause first";
  page.click(page.first(Role::button, cause));
  EXPECT_TRUE(page.says("^(True nucleus|Label) \\d+\\. \\S"_re));
  const auto where = page.pixel();
  ASSERT_TRUE(where);
  page.click(page.first(Role::button, "^Go to "_re));
  EXPECT_NE(page.selected_step(), "Many images");
  EXPECT_TRUE(page.shows_step(page.selected_step()));
  const auto there = page.pixel();
  ASSERT_TRUE(there);
  EXPECT_LT(std::hypot(there->row - where->row, there->col - where->col), 60);
}

}  // namespace
}  // namespace floodlight::test

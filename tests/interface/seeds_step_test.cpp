// The step Seeds: its lesson, and seeds that are set by hand.
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(SeedsStep, CandidatesAreCountedCoordinatesShownAndCoveredWhileTheyAreAskedFor) {
  Page page(at("small_field", "seeds"));
  EXPECT_EQ(page.fact("Peaks"), "5");
  EXPECT_EQ(page.fact("Seeds (peaks that touch are one)"), "5");
  EXPECT_GT(page.number_fact("Candidates"), 5);
  EXPECT_TRUE(matches(page.fact("Too near, at the border, too low"), "^[1-9]\\d*, 0, 0$"_re));
  EXPECT_TRUE(page.says("Every object has a seed."));
  page.walk_to(7, 15);
  EXPECT_TRUE(page.says("(nearer than 2 px|On a plateau)"_re));
  page.click("From coordinates to seeds");
  EXPECT_TRUE(page.says("local_maxima_coords, shape \\(5, 2\\)"_re));
  EXPECT_TRUE(page.says("local_maxima_coords\\.T, shape \\(2, 5\\)"_re));
  page.open_exercise(1);
  EXPECT_TRUE(page.says("An exercise covers the seeds."));
  EXPECT_TRUE(page.says("A seed or not? That is for you to say."));
  EXPECT_FALSE(page.says("local_maxima_coords, shape|^Peaks: "_re));
  EXPECT_EQ(page.nuclei_said(), "?");
  EXPECT_TRUE(page.answer("4").sentence.starts_with("Two summits in one object"));
  EXPECT_EQ(page.answer("5").word, "Right");
  page.close_exercise();
  EXPECT_EQ(page.fact("Peaks"), "5");
  page.open_exercise(4);
  EXPECT_EQ(page.choose_answer("It lies in the excluded border", "Not yet").sentence, "The border is kept here.");
  EXPECT_EQ(page.choose_answer("It is too near to a seed", "Right").word, "Right");
  page.close_exercise();
}

TEST(SeedsStep, ObjectsThatLostTheirSeedAtTheBorderAreCountedAndKeptByAButton) {
  Page page(at("case_border", "seeds"));
  const int nuclei = page.nuclei();
  const auto number_in = [](const std::string& name) { return std::stoi(parts(name, "\\d+"_re).at(0)); };
  const MirrorItem fold = page.the(Role::button, "^Objects without a seed: [1-9]\\d*$"_re);
  const int lost = number_in(fold.name);
  page.click(fold);
  page.click(page.first(Role::button, "^Object \\d+, \\d+ px$"_re));
  EXPECT_TRUE(page.says("(px from the border, where the outermost|no candidate, since|nearer than)"_re));
  const Name keep = "^Keep the \\d+ at the border$"_re;
  const MirrorItem button = page.the(Role::button, keep);
  const int kept = number_in(button.name);
  page.click(button);
  EXPECT_FALSE(page.recipe().exclude_border);
  EXPECT_EQ(page.count(Role::button, keep), 0U);
  EXPECT_GE(page.nuclei(), nuclei + kept);
  if (lost == kept) EXPECT_TRUE(page.says("Every object has a seed."));
}

TEST(SeedsByHand, AreAddedMovedDeletedAndUndoneAndLeadBackToTheMethodThatWasChosen) {
  Page page(at("small_field", "seeds"));
  page.choose("Seeds", "Every local maximum");
  const int before = page.nuclei();
  page.go_to("Watershed");
  page.click(Role::toggle, "Seeds by hand");
  EXPECT_EQ(page.nuclei(), before);
  const auto seeds = [&] { return page.recipe().seeds_by_hand; };
  const auto first = seeds();
  const auto middle_of = page.middles();
  const ImVec2 at = middle_of(5, 8);
  page.click_at(at);
  EXPECT_EQ(seeds().back(), (Pixel{5, 8}));
  const ImVec2 there = middle_of(3, 9);
  page.drag_points(at, there);
  EXPECT_EQ(seeds().back(), (Pixel{3, 9}));
  page.click_at(there);
  EXPECT_EQ(seeds(), first);
  page.press("u");
  EXPECT_EQ(seeds().back(), (Pixel{3, 9}));
  page.click_at(middle_of(0, 0));
  EXPECT_TRUE(page.says("1 outside of the mask: no water comes from there."));
  page.click(Role::toggle, "Seeds by hand");
  EXPECT_EQ(page.recipe().seeds, SeedMethod::every_maximum);
}

}  // namespace
}  // namespace floodlight::test

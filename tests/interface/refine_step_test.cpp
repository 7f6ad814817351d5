// The step Refine: its lesson, and the list of repairs that the recipe follows.
#include "tests/core/rows.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening small_field = at("small_field", "refine");

std::vector<const RepairRow*> operations(const Page& page) {
  std::vector<const RepairRow*> list;
  for (const Refinement& repair : page.recipe().refinements) list.push_back(repair.row);
  return list;
}

using Operations = std::vector<const RepairRow*>;

TEST(RefineStep, AnExerciseCoversWhatTheRepairsDidAndKnowsThatClosingJoins) {
  Page page(small_field);
  page.walk_to(14, 23);
  page.open_exercise(3);
  EXPECT_EQ(page.fact("Pixels added"), "?");
  EXPECT_FALSE(page.says("^\\+\\d+ px, -\\d+ px; objects"_re));
  EXPECT_TRUE(page.says("True or False? That is for you to say."));
  EXPECT_TRUE(matches(page.values(), "refined \\?|mask \\w+$"_re)) << page.values();
  EXPECT_TRUE(page.answer("4").sentence.starts_with("Gaps below the footprint close between nuclei"));
  EXPECT_EQ(page.answer("1").word, "Right");
  page.close_exercise();
  EXPECT_TRUE(matches(page.fact("Pixels added"), "^\\d+$"_re));
  EXPECT_TRUE(page.says("^(Still|Was) "_re));
}

TEST(RefineStep, EachRepairSaysWhatItChangedAndItsLimitIsDraggedAmongTheSizes) {
  Page page(small_field);
  const Pattern changed = "^\\+\\d+ px, -\\d+ px; objects \\(8 neighbours\\) (\\d+) > (\\d+)$"_re;
  EXPECT_TRUE(page.says(changed));
  const double first = page.recipe().refinements[0][size_limit];
  page.drag(page.first(Role::slider, "Limit among the sizes"), {0.3F, 0.4F}, {0.55F, 0.4F});
  const double dragged = page.recipe().refinements[0][size_limit];
  EXPECT_GT(dragged, first);
  EXPECT_GT(dragged, 12);
  const auto objects = page.read(changed);
  EXPECT_EQ(objects[1], "4");
  EXPECT_LT(std::stoi(objects[2]), 4) << "a larger limit takes objects away";
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(RefineStep, TheSameTwoRepairsStandInTwoOrders) {
  Page page(small_field);
  page.click("Specks first");
  EXPECT_EQ(operations(page), (Operations{&repairs::remove_small_objects, &repairs::closing}));
  page.click("Closing first");
  EXPECT_EQ(operations(page), (Operations{&repairs::closing, &repairs::remove_small_objects}));
  EXPECT_EQ(page.count_texts("^\\+\\d+ px, -\\d+ px; objects \\(8 neighbours\\) \\d+ > \\d+$"_re), 2U);
}

TEST(Repairs, AreAddedChangedMovedAndRemovedAndTheRecipeFollows) {
  Page page(at("nuclei_01", "refine"));
  page.click("Add a repair");
  EXPECT_EQ(operations(page), (Operations{&repairs::remove_small_objects, &repairs::closing, &repairs::fill_holes}));
  page.choose("Operation", "Clear border", "Repair 3");
  EXPECT_EQ(operations(page), (Operations{&repairs::remove_small_objects, &repairs::closing, &repairs::clear_border}));
  page.click(Role::button, "Up", "Repair 3");
  EXPECT_EQ(operations(page), (Operations{&repairs::remove_small_objects, &repairs::clear_border, &repairs::closing}));
  page.click(Role::button, "Remove", "Repair 1");
  EXPECT_EQ(operations(page), (Operations{&repairs::clear_border, &repairs::closing}));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(Repairs, ChangeTheMaskAndSoTheNuclei) {
  Page page(at("nuclei_01", "refine"));
  const int without = page.nuclei();
  const std::string removed = page.fact("Pixels removed");
  page.choose("Operation", "Erosion", "Repair 1");
  page.fill("Radius", 9, "Repair 1");
  EXPECT_EQ(page.recipe().refinements[0][footprint_radius], 9);
  EXPECT_NE(page.fact("Pixels removed"), removed);
  EXPECT_LT(page.nuclei(), without) << "an erosion of 9 pixels eats whole nuclei";
}

}  // namespace
}  // namespace floodlight::test

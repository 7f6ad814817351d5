// Undo and redo: every change of the recipe, of the seeds set by hand, of the file's page.
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(UndoAndRedo, GoThroughEveryChangeOfTheRecipeByKeysAndButtons) {
  Page page(at("nuclei_01", "filter"));
  EXPECT_TRUE(page.the(Role::button, "Undo").disabled);
  const Recipe first = page.recipe();
  page.choose("Filter", "Median");
  page.go_to("Refine");
  page.click("Add a repair");
  const Recipe last = page.recipe();
  page.press("Control+z");
  EXPECT_EQ(page.recipe().refinements.size(), first.refinements.size());
  EXPECT_NE(page.recipe(), first);
  page.click("Undo");
  EXPECT_EQ(page.recipe(), first);
  EXPECT_TRUE(page.the(Role::button, "Undo").disabled);
  page.press("Control+z");
  EXPECT_EQ(page.recipe(), first);
  page.press("Control+y");
  page.press("Control+Shift+Z");
  EXPECT_EQ(page.recipe(), last);
  page.press("u");
  EXPECT_NE(page.recipe(), last);
  page.click("Redo");
  EXPECT_EQ(page.recipe(), last);
}

TEST(UndoAndRedo, TakeADragOfASliderAsOneChange) {
  Page page(at("nuclei_01", "filter"));
  const double before = page.recipe().sigma;
  page.drag(page.the(Role::slider, "Sigma"), {0.2F, 0.5F}, {0.6F, 0.5F});
  EXPECT_NE(page.recipe().sigma, before);
  page.press("Control+z");
  EXPECT_EQ(page.recipe().sigma, before);
  EXPECT_TRUE(page.the(Role::button, "Undo").disabled);
}

TEST(UndoAndRedo, TakeBackSeedsOneClickAtATimeDownToHowTheyWereFound) {
  Page page(at("small_field", "seeds"));
  const Recipe found = page.recipe();
  page.click(Role::toggle, "Seeds by hand");
  const auto seeds = [&] { return page.recipe().seeds_by_hand.size(); };
  const std::size_t started = seeds();
  page.click_at(page.image_point(0.3F, 0.7F));
  page.click_at(page.image_point(0.5F, 0.7F));
  EXPECT_EQ(seeds(), started + 2);
  page.press("Control+z");
  EXPECT_EQ(seeds(), started + 1);
  page.press("u");
  EXPECT_EQ(seeds(), started);
  page.press("u");
  EXPECT_EQ(page.recipe(), found);
  EXPECT_FALSE(page.the(Role::toggle, "Seeds by hand").checked.value());
  page.press("Control+y");
  EXPECT_EQ(page.recipe().seeds, SeedMethod::by_hand);
  EXPECT_TRUE(page.the(Role::toggle, "Seeds by hand").checked.value());
}

TEST(UndoAndRedo, BringBackAnotherPageOfTheFile) {
  Page page(at("small_field", "pixels"));
  page.open("pages.tif", tiff_of({round_nuclei(), flat_image(120, 160, 9)}));
  page.go_to("Pixels");
  page.choose("Page", "1");
  EXPECT_EQ(page.fact("Smallest, largest value"), "9, 9");
  page.press("Control+z");
  EXPECT_EQ(page.recipe().page, 0);
  EXPECT_EQ(page.fact("Smallest, largest value"), "20, 220");
}

}  // namespace
}  // namespace floodlight::test

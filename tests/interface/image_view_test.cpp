// The image view under the mouse, the wheel and the keys.
#include <cmath>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(ImageView, ZoomsWithTheWheelAroundTheCursor) {
  Page page;
  page.press("f");
  const double zoom = page.zoom();
  const auto before = page.hover(page.image_point(0.4F, 0.35F));
  turn_wheel({0, -300});
  page.settled();
  const auto after = page.pixel();
  ASSERT_TRUE(before && after);
  EXPECT_NEAR(after->row, before->row, 1);
  EXPECT_NEAR(after->col, before->col, 1);
  EXPECT_GT(page.zoom(), 1.4 * zoom);
  page.press("f");
  EXPECT_NEAR(page.zoom() / zoom, 1, 0.05);
}

TEST(ImageView, ZoomsWhereTwoFingersSpread) {
  Page page;
  const double zoom = page.zoom();
  const auto before = page.hover(page.image_point(0.4F, 0.35F));
  pinch(page.image_point(0.4F, 0.35F), {}, 2);
  page.settled();
  const auto after = page.pixel();
  ASSERT_TRUE(before && after);
  EXPECT_NEAR(after->row, before->row, 1);
  EXPECT_NEAR(after->col, before->col, 1);
  EXPECT_NEAR(page.zoom() / zoom, 2, 0.1);
  turn_wheel({0, 70}, true);
  page.settled();
  EXPECT_LT(page.zoom() / zoom, 1.2) << "a trackpad's pinch, the other way";
}

TEST(ImageView, MovesUnderTheHandThatDragsIt) {
  Page page;
  const auto held = page.hover(page.image_point(0.45F, 0.4F));
  page.drag_points(page.image_point(0.45F, 0.4F), page.image_point(0.55F, 0.6F));
  const auto there = page.pixel();
  ASSERT_TRUE(held && there);
  const double slack = 6 / page.zoom();
  EXPECT_NEAR(there->row, held->row, slack);
  EXPECT_NEAR(there->col, held->col, slack);
}

TEST(ImageView, PinsThePixelThatIsClickedAndSaysItsRowAndColumn) {
  Page page;
  page.click("Fit");
  page.click("1:1");
  const ImVec2 middle(std::round(page.image_point(0.5F, 0.5F).x), std::round(page.image_point(0.5F, 0.5F).y));
  const auto in_the_middle = page.hover(middle);
  const auto hovered = page.hover(middle - ImVec2(100, 60));
  ASSERT_TRUE(in_the_middle && hovered);
  // At 1:1 a hundred pixels of the screen are a hundred of the image.
  EXPECT_EQ(hovered->place(), (Pixel{in_the_middle->row - 60, in_the_middle->col - 100}));
  page.click_at(middle - ImVec2(100, 60));
  page.hover({2, 2});
  const auto [row, col] = hovered->place();
  EXPECT_EQ(page.pixel().value().place(), (Pixel{row, col}));
  page.press("ArrowRight");
  page.press("ArrowDown", 2);
  EXPECT_EQ(page.pixel().value().place(), (Pixel{row + 2, col + 1}));
  page.press("ArrowUp");
  page.press("ArrowLeft");
  EXPECT_EQ(page.pixel().value().place(), (Pixel{row + 1, col}));
  page.press("Escape");
  EXPECT_FALSE(page.pixel());
}

TEST(ImageView, PinsNothingWhenAButtonOverItIsPressedFast) {
  Page page;
  page.hover(page.image_point(0.45F, 0.4F));
  const MirrorItem fit = page.the(Role::button, "Fit");
  move_mouse((fit.rect_min + fit.rect_max) * 0.5F);
  press_mouse();
  release_mouse();
  move_mouse({2, 2});
  page.settled();
  EXPECT_FALSE(page.pixel());
}

TEST(ImageView, PinsAPixelWithTheFastestOfClicks) {
  Page page;
  page.hover({2, 2});
  move_mouse(page.image_point(0.42F, 0.4F));
  press_mouse();
  release_mouse();
  move_mouse({2, 2});
  page.settled();
  EXPECT_TRUE(page.pixel());
}

TEST(ImageView, ShowsTheNumbersInThePixelsWhenTheyAreLargeEnough) {
  Page page(at("small_field", "pixels"));
  const auto far = page.picture();
  page.press("z");
  EXPECT_NE(page.picture(), far);
  EXPECT_GE(std::stoi(page.read("^Zoom (\\d+) %$"_re)[1]), 4000);
  page.pin(0.5F, 0.5F);
  EXPECT_TRUE(matches(page.values(), "^raw \\d+"_re));
}

TEST(ImageView, ZoomsToOneToOneAndBackByKey) {
  Page page;
  page.press("x");
  EXPECT_NEAR(page.zoom(), 1, 0.03);
  page.press("+");
  EXPECT_NEAR(page.zoom(), 1.5, 0.06);
  page.press("-");
  EXPECT_NEAR(page.zoom(), 1, 0.03);
}

TEST(ImageView, ZoomsToThePixelByAButton) {
  Page page;
  page.click("Zoom to pixel");
  const double near = page.zoom();
  page.click("Fit");
  EXPECT_GT(near, 4 * page.zoom());
}

TEST(ImageView, HasRulersWhereItsNumbersCanBeRead) {
  Page page(at("nuclei_01", "pixels"));
  EXPECT_EQ(page.count_texts("^Rulers: "_re), 0);
  page.pin(0.5F, 0.5F);
  page.press("z");
  const auto pixel = page.pixel();
  ASSERT_TRUE(pixel);
  const auto told = page.read("^Rulers: rows (\\d+) to (\\d+), columns (\\d+) to (\\d+)$"_re);
  EXPECT_LT(std::stoi(told[1]), pixel->row);
  EXPECT_GT(std::stoi(told[2]), pixel->row);
  EXPECT_LT(std::stoi(told[3]), pixel->col);
  EXPECT_GT(std::stoi(told[4]), pixel->col);
  page.press("f");
  EXPECT_EQ(page.count_texts("^Rulers: "_re), 0);
}

// Nothing of the image lies beneath the names of its colours and marks: the pointer finds no pixel there.
TEST(ImageView, LegendsOfTheSmallFieldCoverNoneOfIt) {
  const auto expect_free = [](Page& page, const Name& name) {
    const MirrorItem item = page.first(Role::text, name);
    for (const ImVec2 at : {item.rect_min, item.rect_max - ImVec2(1, 1)})
      EXPECT_FALSE(page.hover(at)) << item.name << " covers a pixel at " << at.x << ", " << at.y;
  };
  for (const bool on_stage : {false, true}) {
    Page page(at("small_field", "seeds"));
    if (on_stage) page.press("p");
    for (const std::string_view way : {"After", "Side by side"}) {
      page.click(Role::radio, way);
      SCOPED_TRACE(std::string(way) + (on_stage ? " on stage" : ""));
      for (const std::string_view name : {"Seed", "Too near to a seed", "In the excluded border", "Too low"})
        expect_free(page, name);
    }
    if (on_stage) continue;
    page.click(Role::radio, "After");
    page.press("8");
    page.click("Watch the flood");
    for (const std::string_view name : {"Flooded", "Waits in the queue", "Dry", "Seed", "Next out of the queue"})
      expect_free(page, name);
  }
}

TEST(ImageView, InANarrowWindowItsStatusLineHasTheValuesOfTheStep) {
  Page wide(at("nuclei_01", "watershed"));
  wide.pin(0.5F, 0.4F);
  EXPECT_TRUE(matches(wide.values(), "^photons .* raw .* filtered .* label \\d+$"_re)) << wide.values();
  Opening narrow = at("nuclei_01", "watershed");
  narrow.size = {640, 900};
  Page page(narrow);
  page.pin(0.5F, 0.4F);
  EXPECT_TRUE(matches(page.values(), "^component \\d+ .* label \\d+$"_re)) << page.values();
}

TEST(ImageView, SaysInItsPanelWhyThePixelUnderThePointerHasItsValue) {
  Page page(at("nuclei_01", "pixels"));
  const auto pixel = page.hover(page.image_point(0.45F, 0.45F));
  ASSERT_TRUE(pixel);
  EXPECT_TRUE(
      page.says(pattern("^Row " + std::to_string(pixel->row) + ", column " + std::to_string(pixel->col) + " holds ")));
}

}  // namespace
}  // namespace floodlight::test

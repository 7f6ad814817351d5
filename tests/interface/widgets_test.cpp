// Each kind of widget under the mouse: the recipe and the picture follow.
#include <algorithm>

#include "imgui_internal.h"

#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

class Widgets : public testing::Test {
 protected:
  Widgets() { page.open("made.tif", tiff_of(round_nuclei(240, 300))); }

  Page page{at("small_field", "pixels")};
};

TEST_F(Widgets, ASliderIsDraggedAndStopsAtItsEnds) {
  page.go_to("Filter");
  const auto sigma = [&] { return page.recipe().sigma; };
  const auto slider = [&] { return page.the(Role::slider, "Sigma"); };
  page.drag(slider(), {0.2F, 0.5F}, {0.5F, 0.5F});
  EXPECT_GT(sigma(), 1);
  EXPECT_LT(sigma(), 19);
  page.drag(slider(), {0.5F, 0.5F}, {1.2F, 0.5F});
  EXPECT_EQ(sigma(), 20);
  page.drag(slider(), {0.99F, 0.5F}, {0, 0.5F});
  EXPECT_EQ(sigma(), 0.1);
  EXPECT_EQ(slider().value_text, "0.1 px");
}

TEST_F(Widgets, ANumberIsClickedAndTypedOver) {
  page.go_to("Filter");
  page.click(Role::spinbutton, "Sigma");
  EXPECT_EQ(ui::mirror().focused(), page.the(Role::spinbutton, "Sigma").id) << "the field takes the focus";
  page.type("2.5");
  page.press("Enter");
  EXPECT_EQ(page.recipe().sigma, 2.5);
}

TEST_F(Widgets, ANumberOutOfRangeEndsAtTheLimit) {
  page.go_to("Filter");
  page.fill("Sigma", 300);
  EXPECT_EQ(page.recipe().sigma, 20);
  page.fill("Sigma", -4);
  EXPECT_EQ(page.recipe().sigma, 0.1);
}

TEST_F(Widgets, AListOpensBelowItsBoxAndAnOptionIsPressedInIt) {
  page.go_to("Filter");
  const MirrorItem box = page.reveal(page.the(Role::combobox, "Filter"));
  page.click(box);
  const auto& options = box.options;
  const auto index = static_cast<float>(std::ranges::find(options, "Median") - options.begin());
  // The options follow the box line by line.
  const ImVec2 size = box.rect_max - box.rect_min;
  page.click_at(box.rect_min + ImVec2(size.x / 3, size.y * (1.8F + index * 0.867F)));
  EXPECT_EQ(page.recipe().filter, FilterMethod::median);
}

TEST_F(Widgets, AnOpenListClosesWithoutAChoiceWhenSomethingElseIsPressed) {
  page.go_to("Filter");
  const Recipe recipe = page.recipe();
  page.click(Role::combobox, "Filter");
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click_at(page.image_point(0.5F, 0.1F));
  EXPECT_EQ(page.recipe(), recipe);
  page.go_to("Seeds");
}

TEST_F(Widgets, AListIsClosedByEscapeAndThePinStays) {
  const ProbedPixel pinned = page.pin(0.45F, 0.4F);
  page.go_to("Filter");
  const auto box = [&] { return page.the(Role::combobox, "Filter"); };
  const std::uint64_t closed = page.picture();
  page.click(box());
  EXPECT_TRUE(ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup));
  page.press("Escape");
  EXPECT_FALSE(ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup));
  EXPECT_EQ(page.picture(), closed);
  EXPECT_EQ(page.pixel(), pinned);
  page.press("Escape");
  EXPECT_EQ(page.pixel(), std::nullopt);
}

TEST_F(Widgets, ATooltipAppearsUnderAPointerThatRests) {
  const MirrorItem button = page.the(Role::button, "Take home");
  const auto tooltips = [] {
    return std::ranges::count_if(ImGui::GetCurrentContext()->Windows, [](const ImGuiWindow* window) {
      return (window->Flags & ImGuiWindowFlags_Tooltip) != 0 && window->Active && !window->Hidden;
    });
  };
  move_mouse({3, 3});
  pass(1000);
  EXPECT_EQ(tooltips(), 0);
  move_mouse((button.rect_min + button.rect_max) / 2);
  pass(50);
  EXPECT_EQ(tooltips(), 0) << "too soon";
  pass(1000);
  EXPECT_EQ(tooltips(), 1);
}

TEST_F(Widgets, ASwitchIsTurned) {
  page.go_to("Watershed");
  EXPECT_FALSE(page.recipe().line);
  page.click(Role::toggle, "Watershed line");
  EXPECT_TRUE(page.recipe().line);
  EXPECT_TRUE(page.the(Role::toggle, "Watershed line").checked.value());
  page.click(Role::toggle, "Watershed line");
  EXPECT_FALSE(page.recipe().line);
}

TEST_F(Widgets, OneOfAFewIsChosen) {
  page.go_to("Watershed");
  page.click(Role::radio, "Before");
  const auto before = page.picture();
  page.click(Role::radio, "After");
  EXPECT_TRUE(page.the(Role::radio, "After").checked.value());
  EXPECT_FALSE(page.the(Role::radio, "Before").checked.value());
  EXPECT_NE(page.picture(), before);
}

TEST_F(Widgets, TheDividerOfTheSplitViewIsDragged) {
  page.go_to("Watershed");
  page.click(Role::radio, "Split");
  const auto divider = [&] { return page.the(Role::splitter, "Divider"); };
  EXPECT_EQ(divider().number, 50);
  page.drag_points(page.image_point(0.5F, 0.3F), page.image_point(0.25F, 0.3F));
  EXPECT_NEAR(divider().number, 25, 1);
  EXPECT_EQ(divider().step, 5) << "what an arrow key moves it by";
  ui::mirror().deliver(divider().id, {.kind = ui::Request::Kind::number, .number = divider().number + 5, .text = {}});
  page.settled();
  EXPECT_NEAR(divider().number, 30, 1);
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST_F(Widgets, APressThatBeginsOnAButtonAndEndsElsewhereDoesNothing) {
  const MirrorItem button = page.the(Role::button, "?");
  const ImVec2 middle = (button.rect_min + button.rect_max) * 0.5F;
  page.drag_points(middle, middle + ImVec2(-300, 250));
  EXPECT_EQ(page.count(Role::heading, "All keys"), 0U);
  page.click_at(middle);
  EXPECT_EQ(page.count(Role::heading, "All keys"), 1U);
}

TEST_F(Widgets, WhatOnlyTheMirrorAskedForIsDoneAndWhatIsDisabledIsNot) {
  page.go_to("Watershed");
  ui::mirror().deliver(page.the(Role::toggle, "Watershed line").id, {});
  page.settled();
  EXPECT_TRUE(page.recipe().line);
  ui::mirror().deliver(page.the(Role::button, "Undo").id, {});
  page.settled();
  EXPECT_FALSE(page.recipe().line);
  ASSERT_TRUE(page.the(Role::button, "Undo").disabled);
  const Recipe recipe = page.recipe();
  ui::mirror().deliver(page.the(Role::button, "Undo").id, {});
  ui::mirror().deliver(0xDEADBEEF, {});
  page.settled();
  EXPECT_EQ(page.recipe(), recipe);
}

}  // namespace
}  // namespace floodlight::test

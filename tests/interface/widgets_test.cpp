// Each kind of widget under the mouse: the recipe and the picture follow.
#include <algorithm>

#include "imgui_internal.h"

#include "tests/core/rows.h"
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
  const auto sigma = [&] { return page.recipe().filter[gaussian_sigma]; };
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
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2.5);
}

TEST_F(Widgets, ADecimalCommaIsAComma) {
  page.go_to("Filter");
  page.write("Sigma", "1,5");
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 1.5);
  page.write("Sigma", " 2.25 ");
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2.25) << "what is typed is not moved to the slider's steps";
  EXPECT_EQ(page.the(Role::spinbutton, "Sigma").value_text, "2.25 px");
}

TEST_F(Widgets, WhatAFieldDoesNotTakeIsSaidBesideItAndChangesNothing) {
  page.go_to("Filter");
  for (const char* typed : {"300", "-5", "1e9", "0"}) {
    page.write("Sigma", typed);
    EXPECT_EQ(page.recipe().filter[gaussian_sigma], 1) << typed;
    EXPECT_TRUE(page.says(std::string(typed) + " was not taken: this is a number from 0.1 to 20 px."));
  }
  page.write("Sigma", "a few");
  EXPECT_TRUE(page.says("^That is not a number: write digits"_re));
  EXPECT_EQ(page.the(Role::spinbutton, "Sigma").description.find("That is not a number"), 0U) << "it is read out";
  page.write("Sigma", "12,345.6");
  EXPECT_TRUE(page.says("^A number has one decimal point or comma"_re));
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 1);
  page.write("Sigma", "3");
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 3);
  EXPECT_FALSE(page.says("^A number has one"_re)) << "a number that is taken ends it";
  EXPECT_TRUE(page.everything_is_mirrored());
  page.write("Sigma", "-1");
  page.slide("Sigma", 4);
  EXPECT_FALSE(page.says("not taken"_re)) << "so does the slider";
  page.write("Sigma", "-1");
  page.go_to("Seeds");
  page.go_to("Filter");
  EXPECT_FALSE(page.says("not taken"_re)) << "and so does another step";
}

TEST_F(Widgets, AWholeNumberIsNotRoundedButAskedFor) {
  page.go_to("Filter");
  page.choose("Filter", "Median");
  page.write("Size", "4");
  EXPECT_EQ(page.recipe().filter[window_size], 3);
  EXPECT_TRUE(page.says("4 was not taken: this is an odd whole number from 3 to 31 px."));
  page.write("Size", "7");
  EXPECT_EQ(page.recipe().filter[window_size], 7);
  page.go_to("Seeds");
  page.write("Minimum distance", "2,5");
  EXPECT_EQ(page.recipe().min_distance, 10);
  EXPECT_TRUE(page.says("^2,5 was not taken: this is a whole number from 1 to "_re));
}

TEST_F(Widgets, ACellOfAGridSaysWhatItDoesNotTake) {
  page.go_to("Filter");
  page.click("A kernel of your own");
  page.write("Weight, row 1, column 1", "1001");
  EXPECT_TRUE(page.says("1001 was not taken: this is a number from -1000 to 1000."));
  page.write("Weight, row 1, column 1", "0,125");
  EXPECT_EQ(page.the(Role::spinbutton, "Weight, row 1, column 1").number, 0.125);
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
  EXPECT_EQ(page.recipe().filter, filters::median);
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

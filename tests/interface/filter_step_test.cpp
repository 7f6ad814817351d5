// The step Filter as a lesson: explained at a pixel, tried, predicted.
#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

class FilterStep : public testing::Test {
 protected:
  FilterStep() { page.walk_to(5, 14); }

  Page page{at("lecture_grid", "filter")};
};

TEST_F(FilterStep, WritesOutEveryProductOfTheLecturesPixel) {
  page.choose("Filter", "Median");
  page.fill("Size", 3);
  EXPECT_TRUE(page.says("Sorted: 103, 106, 109, 136, 152, 179, 189, 209, 236"));
  page.choose("Filter", "Mean");
  EXPECT_TRUE(page.says("The sum of 9 values is 1419. 1419 / 9 = 157.67."_re));
  page.choose("Filter", "Gaussian");
  EXPECT_TRUE(page.says("^The sum of 81 products is 149\\.1"_re));
  EXPECT_TRUE(page.says("total 273.*it would give 148\\.37"_re));
  page.fill("Sigma", 2);
  EXPECT_TRUE(page.says("^First down each column: 17 products"_re));
}

TEST_F(FilterStep, RepeatsTheEdgePixelBeyondTheBorder) {
  page.choose("Filter", "Mean");
  page.fill("Size", 5);
  page.walk_to(0, 0);
  EXPECT_TRUE(page.says(" / 25 = 11\\.36\\.$"_re));
  EXPECT_TRUE(page.says("^Dashed: outside the image"_re));
}

TEST_F(FilterStep, AnExerciseCoversTheFilteredValueAndItsLens) {
  page.choose("Filter", "Median");
  page.fill("Size", 3);
  page.open_exercise(1);
  EXPECT_NE(page.values().find("filtered ? "), std::string::npos);
  EXPECT_FALSE(page.says("^Sorted: "_re));
  EXPECT_TRUE(matches(page.answer("209").sentence, "pixel itself|Sort first"_re));
  EXPECT_NE(page.answer("157,67").sentence.find("mean"), std::string::npos);
  EXPECT_EQ(page.answer("152").word, "Right");
  EXPECT_EQ(page.count_texts("^Sorted: "_re), 1U);
  page.close_exercise();
}

TEST_F(FilterStep, ShowsWhatGoesInAndWhatComesOutSideBySideWhereAPixelIsPinned) {
  EXPECT_EQ(ui::app().shown_comparison(), ui::Comparison::side_by_side);
  EXPECT_TRUE(page.first(Role::radio, "Side by side").checked.value_or(false));
  EXPECT_TRUE(page.says("Raw"));
  EXPECT_TRUE(page.says("Filtered"));
  page.click(Role::radio, "After");
  EXPECT_EQ(ui::app().shown_comparison(), ui::Comparison::after) << "what is chosen is shown";
  page.press("c");
  page.click(Role::radio, "Side by side");
  page.press("Escape");
  EXPECT_EQ(ui::app().shown_comparison(), ui::Comparison::side_by_side) << "that was chosen";
}

TEST(FilterPicture, FramesTheWindowOverTheValuesThatItReadsOnly) {
  Page page(at("small_field", "filter"));
  Image<float> halves(20, 30);
  for (int row = 0; row < 20; ++row)
    for (int col = 0; col < 30; ++col) halves[row, col] = col < 15 ? 10 : 200;
  page.open("halves.tif", tiff_of(halves));  // a median of any size leaves it as it is
  page.choose("Filter", "Median");
  page.pin(0.3F, 0.5F);
  const auto picture_of = [&](const char* view, int size) {
    page.click(Role::radio, view);
    page.fill("Size", size);
    return page.picture();
  };
  EXPECT_NE(picture_of("Before", 3), picture_of("Before", 7)) << "the window is framed in what goes in";
  EXPECT_EQ(picture_of("After", 3), picture_of("After", 7)) << "and not in what comes out";
}

TEST_F(FilterStep, RunsOverTheImagePlaysPausesStepsBothWaysAndIsScrubbed) {
  page.click("Run it over the image");
  page.press(".", 2);
  EXPECT_EQ(page.position("Pixel"), 2);
  EXPECT_EQ(page.pixel().value().place(), (Pixel{0, 2}));
  page.press(",");
  EXPECT_EQ(page.position("Pixel"), 1);
  type_key(" ");
  pass(2000);
  EXPECT_GT(page.position("Pixel"), 8);
  page.press(" ");
  const double stopped = page.position("Pixel");
  pass(2000);
  EXPECT_EQ(page.position("Pixel"), stopped);
  page.fill("Pixel", 300);
  EXPECT_EQ(page.pixel().value().place(), (Pixel{11, 14}));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST_F(FilterStep, TakesAKernelOfOnesOwnBesideTheRecipe) {
  const Recipe before = page.recipe();
  page.click("A kernel of your own");
  page.click(Role::toggle, "Show its result");
  page.choose("Start from", "Identity");
  EXPECT_TRUE(page.values().starts_with("raw 209 "));
  EXPECT_TRUE(page.says("209 becomes 209 under your kernel."));
  page.fill("Weight, row 1, column 1", 2);
  EXPECT_TRUE(page.says("209 becomes 418 under your kernel."));
  EXPECT_TRUE(page.everything_is_mirrored());
  EXPECT_EQ(page.recipe(), before);
}

TEST_F(FilterStep, DrawsTheProfileOfRawAndFilteredValues) {
  page.click("Profile along a line");
  EXPECT_TRUE(page.says("^From \\(row, column\\) \\(5, 0\\) to \\(5, 25\\)\\.$"_re));
}

TEST_F(FilterStep, TheWallOpensOnANoisyCaseScoresEachFilterAndAClickTakesOne) {
  page.click("Compare filters side by side...");
  const Name dialog = "Side by side";
  const Name scored = "nuclei, F1 [01]\\.\\d\\d($|: )"_re;
  const auto cards = page.all(Role::button, any(), dialog);
  std::size_t tried = 0;
  for (const FilterRow* row : all_filters()) tried += row->tried.size();
  EXPECT_EQ(std::ranges::count_if(cards, [&](const MirrorItem& card) { return scored.fits(card.description); }),
            static_cast<std::ptrdiff_t>(tried));
  const Name black = "^0 nuclei, F1 0\\.00: [1-9]\\d? pixels? above \\d+"_re;
  EXPECT_TRUE(black.fits(page.the(Role::button, "Gaussian, sigma 0.5", dialog).description))
      << "a hot pixel's value is the cutoff";
  page.click(Role::button, "Median 9 x 9", dialog);
  EXPECT_EQ(page.count(Role::button, "Image: Twenty photons"), 1U);
  EXPECT_EQ(page.recipe().filter, filters::median);
  EXPECT_EQ(page.recipe().filter[window_size], 9);
}

TEST(FilterExercises, WhatGivesAnAnswerAwayIsCovered) {
  Page page(at("nuclei_01", "filter"));
  page.pin(0.45F, 0.45F);
  EXPECT_TRUE(page.says("9 x 9 values, weighted"_re));
  page.open_exercise(4);
  EXPECT_TRUE(page.says("From how many pixels? That is for you to say."));
  EXPECT_FALSE(page.says("9 x 9"_re));
  page.close_exercise();
  page.click("Profile along a line");
  const auto curve = [&] { return page.picture(page.reveal(page.first(Role::text, "^Profile of raw and"_re))); };
  const auto whole = curve();
  page.open_exercise(1);
  EXPECT_NE(curve(), whole) << "the filtered curve has a gap";
}

}  // namespace
}  // namespace floodlight::test

// The step Threshold as a lesson: explained at a pixel, tried, predicted.
#include <cmath>

#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening grid = at("lecture_grid", "threshold");

TEST(ThresholdStep, TakesTheLecturesTwoCutoffsAndSaysWhatIsNotAbove) {
  Page page(grid);
  page.click("> 50");
  EXPECT_TRUE(page.fact("Above the cutoff").starts_with("110 px"));
  page.click("> 100");
  EXPECT_TRUE(page.fact("Above the cutoff").starts_with("81 px"));
  page.fill("Cutoff", 83);
  EXPECT_TRUE(page.fact("Equal to it, so not above").starts_with("1 px"));
  page.walk_to(18, 7);
  EXPECT_TRUE(page.says("^83 = 83, so the mask is False\\. > leaves out"_re));
  page.click(Role::toggle, "255 and 0, as Fiji writes them");
  EXPECT_NE(page.values().find("mask 0 "), std::string::npos);
}

TEST(ThresholdStep, LightsUpThePixelsOfTheBarUnderThePointer) {
  Page page(grid);
  const MirrorItem axis = page.reveal(page.the(Role::slider, "Cutoff in the histogram"));
  const auto plain = page.picture();
  const Name pink = "^Pink: the \\d+ pixels of this bar\\.$"_re;
  const ImVec2 size = axis.rect_max - axis.rect_min;
  for (float share = 0.05F; share < 0.95F && !page.says(pink); share += 0.003F)
    page.hover(axis.rect_min + ImVec2(share, 0.75F) * size);
  EXPECT_EQ(page.count_texts(pink), 1U);
  const auto lit = page.picture_as_it_is();
  EXPECT_NE(lit, plain);
  EXPECT_NE(page.picture(), lit) << "the pointer has left";
}

TEST(ThresholdStep, ShowsHowTheVarianceFallsAwayFromOtsusCutoff) {
  Page page(grid);
  EXPECT_EQ(page.recipe().threshold, thresholds::otsu);
  EXPECT_EQ(page.fact("Variance between"), "100 % of the most");
  page.drag(page.the(Role::slider, "Cutoff on Otsu's curve"), {0.4F, 0.4F}, {0.85F, 0.4F});
  EXPECT_LT(page.number_fact("Variance between"), 90);
  EXPECT_EQ(page.recipe().threshold, thresholds::manual);
  page.choose("Method", "Otsu");
  EXPECT_EQ(page.fact("Variance between"), "100 % of the most");
}

TEST(ThresholdStep, TheHistogramsAxisStaysUnderTheHandThatDragsTheCutoff) {
  Page page(at("case_20_photons", "threshold"));  // two hot pixels lie far beyond the others
  page.choose("Method", "Mean");
  EXPECT_TRUE(page.says("^The axis ends at the 99\\.9th percentile: "_re));
  const MirrorItem histogram = page.the(Role::slider, "Cutoff in the histogram");
  const ImVec2 size = histogram.rect_max - histogram.rect_min;
  move_mouse(histogram.rect_min + size * ImVec2(0.5F, 0.5F));
  press_mouse();
  pass(100);
  move_mouse(histogram.rect_min + size * ImVec2(0.98F, 0.5F));
  pass(100);
  const double dragged = page.recipe().threshold[cutoff_value];
  pass(1000);
  EXPECT_EQ(page.recipe().threshold[cutoff_value], dragged) << "a hand that rests moves nothing";
  EXPECT_LT(dragged, histogram.max / 2);
  release_mouse();
  pass(100);
  EXPECT_TRUE(page.says("^The axis ends beyond the cutoff: "_re)) << "there is room to drag it on";
}

TEST(ThresholdStep, ReconcilesTheNotebooksNumberWithItsOwn) {
  Page page(grid);
  page.click("Another number in my notebook?");
  EXPECT_TRUE(page.says("threshold_otsu takes one bin a number and gives 83; .* gives 82\\.9"_re));
}

TEST(ThresholdStep, ComparesAllMethodsAndAClickTakesOne) {
  Page page(grid);
  page.click("Compare all methods...");
  const Name dialog = "Side by side";
  EXPECT_EQ(page.count(Role::button, any(), dialog), 11U) << "seven of one cutoff, three blocks, and Close";
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click(Role::button, "Triangle", dialog);
  EXPECT_EQ(page.count(Role::dialog, dialog), 0U);
  EXPECT_EQ(page.recipe().threshold, thresholds::triangle);
}

TEST(ThresholdStep, AnExerciseIsAnsweredWronglyAndRightly) {
  Page page(grid);
  page.open_exercise(1);
  EXPECT_TRUE(page.says("50.*100"_re));
  EXPECT_GT(page.choose_answer(any(), "Not yet").sentence.size(), 10U);
  EXPECT_EQ(page.choose_answer(any(), "Right").word, "Right");
  EXPECT_EQ(page.count(Role::heading, "^Predict \\(1 of"_re), 1U);
  page.click("Next");
  page.click("Show how");
  EXPECT_EQ(page.count(Role::heading, "Worked answer"), 1U);
  page.close_exercise();
}

TEST(ThresholdStep, APitfallStandsWhereItBelongsAndCanBeTried) {
  Page page(at("nuclei_01", "threshold"));
  page.click("Watch out");
  page.click("On an empty field");
  EXPECT_EQ(page.count(Role::button, "Image: An empty field"), 1U);
}

TEST(ThresholdStep, APinnedResultStaysAsAnOutlineAndWhatHasChangedSinceIsCounted) {
  Page page(at("nuclei_01", "threshold"));
  page.click(Role::radio, "Filtered");
  page.press("g");
  EXPECT_EQ(page.fact("Pixels added, removed"), "0, 0");
  const auto outlined = page.picture();
  page.choose("Method", "Triangle");
  const auto counts = page.read("^Pixels added, removed: (\\d+), (\\d+)$"_re);
  EXPECT_GT(std::stoi(counts[1]), 0);
  EXPECT_EQ(counts[2], "0") << "a lower cutoff removes nothing";
  EXPECT_NE(page.picture(), outlined);
  page.press("g");
  EXPECT_FALSE(page.says("^Pixels added, removed"_re));
}

// --- its widgets, on a field without noise whose numbers are counted here ---------------------------------------------------

std::string pixels_above(const Image<float>& image, double cutoff) {
  const auto above =
      std::ranges::count_if(image.pixels(), [&](float value) { return static_cast<double>(value) > cutoff; });
  return std::to_string(above) + " px";
}

class ThresholdOfAFile : public testing::Test {
 protected:
  ThresholdOfAFile() {
    page.open("image.tif", tiff_of(image));
    page.go_to("Threshold");
  }
  [[nodiscard]] MirrorItem histogram() const { return page.the(Role::slider, "Cutoff in the histogram"); }

  Image<float> image = round_nuclei(400, 500);
  Page page{at("small_field", "pixels")};
};

TEST_F(ThresholdOfAFile, IsSetByDraggingTheHandleInTheHistogramAndTheNucleiFollow) {
  const int automatic = page.nuclei();
  EXPECT_EQ(page.recipe().threshold, thresholds::otsu);
  page.drag(histogram(), {0.2F, 0.5F}, {0.9F, 0.5F});
  const Recipe dragged = page.recipe();
  EXPECT_EQ(dragged.threshold, thresholds::manual);
  const MirrorItem axis = histogram();
  EXPECT_NEAR((dragged.threshold[cutoff_value] - axis.min) / (axis.max - axis.min), 0.9, 0.05);
  const int few = page.nuclei();
  EXPECT_NE(few, automatic);
  EXPECT_TRUE(page.status().starts_with(std::to_string(few) + " nuclei")) << page.status();
  EXPECT_TRUE(page.fact("Above the cutoff").starts_with(pixels_above(image, dragged.threshold[cutoff_value])));
  page.drag(histogram(), {0.9F, 0.5F}, {0.15F, 0.5F});
  EXPECT_LT(page.recipe().threshold[cutoff_value], dragged.threshold[cutoff_value]);
  EXPECT_NE(page.nuclei(), few);
}

TEST_F(ThresholdOfAFile, OwesNothingWhileTheHandleIsHeldStillBetweenTwoNumbersOfTheImagesKind) {
  const MirrorItem axis = page.reveal(histogram());
  const ImVec2 size = axis.rect_max - axis.rect_min;
  page.hover(axis.rect_min + ImVec2(0.4F, 0.5F) * size);
  press_mouse();
  for (const float share : {0.41F, 0.43F, 0.47F, 0.53F, 0.59F}) page.hover(axis.rect_min + ImVec2(share, 0.5F) * size);
  const auto drawn = browser().frames;
  pass(5000);
  EXPECT_LT(browser().frames - drawn, 10U);
  release_mouse();
}

TEST_F(ThresholdOfAFile, TakesANumberThatIsTypedAndSaysHowManyPixelsAreAboveIt) {
  page.choose("Method", "By hand");
  page.fill("Cutoff", 137);
  EXPECT_EQ(page.recipe().threshold, thresholds::manual);
  EXPECT_EQ(page.recipe().threshold[cutoff_value], 137);
  EXPECT_TRUE(page.fact("Above the cutoff").starts_with(pixels_above(image, 137)));
}

TEST_F(ThresholdOfAFile, IsShownOnTheRawOrOnTheFilteredImageWithoutChangingTheRecipe) {
  const Recipe recipe = page.recipe();
  page.click(Role::radio, "Raw");
  const std::string above_on_raw = page.fact("Above the cutoff");
  const auto picture_on_raw = page.picture();
  page.click(Role::radio, "Filtered");
  EXPECT_TRUE(page.the(Role::radio, "Filtered").checked.value());
  EXPECT_EQ(page.recipe(), recipe);
  EXPECT_NE(page.fact("Above the cutoff"), above_on_raw);
  EXPECT_NE(page.picture(), picture_on_raw);
  EXPECT_EQ(page.count_texts("filtered_image > "_re), 1U);
  page.click(Role::radio, "Raw");
  EXPECT_EQ(page.count_texts("raw_image > "_re), 1U);
  EXPECT_EQ(page.picture(), picture_on_raw);
}

TEST_F(ThresholdOfAFile, IsFoundByAnotherMethodFromTheList) {
  page.choose("Method", "By hand");
  page.fill("Cutoff", 137);
  EXPECT_EQ(page.count(Role::spinbutton, "Cutoff"), 1U);
  page.choose("Method", "Li");
  EXPECT_EQ(page.recipe().threshold, thresholds::li);
  EXPECT_EQ(page.count(Role::spinbutton, "Cutoff"), 0U);
  page.choose("Method", "Otsu");
  EXPECT_EQ(page.recipe().threshold, thresholds::otsu);
}

}  // namespace
}  // namespace floodlight::test

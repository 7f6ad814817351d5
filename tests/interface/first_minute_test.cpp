// The first minute: how to begin, words that are explained where they stand, what can be found, and the way on from nothing.
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(Beginning, OffersThreeWaysUntilOneIsTakenOrSomethingElseIsDone) {
  Page page;
  EXPECT_TRUE(page.says("^How does a computer find every nucleus in an image\\?"_re));
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click("Begin at step 1");
  EXPECT_TRUE(page.shows_step("Pixels"));
  page.go_to("Watershed");
  EXPECT_EQ(page.count(Role::button, "Begin at step 1"), 0U);
  page.reload();
  page.click("Start the tour");
  EXPECT_TRUE(page.says("^Tour, stop 1 of 22"_re));
  EXPECT_EQ(page.count(Role::button, "Start the tour"), 0U);
  page.reload();
  page.choose_file("own.tif", tiff_of(round_nuclei()), [&] { page.click("Open my image"); });
  EXPECT_EQ(page.title(), "own.tif - Floodlight");
  page.reload();
  page.click("Close this");
  EXPECT_EQ(page.count(Role::button, "Start the tour"), 0U);
}

TEST(Beginning, GivesWayToWhateverIsLookedAt) {
  for (const char* button : {"Watch the flood", "Before and after"}) {
    Page page;
    EXPECT_EQ(page.count(Role::button, "Start the tour"), 1U);
    page.click(button);
    EXPECT_EQ(page.count(Role::button, "Start the tour"), 0U) << button;
  }
}

TEST(Beginning, IsWholeInEveryWindow) {
  Page page;
  for (const ImVec2 size :
       {ImVec2(390, 844), ImVec2(320, 640), ImVec2(640, 400), ImVec2(853, 533), ImVec2(1280, 800)}) {
    resize(size);
    page.settled();
    const MirrorItem card = page.the(Role::region, "How to begin");
    const MirrorItem header = page.the(Role::region, "Header");
    EXPECT_GE(card.rect_min.y, header.rect_max.y) << size.x;
    for (const char* name : {"Start the tour", "Begin at step 1", "Open my image", "Close this"}) {
      const MirrorItem button = page.the(Role::button, name, "How to begin");
      EXPECT_GE(button.rect_min.x, card.rect_min.x) << size.x << ": " << name;
      EXPECT_LE(button.rect_max.x, card.rect_max.x) << size.x << ": " << name;
      EXPECT_LE(button.rect_max.y, card.rect_max.y) << size.x << ": " << name;
    }
  }
}

TEST(Beginning, IsNotThereWhereALinkSaysWhatToShow) {
  Page page(at("nuclei_01", "watershed"));
  EXPECT_EQ(page.count(Role::button, "Start the tour"), 0U);
}

TEST(Help, LeadsToTheLicences) {
  Page page;
  page.press("?");
  page.click("Licences");
  EXPECT_EQ(browser().notices_shown, 1);
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(Words, OfTheTradeAreExplainedWhereTheyStandOnceInAWindow) {
  Page page(at("nuclei_01", "watershed"));
  const MirrorItem f1 = page.the(Role::button, "What is F1?");
  EXPECT_NE(f1.description.find("1 is perfect"), std::string::npos);
  page.go_to("Threshold");
  EXPECT_EQ(page.count(Role::button, "What is mask?"), 1U);
  EXPECT_EQ(page.count(Role::button, "What is cutoff?"), 1U);
  EXPECT_EQ(page.count(Role::button, "What is histogram?"), 1U);
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click(Role::button, "What is histogram?");
  EXPECT_TRUE(page.everything_is_mirrored()) << "while it is explained";
  EXPECT_TRUE(page.shows_step("Threshold"));
}

class Search : public testing::Test {
 protected:
  std::vector<std::string> found(std::string_view query) {
    page.press("/");
    page.type(query);
    std::vector<std::string> names;
    for (const MirrorItem& row : page.all(Role::button, any(), Name("Commands"))) names.push_back(row.name);
    return names;
  }
  Page page{at("small_field", "watershed")};
};

TEST_F(Search, FindsTheLabsFunctionsAndGoesToTheirSteps) {
  const auto names = found("peak_local_max");
  ASSERT_EQ(names.size(), 1U);
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Seeds"));
  EXPECT_FALSE(found("median").empty());
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Filter"));
}

TEST_F(Search, FindsStepsByTheirTextImagesAndExercises) {
  EXPECT_EQ(found("saddle").at(0).substr(0, 8), "Distance");
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Distance"));
  found("lecture's grid");
  page.press("Escape");
  const auto photons = found("twenty photons");
  ASSERT_FALSE(photons.empty());
  page.press("Enter");
  EXPECT_EQ(page.count(Role::button, "Image: Twenty photons"), 1U);
  const auto exercise = found("exercise seeds");
  ASSERT_FALSE(exercise.empty());
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Seeds"));
  EXPECT_EQ(page.count(Role::group, "Exercise"), 1U);
}

TEST_F(Search, FindsFiltersThresholdsAndRepairsByTheirFunctionsAndPitfalls) {
  EXPECT_EQ(found("difference_of_gaussians").at(0), "Difference of Gaussians: skimage.filters.difference_of_gaussians");
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Filter"));
  EXPECT_FALSE(found("threshold_local").empty());
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Threshold"));
  EXPECT_FALSE(found("clear_border").empty());
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Refine"));
  EXPECT_FALSE(found("debris pulls Otsu up").empty()) << "what a threshold's row warns of";
  page.press("Enter");
  EXPECT_TRUE(page.shows_step("Threshold"));
  EXPECT_EQ(page.count(Role::button, "On bright debris"), 1U);
}

TEST_F(Search, SaysSoWhereThereIsNothing) {
  found("zebrafish");
  EXPECT_TRUE(page.says("Nothing here has this in its words."));
}

TEST(Keys, OpenWhatTheyNeed) {
  Page page(at("small_field", "pixels"));
  page.press("d");
  EXPECT_TRUE(page.shows_step("Watershed"));
  EXPECT_TRUE(ui::app().watershed.flood.open);
  EXPECT_TRUE(ui::app().watershed.landscape.on);
  page.press("d");
  EXPECT_FALSE(ui::app().watershed.landscape.on);
  page.go_to("Filter");
  page.press("r");
  EXPECT_TRUE(page.shows_step("Watershed"));
  EXPECT_TRUE(ui::app().watershed.section.open);
  page.press("?");
  EXPECT_EQ(page.count(Role::heading, "Help"), 1U);
  EXPECT_EQ(page.count(Role::heading, "All keys"), 1U);
}

TEST(Keys, AreNotNeededOnStageToPlay) {
  Page page(at("small_field", "watershed"));
  page.press("d");
  page.press("d");
  page.press("p");
  const MirrorItem play = page.the(Role::button, "Play");
  move_mouse((play.rect_min + play.rect_max) * 0.5F);
  press_mouse();
  release_mouse();
  pass(2000);
  EXPECT_GT(ui::app().watershed.flood.position, 8);
  page.press(" ");
  const double stopped = ui::app().watershed.flood.position;
  pass(2000);
  EXPECT_EQ(ui::app().watershed.flood.position, stopped);
}

TEST(NoNuclei, NamesTheStepThatLeftNothingAndLeadsThere) {
  Page page(at("small_field", "threshold"));
  page.choose("Method", "By hand");
  page.fill("Cutoff", 250);
  EXPECT_EQ(page.nuclei(), 0);
  page.go_to("Watershed");
  EXPECT_TRUE(page.says("No nuclei: no pixel of the filtered image is above the cutoff."));
  page.click("Go to Threshold");
  EXPECT_TRUE(page.shows_step("Threshold"));
  page.choose("Method", "Otsu");
  EXPECT_FALSE(page.says("^No nuclei"_re));
}

TEST(TwelveBits, InASixteenBitFileAreSaidToBeTheCamerasMost) {
  Page page(at("small_field", "pixels"));
  Image<float> image = round_nuclei();
  for (int col = 0; col < 8; ++col) image[0, col] = 4095;
  page.open("camera.tif", tiff_of(image));
  page.go_to("Pixels");
  EXPECT_EQ(page.fact("Saturated (4095)"), "8 px");
  EXPECT_TRUE(page.says("The values end at 4095, the most of a 12-bit camera, in a file that could hold 65535."));
}

}  // namespace
}  // namespace floodlight::test

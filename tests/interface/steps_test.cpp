// The app as a student walks it: its first picture and the steps.
#include <map>
#include <set>

#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/no_gpu.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(OpeningPage, ShowsTheGeneratedNucleiWithTheResultOfTheLabAlreadyComputed) {
  Page page;
  EXPECT_GT(page.nuclei(), 50);
  EXPECT_TRUE(page.title().starts_with("Nuclei 01"));
  const Recipe& r = page.recipe();
  EXPECT_EQ(r.filter, filters::gaussian);
  EXPECT_EQ(r.filter[gaussian_sigma], 1);
  EXPECT_EQ(r.threshold, thresholds::otsu);
  EXPECT_EQ(r.threshold[histogram_bins], 256);
  EXPECT_EQ(r.window, 25);
  EXPECT_EQ(r.min_distance, 10);
  EXPECT_TRUE(r.exclude_border);
  ASSERT_EQ(r.refinements.size(), 2U);
  EXPECT_EQ(r.refinements[0], repairs::remove_small_objects);
  EXPECT_EQ(r.refinements[1], repairs::closing);
  EXPECT_TRUE(page.status().starts_with(std::to_string(page.nuclei()) + " nuclei"));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(OpeningPage, OwesNothingOnceItIsThereAndDrawsNothingWhileNobodyMoves) {
  Page page;
  page.go_to("Threshold");
  page.pin(0.4F, 0.4F);
  pass(1500);  // a tooltip may come
  const auto drawn = browser().frames;
  pass(60'000);
  EXPECT_EQ(browser().frames, drawn);
}

TEST(OpeningPage, IsComputedTheSameWhereFramesAreSlow) {
  Page page;
  const int nuclei = page.nuclei();
  browser().frame_time = 120;  // so slow that most of the computing is done between two frames
  page.go_to("Filter");
  page.choose("Filter", "Median");
  page.choose("Filter", "Gaussian");
  EXPECT_EQ(page.nuclei(), nuclei);
}

TEST(Steps, FollowAPressOnTheirTabTheirDigitAndTheKeysOfAPresenterAndStopAtBothEnds) {
  Page page(at("small_field", "watershed"));
  auto steps = step_names();
  for (const std::string& step : steps) page.go_to(step);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    page.press(std::to_string((i + 1) % 10));
    EXPECT_TRUE(page.shows_step(steps[i]));
  }
  page.press("1");
  page.press("PageUp");
  EXPECT_TRUE(page.shows_step("Pixels"));
  for (std::size_t i = 1; i < steps.size(); ++i) {
    page.press("PageDown");
    EXPECT_TRUE(page.shows_step(steps[i]));
  }
  page.press("PageDown");
  EXPECT_TRUE(page.shows_step("Many images"));
  page.press("PageUp");
  EXPECT_TRUE(page.shows_step("Measure"));
}

TEST(Steps, FollowTheFilmStrip) {
  Page page(at("small_field", "watershed"));
  const std::vector<std::pair<const char*, const char*>> strip = {
      {"Raw", "Pixels"},     {"Filtered", "Filter"},   {"Mask", "Threshold"}, {"Components", "Label"},
      {"Refined", "Refine"}, {"Distance", "Distance"}, {"Seeds", "Seeds"},    {"Labels", "Watershed"}};
  for (const auto& [picture, step] : strip) {
    page.click(picture);
    EXPECT_TRUE(page.shows_step(step));
  }
}

TEST(Steps, EachShowAnotherPictureTheirLineOfPythonAndASentenceOnAPinnedPixel) {
  Page page;
  page.pin(0.45F, 0.45F);
  std::set<std::uint64_t> pictures;
  for (const std::string& step : step_names()) {
    if (step == "Many images") continue;
    SCOPED_TRACE(step);
    page.go_to(step);
    pictures.insert(page.picture());
    EXPECT_TRUE(page.says("skimage|iio|imread|scipy"_re));
    EXPECT_FALSE(page.says("^Point at the image"_re));
  }
  EXPECT_GE(pictures.size(), 8U) << "measure shows the labels again";
}

TEST(Steps, LeaveNoInteractiveItemOutOfTheMirror) {
  Page page;
  for (const std::string& step : step_names()) {
    page.go_to(step);
    EXPECT_TRUE(page.everything_is_mirrored()) << step;
  }
  page.go_to("Filter");
  page.click(Role::combobox, "Filter");
  EXPECT_TRUE(page.everything_is_mirrored()) << "with a list open";
  page.press("Escape");
  page.press("?");
  EXPECT_EQ(page.count(Role::heading, "All keys"), 1U);
  EXPECT_TRUE(page.everything_is_mirrored()) << "with the help open";
  page.press("Escape");
  page.drop("no.tif", bytes_of("this is no image"));
  EXPECT_TRUE(page.has_alert());
  EXPECT_TRUE(page.everything_is_mirrored()) << "with a message";
  page.click("Dismiss");
  EXPECT_FALSE(page.has_alert());
}

TEST(Steps, EachGiveEveryControlANameOfItsOwnWithinItsGroup) {
  Page page;
  const std::set<Role> controls = {Role::button,  Role::link,     Role::toggle,   Role::checkbox,
                                   Role::radio,   Role::tab,      Role::slider,   Role::spinbutton,
                                   Role::textbox, Role::combobox, Role::splitter, Role::image};
  for (const std::string& step : step_names()) {
    SCOPED_TRACE(step);
    page.go_to(step);
    std::set<std::tuple<ImGuiID, Role, std::string>> seen;
    for (const MirrorItem& item : ui::mirror().items()) {
      if (!controls.contains(item.role)) continue;
      EXPECT_NE(item.name, "");
      EXPECT_TRUE(seen.insert({item.group, item.role, item.name}).second) << "twice: " << item.name;
    }
    EXPECT_GT(seen.size(), 15U);
  }
}

TEST(Steps, EachIsLaidOutInAWindowOfAnySizeAndLooksTheSameAfterwards) {
  Page page(at("small_field", "pixels"));
  for (const std::string& step : step_names()) {
    page.go_to(step);
    page.settled();
    const std::uint64_t before = page.picture(page.the(Role::region, "Step"));
    for (const ImVec2 size : {ImVec2(2, 1), ImVec2(1, 900), ImVec2(60, 40), ImVec2(3000, 12), ImVec2(1280, 800)}) {
      resize(size);
      page.settled();
    }
    EXPECT_EQ(page.picture(page.the(Role::region, "Step")), before) << step;
  }
}

TEST(Samples, HaveFiveNucleiInTheSmallFieldTheOneAtTheBorderAmongThem) {
  Page page;
  page.open_sample("The small field");
  EXPECT_EQ(page.nuclei(), 5);
  EXPECT_EQ(page.recipe().window, 7);
  EXPECT_EQ(page.recipe().min_distance, 2);
  EXPECT_FALSE(page.recipe().exclude_border);
}

TEST(Samples, HoldTheNumbersOfTheLectureInItsGrid) {
  Page page(at("lecture_grid", "pixels"));
  EXPECT_EQ(page.fact("Shape (rows, columns)"), "19 x 26");
  page.walk_to(5, 14);
  EXPECT_TRUE(page.values().starts_with("raw 209 "));
  page.go_to("Filter");
  page.choose("Filter", "Median");
  page.fill("Size", 3);
  EXPECT_NE(page.values().find("filtered 152 "), std::string::npos);
  EXPECT_GT(page.nuclei(), 0);
}

TEST(Samples, BringTheirOwnRecipeWhateverWasSetBefore) {
  Page page(at("small_field", "filter"));
  page.choose("Filter", "Median");
  page.open_sample("Nuclei 02");
  EXPECT_EQ(page.recipe().filter, filters::gaussian);
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 1);
  EXPECT_EQ(page.recipe().window, 25);
  EXPECT_GT(page.nuclei(), 50);
}

TEST(Gpu, IsLostAtEveryStepAndNothingIsDrawnFromWhatIsStillOnItsWay) {
  Page page;
  platform::hide_frames(false);
  for (const std::string& step : step_names()) {
    page.go_to(step);
    lose_gpu();
    page.settled();
    EXPECT_EQ(gpu_faults(), std::vector<std::string>()) << step;
  }
}

TEST(Gpu, ComesBackAfterItWasLostWithTheSamePicture) {
  Page page;
  const auto before = page.picture();
  lose_gpu();
  page.settled();
  EXPECT_EQ(page.picture(), before);
}

}  // namespace
}  // namespace floodlight::test

// The images that come with Floodlight: chosen by their pictures, turned by knobs, scored against their truth.
#include <cmath>
#include <cstdio>

#include "core/pipeline/pipeline.h"
#include "tests/core/reference.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

TEST(Picker, ShowsAPictureANameAndWhatToLookForOpensOneByMouseAndClosesByKey) {
  Page page;
  page.press("m");
  const Name dialog = "Images";
  EXPECT_EQ(page.count(Role::button, "^Nuclei \\d\\d$"_re, dialog), 25U);
  EXPECT_TRUE(page.the(Role::button, "Nuclei 01", dialog).selected);
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click(Role::radio, "Cases to learn from", dialog);
  EXPECT_TRUE(page.the(Role::button, "Crowded", dialog).description.ends_with("?"));
  page.press("8");
  EXPECT_EQ(page.selected_step(), "Watershed");
  page.press("Escape");
  EXPECT_EQ(page.count(Role::dialog, dialog), 0U);
  page.open_sample("At the border");
  EXPECT_EQ(page.count(Role::button, "Image: At the border"), 1U);
  page.go_to("Pixels");
  EXPECT_EQ(page.fact("Shape (rows, columns)"), "160 x 160");
}

class Knobs : public testing::Test {
 protected:
  [[nodiscard]] double smallest() const { return page.number_fact("Smallest, largest value"); }
  Page page{at("nuclei_01", "pixels")};
};

TEST_F(Knobs, StandBesidePhotonsAndDigitalValuesOfTheSamePixel) {
  page.click(Role::radio, "Side by side");
  const auto pixel = page.hover(page.image_point(0.2F, 0.5F));
  ASSERT_TRUE(pixel);
  const auto said = parts(pixel->rest, "^photons (\\d+) .* raw \\d+ "_re);
  ASSERT_FALSE(said.empty()) << pixel->rest;
  EXPECT_TRUE(page.says(pattern(said[1] + " photons fell on it\\.")));
}

TEST_F(Knobs, MoreLightMakesLargerValuesUnderTheMouseAndByTyping) {
  const double before = smallest();
  page.drag(page.the(Role::slider, "Exposure"), {0.2F, 0.5F}, {0.45F, 0.5F});
  EXPECT_GT(smallest(), 1.2 * before);
  page.fill("Exposure", 0.01);
  EXPECT_LT(smallest(), before) << "almost no light";
  page.click("Reset");
  EXPECT_EQ(smallest(), before);
}

TEST_F(Knobs, TheSamePictureAgainHasOtherNoiseAndTheSameNucleiANewSpecimenHasOthers) {
  page.pin(0.31F, 0.47F);
  const auto value = [&] { return parts(page.values(), "raw ([\\d.]+)"_re).at(1); };
  const std::string first_value = value();
  const int first_nuclei = page.nuclei();
  page.click("Take it again");
  EXPECT_NE(value(), first_value);
  EXPECT_NEAR(page.nuclei(), first_nuclei, 6);
  const auto pictures = [] { return ui::app().pipeline.version(Stage::raw); };
  const auto before = pictures();
  page.click("New specimen");
  EXPECT_EQ(pictures(), before + 1);
  EXPECT_TRUE(page.status().starts_with(std::to_string(page.nuclei()) + " nuclei    F1 ")) << page.status();
  page.click("Reset");
  EXPECT_EQ(value(), first_value);
  EXPECT_EQ(page.nuclei(), first_nuclei);
}

TEST_F(Knobs, AllOfThemUnfoldAndWhatCannotBeIsRefusedInASentenceWhileThePictureStays) {
  page.click("All knobs");
  EXPECT_TRUE(page.everything_is_mirrored());
  const int before = page.nuclei();
  page.fill("Numerical aperture", 1.4);
  page.click(Role::toggle, "Use blur growth");
  EXPECT_TRUE(matches(page.alert(), "numerical_aperture is 1\\.4; it must be below the medium's index, 1"_re));
  EXPECT_EQ(page.nuclei(), before);
  page.click("Reset");
  EXPECT_FALSE(page.has_alert());
  EXPECT_EQ(page.nuclei(), before);
}

TEST(Score, StandsBesideTheCountOfASampleAndColoursAndHatchesEachNucleusByItsFate) {
  Page page;
  const std::string line = page.status();
  const auto plain = page.picture();
  page.click(Role::toggle, "Colour nuclei by fate");
  EXPECT_NE(page.picture(), plain);
  const auto count = [&](const std::string& name) { return std::stoi(page.read(pattern("^" + name + " (\\d+)$"))[1]); };
  EXPECT_EQ(count("Matched") + count("Merged") + count("Split") + count("Extra"), page.nuclei());
  page.click("Score against the truth");
  const auto matches_of = parts(page.fact("Matched, of true nuclei"), "(\\d+) of (\\d+)"_re);
  const auto rest = parts(page.fact("Missed, extra"), "(\\d+), (\\d+)"_re);
  const int matched = std::stoi(matches_of[1]);
  const int missed = std::stoi(rest[1]);
  const int extra = std::stoi(rest[2]);
  EXPECT_EQ(matched + missed, std::stoi(matches_of[2]));
  EXPECT_EQ(matched + extra, page.nuclei());
  EXPECT_LE(count("Missed"), missed) << "what is merged or split has a label, if not its own";
  char f1[16];
  std::snprintf(f1, sizeof f1, "F1 %.2f", 2.0 * matched / (2 * matched + extra + missed));
  EXPECT_NE(line.find(f1), std::string::npos) << line << " against " << f1;
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST(Score, OfAnOwnImageComesWithItsTrueLabelsWhoseSizeMustBeTheImages) {
  Page page(at("small_field", "pixels"));
  page.open("own.tif", tiff_of(round_nuclei()));
  EXPECT_EQ(page.status().find("F1"), std::string::npos);
  page.go_to("Watershed");
  page.click("Score against the truth");
  const SavedFile labels = page.saved_by([&] { page.press("s"); });
  const auto choose = [&](const std::string& name, const std::vector<std::uint8_t>& bytes) {
    page.choose_file(name, bytes, [&] { page.click("Open true labels..."); });
    EXPECT_EQ(browser().asked_for.back(), platform::FilePurpose::truth);
  };
  choose("other.tif", tiff_of(round_nuclei(50, 60)));
  EXPECT_EQ(page.alert(), "other.tif has 50 x 60 pixels, the image 120 x 160; choose the true labels of this image.");
  choose("own_labeled.tif", labels.bytes);
  EXPECT_EQ(page.alert(), "own_labeled.tif holds the very labels at hand; against themselves every result scores 1.");
  EXPECT_NE(page.status().find("nuclei    F1 1.00"), std::string::npos) << page.status();
}

TEST(Score, OfARealImageWithItsAnnotation) {
  const auto image = shared_path("nuclei/nuclei_01.tif");
  const auto truth = shared_path("nuclei/ground_truth/nuclei_01.tif");
  if (!image || !truth) GTEST_SKIP() << "the reference folder ../shared is not there";
  Page page(at("small_field", "pixels"));
  page.open("nuclei_01.tif", bytes_of_file(*image));
  page.go_to("Watershed");
  page.click("Score against the truth");
  page.choose_file("truth.tif", bytes_of_file(*truth), [&] { page.click("Open true labels..."); });
  EXPECT_TRUE(matches(page.status(), "nuclei {4}F1 0\\.\\d\\d"_re)) << page.status();
  const auto plain = page.picture();
  page.click(Role::toggle, "Colour nuclei by fate");
  EXPECT_NE(page.picture(), plain);
}

}  // namespace
}  // namespace floodlight::test

// Files in and out of the app: TIFFs that are opened, labels and stages that are saved.
#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "core/base/json.h"
#include "core/files/tiff.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "tests/core/reference.h"
#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

std::span<const std::byte> view(const SavedFile& file) { return std::as_bytes(std::span(file.bytes)); }

PixelType type_of(const SavedFile& file) {
  const auto info = inspect_tiff(view(file), file.name);
  EXPECT_TRUE(info.has_value());
  return info->pages.at(0).type;
}

LabelImage labels_of(const SavedFile& file) {
  auto labels = read_label_tiff(view(file), file.name);
  EXPECT_TRUE(labels.has_value()) << file.name;
  return labels ? std::move(*labels) : LabelImage();
}

class Tiff : public testing::Test {
 protected:
  SavedFile saved_labels() {
    return page.saved_by([&] { page.click("Save labels"); });
  }
  Page page{at("small_field", "watershed")};
};

TEST_F(Tiff, IsOpenedAndItsNumbersAreThoseOfTheFile) {
  const Image<float> made = round_nuclei();
  page.open("dropped.tif", tiff_of(made));
  EXPECT_EQ(page.count(Role::button, "Image: dropped.tif"), 1U);
  page.go_to("Pixels");
  EXPECT_EQ(page.fact("Shape (rows, columns)"), "120 x 160");
  EXPECT_EQ(page.fact("Type"), "uint16");
  const auto pixel = page.hover(page.image_point(0.4F, 0.5F));
  ASSERT_TRUE(pixel);
  const int value = static_cast<int>(made[pixel->place()]);
  EXPECT_TRUE(pixel->rest.starts_with("raw " + std::to_string(value) + " ")) << pixel->rest;
}

TEST_F(Tiff, IsAskedForByAButtonAndByAKey) {
  page.choose_file("chosen.tif", tiff_of(round_nuclei()), [&] { page.click("Open..."); });
  EXPECT_EQ(page.title(), "chosen.tif - Floodlight");
  EXPECT_GT(page.nuclei(), 5);
  page.choose_file("again.tif", tiff_of(round_nuclei(140, 140)), [&] { page.press("o"); });
  EXPECT_EQ(page.title(), "again.tif - Floodlight");
}

// Two touching nuclei and a third, as other programs save them: their own values for nucleus and background.
Image<float> segmented(float nucleus, float background) {
  const Image<float> made = round_nuclei();
  Image<float> image(made.rows(), made.cols());
  const double cutoff = threshold_otsu(histogram(made));
  std::ranges::transform(made.pixels(), image.pixels().begin(),
                         [&](float v) { return static_cast<double>(v) > cutoff ? nucleus : background; });
  return image;
}

TEST_F(Tiff, ASegmentationOfAnotherProgramBecomesTheMask) {
  for (const auto& [nucleus, background] : {std::pair{1.0F, 2.0F}, {2.0F, 1.0F}, {255.0F, 0.0F}, {0.0F, 255.0F}}) {
    const Image<float> image = segmented(nucleus, background);
    page.open("cells_Simple Segmentation.tif", tiff_of(image));
    EXPECT_EQ(page.count(Role::alert, "which value is the nucleus"_re), 1U);
    page.click(shortest(static_cast<double>(nucleus)) + " is the nucleus");
    EXPECT_EQ(page.count(Role::alert, any()), 0U);
    EXPECT_EQ(ui::app().step, ui::StepId::refine);
    const Mask& mask = ui::app().values().thresholded.mask;
    for (std::size_t i = 0; i < image.size(); ++i) {
      ASSERT_EQ(mask.pixels()[i] != 0, image.pixels()[i] == nucleus) << nucleus << " at " << i;
    }
    EXPECT_GT(page.nuclei(), 5);
    page.go_to("Filter");
    EXPECT_EQ(ui::app().display.filtered_low, 0);
    EXPECT_EQ(ui::app().display.filtered_high, 1);
    page.press("Control+Z");  // one change, taken back in one
    EXPECT_NE(page.recipe().filter, filters::one_value);
  }
}

TEST_F(Tiff, LabelsOfAnotherProgramBecomeTheMaskTogether) {
  const Image<float> nuclei = segmented(1, 0);
  Mask mask(nuclei.rows(), nuclei.cols());
  std::ranges::transform(nuclei.pixels(), mask.pixels().begin(), [](float v) { return static_cast<std::uint8_t>(v); });
  const Components components = label(MaskView(mask));
  Image<float> image(nuclei.rows(), nuclei.cols());
  std::ranges::transform(components.labels.pixels(), image.pixels().begin(),
                         [](Label l) { return static_cast<float>(l); });
  page.open("cells_labels.tif", tiff_of(image));
  page.click("Use it as the mask");
  EXPECT_EQ(ui::app().values().thresholded.mask, mask);
}

TEST_F(Tiff, KeepsTheParametersOfTheStudentFromOneFileToTheNext) {
  page.open("first.tif", tiff_of(round_nuclei()));
  page.go_to("Filter");
  page.fill("Sigma", 2);
  page.open("next.tif", tiff_of(round_nuclei(130, 150)));
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2);
}

TEST_F(Tiff, GivesTheLabelsOfTheReferenceSavedAsUint32UnderItsStemsName) {
  for (const std::string stem : {"nuclei_01", "nuclei_08", "nuclei_17"}) {
    const auto image = shared_path("nuclei/" + stem + ".tif");
    const auto labels = shared_path("parity/labels/" + stem + ".tif");
    if (!image || !labels) GTEST_SKIP() << "the reference folder ../shared is not there";
    page.open(stem + ".tif", bytes_of_file(*image));
    const SavedFile saved = saved_labels();
    EXPECT_EQ(saved.name, stem + "_labeled.tif");
    EXPECT_EQ(saved.mime, "image/tiff");
    EXPECT_EQ(type_of(saved), PixelType::u32);
    const LabelImage own = labels_of(saved);
    EXPECT_TRUE(own == read_label_pages(*labels).at(0)) << stem;
    EXPECT_EQ(page.nuclei(), std::ranges::max(own.pixels()));
  }
}

TEST_F(Tiff, GivesTheLabelsThatTheCoreAloneGives) {
  const Image<float> made = round_nuclei();
  page.open("made.tif", tiff_of(made));
  Pipeline pipeline;
  pipeline.set_recipe(page.recipe());
  pipeline.set_image(made);
  pipeline.finish();
  EXPECT_TRUE(labels_of(saved_labels()) == pipeline.values().labels);
  EXPECT_GT(page.nuclei(), 5);
}

TEST_F(Tiff, CanBeSavedAsUint16WithTheSameLabels) {
  page.open("small.tif", tiff_of(round_nuclei()));
  page.go_to("Watershed");
  const SavedFile wide = saved_labels();
  page.click(Role::toggle, "Save labels as uint16");
  const SavedFile narrow = page.saved_by([&] { page.press("s"); });
  EXPECT_EQ(narrow.name, "small_labeled.tif");
  EXPECT_EQ(type_of(wide), PixelType::u32);
  EXPECT_EQ(type_of(narrow), PixelType::u16);
  EXPECT_TRUE(labels_of(wide) == labels_of(narrow));
}

TEST_F(Tiff, OfEachStepHasTheValueAndTheKindOfTheStep) {
  const Image<float> made = round_nuclei();
  page.open("kinds.tif", tiff_of(made));
  struct Kind {
    const char* step;
    const char* suffix;
    PixelType type;
  };
  for (const Kind& kind : {Kind{"Threshold", "mask", PixelType::u8}, Kind{"Filter", "filtered", PixelType::f32},
                           Kind{"Label", "components", PixelType::u32}, Kind{"Refine", "refined", PixelType::u8},
                           Kind{"Distance", "distance", PixelType::f32}, Kind{"Seeds", "seeds", PixelType::u32}}) {
    page.go_to(kind.step);
    const SavedFile saved = page.saved_by([&] { page.click("Save this step as a TIFF"); });
    EXPECT_EQ(saved.name, std::string("kinds_") + kind.suffix + ".tif");
    EXPECT_EQ(type_of(saved), kind.type);
    const auto read = read_tiff(view(saved), saved.name);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->pixels.rows(), made.rows());
    EXPECT_EQ(read->pixels.cols(), made.cols());
    if (kind.type == PixelType::u8) {
      const std::set<float> values(read->pixels.pixels().begin(), read->pixels.pixels().end());
      EXPECT_EQ(values, (std::set<float>{0, 255}));
    }
  }
}

}  // namespace
}  // namespace floodlight::test

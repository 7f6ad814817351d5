// The command line program, run as a person runs it.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/pipeline.h"
#include "core/tiff.h"
#include "tests/core/reference.h"
#include "tests/core/tiff_fixtures.h"

namespace floodlight {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

std::string text_of(const fs::path& path) {
  const std::vector<std::byte> bytes = test::read_bytes(path.string());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Each test works in a folder of its own, with one small image of two nuclei in it.
class Cli : public testing::Test {
 protected:
  Cli() {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::temp_directory_path() / ("floodlight_cli_" + test + "_" + std::to_string(getpid()));
    fs::create_directories(folder_);
    save("cells.tif", *encode_float_tiff(two_nuclei(), {.pixel_size_um = 0.65}));
  }
  ~Cli() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static Image<float> two_nuclei() {
    Image<float> image(60, 80);
    for (int row = 0; row < image.rows(); ++row) {
      for (int col = 0; col < image.cols(); ++col) {
        const auto inside = [&](int r, int c) { return (row - r) * (row - r) + (col - c) * (col - c) < 100; };
        image[row, col] = inside(25, 25) || inside(35, 55) ? 200.0F : 10.0F;
      }
    }
    return image;
  }

  [[nodiscard]] fs::path at(const std::string& name) const { return folder_ / name; }
  void save(const std::string& name, std::span<const std::byte> bytes) const {
    std::FILE* const file = std::fopen(at(name).c_str(), "wb");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(std::fwrite(bytes.data(), 1, bytes.size(), file), bytes.size());
    EXPECT_EQ(std::fclose(file), 0);
  }
  /// Runs the program in the test's folder.
  [[nodiscard]] Outcome run(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() + "' && '" + FLOODLIGHT_CLI + "' " + arguments + " > out.txt 2> err.txt";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(at("out.txt")), text_of(at("err.txt"))};
  }
  [[nodiscard]] LabelImage labels(const std::string& name) const {
    auto image = read_label_tiff(test::read_bytes(at(name).string()), name);
    EXPECT_TRUE(image) << image.error().message;
    return image ? std::move(*image) : LabelImage();
  }
  [[nodiscard]] Intensities image(const std::string& name) const {
    auto read = read_tiff(test::read_bytes(at(name).string()), name);
    EXPECT_TRUE(read) << read.error().message;
    return read ? std::move(*read) : Intensities();
  }

 private:
  fs::path folder_;
};

TEST_F(Cli, SegmentSavesTheLabelsAndPrintsOneLine) {
  const Outcome outcome = run("segment cells.tif");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(outcome.out.starts_with("cells.tif: threshold ")) << outcome.out;
  EXPECT_NE(outcome.out.find(", 2 nuclei, "), std::string::npos) << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with(" ms\n")) << outcome.out;
  Pipeline pipeline;
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  EXPECT_EQ(labels("cells_labeled.tif"), pipeline.values().labels);
  EXPECT_EQ(image("cells_labeled.tif").type, PixelType::u32);
  EXPECT_EQ(image("cells_labeled.tif").pixel_size_um, 0.65);
  EXPECT_FALSE(fs::exists(at("cells_mask.tif")));
}

TEST_F(Cli, StagesAreSavedToo) {
  ASSERT_EQ(run("segment --stages --out results/today cells.tif").status, 0);
  Pipeline pipeline;
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  const StageValues& values = pipeline.values();
  const auto of_mask = [](const Mask& mask) {
    Image<float> result(mask.rows(), mask.cols());
    for (std::size_t i = 0; i < mask.size(); ++i) result.pixels()[i] = mask.pixels()[i] != 0 ? 255.0F : 0.0F;
    return result;
  };
  EXPECT_EQ(image("results/today/cells_filtered.tif").pixels, values.filtered);
  EXPECT_EQ(image("results/today/cells_mask.tif").pixels, of_mask(values.thresholded.mask));
  EXPECT_EQ(image("results/today/cells_refined.tif").pixels, of_mask(values.refined));
  EXPECT_EQ(image("results/today/cells_distance.tif").pixels, values.distance);
  EXPECT_EQ(labels("results/today/cells_seeds.tif"), values.seeds.labels);
  EXPECT_EQ(labels("results/today/cells_labeled.tif"), values.labels);
}

TEST_F(Cli, ARecipeIsFollowed) {
  Recipe recipe;
  recipe.cutoff = CutoffMethod::manual;
  recipe.cutoff_value = 1000;
  save("high.json", test::bytes_of_text(write_json(recipe_to_json(recipe), 2)));
  const Outcome outcome = run("segment cells.tif --recipe=high.json --uint16");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("cells.tif: threshold 1000, 0 nuclei, ")) << outcome.out;
  EXPECT_EQ(image("cells_labeled.tif").type, PixelType::u16);
}

TEST_F(Cli, OneUnreadableFileDoesNotStopTheOthers) {
  save("holiday.tif", test::bytes_of_text("\xFF\xD8\xFF\xE0 JFIF"));
  const Outcome outcome = run("segment holiday.tif missing.tif . cells.tif");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "floodlight: holiday.tif is a JPEG; Floodlight reads TIFF.\n"
            "floodlight: missing.tif cannot be read: No such file or directory.\n"
            "floodlight: . cannot be read: it is a folder, not a file.\n");
  EXPECT_TRUE(outcome.out.starts_with("cells.tif: "));
  EXPECT_TRUE(fs::exists(at("cells_labeled.tif")));
}

TEST_F(Cli, AFileThatCannotBeWrittenIsReported) {
  save("blocked", test::bytes_of_text("a file where a folder should be"));
  const Outcome outcome = run("segment cells.tif --out blocked/results");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.err.starts_with("floodlight: The folder blocked/results cannot be made: ")) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST_F(Cli, TwoImagesOfOneNameDoNotOverwriteEachOther) {
  fs::create_directories(at("other"));
  fs::copy_file(at("cells.tif"), at("other/cells.tif"));
  const Outcome outcome = run("segment cells.tif other/cells.tif --out results");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(
      outcome.err,
      "floodlight: other/cells.tif would be saved as results/cells_labeled.tif, where the result of cells.tif is; "
      "give it another name or another --out.\n");
}

TEST_F(Cli, NumbersThatAreNoneNeedAWordInTheRecipe) {
  Image<float> pixels = two_nuclei();
  pixels[0, 0] = std::numeric_limits<float>::quiet_NaN();
  save("holes.tif", *encode_float_tiff(pixels));
  const Outcome refused = run("segment holes.tif");
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(refused.err.starts_with("floodlight: holes.tif: ")) << refused.err;
  Recipe recipe;
  recipe.nonfinite_as_zero = true;
  save("zero.json", test::bytes_of_text(write_json(recipe_to_json(recipe))));
  const Outcome outcome = run("segment holes.tif --recipe zero.json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "holes.tif: 1 pixels are no finite numbers; they were taken as 0.\n");
  EXPECT_TRUE(outcome.out.starts_with("holes.tif: ")) << outcome.out;
}

TEST_F(Cli, LosingDigitsIsSaid) {
  test::TiffFixture page{.rows = 60, .cols = 80, .bits = 64, .format = test::Format::ieee};
  for (const float value : two_nuclei().pixels()) {
    page.samples_as_bits.push_back(test::bits_of(static_cast<double>(value) + 0.1));
  }
  save("double.tif", test::tiff_bytes(page));
  const Outcome outcome = run("segment double.tif");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err,
            "double.tif: some float64 values lie between two float32 numbers and were rounded to the nearer one.\n");
}

TEST_F(Cli, RecipePrintsTheDefaultRecipe) {
  const Outcome outcome = run("recipe");
  EXPECT_EQ(outcome.status, 0);
  const auto recipe = recipe_from_text(outcome.out);
  ASSERT_TRUE(recipe) << recipe.error().message;
  EXPECT_EQ(*recipe, Recipe{});
}

TEST_F(Cli, HelpAndVersionGoToStandardOutput) {
  for (const char* ask : {"--help", "-h", "help", "segment --help"}) {
    const Outcome outcome = run(ask);
    EXPECT_EQ(outcome.status, 0) << ask;
    EXPECT_NE(outcome.out.find("floodlight segment IMAGE.tif... [--recipe R.json] [--out DIR] [--stages]"),
              std::string::npos);
    EXPECT_EQ(outcome.err, "");
  }
  const Outcome version = run("--version");
  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(version.out.starts_with("floodlight ")) << version.out;
}

TEST_F(Cli, WrongUsageIsExplainedWithStatus2) {
  save("bad.json", test::bytes_of_text("{\"floodlight_recipe\": 1, \"filter\": {\"sigma\": -3}}"));
  for (const char* wrong :
       {"", "fly", "segment", "segment --stages", "segment cells.tif --fast", "segment cells.tif --out",
        "segment cells.tif --recipe=", "recipe cells.tif", "segment cells.tif --recipe missing.json",
        "segment cells.tif --recipe bad.json", "segment cells.tif --recipe cells.tif"}) {
    const Outcome outcome = run(wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_EQ(outcome.out, "") << wrong;
    EXPECT_TRUE(outcome.err.starts_with("floodlight: ")) << outcome.err;
    EXPECT_TRUE(outcome.err.ends_with("floodlight --help says what is possible.\n")) << outcome.err;
  }
  EXPECT_FALSE(fs::exists(at("cells_labeled.tif")));
}

TEST_F(Cli, AfterTwoDashesEverythingIsAnImage) {
  fs::copy_file(at("cells.tif"), at("--stages"));
  EXPECT_EQ(run("segment -- --stages").status, 0);
  EXPECT_TRUE(fs::exists(at("--stages_labeled.tif")));
}

TEST_F(Cli, LabelsOfTheReferenceImagesAreScikitImages) {
  std::string images;
  std::vector<std::string> names;
  for (int i = 1; i <= 25; ++i) {
    const std::string name = (i < 10 ? "nuclei_0" : "nuclei_") + std::to_string(i);
    const auto path = test::shared_path("nuclei/" + name + ".tif");
    if (!path || !test::shared_path("parity/labels/" + name + ".tif")) continue;
    names.push_back(name);
    images += " '" + fs::absolute(*path).string() + "'";
  }
  if (names.empty()) GTEST_SKIP() << "the reference folder (../shared) is not there";
  const Outcome outcome = run("segment --out results --stages" + images);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const std::string& name : names) {
    const auto expect_same = [&](const std::string& ending, const std::string& folder) {
      const auto expected =
          read_label_tiff(test::read_bytes(*test::shared_path("parity/" + folder + "/" + name + ".tif")), name);
      ASSERT_TRUE(expected) << expected.error().message;
      EXPECT_EQ(labels("results/" + name + ending), *expected) << name << " " << folder;
    };
    expect_same("_labeled.tif", "labels");
    expect_same("_seeds.tif", "seeds");
    expect_same("_refined.tif", "masks");
  }
}

}  // namespace
}  // namespace floodlight

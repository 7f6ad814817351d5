// The command line program, run as a person runs it.
#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/export/geojson.h"
#include "core/files/tiff.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "core/score/score.h"
#include "core/simulate/simulate.h"
#include "core/simulate/simulation_parameters.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

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

TEST_F(Cli, WhatIsPrintedOnAFullDiskIsNoSuccess) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full: a full disk is not proved";
  for (const char* command :
       {"recipe", "--help", "--version", "info cells.tif", "python", "notebook", "macro", "segment cells.tif"}) {
    const Outcome outcome = run_shell(std::string("('") + FLOODLIGHT_CLI + "' " + command + " > /dev/full)");
    EXPECT_EQ(outcome.status, 1) << command;
    EXPECT_EQ(outcome.err, "floodlight: What was printed could not be written to its end; is the disk full?\n")
        << command;
  }
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
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = 1000;
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
  for (const char* ask : {"--help", "-h", "help", "segment --help", "simulate --help", "score -h"}) {
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
  for (const char* wrong : {"",
                            "fly",
                            "segment",
                            "segment --stages",
                            "segment cells.tif --fast",
                            "segment cells.tif --out",
                            "segment cells.tif --recipe=",
                            "recipe cells.tif",
                            "segment cells.tif --recipe missing.json",
                            "segment cells.tif --recipe bad.json",
                            "segment cells.tif --recipe cells.tif",
                            "segment cells.tif --stages=1",
                            "segment cells.tif --outlines",
                            "segment cells.tif --outlines ilastik",
                            "segment cells.tif --jobs 0",
                            "segment cells.tif --jobs some",
                            "segment cells.tif --name labeled.tif",
                            "segment cells.tif --name 'labels/{stem}.tif'",
                            "segment other.tif --measurements cells.tif",
                            "segment other.tif --measurements CELLS.TIFF",
                            "info",
                            "info cells.tif --recipe bad.json",
                            "python bad.json",
                            "python missing.json",
                            "python good.json good.json",
                            "python --name '{stem}.tif'",
                            "python --loop --image cells.tif",
                            "python --loop --name labeled.tif",
                            "notebook bad.json",
                            "notebook --loop",
                            "macro bad.json",
                            "simulate",
                            "simulate cells.tif --out .",
                            "simulate --out . --images 0",
                            "simulate --out . --images 2.5",
                            "simulate --out . --specimen-seed -1",
                            "simulate --out . --exposure-seed 9000000000000001",
                            "simulate --out . --set light.exposure",
                            "simulate --out . --set",
                            "simulate --out . --stages",
                            "score",
                            "score cells.tif",
                            "score cells.tif cells.tif cells.tif",
                            "score cells.tif cells.tif --iou 1.5",
                            "score cells.tif cells.tif --iou half",
                            "samples",
                            "samples nuclei_01 --out ."}) {
    const Outcome outcome = run(wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_EQ(outcome.out, "") << wrong;
    EXPECT_TRUE(outcome.err.starts_with("floodlight: ")) << outcome.err;
    EXPECT_TRUE(outcome.err.ends_with("floodlight --help says what is possible.\n")) << outcome.err;
  }
  for (const char* file : {"cells_labeled.tif", "simulation.json", "simulated_01.tif", "nuclei_01.tif"}) {
    EXPECT_FALSE(fs::exists(at(file))) << file;
  }
}

TEST_F(Cli, AfterTwoDashesEverythingIsAnImage) {
  fs::copy_file(at("cells.tif"), at("--stages"));
  EXPECT_EQ(run("segment -- --stages").status, 0);
  EXPECT_TRUE(fs::exists(at("--stages_labeled.tif")));
}

TEST_F(Cli, SimulateMakesImagesWithTheirTruthFromConsecutiveSeeds) {
  const Outcome outcome =
      run("simulate --out made --images 2 --specimen-seed 7 --exposure-seed=9 --set sampling.rows=96 "
          "--set sampling.columns=128 --set=file.stored_as=uint8");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  SimulationParameters parameters;
  parameters.rows = 96;
  parameters.cols = 128;
  parameters.stored_as = StoredAs::u8;
  std::string lines;
  for (const std::uint64_t i : {0U, 1U}) {
    const Simulated expected = simulate(parameters, {.specimen = 7 + i, .exposure = 9 + i}).value();
    const std::string stem = "made/simulated_0" + std::to_string(i + 1);
    EXPECT_EQ(image(stem + ".tif").pixels, expected.pixels);
    EXPECT_EQ(image(stem + ".tif").type, PixelType::u8);
    EXPECT_EQ(image(stem + ".tif").pixel_size_um, 0.65);
    EXPECT_EQ(labels(stem + "_truth.tif"), expected.truth);
    EXPECT_EQ(image(stem + "_truth.tif").type, PixelType::u32);
    EXPECT_EQ(image(stem + "_truth.tif").pixel_size_um, 0.65);
    lines += stem + ".tif: " + std::to_string(score(expected.truth, expected.truth)->truth.size()) +
             " nuclei, 0.65 um a pixel\n";
  }
  EXPECT_EQ(outcome.out, lines);
}

TEST_F(Cli, TheSimulationsDescriptionIsEnoughToRepeatIt) {
  ASSERT_EQ(run("simulate --out made --images 100 --set sampling.rows=16 --set sampling.columns=16 "
                "--set optics.blur_growth=none --specimen-seed 9000000000000000")
                .status,
            0);
  const Json json = parse_json(text_of(at("made/simulation.json"))).value();
  ASSERT_NE(json.find("floodlight_simulation"), nullptr);
  const SimulationParameters parameters = simulation_from_json(*json.find("parameters")).value();
  const Json::Array& images = *json.find("images")->array();
  ASSERT_EQ(images.size(), 100);
  EXPECT_EQ(*images.front().find("file")->string(), "simulated_001.tif");
  const Json& last = images.back();
  const SimulationSeeds seeds{.specimen = static_cast<std::uint64_t>(*last.find("specimen_seed")->number()),
                              .exposure = static_cast<std::uint64_t>(*last.find("exposure_seed")->number())};
  EXPECT_EQ(seeds, (SimulationSeeds{.specimen = 9000000000000099, .exposure = 100}));
  EXPECT_EQ(image("made/" + *last.find("file")->string()).pixels, simulate(parameters, seeds)->pixels);
}

TEST_F(Cli, SimulateSaysWhatIsWrongWithAParameter) {
  const std::string ending = "\nfloodlight --help says what is possible.\n";
  const auto complaint = [&](const std::string& arguments) { return run("simulate --out made " + arguments).err; };
  EXPECT_EQ(complaint("--set light.exposur=2"),
            "floodlight: There is no simulation parameter called light.exposur." + ending);
  EXPECT_EQ(complaint("--set light.exposure=much"),
            "floodlight: light.exposure is much; it must be a number from 0.01 to 30 x reference." + ending);
  EXPECT_EQ(
      complaint("--set optics.numerical_aperture=1.2 --set optics.blur_growth=none"),
      "floodlight: optics.numerical_aperture is 1.2; it must be below the medium's index, 1: choose water or oil." +
          ending);
  EXPECT_EQ(complaint("--images 1000"),
            "floodlight: --images is 1000; it must be a whole number from 1 to 999." + ending);
  EXPECT_FALSE(fs::exists(at("made")));
}

TEST_F(Cli, ImagesThatCannotBeMadeOrWrittenAreReported) {
  save("blocked", test::bytes_of_text("a file where a folder should be"));
  for (const char* command : {"simulate --out blocked/made", "samples --out blocked/made"}) {
    const Outcome outcome = run(command);
    EXPECT_EQ(outcome.status, 1) << command;
    EXPECT_TRUE(outcome.err.starts_with("floodlight: The folder blocked/made cannot be made: ")) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(Cli, ScorePrintsALineForEachMeasure) {
  // One nucleus found exactly, one found three quarters, one missed, one invented.
  save("truth.tif", *encode_label_tiff(LabelImage(2, 8,
                                                  {1, 1, 0, 2, 2, 0, 3, 0,  //
                                                   1, 1, 0, 2, 2, 0, 3, 0})));
  save("found.tif", *encode_label_tiff(LabelImage(2, 8,
                                                  {9, 9, 0, 4, 4, 0, 0, 7,  //
                                                   9, 9, 0, 4, 0, 0, 0, 0}),
                                       LabelDepth::u16));
  const Outcome outcome = run("score found.tif truth.tif");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "matched    2\n"
            "missed     1\n"
            "extra      1\n"
            "split      0\n"
            "merged     0\n"
            "precision  0.6667\n"
            "recall     0.6667\n"
            "F1         0.6667\n"
            "mean AP    0.3500\n"
            "AP 0.50    0.5000\n"
            "AP 0.55    0.5000\n"
            "AP 0.60    0.5000\n"
            "AP 0.65    0.5000\n"
            "AP 0.70    0.5000\n"
            "AP 0.75    0.2000\n"
            "AP 0.80    0.2000\n"
            "AP 0.85    0.2000\n"
            "AP 0.90    0.2000\n"
            "AP 0.95    0.2000\n"
            "Dice       0.7778\n");
  const Outcome strict = run("score --iou 0.8 found.tif truth.tif");
  EXPECT_TRUE(strict.out.starts_with("matched    1\nmissed     2\nextra      2\n")) << strict.out;
}

TEST_F(Cli, ScoreReadsLabelsInAnyTypeThatHoldsWholeNumbers) {
  save("truth.tif", *encode_label_tiff(LabelImage(1, 3, {0, 1, 2})));
  const Image<float> same(1, 3, {0, 2, 1});
  for (const auto type : {PixelType::u8, PixelType::u16, PixelType::u32, PixelType::f32}) {
    save("found.tif", *encode_intensity_tiff(same, type));
    EXPECT_TRUE(run("score found.tif truth.tif").out.starts_with("matched    2\n"));
  }
}

TEST_F(Cli, ScoreSaysInOneSentenceWhyItCannot) {
  save("truth.tif", *encode_label_tiff(LabelImage(1, 3, {0, 1, 2})));
  save("wide.tif", *encode_label_tiff(LabelImage(1, 4, {0, 1, 2, 2})));
  save("half.tif", *encode_float_tiff(Image<float>(1, 3, {0, 1.5F, 2})));
  save("negative.tif", *encode_float_tiff(Image<float>(1, 3, {0, 1, -2})));
  save("holiday.tif", test::bytes_of_text("\xFF\xD8\xFF\xE0 JFIF"));
  const auto complaint = [&](const std::string& file) {
    const Outcome outcome = run("score " + file + " truth.tif");
    EXPECT_EQ(outcome.status, 1) << file;
    EXPECT_EQ(outcome.out, "") << file;
    return outcome.err;
  };
  EXPECT_EQ(complaint("wide.tif"),
            "floodlight: The segmentation has 1 x 4 pixels (rows x columns), the truth 1 x 3; they must be of the same "
            "image.\n");
  EXPECT_EQ(complaint("half.tif"),
            "floodlight: half.tif is no label image: the pixel at row 0, column 1 is no whole number from 0 to "
            "2147483647.\n");
  EXPECT_EQ(complaint("negative.tif"),
            "floodlight: negative.tif is no label image: the pixel at row 0, column 2 is no whole number from 0 to "
            "2147483647.\n");
  EXPECT_EQ(complaint("holiday.tif"), "floodlight: holiday.tif is a JPEG; Floodlight reads TIFF.\n");
  EXPECT_EQ(complaint("missing.tif"), "floodlight: missing.tif cannot be read: No such file or directory.\n");
}

TEST_F(Cli, SamplesAreSavedInTheirOwnTypesWithTheirTruth) {
  const Outcome outcome = run("samples --out given");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), static_cast<std::ptrdiff_t>(samples().size()));
  EXPECT_TRUE(outcome.out.starts_with("given/nuclei_01.tif: uint16, 512 x 512, ")) << outcome.out;
  std::size_t truths = 0;
  for (const SampleInfo& info : samples()) {
    const std::string stem = "given/" + std::string(info.id);
    EXPECT_TRUE(fs::exists(at(stem + ".tif"))) << stem;
    truths += fs::exists(at(stem + "_truth.tif")) ? 1 : 0;
  }
  EXPECT_GE(truths, 37);
  for (const std::string id : {"case_dim", "case_crowded", "touching_discs"}) {
    const Sample expected = make_sample(id).value();
    EXPECT_EQ(image("given/" + id + ".tif").pixels, expected.pixels);
    EXPECT_EQ(image("given/" + id + ".tif").type, expected.type);
    EXPECT_EQ(image("given/" + id + ".tif").pixel_size_um, expected.pixel_size_um);
    EXPECT_EQ(labels("given/" + id + "_truth.tif"), expected.truth);
  }
  EXPECT_FALSE(fs::exists(at("given/plateau_truth.tif")));
}

TEST_F(Cli, OutlinesAreSavedForTheProgramThatIsNamed) {
  ASSERT_EQ(run("segment --outlines imagej --out results cells.tif").status, 0);
  EXPECT_TRUE(fs::exists(at("results/cells_outlines.zip")));
  EXPECT_FALSE(fs::exists(at("results/cells_outlines.geojson")));
  ASSERT_EQ(run("segment --outlines=qupath --out results cells.tif").status, 0);
  const std::vector<std::byte> saved = test::read_bytes(at("results/cells_outlines.geojson"));
  const std::string_view text(reinterpret_cast<const char*>(saved.data()), saved.size());
  EXPECT_EQ(text, labels_to_geojson(labels("results/cells_labeled.tif")));
  const Outcome wrong = run("segment cells.tif --outlines ilastik");
  EXPECT_NE(wrong.err.find("--outlines is ilastik; it must be imagej or qupath."), std::string::npos) << wrong.err;
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

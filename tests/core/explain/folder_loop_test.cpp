// The model of the folder and the loop: each trap does what the file system and Python would do.
#include "core/explain/folder_loop.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/exercises/exercise_checks.h"

namespace floodlight {
namespace {

using testing::says;

std::vector<FolderFile> images(int count) {
  std::vector<FolderFile> files;
  for (int i = 1; i <= count; ++i)
    files.push_back({.name = "nuclei_" + std::to_string(100 + i).substr(1) + ".tif", .nuclei = 100});
  return files;
}

std::vector<FolderFile> with(std::vector<FolderFile> files, std::string name, FileKind kind) {
  files.push_back({.name = std::move(name), .kind = kind, .nuclei = 10});
  return files;
}

TEST(FolderLoop, GivesEachImageItsFileAndCanBeRepeated) {
  const auto runs = run_folder_loop(images(25), {}, 2);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].turns.size(), 25U);
  EXPECT_EQ(runs[0].results.size(), 25U);
  EXPECT_EQ(runs[0].results.front().name, "nuclei_01_labeled.tif");
  EXPECT_EQ(runs[0].results.front().made_from, "nuclei_01.tif");
  EXPECT_EQ(runs[0].sentence, "25 images, 25 files: each has its own.");
  EXPECT_EQ(runs[1].turns.size(), 25U);
  EXPECT_EQ(runs[1].turns[3].overwritten, Overwritten::earlier_run);
  EXPECT_TRUE(says(runs[1].sentence, "this loop can be repeated.")) << runs[1].sentence;
}

TEST(FolderLoop, AFixedNameLeavesOneFileFromTheLastImage) {
  const LoopRun run = run_folder_loop(images(25), {.pattern = "labeled.tif"}, 1)[0];
  ASSERT_EQ(run.results.size(), 1U);
  EXPECT_EQ(run.results[0].made_from, "nuclei_25.tif");
  EXPECT_EQ(run.turns[0].overwritten, Overwritten::nothing);
  EXPECT_EQ(run.turns[1].overwritten, Overwritten::same_run);
  EXPECT_EQ(run.sentence, "25 images, 1 file: each of the same name overwrites the last, without a word.");
}

TEST(FolderLoop, InItsInputFolderTheSecondRunReadsItsOwnLabels) {
  const auto runs = run_folder_loop(images(25), {.output = OutputPlace::same}, 3);
  EXPECT_EQ(runs[0].turns.size(), 25U);
  EXPECT_EQ(runs[1].turns.size(), 50U);
  EXPECT_EQ(runs[2].turns.size(), 75U);
  EXPECT_EQ(runs[1].turns[1].read, "nuclei_01_labeled.tif");
  EXPECT_EQ(runs[1].turns[1].kind, FileKind::labels);
  EXPECT_EQ(runs[1].turns[1].written, "nuclei_01_labeled_labeled.tif");
  EXPECT_TRUE(says(runs[1].sentence, "Of 50 inputs, 25 are label images of an earlier run")) << runs[1].sentence;
}

TEST(FolderLoop, InAFolderWithinItOnlyADeepGlobReadsItsOwnLabels) {
  const auto shallow = run_folder_loop(images(3), {.output = OutputPlace::inside}, 2);
  EXPECT_EQ(shallow[1].turns.size(), 3U);
  const auto deep = run_folder_loop(images(3), {.listing = Listing::deep_glob, .output = OutputPlace::inside}, 2);
  EXPECT_EQ(deep[0].turns.size(), 3U);
  ASSERT_EQ(deep[1].turns.size(), 6U);
  EXPECT_EQ(deep[1].turns[0].read, "labels/nuclei_01_labeled.tif");
  EXPECT_EQ(deep[1].turns[0].written, "nuclei_01_labeled_labeled.tif");
  const auto all = run_folder_loop(images(3), {.listing = Listing::iterdir, .output = OutputPlace::inside}, 1);
  EXPECT_EQ(all[0].error, "IsADirectoryError: Is a directory: 'labels'");
}

TEST(FolderLoop, TheInputsOwnNameInItsFolderOverwritesTheRawImages) {
  const auto runs = run_folder_loop(images(2), {.pattern = "{stem}.tif", .output = OutputPlace::same}, 2);
  EXPECT_EQ(runs[0].turns[1].overwritten, Overwritten::original);
  EXPECT_TRUE(says(runs[0].sentence, "2 originals are overwritten by labels: the raw images are gone."));
  EXPECT_EQ(runs[1].turns[0].kind, FileKind::labels);
  EXPECT_TRUE(says(runs[1].sentence, "Of 2 inputs, 2 are label images"));
}

TEST(FolderLoop, IterdirStopsAtWhatIsNoImageAndGlobDoesNot) {
  const auto files = with(with(images(3), "notes.txt", FileKind::text), "a_first.tif", FileKind::image);
  const LoopRun all = run_folder_loop(files, {.listing = Listing::iterdir}, 1)[0];
  EXPECT_EQ(all.error, "TiffFileError: not a TIFF file: 'notes.txt'");
  ASSERT_EQ(all.turns.size(), 2U);
  EXPECT_EQ(all.turns[0].written, "a_first_labeled.tif");
  EXPECT_TRUE(all.turns[1].written.empty());
  EXPECT_EQ(all.results.size(), 1U);
  EXPECT_EQ(all.sentence, "Stopped at notes.txt after 1 image: it is no image.");
  const LoopRun some = run_folder_loop(files, {}, 1)[0];
  EXPECT_TRUE(some.error.empty());
  EXPECT_EQ(some.results.size(), 4U);
  EXPECT_TRUE(some.missed.empty());
}

TEST(FolderLoop, GlobMissesOtherEndingsAndOtherCaseWhereItCounts) {
  const auto files = with(with(images(1), "overview.TIF", FileKind::image), "dense.tiff", FileKind::image);
  const LoopRun linux_run = run_folder_loop(files, {}, 1)[0];
  EXPECT_EQ(linux_run.missed, (std::vector<std::string>{"dense.tiff", "overview.TIF"}));
  EXPECT_TRUE(says(linux_run.sentence, "2 images not listed: dense.tiff and overview.TIF.")) << linux_run.sentence;
  const LoopRun windows_run = run_folder_loop(files, {.case_counts = false}, 1)[0];
  EXPECT_EQ(windows_run.missed, (std::vector<std::string>{"dense.tiff"}));
  EXPECT_EQ(windows_run.turns[1].written, "overview_labeled.tif");
  const LoopRun all = run_folder_loop(files, {.listing = Listing::iterdir}, 1)[0];
  EXPECT_TRUE(all.missed.empty());
  EXPECT_EQ(all.results.size(), 3U);
}

TEST(FolderLoop, EightBitsHold255Names) {
  EXPECT_EQ(names_in_uint8(255), 255);
  EXPECT_EQ(names_in_uint8(256), 255);
  auto files = images(2);
  files[1].nuclei = 300;
  const LoopRun run = run_folder_loop(files, {.as_uint8 = true}, 1)[0];
  EXPECT_EQ(run.turns[0].names_kept, 100);
  EXPECT_EQ(run.turns[1].names_kept, 255);
  EXPECT_EQ(run.sentence,
            "300 nuclei in nuclei_02.tif: 8 bits end at 255, so nucleus 256 becomes 0, background, and 257 becomes 1 "
            "again.");
  EXPECT_EQ(run_folder_loop(files, {}, 1)[0].turns[1].names_kept, 300);
}

TEST(FolderLoop, AnEmptyFolderIsNoErrorAndSaysSo) {
  const LoopRun run = run_folder_loop({}, {}, 1)[0];
  EXPECT_TRUE(run.turns.empty());
  EXPECT_TRUE(says(run.sentence, "Nothing was listed"));
}

TEST(FolderLoop, ItsPythonFollowsTheSettings) {
  const std::string usual = folder_loop_lines({});
  EXPECT_TRUE(says(usual, "for image_path in input_dir.glob(\"*.tif\"):\n"));
  EXPECT_TRUE(says(usual, "output_filepath = output_dir / f\"{image_path.stem}_labeled.tif\"\n"));
  EXPECT_TRUE(says(usual, "labeled_ws_image.astype(\"uint32\")"));
  const std::string traps = folder_loop_lines({.listing = Listing::iterdir,
                                               .case_counts = true,
                                               .pattern = "labeled.tif",
                                               .output = OutputPlace::same,
                                               .as_uint8 = true});
  EXPECT_TRUE(says(traps, "output_dir = input_dir\n"));
  EXPECT_TRUE(says(traps, "input_dir.iterdir():\n"));
  EXPECT_TRUE(says(traps, "output_dir / \"labeled.tif\"\n"));
  EXPECT_TRUE(says(traps, "astype(\"uint8\")"));
}

}  // namespace
}  // namespace floodlight

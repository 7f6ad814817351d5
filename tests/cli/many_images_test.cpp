// `floodlight segment` over many images: patterns, order, tables, names, and what happens when it is stopped.
#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/export/measurements_csv.h"
#include "core/pipeline/pipeline.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

class CliManyImages : public Cli {
 protected:
  /// The test's image under another name; folders are made.
  void copy(const std::string& name) const {
    fs::create_directories(at(name).parent_path());
    fs::copy_file(at("cells.tif"), at(name));
  }
  /// All files of a folder, in order.
  [[nodiscard]] std::vector<std::string> files_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(at(folder))) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
};

using Names = std::vector<std::string>;

/// The file of each line, in order.
Names images_of(const std::string& lines) {
  Names names;
  for (std::size_t from = 0; from < lines.size(); from = lines.find('\n', from) + 1) {
    names.push_back(lines.substr(from, lines.find(':', from) - from));
  }
  return names;
}

std::string without_times(const std::string& lines) {
  return std::regex_replace(lines, std::regex(", [0-9.]+ ms"), "");
}

TEST_F(CliManyImages, PatternsAreFollowedIntoFoldersInTheOrderOfNames) {
  for (const char* name : {"plate_b/f1.tif", "plate_a/f2.tif", "plate_a/f10.tif", "plate_a/g1.tif", "plate_a/.f3.tif",
                           "plate_a/f4.tiff", "plate_aa/f1.tif"}) {
    copy(name);
  }
  fs::create_directories(at("plate_a/folder.tif"));
  for (const char* name : {"a", "e", "z"}) fs::create_symlink("nowhere", at("plate_a/" + std::string(name) + ".tif"));
  const auto images = [&](const std::string& pattern) {
    const Outcome outcome =
        run("segment --out out --name '{stem}_" + std::to_string(pattern.size()) + ".tif' " + pattern);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return images_of(outcome.out);
  };
  EXPECT_EQ(images("'plate_a/*.tif'"), (Names{"plate_a/f10.tif", "plate_a/f2.tif", "plate_a/g1.tif"}));
  EXPECT_EQ(images("'plate_?/f??.tif'"), (Names{"plate_a/f10.tif"}));
  EXPECT_EQ(images("'plate_*/g*'"), (Names{"plate_a/g1.tif"}));
  EXPECT_EQ(images("'*.tif'"), (Names{"cells.tif"}));
  EXPECT_EQ(images("'./pl*_a/.f*'"), (Names{"./plate_a/.f3.tif"}));
  EXPECT_EQ(images("'" + at("plate_b").string() + "/*1.tif'"), (Names{at("plate_b/f1.tif").string()}));
}

TEST_F(CliManyImages, AQuestionMarkIsOneCharacterNotOneByte) {
  copy("zell\u00FC.tif");
  EXPECT_EQ(images_of(run("segment 'zell?.tif'").out), (Names{"zell\u00FC.tif"}));
}

TEST_F(CliManyImages, APatternThatNoFileMatchesIsReportedAndTheOthersGoOn) {
  const Outcome outcome = run("segment 'plate/*.tif' '*.tiff' cells.tif --out out");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "floodlight: There is no file that matches plate/*.tif.\n"
            "floodlight: There is no file that matches *.tiff.\n");
  EXPECT_EQ(images_of(outcome.out), (Names{"cells.tif"}));
}

TEST_F(CliManyImages, AFileWhoseNameLooksLikeAPatternIsThatFile) {
  copy("what?.tif");
  copy("whats.tif");
  EXPECT_EQ(images_of(run("segment 'what?.tif'").out), (Names{"what?.tif"}));
}

TEST_F(CliManyImages, AFileGivenTwiceIsDoneOnce) {
  const Outcome outcome = run("segment cells.tif 'c*.tif' ./cells.tif --out out");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(images_of(outcome.out), (Names{"cells.tif"}));
}

TEST_F(CliManyImages, TheTableHasTheNucleiOfEveryImageInOrder) {
  copy("b.tif");
  copy("=a.tif");
  Image<float> dark = two_nuclei();
  std::ranges::fill(dark.pixels(), 3.0F);
  dark[0, 0] = 4;
  save("c.tif", *encode_float_tiff(dark));
  const Outcome outcome = run("segment '?.tif' '=a.tif' --out out --measurements out/tables/all.csv");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  Pipeline pipeline;
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  const auto& rows = pipeline.values().measurements;
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(text_of(at("out/tables/all.csv")), measurements_csv_header() + measurements_csv_rows("b.tif", rows, 0.65) +
                                                   measurements_csv_rows("=a.tif", rows, 0.65));
}

TEST_F(CliManyImages, TheRecipesPixelSizeIsTheTablesToo) {
  Recipe recipe;
  recipe.pixel_size_um = 2;
  save("two.json", test::bytes_of_text(write_json(recipe_to_json(recipe))));
  ASSERT_EQ(run("segment cells.tif --recipe two.json --measurements all.csv").status, 0);
  Pipeline pipeline;
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  EXPECT_EQ(text_of(at("all.csv")),
            measurements_csv_header() + measurements_csv_rows("cells.tif", pipeline.values().measurements, 2));
}

TEST_F(CliManyImages, ATableThatCannotBeWrittenIsSaidBeforeTheWork) {
  save("blocked", test::bytes_of_text("a file where a folder should be"));
  fs::create_directories(at("table.csv"));
  for (const char* table : {"blocked/all.csv", "table.csv"}) {
    const Outcome outcome = run(std::string("segment cells.tif --measurements ") + table);
    EXPECT_EQ(outcome.status, 1) << table;
    EXPECT_EQ(outcome.out, "") << table;
    EXPECT_TRUE(outcome.err.starts_with("floodlight: ")) << outcome.err;
  }
  EXPECT_FALSE(fs::exists(at("cells_labeled.tif")));
}

TEST_F(CliManyImages, ATableBehindALinkStaysBehindIt) {
  save("real.csv", test::bytes_of_text("old"));
  fs::create_symlink("real.csv", at("link.csv"));
  ASSERT_EQ(run("segment cells.tif --measurements link.csv").status, 0);
  EXPECT_TRUE(fs::is_symlink(at("link.csv")));
  EXPECT_TRUE(text_of(at("real.csv")).starts_with("file,label,"));
}

TEST_F(CliManyImages, JobsChangeNothingButTheTime) {
  for (int i = 10; i < 30; ++i) copy("in/" + std::to_string(i) + ".tif");
  save("in/15.tif", test::bytes_of_text("\xFF\xD8\xFF\xE0 JFIF"));
  save("in/22.tif", *encode_float_tiff(Image<float>(900, 900)));  // slower than what follows
  const Outcome one = run("segment 'in/*.tif' --out one --measurements one.csv");
  const Outcome many = run("segment 'in/*.tif' --out many --measurements many.csv --jobs 5");
  EXPECT_EQ(one.status, 1);
  EXPECT_EQ(many.status, 1);
  EXPECT_EQ(images_of(one.out).size(), 19);
  EXPECT_EQ(without_times(one.out), without_times(many.out));
  EXPECT_EQ(one.err, many.err);
  EXPECT_EQ(text_of(at("one.csv")), text_of(at("many.csv")));
  EXPECT_EQ(files_in("one"), files_in("many"));
  for (const std::string& name : files_in("one")) EXPECT_EQ(text_of(at("one/" + name)), text_of(at("many/" + name)));
}

TEST_F(CliManyImages, ResultsAreNamedAfterThePattern) {
  ASSERT_EQ(run("segment cells.tif --name '{stem}_.tif'").status, 0);
  EXPECT_TRUE(fs::exists(at("cells_.tif")));
  EXPECT_FALSE(fs::exists(at("cells_labeled.tif")));
  ASSERT_EQ(run("segment cells.tif --out labels --name '{stem}.tif'").status, 0);
  EXPECT_EQ(files_in("labels"), (Names{"cells.tif"}));
}

TEST_F(CliManyImages, NoResultTakesItsImagesPlace) {
  const std::string before = text_of(at("cells.tif"));
  for (const char* folder : {"", "--out .", "--out ../$(basename $PWD)"}) {
    const Outcome outcome = run(std::string("segment cells.tif --name '{stem}.tif' ") + folder);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.err,
              "floodlight: cells.tif: The name for results is {stem}.tif; that is the image's own name, and the result "
              "would take the image's place.\n");
  }
  EXPECT_EQ(text_of(at("cells.tif")), before);
}

TEST_F(CliManyImages, TheLabelsOfAnEarlierRunAreNoImages) {
  copy("more.tif");
  const Outcome first = run("segment '*.tif' --stages");
  EXPECT_EQ(first.err, "");
  const Names files = files_in(".");
  const Outcome second = run("segment '*.tif'");
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(images_of(second.out), (Names{"cells.tif", "more.tif"}));
  EXPECT_EQ(second.err,
            "12 files are results of this run's images (cells_distance.tif of cells.tif, ...) and were not read as "
            "images; give results a folder of their own with --out.\n");
  EXPECT_EQ(files_in("."), files);
  EXPECT_EQ(
      run("segment cells.tif cells_labeled.tif").err,
      "cells_labeled.tif is a result of cells.tif and was not read as an image; give results a folder of their own "
      "with --out.\n");
  // Elsewhere they are nobody's results.
  EXPECT_EQ(images_of(run("segment cells_labeled.tif cells.tif --out out").out),
            (Names{"cells_labeled.tif", "cells.tif"}));
}

TEST_F(CliManyImages, StagesCannotTakeTheLabelsPlace) {
  const Outcome outcome = run("segment cells.tif --stages --name '{stem}_mask.tif'");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("would be saved as"), std::string::npos) << outcome.err;
  EXPECT_EQ(run("segment cells.tif --name '{stem}_mask.tif'").status, 0);
}

TEST_F(CliManyImages, StoppedItLeavesWholeFilesAndNoTable) {
  fs::create_directories(at("in"));
  for (int i = 10000; i < 13000; ++i) fs::create_hard_link(at("cells.tif"), at("in/" + std::to_string(i) + ".tif"));
  for (const std::string jobs : {"1", "3"}) {
    const std::string out = "out_" + jobs;
    const Outcome outcome =
        run_shell("{ '" FLOODLIGHT_CLI "' segment 'in/*.tif' --out " + out + " --measurements " + out +
                  "/all.csv --jobs " + jobs + " & while ! grep -q : out.txt; do sleep 0.02; done; kill $!; wait $!; }");
    EXPECT_EQ(outcome.status, 143);
    EXPECT_TRUE(std::regex_match(
        outcome.err, std::regex("floodlight: interrupted after [0-9]+ of 3000 images; the table of measurements is not "
                                "written\\.\n")))
        << outcome.err;
    const Names told = images_of(outcome.out);
    EXPECT_LT(told.size(), 3000);
    EXPECT_GT(told.size(), 0);
    const Names files = files_in(out);
    EXPECT_GE(files.size(), told.size());
    for (const std::string& name : files) {
      ASSERT_TRUE(name.ends_with("_labeled.tif")) << name;
      EXPECT_EQ(labels(out + "/" + name).rows(), 60);
    }
  }
}

TEST_F(CliManyImages, ProgressIsForTerminals) {
  copy("more.tif");
  const std::string command = "segment cells.tif more.tif --out out";
  EXPECT_EQ(run(command).err, "");
  const std::string inside = std::string("'") + FLOODLIGHT_CLI + "' " + command;
  const Outcome outcome = run_shell("script -qec \"" + inside + "\" /dev/null < /dev/null");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("0 of 2 images"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\r\x1b[K"
                             "cells.tif: threshold "),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("1 of 2 images, about "), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("2 of 2"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace floodlight

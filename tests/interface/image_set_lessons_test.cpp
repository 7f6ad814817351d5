// The lessons of step 10: the loop's traps, how images differ, how many are enough, one threshold for all, and exercises.
#include <cmath>
#include <numeric>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

Said choose(Page& page, const Pattern& words) {
  page.click(page.the(Role::button, words, Name("Exercise")));
  return page.said();
}

class TheLoop : public testing::Test {
 protected:
  TheLoop() { page.click("The loop, and its traps"); }
  Page page{at("small_field", "many")};
};

TEST_F(TheLoop, GivesEachImageItsOwnFileAndItsPythonSaysHow) {
  EXPECT_TRUE(page.says("25 images, 25 files: each has its own."));
  EXPECT_TRUE(page.says("for image_path in input_dir\\.glob\\(\"\\*\\.tif\"\\):"_re));
  EXPECT_TRUE(page.everything_is_mirrored());
}

TEST_F(TheLoop, LeavesOneFileUnderOneFixedName) {
  page.choose("Results are named", "labeled.tif (one name for all)");
  EXPECT_TRUE(page.says("25 images, 1 file: each of the same name overwrites the last, without a word."));
  EXPECT_TRUE(page.says("output_filepath = output_dir / \"labeled\\.tif\""_re));
}

TEST_F(TheLoop, ReadsItsOwnLabelsWhenItRunsTwiceInItsInputFolder) {
  page.click(Role::radio, "The same");
  page.click(Role::radio, "Run twice");
  EXPECT_TRUE(page.says("^Of 50 inputs, 25 are label images of an earlier run"_re));
  EXPECT_TRUE(page.says("nuclei_01_labeled.tif (labels!) -> nuclei_01_labeled_labeled.tif"));
  page.click(Role::radio, "Another folder");
  EXPECT_TRUE(page.says("this loop can be repeated\\.$"_re));
}

TEST_F(TheLoop, StopsAtATextWithIterdirAndMissesOtherEndingsWithGlob) {
  page.click(Role::toggle, "Other files in the folder");
  EXPECT_TRUE(page.says("2 images not listed: overview\\.TIF and scan\\.tiff\\.$"_re));
  page.click(Role::toggle, "Upper and lower case differ");
  EXPECT_TRUE(page.says("1 image not listed: scan\\.tiff\\.$"_re));
  page.click(Role::radio, "iterdir()");
  EXPECT_TRUE(page.says("^Stopped at notes\\.txt after 0 images: it is no image\\."_re));
}

TEST_F(TheLoop, HasNoRoomFor300NamesInUint8) {
  page.click(Role::toggle, "Labels as uint8");
  EXPECT_TRUE(page.says("^300 nuclei in nuclei_25\\.tif: 8 bits end at 255, so nucleus 256 becomes 0, background"_re));
}

TEST_F(TheLoop, IsThereAsAWholeProgram) {
  EXPECT_FALSE(page.says("from pathlib import Path"_re));
  page.click("The whole program");
  EXPECT_TRUE(page.says("from pathlib import Path"_re));
}

TEST_F(TheLoop, HasExercisesAboutNamesAndFoldersThatKnowTheUsualMistakes) {
  page.open_exercise(1);
  EXPECT_NE(page.answer("25").sentence.find("each overwrites the last"), std::string::npos);
  EXPECT_EQ(page.answer("1").word, "Right");
  page.click("Next");
  EXPECT_NE(page.answer("25").sentence.find("matches *.tif"), std::string::npos);
  EXPECT_EQ(page.answer("50").word, "Right");
  page.click("Next");
  EXPECT_TRUE(choose(page, "^It is skipped"_re).sentence.starts_with("iterdir lists everything"));
  EXPECT_EQ(choose(page, "^The loop stops"_re).word, "Right");
  page.close_exercise();
  EXPECT_TRUE(page.says("Predict (3 of 5 solved)"));
}

TEST_F(TheLoop, HasAPitfallThatBringsItsLesson) {
  page.click("Watch out");
  page.click("Run it twice in one folder");
  EXPECT_TRUE(page.says("^Of 50 inputs"_re));
}

TEST(HowManyImages, AreEnoughIsWorkedOutByHandWithoutASet) {
  Page page(at("small_field", "many"));
  page.open_exercise(5);
  std::string list = page.read("^Six fields have these mean areas.*: ([\\d, ]+)\\."_re)[1];
  std::vector<double> running;
  double sum = 0;
  for (auto number = parts(list, "\\d+"_re); !number.empty(); number = parts(list, "\\d+"_re)) {
    sum += std::stod(number[0]);
    running.push_back(sum / static_cast<double>(running.size() + 1));
    list = list.substr(list.find(number[0]) + number[0].size());
  }
  ASSERT_EQ(running.size(), 6U);
  std::size_t needed = 6;
  while (needed > 1 && std::abs(running[needed - 2] - running[5]) <= 0.05 * running[5]) --needed;
  EXPECT_NE(page.answer("1").sentence.find("fields vary"), std::string::npos);
  EXPECT_EQ(page.answer(std::to_string(needed)).word, "Right");
  page.close_exercise();
}

/// The run over all fields takes longer than what is asked of it: one test walks through the lessons in their order.
class The25Fields : public testing::Test {
 protected:
  [[nodiscard]] std::string read(const Name& plot) const { return page.the(Role::slider, plot).value_text; }
  std::string read_at(const Name& plot, double place) {
    page.slide(plot, place);
    return read(plot);
  }
  [[nodiscard]] double number_at(const Name& plot, double place) {
    return std::stod(parts(read_at(plot, place), ": ([\\d.]+)"_re).at(1));
  }
  /// What the list says of a field.
  [[nodiscard]] std::string cell(const std::string& field, const std::string& column) const {
    const MirrorItem row = page.the(Role::button, pattern("^" + field + ", "));
    return parts(row.name, pattern(", " + column + " ([\\d.]+)")).at(1);
  }
  void counts_thresholds_and_distributions_are_those_of_the_list();
  void the_running_mean_ends_at_the_mean_of_all_in_any_order();
  void an_exercise_asks_for_what_the_plot_shows_and_covers_it();
  void one_threshold_for_all_stands_beside_one_per_image();

  Page page{at("nuclei_01", "many")};
};

void The25Fields::counts_thresholds_and_distributions_are_those_of_the_list() {
  EXPECT_EQ(read_at("Nuclei per image", 7), "Nuclei 07: " + cell("Nuclei 07", "Nuclei"));
  // The field is at hand in all plots.
  EXPECT_TRUE(matches(read("Threshold per image (intensity)"), "^Nuclei 07: \\d+"_re));
  const double usual = number_at("Threshold per image (intensity)", 1);
  const double debris = number_at("Threshold per image (intensity)", 7);
  EXPECT_GT(debris, 2 * usual) << "bright debris pulls Otsu up";
  EXPECT_GT(page.number_fact("Nuclei of all images"), 1000);
  EXPECT_TRUE(page.fact("Median").ends_with("µm²"));
  page.click(Role::radio, "Mean intensity");
  EXPECT_TRUE(page.fact("Median").ends_with("intensity"));
  EXPECT_TRUE(page.everything_is_mirrored());
}

void The25Fields::the_running_mean_ends_at_the_mean_of_all_in_any_order() {
  page.click("How the images differ");
  page.click("How many images are enough?");
  EXPECT_TRUE(read("Running mean of nuclei per image").starts_with("after 1 image: "));
  page.click(Role::radio, "Area");
  const Name mean = "Running mean of the area (px)";
  const std::string last = read_at(mean, 25);
  EXPECT_TRUE(last.starts_with("after 25 images: "));
  const std::string first = read_at(mean, 1);
  EXPECT_TRUE(
      page.says("^In this order the mean stays within 5 % of the last one after \\d+ images?\\. Of 200 orders"_re));
  EXPECT_TRUE(page.says("% of the variance lies between images"_re));
  page.click("Another order");
  EXPECT_EQ(read_at(mean, 25), last);
  EXPECT_NE(read_at(mean, 1), first);
}

void The25Fields::an_exercise_asks_for_what_the_plot_shows_and_covers_it() {
  const auto needed = [&] { return page.read("^In this order the mean stays.*after (\\d+) image"_re)[1]; };
  for (int n = 0; n < 20 && needed() == "1"; ++n) page.click("Another order");
  const std::string right = needed();
  EXPECT_NE(right, "1");
  page.open_exercise(5);
  EXPECT_TRUE(page.says("^Read it from the running mean of the area"_re));
  EXPECT_FALSE(page.says("^In this order the mean stays"_re));
  EXPECT_EQ(page.answer(right).word, "Right");
  page.close_exercise();
  EXPECT_EQ(needed(), right);
}

void The25Fields::one_threshold_for_all_stands_beside_one_per_image() {
  page.click("How many images are enough?");
  page.click("One threshold for all?");
  page.click("Run with one threshold");
  const auto f1 = page.read("^Mean F1: ([\\d.]+) \\| ([\\d.]+)$"_re);
  for (const std::size_t i : {1U, 2U}) {
    EXPECT_GT(std::stod(f1[i]), 0.5);
    EXPECT_LT(std::stod(f1[i]), 1);
  }
  EXPECT_TRUE(page.says("Reproducible is not the same as right: look\\.$"_re));
  EXPECT_TRUE(matches(read_at("F1", 7), "^Nuclei 07: [\\d.]+, one for all [\\d.]+$"_re));
  page.open_exercise(4);
  EXPECT_EQ(choose(page, "^Neither by itself"_re).word, "Right");
  page.click("Show how");
  EXPECT_TRUE(page.says(pattern("the mean F1 is " + f1[1] + " per image and " + f1[2] + " with one")));
  page.close_exercise();
  page.click("^Look at Nuclei \\d\\d$"_re);
  EXPECT_TRUE(page.shows_step("Watershed"));
}

TEST_F(The25Fields, AreRunAndTheirLessonsAreMadeOfWhatCameOut) {
  page.click("Take the 25 fields");
  EXPECT_EQ(page.count(Role::button, "Pause"), 0U) << "the run is over";
  EXPECT_EQ(page.count(Role::button, "^Nuclei 07, far from the others: .*Threshold.*F1"_re), 1U);
  EXPECT_EQ(page.count(Role::button, "^Nuclei 02, \\d+ x \\d+ px"_re), 1U) << "others lie among the rest";
  counts_thresholds_and_distributions_are_those_of_the_list();
  the_running_mean_ends_at_the_mean_of_all_in_any_order();
  an_exercise_asks_for_what_the_plot_shows_and_covers_it();
  one_threshold_for_all_stands_beside_one_per_image();
  page.press("0");
  page.click("The loop, and its traps");
  EXPECT_TRUE(page.says("nuclei_01.tif -> nuclei_01_labeled.tif"));
}

}  // namespace
}  // namespace floodlight::test

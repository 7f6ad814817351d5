// The exercises of the step Many images: without a set, and about one that was run.
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/exercises/exercise.h"
#include "core/explain/field_statistics.h"
#include "tests/core/exercises/exercise_checks.h"

namespace floodlight {
namespace {

using testing::expect_mistake;
using testing::expect_right;
using testing::expect_sound;
using testing::says;

Exercise made(std::string_view id, std::span<const FieldOfSet> fields = {}) {
  auto exercise = make_exercise(id, {.raw = {}, .pixel = {}, .fields = fields});
  EXPECT_TRUE(exercise) << id;
  return exercise.value_or(Exercise{});
}

/// Fields whose nuclei have these areas, so many of them in each.
class Fields {
 public:
  explicit Fields(const std::vector<std::pair<float, std::size_t>>& fields) {
    for (const auto& [area, count] : fields) areas_.emplace_back(count, area);
    for (const auto& areas : areas_) list_.push_back({.areas = areas, .f1 = {}, .fixed_f1 = {}});
  }
  std::vector<FieldOfSet>& list() { return list_; }

 private:
  std::vector<std::vector<float>> areas_;
  std::vector<FieldOfSet> list_;
};

TEST(ManyExercises, AreSoundWithAndWithoutASet) {
  EXPECT_EQ(exercises_of_image_set().size(), 5U);
  Fields set({{600, 100}, {900, 10}, {500, 100}, {550, 50}, {560, 70}, {570, 30}});
  for (const std::string_view id : exercises_of_image_set()) {
    expect_sound(made(id), "");
    expect_sound(made(id, set.list()), "");
    EXPECT_EQ(made(id).id, id);
  }
}

TEST(ManyExercises, OneNameLeavesOneFile) {
  const Exercise e = made("image_set.name");
  EXPECT_TRUE(says(e.question, "25 images"));
  expect_right(e, 1);
  expect_mistake(e, 25, "each overwrites the last");
  expect_mistake(e, 0, "The last one stays");
  EXPECT_TRUE(says(e.worked, "image_025.tif"));
}

TEST(ManyExercises, InOneFolderTheSecondRunHas50Inputs) {
  expect_right(made("image_set.folder"), 50);
  expect_mistake(made("image_set.folder"), 25, "matches *.tif");
  expect_mistake(made("image_set.folder"), 75, "third run");
  Fields three({{1, 1}, {1, 1}, {1, 1}});
  expect_right(made("image_set.folder", three.list()), 6);
}

TEST(ManyExercises, IterdirStopsAndGlobMisses) {
  const Exercise e = made("image_set.iterdir");
  expect_right(e, 2);
  expect_mistake(e, 0, "iterdir lists everything");
  EXPECT_TRUE(says(e.worked, "misses scan.tiff and, where upper and lower case differ, overview.TIF.")) << e.worked;
}

TEST(ManyExercises, NoThresholdWinsByItself) {
  const Exercise e = made("image_set.threshold");
  expect_right(e, 2);
  expect_mistake(e, 0, "Reproducible is not the same as right");
  Fields set({{1, 1}, {1, 1}, {1, 1}});
  set.list()[0].f1 = 0.9;
  set.list()[0].fixed_f1 = 0.8;
  set.list()[1].f1 = 0.1;
  set.list()[1].fixed_f1 = 0.7;
  set.list()[2].f1 = 0.5;
  EXPECT_TRUE(
      says(made("image_set.threshold", set.list()).worked,
           "the mean F1 is 0.500 per image and 0.750 with one value for all; that one is better in 1 of 2 fields."))
      << made("image_set.threshold", set.list()).worked;
}

TEST(ManyExercises, EnoughIsReadFromTheSetWhereTheMeanOfAreasStays) {
  // Weighed by nuclei: 600, then 627, 567, 563, 563, 563; 5 % of the last is 28.
  Fields set({{600, 100}, {900, 10}, {500, 100}, {550, 50}, {560, 70}, {570, 30}});
  const Exercise e = made("image_set.enough", set.list());
  EXPECT_EQ(e.covers, std::vector{Covers::fields_needed});
  EXPECT_TRUE(says(e.question, "of the 6 fields"));
  expect_right(e, 3);
  expect_mistake(e, 1, "Nuclei of one field are alike: fields vary.");
  expect_mistake(e, 6, "settled before");
}

TEST(ManyExercises, WithoutASetThatServesEnoughIsWorkedOutByHand) {
  Fields alike({{600, 9}, {600, 9}, {600, 9}, {600, 9}, {600, 9}});
  for (const Exercise& e : {made("image_set.enough"), made("image_set.enough", alike.list())}) {
    EXPECT_TRUE(says(e.question, "Six fields have these mean areas")) << e.question;
    EXPECT_TRUE(e.covers.empty());
    std::vector<FieldSum> fields;
    const std::size_t colon = e.question.find(':');
    for (std::size_t at = colon; fields.size() < 6; at = e.question.find(',', at + 1))
      fields.push_back({std::stod(e.question.substr(at + 1)), 1});
    const auto running = running_mean(fields, shuffled_order(6, 0));
    expect_right(e, static_cast<double>(fields_needed(running, 0.05)));
    EXPECT_LT(first_within(running, 0.05), fields_needed(running, 0.05));
    EXPECT_EQ(e.mistakes.size(), 2U);
  }
}

}  // namespace
}  // namespace floodlight

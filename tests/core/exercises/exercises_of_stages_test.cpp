// The exercises from Label to Measure: teaching.md's numbers for the small field, and images of every kind.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <queue>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/exercises/exercise.h"
#include "core/exercises/exercise_parts.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "core/segment/distance_transform.h"
#include "core/segment/label.h"
#include "core/segment/morphology.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"
#include "tests/core/exercises/exercise_checks.h"
#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

using testing::expect_mistake;
using testing::expect_right;
using testing::expect_sound;
using testing::says;

constexpr Stage steps[] = {Stage::components, Stage::refined, Stage::distance,
                           Stage::seeds,      Stage::labels,  Stage::measurements};

/// An image with its stages, as the page hands them over.
class AtHand {
 public:
  AtHand(Image<float> image, const Recipe& recipe, Pixel pixel) : recipe_(recipe), pixel_(pixel) {
    pipeline_.set_recipe(recipe);
    pipeline_.set_image(std::move(image));
    pipeline_.finish();
  }
  [[nodiscard]] const StageValues& values() const { return pipeline_.values(); }
  void look_at(Pixel pixel) { pixel_ = pixel; }
  [[nodiscard]] Exercise exercise(std::string_view id) const {
    auto made = make_exercise(
        id, {.raw = values().raw, .values = &values(), .type_maximum = 255, .recipe = &recipe_, .pixel = pixel_});
    EXPECT_TRUE(made) << id;
    return made.value_or(Exercise{});
  }
  /// All exercises are sound; the ids of those that the image itself serves.
  [[nodiscard]] std::set<std::string> sound() const {
    std::set<std::string> served;
    for (const Stage step : steps) {
      for (const std::string_view id : exercises_of(step)) {
        const Exercise e = exercise(id);
        EXPECT_EQ(e.id, id);
        expect_sound(e, e.teaching_image.empty() ? "" : "small_field");
        if (e.teaching_image.empty()) served.emplace(id);
      }
    }
    return served;
  }

 private:
  Pipeline pipeline_;
  Recipe recipe_;
  Pixel pixel_;
};

AtHand sample_at_hand(std::string_view id, Pixel pixel) {
  const auto info = std::ranges::find(samples(), id, &SampleInfo::id);
  return {make_sample(id)->pixels, info->recipe, pixel};
}

/// Those that are about no image when the one at hand does not serve.
const std::set<std::string> of_no_image = {
    "label.name",          "label.uint8",      "refine.opening",      "refine.hole",       "refine.order",
    "distance.pythagoras", "distance.beside",  "distance.brightness", "seeds.coordinates", "watershed.next",
    "measure.area",        "measure.exposure", "measure.write"};

Exercise alone(std::string_view id) { return make_exercise(id, {}).value_or(Exercise{}); }

Exercise on_field(std::string_view id) {
  Exercise exercise = alone(id);
  EXPECT_EQ(exercise.teaching_image, "small_field") << id;
  return exercise;
}

// The small field's numbers.

TEST(LabelExercises, TheRawFieldHas5ObjectsWith8NeighboursAnd6With4) {
  const Exercise eight = on_field("label.eight");
  expect_right(eight, 5);
  expect_mistake(eight, 6, "more neighbours join more");
  const Exercise four = on_field("label.four");
  expect_right(four, 6);
  expect_mistake(four, 5, "more neighbours join more");
}

TEST(LabelExercises, TheFirstPixelDecidesNotSizeNorPlaceFromTheLeft) {
  const Exercise number = on_field("label.number");
  EXPECT_EQ(number.pixel, (Pixel{16, 2}));
  expect_right(number, 4);
  expect_mistake(number, 3, "by size");
  expect_mistake(number, 1, "from left to right");
  EXPECT_EQ(number.covers, std::vector{Covers::component});
}

TEST(LabelExercises, Label1IsTwoNucleiAsAreaAndSolidityTell) {
  const Exercise nuclei = on_field("label.nuclei");
  expect_right(nuclei, 2);
  expect_mistake(nuclei, 1, "Labelling joins whatever touches");
  EXPECT_TRUE(says(nuclei.worked, "area 132 against 60, 12, 20, solidity 0.92 against 1.00.")) << nuclei.worked;
}

TEST(LabelExercises, AMaskIsSemanticAndANumberIsAName) {
  expect_right(on_field("label.semantic"), 0);
  expect_mistake(on_field("label.semantic"), 1, "the values are all True");
  expect_right(alone("label.name"), 2);
  expect_mistake(alone("label.name"), 0, "A label is a name.");
}

TEST(LabelExercises, Nucleus256BecomesBackgroundInEightBits) {
  const Exercise saved = alone("label.uint8");
  expect_right(saved, 0);
  expect_mistake(saved, 255, "It wraps");
  expect_mistake(saved, 256, "8 bits end at 255.");
}

TEST(RefineExercises, DebrisJoinedByACornerGoesWithItsParts) {
  const Exercise corner = on_field("refine.corner");
  EXPECT_EQ(corner.pixel, (Pixel{1, 24}));
  expect_right(corner, 0);
  expect_mistake(corner, 3, "Its default connectivity is not label's: with 4 neighbours they are 2 and 1.");
}

TEST(RefineExercises, AnOpeningRemovesASinglePixel) {
  const Exercise opening = alone("refine.opening");
  expect_right(opening, 0);
  expect_mistake(opening, 1, "nothing is left");
  expect_mistake(opening, 9, "dilation alone");
}

TEST(RefineExercises, ClosingWithDisk5MakesOneObjectOfFour) {
  const Exercise closing = on_field("refine.closing");
  EXPECT_TRUE(says(closing.question, "has 4 objects")) << closing.question;
  expect_right(closing, 1);
  expect_mistake(closing, 4, "Gaps below the footprint close between nuclei as well as inside them.");
}

TEST(RefineExercises, OnlyFillHolesClosesAHoleThatTheFootprintEnters) {
  const Exercise built = alone("refine.hole");
  expect_right(built, 1);
  expect_mistake(built, 2, "leaves 36 pixels open");
  const Exercise ring = sample_at_hand("holes", {0, 0}).exercise("refine.hole");
  expect_right(ring, 1);
  EXPECT_EQ(ring.pixel, (Pixel{6, 10}));
}

TEST(RefineExercises, ARingOfSpecksSurvivesWhenItIsClosedFirst) {
  const Exercise order = alone("refine.order");
  expect_right(order, 1);
  expect_mistake(order, 0, "the closing finds nothing.");
  expect_mistake(order, 3, "one object of 16 pixels");
}

TEST(DistanceExercises, ThreeRowsAndFourColumnsAre5) {
  const Exercise distance = alone("distance.pythagoras");
  expect_right(distance, 5);
  expect_mistake(distance, 7, "Straight line, not steps.");
  expect_mistake(distance, 4, "Not the longer side");
  expect_mistake(distance, 3, "Not the shorter side");
  expect_mistake(distance, 25, "take its root");
  expect_right(alone("distance.beside"), 1);
  expect_mistake(alone("distance.beside"), 0, "0 is for background.");
}

TEST(DistanceExercises, TheLargestDiscSitsInTheWiderOfTheTwo) {
  const Exercise bent = on_field("distance.bent");
  EXPECT_EQ(bent.choices[static_cast<std::size_t>(bent.answer)], "row 6, column 7");
  expect_mistake(bent, 2, "may lie near an edge");
  expect_mistake(bent, 0, "The mask forgot intensities");
  expect_right(alone("distance.brightness"), 2);
}

TEST(DistanceExercises, AtTheBorderTheOutsideIsNoBackground) {
  const Exercise border = on_field("distance.border");
  EXPECT_EQ(border.pixel, (Pixel{19, 3}));
  EXPECT_EQ(border.answer, std::sqrt(13.0));
  expect_right(border, 3.61);
  expect_mistake(border, 1, "Outside the image is not background.");
}

TEST(SeedsExercises, TheFieldHas5SeedsAnd4WithTheBorderExcluded) {
  const Exercise count = on_field("seeds.count");
  expect_right(count, 5);
  expect_mistake(count, 4, "Two summits in one object");
  const Exercise border = on_field("seeds.border");
  expect_right(border, 4);
  expect_mistake(border, 5, "A summit at the border gets none");
}

TEST(SeedsExercises, TheLabsWindowLeaves2AndNoneWithTheBorderExcluded) {
  const Exercise window = on_field("seeds.window");
  expect_right(window, 2);
  expect_mistake(window, 5, "These numbers are pixels");
  expect_mistake(window, 0, "border excluded");
}

TEST(SeedsExercises, TheSummitBesideASeedIsTooNear) {
  const Exercise dropped = on_field("seeds.dropped");
  EXPECT_EQ(dropped.pixel, (Pixel{7, 15}));
  expect_right(dropped, 1);
  EXPECT_TRUE(says(dropped.worked, "The seed at row 6, column 15 is 1 step away, and 2 are needed."));
}

TEST(SeedsExercises, CoordinatesAloneSetSixWholeRows) {
  const Exercise coordinates = alone("seeds.coordinates");
  expect_right(coordinates, 600);
  expect_mistake(coordinates, 3, "tuple(coords.T)");
  expect_mistake(coordinates, 6, "Each number picks a whole row.");
}

TEST(SeedsExercises, NumbersFollowRasterOrderNotHeight) {
  const Exercise order = on_field("seeds.order");
  EXPECT_EQ(order.pixel, (Pixel{19, 3}));
  expect_right(order, 5);
  expect_mistake(order, 4, "sorted by height; the labels are not");
}

TEST(WatershedExercises, ADropOnThePairRunsIntoTheLargerBasin) {
  const Exercise drop = on_field("watershed.drop");
  EXPECT_EQ(drop.pixel, (Pixel{3, 11}));
  EXPECT_EQ(drop.choices[static_cast<std::size_t>(drop.answer)], "Label 1, seed at row 6, column 7");
}

TEST(WatershedExercises, NearestIsNotDownhillOnABigAndASmallDisc) {
  const AtHand discs = sample_at_hand("touching_discs", {15, 25});
  const Exercise drop = discs.exercise("watershed.drop");
  EXPECT_EQ(drop.teaching_image, "");
  ASSERT_TRUE(drop.pixel);
  EXPECT_EQ(discs.values().labels[*drop.pixel], 1);
  EXPECT_GT(drop.pixel->col, 23);  // halfway between the seeds
  expect_right(drop, 0);
  expect_mistake(drop, 1, "Nearest is not downhill: a narrow neck decides.");
}

TEST(WatershedExercises, TheNextPixelIsWhatAPriorityQueueGives) {
  const Exercise next = alone("watershed.next");
  std::priority_queue<std::array<int, 3>, std::vector<std::array<int, 3>>, std::greater<>> queue;
  for (int i = 0; i < static_cast<int>(next.choices.size()); ++i) {
    int value = 0;
    int age = 0;
    ASSERT_EQ(
        std::sscanf(next.choices[static_cast<std::size_t>(i)].c_str(), "Value %d, pushed as number %d", &value, &age),
        2);
    queue.push({value, age, i});
  }
  expect_right(next, queue.top()[2]);
  expect_mistake(next, 0, "The queue knows value and age only");
}

TEST(WatershedExercises, WithOneSeedBothNucleiShareALabel) {
  const Exercise seed = on_field("watershed.seed");
  EXPECT_EQ(seed.choices[static_cast<std::size_t>(seed.answer)], "1: another flood takes over");
  expect_mistake(seed, 2, "The flood goes over the saddle");
}

TEST(WatershedExercises, WithoutTheMinusLabel1Keeps1PixelAndLabel2Takes131) {
  const Exercise minus = on_field("watershed.minus");
  expect_right(minus, 1);
  expect_mistake(minus, 79, "the water starts at the rim");
  EXPECT_TRUE(says(minus.worked, "Label 1 has 1 pixel, label 2 131.")) << minus.worked;
}

TEST(WatershedExercises, WithoutTheMaskEverythingIsLabelled) {
  const Exercise mask = on_field("watershed.mask");
  expect_right(mask, 100);
  expect_mistake(mask, 38, "That is the mask");
  const StageValues& v = *small_field().values;
  Image<std::int32_t> depths = v.distance_squared;
  for (auto& depth : depths.pixels()) depth = -depth;
  const LabelImage flooded = watershed<std::int32_t>(depths, v.seeds.labels, MaskView());
  EXPECT_EQ(std::ranges::count(flooded.pixels(), 0), 0);
}

TEST(WatershedExercises, TheGaussiansCountIsRightAndItsLabelsAreNot) {
  const Exercise gaussian = on_field("watershed.gaussian");
  EXPECT_TRUE(says(gaussian.question, "finds 5 nuclei in the small field, and there are 5.")) << gaussian.question;
  expect_right(gaussian, 1);
  EXPECT_TRUE(says(gaussian.worked, "a pair, is cut into 3, and object 3 is lost.")) << gaussian.worked;
}

TEST(MeasureExercises, AnAreaIsTimesTheSquareOfAPixel) {
  const Exercise area = alone("measure.area");
  expect_right(area, 262);
  expect_mistake(area, 404, "Square the pixel size.");
  expect_mistake(area, 621, "in pixels");
}

TEST(MeasureExercises, TheOffsetDoesNotGrowWithTheLight) {
  const Exercise exposure = alone("measure.exposure");
  expect_right(exposure, 950);
  expect_mistake(exposure, 1100, "The offset does not grow with the light.");
}

TEST(MeasureExercises, BlurMovesAreaAndMean) {
  const Exercise blur = on_field("measure.blur");
  expect_right(blur, 1);
  EXPECT_TRUE(says(blur.worked, "Area 205, then 229 pixels; mean 129.5, then 116.1.")) << blur.worked;
}

TEST(MeasureExercises, NucleiAtTheBorderAreCountedByARule) {
  expect_right(on_field("measure.border"), 2);
  expect_right(alone("measure.write"), 1);
  expect_mistake(alone("measure.write"), 0, "not a photon count");
}

TEST(SmallFieldSubject, IsWhatTeachingSaysOfIt) {
  const StageValues& v = *small_field().values;
  EXPECT_EQ(v.raw_thresholded.above, 231);
  EXPECT_EQ(v.thresholded.above, 224);
  EXPECT_EQ(v.refined_added, 4);
  EXPECT_EQ(v.components.count, 4);
  std::vector<std::int64_t> areas;
  for (const RegionProperties& nucleus : v.measurements) areas.push_back(nucleus.area);
  EXPECT_EQ(areas, (std::vector<std::int64_t>{79, 53, 62, 12, 22}));
  EXPECT_NEAR(v.thresholded.threshold, 74.87, 0.005);
  EXPECT_NEAR(v.raw_thresholded.threshold, 74.72, 0.005);
}

// What is asked of the image at hand is true of its stages.

void expect_true_of(const AtHand& image) {
  const StageValues& v = image.values();
  const auto at_hand = [&](std::string_view id) {
    Exercise e = image.exercise(id);
    return e.teaching_image.empty() && e.pixel ? std::optional(std::move(e)) : std::nullopt;
  };
  if (const auto e = at_hand("label.number")) EXPECT_EQ(e->answer, v.components.labels[*e->pixel]);
  for (const std::string_view id : {"distance.pythagoras", "distance.border"}) {
    if (const auto e = at_hand(id)) EXPECT_EQ(e->answer, std::sqrt(v.distance_squared[*e->pixel])) << id;
  }
  if (const auto e = at_hand("seeds.order")) EXPECT_EQ(e->answer, v.seeds.labels[*e->pixel]);
  if (const auto e = at_hand("seeds.dropped")) EXPECT_EQ(v.seeds.labels[*e->pixel], 0);
  if (const auto e = at_hand("watershed.drop")) {
    const std::string label = "Label " + number_text(v.labels[*e->pixel]) + ",";
    EXPECT_TRUE(e->choices[static_cast<std::size_t>(e->answer)].starts_with(label)) << label;
  }
  if (const auto e = at_hand("watershed.minus")) {
    const LabelImage flooded = watershed<std::int32_t>(v.distance_squared, v.seeds.labels, v.refined);
    const int label = std::atoi(e->question.c_str() + e->question.find("Label ") + 6);
    EXPECT_EQ(e->answer, static_cast<double>(std::ranges::count(flooded.pixels(), label)));
  }
  if (const auto e = at_hand("measure.area")) {
    EXPECT_NE(v.labels[*e->pixel], 0);
    EXPECT_EQ(e->answer, static_cast<double>(std::ranges::count(v.labels.pixels(), v.labels[*e->pixel])) * 0.65 * 0.65);
  }
}

TEST(ExercisesOfStages, AreTrueOfSimulatedFieldsAndServeWhereTheyCan) {
  for (const std::string_view id : {"nuclei_01", "case_crowded", "case_border", "case_over_segmentation"}) {
    SCOPED_TRACE(id);
    AtHand image = sample_at_hand(id, {100, 100});
    const int last = image.values().raw.rows() - 1;
    for (const Pixel pixel : {Pixel{100, 100}, {0, 0}, {last, 60}, {47, image.values().raw.cols() - 1}}) {
      image.look_at(pixel);
      const std::set<std::string> served = image.sound();
      expect_true_of(image);
      for (const std::string usual : {"label.number", "label.semantic", "refine.closing", "distance.border",
                                      "seeds.dropped", "seeds.order", "watershed.drop", "watershed.seed",
                                      "watershed.minus", "watershed.mask", "measure.blur", "measure.border"}) {
        if (id == "case_border" || id == "case_over_segmentation") break;  // few nuclei, many of them odd
        EXPECT_TRUE(served.contains(usual)) << usual;
      }
    }
  }
}

TEST(ExercisesOfStages, AreSoundAtEveryPixelOfTheSmallField) {
  AtHand field = sample_at_hand("small_field", {0, 0});
  std::set<std::string> served;
  for (int row = 0; row < 20; ++row) {
    for (int col = 0; col < 30; ++col) {
      field.look_at({row, col});
      served.merge(field.sound());
      expect_true_of(field);
    }
  }
  for (const std::string id : {"label.eight", "refine.closing", "distance.bent", "seeds.count", "seeds.window",
                               "watershed.drop", "watershed.minus", "measure.area"}) {
    EXPECT_TRUE(served.contains(id)) << id;
  }
}

TEST(ExercisesOfStages, AreSoundOnTheSmallSamples) {
  for (const SampleInfo& info : samples()) {
    if (info.group != SampleGroup::small) continue;
    SCOPED_TRACE(info.id);
    const AtHand image = sample_at_hand(info.id, {5, 8});
    EXPECT_FALSE(image.sound().empty());
    expect_true_of(image);
  }
  expect_right(sample_at_hand("diagonal_neighbours", {0, 0}).exercise("label.four"), 9);
  expect_right(sample_at_hand("chess_board", {0, 0}).exercise("label.four"), 72);
  expect_right(sample_at_hand("diagonal_neighbours", {0, 0}).exercise("refine.corner"), 0);
}

TEST(ExercisesOfStages, AreSoundWithRandomRecipes) {
  testing::Dice dice(11);
  for (int i = 0; i < 150; ++i) {
    SCOPED_TRACE(i);
    Image<float> image = testing::blobs(dice, testing::roll(dice, 1, 45), testing::roll(dice, 1, 45), 9);
    const Pixel pixel{testing::roll(dice, 0, image.rows() - 1), testing::roll(dice, 0, image.cols() - 1)};
    Recipe recipe = testing::random_recipe(dice);
    const AtHand at_hand(std::move(image), recipe, pixel);
    std::ignore = at_hand.sound();
    if (recipe.connectivity == Connectivity::four && !(recipe.pixel_size_um > 0)) expect_true_of(at_hand);
  }
}

/// What only a picture with objects can serve is made from the small field.
void expect_taught(const std::set<std::string>& served) { EXPECT_EQ(served, of_no_image); }

TEST(ExercisesOfStages, APixelAConstantAndAnEmptyMaskLeaveTheSmallField) {
  expect_taught(AtHand(Image<float>(1, 1, {42}), Recipe{}, {0, 0}).sound());
  expect_taught(AtHand(Image<float>(20, 30), Recipe{}, {3, 4}).sound());
  Recipe high;
  high.cutoff = CutoffMethod::manual;
  high.cutoff_value = 1000;
  expect_taught(AtHand(Image<float>(20, 30, std::vector<float>(600, 7)), high, {3, 4}).sound());
}

TEST(ExercisesOfStages, AnAllTrueMaskServesForItsOneNucleusOnly) {
  Recipe low;
  low.cutoff = CutoffMethod::manual;
  low.cutoff_value = 1;
  for (const auto& [rows, cols] : {std::pair{1, 1}, {20, 30}, {1, 40}}) {
    const auto size = static_cast<std::size_t>(rows * cols);
    for (const std::string& id : AtHand(Image<float>(rows, cols, std::vector<float>(size, 7)), low, {0, 0}).sound()) {
      EXPECT_TRUE(of_no_image.contains(id) || id == "measure.border" || id == "seeds.dropped") << id;
    }
  }
}

TEST(ExercisesOfStages, WithoutValuesOrWithThoseOfAnotherImageTheSmallFieldServes) {
  const Image<float> image = make_sample("nuclei_02")->pixels;
  const AtHand other = sample_at_hand("holes", {0, 0});
  for (const StageValues* values : {static_cast<const StageValues*>(nullptr), &other.values()}) {
    for (const Stage step : steps) {
      for (const std::string_view id : exercises_of(step)) {
        const auto e = make_exercise(id, {.raw = image, .values = values, .pixel = {9999, -5}}).value();
        const bool by_image = of_no_image.contains(std::string(id)) || id == "measure.blur";
        expect_sound(e, by_image ? "" : "small_field");
      }
    }
  }
}

}  // namespace
}  // namespace floodlight

// The exercises: the lecture's numbers, answers that are judged as they should be, and images that cannot serve.
#include "core/exercises/exercise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "core/exercises/exercise_parts.h"
#include "core/learn/forest_terms.h"
#include "core/learn/pixel_classifier.h"
#include "core/samples/samples.h"
#include "core/segment/label.h"
#include "tests/core/exercises/exercise_checks.h"
#include "tests/core/random_inputs.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

using testing::expect_mistake;
using testing::expect_right;
using testing::expect_sound;
using testing::says;

constexpr Stage steps[] = {Stage::raw, Stage::mask, Stage::filtered};

const Image<float>& grid() {
  static const Image<float> image = make_sample("lecture_grid")->pixels;
  return image;
}

Exercise on(FloatView image, std::string_view id, Pixel pixel, double type_maximum = 255,
            const Recipe* recipe = nullptr) {
  auto made = make_exercise(id, {.raw = image, .type_maximum = type_maximum, .recipe = recipe, .pixel = pixel});
  EXPECT_TRUE(made) << id;
  return made.value_or(Exercise{});
}
Exercise on_grid(std::string_view id, Pixel pixel = {5, 14}) {
  Exercise exercise = on(grid(), id, pixel);
  EXPECT_EQ(exercise.teaching_image, "") << id;
  return exercise;
}

TEST(Exercises, OfTheLessonsHaveIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const Stage step : stages) {
    EXPECT_GE(exercises_of(step).size(), 5U);
    for (const std::string_view id : exercises_of(step)) EXPECT_TRUE(ids.insert(id).second) << id;
  }
  const auto unknown = make_exercise("pixels.nothing", {.raw = grid(), .pixel = {5, 14}});
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(says(unknown.error().message, "pixels.nothing"));
}

// The lecture's numbers.

TEST(Exercises, RowsAndColumnsOfTheGridAre19And26) {
  const Exercise rows = on_grid("pixels.rows");
  expect_right(rows, 19);
  expect_mistake(rows, 26, "shape is (rows, columns): down first.");
  expect_mistake(rows, 18, "starts at 0");
  const Exercise columns = on_grid("pixels.columns");
  expect_right(columns, 26);
  expect_mistake(columns, 19, "down first");
  EXPECT_EQ(columns.covers, std::vector{Covers::shape});
}

TEST(Exercises, TheValueAtRow5Column14Is209) {
  const Exercise value = on_grid("pixels.value");
  expect_right(value, 209);
  expect_mistake(value, 23, "Row first, then column");
  expect_mistake(value, 136, "Counting starts at 0");
  EXPECT_EQ(value.pixel, (Pixel{5, 14}));
  EXPECT_EQ(judge(value, 1000).verdict, Verdict::wrong);
  EXPECT_EQ(judge(value, 1000).sentence, "Count rows downwards and columns to the right, both from 0.");
}

TEST(Exercises, AWindowChangesNoNumber) {
  const Exercise window = on_grid("pixels.window");
  EXPECT_TRUE(says(window.question, "from 0-255 to 0-100")) << window.question;
  expect_right(window, 209);
  for (const double wrong : {255.0, 533.0, 100.0}) expect_mistake(window, wrong, "the picture, not the number");
}

TEST(Exercises, ThreeBitsHoldEightValues) {
  const Exercise bits = on_grid("pixels.bits");
  expect_right(bits, 8);
  expect_mistake(bits, 3, "Each bit doubles the count");
  expect_mistake(bits, 6, "Each bit doubles the count");
  expect_mistake(bits, 7, "0 counts too");
}

TEST(Exercises, AValueOf900Stands500PhotonsFor) {
  const Exercise photons = on_grid("pixels.photons");
  expect_right(photons, 500);
  expect_mistake(photons, 900, "not a photon count");
  expect_mistake(photons, 562.5, "offset off first");
  expect_mistake(photons, 563, "offset off first");
  expect_mistake(photons, 320, "Divide by the efficiency");
}

TEST(Exercises, NoiseAddsAsVariances) {
  const Exercise noise = on_grid("pixels.noise");
  expect_right(noise, 20.2);
  expect_mistake(noise, 3, "variance is its mean");
  expect_mistake(noise, 23, "Variances add");
  EXPECT_EQ(judge(on_grid("pixels.again"), 1).verdict, Verdict::right);
}

TEST(Exercises, From50To100PixelsFallAndObjectsRise) {
  const Exercise pixels = on_grid("threshold.pixels");
  EXPECT_TRUE(says(pixels.question, "from 50 up to 100")) << pixels.question;
  EXPECT_TRUE(says(pixels.worked, "110 pixels are above 50, 81 above 100")) << pixels.worked;
  expect_right(pixels, 1);
  expect_mistake(pixels, 0, "A higher cutoff selects fewer.");
  const Exercise objects = on_grid("threshold.objects");
  EXPECT_TRUE(says(objects.worked, "3 at 50, 4 at 100")) << objects.worked;
  expect_right(objects, 0);
  expect_mistake(objects, 1, "Fewer pixels, but a bridge broke. The count need not follow.");
}

TEST(Exercises, ThePixelOf83IsNotAbove83) {
  const Exercise strict = on_grid("threshold.strict", {18, 7});
  EXPECT_TRUE(says(strict.question, "raw_image > 83")) << strict.question;
  expect_right(strict, 1);
  expect_mistake(strict, 0, "`>=` would select it: 90 pixels instead of 89.");
}

TEST(Exercises, AMaskHoldsTwoValues) {
  const Exercise values = on_grid("threshold.values");
  expect_right(values, 2);
  expect_mistake(values, 256, "True and False");
  expect_mistake(values, 1, "False");
}

TEST(Exercises, OtsusPlaceIsAmongOthersThatSeparateLessWell) {
  const Exercise otsu = on_grid("threshold.otsu");
  ASSERT_GE(otsu.choices.size(), 3U);
  EXPECT_EQ(otsu.choices[static_cast<std::size_t>(otsu.answer)], "82.93");
  EXPECT_EQ(otsu.mistakes.size() + 1, otsu.choices.size());
  for (const KnownMistake& mistake : otsu.mistakes) EXPECT_TRUE(says(mistake.why, "% of the maximum")) << mistake.why;
  expect_mistake(otsu, 0, "the background's peak");
  EXPECT_EQ(otsu.covers, std::vector{Covers::threshold});
}

TEST(Exercises, OtsuOfIntegersIs83AndOfFloatsIs82Point93) {
  const Exercise integers = on_grid("threshold.integers");
  EXPECT_TRUE(says(integers.question, " gives 83 while")) << integers.question;
  EXPECT_TRUE(says(integers.question, "82.93 once they are float32")) << integers.question;
  EXPECT_TRUE(says(integers.worked, "differ by 1 pixel.")) << integers.worked;
  expect_right(integers, 2);
}

TEST(Exercises, AHotPixelMovesOtsuAsTheOtherPixelsShow) {
  const Exercise alone = on_grid("threshold.hot");  // outweighs all 493 others, and is left alone
  expect_right(alone, 0);
  EXPECT_TRUE(says(alone.worked, "from 82.93 to 355.54; 90 pixels were above it, and now 1.")) << alone.worked;
  const Image<float> bar = make_sample("plateau")->pixels;  // two values far apart: any cutoff between them will do
  const auto brightest = static_cast<int>(std::ranges::max_element(bar.pixels()) - bar.pixels().begin());
  for (const Pixel pixel : {Pixel{3, 3}, Pixel{brightest / bar.cols(), brightest % bar.cols()}}) {
    expect_right(on(bar, "threshold.hot", pixel), 2);
  }
}

TEST(Exercises, TheMedianAtRow5Column14Is152) {
  const Exercise median = on_grid("filter.median");
  EXPECT_TRUE(says(median.worked, "103, 106, 109, 136, 152, 179, 189, 209, 236")) << median.worked;
  expect_right(median, 152);
  expect_mistake(median, 209, "Sort first, then take the fifth.");
  expect_mistake(median, 157.7, "That is the mean.");
  expect_mistake(median, 157.67, "That is the mean.");
  expect_mistake(median, 236, "That is the maximum.");
  expect_mistake(median, 132, "That is the 5 x 5.");
  EXPECT_EQ(median.covers, std::vector{Covers::filtered_value});
}

TEST(Exercises, TheMeanThereIs157Point67) {
  const Exercise mean = on_grid("filter.mean");
  EXPECT_TRUE(says(mean.worked, "1419 / 9 = 157.67")) << mean.worked;
  for (const double right : {157.67, 157.665, 157.675, 1419.0 / 9, 157.667}) expect_right(mean, right);
  expect_mistake(mean, 1419, "Divide.");
  expect_mistake(mean, 177.4, "Divide by 9: the centre counts too.");
  expect_mistake(mean, 177.38, "Divide by 9: the centre counts too.");
  expect_mistake(mean, 151.25, "The centre counts too");
  expect_mistake(mean, 152, "That is the median.");
  for (const double coarse : {157.7, 157.66}) {
    EXPECT_EQ(judge(mean, coarse).verdict, Verdict::wrong);
    EXPECT_EQ(judge(mean, coarse).sentence, "Nearly: round it to 2 decimals.");
  }
  EXPECT_EQ(judge(mean, 12).sentence, "Add the nine values and divide by 9.");
}

TEST(Exercises, TheLecturesKernelThereGives148Point37) {
  const Exercise kernel = on_grid("filter.kernel");
  EXPECT_TRUE(says(kernel.worked, "40504 / 273 = 148.37")) << kernel.worked;
  EXPECT_TRUE(says(kernel.worked, "149.10")) << kernel.worked;
  expect_right(kernel, 148.37);
  expect_mistake(kernel, 1620.2, "Divide by the sum of the weights, 273, not by 25 pixels.");
  expect_mistake(kernel, 149.10, "9 x 9 real weights (radius 4)");
}

TEST(Exercises, TheCornersMeanIs11Point36WithRepeatedEdges) {
  const Exercise border = on_grid("filter.border");
  expect_right(border, 11.36);
  expect_mistake(border, 13.04, "`reflect`");
  EXPECT_EQ(
      std::ranges::count_if(border.mistakes,
                            [](const KnownMistake& m) { return m.why.starts_with("Nothing dark lies out there"); }),
      1);
  EXPECT_EQ(border.pixel, (Pixel{0, 0}));
}

TEST(Exercises, ASinglePixelIsSpreadByTheMeanAndRemovedByTheMedian) {
  expect_right(on_grid("filter.spot_mean"), 10);
  expect_mistake(on_grid("filter.spot_mean"), 0, "median");
  expect_right(on_grid("filter.spot_median"), 0);
  expect_mistake(on_grid("filter.spot_median"), 45, "Eight zeros out-vote one 90.");
}

TEST(Exercises, TheSmallFieldsHotPixelIsAHeapForTheMeanAndNothingForTheMedian) {
  const Image<float> field = make_sample("small_field")->pixels;
  const Exercise mean = on(field, "filter.mean", {9, 25});
  EXPECT_EQ(number_text(mean.answer, 1), "58.9");
  const Exercise median = on(field, "filter.median", {9, 25});
  expect_right(median, 29);
  expect_mistake(median, 200, "That is the pixel itself");
}

TEST(Exercises, TheGaussiansSideFollowsTheRecipesSigma) {
  expect_right(on_grid("filter.sigma"), 9);
  expect_mistake(on_grid("filter.sigma"), 4, "radius");
  expect_mistake(on_grid("filter.sigma"), 5, "lecture's kernel");
  Recipe recipe;
  recipe.filter[gaussian_sigma] = 3;
  expect_right(on(grid(), "filter.sigma", {5, 14}, 255, &recipe), 25);
  recipe.filter[gaussian_sigma] = 0;
  expect_right(on(grid(), "filter.sigma", {5, 14}, 255, &recipe), 9);
}

// Answers made by hand are the filters' own, borders and corners included.

TEST(Exercises, AgreeWithTheFiltersAtEveryPixel) {
  const Kernel lecture{5, 5, {1, 4, 7, 4, 1, 4, 16, 26, 16, 4, 7, 26, 41, 26, 7, 4, 16, 26, 16, 4, 1, 4, 7, 4, 1}, 273};
  const Image<float> field = make_sample("small_field")->pixels;
  const Image<float> medians = median(field, 3);
  const Image<float> means = mean(field, 3);
  const Image<float> weighed = convolve(field, lecture);
  for (int row = 0; row < field.rows(); ++row) {
    for (int col = 0; col < field.cols(); ++col) {
      const auto near = [&](std::string_view id, const Image<float>& filtered) {
        const Exercise exercise = on(field, id, {row, col});
        if (!exercise.teaching_image.empty()) return;  // all its values are equal
        const auto expected = static_cast<double>(filtered[row, col]);
        EXPECT_NEAR(exercise.answer, expected, 1e-6 * expected) << id << " " << row << " " << col;
      };
      near("filter.median", medians);
      near("filter.mean", means);
      near("filter.kernel", weighed);
    }
  }
  EXPECT_NEAR(on(field, "filter.border", {9, 9}).answer, static_cast<double>(mean(field, 5)[0, 0]), 1e-5);
}

// Every exercise, on images of every kind.

/// All exercises from an image; `taught` are those for which it cannot serve.
void expect_all_sound(FloatView image, double type_maximum, Pixel pixel, const std::set<std::string_view>& taught) {
  for (const Stage step : steps) {
    for (const std::string_view id : exercises_of(step)) {
      const Exercise exercise = on(image, id, pixel, type_maximum);
      EXPECT_EQ(exercise.id, id);
      expect_sound(exercise, taught.contains(id) ? "lecture_grid" : "");
    }
  }
}

TEST(Exercises, AreSoundOnTheLecturesGrid) {
  for (int row = 0; row < grid().rows(); ++row) {
    for (int col = 0; col < grid().cols(); ++col) expect_all_sound(grid(), 255, {row, col}, {});
  }
}

TEST(Exercises, AreSoundOnASimulatedField) {
  const Sample sample = make_sample("nuclei_01").value();
  const int last_row = sample.pixels.rows() - 1;
  const int last_col = sample.pixels.cols() - 1;
  for (const Pixel pixel : {Pixel{0, 0}, {100, 200}, {0, last_col}, {last_row, last_col}}) {
    expect_all_sound(sample.pixels, sample.type_maximum, pixel, {});
  }
  const Exercise pixels = on(sample.pixels, "threshold.pixels", {0, 0}, sample.type_maximum);
  expect_right(pixels, 1);
}

TEST(Exercises, AreSoundOnTheSmallField) { expect_all_sound(make_sample("small_field")->pixels, 255, {9, 25}, {}); }

const std::set<std::string_view> of_several_values = {"threshold.pixels", "threshold.objects",  "threshold.values",
                                                      "threshold.otsu",   "threshold.integers", "threshold.hot",
                                                      "filter.median",    "filter.mean",        "filter.kernel",
                                                      "filter.border",    "filter.blur"};

TEST(Exercises, AConstantImageServesOnlyForPlacesAndNumbers) {
  const Image<float> constant(20, 30, std::vector<float>(600, 7));
  expect_all_sound(constant, 255, {3, 4}, of_several_values);
  const Image<float> zero(20, 30);
  expect_all_sound(zero, 255, {3, 4}, of_several_values);
}

TEST(Exercises, ASinglePixelServesOnlyForPlacesAndNumbers) {
  const Image<float> one(1, 1, {42});
  expect_all_sound(one, 255, {0, 0}, of_several_values);
}

TEST(Exercises, AnImageOf3By2ServesWhereNoNeighboursAreAsked) {
  const Image<float> six(3, 2, {1, 20, 60, 70, 110, 200});
  std::set<std::string_view> taught = of_several_values;
  for (const std::string_view id : {"threshold.pixels", "threshold.objects", "threshold.values", "threshold.otsu",
                                    "threshold.integers", "threshold.hot"}) {
    taught.erase(id);
  }
  expect_all_sound(six, 255, {2, 1}, taught);
}

TEST(Exercises, FractionsServeWhereNothingIsAddedByHand) {
  testing::Dice dice(5);
  Image<float> fractions = testing::blobs(dice, 40, 50, 9);
  for (float& value : fractions.pixels()) value = value / 7 + 1000;
  expect_all_sound(fractions, 0, {11, 13},
                   {"pixels.value", "pixels.window", "threshold.strict", "threshold.integers", "filter.median",
                    "filter.mean", "filter.kernel", "filter.border"});
  for (float& value : fractions.pixels()) value = (value - 1000) / 65535;
  expect_all_sound(fractions, 0, {11, 13},
                   {"pixels.value", "pixels.window", "threshold.strict", "threshold.integers", "threshold.hot",
                    "filter.median", "filter.mean", "filter.kernel", "filter.border"});
}

TEST(Exercises, AnEmptyImageAndNotANumberLeaveTheLecturesGrid) {
  std::set<std::string_view> taught = of_several_values;
  taught.insert({"pixels.value", "pixels.window", "threshold.strict"});
  Image<float> broken(20, 30, std::vector<float>(600, std::numeric_limits<float>::quiet_NaN()));
  expect_all_sound(broken, 255, {3, 4}, taught);
  taught.insert({"pixels.rows", "pixels.columns"});
  expect_all_sound(FloatView(), 0, {}, taught);
}

TEST(Exercises, SumsOf16BitNumbersAreAsked) {
  testing::Dice dice(8);
  Image<float> image(30, 40);
  for (float& value : image.pixels()) value = static_cast<float>(testing::roll(dice, 50000, 65535));
  expect_all_sound(image, 65535, {7, 7}, {"threshold.hot"});
  const Exercise kernel = on(image, "filter.kernel", {7, 7}, 65535);
  EXPECT_EQ(kernel.answer * 273, std::round(kernel.answer * 273));
}

TEST(Exercises, AMistakeThatCoincidesIsDropped) {
  Image<float> image(5, 5, std::vector<float>(25, 10));
  image[1, 1] = 12;
  const Exercise median =
      on(image, "filter.median", {2, 2});  // itself, 5 x 5 and minimum are 10 as well, the mean 10.2
  ASSERT_EQ(median.mistakes.size(), 1U);
  EXPECT_EQ(median.mistakes.front().why, "That is the maximum.");
}

// Of the pixel classifier's steps, with a forest that has been trained and without one.

constexpr Stage learnt_steps[] = {Stage::filtered, Stage::mask};

TEST(Exercises, OfThePixelClassifierHaveIdsOfTheirOwnAndAreSoundOnEverySample) {
  std::set<std::string_view> ids;
  for (const Stage step : learnt_steps) {
    for (const std::string_view id : exercises_of(step, mask_sources::classifier)) EXPECT_TRUE(ids.insert(id).second);
    for (const std::string_view id : exercises_of(step)) EXPECT_TRUE(ids.insert(id).second) << id;
  }
  EXPECT_EQ(exercises_of(Stage::labels, mask_sources::classifier).data(),
            exercises_of(Stage::labels, mask_sources::classifier).data());
  const std::set<std::string_view> of_a_forest = {"forest.question", "forest.impurity"};
  for (const char* name : {"lecture_grid", "small_field", "nuclei_01", "constant"}) {
    const auto sample = make_sample(name);
    if (!sample) continue;
    for (const Pixel pixel : {Pixel{0, 0}, {5, 9}}) {
      for (const Stage step : learnt_steps) {
        for (const std::string_view id : exercises_of(step, mask_sources::classifier)) {
          const Exercise e = on(sample->pixels, id, pixel);
          // Nothing is painted: questions of a forest are about the small field's.
          const bool small_field = of_a_forest.contains(id) || id == "forest.touching";
          expect_sound(e, small_field ? "small_field" : e.teaching_image);
          EXPECT_TRUE(small_field || e.teaching_image.empty() || id == "features.edges") << id;
        }
      }
    }
  }
}

TEST(Exercises, OfAForestAreAboutTheOneAtHand) {
  const Sample sample = make_sample("nuclei_01").value();
  const auto paint = paint_image(example_paint(*sample.truth), sample.pixels.rows(), sample.pixels.cols());
  TrainingSet set;
  ASSERT_TRUE(append_painted_image(set, sample.pixels, paint, {}));
  Recipe recipe;
  recipe.mask_from = &mask_sources::classifier;
  recipe.classifier = std::make_shared<const PixelClassifier>(train_classifier(set, {}, {}, {}).value());
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(sample.pixels);
  pipeline.finish();
  const Forest& forest = recipe.classifier->forest;
  int left = 0;
  for (const Pixel pixel : {Pixel{0, 0}, {100, 200}, {219, 273}, {300, 20}, {511, 511}}) {
    const auto made = [&](std::string_view id) {
      return make_exercise(id, {.raw = sample.pixels, .values = &pipeline.values(), .recipe = &recipe, .pixel = pixel})
          .value();
    };
    std::vector<float> values(forest.features);
    features_at(pipeline.values().features, pixel, values);
    const PathStep asked = tree_path(forest, 0, values).steps.front();
    const Exercise question = made("forest.question");
    expect_sound(question, "");
    EXPECT_EQ(question.answer, asked.left ? 0 : 1);
    EXPECT_EQ(question.pixel, pixel);
    left += asked.left ? 1 : 0;
    const Exercise impurity = made("forest.impurity");
    expect_sound(impurity, "");
    const auto counts = forest.counts(forest.trees[0], 0);
    const double share = counts[0] / static_cast<double>(counts[0] + counts[1]);
    EXPECT_NEAR(impurity.answer, 2 * share * (1 - share), 1e-12);
  }
  EXPECT_GT(left, 0);
  EXPECT_LT(left, 5);
}

TEST(Exercises, OfThePixelClassifierKnowTheUsualMistakes) {
  const Exercise count = on_grid("features.count");
  expect_right(count, 12);
  expect_mistake(count, 9, "two numbers");
  expect_mistake(count, 24, "six scales");
  const Exercise reach = on_grid("features.reach");
  expect_right(reach, 16);
  expect_mistake(reach, 4, "how wide the bell is");
  expect_mistake(reach, 33, "whole side");
  expect_right(on_grid("features.eigenvalues"), 0);
  expect_right(on_grid("features.exposure"), 0);
  const Exercise probability = on_grid("forest.probability");
  expect_right(probability, 0.65);
  expect_mistake(probability, 0.4, "votes");
  expect_right(on_grid("forest.votes"), 0);
  const Exercise uncertain = on_grid("forest.uncertainty");
  expect_right(uncertain, 0.6);
  expect_mistake(uncertain, 0.4, "take it from 1");
  const Exercise classes = on_grid("forest.classes");
  expect_right(classes, 1);
  expect_mistake(classes, 0, "everything is selected");
  const auto touching = make_exercise("forest.touching", {.raw = grid(), .pixel = {5, 14}}).value();
  expect_right(touching, 4);
  expect_mistake(touching, 5, "those that touch are one object");
  expect_right(on_grid("forest.depth"), 8);
}

}  // namespace
}  // namespace floodlight

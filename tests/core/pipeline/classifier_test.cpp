// A recipe whose mask comes from a pixel classifier: what it computes, as text and back, and what a change reaches.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "core/export/python.h"
#include "core/export/python_export.h"
#include "core/export/shared_state.h"
#include "core/learn/pixel_classifier_json.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe_history.h"
#include "core/samples/samples.h"
#include "core/segment/filters.h"
#include "tests/core/learn/classifiers.h"

namespace floodlight {
namespace {

using testing::any_classifier;
using testing::blobs;
using testing::classifier_recipe;
using testing::Dice;

LabelImage labels_of(const Recipe& recipe, const Image<float>& image) {
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure()) << pipeline.failure()->error.message;
  return pipeline.values().labels;
}

Recipe back_from_json(const Recipe& recipe, int indent = 0) {
  auto read = recipe_from_text(write_json(recipe_to_json(recipe), indent));
  EXPECT_TRUE(read) << read.error().message;
  return read.value_or(Recipe{});
}

std::string refusal(const std::string& mask) {
  const auto read = recipe_from_text("{\"floodlight_recipe\": 1, \"mask\": " + mask + "}");
  return read ? "accepted" : read.error().message;
}

TEST(ClassifierRecipe, TheMaskIsTheForestsClassAndTheRestIsAsEver) {
  Dice dice(31);
  const Recipe recipe = classifier_recipe(any_classifier(dice));
  const Image<float> image = blobs(dice, 60, 70, 15);
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(image);
  pipeline.finish();
  ASSERT_FALSE(pipeline.failure()) << pipeline.failure()->error.message;
  const StageValues& values = pipeline.values();
  const ScaleSpace space = scale_space(image, recipe.classifier->features).value();
  const Prediction prediction = predict(space, recipe.classifier->forest);
  EXPECT_EQ(values.features, space);
  EXPECT_EQ(values.prediction, prediction);
  EXPECT_EQ(values.filtered, space.smoothed.front());
  EXPECT_EQ(values.thresholded.mask, mask_of_class(prediction, 1));
  EXPECT_EQ(values.thresholded.above, std::ranges::count(values.thresholded.mask.pixels(), std::uint8_t{1}));
  EXPECT_TRUE(std::isnan(values.thresholded.cutoff.lowest));
  EXPECT_GT(values.nuclei, 3);
  // The classic way from the same mask: an image that is the mask, cut at a half.
  Recipe classic = recipe;
  classic.mask_from = &mask_sources::classic;
  classic.filter = filters::none;
  classic.threshold = thresholds::manual;
  classic.threshold[cutoff_value] = 0.5;
  Image<float> as_image(image.rows(), image.cols());
  std::ranges::copy(values.thresholded.mask.pixels(), as_image.pixels().begin());
  EXPECT_EQ(values.labels, labels_of(classic, as_image));
}

TEST(ClassifierRecipe, GivesTheSameLabelsAfterAJourneyAsText) {
  // Painted where the truth of the first field says so; then the other fields.
  const Sample painted = make_sample("nuclei_01").value();
  Dice dice(32);
  PaintImage paint(painted.pixels.rows(), painted.pixels.cols());
  for (int i = 0; i < 600; ++i) {
    const Pixel pixel{testing::roll(dice, 0, paint.rows() - 1), testing::roll(dice, 0, paint.cols() - 1)};
    paint[pixel] = (*painted.truth)[pixel] > 0 ? 1 : 2;
  }
  TrainingSet set;
  ASSERT_TRUE(append_painted_image(set, painted.pixels, paint, {}));
  Recipe recipe;
  recipe.mask_from = &mask_sources::classifier;
  recipe.classifier = std::make_shared<const PixelClassifier>(
      train_classifier(set, {}, {}, {{.image = "nuclei_01.tif", .paint = "nuclei_01_paint.tif"}}).value());
  for (const char* sample : {"nuclei_02", "nuclei_15"}) {
    const Image<float> image = make_sample(sample).value().pixels;
    const LabelImage labels = labels_of(recipe, image);
    EXPECT_GT(std::ranges::max(labels.pixels()), 20) << sample;
    for (const int indent : {0, 2}) EXPECT_EQ(labels_of(back_from_json(recipe, indent), image), labels) << sample;
  }
}

TEST(ClassifierRecipe, ReadsBackAsTheSameRecipe) {
  Dice dice(33);
  const Recipe recipe = classifier_recipe(any_classifier(dice));
  const Recipe read = back_from_json(recipe);
  EXPECT_EQ(read, recipe);
  EXPECT_EQ(*read.classifier, *recipe.classifier);
  EXPECT_EQ(recipe_to_json(read), recipe_to_json(recipe));
  EXPECT_EQ(recipe_to_json(recipe).find("filter"), nullptr);
  EXPECT_EQ(recipe_to_json(recipe).find("threshold"), nullptr);
  EXPECT_NE(classifier_recipe(any_classifier(dice)), recipe);
  Recipe other = recipe;
  other.mask_from = &mask_sources::classic;
  EXPECT_NE(other, recipe);
}

TEST(ClassifierRecipe, OneWithoutAClassifierSaysNothingOfIt) {
  EXPECT_EQ(recipe_to_json({}).find("mask"), nullptr);
  // What was trained is kept while the classic way is gone, and is no part of what it does.
  Dice dice(34);
  Recipe recipe;
  recipe.classifier = std::make_shared<const PixelClassifier>(any_classifier(dice));
  EXPECT_EQ(recipe, Recipe{});
  EXPECT_EQ(recipe_to_json(recipe), recipe_to_json({}));
  EXPECT_EQ(refusal("{\"from\": \"classic\"}"), "accepted");
}

TEST(ClassifierRecipe, RefusesAWayWithoutWhatItNeeds) {
  Dice dice(35);
  const std::string classifier = write_json(classifier_to_json(any_classifier(dice)));
  EXPECT_EQ(refusal("{\"from\": \"classifier\", \"classifier\": " + classifier + "}"), "accepted");
  EXPECT_EQ(refusal("{\"from\": \"classifier\"}"),
            "mask.from is \"classifier\"; then mask.classifier must be there, too.");
  EXPECT_EQ(refusal("{\"classifier\": " + classifier + "}"),
            "mask.from is \"classic\"; where mask.classifier is there, it must be \"classifier\".");
  EXPECT_EQ(refusal("{\"from\": \"classifier\", \"classifier\": {}}"),
            "mask.classifier: The classifier has no \"classes\".");
  EXPECT_EQ(refusal("{\"from\": \"forest\"}"),
            "mask.from is \"forest\"; it must be one of classic, classifier, network, network_mask.");
  Recipe untrained;
  untrained.mask_from = &mask_sources::classifier;
  Pipeline pipeline;
  pipeline.set_recipe(untrained);
  pipeline.set_image(blobs(dice, 20, 20, 3));
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure());
  EXPECT_EQ(pipeline.failure()->error.message, "There is no pixel classifier yet; train one on painted pixels.");
}

TEST(ClassifierRecipe, SaysWhyAnImageHasNoFeatures) {
  Dice dice(36);
  Pipeline pipeline;
  pipeline.set_recipe(classifier_recipe(any_classifier(dice)));
  Image<float> image = blobs(dice, 20, 20, 3);
  image[4, 4] = std::numeric_limits<float>::quiet_NaN();
  pipeline.set_image(image);
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure());
  EXPECT_EQ(pipeline.failure()->error.message,
            "1 pixel is NaN or infinite, which have no features; treat them as 0 to go on.");
  pipeline.set_image(Image<float>(1, 20));
  pipeline.finish();
  ASSERT_TRUE(pipeline.failure());
  EXPECT_EQ(pipeline.failure()->error.message,
            "Texture needs at least 2 rows and 2 columns; this image has 1 x 20 pixels.");
}

TEST(ClassifierRecipe, ComputesOnlyWhatAChangeReaches) {
  Dice dice(37);
  const Recipe first = classifier_recipe(any_classifier(dice));
  Pipeline pipeline;
  pipeline.set_recipe(first);
  pipeline.set_image(blobs(dice, 60, 60, 12));
  pipeline.finish();
  const auto runs = [&](Stage stage) { return pipeline.runs(stage); };
  // The same in another object: nothing.
  Recipe same = first;
  same.classifier = std::make_shared<const PixelClassifier>(*first.classifier);
  pipeline.set_recipe(same);
  EXPECT_FALSE(pipeline.busy());
  // Another forest on the same features: they are kept.
  const Recipe second = classifier_recipe(any_classifier(dice, {}, {.trees = 3, .seed = 9}));
  pipeline.set_recipe(second);
  pipeline.finish();
  EXPECT_EQ(runs(Stage::filtered), 1U);
  EXPECT_EQ(runs(Stage::mask), 2U);
  // Other features.
  pipeline.set_recipe(classifier_recipe(any_classifier(dice, {.sigmas = {2}})));
  pipeline.finish();
  EXPECT_EQ(runs(Stage::filtered), 2U);
  EXPECT_EQ(pipeline.values().features.smoothed.size(), 1U);
  // To the classic way and back.
  pipeline.set_recipe(Recipe{});
  EXPECT_TRUE(pipeline.values().features.smoothed.empty());
  EXPECT_TRUE(pipeline.values().prediction.probabilities.empty());
  pipeline.finish();
  EXPECT_FALSE(std::isnan(pipeline.values().thresholded.cutoff.lowest));
  pipeline.set_recipe(second);
  pipeline.finish();
  EXPECT_EQ(pipeline.values().labels, labels_of(second, pipeline.values().raw));
}

TEST(ClassifierRecipe, AnInterruptedRunEndsAsAnUninterruptedOne) {
  Dice dice(38);
  const Image<float> image = blobs(dice, 90, 100, 25);
  const Recipe recipe = classifier_recipe(any_classifier(dice));
  const Recipe other = classifier_recipe(any_classifier(dice, {.sigmas = {1, 3}}));
  const LabelImage expected = labels_of(recipe, image);
  for (int after = 0; after < 12; ++after) {
    Pipeline pipeline;
    pipeline.set_recipe(recipe);
    pipeline.set_image(image);
    for (int i = 0; i < after; ++i) pipeline.advance();
    // An equal classifier in the place of the first, which is gone; then, now and then, another one for a while.
    Recipe equal = recipe;
    equal.classifier = std::make_shared<const PixelClassifier>(*recipe.classifier);
    pipeline.set_recipe(equal);
    if (after % 3 == 2) {
      pipeline.set_recipe(after % 2 == 0 ? other : Recipe{});
      for (int i = 0; i < after; ++i) pipeline.advance();
      pipeline.set_recipe(equal);
    }
    pipeline.finish();
    EXPECT_EQ(pipeline.values().labels, expected) << after;
  }
}

TEST(ClassifierRecipe, CanBeUndone) {
  Dice dice(39);
  RecipeHistory history;
  const Recipe first = classifier_recipe(any_classifier(dice));
  const Recipe second = classifier_recipe(any_classifier(dice));
  history.changed({}, first, {.frame = 1, .milliseconds = 100});
  history.changed(first, second, {.frame = 2, .milliseconds = 200});
  EXPECT_EQ(history.undo(second), first);
  EXPECT_EQ(history.undo(first), Recipe{});
  EXPECT_EQ(history.redo({}), first);
}

TEST(ClassifierRecipe, ALinkHoldsItWhereItIsShortAndSaysWhatIsWrongWithIt) {
  Dice dice(40);
  SharedState state;
  state.sample = "nuclei_02";
  state.recipe = classifier_recipe(any_classifier(dice));
  const std::string fragment = shared_state_fragment(state);
  EXPECT_NE(fragment.find("mask.from=classifier"), std::string::npos) << fragment;
  const auto opened = shared_state_from_fragment(fragment);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->recipe, state.recipe);
  const std::size_t learnt = fragment.find("&mask.learnt=");
  ASSERT_NE(learnt, std::string::npos);
  const auto refused = [](const std::string& link) { return shared_state_from_fragment(link).error().message; };
  EXPECT_EQ(refused(fragment.substr(0, learnt)),
            "Its mask comes from what was learnt from paint, which is too long for a link; open the recipe's JSON file "
            "instead.");
  EXPECT_EQ(refused(fragment.substr(0, fragment.size() - 40)),
            "It is cut short or was changed on its way; copy the whole link.");
  EXPECT_EQ(refused("v=1&image=nuclei_02&mask.learnt=AAAA"),
            "mask.learnt is given, but its mask comes from nothing learnt.");
  const auto by_file = shared_state_from_json(shared_state_to_json(state));
  ASSERT_TRUE(by_file) << by_file.error().message;
  EXPECT_EQ(by_file->recipe, state.recipe);
}

TEST(ClassifierRecipe, TermsAreTheValuesAtThePixel) {
  Dice dice(41);
  const Recipe recipe = classifier_recipe(any_classifier(dice));
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(blobs(dice, 30, 30, 5));
  pipeline.finish();
  const StageValues& values = pipeline.values();
  for (const Pixel pixel : {Pixel{0, 0}, Pixel{13, 7}, Pixel{29, 29}}) {
    const auto smoothed = recipe.mask_from->step(Stage::filtered)->terms(recipe, values, pixel);
    EXPECT_FLOAT_EQ(static_cast<float>(smoothed.result), values.filtered[pixel]);
    const auto share = recipe.mask_from->step(Stage::mask)->terms(recipe, values, pixel);
    EXPECT_EQ(static_cast<float>(share.result), values.prediction.probabilities[0][pixel]);
  }
}

TEST(ClassifierRecipe, PythonIsWhatAStudentWouldType) {
  Dice dice(42);
  Recipe recipe = classifier_recipe(any_classifier(dice, {}, {.trees = 4, .max_depth = std::nullopt, .seed = 8}));
  EXPECT_EQ(python_lines(recipe, Stage::filtered),
            "features = skimage.feature.multiscale_basic_features(raw_image, sigma_min=1, sigma_max=4)\n"
            "filtered_image = features[..., 0]");
  EXPECT_EQ(python_lines(recipe, Stage::mask),
            "painted_image = tifffile.imread(\"a.tif\").astype(\"float32\")\n"
            "paint = tifffile.imread(\"a_paint.tif\")\n"
            "samples = skimage.feature.multiscale_basic_features(painted_image, sigma_min=1, sigma_max=4)[paint > 0]\n"
            "classes = paint[paint > 0]\n"
            "forest = RandomForestClassifier(n_estimators=4, max_depth=None, random_state=8).fit(samples, classes)\n"
            "predicted = forest.predict(features.reshape(-1, features.shape[-1])).reshape(raw_image.shape)\n"
            "binary_mask = predicted == 1");
  const auto features = [&](const FeatureChoice& choice) {
    const std::string text = python_lines(classifier_recipe(any_classifier(dice, choice)), Stage::filtered);
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(features({.edges = false, .sigmas = {1, 4}}),
            "features = skimage.feature.multiscale_basic_features(raw_image, edges=False, sigma_min=1, sigma_max=4)"
            "[..., [0, 1, 2, 6, 7, 8]]");
  EXPECT_EQ(features({.texture = false, .sigmas = {1, 1.5}}),
            "features = np.concatenate([skimage.feature.multiscale_basic_features(raw_image, texture=False, "
            "sigma_min=sigma, sigma_max=sigma) for sigma in (1, 1.5)], axis=-1)");
  const std::string macro = imagej_macro(recipe);
  EXPECT_TRUE(macro.starts_with("// ImageJ's macro language has no equivalent of this pixel classifier; Labkit and "));
  EXPECT_TRUE(macro.ends_with("so that their masks differ.\");\n"));
}

}  // namespace
}  // namespace floodlight

// Features and Forest: the steps of machine learning, painted with the mouse and by keyboard, learnt from, and explained.
#include <algorithm>
#include <cmath>
#include <string>

#include "core/learn/forest_terms.h"
#include "core/learn/paint.h"
#include "core/learn/pixel_classifier.h"
#include "core/score/nucleus_life.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

constexpr std::string_view ways = "Where the mask comes from";

/// The image with its mask from machine learning, at the step of the forest.
struct Forested : Page {
  explicit Forested(std::string_view image = "nuclei_01", ImVec2 size = {1280, 800}) : Page(opening(image, size)) {
    click(Role::radio, "Machine learning", ways);
    settled();
  }
  static Opening opening(std::string_view image, ImVec2 size) {
    Opening opening = at(image, "filter");
    opening.size = size;
    return opening;
  }
};

const ui::App& app() { return ui::app(); }

/// What the page should have learnt: the forest of this paint alone.
PixelClassifier learnt_from(const Paint& paint, const PixelClassifier& like) {
  TrainingSet set;
  const auto& raw = app().values().raw;
  append_painted_image(set, raw, paint_image(paint, raw.rows(), raw.cols()), like.features).value();
  return train_classifier(set, like.features, like.settings, like.painted).value();
}

TEST(Ways, SwapTheSecondAndThirdStepAndKeepWhatEachHas) {
  Page page(at("nuclei_01", "threshold"));
  page.choose("Method", "Triangle");
  const int nuclei = page.nuclei();
  page.click(Role::radio, "Machine learning", ways);
  page.settled();
  EXPECT_EQ(page.selected_step(), "Features");
  EXPECT_TRUE(page.shows_step("Features"));
  EXPECT_FALSE(page.has_alert()) << "whoever is about to paint need not be told that nothing is painted";
  page.press("3");
  EXPECT_EQ(page.selected_step(), "Forest");
  page.press("4");
  EXPECT_EQ(page.selected_step(), "Label");
  EXPECT_EQ(page.alert(), "There is no forest yet: paint a few pixels of nuclei and a few of the background.");
  page.click("Go to Forest");
  EXPECT_EQ(page.selected_step(), "Forest");
  page.click(Role::radio, "Classic", ways);
  page.settled();
  EXPECT_EQ(page.selected_step(), "Filter");
  EXPECT_EQ(page.recipe().threshold->label, "Triangle");
  EXPECT_EQ(page.nuclei(), nuclei);
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(page.selected_step(), "Forest") << "a way can be undone like everything else";
}

TEST(ForestStep, LearnsFromSamplePaintWhatTheCoreLearnsFromIt) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  const PixelClassifier& classifier = *page.recipe().classifier;
  const Paint paint = example_paint(app().truth->labels);
  EXPECT_EQ(classifier, learnt_from(paint, classifier));
  EXPECT_EQ(app().values().thresholded.mask,
            mask_of_class(predict(app().values().features, classifier.forest), label_of_nuclei));
  EXPECT_TRUE(page.says("^20 trees learnt from \\d+ pixels in \\d+ ms"_re));
  EXPECT_GT(app().score->f1, 0.8);
}

TEST(ForestStep, IsPaintedWithTheMouseAndEveryStrokeIsUndoneInItsOrder) {
  Forested page("small_field");
  const auto middle = page.middles();
  const auto stroke = [&](int row, int from, int to) {
    page.drag_points(middle(row, from), middle(row, to));
    page.settled();
  };
  stroke(10, 8, 12);
  EXPECT_FALSE(is_trained(*page.recipe().classifier)) << "one class alone teaches nothing";
  EXPECT_EQ(app().view.pinned, std::nullopt) << "a drag paints and neither pins nor moves";
  page.press("w");
  stroke(2, 2, 12);
  ASSERT_TRUE(is_trained(*page.recipe().classifier));
  const Paint two = strokes_of(app().painting);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].label, 1);
  EXPECT_EQ(two[0].path.front(), (Pixel{10, 8}));
  EXPECT_EQ(two[0].path.back(), (Pixel{10, 12}));
  EXPECT_EQ(two[1].label, 2);
  const Forest after_two = page.recipe().classifier->forest;
  EXPECT_EQ(after_two, learnt_from(two, *page.recipe().classifier).forest);
  stroke(14, 2, 12);
  const Forest after_three = page.recipe().classifier->forest;
  EXPECT_NE(after_three, after_two);
  page.press("5");
  page.fill("Up to", 40);
  page.settled();
  page.press("3");
  page.press("Control+Z");  // the repair
  page.settled();
  EXPECT_EQ(page.recipe().classifier->forest, after_three);
  page.press("Control+Z");  // the third stroke
  page.settled();
  EXPECT_EQ(page.recipe().classifier->forest, after_two);
  page.press("Control+Y");
  page.settled();
  EXPECT_EQ(page.recipe().classifier->forest, after_three);
}

TEST(ForestStep, IsPaintedByKeyboardAlone) {
  Forested page("small_field");
  page.walk_to(10, 8);
  page.press("a");
  page.press("ArrowRight", 4);
  page.press("a");
  page.press("w");
  page.press("Escape");
  page.walk_to(2, 2);
  page.press("a");
  page.press("ArrowRight", 10);
  page.press("a");
  page.settled();
  const Paint paint = strokes_of(app().painting);
  ASSERT_EQ(paint.size(), 2U);
  EXPECT_EQ(paint[0].path.size(), 5U);
  EXPECT_EQ(paint[1].path.size(), 11U);
  EXPECT_TRUE(is_trained(*page.recipe().classifier));
  EXPECT_TRUE(page.says("^Probability of nuclei .*, the mean of 20 trees; \\d+ of them vote for it\\."_re));
}

TEST(ForestStep, CanBeStoppedAndSaysSo) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  const Forest before = page.recipe().classifier->forest;
  page.click(Role::toggle, "Learn after every stroke");
  page.click("Clear");
  page.settled();
  EXPECT_EQ(page.recipe().classifier->forest, before) << "the old answer stays";
  page.press("Control+Z");
  page.settled();
  EXPECT_TRUE(page.says("Stopped: the picture shows what was learnt before."));
  page.click(Role::toggle, "Learn after every stroke");
  page.settled();
  EXPECT_FALSE(page.says("Stopped: the picture shows what was learnt before."));
}

TEST(ForestStep, TravelsToTheNextImageAndPaintComesBackWithItsOwn) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  const Forest of_one = page.recipe().classifier->forest;
  page.open_sample("Nuclei 02");
  page.settled();
  EXPECT_EQ(page.selected_step(), "Forest");
  EXPECT_EQ(page.recipe().classifier->forest, of_one) << "it is tried on an image that it has not seen";
  EXPECT_TRUE(app().painting.strokes.empty());
  page.click("Take sample paint");
  page.settled();
  EXPECT_NE(page.recipe().classifier->forest, of_one);
  EXPECT_EQ(page.recipe().classifier->painted, (std::vector<PaintedFile>{{"nuclei_01.tif", "nuclei_01_paint.tif"},
                                                                         {"nuclei_02.tif", "nuclei_02_paint.tif"}}));
  TrainingSet both;
  const ui::PaintedImage& first = app().painting.others.front();
  append_painted_image(both, first.pixels, first.paint, page.recipe().classifier->features).value();
  append_painted_image(both, app().values().raw, app().painting.paint, page.recipe().classifier->features).value();
  EXPECT_EQ(page.recipe().classifier->forest, train_forest(both, page.recipe().classifier->settings).value());
  page.open_sample("Nuclei 01");
  page.settled();
  EXPECT_FALSE(app().painting.strokes.empty());
  EXPECT_EQ(app().painting.others.size(), 1U);
}

TEST(ForestStep, KeepsPaintInAFileAndTakesItBack) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  const PaintImage paint = app().painting.paint;
  const Forest forest = page.recipe().classifier->forest;
  const SavedFile saved = page.saved_by([&] { page.click("Save paint"); });
  EXPECT_EQ(saved.name, "nuclei_01_paint.tif");
  page.click("Clear");
  page.settled();
  EXPECT_TRUE(std::ranges::all_of(app().painting.paint.pixels(), [](std::uint8_t l) { return l == 0; }));
  page.choose_file(saved.name, saved.bytes, [&] { page.click("Open paint..."); });
  page.settled();
  EXPECT_EQ(app().painting.strokes.size(), 3U) << "a file is undone in one go, as sample paint is";
  EXPECT_EQ(app().painting.paint, paint);
  EXPECT_EQ(page.recipe().classifier->forest, forest);
}

TEST(ForestStep, ExplainsAPixelByItsVotesItsWayAndThePixelsOfAQuestion) {
  Forested page("nuclei_01", {1280, 1600});  // all of the explanation is in sight
  page.click("Take sample paint");
  page.settled();
  page.walk_to(260, 348);
  const PixelClassifier& classifier = *page.recipe().classifier;
  std::vector<float> sample(classifier.forest.features);
  features_at(app().values().features, *app().view.pinned, sample);
  const ForestVotes votes = forest_votes(classifier.forest, sample);
  EXPECT_EQ(page.count(Role::button, "^Tree \\d+ votes"_re), 20U);
  EXPECT_EQ(page.count(Role::button, "^Tree \\d+ votes nuclei"_re), votes.votes[0]);
  page.click(page.first(Role::button, "^Tree 3 votes"_re));
  page.settled();
  EXPECT_EQ(app().painting.tree, 2U);
  const TreePath path = tree_path(classifier.forest, 2, sample);
  // The first question is put to every pixel, the second to those that go its way.
  ASSERT_GE(path.steps.size(), 2U);
  const auto questions = page.all(Role::button, "sigma .* (<=|>) "_re);
  ASSERT_EQ(questions.size(), path.steps.size());
  page.click(questions[1]);
  page.settled();
  const Mask expected = pixels_passing(app().values().features, classifier.forest, 2, path.steps[1].node);
  ASSERT_EQ(app().painting.node, path.steps[1].node);
  ASSERT_NE(app().explanations.passing.get(), nullptr);
  EXPECT_EQ(*app().explanations.passing.get(), expected);
  EXPECT_TRUE(page.says("Pixels that pass the question"));
}

TEST(ForestStep, IsNamedWhereTheClassicWayNamesItsCutoff) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  page.press("8");
  page.settled();
  const auto* lives = app().explanations.lives.get();
  ASSERT_NE(lives, nullptr);
  EXPECT_GT(lives->size(), 3U);
  for (const NucleusLife& life : *lives) {
    EXPECT_EQ(life.sentence.find("cutoff"), std::string::npos) << life.sentence;
    EXPECT_EQ(life.sentence.find("nan"), std::string::npos) << life.sentence;
  }
  page.press("9");
  page.click("What may be said");
  EXPECT_TRUE(
      page.says("\\(pixels classified by a random forest of 20 trees on 12 features that was trained on painted "
                "pixels of 1 image, seeded watershed\\)"_re));
  page.press("0");
  EXPECT_TRUE(page.says("^Steps 1 to 9 run with a recipe: .*Machine learning"_re));
  page.click("With the recipe at hand");
  page.settled();
  EXPECT_TRUE(page.says("^25 of 25 images done"_re));
  EXPECT_EQ(page.count_texts("nan"_re), 0U);
  EXPECT_TRUE(page.says("There is no threshold: in every image the forest says which pixels are nuclei."));
  page.click("One threshold for all?");
  page.settled();
  EXPECT_TRUE(page.says("^In these results the forest makes the masks, without a threshold\\."_re));
}

TEST(ForestStep, ThatIsNotTrainedGivesNoCountAndNothingToTakeHome) {
  Page classic(at("nuclei_01", "filter"));
  EXPECT_NE(classic.status().find(" nuclei"), std::string::npos);
  classic.click(Role::radio, "Machine learning", ways);
  classic.settled();
  EXPECT_TRUE(classic.status().starts_with("no labels")) << "the count of the classic way is no result of this one";
  classic.press("k");
  EXPECT_TRUE(classic.says("Python script: Nothing is trained yet: paint in step 3."));
}

TEST(ForestStep, OfARecipeIsNotSaidToBeMadeOtherwiseThanItWas) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  page.fill("Trees", 30);
  page.settled();
  EXPECT_EQ(page.recipe().classifier->forest.trees.size(), 30U);
  EXPECT_EQ(page.recipe().classifier->settings.trees, 30);
  page.press("Control+Z");
  page.settled();
  EXPECT_EQ(page.recipe().classifier->settings.trees, 20);
  EXPECT_EQ(page.recipe().classifier->forest.trees.size(), 20U);
  const auto kept = page.recipe().classifier;
  // With nothing to learn from, settings are of the next forest.
  page.press("Control+Z");
  page.settled();
  page.fill("Trees", 7);
  page.click(Role::toggle, "Limit the depth");
  page.settled();
  EXPECT_EQ(page.recipe().classifier, kept);
  const Recipe again = recipe_from_json(recipe_to_json(page.recipe())).value();
  EXPECT_EQ(again.classifier->settings.trees, 20);
  page.click("Take sample paint");
  page.settled();
  EXPECT_EQ(page.recipe().classifier->settings.trees, 7);
  EXPECT_EQ(page.recipe().classifier->settings.max_depth, std::nullopt);
  EXPECT_EQ(page.count(Role::spinbutton, "Greatest depth"), 0U) << "there is none";
}

TEST(ForestStep, TakesPaintOfAnotherSizeAsFarAsItLiesInThePicture) {
  Forested page;
  page.click("Take sample paint");
  page.settled();
  const auto size = app().values().raw.rows();
  ui::app().simulated->parameters.rows = 300;
  ui::app().simulation_changed();
  page.settled();
  ASSERT_NE(app().values().raw.rows(), size) << "the picture has another size";
  page.press("3");
  page.press("q");
  page.drag_points(page.image_point(0.5F, 0.5F), page.image_point(0.52F, 0.5F));
  page.settled();
  EXPECT_EQ(app().painting.paint.rows(), app().values().raw.rows());
  EXPECT_EQ(app().painting.problem, "");
}

TEST(ForestStep, APenIsUpWhereNothingIsPinnedOrTheStepIsLeft) {
  Forested page("small_field");
  page.walk_to(10, 8);
  page.press("a");
  page.press("ArrowRight");
  page.press("Escape");
  page.settled();
  EXPECT_FALSE(app().painting.pen_down);
  EXPECT_FALSE(app().painting.current.has_value()) << "the stroke is done, and can be learnt from";
  page.walk_to(2, 2);
  page.press("a");
  page.press("4");
  EXPECT_FALSE(app().painting.pen_down);
  EXPECT_EQ(app().painting.strokes.size(), 2U);
}

TEST(Features, AreShownAsPicturesAndOnesValueIsWrittenOut) {
  Forested page("lecture_grid");
  page.press("2");
  page.click(Role::button, "Edges, sigma 1");
  page.settled();
  ASSERT_NE(app().explanations.feature.get(), nullptr);
  EXPECT_EQ(*app().explanations.feature.get(), feature_image(app().values().features, 1));
  page.walk_to(5, 14);
  EXPECT_TRUE(page.says("^A pixel is 12 numbers to the forest\\. Edges, sigma 1 is "_re));
  EXPECT_TRUE(page.says("^How steep down"_re));
  page.click("Sigma 8");
  page.settled();
  EXPECT_EQ(page.recipe().classifier->features.sigmas, (std::vector<double>{1, 2, 4, 8}));
  EXPECT_EQ(app().values().features.choice.sigmas.size(), 4U);
}

}  // namespace
}  // namespace floodlight::test

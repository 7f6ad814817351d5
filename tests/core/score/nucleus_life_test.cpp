// Why nuclei are missed, merged, split or extra: a built case for every cause.
#include "core/score/nucleus_life.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/rows.h"

namespace floodlight {
namespace {

/// A dark field with bright shapes, some of them true nuclei.
struct Scene {
  Image<float> image{60, 80};
  LabelImage truth{60, 80};

  template <typename Inside>
  void paint(float brightness, Label label, Inside inside) {
    for (int row = 0; row < image.rows(); ++row) {
      for (int col = 0; col < image.cols(); ++col) {
        if (!inside(row, col)) continue;
        if (brightness >= 0) image[row, col] = brightness;
        if (label >= 0) truth[row, col] = label;
      }
    }
  }
  void disc(Pixel centre, int radius, float brightness, Label label) {
    paint(brightness, label, [&](int row, int col) {
      const int r = row - centre.row;
      const int c = col - centre.col;
      return r * r + c * c <= radius * radius;
    });
  }
  /// Its corners, both included.
  void box(Pixel from, Pixel to, float brightness, Label label) {
    paint(brightness, label,
          [&](int row, int col) { return row >= from.row && row <= to.row && col >= from.col && col <= to.col; });
  }
};

constexpr float as_it_is = -1;  // a truth without paint
constexpr Label same = -1;      // paint without a truth

/// No filter, a cutoff of 100, no repairs, small windows, the border kept: what a case is about it sets itself.
Recipe plain() {
  Recipe recipe;
  recipe.filter = filters::none;
  recipe.threshold = thresholds::manual;
  recipe.refinements.clear();
  recipe.window = 5;
  recipe.min_distance = 3;
  recipe.exclude_border = false;
  return recipe;
}

std::vector<NucleusLife> tell(const Scene& scene, const Recipe& recipe) {
  Pipeline pipeline;
  pipeline.set_image(scene.image);
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure().has_value());
  const Score scored = score(pipeline.values().labels, scene.truth).value();
  return nucleus_lives(pipeline.values(), recipe, scene.truth, scored);
}

/// What a test expects of a life.
struct Expected {
  Label truth;
  Fate fate;
  Cause cause;
  Stage stage;
  std::string_view parameter;
  std::string sentence;
  int refinement = -1;
};

void expect_lives(const Scene& scene, const Recipe& recipe, const std::vector<Expected>& expected) {
  const std::vector<NucleusLife> lives = tell(scene, recipe);
  for (const NucleusLife& life : lives) EXPECT_TRUE(scene.image.contains(life.place)) << life.sentence;
  std::string all;
  for (const NucleusLife& life : lives)
    all += std::to_string(life.truth) + "/" + std::to_string(life.predicted) + ": " + life.sentence + "\n";
  ASSERT_EQ(lives.size(), expected.size()) << all;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const NucleusLife& life = lives[i];
    EXPECT_EQ(life.sentence, expected[i].sentence);
    EXPECT_EQ(life.truth, expected[i].truth) << life.sentence;
    EXPECT_EQ(life.fate, expected[i].fate) << life.sentence;
    EXPECT_EQ(cause_name(life.cause), cause_name(expected[i].cause)) << life.sentence;
    EXPECT_EQ(life.stage, expected[i].stage) << life.sentence;
    EXPECT_EQ(life.parameter, expected[i].parameter) << life.sentence;
    EXPECT_EQ(life.refinement, expected[i].refinement) << life.sentence;
  }
}

TEST(NucleusLife, APerfectSegmentationHasNothingToTell) {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 50}, 6, 200, 2);
  expect_lives(scene, plain(), {});
}

/// The same masks from a forest of one tree that asks whether a pixel is brighter than 100.
Recipe by_forest() {
  Recipe recipe = plain();
  recipe.mask_from = &mask_sources::classifier;
  PixelClassifier classifier = untrained_classifier({.edges = false, .texture = false, .sigmas = {0.1}}, {.trees = 1});
  classifier.classes = {{1, "nuclei"}, {2, "background"}};
  classifier.forest.features = 1;
  classifier.forest.classes = {1, 2};
  classifier.forest.trees.push_back(
      {.nodes = {{.feature = 0, .threshold = 100, .right = 2}, {}, {}}, .counts = {1, 1, 0, 1, 1, 0}});
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(classifier));
  return recipe;
}

TEST(NucleusLife, OfAForestNamesTheForestAndNoCutoff) {
  Scene scene;
  scene.disc({10, 10}, 6, 200, 1);
  scene.disc({10, 40}, 6, 60, 2);         // taken for background
  scene.box({30, 10}, {39, 19}, 200, 0);  // nothing is there
  scene.box({30, 40}, {37, 47}, 200, 3);  // one island, two nuclei
  scene.box({30, 48}, {37, 55}, as_it_is, 4);
  scene.box({30, 48}, {37, 55}, 200, same);
  Recipe recipe = by_forest();
  recipe.min_distance = 12;
  recipe.window = 25;
  const auto lives = tell(scene, recipe);
  std::vector<std::string> sentences;
  for (const NucleusLife& life : lives) {
    sentences.push_back(life.sentence);
    EXPECT_EQ(life.sentence.find("cutoff"), std::string::npos) << life.sentence;
    EXPECT_EQ(life.sentence.find("nan"), std::string::npos) << life.sentence;
    if (life.stage == Stage::mask) EXPECT_EQ(life.parameter, "") << "no cutoff is to be turned";
  }
  const auto has = [&](const char* sentence) { return std::ranges::contains(sentences, std::string(sentence)); };
  EXPECT_TRUE(has("Missed: the forest takes 113 of its 113 px for background."));
  EXPECT_TRUE(has("No true nucleus: 100 px, all of them background in the forest's mask."));
  EXPECT_TRUE(std::ranges::any_of(sentences, [](const std::string& s) {
    return s.contains("together in the forest's mask, with one summit for both");
  }));
}

TEST(NucleusLife, BelowTheCutoff) {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 50}, 6, 60, 2);
  scene.box({40, 10}, {49, 13}, 99.75F, 3);
  scene.box({40, 40}, {45, 49}, 200, 4);
  scene.box({40, 40}, {45, 47}, 40, same);
  Recipe recipe = plain();
  recipe.min_distance = 7;
  using enum Cause;
  expect_lives(scene, recipe,
               {{2, Fate::unmatched, below_cutoff, Stage::mask, "threshold.value",
                 "Below the cutoff: its mean is 60, the cutoff 100."},
                {3, Fate::unmatched, below_cutoff, Stage::mask, "threshold.value",
                 "Below the cutoff: its mean is 99.8, the cutoff 100."},
                {4, Fate::unmatched, below_cutoff, Stage::mask, "threshold.value",
                 "Below the cutoff: 48 px of its 60 px, with a mean of 40, the cutoff 100."},
                {0, Fate::unmatched, fragment, Stage::mask, "threshold.value",
                 "A piece of nucleus 4: label 2 covers 12 of its 60 px; 48 lie below the cutoff of 100."}});
}

TEST(NucleusLife, BelowACutoffThatAMethodChose) {
  Scene scene;
  scene.disc({20, 20}, 8, 200, 1);
  scene.disc({20, 50}, 4, 50, 2);
  Recipe recipe = plain();
  recipe.threshold = thresholds::otsu;
  const std::vector<NucleusLife> lives = tell(scene, recipe);
  ASSERT_EQ(lives.size(), 1U);
  EXPECT_EQ(lives[0].cause, Cause::below_cutoff);
  EXPECT_EQ(lives[0].parameter, "threshold.method");
}

TEST(NucleusLife, RemovedBySizeByFootprintAndAtTheBorder) {
  Scene scene;
  scene.box({10, 10}, {12, 12}, 200, 1);  // 9 px
  scene.box({10, 30}, {11, 34}, 200, 2);  // 10 px
  scene.box({10, 50}, {10, 60}, 200, 3);  // 11 px, a line that no disk fits
  scene.disc({0, 20}, 6, 200, 4);
  scene.disc({40, 20}, 8, 200, 5);
  scene.box({40, 50}, {46, 56}, 200, 6);
  scene.box({43, 50}, {43, 56}, 0, same);  // two pieces of 21 px
  Recipe recipe = plain();
  recipe.refinements = {{repairs::remove_small_objects, up_to(10)},
                        repairs::clear_border,
                        {repairs::opening, values_of({FootprintShape::disk, 1})},
                        {repairs::remove_small_objects, up_to(21)},
                        {repairs::erosion, values_of({FootprintShape::square, 3})}};
  using enum Cause;
  expect_lives(
      scene, recipe,
      {{1, Fate::unmatched, removed_small, Stage::refined, "",
        "Removed by repair 1: 9 px, and objects of at most 10 px go.", 0},
       {2, Fate::unmatched, removed_small, Stage::refined, "",
        "Removed by repair 1: 10 px, and objects of at most 10 px go.", 0},
       {3, Fate::unmatched, removed_by_repair, Stage::refined, "",
        "Removed by repair 3, opening with disk(1): of its 11 px in the mask 0 are left.", 2},
       {4, Fate::unmatched, removed_by_repair, Stage::refined, "",
        "Removed by repair 2, clearing the border: its object touches the border of the image.", 1},
       {5, Fate::unmatched, removed_by_repair, Stage::refined, "",
        "Removed by repair 5, erosion with a square of 7 px: of its 197 px in the mask 49 are left.", 4},
       {6, Fate::unmatched, removed_small, Stage::refined, "",
        "Removed by repair 4: its largest piece has 17 px, and objects of at most 21 px go.", 3},
       {0, Fate::unmatched, fragment, Stage::refined, "",
        "A piece of nucleus 5: label 1 covers 49 of its 197 px; 148 were taken by repair 5, erosion with a square of 7 "
        "px.",
        4}});
}

TEST(NucleusLife, SummitInTheExcludedBorder) {
  Scene scene;
  scene.disc({30, 40}, 5, 200, 1);
  scene.disc({6, 20}, 5, 200, 2);
  scene.disc({6, 50}, 5, 200, 3);
  scene.disc({30, 72}, 5, 200, 4);
  Recipe recipe = plain();
  recipe.min_distance = 10;
  recipe.exclude_border = true;
  const auto life = [](Label truth, const std::string& px) {
    return Expected{truth,
                    Fate::unmatched,
                    Cause::seed_at_border,
                    Stage::seeds,
                    "seeds.exclude_border",
                    "No seed: its summit lies " + px + " px from the border, and 10 are excluded."};
  };
  expect_lives(scene, recipe, {life(2, "6"), life(3, "6"), life(4, "7")});
}

TEST(NucleusLife, SummitTooNearToAHigherOrEquallyHighOne) {
  Scene scene;
  scene.disc({20, 20}, 3, 200, 1);
  scene.disc({20, 27}, 2, 200, 2);
  scene.disc({45, 50}, 3, 200, 3);
  scene.disc({45, 59}, 3, 200, 4);
  Recipe recipe = plain();
  recipe.min_distance = 10;
  const auto life = [](Label truth, const std::string& what) {
    return Expected{truth,
                    Fate::unmatched,
                    Cause::seed_too_near,
                    Stage::seeds,
                    "seeds.min_distance",
                    "No seed: its summit lies " + what + " one, and the minimum distance is 10."};
  };
  expect_lives(scene, recipe, {life(2, "7 px from a higher"), life(4, "9 px from an equally high")});
}

TEST(NucleusLife, AMergerWhoseSecondSummitIsTooNearIsTheSeedsDoing) {
  Scene scene;
  scene.disc({20, 20}, 4, 200, 1);
  scene.disc({20, 27}, 3, 200, 2);
  scene.box({0, 0}, {59, 24}, as_it_is, 0);
  scene.disc({20, 20}, 4, as_it_is, 1);
  scene.box({20, 24}, {20, 24}, as_it_is, 1);
  Recipe recipe = plain();
  recipe.min_distance = 10;
  using enum Cause;
  expect_lives(
      scene, recipe,
      {{1, Fate::merged, seed_too_near, Stage::seeds, "seeds.min_distance",
        "Merged with nucleus 2: nucleus 2's summit lies 7 px from a higher one, and the minimum distance is 10."},
       {2, Fate::merged, seed_too_near, Stage::seeds, "seeds.min_distance",
        "Merged with nucleus 1: its summit lies 7 px from a higher one, and the minimum distance is 10."}});
  recipe.min_distance = 7;
  expect_lives(scene, recipe, {});
}

TEST(NucleusLife, HigherPixelInTheSummitsWindow) {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 31}, 3, 200, 2);
  scene.disc({31, 20}, 3, 200, 3);
  Recipe recipe = plain();
  recipe.window = 25;
  const auto life = [](Label truth) {
    return Expected{
        truth,
        Fate::unmatched,
        Cause::seed_in_window,
        Stage::seeds,
        "seeds.window",
        "No seed: its summit is 3.16 px high, and 11 px from it, in the window of 25 x 25 px, the height is "
        "6.08 px."};
  };
  expect_lives(scene, recipe, {life(2), life(3)});
}

TEST(NucleusLife, SummitNotAboveTheLowestThatCounts) {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 40}, 2, 200, 2);
  scene.box({40, 20}, {46, 26}, 200, 3);
  Recipe recipe = plain();
  recipe.threshold_abs = 4;
  const auto life = [](Label truth, const std::string& height) {
    return Expected{truth,
                    Fate::unmatched,
                    Cause::seed_below,
                    Stage::seeds,
                    "seeds.threshold_abs",
                    "No seed: its summit is " + height + " px high, and only those above 4 px count."};
  };
  expect_lives(scene, recipe, {life(2, "2.24"), life(3, "4")});
}

TEST(NucleusLife, WithoutAnyBackgroundALowSummitIsNotAboveTheLowestPixel) {
  Scene scene;
  scene.image = Image<float>(1, 1, {200});
  scene.truth = LabelImage(1, 1, {1});
  Recipe recipe = plain();
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, Cause::seed_below, Stage::seeds, "seeds.threshold_abs",
                 "No seed: its summit is no higher than the lowest pixel of the image, which has no background."}});
}

TEST(NucleusLife, NoSeedSetByHand) {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 50}, 6, 200, 2);
  scene.box({40, 20}, {46, 39}, 200, 3);
  scene.box({40, 30}, {46, 39}, as_it_is, 4);
  Recipe recipe = plain();
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{20, 20}, {43, 25}, {2, 2}};
  using enum Cause;
  expect_lives(scene, recipe,
               {{2, Fate::unmatched, seed_not_set, Stage::seeds, "seeds.method",
                 "No seed: seeds are set by hand, and none lies in it."},
                {3, Fate::merged, seed_not_set, Stage::seeds, "seeds.method",
                 "Merged with nucleus 4: seeds are set by hand, and none lies in nucleus 4."},
                {4, Fate::merged, seed_not_set, Stage::seeds, "seeds.method",
                 "Merged with nucleus 3: seeds are set by hand, and none lies in it."},
                {0, Fate::merged, seed_not_set, Stage::seeds, "seeds.method",
                 "One label for nuclei 3 and 4: seeds are set by hand, and none lies in nucleus 4."}});
}

/// Two boxes side by side with a gap of some columns.
Scene two_boxes(int gap) {
  Scene scene;
  scene.box({20, 20}, {27, 27}, 200, 1);
  scene.box({20, 28 + gap}, {27, 35 + gap}, 200, 2);
  return scene;
}

/// As long as `two_boxes` are, all of it one summit.
Recipe wide_window() {
  Recipe recipe = plain();
  recipe.window = 25;
  recipe.min_distance = 12;
  return recipe;
}

std::vector<Expected> mergers(Cause cause, Stage stage, std::string_view parameter, const std::string& why,
                              int refinement = -1) {
  return {{1, Fate::merged, cause, stage, parameter, "Merged with nucleus 2: " + why, refinement},
          {2, Fate::merged, cause, stage, parameter, "Merged with nucleus 1: " + why, refinement},
          {0, Fate::merged, cause, stage, parameter, "One label for nuclei 1 and 2: " + why, refinement}};
}

TEST(NucleusLife, JoinedByTheFilter) {
  const Scene scene = two_boxes(1);
  Recipe recipe = wide_window();
  recipe.filter = filters::gaussian;
  recipe.filter[gaussian_sigma] = 1.5;
  recipe.threshold[cutoff_value] = 80;
  expect_lives(
      scene, recipe,
      mergers(Cause::joined_by_filter, Stage::filtered, "filter.sigma",
              "joined by the Gaussian filter with sigma 1.5, and apart in the raw image above its cutoff of 80."));
  recipe.filter = filters::mean;
  expect_lives(scene, recipe,
               mergers(Cause::joined_by_filter, Stage::filtered, "filter.size",
                       "joined by the mean filter of size 3, and apart in the raw image above its cutoff of 80."));
}

TEST(NucleusLife, TogetherAboveTheCutoffWithOneSummit) {
  const Scene scene = two_boxes(0);
  const auto expected = mergers(Cause::joined_in_mask, Stage::mask, "threshold.value",
                                "together above the cutoff of 100, with one summit for both.");
  expect_lives(scene, wide_window(), expected);
  Recipe filtered = wide_window();
  filtered.filter = filters::gaussian;
  expect_lives(scene, filtered, expected);
}

TEST(NucleusLife, JoinedByARepair) {
  const Scene scene = two_boxes(2);
  Recipe recipe = wide_window();
  recipe.refinements = {{repairs::remove_small_objects, up_to(10)},
                        {repairs::closing, values_of({FootprintShape::square, 2})},
                        repairs::fill_holes};
  expect_lives(scene, recipe,
               mergers(Cause::joined_by_repair, Stage::refined, "",
                       "joined by repair 2, closing with a square of 5 px, which added 16 px to the label.", 1));
  recipe.refinements[1] = Refinement{repairs::dilation, values_of({FootprintShape::square, 1})};
  expect_lives(scene, recipe,
               mergers(Cause::joined_by_repair, Stage::refined, "",
                       "joined by repair 2, dilation with a square of 3 px, which added 72 px to the label.", 1));
}

TEST(NucleusLife, InPiecesAboveTheCutoff) {
  Scene scene;
  scene.box({20, 20}, {27, 38}, 200, 1);
  scene.box({20, 30}, {27, 31}, 90, same);
  Recipe recipe = plain();
  recipe.window = 9;
  recipe.min_distance = 7;
  using enum Cause;
  expect_lives(
      scene, recipe,
      {{1, Fate::split, broken_in_mask, Stage::mask, "threshold.value",
        "Split into 2: above the cutoff of 100 it lies in pieces; two that have labels are of 80 px and 56 px."},
       {0, Fate::split, fragment, Stage::mask, "threshold.value",
        "A piece of nucleus 1: above the cutoff of 100 it lies in pieces; two that have labels are of 80 px and "
        "56 px."}});
}

/// Two discs and a bridge between them, one true nucleus.
Scene dumbbell() {
  Scene scene;
  scene.disc({20, 20}, 6, 200, 1);
  scene.disc({20, 36}, 5, 200, 1);
  scene.box({19, 20}, {21, 36}, 200, 1);
  return scene;
}

TEST(NucleusLife, PartedByARepair) {
  Recipe recipe = plain();
  recipe.refinements = {repairs::fill_holes, {repairs::opening, values_of({FootprintShape::disk, 3})}};
  using enum Cause;
  expect_lives(dumbbell(), recipe,
               {{1, Fate::split, broken_by_repair, Stage::refined, "",
                 "Split into 2: repair 2, opening with disk(3), parted it into 109 px and 77 px.", 1},
                {0, Fate::split, fragment, Stage::refined, "",
                 "A piece of nucleus 1: repair 2, opening with disk(3), parted it into 109 px and 77 px.", 1}});
}

TEST(NucleusLife, MoreThanOneSeed) {
  const Scene scene = dumbbell();
  using enum Cause;
  Recipe recipe = plain();
  recipe.window = 11;
  recipe.min_distance = 6;
  const auto expected = [](std::string_view parameter, const std::string& why) {
    return std::vector<Expected>{{1, Fate::split, several_seeds, Stage::seeds, parameter, "Split into 2: " + why},
                                 {0, Fate::split, fragment, Stage::seeds, parameter, "A piece of nucleus 1: " + why}};
  };
  expect_lives(scene, recipe,
               expected("seeds.min_distance", "2 seeds flooded it, 16 px apart, and the minimum distance is 6."));
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{20, 19}, {20, 36}};
  expect_lives(scene, recipe, expected("seeds.method", "2 seeds flooded it, 17 px apart, set by hand."));
  recipe.seeds = SeedMethod::every_maximum;
  for (const NucleusLife& life : tell(scene, recipe)) {
    EXPECT_EQ(life.parameter, "seeds.method");
    EXPECT_NE(life.sentence.find("3 seeds flooded it, two of them "), std::string::npos) << life.sentence;
    EXPECT_TRUE(life.sentence.ends_with(" px apart, as every local maximum is one.")) << life.sentence;
  }
}

TEST(NucleusLife, FoundButTooSmall) {
  Scene scene;
  // 100 px: 45 in a piece with a seed, 20 in one without, the rest too dim.
  scene.box({10, 10}, {19, 19}, 50, 1);
  scene.box({10, 10}, {18, 14}, 200, same);
  scene.box({10, 16}, {19, 17}, 200, same);
  Recipe recipe = plain();
  recipe.min_distance = 7;
  recipe.threshold_abs = 2;
  using enum Cause;
  const std::string dim = "label 1 covers 45 of its 100 px; 35 lie below the cutoff of 100.";
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, too_small, Stage::mask, "threshold.value", "Too small: " + dim},
                {0, Fate::unmatched, fragment, Stage::mask, "threshold.value", "A piece of nucleus 1: " + dim}});
}

TEST(NucleusLife, TooSmallBecauseAPieceGotNoSeed) {
  Scene scene;
  // 100 px: a square of 49, an angle of 15 that is dim, and round it an angle of 36 two pixels wide.
  scene.box({10, 10}, {19, 19}, 200, 1);
  scene.box({10, 17}, {17, 17}, 50, same);
  scene.box({17, 10}, {17, 17}, 50, same);
  Recipe recipe = plain();
  recipe.threshold_abs = 2;
  using enum Cause;
  const std::string why =
      "label 1 covers 49 of its 100 px; 36 lie where no seed is: their summit is 1.41 px high, and only those above 2 "
      "px "
      "count.";
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, too_small, Stage::seeds, "seeds.threshold_abs", "Too small: " + why},
                {0, Fate::unmatched, fragment, Stage::seeds, "seeds.threshold_abs", "A piece of nucleus 1: " + why}});
}

TEST(NucleusLife, TooSmallBecauseAnotherLabelTookTheRest) {
  Scene scene;
  scene.box({10, 10}, {19, 39}, 200, same);
  scene.box({10, 10}, {19, 19}, as_it_is, 1);
  scene.box({10, 24}, {19, 39}, as_it_is, 2);
  Recipe recipe = plain();
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{14, 10}, {14, 19}};
  recipe.flooded = FloodedImage::intensity;  // all alike: whoever is nearer
  using enum Cause;
  const std::string why = "label 1 covers 50 of its 100 px; 50 went to other labels.";
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, too_small, Stage::labels, "watershed.flooded", "Too small: " + why},
                {0, Fate::unmatched, fragment, Stage::labels, "watershed.flooded", "A piece of nucleus 1: " + why}});
}

TEST(NucleusLife, FoundButTooLarge) {
  Scene scene;
  scene.disc({20, 20}, 8, 150, same);
  scene.disc({20, 20}, 5, 200, 1);
  scene.disc({20, 60}, 5, 200, 2);
  Recipe recipe = plain();
  using enum Cause;
  const std::string halo = "label 1 has 197 px, 81 of them in the nucleus; 116 are background above the cutoff of 100.";
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, too_large, Stage::mask, "threshold.value", "Too large: " + halo},
                {0, Fate::unmatched, too_large, Stage::mask, "threshold.value", "Too large for nucleus 1: " + halo}});
  recipe.threshold[cutoff_value] = 170;
  recipe.refinements = {{repairs::dilation, values_of({FootprintShape::disk, 3})}};
  const auto spread = [](int label) {
    return "label " + std::to_string(label) +
           " has 197 px, 81 of them in the nucleus; 116 were added by repair 1, dilation with disk(3).";
  };
  expect_lives(scene, recipe,
               {{1, Fate::unmatched, too_large, Stage::refined, "", "Too large: " + spread(1), 0},
                {2, Fate::unmatched, too_large, Stage::refined, "", "Too large: " + spread(2), 0},
                {0, Fate::unmatched, too_large, Stage::refined, "", "Too large for nucleus 1: " + spread(1), 0},
                {0, Fate::unmatched, too_large, Stage::refined, "", "Too large for nucleus 2: " + spread(2), 0}});
}

TEST(NucleusLife, NoTrueNucleusThere) {
  Scene scene;
  scene.disc({20, 20}, 5, 180, same);
  scene.disc({20, 50}, 5, 200, 1);
  // A true nucleus too dim but for a corner, where something else shines.
  scene.box({48, 40}, {57, 43}, 60, 2);
  scene.box({40, 40}, {49, 43}, 120, same);
  Recipe recipe = plain();
  recipe.min_distance = 12;
  using enum Cause;
  expect_lives(scene, recipe,
               {{2, Fate::unmatched, below_cutoff, Stage::mask, "threshold.value",
                 "Below the cutoff: 32 px of its 40 px, with a mean of 60, the cutoff 100."},
                {0, Fate::unmatched, no_true_nucleus, Stage::mask, "threshold.value",
                 "No true nucleus: 81 px, with a mean of 180, above the cutoff of 100."},
                {0, Fate::unmatched, no_true_nucleus, Stage::mask, "threshold.value",
                 "No true nucleus: 40 px, 8 of them in one, with a mean of 120, above the cutoff of 100."}});
}

TEST(NucleusLife, NoTrueNucleusButWhatARepairAdded) {
  Scene scene;
  scene.box({20, 20}, {20, 20}, 180, same);
  Recipe recipe = plain();
  recipe.refinements = {{repairs::dilation, values_of({FootprintShape::disk, 2})}};
  expect_lives(scene, recipe,
               {{0, Fate::unmatched, Cause::no_true_nucleus, Stage::refined, "",
                 "No true nucleus: 13 px; 12 were added by repair 1, dilation with disk(2).", 0}});
}

TEST(NucleusLife, CountsCausesMostFrequentFirst) {
  const auto life = [](Cause cause) {
    NucleusLife result;
    result.cause = cause;
    return result;
  };
  using enum Cause;
  const std::vector<CauseCount> counts =
      count_causes({life(too_small), life(fragment), life(seed_at_border), life(fragment), life(below_cutoff)});
  ASSERT_EQ(counts.size(), 4U);
  EXPECT_EQ(counts[0].cause, fragment);
  EXPECT_EQ(counts[0].count, 2);
  EXPECT_EQ(counts[1].cause, below_cutoff);
  EXPECT_EQ(counts[2].cause, seed_at_border);
  EXPECT_EQ(counts[3].cause, too_small);
  EXPECT_TRUE(count_causes({}).empty());
}

}  // namespace
}  // namespace floodlight

#include "core/export/recipe_words.h"

#include <gtest/gtest.h>

#include "tests/core/rows.h"

namespace floodlight {
namespace {

TEST(RecipeWords, AreEmptyForTheLabsRecipeWhateverTheFile) {
  Recipe recipe;
  EXPECT_EQ(differences_from_lab(recipe), "");
  recipe.page = 2;
  recipe.channel = Channel::second;
  recipe.pixel_size_um = 0.65;
  EXPECT_EQ(differences_from_lab(recipe), "");
}

TEST(RecipeWords, TellEachParameterThatMattersAndDiffersInTheOrderOfTheSteps) {
  Recipe recipe;
  recipe.filter = filters::median;
  recipe.filter[gaussian_sigma] = 7;  // no median has one
  recipe.refinements = {{repairs::closing, {{&footprint_radius, 5}}}, repairs::fill_holes};
  recipe.window = 7;
  recipe.exclude_border = false;
  EXPECT_EQ(
      differences_from_lab(recipe),
      "Filter Median, Size 3 px, Repairs Closing (Disk, Radius 5 px), Fill holes, Window 7 px, Exclude border off");
  recipe = {};
  recipe.refinements.clear();
  EXPECT_EQ(differences_from_lab(recipe), "Repairs none");
  recipe = {};
  recipe.threshold = {thresholds::manual, {{&cutoff_value, 82.5}}};
  EXPECT_EQ(differences_from_lab(recipe), "Method By hand, Cutoff 82.5");
}

TEST(RecipeWords, TheLabsRecipeForAFileKeepsWhatBelongsToTheFile) {
  Recipe recipe;
  recipe.page = 3;
  recipe.pixel_size_um = 0.5;
  recipe.filter[gaussian_sigma] = 4;
  const Recipe lab = lab_recipe_for(recipe);
  EXPECT_EQ(lab.page, 3);
  EXPECT_EQ(lab.pixel_size_um, 0.5);
  EXPECT_EQ(lab.filter[gaussian_sigma], 1);
}

}  // namespace
}  // namespace floodlight

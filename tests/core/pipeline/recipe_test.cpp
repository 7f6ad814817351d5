// The recipe as JSON: round trips, and refusals that name what was wrong.
#include "core/pipeline/recipe.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

constexpr std::string_view default_text = R"({
  "floodlight_recipe": 1,
  "input": {
    "page": 0,
    "channel": "automatic",
    "nonfinite_as_zero": false
  },
  "filter": {
    "method": "gaussian",
    "sigma": 1
  },
  "threshold": {
    "method": "otsu",
    "bins": 256
  },
  "refinements": [
    {
      "operation": "remove_small_objects",
      "max_size": 10
    },
    {
      "operation": "closing",
      "footprint": "disk",
      "radius": 1
    }
  ],
  "seeds": {
    "method": "peaks",
    "window": 25,
    "min_distance": 10,
    "exclude_border": true,
    "threshold_abs": null
  },
  "watershed": {
    "flooded": "distance",
    "neighbours": "4",
    "line": false,
    "compactness": 0
  },
  "measure": {
    "pixel_size": null
  }
})";

Result<Recipe> read(const std::string& members) {
  return recipe_from_text(R"({"floodlight_recipe": 1, )" + members + "}");
}

std::string refusal(const std::string& members) {
  const auto recipe = read(members);
  return recipe ? "accepted" : recipe.error().message;
}

TEST(Recipe, DefaultIsTheLabsPipeline) { EXPECT_EQ(write_json(recipe_to_json(Recipe{}), 2), default_text); }

TEST(Recipe, DefaultReadsBack) { EXPECT_TRUE(recipe_from_text(default_text).value() == Recipe{}); }

TEST(Recipe, RandomRecipesReadBack) {
  testing::Dice dice(1);
  for (int i = 0; i < 300; ++i) {
    const Recipe recipe = testing::random_recipe(dice);
    const std::string text = write_json(recipe_to_json(recipe), i % 3);
    const auto back = recipe_from_text(text);
    ASSERT_TRUE(back.has_value()) << text << back.error().message;
    EXPECT_TRUE(*back == recipe) << text;
    EXPECT_EQ(write_json(recipe_to_json(*back), i % 3), text);
  }
}

TEST(Recipe, WhatIsLeftOutKeepsItsDefault) {
  EXPECT_TRUE(recipe_from_text(R"({"floodlight_recipe": 1})").value() == Recipe{});
  Recipe expected;
  expected.sigma = 2.5;
  EXPECT_TRUE(read(R"("filter": {"sigma": 2.5})").value() == expected);
  EXPECT_TRUE(read(R"("refinements": [])").value().refinements.empty());
  EXPECT_EQ(read(R"("refinements": [{"operation": "opening"}])").value().refinements[0].footprint.radius, 1);
}

TEST(Recipe, NeighboursMayBeWrittenAsANumber) {
  EXPECT_EQ(read(R"("watershed": {"neighbours": 8})").value().connectivity, Connectivity::eight);
  EXPECT_EQ(read(R"("watershed": {"neighbours": "4"})").value().connectivity, Connectivity::four);
}

TEST(Recipe, SeedsByHandKeepTheirOrder) {
  const auto recipe = read(R"("seeds": {"method": "by_hand", "coordinates": [[3, 4], [1, 2], [0, 32767]]})").value();
  EXPECT_EQ(recipe.seeds_by_hand, (std::vector<Pixel>{{3, 4}, {1, 2}, {0, 32767}}));
}

TEST(Recipe, RecipesThatDoTheSameAreEqual) {
  Recipe other;
  other.filter_size = 9;  // says nothing to the Gaussian
  other.seeds_by_hand = {{1, 1}};
  EXPECT_TRUE(other == Recipe{});
  other.line = true;
  EXPECT_FALSE(other == Recipe{});
}

TEST(Recipe, RefusalNamesParameterValueAndRange) {
  EXPECT_EQ(refusal(R"("filter": {"sigma": 50})"), "filter.sigma is 50; it must be a number from 0.1 to 20 px.");
  EXPECT_EQ(refusal(R"("filter": {"sigma": "1"})"), "filter.sigma is \"1\"; it must be a number from 0.1 to 20 px.");
  EXPECT_EQ(refusal(R"("filter": {"sigma": null})"), "filter.sigma is null; it must be a number from 0.1 to 20 px.");
  EXPECT_EQ(refusal(R"("filter": {"size": 4})"), "filter.size is 4; it must be an odd whole number from 3 to 31 px.");
  EXPECT_EQ(refusal(R"("filter": {"method": "wiener"})"),
            "filter.method is \"wiener\"; it must be one of none, mean, gaussian, median.");
  EXPECT_EQ(refusal(R"("threshold": {"bins": 1.5})"),
            "threshold.bins is 1.5; it must be a whole number from 2 to 65536.");
  EXPECT_EQ(refusal(R"("seeds": {"window": 24})"),
            "seeds.window is 24; it must be an odd whole number from 3 to 201 px.");
  EXPECT_EQ(refusal(R"("seeds": {"exclude_border": 1})"), "seeds.exclude_border is 1; it must be true or false.");
  EXPECT_EQ(refusal(R"("seeds": {"threshold_abs": -1})"),
            "seeds.threshold_abs is -1; it must be a number from 0 to 1000 px, or null for none.");
  EXPECT_EQ(refusal(R"("watershed": {"neighbours": 6})"), "watershed.neighbours is 6; it must be one of 4, 8.");
}

TEST(Recipe, RefusalOfARefinementNamesIt) {
  EXPECT_EQ(refusal(R"("refinements": [{"operation": "closing", "radius": 0}])"),
            "refinements.radius is 0; it must be a whole number from 1 to 100 px.");
  EXPECT_EQ(
      refusal(R"("refinements": [{"operation": "close"}])"),
      "refinements.operation is \"close\"; it must be one of remove_small_objects, remove_small_holes, fill_holes, "
      "clear_border, erosion, dilation, opening, closing.");
  EXPECT_EQ(refusal(R"("refinements": [{"radius": 2}])"), "A refinement has no \"operation\": {\"radius\": 2}.");
  EXPECT_EQ(refusal(R"("refinements": ["closing"])"), "refinements holds \"closing\"; each must be an object.");
  EXPECT_EQ(refusal(R"("refinements": {"operation": "closing"})"),
            "refinements is {\"operation\": \"closing\"}; it must be a list of operations.");
}

TEST(Recipe, RefusesCoordinatesThatAreNone) {
  for (const char* pair : {"[1]", "[1, 2, 3]", "[-1, 2]", "[1, 1.5]", "[1, 32768]", "[1, \"2\"]", "7"}) {
    EXPECT_EQ(refusal("\"seeds\": {\"coordinates\": [" + std::string(pair) + "]}"),
              "seeds.coordinates is " + std::string(pair) +
                  "; it must be a list of [row, column] pairs of whole numbers from 0 to 32767.");
  }
  EXPECT_NE(refusal(R"("seeds": {"coordinates": 7})"), "accepted");
}

TEST(Recipe, RefusesUnknownParameters) {
  const std::string hint = "is no parameter of a recipe; `floodlight recipe` prints one with them all.";
  EXPECT_EQ(refusal(R"("filter": {"radius": 3})"), "\"filter.radius\" " + hint);
  EXPECT_EQ(refusal(R"("colour": "red")"), "\"colour\" " + hint);
  EXPECT_EQ(refusal(R"("colour": {})"), "\"colour\" " + hint);
  EXPECT_EQ(refusal(R"("filter.sigma": 3)"), "\"filter.sigma\" " + hint);
  EXPECT_EQ(refusal(R"("refinements": [{"operation": "closing", "size": 3}])"), "\"refinements.size\" " + hint);
  EXPECT_EQ(refusal(R"("filter": 3)"), "filter is 3; it must be an object that holds this step's parameters.");
}

TEST(Recipe, RefusesOtherVersionsAndOtherFiles) {
  EXPECT_EQ(recipe_from_text(R"({"floodlight_recipe": 2})").error().message,
            "This recipe has version 2; this Floodlight reads version 1.");
  for (const char* text : {"{}", "[]", "3", "null", R"({"floodlight_recipe": "1"})"}) {
    EXPECT_EQ(recipe_from_text(text).error().message,
              "This is no Floodlight recipe: \"floodlight_recipe\" with its version is missing.")
        << text;
  }
  EXPECT_EQ(recipe_from_text("{").error().message.rfind("This is not valid JSON", 0), 0U);
}

TEST(Recipe, EveryParameterRefusesBeyondItsRange) {
  for (const auto& p : recipe_parameters()) {
    const std::string key(p.key);
    const auto dot = key.find('.');
    const auto refused = [&](const std::string& value) {
      const std::string message =
          refusal("\"" + key.substr(0, dot) + "\": {\"" + key.substr(dot + 1) + "\": " + value + "}");
      EXPECT_EQ(message, key + " is " + value + "; it must be " + allowed(p) + ".");
    };
    refused("\"?\"");
    refused("[1]");
    if (p.kind == ParameterKind::integer || p.kind == ParameterKind::real) {
      refused(shortest(p.maximum * 2));
      refused(shortest(p.minimum - 1));
      refused("true");
    }
  }
}

}  // namespace
}  // namespace floodlight

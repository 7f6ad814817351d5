// The table of parameters: its shape, and what it allows.
#include "core/pipeline/parameters.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

template <typename Owner>
void expect_well_formed(std::span<const Parameter<Owner>> table) {
  std::set<std::string_view> keys;
  for (const auto& p : table) {
    SCOPED_TRACE(std::string(p.key));
    EXPECT_TRUE(keys.insert(p.key).second);
    EXPECT_FALSE(p.label.empty());
    EXPECT_TRUE(p.help.ends_with('.'));
    ASSERT_TRUE(p.get);
    ASSERT_TRUE(p.set);
    ASSERT_TRUE(p.matters);
    EXPECT_EQ(p.kind == ParameterKind::choice, !p.choices.empty());
    EXPECT_LT(p.minimum, p.maximum);
    EXPECT_GT(p.step, 0);
    Owner owner;
    const double value = p.get(owner);
    EXPECT_TRUE(set_checked(p, owner, value).has_value()) << "the default is not allowed";
    EXPECT_EQ(std::isnan(p.get(owner)), std::isnan(value));
  }
}

TEST(Parameters, TheTablesAreWellFormed) {
  expect_well_formed(recipe_parameters());
  expect_well_formed(refinement_parameters());
}

template <typename Owner>
void expect_set_is_get(std::span<const Parameter<Owner>> table) {
  testing::Dice dice(2);
  for (const auto& p : table) {
    for (int i = 0; i < 50; ++i) {
      Owner owner;
      testing::randomise(p, owner, dice);
      const double value = p.get(owner);
      Owner other;
      ASSERT_TRUE(set_checked(p, other, value).has_value()) << p.key;
      EXPECT_TRUE(p.get(other) == value || (p.optional && std::isnan(value))) << p.key;
    }
  }
}

// The choices of a table stand in the order of an enumeration: these say which is which.
TEST(Parameters, ChoicesStandForWhatTheyName) {
  const auto chosen = [](std::string_view key, std::string_view name) {
    const RecipeParameter& p = recipe_parameter(key);
    const auto place = std::ranges::find(p.choices, name, &Choice::name) - p.choices.begin();
    Recipe recipe;
    EXPECT_TRUE(set_checked(p, recipe, static_cast<double>(place)).has_value()) << key << " has no " << name;
    return recipe;
  };
  EXPECT_EQ(chosen("input.channel", "automatic").channel, Channel::automatic);
  EXPECT_EQ(chosen("input.channel", "1").channel, Channel::first);
  EXPECT_EQ(chosen("input.channel", "2").channel, Channel::second);
  EXPECT_EQ(chosen("input.channel", "3").channel, Channel::third);
  EXPECT_EQ(chosen("input.channel", "4").channel, Channel::fourth);
  for (const FilterRow* row : all_filters()) EXPECT_EQ(chosen("filter.method", row->name).filter.row, row);
  for (const ThresholdRow* row : all_thresholds()) EXPECT_EQ(chosen("threshold.method", row->name).threshold.row, row);
  EXPECT_EQ(chosen("seeds.method", "peaks").seeds, SeedMethod::peaks);
  EXPECT_EQ(chosen("seeds.method", "every_maximum").seeds, SeedMethod::every_maximum);
  EXPECT_EQ(chosen("seeds.method", "by_hand").seeds, SeedMethod::by_hand);
  EXPECT_EQ(chosen("watershed.flooded", "distance").flooded, FloodedImage::distance);
  EXPECT_EQ(chosen("watershed.flooded", "intensity").flooded, FloodedImage::intensity);
  EXPECT_EQ(chosen("watershed.neighbours", "4").connectivity, Connectivity::four);
  EXPECT_EQ(chosen("watershed.neighbours", "8").connectivity, Connectivity::eight);
}

TEST(Parameters, ChoicesOfARepairStandForWhatTheyName) {
  const auto read = [](const std::string& repair) {
    const auto recipe = recipe_from_text(R"({"floodlight_recipe": 1, "refinements": [)" + repair + "]}");
    return recipe ? recipe->refinements.at(0) : Refinement();
  };
  for (const RepairRow* row : all_repairs()) {
    EXPECT_EQ(read(R"({"operation": ")" + std::string(row->name) + "\"}").row, row) << row->name;
  }
  EXPECT_EQ(refinement_parameter("operation").choices.size(), all_repairs().size());
  const std::pair<std::string_view, FootprintShape> shapes[] = {
      {"disk", FootprintShape::disk}, {"diamond", FootprintShape::diamond}, {"square", FootprintShape::square}};
  for (const auto& [name, shape] : shapes) {
    const Refinement repair = read(R"({"operation": "erosion", "footprint": ")" + std::string(name) + "\"}");
    EXPECT_EQ(footprint_of(repair.values).shape, shape);
  }
  EXPECT_EQ(refinement_parameter("footprint").choices.size(), std::size(shapes));
}

/// Notes what an owner has chosen, "key: name".
template <typename Owner>
void note_choices(std::span<const Parameter<Owner>> table, const Owner& owner, std::set<std::string>& tried) {
  for (const auto& p : table) {
    if (p.kind == ParameterKind::choice) {
      tried.insert(std::string(p.key) + ": " + std::string(current_choice(p, owner).name));
    }
  }
}

TEST(Parameters, RandomRecipesTryEveryChoice) {
  testing::Dice dice(3);
  std::set<std::string> tried;
  for (int i = 0; i < 300; ++i) {
    const Recipe recipe = testing::random_recipe(dice);
    note_choices(recipe_parameters(), recipe, tried);
    for (const Refinement& repair : recipe.refinements) note_choices(refinement_parameters(), repair, tried);
  }
  std::size_t choices = 0;
  for (const auto& p : recipe_parameters()) choices += p.key == "mask.from" ? 1 : p.choices.size();
  for (const auto& p : refinement_parameters()) choices += p.choices.size();
  EXPECT_EQ(tried.size(), choices);
}

TEST(Parameters, WhatIsSetIsRead) {
  expect_set_is_get(recipe_parameters());
  expect_set_is_get(refinement_parameters());
}

TEST(Parameters, AParameterChangesNothingButItself) {
  testing::Dice dice(3);
  for (const auto& p : recipe_parameters()) {
    Recipe recipe = testing::random_recipe(dice);
    const Recipe before = recipe;
    testing::randomise(p, recipe, dice);
    for (const auto& other : recipe_parameters()) {
      if (other.key == p.key) continue;
      const double a = other.get(before);
      const double b = other.get(recipe);
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << p.key << " changed " << other.key;
    }
  }
}

TEST(Parameters, RefusesWhatIsNoNumber) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const auto& p : recipe_parameters()) {
    Recipe recipe;
    const double before = p.get(recipe);
    EXPECT_EQ(set_checked(p, recipe, nan).has_value(), p.optional) << p.key;
    EXPECT_FALSE(set_checked(p, recipe, infinity).has_value()) << p.key;
    EXPECT_FALSE(set_checked(p, recipe, -infinity).has_value()) << p.key;
    EXPECT_FALSE(set_checked(p, recipe, -5e9).has_value()) << p.key;
    if (!p.optional) {
      EXPECT_EQ(p.get(recipe), before) << p.key << " was changed by a refused value";
    }
  }
}

TEST(Parameters, RefusesTheFirstValueOutsideAndTakesTheLastInside) {
  Recipe recipe;
  const auto& size = recipe_parameter("filter.size");
  EXPECT_TRUE(set_checked(size, recipe, 3).has_value());
  EXPECT_TRUE(set_checked(size, recipe, 31).has_value());
  EXPECT_EQ(set_checked(size, recipe, 1).error().message,
            "filter.size is 1; it must be an odd whole number from 3 to 31 px.");
  EXPECT_EQ(set_checked(size, recipe, 30).error().message,
            "filter.size is 30; it must be an odd whole number from 3 to 31 px.");
  EXPECT_EQ(recipe.filter[window_size], 31);
  const auto& method = recipe_parameter("filter.method");
  EXPECT_FALSE(set_checked(method, recipe, static_cast<double>(all_filters().size())).has_value());
  EXPECT_FALSE(set_checked(method, recipe, 1.5).has_value());
  EXPECT_FALSE(set_checked(recipe_parameter("watershed.line"), recipe, 2).has_value());
}

TEST(Parameters, OnlyThoseOfTheChosenMethodMatter) {
  Recipe recipe;
  const auto matters = [&](std::string_view key) { return recipe_parameter(key).matters(recipe); };
  EXPECT_TRUE(matters("filter.sigma"));
  EXPECT_FALSE(matters("filter.size"));
  EXPECT_TRUE(matters("threshold.bins"));
  EXPECT_FALSE(matters("threshold.value"));
  EXPECT_TRUE(matters("seeds.window"));
  recipe.filter = filters::median;
  recipe.threshold = thresholds::manual;
  recipe.seeds = SeedMethod::by_hand;
  EXPECT_FALSE(matters("filter.sigma"));
  EXPECT_TRUE(matters("filter.size"));
  EXPECT_FALSE(matters("threshold.bins"));
  EXPECT_TRUE(matters("threshold.value"));
  EXPECT_FALSE(matters("seeds.window"));
  recipe.threshold = thresholds::li;
  EXPECT_FALSE(matters("threshold.bins"));
}

TEST(Parameters, CurrentChoiceIsTheOneSet) {
  Recipe recipe;
  recipe.connectivity = Connectivity::eight;
  EXPECT_EQ(current_choice(recipe_parameter("watershed.neighbours"), recipe).name, "8");
  EXPECT_EQ(current_choice(recipe_parameter("threshold.method"), recipe).name, "otsu");
}

TEST(Parameters, ThresholdMethodsKeepTheirNamesAndPlaces) {
  const auto choices = recipe_parameter("threshold.method").choices;
  const std::string_view names[] = {"manual", "otsu", "li", "yen", "triangle", "isodata", "mean", "minimum"};
  ASSERT_EQ(choices.size(), all_thresholds().size());
  for (std::size_t i = 0; i < std::size(names); ++i) EXPECT_EQ(choices[i].name, names[i]);
}

}  // namespace
}  // namespace floodlight

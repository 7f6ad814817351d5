// The table of parameters: its shape, and what it allows.
#include "core/pipeline/parameters.h"

#include <cmath>
#include <limits>
#include <set>
#include <string>

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

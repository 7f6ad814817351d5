// Random images and recipes for the tests of what lies above the algorithms; the same numbers on every machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "core/base/image.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe.h"
#include "core/segment/filters.h"
#include "core/segment/footprint.h"
#include "core/segment/one_value.h"
#include "core/segment/thresholds.h"

namespace floodlight::testing {

using Dice = std::mt19937;

/// A whole number from `low` to `high`, both possible. (The standard distributions differ between libraries.) Anything
/// that gives 32-bit numbers serves as dice.
template <typename AnyDice>
int roll(AnyDice& dice, int low, int high) {
  return low + static_cast<int>(dice() % static_cast<std::uint32_t>(high - low + 1));
}

/// Some bright discs with soft rims on a dim ground, with noise.
inline Image<float> blobs(Dice& dice, int rows, int cols, int count) {
  Image<float> image(rows, cols);
  for (float& value : image.pixels()) value = static_cast<float>(roll(dice, 20, 60));
  for (int i = 0; i < count; ++i) {
    const int row0 = roll(dice, 0, rows - 1);
    const int col0 = roll(dice, 0, cols - 1);
    const double radius = roll(dice, 2, 7);
    const double height = roll(dice, 60, 200);
    for (int row = 0; row < rows; ++row) {
      for (int col = 0; col < cols; ++col) {
        const double inside = radius - std::hypot(row - row0, col - col0);
        if (inside > -1) image[row, col] += static_cast<float>(height * std::min(1.0, (inside + 1) / 2));
      }
    }
  }
  return image;
}

/// Gives a parameter a random allowed value; numbers stay small enough for small images.
template <typename Owner, typename AnyDice>
void randomise(const Parameter<Owner>& p, Owner& owner, AnyDice& dice) {
  double value = 0;
  switch (p.kind) {
    case ParameterKind::toggle:
      value = roll(dice, 0, 1);
      break;
    case ParameterKind::choice:
      value = roll(dice, 0, static_cast<int>(p.choices.size()) - 1);
      break;
    case ParameterKind::integer:
    case ParameterKind::real: {
      const double low = std::max(p.minimum, 0.0);
      const double steps = std::floor((std::min(p.maximum, low + 30 * p.step) - low) / p.step);
      value = low + p.step * roll(dice, 0, static_cast<int>(steps));
      if (p.optional && roll(dice, 0, 1) == 0) value = no_value;
      break;
    }
  }
  if (auto set = set_checked(p, owner, value); !set) std::abort();
}

/// Raises what must be at least another value.
template <typename Owner>
void keep_order(std::span<const Parameter<Owner>> table, Owner& owner) {
  for (const auto& p : table) {
    if (!p.at_least.empty()) p.set(owner, std::max(p.get(owner), range_beside(p, owner).first));
  }
}

/// A filter that keeps one value is given one that small images have, and a cutoff by hand one that lies between 0 and 1.
template <typename AnyDice>
void look_for_a_value(Recipe& recipe, AnyDice& dice) {
  if (recipe.filter != filters::one_value) return;
  recipe.filter[kept_value] = roll(dice, 0, 1) == 0 ? roll(dice, 3, 8) : roll(dice, 20, 60);
  if (recipe.threshold == thresholds::manual) recipe.threshold[cutoff_value] = 0.5;
}

template <typename AnyDice>
Recipe random_recipe(AnyDice& dice) {
  Recipe recipe;
  for (const auto& p : recipe_parameters()) {
    if (roll(dice, 0, 1) == 0) randomise(p, recipe, dice);
  }
  recipe.mask_from = &mask_sources::classic;  // the others need what must be trained; see core/learn/classifiers.h
  recipe.threshold[cutoff_value] = roll(dice, 60, 160);
  recipe.threshold[histogram_bins] = roll(dice, 0, 1) == 0 ? 256 : roll(dice, 2, 400);
  recipe.window = 2 * roll(dice, 1, 6) + 1;
  recipe.min_distance = roll(dice, 1, 6);
  if (recipe.compactness > 1) recipe.compactness = 0;
  look_for_a_value(recipe, dice);
  keep_order(recipe_parameters(), recipe);
  recipe.refinements.clear();
  for (int i = roll(dice, 0, 3); i > 0; --i) {
    Refinement refinement;
    for (const auto& p : refinement_parameters()) randomise(p, refinement, dice);
    refinement[footprint_radius] = roll(dice, 1, 4);
    keep_order(refinement_parameters(), refinement);
    recipe.refinements.push_back(refinement);
  }
  for (int i = roll(dice, 0, 5); i > 0; --i) recipe.seeds_by_hand.push_back({roll(dice, 0, 39), roll(dice, 0, 39)});
  return recipe;
}

}  // namespace floodlight::testing

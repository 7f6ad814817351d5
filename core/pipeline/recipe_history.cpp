// The recipes that there were before.
#include "core/pipeline/recipe_history.h"

#include <cmath>
#include <cstddef>
#include <utility>

#include "core/pipeline/parameters.h"

namespace floodlight {
namespace {

constexpr std::size_t most_kept = 200;
constexpr double pause = 800;  // milliseconds after which another value is another change
constexpr const char* coordinates_key = "seeds.coordinates";

/// What differs: how many things, and the key of the last of them where it is a number.
struct Difference {
  int count = 0;
  std::string key;
};

template <typename Owner>
void compare(Difference& d, std::span<const Parameter<Owner>> table, const Owner& a, const Owner& b,
             const std::string& prefix) {
  for (const auto& p : table) {
    const double left = p.get(a);
    const double right = p.get(b);
    if (left == right || (std::isnan(left) && std::isnan(right))) continue;
    ++d.count;
    const bool number = p.kind == ParameterKind::integer || p.kind == ParameterKind::real;
    d.key = number ? prefix + std::string(p.key) : std::string();
  }
}

/// The key of the one number that differs; empty where more differs, or what is no number.
std::string changed_number(const Recipe& a, const Recipe& b) {
  Difference d;
  compare(d, recipe_parameters(), a, b, "");
  if (a.refinements.size() != b.refinements.size()) return {};
  for (std::size_t i = 0; i < a.refinements.size(); ++i)
    compare(d, refinement_parameters(), a.refinements[i], b.refinements[i], std::to_string(i) + ".");
  if (a.classifier != b.classifier || a.network != b.network) {
    ++d.count;
    d.key.clear();
  }
  if (a.seeds_by_hand != b.seeds_by_hand) {
    ++d.count;
    d.key = coordinates_key;
  }
  return d.count == 1 ? d.key : std::string();
}

}  // namespace

void RecipeHistory::changed(const Recipe& before, const Recipe& after, const EditMoment& moment) {
  if (before == after) return;
  const std::string key = changed_number(before, after);
  // Seeds that are clicked quickly one after the other are a change each; one that is dragged is one. A drag that begins
  // by changing more than its number, as that of Otsu's cutoff makes the threshold a manual one, is one as well.
  const bool typed_on = !key.empty() && key == key_ && key != coordinates_key && last_.pressed == 0 &&
                        moment.milliseconds - last_.milliseconds < pause;
  const bool in_one_go = moment.pressed != 0 ? moment.pressed == last_.pressed : typed_on;
  const bool together = !undo_.empty() && redo_.empty() && (moment.frame == last_.frame || in_one_go);
  if (!together) {
    undo_.push_back(before);
    if (undo_.size() > most_kept) undo_.erase(undo_.begin());
  } else if (undo_.back() == after) {
    undo_.pop_back();  // dragged to and fro: nothing has changed
  }
  redo_.clear();
  key_ = key;
  last_ = moment;
}

std::optional<Recipe> RecipeHistory::step(std::vector<Recipe>& from, std::vector<Recipe>& to, const Recipe& now) {
  if (from.empty()) return std::nullopt;
  to.push_back(now);
  Recipe recipe = std::move(from.back());
  from.pop_back();
  return recipe;
}

std::optional<Recipe> RecipeHistory::undo(const Recipe& now) {
  key_.clear();
  last_ = {.frame = -1};
  return step(undo_, redo_, now);
}

std::optional<Recipe> RecipeHistory::redo(const Recipe& now) {
  key_.clear();
  last_ = {.frame = -1};
  return step(redo_, undo_, now);
}

void RecipeHistory::clear() { *this = {}; }

void RecipeHistory::set_pixel_size(double pixel_size_um) {
  for (auto* list : {&undo_, &redo_}) {
    for (Recipe& recipe : *list) recipe.pixel_size_um = pixel_size_um;
  }
}

}  // namespace floodlight

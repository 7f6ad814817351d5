#include "web/app/files/carried_recipe.h"

#include <string>

#include "core/export/recipe_words.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The recipe of the image before, as far as another image can take it.
Recipe taken_along(const App& app) {
  Recipe recipe = app.before->recipe;
  recipe.page = app.recipe().page;
  recipe.channel = app.recipe().channel;
  recipe.nonfinite_as_zero = app.recipe().nonfinite_as_zero;
  take_pixel_size(recipe, app.recipe());
  recipe.seeds_by_hand.clear();
  if (recipe.seeds == SeedMethod::by_hand) recipe.seeds = SeedMethod::peaks;
  return recipe;
}

std::string stayed_behind(const App& app, const std::string& words) {
  const bool lab = differences_from_lab(app.opened_with).empty();
  return app.image.name + " begins with " + (lab ? "the lab's recipe" : "a recipe of its own") +
         ". What you had set for " + app.before->name +
         " did not come along: " + (words.empty() ? "the lab's recipe" : words) + ".";
}

}  // namespace

void carried_recipe(App& app) {
  if (!app.before) return;
  const bool came_along = app.before->came_along;
  const Recipe other = taken_along(app);
  const std::string words = differences_from_lab(other);
  // The lab's recipe is no news.
  if (came_along ? words.empty() || app.recipe() != other : !app.before->changed || app.recipe() == other) return;
  const SectionScope section("carried recipe");
  const FontScope face(Font::regular, small_text);
  note(came_along ? "The recipe came along from " + app.before->name + ". It differs from the lab's: " + words + "."
                  : stayed_behind(app, words));
  bool answered = false;
  if (came_along ? button("Use the lab's recipe", {.help = "Undo brings this one back."})
                 : button("Use it here too", {.help = "Undo brings the recipe that is here now back."})) {
    app.edit_recipe(came_along ? lab_recipe_for(app.recipe()) : other);
    answered = true;
  }
  ImGui::SameLine(0, px(8));
  if (button("Keep this one", {.help = "Nothing changes.", .quiet = true})) answered = true;
  if (answered) app.before.reset();
  gap(8);
}

}  // namespace floodlight::ui

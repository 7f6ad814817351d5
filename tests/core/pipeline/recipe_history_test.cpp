// Undo and redo: every change comes back, one drag is one change, and nothing is undone that was not done.
#include "core/pipeline/recipe_history.h"

#include <utility>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

/// A recipe that is changed at moments that the tests choose.
class Desk {
 public:
  template <typename Change>
  void change(Change make, EditMoment moment) {
    Recipe next = recipe;
    make(next);
    history.changed(recipe, next, moment);
    recipe = next;
  }
  /// Long after the last change, and in another frame.
  EditMoment later(double pressed = 0) {
    now_.frame += 100;
    now_.milliseconds += 5000;
    now_.pressed = pressed;
    return now_;
  }
  /// At the next frame.
  EditMoment at_once(double pressed = 0) {
    ++now_.frame;
    now_.milliseconds += 16;
    now_.pressed = pressed;
    return now_;
  }
  bool undo() { return take(history.undo(recipe)); }
  bool redo() { return take(history.redo(recipe)); }

  RecipeHistory history;
  Recipe recipe;

 private:
  bool take(std::optional<Recipe> taken) {
    if (!taken) return false;
    recipe = std::move(*taken);
    return true;
  }
  EditMoment now_;
};

void set_sigma(Desk& desk, double sigma, EditMoment moment) {
  desk.change([&](Recipe& r) { r.sigma = sigma; }, moment);
}

TEST(RecipeHistory, GoesBackAndOnThroughEveryChange) {
  Desk desk;
  EXPECT_FALSE(desk.undo());
  set_sigma(desk, 2, desk.later());
  desk.change([](Recipe& r) { r.filter = FilterMethod::median; }, desk.later());
  desk.change([](Recipe& r) { r.refinements.clear(); }, desk.later());
  const Recipe last = desk.recipe;
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.refinements.size(), 2U);
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.filter, FilterMethod::gaussian);
  EXPECT_TRUE(desk.undo());
  EXPECT_TRUE(desk.recipe == Recipe{});
  EXPECT_FALSE(desk.undo());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(desk.redo());
  EXPECT_FALSE(desk.redo());
  EXPECT_TRUE(desk.recipe == last);
}

TEST(RecipeHistory, CountsADragAsOneChange) {
  Desk desk;
  set_sigma(desk, 1.5, desk.later(7));
  for (double sigma = 1.6; sigma < 5; sigma += 0.1) set_sigma(desk, sigma, desk.later(7));
  set_sigma(desk, 9, desk.at_once(8));
  EXPECT_TRUE(desk.undo());
  EXPECT_LT(desk.recipe.sigma, 5.1);
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.sigma, 1);
}

TEST(RecipeHistory, CountsADragThatBeginsWithAnotherMethodAsOneChange) {
  Desk desk;
  for (double value = 300; value < 310; ++value) {
    desk.change(
        [&](Recipe& r) {
          r.cutoff = CutoffMethod::manual;
          r.cutoff_value = value;
        },
        desk.at_once(7));
  }
  EXPECT_TRUE(desk.undo());
  EXPECT_TRUE(desk.recipe == Recipe{});
}

TEST(RecipeHistory, ForgetsADragThatCameBack) {
  Desk desk;
  set_sigma(desk, 3, desk.later(7));
  set_sigma(desk, 1, desk.later(7));
  EXPECT_FALSE(desk.history.can_undo());
}

TEST(RecipeHistory, CountsNumbersTypedWithoutAPauseAsOneChange) {
  Desk desk;
  desk.change([](Recipe& r) { r.min_distance = 1; }, desk.later());
  desk.change([](Recipe& r) { r.min_distance = 12; }, desk.at_once());
  desk.change([](Recipe& r) { r.min_distance = 14; }, desk.later());
  desk.change([](Recipe& r) { r.window = 31; }, desk.at_once());
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.min_distance, 14);
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.min_distance, 12);
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.min_distance, 10);
}

TEST(RecipeHistory, KeepsQuickSwitchesApart) {
  Desk desk;
  desk.change([](Recipe& r) { r.line = true; }, desk.later());
  desk.change([](Recipe& r) { r.line = false; }, desk.at_once());
  EXPECT_TRUE(desk.undo());
  EXPECT_TRUE(desk.recipe.line);
}

TEST(RecipeHistory, KeepsClickedSeedsApartAndADraggedOneTogether) {
  Desk desk;
  const auto seeds = [&](std::vector<Pixel> list, EditMoment moment) {
    desk.change(
        [&](Recipe& r) {
          r.seeds = SeedMethod::by_hand;
          r.seeds_by_hand = std::move(list);
        },
        moment);
  };
  seeds({}, desk.later());
  seeds({{1, 1}}, desk.at_once());
  seeds({{1, 1}, {5, 5}}, desk.at_once());
  seeds({{1, 1}, {6, 5}}, desk.at_once(3));
  seeds({{1, 1}, {7, 5}}, desk.at_once(3));
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.seeds_by_hand.back(), (Pixel{5, 5}));
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.seeds_by_hand.size(), 1U);
  EXPECT_TRUE(desk.undo());
  EXPECT_TRUE(desk.recipe.seeds_by_hand.empty());
  EXPECT_EQ(desk.recipe.seeds, SeedMethod::by_hand);
}

TEST(RecipeHistory, UndoesTogetherWhatOnePressChanged) {
  Desk desk;
  const EditMoment moment = desk.later();
  desk.change([](Recipe& r) { r.seeds = SeedMethod::by_hand; }, moment);
  desk.change([](Recipe& r) { r.seeds_by_hand = {{3, 3}}; }, moment);
  EXPECT_TRUE(desk.undo());
  EXPECT_TRUE(desk.recipe == Recipe{});
}

TEST(RecipeHistory, DropsWhatWasUndoneWhenSomethingElseIsDone) {
  Desk desk;
  set_sigma(desk, 2, desk.later());
  set_sigma(desk, 3, desk.later());
  EXPECT_TRUE(desk.undo());
  set_sigma(desk, 5, desk.at_once());
  EXPECT_FALSE(desk.history.can_redo());
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.sigma, 2);
}

TEST(RecipeHistory, FollowsTheImagesPixelSize) {
  Desk desk;
  set_sigma(desk, 2, desk.later());
  desk.history.set_pixel_size(0.65);
  EXPECT_TRUE(desk.undo());
  EXPECT_EQ(desk.recipe.pixel_size_um, 0.65);
}

}  // namespace
}  // namespace floodlight

// The recipes that there were before, so that a change can be undone and done again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/recipe.h"

namespace floodlight {

/// When a recipe was changed: what was changed together, or in one go, is undone together.
struct EditMoment {
  int frame = 0;            ///< of the screen; changes in the same one belong together
  double milliseconds = 0;  ///< the time
  double pressed = 0;       ///< when the button was pressed that is still down; 0: none is
};

class RecipeHistory {
 public:
  /// Says that `before` became `after`. Values that one slider takes while it is dragged, and numbers that are typed or
  /// stepped through without a pause, are one change.
  void changed(const Recipe& before, const Recipe& after, const EditMoment& moment);
  /// The recipe before the last change, or none; `now` can then be redone.
  std::optional<Recipe> undo(const Recipe& now);
  std::optional<Recipe> redo(const Recipe& now);
  void clear();
  /// The image at hand got another pixel size: so do the recipes of before, which were about the same image.
  void set_pixel_size(double pixel_size_um);

  /// What was undone cannot be done again: something else was done instead.
  void forget_undone() { redo_.clear(); }
  /// How many changes can be undone.
  [[nodiscard]] std::size_t changes() const { return undo_.size(); }
  [[nodiscard]] bool can_undo() const { return !undo_.empty(); }
  [[nodiscard]] bool can_redo() const { return !redo_.empty(); }

 private:
  static std::optional<Recipe> step(std::vector<Recipe>& from, std::vector<Recipe>& to, const Recipe& now);

  std::vector<Recipe> undo_;  ///< the last one last
  std::vector<Recipe> redo_;
  std::string key_;  ///< of the one number that was changed last; empty: there is none
  EditMoment last_;
};

}  // namespace floodlight

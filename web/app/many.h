// Many images: the list of fields, what became of each, and the run that walks them with one recipe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/recipe.h"

namespace floodlight::ui {

class App;

/// What one recipe made of one field.
struct FieldResult {
  double threshold = 0;
  int nuclei = 0;
  std::vector<float> areas;        ///< of each nucleus, in pixels, ascending by label
  std::vector<float> intensities;  ///< their mean intensities in the raw image
  std::optional<double> f1;        ///< where the truth is known
  std::optional<double> mean_ap;
  double milliseconds = 0;
};

enum class FieldState : std::uint8_t { waiting, working, done, failed };

/// One image of the set. Its pixels are read when they are needed and let go; only this stays.
struct Field {
  std::uint32_t id = 0;  ///< under which the page's JavaScript knows its file
  std::string name;      ///< of the file, or the sample's title
  std::string stem;      ///< what its results are named after
  std::optional<std::size_t> sample;
  FieldState state = FieldState::waiting;
  std::string problem;  ///< why it failed: one sentence
  int rows = 0;
  int cols = 0;
  std::optional<double> pixel_size_um;
  std::optional<FieldResult> result;  ///< with the recipe
  std::optional<FieldResult> fixed;   ///< with the same recipe, but one fixed threshold for all
};

/// The set and its run.
struct Many {
  std::vector<Field> fields;
  Recipe recipe;                          ///< of the results there are
  std::optional<double> fixed_threshold;  ///< of the `fixed` results there are
  bool running = false;
  bool paused = false;
  std::uint32_t version = 0;  ///< counts up whenever a result has come or gone
};

}  // namespace floodlight::ui

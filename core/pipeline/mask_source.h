// Where the mask comes from: the ways from the raw image to it, a row each. Everything after the mask is common to them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/sliced.h"
#include "core/pipeline/stage.h"
#include "core/pipeline/stage_values.h"
#include "core/segment/filter_row.h"

namespace floodlight {

struct Recipe;

/// What a step is in ImageJ's macro language, and why its result is another there; empty: it is the same.
struct ImagejStep {
  std::string lines;
  std::string differs;
};

/// A stage that a way computes for itself. The functions that make texts and terms are given a recipe of that way.
struct MaskStep {
  Stage stage = Stage::filtered;
  /// Computes the stage's value from those before it. Recipe and values outlive the computation; the recipe may be replaced
  /// between two slices by one that is the same up to this stage.
  Sliced<Result<StageChange>> (*compute)(const Recipe& recipe, StageValues& values) = nullptr;
  /// How the stage's value came about at a pixel; no parts where one number for all pixels says it.
  TermsAtPixel (*terms)(const Recipe& recipe, const StageValues& values, Pixel pixel) = nullptr;
  /// The line or lines of Python that make the stage's variable from `image`, a variable of an earlier stage; as they are
  /// typed, or as a program has them that must also stand an image of one value.
  std::string (*python)(const Recipe& recipe, std::string_view image, bool in_program) = nullptr;
  /// What the step does and why, for the notebook.
  std::string (*notebook)(const Recipe& recipe) = nullptr;
  ImagejStep (*imagej)(const Recipe& recipe) = nullptr;
};

struct MaskSource {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  std::string_view help;
  std::span<const MaskStep> steps;           ///< from the raw image to the mask, which is the last one
  std::span<const std::string_view> groups;  ///< of the recipe's parameters that matter to this way alone: "filter"

  /// The way's own computation of a stage; null: the stage is computed as for all ways.
  [[nodiscard]] const MaskStep* step(Stage stage) const {
    for (const MaskStep& own : steps) {
      if (own.stage == stage) return &own;
    }
    return nullptr;
  }
};

/// All of them, in the order in which they are offered.
std::span<const MaskSource* const> all_mask_sources();

namespace mask_sources {
/// A filter, then a cutoff.
extern const MaskSource classic;
}  // namespace mask_sources

}  // namespace floodlight

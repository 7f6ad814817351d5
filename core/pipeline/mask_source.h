// Where the mask comes from: the ways from the raw image to it, a row each. Everything after the mask is common to them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/json.h"
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
  std::string_view title = {};  ///< of the step in exported programs: "Filter"
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
  ImagejStep (*imagej)(const Recipe& recipe) = nullptr;  ///< null where the way's `imagej_lacks` says why
};

/// What a way has besides the numbers of the parameters' table: something that was learnt.
struct MaskLearnt {
  std::string_view name;  ///< in a recipe's JSON, in the group "mask"; ways that share it have it in common
  std::string_view from;  ///< what it was learnt from: "paint"
  /// Whether the recipe has it.
  bool (*there)(const Recipe& recipe) = nullptr;
  Json (*to_json)(const Recipe& recipe) = nullptr;
  /// Puts what was written into the recipe, or refuses it.
  Result<void> (*from_json)(Recipe& recipe, const Json& json) = nullptr;
  /// The first stage whose value may be another with the one than with the other's; none: both have the same.
  std::optional<Stage> (*first_change)(const Recipe& one, const Recipe& other) = nullptr;
};

/// What an exported program has for a way besides the lines of its steps.
struct MaskProgram {
  std::string_view package;  ///< to install: "scikit-learn"; empty: none besides the usual ones
  std::string_view imports;  ///< whole lines
  /// Functions that the lines call, with an empty line between two of them.
  std::string (*functions)(const Recipe& recipe) = nullptr;
  /// Lines that come once, before the first image.
  std::string (*set_up)(const Recipe& recipe) = nullptr;
};

struct MaskSource {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  std::string_view help;
  std::span<const MaskStep> steps;           ///< from the raw image to the mask, which is the last one
  std::span<const std::string_view> groups;  ///< of the recipe's parameters that matter to this way alone: "filter"
  const MaskStep* seeds = nullptr;           ///< how it finds seeds of its own (`own_step`); null: as all do
  const MaskLearnt* learnt = nullptr;        ///< null: the table's numbers say it all
  const MaskProgram* program = nullptr;      ///< null: the steps' lines are all
  bool has_cutoff = false;                   ///< whether the mask is what lies above a cutoff, Python's `threshold`
  std::string_view decides = {};             ///< what says nucleus or background, in sentences: "the forest"
  std::string (*in_paper)(const Recipe& recipe) =
      nullptr;                         ///< what one may write of the mask: "pixels classified by ..."
  std::string_view imagej_lacks = {};  ///< why it cannot be said in ImageJ's macro language; empty: it can

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
/// Features of every pixel, then a forest that has learnt from paint.
extern const MaskSource classifier;
/// A network's probability of background; seeds are the middles of the interiors that it sees.
extern const MaskSource network;
/// The same mask; seeds as on the other ways.
extern const MaskSource network_mask;
}  // namespace mask_sources

/// Whether a network makes the mask, wherever the seeds come from.
[[nodiscard]] constexpr bool is_network(const MaskSource& way) {
  return &way == &mask_sources::network || &way == &mask_sources::network_mask;
}

}  // namespace floodlight

// Why a nucleus was missed, merged, split or lost: which step and which parameter decided its fate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"
#include "core/score/score.h"

namespace floodlight {

enum class Cause : std::uint8_t {
  below_cutoff,          ///< most of it lies below the threshold
  taken_for_background,  ///< most of it is background to what has learnt to tell the two apart
  removed_small,         ///< a size limit took it
  removed_by_repair,     ///< an erosion, an opening or the clearing of the border took it
  seed_at_border,        ///< no seed: its summit lies in the excluded border
  seed_too_near,         ///< no seed: its summit is nearer to a higher one than the minimum distance
  seed_in_window,        ///< no seed: a higher pixel lies in its summit's window
  seed_below,            ///< no seed: its summit is not above the absolute threshold
  seed_not_set,          ///< no seed: they are set by hand, and none in it
  joined_by_filter,      ///< merged: apart in the raw image's mask, together in the filtered one's
  joined_in_mask,        ///< merged: together above the cutoff, and one summit or seed for both
  joined_by_repair,      ///< merged: apart in the mask, and a repair joined them
  broken_in_mask,        ///< split: the mask itself is in pieces
  broken_by_repair,      ///< split: a repair parted it
  several_seeds,         ///< split: one piece, and more than one seed in it
  too_small,             ///< found, but its label covers too little of it to match
  too_large,             ///< found, but its label reaches too far beyond it
  no_true_nucleus,       ///< extra: bright enough, and no true nucleus is there
  fragment               ///< extra: a piece of a true nucleus that another label matched, or of none
};

/// One nucleus whose fate is not simply "matched".
struct NucleusLife {
  Label truth = 0;      ///< its true number; 0: of an extra label
  Label predicted = 0;  ///< the label concerned: the extra one, the merged one, the largest of its pieces; 0: none
  Fate fate = Fate::unmatched;
  Cause cause = Cause::below_cutoff;
  Stage stage = Stage::mask;  ///< the step that decided
  std::string_view
      parameter;  ///< the recipe's parameter to look at ("seeds.exclude_border"); empty: a repair, by its place, or
                  ///< what was learnt
  int refinement = -1;   ///< that repair's place in the recipe's list
  Pixel place;           ///< where to look
  std::string sentence;  ///< with the numbers: "No seed: its summit lies 6 px from the border, and 10 are excluded."
};

/// How many lives share a cause.
struct CauseCount {
  Cause cause;
  int count = 0;
};
/// A cause in a few words: "Summit in the excluded border".
std::string_view cause_name(Cause cause);

/// The life of every true nucleus that was missed, merged or split and of every extra label (a predicted one without a
/// partner), in this order: true nuclei by number, then extra labels by number. `values` are those of the recipe,
/// complete; `truth` and `score` (of `values.labels` against it) have their shape. O(pixels, once more for each repair).
Sliced<std::vector<NucleusLife>> nucleus_lives_in_slices(const StageValues& values, const Recipe& recipe,
                                                         LabelView truth, const Score& score);
std::vector<NucleusLife> nucleus_lives(const StageValues& values, const Recipe& recipe, LabelView truth,
                                       const Score& score);

/// The causes, most frequent first, then in the order of the enumeration.
std::vector<CauseCount> count_causes(const std::vector<NucleusLife>& lives);

}  // namespace floodlight

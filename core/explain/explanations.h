// What a whole step is explained with: of labelling, repairs, seeds, the flood, and of what the watershed cut, all that one
// look at the step needs, made of a pipeline's values in slices.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/explain/components_and_labels.h"
#include "core/explain/flood.h"
#include "core/explain/label_growth.h"
#include "core/explain/peak_terms.h"
#include "core/explain/refine_terms.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/label.h"

namespace floodlight {

/// How labelling walked, and what it found.
struct GrowthExplanation {
  LabelGrowth growth;
  Components components;
};
/// Of a mask, with 4 or 8 neighbours. O(pixels).
Sliced<GrowthExplanation> explain_growth_in_slices(MaskView mask, Connectivity connectivity);

/// What one repair did.
struct RepairEffect {
  std::int64_t added = 0;    ///< pixels
  std::int64_t removed = 0;  ///< pixels
  Label objects = 0;         ///< 8 neighbours, after it
};
struct RepairsExplanation {
  std::vector<Mask> masks;                       ///< before the first repair, and after each
  std::vector<RepairEffect> effects;             ///< one for each mask; the first has changed nothing
  std::vector<std::vector<std::int64_t>> sizes;  ///< for each size limit, of what it judges; for other repairs empty
  Image<std::uint8_t> changes;                   ///< of all of them: values of Repair
};
/// Of a mask, repair by repair. O(repairs x pixels), and what the repairs take.
Sliced<RepairsExplanation> explain_repairs_in_slices(MaskView mask, std::vector<Refinement> refinements);

struct SeedsExplanation {
  std::vector<PeakCandidate> candidates;
  Components components;  ///< of the refined mask, with the watershed's neighbours
  std::vector<SeedlessObject> seedless;
};
/// Which summits became seeds and which did not, by the recipe's options; not for seeds that are set by hand.
Sliced<SeedsExplanation> explain_seeds_in_slices(const StageValues& values, Recipe recipe);

/// What a student may leave out of the call `watershed(-distance, seeds, mask=mask)`, to see what it is for.
struct Forgotten {
  bool minus = false;
  bool mask = false;
};
struct FloodExplanation {
  Flood flood;
  std::vector<std::int32_t> queue_lengths;
  Image<float> landscape;  ///< what is flooded: minus the squared distance, or as the student has it
  /// How high the water stands after each number of steps: the highest value of what was flooded (of distances, not their
  /// squares) that it has come to. One more than there are steps.
  std::vector<float> levels;
  std::vector<std::uint8_t> colours;  ///< of the labels, by their place in the palette
};
/// The recipe's watershed, entry by entry.
Sliced<FloodExplanation> explain_flood_in_slices(const StageValues& values, const Recipe& recipe, Forgotten forgotten);

/// Before and after the watershed.
struct DifferencesExplanation {
  Components islands;  ///< of the refined mask, with the watershed's neighbours
  ComponentsAndLabels found;
};
Sliced<DifferencesExplanation> explain_differences_in_slices(const StageValues& values, Connectivity connectivity);

}  // namespace floodlight

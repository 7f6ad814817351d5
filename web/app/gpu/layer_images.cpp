// Which images the layers show: the pipeline's stages, and what stands beside them.
#include "web/app/gpu/gpu.h"

namespace floodlight::ui {

Stage stage_of(Layer layer) {
  switch (layer) {
    case Layer::raw:
    case Layer::photons:
    case Layer::experiment:
      return Stage::raw;
    case Layer::filtered:
      return Stage::filtered;
    case Layer::feature:
      return Stage::filtered;
    case Layer::raw_mask:
    case Layer::mask:
    case Layer::probability:
    case Layer::uncertainty:
    case Layer::passing:
      return Stage::mask;
    case Layer::components:
    case Layer::growth:
      return Stage::components;
    case Layer::refined:
    case Layer::repairs:
      return Stage::refined;
    case Layer::distance:
      return Stage::distance;
    case Layer::seeds:
      return Stage::seeds;
    case Layer::labels:
    case Layer::fates:
    case Layer::flood:
    case Layer::islands:
    case Layer::differences:
      return Stage::labels;
  }
  return Stage::raw;
}

bool LayerImages::has(Layer layer) const {
  if (layer == Layer::photons && photons.empty()) return false;
  if (layer == Layer::fates && fates.empty()) return false;
  if (layer == Layer::experiment && experiment.empty()) return false;
  if (layer == Layer::growth && growth.labels.empty()) return false;
  if (layer == Layer::flood && flood.labels.empty()) return false;
  if (layer == Layer::repairs && repairs.empty()) return false;
  if (layer == Layer::islands && islands.empty()) return false;
  if (layer == Layer::differences && differences.empty()) return false;
  if (layer == Layer::probability && probability.empty()) return false;
  if (layer == Layer::feature && feature.empty()) return false;
  if (layer == Layer::uncertainty && uncertainty.empty()) return false;
  if (layer == Layer::passing && passing.empty()) return false;
  return pipeline.has(stage_of(layer));
}

std::uint32_t LayerImages::version(Layer layer) const {
  if (layer == Layer::photons) return photons_version;
  if (layer == Layer::fates) return fates_version;
  if (layer == Layer::experiment) return experiment_version;
  if (layer == Layer::growth) return growth.version;
  if (layer == Layer::flood) return flood.version;
  if (layer == Layer::repairs) return repairs_version;
  if (layer == Layer::islands || layer == Layer::differences) return differences_version;
  if (layer == Layer::probability) return probability_version;
  // A network's own seeds may stay where the landscape that they are the summits of does not.
  if (layer == Layer::seeds && !pipeline.values().interior_distance.empty()) return pipeline.runs(Stage::seeds);
  if (layer == Layer::feature) return feature_version;
  if (layer == Layer::uncertainty) return uncertainty_version;
  if (layer == Layer::passing) return passing_version;
  return pipeline.version(stage_of(layer));
}

}  // namespace floodlight::ui

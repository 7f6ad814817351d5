// What is computed beside the pipeline to explain it: only what the step at hand shows, slice by slice, and anew when what
// it tells of has been computed anew.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/explain/explanations.h"
#include "core/explain/lazy.h"
#include "core/learn/forest_terms.h"
#include "core/learn/network_units.h"
#include "core/learn/trained_network.h"
#include "core/score/nucleus_life.h"

namespace floodlight::ui {

class App;

struct Explanations {
  Lazy<GrowthExplanation> growth;
  Lazy<std::vector<TouchingObject>> touching;
  Lazy<RepairsExplanation> repairs;
  Lazy<SeedsExplanation> seeds;
  Lazy<std::vector<NucleusLife>> lives;
  Lazy<FloodExplanation> flood;
  Lazy<DifferencesExplanation> differences;
  Lazy<Image<float>> feature;  ///< of a pixel classifier's: the one that is looked at; of a network's units the same
  Lazy<UnitPictures> unit_pictures;  ///< of a network, around the pixel at hand
  std::uint32_t network_age = 0;     ///< counts up with every network that was looked at
  std::shared_ptr<const TrainedNetwork> network_of;
  Lazy<Image<float>> uncertainty;
  Lazy<Mask> passing;                                     ///< the pixels that a question is put to
  Lazy<LeafTable> leaves;                                 ///< that the painted pixels reach
  Lazy<std::vector<std::vector<FeatureSpread>>> spreads;  ///< of the painted pixels' features

  /// Goes on with what the step at hand shows; true while there is more.
  bool work(const App& app, std::chrono::microseconds time);
  /// Drops all of them: the image that they tell of is gone.
  void forget() {
    growth.forget();
    touching.forget();
    repairs.forget();
    seeds.forget();
    lives.forget();
    flood.forget();
    differences.forget();
    feature.forget();
    unit_pictures.forget();
    uncertainty.forget();
    passing.forget();
    leaves.forget();
    spreads.forget();
  }
};

}  // namespace floodlight::ui

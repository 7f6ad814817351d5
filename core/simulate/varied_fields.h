// Simulated fields of which no two are alike: what a network learns from, and what is kept back to see what it has learnt.
#pragma once

#include <cstdint>

#include "core/learn/network_training.h"
#include "core/simulate/simulation.h"

namespace floodlight {

/// What differs from field to field; the rest is as `SimulationParameters` begins.
struct FieldVariety {
  bool exposure = true;       ///< 0.03 to 4 times the reference
  bool focus = true;          ///< up to 8 micrometres off, to either side
  bool illumination = true;   ///< haze up to 40 %, fall-off up to 50 %, background stain up to 40 %
  bool magnification = true;  ///< 15 to 26
  bool cells = true;          ///< density 150 to 2,200, diameter 12 to 20 um, staining, chromatin, debris
  friend bool operator==(const FieldVariety&, const FieldVariety&) = default;
};

/// The side of a varied field, in pixels.
constexpr int varied_field_side = 256;

struct VariedField {
  SimulationParameters parameters;
  SimulationSeeds seeds;
};
/// The field of that number. The same seed and number give the same field on every machine.
VariedField varied_field(const FieldVariety& variety, std::uint64_t seed, int number);

/// Fields that no network is trained on: drawn from other streams of random numbers, and unlike those that it is trained on in
/// what these have in common (outlines, clusters, camera, objective), as well as in all that varies there.
VariedField kept_back_field(std::uint64_t seed, int number);
constexpr int kept_back_fields = 100;

/// The field's image and truth as a network learns from them.
TruthImage simulated_truth_image(const VariedField& field, bool rim);

}  // namespace floodlight

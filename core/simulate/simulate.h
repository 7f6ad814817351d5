// The simulator: a widefield image of DAPI-like nuclei, with its true label image, from parameters and two seeds.
#pragma once

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/files/tiff.h"
#include "core/simulate/camera.h"
#include "core/simulate/optics.h"
#include "core/simulate/simulation.h"

namespace floodlight {

struct Simulated {
  Image<float> pixels;   ///< digital values, as the file stores them
  Image<float> photons;  ///< that fell on each pixel
  LabelImage truth;
  PixelType type = PixelType::u16;
  double type_maximum = 4095;  ///< the largest value that this camera and file can give; 0 for float32
  double pixel_size_um = 0;
};

/// Takes one picture. The same parameters and seeds give the same bits natively and in WebAssembly.
/// Refuses parameters out of their ranges.
Result<Simulated> simulate(const SimulationParameters& parameters, const SimulationSeeds& seeds = {});

/// The same, remembering the light between pictures: only what a changed parameter or seed touches is done anew.
class Simulator {
 public:
  /// Of parameters that `check` allows, as those of the samples are.
  Simulated take(const SimulationParameters& parameters, const SimulationSeeds& seeds);

 private:
  SimulationParameters parameters_;  // of light_
  std::uint64_t specimen_seed_ = 0;
  Light light_;
  PixelLuck luck_;
};

}  // namespace floodlight

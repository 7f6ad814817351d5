// The camera: from light to photons, electrons, digital values, and the file.
#pragma once

#include "core/image.h"
#include "core/simulation.h"

namespace floodlight {

struct Exposure {
  Image<float> photons;  ///< that fell on each pixel in this exposure
  Image<float> pixels;   ///< what the file stores
};

/// One exposure. Photons arrive at random (Poisson); each becomes an electron with the quantum efficiency's chance;
/// dark and read noise come on top; the well, the gain, the offset and the number of bits make the value; then come the
/// corrections and the file's type. The same seed gives every pixel the same luck, so that a turned knob does not make
/// the noise dance. Hot pixels and the spread of the pixels' gain belong to the camera: they are the same in all exposures.
/// O(pixels).
Exposure expose(const SimulationParameters& parameters, FloatView brightness, std::uint64_t seed);

}  // namespace floodlight

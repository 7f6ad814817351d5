// The camera: from light to photons, electrons, digital values, and the file.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/simulate/simulation.h"

namespace floodlight {

struct Exposure {
  Image<float> photons;  ///< that fell on each pixel in this exposure
  Image<float> pixels;   ///< what the file stores
};

/// The luck of every pixel that does not depend on how much light there is: its place on the chip, its read noise. What
/// an exposure costs most is drawing it, so that whoever turns a knob keeps it.
struct PixelLuck {
  std::uint64_t seed = 0;           ///< of the exposure
  std::vector<double> hot;          ///< from 0 to 1: hot where below the share of hot pixels
  std::vector<double> hot_size;     ///< of a hot pixel, relative to the usual
  std::vector<double> sensitivity;  ///< of the pixel's gain, in standard deviations
  std::vector<double> dark;         ///< from 0 to 1: a dark electron came where it is large
  std::vector<double> read_noise;   ///< in standard deviations
};

/// Draws it for so many pixels. O(pixels).
PixelLuck pixel_luck(std::size_t pixels, std::uint64_t seed);

/// One exposure. Photons arrive at random (Poisson); each becomes an electron with the quantum efficiency's chance;
/// dark and read noise come on top; the well, the gain, the offset and the number of bits make the value; then come the
/// corrections and the file's type. The same seed gives every pixel the same luck, so that a turned knob does not make
/// the noise dance. Hot pixels and the spread of the pixels' gain belong to the camera: they are the same in all exposures.
/// O(pixels).
Exposure expose(const SimulationParameters& parameters, FloatView brightness, const PixelLuck& luck);

/// The value that so many photons would give on average, before the corrections and the file: their electrons over the
/// gain, plus the offset.
double expected_value(const SimulationParameters& parameters, double photons);

}  // namespace floodlight

// The microscope: from the specimen to the light that falls on each pixel of the camera, without noise.
#pragma once

#include <span>

#include "core/base/image.h"
#include "core/simulate/simulation.h"
#include "core/simulate/specimen.h"

namespace floodlight {

/// The picture before anybody has counted a photon.
struct Light {
  Image<float> brightness;  ///< per pixel, relative to a typical nucleus in the middle of the field
  LabelImage truth;         ///< the nuclei, numbered in raster order
};

/// Bodies, each blurred by its depth; then haze. The truth: a pixel belongs to the nucleus that gives it most of its
/// light, if that is at least 25 % of the nucleus's own median; connected parts below 20 px do not count.
/// O(pixels + nuclei x their pixels x blur).
Light collect_light(const SimulationParameters& parameters, std::span<const Body> specimen);

/// The illumination at a pixel, 1 in its middle; centre of the field's pixels.
double illumination(const SimulationParameters& parameters, double row, double col);

}  // namespace floodlight

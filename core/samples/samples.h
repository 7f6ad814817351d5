// The images that come with the program: simulated fields and cases with their truth, and small images to read by number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"
#include "core/simulate/simulate.h"

namespace floodlight {

enum class SampleGroup : std::uint8_t {
  population,  ///< fields of one experiment: the opening image is the first of them
  special,     ///< a single problem each
  small        ///< one idea each, readable number by number
};

/// How a simulated sample is made; the knobs start from here.
struct SampleSimulation {
  SimulationParameters parameters;
  SimulationSeeds seeds;
};

struct SampleInfo {
  std::string_view id;        ///< "nuclei_01": also the stem of its file
  std::string_view title;     ///< on screen
  std::string_view look_for;  ///< one sentence: what there is to see
  SampleGroup group = SampleGroup::special;
  Recipe recipe;                               ///< that fits it
  std::optional<SampleSimulation> simulation;  ///< none for images that are not simulated
};

struct Sample {
  Image<float> pixels;
  PixelType type = PixelType::u8;
  double type_maximum = 255;  ///< of the type, or of the camera where its bits do not fill the type
  std::optional<LabelImage> truth;
  std::optional<double> pixel_size_um;
};

/// All samples; the first is the one to open with.
std::span<const SampleInfo> samples();

/// The place of a sample among them; where there is no such id, their number.
std::size_t sample_place(std::string_view id);

/// Makes the sample's image, the same bits on every machine. Refuses an id that there is not.
Result<Sample> make_sample(std::string_view id);

}  // namespace floodlight

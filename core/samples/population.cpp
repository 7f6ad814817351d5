// The population. Its numbers were tuned until tools/compare_simulation showed what real fields show.
#include "core/samples/population.h"

#include <algorithm>

#include "core/base/random.h"

namespace floodlight {
namespace {

constexpr std::uint64_t population_seed = 1964;
constexpr std::uint64_t field_stream = 30;

}  // namespace

SimulationParameters population_parameters() {
  SimulationParameters p;
  p.density_per_mm2 = 760;
  p.diameter_um = 17.8;
  p.diameter_cv_percent = 12;
  p.aspect_ratio = 1.5;
  p.aspect_spread = 0.25;
  p.staining_cv_percent = 22;
  p.clustered_percent = 18;
  p.overlap_percent = 3;
  p.falloff_percent = 25;
  p.background_percent = 6.5;
  p.chromatin_contrast_percent = 18;
  p.blur_growth = 0.6;
  p.haze_percent = 30;
  p.photons = 2150;
  p.debris_per_mm2 = 60;
  p.debris_size_um = 1.6;
  p.debris_brightness = 0.35;
  p.micronuclei_percent = 3;
  return p;
}

PopulationField population_field(int number) {
  PopulationField field{.parameters = population_parameters(),
                        .seeds = {.specimen = 1000 * population_seed + static_cast<std::uint64_t>(number),
                                  .exposure = static_cast<std::uint64_t>(number)},
                        .fault = {}};
  SimulationParameters& p = field.parameters;
  Random random(population_seed, field_stream, static_cast<std::uint64_t>(number));
  p.density_per_mm2 = std::clamp(random.lognormal(p.density_per_mm2, 0.32), 150.0, 1700.0);
  p.photons = random.lognormal(p.photons, 0.16);
  p.clustered_percent = std::clamp(p.clustered_percent + 8 * random.normal(), 5.0, 60.0);
  p.focus_offset_um = 0.7 * random.normal();
  if (number == 7) {
    p.debris_brightness = 20;
    p.debris_size_um = 8;
    p.debris_per_mm2 = 110;
    field.fault = "Bright debris: look at where Otsu puts the threshold.";
  } else if (number == 15) {
    p.focus_offset_um = 5;
    field.fault = "Out of focus: outlines grow and neighbours merge.";
  } else if (number == 22) {
    p.density_per_mm2 = 90;
    field.fault = "Hardly any cells: a mean over few nuclei says little.";
  }
  return field;
}

}  // namespace floodlight

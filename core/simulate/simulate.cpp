// The simulator: specimen, optics, camera, in that order.
#include "core/simulate/simulate.h"

#include <algorithm>
#include <utility>

#include "core/simulate/camera.h"
#include "core/simulate/simulation_parameters.h"
#include "core/simulate/specimen.h"

namespace floodlight {
namespace {

/// The parameters with everything reset that the light does not depend on.
SimulationParameters of_the_light(SimulationParameters p) {
  const SimulationParameters defaults;
  p.photons = defaults.photons;
  p.exposure = defaults.exposure;
  p.shot_noise = defaults.shot_noise;
  p.quantum_efficiency_percent = defaults.quantum_efficiency_percent;
  p.gain_e_per_dn = defaults.gain_e_per_dn;
  p.offset_dn = defaults.offset_dn;
  p.read_noise_e = defaults.read_noise_e;
  p.dark_e = defaults.dark_e;
  p.gain_spread_percent = defaults.gain_spread_percent;
  p.hot_pixels_per_million = defaults.hot_pixels_per_million;
  p.hot_pixel_e = defaults.hot_pixel_e;
  p.saturation = defaults.saturation;
  p.full_well_e = defaults.full_well_e;
  p.bits = defaults.bits;
  p.stored_as = defaults.stored_as;
  p.eight_bit_rule = defaults.eight_bit_rule;
  p.subtract_offset = defaults.subtract_offset;
  p.flat_field = defaults.flat_field;
  p.subtract_background = defaults.subtract_background;
  return p;
}

/// What counts as saturated in the file: the camera's top where the file stores its values as they are.
double type_maximum(const SimulationParameters& p) {
  const double of_the_type = pixel_type_maximum(stored_type(p.stored_as));
  if (p.stored_as == StoredAs::u8 || p.stored_as == StoredAs::f32) return of_the_type;
  return std::min(of_the_type, static_cast<double>((std::uint64_t{1} << p.bits) - 1));
}

}  // namespace

Simulated Simulator::take(const SimulationParameters& parameters, const SimulationSeeds& seeds) {
  const SimulationParameters wanted = of_the_light(parameters);
  if (light_.brightness.empty() || !(wanted == parameters_) || seeds.specimen != specimen_seed_) {
    light_ = collect_light(parameters, make_specimen(parameters, seeds.specimen));
    parameters_ = wanted;
    specimen_seed_ = seeds.specimen;
  }
  if (luck_.seed != seeds.exposure || luck_.hot.size() != light_.brightness.size())
    luck_ = pixel_luck(light_.brightness.size(), seeds.exposure);
  Exposure exposure = expose(parameters, light_.brightness, luck_);
  return Simulated{.pixels = std::move(exposure.pixels),
                   .photons = std::move(exposure.photons),
                   .truth = light_.truth,
                   .type = stored_type(parameters.stored_as),
                   .type_maximum = type_maximum(parameters),
                   .pixel_size_um = pixel_size_um(parameters)};
}

Result<Simulated> simulate(const SimulationParameters& parameters, const SimulationSeeds& seeds) {
  return check(parameters).transform([&] { return Simulator().take(parameters, seeds); });
}

}  // namespace floodlight

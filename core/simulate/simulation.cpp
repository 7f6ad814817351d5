// What follows from the simulation's parameters.
#include "core/simulate/simulation.h"

#include <algorithm>
#include <cmath>

namespace floodlight {

SimulationParameters forty_times() {
  SimulationParameters p;
  p.magnification = 40;
  p.numerical_aperture = 0.95;
  p.blur_growth = 1;
  p.haze_sigma_um = 15;
  p.falloff_percent = 10;
  p.chromatin_grain_um = 0.8;
  p.photons = 1200;
  p.quantum_efficiency_percent = 80;
  p.gain_e_per_dn = 0.5;
  p.offset_dn = 100;
  p.read_noise_e = 1.6;
  p.full_well_e = 30000;
  p.bits = 16;
  return p;
}

double pixel_size_um(const SimulationParameters& p) { return p.camera_pixel_um * p.binning / p.magnification; }

double focus_sigma_um(const SimulationParameters& p) { return 0.21 * p.wavelength_nm / 1000 / p.numerical_aperture; }

double refractive_index(Medium medium) {
  switch (medium) {
    case Medium::air:
      return 1;
    case Medium::water:
      return 1.33;
    case Medium::oil:
      break;
  }
  return 1.515;
}

double blur_growth_of(const SimulationParameters& p) {
  if (!std::isnan(p.blur_growth)) return p.blur_growth;
  const double sine = std::min(p.numerical_aperture / refractive_index(p.medium), 0.999);
  return std::min(0.5 * sine / std::sqrt(1 - sine * sine), 1.5);
}

PixelType stored_type(StoredAs stored) {
  switch (stored) {
    case StoredAs::u8:
      return PixelType::u8;
    case StoredAs::u16:
      return PixelType::u16;
    case StoredAs::u32:
      return PixelType::u32;
    case StoredAs::f32:
      break;
  }
  return PixelType::f32;
}

}  // namespace floodlight

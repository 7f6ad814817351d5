// What is simulated: the specimen, the microscope and the camera, as one plain value. Its default is a 20x field.
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/files/tiff.h"

namespace floodlight {

/// What lies between the objective and the specimen: an NA must stay below its refractive index.
enum class Medium : std::uint8_t { air, water, oil };
enum class StoredAs : std::uint8_t { u8, u16, u32, f32 };
/// How a camera's value becomes one of 8 bits: its low 8 bits; divided by 2^(bits - 8); the image stretched to 0..255.
enum class EightBitRule : std::uint8_t { keep_low_bits, divide, stretch };

/// Everything that can be turned. Lengths are in micrometres at the specimen, brightness is relative to a typical nucleus
/// (the mean of a G1 nucleus of the mean diameter is 1), percentages are 0 to 100. A factor at 0 is switched off.
struct SimulationParameters {
  // sampling
  int rows = 512;
  int cols = 512;
  double camera_pixel_um = 6.5;
  double magnification = 20;
  int binning = 2;
  // optics
  bool depth_blur = true;
  double numerical_aperture = 0.75;
  double wavelength_nm = 460;
  double focus_offset_um = 0;
  Medium medium = Medium::air;
  double blur_growth = 0.5;  ///< NaN: from the NA, half the tangent of the half angle of its cone, at most 1.5
  double thickness_um = 6;
  double haze_percent = 15;
  double haze_sigma_um = 20;
  // illumination
  double falloff_percent = 15;
  double centre_x_percent = 5;
  double centre_y_percent = -3;
  // specimen
  double density_per_mm2 = 900;
  double diameter_um = 16;
  double diameter_cv_percent = 12;
  double aspect_ratio = 1.25;
  double aspect_spread = 0.15;
  double irregularity_percent = 4;
  double g1_percent = 58;  ///< the four phases are taken relative to their sum
  double s_percent = 22;
  double g2_percent = 16;
  double mitotic_percent = 4;
  double staining_cv_percent = 15;
  double chromatin_contrast_percent = 15;
  double chromatin_grain_um = 1;
  int nucleoli = 2;
  double nucleolus_diameter_um = 1.8;
  double nucleolus_depth_percent = 40;
  double mitotic_brightness = 2.5;
  double plate_width_um = 4;
  double pyknotic_percent = 1;
  double micronuclei_percent = 0.5;
  double clustered_percent = 35;
  double overlap_percent = 5;
  double background_percent = 8;
  double debris_per_mm2 = 15;
  double debris_size_um = 1.5;
  double debris_brightness = 0.7;
  // light
  double photons = 1700;
  double exposure = 1;
  bool shot_noise = true;
  // camera
  double quantum_efficiency_percent = 65;
  double gain_e_per_dn = 2.6;
  double offset_dn = 110;
  double read_noise_e = 6;
  double dark_e = 0.1;
  double gain_spread_percent = 0.5;
  double hot_pixels_per_million = 20;
  double hot_pixel_e = 3000;
  bool saturation = true;
  double full_well_e = 12000;
  int bits = 12;
  // file
  StoredAs stored_as = StoredAs::u16;
  EightBitRule eight_bit_rule = EightBitRule::divide;
  // correction
  bool subtract_offset = false;
  bool flat_field = false;
  bool subtract_background = false;
};

/// Equal when they give the same picture: a blur growth of "from the NA" equals itself.
bool operator==(const SimulationParameters& a, const SimulationParameters& b);

/// The other objective of the lecture: 40x, NA 0.95, an sCMOS camera of 16 bits.
SimulationParameters forty_times();

/// Two seeds: a new specimen, and "take the same picture again".
struct SimulationSeeds {
  std::uint64_t specimen = 1;
  std::uint64_t exposure = 1;
  friend bool operator==(const SimulationSeeds&, const SimulationSeeds&) = default;
};

/// Side of a pixel at the specimen: camera pixel x binning / magnification.
double pixel_size_um(const SimulationParameters& parameters);
/// Standard deviation of the in-focus blur: 0.21 wavelength / NA.
double focus_sigma_um(const SimulationParameters& parameters);

/// How much the blur's width grows with each micrometre out of focus.
double blur_growth_of(const SimulationParameters& parameters);
/// Of the medium: 1, 1.33 or 1.515.
double refractive_index(Medium medium);

PixelType stored_type(StoredAs stored);

}  // namespace floodlight

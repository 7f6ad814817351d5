// The camera.
#include "core/simulate/camera.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <tuple>
#include <vector>

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/simulate/optics.h"

namespace floodlight {
namespace {

constexpr std::uint64_t exposure_stream = 10;
constexpr std::uint64_t chip_stream = 20;
constexpr std::uint64_t camera_seed = 20240613;  // one camera for all pictures

double largest_value(const SimulationParameters& p) { return static_cast<double>((std::uint64_t{1} << p.bits) - 1); }

/// Corrections of the digital values, as the lab's images went through them: offset, then flat field, then background.
void correct(const SimulationParameters& p, Image<float>& image) {
  if (p.subtract_offset)
    for (float& value : image.pixels()) value -= static_cast<float>(p.offset_dn);
  if (p.flat_field)
    for (int r = 0; r < image.rows(); ++r)
      for (int c = 0; c < image.cols(); ++c) image[r, c] /= static_cast<float>(illumination(p, r, c));
  if (p.subtract_background) {
    // The level below which a tenth of the pixels lie: background in all but the most crowded field.
    std::vector<float> values(image.pixels().begin(), image.pixels().end());
    const auto tenth = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 10);
    std::ranges::nth_element(values, tenth);
    const float level = *tenth;
    for (float& value : image.pixels()) value -= level;
  }
}

void store(const SimulationParameters& p, Image<float>& image) {
  if (p.stored_as == StoredAs::f32 || image.empty()) return;
  double scale = 1;
  double shift = 0;
  double top = pixel_type_maximum(stored_type(p.stored_as));
  if (p.stored_as == StoredAs::u8) {
    if (p.eight_bit_rule == EightBitRule::divide && p.bits > 8)
      scale = 1 / static_cast<double>(std::uint64_t{1} << (p.bits - 8));
    if (p.eight_bit_rule == EightBitRule::stretch) {
      const auto [low, high] = std::ranges::minmax(image.pixels());
      shift = static_cast<double>(low);
      scale = high > low ? 255 / static_cast<double>(high - low) : 0;
    }
  }
  for (float& value : image.pixels()) {
    double stored = (static_cast<double>(value) - shift) * scale;
    // Dividing whole numbers drops the rest; everything else rounds.
    stored = p.stored_as == StoredAs::u8 && p.eight_bit_rule == EightBitRule::divide ? std::floor(stored)
                                                                                     : std::floor(stored + 0.5);
    stored = std::max(stored, 0.0);
    if (p.stored_as == StoredAs::u8 && p.eight_bit_rule == EightBitRule::keep_low_bits)
      stored = static_cast<double>(static_cast<std::uint32_t>(stored) & 255U);
    value = static_cast<float>(std::min(stored, top));
  }
}

}  // namespace

PixelLuck pixel_luck(std::size_t pixels, std::uint64_t seed) {
  PixelLuck luck{.seed = seed,
                 .hot = std::vector<double>(pixels),
                 .hot_size = std::vector<double>(pixels),
                 .sensitivity = std::vector<double>(pixels),
                 .dark = std::vector<double>(pixels),
                 .read_noise = std::vector<double>(pixels + 1)};
  const RandomField noise(seed, exposure_stream);
  const RandomField chip(camera_seed, chip_stream);
  for (std::size_t i = 0; i < pixels; ++i) {
    Random own = RandomField::lane(chip.key(i), 0);
    luck.hot[i] = own.uniform();
    luck.sensitivity[i] = own.roughly_normal();
    luck.hot_size[i] = RandomField::lane(chip.key(i), 1).uniform(0.5, 1.5);
    const std::uint64_t key = noise.key(i);
    luck.dark[i] = RandomField::lane(key, 2).uniform();
    if (i % 2 == 0) {  // one for this pixel, one for the next
      std::tie(luck.read_noise[i], luck.read_noise[i + 1]) = RandomField::lane(key, 3).normal_pair();
    }
  }
  return luck;
}

Exposure expose(const SimulationParameters& p, FloatView brightness, const PixelLuck& luck) {
  assert(luck.hot.size() == brightness.size());
  Exposure result{Image<float>(brightness.rows(), brightness.cols()),
                  Image<float>(brightness.rows(), brightness.cols())};
  const double scale = p.photons * p.exposure;
  const double efficiency = p.quantum_efficiency_percent / 100;
  const double spread = p.gain_spread_percent / 100;
  const double hot_part = p.hot_pixels_per_million * 1e-6;
  const double top = largest_value(p);
  const double no_dark = exact_exp(-p.dark_e);
  const RandomField noise(luck.seed, exposure_stream);
  for (std::size_t i = 0; i < brightness.size(); ++i) {
    const double expected = std::max(static_cast<double>(brightness.pixels()[i]), 0.0) * scale;
    double dark = p.dark_e;
    if (luck.hot[i] < hot_part) dark += p.hot_pixel_e * luck.hot_size[i];
    // Photons that become electrons and photons that are lost are independent of each other, each of them Poisson:
    // two draws give the photons and the electrons of the same pixel. Each kind of luck has a lane of its own.
    double photons = expected;
    double electrons = expected * efficiency;
    if (p.shot_noise) {
      const std::uint64_t key = noise.key(i);
      electrons = RandomField::lane(key, 0).poisson(expected * efficiency);
      photons = electrons + RandomField::lane(key, 1).poisson(expected * (1 - efficiency));
    }
    electrons *= 1 + spread * luck.sensitivity[i];
    if (!p.shot_noise) {
      electrons += dark;
    } else if (dark > p.dark_e || luck.dark[i] >= no_dark) {  // mostly there is none
      electrons += RandomField::lane(noise.key(i), 2).poisson(dark);
    }
    if (p.saturation) electrons = std::min(electrons, p.full_well_e);
    electrons += p.read_noise_e * luck.read_noise[i];
    double value = electrons / p.gain_e_per_dn + p.offset_dn;
    value = std::max(std::floor(value + 0.5), 0.0);
    if (p.saturation) value = std::min(value, top);
    result.photons.pixels()[i] = static_cast<float>(photons);
    result.pixels.pixels()[i] = static_cast<float>(value);
  }
  correct(p, result.pixels);
  store(p, result.pixels);
  return result;
}

double expected_value(const SimulationParameters& p, double photons) {
  return (photons * p.quantum_efficiency_percent / 100 + p.dark_e) / p.gain_e_per_dn + p.offset_dn;
}

}  // namespace floodlight

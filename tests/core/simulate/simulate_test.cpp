// The simulator's promises: same bits everywhere, two seeds, the physics in its order, factors that can be switched off.
#include "core/simulate/simulate.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/samples/population.h"
#include "core/segment/measure.h"
#include "core/simulate/camera.h"
#include "core/simulate/specimen.h"

namespace floodlight {
namespace {

std::uint64_t digest(const Simulated& s) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto take = [&hash](std::uint32_t word) { hash = (hash ^ word) * 1099511628211ULL; };
  for (const float v : s.pixels.pixels()) take(std::bit_cast<std::uint32_t>(v));
  for (const float v : s.photons.pixels()) take(std::bit_cast<std::uint32_t>(v));
  for (const Label v : s.truth.pixels()) take(static_cast<std::uint32_t>(v));
  return hash;
}

struct Moments {
  double mean = 0;
  double deviation = 0;
};
Moments moments(std::span<const float> values) {
  double sum = 0;
  double squares = 0;
  for (const float v : values) {
    sum += static_cast<double>(v);
    squares += static_cast<double>(v) * static_cast<double>(v);
  }
  const double n = static_cast<double>(values.size());
  return {sum / n, std::sqrt(std::max(squares / n - sum / n * sum / n, 0.0))};
}

/// Nothing in the field but an even glow, which sends `photons` to every pixel.
SimulationParameters even_light(double photons) {
  SimulationParameters p;
  p.rows = p.cols = 128;
  p.density_per_mm2 = 0;
  p.debris_per_mm2 = 0;
  p.background_percent = 50;
  p.photons = 2 * photons;
  p.falloff_percent = 0;
  p.hot_pixels_per_million = 0;
  p.gain_spread_percent = 0;
  return p;
}

TEST(Simulate, GivesTheSameBitsNativelyAndInWebAssembly) {
  EXPECT_EQ(digest(*simulate({})), 16586166526494281300ULL);
  EXPECT_EQ(digest(*simulate(forty_times(), {.specimen = 7, .exposure = 9})), 13373974395577791590ULL);
  SimulationParameters far = population_field(3).parameters;
  far.focus_offset_um = -12;
  far.stored_as = StoredAs::u32;
  far.subtract_offset = far.flat_field = far.subtract_background = true;
  EXPECT_EQ(digest(*simulate(far, {.specimen = 11, .exposure = 2})), 404195456551832844ULL);
}

TEST(Simulate, TheDefaultFieldHasAboutAHundredNucleiOfTheLecturesBrightness) {
  const Simulated s = *simulate({});
  const auto nuclei = region_properties(s.truth, s.pixels);
  EXPECT_NEAR(static_cast<double>(nuclei.size()), 105, 25);
  std::vector<double> means;
  for (const RegionProperties& n : nuclei) means.push_back(n.mean_intensity);
  std::ranges::nth_element(means, means.begin() + static_cast<std::ptrdiff_t>(means.size() / 2));
  EXPECT_NEAR(means[means.size() / 2], 535, 60);
  EXPECT_EQ(s.type, PixelType::u16);
  EXPECT_EQ(s.type_maximum, 4095);
  EXPECT_EQ(s.pixel_size_um, 0.65);
}

TEST(Simulate, TheExposureSeedChangesTheNoiseAndTheSpecimenSeedTheNuclei) {
  SimulationParameters p;
  p.rows = p.cols = 160;
  const Simulated first = *simulate(p, {.specimen = 1, .exposure = 1});
  const Simulated again = *simulate(p, {.specimen = 1, .exposure = 2});
  const Simulated other = *simulate(p, {.specimen = 2, .exposure = 1});
  EXPECT_EQ(first.truth, again.truth);
  EXPECT_NE(first.pixels, again.pixels);
  EXPECT_NE(first.truth, other.truth);
}

TEST(Simulate, ASimulatorThatRemembersGivesTheSamePicture) {
  SimulationParameters p;
  p.rows = p.cols = 128;
  Simulator simulator;
  const auto check_same = [&](const SimulationSeeds& seeds) {
    const Simulated remembered = simulator.take(p, seeds);
    const Simulated fresh = *simulate(p, seeds);
    EXPECT_EQ(digest(remembered), digest(fresh));
  };
  check_same({});
  p.exposure = 4;
  check_same({});
  p.focus_offset_um = 5;
  check_same({});
  p.read_noise_e = 0;
  check_same({.specimen = 3, .exposure = 4});
}

TEST(Simulate, TheSameSpecimenStandsUnderBothObjectives) {
  const std::vector<Body> wide = make_specimen({}, 5);
  std::set<std::pair<double, double>> places;
  for (const Body& b : wide) places.insert({b.x_um, b.y_um});
  const std::vector<Body> close = make_specimen(forty_times(), 5);
  EXPECT_LT(close.size(), wide.size());
  EXPECT_GT(close.size(), 20U);
  for (const Body& b : close) EXPECT_TRUE(places.contains({b.x_um, b.y_um}));
}

TEST(Simulate, TheTruthIsNumberedWithoutGapsAndHasNoCrumbs) {
  const Simulated s = *simulate(population_field(2).parameters, population_field(2).seeds);
  const auto nuclei = region_properties(s.truth, s.pixels);
  for (std::size_t i = 0; i < nuclei.size(); ++i) {
    EXPECT_EQ(nuclei[i].label, static_cast<Label>(i + 1));
    EXPECT_GE(nuclei[i].area, 20);
  }
}

TEST(Simulate, TwiceTheExposureIsTwiceTheLightAboveTheOffset) {
  SimulationParameters p = even_light(500);
  const double once = moments(simulate(p)->pixels.pixels()).mean - p.offset_dn;
  p.exposure = 2;
  const double twice = moments(simulate(p)->pixels.pixels()).mean - p.offset_dn;
  EXPECT_NEAR(twice / once, 2, 0.01);
  EXPECT_NEAR(once, 500 * 0.65 / 2.6, 0.5);
}

TEST(Simulate, PhotonNoiseIsTheRootOfTheLight) {
  for (const double photons : {4.0, 40.0, 4000.0}) {
    const Moments m = moments(simulate(even_light(photons))->photons.pixels());
    EXPECT_NEAR(m.mean, photons, 0.05 * std::sqrt(photons));
    EXPECT_NEAR(m.deviation / std::sqrt(photons), 1, 0.02) << photons;
  }
}

TEST(Simulate, InTheDarkThereIsTheOffsetAndTheReadNoise) {
  SimulationParameters p = even_light(500);
  p.background_percent = 0;
  p.dark_e = 0;
  p.read_noise_e = 10;
  p.gain_e_per_dn = 1;
  const Moments m = moments(simulate(p)->pixels.pixels());
  EXPECT_NEAR(m.mean, 110, 0.3);
  EXPECT_NEAR(m.deviation, std::sqrt(100 + 1.0 / 12), 0.2);
}

TEST(Simulate, WithoutNoiseTheSamePictureIsTakenTwice) {
  SimulationParameters p;
  p.rows = p.cols = 96;
  p.shot_noise = false;
  p.read_noise_e = 0;
  EXPECT_EQ(simulate(p, {.specimen = 1, .exposure = 1})->pixels, simulate(p, {.specimen = 1, .exposure = 2})->pixels);
}

TEST(Simulate, HotPixelsStayWhereTheyAre) {
  SimulationParameters p = even_light(5);
  p.hot_pixels_per_million = 1000;
  std::vector<std::set<std::size_t>> hot(2);
  for (std::size_t exposure = 0; exposure < 2; ++exposure) {
    const Simulated s = *simulate(p, {.specimen = exposure, .exposure = exposure});
    for (std::size_t i = 0; i < s.pixels.size(); ++i)
      if (s.pixels.pixels()[i] > 500) hot[exposure].insert(i);
  }
  EXPECT_GT(hot[0].size(), 5U);
  EXPECT_EQ(hot[0], hot[1]);
}

TEST(Simulate, TheCameraSaturatesAtItsBitsOrItsWell) {
  SimulationParameters p = even_light(20000);
  p.exposure = 2;
  EXPECT_EQ(moments(simulate(p)->pixels.pixels()).mean, 4095);
  p.bits = 16;
  const double well = p.full_well_e / p.gain_e_per_dn + p.offset_dn;
  EXPECT_NEAR(moments(simulate(p)->pixels.pixels()).mean, well, 1);
  p.saturation = false;
  EXPECT_NEAR(moments(simulate(p)->pixels.pixels()).mean, 40000 * 0.65 / 2.6 + 110, 5);
}

TEST(Simulate, EightBitsAreMadeInThreeWays) {
  SimulationParameters p = even_light(4000);
  const Simulated full = *simulate(p);
  p.stored_as = StoredAs::u8;
  const Simulated divided = *simulate(p);
  p.eight_bit_rule = EightBitRule::keep_low_bits;
  const Simulated low = *simulate(p);
  p.eight_bit_rule = EightBitRule::stretch;
  const Simulated stretched = *simulate(p);
  for (std::size_t i = 0; i < full.pixels.size(); ++i) {
    const auto value = static_cast<int>(full.pixels.pixels()[i]);
    ASSERT_EQ(static_cast<int>(divided.pixels.pixels()[i]), value / 16);
    ASSERT_EQ(static_cast<int>(low.pixels.pixels()[i]), value % 256);
  }
  EXPECT_EQ(std::ranges::min(stretched.pixels.pixels()), 0);
  EXPECT_EQ(std::ranges::max(stretched.pixels.pixels()), 255);
  EXPECT_EQ(divided.type, PixelType::u8);
  EXPECT_EQ(divided.type_maximum, 255);
}

TEST(Simulate, OffsetAndFlatFieldMakeUnevenLightEven) {
  SimulationParameters p = even_light(2000);
  p.falloff_percent = 60;
  const auto corner_to_centre = [&p] {
    const Simulated s = *simulate(p);
    double corner = 0;
    double centre = 0;
    for (int r = 0; r < 16; ++r)
      for (int c = 0; c < 16; ++c) {
        corner += static_cast<double>(s.pixels[r, c]);
        centre += static_cast<double>(s.pixels[56 + r, 56 + c]);
      }
    return corner / centre;
  };
  EXPECT_LT(corner_to_centre(), 0.7);
  p.subtract_offset = true;
  EXPECT_LT(corner_to_centre(), 0.6);
  p.flat_field = true;
  EXPECT_NEAR(corner_to_centre(), 1, 0.02);
}

TEST(Simulate, DefocusBlursAndKeepsTheLight) {
  SimulationParameters p = population_parameters();
  p.rows = p.cols = 256;
  p.falloff_percent = 0;
  const auto specimen = make_specimen(p, 4);
  const Light sharp = collect_light(p, specimen);
  p.focus_offset_um = 12;
  const Light blurred = collect_light(p, specimen);
  const Moments before = moments(sharp.brightness.pixels());
  const Moments after = moments(blurred.brightness.pixels());
  EXPECT_NEAR(after.mean / before.mean, 1, 0.05);  // some crosses the border, either way
  EXPECT_LT(after.deviation, 0.75 * before.deviation);
}

TEST(Simulate, AnAnaphaseIsTwoNucleiAndCrumbsAreNone) {
  SimulationParameters p;
  p.mitotic_percent = 100;
  p.g1_percent = p.s_percent = p.g2_percent = 0;
  p.micronuclei_percent = 5;
  int plates = 0;
  for (const Body& b : make_specimen(p, 6)) {
    if (b.kind == BodyKind::anaphase) ++plates;
    EXPECT_EQ(b.is_nucleus(), b.kind != BodyKind::debris && b.kind != BodyKind::micronucleus);
  }
  EXPECT_GT(plates, 10);
}

TEST(Simulate, ParametersOutOfRangeAreRefused) {
  SimulationParameters p;
  p.exposure = 100;
  const auto result = simulate(p);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("light.exposure"), std::string::npos);
}

}  // namespace
}  // namespace floodlight

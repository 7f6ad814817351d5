// The simulator's table: what is in it, and that text and JSON go in and out of it.
#include "core/simulate/simulation_parameters.h"

#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(SimulationParameters, DefaultsOfBothObjectivesAreAllowed) {
  EXPECT_TRUE(check({}));
  EXPECT_TRUE(check(forty_times()));
}

TEST(SimulationParameters, KeysAreUniqueAndHaveAGroupAHelpAndALabel) {
  std::set<std::string_view> keys;
  for (const SimulationParameter& p : simulation_parameters()) {
    EXPECT_TRUE(keys.insert(p.key).second) << p.key;
    EXPECT_NE(simulation_group_title(simulation_group(p)), simulation_group(p)) << p.key;
    EXPECT_FALSE(p.help.empty()) << p.key;
    EXPECT_FALSE(p.label.empty()) << p.key;
  }
  for (const std::string_view key : main_simulation_keys()) EXPECT_TRUE(keys.contains(key)) << key;
}

TEST(SimulationParameters, EveryParameterSurvivesJson) {
  SimulationParameters changed;
  for (const SimulationParameter& p : simulation_parameters()) {
    const bool at_the_top = p.get(changed) == p.maximum;
    p.set(changed, at_the_top ? p.minimum : p.maximum);
    if (p.key == "optics.numerical_aperture") p.set(changed, 0.9);
    if (p.key == "optics.blur_growth") p.set(changed, no_value);
  }
  const auto back = simulation_from_json(simulation_to_json(changed));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(*back == changed);
  EXPECT_FALSE(*back == SimulationParameters());
}

TEST(SimulationParameters, TextSetsNumbersChoicesAndToggles) {
  SimulationParameters p;
  EXPECT_TRUE(set_simulation_parameter(p, "light.exposure", "0.25"));
  EXPECT_TRUE(set_simulation_parameter(p, "camera.bits", "16"));
  EXPECT_TRUE(set_simulation_parameter(p, "sampling.binning", "4"));
  EXPECT_TRUE(set_simulation_parameter(p, "file.stored_as", "uint8"));
  EXPECT_TRUE(set_simulation_parameter(p, "light.shot_noise", "false"));
  EXPECT_TRUE(set_simulation_parameter(p, "optics.blur_growth", "none"));
  EXPECT_EQ(p.exposure, 0.25);
  EXPECT_EQ(p.bits, 16);
  EXPECT_EQ(p.binning, 4);
  EXPECT_EQ(p.stored_as, StoredAs::u8);
  EXPECT_FALSE(p.shot_noise);
  EXPECT_TRUE(std::isnan(p.blur_growth));
}

TEST(SimulationParameters, WhatIsNotAllowedIsRefusedWithWhatIs) {
  SimulationParameters p;
  const auto message = [&p](std::string_view key, std::string_view text) {
    const auto result = set_simulation_parameter(p, key, text);
    return result ? std::string("accepted") : result.error().message;
  };
  EXPECT_EQ(message("light.exposure", "31"), "light.exposure is 31; it must be a number from 0.01 to 30 x reference.");
  EXPECT_EQ(message("camera.bits", "13"), "camera.bits is \"13\"; it must be one of 8, 10, 12, 14, 16.");
  EXPECT_EQ(message("light.shot_noise", "maybe"), "light.shot_noise is maybe; it must be true or false.");
  EXPECT_EQ(message("light.colour", "3"), "There is no simulation parameter called light.colour.");
  EXPECT_NE(message("specimen.nucleoli", "2.5"), "accepted");
  EXPECT_NE(message("light.exposure", "1x"), "accepted");
  EXPECT_TRUE(p == SimulationParameters());
}

TEST(SimulationParameters, AnApertureAboveTheMediumsIndexIsRefusedWhereTheBlurFollowsFromIt) {
  SimulationParameters p;
  p.blur_growth = no_value;
  p.numerical_aperture = 1.3;
  EXPECT_FALSE(check(p));
  p.medium = Medium::oil;
  EXPECT_TRUE(check(p));
}

TEST(SimulationParameters, TheLecturesDerivedNumbersFollow) {
  const SimulationParameters p;
  EXPECT_DOUBLE_EQ(pixel_size_um(p), 0.65);
  EXPECT_DOUBLE_EQ(pixel_size_um(forty_times()), 0.325);
  EXPECT_NEAR(focus_sigma_um(p), 0.13, 0.002);
  EXPECT_NEAR(focus_sigma_um(forty_times()), 0.10, 0.002);
  SimulationParameters from_na;
  from_na.blur_growth = no_value;
  EXPECT_NEAR(blur_growth_of(from_na), 0.57, 0.01);
}

}  // namespace
}  // namespace floodlight

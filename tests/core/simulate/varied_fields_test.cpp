// Varied fields are allowed ones, differ from each other, and are the same on every machine.
#include "core/simulate/varied_fields.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/simulate/simulate.h"
#include "core/simulate/simulation_parameters.h"

namespace floodlight::test {
namespace {

TEST(VariedFields, AreAllowedAndDifferent) {
  for (int i = 0; i < 200; ++i) {
    const VariedField field = varied_field({}, 1, i);
    const VariedField kept = kept_back_field(1, i);
    ASSERT_TRUE(check(field.parameters)) << i;
    ASSERT_TRUE(check(kept.parameters)) << i;
    for (int k = 0; k < i; ++k) {
      const VariedField other = varied_field({}, 1, k);
      ASSERT_NE(field.seeds, other.seeds);
      ASSERT_FALSE(field.parameters == other.parameters);
      ASSERT_NE(kept.seeds, other.seeds);
      ASSERT_NE(kept.seeds, kept_back_field(1, k).seeds);
    }
  }
  EXPECT_NE(varied_field({}, 1, 0).seeds, varied_field({}, 2, 0).seeds);
}

TEST(VariedFields, WhatDoesNotVaryIsAsItBeginsAndChangesNothingElse) {
  const SimulationParameters usual;
  const VariedField all = varied_field({}, 3, 4);
  const VariedField sharp = varied_field({.focus = false}, 3, 4);
  EXPECT_NE(all.parameters.focus_offset_um, usual.focus_offset_um);
  EXPECT_EQ(sharp.parameters.focus_offset_um, usual.focus_offset_um);
  EXPECT_EQ(sharp.parameters.exposure, all.parameters.exposure);
  EXPECT_EQ(sharp.parameters.density_per_mm2, all.parameters.density_per_mm2);
  EXPECT_EQ(sharp.seeds, all.seeds);
  const FieldVariety none{
      .exposure = false, .focus = false, .illumination = false, .magnification = false, .cells = false};
  SimulationParameters square = usual;
  square.rows = square.cols = varied_field_side;
  EXPECT_TRUE(varied_field(none, 3, 4).parameters == square);
}

TEST(VariedFields, AFieldBecomesAnImageWithItsClasses) {
  VariedField field = varied_field({}, 1, 2);
  field.parameters.density_per_mm2 = 1000;
  const TruthImage image = simulated_truth_image(field, true);
  EXPECT_EQ(image.input.rows(), varied_field_side);
  EXPECT_EQ(image.classes, class_image(Simulator().take(field.parameters, field.seeds).truth, true));
  for (const int k : {0, 1, 2}) EXPECT_GT(std::ranges::count(image.classes.pixels(), k), 100) << k;
}

}  // namespace
}  // namespace floodlight::test

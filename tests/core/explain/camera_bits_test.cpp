#include "core/explain/camera_bits.h"

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(CameraBits, AreToldByValuesThatEndWhereTheCameraDoes) {
  EXPECT_EQ(camera_bits(Image<float>(1, 4, {150, 4095, 900, 4095})), 12);
  EXPECT_EQ(camera_bits(Image<float>(1, 3, {1023, 1023, 0})), 10);
  EXPECT_EQ(camera_bits(Image<float>(1, 3, {16383, 16383, 0})), 14);
}

TEST(CameraBits, AreUnknownOfOtherValuesAndOfOnePixel) {
  EXPECT_EQ(camera_bits(Image<float>(1, 3, {150, 4095, 900})), 0);
  EXPECT_EQ(camera_bits(Image<float>(1, 3, {4000, 4000, 900})), 0);
  EXPECT_EQ(camera_bits(Image<float>(1, 3, {65535, 65535, 900})), 0);
  EXPECT_EQ(camera_bits(Image<float>()), 0);
}

}  // namespace
}  // namespace floodlight

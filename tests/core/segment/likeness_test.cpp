// Results that are opened as images.
#include "core/segment/likeness.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/samples/samples.h"

namespace floodlight {
namespace {

Image<float> squares(bool numbered, float value) {
  Image<float> image(20, 20);
  for (int i = 0; i < 9; ++i) {
    for (int row = 0; row < 3; ++row) {
      for (int col = 0; col < 3; ++col) {
        image[2 + i / 3 * 6 + row, 2 + i % 3 * 6 + col] = numbered ? static_cast<float>(i + 1) : value;
      }
    }
  }
  return image;
}

TEST(Likeness, AMaskHasOneValueBesidesZero) {
  EXPECT_EQ(looks_like(squares(false, 255)), Likeness::mask);
  EXPECT_EQ(looks_like(squares(false, 0.5F)), Likeness::mask);
  Image<float> broken = squares(false, 255);
  broken[0, 0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(looks_like(broken), Likeness::intensities);
}

TEST(Likeness, LabelsAreWholeNumbersInOnePieceEach) { EXPECT_EQ(looks_like(squares(true, 0)), Likeness::labels); }

TEST(Likeness, ClassesAreAFewValuesInLargeAreas) {
  Image<float> image = squares(false, 1);
  for (float& v : image.pixels()) v = v == 0 ? 2.0F : 1.0F;  // as ilastik saves nucleus and background
  EXPECT_EQ(values_of_classes(image),
            (std::vector<float>{}));  // 54 of 380 pairs differ: too many for so small an image
  Image<float> large(60, 60);
  for (int row = 0; row < 60; ++row) {
    for (int col = 0; col < 60; ++col) large[row, col] = image[row / 3, col / 3];
  }
  EXPECT_EQ(values_of_classes(large), (std::vector<float>{1, 2}));
  EXPECT_EQ(looks_like(large), Likeness::classes);
  large[0, 0] = 0;
  EXPECT_EQ(values_of_classes(large), (std::vector<float>{0, 1, 2}));
  large[0, 0] = 4;
  EXPECT_EQ(looks_like(large), Likeness::intensities) << "no 3";
  large[0, 0] = 2.5F;
  EXPECT_EQ(looks_like(large), Likeness::intensities);
  large[0, 0] = 70000;
  EXPECT_EQ(looks_like(large), Likeness::intensities);
  for (int i = 0; i < 5; ++i) large[0, i] = static_cast<float>(3 + i);
  EXPECT_EQ(looks_like(large), Likeness::intensities) << "seven values";
  EXPECT_TRUE(values_of_classes(Image<float>(4, 4)).empty()) << "one value";
}

TEST(Likeness, ImagesAreImages) {
  EXPECT_EQ(looks_like(Image<float>(4, 4)), Likeness::intensities);
  EXPECT_EQ(looks_like(Image<float>(1, 4, {7, 7, 7, 7})), Likeness::intensities);
  Image<float> noise(64, 64);
  unsigned state = 1;
  for (float& v : noise.pixels()) v = static_cast<float>((state = state * 1664525U + 1013904223U) >> 28);
  EXPECT_EQ(looks_like(noise), Likeness::intensities) << "sixteen values, 0 among them";
  for (const SampleInfo& info : samples()) {
    if (info.simulation) continue;
    EXPECT_EQ(looks_like(make_sample(info.id)->pixels), Likeness::intensities) << info.id;
  }
  EXPECT_EQ(looks_like(make_sample(samples().back().id)->pixels), Likeness::intensities);
}

}  // namespace
}  // namespace floodlight

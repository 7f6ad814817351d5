// Results that are opened as images.
#include "core/segment/likeness.h"

#include <limits>

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

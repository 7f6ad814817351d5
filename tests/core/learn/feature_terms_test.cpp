// What is explained at a pixel is what the features are there.
#include "core/learn/feature_terms.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/features.h"
#include "tests/core/reference.h"
#include "tests/core/rows.h"

namespace floodlight::test {
namespace {

void expect_difference(const Difference& d, FloatView image) {
  EXPECT_EQ(d.before_value, image[d.before]);
  EXPECT_EQ(d.after_value, image[d.after]);
  const int apart = d.after.row - d.before.row + d.after.col - d.before.col;
  EXPECT_EQ(d.divisor, static_cast<float>(apart));
  EXPECT_EQ(d.result, (d.after_value - d.before_value) / d.divisor);
}

void expect_second(const SecondDifference& s, FloatView image) {
  expect_difference(s.before, image);
  expect_difference(s.after, image);
  EXPECT_EQ(s.result, (s.after.result - s.before.result) / s.divisor);
}

TEST(FeatureTerms, AreTheFeaturesToTheBitAtEveryPixel) {
  unsigned seed = 0;
  for (const Pixel shape : {Pixel{2, 2}, Pixel{2, 7}, Pixel{3, 3}, Pixel{9, 12}, Pixel{21, 5}}) {
    Image<float> image = noise(shape.row, shape.col, ++seed, 60000);
    for (float& v : image.pixels()) v = v / 7 - 1000;
    const ScaleSpace space = scale_space(image, {.sigmas = {1.5}}).value();
    const FloatView smoothed = space.smoothed.front();
    std::vector<float> values(4);
    for (int r = 0; r < shape.row; ++r) {
      for (int c = 0; c < shape.col; ++c) {
        features_at(space, {r, c}, values);
        EXPECT_EQ(static_cast<float>(gaussian_passes(image, 1.5, {r, c}).across.result), values[0]);
        const SobelTerms sobel = sobel_terms(smoothed, {r, c});
        EXPECT_EQ(sobel.result, values[1]) << r << ", " << c;
        const HessianTerms hessian = hessian_terms(smoothed, {r, c});
        EXPECT_EQ(hessian.larger, values[2]) << r << ", " << c;
        EXPECT_EQ(hessian.smaller, values[3]) << r << ", " << c;
        for (const SecondDifference* s : {&hessian.down, &hessian.mixed, &hessian.across}) expect_second(*s, smoothed);
      }
    }
  }
}

TEST(FeatureTerms, OfARampAndABowlReadAsTheyShould) {
  Image<float> ramp(7, 7);
  Image<float> bowl(9, 9);
  for (int r = 0; r < 7; ++r) {
    for (int c = 0; c < 7; ++c) ramp[r, c] = static_cast<float>(3 * r);
  }
  for (int r = 0; r < 9; ++r) {
    for (int c = 0; c < 9; ++c) bowl[r, c] = static_cast<float>((r - 4) * (r - 4) + 3 * (c - 4) * (c - 4));
  }
  const SobelTerms sobel = sobel_terms(ramp, {3, 3});
  EXPECT_EQ(sobel.down_value, 6);
  EXPECT_EQ(sobel.across_value, 0);
  EXPECT_FLOAT_EQ(sobel.result, static_cast<float>(6 / std::sqrt(2.0)));
  // Brighter below: the row below counts with plus.
  ASSERT_EQ(sobel.down.terms.size(), 9U);
  EXPECT_EQ(sobel.down.terms[7].weight, 2);
  EXPECT_EQ(sobel.down.terms[1].weight, -2);
  EXPECT_EQ(sobel.across.terms[5].weight, 2);
  EXPECT_EQ(sobel.across.terms[3].weight, -2);
  EXPECT_EQ(sobel.down.divisor, 4);

  const HessianTerms hessian = hessian_terms(bowl, {4, 4});
  EXPECT_EQ(hessian.down.result, 2);
  EXPECT_EQ(hessian.mixed.result, 0);
  EXPECT_EQ(hessian.across.result, 6);
  EXPECT_EQ(hessian.larger, 6);
  EXPECT_EQ(hessian.smaller, 2);
  EXPECT_EQ(hessian.down.before.before, (Pixel{2, 4}));
  EXPECT_EQ(hessian.down.after.after, (Pixel{6, 4}));
  EXPECT_EQ(hessian.mixed.before.before, (Pixel{3, 3}));
  EXPECT_EQ(hessian.mixed.after.after, (Pixel{5, 5}));
  // At a corner differences are one-sided.
  const HessianTerms corner = hessian_terms(bowl, {0, 0});
  EXPECT_EQ(corner.down.divisor, 1);
  EXPECT_EQ(corner.down.before.before, (Pixel{0, 0}));
  EXPECT_EQ(corner.down.before.divisor, 1);
  EXPECT_EQ(corner.down.after.after, (Pixel{2, 0}));
  EXPECT_EQ(corner.down.after.divisor, 2);
}

}  // namespace
}  // namespace floodlight::test

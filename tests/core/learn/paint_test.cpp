// Strokes against their definition, and samples in the order of scikit-learn's rows.
#include "core/learn/paint.h"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::blobs;
using testing::Dice;
using testing::roll;

/// '.' is not painted; a digit is a class.
std::string drawing(PaintView image) {
  std::string text;
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) text += image[r, c] == 0 ? '.' : static_cast<char>('0' + image[r, c]);
    text += '\n';
  }
  return text;
}

TEST(Paint, ABrushPaintsADisk) {
  EXPECT_EQ(drawing(paint_image({{.label = 1, .radius = 0, .path = {{1, 2}}}}, 3, 5)),
            ".....\n"
            "..1..\n"
            ".....\n");
  EXPECT_EQ(drawing(paint_image({{.label = 2, .radius = 1, .path = {{1, 2}}}}, 3, 5)),
            "..2..\n"
            ".222.\n"
            "..2..\n");
  EXPECT_EQ(drawing(paint_image({{.label = 3, .radius = 2, .path = {{2, 2}}}}, 5, 5)),
            "..3..\n"
            ".333.\n"
            "33333\n"
            ".333.\n"
            "..3..\n");
}

TEST(Paint, AStrokeGoesStraightFromPlaceToPlaceAndLaterOnesCoverIt) {
  const Paint paint = {{.label = 1, .radius = 0, .path = {{0, 0}, {2, 5}, {2, 2}}},
                       {.label = 2, .radius = 0, .path = {{3, 0}, {0, 3}}},
                       {.label = 0, .radius = 0, .path = {{2, 4}}},
                       {.label = 4, .radius = 0, .path = {}}};
  EXPECT_EQ(drawing(paint_image(paint, 4, 6)),
            "11.2..\n"
            "..21..\n"
            ".211.1\n"
            "2.....\n");
}

TEST(Paint, ToBeginWithIsAlongNucleiAndBesideThem) {
  LabelImage truth(7, 20);
  const auto fill = [&](Label label, int top, int bottom, int left, int right) {
    for (int r = top; r <= bottom; ++r) {
      for (int c = left; c <= right; ++c) truth[r, c] = label;
    }
  };
  fill(1, 0, 2, 1, 4);    // free to its right
  fill(2, 0, 2, 16, 19);  // at the border: only its left is free
  fill(3, 4, 6, 0, 8);    // 4 follows on its right without a gap, and to its left the image ends
  fill(4, 4, 6, 9, 19);
  EXPECT_EQ(drawing(paint_image(example_paint(truth, 4, 6), 7, 20)),
            "....................\n"
            ".1111..2222222..1111\n"
            "....................\n"
            "....................\n"
            "....................\n"
            ".111111....111111...\n"
            "....................\n");
  EXPECT_TRUE(example_paint(LabelImage(5, 5)).empty());
  EXPECT_EQ(example_paint(truth, 1, 6).size(), 1U) << "the one in the middle of the list: 3";
}

TEST(Paint, WhatLiesOutsideIsLeftOut) {
  const Paint paint = {{.label = 1, .radius = 1, .path = {{-3, -3}, {4, 4}, {40000, 4}}}};
  EXPECT_EQ(drawing(paint_image(paint, 4, 4)),
            "11..\n"
            "111.\n"
            ".111\n"
            "..11\n");
}

/// Every pixel within the radius of a place on the way, each place found by plain arithmetic.
PaintImage plain_stroke(const Stroke& stroke, int rows, int cols) {
  PaintImage image(rows, cols);
  std::vector<Pixel> way;
  for (std::size_t i = 0; i + 1 < stroke.path.size(); ++i) {
    const Pixel a = stroke.path[i];
    const Pixel b = stroke.path[i + 1];
    const int steps = std::max(std::abs(a.row - b.row), std::abs(a.col - b.col));
    for (int s = 0; s <= steps; ++s) {
      const double part = steps == 0 ? 0 : static_cast<double>(s) / steps;
      way.push_back({static_cast<int>(std::floor(a.row + part * (b.row - a.row) + 0.5 + 1e-9)),
                     static_cast<int>(std::floor(a.col + part * (b.col - a.col) + 0.5 + 1e-9))});
    }
  }
  for (const Pixel p : way) {
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < cols; ++c) {
        if ((r - p.row) * (r - p.row) + (c - p.col) * (c - p.col) <= stroke.radius * stroke.radius)
          image[r, c] = stroke.label;
      }
    }
  }
  return image;
}

TEST(Paint, RandomStrokesFollowTheDefinition) {
  Dice dice(3);
  for (int round = 0; round < 200; ++round) {
    Stroke stroke{.label = static_cast<std::uint8_t>(roll(dice, 1, 8)), .radius = roll(dice, 0, 6), .path = {}};
    for (int i = roll(dice, 2, 4); i > 0; --i) stroke.path.push_back({roll(dice, -9, 39), roll(dice, -9, 49)});
    ASSERT_EQ(drawing(paint_image({stroke}, 30, 40)), drawing(plain_stroke(stroke, 30, 40))) << "round " << round;
  }
}

TEST(Paint, APaintedImageBecomesStrokesThatPaintIt) {
  Dice dice(4);
  for (const Pixel shape : odd_shapes()) {
    PaintImage image(shape.row, shape.col);
    for (std::uint8_t& v : image.pixels()) v = static_cast<std::uint8_t>(std::max(0, roll(dice, -2, 3)));
    EXPECT_EQ(paint_image(strokes_of(image), shape.row, shape.col), image);
  }
  const PaintImage runs(2, 5, {1, 1, 0, 2, 2, 0, 3, 0, 0, 0});
  EXPECT_EQ(strokes_of(runs), (Paint{{.label = 1, .radius = 0, .path = {{0, 0}, {0, 1}}},
                                     {.label = 2, .radius = 0, .path = {{0, 3}, {0, 4}}},
                                     {.label = 3, .radius = 0, .path = {{1, 1}}}}));
}

TEST(Paint, SamplesComeInRasterOrderImageAfterImage) {
  Dice dice(5);
  TrainingSet set;
  std::vector<float> values;
  std::vector<std::uint8_t> labels;
  for (const Pixel shape : {Pixel{20, 30}, Pixel{11, 9}}) {
    const Image<float> image = blobs(dice, shape.row, shape.col, 2);
    const ScaleSpace space = scale_space(image, {.sigmas = {1, 3}}).value();
    const auto planes = multiscale_basic_features(image, {.sigmas = {1, 3}}).value();
    // The order of painting does not count.
    const Paint paint = {{.label = 2, .radius = 1, .path = {{shape.row - 2, 3}, {shape.row - 4, 7}}},
                         {.label = 1, .radius = 0, .path = {{1, 1}, {5, 4}}}};
    const PaintImage painted = paint_image(paint, shape.row, shape.col);
    const std::vector<Pixel> pixels = painted_pixels(painted);
    EXPECT_GT(pixels.size(), 10U);
    append_samples(set, space, painted);
    TrainingSet alone = training_set_in_slices(space, painted).finish();
    EXPECT_EQ(alone.size(), pixels.size());
    for (const Pixel p : pixels) {
      labels.push_back(painted[p]);
      for (const Image<float>& plane : planes) values.push_back(plane[p]);
    }
    EXPECT_TRUE(std::equal(alone.values.rbegin(), alone.values.rend(), values.rbegin()));
  }
  EXPECT_EQ(set.features, 8U);
  EXPECT_EQ(set.labels, labels);
  EXPECT_EQ(set.values, values);
}

}  // namespace
}  // namespace floodlight::test

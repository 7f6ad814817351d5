// The drawings of an object show the numbers that were measured.
#include "core/explain/object_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/samples/small_images.h"
#include "core/segment/label.h"
#include "core/segment/threshold.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;

std::vector<RegionProperties> measured(const LabelImage& labels) {
  return region_properties(labels, Image<float>(labels.rows(), labels.cols()));
}

ObjectShape shape_of(const std::vector<std::string_view>& rows) {
  const LabelImage labels = label(mask_of(rows)).labels;
  return object_shape(labels, measured(labels).at(0));
}

/// Twice the area of the triangle, positive when it is gone round clockwise on the screen. Exact: all are halves.
double turn(Place a, Place b, Place c) { return (b.col - a.col) * (c.row - a.row) - (b.row - a.row) * (c.col - a.col); }

bool in_or_on(const std::vector<Place>& hull, Place p) {
  for (std::size_t i = 0; i < hull.size(); ++i) {
    if (turn(hull[i], hull[(i + 1) % hull.size()], p) < 0) return false;
  }
  return true;
}

Place direction(Place from, Place to) { return {.row = to.row - from.row, .col = to.col - from.col}; }
double length(Place from, Place to) { return std::hypot(to.row - from.row, to.col - from.col); }

std::vector<Place> pixels_of(const LabelImage& labels, Label number) {
  std::vector<Place> pixels;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (labels[row, col] == number) pixels.push_back({static_cast<double>(row), static_cast<double>(col)});
    }
  }
  return pixels;
}

void expect_hull(const LabelImage& labels, const RegionProperties& object, const std::vector<Place>& hull) {
  ASSERT_GE(hull.size(), 4U);
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Place& a = hull[i];
    const Place& b = hull[(i + 1) % hull.size()];
    ASSERT_GT(turn(a, b, hull[(i + 2) % hull.size()]), 0) << "clockwise, and no corner on a straight line";
    if (i > 0) ASSERT_TRUE(a.row > hull[0].row || (a.row == hull[0].row && a.col > hull[0].col));
  }
  const std::vector<Place> pixels = pixels_of(labels, object.label);
  for (const Place& p : pixels) {
    for (const double half : {-0.5, 0.5}) {
      ASSERT_TRUE(in_or_on(hull, {p.row + half, p.col}));
      ASSERT_TRUE(in_or_on(hull, {p.row, p.col + half}));
    }
  }
  for (const Place& corner : hull) {
    ASSERT_TRUE(std::ranges::any_of(pixels, [&](const Place& p) {
      return std::abs(p.row - corner.row) + std::abs(p.col - corner.col) == 0.5;
    })) << "every corner is a tip of a pixel";
  }
  int inside = 0;
  for (int row = object.bbox_min_row; row < object.bbox_max_row; ++row) {
    for (int col = object.bbox_min_col; col < object.bbox_max_col; ++col) {
      inside += in_or_on(hull, {static_cast<double>(row), static_cast<double>(col)}) ? 1 : 0;
    }
  }
  ASSERT_EQ(object.solidity, static_cast<double>(object.area) / inside);
}

/// The mean square of the pixels' places along a direction, about the centroid.
double spread_along(const std::vector<Place>& pixels, const RegionProperties& object, Place unit) {
  double sum = 0;
  for (const Place& p : pixels) {
    const double along = (p.row - object.centroid_row) * unit.row + (p.col - object.centroid_col) * unit.col;
    sum += along * along;
  }
  return sum / static_cast<double>(pixels.size());
}

void expect_axis(const LabelImage& labels, const RegionProperties& object, Place from, Place to, double axis) {
  ASSERT_NEAR(length(from, to), axis, 1e-9);
  ASSERT_NEAR((from.row + to.row) / 2, object.centroid_row, 1e-9);
  ASSERT_NEAR((from.col + to.col) / 2, object.centroid_col, 1e-9);
  if (axis == 0) return;
  const Place along = direction(from, to);
  const Place unit{.row = along.row / axis, .col = along.col / axis};
  // The ellipse with these moments has a quarter of its axis as standard deviation along it.
  ASSERT_NEAR(spread_along(pixels_of(labels, object.label), object, unit), axis * axis / 16, 1e-6 * axis * axis);
}

void expect_shape(const LabelImage& labels, const RegionProperties& object) {
  const ObjectShape shape = object_shape(labels, object);
  ASSERT_NO_FATAL_FAILURE(expect_hull(labels, object, shape.hull));
  ASSERT_NO_FATAL_FAILURE(expect_axis(labels, object, shape.major_from, shape.major_to, object.axis_major_length));
  ASSERT_NO_FATAL_FAILURE(expect_axis(labels, object, shape.minor_from, shape.minor_to, object.axis_minor_length));
  const Place major = direction(shape.major_from, shape.major_to);
  const Place minor = direction(shape.minor_from, shape.minor_to);
  ASSERT_NEAR(major.row * minor.row + major.col * minor.col, 0, 1e-9);
  ASSERT_GE(major.row, 0);
  ASSERT_GE(minor.col, 0);
  std::vector<Pixel> outline;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (labels[row, col] != object.label) continue;
      for (const Pixel q : {Pixel{row - 1, col}, {row + 1, col}, {row, col - 1}, {row, col + 1}}) {
        if (labels.contains(q) && labels[q] == object.label) continue;
        outline.push_back({row, col});
        break;
      }
    }
  }
  ASSERT_EQ(shape.perimeter, outline);
}

TEST(ObjectShape, OfASinglePixelIsADiamond) {
  const ObjectShape shape = shape_of({"...", "..#"});
  EXPECT_EQ(shape.hull, (std::vector<Place>{{0.5, 2}, {1, 2.5}, {1.5, 2}, {1, 1.5}}));
  EXPECT_EQ(shape.perimeter, (std::vector<Pixel>{{1, 2}}));
  EXPECT_EQ(shape.major_from, (Place{1, 2}));
  EXPECT_EQ(shape.minor_to, (Place{1, 2}));
}

TEST(ObjectShape, OfALowerRightHalfCutsTheCorner) {
  EXPECT_EQ(shape_of({"..#", ".##", "###"}).hull,
            (std::vector<Place>{{-0.5, 2}, {0, 2.5}, {2, 2.5}, {2.5, 2}, {2.5, 0}, {2, -0.5}}));
}

TEST(ObjectShape, OfARectangleHasItsAxesAlongItsSides) {
  const ObjectShape shape = shape_of({"......", ".####.", ".####.", "......"});
  EXPECT_EQ(shape.hull,
            (std::vector<Place>{{0.5, 1}, {0.5, 4}, {1, 4.5}, {2, 4.5}, {2.5, 4}, {2.5, 1}, {2, 0.5}, {1, 0.5}}));
  EXPECT_NEAR(shape.major_from.row, 1.5, 1e-12);
  EXPECT_NEAR(shape.major_to.row, 1.5, 1e-12);
  EXPECT_NEAR(std::abs(shape.major_to.col - shape.major_from.col), 4 * std::sqrt(1.25), 1e-12);
  EXPECT_NEAR(shape.minor_from.col, 2.5, 1e-12);
  EXPECT_EQ(shape.perimeter.size(), 8U);
}

TEST(ObjectShape, OfADiagonalHasItsMajorAxisAlongIt) {
  const ObjectShape down = shape_of({"#..", ".#.", "..#"});
  EXPECT_NEAR(down.major_to.row - down.major_from.row, down.major_to.col - down.major_from.col, 1e-12);
  EXPECT_GT(down.major_to.col, down.major_from.col);
  const ObjectShape up = shape_of({"..#", ".#.", "#.."});
  EXPECT_LT(up.major_to.col, up.major_from.col);
  EXPECT_GT(up.major_to.row, up.major_from.row);
}

TEST(ObjectShape, LooksAtItsOwnObjectAlone) {
  const LabelImage labels = image_of<Label>({{3, 3, 9, 9}, {3, 9, 9, 9}, {3, 3, 3, 9}});
  for (const RegionProperties& object : measured(labels)) ASSERT_NO_FATAL_FAILURE(expect_shape(labels, object));
}

TEST(ObjectShape, AgreesWithTheMeasurementsOnManyObjects) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const LabelImage labels = label(noise_mask(24, 30, seed, 0.3 + 0.03 * seed), Connectivity::eight).labels;
    for (const RegionProperties& object : measured(labels)) ASSERT_NO_FATAL_FAILURE(expect_shape(labels, object));
  }
  Dice dice(101);
  for (int round = 0; round < 4; ++round) {
    const Image<float> image = testing::blobs(dice, 60, 70, 14);
    const LabelImage labels = label(above(image, 100)).labels;
    for (const RegionProperties& object : measured(labels)) ASSERT_NO_FATAL_FAILURE(expect_shape(labels, object));
  }
}

TEST(ObjectShape, AgreesWithTheMeasurementsInTheSmallField) {
  const LabelImage labels = label(above(make_small_image("small_field")->pixels, 70)).labels;
  const std::vector<RegionProperties> objects = measured(labels);
  EXPECT_GT(objects.size(), 4U);
  for (const RegionProperties& object : objects) ASSERT_NO_FATAL_FAILURE(expect_shape(labels, object));
}

}  // namespace
}  // namespace floodlight::test

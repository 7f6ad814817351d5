// Region properties of objects whose numbers can be worked out by hand, and of many against plain definitions.
#include "core/segment/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include <gtest/gtest.h>

#include "core/segment/label.h"
#include "core/segment/physical_shape.h"
#include "tests/core/reference.h"
#include "tests/core/segment/plain.h"

namespace floodlight::test {
namespace {

std::vector<RegionProperties> measured(const LabelImage& labels) {
  Image<float> raster(labels.rows(), labels.cols());
  for (std::size_t i = 0; i < raster.size(); ++i) raster.pixels()[i] = static_cast<float>(i);
  return region_properties(labels, raster);
}

RegionProperties of_mask(const std::vector<std::string_view>& rows) {
  const Mask mask = mask_of(rows);
  LabelImage labels(mask.rows(), mask.cols());
  std::ranges::copy(mask.pixels(), labels.pixels().begin());
  return measured(labels).at(0);
}

TEST(Measure, DescribesASinglePixel) {
  const RegionProperties r = of_mask({"...", ".#."});
  EXPECT_EQ(r.label, 1);
  EXPECT_EQ(r.area, 1);
  EXPECT_EQ(r.centroid_row, 1);
  EXPECT_EQ(r.centroid_col, 1);
  EXPECT_EQ(r.bbox_min_row, 1);
  EXPECT_EQ(r.bbox_max_row, 2);
  EXPECT_EQ(r.bbox_min_col, 1);
  EXPECT_EQ(r.bbox_max_col, 2);
  EXPECT_EQ(r.mean_intensity, 4);
  EXPECT_EQ(r.max_intensity, 4);
  EXPECT_EQ(r.perimeter, 0);
  EXPECT_EQ(r.eccentricity, 0);
  EXPECT_EQ(r.solidity, 1);
  EXPECT_EQ(r.axis_major_length, 0);
  EXPECT_EQ(r.axis_minor_length, 0);
  EXPECT_DOUBLE_EQ(r.equivalent_diameter, std::sqrt(4 / std::numbers::pi));
}

TEST(Measure, DescribesARectangle) {
  const RegionProperties r = of_mask({"......", ".####.", ".####.", ".####.", "......"});
  EXPECT_EQ(r.area, 12);
  EXPECT_EQ(r.centroid_row, 2);
  EXPECT_EQ(r.centroid_col, 2.5);
  EXPECT_EQ(r.perimeter, 10) << "ten border pixels, each one straight step";
  EXPECT_EQ(r.solidity, 1);
  EXPECT_DOUBLE_EQ(r.axis_major_length, 4 * std::sqrt(1.25));
  EXPECT_DOUBLE_EQ(r.axis_minor_length, 4 * std::sqrt(2.0 / 3));
  EXPECT_DOUBLE_EQ(r.eccentricity, std::sqrt(1 - (2.0 / 3) / 1.25));
  EXPECT_DOUBLE_EQ(std::abs(r.orientation), std::numbers::pi / 2) << "it lies along the row";
}

TEST(Measure, ARoundObjectHasTwoAxesOfTheSameLength) {
  for (int radius = 1; radius <= 40; ++radius) {  // at 16 the shorter one was longer by the last bit
    std::vector<std::string> rows;
    for (int row = -radius; row <= radius; ++row) {
      rows.emplace_back();
      for (int col = -radius; col <= radius; ++col) rows.back() += row * row + col * col <= radius * radius ? '#' : '.';
    }
    const RegionProperties r = of_mask({rows.begin(), rows.end()});
    EXPECT_EQ(r.axis_major_length, r.axis_minor_length) << radius;
    EXPECT_EQ(r.eccentricity, 0) << radius;
  }
}

TEST(Measure, DescribesLinesOfEveryDirection) {
  EXPECT_EQ(of_mask({"#", "#", "#"}).orientation, 0);
  EXPECT_DOUBLE_EQ(std::abs(of_mask({"###"}).orientation), std::numbers::pi / 2);
  EXPECT_DOUBLE_EQ(of_mask({"#..", ".#.", "..#"}).orientation, std::numbers::pi / 4);
  EXPECT_DOUBLE_EQ(of_mask({"..#", ".#.", "#.."}).orientation, -std::numbers::pi / 4);
  for (const auto& rows : {std::vector<std::string_view>{"###"}, {"#", "#"}, {"#..", ".#.", "..#"}}) {
    EXPECT_EQ(of_mask(rows).eccentricity, 1);
    EXPECT_EQ(of_mask(rows).axis_minor_length, 0);
    EXPECT_EQ(of_mask(rows).solidity, 1);
  }
}

TEST(Measure, CountsPixelsOnTheHullAsInsideIt) {
  EXPECT_DOUBLE_EQ(of_mask({"#.#", "#.#", "###"}).solidity, 7.0 / 9);
  EXPECT_DOUBLE_EQ(of_mask({"#...", "#...", "####"}).solidity, 6.0 / 8) << "the hull cuts the corner off";
}

TEST(Measure, KeepsObjectsApartAndSkipsNumbersWithoutPixels) {
  const LabelImage labels = image_of<Label>({{2, 2, 7}, {0, 7, 7}, {-4, 0, 0}});
  const std::vector<RegionProperties> regions = measured(labels);
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_EQ(regions[0].label, 2);
  EXPECT_EQ(regions[0].area, 2);
  EXPECT_EQ(regions[0].mean_intensity, 0.5);
  EXPECT_EQ(regions[1].label, 7);
  EXPECT_EQ(regions[1].area, 3);
  EXPECT_EQ(regions[1].max_intensity, 5);
}

TEST(Measure, TakesTheLargestLabelsThereAre) {
  constexpr Label largest = std::numeric_limits<Label>::max();
  const std::vector<RegionProperties> regions = measured(image_of<Label>({{largest, 0, 900000}, {largest, 5, 5}}));
  ASSERT_EQ(regions.size(), 3U);
  EXPECT_EQ(regions[0].label, 5);
  EXPECT_EQ(regions[0].area, 2);
  EXPECT_EQ(regions[1].label, 900000);
  EXPECT_EQ(regions[2].label, largest);
  EXPECT_EQ(regions[2].area, 2);
}

TEST(Measure, FindsNothingInAnEmptyOrBlankImage) {
  EXPECT_TRUE(region_properties(LabelView(), FloatView()).empty());
  EXPECT_TRUE(measured(LabelImage(4, 5)).empty());
}

TEST(Measure, MeasuresNegativeIntensities) {
  const std::vector<RegionProperties> regions =
      region_properties(image_of<Label>({{1, 1}}), image_of<float>({{-5, -2}}));
  EXPECT_EQ(regions.at(0).max_intensity, -2);
  EXPECT_EQ(regions.at(0).mean_intensity, -3.5);
}

TEST(Measure, AgreesWithPlainDefinitionsOnManyObjects) {
  for (unsigned seed = 0; seed < 4; ++seed) {
    const LabelImage labels = label(noise_mask(18, 22, seed, 0.4)).labels;
    for (const RegionProperties& r : measured(labels)) {
      std::vector<Pixel> corners;
      double rows = 0;
      double cols = 0;
      for (int row = 0; row < labels.rows(); ++row) {
        for (int col = 0; col < labels.cols(); ++col) {
          if (labels[row, col] != r.label) continue;
          rows += row;
          cols += col;
          for (const Pixel half : {Pixel{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
            corners.push_back({2 * row + half.row, 2 * col + half.col});
          }
        }
      }
      EXPECT_EQ(static_cast<std::size_t>(4 * r.area), corners.size());
      EXPECT_NEAR(r.centroid_row, rows / static_cast<double>(r.area), 1e-12);
      EXPECT_NEAR(r.centroid_col, cols / static_cast<double>(r.area), 1e-12);
      if (corners.size() > 160) continue;
      int convex = 0;
      for (int row = r.bbox_min_row; row < r.bbox_max_row; ++row) {
        for (int col = r.bbox_min_col; col < r.bbox_max_col; ++col)
          convex += in_hull(corners, {2 * row, 2 * col}) ? 1 : 0;
      }
      EXPECT_DOUBLE_EQ(r.solidity, static_cast<double>(r.area) / convex) << "object " << r.label;
    }
  }
}

TEST(Measure, ANanAmongTheIntensitiesIsTheMaximumAndTheMean) {
  const LabelImage labels(1, 4, {1, 1, 2, 2});
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto rows = region_properties(labels, Image<float>(1, 4, {nan, 7, 3, 5}));
  EXPECT_TRUE(std::isnan(rows[0].max_intensity));
  EXPECT_TRUE(std::isnan(rows[0].mean_intensity));
  EXPECT_EQ(rows[1].max_intensity, 5);
  EXPECT_TRUE(std::isnan(region_properties(labels, Image<float>(1, 4, {9, nan, 3, 5}))[0].max_intensity));
}

TEST(PhysicalShape, PixelsThatAreNotSquareStretchTheAxes) {
  // A level bar of 2 x 6 pixels, each 0.5 wide and 2 high: 3 by 4 micrometres, upright.
  LabelImage labels(4, 8);
  for (int row = 1; row < 3; ++row) {
    for (int col = 1; col < 7; ++col) labels[row, col] = 1;
  }
  const RegionProperties bar = region_properties(labels, Image<float>(4, 8)).front();
  const PhysicalShape shape = physical_shape(bar, {0.5, 2});
  EXPECT_EQ(shape.area, 12);
  EXPECT_TRUE(std::isnan(shape.perimeter));
  const double along_columns = 4 * 0.5 * std::sqrt(35.0 / 12);
  const double along_rows = 4 * 2 * std::sqrt(0.25);
  EXPECT_DOUBLE_EQ(shape.axis_major_length, along_rows);
  EXPECT_DOUBLE_EQ(shape.axis_minor_length, along_columns);
  EXPECT_EQ(shape.orientation, 0);
  EXPECT_DOUBLE_EQ(shape.equivalent_diameter, std::sqrt(48 / std::numbers::pi));
  EXPECT_EQ(physical_shape(bar, {0.5, 0.6}).orientation, bar.orientation) << "it stays level, with its sign";
  const PhysicalShape square = physical_shape(bar, 0.5);
  EXPECT_EQ(square.perimeter, bar.perimeter * 0.5);
  EXPECT_EQ(square.eccentricity, bar.eccentricity);
}

}  // namespace
}  // namespace floodlight::test

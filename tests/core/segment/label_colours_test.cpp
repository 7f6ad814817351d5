// Colours of label images: neighbours differ.
#include "core/segment/label_colours.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include <gtest/gtest.h>

#include "core/segment/watershed.h"
#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

using testing::Dice;
using testing::roll;

std::vector<Pixel> random_points(Dice& dice, int rows, int cols, int count) {
  std::vector<Pixel> points;
  for (int i = 0; i < count; ++i) points.push_back({roll(dice, 0, rows - 1), roll(dice, 0, cols - 1)});
  return points;
}

// Every pixel takes the number of its nearest point; `diagonal_counts` bends what near means.
LabelImage voronoi(Dice& dice, int rows, int cols, int count, bool diagonal_counts) {
  const auto points = random_points(dice, rows, cols, count);
  LabelImage labels(rows, cols);
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      const auto away = [&](Pixel p) {
        const int dr = std::abs(p.row - row);
        const int dc = std::abs(p.col - col);
        return diagonal_counts ? std::max(dr, dc) : dr + dc;
      };
      const auto nearest = std::ranges::min_element(points, {}, away);
      labels[row, col] = static_cast<Label>(nearest - points.begin()) + 1;
    }
  }
  return labels;
}

// Floods from random seeds over a random landscape, with a line between them.
LabelImage flooded(Dice& dice, int rows, int cols, int count, Connectivity connectivity) {
  Image<std::int32_t> landscape(rows, cols);
  for (auto& value : landscape.pixels()) value = roll(dice, 0, 3);
  LabelImage markers(rows, cols);
  const auto points = random_points(dice, rows, cols, count);
  for (std::size_t i = 0; i < points.size(); ++i) markers[points[i]] = static_cast<Label>(i) + 1;
  return watershed<std::int32_t>(landscape.view(), markers, {}, {connectivity, true, 0});
}

void expect_neighbours_differ(const LabelImage& labels) {
  const auto colours = label_colours(labels);
  const auto colour = [&](Label label) { return static_cast<int>(colours[static_cast<std::size_t>(label)]); };
  ASSERT_EQ(colours.size(), static_cast<std::size_t>(std::ranges::max(labels.pixels())) + 1);
  EXPECT_LT(std::ranges::max(colours), label_colour_count);
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      const Label here = labels[row, col];
      const auto check = [&](int other_row, int other_col) {
        if (!labels.contains({other_row, other_col})) return;
        const Label other = labels[other_row, other_col];
        if (here == 0 || other == 0 || other == here) return;
        EXPECT_NE(colour(here), colour(other))
            << "labels " << here << " and " << other << " at row " << row << ", column " << col;
      };
      check(row, col + 1);
      check(row + 1, col);
      check(row + 1, col + 1);
      check(row + 1, col - 1);
      if (col + 1 < labels.cols() && labels[row, col + 1] == 0) check(row, col + 2);
      if (row + 1 < labels.rows() && labels[row + 1, col] == 0) check(row + 2, col);
    }
  }
}

TEST(LabelColours, NeighboursDifferWhereRegionsTouch) {
  Dice dice(1);
  for (int i = 0; i < 40; ++i) expect_neighbours_differ(voronoi(dice, 60, 70, roll(dice, 2, 400), i % 2 == 0));
}

TEST(LabelColours, NeighboursDifferAcrossAWatershedLine) {
  Dice dice(2);
  for (int i = 0; i < 60; ++i) {
    const auto connectivity = i % 2 == 0 ? Connectivity::four : Connectivity::eight;
    expect_neighbours_differ(flooded(dice, 60, 70, roll(dice, 2, 500), connectivity));
  }
}

TEST(LabelColours, NeighboursDifferAroundAHub) {
  // One region that touches all others, as a background that was flooded without a mask.
  LabelImage labels(90, 90);
  Label next = 1;
  for (Label& label : labels.pixels()) label = next;
  for (int row = 1; row + 2 < 90; row += 3) {
    for (int col = 1; col + 2 < 90; col += 3) labels[row, col] = ++next;
  }
  expect_neighbours_differ(labels);
}

TEST(LabelColours, SameImageSameColours) {
  Dice dice(3);
  const auto labels = voronoi(dice, 60, 60, 100, true);
  EXPECT_EQ(label_colours(labels), label_colours(labels));
}

TEST(LabelColours, AllColoursAreUsedAboutEquallyOften) {
  Dice dice(4);
  const auto colours = label_colours(voronoi(dice, 120, 120, 400, false));
  std::array<int, label_colour_count> used{};
  for (const auto colour : colours) ++used.at(colour);
  EXPECT_GT(*std::ranges::min_element(used), 25);
  EXPECT_LT(*std::ranges::max_element(used), 90);
}

TEST(LabelColours, NumbersWithoutPixelsAndEmptyImagesPass) {
  LabelImage labels(3, 3);
  EXPECT_EQ(label_colours(labels).size(), 1U);
  labels[1, 1] = 7;
  labels[1, 2] = 3;
  const auto colours = label_colours(labels);
  ASSERT_EQ(colours.size(), 8U);
  EXPECT_NE(colours[7], colours[3]);
  EXPECT_EQ(label_colours(LabelView()).size(), 1U);
}

}  // namespace
}  // namespace floodlight

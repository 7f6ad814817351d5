#include "core/segment/outline_polygons.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"

namespace floodlight {
namespace {

LabelImage image_of(std::initializer_list<std::initializer_list<Label>> rows) {
  LabelImage image(static_cast<int>(rows.size()), static_cast<int>(rows.begin()->size()));
  std::ranges::copy(rows | std::views::join, image.pixels().begin());
  return image;
}

/// Whether the middle of a pixel lies within a ring: how often a line from it to the left crosses the ring.
bool encloses(const Ring& ring, Pixel p) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner& a = ring[i];
    const Corner& b = ring[(i + 1) % ring.size()];
    if (a.col == b.col && a.col <= p.col && std::min(a.row, b.row) <= p.row && p.row < std::max(a.row, b.row))
      inside = !inside;
  }
  return inside;
}

/// The image whose outlines these are; -1 where two polygons lie over each other.
LabelImage filled(std::span<const LabelOutline> outlines, int rows, int cols) {
  LabelImage image(rows, cols);
  const auto fill = [&](Label label, const OutlinePolygon& piece) {
    for (int row = 0; row < rows; ++row) {
      for (int col = 0; col < cols; ++col) {
        const auto within = [&](const Ring& ring) { return encloses(ring, {row, col}); };
        if (!within(piece.outer) || std::ranges::any_of(piece.holes, within)) continue;
        image[row, col] = image[row, col] == 0 ? label : -1;
      }
    }
  };
  for (const auto& [label, pieces] : outlines) {
    for (const OutlinePolygon& piece : pieces) fill(label, piece);
  }
  return image;
}

/// A ring is simple when no corner comes twice, and each turns.
void expect_simple(const Ring& ring) {
  std::set<std::pair<int, int>> corners;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    EXPECT_TRUE(corners.emplace(ring[i].row, ring[i].col).second);
    const Corner& next = ring[(i + 1) % ring.size()];
    const Corner& after = ring[(i + 2) % ring.size()];
    EXPECT_NE(ring[i].row == next.row, ring[i].col == next.col);
    EXPECT_EQ(ring[i].row == next.row, next.col == after.col);
  }
}

TEST(OutlinePolygons, APixelHasFourCornersAlongItsUpperEdgeFirst) {
  const auto outlines = outline_polygons(image_of({{0, 0, 0}, {0, 7, 0}}));
  ASSERT_EQ(outlines.size(), 1U);
  const auto& polygons = outlines[0].pieces;
  EXPECT_EQ(outlines[0].label, 7);
  ASSERT_EQ(polygons.size(), 1U);
  EXPECT_EQ(polygons[0].outer, (Ring{{1, 1}, {1, 2}, {2, 2}, {2, 1}}));
  EXPECT_EQ(signed_area(polygons[0].outer), 1);
  EXPECT_TRUE(polygons[0].holes.empty());
}

TEST(OutlinePolygons, AnImageFilledByOneLabelHasItsFourCorners) {
  const auto outlines = outline_polygons(image_of({{3, 3, 3}, {3, 3, 3}}));
  ASSERT_EQ(outlines.size(), 1U);
  const auto& polygons = outlines[0].pieces;
  ASSERT_EQ(polygons.size(), 1U);
  EXPECT_EQ(polygons[0].outer, (Ring{{0, 0}, {0, 3}, {2, 3}, {2, 0}}));
}

TEST(OutlinePolygons, WhatTouchesAtACornerIsTwoPieces) {
  const auto outlines = outline_polygons(image_of({{5, 0}, {0, 5}}));
  ASSERT_EQ(outlines.size(), 1U);
  const auto& polygons = outlines[0].pieces;
  ASSERT_EQ(polygons.size(), 2U);
  EXPECT_EQ(polygons[0].outer, (Ring{{0, 0}, {0, 1}, {1, 1}, {1, 0}}));
  EXPECT_EQ(polygons[1].outer, (Ring{{1, 1}, {1, 2}, {2, 2}, {2, 1}}));
}

TEST(OutlinePolygons, APieceThatTouchesItselfAtACornerHasAHoleThere) {
  const auto outlines = outline_polygons(image_of({{1, 1, 1}, {1, 0, 1}, {0, 1, 1}}));
  ASSERT_EQ(outlines.size(), 1U);
  const auto& polygons = outlines[0].pieces;
  ASSERT_EQ(polygons.size(), 1U);
  ASSERT_EQ(polygons[0].holes.size(), 1U);
  expect_simple(polygons[0].outer);
  EXPECT_EQ(signed_area(polygons[0].outer), 8);
  EXPECT_EQ(signed_area(polygons[0].holes[0]), -1);
}

TEST(OutlinePolygons, HolesThatTouchAtACornerAreTwo) {
  const auto outlines = outline_polygons(image_of({{1, 1, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}, {1, 1, 1, 1}}));
  ASSERT_EQ(outlines.size(), 1U);
  const auto& polygons = outlines[0].pieces;
  ASSERT_EQ(polygons.size(), 1U);
  ASSERT_EQ(polygons[0].holes.size(), 2U);
  for (const Ring& hole : polygons[0].holes) EXPECT_EQ(signed_area(hole), -1);
}

TEST(OutlinePolygons, NoLabelHasNone) {
  EXPECT_TRUE(outline_polygons(LabelImage(3, 4)).empty());
  EXPECT_TRUE(outline_polygons(LabelImage()).empty());
}

TEST(OutlinePolygons, FilledTheyAreTheLabelsAgain) {
  testing::Dice dice(5);
  for (int trial = 0; trial < 400; ++trial) {
    const int rows = testing::roll(dice, 1, 12);
    const int cols = testing::roll(dice, 1, 12);
    const int most = testing::roll(dice, 1, 3);
    LabelImage labels(rows, cols);
    for (Label& label : labels.pixels()) label = testing::roll(dice, 0, most);
    const auto outlines = outline_polygons(labels);
    EXPECT_EQ(filled(outlines, rows, cols), labels);
    EXPECT_TRUE(std::ranges::is_sorted(outlines, {}, &LabelOutline::label));
    for (const LabelOutline& outline : outlines) {
      for (const OutlinePolygon& piece : outline.pieces) {
        expect_simple(piece.outer);
        EXPECT_GT(signed_area(piece.outer), 0);
        for (const Ring& hole : piece.holes) {
          expect_simple(hole);
          EXPECT_LT(signed_area(hole), 0);
        }
      }
    }
  }
}

}  // namespace
}  // namespace floodlight

// A flood cut along a line, and the ridges between its basins.
#include "core/explain/flood_section.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/explain/profile.h"
#include "core/segment/watershed.h"
#include "tests/core/explain/flood_scenes.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

/// A valley with two pits, and a sill of height 3 between them.
struct Valley {
  Image<std::int32_t> ground = image_of<std::int32_t>({{4, 2, 0, 1, 3, 2, 1, 0, 5}});
  LabelImage markers = image_of<Label>({{0, 0, 1, 0, 0, 0, 0, 2, 0}});
  std::vector<Pixel> line = line_pixels({0, 0}, {0, 8});
  Flood flooded(bool line_between = false) const {
    return flood<std::int32_t>(ground.view(), markers, MaskView(), {Connectivity::eight, line_between, 0});
  }
};

TEST(FloodSection, BeginsWithTheSeedsAndEndsWithTheLabels) {
  const Valley valley;
  const Flood f = valley.flooded();
  const auto first = flood_section(f, valley.markers, valley.line, 0);
  const auto last = flood_section(f, valley.markers, valley.line, static_cast<std::int32_t>(f.sequence.size()));
  ASSERT_EQ(first.size(), 9);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const bool seed = valley.markers.pixels()[i] != 0;
    EXPECT_EQ(first[i], (SectionPixel{valley.line[i], valley.markers.pixels()[i], seed, seed, seed}));
    EXPECT_EQ(last[i], (SectionPixel{valley.line[i], f.labels.pixels()[i], true, false, seed}));
  }
}

TEST(FloodSection, WatersMeetAtTheSill) {
  const Valley valley;
  const Flood f = valley.flooded();
  const auto borders = section_borders(f, valley.line);
  ASSERT_EQ(borders.size(), 1);
  const SectionBorder& b = borders.front();
  EXPECT_EQ(b.after, b.before + 1);
  EXPECT_TRUE(b.before == 3 || b.before == 4);
  EXPECT_EQ(b.first, 1);
  EXPECT_EQ(b.second, 2);
  const auto wet = [&](std::int32_t time) {
    const auto section = flood_section(f, valley.markers, valley.line, time);
    const auto done = [&](std::size_t i) { return section[i].wet && !section[i].waits; };
    return done(b.before) && done(b.after);
  };
  EXPECT_TRUE(wet(b.time));
  EXPECT_FALSE(wet(b.time - 1));
}

TEST(FloodSection, ALineOfOnePixelPartsThemAsWell) {
  const Valley valley;
  const Flood f = valley.flooded(true);
  ASSERT_EQ(f.labels.pixels()[4], 0);
  const auto borders = section_borders(f, valley.line);
  ASSERT_EQ(borders.size(), 1);
  EXPECT_EQ(borders.front().before, 3);
  EXPECT_EQ(borders.front().after, 5);
}

TEST(FloodSection, DryGroundPartsNothing) {
  const Valley valley;
  const Mask mask = mask_of({"####.####"});
  const Flood f = flood<std::int32_t>(valley.ground.view(), valley.markers, mask);
  EXPECT_TRUE(section_borders(f, valley.line).empty());
  const auto section = flood_section(f, valley.markers, valley.line, static_cast<std::int32_t>(f.sequence.size()));
  EXPECT_EQ(section[4], (SectionPixel{{0, 4}, 0, false, false, false}));
}

TEST(FloodSection, OnAnyLineEachMomentIsWhatTheRecordSays) {
  const Scene s = scene({31, 40}, 5, 3, 0.7);
  const Flood f = flood<double>(s.image.view(), s.markers, s.mask);
  const auto line = line_pixels({2, 37}, {29, 1});
  const auto end = static_cast<std::int32_t>(f.sequence.size());
  for (const std::int32_t time : {0, end / 3, end / 2, end}) {
    for (const SectionPixel& p : flood_section(f, s.markers, line, time)) {
      const bool wet = f.pushed[p.pixel] >= 0 && f.pushed[p.pixel] <= time;
      EXPECT_EQ(p.wet, wet);
      EXPECT_EQ(p.label, wet ? f.labels[p.pixel] : 0);
      EXPECT_EQ(p.waits, wet && f.taken[p.pixel] >= time);
    }
  }
}

TEST(FloodSection, TheLineThroughAMeetingHoldsBothSeedsAndGoesOn) {
  const Valley valley;
  const Flood f = valley.flooded();
  ASSERT_EQ(f.meetings.size(), 1);
  const auto [from, to] = line_through_meeting(f, f.meetings.front());
  EXPECT_EQ(std::min(from.col, to.col), 0);
  EXPECT_EQ(std::max(from.col, to.col), 8);
}

TEST(FloodSection, TheLineThroughAMeetingEndsALittleBeyondTheShore) {
  const Image<std::int32_t> ground = image_of<std::int32_t>({{9, 9, 9, 9, 9, 1, 2, 3, 2, 1, 9, 9, 9, 9, 9}});
  LabelImage markers(1, 15);
  markers[0, 5] = 1;
  markers[0, 9] = 2;
  const Flood f = flood<std::int32_t>(ground.view(), markers, mask_of({".....#####....."}));
  ASSERT_EQ(f.meetings.size(), 1);
  const auto [from, to] = line_through_meeting(f, f.meetings.front());
  EXPECT_EQ(std::min(from.col, to.col), 2);
  EXPECT_EQ(std::max(from.col, to.col), 12);
}

TEST(NearestRidge, IsWhereTheBasinTouchesTheOneNextToThePixel) {
  const Valley valley;
  const Flood f = valley.flooded();
  const auto border = section_borders(f, valley.line).front();
  const Ridge left = nearest_ridge(f, {0, 0});
  EXPECT_EQ(left.other, 2);
  EXPECT_EQ(left.pixels, std::vector<Pixel>{valley.line[border.before]});
  EXPECT_EQ(left.nearest, valley.line[border.before]);
  const Ridge right = nearest_ridge(f, {0, 8});
  EXPECT_EQ(right.other, 1);
  EXPECT_EQ(right.nearest, valley.line[border.after]);
  EXPECT_EQ(nearest_ridge(valley.flooded(true), {0, 0}).pixels, std::vector<Pixel>{valley.line[3]});
}

TEST(NearestRidge, ThereIsNoneBetweenIslandsOrOnDryGround) {
  const Valley valley;
  const Flood f = flood<std::int32_t>(valley.ground.view(), valley.markers, mask_of({"####.####"}));
  EXPECT_TRUE(nearest_ridge(f, {0, 2}).pixels.empty());
  EXPECT_TRUE(nearest_ridge(f, {0, 4}).pixels.empty());
}

TEST(NearestRidge, AgreesWithALookAtEveryPixel) {
  const Scene s = scene({24, 31}, 9, 5, 1.0);
  const Flood f = flood<double>(s.image.view(), s.markers, MaskView());
  for (const Pixel from : {Pixel{0, 0}, Pixel{12, 15}, Pixel{23, 30}, Pixel{5, 27}}) {
    const Ridge ridge = nearest_ridge(f, from);
    const Label own = f.labels[from];
    int least = 1'000'000;
    for (int row = 0; row < 24; ++row) {
      for (int col = 0; col < 31; ++col) {
        if (f.labels[row, col] != own) continue;
        bool touches = false;
        for (int r = row - 1; r <= row + 1; ++r) {
          for (int c = col - 1; c <= col + 1; ++c)
            touches = touches || (f.labels.contains({r, c}) && f.labels[r, c] != own);
        }
        const int away = (row - from.row) * (row - from.row) + (col - from.col) * (col - from.col);
        if (touches) least = std::min(least, away);
      }
    }
    const Pixel n = ridge.nearest;
    EXPECT_EQ((n.row - from.row) * (n.row - from.row) + (n.col - from.col) * (n.col - from.col), least);
    EXPECT_NE(std::ranges::find(ridge.pixels, n), ridge.pixels.end());
    for (const Pixel p : ridge.pixels) EXPECT_EQ(f.labels[p], own);
  }
}

}  // namespace
}  // namespace floodlight::test

// What is met on a landscape at a point of the screen: against a walk in tiny steps, and back from projected pixels.
#include "core/explain/relief.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

ReliefCamera camera_from(double turn, double tilt, double bend, Pixel shape, double zoom = 7) {
  constexpr double degree = std::numbers::pi / 180;
  return {shape.col / 2.0,         shape.row / 2.0,         zoom, std::cos(turn * degree), std::sin(turn * degree),
          std::cos(tilt * degree), std::sin(tilt * degree), bend};
}

struct Scenery {
  Image<float> ground;
  Image<std::int32_t> taken;
  Image<std::int32_t> pushed;
  Relief relief;
};

/// Rough ground from -6 to 0, with water over a part of it; surfaces and blocks.
Scenery scenery(Pixel shape, bool blocks, int stride) {
  Scenery s{noise(shape.row, shape.col, 77, 12),
            Image<std::int32_t>(shape.row, shape.col),
            Image<std::int32_t>(shape.row, shape.col),
            {}};
  for (std::size_t i = 0; i < s.taken.size(); ++i) {
    s.taken.pixels()[i] = static_cast<std::int32_t>(i);
    s.pushed.pixels()[i] = static_cast<std::int32_t>(i / 2);
  }
  s.relief = {.ground = s.ground,
              .rise = -0.5,
              .base = 0,
              .floor = -9,
              .top = 0,
              .level = -2.6,
              .taken = s.taken,
              .pushed = s.pushed,
              .time = static_cast<std::int32_t>(s.taken.size() / 4),
              .blocks = blocks,
              .stride = stride};
  return s;
}

const std::vector<ReliefCamera>& cameras(Pixel shape) {
  static std::vector<ReliefCamera> all;
  all.clear();
  for (const double turn : {-140.0, -24.0, 0.0, 90.0, 63.0}) {
    for (const double tilt : {0.0, 20.0, 52.0, 80.0}) {
      for (const double bend : {0.0, 0.001}) all.push_back(camera_from(turn, tilt, bend, shape));
    }
  }
  return all;
}

TEST(Relief, WaterCoversWhatItHasReachedAndNothingElse) {
  Scenery s = scenery({4, 5}, true, 1);
  s.ground = Image<float>(4, 5, std::vector<float>(20, 8));
  s.relief.ground = s.ground;
  EXPECT_EQ(s.relief.height({0, 0}), -2.6);
  EXPECT_EQ(s.relief.height({3, 4}), -4);
  s.relief.level = -5;
  EXPECT_EQ(s.relief.height({0, 0}), -4);
  s.relief.taken = {};
  s.relief.level = 0;
  EXPECT_EQ(s.relief.height({0, 0}), -4);
}

TEST(Relief, APixelThatIsSeenIsFoundWhereItsMiddleStands) {
  for (const bool blocks : {true, false}) {
    const Pixel shape{19, 26};
    const Scenery s = scenery(shape, blocks, 1);
    for (const ReliefCamera& camera : cameras(shape)) {
      int seen = 0;
      for (int row = 0; row < shape.row; ++row) {
        for (int col = 0; col < shape.col; ++col) {
          SurfacePoint middle = s.relief.middle({row, col});
          if (!blocks) middle.up -= 0.01;  // past the very tip of a summit, sight goes on
          const ScreenPoint point = camera.project(middle);
          const auto met = relief_at(s.relief, camera, point.x, point.y);
          ASSERT_TRUE(met);
          ASSERT_GE(met->nearer, point.nearer - 1e-6);
          if (!relief_shows(s.relief, camera, middle, 0.1 * camera.zoom)) continue;
          ++seen;
          ASSERT_EQ(met->pixel, (Pixel{row, col}));
        }
      }
      if (camera.tilt_sin == 0) EXPECT_EQ(seen, shape.row * shape.col);
      EXPECT_GT(seen, 40);
    }
  }
}

/// The first pixel that a walk towards the ground in tiny steps finds below its block.
std::optional<Pixel> walked(const Relief& relief, const ReliefCamera& c, double x, double y) {
  for (double nearer = 300; nearer > -300; nearer -= 0.02) {
    const double smaller = 1 - c.bend * nearer;
    const double right = x * smaller;
    const double flat = y * smaller;
    const double down = flat * c.tilt_cos + nearer * c.tilt_sin;
    const double up = (nearer * c.tilt_cos - flat * c.tilt_sin) / c.zoom;
    const double place_x = (c.turn_cos * right + c.turn_sin * down) / c.zoom + c.pivot_x;
    const double place_y = (c.turn_cos * down - c.turn_sin * right) / c.zoom + c.pivot_y;
    const Pixel pixel{static_cast<int>(std::floor(place_y)), static_cast<int>(std::floor(place_x))};
    if (!relief.ground.contains(pixel) || up < relief.floor) continue;
    if (up <= relief.height(pixel)) return pixel;
  }
  return std::nullopt;
}

TEST(Relief, BlocksAreMetWhereAWalkInTinyStepsMeetsThem) {
  const Pixel shape{9, 12};
  const Scenery s = scenery(shape, true, 1);
  for (const ReliefCamera& camera : cameras(shape)) {
    int met = 0;
    int wrong = 0;
    int points = 0;
    for (double y = -61.3; y < 75; y += 12.7) {
      for (double x = -70.1; x < 70; x += 12.3) {
        const auto found = relief_at(s.relief, camera, x, y);
        const auto expected = walked(s.relief, camera, x, y);
        ++points;
        met += expected ? 1 : 0;
        const bool same = found.has_value() == expected.has_value() && (!found || found->pixel == *expected);
        wrong += same ? 0 : 1;
      }
    }
    EXPECT_GT(met, 10);
    EXPECT_LE(wrong, points / 50) << "only where a step jumps over a corner";
  }
}

TEST(Relief, ASurfaceOfSamplesIsMetNearThePixelThatWasMeant) {
  const Pixel shape{64, 90};
  Scenery s = scenery(shape, false, 4);
  for (int row = 0; row < shape.row; ++row) {
    for (int col = 0; col < shape.col; ++col)
      s.ground[row, col] = static_cast<float>(6 + 5 * std::sin(row * 0.1) * std::cos(col * 0.08));
  }
  s.relief.taken = {};
  for (const ReliefCamera& camera : cameras(shape)) {
    for (int row = 2; row < shape.row; row += 4) {
      for (int col = 2; col < shape.col; col += 4) {
        SurfacePoint corner = s.relief.middle({row, col});
        corner.x = col;
        corner.y = row;
        corner.up -= 0.01;  // at the very edge of a hill, sight would pass over it
        const ScreenPoint point = camera.project(corner);
        const auto met = relief_at(s.relief, camera, point.x, point.y);
        ASSERT_TRUE(met);
        ASSERT_GE(met->nearer, point.nearer - 1e-6);
        if (!relief_shows(s.relief, camera, corner, camera.zoom)) continue;
        EXPECT_LE(std::abs(met->pixel.row - row), 1);
        EXPECT_LE(std::abs(met->pixel.col - col), 1);
      }
    }
  }
}

TEST(Relief, WhatLiesBehindAWallIsNotSeen) {
  Image<float> ground(9, 1);
  ground[6, 0] = 4;  // seen from the lower edge of the image, it hides the rows before it
  Relief relief;
  relief.ground = ground;
  relief.floor = -1;
  relief.top = 4;
  const ReliefCamera camera = camera_from(0, 60, 0, {9, 1}, 10);
  EXPECT_FALSE(relief_shows(relief, camera, relief.middle({5, 0}), 1));
  EXPECT_FALSE(relief_shows(relief, camera, relief.middle({2, 0}), 1));
  EXPECT_TRUE(relief_shows(relief, camera, relief.middle({6, 0}), 1));
  EXPECT_TRUE(relief_shows(relief, camera, relief.middle({8, 0}), 1));
  EXPECT_TRUE(relief_shows(relief, camera, {0.5, 5.5, 5}, 1)) << "above the wall";
}

TEST(Relief, BesideTheLandscapeNothingIsMet) {
  const Scenery s = scenery({9, 12}, true, 1);
  for (const ReliefCamera& camera : cameras({9, 12})) {
    EXPECT_FALSE(relief_at(s.relief, camera, 500, 0));
    EXPECT_FALSE(relief_at(s.relief, camera, 0, -500));
  }
  EXPECT_FALSE(relief_at({}, camera_from(0, 30, 0, {4, 4}), 0, 0));
}

}  // namespace
}  // namespace floodlight::test

// A landscape of an image's values, looked at from anywhere: where a point stands on the screen, what is met there.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/image.h"

namespace floodlight {

/// A point of the landscape in pixels of the image: to the right, down, and up from the plain.
struct SurfacePoint {
  double x = 0;
  double y = 0;
  double up = 0;
};

/// What is drawn: the ground, and water on it. Either each pixel is a block with a flat top, or a surface of triangles
/// runs through samples of the pixels and on to the image's edges. Below the edges are walls down to the floor.
struct Relief {
  FloatView ground;
  double rise = 1;  ///< the height of a value is (value - base) * rise
  double base = 0;
  double floor = 0;                     ///< where the walls around it end
  double top = 0;                       ///< nothing is higher
  double level = 0;                     ///< of the water ...
  ImageView<const std::int32_t> taken;  ///< ... which covers pixels as `Flood` records it; empty: no water
  ImageView<const std::int32_t> pushed;
  std::int32_t time = 0;
  bool blocks = true;
  int stride = 1;  ///< pixels from sample to sample of a surface

  /// Of the ground, and of the water where that is higher.
  [[nodiscard]] double height(Pixel pixel) const;
  /// Of a pixel's own middle as it is drawn.
  [[nodiscard]] SurfacePoint middle(Pixel pixel) const;
};

/// Where a point stands on the screen, in its pixels from the middle of the view: right, down, towards the eye.
struct ScreenPoint {
  double x = 0;
  double y = 0;
  double nearer = 0;
};

struct ReliefCamera {
  double pivot_x = 0;  ///< the point of the plain that stands in the middle
  double pivot_y = 0;
  double zoom = 1;  ///< screen pixels per pixel of the image
  double turn_cos = 1;
  double turn_sin = 0;
  double tilt_cos = 1;  ///< from straight above
  double tilt_sin = 0;
  double bend = 0;  ///< perspective: how much smaller a screen pixel further away makes it

  [[nodiscard]] ScreenPoint project(SurfacePoint point) const;
};

struct ReliefHit {
  Pixel pixel;
  double nearer = 0;  ///< of the point that is met
};
/// The pixel whose block, wall or part of the surface is seen at a point of the screen. O(pixels that the line of sight
/// crosses between the top and the ground).
std::optional<ReliefHit> relief_at(const Relief& relief, const ReliefCamera& camera, double x, double y);

/// Whether a point is seen, or stands before everything else: not further behind what is seen there than `tolerance`
/// screen pixels.
bool relief_shows(const Relief& relief, const ReliefCamera& camera, SurfacePoint point, double tolerance);

}  // namespace floodlight

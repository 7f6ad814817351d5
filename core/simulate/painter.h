// What a body of the specimen looks like from above, before any blur: outline, dome, chromatin, nucleoli.
#pragma once

#include <cstdint>
#include <vector>

#include "core/simulate/specimen.h"

namespace floodlight {

/// Smooth noise of mean 0 and standard deviation 1 on a lattice of its own: cubic B-splines of random knots.
class Chromatin {
 public:
  /// Reaches `reach_um` to each side of (0, 0).
  Chromatin(std::uint64_t seed, double spacing_um, double reach_um);
  [[nodiscard]] double at(double x_um, double y_um) const;

 private:
  double spacing_;
  int half_;
  int side_;
  std::vector<float> knots_;
};

/// The light of a body's whole thickness at a place, and how thick it is there: 1 in the middle, 0 outside.
struct Glow {
  double light = 0;
  double dome = 0;
};

class Painter {
 public:
  Painter(const Body& body, double pixel_um);

  /// How far the body reaches to the right or left, and up or down, from its centre.
  [[nodiscard]] double half_width_um() const;
  [[nodiscard]] double half_height_um() const;
  /// At a place from the body's centre, in the field's directions.
  [[nodiscard]] Glow at(double dx_um, double dy_um) const;
  /// The mean over a pixel, from samples x samples points.
  [[nodiscard]] Glow mean_over(double dx_um, double dy_um, double pixel_um, int samples) const;

 private:
  const Body& body_;
  double farthest_;  // the outline's largest radius, relative to the ellipse's
  Chromatin fine_;
  Chromatin coarse_;
  double fine_part_;
  double coarse_part_;
};

}  // namespace floodlight

// What a body looks like from above.
#include "core/simulate/painter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/base/random.h"

namespace floodlight {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr std::uint64_t knot_stream = 4;

/// The four cubic B-splines over a place between two knots, f from 0 to 1.
void spline_weights(double f, double* w) {
  const double g = 1 - f;
  w[0] = g * g * g / 6;
  w[1] = (4 - 6 * f * f + 3 * f * f * f) / 6;
  w[2] = (4 - 6 * g * g + 3 * g * g * g) / 6;
  w[3] = f * f * f / 6;
}

double largest_radius(const Body& body) {
  double sum = 1;
  for (std::size_t k = 0; k < body.outline_cosine.size(); ++k)
    sum += std::sqrt(body.outline_cosine[k] * body.outline_cosine[k] + body.outline_sine[k] * body.outline_sine[k]);
  return sum;
}

/// Where the outline is, relative to the ellipse, in the direction (x, y) of the ellipse's own frame, t long.
double outline(const Body& body, double x, double y, double t) {
  if (t <= 0) return 1;
  const double c1 = x / t;
  const double s1 = y / t;
  double c = c1;
  double s = s1;
  double radius = 1;
  for (std::size_t k = 0; k < body.outline_cosine.size(); ++k) {  // cos and sin of 2, 3, ... times the angle
    const double next = c * c1 - s * s1;
    s = s * c1 + c * s1;
    c = next;
    radius += body.outline_cosine[k] * c + body.outline_sine[k] * s;
  }
  return std::max(radius, 0.3);
}

}  // namespace

Chromatin::Chromatin(std::uint64_t seed, double spacing_um, double reach_um)
    : spacing_(spacing_um), half_(static_cast<int>(reach_um / spacing_um) + 3), side_(2 * half_ + 1) {
  Random random(seed, knot_stream);
  knots_.resize(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
  // Uniform knots have variance 1/3, of which the spline's weights leave (151/315)^2.
  for (float& knot : knots_) knot = static_cast<float>((2 * random.uniform() - 1) * 3.6131);
}

double Chromatin::at(double x_um, double y_um) const {
  const double x = x_um / spacing_ + half_;
  const double y = y_um / spacing_ + half_;
  const int col = std::clamp(static_cast<int>(x), 1, side_ - 3);
  const int row = std::clamp(static_cast<int>(y), 1, side_ - 3);
  double wx[4];
  double wy[4];
  spline_weights(x - col, wx);
  spline_weights(y - row, wy);
  double sum = 0;
  for (int i = 0; i < 4; ++i) {
    const float* line = knots_.data() + static_cast<std::size_t>(row - 1 + i) * static_cast<std::size_t>(side_) +
                        static_cast<std::size_t>(col - 1);
    sum += wy[i] * (wx[0] * static_cast<double>(line[0]) + wx[1] * static_cast<double>(line[1]) +
                    wx[2] * static_cast<double>(line[2]) + wx[3] * static_cast<double>(line[3]));
  }
  return sum;
}

Painter::Painter(const Body& body, double pixel_um)
    : body_(body),
      farthest_(largest_radius(body)),
      fine_(body.texture, std::max(0.7 * body.grain_um, pixel_um), farthest_ * body.semi_major_um),
      coarse_(body.texture + 1, std::max(2.4 * body.grain_um, pixel_um), farthest_ * body.semi_major_um),
      // Grains smaller than a pixel average out in it.
      fine_part_(0.8 * body.contrast * std::min(1.0, 0.7 * body.grain_um / pixel_um)),
      coarse_part_(0.6 * body.contrast) {}

double Painter::half_width_um() const {
  const double x = body_.semi_major_um * body_.cosine;
  const double y = body_.semi_minor_um * body_.sine;
  return farthest_ * std::sqrt(x * x + y * y);
}

double Painter::half_height_um() const {
  const double x = body_.semi_major_um * body_.sine;
  const double y = body_.semi_minor_um * body_.cosine;
  return farthest_ * std::sqrt(x * x + y * y);
}

Glow Painter::at(double dx_um, double dy_um) const {
  const double x = dx_um * body_.cosine + dy_um * body_.sine;
  const double y = dy_um * body_.cosine - dx_um * body_.sine;
  const double ex = x / body_.semi_major_um;
  const double ey = y / body_.semi_minor_um;
  const double t = std::sqrt(ex * ex + ey * ey);
  if (t >= farthest_) return {};
  double u = t / outline(body_, ex, ey, t);
  for (const Press& press : body_.presses) u = std::max(u, (dx_um * press.x + dy_um * press.y) / press.distance_um);
  if (u >= 1) return {};
  // A flat dome, steep at the rim. Its mean over the disc is pi / 4.
  const double dome = std::sqrt(1 - u * u * u * u);
  double chromatin = 1 + fine_part_ * fine_.at(x, y) + coarse_part_ * coarse_.at(x, y);
  chromatin = std::max(chromatin, 0.15);
  for (const Nucleolus& n : body_.nucleoli) {
    const double d2 = ((x - n.x_um) * (x - n.x_um) + (y - n.y_um) * (y - n.y_um)) / (1.6 * n.radius_um * n.radius_um);
    if (d2 < 1) chromatin *= 1 - n.depth * (1 - d2) * (1 - d2);
  }
  return {body_.brightness * dome * chromatin * (4 / pi), dome};
}

Glow Painter::mean_over(double dx_um, double dy_um, double pixel_um, int samples) const {
  if (samples == 1) return at(dx_um, dy_um);
  Glow sum;
  for (int i = 0; i < samples; ++i) {
    for (int j = 0; j < samples; ++j) {
      const Glow glow =
          at(dx_um + ((j + 0.5) / samples - 0.5) * pixel_um, dy_um + ((i + 0.5) / samples - 0.5) * pixel_um);
      sum.light += glow.light / (samples * samples);
      sum.dome += glow.dome / (samples * samples);
    }
  }
  return sum;
}

}  // namespace floodlight

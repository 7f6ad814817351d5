// Follows the line of sight from cell to cell until it meets the ground.
#include "core/explain/relief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace floodlight {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

/// One side of the image, in cells: the pixels of blocks, or what lies between the samples of a surface and the edges.
struct Axis {
  int size;
  int stride;
  bool blocks;

  [[nodiscard]] int samples() const { return (size + stride - 1) / stride; }
  [[nodiscard]] int cells() const { return blocks ? size : samples() + 1; }
  [[nodiscard]] double edge(int k) const {
    return blocks ? k : std::clamp((k - 0.5) * stride, 0.0, static_cast<double>(size));
  }
  [[nodiscard]] int cell_at(double along) const {
    const double cell = std::floor(blocks ? along : along / stride + 0.5);
    return std::clamp(static_cast<int>(cell), 0, cells() - 1);
  }
  [[nodiscard]] int sampled(int k) const {
    return std::min(std::clamp(k, 0, samples() - 1) * stride + stride / 2, size - 1);
  }
  [[nodiscard]] double share(int cell, double along) const {
    const double width = edge(cell + 1) - edge(cell);
    return width > 0 ? (along - edge(cell)) / width : 0;
  }
};

/// A line of sight, walked away from the eye: at t = -nearer.
struct Sight {
  SurfacePoint start;
  SurfacePoint speed;
  [[nodiscard]] SurfacePoint at(double t) const {
    return {start.x + speed.x * t, start.y + speed.y * t, start.up + speed.up * t};
  }
};

Sight sight_of(const ReliefCamera& c, double x, double y) {
  const auto back = [&](double right, double down, double up) -> SurfacePoint {
    return {(c.turn_cos * right + c.turn_sin * down) / c.zoom, (c.turn_cos * down - c.turn_sin * right) / c.zoom,
            up / c.zoom};
  };
  SurfacePoint start = back(x, c.tilt_cos * y, -c.tilt_sin * y);
  start.x += c.pivot_x;
  start.y += c.pivot_y;
  const SurfacePoint speed =
      back(x * c.bend, c.tilt_cos * y * c.bend - c.tilt_sin, -c.tilt_sin * y * c.bend - c.tilt_cos);
  return {start, speed};
}

/// When a coordinate reaches a value; never, where it does not change.
double when(double start, double speed, double value) { return speed == 0 ? endless : (value - start) / speed; }

class Walk {
 public:
  Walk(const Relief& relief, const Sight& sight)
      : relief_(relief),
        sight_(sight),
        cols_{relief.ground.cols(), relief.stride, relief.blocks},
        rows_{relief.ground.rows(), relief.stride, relief.blocks} {}

  /// From the first to the last time at which the sight is over the image; when it meets the ground.
  std::optional<ReliefHit> run(double from, double to, bool through_side) {
    const SurfacePoint first = sight_.at(from);
    col_ = cols_.cell_at(first.x);
    row_ = rows_.cell_at(first.y);
    if (through_side && first.up <= ground_at(first)) return hit(from);
    for (double t = from; t <= to;) {
      const double across = leaves(cols_, col_, sight_.start.x, sight_.speed.x);
      const double down = leaves(rows_, row_, sight_.start.y, sight_.speed.y);
      const double end = std::max(t, std::min({across, down, to}));
      if (const auto met = met_between(t, end)) return hit(*met);
      if (end >= to) break;
      if (across <= down) {
        col_ += sight_.speed.x > 0 ? 1 : -1;
      } else {
        row_ += sight_.speed.y > 0 ? 1 : -1;
      }
      if (col_ < 0 || row_ < 0 || col_ >= cols_.cells() || row_ >= rows_.cells()) break;
      t = end;
    }
    return std::nullopt;
  }

 private:
  static double leaves(const Axis& axis, int cell, double start, double speed) {
    return when(start, speed, axis.edge(speed > 0 ? cell + 1 : cell));
  }

  [[nodiscard]] double sample(int row, int col) const {
    return relief_.height({rows_.sampled(row), cols_.sampled(col)});
  }

  /// In the cell at hand.
  [[nodiscard]] double ground_at(SurfacePoint point) const {
    if (relief_.blocks) return relief_.height({row_, col_});
    const double x = cols_.share(col_, point.x);
    const double y = rows_.share(row_, point.y);
    const double right = sample(row_ - 1, col_);
    const double below = sample(row_, col_ - 1);
    // The two triangles of a cell meet along the line from its upper right to its lower left corner.
    if (x + y <= 1) {
      const double corner = sample(row_ - 1, col_ - 1);
      return corner + x * (right - corner) + y * (below - corner);
    }
    const double corner = sample(row_, col_);
    return corner + (1 - x) * (below - corner) + (1 - y) * (right - corner);
  }

  [[nodiscard]] double above_ground(double t) const {
    const SurfacePoint point = sight_.at(t);
    return point.up - ground_at(point);
  }

  /// Within the cell at hand, when the sight comes from above the ground to it or below.
  [[nodiscard]] std::optional<double> met_between(double from, double to) const {
    std::array<double, 3> times = {from, to, to};
    if (!relief_.blocks) {
      const auto beyond = [&](double t) {
        const SurfacePoint point = sight_.at(t);
        return cols_.share(col_, point.x) + rows_.share(row_, point.y) - 1;
      };
      const double first = beyond(from);
      const double last = beyond(to);
      if ((first < 0) != (last < 0)) times[1] = from + (to - from) * first / (first - last);
    }
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
      const double before = above_ground(times[i]);
      if (before <= 0) return times[i];
      const double after = above_ground(times[i + 1]);
      if (after <= 0) return times[i] + (times[i + 1] - times[i]) * before / (before - after);
    }
    return std::nullopt;
  }

  [[nodiscard]] ReliefHit hit(double t) const {
    if (relief_.blocks) return {{row_, col_}, -t};
    const SurfacePoint point = sight_.at(t);
    return {relief_.ground.nearest({static_cast<int>(std::floor(point.y)), static_cast<int>(std::floor(point.x))}), -t};
  }

  const Relief& relief_;
  const Sight& sight_;
  Axis cols_;
  Axis rows_;
  int col_ = 0;
  int row_ = 0;
};

}  // namespace

double Relief::height(Pixel pixel) const {
  const double own = (static_cast<double>(ground[pixel]) - base) * rise;
  if (own >= level || taken.empty()) return own;
  const bool reached = pushed[pixel] >= 0 && pushed[pixel] <= time && taken[pixel] >= 0;
  return reached ? level : own;
}

SurfacePoint Relief::middle(Pixel pixel) const { return {pixel.col + 0.5, pixel.row + 0.5, height(pixel)}; }

ScreenPoint ReliefCamera::project(SurfacePoint point) const {
  const double dx = point.x - pivot_x;
  const double dy = point.y - pivot_y;
  const double right = zoom * (turn_cos * dx - turn_sin * dy);
  const double down = zoom * (turn_sin * dx + turn_cos * dy);
  const double up = zoom * point.up;
  const double nearer = down * tilt_sin + up * tilt_cos;
  const double smaller = 1 - bend * nearer;
  return {right / smaller, (down * tilt_cos - up * tilt_sin) / smaller, nearer};
}

std::optional<ReliefHit> relief_at(const Relief& relief, const ReliefCamera& camera, double x, double y) {
  if (relief.ground.empty()) return std::nullopt;
  const Sight sight = sight_of(camera, x, y);
  if (sight.speed.up >= 0) return std::nullopt;
  // Between the top and the floor, and before the eye.
  double from = when(sight.start.up, sight.speed.up, relief.top);
  if (camera.bend > 0) from = std::max(from, -1 / camera.bend);
  double to = when(sight.start.up, sight.speed.up, relief.floor);
  bool through_side = false;
  const auto limit = [&](double start, double speed, double size) {
    if (speed == 0) {
      if (start < 0 || start >= size) to = -endless;
      return;
    }
    const double enters = when(start, speed, speed > 0 ? 0 : size);
    if (enters > from) {
      from = enters;
      through_side = true;
    }
    to = std::min(to, when(start, speed, speed > 0 ? size : 0));
  };
  limit(sight.start.x, sight.speed.x, relief.ground.cols());
  limit(sight.start.y, sight.speed.y, relief.ground.rows());
  if (!(from <= to)) return std::nullopt;
  return Walk(relief, sight).run(from, to, through_side);
}

bool relief_shows(const Relief& relief, const ReliefCamera& camera, SurfacePoint point, double tolerance) {
  const ScreenPoint on_screen = camera.project(point);
  const auto met = relief_at(relief, camera, on_screen.x, on_screen.y);
  return !met || met->nearer <= on_screen.nearer + tolerance;
}

}  // namespace floodlight

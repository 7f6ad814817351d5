// Both sides of the hull from top to bottom, the right one as the left one's mirror image.
#include "core/segment/convex_hull.h"

namespace floodlight {
namespace {

std::int64_t divide_up(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0 ? 1 : 0); }

}  // namespace

/// True when b lies strictly before the line from a to c, and so is a corner of the hull.
bool ConvexHull::turns(const Corner& a, const Corner& b, const Corner& c) {
  return (b.x - a.x) * (c.y - a.y) < (c.x - a.x) * (b.y - a.y);
}

void ConvexHull::find_corners(const std::vector<std::int64_t>& extremes, std::vector<Corner>& corners) {
  corners.clear();
  for (std::size_t y = 0; y < extremes.size(); ++y) {
    if (extremes[y] == none) continue;
    const Corner next{.y = static_cast<std::int64_t>(y), .x = extremes[y]};
    while (corners.size() >= 2 && !turns(corners[corners.size() - 2], corners.back(), next)) corners.pop_back();
    corners.push_back(next);
  }
}

/// Of each pixel row the first column whose (doubled) centre is on or after the side.
void ConvexHull::find_first_columns(const std::vector<std::int64_t>& extremes, std::vector<std::int64_t>& columns) {
  find_corners(extremes, corners_);
  columns.clear();
  std::size_t edge = 0;
  for (std::int64_t y = 1; y < static_cast<std::int64_t>(extremes.size()); y += 2) {
    while (corners_[edge + 1].y < y) ++edge;
    const Corner& a = corners_[edge];
    const Corner& b = corners_[edge + 1];
    const std::int64_t height = b.y - a.y;
    columns.push_back(divide_up(a.x * height + (b.x - a.x) * (y - a.y), 2 * height));
  }
}

std::int64_t ConvexHull::count_pixels() {
  find_first_columns(left_, first_);
  find_first_columns(right_, last_negated_);
  std::int64_t area = 0;
  for (std::size_t row = 0; row < first_.size(); ++row) {
    area += std::max<std::int64_t>(0, 1 - last_negated_[row] - first_[row]);
  }
  return area;
}

std::vector<Pixel> ConvexHull::corners() const {
  std::vector<Corner> left;
  std::vector<Corner> right;
  find_corners(left_, left);
  find_corners(right_, right);
  std::vector<Pixel> round;
  const auto add = [&](std::int64_t y, std::int64_t x) {
    const Pixel corner{.row = 2 * top_ - 1 + static_cast<int>(y), .col = static_cast<int>(x)};
    // A single pixel's tip belongs to both sides.
    if (round.empty() || (corner != round.back() && corner != round.front())) round.push_back(corner);
  };
  add(left.front().y, left.front().x);
  for (const Corner& corner : right) add(corner.y, -corner.x);
  for (auto corner = left.rbegin(); corner != left.rend(); ++corner) add(corner->y, corner->x);
  return round;
}

}  // namespace floodlight

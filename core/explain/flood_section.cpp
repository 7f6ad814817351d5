// What a line through a flood meets, and where a basin borders on its neighbours.
#include "core/explain/flood_section.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace floodlight {
namespace {

constexpr std::array<Pixel, 8> steps = {{{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}};

/// From `to` on in the direction away from `from`: a little beyond the shore, or as far as the image goes.
Pixel drawn_out(const Flood& flood, Pixel from, Pixel to) {
  constexpr int beyond_shore = 3;
  const double rows = to.row - from.row;
  const double cols = to.col - from.col;
  const double length = std::hypot(rows, cols);
  Pixel end = to;
  int dry = 0;
  for (int step = 1; dry < beyond_shore && length > 0 && step <= 4 * length; ++step) {
    const Pixel next{to.row + static_cast<int>(std::lround(rows * step / length)),
                     to.col + static_cast<int>(std::lround(cols * step / length))};
    if (!flood.labels.contains(next)) break;
    end = next;
    if (flood.taken[next] < 0) ++dry;
  }
  return end;
}

/// The label of another basin next to a pixel, or beyond a line of one pixel; 0: none.
Label other_basin(const Flood& flood, Pixel p, Label own) {
  for (const Pixel step : steps) {
    Pixel q{p.row + step.row, p.col + step.col};
    if (!flood.labels.contains(q)) continue;
    if (flood.labels[q] == 0 && flood.taken[q] >= 0) q = {q.row + step.row, q.col + step.col};
    if (!flood.labels.contains(q)) continue;
    if (flood.labels[q] != 0 && flood.labels[q] != own) return flood.labels[q];
  }
  return 0;
}

}  // namespace

std::vector<SectionPixel> flood_section(const Flood& flood, LabelView markers, const std::vector<Pixel>& line,
                                        std::int32_t time) {
  std::vector<SectionPixel> section;
  section.reserve(line.size());
  for (const Pixel p : line) {
    const bool wet = flood.taken[p] >= 0 && flood.pushed[p] >= 0 && flood.pushed[p] <= time;
    section.push_back({.pixel = p,
                       .label = wet ? flood.labels[p] : 0,
                       .wet = wet,
                       .waits = wet && flood.taken[p] >= time,
                       .seed = markers[p] != 0 && flood.taken[p] >= 0});
  }
  return section;
}

std::vector<SectionBorder> section_borders(const Flood& flood, const std::vector<Pixel>& line) {
  std::vector<SectionBorder> borders;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const Label first = flood.labels[line[i]];
    if (first == 0) continue;
    std::size_t next = i + 1;
    if (next + 1 < line.size() && flood.labels[line[next]] == 0 && flood.taken[line[next]] >= 0) ++next;
    const Label second = flood.labels[line[next]];
    if (second == 0 || second == first) continue;
    borders.push_back({.before = i,
                       .after = next,
                       .first = first,
                       .second = second,
                       .time = std::max(flood.taken[line[i]], flood.taken[line[next]]) + 1});
  }
  return borders;
}

std::pair<Pixel, Pixel> line_through_meeting(const Flood& flood, const FloodMeeting& meeting) {
  const Pixel from = flood_path(flood, meeting.at).front();
  const Pixel to = flood_path(flood, meeting.other).front();
  return {drawn_out(flood, to, from), drawn_out(flood, from, to)};
}

Ridge nearest_ridge(const Flood& flood, Pixel from) {
  const Label own = flood.labels[from];
  Ridge ridge;
  if (own == 0) return ridge;
  struct Touching {
    Pixel pixel;
    Label other;
  };
  std::vector<Touching> touching;
  std::vector<bool> seen(flood.labels.size());
  std::vector<Pixel> open{from};
  seen[flood.labels.view().index(from.row, from.col)] = true;
  int least = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Pixel p = open[i];
    if (const Label other = other_basin(flood, p, own); other != 0) {
      touching.push_back({p, other});
      const int rows = p.row - from.row;
      const int cols = p.col - from.col;
      if (rows * rows + cols * cols < least) {
        least = rows * rows + cols * cols;
        ridge.nearest = p;
        ridge.other = other;
      }
    }
    for (const Pixel step : steps) {
      const Pixel q{p.row + step.row, p.col + step.col};
      if (!flood.labels.contains(q) || flood.labels[q] != own) continue;
      const std::size_t flat_index = flood.labels.view().index(q.row, q.col);
      if (seen[flat_index]) continue;
      seen[flat_index] = true;
      open.push_back(q);
    }
  }
  for (const Touching& t : touching) {
    if (t.other == ridge.other) ridge.pixels.push_back(t.pixel);
  }
  return ridge;
}

}  // namespace floodlight

#include "core/segment/outline_polygons.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "core/segment/label.h"

namespace floodlight {
namespace {

/// The ways along edges, each to the right of the one before.
enum Way : std::uint8_t { to_right, downwards, to_left, upwards };

constexpr std::array<Pixel, 4> steps = {Pixel{0, 1}, Pixel{1, 0}, Pixel{0, -1}, Pixel{-1, 0}};
/// The pixel on the right of an edge that leaves a corner that way, from the pixel below and right of the corner.
constexpr std::array<Pixel, 4> on_right = {Pixel{0, 0}, Pixel{0, -1}, Pixel{-1, -1}, Pixel{-1, 0}};

constexpr Way right_of(Way way) { return static_cast<Way>((way + 1) % 4); }
constexpr Way left_of(Way way) { return static_cast<Way>((way + 3) % 4); }

/// A walk around a piece, the piece on the right.
struct Walk {
  Ring corners;
  bool touches_itself = false;
};

class Tracer {
 public:
  explicit Tracer(const LabelImage& pieces) : pieces_(pieces), seen_(pieces.rows(), pieces.cols()) {}

  /// Whether the upper edge of a pixel is an edge of its piece that no walk has passed.
  [[nodiscard]] bool begins(Pixel p) const {
    return pieces_[p] != 0 && seen_[p] == 0 && !is({p.row - 1, p.col}, pieces_[p]);
  }

  /// Walks along the upper edge of a pixel and on, until it is there again. The pixel on the left must have no such edge of the same walk.
  Walk from(Pixel first) {
    const Label piece = pieces_[first];
    const Corner start{first.row, first.col};
    Walk walk{{start}, false};
    Corner at = start;
    Way way = to_right;
    while (true) {
      if (way == to_right) seen_[at.row, at.col] = 1;
      at = {at.row + steps[way].row, at.col + steps[way].col};
      const bool right = is(beside(at, way), piece);
      const bool left = is(beside(at, left_of(way)), piece);
      // Where the piece goes on across a corner alone, the walk stays with the pixel that it has on its right.
      const Way next = !right ? right_of(way) : left ? left_of(way) : way;
      walk.touches_itself = walk.touches_itself || (!right && left);
      if (at == start && next == to_right) return walk;
      if (next != way) walk.corners.push_back(at);
      way = next;
    }
  }

 private:
  static Pixel beside(Corner at, Way way) { return {at.row + on_right[way].row, at.col + on_right[way].col}; }

  [[nodiscard]] bool is(Pixel p, Label piece) const {
    return p.row >= 0 && p.col >= 0 && p.row < pieces_.rows() && p.col < pieces_.cols() && pieces_[p] == piece;
  }

  const LabelImage& pieces_;
  Mask seen_;
};

/// The rings of a walk that comes to some corners twice: each such corner parts it.
std::vector<Ring> simple_rings(const Ring& walk, int cols) {
  std::vector<Ring> rings;
  Ring open;
  std::unordered_map<std::int64_t, std::size_t> places;
  const auto key = [cols](Corner c) { return static_cast<std::int64_t>(c.row) * (cols + 1) + c.col; };
  for (const Corner& corner : walk) {
    const auto [place, is_new] = places.try_emplace(key(corner), open.size());
    if (is_new) {
      open.push_back(corner);
      continue;
    }
    const auto from = open.begin() + static_cast<std::ptrdiff_t>(place->second);
    rings.emplace_back(from, open.end());
    for (auto passed = from + 1; passed != open.end(); ++passed) places.erase(key(*passed));
    open.erase(from + 1, open.end());
  }
  rings.push_back(std::move(open));
  return rings;
}

}  // namespace

double signed_area(const Ring& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Corner& a = ring[i];
    const Corner& b = ring[(i + 1) % ring.size()];
    twice += static_cast<double>(a.col) * b.row - static_cast<double>(b.col) * a.row;
  }
  return twice / 2;
}

std::vector<LabelOutline> outline_polygons(LabelView labels) {
  const Components pieces = label(labels, Connectivity::four);
  std::vector<std::pair<Label, OutlinePolygon>> found(static_cast<std::size_t>(pieces.count));
  Tracer tracer(pieces.labels);
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (!tracer.begins({row, col})) continue;
      auto& [own, polygon] = found[static_cast<std::size_t>(pieces.labels[row, col] - 1)];
      own = labels[row, col];
      Walk walk = tracer.from({row, col});
      std::vector<Ring> rings;
      if (walk.touches_itself)
        rings = simple_rings(walk.corners, labels.cols());
      else
        rings.push_back(std::move(walk.corners));
      for (Ring& ring : rings) {
        if (signed_area(ring) > 0)
          polygon.outer = std::move(ring);
        else
          polygon.holes.push_back(std::move(ring));
      }
    }
  }
  std::ranges::stable_sort(found, {}, &std::pair<Label, OutlinePolygon>::first);
  std::vector<LabelOutline> outlines;
  for (auto& [own, polygon] : found) {
    if (outlines.empty() || outlines.back().label != own) outlines.push_back({own, {}});
    outlines.back().pieces.push_back(std::move(polygon));
  }
  return outlines;
}

}  // namespace floodlight

// A drop of water: downhill while it can, then over the rim on the way by which the flood came.
#include <array>
#include <cassert>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/explain/flood.h"

namespace floodlight {
namespace {

/// In raster order.
constexpr std::array<Pixel, 8> eight_steps = {{{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}};
constexpr std::array<Pixel, 4> four_steps = {{{-1, 0}, {0, -1}, {0, 1}, {1, 0}}};

template <typename T>
class Terrain {
 public:
  Terrain(ImageView<const T> landscape, MaskView mask, LabelView markers, Connectivity connectivity)
      : landscape_(landscape),
        mask_(mask),
        markers_(markers),
        steps_(connectivity == Connectivity::four ? std::span<const Pixel>(four_steps) : eight_steps) {}

  [[nodiscard]] bool open(Pixel p) const { return landscape_.contains(p) && (mask_.empty() || mask_[p] != 0); }
  [[nodiscard]] bool is_seed(Pixel p) const { return markers_[p] != 0; }

  /// The lowest of the neighbours that are lower.
  [[nodiscard]] std::optional<Pixel> downhill(Pixel p) const {
    std::optional<Pixel> lowest;
    for (const Pixel step : steps_) {
      const Pixel q{p.row + step.row, p.col + step.col};
      if (open(q) && landscape_[q] < landscape_[lowest.value_or(p)]) lowest = q;
    }
    return lowest;
  }

  /// The shortest way over the plateau of `p` to a seed or to a pixel with a lower neighbour, without `p`; empty: there
  /// is none.
  std::vector<Pixel> way_off_plateau(Pixel p) {
    struct Visit {
      Pixel pixel;
      std::size_t from;
    };
    if (seen_.empty()) seen_.resize(landscape_.size());
    std::vector<Visit> visits{{p, 0}};
    seen_[landscape_.index(p.row, p.col)] = true;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const Pixel at = visits[i].pixel;
      if (i > 0 && (is_seed(at) || downhill(at))) {
        std::vector<Pixel> way;
        for (std::size_t k = i; k > 0; k = visits[k].from) way.insert(way.begin(), visits[k].pixel);
        return way;
      }
      for (const Pixel step : steps_) {
        const Pixel q{at.row + step.row, at.col + step.col};
        if (!open(q) || landscape_[q] != landscape_[p]) continue;
        const std::size_t flat_index = landscape_.index(q.row, q.col);
        if (seen_[flat_index]) continue;
        seen_[flat_index] = true;
        visits.push_back({q, i});
      }
    }
    return {};
  }

 private:
  ImageView<const T> landscape_;
  MaskView mask_;
  LabelView markers_;
  std::span<const Pixel> steps_;
  std::vector<bool> seen_;  ///< of all plateaus: a drop that left one never comes back to it
};

}  // namespace

template <typename T>
DropPath drop(ImageView<const T> landscape, MaskView mask, LabelView markers, const Flood& flood, Pixel from,
              Connectivity connectivity) {
  assert(landscape.contains(from));
  Terrain<T> terrain(landscape, mask, markers, connectivity);
  DropPath path;
  path.run.push_back(from);
  path.rim = from;
  path.flooded = flood.labels[from];
  if (!terrain.open(from)) return path;
  while (!terrain.is_seed(path.run.back())) {
    if (const auto lower = terrain.downhill(path.run.back())) {
      path.run.push_back(*lower);
      continue;
    }
    const std::vector<Pixel> way = terrain.way_off_plateau(path.run.back());
    if (way.empty()) break;
    path.crossed_plateau = true;
    path.run.insert(path.run.end(), way.begin(), way.end());
  }
  const Pixel end = path.run.back();
  path.rim = end;
  if (terrain.is_seed(end)) {
    path.reached_seed = true;
    path.label = markers[end];
    return path;
  }
  const std::vector<Pixel> way = flood_path(flood, end);
  path.overflow.assign(way.rbegin(), way.rend());
  if (path.overflow.empty()) return path;
  for (const Pixel p : path.overflow) {
    if (landscape[p] > landscape[path.rim]) path.rim = p;
  }
  path.label = markers[path.overflow.back()];
  return path;
}

template DropPath drop(ImageView<const std::int32_t>, MaskView, LabelView, const Flood&, Pixel, Connectivity);
template DropPath drop(ImageView<const float>, MaskView, LabelView, const Flood&, Pixel, Connectivity);
template DropPath drop(ImageView<const double>, MaskView, LabelView, const Flood&, Pixel, Connectivity);

}  // namespace floodlight

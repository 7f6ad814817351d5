// Labelling as it is done by hand, and the objects that hold more than one nucleus.
#include "core/explain/label_growth.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "core/segment/measure.h"

namespace floodlight {
namespace {

// Neighbours in raster order.
constexpr Pixel four_neighbours[] = {{-1, 0}, {0, -1}, {0, 1}, {1, 0}};
constexpr Pixel eight_neighbours[] = {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}};

/// The scan, and the queue of pixels whose neighbours are still to be looked at: the end of the sequence itself.
class Walk {
 public:
  Walk(MaskView mask, Connectivity connectivity, LabelGrowth& growth)
      : mask_(mask),
        neighbours_(connectivity == Connectivity::four ? std::span<const Pixel>(four_neighbours) : eight_neighbours),
        growth_(growth) {}

  /// Takes so many steps more; false when there are none left.
  bool run(std::size_t steps) {
    for (; steps > 0; --steps) {
      if (next_ < growth_.sequence.size()) {
        reach_neighbours(growth_.sequence[next_++]);
      } else if (scanned_ < mask_.size()) {
        start_at(scanned_++);
      } else {
        return false;
      }
    }
    return true;
  }

 private:
  void start_at(std::size_t flat_index) {
    if (!waits(flat_index)) return;
    growth_.starts.push_back(static_cast<std::int32_t>(growth_.sequence.size()));
    reach(flat_index);
  }
  void reach_neighbours(std::size_t flat_index) {
    const auto cols = static_cast<std::size_t>(mask_.cols());
    const Pixel p{.row = static_cast<int>(flat_index / cols), .col = static_cast<int>(flat_index % cols)};
    for (const Pixel step : neighbours_) {
      const Pixel q{.row = p.row + step.row, .col = p.col + step.col};
      if (!mask_.contains(q)) continue;
      if (const std::size_t there = mask_.index(q.row, q.col); waits(there)) reach(there);
    }
  }
  [[nodiscard]] bool waits(std::size_t flat_index) const {
    return mask_.pixels()[flat_index] != 0 && growth_.order.pixels()[flat_index] < 0;
  }
  void reach(std::size_t flat_index) {
    growth_.order.pixels()[flat_index] = static_cast<std::int32_t>(growth_.sequence.size());
    growth_.sequence.push_back(static_cast<std::uint32_t>(flat_index));
  }

  MaskView mask_;
  std::span<const Pixel> neighbours_;
  LabelGrowth& growth_;
  std::size_t scanned_ = 0;
  std::size_t next_ = 0;
};

/// Pixels of one nucleus in one component, or in the background (0).
struct Share {
  Label nucleus = 0;
  Label component = 0;
  std::int64_t pixels = 0;
};

std::vector<Share> shares_of(LabelView components, LabelView nuclei) {
  std::vector<Share> runs;  // equal pairs side by side: far fewer than pixels
  for (std::size_t i = 0; i < nuclei.size(); ++i) {
    const Label nucleus = nuclei.pixels()[i];
    const Label component = components.pixels()[i];
    if (nucleus <= 0) continue;
    if (runs.empty() || runs.back().nucleus != nucleus || runs.back().component != component) {
      runs.push_back({.nucleus = nucleus, .component = component});
    }
    ++runs.back().pixels;
  }
  std::ranges::sort(runs, {}, [](const Share& s) { return std::tuple(s.nucleus, s.component); });
  std::vector<Share> shares;
  for (const Share& run : runs) {
    if (shares.empty() || shares.back().nucleus != run.nucleus || shares.back().component != run.component) {
      shares.push_back({.nucleus = run.nucleus, .component = run.component});
    }
    shares.back().pixels += run.pixels;
  }
  return shares;
}

/// The component of every nucleus that lies more than half inside one; ascending, with repetitions.
std::vector<Label> homes_of_nuclei(const std::vector<Share>& shares) {
  std::vector<Label> homes;
  for (std::size_t start = 0; start < shares.size();) {
    std::int64_t area = 0;
    std::size_t end = start;
    for (; end < shares.size() && shares[end].nucleus == shares[start].nucleus; ++end) area += shares[end].pixels;
    for (; start < end; ++start) {
      if (shares[start].component > 0 && 2 * shares[start].pixels > area) homes.push_back(shares[start].component);
    }
  }
  std::ranges::sort(homes);
  return homes;
}

double median_area(const std::vector<RegionProperties>& regions) {
  if (regions.empty()) return 0;
  std::vector<std::int64_t> areas;
  areas.reserve(regions.size());
  for (const RegionProperties& region : regions) areas.push_back(region.area);
  std::ranges::sort(areas);
  const std::size_t half = areas.size() / 2;
  return static_cast<double>(areas[half] + areas[(areas.size() - 1) / 2]) / 2;
}

Pixel first_pixel(LabelView labels, const RegionProperties& region) {
  int col = region.bbox_min_col;
  while (labels[region.bbox_min_row, col] != region.label) ++col;
  return {.row = region.bbox_min_row, .col = col};
}

}  // namespace

Sliced<LabelGrowth> label_growth_in_slices(MaskView mask, Connectivity connectivity) {
  constexpr std::size_t steps_per_slice = 32'768;
  LabelGrowth growth;
  growth.order = Image<std::int32_t>(mask.rows(), mask.cols());
  std::ranges::fill(growth.order.pixels(), -1);
  Walk walk(mask, connectivity, growth);
  while (walk.run(steps_per_slice)) co_yield Pause{};
  co_return growth;
}

LabelGrowth label_growth(MaskView mask, Connectivity connectivity) {
  return label_growth_in_slices(mask, connectivity).finish();
}

Sliced<std::vector<TouchingObject>> touching_objects_in_slices(LabelView components, LabelView nuclei) {
  assert(components.rows() == nuclei.rows() && components.cols() == nuclei.cols());
  const std::vector<Label> homes = homes_of_nuclei(shares_of(components, nuclei));
  co_yield Pause{};
  const Image<float> blank(components.rows(), components.cols());
  const std::vector<RegionProperties> regions = co_await region_properties_in_slices(components, blank);
  const double median = median_area(regions);
  std::vector<TouchingObject> objects;
  for (const RegionProperties& region : regions) {
    const auto inside = std::ranges::equal_range(homes, region.label);
    if (inside.size() < 2) continue;
    objects.push_back({.component = region.label,
                       .nuclei = static_cast<int>(inside.size()),
                       .area = region.area,
                       .times_median = static_cast<double>(region.area) / median,
                       .solidity = region.solidity,
                       .first = first_pixel(components, region)});
  }
  std::ranges::stable_sort(objects, std::ranges::greater(), &TouchingObject::nuclei);
  co_return objects;
}

std::vector<TouchingObject> touching_objects(LabelView components, LabelView nuclei) {
  return touching_objects_in_slices(components, nuclei).finish();
}

}  // namespace floodlight

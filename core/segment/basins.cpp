#include "core/segment/basins.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "core/segment/basin_flood.h"
#include "core/segment/flood_run.h"
#include "core/segment/runs.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 1U << 17U;
constexpr int pops_per_slice = 16'384;

/// Which components of a mask take one label whole, and which are basins that several share.
class BasinSurvey {
 public:
  BasinSurvey(ImageView<const std::int32_t> image, LabelView markers, RunComponents components)
      : image_(image),
        markers_(markers),
        components_(std::move(components)),
        labels_(static_cast<std::size_t>(components_.count) + 1),
        basin_of_(labels_.size(), no_basin) {}

  /// First for every row: which labels the components' markers have.
  void look_for_markers(int row) {
    const Label* markers = markers_.row(row);
    for (const Run& run : components_.in_row(row)) {
      // Most runs have no marker, which is seen fastest without looking for the place.
      Label any = 0;
      for (int col = run.start; col < run.end; ++col) any |= markers[col];
      if (any == 0) continue;
      for (int col = run.start; col < run.end; ++col) add_marker(static_cast<std::size_t>(run.component), markers[col]);
    }
  }

  /// Then for every row: how large the basins are.
  void measure(int row) {
    const std::int32_t* values = image_.row(row);
    for (const Run& run : components_.in_row(row)) {
      const std::int32_t number = basin_of_[static_cast<std::size_t>(run.component)];
      if (number == no_basin) continue;
      Basin& basin = basins_[static_cast<std::size_t>(number)];
      if (basin.pixels == 0) basin.top = row;
      basin.bottom = row + 1;
      basin.left = std::min(basin.left, run.start);
      basin.right = std::max(basin.right, run.end);
      basin.pixels += run.end - run.start;
      for (int col = run.start; col < run.end; ++col) {
        basin.lowest = std::min(basin.lowest, values[col]);
        basin.highest = std::max(basin.highest, values[col]);
      }
      ++run_starts_[static_cast<std::size_t>(number)];
    }
  }

  /// Whether flooding the basins one by one takes time and memory in proportion to the image.
  [[nodiscard]] bool pays() const {
    std::int64_t boxes = 0;
    for (const Basin& basin : basins_) {
      boxes += static_cast<std::int64_t>(basin.bottom - basin.top + 2) * (basin.right - basin.left + 2);
      const std::int64_t values = static_cast<std::int64_t>(basin.highest) - basin.lowest;
      if (values > 2 * basin.pixels + 256) return false;
    }
    return boxes <= 4 * static_cast<std::int64_t>(image_.size()) + 1024;
  }

  void make_room() {
    std::size_t next = 0;
    for (std::size_t& start : run_starts_) next += std::exchange(start, next);
    runs_.resize(next);
  }

  /// At last for every row: collects the runs of the basins, and gives the other components their labels.
  void settle(int row, Label* out) {
    for (const Run& run : components_.in_row(row)) {
      const auto component = static_cast<std::size_t>(run.component);
      if (basin_of_[component] != no_basin) {
        runs_[run_starts_[static_cast<std::size_t>(basin_of_[component])]++] = {row, run.start, run.end};
      } else if (labels_[component] != 0) {
        std::fill(out + run.start, out + run.end, labels_[component]);
      }
    }
  }

  [[nodiscard]] std::size_t count() const { return basins_.size(); }
  [[nodiscard]] Basin basin(std::size_t number) const {
    Basin basin = basins_[number];
    // By now every start has moved to the next basin's.
    const std::size_t start = number == 0 ? 0 : run_starts_[number - 1];
    basin.runs = std::span(runs_).subspan(start, run_starts_[number] - start);
    return basin;
  }
  /// The number of the basin that holds a pixel of the mask; `count()` if none does.
  [[nodiscard]] std::size_t basin_at(Pixel p) const {
    const std::int32_t number = basin_of_[static_cast<std::size_t>(components_.component_at(p))];
    return number == no_basin ? count() : static_cast<std::size_t>(number);
  }

 private:
  static constexpr std::int32_t no_basin = -1;

  void add_marker(std::size_t component, Label label) {
    if (label == 0 || labels_[component] == label || basin_of_[component] != no_basin) return;
    if (labels_[component] == 0) {
      labels_[component] = label;
      return;
    }
    basin_of_[component] = static_cast<std::int32_t>(basins_.size());
    basins_.push_back({.left = std::numeric_limits<int>::max(),
                       .lowest = std::numeric_limits<std::int32_t>::max(),
                       .highest = std::numeric_limits<std::int32_t>::min()});
    run_starts_.push_back(0);
  }

  ImageView<const std::int32_t> image_;
  LabelView markers_;
  RunComponents components_;
  std::vector<Label> labels_;  ///< of each component the first of its markers', 0: none
  std::vector<std::int32_t> basin_of_;
  std::vector<Basin> basins_;
  std::vector<std::size_t> run_starts_;  ///< first the number of each basin's runs, then where they go
  std::vector<RowRun> runs_;             ///< basin by basin
};

/// The order in which markers leave the heap.
class PopOrder {
 public:
  static constexpr bool on = true;
  static constexpr bool only_markers = true;
  static void reserve(std::size_t /*size*/) {}
  static void add_places(std::size_t /*count*/) {}
  static void queue(std::size_t /*index*/, std::size_t /*by*/) {}
  static void touch(std::size_t /*at*/, std::size_t /*other*/, Label /*first*/, Label /*second*/) {}
  void take(std::size_t index) { indices_.push_back(static_cast<std::uint32_t>(index)); }
  /// Those since the last time.
  std::vector<std::uint32_t> take_all() { return std::exchange(indices_, {}); }

 private:
  std::vector<std::uint32_t> indices_;
};

using HeapRun = FloodRun<std::int32_t, false, PopOrder>;

/// Each basin's markers in the order in which they leave the heap of the whole image, as far as that was run.
using MarkerOrders = std::vector<std::vector<Pixel>>;

void add_markers(HeapRun& run, const BasinSurvey& survey, MarkerOrders& orders) {
  for (const std::uint32_t index : run.record().take_all()) {
    const Pixel p = run.pixel_at(index);
    if (const std::size_t number = survey.basin_at(p); number < survey.count()) orders[number].push_back(p);
  }
}

/// Runs the heap of the whole image until all markers of at most this value have left it.
Sliced<MarkerOrders> marker_orders_in_slices(ImageView<const std::int32_t> image, LabelView markers, MaskView mask,
                                             Connectivity connectivity, const BasinSurvey& survey,
                                             std::int32_t highest) {
  constexpr int heap_pops_per_slice = 8192;
  MarkerOrders orders(survey.count());
  HeapRun run(image, markers, mask, {.connectivity = connectivity});
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    run.enter_row(row);
    work += static_cast<std::size_t>(image.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  while (!run.has_passed(highest)) {
    run.flood(heap_pops_per_slice);
    add_markers(run, survey, orders);
    co_yield Pause{};
  }
  co_return orders;
}

/// Fills the flood's grid and queue with a basin; true when it has equal markers of several labels.
Sliced<bool> enter_in_slices(BasinFlood& flood, const Basin& basin, std::span<const Pixel> first) {
  flood.start(basin);
  std::size_t work = 0;
  while (flood.enter_row()) {
    work += static_cast<std::size_t>(basin.right - basin.left);
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  flood.queue_markers(first);
  co_return flood.has_equal_markers();
}

/// Counts pixels until they fill a slice.
class SliceOfBasins {
 public:
  bool is_full_with(const Basin& basin) {
    pixels_ += basin.pixels;
    return pixels_ >= pops_per_slice && std::exchange(pixels_, 0) > 0;
  }

 private:
  std::int64_t pixels_ = 0;
};

Sliced<RunComponents> components_in_slices(MaskView mask, int rows, int cols, Connectivity connectivity) {
  if (!mask.empty()) co_return co_await connected_runs_in_slices(mask, connectivity);
  const Mask everything(rows, cols,
                        std::vector<std::uint8_t>(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols), 1));
  co_return co_await connected_runs_in_slices(everything, connectivity);
}

}  // namespace

Sliced<std::optional<LabelImage>> watershed_by_basins_in_slices(ImageView<const std::int32_t> image, LabelView markers,
                                                                MaskView mask, Connectivity connectivity) {
  const int rows = image.rows();
  BasinSurvey survey(image, markers, co_await components_in_slices(mask, rows, image.cols(), connectivity));
  std::size_t work = 0;
  const auto is_slice_full = [&](std::size_t most) {
    work += static_cast<std::size_t>(image.cols());
    return work >= most && std::exchange(work, 0) > 0;
  };
  for (int row = 0; row < rows; ++row) {
    survey.look_for_markers(row);
    if (is_slice_full(2 * pixels_per_slice)) co_yield Pause{};
  }
  for (int row = 0; row < rows; ++row) {
    survey.measure(row);
    if (is_slice_full(2 * pixels_per_slice)) co_yield Pause{};
  }
  if (!survey.pays()) co_return std::nullopt;
  survey.make_room();
  LabelImage out(rows, image.cols());
  for (int row = 0; row < rows; ++row) {
    survey.settle(row, out.view().row(row));
    if (is_slice_full(pixels_per_slice)) co_yield Pause{};
  }

  BasinFlood flood(image, markers, connectivity);
  SliceOfBasins slice;
  std::vector<std::size_t> undecided;
  std::int32_t highest = std::numeric_limits<std::int32_t>::min();
  std::int64_t followed = 0;
  for (std::size_t number = 0; number < survey.count(); ++number) {
    const Basin basin = survey.basin(number);
    if (co_await enter_in_slices(flood, basin, {})) {
      followed += basin.pixels;
      // Where equal markers share so much, some are likely to decide, and the heap would have to run nearly to its end.
      if (followed > static_cast<std::int64_t>(image.size() / 16) + 1024) co_return std::nullopt;
      flood.follow_equal_markers();
    }
    while (flood.flood(pops_per_slice)) co_yield Pause{};
    if (flood.tells_equal_markers_apart()) {
      undecided.push_back(number);
      highest = std::max(highest, flood.highest_shared_value());
    } else {
      flood.leave(out);
    }
    if (slice.is_full_with(basin)) co_yield Pause{};
  }
  if (undecided.empty()) co_return out;
  const MarkerOrders orders = co_await marker_orders_in_slices(image, markers, mask, connectivity, survey, highest);
  for (const std::size_t number : undecided) {
    const Basin basin = survey.basin(number);
    co_await enter_in_slices(flood, basin, orders[number]);
    while (flood.flood(pops_per_slice)) co_yield Pause{};
    flood.leave(out);
    if (slice.is_full_with(basin)) co_yield Pause{};
  }
  co_return out;
}

}  // namespace floodlight

// A summit put to the tests of peak_local_max, one after the other.
#include "core/score/summit_fate.h"

#include <algorithm>
#include <cstdlib>

#include "core/pipeline/recipe_options.h"
#include "core/score/nucleus_places.h"
#include "core/segment/peaks.h"

namespace floodlight {
namespace {

using Heights = ImageView<const std::int32_t>;

int steps_between(Pixel a, Pixel b) { return std::max(std::abs(a.row - b.row), std::abs(a.col - b.col)); }

/// Calls `visit` for the pixels at most `reach` rows and columns away.
template <typename Visit>
void around(Heights heights, Pixel centre, int reach, Visit visit) {
  const int last_row = std::min(heights.rows() - 1, centre.row + reach);
  const int last_col = std::min(heights.cols() - 1, centre.col + reach);
  for (int row = std::max(0, centre.row - reach); row <= last_row; ++row) {
    for (int col = std::max(0, centre.col - reach); col <= last_col; ++col) visit(Pixel{row, col});
  }
}

bool exceeded_by_neighbour(Heights heights, Pixel p) {
  bool exceeded = false;
  around(heights, p, 1, [&](Pixel q) { exceeded |= heights[q] > heights[p]; });
  return exceeded;
}

/// Whether `p` belongs to a summit of its own: no pixel of its plateau has a higher neighbour, and none became a seed
/// elsewhere. Pixels of plateaus for which that does not hold are added to `others`.
bool is_own_summit(Heights heights, LabelView seeds, Pixel p, std::vector<Pixel>& others) {
  if (exceeded_by_neighbour(heights, p) || std::ranges::find(others, p) != others.end()) return false;
  std::vector<Pixel> plateau{p};
  bool own = true;
  for (std::size_t i = 0; i < plateau.size(); ++i) {
    own = own && seeds[plateau[i]] == 0 && !exceeded_by_neighbour(heights, plateau[i]);
    around(heights, plateau[i], 1, [&](Pixel q) {
      if (heights[q] == heights[p] && std::ranges::find(plateau, q) == plateau.end()) plateau.push_back(q);
    });
  }
  if (!own) others.insert(others.end(), plateau.begin(), plateau.end());
  return own;
}

Summit tested(Heights heights, LabelView seeds, const SummitTests& tests, Pixel p, bool own) {
  Summit summit{.pixel = p, .own = own, .fate = SummitFate::accepted, .by = p};
  // The highest pixel, the nearest of several, then the first.
  around(heights, p, tests.reach, [&](Pixel q) {
    const auto better = [&] {
      return heights[q] > heights[summit.by] ||
             (heights[q] == heights[summit.by] && steps_between(p, q) < steps_between(p, summit.by));
    };
    if (heights[q] > heights[p] && better()) summit.by = q;
  });
  if (summit.by != p) {
    summit.fate = SummitFate::in_window;
  } else if (heights[p] <= tests.threshold) {
    summit.fate = SummitFate::below_threshold;
  } else if (std::min({p.row, p.col, heights.rows() - 1 - p.row, heights.cols() - 1 - p.col}) < tests.margin) {
    summit.fate = SummitFate::at_border;
  } else if (seeds[p] == 0) {
    int nearest = tests.min_distance;
    around(heights, p, tests.min_distance - 1, [&](Pixel q) {
      if (seeds[q] == 0 || heights[q] < heights[p] || steps_between(p, q) >= nearest) return;
      nearest = steps_between(p, q);
      summit.by = q;
      summit.fate = SummitFate::too_near;
    });
  }
  return summit;
}

}  // namespace

SummitTests summit_tests(const StageValues& values, const Recipe& recipe) {
  const PeakOptions<std::int32_t> options = seed_options(recipe);
  return {.reach = options.window > 0 ? options.window / 2 : options.min_distance,
          .min_distance = options.min_distance,
          .margin = options.exclude_border ? options.min_distance : 0,
          .threshold = options.threshold_abs.value_or(*std::ranges::min_element(seed_heights(values).pixels()))};
}

std::optional<Summit> summit_of(std::span<const std::uint32_t> pixels, const StageValues& values,
                                const SummitTests& tests) {
  const Heights heights = seed_heights(values);
  std::vector<std::uint32_t> order;
  for (const std::uint32_t place : pixels) {
    if (heights.pixels()[place] > 0) order.push_back(place);
  }
  if (order.empty()) return std::nullopt;
  std::ranges::stable_sort(order, [&](auto a, auto b) { return heights.pixels()[a] > heights.pixels()[b]; });
  std::vector<Pixel> others;
  std::optional<Summit> best;
  for (const std::uint32_t place : order) {
    const Pixel p = pixel_at(place, heights.cols());
    if (best && heights[p] < heights[best->pixel]) break;
    if (!is_own_summit(heights, values.seeds.labels, p, others)) continue;
    const Summit summit = tested(heights, values.seeds.labels, tests, p, true);
    if (!best || summit.fate > best->fate) best = summit;
  }
  if (best) return best;
  return tested(heights, values.seeds.labels, tests, pixel_at(order.front(), heights.cols()), false);
}

}  // namespace floodlight

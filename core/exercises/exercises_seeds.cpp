// Exercises of the step Seeds: windows and distances, the border, candidates that were dropped, coordinates, numbers.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/peaks.h"

namespace floodlight {
namespace {

constexpr Label countable = 20;

/// Whether the seeds come from the distance inside the mask, which the questions are about, and not from a network's interiors.
bool from_the_mask(const Subject& s) { return s.values->interior_heights.empty(); }

std::string window_text(const Recipe& recipe) {
  const std::string side = number_text(recipe.window);
  return "window " + side + " x " + side + " and minimum distance " + number_text(recipe.min_distance);
}

Label count_seeds(const Subject& s, PeakOptions<std::int32_t> options, bool exclude_border) {
  options.exclude_border = exclude_border;
  const auto& squared = s.values->distance_squared;
  return seeds_from_peaks(peak_local_max(squared.view(), options), squared.rows(), squared.cols()).count;
}

/// Seeds with the border kept and excluded, by the recipe and by the lab's.
struct SeedCounts {
  Label kept = 0;
  Label excluded = 0;
  Label lab_kept = 0;
  Label lab_excluded = 0;
};

/// Where all can be counted by eye and the window and the border matter.
std::optional<SeedCounts> find_counts(const Subject& s) {
  if (!from_the_mask(s)) return std::nullopt;
  constexpr std::size_t quick = 1 << 19;
  if (s.image.size() > quick || s.recipe->seeds != SeedMethod::peaks) return std::nullopt;
  if (s.values->components.count == 0 || s.values->components.count > countable) return std::nullopt;
  const PeakOptions<std::int32_t> options = peak_options(*s.recipe);
  const PeakOptions<std::int32_t> lab = peak_options(Recipe{});
  const SeedCounts counts{count_seeds(s, options, false), count_seeds(s, options, true), count_seeds(s, lab, false),
                          count_seeds(s, lab, true)};
  if (counts.kept > countable || counts.kept == counts.excluded || counts.kept == counts.lab_kept) return std::nullopt;
  return counts;
}

std::string objects_why(const Subject& s, Label seeds) {
  const Label objects = s.values->components.count;
  if (seeds > objects) return "Two summits in one object: it gets two seeds.";
  return "Not each of the " + counted(objects, "object") + " has a seed of its own.";
}

Exercise count(const ExerciseInput& input) {
  const auto [s, counts] = ask(input, &find_counts);
  const Label objects = s.values->components.count;
  Exercise e = exercise_about(s);
  e.question = "peak_local_max on " + s.name() + " with " + window_text(*s.recipe) +
               ", the border kept. How many seeds are there?";
  e.answer = counts.kept;
  e.unit = "seeds";
  add_mistake(e, objects, objects_why(s, counts.kept));
  add_mistake(e, counts.excluded, "That is with the border excluded.");
  e.worked = "One seed for each summit that is highest in its window. The mask has " + counted(objects, "object") +
             ", and they have " + counted(counts.kept, "summit") + ".";
  e.covers = {Covers::seeds, Covers::labels};
  return e;
}

Exercise border(const ExerciseInput& input) {
  const auto [s, counts] = ask(input, &find_counts);
  const std::string margin = number_text(s.recipe->min_distance);
  Exercise e = exercise_about(s);
  e.question = "peak_local_max on " + s.name() + " with " + window_text(*s.recipe) + " gives " +
               counted(counts.kept, "seed") + " with the border kept. How many with exclude_border=True?";
  e.answer = counts.excluded;
  e.unit = "seeds";
  add_mistake(e, counts.kept, "A summit at the border gets none: the outermost " + margin + " pixels are left out.");
  add_mistake(e, 0, "Only summits within " + margin + " pixels of the border go.");
  e.worked = "Summits in the outermost " + margin + " rows and columns are dropped. Of " + number_text(counts.kept) +
             " seeds " + number_text(counts.excluded) + " are left: no seed, no nucleus.";
  e.covers = {Covers::seeds, Covers::labels};
  return e;
}

Exercise window(const ExerciseInput& input) {
  const auto [s, counts] = ask(input, &find_counts);
  std::vector<double> widths;
  for (const RegionProperties& nucleus : s.values->measurements) widths.push_back(nucleus.equivalent_diameter);
  std::ranges::sort(widths);
  const std::string width = widths.empty() ? "small" : number_text(widths[widths.size() / 2]) + " pixels wide";
  Exercise e = exercise_about(s);
  e.question =
      "The lab's " + window_text(Recipe{}) + " on " + s.name() + ", the border kept. How many seeds are there?";
  e.answer = counts.lab_kept;
  e.unit = "seeds";
  add_mistake(e, counts.kept, "These numbers are pixels; here a nucleus is " + width + ".");
  add_mistake(e, counts.lab_excluded, "That is with the border excluded.");
  add_mistake(e, s.values->components.count, "A window so wide spans several objects, and one summit wins.");
  e.worked = "These numbers are pixels; here a nucleus is " + width + ". " + counted(counts.lab_kept, "seed") +
             " with the border kept, " + number_text(counts.lab_excluded) + " with it excluded; " +
             window_text(*s.recipe) + " gives " + number_text(counts.kept) + ".";
  e.covers = {Covers::seeds, Covers::labels};
  return e;
}

/// A summit among its eight neighbours that is no seed, for one reason only.
struct Dropped {
  Pixel pixel;
  int reason = 0;                      ///< higher, near, border, low: place in `reasons`
  std::array<std::string, 4> why_not;  ///< of the other reasons
  std::string why;
};

int steps_between(Pixel a, Pixel b) { return std::max(std::abs(a.row - b.row), std::abs(a.col - b.col)); }

/// The first pixel within `reach` steps for which something holds.
template <typename Holds>
std::optional<Pixel> first_within(LabelView image, Pixel centre, int reach, Holds holds) {
  for (int row = std::max(centre.row - reach, 0); row <= std::min(centre.row + reach, image.rows() - 1); ++row) {
    for (int col = std::max(centre.col - reach, 0); col <= std::min(centre.col + reach, image.cols() - 1); ++col) {
      if (holds(Pixel{row, col})) return Pixel{row, col};
    }
  }
  return std::nullopt;
}

class Verdicts {
 public:
  explicit Verdicts(const Subject& s) : s_(s), options_(peak_options(*s.recipe)) {}

  /// What became of a pixel that is a summit among its neighbours; none if that is not clear.
  [[nodiscard]] std::optional<Dropped> of(Pixel p) const {
    const LabelView heights = s_.values->distance_squared;
    const LabelView seeds = s_.values->seeds.labels;
    const auto exceeds = [&](Pixel q) { return heights[q] > heights[p]; };
    if (heights[p] == 0 || seeds[p] != 0 || first_within(heights, p, 1, exceeds)) return std::nullopt;
    const int window = options_.window > 0 ? options_.window : 2 * options_.min_distance + 1;
    const auto higher = first_within(heights, p, window / 2, exceeds);
    const auto near = first_within(seeds, p, options_.min_distance - 1, [&](Pixel q) { return seeds[q] != 0; });
    const int edge = std::min({p.row, p.col, heights.rows() - 1 - p.row, heights.cols() - 1 - p.col});
    const bool excluded = options_.exclude_border && edge < options_.min_distance;
    const bool low = options_.threshold_abs && heights[p] <= *options_.threshold_abs;
    if ((higher ? 1 : 0) + (near ? 1 : 0) + (excluded ? 1 : 0) + (low ? 1 : 0) != 1) return std::nullopt;
    const std::string height = number_text(std::sqrt(heights[p]), 2);
    const std::string side = number_text(window);
    const std::string needed = number_text(options_.min_distance);
    Dropped dropped{.pixel = p, .reason = higher ? 0 : near ? 1 : excluded ? 2 : 3, .why_not = {}, .why = {}};
    dropped.why_not = {"Nothing in its " + side + " x " + side + " window is higher than " + height + ".",
                       "No seed is nearer than the minimum distance, " + needed + ".",
                       options_.exclude_border
                           ? "It lies " + number_text(edge) + " pixels from the border; " + needed + " are left out."
                           : "The border is kept here.",
                       options_.threshold_abs ? "Its distance, " + height + ", is above it." : "There is none here."};
    const std::array<std::string, 4> whys = {
        higher ? "At " + row_and_column(*higher) + " its window holds a higher pixel." : "",
        near ? "The seed at " + row_and_column(*near) + " is " + counted(steps_between(*near, p), "step") +
                   " away, and " + needed + " are needed."
             : "",
        "It lies " + number_text(edge) + " pixels from the border, and " + needed + " are left out.",
        "Its distance is " + height + " only."};
    dropped.why = whys[static_cast<std::size_t>(dropped.reason)];
    return dropped;
  }

 private:
  const Subject& s_;
  PeakOptions<std::int32_t> options_;
};

/// The nearest one to the pixel at hand.
std::optional<Dropped> find_dropped(const Subject& s) {
  if (!from_the_mask(s)) return std::nullopt;
  if (s.recipe->seeds != SeedMethod::peaks) return std::nullopt;
  const Verdicts verdicts(s);
  const auto& heights = s.values->distance_squared;
  int nearest = std::numeric_limits<int>::max();
  std::optional<Dropped> best;
  for (int row = 0; row < heights.rows(); ++row) {
    for (int col = 0; col < heights.cols(); ++col) {
      const int steps = steps_between({row, col}, s.pixel);
      if (heights[row, col] == 0 || steps >= nearest) continue;
      if (auto dropped = verdicts.of({row, col})) {
        best = std::move(dropped);
        nearest = steps;
      }
    }
  }
  return best;
}

Exercise dropped_exercise(const ExerciseInput& input) {
  const auto [s, dropped] = ask(input, &find_dropped, {6, 15});
  Exercise e = exercise_about(s);
  e.question = "None of its eight neighbours is higher, yet the pixel at " + s.where(dropped.pixel) +
               " is no seed, with " + window_text(*s.recipe) + ". Why?";
  e.pixel = dropped.pixel;
  set_choices(e,
              {"A higher pixel lies in its window", "It is too near to a seed", "It lies in the excluded border",
               "It is not above the absolute threshold"},
              dropped.reason);
  for (int i = 0; i < 4; ++i) {
    if (i != dropped.reason) add_mistake(e, i, dropped.why_not[static_cast<std::size_t>(i)]);
  }
  e.worked = dropped.why +
             " A seed is highest in its window, outside an excluded border, above a threshold, and far "
             "enough from higher seeds.";
  e.covers = {Covers::seeds};
  return e;
}

Exercise coordinates(const ExerciseInput& /*input*/) {
  constexpr int side = 100;
  constexpr std::array<Pixel, 3> coords = {Pixel{10, 20}, {30, 40}, {50, 60}};
  Mask image(side, side);
  const auto set_row = [&](int row) { std::ranges::fill(image.pixels().subspan(image.view().index(row, 0), side), 1); };
  for (const Pixel p : coords) {
    set_row(p.row);
    set_row(p.col);
  }
  const auto set = static_cast<double>(count_true(image));
  Exercise e;
  e.question =
      "coords = [[10, 20], [30, 40], [50, 60]], as an array. How many pixels does image[coords] = True set in an "
      "image of 100 x 100?";
  e.answer = set;
  e.unit = "pixels";
  add_mistake(e, coords.size(), "That is image[tuple(coords.T)].");
  add_mistake(e, set / side, "Each number picks a whole row.");
  add_mistake(e, set / 2, "The columns' numbers pick rows too.");
  e.worked = "Each of the six numbers picks a whole row of " + number_text(side) + " pixels: " + number_text(set) +
             ". image[tuple(coords.T)] pairs rows with columns and sets 3.";
  return e;
}

/// A peak whose place in the list is not its seed's number.
struct Ranked {
  Pixel pixel;
  int rank = 0;
  Label number = 0;
};

std::optional<Ranked> find_ranked(const Subject& s) {
  if (!from_the_mask(s)) return std::nullopt;
  if (s.recipe->seeds == SeedMethod::by_hand) return std::nullopt;
  const std::vector<Pixel>& peaks = s.values->peaks;
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    if (!s.image.contains(peaks[i])) break;
    const Label number = s.values->seeds.labels[peaks[i]];
    if (number > 0 && number <= countable && number != static_cast<Label>(i) + 1) {
      return Ranked{peaks[i], static_cast<int>(i), number};
    }
  }
  return std::nullopt;
}

Exercise order(const ExerciseInput& input) {
  const auto [s, peak] = ask(input, &find_ranked);
  const std::string index = number_text(peak.rank);
  Exercise e = exercise_about(s);
  e.question = "The peaks of " + s.name() + " are sorted, highest first; coords[" + index + "] is " +
               row_and_column(peak.pixel) + " there. Which number does its seed get?";
  e.pixel = peak.pixel;
  e.answer = peak.number;
  add_mistake(e, peak.rank + 1, "The coordinates are sorted by height; the labels are not.");
  add_mistake(e, peak.rank, "That is its place in the coordinates: they are sorted by height, the labels are not.");
  e.worked = "The image of the peaks is labelled, so numbers follow raster order, not height. " +
             counted(peak.number - 1, "seed") + " come before it, row by row: " + number_text(peak.number) + ".";
  e.covers = {Covers::seeds, Covers::labels};
  return e;
}

constexpr std::array makers = {ExerciseMaker{"seeds.count", count},
                               ExerciseMaker{"seeds.border", border},
                               ExerciseMaker{"seeds.window", window},
                               ExerciseMaker{"seeds.dropped", dropped_exercise},
                               ExerciseMaker{"seeds.coordinates", coordinates},
                               ExerciseMaker{"seeds.order", order}};

}  // namespace

std::span<const ExerciseMaker> seeds_exercises() { return makers; }

}  // namespace floodlight

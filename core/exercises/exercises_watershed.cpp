// Exercises of the step Watershed: basins, the queue, a seed less, the forgotten minus and mask, counts that deceive.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/segment/watershed.h"

namespace floodlight {
namespace {

/// Two neighbours of different labels.
struct Touch {
  Pixel pixel;
  Label first = 0;
  Label second = 0;
};

std::int64_t square_between(Pixel a, Pixel b) {
  const std::int64_t rows = a.row - b.row;
  const std::int64_t cols = a.col - b.col;
  return rows * rows + cols * cols;
}

/// The nuclei that touch, nearest to the pixel at hand first, a few of them; none unless minus the distance was flooded.
std::vector<Touch> find_touches(const Subject& s) {
  constexpr std::size_t few = 8;
  std::vector<Touch> found;
  if (s.recipe->flooded != FloodedImage::distance || s.recipe->compactness > 0) return found;
  const LabelImage& labels = s.values->labels;
  const auto look = [&](Pixel p, Label mine, Label other) {
    if (other != 0 && other != mine) found.push_back({p, std::min(mine, other), std::max(mine, other)});
  };
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      const Label mine = labels[row, col];
      if (mine == 0) continue;
      if (col + 1 < labels.cols()) look({row, col}, mine, labels[row, col + 1]);
      if (row + 1 < labels.rows()) look({row, col}, mine, labels[row + 1, col]);
    }
  }
  std::vector<Touch> nearest;
  while (nearest.size() < few && !found.empty()) {
    const Touch next =
        *std::ranges::min_element(found, {}, [&](const Touch& t) { return square_between(t.pixel, s.pixel); });
    nearest.push_back(next);
    std::erase_if(found, [&](const Touch& t) { return t.first == next.first && t.second == next.second; });
  }
  return nearest;
}

std::vector<Pixel> neighbours_of(MaskView image, Pixel p, Connectivity connectivity) {
  std::vector<Pixel> found;
  for (int row = p.row - 1; row <= p.row + 1; ++row) {
    for (int col = p.col - 1; col <= p.col + 1; ++col) {
      const int steps = std::abs(row - p.row) + std::abs(col - p.col);
      if (steps == 0 || (steps == 2 && connectivity == Connectivity::four)) continue;
      if (image.contains({row, col})) found.push_back({row, col});
    }
  }
  return found;
}

/// The steepest way down minus the distance from a pixel to the seed whose label the pixel has; empty where it ends
/// elsewhere or equally steep ways part between labels.
std::vector<Pixel> drop_path(const Subject& s, Pixel from) {
  const auto& heights = s.values->distance_squared;
  const LabelImage& labels = s.values->labels;
  std::vector<Pixel> path = {from};
  while (s.values->seeds.labels[path.back()] == 0) {
    const Pixel here = path.back();
    Pixel next = here;
    for (const Pixel p : neighbours_of(s.values->refined, here, s.recipe->connectivity)) {
      if (heights[p] > heights[next]) next = p;
    }
    for (const Pixel p : neighbours_of(s.values->refined, here, s.recipe->connectivity)) {
      if (heights[p] == heights[next] && labels[p] != labels[from]) return {};
    }
    if (next == here) return {};
    path.push_back(next);
  }
  return s.values->seeds.labels[path.back()] == labels[from] ? path : std::vector<Pixel>{};
}

struct Drop {
  Touch touch;
  std::vector<Pixel> path;
  Pixel other_seed;
  bool other_is_nearer = false;
};

/// Of the pixels of two nuclei that touch, the one from which the own seed is farthest in comparison with the other's.
std::optional<Drop> find_drop(const Subject& s, const Touch& touch) {
  constexpr int reach = 60;  // from where they touch: a nucleus' width
  const LabelImage& labels = s.values->labels;
  struct Start {
    Pixel pixel;
    std::size_t which;
    std::int64_t score;  ///< square of the way to the own seed less that to the other
  };
  std::vector<Start> starts;
  std::array<std::optional<Pixel>, 2> seeds;
  for (int row = std::max(touch.pixel.row - reach, 0); row < std::min(touch.pixel.row + reach, labels.rows()); ++row) {
    for (int col = std::max(touch.pixel.col - reach, 0); col < std::min(touch.pixel.col + reach, labels.cols());
         ++col) {
      const Label label = labels[row, col];
      if (label != touch.first && label != touch.second) continue;
      const std::size_t which = label == touch.first ? 0 : 1;
      starts.push_back({{row, col}, which, 0});
      if (s.values->seeds.labels[row, col] == label) seeds[which] = Pixel{row, col};
    }
  }
  if (!seeds[0] || !seeds[1]) return std::nullopt;
  const std::array<Pixel, 2> ends = {*seeds[0], *seeds[1]};
  for (Start& start : starts) {
    start.score = square_between(start.pixel, ends[start.which]) - square_between(start.pixel, ends[1 - start.which]);
  }
  // Those that fail are on ridges, between equally steep ways: a few tries do.
  for (int tries = 0; tries < 50 && !starts.empty(); ++tries) {
    const auto best = std::ranges::max_element(starts, {}, &Start::score);
    auto path = drop_path(s, best->pixel);
    if (path.size() > 2) return Drop{touch, std::move(path), ends[1 - best->which], best->score > 0};
    starts.erase(best);
  }
  return std::nullopt;
}

/// One where the nearest seed is not the right one, if there is any.
std::optional<Drop> find_any_drop(const Subject& s) {
  std::optional<Drop> first;
  for (const Touch& touch : find_touches(s)) {
    auto drop = find_drop(s, touch);
    if (drop && (drop->other_is_nearer || !first)) first = std::move(drop);
    if (first && first->other_is_nearer) break;
  }
  return first;
}

Exercise drop_exercise(const ExerciseInput& input) {
  const auto [s, drop] = ask(input, &find_any_drop);
  const Pixel from = drop.path.front();
  const Pixel seed = drop.path.back();
  const bool first = s.values->labels[from] == drop.touch.first;
  Exercise e = exercise_about(s);
  e.question = "A drop falls on minus the distance at " + s.where(from) + ". In which basin does it end?";
  e.pixel = from;
  e.kind = AnswerKind::choice;
  e.choices = {"Label " + number_text(drop.touch.first) + ", seed at " + place_text(first ? seed : drop.other_seed),
               "Label " + number_text(drop.touch.second) + ", seed at " + place_text(first ? drop.other_seed : seed)};
  e.answer = first ? 0 : 1;
  add_mistake(e, first ? 1 : 0,
              drop.other_is_nearer ? "Nearest is not downhill: a narrow neck decides."
                                   : "Downhill is where the distance grows: that leads to the other seed.");
  std::string way;
  constexpr std::size_t shown = 8;
  for (std::size_t i = 0; i < std::min(shown, drop.path.size()); ++i) {
    way += (i == 0 ? "" : ", ") + number_text(std::sqrt(s.values->distance_squared[drop.path[i]]), 2);
  }
  e.worked = "It runs the steepest way down, where the distance grows most. From " + way +
             (drop.path.size() > shown ? " and on" : "") + " it comes to the seed at " + place_text(seed) + ".";
  e.covers = {Covers::labels};
  return e;
}

/// What stands in the queue: a value, how old it is, and how far from its seed, which does not matter.
struct Entry {
  int value;
  int pushed;
  int from_seed;
};

Exercise next_exercise(const ExerciseInput& /*input*/) {
  constexpr std::array entries = {Entry{-2, 3, 1}, Entry{-5, 9, 4}, Entry{-5, 7, 6}, Entry{-4, 5, 2}};
  const auto before = [](const Entry& a, const Entry& b) {
    return a.value != b.value ? a.value < b.value : a.pushed < b.pushed;
  };
  const auto head = std::ranges::min_element(entries, before);
  const auto oldest = std::ranges::min_element(entries, {}, &Entry::pushed);
  Exercise e;
  e.question = "Four pixels wait in the queue; the deepest one, of -6, has been taken. Which is flooded next?";
  e.kind = AnswerKind::choice;
  e.answer = static_cast<double>(head - entries.begin());
  for (const Entry& entry : entries) {
    e.choices.push_back("Value " + number_text(entry.value) + ", pushed as number " + number_text(entry.pushed) + ", " +
                        count_text(entry.from_seed, "pixel") + " from its seed");
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view why =
        entries[i].value == head->value ? "The value is the lowest, but an older one has it too."
        : &entries[i] == &*oldest       ? "The queue knows value and age only, and the value comes first."
                                        : "The queue knows value and age only: lower ones wait.";
    add_mistake(e, static_cast<double>(i), std::string(why));
  }
  e.worked = "The head of the queue: the lowest value, and of equal ones the oldest. " + number_text(head->value) +
             " is lowest, and number " + number_text(head->pushed) + " was pushed first of these.";
  return e;
}

/// An object with several nuclei, alone, and what two floods other than its own would make of it.
struct FloodedObject {
  Touch touch;
  std::int64_t area = 0;           ///< of the first label
  std::int64_t second_area = 0;    ///< of the second
  std::int64_t upside_down = 0;    ///< of the first label, the minus forgotten
  std::int64_t second_upside = 0;  ///< of the second then
  int nuclei = 0;
  int left = 0;          ///< nuclei when the second's seed is deleted
  std::int64_t dry = 0;  ///< pixels without a label then
};

/// The pixels that the flood can reach from one, none where these are too many.
std::vector<Pixel> object_at(MaskView mask, Pixel from, Connectivity connectivity) {
  constexpr std::size_t largest = 1 << 16;
  Mask seen(mask.rows(), mask.cols());
  std::vector<Pixel> found = {from};
  seen[from] = 1;
  for (std::size_t i = 0; i < found.size() && i < largest; ++i) {
    for (const Pixel p : neighbours_of(mask, found[i], connectivity)) {
      if (mask[p] == 0 || seen[p] != 0) continue;
      seen[p] = 1;
      found.push_back(p);
    }
  }
  return found.size() < largest ? found : std::vector<Pixel>{};
}

std::int64_t count_label(LabelView labels, Label label) { return std::ranges::count(labels.pixels(), label); }

int count_labels(LabelView labels) {
  std::vector<Label> found(labels.pixels().begin(), labels.pixels().end());
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return static_cast<int>(std::ranges::count_if(found, [](Label l) { return l > 0; }));
}

/// Equal seeds start in an order that depends on the whole image; others do not.
bool have_different_heights(LabelView seeds, ImageView<const std::int32_t> heights) {
  std::vector<std::int32_t> found;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (seeds.pixels()[i] != 0) found.push_back(heights.pixels()[i]);
  }
  std::ranges::sort(found);
  return std::ranges::adjacent_find(found) == found.end();
}

std::optional<FloodedObject> find_object(const Subject& s, const Touch& touch) {
  const std::vector<Pixel> pixels = object_at(s.values->refined, touch.pixel, s.recipe->connectivity);
  if (pixels.empty()) return std::nullopt;
  const auto [top, bottom] = std::ranges::minmax(pixels, {}, &Pixel::row);
  const auto [left, right] = std::ranges::minmax(pixels, {}, &Pixel::col);
  const int rows = bottom.row - top.row + 1;
  const int cols = right.col - left.col + 1;
  Mask mask(rows, cols);
  Image<std::int32_t> heights(rows, cols);
  Image<std::int32_t> depths(rows, cols);
  LabelImage seeds(rows, cols);
  LabelImage labels(rows, cols);
  for (const Pixel p : pixels) {
    const Pixel here{p.row - top.row, p.col - left.col};
    mask[here] = 1;
    heights[here] = s.values->distance_squared[p];
    depths[here] = -heights[here];
    seeds[here] = s.values->seeds.labels[p];
    labels[here] = s.values->labels[p];
  }
  if (!have_different_heights(seeds, heights)) return std::nullopt;
  const WatershedOptions options{.connectivity = s.recipe->connectivity};
  if (watershed<std::int32_t>(depths.view(), seeds, mask, options) != labels) return std::nullopt;
  const LabelImage upside_down = watershed<std::int32_t>(heights.view(), seeds, mask, options);
  std::ranges::replace(seeds.pixels(), touch.second, 0);
  const LabelImage without = watershed<std::int32_t>(depths.view(), seeds, mask, options);
  const FloodedObject found{.touch = touch,
                            .area = count_label(labels, touch.first),
                            .second_area = count_label(labels, touch.second),
                            .upside_down = count_label(upside_down, touch.first),
                            .second_upside = count_label(upside_down, touch.second),
                            .nuclei = count_labels(labels),
                            .left = count_labels(without),
                            .dry = count_label(without, 0) + count_true(mask) - static_cast<std::int64_t>(mask.size())};
  const bool serves = found.left == found.nuclei - 1 && found.dry == 0 && found.upside_down != found.area;
  return serves ? std::optional(found) : std::nullopt;
}

std::optional<FloodedObject> find_any_object(const Subject& s) {
  if (s.recipe->line) return std::nullopt;
  for (const Touch& touch : find_touches(s)) {
    if (auto object = find_object(s, touch)) return object;
  }
  return std::nullopt;
}

Exercise seed_exercise(const ExerciseInput& input) {
  const auto [s, object] = ask(input, &find_any_object, {6, 6});
  const std::string second = number_text(object.touch.second);
  const std::string before = number_text(object.nuclei);
  const std::string left = number_text(object.left);
  Exercise e = exercise_about(s);
  e.question = "The object at " + s.where(object.touch.pixel) + " holds " + before + " seeds. That of label " + second +
               " is deleted. How many labels does the object have then?";
  e.pixel = object.touch.pixel;
  e.kind = AnswerKind::choice;
  e.choices = {before + ": as many as before", left + ": another flood takes over",
               left + ": and pixels without a label"};
  e.answer = 1;
  add_mistake(e, 0, "No seed, no label of its own.");
  add_mistake(e, 2, "The flood goes over the saddle: mask= is flooded as far as it hangs together.");
  e.worked = "The next flood goes over the saddle and takes all that is left. " + left + " of " + before +
             " labels; the " + count_text(object.second_area, "pixel") + " of label " + second + " go to others.";
  e.covers = {Covers::labels};
  return e;
}

Exercise minus(const ExerciseInput& input) {
  const auto [s, object] = ask(input, &find_any_object, {6, 6});
  const std::string first = number_text(object.touch.first);
  Exercise e = exercise_about(s);
  e.question = "The minus is forgotten: watershed(distance, ...). Label " + first + " at " +
               s.where(object.touch.pixel) + " had " + count_text(object.area, "pixel") +
               ". How many does it have now?";
  e.pixel = object.touch.pixel;
  e.answer = static_cast<double>(object.upside_down);
  e.unit = "pixels";
  add_mistake(e, static_cast<double>(object.area), "Now the seeds sit on summits: the water starts at the rim.");
  add_mistake(e, static_cast<double>(object.second_upside),
              "That is label " + number_text(object.touch.second) + ", whose flood came down first.");
  add_mistake(e, 0, "Its seed stays its own.");
  e.worked = "Seeds now sit on summits, and who first comes down to the rim takes everything, bottom up. Label " +
             first + " has " + count_text(object.upside_down, "pixel") + ", label " + number_text(object.touch.second) +
             " " + number_text(static_cast<double>(object.second_upside)) + ".";
  e.covers = {Covers::labels, Covers::measurements};
  return e;
}

/// The part of the image that is in the mask, in per cent.
std::optional<double> find_masked(const Subject& s) {
  const double part = 100 * static_cast<double>(count_true(s.values->refined)) / static_cast<double>(s.image.size());
  const bool serves = s.values->seeds.count > 0 && !s.recipe->line && part < 95;
  return serves ? std::optional(part) : std::nullopt;
}

Exercise mask_exercise(const ExerciseInput& input) {
  const auto [s, part] = ask(input, &find_masked);
  const std::string masked = number_text(part) + " %";
  Exercise e = exercise_about(s);
  e.question = "mask= is forgotten; the mask is " + masked + " of " + s.name() +
               ". How much of the image gets a label, in per cent?";
  e.answer = 100;  // a flood stops at nothing but another
  e.unit = "%";
  add_mistake(e, part, "That is the mask: nobody told the watershed of it.");
  add_mistake(e, 100 - part, "That is the background alone: nuclei get labels too.");
  add_mistake(e, 0, "The seeds are there, so the flood runs.");
  e.worked =
      "Nothing but mask= stops a flood from leaving its nucleus. All is labelled: 100 % in place of " + masked + ".";
  e.covers = {Covers::labels};
  return e;
}

Exercise gaussian_exercise(const ExerciseInput& /*input*/) {
  const Subject s = small_field();
  Recipe recipe = *s.recipe;
  recipe.filter = FilterMethod::gaussian;
  recipe.sigma = 1;
  recipe.refinements.insert(recipe.refinements.begin(), {RefinementOperation::remove_small_objects, 4, {}});
  const StageValues blurred = small_field_stages(recipe);
  std::vector<std::vector<Label>> pieces(static_cast<std::size_t>(s.values->components.count) + 1);
  for (std::size_t i = 0; i < s.image.size(); ++i) {
    const Label piece = blurred.labels.pixels()[i];
    auto& of_object = pieces[static_cast<std::size_t>(s.values->components.labels.pixels()[i])];
    if (piece != 0 && std::ranges::find(of_object, piece) == of_object.end()) of_object.push_back(piece);
  }
  const auto number_of = [&](auto object) { return std::to_string(object - pieces.begin()); };
  const auto cut = std::max_element(pieces.begin() + 1, pieces.end(),
                                    [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const auto lost = std::find_if(pieces.begin() + 1, pieces.end(), [](const auto& object) { return object.empty(); });
  const std::string found = number_text(blurred.nuclei);
  Exercise e = exercise_about(s);
  e.question = "The Gaussian (sigma 1) in place of the median finds " + found + " nuclei in " + s.name() +
               ", and there are " + number_text(s.values->nuclei) + ". Is it right?";
  set_choices(e, {"Yes: the count agrees", "No: look at the labels", "No: filters change the count"}, 1);
  add_mistake(e, 0, "A right count is not a right segmentation: two mistakes cancel out.");
  add_mistake(e, 2, "Here the count is the same; the labels are not.");
  e.worked = "A right count is not a right segmentation. Object " + number_of(cut) + ", a pair, is cut into " +
             std::to_string(cut->size()) + ", and object " + number_of(lost) + " is lost.";
  e.covers = {Covers::labels};
  return e;
}

constexpr std::array makers = {
    ExerciseMaker{"watershed.drop", drop_exercise}, ExerciseMaker{"watershed.next", next_exercise},
    ExerciseMaker{"watershed.seed", seed_exercise}, ExerciseMaker{"watershed.minus", minus},
    ExerciseMaker{"watershed.mask", mask_exercise}, ExerciseMaker{"watershed.gaussian", gaussian_exercise}};

}  // namespace

std::span<const ExerciseMaker> watershed_exercises() { return makers; }

}  // namespace floodlight

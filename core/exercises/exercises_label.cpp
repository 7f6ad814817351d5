// Exercises of the step Label: neighbours, the order of numbers, what a number says, touching nuclei, semantic or instance.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

/// So large are images whose objects can be counted by eye, and so many objects.
constexpr std::size_t countable_pixels = 4096;
constexpr Label countable = 12;

struct BothCounts {
  Label four = 0;
  Label eight = 0;
};

/// The objects of the raw mask, where the neighbours matter and they can be counted.
std::optional<BothCounts> count_both(FloatView image) {
  if (image.size() > countable_pixels || !can_be_divided(image)) return std::nullopt;
  const Mask mask = above(image, otsu_of(image));
  const BothCounts counts{label(mask, Connectivity::four).count, label(mask).count};
  if (counts.four == counts.eight || counts.four > 99) return std::nullopt;
  return counts;
}

Exercise count_exercise(const ExerciseInput& input, bool eight) {
  std::optional<BothCounts> counts = count_both(input.raw);
  const Subject s = counts ? choose_subject(input, true) : small_field();
  if (!counts) counts = count_both(s.image);
  const BothCounts both = counts.value_or(BothCounts{});
  const Label asked = eight ? both.eight : both.four;
  const Label other = eight ? both.four : both.eight;
  Exercise e = exercise_about(s);
  // Another method's mask would show other objects.
  const Recipe* recipe = s.teaching() ? small_field().recipe : input.recipe;
  const bool otsus = recipe == nullptr || recipe->threshold == thresholds::otsu;
  e.picture = otsus ? ExercisePicture::raw_mask : ExercisePicture::raw;
  e.question = "binary_mask = raw_image > threshold, with Otsu's threshold of " + s.name() +
               ". How many objects are there with " + (eight ? "8" : "4") + " neighbours?";
  e.answer = asked;
  e.unit = "objects";
  add_mistake(e, other,
              std::string("That is with ") + (eight ? "4" : "8") +
                  ": more neighbours join more, so that fewer objects are left.");
  add_mistake(e, asked + 1, "The background is none: its number is 0.");
  e.worked = "8 neighbours join pixels that touch at a corner, 4 do not. Here 8 make " + counted(both.eight, "object") +
             " and 4 make " + number_text(both.four) + ".";
  e.covers = {Covers::counts, Covers::component};
  return e;
}

Exercise eight(const ExerciseInput& input) { return count_exercise(input, true); }
Exercise four(const ExerciseInput& input) { return count_exercise(input, false); }

/// An object's number, and those it would have in other orders.
struct Numbered {
  Pixel pixel;
  Label number = 0;
  Label by_size = 0;
  Label by_column = 0;
};

struct Extent {
  Pixel first{-1, -1};
  int column = std::numeric_limits<int>::max();
};

std::vector<Extent> extents_of(LabelView labels, Label count) {
  std::vector<Extent> extents(static_cast<std::size_t>(count) + 1);
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      Extent& extent = extents[static_cast<std::size_t>(labels[row, col])];
      if (extent.first.row < 0) extent.first = {row, col};
      extent.column = std::min(extent.column, col);
    }
  }
  return extents;
}

/// An object with a small number that size or place would change: the one at hand, or one that both would.
std::optional<Numbered> find_numbered(const Subject& s) {
  const Components& components = s.values->components;
  const std::vector<std::int64_t>& sizes = s.values->component_sizes;
  if (components.count < 2 || sizes.size() != static_cast<std::size_t>(components.count) + 1) return std::nullopt;
  const std::vector<Extent> extents = extents_of(components.labels, components.count);
  const Label at_hand = components.labels[s.pixel];
  std::optional<Numbered> best;
  int best_rank = 0;
  for (Label number = 2; number <= std::min(components.count, countable); ++number) {
    const auto me = static_cast<std::size_t>(number);
    Numbered found{number == at_hand ? s.pixel : extents[me].first, number, 1, 1};
    for (std::size_t other = 1; other < sizes.size(); ++other) {
      if (sizes[other] > sizes[me] || (sizes[other] == sizes[me] && other < me)) ++found.by_size;
      if (extents[other].column < extents[me].column) ++found.by_column;
    }
    int rank = (found.by_size != number ? 1 : 0) + (found.by_column != number ? 1 : 0);
    if (rank > 0 && number == at_hand) rank = 3;
    if (rank > best_rank) {
      best = found;
      best_rank = rank;
    }
  }
  return best;
}

Exercise number(const ExerciseInput& input) {
  const auto [s, object] = ask(input, &find_numbered);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::mask;
  e.question = "binary_mask is labelled. Which number does the object at " + s.where(object.pixel) + " get?";
  e.pixel = object.pixel;
  e.answer = object.number;
  add_mistake(e, object.by_size, "That is by size. The scan goes row by row; the first pixel met decides.");
  add_mistake(e, object.by_column,
              "That is from left to right. The scan goes row by row; the first pixel met decides.");
  add_mistake(e, object.number - 1, "The first object is 1: 0 is the background.");
  e.worked = "The scan goes row by row from the top; an object takes its number when its first pixel is met. " +
             counted(object.number - 1, "object") + " began above it, so this is " + number_text(object.number) + ".";
  e.covers = {Covers::component};
  return e;
}

Exercise name(const ExerciseInput& /*input*/) {
  Exercise e;
  e.question = "In the label image one object holds 3 and another 4. What does that say of the second?";
  set_choices(e, {"It is brighter", "It is larger", "Only that it is another object"}, 2);
  add_mistake(e, 0, "A label is a name. Brightness stays in raw_image.");
  add_mistake(e, 1, "A label is a name. The scan met it later, that is all.");
  e.worked = "A label is a name, not a measurement. Turn the image upside down: the numbers change, the nuclei do not.";
  return e;
}

Exercise nuclei(const ExerciseInput& /*input*/) {
  const Subject s = small_field();
  const std::vector<RegionProperties> objects = region_properties(s.values->components.labels, s.image);
  const RegionProperties& largest = *std::ranges::max_element(objects, {}, &RegionProperties::area);
  std::string others;
  double solidity = 1;
  for (const RegionProperties& object : objects) {
    if (object.label == largest.label) continue;
    others += (others.empty() ? "" : ", ") + std::to_string(object.area);
    solidity = std::min(solidity, object.solidity);
  }
  std::vector<Label> inside;
  for (std::size_t i = 0; i < s.image.size(); ++i) {
    const Label nucleus = s.values->labels.pixels()[i];
    if (s.values->components.labels.pixels()[i] == largest.label && std::ranges::find(inside, nucleus) == inside.end())
      inside.push_back(nucleus);
  }
  const std::string clues = "area " + std::to_string(largest.area) + " against " + others + ", solidity " +
                            number_text(largest.solidity, 2) + " against " + number_text(solidity, 2);
  Exercise e = exercise_about(s);
  e.question =
      "Median 3 x 3 and Otsu: how many nuclei are in label " + number_text(largest.label) + " of " + s.name() + "?";
  e.answer = static_cast<double>(inside.size());
  e.unit = "nuclei";
  add_mistake(e, 1, "Labelling joins whatever touches: " + clues + ".");
  add_mistake(e, static_cast<double>(objects.size()), "That is how many objects there are in all.");
  e.worked = "Labelling joins whatever touches; size and shape give it away. " + number_text(e.answer) +
             " nuclei: " + clues + ".";
  e.covers = {Covers::labels, Covers::seeds};
  return e;
}

std::optional<Label> find_objects(const Subject& s) {
  const Label count = s.values->components.count;
  return count >= 2 ? std::optional(count) : std::nullopt;
}

Exercise semantic(const ExerciseInput& input) {
  const auto [s, count] = ask(input, &find_objects);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::mask;
  e.question = "The mask of " + s.name() + " shows " + number_text(count) +
               " separate objects. Is it a semantic or an instance segmentation?";
  set_choices(e, {"Semantic", "Instance", "Instance, where objects do not touch"}, 0);
  add_mistake(e, 1, "Separate to the eye; the values are all True.");
  add_mistake(e, 2, "The array does not know: True here and True there are equal.");
  e.worked =
      "Semantic says what a pixel is, instance says which one it belongs to. A mask holds True and False; only "
      "label gives the " +
      number_text(count) + " objects a value each.";
  return e;
}

Exercise uint8(const ExerciseInput& /*input*/) {
  constexpr int nuclei = 300;
  constexpr int asked = 256;
  Exercise e;
  e.question = "A label image of " + number_text(nuclei) + " nuclei is saved as uint8. What do the pixels of nucleus " +
               number_text(asked) + " hold then?";
  e.answer = static_cast<std::uint8_t>(asked);
  add_mistake(e, asked - 1, "It wraps: it does not stop at the largest value.");
  add_mistake(e, asked, "8 bits end at 255.");
  add_mistake(e, 1, "That is nucleus " + number_text(asked + 1) + ": counting goes on from 0.");
  e.worked = "8 bits hold 0 to 255, and what is beyond wraps round. 256 becomes " + number_text(e.answer) +
             ", background, and 257 becomes 1: save labels as uint16 or larger.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"label.eight", eight},   ExerciseMaker{"label.four", four},
                               ExerciseMaker{"label.number", number}, ExerciseMaker{"label.name", name},
                               ExerciseMaker{"label.nuclei", nuclei}, ExerciseMaker{"label.semantic", semantic},
                               ExerciseMaker{"label.uint8", uint8}};

}  // namespace

std::span<const ExerciseMaker> label_exercises() { return makers; }

}  // namespace floodlight

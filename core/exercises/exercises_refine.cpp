// Exercises of the step Refine: which neighbours count, footprints and gaps, holes, the order of repairs.
#include <algorithm>
#include <array>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/fill_holes.h"
#include "core/segment/label.h"
#include "core/segment/morphology.h"
#include "core/segment/repairs.h"
#include "core/segment/small_regions.h"

namespace floodlight {
namespace {

constexpr Footprint cross{FootprintShape::disk, 1};
constexpr Footprint square{FootprintShape::square, 1};

/// An object for 8 neighbours that 4 neighbours take for several.
struct CornerObject {
  Pixel first;
  std::int64_t size = 0;
  std::vector<std::int64_t> parts;
  std::int64_t left = 0;  ///< after the removal of what is smaller than the whole
};

/// The smallest such object of a mask: the image's own, or the raw one of the small field.
std::optional<CornerObject> find_corner(const Subject& s) {
  constexpr int largest = 12;
  const Mask& mask = s.teaching() ? s.values->raw_thresholded.mask : s.values->thresholded.mask;
  Components of_raw;
  const Components& whole = s.teaching() ? (of_raw = label(mask)) : s.values->components;
  const Components part = label(mask, Connectivity::four);
  if (whole.count == part.count) return std::nullopt;
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(whole.count) + 1);
  std::vector<std::int64_t> part_sizes(static_cast<std::size_t>(part.count) + 1);
  std::vector<Label> whole_of(part_sizes.size());
  std::vector<int> parts(sizes.size());
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const auto object = static_cast<std::size_t>(whole.labels.pixels()[i]);
    const auto piece = static_cast<std::size_t>(part.labels.pixels()[i]);
    ++sizes[object];
    if (part_sizes[piece]++ == 0) ++parts[object];
    whole_of[piece] = static_cast<Label>(object);
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    if (parts[i] > 1 && sizes[i] <= largest && (best == 0 || sizes[i] < sizes[best])) best = i;
  }
  if (best == 0) return std::nullopt;
  const auto number = static_cast<Label>(best);
  CornerObject found{.first = {}, .size = sizes[best], .parts = {}, .left = 0};
  for (std::size_t i = 1; i < part_sizes.size(); ++i) {
    if (whole_of[i] == number) found.parts.push_back(part_sizes[i]);
  }
  const auto at = std::ranges::find(whole.labels.pixels(), number) - whole.labels.pixels().begin();
  found.first = {static_cast<int>(at / mask.cols()), static_cast<int>(at % mask.cols())};
  // So small an object lies within that many rows below its first pixel and columns to either side.
  Mask alone(largest, 2 * largest + 1);
  for (int row = 0; row < alone.rows(); ++row) {
    for (int col = 0; col < alone.cols(); ++col) {
      const Pixel p{found.first.row + row, found.first.col + col - largest};
      alone[row, col] = mask.contains(p) && whole.labels[p] == number ? 1 : 0;
    }
  }
  found.left = count_true(remove_small_objects(alone, static_cast<int>(found.size) - 1));
  return found;
}

Exercise corner(const ExerciseInput& input) {
  const auto [s, object] = ask(input, &find_corner);
  std::string parts;
  for (const std::int64_t part : object.parts) parts += (parts.empty() ? "" : " and ") + std::to_string(part);
  const std::string size = std::to_string(object.size);
  Exercise e = exercise_about(s);
  e.picture = s.teaching() ? ExercisePicture::raw_mask : ExercisePicture::mask;
  e.question = "At " + s.where(object.first) + " the " + (s.teaching() ? "raw mask" : "mask") + " has " + size +
               " pixels that label counts as one object. remove_small_objects removes what has fewer than " + size +
               " pixels. How many of them stay?";
  e.pixel = object.first;
  e.answer = static_cast<double>(object.left);
  e.unit = "pixels";
  add_mistake(e, static_cast<double>(object.size),
              "Its default connectivity is not label's: with 4 neighbours they are " + parts + ".");
  add_mistake(e, static_cast<double>(std::ranges::max(object.parts)), "That part too has fewer than " + size + ".");
  e.worked = "remove_small_objects counts with 4 neighbours: a corner joins nothing. It sees " + parts +
             " pixels, each fewer than " + size + ", and " + number_text(e.answer) + " stay.";
  e.covers = {Covers::refined};
  return e;
}

Exercise opening_exercise(const ExerciseInput& /*input*/) {
  Mask mask(7, 7);
  mask[3, 3] = 1;
  Exercise e;
  e.question = "An erosion, then a dilation, both with a 3 x 3 square, on a single True pixel. How many are True then?";
  e.answer = static_cast<double>(count_true(dilation(erosion(mask, square), square)));
  e.unit = "pixels";
  add_mistake(e, 1, "Dilation grows what is left, and nothing is left.");
  add_mistake(e, static_cast<double>(count_true(dilation(mask, square))),
              "That is the dilation alone: erosion is first.");
  e.worked = "The square does not fit into a single pixel, so the erosion removes it. Nothing is left to grow: " +
             number_text(e.answer) + ". This is opening; it removes specks.";
  return e;
}

struct Closed {
  Label before = 0;
  Label after = 0;
  std::int64_t added = 0;
};
constexpr Footprint wide{FootprintShape::disk, 5};
constexpr Label countable = 20;

std::optional<Closed> find_closed(const Subject& s) {
  constexpr std::size_t quick = 1 << 19;  // pixels that are closed in no time
  const Mask& mask = s.values->thresholded.mask;
  const Label before = s.values->components.count;
  if (mask.size() != s.image.size() || mask.size() > quick || before < 2) return std::nullopt;
  const Mask closed = closing(mask, wide);
  return Closed{before, label(closed).count, count_true(closed) - count_true(mask)};
}

Exercise closing_exercise(const ExerciseInput& input) {
  const auto [s, c] = ask(input, &find_closed);
  const std::string before = number_text(c.before);
  const std::string after = number_text(c.after);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::mask;
  e.question = "The mask of " + s.name() + " has " + before + " objects. After closing it with disk(5), " +
               (c.before <= countable ? "how many are there?" : "are there more or fewer?");
  const std::string joined = "Gaps below the footprint close between nuclei as well as inside them.";
  if (c.before <= countable) {
    e.answer = c.after;
    e.unit = "objects";
    add_mistake(e, c.before, joined);
    add_mistake(e, s.values->nuclei, "So many nuclei does the watershed find; closing joins.");
  } else {
    // A closing removes no pixel, so that it makes no new object.
    set_choices(e, {"Fewer", "As many", "More"}, c.after < c.before ? 0 : 1);
    add_mistake(e, 0, "Here no gap between two of them is below the footprint: " + after + ".");
    add_mistake(e, 1, joined + " " + after + " are left.");
    add_mistake(e, 2, "Closing only adds pixels: it joins, and cannot cut.");
  }
  e.worked = "Every gap closes that a disk(5), 11 pixels wide, cannot enter. " + before + " objects before, " + after +
             " after, and " + counted(c.added, "pixel") + " more: every repair has a price.";
  e.covers = {Covers::refined, Covers::counts};
  return e;
}

/// A hole, and how much of it the cross leaves open.
struct Hole {
  std::optional<Pixel> first;
  std::int64_t size = 0;
  std::int64_t left = 0;
};

/// The largest hole of a mask that the cross does not close.
std::optional<Hole> find_hole(MaskView mask) {
  Mask holes = fill_holes(mask);
  for (std::size_t i = 0; i < mask.size(); ++i) holes.pixels()[i] &= mask.pixels()[i] == 0 ? 1 : 0;
  const Components found = label(holes, Connectivity::four);
  if (found.count == 0) return std::nullopt;
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(found.count) + 1);
  for (const Label l : found.labels.pixels()) ++sizes[static_cast<std::size_t>(l)];
  const auto largest = static_cast<Label>(std::max_element(sizes.begin() + 1, sizes.end()) - sizes.begin());
  Hole hole{.first = std::nullopt, .size = sizes[static_cast<std::size_t>(largest)], .left = 0};
  const Mask closed = closing(mask, cross);
  for (int row = 0; row < mask.rows(); ++row) {
    for (int col = 0; col < mask.cols(); ++col) {
      if (found.labels[row, col] != largest) continue;
      if (!hole.first) hole.first = Pixel{row, col};
      hole.left += closed[row, col] == 0 ? 1 : 0;
    }
  }
  return hole.left > 0 ? std::optional(hole) : std::nullopt;
}

/// A hole of 5 x 8 pixels in a nucleus.
Mask nucleus_with_hole() {
  Mask mask(13, 16);
  for (int row = 1; row < 12; ++row) {
    for (int col = 1; col < 15; ++col) mask[row, col] = row >= 4 && row < 9 && col >= 4 && col < 12 ? 0 : 1;
  }
  return mask;
}

Exercise hole(const ExerciseInput& input) {
  std::optional<Hole> at_hand;
  if (with_stages(input)) at_hand = find_hole(input.values->thresholded.mask);
  const Hole hole = at_hand ? *at_hand : find_hole(nucleus_with_hole()).value();
  const std::string size = std::to_string(hole.size);
  Exercise e;
  e.picture = ExercisePicture::mask;
  e.question =
      (at_hand ? "At " + row_and_column(hole.first.value_or(Pixel{})) + " the mask has a hole of " + size + " pixels"
               : std::string("A nucleus has a hole of 5 x 8 pixels")) +
      ". What closes all of it?";
  if (at_hand) e.pixel = hole.first;
  set_choices(e, {"Closing with the cross", "fill_holes", "Both", "Neither"}, 1);
  const std::string open = "The cross fits into it, so closing leaves " + counted(hole.left, "pixel") + " open.";
  add_mistake(e, 0, open);
  add_mistake(e, 2, open);
  add_mistake(e, 3, "fill_holes asks only whether it is enclosed, at any size.");
  e.worked = "fill_holes closes what is enclosed, at any size; closing only what the footprint cannot enter. " + open;
  e.covers = {Covers::refined};
  return e;
}

Exercise order(const ExerciseInput& /*input*/) {
  constexpr int smallest = 10;
  Mask ring(9, 9);
  for (int row = 2; row <= 6; row += 2) {
    for (int col = 2; col <= 6; col += 2) ring[row, col] = row == 4 && col == 4 ? 0 : 1;
  }
  const Refinement specks{repairs::remove_small_objects, up_to(static_cast<int>(smallest) - 1)};
  const Refinement gaps{repairs::closing, values_of(square)};
  const std::int64_t before = count_true(ring);
  const std::int64_t specks_first = count_true(refine(ring, {specks, gaps}));
  const std::int64_t gaps_first = count_true(refine(ring, {gaps, specks}));
  Exercise e;
  e.question = "A ring of " + std::to_string(before) +
               " single pixels, each one pixel from the next. One repair removes objects of fewer than " +
               number_text(smallest) + " pixels, another closes with a 3 x 3 square. When does the ring survive?";
  set_choices(
      e, {"Specks removed first, then closed", "Closed first, then specks removed", "Either way", "Neither way"}, 1);
  const std::string first = "Each speck alone is too small: the closing finds " +
                            (specks_first == 0 ? std::string("nothing") : counted(specks_first, "pixel")) + ".";
  add_mistake(e, 0, first);
  add_mistake(e, 2, first);
  add_mistake(e, 3, "Closing joins the specks to one object of " + counted(gaps_first, "pixel") + ".");
  e.worked = "Closed first, the specks become one object of " + counted(gaps_first, "pixel") +
             ", which is large enough to stay. Removed first, " + number_text(static_cast<double>(specks_first)) +
             " pixels are left: the order is part of the recipe.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"refine.corner", corner},
                               ExerciseMaker{"refine.opening", opening_exercise},
                               ExerciseMaker{"refine.closing", closing_exercise}, ExerciseMaker{"refine.hole", hole},
                               ExerciseMaker{"refine.order", order}};

}  // namespace

std::span<const ExerciseMaker> refine_exercises() { return makers; }

}  // namespace floodlight

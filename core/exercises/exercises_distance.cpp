// Exercises of the step Distance: Pythagoras, the rim, the largest disc, brightness, the border of the image.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/exercises/exercise_parts.h"
#include "core/segment/distance_transform.h"

namespace floodlight {
namespace {

/// The way from a pixel to its nearest background pixel.
struct Way {
  Pixel pixel;
  int rows = 0;
  int cols = 0;
  [[nodiscard]] std::int32_t squared() const { return rows * rows + cols * cols; }
};

/// Whether one of the four places that lie so far away is background.
bool leads_out(MaskView mask, const Way& way) {
  for (const int down : {-way.rows, way.rows}) {
    for (const int right : {-way.cols, way.cols}) {
      const Pixel there{way.pixel.row + down, way.pixel.col + right};
      if (mask.contains(there) && mask[there] == 0) return true;
    }
  }
  return false;
}

/// The way whose length the distance transform has, the longer way down first.
std::optional<Way> way_out(const Subject& s, Pixel pixel) {
  const std::int32_t squared = s.values->distance_squared[pixel];
  if (squared == 0) return std::nullopt;
  for (auto rows = static_cast<int>(std::sqrt(static_cast<double>(squared))); rows >= 0; --rows) {
    const Way way{pixel, rows, static_cast<int>(std::lround(std::sqrt(squared - rows * rows)))};
    if (way.squared() == squared && leads_out(s.values->refined, way)) return way;
  }
  return std::nullopt;
}

void add_way_mistakes(Exercise& e, const Way& way) {
  add_mistake(e, way.rows + way.cols, "Straight line, not steps.");
  add_mistake(e, std::max(way.rows, way.cols), "Not the longer side: both count.");
  add_mistake(e, std::min(way.rows, way.cols), "Not the shorter side: both count.");
  add_mistake(e, way.squared(), "That is the square: take its root.");
}

std::string root_text(const Way& way) {
  return "The root of " + number_text(way.rows) + " x " + number_text(way.rows) + " + " + number_text(way.cols) +
         " x " + number_text(way.cols) + " = " + number_text(way.squared()) + " is " +
         number_text(std::sqrt(way.squared()), 2) + ".";
}

Exercise pythagoras(const ExerciseInput& input) {
  std::optional<Way> at_hand;
  if (const auto s = with_stages(input)) at_hand = way_out(*s, s->pixel);
  if (at_hand && (at_hand->rows == 0 || at_hand->cols == 0)) at_hand.reset();
  const Way way = at_hand.value_or(Way{{}, 3, 4});
  Exercise e;
  e.question = (at_hand ? "The pixel at " + place_text(way.pixel) + " is foreground. Its" : "A pixel's") +
               " nearest background pixel is " + count_text(way.rows, "row") + " and " +
               count_text(way.cols, "column") + " away. What is its distance, to 2 decimals?";
  if (at_hand) e.pixel = way.pixel;
  e.decimals = 2;
  e.answer = std::sqrt(way.squared());
  e.unit = "pixels";
  add_way_mistakes(e, way);
  e.worked = "The straight line counts: Pythagoras. " + root_text(way);
  e.covers = {Covers::distance};
  return e;
}

Exercise beside(const ExerciseInput& /*input*/) {
  const Mask mask(1, 2, {0, 1});
  Exercise e;
  e.question = "A foreground pixel has background right beside it. What is its distance?";
  e.answer = std::sqrt(distance_squared(mask)[0, 1]);
  e.unit = "pixels";
  add_mistake(e, 0, "0 is for background.");
  add_mistake(e, 0.5, "Not to the edge between them: from centre to centre.");
  e.worked = "Distances go from centre to centre. The next pixel's centre is " + number_text(e.answer) + " away.";
  return e;
}

/// An object's deepest pixel, and two that are taken for it.
struct Deepest {
  Pixel summit;
  Pixel middle;
  Pixel brightest;
};

struct Sums {
  double rows = 0;
  double cols = 0;
  double pixels = 0;
};

std::optional<Deepest> find_deepest(const Subject& s) {
  const LabelImage& objects = s.values->components.labels;
  const auto& squared = s.values->distance_squared;
  const Label object = objects[s.pixel];
  if (object == 0) return std::nullopt;
  Deepest found{s.pixel, s.pixel, s.pixel};
  Sums sums;
  for (int row = 0; row < objects.rows(); ++row) {
    for (int col = 0; col < objects.cols(); ++col) {
      if (objects[row, col] != object) continue;
      sums.rows += row;
      sums.cols += col;
      ++sums.pixels;
      if (squared[row, col] > squared[found.summit]) found.summit = {row, col};
      if (s.image[row, col] > s.image[found.brightest]) found.brightest = {row, col};
    }
  }
  found.middle = {static_cast<int>(std::lround(sums.rows / sums.pixels)),
                  static_cast<int>(std::lround(sums.cols / sums.pixels))};
  if (!way_out(s, found.summit)) return std::nullopt;  // a mask without background has no discs
  const std::int32_t highest = squared[found.summit];
  if (squared[found.middle] == highest || squared[found.brightest] == highest || found.middle == found.brightest) {
    return std::nullopt;
  }
  return found;
}

Exercise bent(const ExerciseInput& input) {
  const auto [s, found] = ask(input, &find_deepest, {6, 6});
  std::array<Pixel, 3> places = {found.summit, found.middle, found.brightest};
  const auto order = [&](std::size_t a, std::size_t b) {  // as they are met in the picture
    if (s.image.index(places[b].row, places[b].col) < s.image.index(places[a].row, places[a].col))
      std::swap(places[a], places[b]);
  };
  order(0, 1);
  order(1, 2);
  order(0, 1);
  Exercise e = exercise_about(s);
  e.question = "Which pixel of the object at " + s.where() + " has the largest distance?";
  e.pixel = s.pixel;
  e.kind = AnswerKind::choice;
  for (const Pixel p : places) e.choices.push_back(place_text(p));
  const auto place_of = [&](Pixel p) { return static_cast<double>(std::ranges::find(places, p) - places.begin()); };
  const auto distance_at = [&](Pixel p) { return number_text(std::sqrt(s.values->distance_squared[p]), 2); };
  e.answer = place_of(found.summit);
  add_mistake(e, place_of(found.middle),
              "That is the centre of mass, which may lie near an edge: " + distance_at(found.middle) + ".");
  add_mistake(e, place_of(found.brightest),
              "That is the brightest. The mask forgot intensities: " + distance_at(found.brightest) + ".");
  e.worked = "It is the centre of the largest disc that fits. At " + place_text(found.summit) + " it is " +
             distance_at(found.summit) + ".";
  e.covers = {Covers::distance};
  return e;
}

Exercise brightness(const ExerciseInput& /*input*/) {
  Exercise e;
  e.question = "Two nuclei have equal masks, and one is twice as bright. How large are its distances?";
  set_choices(e, {"Twice as large", "Larger, but not twice", "Equal"}, 2);
  add_mistake(e, 0, "The mask forgot intensities.");
  add_mistake(e, 1, "The mask forgot intensities; all that counts is its shape.");
  e.worked = "The distance transform sees True and False only. Equal masks, equal distances.";
  return e;
}

/// The deepest pixel among those at the border of the image whose way can be counted by eye, or the one at hand.
std::optional<Way> find_at_border(const Subject& s) {
  const auto& squared = s.values->distance_squared;
  const int last_row = squared.rows() - 1;
  const int last_col = squared.cols() - 1;
  const auto at_border = [&](Pixel p) { return p.row == 0 || p.col == 0 || p.row == last_row || p.col == last_col; };
  const auto serves = [&](Pixel p) { return squared[p] > 1 && squared[p] <= 36; };
  Pixel best = s.pixel;
  if (!at_border(best) || !serves(best)) {
    best = {0, 0};
    const auto look = [&](Pixel p) {
      if (serves(p) && (!serves(best) || squared[p] > squared[best])) best = p;
    };
    for (int col = 0; col <= last_col; ++col) {
      look({0, col});
      look({last_row, col});
    }
    for (int row = 0; row <= last_row; ++row) {
      look({row, 0});
      look({row, last_col});
    }
  }
  return serves(best) ? way_out(s, best) : std::nullopt;
}

Exercise border(const ExerciseInput& input) {
  const auto [s, way] = ask(input, &find_at_border);
  Exercise e = exercise_about(s);
  e.question = "The border of the image cuts a nucleus at " + s.where(way.pixel) +
               ". What is the distance in this outermost pixel, to 2 decimals?";
  e.pixel = way.pixel;
  e.decimals = 2;
  e.answer = std::sqrt(way.squared());
  e.unit = "pixels";
  add_mistake(e, 1, "Outside the image is not background.");
  add_mistake(e, 0, "0 is for background.");
  add_way_mistakes(e, way);
  e.worked = "Outside the image is not background: the nearest inside counts, " + count_text(way.rows, "row") +
             " and " + count_text(way.cols, "column") + " away. " + root_text(way);
  e.covers = {Covers::distance};
  return e;
}

constexpr std::array makers = {ExerciseMaker{"distance.pythagoras", pythagoras},
                               ExerciseMaker{"distance.beside", beside}, ExerciseMaker{"distance.bent", bent},
                               ExerciseMaker{"distance.brightness", brightness},
                               ExerciseMaker{"distance.border", border}};

}  // namespace

std::span<const ExerciseMaker> distance_exercises() { return makers; }

}  // namespace floodlight

// Exercises of the step Measure: units, offset and exposure, what blur does, the border, what may be written.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/json.h"
#include "core/exercises/exercise_parts.h"
#include "core/segment/filter.h"
#include "core/segment/threshold.h"

namespace floodlight {
namespace {

constexpr std::string_view um = "\xC2\xB5m";

Exercise area(const ExerciseInput& input) {
  double pixels = 621;  // the median nucleus of the lecture's images
  double width = 0.65;
  std::optional<Pixel> at_hand;
  if (const auto s = with_stages(input)) {
    const Label label = s->values->labels[s->pixel];
    const auto nucleus = std::ranges::find(s->values->measurements, label, &RegionProperties::label);
    if (label > 0 && nucleus != s->values->measurements.end()) {
      at_hand = s->pixel;
      pixels = static_cast<double>(nucleus->area);
      if (s->recipe->pixel_size_um > 0) width = s->recipe->pixel_size_um;
    }
  }
  const double answer = pixels * width * width;
  Exercise e;
  e.decimals = answer < 10 ? 2 : answer < 100 ? 1 : 0;
  const std::string side = shortest(width);
  e.question = (at_hand ? "The nucleus at " + place_text(*at_hand) : std::string("A nucleus")) + " has " +
               count_text(static_cast<std::int64_t>(pixels), "pixel") + " of " + side + " " + std::string(um) +
               ". What is its area in square " + std::string(um) +
               (e.decimals == 0 ? "" : ", to " + count_text(e.decimals, "decimal")) + "?";
  e.pixel = at_hand;
  e.answer = answer;
  e.unit = "square " + std::string(um);
  add_mistake(e, pixels * width, "Square the pixel size.");
  add_mistake(e, pixels, "That is in pixels.");
  add_mistake(e, pixels / width / width, "Multiply: a pixel is " + number_text(width * width, 4) + " " + e.unit + ".");
  add_mistake(e, std::sqrt(pixels) * width, "That is the side of a square as large.");
  e.worked = "A pixel is a square: square its side. " + number_text(pixels) + " x " + side + " x " + side + " = " +
             number_text(answer, e.decimals) + ".";
  if (at_hand) e.covers = {Covers::measurements};
  return e;
}

Exercise exposure(const ExerciseInput& /*input*/) {
  constexpr double mean = 550;
  constexpr double offset = 150;
  Exercise e;
  e.question = "A nucleus has a mean intensity of " + number_text(mean) +
               "; with the shutter closed the camera reads " + number_text(offset) +
               ". The exposure is doubled. About which mean is to be expected?";
  e.answer = offset + 2 * (mean - offset);
  add_mistake(e, 2 * mean, "The offset does not grow with the light.");
  add_mistake(e, 2 * (mean - offset), "That is the light alone: the offset comes back on top.");
  add_mistake(e, mean, "Twice the time, twice the light.");
  e.worked = "Only the light doubles, not the offset. " + number_text(offset) + " + 2 x (" + number_text(mean) + " - " +
             number_text(offset) + ") = " + number_text(e.answer) + ".";
  return e;
}

/// What a mask selects, and how bright that is in the raw image.
struct Selected {
  std::int64_t area = 0;
  double mean = 0;
};

Selected select_after(FloatView image, double sigma) {
  const Image<float> filtered = gaussian(image, sigma);
  const Mask mask = above(filtered, otsu_of(filtered));
  Selected selected;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask.pixels()[i] == 0) continue;
    ++selected.area;
    selected.mean += static_cast<double>(image.pixels()[i]);
  }
  if (selected.area > 0) selected.mean /= static_cast<double>(selected.area);
  return selected;
}

constexpr double weak = 1;
constexpr double strong = 3;

struct Blurred {
  Selected before;
  Selected after;
};

std::optional<Blurred> blur_twice(FloatView image) {
  constexpr std::size_t quick = 1 << 19;
  if (image.size() > quick || image.rows() < 16 || image.cols() < 16 || !can_be_divided(image)) return std::nullopt;
  const Blurred found{select_after(image, weak), select_after(image, strong)};
  const bool serves = found.before.area > 0 && found.after.area > 0 && found.before.area != found.after.area &&
                      number_text(found.before.mean, 1) != number_text(found.after.mean, 1);
  return serves ? std::optional(found) : std::nullopt;
}

Exercise blur(const ExerciseInput& input) {
  std::optional<Blurred> found = blur_twice(input.raw);
  const Subject s = found ? choose_subject(input, true) : small_field();
  if (!found) found = blur_twice(s.image);
  const auto [before, after] = found.value_or(Blurred{});
  const std::string numbers = "Area " + std::to_string(before.area) + ", then " + count_text(after.area, "pixel") +
                              "; mean " + number_text(before.mean, 1) + ", then " + number_text(after.mean, 1) + ".";
  Exercise e = exercise_about(s);
  e.question = "On " + s.name() + ", the Gaussian's sigma goes from " + number_text(weak) + " to " +
               number_text(strong) +
               ", each with Otsu's threshold. What happens to the mask's area and to the raw mean in it?";
  const int falls = after.mean < before.mean ? 1 : 0;
  set_choices(e, {"Both grow", "Area grows, mean falls", "Area falls, mean grows", "Both fall"},
              after.area > before.area ? falls : 2 + falls);
  for (int i = 0; i < 4; ++i) add_mistake(e, i, numbers);
  e.worked = "Blur moves the outline and Otsu's threshold, so both depend on your recipe: report it. " + numbers;
  e.covers = {Covers::measurements, Covers::counts};
  return e;
}

/// How many nuclei the border of the image cuts.
std::optional<std::int64_t> find_cut(const Subject& s) {
  const auto cut = std::ranges::count_if(s.values->measurements, [&](const RegionProperties& nucleus) {
    return nucleus.bbox_min_row == 0 || nucleus.bbox_min_col == 0 || nucleus.bbox_max_row == s.image.rows() ||
           nucleus.bbox_max_col == s.image.cols();
  });
  return cut > 0 ? std::optional(static_cast<std::int64_t>(cut)) : std::nullopt;
}

Exercise border(const ExerciseInput& input) {
  const auto [s, cut] = ask(input, &find_cut);
  Exercise e = exercise_about(s);
  e.question = "The border cuts " + std::to_string(cut) + " of the " +
               count_text(static_cast<std::int64_t>(s.values->measurements.size()), "label") + " of " + s.name() +
               ". For what may you keep such a nucleus?";
  set_choices(e, {"For count and area", "For neither", "For the count, by a stated rule", "For the area"}, 2);
  add_mistake(e, 0, "Its area is only what the camera saw of it.");
  add_mistake(e, 1, "Leave all out, and the count is too low; state a rule instead.");
  add_mistake(e, 3, "Its area is the very thing that is cut.");
  e.worked =
      "Its area is unknown, for a part lies outside. It may be counted by a stated rule, such as: two of the "
      "four sides count.";
  return e;
}

Exercise write(const ExerciseInput& /*input*/) {
  Exercise e;
  e.question = "Same settings for all, background subtracted. Which sentence may you write?";
  set_choices(e,
              {"Nucleus A emitted 550 photons", "The mean intensity of A is 1.3 times that of B",
               "A holds 1.3 times as much DNA as B"},
              1);
  add_mistake(e, 0, "A value is not a photon count: offset, gain and efficiency stand between.");
  add_mistake(e, 2, "A mean is light per pixel; the amount needs area too, and a stain in proportion.");
  e.worked = "Values compare when settings are equal and the background is off. They are neither photons nor DNA.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"measure.area", area}, ExerciseMaker{"measure.exposure", exposure},
                               ExerciseMaker{"measure.blur", blur}, ExerciseMaker{"measure.border", border},
                               ExerciseMaker{"measure.write", write}};

}  // namespace

std::span<const ExerciseMaker> measure_exercises() { return makers; }

}  // namespace floodlight

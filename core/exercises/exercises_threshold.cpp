// Exercises of the step Threshold: what a cutoff selects, what "above" means, where Otsu's lies and why.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/otsu_curve.h"
#include "core/segment/threshold_mean.h"
#include "core/segment/threshold_minimum.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

/// How many pixels differ between two masks of one shape.
std::int64_t count_different(MaskView a, MaskView b) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a.pixels()[i] != b.pixels()[i] ? 1 : 0;
  return count;
}

/// So many decimals that three digits of the range can be told apart.
int decimals_for(double range) { return std::clamp(2 - static_cast<int>(std::floor(std::log10(range))), 0, 12); }

double rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

/// Two cutoffs and what they select.
struct TwoCutoffs {
  double low = 0;
  double high = 0;
  int decimals = 0;
  Mask mask_low;
  Mask mask_high;
  [[nodiscard]] std::string low_text() const { return number_text(low, decimals); }
  [[nodiscard]] std::string high_text() const { return number_text(high, decimals); }
  /// Whether the higher one selects something, and fewer pixels.
  [[nodiscard]] bool differ() const {
    return count_true(mask_high) > 0 && count_true(mask_high) < count_true(mask_low);
  }
};

TwoCutoffs cut_twice(FloatView image, double low, double high, int decimals) {
  return {low, high, decimals, above(image, low), above(image, high)};
}

/// The lecture's 50 and 100 where both divide an 8-bit image, else halfway down and up from Otsu's.
TwoCutoffs two_cutoffs(FloatView image) {
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
  if (smallest >= 0 && largest <= 255) {
    TwoCutoffs lecture = cut_twice(image, 50, 100, 0);
    if (lecture.differ() && count_true(lecture.mask_low) < static_cast<std::int64_t>(image.size())) return lecture;
  }
  const double from = static_cast<double>(smallest);
  const double range = static_cast<double>(largest) - from;
  const double reach = (otsu_of(image) - from) / 2;
  const int decimals = decimals_for(range);
  return cut_twice(image, rounded(from + reach, decimals), rounded(from + 3 * reach, decimals), decimals);
}

struct CutoffQuestion {
  Subject subject;
  TwoCutoffs cutoffs;
};

CutoffQuestion ask_two_cutoffs(const ExerciseInput& input) {
  if (can_be_divided(input.raw)) {
    TwoCutoffs at_hand = two_cutoffs(input.raw);
    if (at_hand.differ()) return {choose_subject(input, true), std::move(at_hand)};
  }
  const Subject grid = choose_subject(input, false);
  return {grid, two_cutoffs(grid.image)};
}

Exercise pixels(const ExerciseInput& input) {
  const auto [s, cutoffs] = ask_two_cutoffs(input);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "raw_image > threshold on " + s.name() + ": the threshold goes from " + cutoffs.low_text() + " up to " +
               cutoffs.high_text() + ". How many pixels are True then?";
  set_choices(e, {"More", "Fewer", "The same number"}, 1);
  add_mistake(e, 0, "A higher cutoff selects fewer.");
  add_mistake(e, 2, "The pixels between " + cutoffs.low_text() + " and " + cutoffs.high_text() + " fall out.");
  e.worked = "A pixel must lie above the threshold, so a higher one selects fewer. " +
             number_text(static_cast<double>(count_true(cutoffs.mask_low))) + " pixels are above " +
             cutoffs.low_text() + ", " + number_text(static_cast<double>(count_true(cutoffs.mask_high))) + " above " +
             cutoffs.high_text() + ".";
  e.covers = {Covers::counts};
  return e;
}

Exercise objects(const ExerciseInput& input) {
  const auto [s, cutoffs] = ask_two_cutoffs(input);
  const Label low = label(cutoffs.mask_low).count;
  const Label high = label(cutoffs.mask_high).count;
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "raw_image > threshold on " + s.name() + ": the threshold goes from " + cutoffs.low_text() + " up to " +
               cutoffs.high_text() + ". How many objects are there then (8 neighbours)?";
  constexpr int more = 0;
  constexpr int fewer = 1;
  constexpr int same = 2;
  set_choices(e, {"More", "Fewer", "The same number"}, high > low ? more : high < low ? fewer : same);
  if (high > low) {
    add_mistake(e, fewer, "Fewer pixels, but a bridge broke. The count need not follow.");
    add_mistake(e, same, "A bridge broke: what was one object is now more than one.");
  } else if (high < low) {
    add_mistake(e, more, "Bridges may break, but more objects vanished here than were won.");
    add_mistake(e, same, "Some objects lie below the higher cutoff altogether: they are gone.");
  } else {
    add_mistake(e, more, "Bridges can break, but here no more objects were won than were lost.");
    add_mistake(e, fewer, "Fewer pixels need not mean fewer objects: they got smaller, not fewer.");
  }
  e.worked =
      "A higher cutoff breaks bridges, which makes more objects, and swallows dim ones, which leaves fewer. "
      "Counted: " +
      number_text(low) + " at " + cutoffs.low_text() + ", " + number_text(high) + " at " + cutoffs.high_text() + ".";
  e.covers = {Covers::counts};
  return e;
}

Exercise strict(const ExerciseInput& input) {
  const Subject s = choose_subject(input, is_whole_at(input.raw, input.pixel), {18, 7});
  const auto value = static_cast<double>(s.value());
  const auto greater = static_cast<double>(count_true(above(s.image, value)));
  const auto at_least =
      static_cast<double>(count_true(above(s.image, std::nextafter(value, -std::numeric_limits<double>::infinity()))));
  const std::string counts =
      counted(static_cast<std::int64_t>(at_least), "pixel") + " instead of " + number_text(greater);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw_mask;
  e.question = "The pixel at " + s.where() + " holds " + number_text(value) + ". Is it True in raw_image > " +
               number_text(value) + "?";
  e.pixel = s.pixel;
  set_choices(e, {"Yes", "No"}, 1);
  add_mistake(e, 0, "`>` excludes equality. `>=` would select it: " + counts + ".");
  e.worked = "Above means larger, and no number is larger than itself. `>=` would select it too: " + counts + ".";
  e.covers = {Covers::mask_value};
  return e;
}

Exercise values(const ExerciseInput& input) {
  const Subject s = choose_subject(input, can_be_divided(input.raw));
  const Mask mask = above(s.image, otsu_of(s.image));
  const auto [smallest, largest] = std::ranges::minmax(mask.pixels());
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw_mask;
  e.question = "How many different values does binary_mask = raw_image > threshold hold, with Otsu's threshold of " +
               s.name() + "?";
  e.answer = largest - smallest + 1;
  e.unit = "values";
  add_mistake(e, 1, "False is a value too.");
  add_mistake(e, 256, "8 bits could hold 256; a mask needs True and False only.");
  if (s.type_maximum > 0) add_mistake(e, s.type_maximum + 1, "That is how many values the raw image could hold.");
  e.worked =
      "The comparison asks each pixel one question, and there are two answers to it. In Python they are False and "
      "True, in Fiji 0 and 255; here " +
      number_text(static_cast<double>(count_true(mask))) + " of " + number_text(static_cast<double>(mask.size())) +
      " pixels are True.";
  return e;
}

/// How far apart a cutoff's two classes are: their shares multiplied, times the square of their means' difference.
double variance_between(FloatView image, double cutoff) {
  double below = 0;
  double sum_below = 0;
  double sum = 0;
  for (const float pixel : image.pixels()) {
    const auto value = static_cast<double>(pixel);
    sum += value;
    if (value > cutoff) continue;
    ++below;
    sum_below += value;
  }
  const auto all = static_cast<double>(image.size());
  if (below == 0 || below == all) return 0;
  const double difference = sum_below / below - (sum - sum_below) / (all - below);
  return below / all * (1 - below / all) * difference * difference;
}

struct Candidate {
  double cutoff = 0;
  std::string why_not;  ///< empty: it is Otsu's
};

/// Otsu's threshold among places that are taken for it, ascending: only those that lie clearly elsewhere and clearly
/// separate the classes less well.
std::vector<Candidate> otsu_candidates(FloatView image) {
  const Histogram bars = histogram(image);
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
  const double range = static_cast<double>(largest) - static_cast<double>(smallest);
  const double otsu = threshold_otsu(bars);
  const double best = variance_between(image, otsu);
  std::vector<Candidate> candidates = {{otsu, ""}};
  if (!(best > 0)) return candidates;
  const auto add = [&](double cutoff, std::string_view why_not) {
    const double part = variance_between(image, cutoff) / best;
    const auto too_near = [&](const Candidate& c) { return std::abs(c.cutoff - cutoff) < range / 50; };
    if (part > 0.99 || std::ranges::any_of(candidates, too_near)) return;
    candidates.push_back({cutoff, std::string(why_not) + " The variance between its classes reaches " +
                                      number_text(std::floor(100 * part)) + " % of the maximum."});
  };
  const auto highest = static_cast<std::size_t>(std::ranges::max_element(bars.counts) - bars.counts.begin());
  const auto peak = static_cast<double>(bars.centres[highest]);
  add(peak, peak < otsu ? "That is the highest bar, the background's peak." : "That is the highest bar.");
  if (const auto valley = threshold_minimum(bars)) {
    add(*valley, "That is the valley's lowest bar. Otsu does not look for the valley; it weighs two means.");
  }
  add(static_cast<double>(smallest) + range / 2,
      "That is halfway from the darkest to the brightest pixel. Otsu asks how many pixels there are of each value.");
  add(threshold_mean(image), "That is the mean of all pixels. Otsu weighs the means of two classes.");
  std::ranges::sort(candidates, {}, &Candidate::cutoff);
  return candidates;
}

Exercise otsu(const ExerciseInput& input) {
  std::vector<Candidate> candidates;
  if (can_be_divided(input.raw)) candidates = otsu_candidates(input.raw);
  const Subject s = choose_subject(input, candidates.size() > 1);
  if (s.teaching()) candidates = otsu_candidates(s.image);
  const auto [smallest, largest] = std::ranges::minmax(s.image.pixels());
  const int decimals = std::min(decimals_for(static_cast<double>(largest) - static_cast<double>(smallest)) + 2, 12);
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "Look at the histogram of " + s.name() + ". Which of these is Otsu's threshold?";
  e.kind = AnswerKind::choice;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    e.choices.push_back(number_text(candidates[i].cutoff, decimals));
    if (candidates[i].why_not.empty()) e.answer = static_cast<double>(i);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].why_not.empty()) add_mistake(e, static_cast<double>(i), candidates[i].why_not);
  }
  e.worked =
      "Otsu tries every place and takes the one where the two classes' means lie farthest apart, weighed by their "
      "shares of the pixels. That is " +
      e.choices[static_cast<std::size_t>(e.answer)] + ".";
  e.covers = {Covers::threshold};
  return e;
}

bool has_two_otsus(FloatView image) {
  if (!can_be_divided(image)) return false;
  if (!std::ranges::all_of(image.pixels(), [](float v) { return v >= 0 && v <= 65535 && v == std::floor(v); })) {
    return false;
  }
  return std::abs(static_cast<double>(otsu_of_integers(image).value()) - otsu_of(image)) >= 0.01;
}

Exercise integers(const ExerciseInput& input) {
  const Subject s = choose_subject(input, has_two_otsus(input.raw));
  const double whole = static_cast<double>(otsu_of_integers(s.image).value());
  const double single = otsu_of(s.image);
  const auto differ = static_cast<double>(count_different(above(s.image, whole), above(s.image, single)));
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw_mask;
  e.question = "threshold_otsu(raw_image) of " + s.name() + " gives " + number_text(whole) +
               " while the pixels are integers, and " + number_text(single, 2) +
               " once they are float32. Which one is wrong?";
  set_choices(e, {"The integers'", "The float32's", "Neither"}, 2);
  add_mistake(e, 0, "Whole numbers get one bin each, and the threshold is one of them.");
  add_mistake(e, 1, "float32 values are counted in 256 equal bins, and the threshold is the centre of one of them.");
  e.worked =
      "Otsu chooses among the centres of the histogram's bins, and integers are binned otherwise than float32. One "
      "bin a number gives " +
      number_text(whole) + ", 256 equal bins give " + number_text(single, 2) + "; their masks differ by " +
      counted(static_cast<std::int64_t>(differ), "pixel") + ".";
  return e;
}

Exercise hot(const ExerciseInput& input) {
  constexpr float hot_value = 60000;
  bool serves = can_be_divided(input.raw) && input.raw.contains(input.pixel);
  if (serves) {
    const auto [smallest, largest] = std::ranges::minmax(input.raw.pixels());
    serves = smallest >= 0 && largest >= 50 && largest <= hot_value / 4;
  }
  const Subject s = choose_subject(input, serves);
  const std::span<const float> values = s.image.pixels();
  Image<float> with_hot(s.image.rows(), s.image.cols(), {values.begin(), values.end()});
  with_hot[s.pixel] = hot_value;
  const double before = otsu_of(s.image);
  const double after = otsu_of(with_hot);
  const Mask mask_before = above(s.image, before);
  const Mask mask_after = above(with_hot, after);
  const bool same = count_different(mask_before, mask_after) == (mask_before[s.pixel] == 0 ? 1 : 0);
  const double width = (static_cast<double>(hot_value) - static_cast<double>(std::ranges::min(values))) / 256;
  Exercise e = exercise_about(s);
  e.picture = ExercisePicture::raw;
  e.question = "The pixel at " + s.where() + " turns hot and reads " + number_text(static_cast<double>(hot_value)) +
               ". What does Otsu's threshold of the float32 image do to the other pixels?";
  e.pixel = s.pixel;
  set_choices(e, {"It goes up: fewer are True", "It goes down: more are True", "The same ones are True as before"},
              same             ? 2
              : after > before ? 0
                               : 1);
  add_mistake(e, 0,
              "It would for a large bright area: one pixel of " + number_text(static_cast<double>(values.size())) +
                  " weighs too little.");
  add_mistake(e, 1, "It could, since the bins got so wide; here no wide bin's centre below separates better.");
  add_mistake(e, 2,
              "As whole numbers it might. As float32 the 256 bins now span up to " +
                  number_text(static_cast<double>(hot_value)) + ", each " + number_text(width) + " wide.");
  e.worked = "The 256 bins now span up to " + number_text(static_cast<double>(hot_value)) + ", so that each is " +
             number_text(width) + " wide, and the threshold is the centre of one of them. Otsu's goes from " +
             number_text(before, 2) + " to " + number_text(after, 2) + "; " +
             number_text(static_cast<double>(count_true(mask_before))) + " pixels were above it, and now " +
             number_text(static_cast<double>(count_true(mask_after))) + ".";
  e.covers = {Covers::threshold, Covers::counts};
  return e;
}

constexpr std::array makers = {ExerciseMaker{"threshold.pixels", pixels}, ExerciseMaker{"threshold.objects", objects},
                               ExerciseMaker{"threshold.strict", strict}, ExerciseMaker{"threshold.values", values},
                               ExerciseMaker{"threshold.otsu", otsu},     ExerciseMaker{"threshold.integers", integers},
                               ExerciseMaker{"threshold.hot", hot}};

}  // namespace

std::span<const ExerciseMaker> threshold_exercises() { return makers; }

}  // namespace floodlight

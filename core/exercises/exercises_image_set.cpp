// Exercises of the step Many images: names and folders, which threshold for all, and how many images are enough.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/exercises/exercise_parts.h"
#include "core/explain/field_statistics.h"
#include "core/explain/folder_loop.h"
#include "core/samples/population.h"

namespace floodlight {
namespace {

constexpr double share = 0.05;

/// As many images as the set has, else as the population.
std::vector<FolderFile> folder_of(const ExerciseInput& input) {
  const std::size_t count = input.fields.empty() ? std::size_t{population_size} : input.fields.size();
  std::vector<FolderFile> files;
  for (std::size_t i = 1; i <= count; ++i)
    files.push_back({.name = "image_" + std::to_string(1000 + i).substr(1) + ".tif", .nuclei = 1});
  return files;
}

Exercise fixed_name(const ExerciseInput& input) {
  const auto files = folder_of(input);
  const LoopRun run = run_folder_loop(files, {.pattern = "labeled.tif"}, 1).front();
  Exercise e;
  e.question = "The loop runs over " + counted(static_cast<std::int64_t>(files.size()), "image") +
               "; its last line is imwrite(output_dir / \"labeled.tif\", ...). How many files are there at the end?";
  e.answer = static_cast<double>(run.results.size());
  e.unit = "files";
  add_mistake(e, static_cast<double>(files.size()),
              "So many are written, but all under one name: each overwrites the last.");
  add_mistake(e, 0, "The last one stays: nothing comes after it.");
  e.worked = "One name, one file: each image overwrites the one before, without a word. The file that stays is from " +
             run.results.front().made_from + ", the last. With the input's stem in the name each has its own.";
  return e;
}

Exercise same_folder(const ExerciseInput& input) {
  const auto files = folder_of(input);
  const auto runs = run_folder_loop(files, {.output = OutputPlace::same}, 3);
  const auto inputs = [&](std::size_t run) { return static_cast<double>(runs[run].turns.size()); };
  Exercise e;
  e.question = "A folder holds " + counted(static_cast<std::int64_t>(files.size()), "image") +
               ". The loop reads glob(\"*.tif\") of it and writes {stem}_labeled.tif into the same folder. It is run "
               "twice. How many inputs does the second run have?";
  e.answer = inputs(1);
  e.unit = "inputs";
  add_mistake(e, inputs(0), "The results are there as well: *_labeled.tif matches *.tif.");
  add_mistake(e, inputs(2), "That is the third run: the second reads what the first one wrote.");
  e.worked = "*_labeled.tif matches *.tif, so the second run reads its own labels. " + number_text(inputs(0)) +
             " images and " + number_text(e.answer - inputs(0)) + " label images make " + number_text(e.answer) +
             " inputs. Write into another folder.";
  return e;
}

Exercise iterdir(const ExerciseInput& input) {
  auto files = folder_of(input);
  files.push_back({.name = "notes.txt", .kind = FileKind::text});
  const LoopRun run = run_folder_loop(files, {.listing = Listing::iterdir}, 1).front();
  auto named = folder_of(input);
  named.push_back({.name = "overview.TIF"});
  named.push_back({.name = "scan.tiff"});
  const LoopRun by_pattern = run_folder_loop(named, {}, 1).front();
  Exercise e;
  e.question = "A folder of images also holds notes.txt. The loop goes over input_dir.iterdir(). What happens there?";
  set_choices(e, {"It is skipped: it is no image", "It becomes an empty label image", "The loop stops with an error"},
              run.error.empty() ? 0 : 2);
  add_mistake(e, 0, "iterdir lists everything there is, and imread tries to read it.");
  add_mistake(e, 1, "There are no pixels to make labels of.");
  e.worked =
      "imread cannot read it, and the error ends the loop. glob(\"*.tif\") does not list it; but it also misses " +
      by_pattern.missed.back() + " and, where upper and lower case differ, " + by_pattern.missed.front() + ".";
  return e;
}

/// The mean scores of the recipe and of the fixed threshold, over the fields that have both.
struct BothScores {
  double own = 0;
  double fixed = 0;
  std::int64_t fields = 0;
  std::int64_t better_fixed = 0;  ///< fields where the fixed threshold scores higher
};

BothScores compare(std::span<const FieldOfSet> fields) {
  BothScores both;
  for (const FieldOfSet& field : fields) {
    if (!field.f1 || !field.fixed_f1) continue;
    ++both.fields;
    both.own += *field.f1;
    both.fixed += *field.fixed_f1;
    if (*field.fixed_f1 > *field.f1) ++both.better_fixed;
  }
  if (both.fields > 0) {
    both.own /= static_cast<double>(both.fields);
    both.fixed /= static_cast<double>(both.fields);
  }
  return both;
}

Exercise one_threshold(const ExerciseInput& input) {
  const BothScores both = compare(input.fields);
  Exercise e;
  e.question = "One Otsu threshold per image, or one fixed threshold for all: which is right?";
  set_choices(e, {"Otsu: it is objective", "One for all: only that is reproducible", "Neither by itself: look"}, 2);
  add_mistake(e, 0, "Reproducible is not the same as right: bright debris lifts Otsu above the nuclei.");
  add_mistake(e, 1, "Otsu's rule repeats as well, and a fixed value is too high where staining is dim.");
  e.worked = "Reproducible is not the same as right: look. ";
  e.worked += both.fields > 0
                  ? "Here the mean F1 is " + number_text(both.own, 3) + " per image and " + number_text(both.fixed, 3) +
                        " with one value for all; that one is better in " + std::to_string(both.better_fixed) + " of " +
                        counted(both.fields, "field") + "."
                  : "Otsu can fail wholly on one image, a fixed threshold is worse on the dimmer ones. Run both on the "
                    "set and compare the scores.";
  return e;
}

/// Means over fields in an order, whose first steps mislead.
struct Settling {
  std::vector<double> running;
  std::size_t needed = 0;
  std::size_t first = 0;
};

std::optional<Settling> settle(const std::vector<FieldSum>& fields) {
  Settling s;
  s.running = running_mean(fields, shuffled_order(fields.size(), 0));
  s.needed = fields_needed(s.running, share);
  s.first = first_within(s.running, share);
  const bool serves = s.needed > 1 && s.needed < fields.size();
  return serves ? std::optional(std::move(s)) : std::nullopt;
}

/// Mean areas of a few fields to be worked out by hand: of the first draw that once leaves the corridor again.
std::vector<FieldSum> drawn_fields() {
  constexpr std::uint64_t stream = 51;
  constexpr std::size_t count = 6;
  for (std::uint64_t seed = 1;; ++seed) {
    Random random(seed, stream);
    std::vector<FieldSum> fields;
    for (std::size_t i = 0; i < count; ++i) fields.push_back({std::round(random.lognormal(62, 0.16)) * 10, 1});
    const auto s = settle(fields);
    if (s && s->first < s->needed && s->needed + 2 <= count) return fields;
  }
}

Exercise enough(const ExerciseInput& input) {
  std::vector<FieldSum> fields;
  for (const FieldOfSet& field : input.fields) {
    FieldSum sum{.sum = 0, .weight = static_cast<double>(field.areas.size())};
    for (const float area : field.areas) sum.sum += static_cast<double>(area);
    fields.push_back(sum);
  }
  constexpr std::size_t fewest = 5;
  auto s = fields.size() >= fewest ? settle(fields) : std::nullopt;
  const bool at_hand = s.has_value();
  if (!at_hand) {
    fields = drawn_fields();
    s = settle(fields);
  }
  const auto [running, needed, first] = s.value_or(Settling{});
  Exercise e;
  if (at_hand) {
    e.question = "Read it from the running mean of the area, in the order drawn there: after how many of the " +
                 counted(static_cast<std::int64_t>(fields.size()), "field") +
                 " does the mean stay within 5 % of the last one?";
    e.covers = {Covers::fields_needed};
  } else {
    e.question = "Six fields have these mean areas, in px, in the order in which they came:";
    for (std::size_t i = 0; i < fields.size(); ++i) e.question += (i == 0 ? " " : ", ") + number_text(fields[i].sum);
    e.question += ". After how many does the running mean stay within 5 % of the mean of all six?";
  }
  e.answer = static_cast<double>(needed);
  e.unit = "fields";
  add_mistake(e, 1, "Nuclei of one field are alike: fields vary.");
  add_mistake(e, static_cast<double>(first), "There it is inside for the first time, but it leaves again.");
  add_mistake(e, static_cast<double>(fields.size()), "It has settled before the last one.");
  const double last = running.back();
  e.worked = "Look for the field from which on it never leaves again. The last mean is " + number_text(last) +
             " px, so the corridor goes from " + number_text(last * (1 - share)) + " to " +
             number_text(last * (1 + share)) + " px; after " + counted(static_cast<std::int64_t>(needed) - 1, "field") +
             " the mean is " + number_text(running[needed - 2]) + ", outside, after " + std::to_string(needed) +
             " it is " + number_text(running[needed - 1]) + " and stays. In another order it may be another number.";
  return e;
}

constexpr std::array makers = {
    ExerciseMaker{"image_set.name", fixed_name}, ExerciseMaker{"image_set.folder", same_folder},
    ExerciseMaker{"image_set.iterdir", iterdir}, ExerciseMaker{"image_set.threshold", one_threshold},
    ExerciseMaker{"image_set.enough", enough}};

}  // namespace

std::span<const ExerciseMaker> image_set_exercises() { return makers; }

}  // namespace floodlight

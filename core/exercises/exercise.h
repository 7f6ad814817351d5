// Small exercises made from the image at hand: a question, its answer, and the wrong answers that are known, computed and
// recognised, each with a sentence of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/pipeline/mask_source.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"

namespace floodlight {

enum class AnswerKind : std::uint8_t { number, choice };

/// What an open exercise covers on screen, because it would give the answer away.
enum class Covers : std::uint8_t {
  raw_value,
  filtered_value,
  footprint,  ///< how far the filter reaches
  mask_value,
  counts,
  threshold,
  shape,
  component,      ///< the objects' numbers and colours
  refined,        ///< the repaired mask, and what a repair changed
  distance,       ///< values of the distance transform
  seeds,          ///< the seeds' places, numbers and count
  labels,         ///< the nuclei's numbers, colours and count
  measurements,   ///< of the nuclei
  fields_needed,  ///< after how many fields of a set a running mean stays
  weights,        ///< how many a network's layer has
};

/// What stands on the screen while an exercise asks, where the step's own picture would be another one.
enum class ExercisePicture : std::uint8_t {
  of_the_step,
  raw,       ///< the raw image, and no mask of it
  raw_mask,  ///< the raw image and the mask that the recipe's cutoff method makes of it
  mask       ///< the raw image and the mask of the filtered one, without colours
};

struct KnownMistake {
  double answer = 0;  ///< a number, or a choice's index
  std::string why;    ///< one sentence that helps
};

struct Exercise {
  std::string_view id;  ///< "filter.median"
  std::string question;
  AnswerKind kind = AnswerKind::number;
  std::vector<std::string> choices;  ///< of a choice
  double answer = 0;                 ///< a number, or the right choice's index
  int decimals = 0;                  ///< asked for; right is within half of the last one
  std::string unit;
  std::vector<KnownMistake> mistakes;
  std::string
      worked;  ///< the worked answer, in two or three sentences; its first one helps with any other wrong answer
  std::optional<Pixel> pixel;  ///< where it happens
  ExercisePicture picture = ExercisePicture::of_the_step;
  std::vector<Covers> covers;
  /// The sample that it was made from, since the image at hand cannot serve; empty: from the image at hand.
  std::string_view teaching_image;
  bool with_its_recipe = false;  ///< it speaks of what that sample's own recipe makes of it
};

/// One field of a set of images that was run.
struct FieldOfSet {
  std::span<const float> areas;    ///< of its nuclei, in pixels
  std::optional<double> f1;        ///< of the recipe, where the truth is known
  std::optional<double> fixed_f1;  ///< the same with one fixed threshold for all
};

/// What an exercise may be made from.
struct ExerciseInput {
  FloatView raw;
  const StageValues* values = nullptr;  ///< of the recipe, for the steps after the filter; null: not computed yet
  double type_maximum = 0;              ///< largest value of the file's type or camera; 0: none
  const Recipe* recipe = nullptr;
  Pixel pixel;                              ///< the one at hand: questions about one pixel ask for it
  std::span<const FieldOfSet> fields = {};  ///< of the set at hand, in the order of the running mean
};

/// The exercises of a step, in their order: ids such as "pixels.shape". Stages name the steps: raw is Pixels, components is
/// Label, labels is Watershed; mask and filtered are Threshold and Filter, or Forest and Features where a pixel classifier
/// makes the mask, or Training and Network where a network does.
std::span<const std::string_view> exercises_of(Stage step, const MaskSource& way = mask_sources::classic);
/// Those of the step Many images, which makes no stage.
std::span<const std::string_view> exercises_of_image_set();

/// Makes an exercise. Where the image at hand cannot serve (no whole numbers, too small), it is made from the lecture's
/// grid or, from Label on, from the small field, and says so in `teaching_image`; some are about no image. Refuses an id that there is not.
Result<Exercise> make_exercise(std::string_view id, const ExerciseInput& input);

enum class Verdict : std::uint8_t { right, known_mistake, wrong };
struct Judgement {
  Verdict verdict = Verdict::wrong;
  std::string sentence;  ///< what to say to it
};
/// Judges an answer: a number, or a choice's index.
Judgement judge(const Exercise& exercise, double answer);

}  // namespace floodlight

// What was computed: an image, a recipe, and the chain of stages that the recipe makes of the image.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"

namespace floodlight {

/// A cutoff, where it came from, and what it selects.
struct Thresholded {
  Histogram histogram;
  double threshold = 0;
  std::int64_t above = 0;      ///< pixels of the mask
  std::int64_t equal = 0;      ///< pixels that equal the threshold, which is not above it
  std::optional<double> otsu;  ///< what Otsu would choose from the histogram, whichever method was used
  Mask mask;
};

/// Every stage's value. All images have the input's shape.
struct StageValues {
  Image<float> raw;
  Image<float> filtered;
  Thresholded thresholded;      ///< of the filtered image: the pipeline's mask
  Thresholded raw_thresholded;  ///< of the raw image with the same method, as the lecture first does; feeds nothing
  Components components;        ///< of the unrefined mask, 8 neighbours
  std::vector<std::int64_t> component_sizes;    ///< in pixels; entry 0 is the background's
  std::vector<std::uint32_t> component_firsts;  ///< each one's first pixel, by its place in raster order
  Mask refined;
  std::int64_t refined_added = 0;    ///< pixels that the refinements made foreground ...
  std::int64_t refined_removed = 0;  ///< ... and background
  Image<std::int32_t> distance_squared;
  Image<float> distance;
  float highest_distance = 0;
  std::vector<Pixel> peaks;  ///< highest first
  Components seeds;
  LabelImage labels;
  Label nuclei = 0;  ///< how many different labels there are
  std::vector<RegionProperties> measurements;
};

/// Recomputes only what changed: a stage when its part of the recipe, or the value of a stage that it reads, is another.
/// Values of earlier recipes stay readable until their stage is done anew. Work is done in slices by whoever calls
/// `advance`, `run_for` or `finish`; a new recipe abandons a stage in progress only when that stage must change.
class Pipeline {
 public:
  Pipeline() = default;
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// A new image: no stage has a value any more, and every one is due. The image must not be empty.
  void set_image(Image<float> image);
  /// The same place in another picture: of the same size, stages keep their values until they are computed anew, as when
  /// the recipe changes, so that a screen need not go blank in between. Of another size, as `set_image`.
  void replace_image(Image<float> image);
  /// A new recipe: the stages whose parameters differ are due.
  void set_recipe(const Recipe& recipe);

  /// One slice of about half a millisecond; true while there is more to do.
  bool advance();
  /// Slices until the time is over or all is done; true while there is more to do.
  bool run_for(std::chrono::microseconds time);
  /// All of it.
  void finish();

  [[nodiscard]] const Recipe& recipe() const { return recipe_; }
  [[nodiscard]] const StageValues& values() const { return values_; }
  [[nodiscard]] bool has_image() const { return !input_.empty(); }
  /// Whether there is more to do.
  [[nodiscard]] bool busy() const;
  /// Whether the stage's value belongs to the image and the recipe as they are now.
  [[nodiscard]] bool current(Stage stage) const;
  /// Whether there is a value of this image's, current or not.
  [[nodiscard]] bool has(Stage stage) const { return has_[index(stage)]; }
  /// Counts up whenever the stage's value has become another; 0: it never had one.
  [[nodiscard]] std::uint32_t version(Stage stage) const { return version_[index(stage)]; }
  /// Counts up whenever the stage has been computed, also where it came to the same value: what explains how a stage came
  /// about is as old as this. 0: it never was.
  [[nodiscard]] std::uint32_t runs(Stage stage) const { return runs_[index(stage)]; }
  /// The same of all stages together.
  [[nodiscard]] std::uint32_t runs() const;
  /// How long the stage took when it was last computed.
  [[nodiscard]] double milliseconds(Stage stage) const { return milliseconds_[index(stage)]; }
  [[nodiscard]] double total_milliseconds() const;

  struct Failure {
    Stage stage;
    Error error;
  };
  /// Why the pipeline stopped short, if it did: a method that has no answer for this image, pixels that are no numbers,
  /// not enough memory. It goes on when the recipe changes at that stage or before, or with another image.
  /// The stages from there on keep their previous values, or none.
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

 private:
  static std::size_t index(Stage stage) { return static_cast<std::size_t>(stage); }
  void mark_due(Stage stage);
  std::optional<Stage> next_due() const;
  /// What a stage's computation did to its value; `aside`: only to a part of it that no later stage reads.
  enum class Change : std::uint8_t { none, aside, value };
  bool step();
  void finish_stage(const Result<Change>& changed);
  Sliced<Result<Change>> compute(Stage stage);
  Sliced<Result<Change>> compute_raw();
  Sliced<Result<Change>> compute_filtered();
  Sliced<Result<Change>> compute_mask();
  Sliced<Result<Change>> compute_components();
  Sliced<Result<Change>> compute_refined();
  Sliced<Result<Change>> compute_distance();
  Sliced<Result<Change>> compute_seeds();
  Sliced<Result<Change>> compute_labels();
  Sliced<Result<Change>> compute_measurements();
  template <typename T>
  static Change replace(T& current, T next);

  Image<float> input_;
  Recipe recipe_;
  StageValues values_;
  std::array<bool, stage_count> due_{};
  std::array<bool, stage_count> has_{};
  std::array<std::uint32_t, stage_count> version_{};
  std::array<std::uint32_t, stage_count> runs_{};
  std::array<double, stage_count> milliseconds_{};
  std::optional<Failure> failure_;
  std::optional<Stage> working_on_;
  std::optional<Sliced<Result<Change>>> work_;
  double work_milliseconds_ = 0;
};

/// The refined mask: one operation, or several, one after the other.
Mask refine(MaskView mask, const Refinement& refinement);
Mask refine(MaskView mask, const std::vector<Refinement>& refinements);
Sliced<Mask> refine_in_slices(MaskView mask, const Refinement& refinement);

/// How many pixels are NaN or infinite. O(pixels).
std::int64_t count_nonfinite(FloatView image);

}  // namespace floodlight

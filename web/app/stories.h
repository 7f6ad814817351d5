// What is computed beside the pipeline to explain it: only what the step at hand shows, slice by slice, and anew when what
// it tells of has changed.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/components_and_labels.h"
#include "core/flood.h"
#include "core/label.h"
#include "core/label_growth.h"
#include "core/nucleus_life.h"
#include "core/peak_terms.h"
#include "core/refine_terms.h"
#include "core/sliced.h"

namespace floodlight::ui {

class App;

/// One of them: a value, the key of what it was computed from, and the work on it.
template <typename T>
class Story {
 public:
  using Key = std::array<std::uint32_t, 4>;
  using Deadline = std::chrono::steady_clock::time_point;

  /// Works on it until it is told or the time is over; true while there is more. `make()` begins the work, which may look
  /// at the pipeline's values as long as the key tells when they change.
  template <typename Make>
  bool tell(const Key& key, const Make& make, Deadline deadline) {
    if (key != key_) {
      forget();
      key_ = key;
    }
    if (value_) return false;
    if (!work_) work_.emplace(make());
    while (work_->advance()) {
      if (std::chrono::steady_clock::now() >= deadline) return true;
    }
    value_ = work_->take();
    work_.reset();
    ++version_;
    return false;
  }
  void forget() {
    work_.reset();
    value_.reset();
    key_ = {};
  }
  /// Null until it is told.
  [[nodiscard]] const T* get() const { return value_ ? &*value_ : nullptr; }
  /// Counts up whenever it has been told anew.
  [[nodiscard]] std::uint32_t version() const { return version_; }

 private:
  Key key_{};
  std::optional<Sliced<T>> work_;
  std::optional<T> value_;
  std::uint32_t version_ = 0;
};

struct GrowthStory {
  LabelGrowth growth;
  Components components;
};

struct RepairEffect {
  std::int64_t added = 0;
  std::int64_t removed = 0;
  Label objects = 0;  ///< 8 neighbours, after it
};
struct RepairStory {
  std::vector<Mask> masks;  ///< before the first repair, and after each
  std::vector<RepairEffect> effects;
  std::vector<std::vector<std::int64_t>> sizes;  ///< for each size limit, of what it judges; for other repairs empty
  Image<std::uint8_t> changes;                   ///< of all of them: values of Repair
};

struct PeakStory {
  std::vector<PeakCandidate> candidates;
  Components components;  ///< of the refined mask, with the watershed's neighbours
  std::vector<SeedlessObject> seedless;
};

struct FloodStory {
  Flood flood;
  std::vector<std::int32_t> queue_lengths;
  Image<float> landscape;  ///< what is flooded: minus the squared distance, or as the student has it
  /// How high the water stands after each number of steps: the highest value of what was flooded (of distances, not their
  /// squares) that it has come to. One more than there are steps.
  std::vector<float> levels;
  std::vector<std::uint8_t> colours;  ///< of the labels, by their place in the palette
};

/// Before and after the watershed.
struct DifferenceStory {
  Components islands;  ///< of the refined mask, with the watershed's neighbours
  ComponentsAndLabels found;
};

struct Stories {
  Story<GrowthStory> growth;
  Story<std::vector<TouchingObject>> touching;
  Story<RepairStory> repairs;
  Story<PeakStory> peaks;
  Story<std::vector<NucleusLife>> lives;
  Story<FloodStory> flood;
  Story<DifferenceStory> differences;

  /// Goes on with what the step at hand shows; true while there is more.
  bool work(const App& app, std::chrono::microseconds time);
  void forget() {
    growth.forget();
    touching.forget();
    repairs.forget();
    peaks.forget();
    lives.forget();
    flood.forget();
    differences.forget();
  }
};

/// The options that the recipe finds peaks of the squared distance with.
[[nodiscard]] PeakOptions<std::int32_t> peak_options(const Recipe& recipe);

}  // namespace floodlight::ui

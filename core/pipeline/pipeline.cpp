#include "core/pipeline/pipeline.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <functional>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/distance_transform.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"

namespace floodlight {
namespace {

/// The stages that read a stage's value.
std::vector<Stage> readers(Stage stage, const Recipe& recipe) {
  switch (stage) {
    case Stage::raw:
      return {Stage::filtered, Stage::mask, Stage::measurements};
    case Stage::filtered:
      return {Stage::mask, Stage::labels};
    case Stage::mask:
      // A way's own seeds come from what it has computed beside the mask.
      if (own_step(recipe, Stage::seeds) != nullptr) return {Stage::components, Stage::refined, Stage::seeds};
      return {Stage::components, Stage::refined};
    case Stage::refined:
      return {Stage::distance, Stage::labels};
    case Stage::distance:
      return {Stage::seeds, Stage::labels};
    case Stage::seeds:
      return {Stage::labels};
    case Stage::labels:
      return {Stage::measurements};
    case Stage::components:
    case Stage::measurements:
      break;
  }
  return {};
}

Label count_labels(LabelView labels, Label highest) {
  std::vector<bool> seen(static_cast<std::size_t>(highest) + 1);
  for (const Label label : labels.pixels()) seen[static_cast<std::size_t>(label)] = true;
  return static_cast<Label>(std::count(seen.begin() + 1, seen.end(), true));
}

template <typename T>
Image<T> negated(ImageView<const T> image) {
  Image<T> result(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), result.pixels().begin(), std::negate<>());
  return result;
}

}  // namespace

std::int64_t count_nonfinite(FloatView image) {
  return std::ranges::count_if(image.pixels(), [](float v) { return !std::isfinite(v); });
}

void Pipeline::set_image(Image<float> image) {
  work_.reset();
  working_on_.reset();
  input_ = std::move(image);
  values_ = {};
  has_.fill(false);
  due_.fill(true);
  failure_.reset();
}

void Pipeline::replace_image(Image<float> image) {
  if (image.rows() != input_.rows() || image.cols() != input_.cols()) {
    set_image(std::move(image));
    return;
  }
  input_ = std::move(image);
  mark_due(Stage::raw);
}

void Pipeline::set_recipe(const Recipe& recipe) {
  const Recipe old = std::exchange(recipe_, recipe);
  if (!has_image()) return;
  for (const auto& p : recipe_parameters()) {
    if (!p.matters(old) && !p.matters(recipe_)) continue;
    const double before = p.get(old);
    const double after = p.get(recipe_);
    if (before != after && !(std::isnan(before) && std::isnan(after))) mark_due(p.stage);
  }
  if (old.mask_from != recipe_.mask_from) {
    values_.features = {};
    values_.prediction = {};
    values_.network = {};
    values_.network_nuclei = {};
    values_.network_of.reset();
    values_.interior_distance = {};
    values_.interior_heights = {};
  } else if (const MaskLearnt* learnt = recipe_.mask_from->learnt; learnt != nullptr) {
    if (const auto stage = learnt->first_change(old, recipe_)) mark_due(*stage);
  }
  if (old.refinements != recipe_.refinements) mark_due(Stage::refined);
  if (recipe_.seeds == SeedMethod::by_hand && old.seeds_by_hand != recipe_.seeds_by_hand) mark_due(Stage::seeds);
}

void Pipeline::mark_due(Stage stage) {
  due_[index(stage)] = true;
  if (failure_ && failure_->stage >= stage) failure_.reset();
  // A stage in progress reads the stages before it, which must not change under it.
  if (working_on_ && *working_on_ >= stage) {
    due_[index(*working_on_)] = true;
    work_.reset();
    working_on_.reset();
  }
}

std::optional<Stage> Pipeline::next_due() const {
  if (!has_image()) return std::nullopt;
  for (const Stage stage : stages) {
    if (failure_ && failure_->stage == stage) return std::nullopt;
    if (due_[index(stage)]) return stage;
  }
  return std::nullopt;
}

bool Pipeline::busy() const { return next_due().has_value(); }

bool Pipeline::current(Stage stage) const {
  // Due stages make those after them due only when their value turns out to have changed; until then, who knows.
  for (const Stage earlier : stages) {
    if (due_[index(earlier)]) return false;
    if (earlier == stage) break;
  }
  return has(stage);
}

double Pipeline::total_milliseconds() const {
  double sum = 0;
  for (const double ms : milliseconds_) sum += ms;
  return sum;
}

std::uint32_t Pipeline::runs() const { return std::accumulate(runs_.begin(), runs_.end(), 0U); }

bool Pipeline::step() {
  const auto start = std::chrono::steady_clock::now();
  if (!work_) {
    work_milliseconds_ = 0;
    work_.emplace(compute(*working_on_));
  }
  const bool more = work_->advance();
  work_milliseconds_ += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return more;
}

bool Pipeline::advance() {
  if (!working_on_) working_on_ = next_due();
  if (!working_on_) return false;
  try {
    if (step()) return true;
    finish_stage(work_->take());
  } catch (const std::exception&) {
    // Nothing but allocations throws: bad_alloc, or length_error where not even the address space would do.
    finish_stage(fail("There is not enough memory for this step; a smaller image would do."));
  }
  return busy();
}

void Pipeline::finish_stage(const Result<Change>& changed) {
  const Stage stage = *working_on_;
  work_.reset();
  working_on_.reset();
  milliseconds_[index(stage)] = work_milliseconds_;
  if (!changed) {
    failure_ = Failure{stage, changed.error()};
    return;
  }
  due_[index(stage)] = false;
  const bool first = !has(stage);
  has_[index(stage)] = true;
  ++runs_[index(stage)];
  if (*changed != Change::none || first) ++version_[index(stage)];
  if (*changed == Change::value || first) {
    for (const Stage reader : readers(stage, recipe_)) due_[index(reader)] = true;
  }
}

bool Pipeline::run_for(std::chrono::microseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (advance()) {
    if (std::chrono::steady_clock::now() >= end) return true;
  }
  return false;
}

void Pipeline::finish() {
  while (advance()) {
  }
}

Sliced<Result<Pipeline::Change>> Pipeline::compute(Stage stage) {
  if (const MaskStep* own = own_step(recipe_, stage)) return own->compute(recipe_, values_);
  switch (stage) {
    case Stage::components:
      return compute_components();
    case Stage::refined:
      return compute_refined();
    case Stage::distance:
      return compute_distance();
    case Stage::seeds:
      return compute_seeds();
    case Stage::labels:
      return compute_labels();
    case Stage::measurements:
      return compute_measurements();
    case Stage::raw:
    case Stage::filtered:
    case Stage::mask:
      break;
  }
  return compute_raw();
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_raw() {
  Image<float> raw = input_;
  if (recipe_.nonfinite_as_zero) {
    for (float& value : raw.pixels()) {
      if (!std::isfinite(value)) value = 0;
    }
  }
  // Not `replace`: NaN differs from itself, and a new image is new even where all its pixels are the old ones'.
  values_.raw = std::move(raw);
  co_return Change::value;
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_components() {
  Components components = co_await label_in_slices(values_.thresholded.mask, Connectivity::eight);
  values_.components.count = components.count;
  values_.component_sizes.assign(static_cast<std::size_t>(components.count) + 1, 0);
  values_.component_firsts.assign(static_cast<std::size_t>(components.count) + 1, 0);
  std::uint32_t place = 0;
  for (const Label l : components.labels.pixels()) {
    const auto object = static_cast<std::size_t>(l);
    if (values_.component_sizes[object]++ == 0) values_.component_firsts[object] = place;
    ++place;
  }
  co_return replace(values_.components.labels, std::move(components.labels));
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_measurements() {
  values_.measurements = co_await region_properties_in_slices(values_.labels, values_.raw);
  co_return Change::value;
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_refined() {
  Mask mask = values_.thresholded.mask;
  // A copy: a new recipe may arrive between two slices, and with the same refinements it does not abandon this work.
  const std::vector<Refinement> refinements = recipe_.refinements;
  for (const auto& refinement : refinements) {
    Mask next = co_await refine_in_slices(mask, refinement);
    mask = std::move(next);
  }
  std::int64_t added = 0;
  std::int64_t removed = 0;
  const auto before = std::as_const(values_.thresholded.mask).pixels();
  const auto after = std::as_const(mask).pixels();
  for (std::size_t i = 0; i < before.size(); ++i) {
    added += after[i] > before[i] ? 1 : 0;
    removed += after[i] < before[i] ? 1 : 0;
  }
  const bool recounted = added != values_.refined_added || removed != values_.refined_removed;
  values_.refined_added = added;
  values_.refined_removed = removed;
  const Change change = replace(values_.refined, std::move(mask));
  co_return change == Change::none&& recounted ? Change::aside : change;
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_distance() {
  auto squared = co_await distance_squared_in_slices(values_.refined);
  if (squared == values_.distance_squared) co_return Change::none;
  values_.distance = distance_single(squared);
  values_.highest_distance = std::ranges::max(values_.distance.pixels());
  values_.distance_squared = std::move(squared);
  co_return Change::value;
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_seeds() {
  const auto& d2 = values_.distance_squared;
  values_.interior_distance = {};
  values_.interior_heights = {};
  std::vector<Pixel> peaks;
  switch (recipe_.seeds) {
    case SeedMethod::peaks:
    case SeedMethod::every_maximum:
      peaks = co_await peak_local_max_in_slices(d2.view(), peak_options(recipe_));
      break;
    case SeedMethod::by_hand:
      for (const Pixel seed : recipe_.seeds_by_hand) {
        if (!d2.contains(seed))
          co_return fail("The seed at " + row_and_column(seed) + " lies outside the image of " +
                         std::to_string(d2.rows()) + " x " + std::to_string(d2.cols()) + " pixels; move or delete it.");
      }
      peaks = recipe_.seeds_by_hand;
      break;
  }
  auto seeds = co_await seeds_from_peaks_in_slices(peaks, d2.rows(), d2.cols());
  const bool other_peaks = peaks != values_.peaks;
  values_.peaks = std::move(peaks);
  values_.seeds.count = seeds.count;
  const Change changed = replace(values_.seeds.labels, std::move(seeds.labels));
  co_return changed == Change::none&& other_peaks ? Change::aside : changed;
}

Sliced<Result<Pipeline::Change>> Pipeline::compute_labels() {
  const WatershedOptions options = watershed_options(recipe_);
  const LabelView seeds = values_.seeds.labels;
  const MaskView mask = values_.refined;
  LabelImage labels;
  const auto flood = [&]<typename T>(const Image<T>& landscape) {
    return watershed_in_slices<T>(landscape.view(), seeds, mask, options);
  };
  if (recipe_.compactness > 0) {
    Image<double> landscape;
    if (floods_intensity(recipe_)) {
      const auto filtered = values_.filtered.pixels();
      landscape = Image<double>(seeds.rows(), seeds.cols(), {filtered.begin(), filtered.end()});
    } else {
      landscape = distance(values_.distance_squared);
    }
    landscape = negated<double>(landscape);
    labels = co_await flood(landscape);
  } else if (floods_intensity(recipe_)) {
    const auto landscape = negated<float>(values_.filtered);
    labels = co_await flood(landscape);
  } else {
    // Minus the squared distance floods in the same order as minus the distance, in integers.
    const auto landscape = negated<std::int32_t>(values_.distance_squared);
    labels = co_await flood(landscape);
  }
  values_.nuclei = count_labels(labels, values_.seeds.count);
  co_return replace(values_.labels, std::move(labels));
}

}  // namespace floodlight

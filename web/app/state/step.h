// The steps of the lesson: which there are, what they are called, and what each makes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/pipeline/mask_source.h"
#include "core/pipeline/stage.h"

namespace floodlight::ui {

enum class StepId : std::uint8_t {
  pixels,
  threshold,
  filter,
  label,
  refine,
  distance,
  seeds,
  watershed,
  measure,
  image_set,  ///< shows the set of images in the place of one
  features,   ///< where a pixel classifier makes the mask, in the places of threshold and filter
  forest,
  network,  ///< where a network makes the mask, in the same places
  training
};
inline constexpr std::size_t step_count = 10;  ///< that the lesson has, whichever way leads to the mask
inline constexpr std::size_t all_step_count = 14;

struct Step {
  StepId id;
  std::string_view name;            ///< in the header
  Stage stage;                      ///< what it makes; the last step makes it of many images
  std::size_t place;                ///< in the lesson, from 0
  const MaskSource* way = nullptr;  ///< the way to the mask that it belongs to; null: all of them
};

/// All of them. In links and in the tour they are called as in `shared_steps`.
inline constexpr std::array<Step, all_step_count> steps = {{
    {StepId::pixels, "Pixels", Stage::raw, 0},
    {StepId::threshold, "Threshold", Stage::mask, 1, &mask_sources::classic},
    {StepId::filter, "Filter", Stage::filtered, 2, &mask_sources::classic},
    {StepId::label, "Label", Stage::components, 3},
    {StepId::refine, "Refine", Stage::refined, 4},
    {StepId::distance, "Distance", Stage::distance, 5},
    {StepId::seeds, "Seeds", Stage::seeds, 6},
    {StepId::watershed, "Watershed", Stage::labels, 7},
    {StepId::measure, "Measure", Stage::measurements, 8},
    {StepId::image_set, "Many images", Stage::measurements, 9},
    {StepId::features, "Features", Stage::filtered, 1, &mask_sources::classifier},
    {StepId::forest, "Forest", Stage::mask, 2, &mask_sources::classifier},
    {StepId::network, "Network", Stage::filtered, 1, &mask_sources::network},
    {StepId::training, "Training", Stage::mask, 2, &mask_sources::network},
}};

/// One of them.
[[nodiscard]] constexpr const Step& step(StepId id) { return steps[static_cast<std::size_t>(id)]; }
/// The way whose steps a way has: a network's are the same wherever the seeds come from.
[[nodiscard]] constexpr const MaskSource& stepping_way(const MaskSource& way) {
  return is_network(way) ? mask_sources::network : way;
}
/// Whether the lesson has it, with this way to the mask.
[[nodiscard]] constexpr bool belongs_to(const Step& s, const MaskSource& way) {
  return s.way == nullptr || s.way == &stepping_way(way);
}
/// The lesson's steps with this way to the mask, in their order.
[[nodiscard]] constexpr std::array<StepId, step_count> lesson(const MaskSource& way) {
  std::array<StepId, step_count> list{};
  for (const Step& s : steps) {
    if (belongs_to(s, way)) list[s.place] = s.id;
  }
  return list;
}
/// Whether a pixel is explained with what goes in and what comes out side by side.
[[nodiscard]] constexpr bool explains_beside(StepId id) { return id == StepId::filter || id == StepId::network; }
/// The first step that makes this stage, with this way to the mask.
[[nodiscard]] constexpr const Step& step_of(Stage stage, const MaskSource& way) {
  return *std::ranges::find_if(steps, [&](const Step& s) { return s.stage == stage && belongs_to(s, way); });
}

}  // namespace floodlight::ui

// The steps of the lesson: which there are, what they are called, and what each makes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
  image_set  ///< shows the set of images in the place of one
};
inline constexpr std::size_t step_count = 10;

struct Step {
  StepId id;
  std::string_view name;  ///< in the header
  Stage stage;            ///< what it makes; the last step makes it of many images
};

/// All of them, in the lecture's order. In links and in the tour they are called as in `shared_steps`.
inline constexpr std::array<Step, step_count> steps = {{
    {StepId::pixels, "Pixels", Stage::raw},
    {StepId::threshold, "Threshold", Stage::mask},
    {StepId::filter, "Filter", Stage::filtered},
    {StepId::label, "Label", Stage::components},
    {StepId::refine, "Refine", Stage::refined},
    {StepId::distance, "Distance", Stage::distance},
    {StepId::seeds, "Seeds", Stage::seeds},
    {StepId::watershed, "Watershed", Stage::labels},
    {StepId::measure, "Measure", Stage::measurements},
    {StepId::image_set, "Many images", Stage::measurements},
}};

/// One of them.
[[nodiscard]] constexpr const Step& step(StepId id) { return steps[static_cast<std::size_t>(id)]; }
/// The first step that makes this stage.
[[nodiscard]] constexpr const Step& step_of(Stage stage) { return *std::ranges::find(steps, stage, &Step::stage); }

}  // namespace floodlight::ui

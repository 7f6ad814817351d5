// The steps of the lesson: which there are, what they are called, and what each makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
  many  ///< shows the set of images in the place of one
};
inline constexpr std::size_t step_count = 10;

struct Step {
  StepId id;
  std::string_view name;  ///< in the header
  Stage stage;            ///< what it makes; the last step makes it of many images
};

/// All of them, in the lecture's order.
[[nodiscard]] std::span<const Step> steps();
/// One of them.
[[nodiscard]] const Step& step(StepId id);
/// The step that makes this stage.
[[nodiscard]] const Step& step_of(Stage stage);

}  // namespace floodlight::ui

// The stages of the pipeline, in the order in which data flows through them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace floodlight {

enum class Stage : std::uint8_t { raw, filtered, mask, components, refined, distance, seeds, labels, measurements };
inline constexpr std::size_t stage_count = 9;
inline constexpr std::array<Stage, stage_count> stages = {Stage::raw,        Stage::filtered, Stage::mask,
                                                          Stage::components, Stage::refined,  Stage::distance,
                                                          Stage::seeds,      Stage::labels,   Stage::measurements};

/// What the stages are called in JavaScript, in the names of saved files and in the tour.
inline constexpr std::array<std::string_view, stage_count> stage_names = {
    "raw", "filtered", "mask", "components", "refined", "distance", "seeds", "labels", "measurements"};
[[nodiscard]] constexpr std::string_view stage_name(Stage stage) {
  return stage_names[static_cast<std::size_t>(stage)];
}

}  // namespace floodlight

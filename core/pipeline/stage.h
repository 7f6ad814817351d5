// The stages of the pipeline, in the order in which data flows through them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace floodlight {

enum class Stage : std::uint8_t { raw, filtered, mask, components, refined, distance, seeds, labels, measurements };
inline constexpr std::size_t stage_count = 9;
inline constexpr std::array<Stage, stage_count> stages = {Stage::raw,        Stage::filtered, Stage::mask,
                                                          Stage::components, Stage::refined,  Stage::distance,
                                                          Stage::seeds,      Stage::labels,   Stage::measurements};

}  // namespace floodlight

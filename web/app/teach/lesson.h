// The exercises of a step: one line each, one of them open, and what was solved so far.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "web/app/state/app.h"

namespace floodlight::ui {

/// The exercises of a step, in their order.
std::span<const std::string_view> exercises_of_step(StepId id);
/// Draws these exercises, if there are any.
void exercises_panel(App& app, std::span<const std::string_view> ids);
/// Draws the step's pitfalls, folded; each can be tried.
void watch_out_panel(App& app, StepId step);

/// Opens an exercise of the step at hand by its place among them.
void open_exercise(App& app, std::size_t place);
/// What to watch out for, with its step.
std::vector<std::pair<StepId, std::string_view>> pitfall_texts();

/// Forgets which exercises are solved, which is kept on this machine.
void forget_progress();

}  // namespace floodlight::ui

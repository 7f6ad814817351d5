// Which pictures a step compares, and what layers are called.
#pragma once

#include <optional>
#include <string_view>

#include "web/app/gpu/gpu.h"
#include "web/app/state/step.h"

namespace floodlight::ui {

class App;

/// The two pictures that a step compares; equal when it has only one.
struct LayerPair {
  Layer before;
  Layer after;
};
/// The pair of a step, as its switches and the tour's stop have it.
[[nodiscard]] LayerPair layers_of(const App& app, StepId id);
/// What a layer is called on screen.
[[nodiscard]] std::string_view layer_name(Layer layer);
/// What its value at one pixel is called.
[[nodiscard]] std::string_view value_name(Layer layer);
/// The layer that is called so in the tour.
[[nodiscard]] std::optional<Layer> layer_called(std::string_view name);

}  // namespace floodlight::ui

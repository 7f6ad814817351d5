// How a training goes: the loss of every step, and that of unseen images.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace floodlight::ui {

/// A loss after so many steps.
struct LossAtStep {
  int step = 0;
  double loss = 0;
};

struct TrainingCurves {
  std::span<const double> training;    ///< the loss of the first step, the second ...
  std::span<const LossAtStep> unseen;  ///< of other images, now and then
  int steps = 1;                       ///< of the whole training: where the axis ends
  std::optional<int> at_hand = {};     ///< the step that is marked
};

/// Draws the curves over the current width, with their axes and a legend: the training's a line, the unseen images' a line with
/// rings.
void training_plot(const TrainingCurves& curves, float height);

}  // namespace floodlight::ui

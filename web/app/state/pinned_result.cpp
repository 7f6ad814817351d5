// An earlier result whose outline stays on screen, and what has changed since.
#include <algorithm>
#include <string>

#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"

namespace floodlight::ui {
namespace {

/// The layer of a step whose result can be pinned.
Layer pinnable(const App& app) {
  switch (app.step) {
    case StepId::threshold:
      return app.threshold.on_raw ? Layer::raw_mask : Layer::mask;
    case StepId::pixels:
    case StepId::filter:
    case StepId::features:
    case StepId::forest:
    case StepId::network:
    case StepId::training:
      return Layer::mask;
    case StepId::label:
      return Layer::components;
    case StepId::refine:
      return Layer::refined;
    default:
      return Layer::labels;
  }
}

/// A layer's objects as labels; of a mask all the same number.
LabelImage labels_of(const StageValues& v, Layer layer) {
  const auto of_mask = [](MaskView mask) {
    LabelImage labels(mask.rows(), mask.cols());
    std::ranges::copy(mask.pixels(), labels.pixels().begin());
    return labels;
  };
  switch (layer) {
    case Layer::raw_mask:
      return of_mask(v.raw_thresholded.mask);
    case Layer::mask:
      return of_mask(v.thresholded.mask);
    case Layer::refined:
      return of_mask(v.refined);
    case Layer::components:
      return v.components.labels;
    default:
      return v.labels;
  }
}

Mask foreground_of(LabelView labels) {
  Mask mask(labels.rows(), labels.cols());
  std::ranges::transform(labels.pixels(), mask.pixels().begin(),
                         [](Label l) { return static_cast<std::uint8_t>(l != 0 ? 1 : 0); });
  return mask;
}

}  // namespace

void App::pin_result() {
  const Layer layer = pinnable(*this);
  if (!has(layer)) return;
  pinned_result = PinnedResult{labels_of(values(), layer), layer, std::string(layer_name(layer))};
  if (pinned_result->labels.empty()) pinned_result.reset();
  ++pinned_version_;
  change_of_ = 0;
  platform::request_frame();
}

std::optional<MaskChange> App::change_since_pin() {
  if (!pinned_result || !has(pinned_result->layer)) return std::nullopt;
  const std::uint32_t version = pipeline.version(stage_of(pinned_result->layer));
  const LabelImage now = change_of_ == version ? LabelImage() : labels_of(values(), pinned_result->layer);
  if (change_of_ != version && now.rows() == pinned_result->labels.rows() &&
      now.cols() == pinned_result->labels.cols()) {
    change_ = mask_change(foreground_of(pinned_result->labels), foreground_of(now));
    change_of_ = version;
  }
  return change_;
}

}  // namespace floodlight::ui

// A look beside the recipe: its image is made in slices, as long as it is looked at.
#include <tuple>

#include "core/explain/requantise.h"
#include "core/segment/convolve.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

void App::set_experiment(ExperimentKind kind) {
  if (kind == experiment.kind) return;
  experiment.kind = kind;
  experiment_changed();
}

void App::experiment_changed() {
  experiment.due = true;
  platform::request_frame();
}

void App::update_experiment(std::chrono::microseconds time) {
  const std::uint32_t raw_version = pipeline.version(Stage::raw);
  if (experiment.due || raw_version != experiment_of_ || experiment.kind != ExperimentKind::kernel)
    experiment_work_.reset();
  if (experiment.kind == ExperimentKind::none) {
    experiment.image = {};
    return;
  }
  if (experiment_work_) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      if (experiment_work_->advance()) continue;
      experiment.image = experiment_work_->take();
      experiment_work_.reset();
      std::tie(display.experiment_low, display.experiment_high) = window_of(experiment.image);
      ++experiment_version_;
      return;
    }
    return;
  }
  if (!pipeline.current(Stage::raw) || (!experiment.due && raw_version == experiment_of_)) return;
  experiment.due = false;
  experiment_of_ = raw_version;
  const auto& raw = values().raw;
  if (experiment.kind == ExperimentKind::fewer_bits) {
    const double maximum = image.type_maximum > 0 ? image.type_maximum : image.maximum;
    experiment.image = requantise(raw, experiment.bits, maximum);
    experiment.values = count_distinct(experiment.image);
    experiment.values_before = count_distinct(raw);
    display.experiment_low = display.window_low;
    display.experiment_high = display.window_high;
    ++experiment_version_;
  } else {
    experiment_work_.emplace(convolve_in_slices(raw, experiment.kernel));
    platform::request_frame();
  }
}

}  // namespace floodlight::ui

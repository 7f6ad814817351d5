// The panels of the steps: one entry each, drawn by a file of its own.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/app/state/app.h"

namespace floodlight::ui {

struct StepPanel {
  StepId id;
  std::string_view text;  ///< two or three sentences: what this step does, and why
  void (*controls)(App& app);
  /// Why the probed pixel has its value; one or more lines.
  std::string (*why)(const App& app, Pixel pixel);
  /// Draws what belongs to it and is no sentence.
  void (*explain)(App& app, Pixel pixel) = nullptr;
  /// Draws what is too long to stand before the exercises.
  void (*below)(App& app) = nullptr;
  /// On stage, where no controls are, draws what the step is about beside the picture; the tour shows it.
  void (*on_stage)(App& app) = nullptr;
  bool why_first = false;  ///< on stage the explanation of a pinned pixel stands above that
};

/// The panel of a step.
[[nodiscard]] const StepPanel& panel_of(StepId id);

// Each in steps/<name>.cpp.
void pixels_controls(App& app);
void threshold_controls(App& app);
void threshold_on_stage(App& app);
void filter_controls(App& app);
void explain_threshold(App& app, Pixel pixel);
void explain_filter(App& app, Pixel pixel);
void label_controls(App& app);
void refine_controls(App& app);
void distance_controls(App& app);
void seeds_controls(App& app);
void watershed_controls(App& app);
void explain_watershed(App& app, Pixel pixel);
void measure_controls(App& app);
void measure_table(App& app);
void image_set_controls(App& app);
void features_controls(App& app);
void explain_features(App& app, Pixel pixel);
void forest_controls(App& app);
void explain_forest(App& app, Pixel pixel);
void network_controls(App& app);
void network_on_stage(App& app);
void explain_network(App& app, Pixel pixel);
void training_controls(App& app);
void training_on_stage(App& app);
void explain_training(App& app, Pixel pixel);
std::string why_pixels(const App& app, Pixel pixel);
std::string why_threshold(const App& app, Pixel pixel);
std::string why_filter(const App& app, Pixel pixel);
std::string why_label(const App& app, Pixel pixel);
std::string why_refine(const App& app, Pixel pixel);
std::string why_distance(const App& app, Pixel pixel);
std::string why_seeds(const App& app, Pixel pixel);
std::string why_watershed(const App& app, Pixel pixel);
std::string why_measure(const App& app, Pixel pixel);
std::string why_features(const App& app, Pixel pixel);
std::string why_forest(const App& app, Pixel pixel);
std::string why_network(const App& app, Pixel pixel);
std::string why_training(const App& app, Pixel pixel);
std::string why_image_set(const App& app, Pixel pixel);

/// Which way leads to the mask, at the head of the steps that differ from way to way.
void way_control(App& app);
/// A network's training: start, stop, one step, back to a kept moment, and how it goes.
void training_run(App& app);
/// How the next network is trained.
void training_knobs(App& app);
/// A recipe parameter's widget; edits the app's recipe.
void recipe_widget(App& app, std::string_view key);
/// Those of all parameters that the stage is the first to be changed by and that matter, in the order of their table, but
/// for those that a step draws where it wants them.
void recipe_widgets(App& app, Stage stage, std::initializer_list<std::string_view> but = {});

}  // namespace floodlight::ui

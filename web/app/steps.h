// The steps of the lesson: one entry each, drawn by a file of its own.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/app/app.h"

namespace floodlight::ui {

struct Step {
  StepId id;
  std::string_view name;  ///< in the header
  Stage stage;            ///< what it makes; the last step makes it of many images
  std::string_view text;  ///< two or three sentences: what this step does, and why
  void (*controls)(App& app);
  /// Why the probed pixel has its value; one or more lines.
  std::string (*why)(const App& app, Pixel pixel);
  /// Draws what belongs to it and is no sentence.
  void (*explain)(App& app, Pixel pixel) = nullptr;
  /// Draws what is too long to stand before the exercises.
  void (*below)(App& app) = nullptr;
};

/// All of them, in the lecture's order.
std::span<const Step> steps();
[[nodiscard]] const Step& step(StepId id);
/// The step that makes this stage.
[[nodiscard]] const Step& step_of(Stage stage);

/// The two pictures that a step compares; equal when it has only one.
struct LayerPair {
  Layer before;
  Layer after;
};
[[nodiscard]] LayerPair layers_of(const App& app, StepId id);
[[nodiscard]] std::string_view layer_name(Layer layer);

// Each in steps/<name>.cpp.
void pixels_controls(App& app);
void threshold_controls(App& app);
void filter_controls(App& app);
void explain_filter(App& app, Pixel pixel);
/// Of what the filter step shows: how far its footprint reaches from its middle; 0 without a footprint.
[[nodiscard]] int footprint_radius(const App& app);
void label_controls(App& app);
void refine_controls(App& app);
/// The repair that is explained at a pixel: the one that changed it, else the first with a footprint; by its place.
[[nodiscard]] std::optional<std::size_t> explained_repair(const App& app, Pixel pixel);
void distance_controls(App& app);
/// Finds the two summits near the pixel that is explained.
void update_summits(App& app);
void seeds_controls(App& app);
void watershed_controls(App& app);
void explain_watershed(App& app, Pixel pixel);
void measure_controls(App& app);
void measure_table(App& app);
void many_controls(App& app);
std::string why_pixels(const App& app, Pixel pixel);
std::string why_threshold(const App& app, Pixel pixel);
std::string why_filter(const App& app, Pixel pixel);
std::string why_label(const App& app, Pixel pixel);
std::string why_refine(const App& app, Pixel pixel);
std::string why_distance(const App& app, Pixel pixel);
std::string why_seeds(const App& app, Pixel pixel);
std::string why_watershed(const App& app, Pixel pixel);
std::string why_measure(const App& app, Pixel pixel);
std::string why_many(const App& app, Pixel pixel);

/// A recipe parameter's widget; edits the app's recipe.
void recipe_widget(App& app, std::string_view key);

}  // namespace floodlight::ui

// Step 1: the image as numbers, what the file says of them, and how they are shown.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "core/samples/samples.h"
#include "core/simulate/camera.h"
#include "core/simulate/simulation_parameters.h"
#include "web/app/picture/image_view.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void page_and_channel(App& app) {
  const auto& pages = app.image.pages;
  Recipe recipe = app.recipe();
  bool changed = false;
  if (pages.size() > 1) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      std::string name = std::to_string(i);
      if (!pages[i].title.empty()) name += ": " + pages[i].title;
      names.push_back(std::move(name));
    }
    changed = combo("Page", names, recipe.page, recipe_parameter("input.page").help) || changed;
  }
  const auto page = static_cast<std::size_t>(recipe.page);
  if (page < pages.size() && pages[page].channels > 1) {
    const auto& p = recipe_parameter("input.channel");
    const auto count = std::min<std::size_t>(p.choices.size(), static_cast<std::size_t>(pages[page].channels) + 1);
    std::vector<std::string> names;
    for (const auto& choice : p.choices.first(count)) names.emplace_back(choice.label);
    int chosen = static_cast<int>(recipe.channel);
    if (combo("Channel", names, chosen, p.help)) {
      recipe.channel = static_cast<Channel>(chosen);
      changed = true;
    }
  }
  if (changed) {
    app.edit_recipe(recipe);
    app.reread_file();
  }
}

void facts(App& app) {
  const ImageSource& image = app.image;
  const auto& raw = app.values().raw;
  fact("Shape (rows, columns)",
       app.covers(Covers::shape) ? "? x ?" : std::to_string(raw.rows()) + " x " + std::to_string(raw.cols()));
  fact("Type", std::string(pixel_type_name(image.type)));
  fact("Smallest, largest value", number(image.minimum) + ", " + number(image.maximum));
  if (image.pixel_size_um && image.pixel_height_um) {
    fact("Pixel width, height", number(*image.pixel_size_um) + ", " + with_unit(*image.pixel_height_um, "\xC2\xB5m"));
  } else {
    fact("Pixel size", image.pixel_size_um ? with_unit(*image.pixel_size_um, "\xC2\xB5m") : "not in the file");
  }
  if (image.type_maximum > 0)
    fact("Saturated (" + number(image.type_maximum) + ")", number(static_cast<double>(image.saturated)) + " px");
  if (image.camera_bits > 0) {
    note("The values end at " + number(image.maximum) + ", the most of a " + std::to_string(image.camera_bits) +
         "-bit camera, in a file that could hold 65535.");
  }
  if (image.saturated > 0)
    toggle("Mark saturated pixels", app.display.mark_saturated, "Draws them in the error colour.");
  if (image.nonfinite > 0) fact("NaN or infinite", number(static_cast<double>(image.nonfinite)) + " px");
  if (image.rounded)
    note(
        "This file holds values that float32 cannot hold exactly (above 16777216, or with more digits); they were "
        "rounded to the nearest, as astype(\"float32\") does.");
}

/// How the picture is shown; it opens by itself where there is nothing else to turn.
void display_controls(App& app) {
  note("These change the picture, never the numbers.");
  const std::vector<std::string> maps = {"Grey", "Inverted grey", "Viridis", "Magma", "Inferno"};
  int map = static_cast<int>(app.display.map);
  if (combo("Colour map", maps, map, "The colour that each value is drawn with."))
    app.display.map = static_cast<ColourMap>(map);
  const double low = app.image.minimum;
  const double high = std::max(app.image.maximum, low + 1e-6);
  NumberOptions options{.minimum = low, .maximum = high, .step = (high - low) / 1000};
  if (high - low >= 100) options.step = 1;
  options.help = "Values up to here are drawn in the map's first colour.";
  double first = static_cast<double>(app.display.window_low);
  if (slider("Window from", first, options)) app.display.window_low = static_cast<float>(first);
  options.help = "Values from here on are drawn in the map's last colour.";
  double last = static_cast<double>(app.display.window_high);
  if (slider("Window to", last, options)) app.display.window_high = static_cast<float>(last);
  app.display.window_high = std::max(app.display.window_high, app.display.window_low);
  if (button("Fit the window",
             {.help = "From the darkest to the brightest pixels of this image, but for one in a thousand "
                      "at either end."}))
    std::tie(app.display.window_low, app.display.window_high) = window_of(app.values().raw);
  toggle("Two windows side by side", app.pixels.two_windows,
         "The same image twice; the right one ends its window at a quarter. The numbers stay.");
}

bool knob(App& app, const SimulationParameter& p) {
  return p.matters(app.simulated->parameters) && parameter(p, app.simulated->parameters);
}

/// What is lost when values share a level.
void bit_depth(App& app) {
  Experiment& e = app.experiment;
  double bits = e.bits;
  note("An experiment: it changes what is drawn here, not the image that the later steps use.");
  bool on = e.kind == ExperimentKind::fewer_bits;
  if (toggle("Show with fewer bits", on, "Values that share one of 2^bits levels become the same."))
    app.set_experiment(on ? ExperimentKind::fewer_bits : ExperimentKind::none);
  if (slider("Bits", bits,
             {.minimum = 1,
              .maximum = 16,
              .step = 1,
              .unit = "bits",
              .help = "There are 2^bits levels.",
              .whole = true})) {
    e.bits = static_cast<int>(bits);
    app.experiment_changed();
  }
  fact("Levels", number(std::pow(2, e.bits)));
  if (on && !e.image.empty()) {
    fact("Different values in raw_image", number(static_cast<double>(e.values_before)));
    fact("Different values left", number(static_cast<double>(e.values)));
  }
}

/// Photons, electrons, digital values: the camera that made these numbers, and its knobs.
void simulator_controls(App& app) {
  SimulationState& s = *app.simulated;
  note("This image is simulated: a microscope and a camera, each knob a part of them.");
  constexpr std::size_t few = 4;
  const auto main_keys = main_simulation_keys().first(few);
  bool changed = false;
  if (button("Take it again", {.help = "The same nuclei in another exposure: only the noise is new."})) {
    ++s.seeds.exposure;
    changed = true;
  }
  ImGui::SameLine(0, px(8));
  if (button("New specimen", {.help = "Other nuclei of the same kind, with the same settings."})) {
    ++s.seeds.specimen;
    changed = true;
  }
  const bool touched = !(s.parameters == s.at_first) || !(s.seeds == s.first_seeds);
  ImGui::SameLine(0, px(8));
  if (button("Reset", {.help = "All knobs as they were.", .disabled = !touched})) {
    s.parameters = s.at_first;
    s.seeds = s.first_seeds;
    changed = true;
  }
  for (const std::string_view key : main_keys) changed = knob(app, *find_simulation_parameter(key)) || changed;
  if (fold("All knobs", app.pixels.more_knobs)) {
    std::string_view group;
    for (const SimulationParameter& p : simulation_parameters()) {
      if (std::ranges::find(main_keys, p.key) != main_keys.end()) continue;
      if (simulation_group(p) != group) {
        group = simulation_group(p);
        gap(8);
        heading(simulation_group_title(group), 3);
      }
      changed = knob(app, p) || changed;
    }
  }
  if (changed) app.simulation_changed();
}

/// What became of the photons at a pixel, up to its value.
std::string explanation_of(const SimulationState& s, Pixel p, float value) {
  const SimulationParameters& q = s.parameters;
  const auto photons = static_cast<double>(s.photons[p]);
  const double expected = expected_value(q, photons);
  std::string text = " " + number(photons) + " photons fell on it. At " + number(q.quantum_efficiency_percent) +
                     " % efficiency and " + number(q.gain_e_per_dn) + " electrons a count, above an offset of " +
                     number(q.offset_dn) + ", they would give " + number(std::round(expected)) + " on average";
  if (q.subtract_offset || q.flat_field || q.subtract_background || q.stored_as == StoredAs::u8)
    return text + "; then came the corrections and the file's type.";
  return text + "; the rest, " + number(std::round(static_cast<double>(value) - expected)) +
         ", is noise. A value is not a photon count.";
}

}  // namespace

void pixels_controls(App& app) {
  if (!app.has(Stage::raw)) return;
  if (app.image.sample && !samples()[*app.image.sample].look_for.empty()) {
    paragraph(samples()[*app.image.sample].look_for);
    gap(8);
  }
  page_and_channel(app);
  if (app.simulated) {
    heading("Where do these numbers come from?", 3);
    simulator_controls(app);
    gap(8);
  }
  if (fold("About this image", app.pixels.facts_open)) facts(app);
  if (app.image.nonfinite > 0) recipe_widget(app, "input.nonfinite_as_zero");
  if (fold("Display", app.pixels.display_open)) display_controls(app);
  if (fold("Fewer bits", app.pixels.bits_open)) bit_depth(app);
}

std::string why_pixels(const App& app, Pixel p) {
  return "Row " + std::to_string(p.row) + ", column " + std::to_string(p.col) + " holds " +
         layer_value(app, Layer::raw, p) + "." +
         (app.covers(Covers::raw_value, p) ? std::string()
          : app.simulated                  ? explanation_of(*app.simulated, p, app.values().raw[p])
                                           : " Counting starts at 0, at the top left; rows come first.");
}

}  // namespace floodlight::ui

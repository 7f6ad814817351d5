// Step 1: the image as numbers, what the file says of them, and how they are shown.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/samples.h"
#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

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

void facts(const App& app) {
  const ImageSource& image = app.image;
  if (image.sample && !samples()[*image.sample].look_for.empty()) {
    paragraph(std::string(samples()[*image.sample].look_for));
    gap(8);
  }
  const auto& raw = app.values().raw;
  fact("Shape (rows, columns)", std::to_string(raw.rows()) + " x " + std::to_string(raw.cols()));
  fact("Type", std::string(pixel_type_name(image.type)));
  fact("Smallest, largest value", number(image.minimum) + ", " + number(image.maximum));
  fact("Pixel size", image.pixel_size_um ? with_unit(*image.pixel_size_um, "\xC2\xB5m") : "not in the file");
  if (image.type_maximum > 0)
    fact("Saturated (" + number(image.type_maximum) + ")", number(static_cast<double>(image.saturated)) + " px");
  if (image.nonfinite > 0) fact("NaN or infinite", number(static_cast<double>(image.nonfinite)) + " px");
  if (image.rounded)
    note(
        "This file holds values that float32 cannot hold exactly (above 16777216, or with more digits); they were "
        "rounded to the nearest, as astype(\"float32\") does.");
}

}  // namespace

void pixels_controls(App& app) {
  if (!app.has(Stage::raw)) return;
  page_and_channel(app);
  facts(app);
  if (app.image.nonfinite > 0) recipe_widget(app, "input.nonfinite_as_zero");
  gap(12);
  heading("Display", 3);
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
  if (app.image.saturated > 0)
    toggle("Mark saturated pixels", app.display.mark_saturated, "Draws them in the error colour.");
}

std::string why_pixels(const App& app, Pixel p) {
  return "Row " + std::to_string(p.row) + ", column " + std::to_string(p.col) + " holds " +
         layer_value(app, Layer::raw, p) + ". Counting starts at 0, at the top left; rows come first.";
}

}  // namespace floodlight::ui

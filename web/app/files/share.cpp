#include "web/app/files/share.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/json.h"
#include "core/samples/samples.h"
#include "web/app/picture/landscape.h"
#include "web/app/platform/platform.h"
#include "web/app/state/switches.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

static_assert(shared_steps.size() == all_step_count &&
              shared_steps[static_cast<std::size_t>(StepId::image_set)] == "many");

constexpr bool stands_at(ColourMap map, std::string_view name) {
  return shared_maps[static_cast<std::size_t>(map)] == name;
}
static_assert(shared_maps.size() == colour_map_count && stands_at(ColourMap::grey, "grey") &&
              stands_at(ColourMap::inverted, "inverted") && stands_at(ColourMap::viridis, "viridis") &&
              stands_at(ColourMap::magma, "magma") && stands_at(ColourMap::inferno, "inferno"));

constexpr std::string_view as_opened = "v=1&image=nuclei_01";

/// Of a sample, the knobs as they stand, where one was turned.
std::optional<SampleSimulation> turned_knobs(const App& app) {
  if (!app.simulated) return std::nullopt;
  const SimulationState& s = *app.simulated;
  if (s.parameters == s.at_first && s.seeds == s.first_seeds) return std::nullopt;
  return SampleSimulation{s.parameters, s.seeds};
}

bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void restore_player(Player& player, const std::optional<double>& position) {
  player.open = position.has_value();
  player.playing = false;
  player.position = position.value_or(0);
}

void restore_view(App& app, const SharedState& state) {
  const SharedView& v = state.view;
  app.choose_comparison(static_cast<Comparison>(v.comparison));
  // Where no pixel is explained beside another, nobody has chosen how it is.
  if (!explains_beside(static_cast<StepId>(state.step)) || !state.pixel) app.filter.beside = true;
  app.display.map = static_cast<ColourMap>(v.map);
  const auto [low, high] = v.window.value_or(app.own_window);
  app.display.window_low = static_cast<float>(low);
  app.display.window_high = static_cast<float>(high);
  for (std::size_t i = 0; i < switches().size(); ++i) {
    const Switch& part = switches()[i];
    part.in(app) = v.parts[i] == part.named;
  }
  restore_player(app.label.growth, v.growth);
  restore_player(app.watershed.flood, v.flood);
  app.watershed.landscape.on = v.landscape.has_value();
  if (v.landscape) {
    const auto [turn, tilt] = *v.landscape;
    app.watershed.landscape.turn = app.watershed.landscape.tilt = 0;
    turn_landscape(app, static_cast<float>(turn), static_cast<float>(tilt));
  }
  app.filter.scan = {};
  app.view.split = static_cast<float>(v.split);
  app.view.approach = 1;
  app.view.fitted = !v.zoom;
  app.view.close = 0;
  if (v.zoom) {
    app.view.zoom = app.view.target_zoom = static_cast<float>(*v.zoom);
    app.view.centre = {static_cast<float>(v.centre_col), static_cast<float>(v.centre_row)};
  }
}

/// Takes another page or channel only where the file at hand has it.
void fit_input(const App& app, Recipe& recipe) {
  const auto& pages = app.image.pages;
  const auto page = static_cast<std::size_t>(recipe.page);
  if (page < pages.size() && static_cast<int>(recipe.channel) <= pages[page].channels) return;
  recipe.page = app.recipe().page;
  recipe.channel = app.recipe().channel;
}

bool reads_otherwise(const App& app, const Recipe& recipe) {
  return recipe.page != app.recipe().page || recipe.channel != app.recipe().channel;
}

/// What was learnt here stays, where the recipe brings nothing in its place.
void keep_learnt(const App& app, Recipe& recipe) {
  if (recipe.classifier == nullptr) recipe.classifier = app.recipe().classifier;
  if (recipe.network == nullptr) recipe.network = app.recipe().network;
}

/// All but the image, which is there.
void apply(App& app, const SharedState& state) {
  Recipe recipe = state.recipe;
  if (!state.own_pixel_size) take_pixel_size(recipe, app.recipe());
  fit_input(app, recipe);
  const bool other_pixels = reads_otherwise(app, recipe);
  keep_learnt(app, recipe);
  app.pipeline.set_recipe(recipe);
  if (other_pixels) app.reread_file();
  app.history.clear();
  app.seeds.editor = {.on = recipe.seeds == SeedMethod::by_hand};
  app.tour.on = false;
  app.go_to(static_cast<StepId>(state.step));
  app.layers_of_stop.reset();
  restore_view(app, state);
  app.view.pinned = state.pixel;
  platform::request_frame(2);
}

/// How large the image is, only its raw stage tells, which the first slices of work make.
void check_pixel(App& app) {
  while (!app.has(Stage::raw) && app.pipeline.advance()) {
  }
  const auto& pinned = app.view.pinned;
  if (!pinned || !app.has(Stage::raw) || app.values().raw.contains(*pinned)) return;
  app.message = "The pixel " + in_brackets(*pinned) + " lies outside of this image; everything else is as it was sent.";
  app.view.pinned.reset();
}

void open_state(App& app, const SharedState& state) {
  app.awaited.reset();
  app.message.clear();
  if (!state.sample.empty()) {
    app.open_sample(sample_place(state.sample), state.simulation);
    if (!app.message.empty()) return;
  } else if (app.image.digest != state.digest) {
    if (!app.pipeline.has_image()) app.open_sample(0);
    app.awaited = state;
    platform::request_frame();
    return;
  }
  apply(app, state);
  check_pixel(app);
}

/// A recipe for the image at hand, whose pixel size the image itself knows best.
void open_recipe(App& app, Recipe recipe) {
  if (app.image.pixel_size_um) {
    recipe.pixel_size_um = *app.image.pixel_size_um;
    recipe.pixel_height_um = app.image.pixel_height_um.value_or(no_value);
  }
  fit_input(app, recipe);
  keep_learnt(app, recipe);
  const bool other_pixels = reads_otherwise(app, recipe);
  app.message.clear();
  app.edit_recipe(recipe);
  if (other_pixels) app.reread_file();
  app.seeds.editor = {.on = recipe.seeds == SeedMethod::by_hand};
}

}  // namespace

SharedState shared_state(const App& app) {
  SharedState state;
  if (app.image.sample) {
    state.sample = samples()[*app.image.sample].id;
  } else {
    state.file = app.image.name;
    state.digest = app.image.digest;
  }
  state.step = static_cast<std::size_t>(app.step);
  state.recipe = app.recipe();
  // What has learnt nothing yet is nothing to send.
  if (const MaskLearnt* learnt = state.recipe.mask_from->learnt; learnt != nullptr && !learnt->there(state.recipe)) {
    state.recipe.mask_from = &mask_sources::classic;
    state.step = static_cast<std::size_t>(lesson(mask_sources::classic)[step(app.step).place]);
  }
  state.own_pixel_size = !same_number(state.recipe.pixel_size_um, app.image.pixel_size_um.value_or(no_value)) ||
                         !same_number(state.recipe.pixel_height_um, app.image.pixel_height_um.value_or(no_value));
  state.simulation = turned_knobs(app);
  state.pixel = app.view.pinned;
  SharedView& v = state.view;
  if (!app.view.fitted) {
    v.zoom = static_cast<double>(app.view.target_zoom);
    v.centre_row = static_cast<double>(app.view.centre.y);
    v.centre_col = static_cast<double>(app.view.centre.x);
  }
  v.comparison = static_cast<std::size_t>(app.shown_comparison());
  v.split = static_cast<double>(app.view.split);
  v.map = static_cast<std::size_t>(app.display.map);
  const std::pair<float, float> window(app.display.window_low, app.display.window_high);
  // Another picture of the specimen would open with a window of its own.
  if (window != app.own_window || state.simulation) v.window = window;
  for (std::size_t i = 0; i < switches().size(); ++i) {
    v.parts[i] = switches()[i].is_on(app) == switches()[i].named;
  }
  if (app.label.growth.open) v.growth = std::floor(app.label.growth.position);
  if (app.watershed.flood.open) v.flood = std::floor(app.watershed.flood.position);
  if (app.watershed.landscape.on)
    v.landscape = std::pair(std::remainder(static_cast<double>(app.watershed.landscape.wanted_turn), 360.0),
                            static_cast<double>(app.watershed.landscape.wanted_tilt));
  return state;
}

std::string fragment_of(const App& app) {
  if (!app.everything_loaded || !app.pipeline.has_image()) return {};
  // Until the file is there, the link stays what it is: it may be wanted again.
  const std::string fragment = shared_state_fragment(app.awaited ? *app.awaited : shared_state(app));
  return fragment == as_opened ? std::string() : fragment;
}

std::string link_to(const App& app) { return platform::address() + "#" + shared_state_fragment(shared_state(app)); }

void open_link(App& app, std::string_view fragment) {
  const auto state = shared_state_from_fragment(fragment);
  if (state) {
    open_state(app, *state);
  } else {
    if (!app.pipeline.has_image()) app.open_sample(0);
    app.message = "This link cannot be opened. " + state.error().message;
  }
  platform::request_frame(2);
}

bool looks_like_json(std::string_view name, const std::vector<std::uint8_t>& bytes) {
  if (name.ends_with(".json") || name.ends_with(".JSON")) return true;
  const auto first = std::ranges::find_if(bytes, [](std::uint8_t b) { return b > ' '; });
  return first != bytes.end() && *first == '{';
}

bool open_json(App& app, const std::string& name, std::string_view text) {
  const auto refused = [&](const Error& error) {
    app.message = name + ": " + error.message;
    return false;
  };
  const auto json = parse_json(text);
  if (!json) return refused(json.error());
  if (is_shared_state(*json)) {
    const auto state = shared_state_from_json(*json);
    if (!state) return refused(state.error());
    open_state(app, *state);
    return true;
  }
  const auto recipe = recipe_from_json(*json);
  if (!recipe) return refused(recipe.error());
  open_recipe(app, *recipe);
  return true;
}

void answer_link(App& app) {
  const SharedState& awaited = *app.awaited;
  const bool same_bytes = app.image.digest == awaited.digest;
  // Another file opens as any file does, and the question stays.
  if (!same_bytes && app.image.name != awaited.file) return;
  const SharedState state = *std::exchange(app.awaited, std::nullopt);
  apply(app, state);
  check_pixel(app);
  if (!same_bytes)
    app.message = app.image.name +
                  " is not quite the sender's file: it has the same name, but other contents. Step, "
                  "recipe and view are as they were sent; the numbers may differ.";
}

std::string link_question(const SharedState& awaited) {
  return "This link is about " + awaited.file +
         ", a file that stays on its sender's machine. Open your copy of it here, and step, recipe and view follow.";
}

void link_answers(App& app) {
  if (button("Open the file...", {.help = "The file that the link names.", .primary = true}))
    platform::open_file_dialog();
  ImGui::SameLine(0, px(8));
  if (button("Use the image at hand", {.help = "Step, recipe and view of the link, for the image that is open."})) {
    const SharedState state = *std::exchange(app.awaited, std::nullopt);
    apply(app, state);
    check_pixel(app);
    return;
  }
  ImGui::SameLine(0, px(8));
  if (button("Forget the link", {.help = "The image on screen stays as it is."})) app.awaited.reset();
}

}  // namespace floodlight::ui

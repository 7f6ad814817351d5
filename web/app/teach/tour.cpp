#include "web/app/teach/tour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/base/json.h"
#include "core/export/shared_state.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/recipe.h"
#include "core/samples/samples.h"
#include "core/samples/shipped_network.h"
#include "web/app/image_set/image_set.h"
#include "web/app/picture/player.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"
#include "web/app/state/switches.h"
#include "web/app/state/training.h"
#include "web/app/teach/wall.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed
constexpr char tour_json[] = {
#embed "../../../assets/tour.json"
};
#pragma clang diagnostic pop

const Json::Array& stops() {
  static const Json tour = parse_json({tour_json, sizeof tour_json}).value_or(Json(Json::Object{}));
  static const Json::Array none;
  const Json* list = tour.find("stops");
  return list != nullptr && list->array() != nullptr ? *list->array() : none;
}

std::string text_of(const Json& stop, std::string_view name) {
  const Json* value = stop.find(name);
  return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

bool has_flag(const Json& stop, std::string_view name) {
  const Json* value = stop.find(name);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

bool shows(const Json& stop, std::string_view part) {
  const Json* list = stop.find("show");
  if (list == nullptr || list->array() == nullptr) return false;
  return std::ranges::any_of(*list->array(),
                             [&](const Json& v) { return v.string() != nullptr && *v.string() == part; });
}

template <std::size_t n>
std::size_t place_in(const std::array<std::string_view, n>& names, std::string_view name, std::size_t otherwise) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? otherwise : static_cast<std::size_t>(found - names.begin());
}

/// The sample's recipe with the members that the stop gives in their place.
Result<Recipe> recipe_of(const Recipe& base, const Json& changes) {
  Json merged = recipe_to_json(base);
  if (changes.object() == nullptr) return fail("The recipe of this stop is no JSON object.");
  for (const auto& [name, value] : *changes.object()) {
    const auto found = std::ranges::find(*merged.object(), name, &Json::Member::first);
    if (found == merged.object()->end()) {
      merged.object()->emplace_back(name, value);
    } else {
      found->second = value;
    }
  }
  return recipe_from_json(merged);
}

void choose_layers(App& app, const Json& stop) {
  app.layers_of_stop.reset();
  const Json* pair = stop.find("layers");
  if (pair == nullptr || pair->array() == nullptr || pair->array()->size() != 2) return;
  const auto layer = [&](std::size_t i) {
    const std::string* name = (*pair->array())[i].string();
    return name != nullptr ? layer_called(*name).value_or(Layer::raw) : Layer::raw;
  };
  app.layers_of_stop = std::pair(layer(0), layer(1));
}

std::optional<Pixel> pixel_of(const Json& stop, std::string_view name) {
  const Json* pixel = stop.find(name);
  if (pixel == nullptr || pixel->array() == nullptr || pixel->array()->size() != 2) return std::nullopt;
  const auto part = [&](std::size_t i) {
    const double* number = (*pixel->array())[i].number();
    return number != nullptr ? static_cast<int>(*number) : 0;
  };
  return Pixel{part(0), part(1)};
}

/// To a part in which the numbers can be read, where the stop asks for it: around its pixel, or the middle.
void come_close(App& app, const Json& stop) {
  const Json* zoom = stop.find("zoom");
  if (zoom == nullptr || zoom->number() == nullptr || *zoom->number() <= 0) return;
  const auto& raw = app.values().raw;
  const Pixel middle =
      pixel_of(stop, "centre").value_or(app.view.pinned.value_or(Pixel{raw.rows() / 2, raw.cols() / 2}));
  app.view.centre = {static_cast<float>(middle.col) + 0.5F, static_cast<float>(middle.row) + 0.5F};
  app.view.fitted = false;
  app.view.close = static_cast<float>(*zoom->number());
}

/// The experiment's 25 fields run, unless there is a set already; beside it the running mean and the thresholds.
void run_the_set(App& app) {
  if (app.image_set.set.fields.empty()) take_samples(app);
  if (const RunProgress progress = run_progress(app.image_set.set);
      progress.done < progress.all && results_are_current(app))
    start_run(app);
  app.image_set.lessons.enough_open = true;
  reveal_fold(&app.image_set.lessons.enough_open);
}

void open_parts(App& app, const Json& stop) {
  app.wall.open = false;
  app.label.growth.open = shows(stop, "growth");
  app.watershed.flood.open = shows(stop, "flood");
  app.label.growth.playing = app.watershed.flood.playing = app.filter.scan.playing = false;
  app.filter.scan.open = false;
  app.watershed.forgets_minus = app.watershed.forgets_mask = false;
  app.watershed.section = {};
  // What the stop is about stands in sight.
  reveal_fold(nullptr);
  for (const Player* player : {&app.label.growth, &app.watershed.flood}) {
    if (player->open) reveal_fold(&player->open);
  }
  for (const Switch& part : switches()) {
    bool& on = part.in(app);
    on = shows(stop, part.name) == part.named;
    if (part.opens_part && on) reveal_fold(&on);
  }
  const Json* time = stop.find("time");
  app.label.growth.position = app.watershed.flood.position =
      time != nullptr && time->number() != nullptr ? *time->number() : 0;
  if (shows(stop, "filters")) open_wall(app, WallKind::filters);
  if (shows(stop, "run")) run_the_set(app);
}

/// The network that comes with the program, with its own seeds: what the stop's sentence is about.
void take_shipped(App& app) {
  Recipe recipe = network_recipe(shipped_network());
  recipe.page = app.recipe().page;
  recipe.channel = app.recipe().channel;
  leave_training(app);  // a network that was asked for before would come after it
  if (recipe != app.recipe()) app.edit_recipe(recipe);
}

void go_to_stop(App& app) {
  const Json& stop = stops()[app.tour.stop];
  const std::size_t sample = sample_place(text_of(stop, "sample"));
  if (sample == samples().size()) return;
  app.open_sample(sample);
  if (const Json* changes = stop.find("recipe")) {
    const auto recipe = recipe_of(samples()[sample].recipe, *changes);
    if (recipe) {
      app.edit_recipe(*recipe);
    } else {
      app.message = recipe.error().message;
    }
  }
  // A stop is about the classic way where its step does not say otherwise.
  const auto to = static_cast<StepId>(place_in(shared_steps, text_of(stop, "step"), 0));
  if (step(to).way == nullptr) app.choose_way(mask_sources::classic);
  app.open_step(to);
  if (shows(stop, "shipped-network")) take_shipped(app);
  if (shows(stop, "sample-paint") && app.truth && app.painting.counts.all() == 0)
    take_paint(app, example_paint(app.truth->labels));
  app.painting.picture = shows(stop, "uncertainty") ? ForestPicture::uncertainty : ForestPicture::probability;
  app.painting.node.reset();
  choose_layers(app, stop);
  app.comparison = static_cast<Comparison>(place_in(shared_comparisons, text_of(stop, "compare"), 3));
  app.view.split = 0.5F;
  app.view.pinned = pixel_of(stop, "pixel");
  app.fit();
  come_close(app, stop);
  open_parts(app, stop);
  app.history.clear();  // "As prepared" is what goes back here
  app.before.reset();   // each stop has a recipe of its own
  if (has_flag(stop, "from_afar") && !platform::prefers_reduced_motion()) app.come_closer();
  platform::request_frame(2);
}

bool is_on_path(const App& app, std::size_t stop) { return !app.tour.short_path || has_flag(stops()[stop], "short"); }

}  // namespace

void start_tour(App& app) {
  if (stops().empty()) return;
  app.tour.on = true;
  if (!is_on_path(app, app.tour.stop)) app.tour.stop = 0;
  go_to_stop(app);
}

void move_tour(App& app, int by) {
  auto next = static_cast<std::ptrdiff_t>(app.tour.stop);
  const auto count = static_cast<std::ptrdiff_t>(stops().size());
  do {
    next += by;
  } while (next >= 0 && next < count && !is_on_path(app, static_cast<std::size_t>(next)));
  if (next < 0 || next >= count) return;
  app.tour.stop = static_cast<std::size_t>(next);
  go_to_stop(app);
}

void leave_tour(App& app) {
  app.tour.on = false;
  app.layers_of_stop.reset();
  platform::request_frame();
}

float tour_band_height(const App& app) { return std::max(app.tour.height, px(56)); }

void tour_band(App& app, ImVec2 min, ImVec2 max) {
  app.tour.bottom = max.y;
  const Json& stop = stops()[app.tour.stop];
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, theme().raised);
  draw->AddRectFilled(min, {min.x + px(5), max.y}, theme().accent);
  const bool roomy = max.x - min.x >= px(860);
  const float controls = roomy ? px(app.presenting ? 214 : 470) : px(150);
  const float width = max.x - min.x - controls - px(40);
  const std::string count = std::to_string(app.tour.stop + 1) + " of " + std::to_string(stops().size());
  const ImVec2 at = min + ImVec2(px(20), px(8));
  float y = at.y;
  {
    const FontScope face(Font::regular, small_text);
    const std::string above = "Tour, stop " + count + ": " + text_of(stop, "title");
    draw->AddText({at.x, y}, theme().muted, above.c_str());
    add_text(Role::text, "tour stop", above, {at.x, y}, {at.x + width, y + px(16)});
    y += px(17);
  }
  {
    const FontScope face(Font::semibold, roomy ? title_text : body_text);
    const std::string sentence = text_of(stop, "sentence");
    const float height = draw_wrapped({at.x, y}, width, sentence, theme().text);
    add_text(Role::text, "tour sentence", sentence, {at.x, y}, {at.x + width, y + height});
    y += height + px(4);
  }
  if (app.tour.notes) {
    const FontScope face(Font::regular, body_text);
    const std::string notes = text_of(stop, "notes");
    const float height = draw_wrapped({at.x, y}, max.x - min.x - px(40), notes, theme().muted);
    add_text(Role::text, "tour notes", notes, {at.x, y}, {max.x - px(20), y + height});
    y += height;
  }
  const float needed = std::round(y - min.y + px(6));
  if (needed != app.tour.height) {
    app.tour.height = needed;
    platform::request_frame();
  }
  const FontScope face(Font::regular, small_text);
  ImGui::SetCursorScreenPos({max.x - controls, min.y + px(12)});
  if (button("Previous##tour", {.help = "The stop before.", .shortcut = "PageUp", .disabled = app.tour.stop == 0}))
    move_tour(app, -1);
  ImGui::SameLine(0, px(6));
  if (button("Next##tour", {.help = "The next stop.",
                            .shortcut = "PageDown",
                            .primary = true,
                            .disabled = app.tour.stop + 1 >= stops().size()}))
    move_tour(app, 1);
  if (!roomy || app.presenting) return;
  ImGui::SameLine(0, px(6));
  if (button("As prepared", {.help = "Back to this stop after playing.", .shortcut = "T"})) go_to_stop(app);
  ImGui::SameLine(0, px(6));
  if (button("Notes", {.help = "What a presenter may say.", .shortcut = "N", .pressed = app.tour.notes}))
    app.tour.notes = !app.tour.notes;
  ImGui::SameLine(0, px(6));
  if (button("45 minutes", {.help = "Only the stops of the short path.", .pressed = app.tour.short_path}))
    app.tour.short_path = !app.tour.short_path;
  ImGui::SameLine(0, px(6));
  if (button("Leave", {.help = "Ends the tour; T returns to this stop.", .quiet = true})) leave_tour(app);
}

}  // namespace floodlight::ui

#include "web/app/teach/wall.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/samples/samples.h"
#include "core/score/score.h"
#include "core/segment/filters.h"
#include "core/segment/row.h"
#include "core/segment/thresholds.h"
#include "web/app/files/picker.h"
#include "web/app/platform/platform.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr const char* name = "Side by side";
constexpr std::string_view noisy_case = "case_20_photons";
/// The place of a candidate's picture: the samples' come before.
std::size_t picture_slot(std::size_t candidate) { return samples().size() + candidate; }

/// Every setting that the rows of a table propose to compare.
template <auto member, typename Row>
void add_tried(std::vector<WallCandidate>& list, std::span<const Row* const> rows, const Recipe& base) {
  for (const Row* row : rows) {
    for (const Setting setting : row->tried) {
      Recipe recipe = base;
      recipe.*member = *row;
      for (const OptionValue& tried : setting) {
        if (tried.option != nullptr) (recipe.*member)[*tried.option] = tried.value;
      }
      list.push_back({.title = row_text(row->tried_title, recipe.*member, FilledFor::words), .recipe = recipe});
    }
  }
}

std::vector<WallCandidate> candidates_of(WallKind kind, const Recipe& base) {
  std::vector<WallCandidate> list;
  if (kind == WallKind::thresholds) {
    add_tried<&Recipe::threshold>(list, all_thresholds(), base);
  } else {
    add_tried<&Recipe::filter>(list, all_filters(), base);
  }
  return list;
}

/// Chooses the row with its options as they were tried; those of other rows stay as they are.
template <typename Row>
void take(Chosen<Row>& chosen, const Chosen<Row>& tried) {
  chosen = *tried.row;
  for (const Option* option : tried->options) chosen[*option] = tried[*option];
}

void start(App& app) {
  Wall& wall = app.wall;
  wall.work.reset();
  wall.image = {};
  wall.truth = {};
  Recipe base = app.recipe();
  if (wall.on_noisy_case) {
    const auto sample = make_sample(noisy_case);
    if (sample) {
      wall.image = sample->pixels;
      wall.truth = sample->truth;
      base = samples()[sample_place(noisy_case)].recipe;
    }
  } else {
    wall.image = app.values().raw;
    if (app.truth) wall.truth = app.truth->labels;
  }
  wall.candidates = candidates_of(wall.kind, base);
}

/// Computes a little of the next candidate; true while one is left.
bool compute_next(App& app) {
  Wall& wall = app.wall;
  const auto next = std::ranges::find(wall.candidates, false, &WallCandidate::done);
  if (next == wall.candidates.end() || wall.image.empty()) return false;
  if (!wall.work) {
    wall.work = std::make_unique<Pipeline>();
    wall.work->set_recipe(next->recipe);
    wall.work->set_image(wall.image);
  }
  if (wall.work->run_for(std::chrono::milliseconds(12))) return true;
  next->done = true;
  const auto work = std::move(wall.work);
  const Pipeline& pipeline = *work;
  if (!pipeline.has(Stage::mask)) {
    next->failure = pipeline.failure() ? pipeline.failure()->error.message : "No answer.";
    return true;
  }
  const bool of_raw = wall.kind == WallKind::thresholds && app.threshold.on_raw && !wall.on_noisy_case;
  const Thresholded& shown = of_raw ? pipeline.values().raw_thresholded : pipeline.values().thresholded;
  if (shown.mask.empty()) {
    next->failure = "No answer for the raw image.";
    return true;
  }
  next->lowest = shown.cutoff.lowest;
  next->highest = shown.cutoff.highest;
  next->above = shown.above;
  next->share = static_cast<double>(shown.above) / static_cast<double>(wall.image.size());
  next->nuclei = pipeline.values().nuclei;
  if (wall.truth && pipeline.has(Stage::labels)) {
    if (const auto scored = score(pipeline.values().labels, *wall.truth)) next->f1 = scored->f1;
  }
  Image<float> mask(shown.mask.rows(), shown.mask.cols());
  std::ranges::copy(shown.mask.pixels(), mask.pixels().begin());
  app.gpu.upload_picture(picture_slot(static_cast<std::size_t>(next - wall.candidates.begin())),
                         small_picture(mask, {0, 1}));
  return true;
}

/// How much lies above the cutoff. A mask that is as good as black is so because few pixels, the camera's hot ones, pulled the
/// cutoff up to their values: then their number says more than a share that is rounded to 0, and the cutoff belongs to it.
std::string above_of(const WallCandidate& c, bool with_cutoff) {
  constexpr double black = 0.001;
  if (c.share >= black) return number(std::round(c.share * 1000) / 10) + " % above";
  return counted(c.above, "pixel") + " above" + (with_cutoff ? " " + from_to(c.lowest, c.highest) : "");
}

std::string detail_of(const WallCandidate& c) {
  if (!c.done) return "...";
  if (!c.failure.empty()) return "no answer";
  std::string text = counted(c.nuclei, "nucleus", "nuclei");
  if (c.f1) text += ", F1 " + two_decimals(*c.f1);
  if (c.nuclei == 0) text += ": " + above_of(c, true);
  return text;
}

/// On stage all of them stand below the tour's sentence.
float picture_side(const App& app) { return px(app.presenting ? 60 : 84); }

bool card(App& app, std::size_t i, ImVec2 size, bool best) {
  const WallCandidate& c = app.wall.candidates[i];
  bool pressed = ImGui::InvisibleButton(c.title.c_str(), size);
  pressed = mirror().take_press(item_id()) || pressed;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  auto* draw = ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) draw->AddRectFilled(rect.Min, rect.Max, theme().raised, px(6));
  const float inner = px(6);
  const ImRect picture(rect.Min + ImVec2(inner, inner),
                       rect.Min + ImVec2(inner + picture_side(app), inner + picture_side(app)));
  draw->AddRectFilled(picture.Min, picture.Max, theme().window, px(4));
  if (c.done && c.failure.empty() && app.gpu.has_picture(picture_slot(i))) {
    const auto t = app.gpu.picture(picture_slot(i));
    draw->AddImageRounded(t.texture, picture.Min, picture.Max, t.uv_min, t.uv_max, IM_COL32_WHITE, px(4));
  }
  draw->AddRect(picture.Min, picture.Max, best ? theme().accent : theme().line, px(4), 0, best ? px(2) : px(1));
  const float left = picture.Max.x + px(10);
  const float width = rect.Max.x - left - px(4);
  float y = picture.Min.y;
  {
    const FontScope face(Font::semibold, body_text);
    y += draw_wrapped({left, y}, width, c.title, best ? theme().accent : theme().text, 1.05F);
  }
  const FontScope face(Font::regular, small_text);
  std::string lines = detail_of(c);
  if (c.done && c.failure.empty()) {
    const bool with_cutoff = app.wall.kind == WallKind::thresholds;
    lines = (with_cutoff ? "cutoff " + from_to(c.lowest, c.highest) + "\n" : std::string()) +
            (app.presenting ? std::string() : above_of(c, !with_cutoff) + "\n") +
            counted(c.nuclei, "nucleus", "nuclei") + (c.f1 ? "\nF1 " + two_decimals(*c.f1) : "") +
            (best ? ", best" : "");
  }
  draw_wrapped({left, y + px(2)}, width, lines, theme().muted, 1.05F);
  registered({.role = Role::button, .name = c.title, .value_text = detail_of(c), .description = detail_of(c)});
  return pressed && c.done && c.failure.empty();
}

}  // namespace

void open_wall(App& app, WallKind kind) {
  app.wall.open = true;
  app.wall.kind = kind;
  app.wall.on_noisy_case = kind == WallKind::filters;
  start(app);
  platform::request_frame();
}

void wall_overlay(App& app) {
  Wall& wall = app.wall;
  if (!wall.open && !ImGui::IsPopupOpen(name)) return;
  const bool computed = wall.open && compute_next(app);
  const Overlay overlay = begin_overlay(name, px(900), 0.5F, app.tour.on ? app.tour.bottom : 0);
  if (overlay == Overlay::hidden) return;
  const WallCandidate* taken = nullptr;
  {
    const GroupScope dialog = dialog_group(name);
    const bool appearing = ImGui::IsWindowAppearing();
    const FontScope face(Font::regular, body_text);
    heading(wall.kind == WallKind::filters ? "Which filter gives the best mask?" : "Which way to choose the cutoff?",
            2);
    gap(4);
    if (wall.kind == WallKind::filters) {
      if (!app.presenting) {
        paragraph(
            "Each is thresholded by the recipe's method. On a clear image the filter hardly matters; when light is "
            "scarce it does.");
      }
      constexpr std::array<std::string_view, 2> sources = {"Twenty photons", "The image at hand"};
      int source = wall.on_noisy_case ? 0 : 1;
      if (segmented("On which image", sources, source, px(360))) {
        wall.on_noisy_case = source == 0;
        start(app);
        platform::request_frame();
      }
    } else {
      paragraph(app.threshold.on_raw ? "Masks of the raw image. None of the methods is right by itself: look."
                                     : "Masks of the filtered image. None of the methods is right by itself: look.");
    }
    gap(4);
    double best = 0;
    for (const auto& c : wall.candidates) best = std::max(best, c.f1.value_or(0));
    const float width = available_width();
    const int columns = width > px(app.presenting ? 640 : 780) ? 4 : width > px(420) ? 2 : 1;
    const ImVec2 size(std::floor(width / static_cast<float>(columns)) - px(6), picture_side(app) + px(12));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < wall.candidates.size(); ++i) {
      const ImVec2 cell = grid_place(i, static_cast<std::size_t>(columns));
      ImGui::SetCursorScreenPos(at + cell * (size + ImVec2(px(6), px(6))));
      const auto& c = wall.candidates[i];
      if (card(app, i, size, c.f1 && best > 0 && *c.f1 == best)) taken = &c;
    }
    gap(8);
    if (!app.presenting)
      note("A click takes one into the recipe. The best F1 is framed where the true nuclei are known.");
    if (button("Close", {.help = "Leaves the recipe as it is.", .shortcut = "Escape"})) wall.open = false;
    if (appearing) mirror().focus(item_id());
  }
  if (taken != nullptr || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape)) wall.open = false;
  if (!wall.open) {
    mirror().focus(0);
    wall.work.reset();
  }
  end_overlay(!wall.open);
  if (taken != nullptr) {
    const Recipe chosen = taken->recipe;
    if (wall.on_noisy_case) {
      if (app.image.sample != sample_place(noisy_case)) app.open_sample(sample_place(noisy_case));
    }
    Recipe recipe = app.recipe();
    if (wall.kind == WallKind::filters) {
      take(recipe.filter, chosen.filter);
    } else {
      take(recipe.threshold, chosen.threshold);
    }
    app.edit_recipe(recipe);
  }
  if (computed || taken != nullptr) platform::request_frame(2);
}

}  // namespace floodlight::ui

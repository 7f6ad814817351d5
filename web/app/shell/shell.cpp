#include "web/app/shell/shell.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/explain/emptied.h"
#include "core/export/python.h"
#include "web/app/files/app_files.h"
#include "web/app/files/carried_recipe.h"
#include "web/app/files/picker.h"
#include "web/app/files/share.h"
#include "web/app/files/take_home.h"
#include "web/app/image_set/image_set_lessons.h"
#include "web/app/image_set/image_set_view.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/picture.h"
#include "web/app/picture/player.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/actions.h"
#include "web/app/shell/film_strip.h"
#include "web/app/shell/header.h"
#include "web/app/shell/status_line.h"
#include "web/app/state/at_pixel.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/beginning.h"
#include "web/app/teach/glossary.h"
#include "web/app/teach/lab.h"
#include "web/app/teach/lesson.h"
#include "web/app/teach/tour.h"
#include "web/app/teach/wall.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float narrow = 860;  // CSS pixels of window width below which the panel goes under the image

constexpr ImGuiWindowFlags fixed_window = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                          ImGuiWindowFlags_NoNav;

/// A part of the window; its content is drawn until it goes out of scope.
class Part {
 public:
  Part(const char* name, const ImRect& rect, ImVec2 padding, ImGuiWindowFlags flags = fixed_window)
      : window_(name, rect, padding, flags), group_(name, Role::region, rect.Min, rect.Max) {}

 private:
  class Window {
   public:
    Window(const char* name, const ImRect& rect, ImVec2 padding, ImGuiWindowFlags flags) {
      ImGui::SetNextWindowPos(rect.Min);
      ImGui::SetNextWindowSize(rect.GetSize());
      ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
      ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
      ImGui::Begin(name, nullptr, flags);
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    ~Window() {
      ImGui::End();
      ImGui::PopStyleVar(2);
    }
  };

  Window window_;
  GroupScope group_;
};

struct Layout {
  ImRect header;
  ImRect tour;
  ImRect image;
  ImRect film;
  ImRect panel;
  ImRect status;
};

Layout layout_of(const App& app) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float tabs = px(app.presenting ? 36 : 92);
  const float header = tabs + (app.tour.on ? tour_band_height(app) : 0);
  const float status = px(app.presenting ? 36 : 32);
  const float film = app.presenting || app.step == StepId::image_set ? 0 : px(96);
  const bool stacked = screen.x < px(narrow);
  Layout l;
  l.header = {{0, 0}, {screen.x, tabs}};
  l.tour = {{0, tabs}, {screen.x, header}};
  l.status = {{0, screen.y - status}, screen};
  const float bottom = screen.y - status;
  if (app.presenting) {
    // On stage the panel is folded away; a pinned pixel brings its explanation, and nothing else of it.
    const bool of_stop = app.tour.on && panel_of(app.step).on_stage != nullptr;
    const bool wanted = app.step == StepId::image_set ? app.image_set.lessons.enough_open : app.view.pinned || of_stop;
    const bool explained = wanted && screen.x >= narrow;
    const float right = screen.x - (explained ? std::round(screen.x * 0.4F) : 0);
    l.image = {{0, header}, {right, bottom}};
    if (explained) l.panel = {{right, header}, {screen.x, bottom}};
    return l;
  }
  if (stacked) {
    // The image keeps half of what header and status leave; a low window does without the film strip for that.
    const float height = bottom - header;
    const float strip = height >= px(460) ? film : 0;
    const float panel = std::round(std::min(height * 0.42F, height / 2 - strip));
    l.panel = {{0, bottom - panel}, {screen.x, bottom}};
    l.film = {{0, bottom - panel - strip}, {screen.x, bottom - panel}};
    l.image = {{0, header}, {screen.x, bottom - panel - strip}};
    return l;
  }
  const float panel = std::clamp(std::round(screen.x * 0.27F), px(348), px(460));
  l.panel = {{screen.x - panel, header}, {screen.x, bottom}};
  l.film = {{0, bottom - film}, {screen.x - panel, bottom}};
  l.image = {{0, header}, {screen.x - panel, bottom - film}};
  return l;
}

/// A line along an edge of the current part, inside it.
void hairline(ImVec2 from, ImVec2 to) { ImGui::GetWindowDrawList()->AddLine(from, to, theme().line); }

/// What a failed stage or a bad file has to say, over the image.
void messages(App& app, const Layout& l) {
  std::string text = app.message;
  const bool painting = app.step == StepId::features || app.step == StepId::forest;
  // Whoever is about to paint knows that nothing is painted yet.
  const bool untrained =
      app.classifies() && app.recipe().classifier != nullptr && !is_trained(*app.recipe().classifier);
  if (text.empty() && app.pipeline.failure() && !(painting && untrained)) text = app.pipeline.failure()->error.message;
  const bool asks = text.empty() && app.awaited && app.everything_loaded;
  if (asks) text = link_question(*app.awaited);
  if (text.empty()) return;
  const float width = std::min(px(560), l.image.GetWidth() - px(48));
  ImGui::SetNextWindowPos({l.image.GetCenter().x, l.image.Min.y + px(48)}, ImGuiCond_Always, {0.5F, 0});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, px(2));
  ImGui::PushStyleColor(ImGuiCol_Border, theme().error);
  ImGui::Begin("Message", nullptr,
               (fixed_window & ~ImGuiWindowFlags_NoBringToFrontOnFocus) | ImGuiWindowFlags_AlwaysAutoResize |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  {
    const FontScope face(Font::regular, body_text);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    add_text(Role::alert, "message", text, ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  }
  const auto& failure = app.pipeline.failure();
  if (!app.message.empty()) {
    if (app.everything_loaded && asks_for_mask(app)) mask_answers(app);
    if (button("Dismiss", {.help = "The image on screen stays as it is."})) app.message.clear();
  } else if (asks) {
    link_answers(app);
  } else if (failure && failure->stage == Stage::filtered && app.image.nonfinite > 0) {
    if (button("Treat them as 0", {.help = recipe_parameter("input.nonfinite_as_zero").help})) {
      Recipe recipe = app.recipe();
      recipe.nonfinite_as_zero = true;
      app.edit_recipe(recipe);
    }
  } else if (failure && app.everything_loaded && app.step_making(failure->stage).id != app.step) {
    const Step& cause = app.step_making(failure->stage);
    if (button("Go to " + std::string(cause.name), {.help = "The step that has no answer."})) app.go_to(cause.id);
  }
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
}

/// A part of the panel, which scrolls when its content is taller: by the wheel, the page's keys and the focus.
class PanelPart {
 public:
  PanelPart(const char* name, const ImRect& rect, ImVec2 padding)
      : part_(name, rect, padding, fixed_window & ~ImGuiWindowFlags_NoScrollbar), rect_(rect) {
    // A scrollbar of the mirror's own would only be in the way.
    mirror().cover(ImGui::GetWindowScrollbarID(ImGui::GetCurrentWindow(), ImGuiAxis_Y));
    ImGui::PushClipRect(rect.Min, rect.Max, false);
    hairline(rect.Min, {rect.Min.x, rect.Max.y});
    ImGui::PopClipRect();
  }
  PanelPart(const PanelPart&) = delete;
  PanelPart& operator=(const PanelPart&) = delete;
  ~PanelPart() {
    if (ImGui::GetScrollMaxY() - ImGui::GetScrollY() < px(4)) return;
    // Fades out at the lower edge, with an arrow: there is more.
    auto* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect(rect_.Min, rect_.Max, false);
    const ImU32 clear = faded(theme().panel, 0);
    const float top = rect_.Max.y - px(40);
    draw->AddRectFilledMultiColor({rect_.Min.x + 1, top}, rect_.Max, clear, clear, theme().panel, theme().panel);
    const ImVec2 tip(rect_.GetCenter().x, rect_.Max.y - px(6));
    draw->AddTriangleFilled(tip, tip + ImVec2(-px(7), -px(7)), tip + ImVec2(px(7), -px(7)), theme().muted);
    draw->PopClipRect();
  }

 private:
  Part part_;
  ImRect rect_;
};

void explanation(App& app, const Step& s) {
  const SectionScope section("explanation");
  heading("Why this value?", 3);
  std::string why;
  const auto pixel = app.probed();
  const StepPanel& own = panel_of(s.id);
  if (pixel && app.has(Stage::raw)) why = own.why(app, *pixel);
  if (why.empty()) {
    note("Point at the image. A click or a tap pins a pixel; the arrow keys move the pin.");
  } else {
    paragraph(why);
    if (own.explain != nullptr) own.explain(app, *pixel);
  }
}

/// The outline of an earlier result, and what has changed since.
void pin_controls(App& app) {
  gap(8);
  const FontScope face(Font::regular, small_text);
  if (!app.pinned_result) {
    if (button("Pin this result", {.help = "Its outline stays while parameters change.", .shortcut = "G"}))
      app.pin_result();
    return;
  }
  if (button("Unpin " + app.pinned_result->name, {.help = "Takes the dashed outline away.", .shortcut = "G"})) {
    app.unpin_result();
    return;
  }
  const auto change = app.change_since_pin();
  if (!change) return;
  fact("Pixels added, removed", std::to_string(change->pixels_added) + ", " + std::to_string(change->pixels_removed));
  fact("Objects added, removed",
       std::to_string(change->objects_added) + ", " + std::to_string(change->objects_removed));
}

void python_of_step(const App& app, const Step& s) {
  const auto page = static_cast<std::size_t>(app.recipe().page);
  const TiffPage at_hand = page < app.image.pages.size() ? app.image.pages[page] : TiffPage{};
  // Nobody can have trained a forest without paint.
  if (app.classifies() && (app.recipe().classifier == nullptr || !is_trained(*app.recipe().classifier))) return;
  const std::string lines = s.id == StepId::threshold && app.threshold.on_raw
                                ? python_raw_threshold(app.recipe())
                                : python_lines(app.recipe(), s.stage, PythonFor::typing, at_hand);
  if (code("In Python", lines)) platform::copy_text(lines);
}

void save_stage_button(App& app, const Step& s) {
  if (s.stage == Stage::measurements || s.stage == Stage::raw) return;
  gap(12);
  const FontScope face(Font::regular, small_text);
  if (button("Save this step as a TIFF", {.help = "Masks as 0 and 255, labels as uint32, everything else as float32.",
                                          .disabled = !app.pipeline.current(s.stage)}))
    save_stage(app, s.stage);
}

/// Where nothing was found: the first step that left nothing, and the way there.
void emptied(App& app, const Step& s) {
  if (s.id == StepId::image_set || !app.pipeline.current(Stage::labels) || app.values().nuclei > 0) return;
  if (app.covers(Covers::labels) || app.covers(Covers::counts)) return;
  const auto cause = emptied_by(app.values());
  if (!cause) return;
  note("No nuclei: " + cause->sentence);
  const Step& there = app.step_making(cause->stage);
  if (there.id != s.id && button("Go to " + std::string(there.name), {.help = "The step that left nothing."}))
    app.go_to(there.id);
  gap(8);
}

void step_controls(App& app, const Step& s, bool controls_first = false) {
  if (std::exchange(app.panel.at_top, false)) ImGui::SetScrollY(0);
  if (app.everything_loaded && s.way != nullptr) way_control(app);
  heading(std::to_string(s.place + 1) + "  " + std::string(s.name), 1);
  gap(4);
  if (app.everything_loaded) {
    carried_recipe(app);
    emptied(app, s);
  }
  if (!controls_first) {
    paragraph(panel_of(s.id).text);
    gap(16);
  }
  panel_of(s.id).controls(app);
  if (controls_first) {
    gap(16);
    paragraph(panel_of(s.id).text);
  }
}

void image_set_panel(App& app, const Layout& l, const Step& s) {
  const PanelPart part("Step", l.panel, {px(20), px(16)});
  if (app.presenting) return image_set_on_stage(app);
  step_controls(app, s);
  const StepPanel& own = panel_of(s.id);
  if (own.below != nullptr) own.below(app);
  if (!app.everything_loaded) return;
  exercises_panel(app, exercises_of_step(s.id));
  gap(8);
  watch_out_panel(app, s.id);
}

void panel(App& app, const Layout& l) {
  if (l.panel.GetWidth() <= 0) return;
  const Step& s = step(app.step);
  if (s.id == StepId::image_set) {
    image_set_panel(app, l, s);
    return;
  }
  if (app.presenting) {
    const PanelPart part("Explanation", l.panel, {px(16), px(12)});
    const StepPanel& own = panel_of(s.id);
    if (app.view.pinned && own.why_first) explanation(app, s);
    if (own.on_stage != nullptr && app.everything_loaded) own.on_stage(app);
    if (app.view.pinned && !own.why_first) explanation(app, s);
    return;
  }
  // Another footprint needs another height.
  const int shape =
      s.id != StepId::filter || app.covers(Covers::filtered_value) || app.covers(Covers::footprint)
          ? 0
          : footprint_radius(app) * 16 + static_cast<int>(recipe_parameter("filter.method").get(app.recipe())) + 1;
  if (std::exchange(app.panel.explained_shape, shape) != shape) app.panel.explanation_height = 0;
  // Where there is room for both, the explanation stays in sight while the controls scroll.
  const bool footed = l.panel.GetHeight() >= px(520);
  // A filter's lens is large; a network's drawing, above it, is larger.
  const float most = s.id == StepId::filter ? 0.53F : s.id == StepId::network ? 0.36F : 0.45F;
  const float foot = footed ? std::min(app.panel.explanation_height, std::round(l.panel.GetHeight() * most)) : 0;
  const ImRect body(l.panel.Min, {l.panel.Max.x, l.panel.Max.y - foot});
  {
    const PanelPart part("Step", body, {px(20), px(16)});
    // Who has pinned a pixel has read the text: where the explanation takes its room, what can be turned stands before it.
    const bool asked = app.view.pinned.has_value();
    if (!footed && asked) {
      explanation(app, s);
      gap(16);
    }
    step_controls(app, s, foot > 0 && asked && body.GetHeight() < px(420));
    if (!footed && !asked) {
      gap(16);
      explanation(app, s);
    }
    if (app.everything_loaded) {
      watch_out_panel(app, s.id);
      exercises_panel(app, exercises_of_step(s.id));
      gap(16);
      python_of_step(app, s);
      save_stage_button(app, s);
      pin_controls(app);
      if (const auto below = panel_of(s.id).below; below != nullptr) below(app);
    }
  }
  if (footed) {
    const PanelPart part("Explanation", {{l.panel.Min.x, body.Max.y}, l.panel.Max}, {px(20), px(12)});
    explanation(app, s);
    // It grows with what it has to say and does not shrink again, so that nothing jumps under a moving pointer.
    const float needed = std::round(ImGui::GetCursorPosY() + px(12));
    if (needed > app.panel.explanation_height) {
      app.panel.explanation_height = needed;
      platform::request_frame();
    }
    hairline({l.panel.Min.x, body.Max.y}, {l.panel.Max.x, body.Max.y});
  }
}

/// Dialogs, one at a time: where several keys came at once, or one was open already, it is the one that was opened last.
void dialogs(App& app) {
  const std::array open = {
      &app.dialogs.help_open, &app.dialogs.palette_open, &app.dialogs.menu_open,     &app.dialogs.picker_open,
      &app.wall.open,         &app.dialogs.lab_open,     &app.dialogs.take_home_open};
  bool* shown = app.dialogs.shown;
  for (bool* const other : open) {
    if (*other && other != app.dialogs.shown) shown = other;
  }
  for (bool* const other : open) {
    if (other != shown) *other = false;
  }
  if (!app.wall.open) app.wall.work.reset();
  app.dialogs.shown = shown != nullptr && *shown ? shown : nullptr;
  const auto may_draw = [&](const bool& dialog) {
    return app.dialogs.shown == nullptr || app.dialogs.shown == &dialog;
  };
  if (app.everything_loaded) {
    if (may_draw(app.dialogs.picker_open)) picker_overlay(app);
    if (may_draw(app.wall.open)) wall_overlay(app);
    if (may_draw(app.dialogs.lab_open)) lab_overlay(app);
    if (may_draw(app.dialogs.take_home_open)) take_home_overlay(app);
  }
  if (app.everything_loaded && may_draw(app.dialogs.palette_open)) palette_overlay(app);
  if (app.everything_loaded && may_draw(app.dialogs.help_open)) help_overlay(app);
  if (may_draw(app.dialogs.menu_open)) menu_overlay(app);
}

}  // namespace

void shell(App& app) {
  set_glossary(app.everything_loaded ? meaning_of : nullptr);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  // On stage everything is larger: body text reaches 3 % of the window's height.
  set_scale(app.presenting ? std::max(1.0F, screen.y * 0.03F / body_text) : 1);
  if (app.everything_loaded) advance_player(app);
  const Layout l = layout_of(app);
  {
    const Part part("Header", l.header, {px(16), px(8)});
    header(app, l.header);
    hairline({0, l.header.Max.y - 1}, {l.header.Max.x, l.header.Max.y - 1});
  }
  if (app.tour.on) {
    const Part part("Tour", l.tour, {0, 0});
    tour_band(app, l.tour.Min, l.tour.Max);
  }
  {
    const Part part("Image view", l.image, {0, 0}, fixed_window | ImGuiWindowFlags_NoScrollWithMouse);
    if (app.step == StepId::image_set) {
      image_set_view(app, l.image.Min, l.image.Max);
    } else {
      image_view(app, l.image.Min, l.image.Max);
    }
  }
  if (l.film.GetHeight() > 0) {
    const Part part("Film strip", l.film, {px(8), px(8)}, fixed_window | ImGuiWindowFlags_NoScrollWithMouse);
    film_strip(app, l.film.Min, l.film.Max);
    hairline(l.film.Min, {l.film.Max.x, l.film.Min.y});
  }
  if (app.everything_loaded) beginning(app, l.image.Min, l.image.Max);
  panel(app, l);
  {
    const Part part("Status", l.status, {px(16), 0});
    status_line(app, l.status, l.status.GetWidth() >= px(narrow));
  }
  messages(app, l);
  dialogs(app);
  if (app.everything_loaded) lay_out_picture(app);
}

}  // namespace floodlight::ui

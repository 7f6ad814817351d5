#include "web/app/picture/image_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "imgui_internal.h"

#include "web/app/picture/brush.h"
#include "web/app/picture/captions.h"
#include "web/app/picture/landscape.h"
#include "web/app/picture/marks.h"
#include "web/app/picture/numbers.h"
#include "web/app/picture/player.h"
#include "web/app/picture/rulers.h"
#include "web/app/picture/section_view.h"
#include "web/app/picture/seed_editor.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float least_zoom = 0.02F;
constexpr float most_zoom = 128;
constexpr float controls_height = 54;  // of the row of controls along the lower edge, with its margins

ImVec2 size_of(const App& app) {
  const auto& raw = app.values().raw;
  return {static_cast<float>(raw.cols()), static_cast<float>(raw.rows())};
}

bool in_3d(const App& app) { return app.everything_loaded && shows_landscape(app); }
/// In 3D, but not from straight above, where it is like the flat picture.
bool tilted(const App& app) { return in_3d(app) && !app.watershed.landscape.from_above(); }

std::vector<Pane> panes_below(const App& app, const ImRect& area) {
  const auto pair = layers_of(app, app.step);
  // On whole pixels of the screen, so that what is drawn and what is pointed at are the same.
  const float ratio = platform::pixel_ratio();
  const auto origin = [&](const ImRect& viewport) {
    const ImVec2 exact = viewport.GetCenter() - app.view.centre * app.view.zoom;
    return ImVec2(std::round(exact.x * ratio) / ratio, std::round(exact.y * ratio) / ratio);
  };
  if (app.pixels.two_windows && app.step == StepId::pixels) {
    const float middle = std::round(area.GetCenter().x);
    const ImRect left(area.Min, {middle, area.Max.y});
    const ImRect right({middle, area.Min.y}, area.Max);
    return {{Layer::raw, left, origin(left)}, {Layer::raw, right, origin(right)}};
  }
  if (pair.before == pair.after || app.shown_comparison() == Comparison::after)
    return {{pair.after, area, origin(area)}};
  if (app.shown_comparison() == Comparison::before) return {{pair.before, area, origin(area)}};
  const float share = app.shown_comparison() == Comparison::split ? app.view.split : 0.5F;
  const float middle = std::round(area.Min.x + area.GetWidth() * share);
  const ImRect left(area.Min, {middle, area.Max.y});
  const ImRect right({middle, area.Min.y}, area.Max);
  if (app.shown_comparison() == Comparison::split)
    return {{pair.before, left, origin(area)}, {pair.after, right, origin(area)}};
  return {{pair.before, left, origin(left)}, {pair.after, right, origin(right)}};
}

/// Whether rulers stand beside the image under this zoom.
bool ruled(const App& app, float zoom) { return app.everything_loaded && !tilted(app) && has_rulers(zoom); }

/// How long a row of captions in each of so many panes is.
float caption_row(float width, std::size_t panes) { return width / static_cast<float>(panes) - px(24); }

/// How high the captions of the pictures are that are shown.
float caption_height(const App& app, const ImRect& area) {
  const auto all = panes_below(app, area);
  const float row = caption_row(area.GetWidth(), all.size());
  const float first = caption_height(app, all.front().layer, false, row);
  return all.size() == 1 ? first : std::max(first, caption_height(app, all.back().layer, true, row));
}

/// How high the row above pictures with numbers is, where their captions cover none; a low window has no room for it.
float caption_room(const App& app, const ImRect& area, float zoom) {
  return ruled(app, zoom) && area.GetHeight() >= px(240) ? std::round(caption_height(app, area) + px(4)) : 0;
}

/// The pictures that are shown.
std::vector<Pane> panes(const App& app, const ImRect& area) {
  auto all = panes_below(app, area);
  for (Pane& pane : all) pane.rect.Min.y += caption_room(app, area, app.view.zoom);
  return all;
}

bool side_by_side(const App& app) {
  const auto pair = layers_of(app, app.step);
  return app.shown_comparison() == Comparison::side_by_side && pair.before != pair.after;
}

/// How far a fitted picture moves away from its captions, as far as it is `free` to, so that they cover none of it: down where
/// they stand in a row above two pictures, else to the right.
ImVec2 off_captions(const App& app, const ImRect& area, ImVec2 free) {
  if (!app.everything_loaded || tilted(app)) return {};
  const auto moved = [](float wanted, float room) { return std::clamp(wanted - room, 0.0F, std::max(room, 0.0F)); };
  if (side_by_side(app)) return {0, moved(caption_height(app, area), free.y)};
  const auto shown = panes_below(app, area);
  return {shown.size() == 1 ? moved(caption_width(app, shown.front().layer), free.x) : 0, 0};
}

/// The part of the view that a fitted image fills: above the row of controls.
ImRect fit_area(const App& app, const ImRect& area) {
  const bool halved = (app.pixels.two_windows && app.step == StepId::pixels) || side_by_side(app);
  const float margin = px(12);
  const float right = halved ? area.GetCenter().x : area.Max.x;
  return {area.Min.x + margin, area.Min.y + margin, right - margin, area.Max.y - px(controls_height)};
}

/// The share of its zoom that a view which comes closer has reached; the next frame has more of it.
float approached(ViewState& view) {
  const float share = view.approach;
  if (share < 1) {
    view.approach = std::min(1.0F, share * (1 + ImGui::GetIO().DeltaTime * 2));
    platform::request_frame(1);
  }
  return share;
}

/// Moves towards the wished zoom, keeping the anchor in place.
void advance_zoom(App& app, const ImRect& area) {
  ViewState& view = app.view;
  if (view.close > 0) {
    view.zoom = view.target_zoom = std::clamp(px(view.close), least_zoom, most_zoom) * approached(view);
    return;
  }
  if (view.fitted) {
    ImRect room = fit_area(app, area);
    const ImVec2 size = size_of(app);
    const LandscapeBounds bounds = tilted(app) ? landscape_bounds(app) : LandscapeBounds{size, {}};
    const ImVec2 extent = bounds.extent;
    const auto filling = [&] { return std::min(room.GetWidth() / extent.x, room.GetHeight() / extent.y); };
    const ImVec2 rulers = ruled(app, filling()) ? rulers_size(app.values().raw.rows() - 1) : ImVec2();
    room.Min += rulers + ImVec2(0, std::max(0.0F, caption_room(app, area, filling()) - px(12)));
    const float zoom = filling() * approached(view);
    view.zoom = view.target_zoom = std::clamp(zoom, least_zoom, most_zoom);
    const ImVec2 free = (room.GetSize() - extent * view.zoom) * 0.5F;
    const ImVec2 away = rulers.y > 0 ? ImVec2(rulers.x / 2, 0) : off_captions(app, area, free);
    const ImVec2 shift = away + ImVec2(0, room.GetCenter().y - area.GetCenter().y) - bounds.middle * view.zoom;
    view.centre = size * 0.5F - (tilted(app) ? landscape_movement(app, shift) : shift / view.zoom);
    return;
  }
  view.target_zoom = std::clamp(view.target_zoom, least_zoom, most_zoom);
  if (view.zoom == view.target_zoom) return;
  const float share = platform::prefers_reduced_motion() ? 1 : 1 - std::exp(-ImGui::GetIO().DeltaTime * 18);
  float next = view.zoom * std::pow(view.target_zoom / view.zoom, share);
  if (std::abs(next / view.target_zoom - 1) < 0.003F) next = view.target_zoom;
  const ImVec2 offset = view.anchor - area.GetCenter();
  view.centre += offset * (1 / view.zoom - 1 / next);
  view.zoom = next;
  platform::request_frame(1);
}

void keep_in_reach(App& app) {
  const ImVec2 size = size_of(app);
  app.view.centre.x = std::clamp(app.view.centre.x, 0.0F, size.x);
  app.view.centre.y = std::clamp(app.view.centre.y, 0.0F, size.y);
}

std::optional<Pixel> pixel_at(const App& app, const Pane& pane, ImVec2 point) {
  const ImVec2 place = (point - pane.origin) / app.view.zoom;
  const Pixel pixel{static_cast<int>(std::floor(place.y)), static_cast<int>(std::floor(place.x))};
  if (!app.values().raw.contains(pixel)) return std::nullopt;
  return pixel;
}

/// Whether an open exercise asks for what would be read here.
bool is_covered(const App& app, Layer layer, Pixel p) {
  switch (layer) {
    case Layer::raw:
    case Layer::photons:
    case Layer::experiment:
      return app.covers(Covers::raw_value, p);
    case Layer::filtered:
    case Layer::feature:
      return app.covers(Covers::filtered_value, p);
    case Layer::probability:
    case Layer::uncertainty:
    case Layer::passing:
    case Layer::mask:
    case Layer::raw_mask:
      return app.covers(Covers::mask_value, p);
    case Layer::refined:
    case Layer::repairs:
      return app.covers(Covers::mask_value, p) || app.covers(Covers::refined, p);
    case Layer::components:
    case Layer::growth:
      return app.covers(Covers::component);
    case Layer::distance:
    case Layer::seeds:
      return app.covers(Covers::distance);
    case Layer::labels:
    case Layer::fates:
    case Layer::flood:
    case Layer::differences:
      return app.covers(Covers::labels);
    case Layer::islands:
      return false;
  }
  return false;
}

/// Over the pixel that an open exercise asks about: its colour would tell as well.
void cover_pixel(const App& app, const Pane& pane, ImDrawList& draw) {
  if (!app.exercise || !app.exercise->exercise.pixel) return;
  const Pixel p = *app.exercise->exercise.pixel;
  if (!app.values().raw.contains(p) || !is_covered(app, pane.layer, p)) return;
  ImRect r = pixel_rect(app, pane, p);
  const float least = px(9);
  if (r.GetWidth() < least)
    r = {r.GetCenter() - ImVec2(least, least) * 0.5F, r.GetCenter() + ImVec2(least, least) * 0.5F};
  draw.AddRectFilled(r.Min, r.Max, IM_COL32(90, 94, 102, 255));
  const float size = std::clamp(r.GetHeight() * 0.6F, px(8), px(24));
  const ImVec2 extent = font(Font::mono)->CalcTextSizeA(size, FLT_MAX, 0, "?");
  draw.AddText(font(Font::mono), size, r.GetCenter() - extent * 0.5F, IM_COL32_WHITE, "?");
}

void draw_pane(App& app, const Pane& pane, ImDrawList& draw) {
  draw.PushClipRect(pane.rect.Min, pane.rect.Max, true);
  const DisplaySettings settings = pane.rect.Min.x > app.view.area_min.x ? display_of_right(app) : app.display;
  if (pane.layer == Layer::flood && in_3d(app) && draw_landscape(app, pane, draw) &&
      !app.watershed.landscape.from_above()) {
    draw_landscape_marks(app, pane, draw);
    draw.PopClipRect();
    return;
  }
  // Until the layer is there, the raw image is: the place where it will be.
  if (pane.layer != Layer::flood || !in_3d(app))
    app.gpu.draw(draw,
                 {.layer = app.gpu.ready(pane.layer) ? pane.layer : Layer::raw,
                  .origin = pane.origin,
                  .zoom = app.view.zoom,
                  .clip_min = pane.rect.Min,
                  .clip_max = pane.rect.Max},
                 settings);
  app.gpu.draw_pinned_outline(draw,
                              {.layer = Layer::raw,
                               .origin = pane.origin,
                               .zoom = app.view.zoom,
                               .clip_min = pane.rect.Min,
                               .clip_max = pane.rect.Max},
                              app.display);
  if (app.everything_loaded) {
    draw_grid(app, pane, draw);
    draw_numbers(app, pane, settings, draw);
  }
  cover_pixel(app, pane, draw);
  if (app.everything_loaded) {
    draw_marks(app, pane, draw);
    draw_rulers(app, pane, draw);
  }
  if (!app.has(pane.layer)) {
    const bool failed = app.pipeline.failure().has_value();
    draw_chip(draw, {pane.rect.GetCenter().x, pane.rect.Min.y + px(12)}, failed ? "No result" : "Computing ...", false);
  }
  draw.PopClipRect();
}

/// Pointer, wheel and fingers: pan, zoom around the cursor, hover, pin.
void handle_pointer(App& app, const ImRect& area, const std::vector<Pane>& shown, bool pressed) {
  const ImGuiIO& io = ImGui::GetIO();
  ViewState& view = app.view;
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const bool in_section = app.everything_loaded && app.watershed.section.drawing && shows_section(app);
  const bool painting = app.everything_loaded && app.step == StepId::forest;
  const bool brushing = painting && brushes(app) && !io.KeyShift;
  const bool drawing = in_section || brushing;
  if (active && !drawing && app.seeds.editor.grabbed < 0 && ImGui::IsMouseDragging(ImGuiMouseButton_Left, px(4))) {
    if (in_3d(app) && !io.KeyShift) {
      constexpr float degrees = 0.35F;  // for each CSS pixel
      turn_landscape(app, -io.MouseDelta.x * degrees, -io.MouseDelta.y * degrees);
    } else {
      view.centre -= tilted(app) ? landscape_movement(app, io.MouseDelta) : io.MouseDelta / view.zoom;
      view.fitted = false;
    }
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  view.hovered.reset();
  if (hovered) {
    for (const Pane& pane : shown) {
      if (!pane.rect.Contains(io.MousePos)) continue;
      view.hovered = tilted(app) && pane.layer == Layer::flood ? LandscapeSight(app, pane).pixel_at(io.MousePos)
                                                               : pixel_at(app, pane, io.MousePos);
    }
    if (io.MouseWheel != 0) {
      view.anchor = tilted(app) ? area.GetCenter() : io.MousePos;
      view.target_zoom *= std::pow(1.25F, io.MouseWheel);
      view.fitted = false;
      view.close = 0;
    }
  }
  if (in_section) draw_line_with_pointer(app);
  if (painting) brush_with_pointer(app, active && brushing && view.hovered);
  const float still = px(4);
  const bool clicked = pressed && io.MouseDragMaxDistanceSqr[ImGuiMouseButton_Left] < still * still;
  const bool editing =
      app.seeds.editor.on && !tilted(app) && (app.step == StepId::seeds || app.step == StepId::watershed);
  if (editing) edit_seeds(app, clicked);
  if (clicked && !editing && !drawing && (view.hovered || !tilted(app))) {
    const Comparison before = app.shown_comparison();
    view.pinned = view.hovered == view.pinned ? std::nullopt : view.hovered;
    // Two pictures have half the room each: the pixel stays in sight of both.
    if (view.pinned && !view.fitted && app.shown_comparison() != before) app.show(*view.pinned);
  }
  const auto gesture = platform::take_gesture();
  if (area.Contains(gesture.center) && (gesture.zoom != 1 || gesture.pan != ImVec2())) {
    view.anchor = gesture.center;
    const float before = view.zoom;
    view.fitted = false;
    view.close = 0;
    view.zoom = view.target_zoom = std::clamp(view.zoom * gesture.zoom, least_zoom, most_zoom);
    if (tilted(app)) {
      view.centre -= landscape_movement(app, gesture.pan);
    } else {
      view.centre += (gesture.center - area.GetCenter()) * (1 / before - 1 / view.zoom);
      view.centre -= gesture.pan / view.zoom;
    }
  }
  keep_in_reach(app);
}

/// The divider of the split view.
void splitter(App& app, const ImRect& area) {
  const float x = std::round(area.Min.x + area.GetWidth() * app.view.split);
  ImGui::SetCursorScreenPos({x - px(7), area.Min.y});
  ImGui::InvisibleButton("Divider", {px(14), area.GetHeight()});
  double share = app.view.split;
  if (ImGui::IsItemActive()) share = (ImGui::GetIO().MousePos.x - area.Min.x) / area.GetWidth();
  if (auto request = mirror().take_request(item_id())) share = request->number / 100;
  app.view.split = static_cast<float>(std::clamp(share, 0.05, 0.95));
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (hot) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddLine({x, area.Min.y}, {x, area.Max.y}, IM_COL32(0, 0, 0, 160), px(4));
  draw->AddLine({x, area.Min.y}, {x, area.Max.y}, hot ? theme().accent : IM_COL32(240, 240, 240, 230), px(2));
  const ImVec2 grip(x, area.GetCenter().y);
  draw->AddCircleFilled(grip, px(12), hot ? theme().accent : IM_COL32(240, 240, 240, 240));
  for (const float side : {-1.0F, 1.0F}) {
    draw->AddTriangleFilled(grip + ImVec2(side * px(8), 0), grip + ImVec2(side * px(3), -px(4)),
                            grip + ImVec2(side * px(3), px(4)), IM_COL32(20, 20, 20, 255));
  }
  registered({.role = Role::splitter,
              .name = "Divider",
              .value_text = number(std::round(share * 100)) + " percent",
              .number = share * 100,
              .min = 5,
              .max = 95,
              .step = 5});
}

/// The row of controls along the lower edge.
void view_controls(App& app, const ImRect& area) {
  const auto pair = layers_of(app, app.step);
  const float margin = px(12);
  const float y = area.Max.y - px(30) - margin;
  float left = area.Min.x + margin;
  if (pair.before != pair.after) {
    ImGui::SetCursorScreenPos({left, y});
    const std::array<std::string_view, 4> names = {"Before", "Split", "Side by side", "After"};
    int chosen = static_cast<int>(app.shown_comparison());
    if (segmented("Compare", names, chosen, px(320))) app.choose_comparison(static_cast<Comparison>(chosen));
    left += px(320);
  }
  const FontScope face(Font::regular, body_text);
  const float width = px(48);
  const float wide = px(124);
  // On stage the panel's player is folded away.
  if (app.presenting && app.everything_loaded) {
    if (const Player* player = player_at_hand(app).player; player != nullptr && player->open) {
      ImGui::SetCursorScreenPos({left + px(8), y});
      if (button(player->playing ? "Pause" : "Play", {.help = "One unit after the other; comma and point take one.",
                                                      .shortcut = "Space",
                                                      .primary = true,
                                                      .width = px(72)}))
        toggle_player(app);
      left += px(80);
    }
  }
  // Where they do not fit, their keys do.
  const bool all = left + px(12) + 2 * width + wide + px(8) + margin <= area.Max.x;
  const float right = area.Max.x - margin - (all ? 2 * width + wide + px(8) : width);
  if (right < left + px(4)) return;
  ImGui::SetCursorScreenPos({right, y});
  if (button("Fit", {.help = "Shows the whole image.", .shortcut = "F", .width = width})) app.fit();
  if (all) {
    ImGui::SameLine(0, px(4));
    if (button("1:1", {.help = "One pixel of the image on one of the screen.", .shortcut = "X", .width = width}))
      app.set_zoom(1);
    ImGui::SameLine(0, px(4));
    if (button("Zoom to pixel", {.help = "So close that every number can be read.", .shortcut = "Z", .width = wide}))
      app.zoom_to_pixel();
  }
  const float room = right - left;
  if (room > px(180) && app.everything_loaded)
    scale_bar(app, {(left + right) / 2, y + px(15)}, room, *ImGui::GetWindowDrawList());
}

}  // namespace

DisplaySettings display_of_right(const App& app) {
  DisplaySettings settings = app.display;
  if (app.pixels.two_windows && app.step == StepId::pixels)
    settings.window_high = settings.window_low + (settings.window_high - settings.window_low) / 4;
  return settings;
}

float brightness(const App& app, const DisplaySettings& d, Layer layer, Pixel p) {
  const auto& v = app.values();
  const auto share_of = [](float value, float low, float high) {
    return std::clamp((value - low) / std::max(high - low, 1e-30F), 0.0F, 1.0F);
  };
  const auto window = [&](float value) { return share_of(value, d.window_low, d.window_high); };
  // Close to what labels.frag makes of the palette's colours.
  const auto tinted = [&](float value) { return 0.7F * (0.35F + 0.85F * window(value)); };
  const auto luminance = [](const ImVec4& c) { return 0.3F * c.x + 0.6F * c.y + 0.1F * c.z; };
  switch (layer) {
    case Layer::raw:
      return luminance(map_colour(d.map, window(v.raw[p])));
    case Layer::filtered:
      return luminance(map_colour(d.map, share_of(v.filtered[p], d.filtered_low, d.filtered_high)));
    case Layer::mask:
      return v.thresholded.mask[p];
    case Layer::raw_mask:
      return v.raw_thresholded.mask.empty() ? 0 : v.raw_thresholded.mask[p];
    case Layer::refined:
      return v.refined[p];
    case Layer::distance:
    case Layer::seeds: {
      const float depth = layer == Layer::seeds ? seed_height(v, p) : v.distance[p];
      const float highest = std::max(1.0F, v.highest_distance);
      return depth <= 0 ? 0 : luminance(map_colour(ColourMap::magma, 0.1F + 0.9F * depth / highest));
    }
    case Layer::components:
      return v.components.labels[p] == 0 ? window(v.raw[p]) : tinted(v.raw[p]);
    case Layer::islands:
      return v.refined[p] == 0 ? window(v.raw[p]) : tinted(v.raw[p]);
    case Layer::repairs:
      return v.refined[p] == 0 && v.thresholded.mask[p] == 0 ? 0 : 0.7F;
    case Layer::growth:
      return app.reached(layer, p) == 0 ? 0.85F * window(v.raw[p]) : 0.6F;
    case Layer::flood:
      return app.reached(layer, p) == 0 ? 0.85F * v.distance[p] / std::max(1.0F, v.highest_distance) : 0.6F;
    case Layer::labels:
    case Layer::fates:
    case Layer::differences:
      return v.labels[p] == 0 ? window(v.raw[p]) : tinted(v.raw[p]);
    case Layer::experiment:
      return luminance(map_colour(d.map, share_of(app.experiment.image[p], d.experiment_low, d.experiment_high)));
    case Layer::photons:
      return luminance(map_colour(d.map, share_of(app.simulated->photons[p], d.photons_low, d.photons_high)));
    case Layer::feature:
      return luminance(
          map_colour(d.map, share_of((*app.explanations.feature.get())[p], d.feature_low, d.feature_high)));
    case Layer::probability:
      return 0.8F * window(v.raw[p]);
    case Layer::uncertainty:
      return luminance(map_colour(ColourMap::inferno, (*app.explanations.uncertainty.get())[p]));
    case Layer::passing:
      return (*app.explanations.passing.get())[p];
  }
  return 0;
}

std::string layer_value(const App& app, Layer layer, Pixel p) {
  const auto& v = app.values();
  if (!app.has(layer)) return "...";
  if (is_covered(app, layer, p)) return "?";
  const auto answer = [&](bool foreground) {
    if (app.threshold.fiji_values) return foreground ? "255" : "0";
    return foreground ? "True" : "False";
  };
  switch (layer) {
    case Layer::raw:
      return number(static_cast<double>(v.raw[p]));
    case Layer::filtered:
      return number(std::round(static_cast<double>(v.filtered[p]) * 10) / 10);
    case Layer::raw_mask:
      return v.raw_thresholded.mask.empty() ? "none" : answer(v.raw_thresholded.mask[p] != 0);
    case Layer::mask:
      return answer(v.thresholded.mask[p] != 0);
    case Layer::refined:
      return answer(v.refined[p] != 0);
    case Layer::components:
      return std::to_string(v.components.labels[p]);
    case Layer::distance:
      return number(std::round(static_cast<double>(v.distance[p]) * 100) / 100);
    case Layer::seeds:
      return number(std::round(static_cast<double>(seed_height(v, p)) * 100) / 100);
    case Layer::labels:
    case Layer::fates:
    case Layer::differences:
      return std::to_string(v.labels[p]);
    case Layer::islands:
      return std::to_string(app.explanations.differences.get()->islands.labels[p]);
    case Layer::repairs:
      return answer(v.refined[p] != 0);
    case Layer::growth: {
      const Label label = app.reached(layer, p);
      return label > 0 ? std::to_string(label) : v.thresholded.mask[p] != 0 ? "True" : "False";
    }
    case Layer::flood: {
      const Label label = app.reached(layer, p);
      return label > 0 ? std::to_string(label) : app.landscape_value(p);
    }
    case Layer::photons:
      return number(static_cast<double>(app.simulated->photons[p]));
    case Layer::experiment:
      return number(std::round(static_cast<double>(app.experiment.image[p]) * 10) / 10);
    case Layer::feature:
      return number(std::round(static_cast<double>((*app.explanations.feature.get())[p]) * 100) / 100);
    case Layer::probability:
      return two_decimals(static_cast<double>(nuclei_probability(app)[p]));
    case Layer::uncertainty:
      return two_decimals(static_cast<double>((*app.explanations.uncertainty.get())[p]));
    case Layer::passing:
      return answer((*app.explanations.passing.get())[p] != 0);
  }
  return {};
}

void image_view(App& app, ImVec2 min, ImVec2 max) {
  std::optional<Pixel> in_profile;
  if (app.everything_loaded && shows_section(app)) {
    const float top = std::round(max.y - std::min(px(190), (max.y - min.y) * 0.36F));
    in_profile = section_view(app, {min.x, top}, max);
    max.y = top;
  }
  const ImRect area(min, max);
  app.view.area_min = min;
  app.view.area_max = max;
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, theme().window);
  if (!app.has(Stage::raw)) return;
  if (in_3d(app)) advance_landscape(app);
  advance_zoom(app, area);

  // What lies over the image is submitted first, so that it gets the pointer first, and drawn last.
  ImDrawListSplitter channels;
  channels.Split(draw, 2);
  channels.SetCurrentChannel(draw, 1);
  const auto pair = layers_of(app, app.step);
  const bool two = pair.before != pair.after;
  view_controls(app, area);
  if (app.shown_comparison() == Comparison::split && two)
    splitter(app, {area.Min, {area.Max.x, area.Max.y - px(controls_height)}});

  channels.SetCurrentChannel(draw, 0);
  ImGui::SetCursorScreenPos(min);
  const bool pressed = ImGui::InvisibleButton("Image", max - min);
  handle_pointer(app, area, panes(app, area), pressed);
  if (in_profile) app.view.hovered = in_profile;
  MirrorItem item;
  item.role = Role::image;
  item.name = "Image";
  item.value_text = std::string(layer_name(pair.after)) + " of " + app.image.name;
  registered(std::move(item));

  draw_panes(app, min, max, px(controls_height), *draw);
  channels.Merge(draw);
}

void draw_panes(App& app, ImVec2 min, ImVec2 max, float covered, ImDrawList& draw) {
  auto shown = panes(app, {min, max});
  for (Pane& pane : shown) {
    pane.covered = covered;
    draw_pane(app, pane, draw);
  }
  if (shown.size() == 2 && app.shown_comparison() == Comparison::side_by_side) {
    const float x = shown.front().rect.Max.x;
    draw.AddRectFilled({x - px(2), min.y}, {x + px(2), max.y}, theme().panel);
    if (app.everything_loaded) draw_marks_between(app, shown.front(), shown.back(), draw);
  }
  if (!app.everything_loaded) return;
  const bool above = shown.front().rect.Min.y > min.y;
  if (above) draw.AddRectFilled(min, {max.x, shown.front().rect.Min.y}, theme().window);
  // In a window with no room above numbers there is no caption that would cover them: the step's name stands in its tab.
  if (!above && ruled(app, app.view.zoom)) return;
  const ImVec2 margin(px(12), px(above ? 5 : 12));
  const float row = above || side_by_side(app) ? caption_row(max.x - min.x, shown.size()) : 0;
  draw_caption(app, shown.front().layer, min + margin, false, row, draw);
  if (shown.size() == 2) draw_caption(app, shown.back().layer, {max.x - margin.x, min.y + margin.y}, true, row, draw);
}

}  // namespace floodlight::ui

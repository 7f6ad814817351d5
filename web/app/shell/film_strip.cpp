#include "web/app/shell/film_strip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "web/app/state/layers.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The seeds on their small picture, which shows the image's middle, filled to its edges.
void thumbnail_seeds(const App& app, const ImRect& picture, ImDrawList& draw) {
  const auto& raw = app.values().raw;
  const ImVec2 size(static_cast<float>(raw.cols()), static_cast<float>(raw.rows()));
  const float zoom = std::max(picture.GetWidth() / size.x, picture.GetHeight() / size.y);
  // Of thousands each is a speck, lest they run together.
  const auto count = static_cast<float>(std::max<std::size_t>(1, app.values().peaks.size()));
  const float radius = px(std::clamp(1.5F * std::sqrt(300 / count), 0.5F, 1.5F));
  for (const Pixel peak : app.values().peaks) {
    const ImVec2 offset =
        ImVec2(static_cast<float>(peak.col) + 0.5F, static_cast<float>(peak.row) + 0.5F) - size * 0.5F;
    const ImVec2 at = picture.GetCenter() + offset * zoom;
    if (picture.Contains(at)) draw.AddCircleFilled(at, radius, theme().seed);
  }
}

/// What a layer is called in the strip: where a classifier or a network makes the mask, what its first picture stands for.
std::string_view strip_name(const App& app, Layer layer) {
  if (app.classifies() && layer == Layer::filtered) return "Features";
  if (app.has_network() && layer == Layer::filtered) return "Network";
  if (layer == Layer::probability) return "Probability";
  return layer_name(layer);
}

}  // namespace

void film_strip(App& app, ImVec2 min, ImVec2 max) {
  const ImRect film(min, max);
  std::vector<Layer> strip = {Layer::raw,     Layer::filtered, Layer::mask,  Layer::components,
                              Layer::refined, Layer::distance, Layer::seeds, Layer::labels};
  if (app.has_probability()) strip.insert(strip.begin() + 2, Layer::probability);
  const FontScope face(Font::regular, small_text);
  auto* draw = ImGui::GetWindowDrawList();
  const float step_width = (film.GetWidth() - px(16)) / static_cast<float>(strip.size());
  const float caption = px(20);
  const float height = film.GetHeight() - px(16) - caption;
  const float width = std::min(step_width - px(16), height * Gpu::thumbnail_width / Gpu::thumbnail_height * 1.0F);
  const bool names_fit = std::ranges::all_of(strip, [&](Layer layer) {
    return ImGui::CalcTextSize(std::string(strip_name(app, layer)).c_str()).x < step_width - px(4);
  });
  const auto shown = layers_of(app, app.step);
  for (std::size_t i = 0; i < strip.size(); ++i) {
    const Layer layer = strip[i];
    const Stage stage = stage_of(layer);
    const std::string name(strip_name(app, layer));
    const ImVec2 at(film.Min.x + px(8) + step_width * static_cast<float>(i), film.Min.y + px(8));
    ImGui::SetCursorScreenPos(at);
    ImGui::PushID(static_cast<int>(i));
    bool pressed = ImGui::InvisibleButton(name.c_str(), {step_width - px(4), film.GetHeight() - px(16)});
    pressed = mirror().take_press(item_id()) || pressed;
    if (pressed) app.go_to(app.step_making(stage).id);
    const bool hovered = ImGui::IsItemHovered();
    // Of the probability and the mask that it makes, the step that learns shows the one.
    const bool learns = app.step == StepId::forest || app.step == StepId::training;
    const bool of_step =
        stage == step(app.step).stage && (stage != Stage::mask || (layer == Layer::probability) == learns);
    const bool current = of_step || (app.step == StepId::measure && layer == Layer::labels);
    const float left = std::round(at.x + (step_width - px(4) - width) / 2);
    const ImRect picture({left, at.y}, {left + width, at.y + height});
    draw->AddRectFilled(picture.Min, picture.Max, theme().window, px(4));
    const bool covered = (layer == Layer::components && app.covers(Covers::component)) ||
                         (layer == Layer::labels && app.covers(Covers::labels)) ||
                         (layer == Layer::seeds && (app.covers(Covers::seeds) || app.covers(Covers::distance))) ||
                         (layer == Layer::distance && app.covers(Covers::distance)) ||
                         (layer == Layer::refined && app.covers(Covers::refined));
    if (covered) {
      draw->AddText(picture.GetCenter() - ImGui::CalcTextSize("?") * 0.5F, theme().muted, "?");
    } else if (app.gpu.ready(layer) && app.has(stage)) {
      const auto t = app.gpu.thumbnail(layer);
      const ImU32 tint = app.pipeline.current(stage) ? IM_COL32_WHITE : IM_COL32(255, 255, 255, 110);
      draw->AddImageRounded(t.texture, picture.Min, picture.Max, t.uv_min, t.uv_max, tint, px(4));
    }
    if (layer == Layer::seeds && app.has(stage) && !covered) thumbnail_seeds(app, picture, *draw);
    const bool compared = layer == shown.before || layer == shown.after;
    const ImU32 frame = current ? theme().accent : hovered || compared ? theme().muted : theme().line;
    draw->AddRect(picture.Min, picture.Max, frame, px(4), 0, current ? px(2) : px(1));
    // Where a name would run into the next one, only that of the step at hand is written.
    const float text = ImGui::CalcTextSize(name.c_str()).x;
    if (names_fit || current)
      draw->AddText({std::round(picture.GetCenter().x - text / 2), picture.Max.y + px(4)},
                    current ? theme().accent : theme().muted, name.c_str());
    if (i + 1 < strip.size()) {
      const ImVec2 arrow(at.x + step_width - px(2), picture.GetCenter().y);
      draw->AddTriangleFilled(arrow + ImVec2(px(3), 0), arrow + ImVec2(-px(3), -px(4)), arrow + ImVec2(-px(3), px(4)),
                              theme().muted);
    }
    registered({.role = Role::button, .name = name, .selected = current}, step(app.step_making(stage).id).name);
    ImGui::PopID();
  }
}

}  // namespace floodlight::ui

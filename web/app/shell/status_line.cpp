#include "web/app/shell/status_line.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/image_set/image_set_view.h"
#include "web/app/picture/image_view.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The pixel's values from layer to layer; on stage and in narrow windows only those of the step at hand.
std::string life_of(const App& app, Pixel p, bool whole) {
  constexpr std::array<Layer, 6> whole_life = {Layer::raw,     Layer::filtered, Layer::mask,
                                               Layer::refined, Layer::distance, Layer::labels};
  std::vector<Layer> life(whole_life.begin(), whole_life.end());
  if (app.has_probability()) life[1] = Layer::probability;
  if (app.has(Layer::photons)) life.insert(life.begin(), Layer::photons);
  if (!whole) {
    const auto pair = layers_of(app, app.step);
    life = {pair.before};
    if (value_name(pair.after) != value_name(pair.before)) life.push_back(pair.after);
  }
  std::string text;
  for (const Layer layer : life) {
    if (!app.has(layer)) break;
    if (!text.empty()) text += "  \xE2\x86\x92  ";
    text += std::string(value_name(layer)) + " " + layer_value(app, layer, p);
  }
  return text;
}

/// What came of the image at hand, as far as no exercise asks for it.
std::string result_of(const App& app, bool with_size) {
  std::string text;
  const bool covered = app.covers(Covers::labels) || app.covers(Covers::counts);
  // What a failed stage has left of an earlier recipe is no result of this one.
  if (app.pipeline.failure() && !app.pipeline.current(Stage::labels)) {
    text = "no labels";
  } else if (app.has(Stage::labels)) {
    text = (covered ? "?" : std::to_string(app.values().nuclei)) + " nuclei";
    if (app.score && !covered) text += "    F1 " + two_decimals(app.score->f1);
  }
  if (app.presenting || !with_size) return text;
  text += app.computes() ? "    computing ..." : "    " + number(std::round(app.pipeline.total_milliseconds())) + " ms";
  if (app.has(Stage::raw))
    text += "    " + std::to_string(app.values().raw.rows()) + " x " + std::to_string(app.values().raw.cols());
  return text;
}

/// As much of the text as the room takes, in whole words between gaps: a number that is cut off would be another.
std::string fitting(std::string text, float room) {
  constexpr std::string_view gap = "  ";
  constexpr std::string_view more = "  ...";
  if (ImGui::CalcTextSize(text.c_str()).x <= room) return text;
  for (std::size_t end = text.rfind(gap); end != std::string::npos && end > 0; end = text.rfind(gap, end - 1)) {
    std::string shorter = text.substr(0, end) + std::string(more);
    if (ImGui::CalcTextSize(shorter.c_str()).x <= room) return shorter;
  }
  return std::string(more.substr(gap.size()));
}

}  // namespace

void status_line(const App& app, const ImRect& rect, bool with_size) {
  const FontScope face(Font::regular, app.presenting ? title_text : body_text);
  auto* draw = ImGui::GetWindowDrawList();
  const float y = std::round(rect.GetCenter().y - ImGui::GetTextLineHeight() / 2);
  std::string left;
  if (app.step == StepId::image_set) {
    left = image_set_status(app);
  } else if (const auto p = app.probed(); p && app.has(Stage::raw)) {
    left = "row " + std::to_string(p->row) + "  col " + std::to_string(p->col) + "    " +
           life_of(app, *p, with_size && !app.presenting);
  } else {
    left = "Point at the image to read a pixel.";
  }
  const std::string right = app.step == StepId::image_set ? image_set_totals(app) : result_of(app, with_size);
  const float width = ImGui::CalcTextSize(right.c_str()).x;
  const float middle = rect.Max.x - width - px(32);
  draw->AddText({px(16), y}, theme().text, fitting(left, middle - px(16)).c_str());
  draw->AddText({rect.Max.x - px(16) - width, y}, theme().muted, right.c_str());
  add_text(Role::text, "pixel", left, rect.Min, {middle, rect.Max.y});
  add_text(Role::status, "result", right, {middle, rect.Min.y}, rect.Max);
  if (const std::size_t word = right.find("F1"); word != std::string::npos) {
    const ImVec2 at(rect.Max.x - px(16) - width + ImGui::CalcTextSize(right.substr(0, word).c_str()).x, y);
    explained_word("F1", at, at + ImGui::CalcTextSize("F1"));
  }
  draw->AddLine(rect.Min, {rect.Max.x, rect.Min.y}, theme().line);
}

}  // namespace floodlight::ui

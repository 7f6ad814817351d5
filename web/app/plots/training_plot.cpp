#include "web/app/plots/training_plot.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float gutter = 40;  // for the numbers of the upright axis

/// With two decimals, or fewer where there are digits enough before the point.
std::string rounded(double loss) {
  const double grain = loss >= 100 ? 1 : loss >= 10 ? 10 : 100;
  return number(std::round(loss * grain) / grain);
}

/// A round number that is at least this, not far above it.
double round_above(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double digit : {1.0, 1.5, 2.0, 3.0, 5.0}) {
    if (digit * power >= value) return digit * power;
  }
  return 10 * power;
}

void ring(ImVec2 centre) {
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddCircleFilled(centre, px(3.5F), theme().panel);
  draw->AddCircle(centre, px(3.5F), theme().seed, 0, px(1.5F));
}

/// What is plotted, then a piece of each curve with its name.
void draw_heading(ImVec2 at) {
  auto* draw = ImGui::GetWindowDrawList();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2;
  draw->AddText(at, theme().muted, "Loss");
  float x = at.x + ImGui::CalcTextSize("Loss").x + px(14);
  const auto entry = [&](const char* name, bool rings) {
    draw->AddLine({x, middle}, {x + px(22), middle}, rings ? theme().seed : theme().text, px(rings ? 2 : 1.5F));
    if (rings) ring({x + px(11), middle});
    draw->AddText({x + px(28), at.y}, theme().text, name);
    x += px(28) + ImGui::CalcTextSize(name).x + px(16);
  };
  entry("training", false);
  entry("unseen images", true);
}

}  // namespace

void training_plot(const TrainingCurves& c, float height) {
  const FontScope face(Font::regular, small_text);
  auto* draw = ImGui::GetWindowDrawList();
  const float width = available_width();
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, height});
  const ImRect plot({at.x + px(gutter), at.y + line + px(12)}, {at.x + width - px(4), at.y + height - line - px(6)});

  double highest = 0.1;
  for (const double loss : c.training) highest = std::max(highest, loss);
  for (const LossAtStep& u : c.unseen) highest = std::max(highest, u.loss);
  const double top = round_above(highest);
  const auto x = [&](double step) {
    return plot.Min.x + plot.GetWidth() * static_cast<float>(std::min(1.0, step / std::max(1, c.steps)));
  };
  const auto y = [&](double loss) {
    return plot.Max.y - plot.GetHeight() * static_cast<float>(std::min(1.0, loss / top));
  };
  const auto right_aligned = [&](float right, float upper, const std::string& text) {
    draw->AddText({right - ImGui::CalcTextSize(text.c_str()).x, upper}, theme().muted, text.c_str());
  };

  draw_heading(at);
  for (const double share : {0.0, 0.5, 1.0}) {
    const float level = y(share * top);
    draw->AddLine({plot.Min.x, level}, {plot.Max.x, level}, share == 0 ? theme().muted : theme().line);
    right_aligned(plot.Min.x - px(6), level - line / 2, rounded(share * top));
  }
  const float below = plot.Max.y + px(4);
  draw->AddText({plot.Min.x, below}, theme().muted, "0");
  draw->AddText({plot.GetCenter().x - ImGui::CalcTextSize("Step").x / 2, below}, theme().muted, "Step");
  right_aligned(plot.Max.x, below, std::to_string(c.steps));

  std::vector<ImVec2> points;
  // A step's loss is the one before its weights moved.
  for (std::size_t i = 0; i < c.training.size(); ++i) points.emplace_back(x(static_cast<double>(i)), y(c.training[i]));
  draw->AddPolyline(points.data(), static_cast<int>(points.size()), theme().text, 0, px(1.5F));
  points.clear();
  for (const LossAtStep& u : c.unseen) points.emplace_back(x(u.step), y(u.loss));
  draw->AddPolyline(points.data(), static_cast<int>(points.size()), theme().seed, 0, px(2));
  for (const ImVec2 point : points) ring(point);
  if (c.at_hand) {
    const float here = x(*c.at_hand);
    draw->AddLine({here, plot.Min.y}, {here, plot.Max.y}, theme().accent, px(1.5F));
  }

  std::string words = "Loss over " + std::to_string(c.steps) + " steps";
  if (!c.training.empty())
    words += ": of the patches of step " + std::to_string(c.training.size()) + " " + rounded(c.training.back());
  if (!c.unseen.empty())
    words +=
        ", of unseen images after step " + std::to_string(c.unseen.back().step) + " " + rounded(c.unseen.back().loss);
  add_text(Role::text, "training plot", words, at, at + ImVec2(width, height));
}

}  // namespace floodlight::ui

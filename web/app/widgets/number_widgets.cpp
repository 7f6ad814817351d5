// Numbers that are dragged or typed: sliders, fields, cells, and the widgets of parameters.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/typed_number.h"
#include "core/simulate/simulation_parameters.h"
#include "web/app/widgets/widget_parts.h"

namespace floodlight::ui {
namespace {

/// How strongly a slider bends its scale, so that small values of a long range can be set as well.
double bend(const NumberOptions& o) {
  if (o.even) return 1;
  const double steps = (o.maximum - o.minimum) / o.step;
  if (steps > 1e4) return 4;
  return steps > 90 ? 2 : 1;
}

double snapped(double value, const NumberOptions& o) {
  const double steps = std::round((value - o.minimum) / o.step);
  // Through the decimal text, so that 0.1 + 2 * 0.1 is the number a student would type.
  char text[40];
  std::snprintf(text, sizeof text, "%.10g", o.minimum + steps * o.step);
  return std::clamp(std::strtod(text, nullptr), o.minimum, o.maximum);
}

void registered_number(Role role, std::string_view label, double value, const NumberOptions& o,
                       std::string_view problem = {}) {
  registered({.role = role,
              .name = visible(label),
              .value_text = with_unit(o.coarse ? std::round(value) : value, o.unit),
              .number = value,
              .min = o.minimum,
              .max = o.maximum,
              .step = o.step,
              .unit = std::string(o.unit),
              .disabled = o.disabled,
              .description = std::string(problem)},
             o.help);
}

/// Takes what was typed, or says what is wrong with it; a number is never moved to where it would be allowed.
bool take_typed(const std::string& text, double& value, const NumberOptions& o, ImGuiID id) {
  const auto typed = parse_typed_number(text);
  const bool inside = typed && *typed >= o.minimum && *typed <= o.maximum;
  if (!inside || (o.whole && snapped(*typed, o) != *typed)) {
    mirror().set_problem(id, typed ? text + " was not taken: this is " +
                                         number_between(o.minimum, o.maximum, o.unit, o.whole ? o.step : 0) + "."
                                   : typed.error().message);
    return false;
  }
  mirror().set_problem(id, {});
  return *typed != std::exchange(value, *typed);
}

struct ValueBox {
  ImGuiID id = 0;
  bool changed = false;
};

/// What is wrong with what was typed, below the field.
void problem_note(ImGuiID id) {
  const std::string_view problem = mirror().problem_of(id);
  if (problem.empty()) return;
  const FontScope face(Font::regular, small_text);
  wrapped(problem, theme().error);
  register_text(Role::text, problem);
}

/// The box at the right of a line in which a number stands and can be typed over.
ValueBox value_box(std::string_view label, double& value, const NumberOptions& o, float right, float top,
                   float fixed_width = 0) {
  const std::string shown = with_unit(o.coarse ? std::round(value) : value, o.unit);
  const FontScope face(Font::regular, body_text);
  const float width = fixed_width > 0 ? fixed_width : std::max(px(56), text_width(shown) + px(16));
  const float height = px(26);
  ImGui::SetCursorScreenPos({right - width, top});
  ImGui::PushID("value");
  ImGui::PushID(begin_of(label), end_of(label));
  const bool pressed = ImGui::InvisibleButton("field", {width, height});
  const ImGuiID id = item_id();
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(rect.Min, rect.Max, ImGui::IsItemHovered() ? theme().hovered : theme().raised, px(5));
  if (!mirror().problem_of(id).empty()) draw->AddRect(rect.Min, rect.Max, theme().error, px(5), 0, px(1.5F));
  const ImVec2 at = centred(rect, shown);
  draw_text({rect.Max.x - px(8) - text_width(shown), at.y}, theme().text, shown);
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (pressed) mirror().focus(id);

  bool changed = false;
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::text) changed = take_typed(request->text, value, o, id) || changed;
    if (request->kind != Request::Kind::number) continue;
    const double next = snapped(request->number, o);
    changed = changed || next != value;
    value = next;
    mirror().set_problem(id, {});
  }
  registered_number(Role::spinbutton, label, value, o, mirror().problem_of(id));
  ImGui::PopID();
  ImGui::PopID();
  return {id, changed};
}

}  // namespace

bool slider(std::string_view label, double& value, const NumberOptions& o) {
  ImGui::BeginDisabled(o.disabled);
  const FontScope face(Font::regular, body_text);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = available_width();
  label_line(label, at, o.disabled);
  const ValueBox box = value_box(label, value, o, at.x + width, at.y);
  bool changed = box.changed;
  ImGui::SetCursorScreenPos({at.x, at.y + px(26)});
  ImGui::InvisibleButton(std::string(label).c_str(), {width, px(22)});
  const ImGuiID id = item_id();
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  const double power = bend(o);
  const float knob = px(8);
  const float left = rect.Min.x + knob;
  const float length = rect.GetWidth() - 2 * knob;
  double next = value;
  if (ImGui::IsItemActive()) {
    const double t = std::clamp((ImGui::GetIO().MousePos.x - left) / length, 0.0F, 1.0F);
    next = snapped(o.minimum + std::pow(t, power) * (o.maximum - o.minimum), o);
  }
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::number) next = snapped(request->number, o);
  }
  if (next != value) {
    value = next;
    changed = true;
    mirror().set_problem(box.id, {});
  }
  const double share = std::clamp((value - o.minimum) / (o.maximum - o.minimum), 0.0, 1.0);
  const float x = left + length * static_cast<float>(std::pow(share, 1 / power));
  const float y = rect.GetCenter().y;
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled({rect.Min.x, y - px(2)}, {rect.Max.x, y + px(2)}, theme().hovered, px(2));
  draw->AddRectFilled({rect.Min.x, y - px(2)}, {x, y + px(2)}, theme().accent, px(2));
  draw->AddCircleFilled({x, y}, ImGui::IsItemActive() || ImGui::IsItemHovered() ? knob + px(1) : knob, theme().accent);
  registered_number(Role::slider, label, value, o);
  problem_note(box.id);
  ImGui::EndDisabled();
  return changed;
}

bool number_input(std::string_view label, double& value, const NumberOptions& o) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = available_width();
  label_line(label, at, o.disabled);
  const ValueBox box = value_box(label, value, o, at.x + width, at.y);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, px(26)});
  problem_note(box.id);
  return box.changed;
}

bool number_cell(std::string_view name, double& value, const NumberOptions& o, ImVec2 at, float width) {
  const ValueBox box = value_box(name, value, o, at.x + width, at.y, width);
  const std::string_view problem = mirror().problem_of(box.id);
  if (problem.empty()) return box.changed;
  // The grid has no line for it: a plate lies over the cells below.
  const FontScope face(Font::regular, small_text);
  auto& draw = *ImGui::GetForegroundDrawList();
  const ImRect room = ImGui::GetCurrentWindow()->InnerClipRect;
  const ImVec2 size(room.GetWidth(), ImGui::GetTextLineHeight() * 2.5F + px(12));
  const ImVec2 corner(room.Min.x, at.y + px(28));
  draw.AddRectFilled(corner, corner + size, theme().raised, px(5));
  draw.AddRect(corner, corner + size, theme().error, px(5));
  draw.AddText(ImGui::GetFont(), ImGui::GetFontSize(), corner + ImVec2(px(8), px(6)), theme().text, begin_of(problem),
               end_of(problem), size.x - px(16));
  add_text(Role::text, "problem of a cell", std::string(problem), corner, corner + size);
  return box.changed;
}

template <typename Owner>
bool parameter(const Parameter<Owner>& p, Owner& owner, std::string_view suffix) {
  const std::string label = std::string(p.label) + "##" + std::string(p.key) + std::string(suffix);
  double value = p.get(owner);
  bool changed = false;
  const auto [minimum, maximum] = range_beside(p, owner);
  const NumberOptions options{
      .minimum = minimum,
      .maximum = maximum,
      .step = p.step,
      .unit = p.unit,
      .help = p.help,
      // A specimen's density has more digits than anybody reads: the recipe's numbers have theirs.
      .coarse = std::is_same_v<Owner, SimulationParameters> && p.step >= 1,
      .whole = p.kind == ParameterKind::integer};
  switch (p.kind) {
    case ParameterKind::toggle: {
      bool on = value != 0;
      changed = toggle(label, on, p.help);
      value = on ? 1 : 0;
      break;
    }
    case ParameterKind::choice: {
      std::vector<std::string> options_text;
      for (const auto& choice : p.choices) options_text.emplace_back(choice.label);
      int chosen = static_cast<int>(value);
      changed = combo(label, options_text, chosen, p.help);
      value = chosen;
      break;
    }
    case ParameterKind::integer:
    case ParameterKind::real:
      if (p.optional) {
        bool on = !std::isnan(value);
        if (toggle("Use " + lower_case(p.label) + "##" + label, on, p.help)) {
          value = on ? p.minimum : no_value;
          changed = true;
        }
        if (on) changed = slider(label, value, options) || changed;
      } else if (p.maximum - p.minimum > 1e7) {
        changed = number_input(label, value, options);  // no slider could set a value out of billions
      } else {
        changed = slider(label, value, options);
      }
      break;
  }
  // Widgets clamp and snap, so a refusal here would be a mistake of ours; the old value then stays.
  return changed && set_checked(p, owner, value).has_value();
}

template bool parameter(const RecipeParameter&, Recipe&, std::string_view);
template bool parameter(const RefinementParameter&, Refinement&, std::string_view);
template bool parameter(const SimulationParameter&, SimulationParameters&, std::string_view);

}  // namespace floodlight::ui

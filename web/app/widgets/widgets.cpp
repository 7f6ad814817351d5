#include "web/app/widgets/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "web/app/platform/platform.h"
#include "web/app/widgets/widget_parts.h"

namespace floodlight::ui {
namespace {

ImGuiID current_group = 0;

Glossary glossary = nullptr;
/// The words that were explained in this frame already, each in its window.
struct Explained {
  int frame = -1;
  std::vector<ImGuiID> ids;
};
/// A word of the trade, and where it was drawn.
struct DrawnWord {
  std::string_view word;
  ImVec2 at;
};
std::vector<DrawnWord>* drawn_words = nullptr;  ///< where they are wanted

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void find_words(std::string_view line, ImVec2 at) {
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    while (end < line.size() && is_letter(line[end])) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    const std::string_view word = line.substr(i, end - i);
    if (!glossary(word).empty()) drawn_words->push_back({word, {at.x + text_width(line.substr(0, i)), at.y}});
    i = end;
  }
}

}  // namespace

std::string visible(std::string_view label) { return std::string(label.substr(0, label.find("##"))); }

void draw_text(ImVec2 at, ImU32 colour, std::string_view text) {
  ImGui::GetWindowDrawList()->AddText(at, colour, begin_of(text), end_of(text));
}

float text_width(std::string_view text) { return ImGui::CalcTextSize(begin_of(text), end_of(text)).x; }

ImVec2 centred(const ImRect& rect, std::string_view text) {
  const ImVec2 size = ImGui::CalcTextSize(begin_of(text), end_of(text));
  return {std::floor(rect.GetCenter().x - size.x / 2), std::floor(rect.GetCenter().y - size.y / 2)};
}

void register_text(Role role, std::string_view text, int level) {
  if (ImGui::GetCurrentWindow()->SkipItems) return;
  MirrorItem item;
  item.id = ImGui::GetID(begin_of(text), end_of(text));
  item.role = role;
  item.name = std::string(text);
  item.level = level;
  item.rect_min = ImGui::GetItemRectMin();
  item.rect_max = ImGui::GetItemRectMax();
  item.group = current_group;
  mirror().add(std::move(item));
}

void label_line(std::string_view label, ImVec2 at, bool disabled) {
  const FontScope face(Font::regular, body_text);
  draw_text({at.x, at.y + px(4)}, disabled ? theme().muted : theme().text, visible(label));
}

void wrapped(std::string_view text, ImU32 colour, float leading, bool explains) {
  const float width = available_width();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  std::vector<DrawnWord> words;
  // A dialog's controls stay few.
  const bool in_dialog = (ImGui::GetCurrentWindow()->Flags & ImGuiWindowFlags_Modal) != 0;
  if (explains && !in_dialog && glossary != nullptr && ImGui::IsRectVisible(at, at + ImVec2(width, px(400))))
    drawn_words = &words;
  const float height = draw_wrapped(at, width, text, colour, leading);
  drawn_words = nullptr;
  ImGui::Dummy({width, height});
  if (!explains) return;
  // Whoever listens hears the sentence first, then its words.
  register_text(Role::text, text);
  for (const DrawnWord& w : words)
    explained_word(w.word, w.at, w.at + ImGui::CalcTextSize(begin_of(w.word), end_of(w.word)));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
}

float draw_wrapped(ImVec2 at, float width, std::string_view text, ImU32 colour, float leading) {
  // More air between the lines than Dear ImGui gives.
  const float line = std::round(ImGui::GetFontSize() * leading);
  float y = at.y;
  while (!text.empty()) {
    // Broken at spaces only: Dear ImGui would also break a number after its point.
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::size_t fits = std::min(text.find(' '), end);
    while (fits < end) {
      const std::size_t next = std::min(text.find(' ', fits + 1), end);
      if (text_width(text.substr(0, next)) > width) break;
      fits = next;
    }
    draw_text({at.x, y}, colour, text.substr(0, fits));
    if (drawn_words != nullptr) find_words(text.substr(0, fits), {at.x, y});
    y += line;
    text.remove_prefix(std::min(fits + 1, text.size()));
  }
  return y - at.y;
}

void set_glossary(Glossary meaning_of) { glossary = meaning_of; }

void explained_word(std::string_view word, ImVec2 min, ImVec2 max) {
  static Explained done;
  if (std::exchange(done.frame, ImGui::GetFrameCount()) != ImGui::GetFrameCount()) done.ids.clear();
  const std::string_view meaning = glossary != nullptr ? glossary(word) : std::string_view();
  // One entry in the glossary for a word and its plural: the meaning tells.
  const ImGuiID id = ImGui::GetCurrentWindow()->GetID(begin_of(meaning), end_of(meaning));
  if (meaning.empty() || ImGui::GetCurrentWindow()->SkipItems || std::ranges::contains(done.ids, id)) return;
  done.ids.push_back(id);
  auto* draw = ImGui::GetWindowDrawList();
  for (float x = min.x; x < max.x; x += px(4))
    draw->AddRectFilled({x, max.y}, {x + px(2), max.y + px(1)}, theme().accent);
  ImGui::PushOverrideID(id);
  ImGui::SetCursorScreenPos(min);
  const bool pressed = ImGui::InvisibleButton("meaning", max - min) || mirror().take_press(item_id());
  ImGui::PopID();
  const ImGuiID item = item_id();
  static ImGuiID tapped = 0;
  if (pressed) {
    tapped = tapped == item ? 0 : item;
  } else if (tapped == item && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    tapped = 0;
  }
  const bool reached = mirror().focused() == item && mirror().focus_visible();
  const bool shown = tapped == item || reached;
  // What hovers is explained by the tooltip that every widget has.
  registered({.role = Role::button, .name = "What is " + std::string(word) + "?", .description = std::string(meaning)},
             shown ? std::string_view() : meaning);
  if (!shown) return;
  const FontScope face(Font::regular, small_text);
  ImGui::SetNextWindowPos({min.x, max.y + px(6)});
  ImGui::SetNextWindowSize({px(280), 0});
  if (ImGui::BeginTooltip()) {
    wrapped(meaning, theme().text);
    ImGui::EndTooltip();
  }
}

void heading(std::string_view text, int level) {
  const FontScope face(Font::semibold, level == 1 ? large_text : level == 2 ? title_text : body_text);
  wrapped(text, theme().text, 1);
  register_text(Role::heading, text, level);
}

void paragraph(std::string_view text) {
  const FontScope face(Font::regular, body_text);
  wrapped(text, theme().text, 1.16F, true);
}

void note(std::string_view text) {
  const FontScope face(Font::regular, small_text);
  wrapped(text, theme().muted, 1.16F, true);
}

void fact(std::string_view name, std::string_view value, float width) {
  const FontScope face(Font::regular, body_text);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (width == 0) width = available_width();
  ImGui::Dummy({width, px(22)});
  draw_text(at, theme().muted, name);
  draw_text({at.x + width - text_width(value), at.y}, theme().text, value);
  register_text(Role::text, std::string(name) + ": " + std::string(value));
}

bool code(std::string_view name, std::string_view lines) {
  const float width = available_width();
  const ImVec2 head = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({head.x, head.y + px(6)});
  heading(name, 3);
  bool pressed = false;
  {
    const FontScope small(Font::regular, small_text);
    ImGui::SetCursorScreenPos({head.x + width - px(56), head.y});
    pressed = button("Copy##" + std::string(name), {.help = "Copies these lines.", .quiet = true, .width = px(56)});
  }
  const FontScope face(Font::mono, small_text);
  const ImVec2 inner(px(12), px(10));
  const float character = text_width("m");
  const auto columns = static_cast<std::size_t>(std::max(12.0F, (width - 2 * inner.x) / character));
  const auto rows = broken_code(lines, columns);
  const float line = std::round(ImGui::GetFontSize() * 1.1F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 box(width, line * static_cast<float>(rows.size()) + 2 * inner.y);
  ImGui::Dummy(box);
  register_text(Role::text, lines);
  ImGui::GetWindowDrawList()->AddRectFilled(at, at + box, theme().raised, px(6));
  for (std::size_t i = 0; i < rows.size(); ++i)
    draw_text(at + inner + ImVec2(0, line * static_cast<float>(i)), theme().text, rows[i]);
  return pressed;
}

void gap(float size) { ImGui::Dummy({0, px(size) - ImGui::GetStyle().ItemSpacing.y}); }

float available_width() { return std::max(px(64), ImGui::GetContentRegionAvail().x); }
ImVec2 content_width(float height) { return {available_width(), height}; }

GroupScope::GroupScope(std::string_view name, Role role, ImVec2 min, ImVec2 max) : outer_(current_group) {
  // An id of its own: a heading of the same words may stand in it.
  const ImGuiID id = ImGui::GetID(("group " + std::string(name)).c_str());
  mirror().add({.id = id, .role = role, .name = std::string(name), .rect_min = min, .rect_max = max, .group = outer_});
  current_group = id;
}

GroupScope::GroupScope(std::string_view name)
    : GroupScope(name, Role::group, ImGui::GetCursorScreenPos(),
                 ImGui::GetCursorScreenPos() + ImVec2(available_width(), 1)) {}

GroupScope::~GroupScope() { current_group = outer_; }

void add_text(Role role, std::string_view id, std::string text, ImVec2 min, ImVec2 max) {
  mirror().add({.id = ImGui::GetID(begin_of(id), end_of(id)),
                .role = role,
                .name = std::move(text),
                .rect_min = min,
                .rect_max = max,
                .group = current_group});
}

ImGuiID item_id() { return ImGui::GetCurrentWindow()->SkipItems ? 0 : ImGui::GetItemID(); }

void registered(MirrorItem item, std::string_view help) {
  if (item.group == 0) item.group = current_group;
  item.id = item_id();
  if (item.id == 0) return;
  item.rect_min = ImGui::GetItemRectMin();
  item.rect_max = ImGui::GetItemRectMax();
  // What is wrong with a field comes before what it is for.
  if (item.description.empty()) item.description = help;
  const ImGuiID id = item.id;
  if (mirror().just_focused(id)) ImGui::SetScrollHereY(0.5F);
  // What is typed into shows the page's own field instead.
  const bool typed = item.role == Role::spinbutton || item.role == Role::textbox;
  if (mirror().focused() == id && mirror().focus_visible() && !typed) {
    const ImVec2 margin(px(2), px(2));
    ImGui::GetForegroundDrawList()->AddRect(item.rect_min - margin, item.rect_max + margin, theme().accent, px(7), 0,
                                            px(2));
  }
  // Who has pressed it knows what it does; the tooltip would only hide the answer.
  static ImGuiID pressed = 0;
  if (ImGui::IsItemActivated()) pressed = id;
  if (pressed == id && !ImGui::IsItemHovered()) pressed = 0;
  if (!help.empty() && pressed != id && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    ImGui::SetNextWindowSize({px(280), 0});
    if (ImGui::BeginTooltip()) {
      {
        const FontScope face(Font::regular, small_text);
        std::string text(help);
        if (!item.shortcut.empty()) text += "  [" + item.shortcut + "]";
        wrapped(text, theme().text);
      }
      ImGui::EndTooltip();
    }
  }
  mirror().add(std::move(item));
}

bool button(std::string_view label, const ButtonOptions& o) {
  const std::string name = visible(label);
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  const ImVec2 size(o.width > 0 ? o.width : text_width(name) + 2 * padding.x, px(30));
  ImGui::BeginDisabled(o.disabled);
  bool pressed = ImGui::InvisibleButton(std::string(label).c_str(), size);
  ImGui::EndDisabled();
  pressed = mirror().take_press(item_id()) || pressed;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  const bool hovered = ImGui::IsItemHovered();
  const bool on = o.pressed.value_or(false);
  auto* draw = ImGui::GetWindowDrawList();
  const bool bright = (o.primary || on) && !o.disabled;
  const ImU32 fill = bright ? theme().accent : hovered && !o.disabled ? theme().hovered : theme().raised;
  if (!o.quiet || hovered || on) draw->AddRectFilled(rect.Min, rect.Max, fill, px(6));
  const ImU32 ink = o.disabled || (o.quiet && !on) ? theme().muted : bright ? theme().on_accent : theme().text;
  if (o.opens) {
    draw->PushClipRect(rect.Min, {rect.Max.x - px(28), rect.Max.y}, true);
    draw_text({rect.Min.x + padding.x, centred(rect, name).y}, ink, name);
    draw->PopClipRect();
    const ImVec2 tip(rect.Max.x - px(16), rect.GetCenter().y + px(4));
    draw->AddTriangleFilled(tip, tip + ImVec2(-px(6), -px(8)), tip + ImVec2(px(6), -px(8)), ink);
  } else {
    draw_text(centred(rect, name), ink, name);
  }
  MirrorItem item;
  item.role = Role::button;
  item.name = o.name.empty() ? name : std::string(o.name);
  item.disabled = o.disabled;
  item.pressed = o.pressed;
  item.shortcut = o.shortcut;
  registered(std::move(item), o.help);
  return pressed && !o.disabled;
}

bool segmented(std::string_view name, std::span<const std::string_view> options, int& chosen, float width) {
  const FontScope face(Font::regular, body_text);
  const float full = width > 0 ? width : available_width();
  const float height = px(30);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + full, at.y + height}, theme().raised, px(6));
  ImGui::PushID(begin_of(name), end_of(name));
  const ImGuiID group = ImGui::GetID("group");
  mirror().add({.id = group,
                .role = Role::radio_group,
                .name = std::string(name),
                .rect_min = at,
                .rect_max = {at.x + full, at.y + height},
                .group = current_group});
  // Widths follow the labels, so that a long one does not squeeze.
  float total = 0;
  for (const auto option : options) total += text_width(option) + px(20);
  const float stretch = full / total;
  bool changed = false;
  float x = at.x;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const float w = (text_width(options[i]) + px(20)) * stretch;
    ImGui::SetCursorScreenPos({x, at.y});
    bool pressed = ImGui::InvisibleButton(std::string(options[i]).c_str(), {w, height});
    pressed = mirror().take_press(item_id()) || pressed;
    const int index = static_cast<int>(i);
    if (pressed && chosen != index) {
      chosen = index;
      changed = true;
    }
    const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
    const bool on = chosen == index;
    if (on) {
      const ImVec2 inset(px(3), px(3));
      draw->AddRectFilled(rect.Min + inset, rect.Max - inset, theme().accent, px(4));
    }
    draw_text(centred(rect, options[i]), on ? theme().on_accent : theme().text, options[i]);
    registered({.role = Role::radio, .name = std::string(options[i]), .checked = on, .group = group});
    x += w;
  }
  ImGui::PopID();
  return changed;
}

namespace {

const bool* revealed_fold = nullptr;
int revealing = 0;  // frames for which it is still done: what stands below may come a little later

}  // namespace

void reveal_fold(const bool* open) {
  revealed_fold = open;
  revealing = 8;
}

bool fold(std::string_view label, bool& open) {
  const FontScope face(Font::semibold, body_text);
  bool pressed = ImGui::InvisibleButton(std::string(label).c_str(), content_width(px(28)));
  pressed = mirror().take_press(item_id()) || pressed;
  if (pressed) open = !open;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  auto* draw = ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) draw->AddRectFilled(rect.Min, rect.Max, theme().raised, px(6));
  const ImVec2 centre(rect.Min.x + px(7), rect.GetCenter().y);
  const ImU32 ink = theme().text;
  if (open) {
    draw->AddTriangleFilled(centre + ImVec2(-px(5), -px(3)), centre + ImVec2(px(5), -px(3)), centre + ImVec2(0, px(4)),
                            ink);
  } else {
    draw->AddTriangleFilled(centre + ImVec2(-px(3), -px(5)), centre + ImVec2(px(4), 0), centre + ImVec2(-px(3), px(5)),
                            ink);
  }
  draw_text({rect.Min.x + px(20), centred(rect, label).y}, ink, visible(label));
  registered({.role = Role::button, .name = visible(label), .expanded = open});
  if (open && &open == revealed_fold && revealing > 0) {
    ImGui::SetScrollHereY(0.02F);
    if (--revealing == 0) revealed_fold = nullptr;
  }
  return open;
}

bool toggle(std::string_view label, bool& value, std::string_view help) {
  const FontScope face(Font::regular, body_text);
  const ImVec2 size = content_width(px(26));
  bool pressed = ImGui::InvisibleButton(std::string(label).c_str(), size);
  pressed = mirror().take_press(item_id()) || pressed;
  if (pressed) value = !value;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  auto* draw = ImGui::GetWindowDrawList();
  label_line(label, rect.Min, false);
  const ImVec2 pill_min(rect.Max.x - px(40), rect.Min.y + px(2));
  const ImVec2 pill_max(rect.Max.x, rect.Min.y + px(24));
  draw->AddRectFilled(pill_min, pill_max, value ? theme().accent : theme().raised, px(11));
  if (!value) draw->AddRect(pill_min, pill_max, theme().muted, px(11));
  const float knob = value ? pill_max.x - px(11) : pill_min.x + px(11);
  draw->AddCircleFilled({knob, pill_min.y + px(11)}, px(7), value ? theme().on_accent : theme().muted);
  registered({.role = Role::toggle, .name = visible(label), .checked = value}, help);
  return pressed;
}

bool combo(std::string_view label, std::span<const std::string> options, int& chosen, std::string_view help,
           float width, bool show_label) {
  const FontScope face(Font::regular, body_text);
  if (show_label) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({1, px(16)});
    label_line(label, {at.x, at.y - px(4)}, false);
  }
  ImGui::SetNextItemWidth(width > 0 ? width : -1);
  ImGui::PushID(begin_of(label), end_of(label));
  bool changed = false;
  const auto current = static_cast<std::size_t>(chosen);
  const char* preview = current < options.size() ? options[current].c_str() : "";
  const ImGuiID id = ImGui::GetID("##combo");
  const bool open = ImGui::BeginCombo("##combo", preview, ImGuiComboFlags_HeightLargest);
  if (open) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (ImGui::Selectable(options[i].c_str(), i == current) && i != current) {
        chosen = static_cast<int>(i);
        changed = true;
      }
      mirror().cover(item_id());
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Escape)) ImGui::CloseCurrentPopup();
    ImGui::EndCombo();
  }
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::option && request->index >= 0 &&
        request->index < static_cast<int>(options.size()) && request->index != chosen) {
      chosen = request->index;
      changed = true;
    }
  }
  MirrorItem item;
  item.role = Role::combobox;
  item.name = visible(label);
  item.options.assign(options.begin(), options.end());
  item.option_index = chosen;
  registered(std::move(item), open ? std::string_view{} : help);
  ImGui::PopID();
  return changed;
}

bool text_input(std::string_view label, std::string& text, bool take_focus) {
  const FontScope face(Font::regular, body_text);
  const bool pressed = ImGui::InvisibleButton(std::string(label).c_str(), content_width(px(34)));
  const ImGuiID id = item_id();
  if (pressed || take_focus) mirror().focus(id);
  bool changed = false;
  while (auto request = mirror().take_request(id)) {
    if (request->kind != Request::Kind::text) continue;
    changed = changed || request->text != text;
    text = request->text;
  }
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  ImGui::GetWindowDrawList()->AddRectFilled(rect.Min, rect.Max, theme().raised, px(6));
  draw_text({rect.Min.x + px(10), rect.Min.y + px(8)}, text.empty() ? theme().muted : theme().text,
            text.empty() ? label : std::string_view(text));
  registered({.role = Role::textbox, .name = visible(label), .value_text = text});
  return changed;
}

bool list_row(std::string_view name, std::string_view detail, bool chosen) {
  const FontScope face(Font::regular, body_text);
  bool pressed = ImGui::InvisibleButton(std::string(name).c_str(), content_width(px(30)));
  pressed = mirror().take_press(item_id()) || pressed;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  if (chosen || ImGui::IsItemHovered())
    ImGui::GetWindowDrawList()->AddRectFilled(rect.Min, rect.Max, chosen ? theme().hovered : theme().raised, px(6));
  const float y = rect.Min.y + px(6);
  draw_text({rect.Min.x + px(10), y}, theme().text, name);
  draw_text({rect.Max.x - px(10) - text_width(detail), y}, theme().muted, detail);
  registered({.role = Role::button, .name = std::string(name), .selected = chosen, .description = std::string(detail)});
  return pressed;
}

}  // namespace floodlight::ui

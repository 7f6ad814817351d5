// The accessible mirror: what each widget on the canvas is called, holds and can do, kept as a DOM tree over the canvas.
#include "web/app/widgets/mirror.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "imgui_internal.h"

#include "core/base/json.h"
#include "web/app/platform/platform.h"

namespace floodlight::ui {
namespace {

constexpr int frames_to_answer = 2;
constexpr float grid = 2.0F;  // rectangles are told to half a pixel

constexpr std::array role_names = {
    "button", "link",       "switch",      "checkbox",  "radio",    "tab",          "combobox",
    "slider", "spinbutton", "textbox",     "image",     "splitter", "heading",      "text",
    "status", "alert",      "progressbar", "separator", "group",    "region",       "toolbar",
    "dialog", "radiogroup", "tablist",     "table",     "row",      "columnheader", "cell",
};
static_assert(role_names.size() == static_cast<std::size_t>(Role::cell) + 1);

Json tri_state(const std::optional<bool>& value) { return value ? Json(*value) : Json(); }

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json rectangle(const MirrorItem& item) {
  const auto round = [](float value) { return Json(static_cast<double>(std::round(value * grid) / grid)); };
  return Json::Array{round(item.rect_min.x), round(item.rect_min.y), round(item.rect_max.x - item.rect_min.x),
                     round(item.rect_max.y - item.rect_min.y)};
}

// Everything that the page is told about an item, always in the same order.
Json::Object members(const MirrorItem& item) {
  Json::Array options;
  for (const std::string& option : item.options) options.emplace_back(option);
  return {
      {"role", role_names[static_cast<std::size_t>(item.role)]},
      {"group", static_cast<double>(item.group)},
      {"name", item.name},
      {"valueText", item.value_text},
      {"number", finite(item.number)},
      {"min", finite(item.min)},
      {"max", finite(item.max)},
      {"step", finite(item.step)},
      {"unit", item.unit},
      {"disabled", item.disabled},
      {"checked", tri_state(item.checked)},
      {"pressed", tri_state(item.pressed)},
      {"expanded", tri_state(item.expanded)},
      {"selected", item.selected},
      {"focusable", item.focusable},
      {"options", std::move(options)},
      {"optionIndex", item.option_index},
      {"rect", rectangle(item)},
      {"description", item.description},
      {"shortcut", item.shortcut},
      {"level", item.level},
  };
}

bool same(const MirrorItem& a, const MirrorItem& b) {
  const auto rest = [](const MirrorItem& i) {
    return std::tie(i.id, i.role, i.value_text, i.number, i.min, i.max, i.step, i.unit, i.disabled, i.checked,
                    i.pressed, i.expanded, i.selected, i.focusable, i.options, i.option_index, i.rect_min.x,
                    i.rect_min.y, i.rect_max.x, i.rect_max.y, i.description, i.shortcut, i.level, i.group);
  };
  return a.name == b.name && rest(a) == rest(b);
}

bool holds_number(Role role) { return role == Role::slider || role == Role::spinbutton || role == Role::splitter; }

// Windows, their title bars and scroll bars: Dear ImGui reports them as items, but what they hold is what is operated.
bool is_part_of_window(ImGuiID id) {
  return std::ranges::any_of(ImGui::GetCurrentContext()->Windows, [id](ImGuiWindow* window) {
    // One that was not drawn has reported nothing, and what its scroll bars' IDs are made of may have been freed.
    if (!window->Active) return false;
    return id == window->ID || id == window->MoveId || id == window->ChildId ||
           id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_X) ||
           id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_Y);
  });
}

}  // namespace

Mirror& mirror() {
  static Mirror instance;
  return instance;
}

void Mirror::begin_frame() {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  context.TestEngineHookItems = true;
  just_focused_ = std::exchange(next_just_focused_, 0);
  // Who tabs away from a text field on the canvas has finished with it.
  if (just_focused_ != 0 && context.IO.WantTextInput && context.ActiveId != just_focused_) ImGui::ClearActiveID();
  items_.clear();
  taken_.clear();
  twice_.clear();
  covered_.clear();
  seen_.clear();
}

void Mirror::add(MirrorItem item) {
  IM_ASSERT(item.id != 0);
  if (paused_) return;
  if (taken_.contains(item.id)) {
    // The same words may stand twice on a page; a widget that can be operated may not have another's id.
    if (item.role != Role::text && item.role != Role::heading) twice_.push_back({item.id, "twice: " + item.name});
    while (taken_.contains(item.id)) ++item.id;
  }
  taken_.insert(item.id);
  items_.push_back(std::move(item));
}

void Mirror::cover(ImGuiID id) { covered_.insert(id); }

std::optional<Request> Mirror::take_request(ImGuiID id) {
  const auto found = std::ranges::find(requests_, id, &Pending::id);
  if (found == requests_.end()) return std::nullopt;
  Request request = std::move(found->request);
  requests_.erase(found);
  answered_.insert(id);
  return request;
}

bool Mirror::take_press(ImGuiID id) {
  const std::optional<Request> request = take_request(id);
  return request && request->kind == Request::Kind::press;
}

void Mirror::set_problem(ImGuiID id, std::string sentence) {
  if (sentence.empty() && id != problem_at_) return;
  problem_at_ = sentence.empty() ? 0 : id;
  problem_ = std::move(sentence);
}

void Mirror::focus(ImGuiID id) { focus_wish_ = id; }

void Mirror::deliver(ImGuiID id, Request request) {
  const auto item = std::ranges::find(previous_, id, &MirrorItem::id);
  if (item == previous_.end() || item->disabled || !std::isfinite(request.number)) return;
  if (request.kind == Request::Kind::number && holds_number(item->role) && item->min < item->max) {
    request.number = std::clamp(request.number, item->min, item->max);
  }
  // Of several values only the last one counts; presses count one by one.
  if (request.kind != Request::Kind::press) {
    std::erase_if(requests_, [&](const Pending& p) { return p.id == id && p.request.kind == request.kind; });
  }
  requests_.push_back({.id = id, .request = std::move(request), .age = 0});
  platform::request_frame(3);
}

void Mirror::deliver_focus(ImGuiID id, bool visible) {
  if (id == focused_ && visible == focus_visible_) return;
  focused_ = id;
  focus_visible_ = visible && id != 0;
  next_just_focused_ = focus_visible_ ? id : 0;
  platform::request_frame(3);
}

void Mirror::hook_item(ImGuiID id) {
  if (id != 0) seen_.push_back({.id = id, .label = {}});
}

void Mirror::hook_label(ImGuiID id, const char* label) {
  if (id == 0) return;
  // The label mostly follows its item at once; when it comes first, it says that there is an item.
  const auto found = std::find_if(seen_.rbegin(), seen_.rend(), [id](const Missing& seen) { return seen.id == id; });
  if (found == seen_.rend()) {
    seen_.push_back({.id = id, .label = label});
  } else {
    found->label = label;
  }
}

void Mirror::compare_with_hooks() {
  unregistered_ = twice_;
  for (Missing& seen : seen_) {
    const auto is_it = [&](const auto& other) { return other.id == seen.id; };
    if (covered_.contains(seen.id) || std::ranges::any_of(items_, is_it) || std::ranges::any_of(unregistered_, is_it) ||
        is_part_of_window(seen.id)) {
      continue;
    }
    unregistered_.push_back(std::move(seen));
  }
}

std::string Mirror::differences() {
  Json::Array changed;
  Json::Array removed;
  std::unordered_set<ImGuiID> present;
  bool reordered = items_.size() != previous_.size();
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const MirrorItem& item = items_[i];
    present.insert(item.id);
    reordered = reordered || previous_[i].id != item.id || previous_[i].group != item.group;
    const auto before = previous_index_.find(item.id);
    const bool whole = before == previous_index_.end() || answered_.contains(item.id);
    if (!whole && same(item, previous_[before->second])) continue;
    Json::Object object = members(item);
    if (!whole) {
      Json::Object old = members(previous_[before->second]);
      Json::Object fresh;
      for (std::size_t m = 0; m < object.size(); ++m) {
        if (object[m] != old[m]) fresh.push_back(std::move(object[m]));
      }
      if (fresh.empty()) continue;
      object = std::move(fresh);
    }
    object.emplace_back("id", static_cast<double>(item.id));
    changed.emplace_back(std::move(object));
  }
  for (const MirrorItem& item : previous_) {
    if (!present.contains(item.id)) removed.emplace_back(static_cast<double>(item.id));
  }
  if (changed.empty() && removed.empty() && !reordered && !focus_wish_) return {};

  Json::Object message;
  if (!changed.empty()) message.emplace_back("changed", std::move(changed));
  if (!removed.empty()) message.emplace_back("removed", std::move(removed));
  if (reordered) {
    Json::Array order;
    for (const MirrorItem& item : items_) order.emplace_back(static_cast<double>(item.id));
    message.emplace_back("order", std::move(order));
  }
  if (focus_wish_) message.emplace_back("focus", static_cast<double>(*focus_wish_));
  return write_json(Json(std::move(message)));
}

void Mirror::end_frame() {
  compare_with_hooks();
  for (Pending& pending : requests_) ++pending.age;
  std::erase_if(requests_, [this](const Pending& pending) {
    if (pending.age < frames_to_answer) return false;
    answered_.insert(pending.id);
    return true;
  });
  if (!requests_.empty()) platform::request_frame(1);
  if (problem_at_ != 0 && !taken_.contains(problem_at_)) set_problem(problem_at_, {});

  const std::string message = differences();
  answered_.clear();
  focus_wish_.reset();
  previous_.swap(items_);
  previous_index_.clear();
  for (std::size_t i = 0; i < previous_.size(); ++i) previous_index_[previous_[i].id] = i;
  // Last, because the page may answer at once: the focus may go, and come back as `deliver_focus`.
  if (!message.empty()) platform::tell_mirror(message);
}

}  // namespace floodlight::ui

// Dear ImGui calls these for every item while TestEngineHookItems is set.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* /*context*/, ImGuiID id, const ImRect& /*rectangle*/,
                                 const ImGuiLastItemData* /*data*/) {
  floodlight::ui::mirror().hook_item(id);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* /*context*/, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags /*flags*/) {
  floodlight::ui::mirror().hook_label(id, label);
}

void ImGuiTestEngineHook_Log(ImGuiContext* /*context*/, const char* /*format*/, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext* /*context*/, ImGuiID /*id*/) { return nullptr; }

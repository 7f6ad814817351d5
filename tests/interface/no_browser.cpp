#include "tests/interface/no_browser.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <utility>

#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"

#include "tests/interface/no_gpu.h"
#include "tests/interface/no_trainer.h"
#include "tests/interface/no_workers.h"
#include "web/app/platform/keys.h"
#include "web/app/platform/mouse_queue.h"
#include "web/app/shell/frame.h"
#include "web/app/state/app.h"
#include "web/app/widgets/mirror.h"

namespace floodlight::test {
namespace {

constexpr int frames_per_event = 3;
constexpr double hover_delay = 500;
constexpr float notch = 100;
constexpr ImVec2 nowhere(-FLT_MAX, -FLT_MAX);

/// What connects the app with its browser, as long as the page is open.
struct Connection {
  std::function<void()> lost;
  std::function<void()> restored;
  std::function<bool(ImGuiKey)> uses_key;
  std::function<bool(ImVec2)> takes_pinch;
  std::function<void(std::string, std::vector<std::uint8_t>, platform::FilePurpose)> file;
  std::function<void(std::string)> file_problem;
  int owed = 0;
  double last_frame = 0;
  std::optional<double> hover_until;  ///< then a tooltip may come
  std::vector<void (*)()> soon;
  bool hidden = true;
  bool shows_next = false;
  bool context_lost = false;
  std::map<std::string, ImGuiKey, std::less<>> keys_down;
  std::vector<platform::KeyPress> presses;
  platform::MouseQueue mouse;
  platform::Gesture gesture;
};

Connection& connection() {
  static Connection instance;
  return instance;
}

void draw() {
  Connection& c = connection();
  Browser& b = browser();
  b.now += b.frame_time;
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = static_cast<float>(std::clamp((b.now - c.last_frame) / 1000.0, 0.001, 0.5));
  c.last_frame = b.now;
  const auto size = platform::framebuffer_size();
  io.DisplaySize = {(static_cast<float>(size.width) + 0.01F) / b.ratio,
                    (static_cast<float>(size.height) + 0.01F) / b.ratio};
  io.DisplayFramebufferScale = {b.ratio, b.ratio};
  ui::frame();
  ++b.frames;
  c.shows_next = false;
  if (c.mouse.pass()) platform::request_frame();
}

void add_modifiers(const Modifiers& held) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, held.ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, held.shift);
  io.AddKeyEvent(ImGuiMod_Alt, held.alt);
  io.AddKeyEvent(ImGuiMod_Super, held.meta);
}

/// After each event the app draws, and once more when the pointer has rested.
void answer_event() {
  platform::request_frame(frames_per_event);
  connection().hover_until = browser().now + hover_delay;
}

/// KeyboardEvent.code of a key on a plain keyboard.
std::string code_of(std::string_view key) {
  if (key == " ") return "Space";
  if (key.size() != 1) return std::string(key);
  const char c = key[0];
  if (c >= 'a' && c <= 'z') return std::string("Key") + static_cast<char>(c - 'a' + 'A');
  if (c >= 'A' && c <= 'Z') return std::string("Key") + c;
  if (c >= '0' && c <= '9') return std::string("Digit") + c;
  return "Key?";
}

void note_misuse(ImGuiContext* /*context*/, void* /*user*/, const char* message) {
  auto& misuses = browser().misuses;
  if (std::ranges::find(misuses, message) == misuses.end()) misuses.emplace_back(message);
}

const char* get_clipboard(ImGuiContext* /*context*/) { return browser().clipboard.c_str(); }
void set_clipboard(ImGuiContext* /*context*/, const char* text) { browser().clipboard = text; }

ImGuiID id_of(const Json& number) { return static_cast<ImGuiID>(*number.number()); }

const Json::Array& list_of(const Json& object, std::string_view name) {
  static const Json::Array none;
  const Json* found = object.find(name);
  return found != nullptr ? *found->array() : none;
}

const Json* member(const Json::Object& object, std::string_view name) {
  const auto found = std::ranges::find(object, name, &Json::Member::first);
  return found == object.end() ? nullptr : &found->second;
}

}  // namespace

void ToldMirror::apply(const Json& differences) {
  for (const Json& id : list_of(differences, "removed")) entries.erase(id_of(id));
  for (const Json& change : list_of(differences, "changed")) {
    Json::Object& entry = entries[id_of(*change.find("id"))];
    for (const auto& [name, value] : *change.object()) {
      const auto known = std::ranges::find(entry, name, &Json::Member::first);
      if (known == entry.end()) {
        entry.emplace_back(name, value);
      } else {
        known->second = value;
      }
    }
  }
  if (differences.find("order") == nullptr) return;
  order.clear();
  for (const Json& id : list_of(differences, "order")) order.push_back(id_of(id));
}

std::string ToldMirror::difference() const {
  const auto& items = ui::mirror().items();
  if (items.size() != order.size() || entries.size() != order.size())
    return "the page has " + std::to_string(entries.size()) + " elements, " + std::to_string(order.size()) +
           " in its order, and the app has " + std::to_string(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ui::MirrorItem& item = items[i];
    const auto found = entries.find(item.id);
    if (order[i] != item.id || found == entries.end()) return "the page has no " + item.name + " at its place";
    const auto says = [&](std::string_view name, const Json& value) {
      const Json* told = member(found->second, name);
      return told != nullptr && *told == value;
    };
    if (!says("name", item.name)) return "the page calls " + item.name + " otherwise";
    if (!says("valueText", item.value_text)) return item.name + " has another value in the page";
    if (std::isfinite(item.number) && !says("number", item.number))
      return item.name + " has another number in the page";
    if (!says("disabled", item.disabled)) return item.name + " is disabled in the page only, or in the app only";
    if (!says("checked", item.checked ? Json(*item.checked) : Json())) return item.name + " is checked in one of both";
    if (!says("selected", item.selected)) return item.name + " is selected in one of both";
    if (!says("group", static_cast<double>(item.group))) return item.name + " stands in another group in the page";
  }
  return {};
}

Browser& browser() {
  static Browser instance;
  return instance;
}

void load_page() {
  if (ImGui::GetCurrentContext() != nullptr) {
    ui::begin_app();
    if (ImGui::GetIO().BackendRendererUserData != nullptr) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
  }
  Browser& b = browser();
  connection() = {};
  b.told = {};
  b.asked_for.clear();
  start_gpu();
  start_workers();
  start_trainer();

  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;
  // What Dear ImGui frees of windows that are not drawn, it frees at once: a fault shows in every test, not after a minute.
  io.ConfigMemoryCompactTimer = 0;
  io.ConfigErrorRecoveryEnableAssert = false;
  ImGui::GetCurrentContext()->ErrorCallback = note_misuse;
  platform::start();
  ui::start_app();
  platform::run(ui::frame);
}

void deliver_rest() {
  ui::app().loaded();
  platform::request_frame();
}

bool go_on() {
  Connection& c = connection();
  if (browser().gave_up) return false;
  if (c.hover_until && browser().now >= *c.hover_until) {
    c.hover_until.reset();
    platform::request_frame(frames_per_event);
  }
  if (!c.soon.empty()) {
    const auto act = c.soon.front();
    c.soon.erase(c.soon.begin());
    act();
    return true;
  }
  if (c.owed > 0 && !c.context_lost) {
    --c.owed;
    draw();
    return true;
  }
  return work_once() || train_once();
}

void pass(double milliseconds) {
  Browser& b = browser();
  const double end = b.now + milliseconds;
  while (b.now < end) {
    if (go_on()) continue;
    const auto& next = connection().hover_until;
    b.now = next ? std::min(end, std::max(b.now, *next)) : end;
  }
}

bool is_settled() {
  const Connection& c = connection();
  return c.owed == 0 && c.soon.empty() && !ui::owes_work() && !workers_are_busy() && !trainer_is_busy();
}

void resize(ImVec2 size, float ratio) {
  browser().size = size;
  browser().ratio = ratio;
  platform::request_frame(frames_per_event);
}

void move_mouse(ImVec2 to) {
  connection().mouse.move(to, ImGuiMouseSource_Mouse);
  answer_event();
}

void press_mouse(ImGuiMouseButton button) {
  // A press on the canvas takes the focus from the elements over it.
  ui::mirror().deliver_focus(0, false);
  connection().mouse.press(button, true);
  answer_event();
}

void release_mouse(ImGuiMouseButton button) {
  connection().mouse.press(button, false);
  answer_event();
}

void turn_wheel(ImVec2 by, bool ctrl) {
  Connection& c = connection();
  const ImVec2 at = ImGui::GetIO().MousePos;
  if (ctrl) {
    if (!c.takes_pinch || !c.takes_pinch(at)) return;
    c.gesture.zoom *= std::exp(-std::clamp(by.y, -notch, notch) / notch);
    c.gesture.center = at;
  } else {
    c.mouse.turn_wheel(-by.x / notch, -by.y / notch);
  }
  answer_event();
}

void leave_with_mouse() {
  connection().mouse.move(nowhere, ImGuiMouseSource_Mouse);
  platform::request_frame(frames_per_event);
}

void pinch(ImVec2 centre, ImVec2 pan, float zoom) {
  platform::Gesture& g = connection().gesture;
  g.pan += pan;
  g.zoom *= zoom;
  g.center = centre;
  platform::request_frame(frames_per_event);
}

void focus_window(bool focused) {
  ImGui::GetIO().AddFocusEvent(focused);
  if (!focused) connection().keys_down.clear();
  platform::request_frame(frames_per_event);
}

bool key_down(std::string_view name, const Modifiers& held) {
  Connection& c = connection();
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiKey key = platform::translate_key(name, code_of(name));
  if (key == ImGuiKey_Tab || key == ImGuiKey_F5 || key == ImGuiKey_F11 || key == ImGuiKey_F12) return false;
  add_modifiers(held);
  platform::request_frame(frames_per_event);
  const bool command = held.ctrl || held.meta;
  const bool undoes = command && !held.alt && (key == ImGuiKey_Z || key == ImGuiKey_Y);
  if ((command || held.alt) && !undoes && !io.WantTextInput) return false;
  const bool types = platform::is_character(name) && !command && !held.alt;
  c.presses.push_back(
      {.key = key, .character = types ? std::string(name) : "", .command = command, .shift = held.shift});
  if (key != ImGuiKey_None) {
    io.AddKeyEvent(key, true);
    c.keys_down[std::string(name)] = key;
  }
  if (command) return undoes;
  if (held.alt) return false;
  if (platform::is_character(name)) io.AddInputCharactersUTF8(std::string(name).c_str());
  return io.WantTextInput || (c.uses_key && key != ImGuiKey_None && c.uses_key(key));
}

void key_up(std::string_view name, const Modifiers& held) {
  Connection& c = connection();
  add_modifiers(held);
  const auto pressed = c.keys_down.find(name);
  if (pressed != c.keys_down.end()) {
    ImGui::GetIO().AddKeyEvent(pressed->second, false);
    c.keys_down.erase(pressed);
  }
  platform::request_frame(frames_per_event);
}

bool type_key(std::string_view key, const Modifiers& held) {
  const bool used = key_down(key, held);
  key_up(key);
  return used;
}

void lose_gpu() {
  Connection& c = connection();
  c.context_lost = true;
  if (c.lost) c.lost();
  start_gpu();
  c.context_lost = false;
  if (c.restored) c.restored();
  platform::request_frame(frames_per_event);
}

}  // namespace floodlight::test

// --- what the app asks of its browser ---------------------------------------------------------------------------------------

namespace floodlight::platform {

using test::browser;
using test::connection;

bool start() {
  ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  platform_io.Platform_GetClipboardTextFn = test::get_clipboard;
  platform_io.Platform_SetClipboardTextFn = test::set_clipboard;
  connection().last_frame = browser().now;
  return true;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): as the platform declares it
void run(std::function<void()> /*frame*/) { request_frame(test::frames_per_event); }

void request_frame(int frames) { connection().owed = std::max(connection().owed, frames); }
void call_soon(void (*act)()) { connection().soon.push_back(act); }
bool owes_nothing() { return connection().owed == 0; }
void hide_frames(bool hidden) {
  connection().hidden = hidden;
  request_frame();
}
void draw_next_frame() {
  connection().shows_next = true;
  request_frame(1);
}
bool frame_is_seen() { return !connection().hidden || connection().shows_next; }
double frame_count() { return static_cast<double>(browser().frames); }

FramebufferSize framebuffer_size() {
  const auto device = [](float css) { return std::max(1, static_cast<int>(std::lround(css * browser().ratio))); };
  return {device(browser().size.x), device(browser().size.y)};
}
float pixel_ratio() { return browser().ratio; }

bool context_lost() { return connection().context_lost; }
void on_context_change(std::function<void()> lost, std::function<void()> restored) {
  connection().lost = std::move(lost);
  connection().restored = std::move(restored);
}

void set_uses_key(std::function<bool(ImGuiKey)> uses_key) { connection().uses_key = std::move(uses_key); }
// NOLINTNEXTLINE(performance-unnecessary-value-param): as the platform declares it
void set_repeats_key(std::function<bool(ImGuiKey, std::string_view)> /*repeats_key*/) {}  // no key is held here
std::vector<KeyPress> take_key_presses() { return std::exchange(connection().presses, {}); }
void set_takes_pinch(std::function<bool(ImVec2)> takes_pinch) { connection().takes_pinch = std::move(takes_pinch); }
Gesture take_gesture() {
  Gesture& gesture = connection().gesture;
  const Gesture taken = gesture;
  gesture = Gesture{.pan = {}, .zoom = 1.0F, .center = taken.center, .active = taken.active};
  return taken;
}

double now_ms() { return browser().now; }
bool prefers_reduced_motion() { return browser().reduced_motion; }
bool visible() { return true; }

void copy_text(const std::string& text) { browser().clipboard = text; }
void save_file(const std::string& name, std::span<const std::uint8_t> bytes, const std::string& mime) {
  browser().saved.push_back({name, {bytes.begin(), bytes.end()}, mime});
}
void open_file_dialog(FilePurpose purpose) { browser().asked_for.push_back(purpose); }
bool draws_by_processor() { return !browser().has_gpu; }
// NOLINTNEXTLINE(performance-unnecessary-value-param): as the browser's own takes it
void on_context_gone(std::function<void()> /*gone*/) {}
void draw_by_processor() {}
void show_picture(std::span<const std::uint32_t> pixels, int cols, int rows, const PicturePart& part) {
  auto& shown = browser().picture;
  shown.resize(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows));
  for (int row = part.row; row < part.row + part.rows; ++row) {
    const auto first = static_cast<std::ptrdiff_t>(row) * cols + part.col;
    std::copy_n(pixels.begin() + first, part.cols, shown.begin() + first);
  }
}
void show_notices() { ++browser().notices_shown; }
void on_file(std::function<void(std::string, std::vector<std::uint8_t>, FilePurpose)> opened) {
  connection().file = std::move(opened);
}
void on_file_problem(std::function<void(std::string)> told) { connection().file_problem = std::move(told); }

std::optional<std::string> setting(const std::string& key) {
  const auto found = browser().settings.find(key);
  return found == browser().settings.end() ? std::nullopt : std::optional(found->second);
}
void set_setting(const std::string& key, const std::string& value) { browser().settings[key] = value; }

std::string fragment() { return browser().fragment; }
std::string address() { return "http://localhost/floodlight/"; }

void tell_mirror(const std::string& differences) {
  const auto told = parse_json(differences);
  if (!told) {
    browser().gave_up = "the mirror's differences are no JSON: " + told.error().message;
    return;
  }
  browser().told.apply(*told);
  // The page answers at once, as it does with its own elements.
  const ImGuiID focused = ui::mirror().focused();
  if (focused != 0 && !browser().told.entries.contains(focused)) ui::mirror().deliver_focus(0, false);
  if (const Json* wish = told->find("focus")) {
    const auto id = static_cast<ImGuiID>(*wish->number());
    ui::mirror().deliver_focus(browser().told.entries.contains(id) ? id : 0, true);
  }
}

void set_title(const std::string& title) { browser().title = title; }
void set_page_theme(bool light) { browser().light = light; }
void give_up(const std::string& sentence) { browser().gave_up = sentence; }

void deliver_file(std::string name, std::vector<std::uint8_t> bytes, FilePurpose purpose) {
  if (connection().file) connection().file(std::move(name), std::move(bytes), purpose);
  request_frame(test::frames_per_event);
}
void deliver_file_problem(std::string sentence) {
  if (connection().file_problem) connection().file_problem(std::move(sentence));
  request_frame(test::frames_per_event);
}
void deliver_paste(const std::string& text) { browser().clipboard = text; }
void deliver_size(double css_width, double css_height, int device_width, int /*device_height*/) {
  test::resize({static_cast<float>(css_width), static_cast<float>(css_height)},
               static_cast<float>(device_width / css_width));
}

}  // namespace floodlight::platform

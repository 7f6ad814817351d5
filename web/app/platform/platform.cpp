// The browser as Dear ImGui's platform: canvas, input, frames on demand, clipboard, files and small settings.
#include "web/app/platform/platform.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <exception>
#include <new>
#include <unordered_map>
#include <utility>

#include <emscripten/console.h>
#include <emscripten/em_js.h>
#include <emscripten/html5.h>
#include <emscripten/html5_webgl.h>

#include "imgui_internal.h"

#include "web/app/platform/keys.h"
#include "web/app/platform/mouse_queue.h"

// What only JavaScript can do is done by web/page/host.js, which the page hands over as Module.host.
// clang-format off
EM_JS(void, host_start, (), { Module["host"].start(Module); });
EM_JS(void, host_cursor, (const char* name), { Module["host"].setCursor(UTF8ToString(name)); });
EM_JS(void, host_copy, (const char* text), { Module["host"].copyText(UTF8ToString(text)); });
EM_JS(bool, host_matches, (const char* query), { return Module["host"].matches(UTF8ToString(query)); });
EM_JS(bool, host_is_mac, (), { return Module["host"].isMac(); });
EM_JS(void, host_drawn, (), { Module["host"].drawn(); });
EM_JS(bool, host_begin_picture, (), { return Module["host"].beginPicture(); });
EM_JS(void, host_show_picture, (const void* pixels, int cols, int rows, int x, int y, int width, int height), {
  Module["host"].showPicture(HEAPU8.buffer, pixels, cols, rows, x, y, width, height);
});
EM_JS(void, host_give_up, (const char* sentence), { Module["host"].giveUp(UTF8ToString(sentence)); });
// clang-format on

namespace floodlight::platform {
namespace {

constexpr const char* canvas_selector = "#canvas";
constexpr int frames_per_event = 3;
constexpr double patience = 5000.0;    // milliseconds in which a lost context may come back
constexpr double hover_delay = 500.0;  // a little more than Dear ImGui's longest delay before a tooltip
constexpr float line_pixels = 40.0F;   // what browsers scroll for one line, and Dear ImGui's unit is a notch of 100
constexpr float notch_pixels = 100.0F;
constexpr ImVec2 nowhere(-FLT_MAX, -FLT_MAX);

struct State {
  std::function<void()> frame;
  std::function<void()> lost;
  std::function<void()> restored;
  std::function<void()> gone;
  std::function<bool(ImGuiKey)> uses_key;
  std::function<bool(ImGuiKey, std::string_view)> repeats_key;
  std::function<bool(ImVec2)> takes_pinch;
  std::function<void(std::string, std::vector<std::uint8_t>, FilePurpose)> file;
  std::function<void(std::string)> file_problem;

  EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = 0;
  bool context_lost = false;
  bool by_processor = false;
  bool stopped = false;

  int owed = 0;
  bool scheduled = false;
  double frames = 0;
  double last_frame = 0;
  double hover_until = 0;
  bool hover_timer = false;
  bool hidden = false;      ///< frames do not reach the screen ...
  bool shows_next = false;  ///< ... but for this one

  ImVec2 css_size;
  FramebufferSize framebuffer;
  float ratio = 1.0F;
  bool size_changed = false;

  std::unordered_map<std::string, ImGuiKey> keys_down;
  std::vector<KeyPress> presses;
  MouseQueue mouse;
  unsigned buttons_down = 0;
  std::string clipboard;
  ImGuiMouseCursor cursor = ImGuiMouseCursor_Arrow;

  Gesture gesture;
  bool finger_is_mouse = false;
  bool two_fingers = false;
  ImVec2 fingers_middle;
  float fingers_distance = 0.0F;
};

State& state() {
  static State instance;
  return instance;
}

void draw() {
  State& s = state();
  const double now = now_ms();
  ImGuiIO& io = ImGui::GetIO();
  // A pause is no time that passed for Dear ImGui's animations and delays.
  io.DeltaTime = static_cast<float>(std::clamp((now - s.last_frame) / 1000.0, 0.001, 0.5));
  s.last_frame = now;
  if (s.size_changed) {
    s.size_changed = false;
    emscripten_set_canvas_element_size(canvas_selector, s.framebuffer.width, s.framebuffer.height);
  }
  // A hundredth of a pixel more, lest the back end's truncation to whole pixels loses the last row or column.
  io.DisplaySize = ImVec2((static_cast<float>(s.framebuffer.width) + 0.01F) / s.ratio,
                          (static_cast<float>(s.framebuffer.height) + 0.01F) / s.ratio);
  io.DisplayFramebufferScale = ImVec2(s.ratio, s.ratio);
  s.frame();
  s.frames += 1;
  s.shows_next = false;
  host_drawn();

  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  if (cursor != s.cursor) {
    constexpr std::array names = {"default",     "text",    "move", "ns-resize", "ew-resize",  "nesw-resize",
                                  "nwse-resize", "pointer", "wait", "progress",  "not-allowed"};
    static_assert(names.size() == ImGuiMouseCursor_COUNT);
    s.cursor = cursor;
    host_cursor(cursor == ImGuiMouseCursor_None ? "none" : names[static_cast<std::size_t>(cursor)]);
  }
  if (s.mouse.pass()) request_frame();
}

void schedule();

bool on_animation_frame(double /*time*/, void* /*user*/) {
  State& s = state();
  s.scheduled = false;
  if (s.context_lost || s.stopped || s.owed == 0) return false;
  --s.owed;
  guarded(draw);
  schedule();
  return false;
}

void schedule() {
  State& s = state();
  if (s.scheduled || s.owed == 0 || s.context_lost || s.stopped || !s.frame) return;
  s.scheduled = true;
  emscripten_request_animation_frame(on_animation_frame, nullptr);
}

void on_hover_timer(void* /*user*/) {
  State& s = state();
  s.hover_timer = false;
  const double left = s.hover_until - now_ms();
  if (left > 1.0) {
    s.hover_timer = true;
    emscripten_set_timeout(on_hover_timer, left, nullptr);
  } else {
    // Dear ImGui lays a tooltip out in a frame or two before it shows it.
    request_frame(frames_per_event);
  }
}

void await_hover() {
  State& s = state();
  s.hover_until = now_ms() + hover_delay;
  if (s.hover_timer) return;
  s.hover_timer = true;
  emscripten_set_timeout(on_hover_timer, hover_delay, nullptr);
}

template <typename Event>
void add_modifiers(const Event& event) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, event.ctrlKey);
  io.AddKeyEvent(ImGuiMod_Shift, event.shiftKey);
  io.AddKeyEvent(ImGuiMod_Alt, event.altKey);
  io.AddKeyEvent(ImGuiMod_Super, event.metaKey);
}

// The canvas fills the page, so that the page's coordinates are the canvas' own.
template <typename Event>
ImVec2 position(const Event& event) {
  return {static_cast<float>(event.clientX), static_cast<float>(event.clientY)};
}

int imgui_button(unsigned short dom_button) {
  constexpr std::array buttons = {0, 2, 1, 3, 4};  // the DOM counts left, middle, right
  return dom_button < buttons.size() ? buttons[dom_button] : -1;
}

bool on_mouse(int type, const EmscriptenMouseEvent* event, void* /*user*/) {
  State& s = state();
  if (type == EMSCRIPTEN_EVENT_MOUSELEAVE) {
    if (s.buttons_down == 0) s.mouse.move(nowhere, ImGuiMouseSource_Mouse);
    request_frame(frames_per_event);
    return false;
  }
  if (type == EMSCRIPTEN_EVENT_MOUSEMOVE && event->buttons == 0 && s.buttons_down != 0) {
    // Let go where the page could not see it.
    for (int button = 0; button < ImGuiMouseButton_COUNT; ++button) s.mouse.press(button, false);
    s.buttons_down = 0;
  }
  const int button = imgui_button(event->button);
  const bool down = type == EMSCRIPTEN_EVENT_MOUSEDOWN;
  if (type != EMSCRIPTEN_EVENT_MOUSEMOVE) {
    if (button < 0) return false;
    const unsigned bit = 1U << static_cast<unsigned>(button);
    if (!down && (s.buttons_down & bit) == 0) return false;
    s.buttons_down = down ? s.buttons_down | bit : s.buttons_down & ~bit;
  }
  add_modifiers(*event);
  s.mouse.move(position(*event), ImGuiMouseSource_Mouse);
  if (type != EMSCRIPTEN_EVENT_MOUSEMOVE) s.mouse.press(button, down);
  request_frame(frames_per_event);
  await_hover();
  return down && event->button == 1;  // no autoscroll; other buttons keep their default, which is to move the focus
}

bool on_wheel(int /*type*/, const EmscriptenWheelEvent* event, void* /*user*/) {
  State& s = state();
  const ImVec2 at = position(event->mouse);
  const float unit = event->deltaMode == DOM_DELTA_PIXEL  ? 1.0F
                     : event->deltaMode == DOM_DELTA_LINE ? line_pixels
                                                          : s.css_size.y;
  const float dx = static_cast<float>(event->deltaX) * unit;
  const float dy = static_cast<float>(event->deltaY) * unit;
  if (event->mouse.ctrlKey) {
    if (!s.takes_pinch || !s.takes_pinch(at)) return false;
    s.gesture.zoom *= std::exp(-std::clamp(dy, -notch_pixels, notch_pixels) / notch_pixels);
    s.gesture.center = at;
  } else {
    add_modifiers(event->mouse);
    s.mouse.move(at, ImGuiMouseSource_Mouse);
    s.mouse.turn_wheel(-dx / notch_pixels, -dy / notch_pixels);
  }
  request_frame(frames_per_event);
  await_hover();
  return true;
}

void end_finger_as_mouse(bool as_click) {
  State& s = state();
  if (!s.finger_is_mouse) return;
  s.finger_is_mouse = false;
  // Away before it is let go: nothing under a second finger is pressed. Away afterwards: nothing stays hovered.
  if (!as_click) s.mouse.move(nowhere, ImGuiMouseSource_TouchScreen);
  s.mouse.press(ImGuiMouseButton_Left, false);
  s.mouse.move(nowhere, ImGuiMouseSource_TouchScreen);
}

bool on_touch(int type, const EmscriptenTouchEvent* event, void* /*user*/) {
  State& s = state();
  request_frame(frames_per_event);
  const bool ending = type == EMSCRIPTEN_EVENT_TOUCHEND || type == EMSCRIPTEN_EVENT_TOUCHCANCEL;
  std::array<ImVec2, 2> fingers;
  int count = 0;
  for (int i = 0; i < event->numTouches; ++i) {
    const EmscriptenTouchPoint& touch = event->touches[i];
    if (ending && touch.isChanged) continue;
    if (count < 2) fingers[static_cast<std::size_t>(count)] = position(touch);
    ++count;
  }
  if (count >= 2) {
    end_finger_as_mouse(false);
    const ImVec2 middle((fingers[0].x + fingers[1].x) / 2, (fingers[0].y + fingers[1].y) / 2);
    const float distance = std::max(1.0F, std::hypot(fingers[1].x - fingers[0].x, fingers[1].y - fingers[0].y));
    if (s.two_fingers && type == EMSCRIPTEN_EVENT_TOUCHMOVE) {
      s.gesture.pan.x += middle.x - s.fingers_middle.x;
      s.gesture.pan.y += middle.y - s.fingers_middle.y;
      s.gesture.zoom *= distance / s.fingers_distance;
    }
    s.gesture.center = middle;
    s.fingers_middle = middle;
    s.fingers_distance = distance;
    s.two_fingers = true;
  } else if (count == 1 && !s.two_fingers) {
    s.mouse.move(fingers[0], ImGuiMouseSource_TouchScreen);
    if (type == EMSCRIPTEN_EVENT_TOUCHSTART) {
      s.mouse.press(ImGuiMouseButton_Left, true);
      s.finger_is_mouse = true;
    }
  } else if (count == 0) {
    end_finger_as_mouse(type == EMSCRIPTEN_EVENT_TOUCHEND);
    s.two_fingers = false;
  }
  s.gesture.active = s.two_fingers;
  return true;
}

bool belongs_to_browser(ImGuiKey key) {
  return key == ImGuiKey_Tab || key == ImGuiKey_F5 || key == ImGuiKey_F11 || key == ImGuiKey_F12;
}

/// Whether this event of a held key counts. What waits has not been drawn yet: on a slow picture what was asked for would
/// go on long after the key was let go.
bool counts_again(ImGuiKey key, const char* character) {
  const State& s = state();
  const bool wanted = ImGui::GetIO().WantTextInput || (s.repeats_key && s.repeats_key(key, character));
  return wanted && s.presses.empty() && ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

bool on_key_up(int /*type*/, const EmscriptenKeyboardEvent* event, void* /*user*/) {
  State& s = state();
  add_modifiers(*event);
  const auto pressed = s.keys_down.find(event->code);
  if (pressed != s.keys_down.end()) {
    ImGui::GetIO().AddKeyEvent(pressed->second, false);
    s.keys_down.erase(pressed);
  }
  request_frame(frames_per_event);
  return false;
}

bool on_key_down(int /*type*/, const EmscriptenKeyboardEvent* event, void* /*user*/) {
  State& s = state();
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiKey key = translate_key(event->key, event->code);
  if (belongs_to_browser(key)) return false;
  const bool counts = !event->repeat || counts_again(key, event->key);
  add_modifiers(*event);
  request_frame(frames_per_event);
  // AltGr arrives as Ctrl and Alt together, and types a character.
  const bool alt_graph = event->ctrlKey && event->altKey && is_character(event->key);
  const bool command = (event->ctrlKey || event->metaKey) && !alt_graph;
  const bool alternative = event->altKey && !alt_graph;
  const bool undoes = command && !event->altKey && (key == ImGuiKey_Z || key == ImGuiKey_Y);
  if ((command || alternative) && !undoes && !io.WantTextInput) return false;
  if (counts) {
    const bool types = is_character(event->key) && !command && !alternative;
    s.presses.push_back({.key = alt_graph ? ImGuiKey_None : key,
                         .character = types ? event->key : "",
                         .command = command,
                         .shift = event->shiftKey});
  }
  if (counts && key != ImGuiKey_None) {
    io.AddKeyEvent(key, false);  // a press that was never seen to end, or the last repeat
    io.AddKeyEvent(key, true);
    if (event->metaKey) {
      io.AddKeyEvent(key, false);  // browsers on a Mac never tell that a key was let go while Meta is down
    } else {
      s.keys_down[event->code] = key;
    }
  }
  if (command) {
    // Not V: the browser must paste, or there would be nothing to paste.
    constexpr std::array editing = {ImGuiKey_A, ImGuiKey_C, ImGuiKey_X, ImGuiKey_Y, ImGuiKey_Z};
    return std::ranges::find(editing, key) != editing.end();
  }
  if (alternative) return false;
  if (counts && is_character(event->key)) io.AddInputCharactersUTF8(event->key);
  return io.WantTextInput || (s.uses_key && key != ImGuiKey_None && s.uses_key(key));
}

bool on_window_focus(int type, const EmscriptenFocusEvent* /*event*/, void* /*user*/) {
  State& s = state();
  ImGui::GetIO().AddFocusEvent(type == EMSCRIPTEN_EVENT_FOCUS);
  if (type == EMSCRIPTEN_EVENT_BLUR) {
    s.keys_down.clear();
    s.buttons_down = 0;
  }
  request_frame(frames_per_event);
  return false;
}

bool on_visibility(int /*type*/, const EmscriptenVisibilityChangeEvent* /*event*/, void* /*user*/) {
  request_frame(frames_per_event);
  return false;
}

void enable_extensions() {
  emscripten_webgl_make_context_current(state().context);
  for (const char* name : {"OES_texture_float_linear", "EXT_color_buffer_float"}) {
    emscripten_webgl_enable_extension(state().context, name);
  }
}

void on_patience_ended(void* /*user*/) {
  if (state().context_lost && state().gone) guarded([] { state().gone(); });
}

bool on_context_lost(int /*type*/, const void* /*reserved*/, void* /*user*/) {
  State& s = state();
  if (s.by_processor) return false;
  s.context_lost = true;
  if (s.lost) s.lost();
  emscripten_set_timeout(on_patience_ended, patience, nullptr);
  return true;  // without this the browser never restores it
}

bool on_context_restored(int /*type*/, const void* /*reserved*/, void* /*user*/) {
  State& s = state();
  if (s.by_processor) return false;
  s.context_lost = false;
  enable_extensions();
  if (s.restored) s.restored();
  request_frame(frames_per_event);
  return false;
}

const char* get_clipboard(ImGuiContext* /*context*/) { return state().clipboard.c_str(); }
void set_clipboard(ImGuiContext* /*context*/, const char* text) { copy_text(text); }

void connect_events() {
  for (const auto set : {emscripten_set_mousemove_callback_on_thread, emscripten_set_mouseup_callback_on_thread}) {
    set(EMSCRIPTEN_EVENT_TARGET_WINDOW, nullptr, false, on_mouse, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
  }
  emscripten_set_mousedown_callback(canvas_selector, nullptr, false, on_mouse);
  emscripten_set_mouseleave_callback(EMSCRIPTEN_EVENT_TARGET_DOCUMENT, nullptr, false, on_mouse);
  emscripten_set_wheel_callback(canvas_selector, nullptr, false, on_wheel);
  for (const auto set : {emscripten_set_touchstart_callback_on_thread, emscripten_set_touchmove_callback_on_thread,
                         emscripten_set_touchend_callback_on_thread, emscripten_set_touchcancel_callback_on_thread}) {
    set(canvas_selector, nullptr, false, on_touch, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
  }
  emscripten_set_keydown_callback(canvas_selector, nullptr, false, on_key_down);
  emscripten_set_keyup_callback(canvas_selector, nullptr, false, on_key_up);
  emscripten_set_focus_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, nullptr, false, on_window_focus);
  emscripten_set_blur_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, nullptr, false, on_window_focus);
  emscripten_set_visibilitychange_callback(nullptr, false, on_visibility);
  emscripten_set_webglcontextlost_callback(canvas_selector, nullptr, false, on_context_lost);
  emscripten_set_webglcontextrestored_callback(canvas_selector, nullptr, false, on_context_restored);
}

}  // namespace

bool start() {
  State& s = state();
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.alpha = false;
  attributes.depth = false;
  attributes.stencil = false;
  attributes.antialias = false;
  attributes.preserveDrawingBuffer = false;
  attributes.enableExtensionsByDefault = false;
  s.context = emscripten_webgl_create_context(canvas_selector, &attributes);
  if (s.context > 0) {
    enable_extensions();
  } else {
    if (!host_begin_picture()) return false;
    s.by_processor = true;
  }

  ImGuiIO& io = ImGui::GetIO();
  io.BackendPlatformName = "floodlight";
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ConfigMacOSXBehaviors = host_is_mac();
  io.ConfigInputTextCursorBlink = false;  // it would draw for ever
  io.KeyRepeatDelay = FLT_MAX;  // a slow frame would count as a key that is held: repeats are the browser's alone
  io.IniFilename = nullptr;
  ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
  platform_io.Platform_GetClipboardTextFn = get_clipboard;
  platform_io.Platform_SetClipboardTextFn = set_clipboard;

  connect_events();
  s.last_frame = now_ms();
  host_start();  // calls deliver_size at once and whenever it changes
  return true;
}

void guarded(void (*act)()) {
  try {
    act();
  } catch (const std::bad_alloc&) {
    give_up("The browser's memory is full, and Floodlight has stopped. A smaller image needs less.");
  } catch (const std::exception& error) {
    emscripten_console_error(error.what());
    throw;
  }
}

void run(std::function<void()> frame) {
  state().frame = std::move(frame);
  request_frame(frames_per_event);
}

void request_frame(int frames) {
  State& s = state();
  s.owed = std::max(s.owed, frames);
  schedule();
}

void call_soon(void (*act)()) {
  emscripten_set_timeout([](void* what) { guarded(reinterpret_cast<void (*)()>(what)); }, 0,
                         reinterpret_cast<void*>(act));
}

bool owes_nothing() { return state().owed == 0; }

void hide_frames(bool hidden) {
  state().hidden = hidden;
  request_frame();
}

void draw_next_frame() {
  state().shows_next = true;
  request_frame(1);
}

bool frame_is_seen() { return !state().hidden || state().shows_next; }

double frame_count() { return state().frames; }
FramebufferSize framebuffer_size() { return state().framebuffer; }
float pixel_ratio() { return state().ratio; }
bool context_lost() { return state().context_lost; }

void on_context_gone(std::function<void()> gone) { state().gone = std::move(gone); }
bool draws_by_processor() { return state().by_processor; }

void draw_by_processor() {
  State& s = state();
  if (!s.context_lost) return;  // it has come back meanwhile
  if (!host_begin_picture()) {
    give_up("The browser has lost its graphics, and gives no canvas to draw on without them.");
    return;
  }
  s.by_processor = true;
  s.context_lost = false;
  if (s.restored) s.restored();
  request_frame(frames_per_event);
}

void show_picture(std::span<const std::uint32_t> pixels, int cols, int rows, const PicturePart& part) {
  host_show_picture(pixels.data(), cols, rows, part.col, part.row, part.cols, part.rows);
}

void on_context_change(std::function<void()> lost, std::function<void()> restored) {
  state().lost = std::move(lost);
  state().restored = std::move(restored);
}

void set_uses_key(std::function<bool(ImGuiKey)> uses_key) { state().uses_key = std::move(uses_key); }
void set_repeats_key(std::function<bool(ImGuiKey, std::string_view)> repeats_key) {
  state().repeats_key = std::move(repeats_key);
}
void set_takes_pinch(std::function<bool(ImVec2)> takes_pinch) { state().takes_pinch = std::move(takes_pinch); }

std::vector<KeyPress> take_key_presses() { return std::exchange(state().presses, {}); }

Gesture take_gesture() {
  State& s = state();
  const Gesture taken = s.gesture;
  s.gesture = Gesture{.pan = {}, .zoom = 1.0F, .center = taken.center, .active = taken.active};
  return taken;
}

double now_ms() { return emscripten_performance_now(); }
bool prefers_reduced_motion() { return host_matches("(prefers-reduced-motion: reduce)"); }

bool visible() {
  EmscriptenVisibilityChangeEvent status;
  return emscripten_get_visibility_status(&status) != EMSCRIPTEN_RESULT_SUCCESS || !status.hidden;
}

void copy_text(const std::string& text) {
  state().clipboard = text;
  host_copy(text.c_str());
}

void on_file(std::function<void(std::string, std::vector<std::uint8_t>, FilePurpose)> opened) {
  state().file = std::move(opened);
}
void on_file_problem(std::function<void(std::string)> told) { state().file_problem = std::move(told); }

void give_up(const std::string& sentence) {
  state().stopped = true;
  host_give_up(sentence.c_str());
}

void deliver_file(std::string name, std::vector<std::uint8_t> bytes, FilePurpose purpose) {
  if (state().file) state().file(std::move(name), std::move(bytes), purpose);
  request_frame(frames_per_event);
}

void deliver_file_problem(std::string sentence) {
  if (state().file_problem) state().file_problem(std::move(sentence));
  request_frame(frames_per_event);
}

void deliver_paste(const std::string& text) { state().clipboard = text; }

void deliver_size(double css_width, double css_height, int device_width, int device_height) {
  State& s = state();
  s.css_size = ImVec2(static_cast<float>(css_width), static_cast<float>(css_height));
  s.framebuffer = FramebufferSize{std::max(1, device_width), std::max(1, device_height)};
  s.ratio = static_cast<float>(emscripten_get_device_pixel_ratio());
  s.size_changed = true;
  request_frame(frames_per_event);
}

}  // namespace floodlight::platform

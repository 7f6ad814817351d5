// The browser as Dear ImGui's platform: canvas, input, frames on demand, clipboard, files and small settings.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace floodlight::platform {

/// Two-finger and pinch gestures since they were last taken. Positions and distances in CSS pixels.
struct Gesture {
  ImVec2 pan;           // how far the fingers' middle moved
  float zoom = 1.0F;    // factor: 2 means twice as large
  ImVec2 center;        // where to zoom around
  bool active = false;  // two fingers are down now: the mouse is up meanwhile
};

/// Creates the WebGL 2 context on "#canvas" and connects all events to the current Dear ImGui context's io. Call it once,
/// after ImGui::CreateContext and before ImGui_ImplOpenGL3_Init. Where the browser gives no WebGL 2 context the processor
/// draws; false where there is not even a canvas to show that.
bool start();
/// Whether the processor draws, because there is no GPU or it is gone for good; show_picture shows it.
[[nodiscard]] bool draws_by_processor();
/// A part of the picture, in device pixels.
struct PicturePart {
  int col = 0;
  int row = 0;
  int cols = 0;
  int rows = 0;
};
/// Shows the part of a picture of the whole screen; red, green, blue and opacity, row by row.
void show_picture(std::span<const std::uint32_t> pixels, int cols, int rows, const PicturePart& part);

/// From now on `frame` is called whenever a frame is owed, with io.DisplaySize (CSS pixels), DisplayFramebufferScale and
/// DeltaTime set. `frame` calls ImGui_ImplOpenGL3_NewFrame, ImGui::NewFrame, draws, and renders to the default framebuffer
/// of `framebuffer_size()`. Returns at once.
void run(std::function<void()> frame);

/// Does what the browser has called for: what is thrown there ends the program, for want of memory with a sentence of its own.
void guarded(void (*act)());

/// Owes at least so many frames; every input event owes 3. Without debts nothing is drawn. Call with 1 in every frame of an
/// animation or a sliced computation.
void request_frame(int frames = 2);
/// Calls it once between two frames, after the events that are waiting.
void call_soon(void (*act)());
/// Whether no frame is owed. The one that a resting pointer may bring, with its tooltip, is not waited for.
[[nodiscard]] bool owes_nothing();
/// For tests, where a screen is drawn by the processor: frames go on, laid out and mirrored, without reaching the screen ...
void hide_frames(bool hidden);
/// ... but for the next one.
void draw_next_frame();
/// Whether the frame at hand reaches the screen.
[[nodiscard]] bool frame_is_seen();
/// Frames drawn since the start.
[[nodiscard]] double frame_count();

/// The canvas' backing store in device pixels: what glViewport takes.
struct FramebufferSize {
  int width = 0;
  int height = 0;
};
/// Its present size.
[[nodiscard]] FramebufferSize framebuffer_size();
/// Device pixels per CSS pixel: the scale at which fonts are to be rasterised.
[[nodiscard]] float pixel_ratio();

/// Whether the GPU's objects are gone; frames are not called meanwhile.
[[nodiscard]] bool context_lost();
/// Called when the context has not come back for some seconds: what is drawn from then on can only be drawn by the processor,
/// which `draw_by_processor` makes the case.
void on_context_gone(std::function<void()> gone);
/// From now on the processor draws; `restored` runs, as with a new context.
void draw_by_processor();
/// `lost` runs when the context goes, `restored` when there is a new, empty one; then a frame is owed.
void on_context_change(std::function<void()> lost, std::function<void()> restored);

/// Keys for which the browser's own action is to be prevented although no text field is active. Never asked about Tab,
/// F5, F11, F12 or combinations with Ctrl, Meta or Alt: these stay the browser's, but for Ctrl+Z and Ctrl+Y.
void set_uses_key(std::function<bool(ImGuiKey)> uses_key);
/// Keys that count again while they are held, by the key and KeyboardEvent.key; all others count once for each press. In a
/// text field all repeat. How fast they do is the reader's setting, as the browser tells it.
void set_repeats_key(std::function<bool(ImGuiKey key, std::string_view character)> repeats_key);
/// A press of a key, or the repeat of one that repeats.
struct KeyPress {
  ImGuiKey key = ImGuiKey_None;  // none where AltGr makes another character of it
  std::string character;         // that it types; empty for none
  bool command = false;          // with Ctrl, or Cmd on a Mac
  bool shift = false;
};
/// The presses since the last call, in their order, but for those that are the browser's own. In one slow frame Dear ImGui
/// lets go of Ctrl together with the key that was pressed with it, and so cannot tell Ctrl+Z from Z.
[[nodiscard]] std::vector<KeyPress> take_key_presses();
/// Whether Ctrl+wheel (a trackpad's pinch) at this point belongs to the app rather than to the browser's zoom.
void set_takes_pinch(std::function<bool(ImVec2)> takes_pinch);
/// The gesture since the last call. Ctrl+wheel where the app takes it arrives here too, and not as io.MouseWheel.
Gesture take_gesture();

/// Milliseconds since the page's start, monotonic.
[[nodiscard]] double now_ms();
/// What the reader set in the system.
[[nodiscard]] bool prefers_reduced_motion();
/// False while the page is in a hidden tab.
[[nodiscard]] bool visible();

/// Puts text on the clipboard, as Dear ImGui's own Ctrl+C does.
void copy_text(const std::string& text);
/// Hands the reader a file under that name (the browser's downloads).
void save_file(const std::string& name, std::span<const std::uint8_t> bytes, const std::string& mime);
/// What a file was asked for; one that is dropped is an image.
enum class FilePurpose : std::uint8_t { image, truth };
/// Opens the browser's file chooser; call it in the frame that handles a press. The file arrives at `on_file`.
void open_file_dialog(FilePurpose purpose = FilePurpose::image);
/// Called with each file that the reader chose or dropped, outside of any frame; a frame is owed afterwards.
void on_file(std::function<void(std::string name, std::vector<std::uint8_t> bytes, FilePurpose purpose)> opened);
/// Called with a sentence for the reader when a file could not be had from the browser at all.
void on_file_problem(std::function<void(std::string sentence)> told);

/// Shows the notices of all that the page is made of, over it.
void show_notices();

/// Small settings kept in the browser between visits, where it allows that.
[[nodiscard]] std::optional<std::string> setting(const std::string& key);
/// Keeps one of them; where the browser keeps nothing it is gone with the page.
void set_setting(const std::string& key, const std::string& value);

/// What stands behind the # of the page's address, escaped as it is there.
[[nodiscard]] std::string fragment();
/// The page's address without it.
[[nodiscard]] std::string address();

/// Hands the page what has changed in the accessible mirror, as JSON (see web/page/mirror).
void tell_mirror(const std::string& differences);

/// Sets the page's title.
void set_title(const std::string& title);
/// Colours the page's own elements, such as the field in which a number is typed.
void set_page_theme(bool light);

/// Ends the program: shows the sentence in the page, with what can be saved (web/page/rescue.js), and draws no more.
void give_up(const std::string& sentence);

/// For the exports to JavaScript only.
void deliver_file(std::string name, std::vector<std::uint8_t> bytes, FilePurpose purpose);
/// The sentence that says why a file could not be had.
void deliver_file_problem(std::string sentence);
/// What the browser pasted, before Dear ImGui asks for it.
void deliver_paste(const std::string& text);
/// The canvas has another size: in CSS pixels, and in those of the screen.
void deliver_size(double css_width, double css_height, int device_width, int device_height);

}  // namespace floodlight::platform

// The accessible mirror: what each widget on the canvas is called, holds and can do, kept as a DOM tree over the canvas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "imgui.h"

namespace floodlight::ui {

/// What a widget is. Focusable by nature: button to splitter. Containers (group to row) are named as `group` by their children.
enum class Role : std::uint8_t {
  button,      // press; `pressed` makes it a toggle button, `expanded` says that it opens something
  link,        // press
  toggle,      // a switch: press, `checked`
  checkbox,    // press, `checked`
  radio,       // press, `checked`; children of a radio_group
  tab,         // press, `selected`; children of a tab_list
  combobox,    // option, `options`, `option_index`
  slider,      // number in `min` to `max` by `step`
  spinbutton,  // a field for a number: number in `min` to `max` by `step`
  textbox,     // text
  image,       // the image view: when focusable, it takes the focus and all keys but Tab
  splitter,    // a movable divider: number in `min` to `max` by `step`
  heading,     // with `level`
  text,
  status,       // changes are read out when the reader is idle
  alert,        // changes are read out at once
  progressbar,  // `number` in `min` to `max`
  separator,
  group,
  region,  // a landmark with a name
  toolbar,
  dialog,
  radio_group,
  tab_list,
  table,
  row,
  column_header,
  cell,
};

/// One widget in one frame. Rectangle in CSS pixels, as Dear ImGui's coordinates are.
struct MirrorItem {
  ImGuiID id = 0;
  Role role = Role::text;
  std::string name = {};        // the accessible name; for text, heading, status, alert and cells: the text itself
  std::string value_text = {};  // the value as it is read out, with its unit ("2.5 pixels"); the text of a textbox
  double number = 0.0;
  double min = 0.0;
  double max = 0.0;
  double step = 0.0;  // 0: any
  std::string unit = {};
  bool disabled = false;
  std::optional<bool> checked = {};   // toggle, checkbox, radio
  std::optional<bool> pressed = {};   // toggle buttons
  std::optional<bool> expanded = {};  // buttons that open and close something
  bool selected = false;              // tab: the one shown; elsewhere: the current one (aria-current)
  bool focusable = true;              // only asked for roles that can take the focus
  std::vector<std::string> options = {};
  int option_index = -1;
  ImVec2 rect_min = {};
  ImVec2 rect_max = {};
  std::string description = {};  // the tooltip or help
  std::string shortcut = {};     // in aria-keyshortcuts' form: "PageDown", "Control+O"
  int level = 2;                 // headings
  ImGuiID group = 0;             // the container's id; 0 for none
};

/// What assistive technology, the keyboard or a test asked of a widget through its DOM element.
struct Request {
  enum class Kind : std::uint8_t {
    press,
    number,  // `number`: already clamped to the item's range
    text,    // `text`: into a number's field as it was typed
    option,  // `index`
  };
  Kind kind = Kind::press;
  double number = 0.0;
  std::string text;
  int index = -1;
};

/// The registry. Filled anew in every frame; the page hears only of differences, so a still screen sends nothing.
class Mirror {
 public:
  /// Call after ImGui::NewFrame; switches Dear ImGui's item hooks on.
  void begin_frame();
  /// While it is paused, what is drawn is not registered.
  void pause(bool on) { paused_ = on; }
  /// Registers a widget. The order of the calls is the order of reading and of Tab; a group comes before its children.
  void add(MirrorItem item);
  /// Says that Dear ImGui's item `id` needs no entry of its own: another one (its widget's) stands for it.
  void cover(ImGuiID id);
  /// Call before ImGui::Render: sends the differences to the page, drops requests that no widget took for two frames.
  void end_frame();

  /// The oldest request for this widget, once. The widget applies it in this frame as if the user had done it on the canvas.
  std::optional<Request> take_request(ImGuiID id);
  /// Whether the widget was asked to be pressed; for the roles that know nothing else.
  bool take_press(ImGuiID id);

  /// What is wrong with what was last typed into a field, in a sentence, until it is empty or the field is gone.
  void set_problem(ImGuiID id, std::string sentence);
  /// Empty where nothing is.
  [[nodiscard]] std::string_view problem_of(ImGuiID id) const {
    return id == problem_at_ ? problem_ : std::string_view();
  }

  /// The widget whose DOM element has the focus, 0 for none.
  [[nodiscard]] ImGuiID focused() const { return focused_; }
  /// Whether a focus ring is to be drawn around it: it was reached by keyboard.
  [[nodiscard]] bool focus_visible() const { return focus_visible_; }
  /// True in the one frame after the focus came to this widget by keyboard: scroll it into view.
  [[nodiscard]] bool just_focused(ImGuiID id) const { return id != 0 && just_focused_ == id; }
  /// Moves the DOM focus to a widget (0: to the canvas) at the end of this frame. For a textbox or spinbutton the reader
  /// then types in the page's own field, which shows itself over the canvas while it has the focus.
  void focus(ImGuiID id);

  /// Interactive items that Dear ImGui saw in the last whole frame and that were neither registered nor covered, and
  /// widgets that were registered under an id that was already another's.
  struct Missing {
    ImGuiID id = 0;
    std::string label;
  };
  /// The missing ones of the last whole frame, for tests.
  [[nodiscard]] const std::vector<Missing>& unregistered() const { return unregistered_; }
  /// Registered in the last whole frame, for tests.
  [[nodiscard]] const std::vector<MirrorItem>& items() const { return previous_; }

  /// For the exports to JavaScript and Dear ImGui's hooks only.
  void deliver(ImGuiID id, Request request);
  /// The focus came to a widget's element, or left all of them (0); `visible`: by keyboard.
  void deliver_focus(ImGuiID id, bool visible);
  /// Dear ImGui has submitted an item.
  void hook_item(ImGuiID id);
  /// Dear ImGui has named an item.
  void hook_label(ImGuiID id, const char* label);

 private:
  struct Pending {
    ImGuiID id = 0;
    Request request;
    int age = 0;
  };
  /// Finds what Dear ImGui has seen and the registry has not.
  void compare_with_hooks();
  /// What has changed since the page was last told, as JSON.
  [[nodiscard]] std::string differences();

  std::vector<MirrorItem> items_;
  std::vector<MirrorItem> previous_;
  std::unordered_map<ImGuiID, std::size_t> previous_index_;
  std::vector<Pending> requests_;
  std::unordered_set<ImGuiID> answered_;  // their elements may show what the app did not accept: sent again in full
  std::unordered_set<ImGuiID> covered_;
  std::unordered_set<ImGuiID> taken_;  // ids given in this frame ...
  std::vector<Missing> twice_;         // ... and those that widgets wanted again
  std::vector<Missing> seen_;
  std::vector<Missing> unregistered_;
  std::optional<ImGuiID> focus_wish_;
  std::string problem_;
  ImGuiID problem_at_ = 0;
  ImGuiID focused_ = 0;
  ImGuiID just_focused_ = 0;
  ImGuiID next_just_focused_ = 0;
  bool focus_visible_ = false;
  bool paused_ = false;
};

/// The page's one mirror.
Mirror& mirror();

}  // namespace floodlight::ui

// One opened page in the words of the tests: what there is, what it says, and what a student does. Widgets are found where a
// screen reader finds them, in the accessible mirror, and worked with the simulated mouse where a hand would take one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "imgui.h"

#include "core/pipeline/recipe.h"
#include "tests/interface/no_browser.h"
#include "web/app/state/app.h"
#include "web/app/widgets/mirror.h"

namespace floodlight {

/// A recipe in a failed test's words.
void PrintTo(const Recipe& recipe, std::ostream* out);  // NOLINT(readability-identifier-naming): GoogleTest's name

}  // namespace floodlight

namespace floodlight::test {

using ui::MirrorItem;
using ui::Role;

/// A regular expression (ECMAScript's).
struct Pattern {
  std::string text;
};
inline Pattern operator""_re(const char* text, std::size_t size) { return {std::string(text, size)}; }
inline Pattern pattern(std::string text) { return {std::move(text)}; }
/// The whole that the pattern is found as in a text, then its groups; nothing where it is not found.
std::vector<std::string> parts(const std::string& text, const Pattern& pattern);
bool matches(const std::string& text, const Pattern& pattern);

/// What a widget or a text is called: exactly so, or by a pattern that is found in it.
class Name {
 public:
  Name(const char* exact) : wanted_(std::string(exact)) {}       // NOLINT(google-explicit-constructor): literals read
  Name(std::string exact) : wanted_(std::move(exact)) {}         // NOLINT(google-explicit-constructor)
  Name(std::string_view exact) : wanted_(std::string(exact)) {}  // NOLINT(google-explicit-constructor)
  Name(Pattern pattern) : wanted_(std::move(pattern)) {}         // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool fits(const std::string& name) const;
  [[nodiscard]] std::string text() const;

 private:
  std::variant<std::string, Pattern> wanted_;
};
Name any();

/// The names of the lesson's steps, in order, with the way to the mask that is at hand.
std::vector<std::string> step_names();

/// A pixel that the status line explains, and its values as they stand there.
struct ProbedPixel {
  int row = 0;
  int col = 0;
  std::string rest;
  friend bool operator==(const ProbedPixel&, const ProbedPixel&) = default;
  [[nodiscard]] Pixel place() const { return {row, col}; }
};

/// How an answer to an exercise was judged.
struct Said {
  std::string word;  ///< "Right", "Not yet", or nothing
  std::string sentence;
};

struct Opening {
  std::string fragment;  ///< a link's; without one the page opens with its own first image
  ImVec2 size{1280, 800};
  bool whole = true;    ///< with the part of the program that comes after the first picture
  bool has_gpu = true;  ///< else the processor draws
};

class Page {
 public:
  /// Loads the page and lets it compute.
  explicit Page(const Opening& opening = {});
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  /// Fails the test where a GPU would have refused something or the app gave up.
  ~Page();

  /// Frames until the app owes nothing; throws where that does not come.
  void settled();

  // --- what there is ---------------------------------------------------------------------------------------------------
  /// In the order of reading; within a group of this name, or anywhere.
  [[nodiscard]] std::vector<MirrorItem> all(Role role, const Name& name = any(),
                                            const std::optional<Name>& group = {}) const;
  [[nodiscard]] std::size_t count(Role role, const Name& name = any(), const std::optional<Name>& group = {}) const;
  /// The only one; throws, and says what there is, where there is none or more than one.
  [[nodiscard]] MirrorItem the(Role role, const Name& name, const std::optional<Name>& group = {}) const;
  [[nodiscard]] MirrorItem first(Role role, const Name& name, const std::optional<Name>& group = {}) const;
  /// Whether a text of the page, a heading or an alert reads so.
  [[nodiscard]] testing::AssertionResult says(const Name& text) const;
  /// The parts of the first text that the pattern is found in: the whole, then its groups. Throws where there is none.
  [[nodiscard]] std::vector<std::string> read(const Pattern& pattern) const;
  [[nodiscard]] std::size_t count_texts(const Name& text) const;
  /// The value that a line of the panel gives to this name.
  [[nodiscard]] std::string fact(std::string_view name) const;
  [[nodiscard]] double number_fact(std::string_view name) const;
  /// The pixel of the status line, if it explains one.
  [[nodiscard]] std::optional<ProbedPixel> pixel() const;
  /// The values that the status line gives; nothing where it explains no pixel.
  [[nodiscard]] std::string values() const;
  [[nodiscard]] std::string status() const;
  /// The one message on the screen; throws where there is none.
  [[nodiscard]] std::string alert() const;
  [[nodiscard]] bool has_alert() const { return count(Role::alert) > 0; }
  [[nodiscard]] std::string title() const { return browser().title; }
  [[nodiscard]] std::string selected_step() const;
  [[nodiscard]] testing::AssertionResult shows_step(std::string_view step) const;
  /// Whether the mirror has every interactive item that Dear ImGui has seen, and the page all that the mirror has.
  [[nodiscard]] testing::AssertionResult everything_is_mirrored() const;

  [[nodiscard]] const Recipe& recipe() const { return ui::app().recipe(); }
  [[nodiscard]] int nuclei() const { return ui::app().values().nuclei; }

  // --- what a student does ---------------------------------------------------------------------------------------------
  /// The mouse goes to the widget, rests there, and presses; what the panel hides is scrolled to first.
  void click(const MirrorItem& item);
  void click(Role role, const Name& name, const std::optional<Name>& group = {}) { click(the(role, name, group)); }
  void click(const Name& button) { click(Role::button, button); }
  void click_at(ImVec2 point);
  /// Scrolls the panel until the widget stands wholly inside it; where it stands then.
  MirrorItem reveal(const MirrorItem& item);
  /// A press, a movement and a release, from one fraction of the widget's rectangle to another.
  void drag(const MirrorItem& item, ImVec2 from, ImVec2 to);
  void drag_points(ImVec2 from, ImVec2 to);
  /// A key by its name, with others before it: "z", "PageDown", "Control+Shift+Z".
  void press(std::string_view keys);
  void press(std::string_view keys, int times);
  /// What is written into a number's field, or set on its slider.
  void fill(const Name& field, double number, const std::optional<Name>& group = {});
  void write(const Name& field, std::string_view text, const std::optional<Name>& group = {});
  void slide(const Name& slider, double number);
  void choose(const Name& list, std::string_view option, const std::optional<Name>& group = {});
  /// Characters for the field that has the focus.
  void type(std::string_view text);
  void go_to(std::string_view step);
  void open_sample(std::string_view title);
  /// Drops a file.
  void drop(const std::string& name, std::vector<std::uint8_t> bytes);
  /// Drops one that must open.
  void open(const std::string& name, std::vector<std::uint8_t> bytes);
  /// Chooses a file in the browser's chooser, which the press must have opened.
  void choose_file(const std::string& name, std::vector<std::uint8_t> bytes, const std::function<void()>& press);
  /// The file that the press makes the browser save.
  SavedFile saved_by(const std::function<void()>& press);
  /// Loads the page again, with another link or none.
  void reload(const std::string& fragment = {});
  /// Pastes another link behind the open page's address.
  void paste_link(const std::string& fragment);

  // --- the image -------------------------------------------------------------------------------------------------------
  /// A point of the image view, by fractions of its rectangle.
  [[nodiscard]] ImVec2 image_point(float x, float y) const;
  std::optional<ProbedPixel> hover(ImVec2 point);
  /// Pins the pixel at a point of the view with the mouse.
  ProbedPixel pin(float x, float y);
  /// Pins a pixel of a small image by walking there with the arrow keys.
  void walk_to(int row, int col);
  /// Screen pixels a pixel, from what the status line says of two points; while nothing is pinned.
  double zoom();
  /// A function that gives the middle of an image's pixel on the screen; while nothing is pinned and pixels are large.
  std::function<ImVec2(int row, int col)> middles();
  /// A digest of how the widget, or without one the image view, is drawn; see watched_picture.
  std::uint64_t picture(const std::optional<MirrorItem>& item = {});
  /// The same, with the mouse where it is.
  std::uint64_t picture_as_it_is(const std::optional<MirrorItem>& item = {});

  // --- exercises and players ----------------------------------------------------------------------------------------------
  void open_exercise(int number);
  /// Types an answer and presses Check.
  Said answer(std::string_view text);
  /// Presses the choices one after the other until one gets this word.
  Said choose_answer(const Name& choice, std::string_view word);
  [[nodiscard]] Said said() const;
  void close_exercise() { click("Close the exercise"); }
  /// How many nuclei the status line counts; "?" while an exercise asks for them.
  [[nodiscard]] std::string nuclei_said() const;
  /// Where the step's player is, and how far it goes.
  [[nodiscard]] double position(const Name& player) const { return the(Role::slider, player).number; }
  [[nodiscard]] double last_position(const Name& player) const { return the(Role::slider, player).max; }

 private:
  void go_to_rest();
};

/// The small field, or another image, at a step: the shortest way there is its link.
Opening at(std::string_view image, std::string_view step);

}  // namespace floodlight::test

// The one layer that draws widgets: each is drawn with Dear ImGui and registered in the mirror by the same call.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "imgui.h"

#include "core/pipeline/parameters.h"
#include "web/app/widgets/mirror.h"
#include "web/app/widgets/theme.h"
#include "web/app/widgets/wording.h"

namespace floodlight::ui {

// --- text ---------------------------------------------------------------------------------------------------------------

/// A heading of that level, also for the mirror.
void heading(std::string_view text, int level);
/// A paragraph, wrapped to the width there is.
void paragraph(std::string_view text);
/// A paragraph, wrapped at the panel's width.
void note(std::string_view text);
/// A name and its value on one line, the value in tabular figures at the right.
void fact(std::string_view name, std::string_view value, float width = 0);
/// A heading, and lines of code in a box with a copy button; true when it was pressed.
bool code(std::string_view name, std::string_view lines);
/// Text in lines of at most this width, drawn from `at` downwards but not registered; returns its height.
float draw_wrapped(ImVec2 at, float width, std::string_view text, ImU32 colour, float leading = 1.16F);
/// A gap on the 8-pixel grid.
void gap(float size = 8);

/// Says what a word of the trade means, in a sentence; nothing for all other words.
using Glossary = std::string_view (*)(std::string_view word);
/// From now on such a word has a dotted line under it where it first stands in a window's paragraphs and notes, and is
/// explained on hover, focus or tap.
void set_glossary(Glossary meaning_of);
/// The same for a word that was drawn by hand.
void explained_word(std::string_view word, ImVec2 min, ImVec2 max);

// --- controls -----------------------------------------------------------------------------------------------------------

struct ButtonOptions {
  std::string_view help = {};
  std::string_view shortcut = {};  ///< as aria-keyshortcuts spells it
  bool primary = false;
  bool disabled = false;
  bool quiet = false;                ///< no box until the pointer is over it
  std::optional<bool> pressed = {};  ///< a toggle button's state
  float width = 0;                   ///< 0: as the label needs
  std::string_view name = {};        ///< the accessible name, where it says more than the label
  bool opens = false;                ///< the label stands at the left, an arrow at the right: it opens a choice
};
/// The label is the accessible name too; what follows "##" in it only tells equal labels apart.
bool button(std::string_view label, const ButtonOptions& options = {});

/// One of a few in a row, exactly one chosen. True when another was chosen.
bool segmented(std::string_view name, std::span<const std::string_view> options, int& chosen, float width = 0);

/// A heading that shows or hides what follows it. True while that is to be drawn.
bool fold(std::string_view label, bool& open);
/// Brings the fold of this switch to the top of its panel when it is next drawn open; null: none.
void reveal_fold(const bool* open);

/// A switch with its label at the left.
bool toggle(std::string_view label, bool& value, std::string_view help = {});

/// A list that opens. True when another option was chosen. `width` 0: all there is; the label stands above unless hidden.
bool combo(std::string_view label, std::span<const std::string> options, int& chosen, std::string_view help = {},
           float width = 0, bool show_label = true);

struct NumberOptions {
  double minimum = 0;
  double maximum = 1;
  double step = 1;
  std::string_view unit = {};
  std::string_view help = {};
  bool disabled = false;
  bool even = false;    ///< equal steps all along, also where the range is wide
  bool coarse = false;  ///< shown as a whole number, however exactly it is kept
  bool whole = false;   ///< only the steps count: a number between two of them is refused, not moved
};
/// A slider with its label above it and its value at the right, which can be typed over.
bool slider(std::string_view label, double& value, const NumberOptions& options);
/// A number that is typed.
bool number_input(std::string_view label, double& value, const NumberOptions& options);

/// A number in a cell of a grid, typed over; its name is only spoken, and what is wrong with what was typed stands under it.
bool number_cell(std::string_view name, double& value, const NumberOptions& options, ImVec2 at, float width);

/// A line of text. `take_focus`: it is typed into at once. True when the text has changed.
bool text_input(std::string_view label, std::string& text, bool take_focus);
/// A row of a list: a name, and something at the right. True when it was pressed.
bool list_row(std::string_view name, std::string_view detail, bool chosen);

/// The widget that the parameter's kind asks for, with everything its table says. True when the owner was changed.
template <typename Owner>
bool parameter(const Parameter<Owner>& parameter, Owner& owner, std::string_view suffix = {});

// --- for widgets drawn elsewhere -----------------------------------------------------------------------------------------

/// Widgets submitted while it is in scope belong to a group of this name.
class GroupScope {
 public:
  /// A plain group, as large as its widgets.
  explicit GroupScope(std::string_view name);
  /// A container of another role, with a rectangle of its own.
  GroupScope(std::string_view name, Role role, ImVec2 min, ImVec2 max);
  GroupScope(const GroupScope&) = delete;
  GroupScope& operator=(const GroupScope&) = delete;
  ~GroupScope();

 private:
  ImGuiID outer_;
};

/// Widgets of the same words in two sections of a window are two widgets: one section each while it is in scope.
class SectionScope {
 public:
  explicit SectionScope(const char* name) { ImGui::PushID(name); }
  SectionScope(const SectionScope&) = delete;
  SectionScope& operator=(const SectionScope&) = delete;
  ~SectionScope() { ImGui::PopID(); }
};

/// Registers text drawn by hand, under an id that stays while the words change.
void add_text(Role role, std::string_view id, std::string text, ImVec2 min, ImVec2 max);
/// Dear ImGui's id of the item just submitted; 0 in a window of which nothing is in sight: it takes no items, and what Dear
/// ImGui calls the last one is another window's.
ImGuiID item_id();
/// Registers the item just submitted under its id and rectangle; draws its focus ring and its tooltip.
void registered(MirrorItem item, std::string_view help = {});
/// How wide a widget may be that takes the current window's whole width, in CSS pixels: never so narrow that nothing can be
/// laid out in it, however small the browser's window is made.
float available_width();
/// A rectangle of the current window's width for a widget of this height.
ImVec2 content_width(float height);

}  // namespace floodlight::ui

// Links and files that carry what is on the screen: made from the app's state, opened into it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/app/state/app.h"

namespace floodlight::ui {

/// What is on the screen now.
SharedState shared_state(const App& app);
/// What the page's address says behind its #; empty while everything is as the page opens, or not yet loaded.
std::string fragment_of(const App& app);
/// A whole address that opens what is on the screen.
std::string link_to(const App& app);

/// Opens what stands behind the # of an address. A link that cannot be opened gives a message and changes nothing else.
void open_link(App& app, std::string_view fragment);
/// Whether a file is a recipe or a state rather than an image.
bool looks_like_json(std::string_view name, const std::vector<std::uint8_t>& bytes);
/// Opens a recipe, or a state that was saved; a message, and false, where it is neither.
bool open_json(App& app, const std::string& name, std::string_view text);

/// A file has been opened while a link waits for one: where it is that, the rest of the link follows.
void answer_link(App& app);
/// What is asked while a link waits for its file, and the buttons below.
std::string link_question(const SharedState& awaited);
/// Draws the buttons below that question: open the file, use the image at hand, or forget the link.
void link_answers(App& app);

}  // namespace floodlight::ui

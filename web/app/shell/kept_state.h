// What is kept of the screen for the case that the program stops.
#pragma once

#include <string>

namespace floodlight::ui {

class App;

/// As JSON, what the page keeps for the case that the program stops: `fragment`, what the address says behind its #; `recipe`, the text of its file; `stem`
/// for the names of files, `file` where the image is the student's own; `labels` where they may be saved, with their `version`,
/// how many `nuclei`, and the `options` of their file; `many` where many images have results, as the page saves them.
std::string state_to_keep(const App& app);

}  // namespace floodlight::ui

// Files that the app opens and saves: images, true labels, the value of a stage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/pipeline/stage.h"

namespace floodlight::ui {

class App;

/// A label image that was chosen as the truth for the image at hand. One that cannot be it gives a message.
void open_truth(App& app, const std::string& name, const std::vector<std::uint8_t>& bytes);
/// A file that was dropped or chosen: an image, a recipe, or what was on somebody's screen. What cannot be read gives a
/// message, changes nothing else, and is told by false.
bool open_file(App& app, const std::string& name, std::vector<std::uint8_t> bytes);
/// Whether the message on screen asks which value of the image is the nucleus.
bool asks_for_mask(const App& app);
/// The answers: buttons in a row. The mask becomes the pixels of one value, or all that are not 0, and Refine goes on with it.
void mask_answers(App& app);
/// Hands the reader the labels; where the set of images is looked at, leads to the saving of all of theirs.
void save_labels(App& app);
/// Paint as a label TIFF: 0 where nothing is painted.
void save_paint(App& app);
/// The value of the stage as a TIFF.
void save_stage(App& app, Stage stage);

}  // namespace floodlight::ui

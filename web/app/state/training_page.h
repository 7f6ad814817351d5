// What the page's JavaScript does to train a network (web/page/training.js), asked for from here.
#pragma once

#include <string_view>

#include "core/base/json.h"

namespace floodlight::ui {

/// Calls the page's object for training, which is fetched when it is first called. "train": until so many steps are done
/// (`until`), from the kept moment at step `from`, or anew where that is null, with the `options` of `core.NetworkTraining`, a
/// moment being kept at every `every`th step. "stop".
void ask_training(std::string_view command, const Json& request = {});

}  // namespace floodlight::ui

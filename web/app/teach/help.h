// How the page is used, in a few sentences: the first part of the help.
#pragma once

namespace floodlight::ui {

void help_words();

}  // namespace floodlight::ui

// The words of the trade, each in a sentence: they are explained where they stand.
#pragma once

#include <string_view>

namespace floodlight::ui {

/// What a word means, its plural too and in upper or lower case; empty where it is none of the trade's.
std::string_view meaning_of(std::string_view word);

}  // namespace floodlight::ui

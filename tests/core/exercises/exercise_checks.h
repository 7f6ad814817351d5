// Checks of exercises that the tests of all steps share.
#pragma once

#include <string>
#include <string_view>

#include "core/exercises/exercise.h"

namespace floodlight::testing {

bool says(const std::string& text, std::string_view part);

/// That this answer is judged right, or a known mistake whose sentence says this.
void expect_right(const Exercise& exercise, double answer);
void expect_mistake(const Exercise& exercise, double answer, std::string_view part);

/// That an exercise hangs together: its own answer is right, each mistake is recognised, and what it says is whole.
/// `teaching_image`: the one that it should have been made from; empty: none.
void expect_sound(const Exercise& exercise, std::string_view teaching_image);

}  // namespace floodlight::testing

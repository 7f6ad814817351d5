// The lessons of step 10: how the images of a set differ, how many are enough, one threshold for all, and the loop's traps.
#pragma once

#include <vector>

#include "core/exercises/exercise.h"

namespace floodlight::ui {

class App;

/// Draws all of them.
void image_set_lessons(App& app);
/// What of it is shown on stage: the mean that settles.
void image_set_on_stage(App& app);
/// The lesson of the loop, in loop_lesson.cpp.
void loop_lesson(App& app);
/// What exercises are made from: the fields with results, in the order of the running mean. Holds no values of its own.
std::vector<FieldOfSet> fields_of_set(App& app);

}  // namespace floodlight::ui

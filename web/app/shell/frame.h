// One frame of the app, from computing to the screen, and how the app begins.
#pragma once

namespace floodlight::ui {

/// What there is before the first frame: a new app, theme, shaders, what files and keys do, and the image to open with. Call
/// it after platform::start: once a page, since nothing is left of what was before.
void start_app();
/// Starts the app, and draws from then on.
void begin();
/// Whether it was started.
[[nodiscard]] bool has_begun();

/// Computes for a while, lays the window out, answers the mirror's requests, and draws.
void frame();

/// The longest of each since they were last asked for, in milliseconds; for the benchmark.
struct FrameTimes {
  double slice = 0;   ///< of computing, in a frame or between two
  double upload = 0;  ///< of giving stages to the GPU
  double own = 0;     ///< of a whole frame, without the GPU's part
  double drawn = 0;   ///< handing its picture to the GPU, or drawing it by the processor
};
/// The longest times, which begin anew with this.
[[nodiscard]] FrameTimes take_longest_times();
/// What the last frame took: all our own work, without the GPU's.
[[nodiscard]] double last_frame_milliseconds();

/// Whether something that was asked for is still to be computed, of what can be computed already.
[[nodiscard]] bool owes_work();

}  // namespace floodlight::ui

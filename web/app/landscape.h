// The flood in 3D: what is flooded as a surface in which the water rises, turned with mouse, fingers and keys.
#pragma once

#include <optional>

#include "imgui.h"

#include "core/relief.h"
#include "web/app/gpu.h"

namespace floodlight::ui {

class App;
struct Pane;

/// How the landscape is looked at, and what it is drawn with. Position and zoom are the image view's own, so that from
/// straight above it is the flat picture.
class Landscape {
 public:
  bool on = false;
  float turn = 0;  ///< degrees, around the vertical
  float tilt = 0;  ///< degrees from straight above
  float wanted_turn = 0;
  float wanted_tilt = 0;

  [[nodiscard]] bool from_above() const { return turn == 0 && tilt == 0; }
  /// The context is gone, and everything in it.
  void forget() {
    program_ = {};
    target_ = {};
  }

  /// Draws it into the pane. False, with the app's message, where this machine cannot.
  bool draw(App& app, const Pane& pane, ImDrawList& list);

 private:
  struct Target {
    int width = 0;
    int height = 0;
    int samples = 0;  ///< a pixel; 0: no smooth edges
    GLuint smooth = 0;
    GLuint colour = 0;
    GLuint depth = 0;
    GLuint plain = 0;
    GLuint texture = 0;
  };
  void resize(int width, int height, int samples);

  Gpu::Program program_;
  Target target_;
};

/// Whether the step at hand shows it.
[[nodiscard]] bool shows_landscape(const App& app);
void show_landscape(App& app, bool on);
/// Straight above, or back to the side.
void look_from_above(App& app, bool above);
/// By so many degrees.
void turn_landscape(App& app, float turn, float tilt);
/// Moves towards the wished direction.
void advance_landscape(App& app);
/// What it covers on the screen as it is turned and tilted, in pixels of the image, seen from the image's middle.
struct LandscapeBounds {
  ImVec2 extent;
  ImVec2 middle;
};
[[nodiscard]] LandscapeBounds landscape_bounds(const App& app);
/// What a movement on the screen is on the plain, in pixels of the image.
[[nodiscard]] ImVec2 landscape_movement(const App& app, ImVec2 on_screen);
/// Where pixels of the image stand on the screen while the landscape is looked at in a pane, and what is seen there.
class LandscapeSight {
 public:
  LandscapeSight(const App& app, const Pane& pane);
  [[nodiscard]] const Relief& relief() const { return relief_; }
  [[nodiscard]] ImVec2 on_screen(ReliefPlace place) const;
  /// Whether nothing stands before it.
  [[nodiscard]] bool shows(ReliefPlace place) const;
  /// The pixel whose ground, water or wall is seen at a point of the screen.
  [[nodiscard]] std::optional<Pixel> pixel_at(ImVec2 point) const;

 private:
  Relief relief_;
  ReliefCamera camera_;
  ImVec2 middle_;  ///< of the pane, CSS pixels
  float ratio_ = 1;
};
/// Seeds, the pixels at hand, the drop's way and the profile's line, where they stand in the landscape.
void draw_landscape_marks(const App& app, const Pane& pane, ImDrawList& list);
/// The switch and the buttons, with what to do.
void landscape_controls(App& app);

}  // namespace floodlight::ui

// The flood in 3D: what is flooded as a surface in which the water rises, turned with mouse, fingers and keys.
#pragma once

#include <optional>

#include "imgui.h"

#include "core/explain/relief.h"

namespace floodlight::ui {

class App;
struct Pane;

/// Draws it into the pane. False, with the app's message, where this machine cannot.
bool draw_landscape(App& app, const Pane& pane, ImDrawList& list);
/// Whether the step at hand shows it.
[[nodiscard]] bool shows_landscape(const App& app);
/// Turns the step's picture into the landscape, seen from the side, or back into the flat one.
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
/// The bounds at the present turn, tilt and height of the walls.
[[nodiscard]] LandscapeBounds landscape_bounds(const App& app);
/// What a movement on the screen is on the plain, in pixels of the image.
[[nodiscard]] ImVec2 landscape_movement(const App& app, ImVec2 on_screen);
/// Where pixels of the image stand on the screen while the landscape is looked at in a pane, and what is seen there.
class LandscapeSight {
 public:
  /// Of the relief at hand, with the camera as the app has it now.
  LandscapeSight(const App& app, const Pane& pane);
  /// The surface: ground, walls and water at the moment that the player shows.
  [[nodiscard]] const Relief& relief() const { return relief_; }
  /// Where a point of the surface stands, in CSS pixels.
  [[nodiscard]] ImVec2 on_screen(SurfacePoint point) const;
  /// Whether nothing stands before it.
  [[nodiscard]] bool shows(SurfacePoint point) const;
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

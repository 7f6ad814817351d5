// What is drawn on the landscape: nothing shines through a wall, but a way behind one can still be followed.
#include <algorithm>
#include <array>
#include <vector>

#include "web/app/picture/flood_view.h"
#include "web/app/picture/landscape.h"
#include "web/app/picture/pane.h"
#include "web/app/picture/section_view.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

class Marker {
 public:
  Marker(const App& app, const Pane& pane, ImDrawList& list)
      : sight_(app, pane), list_(list), reach_(std::max(0.5F, px(5) / app.view.zoom)) {}

  /// A dot with a dark ring, unless something stands before it.
  void dot(Pixel p, float size, ImU32 colour) {
    const SurfacePoint point = sight_.relief().middle(p);
    if (!sight_.shows(point)) return;
    const ImVec2 at = sight_.on_screen(point);
    list_.AddCircleFilled(at, size + px(1.5F), IM_COL32(0, 0, 0, 220));
    list_.AddCircleFilled(at, size, colour);
  }

  /// Around a pixel, where it is small as large as needs be to be seen.
  void frame(Pixel p, ImU32 colour) {
    const auto corners = corners_of(p, reach_);
    const bool seen = sight_.shows(sight_.relief().middle(p));
    if (seen) list_.AddPolyline(corners.data(), 4, IM_COL32(0, 0, 0, 230), ImDrawFlags_Closed, px(5));
    list_.AddPolyline(corners.data(), 4, faded(colour, seen ? 1.0F : 0.4F), ImDrawFlags_Closed, px(seen ? 2.5F : 1.5F));
  }

  void tint(Pixel p, ImU32 colour) {
    if (!sight_.shows(sight_.relief().middle(p))) return;
    const auto corners = corners_of(p, std::max(0.5F, px(1.5F) * 0.5F / reach_));
    list_.AddQuadFilled(corners[0], corners[1], corners[2], corners[3], colour);
  }

  /// From pixel to pixel; what lies behind a wall is faint.
  void way(const std::vector<Pixel>& pixels, ImU32 colour, bool dashed) {
    if (pixels.empty()) return;
    SurfacePoint before = sight_.relief().middle(pixels.front());
    bool seen_before = sight_.shows(before);
    for (std::size_t i = 1; i < pixels.size(); ++i) {
      const SurfacePoint point = sight_.relief().middle(pixels[i]);
      const bool seen = sight_.shows(point);
      ImVec2 from = sight_.on_screen(before);
      ImVec2 to = sight_.on_screen(point);
      if (dashed) {
        const ImVec2 whole = to - from;
        from = from + whole * 0.2F;
        to = to - whole * 0.3F;
      }
      if (seen && seen_before) {
        list_.AddLine(from, to, IM_COL32(0, 0, 0, 190), px(4));
        list_.AddLine(from, to, colour, px(2));
      } else {
        list_.AddLine(from, to, faded(colour, 0.3F), px(1.5F));
      }
      before = point;
      seen_before = seen;
    }
  }

 private:
  [[nodiscard]] std::array<ImVec2, 4> corners_of(Pixel p, float reach) const {
    const SurfacePoint middle = sight_.relief().middle(p);
    const auto away = static_cast<double>(reach);
    const auto corner = [&](double right, double down) {
      return sight_.on_screen({middle.x + right * away, middle.y + down * away, middle.up});
    };
    return {corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)};
  }

  LandscapeSight sight_;
  ImDrawList& list_;
  float reach_;  ///< of a frame, in pixels of the image
};

}  // namespace

void draw_landscape_marks(const App& app, const Pane& pane, ImDrawList& list) {
  const FloodExplanation& explanation = *app.explanations.flood.get();
  const Flood& flood = explanation.flood;
  Marker marker(app, pane, list);
  if (shows_section(app)) marker.way(section_pixels(app), section_ink, false);
  const auto probed = app.probed();
  const FallenDrop* drop = probed && app.watershed.drop_shown ? &fallen_drop(app, explanation, *probed) : nullptr;
  if (drop != nullptr) {
    for (const Pixel p : drop->ridge.pixels) marker.tint(p, faded(highlight_colour, 0.75F));
  }
  const float size = std::clamp(app.view.zoom * 0.3F, px(2), px(7));
  for (const Pixel peak : app.values().peaks) marker.dot(peak, size, theme().seed);
  if (drop != nullptr) {
    marker.way(drop->path.run, IM_COL32(255, 255, 255, 240), false);
    marker.way(drop->path.overflow, pin_colour, true);
    if (!drop->path.overflow.empty()) marker.frame(drop->path.rim, pin_colour);
    marker.dot(*probed, px(4), IM_COL32_WHITE);
  } else if (probed) {
    marker.way(flood_path(flood, *probed), pin_colour, false);
  }
  if (app.view.hovered && app.view.hovered != app.view.pinned) marker.frame(*app.view.hovered, IM_COL32_WHITE);
  if (app.view.pinned) marker.frame(*app.view.pinned, pin_colour);
  const auto step = static_cast<std::size_t>(app.display.flood_time);
  if (step < flood.sequence.size()) marker.frame(pixel_at(flood, flood.sequence[step]), highlight_colour);
}

}  // namespace floodlight::ui

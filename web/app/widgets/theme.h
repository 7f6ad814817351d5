// Colours, type and sizes: what every part of the screen draws with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "imgui.h"

#include "core/score/score.h"
#include "core/segment/label_colours.h"

namespace floodlight::ui {

/// One colour per role, the same role everywhere.
struct Theme {
  bool light = false;
  ImU32 window = 0;   // behind the image
  ImU32 panel = 0;    // header, panel, film strip
  ImU32 raised = 0;   // controls
  ImU32 hovered = 0;  // controls under the pointer
  ImU32 line = 0;     // hairlines
  ImU32 text = 0;
  ImU32 muted = 0;  // secondary text, still 4.5 : 1
  ImU32 accent = 0;
  ImU32 on_accent = 0;
  ImU32 background = 0;  // of a mask, and of its side of the histogram
  ImU32 foreground = 0;
  ImU32 dim = 0;  // the background's bars in the histogram
  ImU32 seed = 0;
  ImU32 border = 0;
  ImU32 error = 0;
};

/// The colours in force.
[[nodiscard]] const Theme& theme();

enum class Font : std::uint8_t { regular, semibold, mono };

/// The four sizes of type, in CSS pixels before the presentation's scale.
inline constexpr float small_text = 13;
inline constexpr float body_text = 15;
inline constexpr float title_text = 18;
inline constexpr float large_text = 24;

/// Loads the fonts and sets the colours; call once after ImGui::CreateContext.
void start_theme(bool light);
/// Makes the light or the dark colours the ones in force.
void set_light(bool light);
/// How much larger everything is drawn; 1 but in presentation mode.
void set_scale(float scale);
/// How much larger all is drawn than its plain size: more while presenting.
[[nodiscard]] float scale();

/// A size in CSS pixels at the current scale.
[[nodiscard]] inline float px(float size) { return size * scale(); }

/// Draws text in this font until it goes out of scope.
class FontScope {
 public:
  /// This font and size, in plain pixels, until the scope ends.
  FontScope(Font font, float size);
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
  ~FontScope();
};

/// A font of the page.
[[nodiscard]] ImFont* font(Font font);
/// The height of a line of this type, which is what Dear ImGui calls the font's size.
[[nodiscard]] float line_height(Font font, float size);

/// Where the i-th of things that are laid out row by row stands: x its column, y its row.
[[nodiscard]] inline ImVec2 grid_place(std::size_t i, std::size_t columns) {
  const std::size_t row = i / columns;
  return {static_cast<float>(i % columns), static_cast<float>(row)};
}

/// The same colour with another opacity, 0 to 1.
[[nodiscard]] ImU32 faded(ImU32 colour, float opacity);

/// A frame of dashes of this length.
void dashed_rect(ImDrawList& draw, ImVec2 min, ImVec2 max, ImU32 colour, float dash);

/// The labels' palette: safe for colour-blind eyes, never black.
inline constexpr std::array<ImU32, label_colour_count> label_palette = {
    IM_COL32(0x56, 0xB4, 0xE9, 255), IM_COL32(0xE6, 0x9F, 0x00, 255), IM_COL32(0x2F, 0xBF, 0x8F, 255),
    IM_COL32(0xF0, 0xE4, 0x42, 255), IM_COL32(0xD9, 0x7B, 0xB3, 255), IM_COL32(0xE8, 0x6A, 0x33, 255),
    IM_COL32(0x4A, 0x7F, 0xE0, 255), IM_COL32(0xB7, 0xA6, 0xF2, 255)};

/// On images, which are dark in either theme: what is pinned, what a pointed-at bar of the histogram selects, and the
/// outline of a pinned result.
inline constexpr ImU32 pin_colour = IM_COL32(0xFF, 0xB4, 0x54, 255);
inline constexpr ImU32 highlight_colour = IM_COL32(0xFF, 0x6F, 0xB5, 255);
inline constexpr ImU32 outline_colour = IM_COL32(0xFF, 0xFF, 0xFF, 255);

/// What is painted as which class, from class 1 on; the background's is hatched as well.
inline constexpr std::array<ImU32, label_colour_count> paint_palette = {
    IM_COL32(0x56, 0xB4, 0xE9, 255), IM_COL32(0xE6, 0x9F, 0x00, 255), IM_COL32(0x2F, 0xBF, 0x8F, 255),
    IM_COL32(0xF0, 0xE4, 0x42, 255), IM_COL32(0xD9, 0x7B, 0xB3, 255), IM_COL32(0xE8, 0x6A, 0x33, 255),
    IM_COL32(0x4A, 0x7F, 0xE0, 255), IM_COL32(0xB7, 0xA6, 0xF2, 255)};

/// The fates of nuclei in the order of FatePixel; each has a hatch as well, since colour alone is no cue.
inline constexpr std::array<ImU32, fate_pixel_count> fate_palette = {
    IM_COL32(0x00, 0x00, 0x00, 255), IM_COL32(0x56, 0xB4, 0xE9, 255), IM_COL32(0xD9, 0x7B, 0xB3, 255),
    IM_COL32(0xF0, 0xE4, 0x42, 255), IM_COL32(0xE6, 0x9F, 0x00, 255), IM_COL32(0xFF, 0x7A, 0x6B, 255)};

/// What repairs did to a pixel, in the order of Repair; the shader hatches what was added and removed.
inline constexpr std::array<ImU32, fate_pixel_count> repair_palette = {
    IM_COL32(0x00, 0x00, 0x00, 255), IM_COL32(0xB8, 0xB6, 0xB0, 255), IM_COL32(0x2F, 0xBF, 0x8F, 255),
    IM_COL32(0xFF, 0x7A, 0x6B, 255), IM_COL32(0x00, 0x00, 0x00, 255), IM_COL32(0x00, 0x00, 0x00, 255)};

/// What the watershed made of a component, in the order of ComponentFate; the shader hatches what was cut or lost.
inline constexpr std::array<ImU32, fate_pixel_count> difference_palette = {
    IM_COL32(0x00, 0x00, 0x00, 255), IM_COL32(0x56, 0xB4, 0xE9, 255), IM_COL32(0xF5, 0xB0, 0x4C, 255),
    IM_COL32(0xFF, 0x7A, 0x6B, 255), IM_COL32(0x00, 0x00, 0x00, 255), IM_COL32(0x00, 0x00, 0x00, 255)};

}  // namespace floodlight::ui

// The looks of the layers as the processor draws them: shaders/*.frag in C++, each with the uniforms of its shader.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "web/app/gpu/processor.h"

namespace floodlight::ui::processor {

struct Colour {
  float r = 0;
  float g = 0;
  float b = 0;
};
[[nodiscard]] Colour colour_of(ImU32 colour);

/// A place on the picture: the pixel, the exact point in pixels of the image, and the point on the target as gl_FragCoord.
struct Place {
  int col = 0;
  int row = 0;
  float x = 0;
  float y = 0;
  float screen_x = 0;
  float screen_y = 0;
};

/// view.frag's uniforms.
struct Projection {
  float origin_x = 0;  ///< device pixels from the target's top left
  float origin_y = 0;
  float zoom = 1;  ///< device pixels a pixel
  int cols = 0;
  int rows = 0;
  float target_height = 0;
};

struct Window {
  float low = 0;
  float high = 1;
  /// 0 at the low end and below, 1 at the high end and above.
  [[nodiscard]] float share(float value) const;
};

/// intensity.frag
struct IntensityLook {
  const float* image = nullptr;
  const float* before = nullptr;
  const Rgba* map = nullptr;
  Window window;
  float saturation = 0;
  Colour mark;
  int reached = -1;
  float highlight_low = 1;
  float highlight_high = 0;
  Colour highlight;
};
/// mask.frag
struct MaskLook {
  const std::uint8_t* image = nullptr;
  const float* values = nullptr;
  float highlight_low = 1;
  float highlight_high = 0;
  Colour mark;
  Colour foreground;
  Colour background;
};
/// distance.frag
struct DistanceLook {
  const float* image = nullptr;
  const Rgba* map = nullptr;
  float highest = 1;
  Colour background;
};
/// labels.frag
struct LabelsLook {
  const std::int32_t* image = nullptr;
  const std::uint8_t* calm = nullptr;
  const float* raw = nullptr;
  const std::uint8_t* colours = nullptr;
  std::span<const ImU32> palette;
  Window window;
  float opacity = 1;
  float outline = 0;
  Colour background;
  float raw_share = 1;
};
/// fates.frag
struct FatesLook {
  const std::uint8_t* image = nullptr;
  const std::uint8_t* calm = nullptr;
  const std::int32_t* labels = nullptr;
  const std::uint8_t* calm_labels = nullptr;
  const float* raw = nullptr;
  std::span<const ImU32> palette;
  Window window;
  float outline = 0;
  float hatch = 8;
  bool flat = false;
  bool cuts = false;
};
/// flood.frag
struct FloodLook {
  const std::int32_t* image = nullptr;  ///< null where nothing is told yet; so with the other two
  const std::uint8_t* calm = nullptr;
  const std::int32_t* taken = nullptr;
  const std::int32_t* pushed = nullptr;
  int time = -1;
  const float* under = nullptr;
  Window window;
  const std::uint8_t* colours = nullptr;
  std::span<const ImU32> palette;
  float outline = 0;
};
/// probability.frag
struct ProbabilityLook {
  const float* image = nullptr;
  const float* raw = nullptr;
  const std::uint8_t* mask = nullptr;
  Window window;
  Colour nuclei;
  Colour background;
  float outline = 0;
  float hatch = 8;
};
/// pinned_outline.frag
struct PinnedOutlineLook {
  const std::int32_t* image = nullptr;
  const std::uint8_t* calm = nullptr;
  float outline = 1;
  Colour ink;
};

/// Draws the look on the surface, where the image lies and within the box.
void draw_look(const IntensityLook& look, const Projection& projection, const Box& box);
void draw_look(const MaskLook& look, const Projection& projection, const Box& box);
void draw_look(const DistanceLook& look, const Projection& projection, const Box& box);
void draw_look(const LabelsLook& look, const Projection& projection, const Box& box);
void draw_look(const FatesLook& look, const Projection& projection, const Box& box);
void draw_look(const FloodLook& look, const Projection& projection, const Box& box);
void draw_look(const ProbabilityLook& look, const Projection& projection, const Box& box);
void draw_look(const PinnedOutlineLook& look, const Projection& projection, const Box& box);

}  // namespace floodlight::ui::processor

// Pictures drawn by the processor, where there is no GPU: textures in memory, the looks of the layers, and Dear ImGui's draw
// lists. All of it is fetched later: a page without a GPU waits for it (web/page/main.js).
//
// The picture is the GPU's, but for the edges of what is drawn smoothly, where a colour may differ by a few steps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <GLES3/gl3.h>

#include "imgui.h"

#include "web/app/gpu/gpu_texture.h"

namespace floodlight::ui::processor {

/// A number for a new texture, which has no texels yet.
[[nodiscard]] GLuint new_texture();
/// As floodlight::ui::size_texture. Numbers that no texture has are passed over, here and below.
void size_texture(GLuint id, TexelFormat format, int cols, int rows, const void* texels);
/// As floodlight::ui::fill_texture.
void fill_texture(GLuint id, TexturePart part, const void* texels);
/// Gives its memory back.
void delete_texture(GLuint id);
/// Forgets all textures ...
void forget_textures();
/// ... and what is on the screen as well.
void forget();

/// A texture's texels, row by row.
struct Texture {
  TexelFormat format = GL_RGBA8;
  int cols = 0;
  int rows = 0;
  std::vector<std::uint8_t> texels;
  std::uint32_t version = 0;  ///< changes with the texels
  std::vector<std::uint8_t> calm;
  std::uint32_t calm_version = 0;  ///< of the texels that `calm` was made from

  template <typename T>
  [[nodiscard]] const T* as() const {
    return reinterpret_cast<const T*>(texels.data());
  }
};
/// The texture of that number; null where there is none.
[[nodiscard]] Texture* find_texture(GLuint id);
/// For each pixel of a label image or a mask, how many pixels far in every direction, 3 at most, all have its value.
[[nodiscard]] const std::uint8_t* calm_of(Texture& texture);

/// Red, green, blue and opacity as a canvas has them: a byte each, red lowest.
using Rgba = std::uint32_t;

/// Columns from `left` to before `right`, rows from `top` to before `bottom`.
struct Box {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  [[nodiscard]] bool empty() const { return left >= right || top >= bottom; }
  friend bool operator==(const Box&, const Box&) = default;
};
/// What two boxes share.
[[nodiscard]] Box shared(const Box& a, const Box& b);

/// What is drawn to: pixels row by row from the top, of which only those in the box change.
struct Surface {
  Rgba* pixels = nullptr;
  int cols = 0;
  int rows = 0;
  Box box;
};
/// What layers are drawn to at the moment.
[[nodiscard]] Surface& surface();

/// From now on layers are drawn to this texture.
void aim_at(GLuint texture);

/// Draws the part of the screen that is another one than before, and hands it to the page.
void draw_on_screen(ImDrawData& data);
/// Draws to a picture of its own, and returns it.
[[nodiscard]] std::vector<Rgba> drawn(ImDrawData& data, int cols, int rows);

}  // namespace floodlight::ui::processor

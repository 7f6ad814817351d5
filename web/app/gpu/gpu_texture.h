// Textures, for the files of the GPU's side: on the GPU, or in memory where there is none (processor.h).
#pragma once

#include <cstddef>
#include <span>

#include <GLES3/gl3.h>

#include "web/app/gpu/gpu.h"

namespace floodlight::ui {

/// The place of a layer in the arrays that have one entry each.
constexpr std::size_t index(Layer layer) { return static_cast<std::size_t>(layer); }

/// Makes a texture the one of that unit.
inline void bind(GLuint unit, GLuint texture) {
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(GL_TEXTURE_2D, texture);
}

/// A new 2-D texture without wrapping; `filter` is GL_NEAREST or GL_LINEAR.
[[nodiscard]] GLuint new_texture(GLint filter);

/// What the texels of a texture are: GL_R32F, GL_R8UI, GL_R32I or GL_RGBA8.
using TexelFormat = GLint;
/// Bytes of one texel.
[[nodiscard]] constexpr std::size_t texel_bytes(TexelFormat format) { return format == GL_R8UI ? 1 : 4; }

/// Gives a new texture its size; its texels are anything or, where they are given, those.
void size_texture(GLuint texture, TexelFormat format, int cols, int rows, const void* texels = nullptr);
/// A part of a texture.
struct TexturePart {
  int col = 0;
  int row = 0;
  int cols = 0;
  int rows = 0;
};
/// Replaces the texels of a part, given row by row; the format is the texture's own.
void fill_texture(GLuint texture, TexelFormat format, TexturePart part, const void* texels);
/// Gives them back; 0 is none.
void delete_textures(std::span<const GLuint> textures);

}  // namespace floodlight::ui

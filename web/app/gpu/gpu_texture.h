// Textures, for the files of the GPU's side.
#pragma once

#include <cstddef>

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

/// A new 2-D texture without wrapping, bound to unit 0; `filter` is GL_NEAREST or GL_LINEAR.
inline GLuint new_texture(GLint filter) {
  GLuint id = 0;
  glGenTextures(1, &id);
  bind(0, id);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return id;
}

}  // namespace floodlight::ui

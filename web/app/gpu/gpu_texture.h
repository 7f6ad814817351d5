// Textures, for the files of the GPU's side.
#pragma once

#include <cstddef>

#include <GLES3/gl3.h>

#include "web/app/gpu/gpu.h"

namespace floodlight::ui {

constexpr std::size_t index(Layer layer) { return static_cast<std::size_t>(layer); }

inline void bind(GLuint unit, GLuint texture) {
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(GL_TEXTURE_2D, texture);
}

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

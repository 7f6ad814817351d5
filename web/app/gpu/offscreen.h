// A program of its own and the picture that it draws with depth and smooth edges, beside the screen.
#pragma once

#include <GLES3/gl3.h>

#include "web/app/gpu/gpu.h"

namespace floodlight::ui {

/// Where something is drawn that Dear ImGui then shows as a picture.
struct Offscreen {
  Gpu::Program program;
  int width = 0;       ///< device pixels
  int height = 0;      ///< device pixels
  int samples = 0;     ///< a pixel; 0: no smooth edges
  GLuint smooth = 0;   ///< the frame buffer that is drawn to
  GLuint colour = 0;   ///< its colours ...
  GLuint depth = 0;    ///< ... and depths
  GLuint plain = 0;    ///< the frame buffer with one sample a pixel
  GLuint texture = 0;  ///< and its picture

  /// Makes it as large as asked for; does nothing where it is.
  void resize(int new_width, int new_height, int new_samples);
};

}  // namespace floodlight::ui

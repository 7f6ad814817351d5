#include "web/app/gpu/gpu_texture.h"

#include "web/app/gpu/processor.h"
#include "web/app/platform/platform.h"

namespace floodlight::ui {
namespace {

struct Layout {
  GLenum format;
  GLenum type;
};
Layout layout_of(TexelFormat format) {
  if (format == GL_R32F) return {GL_RED, GL_FLOAT};
  if (format == GL_R8UI) return {GL_RED_INTEGER, GL_UNSIGNED_BYTE};
  if (format == GL_R32I) return {GL_RED_INTEGER, GL_INT};
  return {GL_RGBA, GL_UNSIGNED_BYTE};
}

}  // namespace

GLuint new_texture(GLint filter) {
  if (platform::draws_by_processor()) return processor::new_texture();
  GLuint id = 0;
  glGenTextures(1, &id);
  bind(0, id);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return id;
}

void size_texture(GLuint texture, TexelFormat format, int cols, int rows, const void* texels) {
  if (platform::draws_by_processor()) {
    processor::size_texture(texture, format, cols, rows, texels);
    return;
  }
  const Layout layout = layout_of(format);
  bind(0, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, format, cols, rows, 0, layout.format, layout.type, texels);
}

void fill_texture(GLuint texture, TexelFormat format, TexturePart part, const void* texels) {
  if (platform::draws_by_processor()) {
    processor::fill_texture(texture, part, texels);
    return;
  }
  const Layout layout = layout_of(format);
  bind(0, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, part.col, part.row, part.cols, part.rows, layout.format, layout.type, texels);
}

void delete_textures(std::span<const GLuint> textures) {
  if (platform::draws_by_processor()) {
    for (const GLuint id : textures) processor::delete_texture(id);
    return;
  }
  glDeleteTextures(static_cast<GLsizei>(textures.size()), textures.data());
}

}  // namespace floodlight::ui

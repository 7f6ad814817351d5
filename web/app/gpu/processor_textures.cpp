// Textures in memory.
#include <algorithm>
#include <cstring>
#include <memory>

#include "web/app/gpu/processor.h"

namespace floodlight::ui::processor {
namespace {

std::vector<std::unique_ptr<Texture>>& store() {
  static std::vector<std::unique_ptr<Texture>> textures;
  return textures;
}

template <typename T>
std::vector<std::uint8_t> calm_of_values(const T* values, int cols, int rows) {
  constexpr int far = 3;
  std::vector<std::uint8_t> calm(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows), far);
  const auto at = [&](int col, int row) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(col);
  };
  // Calm for one pixel: the eight neighbours are the same. For one more: they are calm for one less, all of them.
  for (int reach = 1; reach <= far; ++reach) {
    for (int row = 0; row < rows; ++row) {
      for (int col = 0; col < cols; ++col) {
        if (calm[at(col, row)] < reach) continue;
        const T own = values[at(col, row)];
        for (int r = std::max(0, row - 1); r <= std::min(rows - 1, row + 1); ++r) {
          for (int c = std::max(0, col - 1); c <= std::min(cols - 1, col + 1); ++c) {
            if (values[at(c, r)] != own || calm[at(c, r)] < reach - 1)
              calm[at(col, row)] = std::min(calm[at(col, row)], static_cast<std::uint8_t>(reach - 1));
          }
        }
      }
    }
  }
  return calm;
}

}  // namespace

GLuint new_texture() {
  store().push_back(std::make_unique<Texture>());
  return static_cast<GLuint>(store().size());
}

Texture* find_texture(GLuint id) { return id == 0 || id > store().size() ? nullptr : store()[id - 1].get(); }

void size_texture(GLuint id, TexelFormat format, int cols, int rows, const void* texels) {
  Texture* const t = find_texture(id);
  if (t == nullptr) return;
  t->format = format;
  t->cols = cols;
  t->rows = rows;
  t->texels.assign(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows) * texel_bytes(format), 0);
  ++t->version;
  if (texels != nullptr) std::memcpy(t->texels.data(), texels, t->texels.size());
}

void fill_texture(GLuint id, TexturePart part, const void* texels) {
  Texture* const t = find_texture(id);
  if (t == nullptr) return;
  const std::size_t texel = texel_bytes(t->format);
  const std::size_t stride = static_cast<std::size_t>(part.cols) * texel;
  const auto* from = static_cast<const std::uint8_t*>(texels);
  for (int row = 0; row < part.rows; ++row, from += stride) {
    const auto first = static_cast<std::size_t>(part.row + row) * static_cast<std::size_t>(t->cols) +
                       static_cast<std::size_t>(part.col);
    std::memcpy(t->texels.data() + first * texel, from, stride);
  }
  ++t->version;
}

void delete_texture(GLuint id) {
  if (find_texture(id) != nullptr) store()[id - 1].reset();
}

void forget_textures() { store().clear(); }

const std::uint8_t* calm_of(Texture& t) {
  if (t.calm_version != t.version) {
    t.calm = t.format == GL_R32I ? calm_of_values(t.as<std::int32_t>(), t.cols, t.rows)
                                 : calm_of_values(t.as<std::uint8_t>(), t.cols, t.rows);
    t.calm_version = t.version;
  }
  return t.calm.data();
}

}  // namespace floodlight::ui::processor

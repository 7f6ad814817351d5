#include "web/app/gpu/field_pictures.h"

#include <algorithm>
#include <utility>

#include "web/app/gpu/gpu_texture.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

constexpr std::size_t tiles_a_row = 10;
constexpr std::size_t tiles_a_texture = tiles_a_row * tiles_a_row;
constexpr int side = static_cast<int>(tiles_a_row) * FieldPictures::size;

GLuint empty_texture() {
  const GLuint id = new_texture(GL_LINEAR);
  size_texture(id, GL_RGBA8, side, side);
  return id;
}

}  // namespace

void FieldPictures::set(std::uint32_t id, std::vector<std::uint8_t> pixels) {
  const auto found = std::ranges::find(pictures_, id, &Picture::id);
  if (found == pictures_.end()) {
    pictures_.push_back({id, std::move(pixels), false});
  } else {
    *found = {id, std::move(pixels), false};
  }
}

void FieldPictures::clear() {
  pictures_.clear();
  delete_textures(textures_);
  textures_.clear();
}

std::optional<Gpu::Thumbnail> FieldPictures::find(std::uint32_t id) {
  const auto found = std::ranges::find(pictures_, id, &Picture::id);
  if (found == pictures_.end()) return std::nullopt;
  const auto slot = static_cast<std::size_t>(found - pictures_.begin());
  const std::size_t page = slot / tiles_a_texture;
  const ImVec2 tile = grid_place(slot % tiles_a_texture, tiles_a_row);
  while (textures_.size() <= page) textures_.push_back(empty_texture());
  if (!found->uploaded) {
    fill_texture(textures_[page], GL_RGBA8,
                 {static_cast<int>(tile.x) * size, static_cast<int>(tile.y) * size, size, size}, found->pixels.data());
    found->uploaded = true;
  }
  const float share = 1.0F / static_cast<float>(tiles_a_row);
  // Half a pixel inwards, lest a neighbour's edge is seen.
  const float inset = 0.5F / static_cast<float>(side);
  const ImVec2 corner(tile.x * share, tile.y * share);
  return Gpu::Thumbnail{ImTextureRef(static_cast<ImTextureID>(textures_[page])),
                        {corner.x + inset, corner.y + inset},
                        {corner.x + share - inset, corner.y + share - inset}};
}

}  // namespace floodlight::ui

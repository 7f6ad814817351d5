// The small pictures of the set's fields: kept as pixels, and on the GPU as tiles of a few textures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <GLES3/gl3.h>

#include "web/app/gpu/gpu.h"

namespace floodlight::ui {

class FieldPictures {
 public:
  static constexpr int size = 96;  ///< rows and columns of a picture

  /// `pixels`: size rows of as many, red, green, blue and opacity.
  void set(std::uint32_t id, std::vector<std::uint8_t> pixels);
  /// Forgets all pictures, and gives their textures back.
  void clear();
  /// The context is gone, and every texture in it; the pixels are uploaded again when they are looked at.
  void forget() {
    textures_.clear();
    for (Picture& p : pictures_) p.uploaded = false;
  }
  /// The picture, uploaded first where it was not yet.
  [[nodiscard]] std::optional<Gpu::Thumbnail> find(std::uint32_t id);

 private:
  struct Picture {
    std::uint32_t id = 0;
    std::vector<std::uint8_t> pixels;
    bool uploaded = false;
  };
  std::vector<Picture> pictures_;  // its place is its tile
  std::vector<GLuint> textures_;
};

}  // namespace floodlight::ui

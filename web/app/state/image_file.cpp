#include "web/app/state/image_file.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/foreign_text.h"
#include "core/explain/camera_bits.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

TiffSelection selection_of(const Recipe& recipe) {
  return {.page = recipe.page,
          .channel = recipe.channel == Channel::automatic ? TiffSelection::default_channel
                                                          : static_cast<int>(recipe.channel) - 1};
}

void describe(ImageSource& source, const Intensities& read) {
  source.type = read.type;
  source.type_maximum = read.type_maximum;
  source.saturated = read.saturated;
  source.nonfinite = read.nonfinite;
  source.rounded = read.rounded;
  source.minimum = read.min;
  source.maximum = read.max;
  source.pixel_size_um = read.pixel_size_um;
  source.pixel_height_um = read.pixel_height_um;
  source.camera_bits = read.type == PixelType::u16 ? camera_bits(read.pixels) : 0;
  if (source.camera_bits > 0) {
    source.type_maximum = read.max;
    source.saturated = std::ranges::count(read.pixels.pixels(), static_cast<float>(read.max));
  }
}

bool App::reread_file() {
  if (image.bytes.empty()) return true;
  auto read = read_tiff(std::as_bytes(std::span(image.bytes)), shown(image.name), selection_of(recipe()));
  if (!read) {
    message = read.error().message;
    return false;
  }
  ImageSource source = std::move(image);
  describe(source, *read);
  // The file is the same, and so is what was done before.
  RecipeHistory kept = std::move(history);
  const Recipe first = opened_with;
  use_image(std::move(source), std::move(read->pixels), recipe());
  history = std::move(kept);
  opened_with = first;
  before.reset();
  return true;
}

}  // namespace floodlight::ui

// Writes images whose pixels follow a formula that ReadTiff.java knows too:  floodlight_imagej_files FOLDER
#include <cstdio>
#include <string>
#include <vector>

#include "core/export/roi_set.h"
#include "core/files/tiff.h"

namespace {

using namespace floodlight;

constexpr int rows = 333;
constexpr int cols = 257;

template <typename T, typename Formula>
Image<T> image_of(Formula formula) {
  Image<T> image(rows, cols);
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) image[row, col] = static_cast<T>(formula(row, col));
  }
  return image;
}

bool save(const std::string& path, const Result<std::vector<std::byte>>& bytes) {
  if (!bytes) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), bytes.error().message.c_str());
    return false;
  }
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(bytes->data(), 1, bytes->size(), file) == bytes->size();
  return std::fclose(file) == 0 && written;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: floodlight_imagej_files FOLDER\n", stderr);
    return 2;
  }
  const std::string folder = arguments[1];
  const LabelImage labels16 = image_of<Label>([](int row, int col) { return (row * 4099 + col * 37) % 65536; });
  const LabelImage labels32 = image_of<Label>([](int row, int col) { return (row * 4099 + col * 37) % 1000003; });
  // Labels in several pieces, with holes, and with pixels that touch at corners alone.
  const LabelImage pieces = image_of<Label>(
      [](int row, int col) { return (row / 2 * 7 + col / 3 * 5) % 11 < 5 ? 0 : 1 + (row / 40 * 9 + col / 30) % 60; });
  const Mask mask = image_of<std::uint8_t>([](int row, int col) { return (row / 9 + col / 5) % 3 == 0 ? 1 : 0; });
  const Image<float> distance = image_of<float>([](int row, int col) { return row * 0.25 - col * 1.5; });
  const Image<float> image16 = image_of<float>([](int row, int col) { return (row * 4099 + col * 41) % 65536; });
  const bool done =
      save(folder + "/labels16.tif", encode_label_tiff(labels16, LabelDepth::u16, {.pixel_size_um = 0.65})) &&
      save(folder + "/labels32.tif", encode_label_tiff(labels32)) &&
      save(folder + "/pieces_outlines.zip", encode_roi_set(pieces)) &&
      save(folder + "/mask.tif", encode_mask_tiff(mask)) &&
      save(folder + "/image16.tif", encode_intensity_tiff(image16, PixelType::u16, {.pixel_size_um = 0.65})) &&
      save(folder + "/float.tif", encode_float_tiff(distance, {.pixel_size_um = 0.25}));
  return done ? 0 : 1;
}

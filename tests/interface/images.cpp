#include "tests/interface/images.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "tests/core/files/tiff_fixtures.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

TiffFixture page_of(const Image<float>& image, int bits) {
  TiffFixture page{.rows = image.rows(), .cols = image.cols(), .bits = bits};
  for (const float value : image.pixels()) page.samples_as_bits.push_back(static_cast<std::uint64_t>(value));
  return page;
}

std::vector<std::uint8_t> as_numbers(const std::vector<std::byte>& bytes) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return {first, first + bytes.size()};
}

std::vector<std::uint8_t> file_of(const std::vector<TiffFixture>& pages) {
  return as_numbers(tiff_bytes(std::span(pages)));
}

}  // namespace

Image<float> flat_image(int rows, int cols, float value) {
  Image<float> image(rows, cols);
  std::ranges::fill(image.pixels(), value);
  return image;
}

Image<float> round_nuclei(int rows, int cols) {
  Image<float> image = flat_image(rows, cols, 20);
  for (int row = 25; row + 15 < rows; row += 34) {
    for (int col = 25; col + 15 < cols; col += 36) {
      const int radius = 8 + (row + col) % 4;
      for (int r = row - radius; r <= row + radius; ++r) {
        for (int c = col - radius; c <= col + radius; ++c) {
          const float depth =
              1 - std::hypot(static_cast<float>(r - row), static_cast<float>(c - col)) / static_cast<float>(radius);
          if (depth > 0) image[r, c] = std::round(20 + 200 * std::sqrt(depth));
        }
      }
    }
  }
  return image;
}

std::vector<std::uint8_t> tiff_of(const std::vector<Image<float>>& pages) {
  std::vector<TiffFixture> fixtures;
  for (const Image<float>& page : pages) fixtures.push_back(page_of(page, 16));
  return file_of(fixtures);
}

std::vector<std::uint8_t> tiff_of(const Image<float>& image) { return file_of({page_of(image, 16)}); }

std::vector<std::uint8_t> narrow_tiff_of(const Image<float>& image) { return file_of({page_of(image, 8)}); }

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::vector<std::uint8_t> bytes_of_file(const std::string& path) { return as_numbers(read_bytes(path)); }

}  // namespace floodlight::test

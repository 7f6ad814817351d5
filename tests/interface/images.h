// Images that the interface's tests open: as pixels, and as the bytes of a TIFF that this program has not written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"

namespace floodlight::test {

Image<float> flat_image(int rows, int cols, float value);
/// A field of round nuclei without any noise, of values from 20 to 220; the same every time.
Image<float> round_nuclei(int rows = 120, int cols = 160);
/// The bytes of an uncompressed TIFF of 16-bit integers, a page for each image.
std::vector<std::uint8_t> tiff_of(const std::vector<Image<float>>& pages);
std::vector<std::uint8_t> tiff_of(const Image<float>& image);
/// The same as 8-bit integers.
std::vector<std::uint8_t> narrow_tiff_of(const Image<float>& image);
std::vector<std::uint8_t> bytes_of(std::string_view text);
std::vector<std::uint8_t> bytes_of_file(const std::string& path);

}  // namespace floodlight::test

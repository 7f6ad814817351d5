// Pictures as PNG files (ISO/IEC 15948): three chunks, compressed by zlib.
#include "core/files/png.h"

#include <array>
#include <cstddef>
#include <string_view>

#include <zlib.h>

namespace floodlight {
namespace {

constexpr std::size_t channels = 3;

void put_number(std::vector<std::uint8_t>& out, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_chunk(std::vector<std::uint8_t>& out, std::string_view name, std::span<const std::uint8_t> content) {
  put_number(out, static_cast<std::uint32_t>(content.size()));
  const std::size_t start = out.size();
  out.insert(out.end(), name.begin(), name.end());
  out.insert(out.end(), content.begin(), content.end());
  put_number(out, static_cast<std::uint32_t>(crc32(0, out.data() + start, static_cast<uInt>(out.size() - start))));
}

/// Each row as differences to the pixel at its left, which repeat more than the colours do.
std::vector<std::uint8_t> filtered(std::span<const std::uint8_t> rgb, std::size_t stride) {
  constexpr std::uint8_t left = 1;
  std::vector<std::uint8_t> rows;
  rows.reserve(rgb.size() + rgb.size() / stride);
  for (std::size_t start = 0; start < rgb.size(); start += stride) {
    rows.push_back(left);
    for (std::size_t i = 0; i < stride; ++i) {
      const unsigned before = i < channels ? 0U : rgb[start + i - channels];
      rows.push_back(static_cast<std::uint8_t>(rgb[start + i] - before));
    }
  }
  return rows;
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_png(std::span<const std::uint8_t> rgb, int rows, int cols) {
  if (rows <= 0 || cols <= 0) return fail("A picture without pixels cannot be saved.");
  const std::size_t stride = static_cast<std::size_t>(cols) * channels;
  if (rgb.size() != stride * static_cast<std::size_t>(rows)) return fail("The picture's bytes do not fit its size.");
  const std::vector<std::uint8_t> plain = filtered(rgb, stride);
  uLongf size = compressBound(static_cast<uLong>(plain.size()));
  std::vector<std::uint8_t> packed(size);
  if (compress2(packed.data(), &size, plain.data(), static_cast<uLong>(plain.size()), Z_DEFAULT_COMPRESSION) != Z_OK)
    return fail("There is not enough memory to save the picture.");
  packed.resize(size);

  constexpr std::array<std::uint8_t, 8> signature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  std::vector<std::uint8_t> out(signature.begin(), signature.end());
  std::vector<std::uint8_t> header;
  put_number(header, static_cast<std::uint32_t>(cols));
  put_number(header, static_cast<std::uint32_t>(rows));
  header.insert(header.end(), {8, 2, 0, 0, 0});  // 8 bits, red green blue; the rest has only one choice
  put_chunk(out, "IHDR", header);
  put_chunk(out, "IDAT", packed);
  put_chunk(out, "IEND", {});
  return out;
}

}  // namespace floodlight

// An independent little TIFF writer for tests: every byte by hand, also the ones that libtiff would not write.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace floodlight::test {

enum class Compression : std::uint16_t { none = 1, lzw = 5, deflate = 8, packbits = 32773, old_deflate = 32946 };
enum class Format : std::uint16_t { uint = 1, sint = 2, ieee = 3, undefined = 4, complex = 6 };

/// One tag of a directory; `values` are numbers for integer types (and numerator, denominator for rationals).
struct Tag {
  std::uint16_t tag = 0;
  std::uint16_t type = 4;
  std::vector<std::uint64_t> values = {};
};
Tag ascii_tag(std::uint16_t tag, const std::string& text);

struct TiffFixture {
  int rows = 1;
  int cols = 1;
  int samples = 1;
  int bits = 8;
  Format format = Format::uint;
  Compression compression = Compression::none;
  int predictor = 1;
  int rows_per_strip = 0;  ///< 0: all rows in one strip
  int tile_rows = 0;       ///< 0: strips
  int tile_cols = 0;
  bool separate_planes = false;
  int photometric = 1;
  std::vector<Tag> tags = {};  ///< added, or in place of a tag of the same number; a tag without values is left out
  /// Bit patterns of the samples, lowest `bits` bits: row by row, pixel by pixel, sample by sample.
  std::vector<std::uint64_t> samples_as_bits = {};
  /// Written in place of the compressed strips or tiles.
  std::vector<std::vector<std::byte>> raw_pieces = {};
};

struct FileLayout {
  bool big_endian = false;
  bool big_tiff = false;
  bool directory_first = false;  ///< directories before the pixels, as ImageJ writes them
  std::vector<std::byte> trailer = {};
  int next_after_last = -1;  ///< the page that the last directory names as its next: a circle
};

/// The bytes of a TIFF with these pages.
std::vector<std::byte> tiff_bytes(std::span<const TiffFixture> pages, const FileLayout& layout = {});
std::vector<std::byte> tiff_bytes(const TiffFixture& page, const FileLayout& layout = {});

template <typename T>
std::uint64_t bits_of(T value) {
  if constexpr (sizeof(T) == 8) return std::bit_cast<std::uint64_t>(value);
  if constexpr (sizeof(T) == 4) return std::bit_cast<std::uint32_t>(value);
  if constexpr (sizeof(T) == 2) return std::bit_cast<std::uint16_t>(value);
  if constexpr (sizeof(T) == 1) return std::bit_cast<std::uint8_t>(value);
}

template <typename T>
std::vector<std::uint64_t> bits_of_all(const std::vector<T>& values) {
  std::vector<std::uint64_t> bits;
  bits.reserve(values.size());
  for (const T value : values) bits.push_back(bits_of(value));
  return bits;
}

/// Bytes of a text, for files that are no TIFF.
std::vector<std::byte> bytes_of_text(std::string_view text);

}  // namespace floodlight::test

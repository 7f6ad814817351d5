// A PNG holds the picture's bytes: taken apart again chunk by chunk, with zlib to unpack them.
#include "core/files/png.h"

#include <string>

#include <gtest/gtest.h>
#include <zlib.h>

namespace floodlight {
namespace {

std::uint32_t number_at(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | bytes[at + i];
  return value;
}

TEST(Png, ReadsBackToTheSameBytes) {
  constexpr int rows = 37;
  constexpr int cols = 53;
  std::vector<std::uint8_t> rgb(std::size_t{rows} * cols * 3);
  for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = static_cast<std::uint8_t>(i * i / 7 + i % 11);
  const auto png = encode_png(rgb, rows, cols);
  ASSERT_TRUE(png.has_value());
  EXPECT_EQ(std::string(png->begin(), png->begin() + 8), "\x89PNG\r\n\x1A\n");
  std::vector<std::string> names;
  std::vector<std::uint8_t> packed;
  for (std::size_t at = 8; at < png->size();) {
    const std::size_t size = number_at(*png, at);
    names.emplace_back(png->begin() + static_cast<std::ptrdiff_t>(at + 4),
                       png->begin() + static_cast<std::ptrdiff_t>(at + 8));
    EXPECT_EQ(number_at(*png, at + 8 + size), crc32(0, png->data() + at + 4, static_cast<uInt>(size + 4)));
    if (names.back() == "IHDR") {
      EXPECT_EQ(number_at(*png, at + 8), static_cast<std::uint32_t>(cols));
      EXPECT_EQ(number_at(*png, at + 12), static_cast<std::uint32_t>(rows));
      // Eight bits, red green blue, and the only compression, filter and order that there are or are used.
      EXPECT_EQ(std::vector<int>(png->begin() + 24, png->begin() + 29), (std::vector{8, 2, 0, 0, 0}));
    }
    if (names.back() == "IDAT") packed.assign(png->data() + at + 8, png->data() + at + 8 + size);
    at += size + 12;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"IHDR", "IDAT", "IEND"}));
  std::vector<std::uint8_t> plain(rgb.size() + rows);
  uLongf size = plain.size();
  ASSERT_EQ(uncompress(plain.data(), &size, packed.data(), packed.size()), Z_OK);
  ASSERT_EQ(size, plain.size());
  std::vector<std::uint8_t> read;
  constexpr std::size_t stride = std::size_t{cols} * 3;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint8_t* line = plain.data() + row * (stride + 1);
    EXPECT_EQ(line[0], 1);
    for (std::size_t i = 0; i < stride; ++i)
      read.push_back(static_cast<std::uint8_t>(line[1 + i] + (i < 3 ? 0 : read[row * stride + i - 3])));
  }
  EXPECT_EQ(read, rgb);
}

TEST(Png, TakesOnePixel) { EXPECT_TRUE(encode_png(std::vector<std::uint8_t>{1, 2, 3}, 1, 1).has_value()); }

TEST(Png, RefusesWhatIsNoPicture) {
  EXPECT_FALSE(encode_png({}, 5, 0).has_value());
  EXPECT_FALSE(encode_png({}, 0, 5).has_value());
  EXPECT_FALSE(encode_png(std::vector<std::uint8_t>(5), 1, 2).has_value());
}

}  // namespace
}  // namespace floodlight

// What Floodlight saves: the right values, in the form that other programs read.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/files/tiff.h"

namespace floodlight {
namespace {

using Bytes = std::vector<std::byte>;

LabelImage some_labels(int rows, int cols, Label largest) {
  LabelImage labels(rows, cols);
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      labels[row, col] = static_cast<Label>((std::int64_t{row / 5} * 7919 + std::int64_t{col / 7} * 104729) % largest);
    }
  }
  labels[rows - 1, cols - 1] = largest;
  return labels;
}

// A tag's inline value in a little-endian classic TIFF's only directory; -1 when it is absent.
std::int64_t tag_value(const Bytes& bytes, unsigned wanted) {
  const auto number = [&](std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size - 1; i >= 0; --i) {
      value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + static_cast<std::size_t>(i)]);
    }
    return value;
  };
  const std::size_t directory = number(4, 4);
  for (std::size_t i = 0; i < number(directory, 2); ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (number(entry, 2) == wanted) return number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
  }
  return -1;
}

TEST(TiffWrite, LabelsComeBackExactlyIn16And32Bits) {
  for (const auto depth : {LabelDepth::u16, LabelDepth::u32}) {
    const LabelImage labels = some_labels(300, 211, depth == LabelDepth::u16 ? 65535 : 2147483647);
    const auto bytes = encode_label_tiff(labels, depth);
    ASSERT_TRUE(bytes) << bytes.error().message;
    const auto info = inspect_tiff(*bytes, "labels.tif");
    ASSERT_TRUE(info) << info.error().message;
    EXPECT_EQ(info->pages[0].type, depth == LabelDepth::u16 ? PixelType::u16 : PixelType::u32);
    const auto back = read_label_tiff(*bytes, "labels.tif");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, labels);
  }
}

TEST(TiffWrite, TheDefaultForLabelsIsUint32) {
  EXPECT_EQ(inspect_tiff(*encode_label_tiff(some_labels(3, 3, 4)), "labels.tif")->pages[0].type, PixelType::u32);
}

TEST(TiffWrite, LabelsThatDoNotFitAreRefused) {
  EXPECT_EQ(encode_label_tiff(some_labels(20, 20, 65536), LabelDepth::u16).error().message,
            "Labels up to 65536 do not fit into 16 bits (65535 at most); save them as uint32.");
  EXPECT_EQ(encode_label_tiff(LabelImage(1, 2, {3, -1})).error().message,
            "Labels are saved as unsigned integers, but there is a label -1; labels start at 1, with 0 for the "
            "background.");
}

TEST(TiffWrite, MasksAreZeroAnd255) {
  const auto bytes = encode_mask_tiff(Mask(2, 2, {0, 1, 255, 0}));
  ASSERT_TRUE(bytes);
  const auto back = read_tiff(*bytes, "mask.tif");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->type, PixelType::u8);
  EXPECT_EQ(back->pixels, Image<float>(2, 2, {0, 255, 255, 0}));
}

TEST(TiffWrite, FloatsComeBackBitForBit) {
  Image<float> image(70, 501);
  for (std::size_t i = 0; i < image.size(); ++i) image.pixels()[i] = std::sqrt(static_cast<float>(i)) - 50.5F;
  image[3, 4] = std::numeric_limits<float>::infinity();
  const auto bytes = encode_float_tiff(image);
  ASSERT_TRUE(bytes);
  const auto back = read_tiff(*bytes, "distance.tif");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->type, PixelType::f32);
  EXPECT_EQ(back->pixels, image);
}

TEST(TiffWrite, IsDeflateWithoutPredictorInStripsOf64Kilobytes) {
  const auto bytes = encode_label_tiff(some_labels(1000, 1024, 900));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(tag_value(*bytes, 259), 8);
  EXPECT_LE(tag_value(*bytes, 317), 1) << "ImageJ misreads predictors";
  EXPECT_EQ(tag_value(*bytes, 278), 16);
  EXPECT_EQ(tag_value(*bytes, 262), 1);
}

TEST(TiffWrite, OneRowMayBeLongerThanAStrip) {
  const auto bytes = encode_label_tiff(some_labels(3, 40000, 12), LabelDepth::u32);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(tag_value(*bytes, 278), 1);
  EXPECT_EQ(*read_label_tiff(*bytes, "labels.tif", 0, {.max_side = 40000}), some_labels(3, 40000, 12));
}

TEST(TiffWrite, KeepsThePixelSize) {
  for (const double um : {0.65, 0.1075, 1.0, 12.5}) {
    const auto bytes = encode_label_tiff(some_labels(4, 4, 3), LabelDepth::u32, {.pixel_size_um = um});
    ASSERT_TRUE(bytes);
    const auto back = read_tiff(*bytes, "labels.tif");
    ASSERT_TRUE(back);
    ASSERT_TRUE(back->pixel_size_um);
    EXPECT_EQ(*back->pixel_size_um, um);
  }
  EXPECT_FALSE(read_tiff(*encode_label_tiff(some_labels(4, 4, 3)), "labels.tif")->pixel_size_um);
}

TEST(TiffWrite, IntensitiesKeepTheirTypeTheirValuesAndThePixelSize) {
  for (const auto type : {PixelType::u8, PixelType::u16, PixelType::u32, PixelType::f32}) {
    Image<float> image(200, 301);
    const std::size_t period = type == PixelType::u8 ? 256 : 65536;
    for (std::size_t i = 0; i < image.size(); ++i) image.pixels()[i] = static_cast<float>(i % period);
    if (type == PixelType::u32) image[7, 8] = 4294967040.0F;  // the largest float32 below 2^32
    if (type == PixelType::f32) image[7, 8] = -0.25F;
    const auto bytes = encode_intensity_tiff(image, type, {.pixel_size_um = 0.65});
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(tag_value(*bytes, 259), 8);
    EXPECT_LE(tag_value(*bytes, 317), 1) << "ImageJ misreads predictors";
    const auto back = read_tiff(*bytes, "image.tif");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->type, type);
    EXPECT_EQ(back->pixels, image);
    EXPECT_EQ(back->pixel_size_um, 0.65);
  }
}

TEST(TiffWrite, IntensitiesThatTheTypeCannotHoldAreRefused) {
  const auto message = [](float value, PixelType type) {
    const auto bytes = encode_intensity_tiff(Image<float>(2, 3, {0, 1, 2, 3, value, 5}), type);
    return bytes ? "" : bytes.error().message;
  };
  EXPECT_EQ(message(256, PixelType::u8),
            "The pixel at row 1, column 1 is 256, but uint8 holds whole numbers from 0 to 255; save the image as "
            "float32.");
  EXPECT_EQ(message(-1, PixelType::u16),
            "The pixel at row 1, column 1 is -1, but uint16 holds whole numbers from 0 to 65535; save the image as "
            "float32.");
  EXPECT_NE(message(0.5F, PixelType::u32), "");
  EXPECT_NE(message(4294967296.0F, PixelType::u32), "");
  EXPECT_NE(message(std::numeric_limits<float>::quiet_NaN(), PixelType::u16), "");
  EXPECT_NE(message(std::numeric_limits<float>::infinity(), PixelType::u32), "");
  EXPECT_EQ(message(std::numeric_limits<float>::infinity(), PixelType::f32), "");
  EXPECT_EQ(message(1, PixelType::i16), "Images are saved as uint8, uint16, uint32 or float32, not as int16.");
}

TEST(TiffWrite, AnImageWithoutPixelsIsRefused) {
  const std::string sentence = "There is nothing to save: the image has no pixels; it needs at least 1 x 1.";
  EXPECT_EQ(encode_label_tiff(LabelImage()).error().message, sentence);
  EXPECT_EQ(encode_mask_tiff(Mask()).error().message, sentence);
  EXPECT_EQ(encode_float_tiff(Image<float>()).error().message, sentence);
  EXPECT_EQ(encode_intensity_tiff(Image<float>(), PixelType::u16).error().message, sentence);
}

}  // namespace
}  // namespace floodlight

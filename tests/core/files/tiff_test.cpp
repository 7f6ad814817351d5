// TIFF files as students have them, read from hand-written bytes.
#include "core/files/tiff.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

using test::Compression;
using test::Format;
using test::Tag;
using test::tiff_bytes;
using test::TiffFixture;

// Values that use all bits of their type, with its extremes, and with runs for the run-length codes.
template <typename T>
std::vector<T> sample_values(std::size_t count) {
  std::vector<T> values(count);
  std::uint64_t state = 88172645463325252;
  for (std::size_t i = 0; i < count; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    if constexpr (std::is_floating_point_v<T>) {
      values[i] = static_cast<T>(static_cast<double>(state >> 11) / 1e12 - 4000.0);
    } else {
      values[i] = static_cast<T>(state >> 3);
    }
    if (i % 11 > 6) values[i] = values[i - 1];
  }
  values[0] = std::numeric_limits<T>::max();
  values[1] = std::numeric_limits<T>::lowest();
  return values;
}

template <typename T>
struct TypeInfo;
#define FLOODLIGHT_TYPE(T, FORMAT, PIXEL)                     \
  template <>                                                 \
  struct TypeInfo<T> {                                        \
    static constexpr Format format = Format::FORMAT;          \
    static constexpr PixelType pixel_type = PixelType::PIXEL; \
  }
FLOODLIGHT_TYPE(std::uint8_t, uint, u8);
FLOODLIGHT_TYPE(std::uint16_t, uint, u16);
FLOODLIGHT_TYPE(std::uint32_t, uint, u32);
FLOODLIGHT_TYPE(std::uint64_t, uint, u64);
FLOODLIGHT_TYPE(std::int8_t, sint, i8);
FLOODLIGHT_TYPE(std::int16_t, sint, i16);
FLOODLIGHT_TYPE(std::int32_t, sint, i32);
FLOODLIGHT_TYPE(std::int64_t, sint, i64);
FLOODLIGHT_TYPE(float, ieee, f32);
FLOODLIGHT_TYPE(double, ieee, f64);
#undef FLOODLIGHT_TYPE

template <typename T>
TiffFixture fixture(int rows, int cols, const std::vector<T>& values) {
  return {.rows = rows,
          .cols = cols,
          .samples = static_cast<int>(values.size()) / (rows * cols),
          .bits = static_cast<int>(8 * sizeof(T)),
          .format = TypeInfo<T>::format,
          .samples_as_bits = test::bits_of_all(values)};
}

TiffFixture small_fixture() { return fixture<std::uint16_t>(2, 3, {10, 20, 30, 40, 50, 60}); }

std::vector<float> pixels_of(const Intensities& image) {
  return {image.pixels.pixels().begin(), image.pixels.pixels().end()};
}

// --- The matrix

struct Storage {
  int predictor;
  Compression compression;
  int rows_per_strip;
  int tile_rows;
  int tile_cols;
  int samples;
  bool separate;
};

template <typename T>
std::vector<Storage> storages() {
  std::vector<Storage> result;
  for (const Compression compression :
       {Compression::none, Compression::packbits, Compression::lzw, Compression::deflate, Compression::old_deflate}) {
    for (const int predictor : {1, 2, 3}) {
      const bool can_predict = compression != Compression::none && compression != Compression::packbits;
      if (predictor > 1 && !can_predict) continue;
      if (predictor == 3 && !std::is_floating_point_v<T>) continue;
      for (const int planes : {1, 3, -3}) {
        const int samples = std::abs(planes);
        result.push_back({predictor, compression, 0, 0, 0, samples, planes < 0});
        result.push_back({predictor, compression, 4, 0, 0, samples, planes < 0});
        result.push_back({predictor, compression, 0, 16, 32, samples, planes < 0});
      }
    }
  }
  return result;
}

template <typename T>
class TiffMatrix : public testing::Test {};
using AllTypes = testing::Types<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, std::int8_t, std::int16_t,
                                std::int32_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(TiffMatrix, AllTypes);

TYPED_TEST(TiffMatrix, EveryStorageGivesTheStoredValuesAsFloat32) {
  constexpr int rows = 21;
  constexpr int cols = 37;
  for (const Storage& storage : storages<TypeParam>()) {
    const auto values = sample_values<TypeParam>(static_cast<std::size_t>(rows * cols * storage.samples));
    TiffFixture page = fixture<TypeParam>(rows, cols, values);
    page.compression = storage.compression;
    page.predictor = storage.predictor;
    page.rows_per_strip = storage.rows_per_strip;
    page.tile_rows = storage.tile_rows;
    page.tile_cols = storage.tile_cols;
    page.separate_planes = storage.separate;
    const int channel = storage.samples - 1;
    std::vector<float> expected;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows * cols); ++i) {
      const std::size_t at = i * static_cast<std::size_t>(storage.samples) + static_cast<std::size_t>(channel);
      expected.push_back(static_cast<float>(values[at]));
    }
    for (const bool big_endian : {false, true}) {
      for (const bool big_tiff : {false, true}) {
        SCOPED_TRACE("compression " + std::to_string(static_cast<int>(storage.compression)) + " predictor " +
                     std::to_string(storage.predictor) + " strips of " + std::to_string(storage.rows_per_strip) +
                     " tiles of " + std::to_string(storage.tile_rows) + " samples " + std::to_string(storage.samples) +
                     (storage.separate ? " separate" : "") + (big_endian ? " big endian" : "") +
                     (big_tiff ? " BigTIFF" : ""));
        const auto bytes = tiff_bytes(page, {.big_endian = big_endian, .big_tiff = big_tiff});
        const auto image = read_tiff(bytes, "cells.tif", {.channel = channel});
        ASSERT_TRUE(image) << image.error().message;
        EXPECT_EQ(image->type, TypeInfo<TypeParam>::pixel_type);
        EXPECT_EQ(image->channels, storage.samples);
        ASSERT_EQ(pixels_of(*image), expected);
      }
    }
  }
}

// --- Compression at length

TEST(Tiff, LzwFillsItsTableAndStartsAgain) {
  const auto values = sample_values<std::uint16_t>(120 * 90);
  TiffFixture page = fixture<std::uint16_t>(120, 90, values);
  page.compression = Compression::lzw;
  const auto image = read_tiff(tiff_bytes(page), "cells.tif");
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(pixels_of(*image), std::vector<float>(values.begin(), values.end()));
}

// --- Packed bits

TEST(Tiff, ValuesOfFewerBitsAreUnpacked) {
  for (const int bits : {1, 2, 4, 7, 10, 12, 14}) {
    for (const bool separate : {false, true}) {
      SCOPED_TRACE(bits);
      TiffFixture page{.rows = 3, .cols = 5, .samples = 2, .bits = bits, .separate_planes = separate};
      std::vector<float> expected;
      for (std::uint64_t i = 0; i < 30; ++i) {
        const std::uint64_t value = i * 977 % (std::uint64_t{1} << bits);
        page.samples_as_bits.push_back(value);
        if (i % 2 == 1) expected.push_back(static_cast<float>(value));
      }
      const auto image = read_tiff(tiff_bytes(page, {.big_endian = separate}), "cells.tif", {.channel = 1});
      ASSERT_TRUE(image) << image.error().message;
      EXPECT_EQ(pixels_of(*image), expected);
      EXPECT_EQ(image->type, bits < 8 ? PixelType::u8 : PixelType::u16);
      EXPECT_EQ(image->type_maximum, std::pow(2, bits) - 1);
    }
  }
}

// --- Colour and channels

TEST(Tiff, RgbBecomesLuminanceComputedInDouble) {
  for (const bool separate : {false, true}) {
    TiffFixture page = fixture<std::uint8_t>(1, 2, {255, 255, 255, 10, 20, 30});
    page.photometric = 2;
    page.separate_planes = separate;
    const auto image = read_tiff(tiff_bytes(page), "cells.tif");
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_TRUE(image->luminance);
    EXPECT_EQ(image->channel, TiffSelection::default_channel);
    EXPECT_EQ(image->channels, 3);
    EXPECT_EQ(pixels_of(*image), (std::vector<float>{
                                     static_cast<float>(0.2125 * 255 + 0.7154 * 255 + 0.0721 * 255),
                                     static_cast<float>(0.2125 * 10 + 0.7154 * 20 + 0.0721 * 30),
                                 }));
    EXPECT_EQ(image->saturated, 1);
    EXPECT_FALSE(image->rounded);
  }
}

TEST(Tiff, OneChannelOfRgbCanBeChosen) {
  TiffFixture page = fixture<std::uint8_t>(1, 2, {1, 2, 3, 4, 5, 6});
  page.photometric = 2;
  const auto image = read_tiff(tiff_bytes(page), "cells.tif", {.channel = 1});
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(pixels_of(*image), (std::vector<float>{2, 5}));
  EXPECT_FALSE(image->luminance);
  EXPECT_EQ(image->channel, 1);
}

TEST(Tiff, AlphaIsNoChannel) {
  TiffFixture page = fixture<std::uint8_t>(1, 1, {10, 20, 30, 77});
  page.photometric = 2;
  page.tags = {{.tag = 338, .type = 3, .values = {2}}};
  const auto info = inspect_tiff(tiff_bytes(page), "cells.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages[0].channels, 3);
  EXPECT_TRUE(info->pages[0].rgb);
  const auto image = read_tiff(tiff_bytes(page), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(pixels_of(*image), (std::vector<float>{static_cast<float>(0.2125 * 10 + 0.7154 * 20 + 0.0721 * 30)}));
}

TEST(Tiff, SeveralGreyChannelsDefaultToTheFirst) {
  const auto image = read_tiff(tiff_bytes(fixture<std::uint16_t>(1, 2, {1, 2, 3, 4, 5, 6})), "cells.tif");
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(pixels_of(*image), (std::vector<float>{1, 4}));
  EXPECT_FALSE(image->luminance);
  EXPECT_EQ(image->channel, 0);
  EXPECT_EQ(image->channels, 3);
}

TEST(Tiff, MinIsWhiteAndPalettesAreReadAsStored) {
  for (const int photometric : {0, 3}) {
    TiffFixture page = fixture<std::uint8_t>(1, 3, {0, 1, 255});
    page.photometric = photometric;
    if (photometric == 3) page.tags = {{.tag = 320, .type = 3, .values = std::vector<std::uint64_t>(768, 9)}};
    const auto image = read_tiff(tiff_bytes(page), "cells.tif");
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_EQ(pixels_of(*image), (std::vector<float>{0, 1, 255}));
    EXPECT_EQ(inspect_tiff(tiff_bytes(page), "cells.tif")->pages[0].palette, photometric == 3);
  }
}

// --- What is counted

TEST(Tiff, SaturatedMeansEqualToTheTypesMaximum) {
  const auto image = read_tiff(tiff_bytes(fixture<std::uint8_t>(1, 5, {255, 254, 0, 255, 255})), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->saturated, 3);
  EXPECT_EQ(image->type_maximum, 255);
  EXPECT_EQ(image->min, 0);
  EXPECT_EQ(image->max, 255);
}

TEST(Tiff, SixtyFourBitMaximaSaturateToo) {
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  const auto image = read_tiff(tiff_bytes(fixture<std::int64_t>(1, 3, {largest, -largest, 5})), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->saturated, 1);
  const auto unsigned_image =
      read_tiff(tiff_bytes(fixture<std::uint64_t>(1, 2, {std::numeric_limits<std::uint64_t>::max(), 5})), "cells.tif");
  ASSERT_TRUE(unsigned_image);
  EXPECT_EQ(unsigned_image->saturated, 1);
}

TEST(Tiff, TheCamerasMaximumIsTakenFromOmeSignificantBits) {
  TiffFixture page = fixture<std::uint16_t>(1, 3, {4095, 4094, 4095});
  page.tags = {test::ascii_tag(270, "<?xml version=\"1.0\"?><OME><Image><Pixels SignificantBits=\"12\" SizeC=\"1\">")};
  const auto image = read_tiff(tiff_bytes(page), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->type_maximum, 4095);
  EXPECT_EQ(image->saturated, 2);
}

TEST(Tiff, FloatsDoNotSaturate) {
  const auto bytes = tiff_bytes(fixture<float>(1, 2, {1.0F, std::numeric_limits<float>::max()}));
  const auto image = read_tiff(bytes, "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->saturated, 0);
  EXPECT_EQ(image->type_maximum, 0);
}

TEST(Tiff, NanAndInfinityAreCountedAndLeftOutOfTheRange) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const auto bytes =
      tiff_bytes(fixture<float>(1, 5, {std::numeric_limits<float>::quiet_NaN(), 2.5F, infinity, -infinity, -1.0F}));
  const auto image = read_tiff(bytes, "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->nonfinite, 3);
  EXPECT_EQ(image->min, -1.0);
  EXPECT_EQ(image->max, 2.5);
  EXPECT_FALSE(image->rounded);
  EXPECT_TRUE(std::isnan(image->pixels[0, 0]));
}

TEST(Tiff, AConstantImagesRangeIsItsValue) {
  const auto image = read_tiff(tiff_bytes(fixture<float>(1, 2, {7.5F, 7.5F})), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->min, 7.5);
  EXPECT_EQ(image->max, 7.5);
}

TEST(Tiff, AnImageOfNothingButNanHasTheRangeZero) {
  const auto bytes = tiff_bytes(fixture<double>(1, 1, {std::numeric_limits<double>::quiet_NaN()}));
  const auto image = read_tiff(bytes, "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->nonfinite, 1);
  EXPECT_EQ(image->min, 0);
  EXPECT_EQ(image->max, 0);
}

TEST(Tiff, SaysWhetherFloat32LosesSomething) {
  const auto rounded = [](const TiffFixture& page) { return read_tiff(tiff_bytes(page), "cells.tif")->rounded; };
  EXPECT_FALSE(rounded(fixture<std::uint32_t>(1, 2, {16777216, 16777218})));
  EXPECT_TRUE(rounded(fixture<std::uint32_t>(1, 2, {16777216, 16777217})));
  EXPECT_FALSE(rounded(fixture<double>(1, 2, {0.5, 0.25})));
  EXPECT_TRUE(rounded(fixture<double>(1, 2, {0.5, 0.1})));
  EXPECT_TRUE(rounded(fixture<double>(1, 1, {1e300})));
  EXPECT_FALSE(rounded(fixture<std::uint16_t>(1, 1, {65535})));
  // 2^53 + 1 is no double either.
  EXPECT_TRUE(rounded(fixture<std::uint64_t>(1, 1, {9007199254740993})));
}

TEST(Tiff, SixtyFourBitIntegersAreRoundedOnce) {
  // Just above the middle between two floats: rounded to double first, it would land on the middle and then go down.
  constexpr std::uint64_t value = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 39) + 1;
  const auto image = read_tiff(tiff_bytes(fixture<std::uint64_t>(1, 1, {value})), "cells.tif");
  ASSERT_TRUE(image);
  EXPECT_EQ((image->pixels[0, 0]), static_cast<float>(value));
}

// --- Pages

TEST(Tiff, EveryPageHasItsOwnShapeAndType) {
  const std::vector<TiffFixture> pages = {small_fixture(), fixture<float>(1, 2, {0.5F, 1.5F})};
  const auto bytes = tiff_bytes(pages);
  const auto info = inspect_tiff(bytes, "stack.tif");
  ASSERT_TRUE(info) << info.error().message;
  ASSERT_EQ(info->pages.size(), 2U);
  EXPECT_EQ(info->pages[0].rows, 2);
  EXPECT_EQ(info->pages[0].cols, 3);
  EXPECT_EQ(info->pages[0].type, PixelType::u16);
  EXPECT_EQ(info->pages[1].type, PixelType::f32);
  EXPECT_EQ(info->pages[1].title, "");
  EXPECT_EQ(info->note, "");
  const auto second = read_tiff(bytes, "stack.tif", {.page = 1});
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(pixels_of(*second), (std::vector<float>{0.5F, 1.5F}));
  EXPECT_EQ(second->page, 1);
  EXPECT_EQ(second->pages, 2);
}

TEST(Tiff, OneDirectoryStandsForAllPagesOfAnImageJStack) {
  for (const bool big_endian : {false, true}) {
    TiffFixture page = small_fixture();
    page.tags = {test::ascii_tag(270, "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nhyperstack=true\n")};
    std::vector<std::byte> more;
    for (const int value : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 65535}) {
      more.push_back(static_cast<std::byte>(big_endian ? value >> 8 : value & 255));
      more.push_back(static_cast<std::byte>(big_endian ? value & 255 : value >> 8));
    }
    const auto bytes = tiff_bytes(page, {.big_endian = big_endian, .directory_first = true, .trailer = more});
    const auto info = inspect_tiff(bytes, "hyper.tif");
    ASSERT_TRUE(info) << info.error().message;
    ASSERT_EQ(info->pages.size(), 4U);
    EXPECT_EQ(info->note, "");
    EXPECT_EQ(info->pages[1].title, "channel 2, slice 1");
    EXPECT_EQ(info->pages[2].title, "channel 1, slice 2");
    EXPECT_EQ(pixels_of(*read_tiff(bytes, "hyper.tif")), (std::vector<float>{10, 20, 30, 40, 50, 60}));
    const auto last = read_tiff(bytes, "hyper.tif", {.page = 3});
    ASSERT_TRUE(last) << last.error().message;
    EXPECT_EQ(pixels_of(*last), (std::vector<float>{13, 14, 15, 16, 17, 65535}));
    EXPECT_EQ(last->saturated, 1);
  }
}

TEST(Tiff, AnImageJStackThatIsCutOffKeepsItsCompletePages) {
  TiffFixture page = small_fixture();
  page.tags = {test::ascii_tag(270, "ImageJ=1.53t\nimages=4\n")};
  const auto bytes = tiff_bytes(page, {.directory_first = true, .trailer = std::vector<std::byte>(18)});
  const auto info = inspect_tiff(bytes, "hyper.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages.size(), 3U);
  EXPECT_EQ(info->note, "hyper.tif is cut off: it says it holds 4 pages, but only 2 are complete.");
  EXPECT_TRUE(read_tiff(bytes, "hyper.tif", {.page = 1}));
  EXPECT_EQ(read_tiff(bytes, "hyper.tif", {.page = 2}).error().message,
            "Page 2 (counted from 0) of hyper.tif is cut off after 1 of 2 rows; copy or export it again.");
}

TEST(Tiff, TheWordImagesAloneMakesNoStack) {
  // A single slice saved with the stack's description: nothing follows its pixels but the directory.
  TiffFixture page = small_fixture();
  page.tags = {test::ascii_tag(270, "ImageJ=1.53t\nimages=4\n")};
  EXPECT_EQ(inspect_tiff(tiff_bytes(page), "slice.tif")->pages.size(), 1U);
}

TEST(Tiff, OmePlanesAreNamedInTheFilesOrder) {
  std::vector<TiffFixture> pages(6, small_fixture());
  pages[0].tags = {
      test::ascii_tag(270,
                      "<OME xmlns=\"x\"><Image><Pixels DimensionOrder=\"XYZCT\" SizeC=\"2\" SizeZ=\"3\" SizeT=\"1\" "
                      "PhysicalSizeX=\"325\" PhysicalSizeXUnit=\"nm\"></Pixels></Image></OME>")};
  const auto info = inspect_tiff(tiff_bytes(pages), "ome.tif");
  ASSERT_TRUE(info);
  ASSERT_EQ(info->pages.size(), 6U);
  EXPECT_EQ(info->pages[1].title, "slice 2, channel 1");
  EXPECT_EQ(info->pages[3].title, "slice 1, channel 2");
  ASSERT_TRUE(info->pages[3].pixel_size_um);
  EXPECT_DOUBLE_EQ(*info->pages[3].pixel_size_um, 0.325);
}

// --- Pixel size

std::optional<double> pixel_size_with(std::vector<Tag> tags) {
  TiffFixture page = small_fixture();
  page.tags = std::move(tags);
  return read_tiff(tiff_bytes(page), "cells.tif")->pixel_size_um;
}

TEST(Tiff, PixelSizeComesFromImageJsUnitAndResolution) {
  const Tag resolution{.tag = 282, .type = 5, .values = {1538462, 1000000}};
  const Tag no_unit{.tag = 296, .type = 3, .values = {1}};
  for (const char* unit : {"micron", "um", "\xC2\xB5m", "\\u00B5m"}) {
    const auto size =
        pixel_size_with({resolution, no_unit, test::ascii_tag(270, "ImageJ=1.53t\nunit=" + std::string(unit) + "\n")});
    ASSERT_TRUE(size) << unit;
    EXPECT_EQ(*size, 0.65);
  }
  EXPECT_EQ(pixel_size_with({resolution, no_unit, test::ascii_tag(270, "ImageJ=1.53t\nunit=nm\n")}), 0.00065);
  EXPECT_FALSE(pixel_size_with({resolution, no_unit, test::ascii_tag(270, "ImageJ=1.53t\nunit=pixel\n")}));
  EXPECT_FALSE(pixel_size_with({resolution, no_unit, test::ascii_tag(270, "ImageJ=1.53t\n")}));
}

TEST(Tiff, PixelSizeComesFromAPlausibleResolutionOnly) {
  const Tag centimetre{.tag = 296, .type = 3, .values = {3}};
  EXPECT_EQ(pixel_size_with({{.tag = 282, .type = 5, .values = {20000, 1}}, centimetre}), 0.5);
  EXPECT_EQ(pixel_size_with({{.tag = 282, .type = 5, .values = {25400, 1}}}), 1.0);
  EXPECT_FALSE(pixel_size_with({{.tag = 282, .type = 5, .values = {72, 1}}}));
  EXPECT_FALSE(pixel_size_with({{.tag = 282, .type = 5, .values = {300, 1}}}));
  EXPECT_FALSE(pixel_size_with({{.tag = 282, .type = 5, .values = {0, 0}}, centimetre}));
  EXPECT_FALSE(pixel_size_with({}));
}

// --- Label images

TEST(Tiff, LabelsAreReadExactly) {
  const auto labels =
      read_label_tiff(tiff_bytes(fixture<std::uint32_t>(1, 3, {0, 16777217, 2147483647})), "labels.tif");
  ASSERT_TRUE(labels) << labels.error().message;
  EXPECT_EQ(*labels, LabelImage(1, 3, {0, 16777217, 2147483647}));
  const auto as_float = read_label_tiff(tiff_bytes(fixture<float>(1, 2, {0.0F, 7.0F})), "labels.tif");
  ASSERT_TRUE(as_float);
  EXPECT_EQ(*as_float, LabelImage(1, 2, {0, 7}));
}

TEST(Tiff, WhatIsNoLabelIsRefusedWithItsPlace) {
  const auto negative = read_label_tiff(tiff_bytes(fixture<std::int16_t>(2, 2, {0, 1, -1, 2})), "labels.tif");
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().message,
            "labels.tif is no label image: the pixel at row 1, column 0 is no whole number from 0 to 2147483647.");
  EXPECT_FALSE(read_label_tiff(tiff_bytes(fixture<float>(1, 1, {0.5F})), "labels.tif"));
  EXPECT_FALSE(read_label_tiff(tiff_bytes(fixture<std::uint32_t>(1, 1, {2147483648})), "labels.tif"));
}

}  // namespace
}  // namespace floodlight

// Pixel sizes as many programs write them, and what is none.
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/files/tiff.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

using test::ascii_tag;
using test::Tag;
using test::tiff_bytes;
using test::TiffFixture;

using Size = std::pair<std::optional<double>, std::optional<double>>;
constexpr std::uint16_t description = 270;

Size size_with(std::vector<Tag> tags) {
  TiffFixture page{.samples_as_bits = {7}};
  page.tags = std::move(tags);
  const auto image = read_tiff(tiff_bytes(page), "cells.tif");
  EXPECT_TRUE(image) << (image ? "" : image.error().message);
  if (!image) return {};
  return {image->pixel_size_um, image->pixel_height_um};
}

Size square(double size) { return {size, std::nullopt}; }
const Size none = {};

Tag fraction(std::uint16_t tag, std::uint64_t top, std::uint64_t bottom) {
  return {.tag = tag, .type = 5, .values = {top, bottom}};
}
Tag unit(std::uint64_t value) { return {.tag = 296, .type = 3, .values = {value}}; }

TEST(PixelSize, WidthAndHeightMayDiffer) {
  EXPECT_EQ(size_with({fraction(282, 100, 65), fraction(283, 100, 130),
                       ascii_tag(description, "ImageJ=1.53t\nunit=micron\n")}),
            Size(0.65, 1.3));
  EXPECT_EQ(size_with({fraction(282, 20000, 1), fraction(283, 10000, 1), unit(3)}), Size(0.5, 1.0));
  EXPECT_EQ(size_with({fraction(282, 20000, 1), fraction(283, 20000, 1), unit(3)}), square(0.5));
  EXPECT_EQ(size_with({ascii_tag(description,
                                 "<OME><Image><Pixels PhysicalSizeX=\"0.65\" PhysicalSizeY=\"1.3\" SizeC=\"1\">")}),
            Size(0.65, 1.3));
}

TEST(PixelSize, ComesBackAsItWasSaved) {
  const Image<float> image(2, 2);
  for (const std::optional<double> height : {std::optional<double>(), std::optional(1.3)}) {
    const auto bytes = encode_float_tiff(image, {.pixel_size_um = 0.65, .pixel_height_um = height});
    const auto read = read_tiff(bytes.value(), "saved.tif");
    EXPECT_EQ(read->pixel_size_um, 0.65);
    EXPECT_EQ(read->pixel_height_um, height);
  }
}

TEST(PixelSize, UnitsMayBeSpeltInManyWays) {
  for (const std::string name : {"um", "\xC2\xB5m", "\xCE\xBCm", "\\u00B5m", "micron", "Microns", "MICRON",
                                 "micrometer", "Micrometres", "&#181;m", "&#xB5;m", "&micro;m"}) {
    EXPECT_EQ(size_with({fraction(282, 2, 1), ascii_tag(description, "ImageJ=1.53t\nunit=" + name + "\n")}),
              square(0.5))
        << name;
  }
  EXPECT_EQ(size_with({fraction(282, 2, 1), ascii_tag(description, "ImageJ=1.53t\nunit=Nanometers\n")}),
            square(0.0005));
  EXPECT_EQ(size_with({fraction(282, 2, 1), ascii_tag(description, "ImageJ=1.53t\nunit=furlong\n")}), none);
}

TEST(PixelSize, OmeMayUseSingleQuotesEntitiesAndOtherUnits) {
  EXPECT_EQ(size_with({ascii_tag(description,
                                 "<OME><Pixels PhysicalSizeX='325' PhysicalSizeXUnit='nm' "
                                 "PhysicalSizeY = '0.65' PhysicalSizeYUnit='&#181;m'>")}),
            Size(0.325, 0.65));
}

TEST(PixelSize, PrintersAndScreensAreNoMicroscopes) {
  for (const std::uint64_t dots : {72U, 96U, 300U, 600U, 1200U, 1440U, 2400U, 4800U, 9600U}) {
    EXPECT_EQ(size_with({fraction(282, dots, 1), fraction(283, dots, 1)}), none) << dots;
    EXPECT_EQ(size_with({fraction(282, dots * 10000, 25400), unit(3)}), none) << dots;
  }
  EXPECT_EQ(size_with({fraction(282, 39077, 1)}), square(0.649999)) << "0.65 um as dots an inch";
  EXPECT_EQ(size_with({fraction(282, 1000, 1), unit(3)}), square(10)) << "10 um";
}

TEST(PixelSize, MetaSeriesTellsItInXml) {
  const auto text = [](const std::string& state) {
    return "<MetaData><PlaneInfo><prop id=\"spatial-calibration-state\" type=\"bool\" value=\"" + state +
           "\"/><prop id=\"spatial-calibration-x\" type=\"float\" value=\"0.325\"/>"
           "<prop id=\"spatial-calibration-y\" type=\"float\" value=\"0.65\"/>"
           "<prop id=\"spatial-calibration-units\" type=\"string\" value=\"um\"/></PlaneInfo></MetaData>";
  };
  EXPECT_EQ(size_with({ascii_tag(description, text("on"))}), Size(0.325, 0.65));
  EXPECT_EQ(size_with({ascii_tag(description, text("off"))}), none);
}

TEST(PixelSize, MicroManagerTellsItInATagOfItsOwn) {
  EXPECT_EQ(size_with({ascii_tag(51123, "{\"Channel\":\"DAPI\",\"PixelSizeUm\": 0.1083,\"Slice\":0}")}),
            square(0.1083));
  EXPECT_EQ(size_with({ascii_tag(51123, "{\"PixelSizeUm\": 0,\"Slice\":0}")}), none) << "not calibrated";
}

TEST(PixelSize, ZeissLsmTellsMetresInATagOfItsOwn) {
  std::vector<std::uint64_t> info(200);
  const auto put = [&](std::size_t at, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) info[at + static_cast<std::size_t>(i)] = value >> 8 * i & 0xFF;
  };
  put(0, 0x0400494C, 4);
  put(40, std::bit_cast<std::uint64_t>(2.5e-7), 8);
  put(48, std::bit_cast<std::uint64_t>(5e-7), 8);
  EXPECT_EQ(size_with({{.tag = 34412, .type = 1, .values = info}}), Size(0.25, 0.5));
  info[0] = 0;
  EXPECT_EQ(size_with({{.tag = 34412, .type = 1, .values = info}}), none);
}

TEST(PixelSize, AperioTellsMicrometresPerPixel) {
  EXPECT_EQ(size_with({ascii_tag(description,
                                 "Aperio Image Library v11.2.1\r\n46000x32914|AppMag = 20|MPP = 0.4990|"
                                 "Left = 25.691574")}),
            square(0.499));
}

TEST(PixelSize, ALowerResolutionHasLargerPixels) {
  TiffFixture first{.rows = 4, .cols = 8};
  first.samples_as_bits.resize(32);
  first.tags = {ascii_tag(description, "Aperio Image Library\r\n|MPP = 0.25|")};
  TiffFixture second{.rows = 2, .cols = 4};
  second.samples_as_bits.resize(8);
  second.tags = {{.tag = 254, .type = 4, .values = {1}}};
  const auto info = inspect_tiff(tiff_bytes(std::vector{first, second}), "slide.svs");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages[0].title, "");
  EXPECT_EQ(info->pages[0].pixel_size_um, 0.25);
  EXPECT_EQ(info->pages[1].title, "lower resolution");
  EXPECT_EQ(info->pages[1].pixel_size_um, 0.5);
}

}  // namespace
}  // namespace floodlight

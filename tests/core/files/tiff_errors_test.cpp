// The sentence for every file that cannot be read, and files made to do harm.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/files/tiff.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

using namespace std::string_view_literals;
using test::Compression;
using test::Format;
using test::tiff_bytes;
using test::TiffFixture;

using Bytes = std::vector<std::byte>;

TiffFixture grey(int rows, int cols) {
  TiffFixture page{.rows = rows, .cols = cols, .bits = 16};
  for (int i = 0; i < rows * cols; ++i) page.samples_as_bits.push_back(static_cast<std::uint64_t>(i));
  return page;
}

TiffFixture with_tag(TiffFixture page, std::uint16_t tag, std::uint16_t type, std::vector<std::uint64_t> values) {
  page.tags.push_back({.tag = tag, .type = type, .values = std::move(values)});
  return page;
}

std::string why(const Bytes& bytes, std::string_view name = "cells.tif", const TiffSelection& selection = {}) {
  const auto image = read_tiff(bytes, name, selection);
  return image ? "(it was read)" : image.error().message;
}

Bytes cut(Bytes bytes, std::size_t size) {
  bytes.resize(size);
  return bytes;
}

TEST(TiffErrors, OtherFilesAreRecognisedByContent) {
  const std::vector<std::pair<std::string_view, std::string_view>> files = {
      {"\xFF\xD8\xFF\xE0\x00\x10JFIF"sv, "a JPEG"},
      {"\x89PNG\r\n\x1A\n\0\0"sv, "a PNG"},
      {"GIF89a\1\0\1\0"sv, "a GIF"},
      {"BM\x36\0\0\0\0\0"sv, "a BMP"},
      {"RIFF\1\2\3\4WEBPVP8 "sv, "a WebP"},
      {"PK\x03\x04\x14\0"sv, "a ZIP archive (or an Office document, or an .npz)"},
      {"OLYMPUSRAWFORMAT\1"sv, "an Olympus OIR file"},
      {"\0\5\x16\7\0\2\0\0"sv, "what a Mac keeps beside its files (AppleDouble), not the file itself"},
      {"version https://git-lfs.github.com/spec/v1\n"sv,
       "a Git LFS pointer, not the file itself: git lfs pull fetches that"},
      {"ics_version\t2.0\n"sv, "an ICS file"},
      {"%PDF-1.7"sv, "a PDF"},
      {"\x89HDF\r\n\x1A\n"sv, "an HDF5 file (as .h5, .ims and .mat files are)"},
      {"ZISRAWFILE\0\0"sv, "a Zeiss CZI file"},
      {"\xDA\xCE\xBE\x0A\x10\0"sv, "a Nikon ND2 file"},
      {"\x70\0\0\0\x10\0\0\0\x2A"sv, "a Leica LIF file"},
      {"\x93NUMPY\1\0"sv, "a numpy array (.npy)"},
      {"{\"version\": 1}"sv, "a JSON text"},
      {"\n [1, 2]"sv, "a JSON text"},
      {"<!DOCTYPE html>"sv, "a web page"},
      {"<?xml version=\"1.0\"?><OME/>"sv, "an XML text"},
      {"<svg xmlns=\"x\"/>"sv, "an SVG drawing"},
      {"P5 2 2 255\n"sv, "a Netpbm picture"},
      {"1,2,3\n4,5,6\n"sv, "a text file"},
      {"\0\0\0\x18"
       "ftypheic"sv,
       "a HEIC photo"},
  };
  for (const auto& [content, what] : files) {
    EXPECT_EQ(why(test::bytes_of_text(content), "holiday.jpg"),
              "holiday.jpg is " + std::string(what) + "; Floodlight reads TIFF.");
  }
  EXPECT_EQ(inspect_tiff(test::bytes_of_text("GIF87a"), "a.tif").error().message,
            "a.tif is a GIF; Floodlight reads TIFF.");
}

TEST(TiffErrors, DicomIsRecognisedBehindItsPreamble) {
  Bytes bytes(132);
  for (std::size_t i = 0; i < 4; ++i) bytes[128 + i] = static_cast<std::byte>("DICM"[i]);
  EXPECT_EQ(why(bytes, "scan.dcm"), "scan.dcm is a DICOM file; Floodlight reads TIFF.");
}

TEST(TiffErrors, MicroscopesFilesAreRecognisedBehindTheirHeaders) {
  const auto with = [](std::size_t size, std::size_t at, std::string_view magic) {
    Bytes bytes(size, std::byte{1});
    for (std::size_t i = 0; i < magic.size(); ++i) bytes[at + i] = static_cast<std::byte>(magic[i]);
    return bytes;
  };
  EXPECT_EQ(why(with(2048, 208, "MAP "), "a.mrc"), "a.mrc is an MRC file; Floodlight reads TIFF.");
  EXPECT_EQ(why(with(2048, 96, "\xA0\xC0"), "a.dv"), "a.dv is a DeltaVision file; Floodlight reads TIFF.");
  EXPECT_EQ(why(with(5000, 1992, "\0\0\x20\x40"sv), "a.spe"), "a.spe is a Princeton SPE file; Floodlight reads TIFF.");
  TiffFixture events = grey(2, 2);
  events.compression = static_cast<Compression>(65001);
  EXPECT_EQ(why(tiff_bytes(events)),
            "cells.tif is compressed with EER (electron events); save it uncompressed, or with LZW or Deflate.");
}

TEST(TiffErrors, UnknownAndEmptyFilesAreSaidToBeSo) {
  EXPECT_EQ(why({}), "cells.tif is empty: 0 bytes; Floodlight reads TIFF.");
  EXPECT_EQ(why(Bytes(100)), "cells.tif holds nothing but zeros, as a broken copy does; Floodlight reads TIFF.");
  EXPECT_EQ(why(test::bytes_of_text("\x01\x02\x03\x04")),
            "cells.tif does not begin as a TIFF does, with II or MM and 42 or 43; Floodlight reads TIFF.");
}

TEST(TiffErrors, SizesAreCheckedAgainstTheLimitFirst) {
  TiffFixture page = grey(1, 1);
  page.bits = 32;
  page = with_tag(with_tag(page, 256, 4, {65000}), 257, 4, {65000});
  EXPECT_EQ(why(tiff_bytes(page)),
            "cells.tif says it is 65000 x 65000 pixels, 16.9 GB; the limit here is 4096 x 4096.");
  page = with_tag(with_tag(page, 256, 4, {4294967295}), 257, 3, {1});
  EXPECT_EQ(why(tiff_bytes(page)), "cells.tif says it is 4294967295 x 1 pixels; no image is that large.");
  const auto small = read_tiff(tiff_bytes(grey(3, 5)), "cells.tif", {}, {.max_side = 4});
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().message, "cells.tif says it is 5 x 3 pixels, 30 bytes; the limit here is 4 x 4.");
  EXPECT_TRUE(read_tiff(tiff_bytes(grey(3, 4)), "cells.tif", {}, {.max_side = 4}));
}

TEST(TiffErrors, AnImageWithoutPixelsIsRefused) {
  EXPECT_EQ(why(tiff_bytes(with_tag(grey(1, 1), 256, 4, {0}))),
            "cells.tif says it is 0 x 1 pixels; an image has at least 1 x 1.");
  EXPECT_EQ(why(tiff_bytes(with_tag(grey(1, 1), 257, 4, {}))),
            "cells.tif is damaged: its directory does not say how high the image is.");
  EXPECT_EQ(why(tiff_bytes(with_tag(grey(1, 1), 256, 4, {}))),
            "cells.tif is damaged: its directory does not say how wide the image is.");
}

TEST(TiffErrors, AFileThatIsCutOffSaysHowFarItCanBeRead) {
  constexpr int rows = 520;
  constexpr int cols = 40;
  constexpr std::size_t row_bytes = cols * 2;
  const std::string sentence = "cells.tif is cut off after 3 of 520 rows; copy or export it again.";
  for (const int rows_per_strip : {0, 1, 2, 100}) {
    SCOPED_TRACE(rows_per_strip);
    TiffFixture page = grey(rows, cols);
    page.rows_per_strip = rows_per_strip;
    const Bytes whole = tiff_bytes(page, {.directory_first = true});
    const std::size_t pixels = whole.size() - rows * row_bytes;
    EXPECT_EQ(why(cut(whole, pixels + 3 * row_bytes + 11)), sentence);
    EXPECT_EQ(why(cut(whole, whole.size() - 1)),
              "cells.tif is cut off after 519 of 520 rows; copy or export it again.");
    EXPECT_EQ(why(whole), "(it was read)");
  }
}

TEST(TiffErrors, ACompressedFileThatIsCutOffCountsWholeStripsOrTiles) {
  for (const Compression compression : {Compression::lzw, Compression::deflate, Compression::packbits}) {
    TiffFixture page = grey(100, 40);
    page.compression = compression;
    page.rows_per_strip = 25;
    const Bytes whole = tiff_bytes(page, {.directory_first = true});
    EXPECT_EQ(why(cut(whole, whole.size() - 5)), "cells.tif is cut off after 75 of 100 rows; copy or export it again.");
  }
  TiffFixture tiled = grey(100, 40);
  tiled.tile_rows = 32;
  tiled.tile_cols = 16;
  const Bytes whole = tiff_bytes(tiled, {.directory_first = true});
  EXPECT_EQ(why(cut(whole, whole.size() - 5)), "cells.tif is cut off after 96 of 100 rows; copy or export it again.");
}

TEST(TiffErrors, AFileWithoutItsDirectoryIsCutOff) {
  const Bytes whole = tiff_bytes(grey(10, 10));
  EXPECT_EQ(why(cut(whole, 100)),
            "cells.tif is cut off: it ends after 100 bytes, before the directory that says what is in it; copy or "
            "export it again.");
  EXPECT_EQ(why(cut(whole, 6)),
            "cells.tif is cut off: it ends after 6 bytes, before the directory that says what is in it; copy or "
            "export it again.");
  EXPECT_EQ(why(test::bytes_of_text("II*\0\0\0\0\0"sv)),
            "cells.tif is a TIFF without any image in it; a TIFF with at least one is needed.");
}

TEST(TiffErrors, DamagedPixelsAreSaidToBeDamaged) {
  TiffFixture page = grey(60, 50);
  page.compression = Compression::deflate;
  page.rows_per_strip = 20;
  const Bytes good = tiff_bytes(page, {.directory_first = true});
  page.raw_pieces = {Bytes(400, std::byte{0x5A}), Bytes(400), Bytes(400)};
  EXPECT_EQ(why(tiff_bytes(page)),
            "cells.tif is damaged: only the first 0 of its 60 rows can be decoded; export it again.");
  page.compression = Compression::lzw;
  page.predictor = 3;
  EXPECT_EQ(why(tiff_bytes(page)),
            "cells.tif is damaged: only the first 0 of its 60 rows can be decoded; export it again.");
}

TEST(TiffErrors, OtherCompressionsAreNamed) {
  const std::vector<std::pair<int, std::string>> methods = {
      {7, "JPEG"}, {6, "JPEG"}, {34712, "JPEG 2000"}, {50000, "Zstandard"}, {4, "CCITT fax"}, {12345, "method 12345"}};
  for (const auto& [code, name] : methods) {
    TiffFixture page = grey(2, 2);
    page.compression = static_cast<Compression>(code);
    page.bits = 8;
    EXPECT_EQ(why(tiff_bytes(page)),
              "cells.tif is compressed with " + name + "; save it uncompressed, or with LZW or Deflate.");
  }
}

TEST(TiffErrors, OtherNumbersAreNamed) {
  const auto with_type = [](int bits, Format format) {
    TiffFixture page = grey(2, 2);
    page.bits = bits;
    page.format = format;
    return why(tiff_bytes(page));
  };
  const std::string right = "; save it with 8, 16 or 32 bits, or as 32-bit floating point.";
  EXPECT_EQ(with_type(24, Format::uint), "cells.tif stores 24-bit integers" + right);
  EXPECT_EQ(with_type(12, Format::sint), "cells.tif stores 12-bit signed integers" + right);
  EXPECT_EQ(with_type(24, Format::ieee), "cells.tif stores 24-bit floating point numbers" + right);
  EXPECT_EQ(with_type(64, Format::complex), "cells.tif stores 64-bit complex numbers" + right);
  EXPECT_EQ(with_type(16, Format::undefined), "(it was read)");
}

TEST(TiffErrors, ColoursThatAreNoBrightnessAreRefused) {
  const auto with_colours = [](int photometric, int samples) {
    TiffFixture page{.rows = 2, .cols = 2, .samples = samples, .photometric = photometric};
    page.samples_as_bits.resize(static_cast<std::size_t>(4 * samples));
    return page;
  };
  const std::string right = "; save it as RGB or as grey values.";
  EXPECT_EQ(why(tiff_bytes(with_colours(6, 3))), "cells.tif stores its colours as YCbCr" + right);
  EXPECT_EQ(why(tiff_bytes(with_colours(5, 4))), "cells.tif stores its colours as CMYK" + right);
  for (const int lab : {8, 9, 10}) {
    EXPECT_EQ(why(tiff_bytes(with_colours(lab, 3))), "cells.tif stores its colours as CIE Lab" + right);
  }
  const TiffFixture inks = with_tag(with_colours(5, 4), 332, 3, {2});
  EXPECT_EQ(why(tiff_bytes(inks)), "(it was read)") << "channels that are called inks";
}

TEST(TiffErrors, ChannelsOfDifferentTypesAreRefused) {
  TiffFixture page = with_tag(grey(2, 2), 258, 3, {8, 16});
  page.samples = 2;
  page.samples_as_bits.resize(8);
  EXPECT_EQ(why(tiff_bytes(page)), "cells.tif stores its channels in different types; save them in one.");
}

TEST(TiffErrors, PagesAndChannelsThatAreNotThereAreRefused) {
  const Bytes single = tiff_bytes(grey(2, 2));
  EXPECT_EQ(why(single, "cells.tif", {.page = 5}), "cells.tif has one page, number 0; there is no page 5.");
  EXPECT_EQ(why(single, "cells.tif", {.page = -1}), "cells.tif has one page, number 0; there is no page -1.");
  EXPECT_EQ(why(single, "cells.tif", {.channel = 1}), "cells.tif has one channel, number 0; there is no channel 1.");
  const std::vector<TiffFixture> pages(3, TiffFixture{.samples = 2, .samples_as_bits = {1, 2}});
  const Bytes stack = tiff_bytes(pages);
  EXPECT_EQ(why(stack, "stack.tif", {.page = 3}), "stack.tif has 3 pages, numbered 0 to 2; there is no page 3.");
  EXPECT_EQ(why(stack, "stack.tif", {.page = 1, .channel = 2}),
            "Page 1 (counted from 0) of stack.tif has 2 channels, numbered 0 to 1; there is no channel 2.");
}

TEST(TiffErrors, ACircleOfPagesKeepsThePagesBeforeIt) {
  for (const int back_to : {0, 1, 2}) {
    const std::vector<TiffFixture> pages(3, grey(2, 2));
    const Bytes bytes = tiff_bytes(pages, {.next_after_last = back_to});
    const auto info = inspect_tiff(bytes, "stack.tif");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->pages.size(), 3U);
    EXPECT_EQ(info->note, "stack.tif is damaged: its list of pages runs in a circle after 3 pages.");
    EXPECT_TRUE(read_tiff(bytes, "stack.tif", {.page = 2}));
  }
}

TEST(TiffErrors, AStackThatIsCutOffKeepsThePagesBeforeTheCut) {
  const std::vector<TiffFixture> pages(3, grey(20, 20));
  const Bytes whole = tiff_bytes(pages);
  const auto info = inspect_tiff(cut(whole, whole.size() * 2 / 3 - 100), "stack.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages.size(), 1U);
  EXPECT_EQ(info->note, "stack.tif is cut off: its list of pages ends after 1 page.");
}

TEST(TiffErrors, OneUnreadablePageDoesNotHideTheOthers) {
  std::vector<TiffFixture> pages(2, grey(2, 2));
  pages[0].compression = static_cast<Compression>(7);
  pages[0].bits = 8;
  const Bytes bytes = tiff_bytes(pages);
  const auto info = inspect_tiff(bytes, "stack.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages[0].problem,
            "Page 0 (counted from 0) of stack.tif is compressed with JPEG; save it uncompressed, or with LZW or "
            "Deflate.");
  EXPECT_EQ(info->pages[1].problem, "");
  EXPECT_TRUE(read_tiff(bytes, "stack.tif", {.page = 1}));
}

TEST(TiffErrors, AbsurdTagsNeverReachTheAllocator) {
  const auto refused = [](const TiffFixture& page) { return !read_tiff(tiff_bytes(page), "cells.tif").has_value(); };
  TiffFixture many = grey(2, 2);
  many = with_tag(many, 277, 3, {65535});
  EXPECT_EQ(why(tiff_bytes(many)), "cells.tif says that each pixel has 65535 channels; Floodlight reads up to 512.");
  TiffFixture tiles{.rows = 4, .cols = 4, .tile_rows = 16, .tile_cols = 16};
  tiles.samples_as_bits.resize(16);
  EXPECT_EQ(
      why(tiff_bytes(with_tag(with_tag(tiles, 322, 4, {32768}), 323, 4, {16384}))),
      "cells.tif is cut into tiles of 32768 x 16384 pixels, 536.9 MB each; Floodlight reads tiles of up to 134 MB.");
  EXPECT_EQ(why(tiff_bytes(with_tag(tiles, 322, 4, {1048576}))),
            "cells.tif is cut into tiles of 1048576 x 16 pixels; Floodlight reads tiles of up to 65536 x 65536.");
  EXPECT_FALSE(why(tiff_bytes(with_tag(tiles, 322, 4, {65536}))).contains("up to 65536 x 65536"));
  EXPECT_TRUE(why(tiff_bytes(with_tag(tiles, 322, 4, {65552}))).contains("up to 65536 x 65536"));
  EXPECT_TRUE(refused(with_tag(tiles, 322, 4, {0})));
  EXPECT_TRUE(refused(with_tag(grey(4, 4), 258, 3, {0})));
  EXPECT_TRUE(refused(with_tag(grey(4, 4), 273, 4, {4000000000})));
}

TEST(TiffErrors, NoPrefixOfAFileDoesHarm) {
  TiffFixture page = grey(12, 9);
  page.compression = Compression::lzw;
  page.rows_per_strip = 5;
  page.tags = {test::ascii_tag(270, "ImageJ=1.53t\nimages=3\nunit=um\n")};
  for (const bool directory_first : {false, true}) {
    const Bytes whole = tiff_bytes(page, {.big_tiff = directory_first, .directory_first = directory_first});
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const Bytes part = cut(whole, size);
      const auto image = read_tiff(part, "cells.tif");
      if (!image) EXPECT_TRUE(image.error().message.starts_with("cells.tif ")) << image.error().message;
    }
  }
}

TEST(TiffErrors, NoChangedByteDoesHarm) {
  TiffFixture page = grey(12, 9);
  page.compression = Compression::deflate;
  page.rows_per_strip = 5;
  Bytes bytes = tiff_bytes(page, {.directory_first = true});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      bytes[i] ^= static_cast<std::byte>(change);
      const auto image = read_tiff(bytes, "cells.tif");
      if (!image) EXPECT_FALSE(image.error().message.empty());
      bytes[i] ^= static_cast<std::byte>(change);
    }
  }
}

}  // namespace
}  // namespace floodlight

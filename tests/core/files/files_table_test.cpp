// The table of docs/files.md is made by reading one file of each kind: FLOODLIGHT_WRITE_DOCS=1 writes it anew.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/files/tiff.h"
#include "tests/core/files/tiff_fixtures.h"
#include "tests/core/reference.h"

namespace floodlight {
namespace {

using namespace std::string_view_literals;
using test::ascii_tag;
using test::Compression;
using test::Format;
using test::Tag;
using test::tiff_bytes;
using test::TiffFixture;

using Bytes = std::vector<std::byte>;

struct Kind {
  std::string kind;
  std::string writer;
  Bytes bytes;
};

constexpr std::uint16_t description = 270;
constexpr int rows = 12;
constexpr int cols = 16;

TiffFixture page(int bits, int samples = 1, Format format = Format::uint) {
  TiffFixture page{.rows = rows, .cols = cols, .samples = samples, .bits = bits, .format = format};
  for (int i = 0; i < rows * cols * samples; ++i) {
    const auto value = static_cast<std::uint64_t>(i);
    page.samples_as_bits.push_back(bits == 1 ? value % 2 : format == Format::ieee ? value + 1 : value % 200);
  }
  return page;
}

TiffFixture compressed(int method) {
  TiffFixture result = page(8);
  result.compression = static_cast<Compression>(method);
  return result;
}

TiffFixture coloured(int photometric, int samples = 3) {
  TiffFixture result = page(8, samples);
  result.photometric = photometric;
  return result;
}

TiffFixture with(TiffFixture result, std::vector<Tag> tags) {
  result.tags = std::move(tags);
  return result;
}

TiffFixture tiled() {
  TiffFixture result = page(16);
  result.tile_rows = 16;
  result.tile_cols = 16;
  return result;
}

Bytes stack(std::vector<Tag> tags) {
  test::FileLayout layout{.directory_first = true};
  layout.trailer.resize(std::size_t{2} * rows * cols * 2);
  return tiff_bytes(with(page(16), std::move(tags)), layout);
}

Bytes magic(std::string_view head, std::size_t at = 0, std::size_t size = 600) {
  Bytes bytes(size, std::byte{1});
  for (std::size_t i = 0; i < head.size(); ++i) bytes[at + i] = static_cast<std::byte>(head[i]);
  return bytes;
}

std::vector<Kind> kinds() {
  std::vector<Kind> all;
  const auto add = [&](std::string kind, std::string writer, Bytes bytes) {
    all.push_back({std::move(kind), std::move(writer), std::move(bytes)});
  };
  for (const int bits : {1, 8, 12, 16, 32, 64}) {
    add("TIFF, " + std::to_string(bits) + "-bit unsigned", "any", tiff_bytes(page(bits)));
  }
  for (const int bits : {8, 16, 32, 64}) {
    add("TIFF, " + std::to_string(bits) + "-bit signed", "any", tiff_bytes(page(bits, 1, Format::sint)));
  }
  for (const int bits : {16, 32, 64}) {
    add("TIFF, " + std::to_string(bits) + "-bit floating point", "any", tiff_bytes(page(bits, 1, Format::ieee)));
  }
  add("TIFF, complex numbers", "any", tiff_bytes(page(64, 1, Format::complex)));
  add("TIFF, LZW", "Photoshop, ImageMagick", tiff_bytes(compressed(5)));
  add("TIFF, Deflate", "tifffile, Floodlight", tiff_bytes(compressed(8)));
  add("TIFF, PackBits", "any", tiff_bytes(compressed(32773)));
  add("TIFF, Zstandard", "tifffile, GDAL", tiff_bytes(compressed(50000)));
  add("TIFF, JPEG", "slide scanners", tiff_bytes(compressed(7)));
  add("TIFF, JPEG 2000", "slide scanners", tiff_bytes(compressed(33003)));
  add("TIFF, tiles", "slide scanners, tifffile", tiff_bytes(tiled()));
  add("BigTIFF", "tifffile, Bio-Formats", tiff_bytes(page(16), {.big_tiff = true}));
  add("TIFF, big-endian", "ImageJ", tiff_bytes(page(16), {.big_endian = true}));
  add("TIFF, RGB", "any camera", tiff_bytes(coloured(2)));
  add("TIFF, colour table", "ImageJ with a LUT",
      tiff_bytes(with(coloured(3, 1), {{.tag = 320, .type = 3, .values = std::vector<std::uint64_t>(768, 9)}})));
  add("TIFF, 0 is white", "scanners", tiff_bytes(coloured(0, 1)));
  add("TIFF, YCbCr", "scanners", tiff_bytes(coloured(6)));
  add("TIFF, CMYK", "Photoshop", tiff_bytes(coloured(5, 4)));
  add("TIFF, CIE Lab", "Photoshop", tiff_bytes(coloured(8)));
  add("TIFF, several pages", "any", tiff_bytes(std::vector{page(16), page(16), page(16)}));
  add("ImageJ hyperstack in one directory", "ImageJ above 4 GB",
      stack({ascii_tag(description, "ImageJ=1.53t\nimages=3\nslices=3\n")}));
  add("\"Shaped\" TIFF in one directory", "tifffile", stack({ascii_tag(description, "{\"shape\": [3, 12, 16]}")}));
  add("MetaMorph STK", "MetaMorph",
      stack({{.tag = 33628, .type = 4, .values = std::vector<std::uint64_t>(6, 0)},
             {.tag = 33629, .type = 5, .values = std::vector<std::uint64_t>(6, 1)}}));
  add("OME-TIFF", "Bio-Formats, tifffile",
      tiff_bytes(with(page(16), {ascii_tag(description,
                                           "<OME><Pixels SizeC=\"1\" PhysicalSizeX=\"0.65\" "
                                           "PhysicalSizeY=\"1.3\">")})));
  add("Electron events (EER)", "Thermo Fisher", tiff_bytes(compressed(65001)));
  add("PNG", "any", magic("\x89PNG\r\n\x1A\n"sv));
  add("JPEG", "any", magic("\xFF\xD8\xFF\xE0"sv));
  add("BMP", "any", magic("BM"sv));
  add("CZI", "Zeiss ZEN", magic("ZISRAWFILE"sv));
  add("LIF", "Leica LAS X", magic("\x70\0\0\0"sv));
  add("ND2", "Nikon NIS-Elements", magic("\xDA\xCE\xBE\x0A"sv));
  add("ND2 of old", "Nikon NIS-Elements", magic("\0\0\0\x0CjP  \r\n\x87\n"sv));
  add("OIB", "Olympus FluoView", magic("\xD0\xCF\x11\xE0"sv));
  add("OIR", "Olympus FluoView", magic("OLYMPUSRAWFORMAT"sv));
  add("DeltaVision", "softWoRx", magic("\xA0\xC0"sv, 96, 2048));
  add("MRC", "electron microscopes", magic("MAP "sv, 208, 2048));
  add("ICS", "SVI Huygens", magic("ics_version\t2.0\n"sv));
  add("SPE", "Princeton Instruments", magic("\0\0\x20\x40"sv, 1992, 5000));
  add("HDF5", "Imaris, ilastik", magic("\x89HDF\r\n\x1A\n"sv));
  add("DICOM", "hospitals", magic("DICM"sv, 128));
  add("._ file", "macOS (AppleDouble)", magic("\0\5\x16\7\0\2\0\0"sv));
  add("Git LFS pointer", "git", test::bytes_of_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"));
  add("Empty file", "a broken copy", {});
  return all;
}

std::string outcome(const Bytes& bytes) {
  const auto info = inspect_tiff(bytes, "cells");
  const auto image = read_tiff(bytes, "cells");
  if (!image) return "refused | " + image.error().message;
  const TiffPage& first = info->pages.front();
  std::string text = "read | " + std::string(pixel_type_name(first.type));
  if (image->pages > 1) text += ", " + std::to_string(image->pages) + " pages";
  if (first.channels > 1) text += ", " + std::to_string(first.channels) + " channels";
  if (image->luminance) text += ", as luminance";
  if (first.palette) text += ", indices as stored";
  if (first.white_is_zero) text += ", values as stored; the page says so and what to do";
  if (first.pixel_size_um) text += ", " + shortest(*first.pixel_size_um);
  if (first.pixel_height_um) text += " x " + shortest(*first.pixel_height_um) + " um a pixel";
  return text;
}

TEST(FilesTable, IsMadeByReadingOneFileOfEachKind) {
  std::string table = "| kind of file | written by | | what is read, or why not |\n| --- | --- | --- | --- |\n";
  for (const Kind& kind : kinds()) {
    table += "| " + kind.kind + " | " + kind.writer + " | " + outcome(kind.bytes) + " |\n";
  }
  const std::string path = test::data_path("../../docs/files.md");
  const Bytes bytes = test::read_bytes(path);
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string begin = "<!-- table: made by tests/core/files/files_table_test.cpp -->\n";
  const std::string end = "<!-- /table -->";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos);
  const std::size_t start = from + begin.size();
  if (std::getenv("FLOODLIGHT_WRITE_DOCS") != nullptr) {
    text.replace(start, to - start, table);
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    ASSERT_NE(file, nullptr);
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
    return;
  }
  EXPECT_EQ(text.substr(start, to - start), table) << "FLOODLIGHT_WRITE_DOCS=1 writes it";
}

}  // namespace
}  // namespace floodlight

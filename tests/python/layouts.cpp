#include "tests/python/layouts.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "core/export/python.h"
#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight::test {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

constexpr std::uint16_t description_tag = 270;
constexpr std::uint16_t extra_samples_tag = 338;

/// No two pixels, channels or pages of a file are the same, so that nothing can be taken for its neighbour.
TiffFixture page_of(int number, int samples, int bits, int rows = 13, int cols = 21) {
  TiffFixture page{.rows = rows, .cols = cols, .samples = samples, .bits = bits};
  std::uint32_t state = 12345U + 977U * static_cast<std::uint32_t>(number);
  for (int i = 0; i < rows * cols * samples; ++i) {
    state = state * 1664525U + 1013904223U;
    page.samples_as_bits.push_back(state >> 8 & ((std::uint64_t{1} << std::min(bits, 24)) - 1));
  }
  return page;
}

TiffFixture with(TiffFixture page, std::vector<Tag> tags) {
  page.tags = std::move(tags);
  return page;
}

TiffFixture coloured(TiffFixture page, bool planar, std::vector<Tag> tags = {}) {
  page.photometric = 2;
  page.separate_planes = planar;
  page.tags = std::move(tags);
  return page;
}

Bytes pages_of(int count, const std::string& description = {}, int bits = 16) {
  std::vector<TiffFixture> pages;
  for (int i = 0; i < count; ++i) pages.push_back(page_of(i, 1, bits));
  if (!description.empty()) pages.front().tags = {ascii_tag(description_tag, description)};
  return tiff_bytes(pages);
}

/// One directory, and the pixels of all pages behind it.
Bytes one_directory(int pages, std::vector<Tag> tags, bool big_endian, std::size_t missing = 0) {
  FileLayout layout{.big_endian = big_endian, .directory_first = true};
  for (int i = 1; i < pages; ++i) {
    for (const std::uint64_t value : page_of(i, 1, 16).samples_as_bits) {
      const auto high = static_cast<std::byte>(value >> 8);
      const auto low = static_cast<std::byte>(value & 0xFF);
      layout.trailer.push_back(big_endian ? high : low);
      layout.trailer.push_back(big_endian ? low : high);
    }
  }
  layout.trailer.resize(layout.trailer.size() - missing);
  return tiff_bytes(with(page_of(0, 1, 16), std::move(tags)), layout);
}

std::string ome(int channels, int planes) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
         "<Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint16\" SizeX=\"21\" "
         "SizeY=\"13\" SizeC=\"" +
         std::to_string(channels) + "\" SizeZ=\"" + std::to_string(planes) +
         "\" SizeT=\"1\"><TiffData/></Pixels></Image></OME>";
}

Bytes palette() {
  std::vector<std::uint64_t> colours(3 * 256);
  for (std::size_t i = 0; i < colours.size(); ++i) colours[i] = i * 80;
  TiffFixture page = with(page_of(0, 1, 8), {{.tag = 320, .type = 3, .values = colours}});
  page.photometric = 3;
  return tiff_bytes(page);
}

Bytes tiles(bool rgb, bool planar) {
  TiffFixture page = rgb ? coloured(page_of(0, 3, 8), planar) : page_of(0, 1, 16);
  page.tile_rows = 16;
  page.tile_cols = 16;
  page.compression = Compression::deflate;
  return tiff_bytes(page);
}

/// A picture and its smaller versions, as directories that follow.
Bytes pyramid() {
  std::vector<TiffFixture> pages = {page_of(0, 1, 8, 32, 32), page_of(1, 1, 8, 16, 16), page_of(2, 1, 8, 8, 8)};
  for (std::size_t i = 1; i < pages.size(); ++i) pages[i].tags = {{.tag = 254, .type = 4, .values = {1}}};
  return tiff_bytes(pages);
}

Bytes white_is_zero() {
  TiffFixture page = page_of(0, 1, 8);
  page.photometric = 0;
  return tiff_bytes(page);
}

/// Every bit pattern of float16 that is a finite number, and one row more.
Bytes float16() {
  TiffFixture page{.rows = 62, .cols = 1024, .bits = 16, .format = Format::ieee};
  for (std::uint64_t bits = 0; bits < 0x10000; ++bits) {
    if ((bits >> 10 & 0x1F) != 0x1F) page.samples_as_bits.push_back(bits);
  }
  return tiff_bytes(page);
}

/// MetaMorph's tags: UIC1 with its properties' numbers and values, UIC2 with six numbers a plane.
std::vector<Tag> metamorph(std::uint64_t planes) {
  const std::vector<std::uint64_t> six(12 * planes, 1);
  return {ascii_tag(description_tag, "Acquired from MetaMorph"),
          {.tag = 33628, .type = 4, .values = std::vector<std::uint64_t>(2 * planes, 0)},
          {.tag = 33629,
           .type = 5,
           .values = std::vector<std::uint64_t>(six.begin(), six.begin() + 2 * static_cast<std::ptrdiff_t>(planes))}};
}

struct Selected {
  int page = 0;
  Channel channel = Channel::automatic;
};

struct Layout {
  std::string name;
  Bytes bytes;
  std::vector<Selected> selections = {{}};
};

std::vector<Layout> layouts() {
  const std::vector<Selected> first_and_third = {{.page = 0}, {.page = 2}};
  const std::vector<Selected> each_of_three = {
      {}, {.channel = Channel::first}, {.channel = Channel::second}, {.channel = Channel::third}};
  const auto planes = [](TiffFixture page) {
    page.separate_planes = true;
    return page;
  };
  const Tag alpha = {.tag = extra_samples_tag, .type = 3, .values = {2}};
  const Tag two_more = {.tag = extra_samples_tag, .type = 3, .values = {0, 0}};
  const std::string hyperstack = "ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nmode=grayscale\n";
  const TiffFixture planar_page = planes(with(page_of(4, 3, 16), {two_more}));
  return {
      {"plain", pages_of(1), {{}, {.channel = Channel::first}}},
      {"one_bit", pages_of(1, {}, 1)},
      {"big_tiff", tiff_bytes(page_of(0, 1, 16), {.big_endian = true, .big_tiff = true})},
      {"pages", pages_of(3), first_and_third},
      {"ome_channels", pages_of(2, ome(2, 1)), {{.page = 0}, {.page = 1}}},
      {"ome_other_files", pages_of(1, ome(1, 3))},
      {"hyperstack", pages_of(6, hyperstack), {{.page = 0}, {.page = 5}}},
      {"hyperstack_of_one_directory",
       one_directory(6, {ascii_tag(description_tag, hyperstack)}, true),
       {{.page = 0}, {.page = 5}}},
      {"stack_of_one_directory",
       one_directory(6, {ascii_tag(description_tag, "ImageJ=1.53t\nimages=6\nslices=6\n")}, false), first_and_third},
      {"cut_off_stack", one_directory(6, {ascii_tag(description_tag, hyperstack)}, true, 100)},
      {"shaped",
       one_directory(4, {ascii_tag(description_tag, "{\"shape\": [2, 2, 13, 21]}")}, false),
       {{.page = 0}, {.page = 3}}},
      {"metamorph", one_directory(3, metamorph(3), false), first_and_third},
      {"float16", float16()},
      {"rgb", tiff_bytes(coloured(page_of(0, 3, 8), false)), each_of_three},
      {"rgb_planar", tiff_bytes(coloured(page_of(0, 3, 16), true)), each_of_three},
      {"rgb_alpha", tiff_bytes(coloured(page_of(0, 4, 8), false, {alpha})), each_of_three},
      {"rgb_pages",
       tiff_bytes(std::vector{coloured(page_of(0, 3, 8), false), coloured(page_of(1, 3, 8), true)}),
       {{.page = 0}, {.page = 1}, {.page = 1, .channel = Channel::second}}},
      {"grey_alpha", tiff_bytes(with(page_of(0, 2, 8), {alpha}))},
      {"channels", tiff_bytes(with(page_of(0, 3, 16), {two_more})), each_of_three},
      {"channels_planar", tiff_bytes(planar_page), each_of_three},
      {"channels_pages", tiff_bytes(std::vector{planar_page, page_of(5, 1, 16)}), {{}, {.page = 1}}},
      {"palette", palette()},
      {"white_is_zero", white_is_zero()},
      {"tiles", tiles(false, false)},
      {"tiles_rgb", tiles(true, false), each_of_three},
      {"tiles_rgb_planar", tiles(true, true), each_of_three},
      {"pyramid", pyramid(), first_and_third},
  };
}

bool write(const fs::path& path, const void* data, std::size_t size) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(data, 1, size, file) == size;
  return std::fclose(file) == 0 && written;
}

}  // namespace

bool write_layouts(const fs::path& folder) {
  int number = 0;
  for (const Layout& layout : layouts()) {
    const auto info = inspect_tiff(layout.bytes, layout.name);
    for (const Selected& selected : layout.selections) {
      Recipe recipe;
      recipe.page = selected.page;
      recipe.channel = selected.channel;
      const auto read = read_tiff(layout.bytes, layout.name,
                                  {.page = selected.page, .channel = static_cast<int>(selected.channel) - 1});
      if (!info || !read) {
        std::fprintf(stderr, "%s: %s\n", layout.name.c_str(), read.error().message.c_str());
        return false;
      }
      char prefix[32];
      std::snprintf(prefix, sizeof prefix, "layout_%03d_", number++);
      const fs::path place = folder / (prefix + layout.name);
      fs::create_directories(place);
      const auto expected = encode_float_tiff(read->pixels);
      const std::string typed =
          python_lines(recipe, Stage::raw, PythonFor::typing, info->pages[static_cast<std::size_t>(selected.page)]);
      const std::string program =
          python_functions(recipe) + "\n\n" + python_lines(recipe, Stage::raw, PythonFor::program) + "\n";
      if (!expected || !write(place / "image.tif", layout.bytes.data(), layout.bytes.size()) ||
          !write(place / "expected.tif", expected->data(), expected->size()) ||
          !write(place / "typed.py", typed.data(), typed.size()) ||
          !write(place / "program.py", program.data(), program.size())) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace floodlight::test

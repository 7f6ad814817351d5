// Writes small TIFFs of every kind into a folder, for the fuzzer to start from:  tiff_seeds FOLDER
#include <cstdio>
#include <string>
#include <vector>

#include "tests/core/files/tiff_fixtures.h"

namespace {

using floodlight::test::Compression;
using floodlight::test::FileLayout;
using floodlight::test::Format;
using floodlight::test::TiffFixture;

TiffFixture fixture(int bits, Format format, Compression compression, int predictor, int samples) {
  TiffFixture page{.rows = 20,
                   .cols = 18,
                   .samples = samples,
                   .bits = bits,
                   .format = format,
                   .compression = compression,
                   .predictor = predictor,
                   .photometric = samples == 3 ? 2 : 1};
  std::uint64_t value = 1;
  for (int i = 0; i < page.rows * page.cols * samples; ++i) {
    if (i % 5 == 0) value = value * 6364136223846793005ULL + 1442695040888963407ULL;
    page.samples_as_bits.push_back(value >> (64 - bits));
  }
  return page;
}

bool write(const std::string& path, const std::vector<std::byte>& bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool done = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return std::fclose(file) == 0 && done;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: tiff_seeds FOLDER\n", stderr);
    return 2;
  }
  std::vector<std::vector<std::byte>> files;
  for (const int bits : {1, 8, 12, 16, 32, 64}) {
    for (const Compression compression :
         {Compression::none, Compression::packbits, Compression::lzw, Compression::deflate}) {
      for (const int samples : {1, 3}) {
        const bool predicts = compression == Compression::lzw || compression == Compression::deflate;
        const Format format = bits >= 32 && samples == 1 ? Format::ieee : Format::uint;
        const int predictor = !predicts || bits % 8 != 0 ? 1 : format == Format::ieee ? 3 : 2;
        TiffFixture page = fixture(bits, format, compression, predictor, samples);
        files.push_back(tiff_bytes(page, FileLayout{.big_endian = samples == 3}));
        page.tile_rows = page.tile_cols = 16;
        page.separate_planes = samples == 3;
        files.push_back(tiff_bytes(page, FileLayout{.big_tiff = true, .directory_first = true}));
        page.tile_rows = page.tile_cols = 0;
        page.rows_per_strip = 7;
        files.push_back(tiff_bytes(std::vector<TiffFixture>{page, page}, FileLayout{.big_endian = bits == 16}));
      }
    }
  }
  TiffFixture stack = fixture(16, Format::uint, Compression::none, 1, 1);
  stack.tags = {floodlight::test::ascii_tag(270, "ImageJ=1.53t\nimages=3\nchannels=3\nunit=um\n"),
                {.tag = 282, .type = 5, .values = {20000, 1}}};
  files.push_back(tiff_bytes(stack, FileLayout{.directory_first = true, .trailer = std::vector<std::byte>(1440)}));
  stack.tags = {floodlight::test::ascii_tag(
      270, "<OME><Pixels DimensionOrder=\"XYCZT\" SizeC=\"2\" SignificantBits=\"12\" PhysicalSizeX=\"0.3\">")};
  files.push_back(tiff_bytes(std::vector<TiffFixture>{stack, stack}));
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!write(std::string(arguments[1]) + "/seed_" + std::to_string(i) + ".tif", files[i])) {
      std::fprintf(stderr, "cannot write into %s\n", arguments[1]);
      return 1;
    }
  }
  std::printf("%zu seeds written\n", files.size());
  return 0;
}

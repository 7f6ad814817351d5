// Files that are small and claim much: refused before anything is allocated or decoded for their pixels.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/files/tiff.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

using test::Compression;
using test::tiff_bytes;
using test::TiffFixture;

using Bytes = std::vector<std::byte>;

std::string why(const Bytes& bytes, const TiffLimits& limits = {}) {
  const auto image = read_tiff(bytes, "cells.tif", {}, limits);
  return image ? "(it was read)" : image.error().message;
}

/// A page that says it is of this size, with these few bytes in each piece.
TiffFixture claim(int rows, int cols, Compression compression, std::size_t pieces = 1, std::size_t bytes = 100) {
  TiffFixture page{.rows = rows, .cols = cols, .bits = 16, .compression = compression};
  page.rows_per_strip = (rows + static_cast<int>(pieces) - 1) / static_cast<int>(pieces);
  page.raw_pieces.assign(pieces, Bytes(bytes, std::byte{0x78}));
  return page;
}

TEST(TiffCost, CompressedBytesThatAreTooFewForThePixelsAreRefused) {
  for (const Compression compression : {Compression::deflate, Compression::lzw, Compression::packbits}) {
    EXPECT_EQ(why(tiff_bytes(claim(4096, 4096, compression))),
              "cells.tif is damaged: 100 bytes cannot hold its 4096 rows of 4096 pixels; export it again.");
  }
}

TEST(TiffCost, HighlyCompressedPixelsAreRead) {
  // A Deflate stream of zeros comes near the highest ratio that there is.
  TiffFixture page{.rows = 256, .cols = 256, .compression = Compression::packbits};
  page.samples_as_bits.resize(65536);
  EXPECT_EQ(why(tiff_bytes(page)), "(it was read)");
}

TEST(TiffCost, PiecesThatShareTheirBytesAreRefused) {
  TiffFixture page = claim(4096, 1024, Compression::deflate, 4096, 40);
  Bytes bytes = tiff_bytes(page);
  // Every strip is said to be the whole file's beginning.
  page.tags.push_back({.tag = 273, .type = 4, .values = std::vector<std::uint64_t>(4096, 8)});
  page.tags.push_back({.tag = 279, .type = 4, .values = std::vector<std::uint64_t>(4096, 100'000)});
  EXPECT_EQ(why(tiff_bytes(page)),
            "cells.tif is damaged: its strips are 409.6 MB together, and the file has 196.8 KB; "
            "export it again.");
}

TEST(TiffCost, MorePiecesThanTheDirectoryListsAreRefused) {
  TiffFixture page = claim(4000, 10, Compression::none, 1, 80'000);
  page.tags.push_back({.tag = 278, .type = 4, .values = {1}});
  EXPECT_EQ(why(tiff_bytes(page)),
            "cells.tif is damaged: it needs 4000 strips, and its directory does not list as many.");
  page.tags.push_back({.tag = 273, .type = 4, .values = {}});
  EXPECT_EQ(why(tiff_bytes(page)), "cells.tif is damaged: its directory does not say where the pixels are.");
}

TEST(TiffCost, DecodedBytesOfAllChannelsAreLimited) {
  TiffFixture page = claim(4096, 4096, Compression::deflate);
  page.samples = 512;
  EXPECT_EQ(why(tiff_bytes(page)), "cells.tif becomes 17.2 GB when it is decoded; the limit here is 1.1 GB.");
  EXPECT_EQ(why(tiff_bytes(claim(10, 10, Compression::none, 1, 200)), {.max_bytes = 199}),
            "cells.tif becomes 200 bytes when it is decoded; the limit here is 199 bytes.");
  EXPECT_EQ(why(tiff_bytes(claim(10, 10, Compression::none, 1, 200)), {.max_bytes = 200}), "(it was read)");
}

TEST(TiffCost, UncompressedPixelsThatAreNotInTheFileAreMissedBeforeTheyAreReadFor) {
  EXPECT_EQ(why(tiff_bytes(claim(4096, 4096, Compression::none))),
            "cells.tif is cut off after 0 of 4096 rows; copy or export it again.");
}

TEST(TiffCost, ATagThatNobodyNeedsCostsNothing) {
  TiffFixture page{.rows = 1, .cols = 2, .samples_as_bits = {3, 4}};
  page.tags.push_back({.tag = 50000, .type = 7, .values = std::vector<std::uint64_t>(100'000, 1)});
  page.tags.push_back({.tag = 34665, .type = 4, .values = {4'000'000'000}});
  EXPECT_EQ(why(tiff_bytes(page)), "(it was read)");
}

TEST(TiffCost, TensOfThousandsOfPagesAreDescribed) {
  const std::vector<TiffFixture> pages(20'000, TiffFixture{.samples_as_bits = {7}});
  const Bytes bytes = tiff_bytes(pages);
  const auto info = inspect_tiff(bytes, "stack.tif");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pages.size(), 20'000U);
  auto reader = TiffReader::open(bytes, "stack.tif");
  ASSERT_TRUE(reader);
  for (const int page : {0, 19'999, 10}) {
    const auto image = reader->read({.page = page});
    ASSERT_TRUE(image);
    EXPECT_EQ((image->pixels[0, 0]), 7);
  }
}

}  // namespace
}  // namespace floodlight

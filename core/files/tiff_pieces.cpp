// What decoding a page will cost, and whether the file can pay for it: known before anything is allocated for the pixels.
#include <algorithm>
#include <limits>
#include <utility>

#include <tiff.h>

#include "core/files/tiff_file.h"

namespace floodlight::tiff_detail {
namespace {

constexpr std::uint64_t u(int value) { return static_cast<std::uint64_t>(value); }
constexpr std::uint64_t pieces_in(std::uint64_t size, std::uint64_t piece) { return (size + piece - 1) / piece; }

/// How many bytes one compressed byte can become at most.
std::uint64_t largest_ratio(int compression) {
  switch (compression) {
    case COMPRESSION_NONE:
      return 1;
    case COMPRESSION_PACKBITS:
      return 64;  // two bytes repeat a third at most 128 times
    case COMPRESSION_LZW:
      return 2600;  // a code of 12 bits stands for at most 3838 bytes
    default:
      return 1040;  // Deflate: a match of 258 bytes for two bits
  }
}

}  // namespace

std::string cut_off_sentence(const std::string& what, std::uint64_t rows, int of) {
  return what + " is cut off after " + std::to_string(rows) + " of " + std::to_string(of) +
         " rows; copy or export it again.";
}

Result<Pieces> TiffFile::prepare(int page, const TiffPage& description, const TiffLimits& limits) {
  const Directory directory(skeleton_, directory_of(page));
  const std::string what = subject(page);
  const auto inconsistent = [&] {
    return fail(what + " is damaged: the size of its rows does not follow from its width; export it again.");
  };
  Pieces pieces;
  pieces.compression = static_cast<int>(directory.value(TIFFTAG_COMPRESSION).value_or(COMPRESSION_NONE));
  pieces.planar = description.planar;
  pieces.tiled = directory.find(TIFFTAG_TILEWIDTH) != nullptr || directory.find(TIFFTAG_TILELENGTH) != nullptr;
  std::uint64_t width = u(description.cols);
  std::uint64_t height = std::min(directory.value(TIFFTAG_ROWSPERSTRIP).value_or(0), u(description.rows));
  if (height == 0) height = u(description.rows);
  if (pieces.tiled) {
    width = directory.value(TIFFTAG_TILEWIDTH).value_or(0);
    height = directory.value(TIFFTAG_TILELENGTH).value_or(0);
    if (width == 0 || height == 0) return inconsistent();
  }
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  constexpr std::uint64_t max_tile_side = 65536;
  constexpr std::uint64_t max_tile_bytes = std::uint64_t{128} << 20;
  if (pieces.tiled && (width > max_tile_side || height > max_tile_side)) {
    return fail(what + " is cut into tiles of " + size + "; Floodlight reads tiles of up to 65536 x 65536.");
  }
  pieces.cols = static_cast<int>(width);
  pieces.rows = static_cast<int>(height);
  const std::uint64_t samples = pieces.planar ? 1 : u(description.samples);
  pieces.row_bytes = (width * u(description.bits) * samples + 7) / 8;
  if (pieces.tiled && pieces.row_bytes * height > max_tile_bytes) {
    return fail(what + " is cut into tiles of " + size + ", " +
                human_size(static_cast<double>(pieces.row_bytes * height)) +
                " each; Floodlight reads tiles of up to 134 MB.");
  }
  const std::uint64_t planes = pieces.planar ? u(description.samples) : 1;
  const std::uint64_t across = pieces_in(u(description.cols), width);
  const std::uint64_t down = pieces_in(u(description.rows), height);
  pieces.count = across * down * planes;
  const std::uint64_t rows = pieces.tiled ? down * height : u(description.rows);
  const std::uint64_t decoded = pieces.row_bytes * rows * across * planes;
  if (decoded > limits.max_bytes) {
    return fail(what + " becomes " + human_size(static_cast<double>(decoded)) +
                " when it is decoded; the limit here is " + human_size(static_cast<double>(limits.max_bytes)) + ".");
  }
  if (stack_.pages > 1) return pieces;

  const auto find = [&](std::uint16_t of_tiles, std::uint16_t of_strips) {
    const Entry* const own = pieces.tiled ? directory.find(of_tiles) : nullptr;
    return own != nullptr ? own : directory.find(of_strips);
  };
  const Entry* const offsets = find(TIFFTAG_TILEOFFSETS, TIFFTAG_STRIPOFFSETS);
  const Entry* const lengths = find(TIFFTAG_TILEBYTECOUNTS, TIFFTAG_STRIPBYTECOUNTS);
  if (offsets == nullptr) return fail(what + " is damaged: its directory does not say where the pixels are.");
  if (offsets->count < pieces.count || !skeleton_.holds(*offsets) ||
      (lengths != nullptr && !skeleton_.holds(*lengths))) {
    return fail(what + " is damaged: it needs " + std::to_string(pieces.count) + (pieces.tiled ? " tiles" : " strips") +
                ", and its directory does not list as many.");
  }
  const std::uint64_t file_size = bytes_.size();
  std::uint64_t listed = 0;
  for (std::uint64_t i = 0; i < pieces.count; ++i) {
    const std::uint64_t top = i / across % down * height;
    const std::uint64_t offset = skeleton_.value(*offsets, i).value_or(file_size);
    const std::uint64_t available = offset < file_size ? file_size - offset : 0;
    const std::uint64_t piece_rows = pieces.tiled ? height : std::min(height, u(description.rows) - top);
    const std::uint64_t needed = pieces.row_bytes * piece_rows;
    const bool plain = pieces.compression == COMPRESSION_NONE;
    const std::uint64_t length = lengths != nullptr ? skeleton_.value(*lengths, i).value_or(available) : available;
    listed += std::min(plain ? needed : length, available);
    if (available == 0 || available < (plain ? needed : length)) {
      const std::uint64_t whole = pieces.tiled || !plain ? 0 : available / pieces.row_bytes;
      return fail(cut_off_sentence(what, std::min(top + whole, u(description.rows)), description.rows));
    }
  }
  if (listed > 2 * file_size) {
    return fail(what + " is damaged: its " + (pieces.tiled ? "tiles" : "strips") + " are " +
                human_size(static_cast<double>(listed)) + " together, and the file has " +
                human_size(static_cast<double>(file_size)) + "; export it again.");
  }
  if (decoded / largest_ratio(pieces.compression) > listed) {
    return fail(what + " is damaged: " + human_size(static_cast<double>(listed)) + " cannot hold its " +
                std::to_string(description.rows) + " rows of " + std::to_string(description.cols) +
                " pixels; export it again.");
  }
  if (!handle_.go_to(directory_of(page))) {
    return fail(what + " is damaged: its directory cannot be read; export it again.");
  }
  return pieces;
}

}  // namespace floodlight::tiff_detail

#include "core/export/roi_set.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/files/zip.h"
#include "core/segment/outline_polygons.h"

namespace floodlight {
namespace {

constexpr std::size_t header_size = 64;
constexpr std::uint16_t format_version = 227;

/// As in ij.io.RoiDecoder: where a number stands in the header.
enum Place : std::uint8_t {
  magic = 0,
  version = 4,
  kind = 6,
  top = 8,
  left = 10,
  bottom = 12,
  right = 14,
  corners = 16,
  shape_size = 36
};
enum Kind : std::uint8_t { rectangle = 1, traced = 8 };  // a composite is a rectangle with a shape
enum Segment : std::uint8_t { move_to = 0, line_to = 1, close = 4 };

/// Numbers as Java writes them, the highest byte first.
class RoiBytes {
 public:
  explicit RoiBytes(std::size_t size) : all_(size) {}
  void put16(std::size_t at, std::uint32_t value) {
    all_[at] = static_cast<std::byte>(value >> 8);
    all_[at + 1] = static_cast<std::byte>(value);
  }
  void put32(std::size_t at, std::uint32_t value) {
    put16(at, value >> 16);
    put16(at + 2, value);
  }
  void put_text(std::size_t at, std::string_view text) {
    std::ranges::copy(std::as_bytes(std::span(text)), all_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  std::vector<std::byte> take() { return std::move(all_); }

 private:
  std::vector<std::byte> all_;
};

struct Bounds {
  Corner low{std::numeric_limits<int>::max(), std::numeric_limits<int>::max()};
  Corner high;
};

Bounds bounds_of(std::span<const OutlinePolygon> pieces) {
  Bounds b;
  for (const OutlinePolygon& piece : pieces) {
    for (const Corner& c : piece.outer) {
      b.low = {std::min(b.low.row, c.row), std::min(b.low.col, c.col)};
      b.high = {std::max(b.high.row, c.row), std::max(b.high.col, c.col)};
    }
  }
  return b;
}

RoiBytes with_header(std::size_t size, Kind of_kind, const Bounds& b) {
  RoiBytes out(header_size + size);
  out.put_text(magic, "Iout");
  out.put16(version, format_version);
  out.put16(kind, static_cast<std::uint32_t>(of_kind << 8));
  out.put16(top, static_cast<std::uint32_t>(b.low.row));
  out.put16(left, static_cast<std::uint32_t>(b.low.col));
  out.put16(bottom, static_cast<std::uint32_t>(b.high.row));
  out.put16(right, static_cast<std::uint32_t>(b.high.col));
  return out;
}

/// Columns, then rows, from the bounds' upper left corner.
std::vector<std::byte> traced_roi(const Ring& ring, const Bounds& b) {
  RoiBytes out = with_header(4 * ring.size(), traced, b);
  out.put16(corners, static_cast<std::uint32_t>(ring.size()));
  for (std::size_t i = 0; i < ring.size(); ++i) {
    out.put16(header_size + 2 * i, static_cast<std::uint32_t>(ring[i].col - b.low.col));
    out.put16(header_size + 2 * (ring.size() + i), static_cast<std::uint32_t>(ring[i].row - b.low.row));
  }
  return out.take();
}

/// The segments of a java.awt.geom path, all as float32: their kind, then column and row on the image.
std::vector<std::byte> composite_roi(std::span<const OutlinePolygon> pieces, const Bounds& b) {
  std::vector<float> path;
  const auto add = [&](const Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      path.push_back(i == 0 ? move_to : line_to);
      path.push_back(static_cast<float>(ring[i].col));
      path.push_back(static_cast<float>(ring[i].row));
    }
    path.push_back(close);
  };
  for (const OutlinePolygon& piece : pieces) {
    add(piece.outer);
    for (const Ring& hole : piece.holes) add(hole);
  }
  RoiBytes out = with_header(4 * path.size(), rectangle, b);
  out.put32(shape_size, static_cast<std::uint32_t>(path.size()));
  for (std::size_t i = 0; i < path.size(); ++i) out.put32(header_size + 4 * i, std::bit_cast<std::uint32_t>(path[i]));
  return out.take();
}

/// ImageJ reads coordinates of 16 bits, some of them as negative ones.
bool fits_traced(const OutlinePolygon& piece, const Bounds& b) {
  constexpr int most = std::numeric_limits<std::int16_t>::max();
  return piece.holes.empty() && piece.outer.size() <= most && b.high.row <= most && b.high.col <= most;
}

std::string name_of(Label label, std::size_t digits) {
  std::string number = std::to_string(label);
  return std::string(digits - number.size(), '0') + number + ".roi";
}

}  // namespace

Result<std::vector<std::byte>> encode_roi_set(LabelView labels) {
  const std::vector<LabelOutline> outlines = outline_polygons(labels);
  const std::size_t digits = outlines.empty() ? 0 : std::to_string(outlines.back().label).size();
  std::vector<ZipEntry> entries;
  for (const auto& [label, pieces] : outlines) {
    const Bounds b = bounds_of(pieces);
    const bool plain = pieces.size() == 1 && fits_traced(pieces.front(), b);
    entries.push_back({name_of(label, digits), plain ? traced_roi(pieces.front().outer, b) : composite_roi(pieces, b)});
  }
  return encode_zip(entries);
}

}  // namespace floodlight

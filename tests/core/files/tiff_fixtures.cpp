// An independent little TIFF writer for tests: every byte by hand, also the ones that libtiff would not write.
#include "tests/core/files/tiff_fixtures.h"

#include <algorithm>
#include <map>
#include <utility>

namespace floodlight::test {
namespace {

using Bytes = std::vector<std::byte>;

std::byte low_byte(std::uint64_t value) { return static_cast<std::byte>(value & 0xFF); }

class Writer {
 public:
  explicit Writer(bool big_endian) : big_endian_(big_endian) {}
  void put(std::uint64_t value, int size) {
    const std::size_t at = bytes.size();
    bytes.resize(at + static_cast<std::size_t>(size));
    put_at(at, value, size);
  }
  void put_at(std::size_t at, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
      const int shift = 8 * (big_endian_ ? size - 1 - i : i);
      bytes[at + static_cast<std::size_t>(i)] = low_byte(value >> shift);
    }
  }
  void append(const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }
  Bytes bytes;

 private:
  bool big_endian_;
};

// --- Compression

Bytes packbits(const Bytes& row) {
  Bytes out;
  for (std::size_t i = 0; i < row.size();) {
    std::size_t run = 1;
    while (i + run < row.size() && run < 128 && row[i + run] == row[i]) ++run;
    if (run >= 2) {
      out.push_back(low_byte(257 - run));
      out.push_back(row[i]);
      i += run;
      continue;
    }
    std::size_t literal = 1;
    while (i + literal < row.size() && literal < 128 &&
           (i + literal + 1 >= row.size() || row[i + literal] != row[i + literal + 1])) {
      ++literal;
    }
    out.push_back(low_byte(literal - 1));
    out.insert(out.end(), row.begin() + static_cast<std::ptrdiff_t>(i),
               row.begin() + static_cast<std::ptrdiff_t>(i + literal));
    i += literal;
  }
  return out;
}

// TIFF's LZW: codes from the highest bit down, growing one entry earlier than the table needs.
Bytes lzw(const Bytes& data) {
  constexpr unsigned clear = 256;
  constexpr unsigned end_of_information = 257;
  Bytes out;
  std::uint64_t pending = 0;
  int pending_bits = 0;
  int width = 9;
  const auto emit = [&](unsigned code) {
    pending = pending << width | code;
    pending_bits += width;
    for (; pending_bits >= 8; pending_bits -= 8) out.push_back(low_byte(pending >> (pending_bits - 8)));
  };
  std::map<std::pair<unsigned, std::byte>, unsigned> table;
  unsigned next = 258;
  const auto grow = [&] {
    ++next;
    width = next < 512 ? 9 : next < 1024 ? 10 : next < 2048 ? 11 : 12;
  };
  emit(clear);
  unsigned prefix = std::to_integer<unsigned>(data.front());
  for (std::size_t i = 1; i < data.size(); ++i) {
    const auto known = table.find({prefix, data[i]});
    if (known != table.end()) {
      prefix = known->second;
      continue;
    }
    emit(prefix);
    table[{prefix, data[i]}] = next;
    grow();
    if (next == 4095) {
      emit(clear);
      table.clear();
      next = 258;
      width = 9;
    }
    prefix = std::to_integer<unsigned>(data[i]);
  }
  emit(prefix);
  grow();
  emit(end_of_information);
  if (pending_bits > 0) out.push_back(low_byte(pending << (8 - pending_bits)));
  return out;
}

// Deflate with the fixed Huffman code and no matches, in zlib's wrapping.
Bytes deflate(const Bytes& data) {
  Bytes out = {std::byte{0x78}, std::byte{0x01}};
  std::uint64_t pending = 0;
  int pending_bits = 0;
  const auto put_bit = [&](unsigned bit) {
    pending |= std::uint64_t{bit} << pending_bits;
    if (++pending_bits == 8) {
      out.push_back(low_byte(pending));
      pending = 0;
      pending_bits = 0;
    }
  };
  const auto put_code = [&](unsigned code, int width) {
    for (int bit = width - 1; bit >= 0; --bit) put_bit(code >> bit & 1);
  };
  put_bit(1);  // the last block
  put_bit(1);  // with the fixed code: 01, lowest bit first
  put_bit(0);
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const std::byte byte : data) {
    const auto value = std::to_integer<unsigned>(byte);
    value < 144 ? put_code(0x30 + value, 8) : put_code(0x190 + value - 144, 9);
    a = (a + value) % 65521;
    b = (b + a) % 65521;
  }
  put_code(0, 7);
  while (pending_bits != 0) put_bit(0);
  for (const std::uint32_t part : {b >> 8, b, a >> 8, a}) out.push_back(low_byte(part));
  return out;
}

// --- Samples to bytes

class PieceEncoder {
 public:
  PieceEncoder(const TiffFixture& page, bool big_endian) : page_(page), big_endian_(big_endian) {}

  /// A strip or tile: rows x cols pixels from (top, left); `plane` is -1 when all samples lie together. What sticks out
  /// of the page is filled with a value that must never be read.
  Bytes encode(int top, int left, int rows, int cols, int plane) const {
    Bytes all;
    Bytes packed;
    for (int r = top; r < top + rows; ++r) {
      const Bytes bytes = row(r, left, cols, plane);
      all.insert(all.end(), bytes.begin(), bytes.end());
      const Bytes short_row = packbits(bytes);
      packed.insert(packed.end(), short_row.begin(), short_row.end());
    }
    switch (page_.compression) {
      case Compression::packbits:
        return packed;
      case Compression::lzw:
        return lzw(all);
      case Compression::deflate:
      case Compression::old_deflate:
        return deflate(all);
      default:
        return all;
    }
  }

 private:
  std::uint64_t sample(int row, int col, int s) const {
    const std::uint64_t mask = page_.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << page_.bits) - 1;
    if (row >= page_.rows || col >= page_.cols) return 0xA5A5A5A5A5A5A5A5 & mask;
    const int index = (row * page_.cols + col) * page_.samples + s;
    return page_.samples_as_bits[static_cast<std::size_t>(index)] & mask;
  }

  Bytes row(int r, int left, int cols, int plane) const {
    std::vector<std::uint64_t> values;
    const int first = plane < 0 ? 0 : plane;
    const int last = plane < 0 ? page_.samples : plane + 1;
    for (int c = left; c < left + cols; ++c) {
      for (int s = first; s < last; ++s) values.push_back(sample(r, c, s));
    }
    const auto stride = static_cast<std::size_t>(last - first);
    if (page_.predictor == 3) return float_predicted(values, stride);
    if (page_.predictor == 2) {
      for (std::size_t i = values.size() - 1; i >= stride; --i) values[i] -= values[i - stride];
    }
    return page_.bits % 8 == 0 ? whole_bytes(values) : packed_bits(values);
  }

  Bytes whole_bytes(const std::vector<std::uint64_t>& values) const {
    Writer writer(big_endian_);
    for (const std::uint64_t value : values) writer.put(value, page_.bits / 8);
    return writer.bytes;
  }

  Bytes packed_bits(const std::vector<std::uint64_t>& values) const {
    Bytes out((values.size() * static_cast<std::size_t>(page_.bits) + 7) / 8);
    std::size_t at = 0;
    for (const std::uint64_t value : values) {
      for (int bit = page_.bits - 1; bit >= 0; --bit, ++at) {
        out[at / 8] |= low_byte((value >> bit & 1) << (7 - at % 8));
      }
    }
    return out;
  }

  // Predictor 3: all highest bytes of the row, then all second ones, ...; then differences of bytes. The file's byte
  // order plays no part.
  Bytes float_predicted(const std::vector<std::uint64_t>& values, std::size_t stride) const {
    Bytes out;
    for (int shift = page_.bits - 8; shift >= 0; shift -= 8) {
      for (const std::uint64_t value : values) out.push_back(low_byte(value >> shift));
    }
    for (std::size_t i = out.size() - 1; i >= stride; --i) {
      out[i] = low_byte(std::to_integer<std::uint64_t>(out[i]) - std::to_integer<std::uint64_t>(out[i - stride]));
    }
    return out;
  }

  const TiffFixture& page_;
  bool big_endian_;
};

std::vector<Bytes> encode_pieces(const TiffFixture& page, bool big_endian) {
  if (!page.raw_pieces.empty()) return page.raw_pieces;
  const PieceEncoder encoder(page, big_endian);
  const bool tiled = page.tile_rows > 0;
  const int piece_rows = tiled ? page.tile_rows : page.rows_per_strip > 0 ? page.rows_per_strip : page.rows;
  const int piece_cols = tiled ? page.tile_cols : page.cols;
  std::vector<Bytes> pieces;
  for (int plane = page.separate_planes ? 0 : -1; plane < (page.separate_planes ? page.samples : 0); ++plane) {
    for (int top = 0; top < page.rows; top += piece_rows) {
      for (int left = 0; left < page.cols; left += piece_cols) {
        const int rows = tiled ? piece_rows : std::min(piece_rows, page.rows - top);
        pieces.push_back(encoder.encode(top, left, rows, piece_cols, plane));
      }
    }
  }
  return pieces;
}

// --- Directories

std::uint64_t u(int value) { return static_cast<std::uint64_t>(value); }

int type_size(std::uint16_t type) {
  switch (type) {
    case 1:
    case 2:
    case 6:
    case 7:
      return 1;
    case 3:
    case 8:
      return 2;
    case 16:
    case 17:
    case 18:
      return 8;
    default:
      return 4;  // rationals are pairs of these
  }
}

std::vector<Tag> directory_of(const TiffFixture& page, std::vector<std::uint64_t> offsets,
                              std::vector<std::uint64_t> lengths, bool big_tiff) {
  const std::uint16_t offset_type = big_tiff ? 16 : 4;
  const auto per_sample = [&](int value) {
    return std::vector<std::uint64_t>(static_cast<std::size_t>(page.samples), u(value));
  };
  std::vector<Tag> tags = {
      {256, 4, {u(page.cols)}},
      {257, 4, {u(page.rows)}},
      {258, 3, per_sample(page.bits)},
      {259, 3, {u(static_cast<int>(page.compression))}},
      {262, 3, {u(page.photometric)}},
      {277, 3, {u(page.samples)}},
      {284, 3, {page.separate_planes ? 2U : 1U}},
      {339, 3, per_sample(static_cast<int>(page.format))},
  };
  if (page.predictor != 1) tags.push_back({317, 3, {u(page.predictor)}});
  if (page.tile_rows > 0) {
    tags.push_back({322, 4, {u(page.tile_cols)}});
    tags.push_back({323, 4, {u(page.tile_rows)}});
    tags.push_back({324, offset_type, std::move(offsets)});
    tags.push_back({325, offset_type, std::move(lengths)});
  } else {
    tags.push_back({273, offset_type, std::move(offsets)});
    tags.push_back({278, 4, {u(page.rows_per_strip > 0 ? page.rows_per_strip : page.rows)}});
    tags.push_back({279, offset_type, std::move(lengths)});
  }
  for (const Tag& tag : page.tags) {
    std::erase_if(tags, [&](const Tag& other) { return other.tag == tag.tag; });
    tags.push_back(tag);
  }
  std::erase_if(tags, [](const Tag& tag) { return tag.values.empty(); });
  std::ranges::stable_sort(tags, {}, &Tag::tag);
  return tags;
}

// Writes a directory and returns where its link to the next one stands.
std::size_t write_directory(Writer& writer, const std::vector<Tag>& tags, bool big_tiff) {
  const int offset_size = big_tiff ? 8 : 4;
  writer.put(tags.size(), big_tiff ? 8 : 2);
  std::vector<std::pair<std::size_t, const Tag*>> elsewhere;
  for (const Tag& tag : tags) {
    const int size = type_size(tag.type);
    const bool rational = tag.type == 5 || tag.type == 10;
    const std::size_t count = tag.values.size() / (rational ? 2 : 1);
    writer.put(tag.tag, 2);
    writer.put(tag.type, 2);
    writer.put(count, offset_size);
    const std::size_t end = writer.bytes.size() + static_cast<std::size_t>(offset_size);
    if (tag.values.size() * static_cast<std::size_t>(size) <= static_cast<std::size_t>(offset_size)) {
      for (const std::uint64_t value : tag.values) writer.put(value, size);
    } else {
      elsewhere.emplace_back(writer.bytes.size(), &tag);
    }
    writer.bytes.resize(end);
  }
  const std::size_t link = writer.bytes.size();
  writer.put(0, offset_size);
  for (const auto& [place, tag] : elsewhere) {
    writer.put_at(place, writer.bytes.size(), offset_size);
    for (const std::uint64_t value : tag->values) writer.put(value, type_size(tag->type));
    if (writer.bytes.size() % 2 != 0) writer.put(0, 1);
  }
  return link;
}

}  // namespace

Tag ascii_tag(std::uint16_t tag, const std::string& text) {
  Tag result{.tag = tag, .type = 2, .values = {}};
  for (const char c : text) result.values.push_back(static_cast<unsigned char>(c));
  result.values.push_back(0);
  return result;
}

std::vector<std::byte> tiff_bytes(std::span<const TiffFixture> pages, const FileLayout& layout) {
  Writer writer(layout.big_endian);
  const int offset_size = layout.big_tiff ? 8 : 4;
  writer.put(layout.big_endian ? 0x4D4D : 0x4949, 2);
  writer.put(layout.big_tiff ? 43 : 42, 2);
  if (layout.big_tiff) {
    writer.put(8, 2);
    writer.put(0, 2);
  }
  std::size_t link = writer.bytes.size();
  writer.put(0, offset_size);
  std::vector<std::uint64_t> directories;
  for (const TiffFixture& page : pages) {
    const std::vector<Bytes> pieces = encode_pieces(page, layout.big_endian);
    std::vector<std::uint64_t> offsets(pieces.size());
    std::vector<std::uint64_t> lengths(pieces.size());
    // With the directory first its size must be known before the pixels have a place: it is measured, then written.
    std::uint64_t at = writer.bytes.size();
    if (layout.directory_first) {
      Writer measured = writer;
      write_directory(measured, directory_of(page, offsets, lengths, layout.big_tiff), layout.big_tiff);
      at = measured.bytes.size();
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      offsets[i] = at;
      lengths[i] = pieces[i].size();
      at += pieces[i].size();
    }
    const auto write_pixels = [&] {
      for (const Bytes& piece : pieces) writer.append(piece);
    };
    if (!layout.directory_first) {
      write_pixels();
      if (writer.bytes.size() % 2 != 0) writer.put(0, 1);
    }
    directories.push_back(writer.bytes.size());
    writer.put_at(link, writer.bytes.size(), offset_size);
    link = write_directory(writer, directory_of(page, offsets, lengths, layout.big_tiff), layout.big_tiff);
    if (layout.directory_first) write_pixels();
  }
  if (layout.next_after_last >= 0) {
    writer.put_at(link, directories[static_cast<std::size_t>(layout.next_after_last)], offset_size);
  }
  writer.append(layout.trailer);
  return writer.bytes;
}

std::vector<std::byte> tiff_bytes(const TiffFixture& page, const FileLayout& layout) {
  return tiff_bytes(std::span(&page, 1), layout);
}

std::vector<std::byte> bytes_of_text(std::string_view text) {
  std::vector<std::byte> bytes;
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  return bytes;
}

}  // namespace floodlight::test

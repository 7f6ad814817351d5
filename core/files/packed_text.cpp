#include "core/files/packed_text.h"

#include <cstdint>
#include <optional>
#include <vector>

#include <zlib.h>

namespace floodlight {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t bits_a_letter = 6;
constexpr std::size_t bits_a_byte = 8;

std::optional<std::vector<std::uint8_t>> bytes_of(std::string_view letters) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(letters.size() * bits_a_letter / bits_a_byte);
  std::uint32_t held = 0;
  std::size_t bits = 0;
  for (const char letter : letters) {
    const std::size_t value = alphabet.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << bits_a_letter) | static_cast<std::uint32_t>(value);
    bits += bits_a_letter;
    if (bits < bits_a_byte) continue;
    bits -= bits_a_byte;
    bytes.push_back(static_cast<std::uint8_t>(held >> bits));
  }
  return bytes;
}

}  // namespace

std::string packed_text(std::string_view text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::vector<std::uint8_t> bytes(size);
  if (compress2(bytes.data(), &size, reinterpret_cast<const Bytef*>(text.data()), static_cast<uLong>(text.size()),
                Z_BEST_COMPRESSION) != Z_OK)
    return {};
  bytes.resize(size);
  std::string letters;
  std::uint32_t held = 0;
  std::size_t bits = 0;
  const auto put = [&] { letters += alphabet[(held >> bits) & ((1U << bits_a_letter) - 1)]; };
  for (const std::uint8_t byte : bytes) {
    held = (held << bits_a_byte) | byte;
    bits += bits_a_byte;
    while (bits >= bits_a_letter) {
      bits -= bits_a_letter;
      put();
    }
  }
  if (bits > 0) {
    held <<= bits_a_letter - bits;
    bits = 0;
    put();
  }
  return letters;
}

Result<std::string> unpacked_text(std::string_view packed, std::size_t most) {
  const auto bytes = bytes_of(packed);
  constexpr const char* damaged = "It is cut short or was changed on its way; copy the whole link.";
  if (!bytes) return fail(damaged);
  std::string text;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return fail("There is not enough memory to read it.");
  stream.next_in = const_cast<Bytef*>(bytes->data());  // zlib reads it alone
  stream.avail_in = static_cast<uInt>(bytes->size());
  int status = Z_OK;
  while (status == Z_OK && text.size() <= most) {
    constexpr std::size_t piece = 16384;
    const std::size_t before = text.size();
    text.resize(before + piece);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(piece);
    status = inflate(&stream, Z_NO_FLUSH);
    text.resize(before + piece - stream.avail_out);
  }
  const bool whole = status == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (text.size() > most)
    return fail("It holds more than " + std::to_string(most) + " bytes, which no link of Floodlight does.");
  if (!whole) return fail(damaged);
  return text;
}

}  // namespace floodlight

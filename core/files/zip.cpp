#include "core/files/zip.h"

#include <cstdint>
#include <limits>

#include <zlib.h>

namespace floodlight {
namespace {

constexpr std::uint16_t first_version = 10;         ///< of the format, in which stored entries are
constexpr std::uint16_t first_date = (1 << 5) | 1;  ///< 1 January 1980
constexpr std::size_t most_entries = std::numeric_limits<std::uint16_t>::max();

/// Bytes as the format has them, the lowest first.
class Bytes {
 public:
  template <std::size_t width>
  Bytes& number(std::uint64_t value) {
    for (std::size_t i = 0; i < width; ++i) all_.push_back(static_cast<std::byte>(value >> (8 * i)));
    return *this;
  }
  Bytes& bytes(std::span<const std::byte> content) {
    all_.insert(all_.end(), content.begin(), content.end());
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] std::span<const std::byte> view() const { return all_; }
  std::vector<std::byte> take() { return std::move(all_); }

 private:
  std::vector<std::byte> all_;
};

/// What an entry's header and the archive's list say alike: from the version that is needed to the lengths.
void put_description(Bytes& out, const ZipEntry& entry) {
  const auto* content = reinterpret_cast<const Bytef*>(entry.content.data());
  const auto size = static_cast<std::uint32_t>(entry.content.size());
  const auto check = entry.content.empty() ? 0UL : crc32(0, content, size);
  out.number<2>(first_version).number<2>(0).number<2>(0).number<2>(0).number<2>(first_date);
  out.number<4>(check).number<4>(size).number<4>(size).number<2>(entry.name.size()).number<2>(0);
}

}  // namespace

Result<std::vector<std::byte>> encode_zip(std::span<const ZipEntry> entries) {
  if (entries.size() > most_entries)
    return fail("A ZIP archive holds at most 65535 files; these are " + std::to_string(entries.size()) + ".");
  std::uint64_t room = 22;
  for (const ZipEntry& entry : entries) room += 30 + 46 + 2 * entry.name.size() + entry.content.size();
  if (room > std::numeric_limits<std::uint32_t>::max()) return fail("A ZIP archive holds at most 4 GB.");
  Bytes out;
  Bytes list;
  for (const ZipEntry& entry : entries) {
    const std::size_t place = out.size();
    const auto name = std::as_bytes(std::span(entry.name));
    out.number<4>(0x04034b50);
    put_description(out, entry);
    out.bytes(name).bytes(entry.content);
    list.number<4>(0x02014b50).number<2>(first_version);
    put_description(list, entry);
    list.number<2>(0).number<2>(0).number<2>(0).number<4>(0).number<4>(place).bytes(name);
  }
  const std::size_t place = out.size();
  out.bytes(list.view());
  out.number<4>(0x06054b50).number<2>(0).number<2>(0).number<2>(entries.size()).number<2>(entries.size());
  out.number<4>(list.size()).number<4>(place).number<2>(0);
  return out.take();
}

}  // namespace floodlight

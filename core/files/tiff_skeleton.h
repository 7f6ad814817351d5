// A TIFF's directories, read without libtiff: what a file says of itself is known before anything is allocated by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace floodlight::tiff_detail {

using Bytes = std::span<const std::byte>;

// What microscopes' programs add to a directory.
inline constexpr std::uint16_t metamorph_tag = 33628;         ///< UIC1: numbered properties of a STK file
inline constexpr std::uint16_t metamorph_planes_tag = 33629;  ///< UIC2: as many values as the STK file has planes
inline constexpr std::uint16_t zeiss_lsm_tag = 34412;
inline constexpr std::uint16_t micro_manager_tag = 51123;

/// One entry of a directory. `place` is where its values lie in the file, which may be behind its end.
struct Entry {
  std::uint16_t tag = 0;
  std::uint16_t type = 0;
  std::uint64_t count = 0;
  std::uint64_t place = 0;
  std::uint64_t offset = 0;  ///< of the entry itself
};

/// Reads numbers and entries of the file, which it borrows. Nothing it is asked for can make it read behind the end.
class Skeleton {
 public:
  Skeleton() = default;
  explicit Skeleton(Bytes bytes);
  [[nodiscard]] bool big_endian() const { return big_endian_; }
  [[nodiscard]] std::uint64_t size() const { return bytes_.size(); }
  [[nodiscard]] std::optional<std::uint64_t> integer(std::uint64_t offset, std::uint64_t size) const;
  [[nodiscard]] std::optional<double> real(std::uint64_t offset) const;
  [[nodiscard]] std::optional<std::uint64_t> first_directory() const;
  [[nodiscard]] std::optional<std::uint64_t> next_directory(std::uint64_t directory) const;
  /// Whether the directory lies wholly in the file.
  [[nodiscard]] bool has_directory(std::uint64_t directory) const { return entry_count(directory).has_value(); }
  /// The entries that Floodlight looks at, at most one a tag, of the first 1024 in the directory.
  [[nodiscard]] std::vector<Entry> entries(std::uint64_t directory) const;
  /// The bytes of a directory that has only the entries that libtiff needs for the pixels, and no next one.
  [[nodiscard]] std::vector<std::byte> reduced(std::uint64_t directory) const;
  /// The file's header with another place for the first directory.
  [[nodiscard]] std::vector<std::byte> header(std::uint64_t first_directory) const;
  /// A whole number of an integer entry; nothing when it has no such number, or it is not in the file.
  [[nodiscard]] std::optional<std::uint64_t> value(const Entry& entry, std::uint64_t index = 0) const;
  /// A number of an entry of any type.
  [[nodiscard]] std::optional<double> number(const Entry& entry) const;
  /// Its text up to the first zero, the end of the file, or `longest` bytes.
  [[nodiscard]] std::string_view text(const Entry& entry, std::uint64_t longest = 1U << 20) const;
  /// Whether all values of the entry lie in the file.
  [[nodiscard]] bool holds(const Entry& entry) const;

 private:
  [[nodiscard]] std::uint64_t offset_size() const { return big_tiff_ ? 8 : 4; }
  [[nodiscard]] std::uint64_t count_size() const { return big_tiff_ ? 8 : 2; }
  [[nodiscard]] std::uint64_t entry_size() const { return big_tiff_ ? 20 : 12; }
  [[nodiscard]] std::optional<std::uint64_t> entry_count(std::uint64_t directory) const;
  void put(std::vector<std::byte>& to, std::uint64_t value, std::uint64_t size) const;
  [[nodiscard]] std::optional<Entry> entry(std::uint64_t directory, std::uint64_t index) const;

  Bytes bytes_;
  bool big_endian_ = false;
  bool big_tiff_ = false;
};

/// The entries of one directory by their tags.
class Directory {
 public:
  Directory(const Skeleton& skeleton, std::uint64_t offset) : skeleton_(skeleton), entries_(skeleton.entries(offset)) {}
  [[nodiscard]] const Entry* find(std::uint16_t tag) const;
  [[nodiscard]] std::optional<std::uint64_t> value(std::uint16_t tag, std::uint64_t index = 0) const;
  [[nodiscard]] std::optional<double> number(std::uint16_t tag) const;
  [[nodiscard]] std::string_view text(std::uint16_t tag) const;
  /// Whether the entry's numbers, one a sample, are all the same.
  [[nodiscard]] bool uniform(std::uint16_t tag) const;
  [[nodiscard]] const Skeleton& skeleton() const { return skeleton_; }

 private:
  const Skeleton& skeleton_;
  std::vector<Entry> entries_;
};

/// The places of a file's directories in order. Follows the chain itself, so that a circle or a broken link costs only
/// the rest; O(directories).
struct Directories {
  std::vector<std::uint64_t> offsets;  ///< never empty
  std::string note;                    ///< a sentence when the chain is damaged or too long
};
inline constexpr std::size_t max_pages = 65536;
Result<Directories> list_directories(const Skeleton& skeleton, Bytes bytes, std::string_view name);

/// "16.9 GB", as a person says it (1 GB = 10^9 bytes).
std::string human_size(double bytes);

}  // namespace floodlight::tiff_detail

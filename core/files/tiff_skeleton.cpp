// A TIFF's directories, read without libtiff.
#include "core/files/tiff_skeleton.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <unordered_set>
#include <utility>

#include <tiff.h>

#include "core/base/words.h"
#include "core/files/tiff_sniff.h"

namespace floodlight::tiff_detail {
namespace {

constexpr std::uint64_t most_entries = 1024;

// What libtiff is shown of a directory. A tag that is not here costs nothing, however large it says it is.
constexpr auto pixel_tags = std::to_array<std::uint16_t>(
    {TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH, TIFFTAG_BITSPERSAMPLE, TIFFTAG_COMPRESSION, TIFFTAG_PHOTOMETRIC,
     TIFFTAG_FILLORDER, TIFFTAG_STRIPOFFSETS, TIFFTAG_SAMPLESPERPIXEL, TIFFTAG_ROWSPERSTRIP, TIFFTAG_STRIPBYTECOUNTS,
     TIFFTAG_PLANARCONFIG, TIFFTAG_PREDICTOR, TIFFTAG_COLORMAP, TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH,
     TIFFTAG_TILEOFFSETS, TIFFTAG_TILEBYTECOUNTS, TIFFTAG_EXTRASAMPLES, TIFFTAG_SAMPLEFORMAT});
// What is read here besides.
constexpr auto own_tags = std::to_array<std::uint16_t>(
    {TIFFTAG_SUBFILETYPE, TIFFTAG_IMAGEDESCRIPTION, TIFFTAG_XRESOLUTION, TIFFTAG_YRESOLUTION, TIFFTAG_RESOLUTIONUNIT,
     TIFFTAG_INKSET, zeiss_lsm_tag, micro_manager_tag, metamorph_tag, metamorph_planes_tag});

bool is_one_of(std::span<const std::uint16_t> tags, std::uint64_t tag) {
  return std::ranges::find(tags, tag) != tags.end();
}

std::uint64_t size_of_type(std::uint16_t type) {
  switch (type) {
    case TIFF_BYTE:
    case TIFF_ASCII:
    case TIFF_SBYTE:
    case TIFF_UNDEFINED:
      return 1;
    case TIFF_SHORT:
    case TIFF_SSHORT:
      return 2;
    case TIFF_LONG:
    case TIFF_SLONG:
    case TIFF_FLOAT:
    case TIFF_IFD:
      return 4;
    case TIFF_RATIONAL:
    case TIFF_SRATIONAL:
    case TIFF_DOUBLE:
    case TIFF_LONG8:
    case TIFF_SLONG8:
    case TIFF_IFD8:
      return 8;
    default:
      return 0;
  }
}

bool is_unsigned_integer(std::uint16_t type) {
  return type == TIFF_BYTE || type == TIFF_SHORT || type == TIFF_LONG || type == TIFF_LONG8 || type == TIFF_IFD ||
         type == TIFF_IFD8;
}

}  // namespace

Skeleton::Skeleton(Bytes bytes) : bytes_(bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<int>(bytes[i]) : 0; };
  big_endian_ = at(0) == 'M';
  big_tiff_ = at(2) + at(3) == 43;
}

std::optional<std::uint64_t> Skeleton::integer(std::uint64_t offset, std::uint64_t size) const {
  if (offset > bytes_.size() || bytes_.size() - offset < size) return {};
  std::uint64_t value = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint64_t at = offset + (big_endian_ ? i : size - 1 - i);
    value = value << 8 | std::to_integer<std::uint64_t>(bytes_[static_cast<std::size_t>(at)]);
  }
  return value;
}

std::optional<double> Skeleton::real(std::uint64_t offset) const {
  const auto bits = integer(offset, 8);
  return bits ? std::optional(std::bit_cast<double>(*bits)) : std::nullopt;
}

std::optional<std::uint64_t> Skeleton::first_directory() const { return integer(big_tiff_ ? 8 : 4, offset_size()); }

std::optional<std::uint64_t> Skeleton::entry_count(std::uint64_t directory) const {
  const auto count = integer(directory, count_size());
  if (!count || *count > bytes_.size() / entry_size()) return {};
  return integer(directory + count_size() + *count * entry_size(), offset_size()) ? count : std::nullopt;
}

std::optional<std::uint64_t> Skeleton::next_directory(std::uint64_t directory) const {
  const auto count = entry_count(directory);
  return count ? integer(directory + count_size() + *count * entry_size(), offset_size()) : std::nullopt;
}

std::optional<Entry> Skeleton::entry(std::uint64_t directory, std::uint64_t index) const {
  const std::uint64_t at = directory + count_size() + index * entry_size();
  Entry entry;
  entry.tag = static_cast<std::uint16_t>(integer(at, 2).value_or(0));
  entry.type = static_cast<std::uint16_t>(integer(at + 2, 2).value_or(0));
  entry.count = integer(at + 4, offset_size()).value_or(0);
  entry.offset = at;
  const std::uint64_t size = size_of_type(entry.type);
  if (size == 0) return {};
  const std::uint64_t place = at + 4 + offset_size();
  const bool inline_values = entry.count <= offset_size() / size;
  entry.place = inline_values ? place : integer(place, offset_size()).value_or(bytes_.size());
  return entry;
}

std::vector<Entry> Skeleton::entries(std::uint64_t directory) const {
  std::vector<Entry> found;
  const std::uint64_t count = std::min(entry_count(directory).value_or(0), most_entries);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t tag = integer(directory + count_size() + i * entry_size(), 2).value_or(0);
    if (!is_one_of(pixel_tags, tag) && !is_one_of(own_tags, tag)) continue;
    if (std::ranges::find(found, tag, &Entry::tag) != found.end()) continue;
    if (const auto wanted = entry(directory, i)) found.push_back(*wanted);
  }
  return found;
}

void Skeleton::put(std::vector<std::byte>& to, std::uint64_t value, std::uint64_t size) const {
  for (std::uint64_t i = 0; i < size; ++i) {
    to.push_back(static_cast<std::byte>(value >> 8 * (big_endian_ ? size - 1 - i : i) & 0xFF));
  }
}

std::vector<std::byte> Skeleton::header(std::uint64_t first_directory) const {
  const Bytes own = bytes_.first(big_tiff_ ? 8 : 4);
  std::vector<std::byte> result(own.begin(), own.end());
  put(result, first_directory, offset_size());
  return result;
}

std::vector<std::byte> Skeleton::reduced(std::uint64_t directory) const {
  std::vector<std::byte> result;
  std::vector<Entry> kept = entries(directory);
  std::erase_if(kept, [](const Entry& e) { return !is_one_of(pixel_tags, e.tag); });
  put(result, kept.size(), count_size());
  for (const Entry& e : kept) {
    const Bytes bytes = bytes_.subspan(static_cast<std::size_t>(e.offset), static_cast<std::size_t>(entry_size()));
    result.insert(result.end(), bytes.begin(), bytes.end());
  }
  put(result, 0, offset_size());
  return result;
}

std::optional<std::uint64_t> Skeleton::value(const Entry& entry, std::uint64_t index) const {
  if (!is_unsigned_integer(entry.type) || index >= entry.count) return {};
  const std::uint64_t size = size_of_type(entry.type);
  if (index > bytes_.size()) return {};
  return integer(entry.place + index * size, size);
}

std::optional<double> Skeleton::number(const Entry& entry) const {
  switch (entry.type) {
    case TIFF_RATIONAL: {
      const auto top = integer(entry.place, 4);
      const auto bottom = integer(entry.place + 4, 4);
      if (!top || !bottom || *bottom == 0) return {};
      return static_cast<double>(*top) / static_cast<double>(*bottom);
    }
    case TIFF_FLOAT: {
      const auto bits = integer(entry.place, 4);
      if (!bits) return {};
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*bits)));
    }
    case TIFF_DOUBLE:
      return real(entry.place);
    default: {
      const auto whole = value(entry);
      return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
    }
  }
}

std::string_view Skeleton::text(const Entry& entry, std::uint64_t longest) const {
  if (size_of_type(entry.type) != 1 || entry.place >= bytes_.size()) return {};
  const std::uint64_t length = std::min({entry.count, bytes_.size() - entry.place, longest});
  const std::string_view all(reinterpret_cast<const char*>(bytes_.data()) + entry.place,
                             static_cast<std::size_t>(length));
  return all.substr(0, all.find('\0'));
}

bool Skeleton::holds(const Entry& entry) const {
  const std::uint64_t size = size_of_type(entry.type);
  return entry.place <= bytes_.size() && entry.count <= (bytes_.size() - entry.place) / size;
}

const Entry* Directory::find(std::uint16_t tag) const {
  const auto found = std::ranges::find(entries_, tag, &Entry::tag);
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> Directory::value(std::uint16_t tag, std::uint64_t index) const {
  const Entry* const entry = find(tag);
  return entry == nullptr ? std::nullopt : skeleton_.value(*entry, index);
}

std::optional<double> Directory::number(std::uint16_t tag) const {
  const Entry* const entry = find(tag);
  return entry == nullptr ? std::nullopt : skeleton_.number(*entry);
}

std::string_view Directory::text(std::uint16_t tag) const {
  const Entry* const entry = find(tag);
  return entry == nullptr ? std::string_view() : skeleton_.text(*entry);
}

bool Directory::uniform(std::uint16_t tag) const {
  const Entry* const entry = find(tag);
  if (entry == nullptr) return true;
  const auto first = skeleton_.value(*entry);
  for (std::uint64_t i = 1; i < std::min<std::uint64_t>(entry->count, most_entries); ++i) {
    if (skeleton_.value(*entry, i) != first) return false;
  }
  return true;
}

Result<Directories> list_directories(const Skeleton& skeleton, Bytes bytes, std::string_view name) {
  if (auto reason = why_not_tiff(bytes, name)) return fail(std::move(*reason));
  const std::string file(name);
  Directories directories;
  std::unordered_set<std::uint64_t> seen;
  auto next = skeleton.first_directory();
  const auto so_far = [&] { return counted(directories.offsets.size(), "page"); };
  while (next && *next != 0) {
    if (directories.offsets.size() == max_pages) {
      directories.note = file + " has more than " + so_far() + "; only those can be opened.";
      break;
    }
    if (!seen.insert(*next).second) {
      directories.note = file + " is damaged: its list of pages runs in a circle after " + so_far() + ".";
      break;
    }
    if (!skeleton.has_directory(*next)) {
      directories.note = file + " is cut off: its list of pages ends after " + so_far() + ".";
      break;
    }
    directories.offsets.push_back(*next);
    next = skeleton.next_directory(*next);
  }
  if (!directories.offsets.empty()) return directories;
  if (next && *next == 0) return fail(file + " is a TIFF without any image in it; a TIFF with at least one is needed.");
  return fail(file + " is cut off: it ends after " + human_size(static_cast<double>(bytes.size())) +
              ", before the directory that says what is in it; copy or export it again.");
}

std::string human_size(double bytes) {
  struct Unit {
    double size;
    const char* name;
  };
  constexpr auto units = std::to_array<Unit>({{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "KB"}});
  const auto unit = std::ranges::find_if(units, [&](const Unit& u) { return bytes >= u.size; });
  std::array<char, 48> text{};
  if (unit == units.end()) {
    std::snprintf(text.data(), text.size(), "%.0f bytes", bytes);
  } else {
    std::snprintf(text.data(), text.size(), "%.1f %s", bytes / unit->size, unit->name);
  }
  return text.data();
}

}  // namespace floodlight::tiff_detail

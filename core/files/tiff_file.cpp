// What reading a TIFF needs before its pixels: the list of its directories, a libtiff handle on memory, page descriptions.
#include "core/files/tiff_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

#include <tiffio.h>

#include "core/files/tiff_sniff.h"

namespace floodlight::tiff_detail {
namespace {

constexpr std::size_t max_pages = 65536;
constexpr int max_samples = 512;

// --- The file's skeleton, read without libtiff: it must be known before libtiff may allocate anything by it.

struct Skeleton {
  Bytes bytes;
  bool big_endian = false;
  bool big_tiff = false;

  std::optional<std::uint64_t> integer(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes.size() || bytes.size() - offset < size) return {};
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::uint64_t at = offset + (big_endian ? i : size - 1 - i);
      value = value << 8 | std::to_integer<std::uint64_t>(bytes[static_cast<std::size_t>(at)]);
    }
    return value;
  }
  std::uint64_t offset_size() const { return big_tiff ? 8 : 4; }
  std::uint64_t count_size() const { return big_tiff ? 8 : 2; }
  std::uint64_t entry_size() const { return big_tiff ? 20 : 12; }
  std::optional<std::uint64_t> first_directory() const { return integer(big_tiff ? 8 : 4, offset_size()); }
  /// The number of entries of a directory that lies wholly in the file.
  std::optional<std::uint64_t> entries(std::uint64_t directory) const {
    const auto count = integer(directory, count_size());
    if (!count || *count > bytes.size() / entry_size()) return {};
    return integer(directory + count_size() + *count * entry_size(), offset_size()) ? count : std::nullopt;
  }
  std::optional<std::uint64_t> next_directory(std::uint64_t directory) const {
    const auto count = entries(directory);
    return count ? integer(directory + count_size() + *count * entry_size(), offset_size()) : std::nullopt;
  }
  /// The first value of an integer tag.
  std::optional<std::uint64_t> tag(std::uint64_t directory, std::uint64_t wanted) const {
    for (std::uint64_t i = 0, n = entries(directory).value_or(0); i < n; ++i) {
      const std::uint64_t entry = directory + count_size() + i * entry_size();
      if (integer(entry, 2) != wanted) continue;
      const std::uint64_t type = integer(entry + 2, 2).value_or(0);
      const std::uint64_t size = type == TIFF_BYTE ? 1 : type == TIFF_SHORT ? 2 : type == TIFF_LONG ? 4 : 8;
      if (size == 8 && type != TIFF_LONG8) return {};
      const std::uint64_t count = integer(entry + 4, offset_size()).value_or(0);
      const std::uint64_t place = entry + 4 + offset_size();
      if (count <= offset_size() / size) return integer(place, size);
      return integer(integer(place, offset_size()).value_or(bytes.size()), size);
    }
    return {};
  }
};

Skeleton skeleton_of(Bytes bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<int>(bytes[i]) : 0; };
  return {.bytes = bytes, .big_endian = at(0) == 'M', .big_tiff = at(2) + at(3) == 43};
}

// --- libtiff's callbacks

template <typename Source>
tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t size) {
  auto& source = *static_cast<Source*>(handle);
  if (size <= 0 || source.position >= source.bytes.size()) return 0;
  const auto count = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), source.bytes.size() - source.position);
  std::memcpy(to, source.bytes.data() + source.position, static_cast<std::size_t>(count));
  source.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t refuse_to_write(thandle_t /*handle*/, void* /*from*/, tmsize_t /*size*/) { return -1; }

template <typename Source>
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& source = *static_cast<Source*>(handle);
  const std::uint64_t base = whence == SEEK_CUR ? source.position : whence == SEEK_END ? source.bytes.size() : 0;
  source.position = base + offset;
  return source.position;
}

int keep_open(thandle_t /*handle*/) { return 0; }

template <typename Source>
toff_t size_of(thandle_t handle) {
  return static_cast<Source*>(handle)->bytes.size();
}

template <typename Source>
int map_bytes(thandle_t handle, void** data, toff_t* size) {
  auto& source = *static_cast<Source*>(handle);
  *data = const_cast<std::byte*>(source.bytes.data());  // libtiff only reads what it maps
  *size = source.bytes.size();
  return 1;
}

void unmap_bytes(thandle_t /*handle*/, void* /*data*/, toff_t /*size*/) {}

// Returning 1 means "dealt with": nothing reaches stderr. The sentences a person reads are ours.
int swallow(tiff* /*handle*/, void* /*user*/, const char* /*module*/, const char* /*format*/, va_list /*rest*/) {
  return 1;
}

// --- What tags mean

template <typename T>
T member_or_default(tiff* handle, std::uint32_t tag, T otherwise) {
  T value = otherwise;
  return TIFFGetFieldDefaulted(handle, tag, &value) != 0 ? value : otherwise;
}

std::optional<PixelType> pixel_type(int format, int bits) {
  const auto pick = [&](PixelType b8, PixelType b16, PixelType b32, PixelType b64) -> std::optional<PixelType> {
    switch (bits) {
      case 8:
        return b8;
      case 16:
        return b16;
      case 32:
        return b32;
      case 64:
        return b64;
      default:
        return {};
    }
  };
  switch (format) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
      if (bits >= 1 && bits < 8) return PixelType::u8;
      if (bits > 8 && bits < 16) return PixelType::u16;
      return pick(PixelType::u8, PixelType::u16, PixelType::u32, PixelType::u64);
    case SAMPLEFORMAT_INT:
      return pick(PixelType::i8, PixelType::i16, PixelType::i32, PixelType::i64);
    case SAMPLEFORMAT_IEEEFP:
      if (bits == 32) return PixelType::f32;
      if (bits == 64) return PixelType::f64;
      return {};
    default:
      return {};
  }
}

std::string format_name(int format, int bits) {
  const std::string size = std::to_string(bits) + "-bit ";
  switch (format) {
    case SAMPLEFORMAT_INT:
      return size + "signed integers";
    case SAMPLEFORMAT_IEEEFP:
      return size + "floating point numbers";
    case SAMPLEFORMAT_COMPLEXINT:
    case SAMPLEFORMAT_COMPLEXIEEEFP:
      return size + "complex numbers";
    default:
      return size + "integers";
  }
}

bool is_readable_compression(int compression) {
  return compression == COMPRESSION_NONE || compression == COMPRESSION_PACKBITS || compression == COMPRESSION_LZW ||
         compression == COMPRESSION_ADOBE_DEFLATE || compression == COMPRESSION_DEFLATE;
}

std::string compression_name(int compression) {
  struct Named {
    int code;
    const char* name;
  };
  constexpr auto names = std::to_array<Named>({
      {2, "CCITT RLE"},    {3, "CCITT fax"},      {4, "CCITT fax"},       {6, "JPEG"},
      {7, "JPEG"},         {9, "JBIG"},           {10, "JBIG"},           {22610, "JPEG XR"},
      {32766, "NeXT RLE"}, {32771, "CCITT RLE"},  {32809, "ThunderScan"}, {32908, "PixarFilm"},
      {32909, "PixarLog"}, {33003, "JPEG 2000"},  {33004, "JPEG 2000"},   {33005, "JPEG 2000"},
      {34661, "JBIG"},     {34676, "SGILog"},     {34677, "SGILog"},      {34712, "JPEG 2000"},
      {34887, "LERC"},     {34892, "lossy JPEG"}, {34925, "LZMA"},        {34926, "Zstandard"},
      {34927, "WebP"},     {34933, "PNG"},        {34934, "JPEG XR"},     {50000, "Zstandard"},
      {50001, "WebP"},     {50002, "JPEG XL"},    {52546, "JPEG XL"},
  });
  const auto found = std::ranges::find(names, compression, &Named::code);
  return found != names.end() ? found->name : "method " + std::to_string(compression);
}

std::optional<double> micrometres(std::string_view unit) {
  struct Unit {
    std::string_view name;
    double um;
  };
  // The micro sign as UTF-8 (two code points look alike), Latin-1, Java escape and XML entities.
  constexpr auto units = std::to_array<Unit>({
      {"um", 1},
      {"\xC2\xB5m", 1},
      {"\xCE\xBCm", 1},
      {"\xB5m", 1},
      {"\\u00B5m", 1},
      {"&#181;m", 1},
      {"&#xB5;m", 1},
      {"micron", 1},
      {"microns", 1},
      {"micrometer", 1},
      {"micrometre", 1},
      {"nm", 1e-3},
      {"mm", 1e3},
      {"cm", 1e4},
      {"m", 1e6},
      {"pm", 1e-6},
      {"inch", 25400},
      {"in", 25400},
  });
  const auto found = std::ranges::find(units, unit, &Unit::name);
  return found != units.end() ? std::optional(found->um) : std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
  const std::string copy(text.substr(0, 40));
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  return end != copy.c_str() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// A resolution passes through a fraction and a float32: 0.65 comes back as 0.650000012.
double six_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return std::strtod(text.data(), nullptr);
}

std::optional<double> pixel_size(tiff* handle, const FileText& text) {
  if (text.pixel_size_um) return text.pixel_size_um;
  float resolution = 0;
  if (TIFFGetField(handle, TIFFTAG_XRESOLUTION, &resolution) == 0) return {};
  if (!(resolution > 0) || !std::isfinite(resolution)) return {};
  const double width = 1.0 / static_cast<double>(resolution);
  if (!text.unit.empty()) {
    const auto unit = micrometres(text.unit);
    return unit ? std::optional(six_digits(width * *unit)) : std::nullopt;
  }
  const auto resolution_unit = member_or_default<std::uint16_t>(handle, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  if (resolution_unit != RESUNIT_INCH && resolution_unit != RESUNIT_CENTIMETER) return {};
  const double um = width * (resolution_unit == RESUNIT_INCH ? 25400.0 : 10000.0);
  // 72 or 300 dots per inch (353 and 85 micrometres) speak of paper, not of a microscope.
  constexpr double smallest_plausible = 0.001;
  constexpr double largest_plausible = 20;
  if (um < smallest_plausible || um > largest_plausible) return {};
  return six_digits(um);
}

// The text between `key` and the first of `stops`, or nothing.
std::optional<std::string_view> text_after(std::string_view text, std::string_view key, std::string_view stops) {
  const std::size_t found = text.find(key);
  if (found == std::string_view::npos) return {};
  const std::string_view rest = text.substr(found + key.size());
  return rest.substr(0, std::min(rest.find_first_of(stops), rest.size()));
}

int parse_count(std::optional<std::string_view> text, int otherwise) {
  const auto value = text ? parse_number(*text) : std::nullopt;
  return value && *value >= 1 && *value <= 1e9 ? static_cast<int>(*value) : otherwise;
}

std::string page_title(const FileText& text, int page, int pages) {
  const std::int64_t planes = std::int64_t{text.channels} * text.slices;
  if (planes > pages || planes * text.frames != pages) return {};
  std::string title;
  int rest = page;
  for (const char axis : text.order) {
    const int size = axis == 'C' ? text.channels : axis == 'Z' ? text.slices : text.frames;
    const char* const word = axis == 'C' ? "channel " : axis == 'Z' ? "slice " : "frame ";
    if (size > 1) title += (title.empty() ? "" : ", ") + (word + std::to_string(rest % size + 1));
    rest /= size;
  }
  return title;
}

}  // namespace

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

Result<Directories> list_directories(Bytes bytes, std::string_view name) {
  if (auto reason = why_not_tiff(bytes, name)) return fail(std::move(*reason));
  const std::string file(name);
  const Skeleton skeleton = skeleton_of(bytes);
  Directories directories;
  directories.big_endian = skeleton.big_endian;
  std::unordered_set<std::uint64_t> seen;
  auto next = skeleton.first_directory();
  const auto so_far = [&] {
    return std::to_string(directories.offsets.size()) + (directories.offsets.size() == 1 ? " page" : " pages");
  };
  while (next && *next != 0) {
    if (directories.offsets.size() == max_pages) {
      directories.note = file + " has more than " + so_far() + "; only those can be opened.";
      break;
    }
    if (!seen.insert(*next).second) {
      directories.note = file + " is damaged: its list of pages runs in a circle after " + so_far() + ".";
      break;
    }
    if (!skeleton.entries(*next)) {
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

TiffHandle::TiffHandle(Bytes bytes) : source_{.bytes = bytes} {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  if (!options) return;
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), swallow, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), swallow, nullptr);
  // libtiff copies tags and at most one strip; nothing honest needs more than the file holds.
  constexpr std::uint64_t slack = std::uint64_t{64} << 20;
  constexpr std::uint64_t largest = std::numeric_limits<tmsize_t>::max();
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(std::min(bytes.size() + slack, largest)));
  // "h": directories are read when asked for, after our own checks; "C": one long strip is read as many short ones.
  handle_.reset(TIFFClientOpenExt("memory", "rhC", &source_, read_bytes<Source>, refuse_to_write, seek<Source>,
                                  keep_open, size_of<Source>, map_bytes<Source>, unmap_bytes, options.get()));
}

bool TiffHandle::go_to(std::uint64_t directory_offset) {
  return handle_ != nullptr && TIFFSetSubDirectory(handle_.get(), directory_offset) != 0;
}

void TiffHandle::Close::operator()(tiff* handle) const { TIFFClose(handle); }

FileText parse_description(std::string_view description) {
  FileText text;
  if (description.starts_with("ImageJ=")) {
    text.unit = std::string(text_after(description, "\nunit=", "\r\n").value_or(""));
    text.images = parse_count(text_after(description, "\nimages=", "\r\n"), 1);
    text.channels = parse_count(text_after(description, "\nchannels=", "\r\n"), 1);
    text.slices = parse_count(text_after(description, "\nslices=", "\r\n"), 1);
    text.frames = parse_count(text_after(description, "\nframes=", "\r\n"), 1);
    return text;
  }
  const std::size_t pixels = description.find("<Pixels");
  const std::size_t prefixed = description.find("<OME:Pixels");
  if (description.find("<OME") == std::string_view::npos || std::min(pixels, prefixed) == std::string_view::npos) {
    return text;
  }
  description.remove_prefix(std::min(pixels, prefixed));
  description = description.substr(0, description.find('>'));
  const auto attribute = [&](std::string_view key) {
    return text_after(description, " " + std::string(key) + "=\"", "\"");
  };
  const auto size = attribute("PhysicalSizeX");
  const auto width = size ? parse_number(*size) : std::nullopt;
  const auto unit = micrometres(attribute("PhysicalSizeXUnit").value_or("um"));
  if (width && unit && *width > 0) text.pixel_size_um = *width * *unit;
  text.significant_bits = parse_count(attribute("SignificantBits"), 0);
  text.channels = parse_count(attribute("SizeC"), 1);
  text.slices = parse_count(attribute("SizeZ"), 1);
  text.frames = parse_count(attribute("SizeT"), 1);
  const std::string_view order = attribute("DimensionOrder").value_or("");
  if (order.size() == 5 && order.starts_with("XY") && order.find_first_not_of("XYCZT") == std::string_view::npos) {
    text.order = std::string(order.substr(2));
  }
  return text;
}

Result<std::unique_ptr<TiffFile>> TiffFile::open(Bytes bytes, std::string_view name) {
  auto directories = list_directories(bytes, name);
  if (!directories) return std::unexpected(std::move(directories.error()));
  std::unique_ptr<TiffFile> file(new TiffFile(bytes, name, std::move(*directories)));
  if (file->handle_.get() == nullptr) {
    return fail(std::string(name) + " is damaged: the beginning of the file makes no sense as a TIFF.");
  }
  file->find_stack();
  return file;
}

TiffFile::TiffFile(Bytes bytes, std::string_view name, Directories directories)
    : bytes_(bytes), name_(name), directories_(std::move(directories)), handle_(bytes) {}

std::string TiffFile::subject(int page) const {
  return pages_ == 1 ? name_ : "Page " + std::to_string(page) + " (counted from 0) of " + name_;
}

void TiffFile::find_stack() {
  pages_ = static_cast<int>(directories_.offsets.size());
  if (!handle_.go_to(directories_.offsets.front())) return;
  const char* description = nullptr;
  if (TIFFGetField(handle(), TIFFTAG_IMAGEDESCRIPTION, &description) != 0 && description != nullptr) {
    text_ = parse_description(description);
  }
  if (pages_ != 1 || text_.images <= 1) return;
  const TiffPage first = describe_directory(0);
  if (!first.problem.empty() || TIFFIsTiled(handle()) != 0) return;
  if (member_or_default<std::uint16_t>(handle(), TIFFTAG_COMPRESSION, COMPRESSION_NONE) != COMPRESSION_NONE) return;
  if (TIFFNumberOfStrips(handle()) == 0) return;
  stack_.offset = TIFFGetStrileOffset(handle(), 0);
  stack_.page_bytes = static_cast<std::uint64_t>(TIFFScanlineSize64(handle())) * static_cast<std::uint64_t>(first.rows);
  if (member_or_default<std::uint16_t>(handle(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) != PLANARCONFIG_CONTIG)
    return;
  // ImageJ and tifffile write the directory first and then nothing but pixels.
  if (stack_.offset < directories_.offsets.front() || stack_.offset >= bytes_.size() || stack_.page_bytes == 0) return;
  std::uint64_t expected = stack_.offset;
  for (std::uint32_t strip = 0; strip < TIFFNumberOfStrips(handle()); ++strip) {
    if (TIFFGetStrileOffset(handle(), strip) != expected) return;
    expected += TIFFGetStrileByteCount(handle(), strip);
  }
  if (expected != stack_.offset + stack_.page_bytes) return;
  const std::uint64_t begun = (bytes_.size() - stack_.offset + stack_.page_bytes - 1) / stack_.page_bytes;
  const auto promised = static_cast<std::uint64_t>(text_.images);
  const std::uint64_t complete = (bytes_.size() - stack_.offset) / stack_.page_bytes;
  pages_ = static_cast<int>(std::clamp<std::uint64_t>(std::min(begun, promised), 1, max_pages));
  stack_.pages = pages_;
  if (complete < promised) {
    directories_.note = name_ + " is cut off: it says it holds " + std::to_string(promised) + " pages, but only " +
                        std::to_string(complete) + " are complete.";
  } else if (promised > max_pages) {
    directories_.note = name_ + " has more than " + std::to_string(max_pages) + " pages; only those can be opened.";
  }
}

TiffPage TiffFile::describe(int page) {
  TiffPage result = describe_directory(stack_.pages > 1 ? 0 : page);
  result.title = page_title(text_, page, pages_);
  return result;
}

TiffPage TiffFile::describe_directory(int page) {
  const std::uint64_t directory = directories_.offsets[static_cast<std::size_t>(page)];
  const Skeleton skeleton = skeleton_of(bytes_);
  const std::string what = subject(page);
  TiffPage result;
  const auto with_problem = [&](std::string sentence) {
    result.problem = std::move(sentence);
    return result;
  };

  const auto width = skeleton.tag(directory, TIFFTAG_IMAGEWIDTH);
  const auto height = skeleton.tag(directory, TIFFTAG_IMAGELENGTH);
  if (!width || !height) {
    return with_problem(what + " is damaged: its directory does not say how " + (width ? "high" : "wide") +
                        " the image is.");
  }
  if (*width == 0 || *height == 0) {
    return with_problem(what + " says it is " + std::to_string(*width) + " x " + std::to_string(*height) +
                        " pixels; an image has at least 1 x 1.");
  }
  constexpr std::uint64_t countable = std::numeric_limits<std::int32_t>::max();
  if (*width > countable || *height > countable) {
    return with_problem(what + " says it is " + std::to_string(*width) + " x " + std::to_string(*height) +
                        " pixels; no image is that large.");
  }
  result.cols = static_cast<int>(*width);
  result.rows = static_cast<int>(*height);
  result.bits =
      static_cast<int>(std::min<std::uint64_t>(skeleton.tag(directory, TIFFTAG_BITSPERSAMPLE).value_or(1), 64));
  const std::uint64_t stated_samples = skeleton.tag(directory, TIFFTAG_SAMPLESPERPIXEL).value_or(1);
  if (stated_samples > max_samples) {
    return with_problem(what + " says that each pixel has " + std::to_string(stated_samples) +
                        " channels; Floodlight reads up to " + std::to_string(max_samples) + ".");
  }

  if (!handle_.go_to(directory)) {
    return with_problem(what + " is damaged: its directory cannot be read; export it again.");
  }
  tiff* const handle = handle_.get();
  const int compression = member_or_default<std::uint16_t>(handle, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  if (!is_readable_compression(compression)) {
    return with_problem(what + " is compressed with " + compression_name(compression) +
                        "; save it uncompressed, or with LZW or Deflate.");
  }
  const int format = member_or_default<std::uint16_t>(handle, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  result.bits = member_or_default<std::uint16_t>(handle, TIFFTAG_BITSPERSAMPLE, 1);
  const auto type = pixel_type(format, result.bits);
  if (!type) {
    return with_problem(what + " stores " + format_name(format, result.bits) +
                        "; save it with 8, 16 or 32 bits, or as 32-bit floating point.");
  }
  result.type = *type;
  const int photometric = member_or_default<std::uint16_t>(handle, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  if (photometric == PHOTOMETRIC_YCBCR) {
    return with_problem(what + " stores its colours as YCbCr; save it as RGB or as grey values.");
  }
  const int samples = member_or_default<std::uint16_t>(handle, TIFFTAG_SAMPLESPERPIXEL, 1);
  std::uint16_t extra_count = 0;
  const std::uint16_t* extras = nullptr;
  int alphas = 0;
  if (TIFFGetField(handle, TIFFTAG_EXTRASAMPLES, &extra_count, &extras) != 0 && extras != nullptr) {
    while (alphas < extra_count && extras[extra_count - 1 - alphas] != EXTRASAMPLE_UNSPECIFIED) ++alphas;
  }
  result.channels = std::max(1, samples - alphas);
  result.rgb = photometric == PHOTOMETRIC_RGB && samples >= 3;
  result.palette = photometric == PHOTOMETRIC_PALETTE;
  result.type_maximum = pixel_type_maximum(result.type);
  const bool is_unsigned = format != SAMPLEFORMAT_INT && format != SAMPLEFORMAT_IEEEFP;
  if (is_unsigned && result.bits < 16) result.type_maximum = std::ldexp(1.0, result.bits) - 1;
  if (is_unsigned && text_.significant_bits >= 1 && text_.significant_bits < result.bits) {
    result.type_maximum = std::ldexp(1.0, text_.significant_bits) - 1;
  }
  result.pixel_size_um = pixel_size(handle, text_);
  return result;
}

}  // namespace floodlight::tiff_detail

// What reading a TIFF needs before its pixels: its pages, described from their directories.
#include "core/files/tiff_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <tiff.h>

namespace floodlight::tiff_detail {
namespace {

constexpr int max_samples = 512;
constexpr std::uint64_t countable = std::numeric_limits<std::int32_t>::max();

// --- What tags mean

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
      if (bits == 16) return PixelType::f16;
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
      {2, "CCITT RLE"},
      {3, "CCITT fax"},
      {4, "CCITT fax"},
      {6, "JPEG"},
      {7, "JPEG"},
      {9, "JBIG"},
      {10, "JBIG"},
      {22610, "JPEG XR"},
      {32766, "NeXT RLE"},
      {32771, "CCITT RLE"},
      {32809, "ThunderScan"},
      {32908, "PixarFilm"},
      {32909, "PixarLog"},
      {33003, "JPEG 2000"},
      {33004, "JPEG 2000"},
      {33005, "JPEG 2000"},
      {34661, "JBIG"},
      {34676, "SGILog"},
      {34677, "SGILog"},
      {34712, "JPEG 2000"},
      {34887, "LERC"},
      {34892, "lossy JPEG"},
      {34925, "LZMA"},
      {34926, "Zstandard"},
      {34927, "WebP"},
      {34933, "PNG"},
      {34934, "JPEG XR"},
      {50000, "Zstandard"},
      {50001, "WebP"},
      {50002, "JPEG XL"},
      {52546, "JPEG XL"},
      {65000, "EER (electron events)"},
      {65001, "EER (electron events)"},
      {65002, "EER (electron events)"},
  });
  const auto found = std::ranges::find(names, compression, &Named::code);
  return found != names.end() ? found->name : "method " + std::to_string(compression);
}

std::string_view name_of_colours(int photometric, std::uint64_t samples, std::uint64_t ink_set) {
  switch (photometric) {
    case PHOTOMETRIC_YCBCR:
      return "YCbCr";
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
    case PHOTOMETRIC_ITULAB:
      return "CIE Lab";
    case PHOTOMETRIC_SEPARATED:
      // Other inks than cyan, magenta, yellow and black are how some programs keep channels.
      return samples >= 4 && ink_set == INKSET_CMYK ? "CMYK" : "";
    default:
      return "";
  }
}

/// How many channels at the end are an alpha.
int alphas_of(const Directory& directory, int photometric, int samples) {
  const Entry* const extras = directory.find(TIFFTAG_EXTRASAMPLES);
  if (extras == nullptr) return 0;
  const auto said = static_cast<int>(std::min<std::uint64_t>(extras->count, static_cast<std::uint64_t>(samples)));
  const bool grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE ||
                    photometric == PHOTOMETRIC_PALETTE;
  const int colours = photometric == PHOTOMETRIC_RGB ? 3 : grey ? 1 : samples;
  // Channels that the list leaves out are no alpha, and stand behind those that it has.
  if (said < samples - colours) return 0;
  int alphas = 0;
  while (alphas < said && directory.value(TIFFTAG_EXTRASAMPLES, static_cast<std::uint64_t>(said - 1 - alphas))
                                  .value_or(EXTRASAMPLE_UNSPECIFIED) != EXTRASAMPLE_UNSPECIFIED) {
    ++alphas;
  }
  return alphas;
}

int parse_count(std::optional<std::string_view> text, int otherwise) {
  const auto value = text ? leading_number(*text) : std::nullopt;
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

/// The product of a JSON list of whole numbers; 0 when it is none.
std::int64_t product_of(std::string_view list) {
  std::int64_t product = 1;
  while (!list.empty()) {
    const auto value = leading_number(list);
    if (!value || *value < 1 || *value > 1e9 || *value != std::floor(*value)) return 0;
    product *= static_cast<std::int64_t>(*value);
    if (product > std::int64_t{1} << 40) return 0;
    const std::size_t comma = list.find(',');
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return product;
}

}  // namespace

FileText parse_description(std::string_view description) {
  FileText text;
  if (description.starts_with("ImageJ=")) {
    text.images = parse_count(text_after(description, "\nimages=", "\r\n"), 1);
    text.channels = parse_count(text_after(description, "\nchannels=", "\r\n"), 1);
    text.slices = parse_count(text_after(description, "\nslices=", "\r\n"), 1);
    text.frames = parse_count(text_after(description, "\nframes=", "\r\n"), 1);
    return text;
  }
  if (description.starts_with("{\"shape\":")) {
    if (const auto list = text_after(description, "[", "]")) text.values = product_of(*list);
    return text;
  }
  const auto pixels = ome_pixels(description);
  if (!pixels) return text;
  text.ome = true;
  const auto count = [&](std::string_view name, int otherwise) {
    return parse_count(attribute(*pixels, name), otherwise);
  };
  text.significant_bits = count("SignificantBits", 0);
  text.channels = count("SizeC", 1);
  text.slices = count("SizeZ", 1);
  text.frames = count("SizeT", 1);
  const std::string_view order = attribute(*pixels, "DimensionOrder").value_or("");
  if (order.size() == 5 && order.starts_with("XY") && order.find_first_not_of("XYCZT") == std::string_view::npos) {
    text.order = std::string(order.substr(2));
  }
  return text;
}

Result<std::unique_ptr<TiffFile>> TiffFile::open(Bytes bytes, std::string_view name) {
  std::unique_ptr<TiffFile> file(new TiffFile(bytes, name));
  auto directories = list_directories(file->skeleton_, bytes, name);
  if (!directories) return std::unexpected(std::move(directories.error()));
  file->directories_ = std::move(*directories);
  file->find_stack();
  return file;
}

TiffFile::TiffFile(Bytes bytes, std::string_view name)
    : bytes_(bytes), name_(name), skeleton_(bytes), handle_(skeleton_, bytes) {}

std::uint64_t TiffFile::directory_of(int page) const {
  return directories_.offsets[stack_.pages > 1 ? 0 : static_cast<std::size_t>(page)];
}

std::string TiffFile::subject(int page) const {
  return pages_ == 1 ? name_ : "Page " + std::to_string(page) + " (counted from 0) of " + name_;
}

void TiffFile::find_stack() {
  pages_ = static_cast<int>(directories_.offsets.size());
  const Directory directory(skeleton_, directories_.offsets.front());
  const std::string_view description = directory.text(TIFFTAG_IMAGEDESCRIPTION);
  text_ = parse_description(description);
  pixel_size_ = pixel_size_of(directory, description);
  lsm_ = directory.find(zeiss_lsm_tag) != nullptr;
  const TiffPage first = describe_directory(0);
  first_cols_ = first.cols;
  if (pages_ != 1 || !first.problem.empty() || first.planar || directory.find(TIFFTAG_TILEWIDTH) != nullptr) return;
  if (directory.value(TIFFTAG_COMPRESSION).value_or(COMPRESSION_NONE) != COMPRESSION_NONE) return;
  const auto values = std::int64_t{first.rows} * first.cols * first.samples;
  std::int64_t promised = text_.images;
  if (const Entry* const planes = directory.find(metamorph_planes_tag)) {
    promised = static_cast<std::int64_t>(std::min<std::uint64_t>(planes->count, countable));
  } else if (text_.values > values && text_.values % values == 0) {
    promised = text_.values / values;
  }
  text_.images = promised;
  if (promised <= 1) return;
  const Entry* const offsets = directory.find(TIFFTAG_STRIPOFFSETS);
  const Entry* const lengths = directory.find(TIFFTAG_STRIPBYTECOUNTS);
  if (offsets == nullptr || lengths == nullptr || offsets->count == 0 || !skeleton_.holds(*offsets)) return;
  const auto row_bits = static_cast<std::uint64_t>(first.cols) * static_cast<std::uint64_t>(first.samples) *
                        static_cast<std::uint64_t>(first.bits);
  stack_.offset = skeleton_.value(*offsets).value_or(0);
  stack_.page_bytes = (row_bits + 7) / 8 * static_cast<std::uint64_t>(first.rows);
  if (stack_.offset == 0 || stack_.offset >= bytes_.size() || stack_.page_bytes == 0) return;
  // ImageJ and tifffile write the directory first and then nothing but pixels; MetaMorph writes it last.
  const bool last = directories_.offsets.front() > stack_.offset;
  if (last && directory.find(metamorph_planes_tag) == nullptr) return;
  std::uint64_t expected = stack_.offset;
  for (std::uint64_t strip = 0; strip < offsets->count; ++strip) {
    if (skeleton_.value(*offsets, strip) != expected) return;
    expected += skeleton_.value(*lengths, strip).value_or(0);
  }
  // tifffile counts the bytes of all pages where one strip holds them.
  if (expected - stack_.offset != stack_.page_bytes &&
      expected - stack_.offset != stack_.page_bytes * static_cast<std::uint64_t>(promised)) {
    return;
  }
  const std::uint64_t end = last ? directories_.offsets.front() : bytes_.size();
  const std::uint64_t begun = (end - stack_.offset + stack_.page_bytes - 1) / stack_.page_bytes;
  const std::uint64_t complete = (end - stack_.offset) / stack_.page_bytes;
  const auto wanted = static_cast<std::uint64_t>(promised);
  pages_ = static_cast<int>(std::clamp<std::uint64_t>(std::min(begun, wanted), 1, max_pages));
  stack_.pages = pages_;
  if (complete < wanted) {
    directories_.note = name_ + " is cut off: it says it holds " + std::to_string(promised) + " pages, but only " +
                        std::to_string(complete) + " are complete.";
  } else if (wanted > max_pages) {
    directories_.note = name_ + " has more than " + std::to_string(max_pages) + " pages; only those can be opened.";
  }
}

PagesKept TiffFile::kept() const {
  if (stack_.pages > 1) return PagesKept::stack;
  const bool several = pages_ > 1 || text_.images > 1 || text_.ome;
  return several ? PagesKept::directories : PagesKept::alone;
}

TiffPage TiffFile::describe(int page) const {
  TiffPage result = describe_directory(page);
  result.kept = kept();
  if (const std::string title = page_title(text_, page, pages_); !title.empty()) result.title = title;
  return result;
}

TiffPage TiffFile::describe_directory(int page) const {
  const Directory directory(skeleton_, directory_of(page));
  const std::string what = subject(page);
  TiffPage result;
  const auto with_problem = [&](std::string sentence) {
    result.problem = std::move(sentence);
    return result;
  };

  const auto width = directory.value(TIFFTAG_IMAGEWIDTH);
  const auto height = directory.value(TIFFTAG_IMAGELENGTH);
  if (!width || !height) {
    return with_problem(what + " is damaged: its directory does not say how " + (width ? "high" : "wide") +
                        " the image is.");
  }
  if (*width == 0 || *height == 0) {
    return with_problem(what + " says it is " + std::to_string(*width) + " x " + std::to_string(*height) +
                        " pixels; an image has at least 1 x 1.");
  }
  if (*width > countable || *height > countable) {
    return with_problem(what + " says it is " + std::to_string(*width) + " x " + std::to_string(*height) +
                        " pixels; no image is that large.");
  }
  result.cols = static_cast<int>(*width);
  result.rows = static_cast<int>(*height);
  const auto small = [&](std::uint16_t tag, std::uint64_t otherwise) {
    return static_cast<int>(std::min<std::uint64_t>(directory.value(tag).value_or(otherwise), 65535));
  };
  const std::uint64_t stated_samples = directory.value(TIFFTAG_SAMPLESPERPIXEL).value_or(1);
  if (stated_samples > max_samples || stated_samples == 0) {
    return with_problem(what + " says that each pixel has " + std::to_string(stated_samples) +
                        " channels; Floodlight reads up to " + std::to_string(max_samples) + ".");
  }
  const int samples = static_cast<int>(stated_samples);
  result.bits = small(TIFFTAG_BITSPERSAMPLE, 1);
  result.samples = samples;
  result.channels = samples;
  if (!directory.uniform(TIFFTAG_BITSPERSAMPLE) || !directory.uniform(TIFFTAG_SAMPLEFORMAT)) {
    return with_problem(what + " stores its channels in different types; save them in one.");
  }
  const int format = small(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  const auto type = pixel_type(format, result.bits);
  result.known = type.has_value();
  if (type) result.type = *type;
  const int compression = small(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  if (!is_readable_compression(compression)) {
    return with_problem(what + " is compressed with " + compression_name(compression) +
                        "; save it uncompressed, or with LZW or Deflate.");
  }
  if (!type) {
    return with_problem(what + " stores " + format_name(format, result.bits) +
                        "; save it with 8, 16 or 32 bits, or as 32-bit floating point.");
  }
  const int photometric = small(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  const std::uint64_t ink_set = directory.value(TIFFTAG_INKSET).value_or(INKSET_CMYK);
  if (const auto colours = name_of_colours(photometric, stated_samples, ink_set); !colours.empty()) {
    return with_problem(what + " stores its colours as " + std::string(colours) +
                        "; save it as RGB or as grey values.");
  }
  result.channels = std::max(1, samples - alphas_of(directory, photometric, samples));
  result.planar = samples > 1 && small(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  result.rgb = photometric == PHOTOMETRIC_RGB && samples >= 3;
  result.palette = photometric == PHOTOMETRIC_PALETTE;
  result.white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;
  result.type_maximum = pixel_type_maximum(result.type);
  const bool is_unsigned = format != SAMPLEFORMAT_INT && format != SAMPLEFORMAT_IEEEFP;
  if (is_unsigned && result.bits < 16) result.type_maximum = std::ldexp(1.0, result.bits) - 1;
  if (is_unsigned && text_.significant_bits >= 1 && text_.significant_bits < result.bits) {
    result.type_maximum = std::ldexp(1.0, text_.significant_bits) - 1;
  }
  const bool reduced = (directory.value(TIFFTAG_SUBFILETYPE).value_or(0) & FILETYPE_REDUCEDIMAGE) != 0;
  if (reduced && page > 0) result.title = lsm_ ? "thumbnail" : "lower resolution";
  if (const auto size =
          pixel_size_ ? pixel_size_ : pixel_size_of(directory, directory.text(TIFFTAG_IMAGEDESCRIPTION))) {
    // A page that is a smaller version of the first shows the same specimen with larger pixels.
    const double scale = reduced && page > 0 && first_cols_ > 0 ? static_cast<double>(first_cols_) / result.cols : 1;
    result.pixel_size_um = size->width * scale;
    const double height_um = size->height * scale;
    constexpr double same = 1e-5;
    if (std::abs(height_um - *result.pixel_size_um) > same * height_um) result.pixel_height_um = height_um;
  }
  return result;
}

}  // namespace floodlight::tiff_detail

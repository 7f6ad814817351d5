// From results to a TIFF's bytes.
#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <utility>

#include <tiffio.h>

#include "core/base/json.h"
#include "core/base/version.h"
#include "core/base/words.h"
#include "core/files/tiff.h"

namespace floodlight {
namespace {

// A file that grows in memory, as libtiff sees it.
struct Growing {
  std::vector<std::byte> bytes;
  std::uint64_t position = 0;
};

tmsize_t write_bytes(thandle_t handle, void* from, tmsize_t size) {
  auto& file = *static_cast<Growing*>(handle);
  if (size <= 0) return 0;
  const std::uint64_t end = file.position + static_cast<std::uint64_t>(size);
  try {
    if (end > file.bytes.size()) file.bytes.resize(static_cast<std::size_t>(end));
  } catch (const std::bad_alloc&) {
    return -1;  // an exception must not cross libtiff's C
  }
  std::memcpy(file.bytes.data() + file.position, from, static_cast<std::size_t>(size));
  file.position = end;
  return size;
}

tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t size) {
  auto& file = *static_cast<Growing*>(handle);
  if (size <= 0 || file.position >= file.bytes.size()) return 0;
  const auto count = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), file.bytes.size() - file.position);
  std::memcpy(to, file.bytes.data() + file.position, static_cast<std::size_t>(count));
  file.position += count;
  return static_cast<tmsize_t>(count);
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& file = *static_cast<Growing*>(handle);
  const std::uint64_t base = whence == SEEK_CUR ? file.position : whence == SEEK_END ? file.bytes.size() : 0;
  file.position = base + offset;
  return file.position;
}

toff_t size_of(thandle_t handle) { return static_cast<Growing*>(handle)->bytes.size(); }
int keep_open(thandle_t /*handle*/) { return 0; }
int swallow(TIFF* /*handle*/, void* /*user*/, const char* /*module*/, const char* /*format*/, va_list /*rest*/) {
  return 1;
}

struct CloseTiff {
  void operator()(TIFF* handle) const { TIFFClose(handle); }
};
using TiffWriter = std::unique_ptr<TIFF, CloseTiff>;

TiffWriter open_for_writing(Growing& file, bool big) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  if (!options) return nullptr;
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), swallow, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), swallow, nullptr);
  return TiffWriter(TIFFClientOpenExt("memory", big ? "wl8" : "wl", &file, read_bytes, write_bytes, seek, keep_open,
                                      size_of, nullptr, nullptr, options.get()));
}

bool set_fields(TIFF* tiff, int rows, int cols, int bits, int format, int rows_per_strip,
                const TiffWriteOptions& options) {
  // libtiff takes its values through `...`; these are the widths it reads.
  bool done = TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(cols)) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(rows)) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, format) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_SOFTWARE, ("Floodlight " + std::string(version())).c_str()) != 0;
  done &= TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(rows_per_strip)) != 0;
  if (options.pixel_size_um && *options.pixel_size_um > 0) {
    // ImageJ takes the unit from the description and then the resolution as pixels per that unit.
    const double per_um = 1.0 / *options.pixel_size_um;
    const double per_um_down = 1.0 / options.pixel_height_um.value_or(*options.pixel_size_um);
    done &= TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "ImageJ=1.53t\nunit=um\n") != 0;
    done &= TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE) != 0;
    done &= TIFFSetField(tiff, TIFFTAG_XRESOLUTION, per_um) != 0;
    done &= TIFFSetField(tiff, TIFFTAG_YRESOLUTION, per_um_down) != 0;
  }
  return done;
}

/// Writes an image whose pixels become `Stored` by `convert`.
template <typename Stored, typename T, typename Convert>
Result<std::vector<std::byte>> encode(ImageView<const T> image, int format, const TiffWriteOptions& options,
                                      Convert convert) {
  if (image.empty()) return fail("There is nothing to save: the image has no pixels; it needs at least 1 x 1.");
  constexpr std::size_t strip_bytes = 65536;
  // Deflate may grow what it cannot compress, by less than this margin.
  constexpr std::uint64_t classic_limit = 4'000'000'000;
  const std::size_t row_bytes = static_cast<std::size_t>(image.cols()) * sizeof(Stored);
  const std::size_t rows_per_strip =
      std::clamp<std::size_t>(strip_bytes / row_bytes, 1, static_cast<std::size_t>(image.rows()));
  Growing file;
  TiffWriter tiff = open_for_writing(file, image.size() * sizeof(Stored) > classic_limit);
  bool done =
      tiff != nullptr && set_fields(tiff.get(), image.rows(), image.cols(), static_cast<int>(8 * sizeof(Stored)),
                                    format, static_cast<int>(rows_per_strip), options);
  std::vector<Stored> strip;
  const std::span<const T> pixels = image.pixels();
  const std::size_t strip_pixels = rows_per_strip * static_cast<std::size_t>(image.cols());
  for (std::size_t first = 0, index = 0; done && first < pixels.size(); first += strip_pixels, ++index) {
    const std::span<const T> part = pixels.subspan(first, std::min(strip_pixels, pixels.size() - first));
    strip.resize(part.size());
    std::ranges::transform(part, strip.begin(), convert);
    done = TIFFWriteEncodedStrip(tiff.get(), static_cast<std::uint32_t>(index), strip.data(),
                                 static_cast<tmsize_t>(strip.size() * sizeof(Stored))) >= 0;
  }
  done = done && TIFFFlush(tiff.get()) != 0;
  tiff.reset();
  if (!done) return fail("The image could not be saved as a TIFF: there was not enough memory for the file.");
  return std::move(file.bytes);
}

template <typename Stored>
Result<std::vector<std::byte>> encode_whole_numbers(FloatView image, PixelType type, const TiffWriteOptions& options) {
  const double maximum = pixel_type_maximum(type);  // compared as doubles: no float32 is 2^32 - 1
  const std::span<const float> pixels = image.pixels();
  const auto bad = std::ranges::find_if_not(
      pixels, [maximum](double value) { return value >= 0 && value <= maximum && value == std::floor(value); });
  if (bad != pixels.end()) {
    const auto at = static_cast<int>(bad - pixels.begin());
    return fail("The pixel at " + row_and_column({at / image.cols(), at % image.cols()}) + " is " +
                shortest(static_cast<double>(*bad)) + ", but " + std::string(pixel_type_name(type)) +
                " holds whole numbers from 0 to " + shortest(maximum) + "; save the image as float32.");
  }
  return encode<Stored>(image, SAMPLEFORMAT_UINT, options, [](float value) { return static_cast<Stored>(value); });
}

}  // namespace

Result<std::vector<std::byte>> encode_label_tiff(LabelView labels, LabelDepth depth, const TiffWriteOptions& options) {
  if (!labels.empty()) {
    const auto [smallest, largest] = std::ranges::minmax(labels.pixels());
    if (smallest < 0) {
      return fail("Labels are saved as unsigned integers, but there is a label " + std::to_string(smallest) +
                  "; labels start at 1, with 0 for the background.");
    }
    if (depth == LabelDepth::u16 && largest > std::numeric_limits<std::uint16_t>::max()) {
      return fail("Labels up to " + std::to_string(largest) +
                  " do not fit into 16 bits (65535 at most); save them as " + "uint32.");
    }
  }
  if (depth == LabelDepth::u16) {
    return encode<std::uint16_t>(labels, SAMPLEFORMAT_UINT, options,
                                 [](Label label) { return static_cast<std::uint16_t>(label); });
  }
  return encode<std::uint32_t>(labels, SAMPLEFORMAT_UINT, options,
                               [](Label label) { return static_cast<std::uint32_t>(label); });
}

Result<std::vector<std::byte>> encode_mask_tiff(MaskView mask, const TiffWriteOptions& options) {
  return encode<std::uint8_t>(mask, SAMPLEFORMAT_UINT, options,
                              [](std::uint8_t value) { return static_cast<std::uint8_t>(value != 0 ? 255 : 0); });
}

Result<std::vector<std::byte>> encode_float_tiff(FloatView image, const TiffWriteOptions& options) {
  return encode<float>(image, SAMPLEFORMAT_IEEEFP, options, [](float value) { return value; });
}

Result<std::vector<std::byte>> encode_intensity_tiff(FloatView image, PixelType type, const TiffWriteOptions& options) {
  switch (type) {
    case PixelType::u8:
      return encode_whole_numbers<std::uint8_t>(image, type, options);
    case PixelType::u16:
      return encode_whole_numbers<std::uint16_t>(image, type, options);
    case PixelType::u32:
      return encode_whole_numbers<std::uint32_t>(image, type, options);
    case PixelType::f32:
      return encode_float_tiff(image, options);
    case PixelType::u64:
    case PixelType::i8:
    case PixelType::i16:
    case PixelType::i32:
    case PixelType::i64:
    case PixelType::f64:
    case PixelType::f16:
      break;
  }
  return fail("Images are saved as uint8, uint16, uint32 or float32, not as " + std::string(pixel_type_name(type)) +
              ".");
}

}  // namespace floodlight

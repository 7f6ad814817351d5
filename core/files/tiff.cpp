// What a TIFF holds: its pages and their pixel types.
#include "core/files/tiff.h"

#include <cmath>
#include <memory>
#include <utility>

#include "core/files/tiff_file.h"

namespace floodlight {

std::string_view pixel_type_name(PixelType type) {
  switch (type) {
    case PixelType::u8:
      return "uint8";
    case PixelType::u16:
      return "uint16";
    case PixelType::u32:
      return "uint32";
    case PixelType::u64:
      return "uint64";
    case PixelType::i8:
      return "int8";
    case PixelType::i16:
      return "int16";
    case PixelType::i32:
      return "int32";
    case PixelType::i64:
      return "int64";
    case PixelType::f32:
      return "float32";
    case PixelType::f64:
      return "float64";
    case PixelType::f16:
      return "float16";
  }
  std::unreachable();
}

double pixel_type_maximum(PixelType type) {
  switch (type) {
    case PixelType::u8:
      return 255;
    case PixelType::u16:
      return 65535;
    case PixelType::u32:
      return 4294967295.0;
    case PixelType::u64:
      return std::ldexp(1.0, 64) - 2048;  // the largest double below 2^64
    case PixelType::i8:
      return 127;
    case PixelType::i16:
      return 32767;
    case PixelType::i32:
      return 2147483647.0;
    case PixelType::i64:
      return std::ldexp(1.0, 63) - 2048;  // 64-bit values are looked at in steps of 2048
    case PixelType::f32:
    case PixelType::f64:
    case PixelType::f16:
      return 0;
  }
  std::unreachable();
}

Result<TiffInfo> inspect_tiff(std::span<const std::byte> bytes, std::string_view name) {
  auto file = tiff_detail::TiffFile::open(bytes, name);
  if (!file) return std::unexpected(std::move(file.error()));
  TiffInfo info;
  info.note = (*file)->note();
  info.pages.reserve(static_cast<std::size_t>((*file)->pages()));
  for (int page = 0; page < (*file)->pages(); ++page) info.pages.push_back((*file)->describe(page));
  return info;
}

}  // namespace floodlight

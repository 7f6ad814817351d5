// libFuzzer: whatever the bytes, reading them as a TIFF ends with an image or a sentence.
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/files/tiff.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace floodlight;
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  // Small limits keep one input short; what they guard is the same code.
  constexpr TiffLimits limits{.max_side = 300};
  constexpr int pages_tried = 4;
  const auto info = inspect_tiff(bytes, "fuzz.tif");
  if (!info) {
    if (info.error().message.empty() || read_tiff(bytes, "fuzz.tif", {}, limits)) __builtin_trap();
    return 0;
  }
  for (int page = 0; page < static_cast<int>(info->pages.size()) && page < pages_tried; ++page) {
    const TiffPage& described = info->pages[static_cast<std::size_t>(page)];
    for (const int channel : {TiffSelection::default_channel, described.channels - 1}) {
      const auto image = read_tiff(bytes, "fuzz.tif", {.page = page, .channel = channel}, limits);
      if (!image) {
        if (image.error().message.empty()) __builtin_trap();
        continue;
      }
      if (!described.problem.empty() || image->pixels.rows() != described.rows || image->type != described.type) {
        __builtin_trap();
      }
    }
    if (const auto labels = read_label_tiff(bytes, "fuzz.tif", page, limits);
        !labels && labels.error().message.empty()) {
      __builtin_trap();
    }
  }
  return 0;
}

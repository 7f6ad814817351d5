// A libtiff handle on memory that is shown no more of a directory than the pixels need.
#include "core/files/tiff_handle.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <limits>

#include <tiffio.h>

namespace floodlight::tiff_detail {
namespace {

// --- libtiff's callbacks

/// Copies from the header, from the file and, behind its end, from the directory.
template <typename Source>
tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t size) {
  auto& source = *static_cast<Source*>(handle);
  if (size <= 0) return 0;
  auto wanted = static_cast<std::uint64_t>(size);
  std::uint64_t done = 0;
  // `from` begins at `start` of what libtiff takes for the file.
  const auto copy = [&](Bytes from, std::uint64_t start) {
    if (wanted == 0 || source.position < start || source.position - start >= from.size()) return;
    const std::uint64_t count = std::min<std::uint64_t>(wanted, from.size() - (source.position - start));
    std::memcpy(static_cast<std::byte*>(to) + done, from.data() + (source.position - start),
                static_cast<std::size_t>(count));
    done += count;
    wanted -= count;
    source.position += count;
  };
  copy(source.header, 0);
  copy(source.bytes, 0);
  copy(source.directory, source.bytes.size());
  return static_cast<tmsize_t>(done);
}

tmsize_t refuse_to_write(thandle_t /*handle*/, void* /*from*/, tmsize_t /*size*/) { return -1; }

template <typename Source>
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& source = *static_cast<Source*>(handle);
  const std::uint64_t base = whence == SEEK_CUR ? source.position : whence == SEEK_END ? source.size() : 0;
  source.position = base + offset;
  return source.position;
}

int keep_open(thandle_t /*handle*/) { return 0; }

template <typename Source>
toff_t size_of(thandle_t handle) {
  return static_cast<Source*>(handle)->size();
}

// Returning 1 means "dealt with": nothing reaches stderr. The sentences a person reads are ours.
int swallow(tiff* /*handle*/, void* /*user*/, const char* /*module*/, const char* /*format*/, va_list /*rest*/) {
  return 1;
}

}  // namespace

TiffHandle::TiffHandle(const Skeleton& skeleton, Bytes bytes)
    : skeleton_(skeleton), source_{.bytes = bytes, .header = {}, .directory = {}} {}

bool TiffHandle::go_to(std::uint64_t directory_offset) {
  handle_.reset();
  source_.position = 0;
  source_.directory = skeleton_.reduced(directory_offset);
  // A directory starts at an even place.
  const std::uint64_t odd = source_.bytes.size() % 2;
  if (odd != 0) source_.directory.insert(source_.directory.begin(), std::byte{0});
  source_.header = skeleton_.header(source_.bytes.size() + odd);
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  if (!options) return false;
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), swallow, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), swallow, nullptr);
  constexpr std::uint64_t slack = std::uint64_t{8} << 20;
  constexpr std::uint64_t largest = std::numeric_limits<tmsize_t>::max();
  const auto most = static_cast<tmsize_t>(std::min(3 * std::uint64_t{source_.bytes.size()} + slack, largest));
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most);
  TIFFOpenOptionsSetMaxCumulatedMemAlloc(options.get(), most);
  // "C": one long strip is read as many short ones; "m": not mapped, for the directory is no part of the file.
  handle_.reset(TIFFClientOpenExt("memory", "rCm", &source_, read_bytes<Source>, refuse_to_write, seek<Source>,
                                  keep_open, size_of<Source>, nullptr, nullptr, options.get()));
  return handle_ != nullptr;
}

void TiffHandle::Close::operator()(tiff* handle) const { TIFFClose(handle); }

}  // namespace floodlight::tiff_detail

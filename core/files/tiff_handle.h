// A libtiff handle on memory that is shown no more of a directory than the pixels need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/files/tiff_skeleton.h"

struct tiff;

namespace floodlight::tiff_detail {

/// Reads the file's bytes, which it borrows, and keeps libtiff's messages to itself. It is positioned on one directory
/// at a time: a reduced copy of it (Skeleton::reduced), which stands as if behind the end of the file and were its only
/// one. libtiff may allocate three times the file's size and 8 MB in all, for lists of strips and for compressed bytes; what decoded
/// pixels need is the caller's.
class TiffHandle {
 public:
  TiffHandle(const Skeleton& skeleton, Bytes bytes);
  ~TiffHandle() = default;
  TiffHandle(const TiffHandle&) = delete;
  TiffHandle& operator=(const TiffHandle&) = delete;
  /// False when the directory at this offset cannot be read.
  bool go_to(std::uint64_t directory_offset);
  [[nodiscard]] tiff* get() const { return handle_.get(); }

 private:
  struct Source {
    Bytes bytes;
    std::vector<std::byte> header;     ///< in place of the file's own
    std::vector<std::byte> directory;  ///< behind the file
    std::uint64_t position = 0;
    [[nodiscard]] std::uint64_t size() const { return bytes.size() + directory.size(); }
  };
  struct Close {
    void operator()(tiff* handle) const;
  };
  const Skeleton& skeleton_;
  Source source_;
  std::unique_ptr<tiff, Close> handle_;
};

}  // namespace floodlight::tiff_detail

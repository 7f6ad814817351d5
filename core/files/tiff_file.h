// What reading a TIFF needs before its pixels: the list of its directories, a libtiff handle on memory, page descriptions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/tiff.h"

struct tiff;

namespace floodlight::tiff_detail {

using Bytes = std::span<const std::byte>;

/// The directories of a file in order. Follows the chain itself, so that a circle or a broken link costs only the rest.
struct Directories {
  std::vector<std::uint64_t> offsets;  ///< never empty
  std::string note;
  bool big_endian = false;
};
Result<Directories> list_directories(Bytes bytes, std::string_view name);

/// A libtiff handle that reads `bytes`, which it borrows, and keeps libtiff's messages to itself. It is positioned on
/// one directory at a time.
class TiffHandle {
 public:
  explicit TiffHandle(Bytes bytes);
  TiffHandle(const TiffHandle&) = delete;
  TiffHandle& operator=(const TiffHandle&) = delete;
  /// False when the directory at this offset cannot be read.
  bool go_to(std::uint64_t directory_offset);
  [[nodiscard]] tiff* get() const { return handle_.get(); }

 private:
  struct Source {
    Bytes bytes;
    std::uint64_t position = 0;
  };
  struct Close {
    void operator()(tiff* handle) const;
  };
  Source source_;
  std::unique_ptr<tiff, Close> handle_;
};

/// A file whose one directory stands for many pages that follow each other (ImageJ above 4 GB).
struct Stack {
  std::uint64_t offset = 0;  ///< of the first page's pixels; the others follow without gaps
  std::uint64_t page_bytes = 0;
  int pages = 1;
};

/// What a file's first description says about all its pages.
struct FileText {
  std::string unit;                     ///< ImageJ's `unit=`
  std::optional<double> pixel_size_um;  ///< OME PhysicalSizeX
  int significant_bits = 0;             ///< OME SignificantBits, 0 when absent
  int channels = 1;
  int slices = 1;
  int frames = 1;
  std::string order = "CZT";  ///< which of channel, slice (Z), frame (T) varies fastest
  std::int64_t images = 1;    ///< ImageJ's `images=`
  bool ome = false;           ///< OME-XML, which may speak of planes in other files
};
FileText parse_description(std::string_view description);

/// An opened file, its directories and what it says about itself.
class TiffFile {
 public:
  static Result<std::unique_ptr<TiffFile>> open(Bytes bytes, std::string_view name);
  [[nodiscard]] int pages() const { return pages_; }
  [[nodiscard]] const std::string& note() const { return directories_.note; }
  [[nodiscard]] bool big_endian() const { return directories_.big_endian; }
  /// How the pages lie in the file.
  [[nodiscard]] PagesKept kept() const;
  /// Pages after the first that have no directory of their own; `pages` is 1 when there are none.
  [[nodiscard]] const Stack& stack() const { return stack_; }
  [[nodiscard]] tiff* handle() const { return handle_.get(); }
  [[nodiscard]] Bytes bytes() const { return bytes_; }
  /// The file's name, with the page where there are several: "page 2 (counted from 0) of cells.tif".
  [[nodiscard]] std::string subject(int page) const;
  /// Goes to a page and describes it; sizes are checked only for being at least 1 and countable.
  TiffPage describe(int page);

 private:
  TiffFile(Bytes bytes, std::string_view name, Directories directories);
  void find_stack();
  TiffPage describe_directory(int page);

  Bytes bytes_;
  std::string name_;
  Directories directories_;
  TiffHandle handle_;
  FileText text_;
  Stack stack_;
  int pages_ = 1;
};

/// "16.9 GB", as a person says it (1 GB = 10^9 bytes).
std::string human_size(double bytes);

}  // namespace floodlight::tiff_detail

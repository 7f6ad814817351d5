// What reading a TIFF needs before its pixels: its pages, described from their directories.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/pixel_size.h"
#include "core/files/tiff.h"
#include "core/files/tiff_handle.h"
#include "core/files/tiff_skeleton.h"

namespace floodlight::tiff_detail {

/// A file whose one directory stands for many pages that follow each other (ImageJ above 4 GB, MetaMorph's STK, arrays
/// that tifffile writes with their shape in the description).
struct Stack {
  std::uint64_t offset = 0;  ///< of the first page's pixels; the others follow without gaps
  std::uint64_t page_bytes = 0;
  int pages = 1;
};

/// What a file's first description says about all its pages.
struct FileText {
  int significant_bits = 0;  ///< OME SignificantBits, 0 when absent
  int channels = 1;
  int slices = 1;
  int frames = 1;
  std::string order = "CZT";  ///< which of channel, slice (Z), frame (T) varies fastest
  std::int64_t images = 1;    ///< ImageJ's `images=`
  std::int64_t values = 0;    ///< as many as an array has whose shape tifffile wrote down; 0 when there is none
  bool ome = false;           ///< OME-XML, which may speak of planes in other files
};
FileText parse_description(std::string_view description);

/// Where the pixels of a page lie: strips or tiles, as its directory lists them.
struct Pieces {
  bool tiled = false;
  bool planar = false;
  int rows = 0;  ///< of a piece; those at the lower edge may be shorter when they are strips
  int cols = 0;
  std::uint64_t count = 0;      ///< of all planes
  std::uint64_t row_bytes = 0;  ///< of a piece, decoded
  int compression = 1;
};

/// "cells.tif is cut off after 3 of 520 rows; copy or export it again."
std::string cut_off_sentence(const std::string& what, std::uint64_t rows, int of);

/// An opened file, its directories and what it says about itself. Opening costs O(directories); a page is described from
/// its directory alone, without libtiff.
class TiffFile {
 public:
  static Result<std::unique_ptr<TiffFile>> open(Bytes bytes, std::string_view name);
  [[nodiscard]] int pages() const { return pages_; }
  [[nodiscard]] const std::string& note() const { return directories_.note; }
  [[nodiscard]] bool big_endian() const { return skeleton_.big_endian(); }
  /// How the pages lie in the file.
  [[nodiscard]] PagesKept kept() const;
  /// Pages after the first that have no directory of their own; `pages` is 1 when there are none.
  [[nodiscard]] const Stack& stack() const { return stack_; }
  [[nodiscard]] tiff* handle() const { return handle_.get(); }
  [[nodiscard]] Bytes bytes() const { return bytes_; }
  /// The file's name, with the page where there are several: "page 2 (counted from 0) of cells.tif".
  [[nodiscard]] std::string subject(int page) const;
  /// Describes a page; sizes are checked only for being at least 1 and countable.
  [[nodiscard]] TiffPage describe(int page) const;
  /// Goes to a page that has no problem and finds its pieces. Refuses, before anything is allocated for its pixels, what
  /// cannot be decoded: pieces that the directory does not list or the file does not hold, more decoded bytes than
  /// `limits` allow, or than the compressed ones can give. O(pieces).
  Result<Pieces> prepare(int page, const TiffPage& description, const TiffLimits& limits);

 private:
  TiffFile(Bytes bytes, std::string_view name);
  void find_stack();
  [[nodiscard]] TiffPage describe_directory(int page) const;
  [[nodiscard]] std::uint64_t directory_of(int page) const;

  Bytes bytes_;
  std::string name_;
  Skeleton skeleton_;
  Directories directories_;
  TiffHandle handle_;
  FileText text_;
  std::optional<PixelSize> pixel_size_;
  int first_cols_ = 0;
  bool lsm_ = false;
  Stack stack_;
  int pages_ = 1;
};

}  // namespace floodlight::tiff_detail

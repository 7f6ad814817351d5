// Whole files, in and out. Errors name the file and say why.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"

namespace floodlight::cli {

/// Larger images than in a browser.
inline constexpr TiffLimits native_limits{.max_side = 32768};

Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& path);
Result<std::string> read_text(const std::filesystem::path& path);

/// A file in the making, under another name beside its own. It takes its own name when it is whole, so that whoever looks
/// sees the old file or the new one, and an interruption leaves no half of a file that looks like a result.
class FileInTheMaking {
 public:
  explicit FileInTheMaking(std::filesystem::path path);
  FileInTheMaking(const FileInTheMaking&) = delete;
  FileInTheMaking& operator=(const FileInTheMaking&) = delete;
  /// Removes what was not finished.
  ~FileInTheMaking();

  /// Nothing more is written after a failure, which `finish` reports.
  void write(std::string_view bytes);
  void write(std::span<const std::byte> bytes);
  Result<void> finish();
  /// Whether all has gone well so far.
  [[nodiscard]] Result<void> state() const;

 private:
  void fail_with(int error_number);

  std::filesystem::path path_;
  std::filesystem::path making_;
  std::FILE* file_ = nullptr;
  int error_number_ = 0;
};

/// The image that a recipe reads from the file.
Result<Intensities> read_image(const std::string& name, const Recipe& recipe);
/// The first page of the file as labels.
Result<LabelImage> read_labels(const std::string& name);

Result<void> make_folder(const std::filesystem::path& folder);
/// Writes what an encoder gave, or passes on its error.
Result<void> write_bytes(const std::filesystem::path& path, const Result<std::vector<std::byte>>& content);
Result<void> write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace floodlight::cli

// `floodlight segment`: from image files to label files.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/error.h"
#include "core/recipe.h"
#include "core/tiff.h"

namespace floodlight::cli {

struct SegmentOptions {
  Recipe recipe;
  std::filesystem::path folder = ".";  ///< where results go; made when it is not there
  bool stages = false;                 ///< also save what lies between the image and its labels
  LabelDepth depth = LabelDepth::u32;
};

/// What is worth saying about one image.
struct Segmented {
  double threshold = 0;
  Label nuclei = 0;
  double milliseconds = 0;  ///< of the pipeline, without reading and writing files
  std::string note;         ///< something the student should know about the file, or empty
};

/// Reads, segments and saves one image after the other.
class Segmenter {
 public:
  explicit Segmenter(SegmentOptions options) : options_(std::move(options)) {}
  /// Writes `{stem}_labeled.tif` and, with stages, the others. Errors name the file. An image whose results would take
  /// the place of those of another image of this run is refused.
  Result<Segmented> run(const std::filesystem::path& image);

 private:
  SegmentOptions options_;
  std::map<std::string, std::filesystem::path> done_;  ///< images by stem
};

/// A whole file.
Result<std::string> read_text(const std::filesystem::path& path);

}  // namespace floodlight::cli

// What a run of `segment` will read and write, decided before it begins.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace floodlight::cli {

/// One image and where its results go.
struct ImageJob {
  std::string image;  ///< as it was given, or as its pattern found it
  std::filesystem::path labels;
  std::filesystem::path stem;    ///< folder and stem, to which a stage's ending is added
  std::optional<Error> refused;  ///< why it cannot be done
};

/// What lies between an image and its labels, as files: these endings after the stem.
inline constexpr std::string_view stage_endings[] = {"_filtered.tif", "_mask.tif", "_refined.tif", "_distance.tif",
                                                     "_seeds.tif"};

struct SegmentPlan {
  std::vector<ImageJob> jobs;  ///< in the order in which they were given; each file once
  /// Files that were given, or that a pattern found, but that are results of other images of this run: the labels of an
  /// earlier run in the same folder are no images. They are not read.
  struct OwnResult {
    std::string file;
    std::string image;
  };
  std::vector<OwnResult> own_results;
};

/// Finds the files of the operands (`matching_files`) and names their results in `folder` after the pattern. An image whose
/// results would take the place of another's is refused, and so is a pattern that no file matches; the others go on.
/// The pattern itself must be one that `output_name` accepts. `endings` are those of what is saved besides the labels.
SegmentPlan plan_segmentation(std::span<const std::string> operands, const std::filesystem::path& folder,
                              std::string_view pattern, std::span<const std::string_view> endings);

}  // namespace floodlight::cli

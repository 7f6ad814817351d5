// One image of a run of `segment`: read, segmented, saved.
#pragma once

#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/export/outline_formats.h"
#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"
#include "tools/cli/segment_plan.h"

namespace floodlight::cli {

struct SegmentOptions {
  Recipe recipe;
  std::filesystem::path folder = ".";  ///< where results go; made when it is not there
  bool stages = false;                 ///< also save what lies between the image and its labels
  LabelDepth depth = LabelDepth::u32;
  bool measurements = false;                ///< whether lines for a table are wanted
  const OutlineFormat* outlines = nullptr;  ///< in which outlines are wanted, if they are
};

/// What is worth saying about one image.
struct Segmented {
  double lowest_threshold = 0;   ///< of all pixels; where there is one for all, it is ...
  double highest_threshold = 0;  ///< ... the highest, too; NaN where the mask has none
  Label nuclei = 0;
  double milliseconds = 0;  ///< of the pipeline, without reading and writing files
  std::string note;         ///< something the student should know about the file, or empty
  std::string rows;         ///< of the table of measurements
};

/// Saves the labels and, with stages, the others. Errors name the file. Nothing when it was interrupted; then nothing is
/// saved. May be called for several images at once.
std::optional<Result<Segmented>> segment_image(const ImageJob& job, const SegmentOptions& options);

}  // namespace floodlight::cli

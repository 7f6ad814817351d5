// Labels as an ROI set, which ImageJ's ROI Manager opens.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"

namespace floodlight {

/// A ZIP archive with an ROI file for each label, by label and named after it ("007.roi" where three digits hold all): its
/// outline on the edges of pixels, so that the area that ImageJ measures is the label's number of pixels. A label in one piece
/// without holes is a traced outline, every other a composite of all its rings. Format: ij.io.RoiDecoder of ImageJ 1.53.
/// Without labels the archive is empty. Refuses more labels than a ZIP archive holds files. O(pixels + corners).
Result<std::vector<std::byte>> encode_roi_set(LabelView labels);

}  // namespace floodlight

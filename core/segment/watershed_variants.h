// The watersheds that the lab's recipe does without, and the first picture with it: with lines or compactness, and of real
// numbers. All go through the heap (`watershed_by_heap_in_slices`); images are not empty.
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/watershed.h"

namespace floodlight {

Sliced<LabelImage> traced_watershed_in_slices(ImageView<const std::int32_t> image, LabelView markers, MaskView mask,
                                              WatershedOptions options);
Sliced<LabelImage> traced_watershed_in_slices(ImageView<const float> image, LabelView markers, MaskView mask,
                                              WatershedOptions options);
Sliced<LabelImage> traced_watershed_in_slices(ImageView<const double> image, LabelView markers, MaskView mask,
                                              WatershedOptions options);
Sliced<LabelImage> classic_watershed_in_slices(ImageView<const float> image, LabelView markers, MaskView mask,
                                               WatershedOptions options);
Sliced<LabelImage> classic_watershed_in_slices(ImageView<const double> image, LabelView markers, MaskView mask,
                                               WatershedOptions options);

}  // namespace floodlight

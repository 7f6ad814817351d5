// The pixels of one value: how a mask or a segmentation that another program has made becomes the mask here.
#pragma once

#include "core/base/image.h"
#include "core/segment/filter_row.h"

namespace floodlight {

/// `(image == value).astype("float32")`: 1 where a pixel has exactly this value, 0 elsewhere. O(pixels).
Image<float> one_value(FloatView image, double value);

/// The value that is kept.
extern const Option kept_value;

namespace filters {
extern const FilterRow one_value;
}  // namespace filters

}  // namespace floodlight

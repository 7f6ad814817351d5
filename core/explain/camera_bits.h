// A camera of few bits in a file of many.
#pragma once

#include "core/base/image.h"

namespace floodlight {

/// The bits of the camera, where a 16-bit file's values end exactly at what one of 10, 12 or 14 bits can tell, and at least two
/// pixels hold that value; else 0. One pixel may hold it by chance. O(pixels).
int camera_bits(FloatView image);

}  // namespace floodlight

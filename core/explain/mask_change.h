// What changed from one mask to another, in pixels and in objects.
#pragma once

#include <cstdint>

#include "core/base/image.h"

namespace floodlight {

struct MaskChange {
  std::int64_t pixels_added = 0;
  std::int64_t pixels_removed = 0;
  int objects_added = 0;    ///< objects (8 neighbours) of the later mask that share no pixel with the earlier one
  int objects_removed = 0;  ///< objects of the earlier mask of which no pixel is left
  friend bool operator==(const MaskChange&, const MaskChange&) = default;
};

/// From an earlier mask to a later one of the same shape; any non-zero value is foreground. O(pixels).
MaskChange mask_change(MaskView earlier, MaskView later);

}  // namespace floodlight

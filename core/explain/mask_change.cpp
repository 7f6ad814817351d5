// Pixels and objects that one mask has and another has not.
#include "core/explain/mask_change.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/segment/label.h"

namespace floodlight {
namespace {

/// How many objects of a mask have no pixel in common with another mask.
int objects_apart_from(MaskView mask, MaskView other) {
  const Components objects = label(mask, Connectivity::eight);
  std::vector<bool> apart(static_cast<std::size_t>(objects.count) + 1, true);
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (other.pixels()[i] != 0) apart[static_cast<std::size_t>(objects.labels.pixels()[i])] = false;
  }
  return static_cast<int>(std::count(apart.begin() + 1, apart.end(), true));
}

}  // namespace

MaskChange mask_change(MaskView earlier, MaskView later) {
  assert(earlier.rows() == later.rows() && earlier.cols() == later.cols());
  MaskChange change;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    const bool before = earlier.pixels()[i] != 0;
    const bool after = later.pixels()[i] != 0;
    if (after && !before) ++change.pixels_added;
    if (before && !after) ++change.pixels_removed;
  }
  change.objects_added = objects_apart_from(later, earlier);
  change.objects_removed = objects_apart_from(earlier, later);
  return change;
}

}  // namespace floodlight

// Before and after the watershed: the components of a mask against the labels that it made of them.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// What became of a component; the values of `ComponentsAndLabels::fates`.
enum class ComponentFate : std::uint8_t {
  background,
  whole,      ///< holds one label
  cut,        ///< holds several: what touched was parted
  unlabelled  ///< holds none: no seed lay in it
};

/// A component that is more, or less, than one label.
struct ComponentDifference {
  Label component = 0;
  int labels = 0;  ///< that it holds
  Pixel first;     ///< its first pixel in raster order
  friend bool operator==(const ComponentDifference&, const ComponentDifference&) = default;
};

struct ComponentsAndLabels {
  int components = 0;
  int labels = 0;                                ///< different ones, inside of components or not
  int whole = 0;                                 ///< components of one label
  int cut = 0;                                   ///< components of several labels ...
  int pieces = 0;                                ///< ... and how many these hold together
  int unlabelled = 0;                            ///< components without a label
  std::vector<ComponentDifference> differences;  ///< the cut and the unlabelled ones, ascending by component
  Image<std::uint8_t> fates;                     ///< of each pixel's component: values of ComponentFate
};

/// Compares components (numbered 1, 2, ... as `label` does) with labels (any positive numbers) of the same shape. A label
/// that lies in several components counts in each. O(pixels).
Sliced<ComponentsAndLabels> components_and_labels_in_slices(LabelView components, LabelView labels);
ComponentsAndLabels components_and_labels(LabelView components, LabelView labels);

}  // namespace floodlight

// Marker-based watershed by flooding from a priority queue.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

struct WatershedOptions {
  Connectivity connectivity = Connectivity::four;
  bool line = false;       ///< leave a one-pixel line of zeros where floods meet
  double compactness = 0;  ///< weight of the distance from the seed; 0: the classic watershed
};

/// `skimage.segmentation.watershed(image, markers, mask=mask, ...)` of scikit-image >= 0.25.2: low values are flooded
/// first, every pixel takes the label of the flood that reaches it first, floods never go down again. Label image of the
/// image's shape; 0 outside the mask and where no seed reaches. An empty `mask` view floods everything. Values: int32
/// (e.g. minus the squared distance, which floods in the same order as minus the distance), float or double; compactness
/// needs double. O(n log n) for n flooded pixels. Source: Meyer's flooding as in skimage's _watershed_cy; the order of
/// equal entries of its heap is part of the result (docs/parity.md, section 11).
template <typename T>
LabelImage watershed(ImageView<const T> image, LabelView markers, MaskView mask, const WatershedOptions& options = {});
template <typename T>
Sliced<LabelImage> watershed_in_slices(ImageView<const T> image, LabelView markers, MaskView mask,
                                       WatershedOptions options = {});
extern template LabelImage watershed(ImageView<const std::int32_t>, LabelView, MaskView, const WatershedOptions&);
extern template LabelImage watershed(ImageView<const float>, LabelView, MaskView, const WatershedOptions&);
extern template LabelImage watershed(ImageView<const double>, LabelView, MaskView, const WatershedOptions&);
extern template Sliced<LabelImage> watershed_in_slices(ImageView<const std::int32_t>, LabelView, MaskView,
                                                       WatershedOptions);
extern template Sliced<LabelImage> watershed_in_slices(ImageView<const float>, LabelView, MaskView, WatershedOptions);
extern template Sliced<LabelImage> watershed_in_slices(ImageView<const double>, LabelView, MaskView, WatershedOptions);

}  // namespace floodlight

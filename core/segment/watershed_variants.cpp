#include "core/segment/watershed_variants.h"

#include "core/segment/watershed_by_heap.h"

namespace floodlight {

Sliced<LabelImage> traced_watershed_in_slices(ImageView<const std::int32_t> image, LabelView markers, MaskView mask,
                                              WatershedOptions options) {
  return watershed_by_heap_in_slices<std::int32_t, true>(image, markers, mask, options);
}
Sliced<LabelImage> traced_watershed_in_slices(ImageView<const float> image, LabelView markers, MaskView mask,
                                              WatershedOptions options) {
  return watershed_by_heap_in_slices<float, true>(image, markers, mask, options);
}
Sliced<LabelImage> traced_watershed_in_slices(ImageView<const double> image, LabelView markers, MaskView mask,
                                              WatershedOptions options) {
  return watershed_by_heap_in_slices<double, true>(image, markers, mask, options);
}
Sliced<LabelImage> classic_watershed_in_slices(ImageView<const float> image, LabelView markers, MaskView mask,
                                               WatershedOptions options) {
  return watershed_by_heap_in_slices<float, false>(image, markers, mask, options);
}
Sliced<LabelImage> classic_watershed_in_slices(ImageView<const double> image, LabelView markers, MaskView mask,
                                               WatershedOptions options) {
  return watershed_by_heap_in_slices<double, false>(image, markers, mask, options);
}

}  // namespace floodlight

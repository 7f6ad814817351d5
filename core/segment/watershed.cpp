// Flooding from markers, slice by slice: by basins where that pays, else through the heap.
#include "core/segment/watershed.h"

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/segment/basins.h"
#include "core/segment/watershed_by_heap.h"
#include "core/segment/watershed_variants.h"

namespace floodlight {
namespace {

Sliced<LabelImage> classic_watershed_in_slices(ImageView<const std::int32_t> image, LabelView markers, MaskView mask,
                                               WatershedOptions options) {
  auto labels = co_await watershed_by_basins_in_slices(image, markers, mask, options.connectivity);
  if (labels) co_return std::move(*labels);
  co_return co_await watershed_by_heap_in_slices<std::int32_t, false>(image, markers, mask, options);
}

Sliced<LabelImage> nothing_in_slices(int rows, int cols) { co_return LabelImage(rows, cols); }

}  // namespace

template <typename T>
LabelImage watershed(ImageView<const T> image, LabelView markers, MaskView mask, const WatershedOptions& options) {
  return watershed_in_slices(image, markers, mask, options).finish();
}

template <typename T>
Sliced<LabelImage> watershed_in_slices(ImageView<const T> image, LabelView markers, MaskView mask,
                                       WatershedOptions options) {
  assert(markers.rows() == image.rows() && markers.cols() == image.cols());
  assert(mask.empty() || (mask.rows() == image.rows() && mask.cols() == image.cols()));
  assert(options.compactness == 0 || (std::is_same_v<T, double>));
  if (image.empty()) return nothing_in_slices(image.rows(), image.cols());
  return options.line || options.compactness > 0 ? traced_watershed_in_slices(image, markers, mask, options)
                                                 : classic_watershed_in_slices(image, markers, mask, options);
}

template LabelImage watershed(ImageView<const std::int32_t>, LabelView, MaskView, const WatershedOptions&);
template LabelImage watershed(ImageView<const float>, LabelView, MaskView, const WatershedOptions&);
template LabelImage watershed(ImageView<const double>, LabelView, MaskView, const WatershedOptions&);
template Sliced<LabelImage> watershed_in_slices(ImageView<const std::int32_t>, LabelView, MaskView, WatershedOptions);
template Sliced<LabelImage> watershed_in_slices(ImageView<const float>, LabelView, MaskView, WatershedOptions);
template Sliced<LabelImage> watershed_in_slices(ImageView<const double>, LabelView, MaskView, WatershedOptions);

}  // namespace floodlight

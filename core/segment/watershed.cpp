// Flooding from markers, slice by slice.
#include "core/segment/watershed.h"

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/segment/basins.h"
#include "core/segment/flood_run.h"

namespace floodlight {
namespace {

constexpr int pops_per_slice = 8192;

template <typename T, bool traced>
Sliced<LabelImage> flood_in_slices(ImageView<const T> image, LabelView markers, MaskView mask,
                                   WatershedOptions options) {
  constexpr std::size_t pixels_per_slice = 1U << 17U;
  if (image.empty()) co_return LabelImage(image.rows(), image.cols());
  if constexpr (std::is_same_v<T, std::int32_t> && !traced) {
    std::optional<LabelImage> labels =
        co_await watershed_by_basins_in_slices(image, markers, mask, options.connectivity);
    if (labels) co_return std::move(*labels);
  }
  LabelImage out(image.rows(), image.cols());
  FloodRun<T, traced> run(image, markers, mask, options);
  co_await enter_and_flood_in_slices(run, image.rows(), image.cols(), pixels_per_slice, pops_per_slice);
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    run.leave_row(row, out.view().row(row));
    work += static_cast<std::size_t>(image.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return out;
}

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
  return options.line || options.compactness > 0 ? flood_in_slices<T, true>(image, markers, mask, options)
                                                 : flood_in_slices<T, false>(image, markers, mask, options);
}

template LabelImage watershed(ImageView<const std::int32_t>, LabelView, MaskView, const WatershedOptions&);
template LabelImage watershed(ImageView<const float>, LabelView, MaskView, const WatershedOptions&);
template LabelImage watershed(ImageView<const double>, LabelView, MaskView, const WatershedOptions&);
template Sliced<LabelImage> watershed_in_slices(ImageView<const std::int32_t>, LabelView, MaskView, WatershedOptions);
template Sliced<LabelImage> watershed_in_slices(ImageView<const float>, LabelView, MaskView, WatershedOptions);
template Sliced<LabelImage> watershed_in_slices(ImageView<const double>, LabelView, MaskView, WatershedOptions);

}  // namespace floodlight

// The watershed through the one heap of the whole image, which every kind of values and options can take.
#pragma once

#include <cstddef>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/flood_run.h"
#include "core/segment/watershed.h"

namespace floodlight {

/// `watershed_in_slices` of an image that is not empty; `traced`: with lines or compactness.
template <typename T, bool traced>
Sliced<LabelImage> watershed_by_heap_in_slices(ImageView<const T> image, LabelView markers, MaskView mask,
                                               WatershedOptions options) {
  constexpr int pops_per_slice = 8192;
  constexpr std::size_t pixels_per_slice = 1U << 17U;
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

}  // namespace floodlight

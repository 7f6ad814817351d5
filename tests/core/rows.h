// All filters, thresholds and repairs, and what tests ask of them.
#pragma once

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/segment/clear_border.h"
#include "core/segment/convolve.h"
#include "core/segment/difference_of_gaussians.h"
#include "core/segment/fill_holes.h"
#include "core/segment/filters.h"
#include "core/segment/gaussian.h"
#include "core/segment/mean.h"
#include "core/segment/median.h"
#include "core/segment/morphology.h"
#include "core/segment/one_value.h"
#include "core/segment/repairs.h"
#include "core/segment/small_regions.h"
#include "core/segment/threshold_isodata.h"
#include "core/segment/threshold_li.h"
#include "core/segment/threshold_local.h"
#include "core/segment/threshold_mean.h"
#include "core/segment/threshold_minimum.h"
#include "core/segment/threshold_otsu.h"
#include "core/segment/threshold_triangle.h"
#include "core/segment/threshold_yen.h"
#include "core/segment/thresholds.h"

namespace floodlight::test {

/// The one cutoff of a method that has one for all pixels.
inline Result<double> cutoff_of(FloatView image, const ThresholdRow& method, int bins = 256) {
  return threshold(image, {method, {{&histogram_bins, static_cast<double>(bins)}}}).transform([](const Cutoff& cutoff) {
    return cutoff.lowest;
  });
}

}  // namespace floodlight::test

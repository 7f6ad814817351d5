// Otsu's criterion at every possible cutoff, to be looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/segment/histogram.h"

namespace floodlight {

/// The two classes that a cutoff makes, and how far apart they are.
struct OtsuSplit {
  double cutoff = 0;        ///< a bin's centre: values up to this bin are the lower class
  double weight_below = 0;  ///< share of the pixels, 0 to 1
  double weight_above = 0;
  double mean_below = 0;  ///< of the bins' centres, by their counts
  double mean_above = 0;
  double variance = 0;  ///< between the classes: weight_below * weight_above * (mean_below - mean_above)^2
};

struct OtsuCurve {
  std::vector<OtsuSplit> splits;  ///< one a bin but the last
  std::size_t best = 0;           ///< the split at which `threshold(histogram, otsu)` lies, exactly
};

/// All splits of a histogram; empty for one of a single bin. In double, so that the largest variance may differ from
/// `best` in its last digits. A class without pixels has the cutoff for its mean. O(bins).
OtsuCurve otsu_curve(const Histogram& histogram);

/// `skimage.filters.threshold_otsu` of the same pixels as whole numbers (an integer image): one bin a number, products in
/// double (docs/parity.md, section 4). Refuses values that are no whole numbers from 0 to 65535. O(pixels + range).
Result<std::int64_t> otsu_of_integers(FloatView image);

}  // namespace floodlight

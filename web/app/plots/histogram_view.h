// The histogram with its cutoff as a handle that can be dragged.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "core/segment/otsu_curve.h"

namespace floodlight::ui {

struct HistogramMarks {
  double cutoff = 0;                      ///< the lowest of all pixels; where there is one for all, it is ...
  double highest = 0;                     ///< ... the highest, too
  std::optional<double> suggestion = {};  ///< what the algorithm would choose
  std::string_view suggestion_name = {};
  std::optional<double> probed = {};     ///< the value of the pixel that is looked at
  std::optional<double> axis_high = {};  ///< where the axis ends; without, at the brightest pixel
  bool logarithmic = true;
  bool covered = false;  ///< an exercise asks for the cutoff: it is neither drawn nor told
};

/// A bar that is pointed at: values from `from` and below `to`.
struct BarRange {
  float from = 0;
  float to = 0;
  std::int64_t count = 0;
};

/// Draws the histogram over the current width; the new cutoff while its handle is dragged or set.
/// `pointed` receives the bar under the pointer.
std::optional<double> histogram_view(const Histogram& histogram, const HistogramMarks& marks, float height,
                                     std::optional<BarRange>* pointed = nullptr);

/// Where the histogram's axis ends: at the brightest pixel, or where few bright pixels would squeeze all others into a corner,
/// at the 99.9th percentile; never before the cutoff.
double axis_end(const Histogram& histogram, double cutoff);
/// How many pixels lie beyond it.
std::int64_t count_beyond(const Histogram& histogram, double end);

/// Draws Otsu's criterion over the histogram's axis, with its maximum and this caption; the new cutoff while it is dragged.
std::optional<double> variance_view(const OtsuCurve& curve, double cutoff, double axis_high, std::string_view caption,
                                    float height);

/// Draws how many objects have which size, on a logarithmic axis; the new limit while it is dragged or set. `what` names
/// them ("Objects").
std::optional<int> size_view(std::string_view what, const std::vector<std::int64_t>& sizes, int limit, float height);

/// `value` rounded to what a cutoff in this range needs: about a thousandth of it.
double round_cutoff(double value, double range);

}  // namespace floodlight::ui

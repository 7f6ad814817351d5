// The histogram with its cutoff as a handle that can be dragged.
#pragma once

#include <optional>
#include <string_view>

#include "core/pipeline.h"

namespace floodlight::ui {

struct HistogramMarks {
  double cutoff = 0;
  std::optional<double> suggestion = {};  ///< what the algorithm would choose
  std::string_view suggestion_name = {};
  std::optional<double> probed = {};  ///< the value of the pixel that is looked at
  bool logarithmic = true;
};

/// Draws the histogram over the current width; the new cutoff while its handle is dragged or set.
std::optional<double> histogram_view(const Histogram& histogram, const HistogramMarks& marks, float height);

/// `value` rounded to what a cutoff in this range needs: about a thousandth of it.
double round_cutoff(double value, double range);

}  // namespace floodlight::ui

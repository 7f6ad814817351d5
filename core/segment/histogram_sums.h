// What the criteria of several thresholds are summed with, in scikit-image's order and types.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "core/segment/histogram.h"

namespace floodlight {

/// A histogram with its counts in single precision, as scikit-image's criteria take them.
struct SingleBins {
  std::vector<float> centres;
  std::vector<float> counts;
  explicit SingleBins(const Histogram& histogram)
      : centres(histogram.centres), counts(histogram.counts.begin(), histogram.counts.end()) {}
};

inline std::vector<float> running_sum(const std::vector<float>& terms) {
  std::vector<float> sums(terms.size());
  float sum = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) sums[i] = sum += terms[i];
  return sums;
}

inline std::vector<float> running_sum_from_right(const std::vector<float>& terms) {
  std::vector<float> sums(terms.size());
  float sum = 0;
  for (std::size_t i = terms.size(); i-- > 0;) sums[i] = sum += terms[i];
  return sums;
}

inline std::vector<float> products(const std::vector<float>& a, const std::vector<float>& b) {
  std::vector<float> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] * b[i];
  return result;
}

/// Where the first of the largest values stands. As numpy's argmax, a NaN counts as larger than everything.
template <typename T>
std::size_t first_largest(const std::vector<T>& values) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) return i;
    if (values[i] > values[best]) best = i;
  }
  return best;
}

}  // namespace floodlight

// Statistics of a set of fields: how its means settle, and how fields differ against the nuclei within them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace floodlight {

/// The values that a quarter, a half and three quarters lie below; between two values by their share, as numpy does.
struct Quartiles {
  double low = 0;
  double median = 0;
  double high = 0;
};
/// None of no values. O(n log n).
std::optional<Quartiles> quartiles(std::vector<double> values);

/// What a field adds to a mean: the sum of its values and how many they are. For a mean count it is the count, and 1.
struct FieldSum {
  double sum = 0;
  double weight = 1;
};

/// The numbers from 0 up to `count` in an order that the seed decides; seed 0: as they are. O(count).
std::vector<std::size_t> shuffled_order(std::size_t count, std::uint64_t seed);

/// The mean over the first, the first two, ... of the fields in this order; NaN as long as nothing was weighed. O(n).
std::vector<double> running_mean(std::span<const FieldSum> fields, std::span<const std::size_t> order);

/// After how many fields the mean stays within this share of the last one: a number from 1 to their count; 0 without any.
std::size_t fields_needed(std::span<const double> running, double share);
/// The first time that it is within that share, whether or not it stays; 0 where it never is.
std::size_t first_within(std::span<const double> running, double share);

/// Where running means lie in many orders: after each number of fields the middle nine tenths of them.
struct MeanBand {
  std::vector<double> low;
  std::vector<double> high;
  double needed_in_half = 0;         ///< fields after which half of the orders stay within the share
  double needed_in_nine_tenths = 0;  ///< and nine tenths of them
};
/// O(orders * n log orders).
MeanBand mean_band(std::span<const FieldSum> fields, std::uint64_t seed, int orders, double share);

/// How values differ between groups and within them: one-way analysis of variance with random groups.
struct VarianceComponents {
  std::size_t groups = 0;  ///< that hold any value
  std::size_t values = 0;
  double sd_of_means = 0;  ///< of the groups' means, each counted once
  double between_sd = 0;   ///< what the groups differ by beyond the chance of their few values
  double within_sd = 0;    ///< pooled
  double correlation = 0;  ///< intraclass: the share of the variance that lies between groups, from 0 to 1
  double effective = 0;    ///< so many independent values would tell the mean as well
};
/// None with fewer than two groups that hold values, or with no group that holds two. O(values).
std::optional<VarianceComponents> variance_components(std::span<const std::span<const float>> groups);

}  // namespace floodlight

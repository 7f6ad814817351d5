#include "core/explain/field_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/base/random.h"

namespace floodlight {
namespace {

constexpr std::uint64_t shuffle_stream = 50;

/// Of sorted values, at this share of the way from the first to the last.
double at_share(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

bool is_within(double mean, double last, double share) { return std::abs(mean - last) <= share * std::abs(last); }

double mean_of(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::optional<Quartiles> quartiles(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  return Quartiles{at_share(values, 0.25), at_share(values, 0.5), at_share(values, 0.75)};
}

std::vector<std::size_t> shuffled_order(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (seed == 0) return order;
  Random random(seed, shuffle_stream);
  for (std::size_t left = count; left > 1; --left)
    std::swap(order[left - 1], order[static_cast<std::size_t>(random.uniform() * static_cast<double>(left))]);
  return order;
}

std::vector<double> running_mean(std::span<const FieldSum> fields, std::span<const std::size_t> order) {
  std::vector<double> means;
  means.reserve(order.size());
  FieldSum total{.sum = 0, .weight = 0};
  for (const std::size_t i : order) {
    total.sum += fields[i].sum;
    total.weight += fields[i].weight;
    means.push_back(total.weight > 0 ? total.sum / total.weight : std::numeric_limits<double>::quiet_NaN());
  }
  return means;
}

std::size_t fields_needed(std::span<const double> running, double share) {
  std::size_t needed = running.size();
  while (needed > 1 && is_within(running[needed - 2], running.back(), share)) --needed;
  return needed;
}

std::size_t first_within(std::span<const double> running, double share) {
  for (std::size_t i = 0; i < running.size(); ++i) {
    if (is_within(running[i], running.back(), share)) return i + 1;
  }
  return 0;
}

MeanBand mean_band(std::span<const FieldSum> fields, std::uint64_t seed, int orders, double share) {
  MeanBand band;
  std::vector<std::vector<double>> after(fields.size());
  std::vector<double> needed;
  for (int i = 0; i < orders; ++i) {
    const auto order = shuffled_order(fields.size(), mix_bits(seed) + static_cast<std::uint64_t>(i) + 1);
    const auto running = running_mean(fields, order);
    for (std::size_t n = 0; n < running.size(); ++n) {
      if (!std::isnan(running[n])) after[n].push_back(running[n]);
    }
    needed.push_back(static_cast<double>(fields_needed(running, share)));
  }
  for (auto& means : after) {
    std::ranges::sort(means);
    const double none = std::numeric_limits<double>::quiet_NaN();
    band.low.push_back(means.empty() ? none : at_share(means, 0.05));
    band.high.push_back(means.empty() ? none : at_share(means, 0.95));
  }
  std::ranges::sort(needed);
  if (!needed.empty()) {
    band.needed_in_half = std::ceil(at_share(needed, 0.5));
    band.needed_in_nine_tenths = std::ceil(at_share(needed, 0.9));
  }
  return band;
}

std::optional<VarianceComponents> variance_components(std::span<const std::span<const float>> groups) {
  VarianceComponents v;
  double sum = 0;
  double squared_sizes = 0;
  double within = 0;
  double sum_of_means = 0;
  for (const auto group : groups) {
    if (group.empty()) continue;
    const auto size = static_cast<double>(group.size());
    const double mean = mean_of(group);
    for (const float value : group) within += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    sum += size * mean;
    sum_of_means += mean;
    squared_sizes += size * size;
    ++v.groups;
    v.values += group.size();
  }
  if (v.groups < 2 || v.values == v.groups) return std::nullopt;
  const auto count = static_cast<double>(v.groups);
  const auto all = static_cast<double>(v.values);
  double between = 0;
  double of_means = 0;
  for (const auto group : groups) {
    if (group.empty()) continue;
    const double mean = mean_of(group);
    between += static_cast<double>(group.size()) * (mean - sum / all) * (mean - sum / all);
    of_means += (mean - sum_of_means / count) * (mean - sum_of_means / count);
  }
  const double within_variance = within / (all - count);
  // The groups' size that counts where they are not equal.
  const double size = (all - squared_sizes / all) / (count - 1);
  const double between_variance = std::max(0.0, (between / (count - 1) - within_variance) / size);
  const double variance = between_variance + within_variance;
  v.sd_of_means = std::sqrt(of_means / (count - 1));
  v.between_sd = std::sqrt(between_variance);
  v.within_sd = std::sqrt(within_variance);
  v.correlation = variance > 0 ? between_variance / variance : 0;
  v.effective = all / (1 + (squared_sizes / all - 1) * v.correlation);
  return v;
}

}  // namespace floodlight

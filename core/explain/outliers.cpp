#include "core/explain/outliers.h"

#include <cstddef>
#include <utility>

#include "core/explain/field_statistics.h"

namespace floodlight {

std::vector<bool> lie_apart(const std::vector<std::optional<double>>& values) {
  constexpr std::size_t fewest = 5;
  constexpr double fence = 3;
  std::vector<bool> apart(values.size(), false);
  std::vector<double> known;
  for (const auto& value : values) {
    if (value) known.push_back(*value);
  }
  if (known.size() < fewest) return apart;
  const Quartiles q = quartiles(std::move(known)).value_or(Quartiles{});
  const double reach = fence * (q.high - q.low);
  for (std::size_t i = 0; i < values.size(); ++i)
    apart[i] = values[i] && (*values[i] < q.low - reach || *values[i] > q.high + reach);
  return apart;
}

}  // namespace floodlight

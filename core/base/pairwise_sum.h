// Sums in the order in which numpy adds, so that results agree to the last bit.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace floodlight {

/// `numpy.sum` of a contiguous array, in the type `Sum`: eight running sums over blocks of at most 128 terms, longer
/// arrays halved. O(n).
template <typename Sum, typename T>
Sum pairwise_sum(std::span<const T> terms) {
  constexpr std::size_t parts = 8;
  constexpr std::size_t longest_block = 128;
  const std::size_t n = terms.size();
  if (n > longest_block) {
    const std::size_t half = n / 2 - (n / 2) % parts;
    return pairwise_sum<Sum>(terms.first(half)) + pairwise_sum<Sum>(terms.subspan(half));
  }
  std::size_t i = 0;
  Sum sum = 0;
  if (n >= parts) {
    std::array<Sum, parts> s;
    for (; i < parts; ++i) s[i] = static_cast<Sum>(terms[i]);
    for (; i + parts <= n; i += parts) {
      for (std::size_t k = 0; k < parts; ++k) s[k] += static_cast<Sum>(terms[i + k]);
    }
    sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
  }
  for (; i < n; ++i) sum += static_cast<Sum>(terms[i]);
  return sum;
}

}  // namespace floodlight

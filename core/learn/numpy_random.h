// numpy's RandomState, as far as scikit-learn draws from it.
#pragma once

#include <bit>
#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace floodlight {

/// `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937, and bounded integers by masking and rejecting.
class NumpyRandom {
 public:
  explicit NumpyRandom(std::uint32_t seed) : twister_(seed) {}

  /// `randint(0, bound)`: from 0 to bound - 1. bound at least 1; nothing is drawn when only 0 is possible.
  std::uint32_t below(std::uint32_t bound) {
    const std::uint32_t largest = bound - 1;
    if (largest == 0) return 0;
    const std::uint32_t mask = ~std::uint32_t{0} >> static_cast<unsigned>(std::countl_zero(largest));
    for (;;) {
      const std::uint32_t value = static_cast<std::uint32_t>(twister_()) & mask;
      if (value <= largest) return value;
    }
  }

  /// `shuffle(items)`.
  template <typename T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i-- > 1;) std::swap(items[i], items[below(static_cast<std::uint32_t>(i + 1))]);
  }

 private:
  std::mt19937 twister_;  // the standard prescribes its every number
};

}  // namespace floodlight

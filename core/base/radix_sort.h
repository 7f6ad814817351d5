// Sorting floats by their bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace floodlight {

/// An integer that orders as the float does (-0 just before +0; NaN beyond the infinities), and the way back.
inline std::uint32_t ordered_bits(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
inline float from_ordered_bits(std::uint32_t ordered) {
  return std::bit_cast<float>((ordered & 0x80000000U) != 0 ? ordered & 0x7FFFFFFFU : ~ordered);
}
/// The same for double.
inline std::uint64_t ordered_bits(double value) {
  constexpr std::uint64_t sign = 1ULL << 63U;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// Sorts unsigned integers by the 32 bits from `first_bit` on, stably. `scratch` is room to work in. O(n).
template <typename T>
void radix_sort(std::vector<T>& items, std::vector<T>& scratch, unsigned first_bit = 0) {
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t buckets = 1U << digit_bits;
  constexpr std::size_t passes = 3;
  const auto digit = [first_bit](T item, std::size_t pass) {
    return (static_cast<std::uint32_t>(item >> first_bit) >> (digit_bits * pass)) & (buckets - 1);
  };
  if (items.empty()) return;
  std::array<std::array<std::uint32_t, buckets>, passes> starts{};
  for (const T item : items) {
    for (std::size_t pass = 0; pass < passes; ++pass) ++starts[pass][digit(item, pass)];
  }
  scratch.resize(items.size());
  for (std::size_t pass = 0; pass < passes; ++pass) {
    auto& start = starts[pass];
    // Whole numbers leave the low digits of a float all alike: nothing to do for those.
    if (start[digit(items.front(), pass)] == items.size()) continue;
    std::uint32_t next = 0;
    for (std::uint32_t& s : start) next += std::exchange(s, next);
    for (const T item : items) scratch[start[digit(item, pass)]++] = item;
    items.swap(scratch);
  }
}

}  // namespace floodlight

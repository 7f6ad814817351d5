// Sorting floats by their bits.
#include "core/base/radix_sort.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

TEST(RadixSort, OrdersFloatsAsTheirValues) {
  std::mt19937 random(3);
  std::vector<float> values{
      0, 1, -1, 1e-45F, -1e-45F, std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
  while (values.size() < 3000)
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(random()) & 0xFF7FFFFFU));
  std::vector<std::uint32_t> keys;
  for (const float v : values) keys.push_back(ordered_bits(v));
  std::vector<std::uint32_t> scratch;
  radix_sort(keys, scratch);
  std::ranges::sort(values);
  for (std::size_t i = 0; i < keys.size(); ++i) ASSERT_EQ(from_ordered_bits(keys[i]), values[i]) << i;
}

TEST(RadixSort, KeepsTheOrderOfEqualKeysAndTheBitsThatRideAlong) {
  std::mt19937 random(4);
  std::vector<std::uint64_t> items;
  for (std::uint64_t i = 0; i < 5000; ++i) items.push_back(std::uint64_t{random() % 50} << 40U | i);
  std::vector<std::uint64_t> expected = items;
  std::ranges::sort(expected);
  std::vector<std::uint64_t> scratch;
  radix_sort(items, scratch, 32);
  EXPECT_EQ(items, expected);
  items.clear();
  radix_sort(items, scratch, 32);
  EXPECT_TRUE(items.empty());
}

}  // namespace
}  // namespace floodlight::test

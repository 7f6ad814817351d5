// Sorting floats by their bits, and sums in numpy's order.
#include "core/base/radix_sort.h"

#include <algorithm>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "core/base/pairwise_sum.h"

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

TEST(PairwiseSum, AddsInEightLanesAndHalvesLongArrays) {
  std::mt19937 random(5);
  std::vector<float> terms(300);
  for (float& t : terms) t = static_cast<float>(random()) * 1e-3F;
  const auto block = [&](std::size_t first, std::size_t count) {
    float s[8];
    for (std::size_t k = 0; k < 8; ++k) s[k] = terms[first + k];
    std::size_t i = 8;
    for (; i + 8 <= count; i += 8) {
      for (std::size_t k = 0; k < 8; ++k) s[k] += terms[first + i + k];
    }
    float sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    for (; i < count; ++i) sum += terms[first + i];
    return sum;
  };
  const std::span<const float> all(terms);
  EXPECT_EQ(pairwise_sum<float>(all.first(9)), block(0, 9));
  EXPECT_EQ(pairwise_sum<float>(all.first(128)), block(0, 128));
  EXPECT_EQ(pairwise_sum<float>(all.first(300)),
            (block(0, 72) + block(72, 72 + 0)) + (block(144, 72) + block(216, 84)));
  EXPECT_EQ(pairwise_sum<float>(all.first(3)), terms[0] + terms[1] + terms[2]);
  EXPECT_EQ(pairwise_sum<float>(all.first(0)), 0);
}

}  // namespace
}  // namespace floodlight::test

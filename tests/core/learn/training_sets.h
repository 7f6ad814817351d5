// Training sets for the tests of forests; the same numbers on every machine.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/learn/forest.h"
#include "tests/core/random_inputs.h"
#include "tests/core/sha256.h"

namespace floodlight::test {

/// Samples whose classes overlap; some features are constant, some have few different values, some differ by less than
/// what counts as a tie.
inline TrainingSet random_set(testing::Dice& dice, int samples, int features, int classes) {
  TrainingSet set{.features = static_cast<std::size_t>(features), .values = {}, .labels = {}};
  for (int i = 0; i < samples; ++i) {
    const int label = i < classes ? i : testing::roll(dice, 0, classes - 1);
    set.labels.push_back(static_cast<std::uint8_t>(label));
    for (int f = 0; f < features; ++f) {
      const int kind = (f + samples) % 5;
      double value = testing::roll(dice, 0, 1000) / 100.0 + label;
      if (kind == 1) value = 7;
      if (kind == 2) value = std::round(value / 3);
      if (kind == 3) value = testing::roll(dice, 0, 9) * 4e-8;
      set.values.push_back(static_cast<float>(value));
    }
  }
  return set;
}

/// Numbers without chance, so that another program can make the same ones.
inline TrainingSet formula_set(std::int64_t samples, std::int64_t features, std::int64_t classes) {
  TrainingSet set{.features = static_cast<std::size_t>(features), .values = {}, .labels = {}};
  for (std::int64_t i = 0; i < samples; ++i) {
    for (std::int64_t f = 0; f < features; ++f)
      set.values.push_back(static_cast<float>((i * (f + 3) * 7919 + f * 104729 + i * i * 31) % 1009) / 8);
    const auto x = set.values.end() - static_cast<std::ptrdiff_t>(features);
    const float sum = x[0] + x[1 % features] * (1 + x[2 % features] / 64);
    set.labels.push_back(static_cast<std::uint8_t>(static_cast<std::int64_t>(sum / 100) % classes));
  }
  return set;
}

/// The digest of a forest as the reference folder defines it: for each node int32 feature, float64 threshold (0 for a leaf),
/// float64 counts.
inline std::string digest(const Forest& forest) {
  std::vector<std::byte> bytes;
  const auto put = [&](auto value) {
    const auto raw = std::bit_cast<std::array<std::byte, sizeof value>>(value);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  };
  for (const DecisionTree& tree : forest.trees) {
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      put(tree.nodes[i].feature);
      put(tree.nodes[i].threshold);
      for (const std::uint32_t count : forest.counts(tree, i)) put(static_cast<double>(count));
    }
  }
  return sha256(bytes);
}

inline std::size_t nodes_in_all(const Forest& forest) {
  std::size_t sum = 0;
  for (const DecisionTree& tree : forest.trees) sum += tree.nodes.size();
  return sum;
}

}  // namespace floodlight::test

// Sums against those of numpy 2, to the last bit.
#include "core/base/pairwise_sum.h"

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

struct NumpySum {
  std::size_t terms;
  double doubles;    ///< numpy.sum(terms)
  float floats;      ///< numpy.sum(terms.astype(float32))
  double converted;  ///< numpy.sum(terms.astype(float32), dtype=float64)
};

// Lengths around eight lanes, a block of 128, and the halves of longer arrays.
constexpr NumpySum numpy_sums[] = {{0, 0, 0, 0},
                                   {1, 0x1.b662ff7df7df8p+19, 0x1.b663p+19F, 0x1.b663p+19},
                                   {7, 0x1.fc1df0b2cb2cbp+22, 0x1.fc1df2p+22F, 0x1.fc1df0cp+22},
                                   {8, 0x1.fe93641041040p+22, 0x1.fe9364p+22F, 0x1.fe93641cp+22},
                                   {9, 0x1.3926fcp+23, 0x1.3926fcp+23F, 0x1.3926fc0ep+23},
                                   {15, 0x1.f2650a1861861p+23, 0x1.f2650ap+23F, 0x1.f2650a1ep+23},
                                   {16, 0x1.12d8640820820p+24, 0x1.12d864p+24F, 0x1.12d8640fp+24},
                                   {127, 0x1.02fe39c8a28a3p+27, 0x1.02fe3ap+27F, 0x1.02fe39be98p+27},
                                   {128, 0x1.06f096d5d75d8p+27, 0x1.06f096p+27F, 0x1.06f096ca98p+27},
                                   {129, 0x1.07714d10c30c3p+27, 0x1.07714cp+27F, 0x1.07714d0598p+27},
                                   {130, 0x1.08d88874d34d4p+27, 0x1.08d888p+27F, 0x1.08d8886998p+27},
                                   {136, 0x1.1aa6c108a28a2p+27, 0x1.1aa6cp+27F, 0x1.1aa6c10198p+27},
                                   {200, 0x1.946f295145146p+27, 0x1.946f2ap+27F, 0x1.946f2945dfp+27},
                                   {255, 0x1.049e2d03cf3d0p+28, 0x1.049e2ep+28F, 0x1.049e2d00778p+28},
                                   {256, 0x1.051b1d25d75d8p+28, 0x1.051b1cp+28F, 0x1.051b1d22778p+28},
                                   {257, 0x1.055061034d34dp+28, 0x1.05506p+28F, 0x1.055060fff78p+28},
                                   {1000, 0x1.067a1de114514p+30, 0x1.067a1cp+30F, 0x1.067a1ddebc5e0p+30},
                                   {4099, 0x1.094734fd5d75dp+32, 0x1.094734p+32F, 0x1.094734fd6c058p+32}};

std::vector<double> terms_drawn(std::size_t count) {
  std::vector<double> terms;
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    terms.push_back(static_cast<double>(state >> 40U) / 7.0 - 1048576.0 / 9.0);
  }
  return terms;
}

TEST(PairwiseSum, IsNumpysToTheLastBit) {
  for (const auto& [count, doubles, floats, converted] : numpy_sums) {
    const std::vector<double> terms = terms_drawn(count);
    std::vector<float> single;
    for (const double term : terms) single.push_back(static_cast<float>(term));
    EXPECT_EQ(pairwise_sum<double>(std::span<const double>(terms)), doubles) << count;
    EXPECT_EQ(pairwise_sum<float>(std::span<const float>(single)), floats) << count;
    EXPECT_EQ(pairwise_sum<double>(std::span<const float>(single)), converted) << count;
  }
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

TEST(PairwiseSum, AddsInAnotherOrderThanALoop) {
  // Otherwise the values above would not tell which order was taken.
  const std::vector<double> terms = terms_drawn(4099);
  double in_turn = 0;
  for (const double term : terms) in_turn += term;
  EXPECT_NE(in_turn, 0x1.094734fd5d75dp+32);
}

TEST(PairwiseSum, OfWholeNumbersIsExactInAnOrdinaryType) {
  std::vector<std::uint8_t> terms(1000, 255);
  terms[999] = 1;
  EXPECT_EQ(pairwise_sum<std::int64_t>(std::span<const std::uint8_t>(terms)), 999 * 255 + 1);
}

}  // namespace
}  // namespace floodlight::test

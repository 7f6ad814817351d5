// Elementary functions against values computed with sixty digits and rounded once.
#include "core/base/exact_math.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight::test {
namespace {

constexpr std::array<std::pair<double, double>, 22> logarithms = {
    {{0x1.999999999999ap-4, -0x1.a934f0979a371p+1},   {0x1.6666666666666p-1, -0x1.0776228967d13p-1},
     {0x1.8000000000000p+1, 0x1.95c01a39fbd68p+0},    {0x1.4000000000000p+2, 0x1.2934f0979a371p+1},
     {0x1.c000000000000p+2, 0x1.675767f54042dp+1},    {0x1.4000000000000p+4, 0x1.149a784bcd1b9p+2},
     {0x1.56e1fc2f8f359p-997, -0x1.f24a09f1a8b89p+9}, {0x1.7e43c8800759cp+996, 0x1.f24a09f1a8b89p+9},
     {0x1.3307e59848fe7p+2, 0x1.219112dfcf4f2p+1},    {0x1.1395a3426f7a6p+1, 0x1.1b39d29be7b44p+0},
     {0x1.fed1dcf50995ap+2, 0x1.7f92e6bfa9aebp+1},    {0x1.978b9d3fe34e9p+1, 0x1.abbaa75a10666p+0},
     {0x1.6c745a5638362p+0, 0x1.04e99ffed0dafp-1},    {0x1.02eee371bb7dap+3, 0x1.821a926e7fa44p+1},
     {0x1.25e07b951dfddp+4, 0x1.0cbd880c6a4fdp+2},    {0x1.0076ca9600c3dp+4, 0x1.002ace5f2a94ep+2},
     {0x1.ea749e9d7bf62p+3, 0x1.f80fae8247fffp+1},    {0x1.210c37ad3cee4p+2, 0x1.166bc555b1a23p+1},
     {0x1.58f5344b79b9fp+3, 0x1.b7134a533ce20p+1},    {0x1.66c873a68915fp+2, 0x1.3e54f5d5b5455p+1},
     {0x1.c49c70541370fp+1, 0x1.d276fd10767f2p+0},    {0x1.1b45242021aabp+1, 0x1.2562832b0e380p+0}}};
constexpr std::array<std::pair<double, double>, 24> powers = {
    {{-0x1.0000000000000p+0, 0x1.0000000000000p-1},  {0x1.0000000000000p-1, 0x1.6a09e667f3bcdp+0},
     {-0x1.0000000000000p-1, 0x1.6a09e667f3bcdp-1},  {0x1.ceaecfea83280p-1, 0x1.deeea11685a9dp+0},
     {0x1.70ef54646d497p-57, 0x1.0000000000000p+0},  {-0x1.a934f0979a372p+1, 0x1.9999999999998p-4},
     {0x1.149a784bcd1b9p+2, 0x1.4000000000001p+4},   {0x1.2934f0979a371p+1, 0x1.3ffffffffffffp+2},
     {0x1.f3a0000000000p+9, 0x1.306fe0a31b715p+999}, {-0x1.f3e0000000000p+9, 0x1.306fe0a31b715p-1000},
     {-0x1.0902bd5836bf1p+1, 0x1.e79de3bf8dacep-3},  {0x1.1639d8c1d8972p+2, 0x1.45ac4f4802407p+4},
     {0x1.baea782c42588p+1, 0x1.6035089e54e6cp+3},   {0x1.a14374f57a024p+1, 0x1.3286f43d3e9dep+3},
     {0x1.9a1dac4721b58p+1, 0x1.26e3b4f9aef09p+3},   {-0x1.212983d84423cp+1, 0x1.abd6823b0d6d2p-3},
     {-0x1.361b0f0c955f4p+0, 0x1.ba3a9b879e916p-2},  {0x1.a48d41f9c9e3cp+0, 0x1.8fb3ac1c1e23cp+1},
     {0x1.4b24884a5f76cp+1, 0x1.808e8179af3fap+2},   {0x1.d88e0e7a302ecp+1, 0x1.9d86ba921d908p+3},
     {0x1.f5d186f59fe62p+1, 0x1.e488eef63ffbbp+3},   {-0x1.9c19bf2659b0bp+1, 0x1.b7ba1bf77c625p-4},
     {0x1.73e1fb412c024p+0, 0x1.5e5a764d658e4p+1},   {0x1.05ccd1e7dcb82p+1, 0x1.082b107ac60e3p+2}}};

TEST(ExactMath, TheLogarithmOfBase2IsTheNearestDouble) {
  for (const auto& [x, expected] : logarithms) EXPECT_EQ(exact_log2(x), expected) << x;
  for (int k = -1022; k <= 1023; ++k) EXPECT_EQ(exact_log2(std::ldexp(1.0, k)), k);
}

TEST(ExactMath, ThePowerOf2IsTheNearestDouble) {
  for (const auto& [x, expected] : powers) EXPECT_EQ(exact_exp2(x), expected) << x;
  for (int k = -1000; k <= 1000; ++k) EXPECT_EQ(exact_exp2(k), std::ldexp(1.0, k));
}

TEST(ExactMath, ManyPowersOfEAreThoseOfEachNumber) {
  std::mt19937_64 dice(1);
  for (const double size : {1e-300, 1e-9, 1.0, 30.0, 707.9, 720.0, 1e9, 1e300}) {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{4001}}) {
      std::vector<double> numbers(count);
      for (double& x : numbers) x = size * (static_cast<double>(dice() >> 11) * 0x1p-52 - 1);
      std::vector<double> expected = numbers;
      for (double& x : expected) x = exact_exp(x);
      exact_exp_of_each(numbers);
      EXPECT_EQ(numbers, expected) << size;
    }
  }
  // Halves of the logarithm of 2, where it is decided which power of 2 is taken, and the ends of the range.
  std::vector<double> edges = {0.0, -0.0, 708, -708, std::nextafter(-708.0, -800.0), std::nextafter(708.0, 800.0)};
  for (int k = -1000; k <= 1000; ++k) {
    const double edge = (k + 0.5) * std::numbers::ln2;
    edges.insert(edges.end(), {edge, std::nextafter(edge, -2000.0), std::nextafter(edge, 2000.0)});
  }
  std::vector<double> expected = edges;
  for (double& x : expected) x = exact_exp(x);
  exact_exp_of_each(edges);
  EXPECT_EQ(edges, expected);
}

}  // namespace
}  // namespace floodlight::test

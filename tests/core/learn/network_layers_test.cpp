// Every layer equals its formula, and its derivative the difference quotient.
#include "core/learn/network_layers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/learn/plain_network.h"
#include "tests/core/random_inputs.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::plain;
using testing::PlainMaps;
using testing::roll;

/// A small number of few bits: sums of products of such are exact, so that they are the same in any order.
float few_bits(Dice& dice) { return static_cast<float>(roll(dice, -16, 16)) / 8; }

void fill(Maps maps, Dice& dice) {
  for (int m = 0; m < maps.count; ++m) {
    for (int row = 0; row < maps.rows; ++row) {
      for (int col = 0; col < maps.cols; ++col) maps.row(m, row)[col] = few_bits(dice);
    }
  }
}

std::vector<float> numbers(Dice& dice, int count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = few_bits(dice);
  return values;
}

/// The zeros around the maps that the layers must leave.
void expect_zeros_around(ConstMaps maps) {
  for (int m = 0; m < maps.count; ++m) {
    for (int row = -1; row <= maps.rows; ++row) {
      for (int col = -1; col <= maps.cols; ++col) {
        if (row < 0 || row == maps.rows || col < 0 || col == maps.cols)
          ASSERT_EQ(maps.row(m, row)[col], 0) << m << ", " << row << ", " << col;
      }
    }
  }
}

void expect_same(ConstMaps maps, const PlainMaps& expected) {
  const PlainMaps got = plain(maps);
  ASSERT_EQ(got.values.size(), expected.values.size());
  for (std::size_t i = 0; i < got.values.size(); ++i) ASSERT_EQ(got.values[i], expected.values[i]) << i;
  expect_zeros_around(maps);
}

/// The sum of all products of two stacks: a loss whose derivative by the one is the other.
double dot(ConstMaps a, ConstMaps b) {
  double sum = 0;
  const PlainMaps x = plain(a);
  const PlainMaps y = plain(b);
  for (std::size_t i = 0; i < x.values.size(); ++i) sum += x.values[i] * y.values[i];
  return sum;
}

/// Adds `step` to one number, and takes it away again.
double quotient(float& number, float step, const std::function<double()>& loss) {
  const float kept = number;
  number = kept + step;
  const double upper = loss();
  number = kept - step;
  const double lower = loss();
  number = kept;
  return (upper - lower) / (2 * static_cast<double>(step));
}

constexpr Pixel some_sizes[] = {{1, 1}, {2, 3}, {5, 8}, {4, 9}, {7, 16}, {3, 31}};

TEST(NetworkLayers, AConvolutionIsItsSum) {
  Dice dice(1);
  for (const Pixel size : some_sizes) {
    for (const int outputs : {1, 2, 3, 4, 5, 6, 7, 8, 11}) {
      const int inputs = roll(dice, 1, 5);
      FeatureMaps in(inputs, size.row, size.col);
      FeatureMaps out(outputs, size.row, size.col);
      fill(in, dice);
      std::vector<float> weights = numbers(dice, (inputs * 9 + 1) * outputs);
      const auto kernels = std::span(weights).first(static_cast<std::size_t>(inputs * outputs * 9));
      const auto bias = std::span(weights).last(static_cast<std::size_t>(outputs));
      const PlainMaps expected = testing::plain_convolution(plain(in), weights, 0, outputs);
      convolve(in, kernels, bias, out, Rectify::no, out.view().all());
      expect_same(out, expected);
      convolve(in, kernels, bias, out, Rectify::yes, out.view().all());
      expect_same(out, testing::plain_relu(expected));
    }
  }
}

TEST(NetworkLayers, AWindowOfAConvolutionHasTheBitsOfTheWhole) {
  Dice dice(2);
  FeatureMaps in(3, 13, 37);
  const Maps view = in;
  for (int m = 0; m < 3; ++m) {
    for (int row = 0; row < 13; ++row) {
      for (int col = 0; col < 37; ++col) view.row(m, row)[col] = static_cast<float>(roll(dice, -1000, 1000)) / 777;
    }
  }
  std::vector<float> weights(3 * 9 * 6 + 6);
  for (float& weight : weights) weight = static_cast<float>(roll(dice, -1000, 1000)) / 999;
  const auto kernels = std::span<const float>(weights).first(3 * 9 * 6);
  const auto bias = std::span<const float>(weights).last(6);
  FeatureMaps whole(6, 13, 37);
  convolve(in, kernels, bias, whole, Rectify::yes, whole.view().all());
  for (int i = 0; i < 100; ++i) {
    MapWindow window{.top = roll(dice, 0, 12), .bottom = 0, .left = roll(dice, 0, 36), .right = 0};
    window.bottom = roll(dice, window.top, 13);
    window.right = roll(dice, window.left, 37);
    FeatureMaps part(6, 13, 37);
    convolve(in, kernels, bias, part, Rectify::yes, window);
    for (int m = 0; m < 6; ++m) {
      for (int row = window.top; row < window.bottom; ++row) {
        for (int col = window.left; col < window.right; ++col)
          ASSERT_EQ(part.view().row(m, row)[col], whole.view().row(m, row)[col]);
      }
    }
    expect_zeros_around(part);
  }
}

TEST(NetworkLayers, DerivativesOfAConvolutionAreItsDifferences) {
  Dice dice(3);
  for (const Pixel size : some_sizes) {
    for (const int outputs : {1, 2, 3, 4, 6, 9}) {
      const int inputs = roll(dice, 1, 4);
      FeatureMaps in(inputs, size.row, size.col);
      FeatureMaps out(outputs, size.row, size.col);
      FeatureMaps by_out(outputs, size.row, size.col);
      FeatureMaps by_in(inputs, size.row, size.col);
      fill(in, dice);
      fill(by_out, dice);
      std::vector<float> kernels = numbers(dice, inputs * outputs * 9);
      std::vector<float> bias = numbers(dice, outputs);
      const auto loss = [&] {
        convolve(in, kernels, bias, out, Rectify::no, out.view().all());
        return dot(out, by_out);
      };
      std::vector<float> by_kernels(kernels.size(), 1);
      std::vector<float> by_bias(bias.size(), 1);
      convolve_weights_back(in, by_out, by_kernels, by_bias);
      convolve_back(by_out, kernels, by_in);
      // All numbers have few bits and the layer is linear: differences are exact. What was there is added to.
      for (std::size_t i = 0; i < kernels.size(); ++i) ASSERT_EQ(by_kernels[i] - 1, quotient(kernels[i], 1, loss)) << i;
      for (std::size_t i = 0; i < bias.size(); ++i) ASSERT_EQ(by_bias[i] - 1, quotient(bias[i], 1, loss)) << i;
      for (int i = 0; i < inputs; ++i) {
        for (int row = 0; row < size.row; ++row) {
          for (int col = 0; col < size.col; ++col)
            ASSERT_EQ(by_in.view().row(i, row)[col], quotient(in.view().row(i, row)[col], 1, loss));
        }
      }
      expect_zeros_around(by_in);
    }
  }
}

TEST(NetworkLayers, TheWeightedSumAndItsDerivatives) {
  Dice dice(4);
  for (const Pixel size : some_sizes) {
    FeatureMaps in(5, size.row, size.col);
    FeatureMaps out(3, size.row, size.col);
    FeatureMaps by_out(3, size.row, size.col);
    FeatureMaps by_in(5, size.row, size.col);
    fill(in, dice);
    fill(by_out, dice);
    std::vector<float> weights = numbers(dice, 15);
    std::vector<float> bias = numbers(dice, 3);
    const auto loss = [&] {
      combine(in, weights, bias, out, out.view().all());
      return dot(out, by_out);
    };
    loss();
    EXPECT_EQ(out.view().row(1, 0)[0], bias[1] + weights[5] * in.view().row(0, 0)[0] +
                                           weights[6] * in.view().row(1, 0)[0] + weights[7] * in.view().row(2, 0)[0] +
                                           weights[8] * in.view().row(3, 0)[0] + weights[9] * in.view().row(4, 0)[0]);
    expect_zeros_around(out);
    std::vector<float> by_weights(15);
    std::vector<float> by_bias(3);
    combine_weights_back(in, by_out, by_weights, by_bias);
    combine_back(by_out, weights, by_in);
    for (std::size_t i = 0; i < 15; ++i) ASSERT_EQ(by_weights[i], quotient(weights[i], 1, loss)) << i;
    for (std::size_t i = 0; i < 3; ++i) ASSERT_EQ(by_bias[i], quotient(bias[i], 1, loss)) << i;
    for (int i = 0; i < 5; ++i) {
      for (int row = 0; row < size.row; ++row) {
        for (int col = 0; col < size.col; ++col)
          ASSERT_EQ(by_in.view().row(i, row)[col], quotient(in.view().row(i, row)[col], 1, loss));
      }
    }
    expect_zeros_around(by_in);
  }
}

TEST(NetworkLayers, PoolingAndItsDerivative) {
  Dice dice(5);
  for (const Pixel size : some_sizes) {
    FeatureMaps in(2, 2 * size.row, 2 * size.col);
    FeatureMaps out(2, size.row, size.col);
    FeatureMaps by_out(2, size.row, size.col);
    FeatureMaps by_in(2, 2 * size.row, 2 * size.col);
    // No two equal: a small step changes no order.
    float next = 0;
    std::vector<float> different(static_cast<std::size_t>(8 * size.row * size.col));
    for (float& value : different) value = next += 1;
    std::ranges::shuffle(different, dice);
    auto from = different.begin();
    for (int m = 0; m < 2; ++m) {
      for (int row = 0; row < 2 * size.row; ++row) {
        for (int col = 0; col < 2 * size.col; ++col) in.view().row(m, row)[col] = *from++;
      }
    }
    fill(by_out, dice);
    fill(by_in, dice);
    FeatureMaps before = by_in;
    const auto loss = [&] {
      max_pool(in, out, out.view().all());
      return dot(out, by_out);
    };
    loss();
    expect_same(out, testing::plain_pool(plain(in)));
    max_pool_back(in, by_out, by_in);
    for (int m = 0; m < 2; ++m) {
      for (int row = 0; row < 2 * size.row; ++row) {
        for (int col = 0; col < 2 * size.col; ++col)
          ASSERT_EQ(by_in.view().row(m, row)[col] - before.view().row(m, row)[col],
                    quotient(in.view().row(m, row)[col], 0.25, loss));
      }
    }
    expect_zeros_around(by_in);
  }
}

TEST(NetworkLayers, OfEqualPixelsTheFirstGetsTheDerivativeOfTheMaximum) {
  // All 16 patterns of which of the four have the maximum.
  for (int pattern = 1; pattern < 16; ++pattern) {
    FeatureMaps in(1, 2, 2);
    FeatureMaps by_out(1, 1, 1);
    FeatureMaps by_in(1, 2, 2);
    *by_out.view().row(0, 0) = 3;
    int first = -1;
    for (int k = 0; k < 4; ++k) {
      const bool highest = (pattern >> k & 1) != 0;
      in.view().row(0, k / 2)[k % 2] = highest ? 2.0F : -1.0F;
      if (highest && first < 0) first = k;
    }
    max_pool_back(in, by_out, by_in);
    for (int k = 0; k < 4; ++k)
      EXPECT_EQ(by_in.view().row(0, k / 2)[k % 2], k == first ? 3 : 0) << pattern << ", " << k;
  }
}

TEST(NetworkLayers, UpsamplingAndItsDerivative) {
  Dice dice(6);
  for (const Pixel size : some_sizes) {
    FeatureMaps in(2, size.row, size.col);
    FeatureMaps out(2, 2 * size.row, 2 * size.col);
    FeatureMaps by_out(2, 2 * size.row, 2 * size.col);
    FeatureMaps by_in(2, size.row, size.col);
    fill(in, dice);
    fill(by_out, dice);
    const auto loss = [&] {
      upsample(in, out, out.view().all());
      return dot(out, by_out);
    };
    loss();
    expect_same(out, testing::plain_join(plain(in), nullptr));
    upsample_back(by_out, by_in);
    for (int m = 0; m < 2; ++m) {
      for (int row = 0; row < size.row; ++row) {
        for (int col = 0; col < size.col; ++col)
          ASSERT_EQ(by_in.view().row(m, row)[col], quotient(in.view().row(m, row)[col], 1, loss));
      }
    }
    expect_zeros_around(by_in);
  }
}

TEST(NetworkLayers, TheDerivativeOfAReluIsZeroAtZero) {
  FeatureMaps out(1, 1, 5);
  FeatureMaps gradient(1, 1, 5);
  const float results[] = {0, 1e-30F, 2, -0.0F, 3};
  for (int col = 0; col < 5; ++col) {
    out.view().row(0, 0)[col] = results[col];
    gradient.view().row(0, 0)[col] = 7;
  }
  rectify_back(out, gradient);
  const float expected[] = {0, 7, 7, 0, 7};
  for (int col = 0; col < 5; ++col) EXPECT_EQ(gradient.view().row(0, 0)[col], expected[col]) << col;
  expect_zeros_around(gradient);
}

TEST(NetworkLayers, TheLossAndItsDerivative) {
  Dice dice(7);
  for (const int classes : {2, 3}) {
    FeatureMaps scores(classes, 4, 5);
    FeatureMaps gradient(classes, 4, 5);
    fill(scores, dice);
    Image<std::uint8_t> truth(4, 5);
    for (std::uint8_t& k : truth.pixels()) k = static_cast<std::uint8_t>(roll(dice, 0, classes - 1));
    EXPECT_NEAR(cross_entropy(scores, truth, 0.5, gradient), testing::plain_cross_entropy(plain(scores), truth), 1e-12);
    PlainMaps moved = plain(scores);
    for (int k = 0; k < classes; ++k) {
      for (int row = 0; row < 4; ++row) {
        for (int col = 0; col < 5; ++col) {
          constexpr double step = 1e-5;
          const double kept = moved.at(k, row, col);
          moved.at(k, row, col) = kept + step;
          const double upper = testing::plain_cross_entropy(moved, truth);
          moved.at(k, row, col) = kept - step;
          const double lower = testing::plain_cross_entropy(moved, truth);
          moved.at(k, row, col) = kept;
          EXPECT_NEAR(static_cast<double>(gradient.view().row(k, row)[col]), 0.5 * (upper - lower) / (2 * step), 1e-7);
        }
      }
    }
    expect_zeros_around(gradient);
  }
}

TEST(NetworkLayers, TheLossOfAProbabilityOfZeroIsFinite) {
  FeatureMaps scores(2, 1, 1);
  FeatureMaps gradient(2, 1, 1);
  *scores.view().row(0, 0) = 1000;
  *scores.view().row(1, 0) = -1000;
  const Image<std::uint8_t> truth(1, 1, {1});
  EXPECT_EQ(cross_entropy(scores, truth, 1, gradient), 2000);
  EXPECT_EQ(*gradient.view().row(0, 0), 1);
  EXPECT_EQ(*gradient.view().row(1, 0), -1);
}

TEST(NetworkLayers, ScoresThatAreNoNumbersHaveNoProbabilities) {
  constexpr float none = std::numeric_limits<float>::quiet_NaN();
  constexpr float infinite = std::numeric_limits<float>::infinity();
  for (const float bad : {none, infinite, -infinite}) {
    for (std::size_t place = 0; place < 3; ++place) {
      std::array<float, 3> scores = {1, 2, 3};
      scores[place] = bad;
      FeatureMaps maps(3, 1, 1);
      FeatureMaps gradient(3, 1, 1);
      for (int k = 0; k < 3; ++k) *maps.view().row(k, 0) = scores[static_cast<std::size_t>(k)];
      EXPECT_TRUE(std::isnan(cross_entropy(maps, Image<std::uint8_t>(1, 1, {1}), 1, gradient)));
      for (int k = 0; k < 3; ++k) EXPECT_EQ(*gradient.view().row(k, 0), 0);
      softmax(scores);
      for (const float p : scores) EXPECT_TRUE(std::isnan(p));
    }
  }
}

TEST(NetworkLayers, ProbabilitiesAlongARowAreThoseOfEachPixel) {
  Dice dice(8);
  for (const int classes : {2, 3}) {
    FeatureMaps scores(classes, 2, 150);
    fill(scores, dice);
    for (int i = 0; i < 30; ++i) {
      const float odd[] = {900, -900, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()};
      scores.view().row(roll(dice, 0, classes - 1), 1)[roll(dice, 0, 149)] = odd[i % 4];
    }
    for (int i = 0; i < 50; ++i) {
      const int first = roll(dice, 0, 149);
      const int last = roll(dice, first, 150);
      std::array<std::array<float, 150>, 3> got{};
      float* const to[] = {got[0].data(), got[1].data(), got[2].data()};
      softmax_along(scores, 1, first, last, std::span(to).first(static_cast<std::size_t>(classes)));
      for (int col = first; col < last; ++col) {
        std::array<float, 3> expected{};
        for (int k = 0; k < classes; ++k) expected[static_cast<std::size_t>(k)] = scores.view().row(k, 1)[col];
        softmax(std::span(expected).first(static_cast<std::size_t>(classes)));
        for (std::size_t k = 0; k < 3; ++k) {
          const float found = got[k][static_cast<std::size_t>(col - first)];
          ASSERT_TRUE(found == expected[k] || (std::isnan(found) && std::isnan(expected[k]))) << col;
        }
      }
    }
  }
}

TEST(NetworkLayers, ProbabilitiesSumToOne) {
  std::array<float, 3> scores = {1, 2, 3};
  softmax(scores);
  EXPECT_NEAR(scores[0], 0.09003057F, 1e-7);
  EXPECT_NEAR(scores[1], 0.24472847F, 1e-7);
  EXPECT_NEAR(scores[2], 0.66524096F, 1e-7);
}

}  // namespace
}  // namespace floodlight::test

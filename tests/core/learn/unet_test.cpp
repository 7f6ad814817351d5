// The network equals one written down plainly in double precision, there and back; a part of it equals the whole.
#include "core/learn/unet.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/network_layers.h"
#include "tests/core/learn/plain_network.h"
#include "tests/core/random_inputs.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::plain;
using testing::PlainMaps;
using testing::roll;

const UNetShape some_shapes[] = {
    {.widths = {3, 5, 2, 4}, .skips = true, .rim = true},   {.widths = {6, 8, 12, 16}, .skips = true, .rim = true},
    {.widths = {4, 3, 5}, .skips = true, .rim = false},     {.widths = {4, 3, 5}, .skips = false, .rim = true},
    {.widths = {2, 3, 1, 5}, .skips = false, .rim = false}, {.widths = {2, 7}, .skips = true, .rim = true},
};

void fill(Maps maps, Dice& dice) {
  for (int m = 0; m < maps.count; ++m) {
    for (int row = 0; row < maps.rows; ++row) {
      for (int col = 0; col < maps.cols; ++col)
        maps.row(m, row)[col] = static_cast<float>(roll(dice, -2000, 2000)) / 1000;
    }
  }
}

UNet any_unet(const UNetShape& shape, Dice& dice) {
  UNet net = fresh_unet(shape, 5);
  for (const WeightedLayer& layer : layers_of(shape)) {
    for (float& bias : layer.bias(std::span(net.weights))) bias = static_cast<float>(roll(dice, -100, 200)) / 1000;
  }
  return net;
}

TEST(UNet, HasAsManyWeightsAsItsLayersSay) {
  EXPECT_EQ(weight_count({.widths = {6, 8, 12, 16}}), 8387U);
  EXPECT_EQ(weight_count({.widths = {8, 12, 16, 24}}), 16467U);
  EXPECT_EQ(weight_count({.widths = {6, 8}, .skips = false, .rim = false}), 6U * 10 + 8 * 55 + 6 * 73 + 2 * 7);
}

TEST(UNet, RefusesShapesThatItCannotHave) {
  EXPECT_TRUE(check_unet_shape({}));
  EXPECT_EQ(check_unet_shape({.widths = {6}}).error().message, "The network has 1 levels; it must have 2 to 4.");
  EXPECT_FALSE(check_unet_shape({.widths = {6, 6, 6, 6, 6}}));
  EXPECT_EQ(check_unet_shape({.widths = {6, 0, 6}}).error().message,
            "A level of the network has 0 maps; it must have 1 to 64.");
  EXPECT_FALSE(check_unet_shape({.widths = {6, 65}}));
}

TEST(UNet, StartsFromSeededWeightsWithinTheirReach) {
  const UNet net = fresh_unet({}, 1);
  EXPECT_EQ(net, fresh_unet({}, 1));
  EXPECT_NE(net.weights, fresh_unet({}, 2).weights);
  for (const WeightedLayer& layer : layers_of(net.shape)) {
    const double reach = std::sqrt((layer.kernel == 1 ? 1.0 : 6.0) / (layer.inputs * layer.kernel));
    const auto kernels = layer.kernels(std::span(net.weights));
    const auto [low, high] = std::ranges::minmax(kernels);
    EXPECT_GE(static_cast<double>(low), -reach);
    EXPECT_LE(static_cast<double>(high), reach);
    EXPECT_GT(static_cast<double>(high) - static_cast<double>(low), reach);
    for (const float bias : layer.bias(std::span(net.weights))) EXPECT_EQ(bias, 0);
  }
}

TEST(UNet, ScoresAreThoseOfThePlainNetwork) {
  Dice dice(11);
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    UNetMaps maps(shape, 2 * shape.block(), 3 * shape.block());
    fill(maps.input, dice);
    run_unet(net, maps);
    const std::vector<double> weights(net.weights.begin(), net.weights.end());
    const PlainMaps expected = testing::plain_unet(shape, weights, plain(maps.input));
    const PlainMaps scores = plain(maps.scores);
    ASSERT_EQ(scores.values.size(), expected.values.size());
    for (std::size_t i = 0; i < scores.values.size(); ++i) ASSERT_NEAR(scores.values[i], expected.values[i], 1e-5) << i;
  }
}

/// The plain network's derivative of the loss by a weight: a difference quotient so fine that no ReLU and no maximum changes
/// sides but in rare cases, which a second quotient of half the step gives away.
struct Quotient {
  double value;
  bool smooth;
};
Quotient plain_derivative(const UNet& net, std::size_t weight, const PlainMaps& input,
                          ImageView<const std::uint8_t> truth) {
  std::vector<double> weights(net.weights.begin(), net.weights.end());
  const auto quotient = [&](double step) {
    const double kept = weights[weight];
    weights[weight] = kept + step;
    const double upper = testing::plain_cross_entropy(testing::plain_unet(net.shape, weights, input), truth);
    weights[weight] = kept - step;
    const double lower = testing::plain_cross_entropy(testing::plain_unet(net.shape, weights, input), truth);
    weights[weight] = kept;
    return (upper - lower) / (2 * step);
  };
  const double fine = quotient(1e-6);
  const double finer = quotient(5e-7);
  return {.value = fine, .smooth = std::abs(fine - finer) < 1e-5 * (std::abs(fine) + 1)};
}

TEST(UNet, DerivativesAreTheDifferencesOfThePlainNetwork) {
  Dice dice(12);
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    UNetMaps maps(shape, 2 * shape.block(), 2 * shape.block());
    UNetMaps gradients(shape, 2 * shape.block(), 2 * shape.block());
    fill(maps.input, dice);
    Image<std::uint8_t> truth(maps.rows, maps.cols);
    for (std::uint8_t& k : truth.pixels()) k = static_cast<std::uint8_t>(roll(dice, 0, shape.classes() - 1));
    std::vector<float> by_weights(net.weights.size());
    // Twice: what stood in the gradients before does not matter.
    for (int round = 0; round < 2; ++round) {
      std::ranges::fill(by_weights, 0.0F);
      run_unet(net, maps);
      cross_entropy(maps.scores, truth, 1, gradients.scores);
      run_unet_back(net, maps, gradients, by_weights);
    }
    const PlainMaps input = plain(maps.input);
    double largest = 0;
    for (const float g : by_weights) largest = std::max(largest, std::abs(static_cast<double>(g)));
    int compared = 0;
    // Some of every layer's kernels and biases, its first and its last ones among them.
    for (const WeightedLayer& layer : layers_of(shape)) {
      for (int i = 0; i < 12; ++i) {
        const std::size_t last = layer.end() - 1;
        const std::size_t weight = i == 0   ? layer.first
                                   : i == 1 ? last
                                   : i == 2 ? layer.first + layer.products()
                                            : layer.first + dice() % (layer.end() - layer.first);
        const Quotient expected = plain_derivative(net, weight, input, truth);
        if (!expected.smooth) continue;
        ++compared;
        EXPECT_NEAR(static_cast<double>(by_weights[weight]), expected.value,
                    1e-4 * std::abs(expected.value) + 1e-6 * largest)
            << "weight " << weight;
      }
    }
    EXPECT_GT(compared, 11 * static_cast<int>(layers_of(shape).size()));
  }
}

TEST(UNet, TheScoresOfAWindowAreThoseOfTheWhole) {
  Dice dice(13);
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    UNetMaps whole(shape, 64, 96);
    fill(whole.input, dice);
    run_unet(net, whole);
    UNetMaps part(shape, 64, 96);
    part.input = whole.input;
    for (int i = 0; i < 30; ++i) {
      MapWindow window{.top = roll(dice, 0, 63), .bottom = 0, .left = roll(dice, 0, 95), .right = 0};
      window.bottom = roll(dice, window.top + 1, 64);
      window.right = roll(dice, window.left + 1, 96);
      run_unet_in_slices(net, part, window).finish();
      for (int k = 0; k < shape.classes(); ++k) {
        for (int row = window.top; row < window.bottom; ++row) {
          for (int col = window.left; col < window.right; ++col)
            ASSERT_EQ(part.scores.view().row(k, row)[col], whole.scores.view().row(k, row)[col]);
        }
      }
    }
  }
}

}  // namespace
}  // namespace floodlight::test

// Tiles have the bits of the whole, at every size; what the network sees of an image is its formula.
#include "core/learn/network_prediction.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/network_input.h"
#include "core/learn/network_tiles.h"
#include "tests/core/learn/plain_network.h"
#include "tests/core/random_inputs.h"

namespace floodlight::test {
namespace {

using testing::blobs;
using testing::Dice;
using testing::PlainMaps;

UNet any_unet(const UNetShape& shape) {
  UNet net = fresh_unet(shape, 3);
  for (const WeightedLayer& layer : layers_of(shape)) std::ranges::fill(layer.bias(std::span(net.weights)), 0.05F);
  return net;
}

TEST(NetworkPrediction, TilesHaveTheBitsOfTheWhole) {
  Dice dice(21);
  const UNetShape shapes[] = {
      {.widths = {3, 4, 5, 6}}, {.widths = {3, 4, 5}, .rim = false}, {.widths = {4, 2, 3, 2}, .skips = false}};
  for (const UNetShape& shape : shapes) {
    const UNet net = any_unet(shape);
    for (const Pixel size :
         {Pixel{1, 1}, Pixel{8, 8}, Pixel{19, 26}, Pixel{64, 64}, Pixel{65, 47}, Pixel{131, 200}, Pixel{300, 9}}) {
      const Image<float> input = network_input(blobs(dice, size.row, size.col, 6)).image;
      const NetworkPrediction whole = predict_in_tiles_in_slices(net, input, 1024).finish();
      for (const int tile : {8, 16, 24, 64, 128})
        ASSERT_EQ(predict_in_tiles_in_slices(net, input, tile).finish(), whole) << tile;
      ASSERT_EQ(predict(net, input), whole);
    }
  }
}

TEST(NetworkPrediction, TakesLittleMemoryBesideItsResult) {
  // A tile of 128 pixels with its halo, for the widths of the shipped network.
  const std::size_t tile = UNetMaps({.widths = {8, 12, 16, 24}}, 128 + 2 * unet_halo, 128 + 2 * unet_halo).bytes();
  EXPECT_LT(tile, 8'000'000U);
  EXPECT_LT(tile + 3 * sizeof(float) * 2048 * 2048, 60'000'000U);
}

TEST(NetworkPrediction, IsThatOfThePlainNetworkOverThePaddedImage) {
  Dice dice(22);
  const UNet net = any_unet({.widths = {3, 4, 5, 6}});
  const Image<float> input = network_input(blobs(dice, 19, 26, 5)).image;
  PlainMaps padded(1, 24, 32);
  for (int row = 0; row < 24; ++row) {
    for (int col = 0; col < 32; ++col)
      padded.at(0, row, col) = static_cast<double>(input[std::min(row, 18), std::min(col, 25)]);
  }
  const PlainMaps scores =
      testing::plain_unet(net.shape, std::vector<double>(net.weights.begin(), net.weights.end()), padded);
  const NetworkPrediction prediction = predict(net, input);
  ASSERT_EQ(prediction.probabilities.size(), 3U);
  for (int row = 0; row < 19; ++row) {
    for (int col = 0; col < 26; ++col) {
      double sum = 0;
      for (int k = 0; k < 3; ++k) sum += std::exp(scores.at(k, row, col));
      for (int k = 0; k < 3; ++k) {
        const float p = prediction.probabilities[static_cast<std::size_t>(k)][row, col];
        ASSERT_NEAR(static_cast<double>(p), std::exp(scores.at(k, row, col)) / sum, 1e-5);
      }
    }
  }
}

TEST(NetworkPrediction, DependsOnNothingBeyondItsHalo) {
  // What lies a halo away changes no bit, and something nearer does.
  Dice dice(23);
  const UNet net = any_unet({.widths = {6, 8, 12, 16}});
  Image<float> input = network_input(blobs(dice, 96, 96, 30)).image;
  const NetworkPrediction before = predict(net, input);
  for (int row = 0; row < 96; ++row) input[row, 0] += 1;
  const NetworkPrediction after = predict(net, input);
  bool near = false;
  for (int row = 0; row < 96; ++row) {
    for (int col = 0; col < 96; ++col) {
      const bool same = before.probabilities[0][row, col] == after.probabilities[0][row, col];
      if (col >= unet_halo) ASSERT_TRUE(same) << col;
      if (col >= 16 && !same) near = true;
    }
  }
  EXPECT_TRUE(near);
}

TEST(NetworkInput, IsItsFormula) {
  Dice dice(24);
  for (const Pixel size : {Pixel{1, 1}, Pixel{1, 7}, Pixel{31, 200}, Pixel{40, 33}}) {
    Image<float> image = blobs(dice, size.row, size.col, 9);
    image.pixels().back() = -3.5F;
    std::vector<double> sorted(image.pixels().begin(), image.pixels().end());
    std::ranges::sort(sorted);
    const double low = sorted[(sorted.size() - 1) / 100];
    const double spread = 4 * std::max(sorted[(sorted.size() - 1) * 5 / 100] - low, 1.0);
    const NetworkInput made = network_input(image);
    EXPECT_EQ(made.scale.low, low);
    EXPECT_EQ(made.scale.spread, spread);
    std::vector<double> logs;
    for (const float x : image.pixels())
      logs.push_back(std::log1p(std::max(static_cast<double>(x) - low, 0.0) / spread));
    double mean = 0;
    for (const double x : logs) mean += x / static_cast<double>(logs.size());
    double variance = 0;
    for (const double x : logs) variance += (x - mean) * (x - mean) / static_cast<double>(logs.size());
    const double deviation = variance > 0 ? std::sqrt(variance) : 1;
    for (std::size_t i = 0; i < logs.size(); ++i)
      ASSERT_NEAR(static_cast<double>(made.image.pixels()[i]), (logs[i] - mean) / deviation, 1e-5);
  }
}

TEST(NetworkInput, AnImageOfOneValueIsZero) {
  Image<float> image(5, 9);
  std::ranges::fill(image.pixels(), 1234.0F);
  const NetworkInput made = network_input(image);
  for (const float x : made.image.pixels()) EXPECT_EQ(x, 0);
  EXPECT_EQ(made.scale.deviation, 1);
}

TEST(NetworkInput, ValuesBelowZeroAndOfManySizesAreRanked) {
  Image<float> image(1, 101);
  for (int i = 0; i < 101; ++i) image[0, 100 - i] = static_cast<float>(i - 50) * 1e10F;
  EXPECT_EQ(network_input(image).scale.low, static_cast<double>(-49 * 1e10F));
  EXPECT_EQ(network_input(image).scale.spread,
            4 * (static_cast<double>(-45 * 1e10F) - static_cast<double>(-49 * 1e10F)));
}

}  // namespace
}  // namespace floodlight::test

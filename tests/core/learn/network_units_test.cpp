// Every map and every sum has the bits of the network over the whole image; a receptive field is what the network shows.
#include "core/learn/network_units.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/network_input.h"
#include "core/learn/network_tiles.h"
#include "core/segment/convolve.h"
#include "tests/core/random_inputs.h"

namespace floodlight::test {
namespace {

using testing::blobs;
using testing::Dice;
using testing::roll;

const UNetShape some_shapes[] = {
    {.widths = {3, 4, 5, 6}},
    {.widths = {3, 4, 5}, .rim = false},
    {.widths = {4, 2, 3, 2}, .skips = false},
    {.widths = {2, 5}, .skips = false, .rim = false},
    {.widths = {3, 2}},
};

UNet any_unet(const UNetShape& shape, Dice& dice) {
  UNet net = fresh_unet(shape, 3);
  for (const WeightedLayer& layer : layers_of(shape)) {
    for (float& bias : layer.bias(std::span(net.weights))) bias = static_cast<float>(roll(dice, -100, 200)) / 1000;
  }
  return net;
}

/// All maps of the network over the whole image at once, its last pixels repeated to a multiple of the block.
UNetMaps whole_maps(const UNet& net, FloatView input) {
  const int block = net.shape.block();
  const auto padded = [&](int side) { return (side + block - 1) / block * block; };
  UNetMaps maps(net.shape, padded(input.rows()), padded(input.cols()));
  for (int row = 0; row < maps.rows; ++row) {
    for (int col = 0; col < maps.cols; ++col) Maps(maps.input).row(0, row)[col] = input[input.nearest({row, col})];
  }
  run_unet(net, maps);
  return maps;
}

/// What a layer makes, and what it is made of, told apart from the order of the layers alone.
ConstMaps maps_of_layer(UNetMaps& maps, int layer) {
  if (layer < maps.levels) return maps.encoded(layer);
  if (layer == 2 * maps.levels - 1) return maps.scores.view();
  return maps.decoded[static_cast<std::size_t>(2 * maps.levels - 2 - layer)].view();
}

std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }

std::string where(Unit unit, Pixel pixel) {
  return "layer " + std::to_string(unit.layer) + ", map " + std::to_string(unit.map) + ", row " +
         std::to_string(pixel.row) + ", column " + std::to_string(pixel.col);
}

TEST(NetworkUnits, LayersStandDownThenUpThenAtTheEnd) {
  const UNetShape shape{.widths = {3, 4, 5, 6}};
  const LayerPlace expected[] = {{LayerWay::down, 0}, {LayerWay::down, 1}, {LayerWay::down, 2}, {LayerWay::down, 3},
                                 {LayerWay::up, 2},   {LayerWay::up, 1},   {LayerWay::up, 0},   {LayerWay::head, 0}};
  for (int layer = 0; layer < 8; ++layer) EXPECT_EQ(place_of_layer(shape, layer), expected[layer]) << layer;
  EXPECT_EQ(place_of_layer({.widths = {3, 4}}, 2), (LayerPlace{LayerWay::up, 0}));
  EXPECT_EQ(place_of_layer({.widths = {3, 4}}, 3), (LayerPlace{LayerWay::head, 0}));
}

TEST(NetworkUnits, EveryLayerHasAsManyInputsAsItsWeightsSay) {
  for (const UNetShape& shape : some_shapes) {
    const std::vector<WeightedLayer> layers = layers_of(shape);
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
      EXPECT_EQ(std::ssize(inputs_of(shape, static_cast<int>(layer))), layers[layer].inputs);
  }
  const UNetShape shape{.widths = {1, 2, 1}};
  EXPECT_EQ(inputs_of(shape, 0), (std::vector<InputMap>{{.image = true}}));
  EXPECT_EQ(inputs_of(shape, 2),
            (std::vector<InputMap>{{.unit = {1, 0}, .pooled = true}, {.unit = {1, 1}, .pooled = true}}));
  EXPECT_EQ(inputs_of(shape, 3),
            (std::vector<InputMap>{
                {.unit = {2, 0}, .risen = true}, {.unit = {1, 0}, .skip = true}, {.unit = {1, 1}, .skip = true}}));
  EXPECT_EQ(inputs_of(shape, 4),
            (std::vector<InputMap>{
                {.unit = {3, 0}, .risen = true}, {.unit = {3, 1}, .risen = true}, {.unit = {0, 0}, .skip = true}}));
  EXPECT_EQ(inputs_of(shape, 5), (std::vector<InputMap>{{.unit = {4, 0}}}));
}

TEST(NetworkUnits, EveryUnitHasItsPlace) {
  for (const UNetShape& shape : some_shapes) {
    const std::vector<Unit> units = units_of(shape);
    std::size_t outputs = 0;
    for (const WeightedLayer& layer : layers_of(shape)) outputs += static_cast<std::size_t>(layer.outputs);
    ASSERT_EQ(units.size(), outputs);
    for (std::size_t i = 0; i < units.size(); ++i) EXPECT_EQ(place_of_unit(shape, units[i]), i);
  }
}

TEST(NetworkUnits, MapsHaveTheBitsOfTheWhole) {
  Dice dice(31);
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    // The last one takes several tiles.
    for (const Pixel size : {Pixel{1, 1}, Pixel{8, 16}, Pixel{19, 26}, Pixel{131, 150}}) {
      const Image<float> input = network_input(blobs(dice, size.row, size.col, 6)).image;
      UNetMaps whole = whole_maps(net, input);
      for (const Unit& unit : units_of(shape)) {
        const Image<float> map = unit_map_in_slices(net, input, unit).finish();
        const ConstMaps expected = maps_of_layer(whole, unit.layer);
        const int level = place_of_layer(shape, unit.layer).level;
        ASSERT_EQ(map.rows(), size.row);
        for (int row = 0; row < size.row; ++row) {
          for (int col = 0; col < size.col; ++col)
            ASSERT_EQ(bits(map[row, col]), bits(expected.row(unit.map, row >> level)[col >> level]))
                << where(unit, {row, col});
        }
      }
    }
  }
}

TEST(NetworkUnits, PicturesArePartsOfTheWholeMaps) {
  Dice dice(32);
  constexpr int side = 40;
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    for (const Pixel size : {Pixel{1, 1}, Pixel{19, 26}, Pixel{150, 131}}) {
      const Image<float> input = network_input(blobs(dice, size.row, size.col, 6)).image;
      UNetMaps whole = whole_maps(net, input);
      const std::vector<Unit> units = units_of(shape);
      for (const Pixel around : {Pixel{0, 0}, Pixel{size.row / 2, size.col / 3}, Pixel{size.row - 1, size.col - 1}}) {
        const UnitPictures pictures = unit_pictures_in_slices(net, input, around, side).finish();
        const MapWindow& part = pictures.part;
        EXPECT_TRUE(part.top <= around.row && around.row < part.bottom && part.left <= around.col &&
                    around.col < part.right);
        EXPECT_TRUE(part.top >= 0 && part.bottom <= size.row && part.left >= 0 && part.right <= size.col);
        EXPECT_EQ(part.top % shape.block() + part.left % shape.block(), 0);
        EXPECT_GE(part.bottom - part.top, std::min(side, size.row));
        EXPECT_LT(part.bottom - part.top, side + shape.block());
        ASSERT_EQ(pictures.maps.size(), units.size());
        for (std::size_t i = 0; i < units.size(); ++i) {
          const ConstMaps map = maps_of_layer(whole, units[i].layer);
          const int level = place_of_layer(shape, units[i].layer).level;
          const Image<float>& picture = pictures.maps[i];
          ASSERT_EQ(picture.rows(), (part.bottom - part.top + (1 << level) - 1) >> level);
          ASSERT_EQ(picture.cols(), (part.right - part.left + (1 << level) - 1) >> level);
          for (int row = 0; row < picture.rows(); ++row) {
            for (int col = 0; col < picture.cols(); ++col)
              ASSERT_EQ(bits(picture[row, col]),
                        bits(map.row(units[i].map, (part.top >> level) + row)[(part.left >> level) + col]));
          }
        }
      }
    }
  }
}

/// The value that an input of a layer has in the whole maps, 0 beyond the edge.
float seen_value(UNetMaps& whole, const InputMap& input, Pixel at, int rows, int cols) {
  if (at.row < 0 || at.row >= rows || at.col < 0 || at.col >= cols) return 0;
  if (input.image) return whole.input.view().row(0, at.row)[at.col];
  const ConstMaps maps = maps_of_layer(whole, input.unit.layer);
  const int map = input.unit.map;
  if (input.risen) return maps.row(map, at.row / 2)[at.col / 2];
  if (!input.pooled) return maps.row(map, at.row)[at.col];
  float largest = maps.row(map, 2 * at.row)[2 * at.col];
  for (int k = 1; k < 4; ++k) largest = std::max(largest, maps.row(map, 2 * at.row + k / 2)[2 * at.col + k % 2]);
  return largest;
}

TEST(NetworkUnits, TermsAddUpToTheBitsOfTheWhole) {
  Dice dice(33);
  for (const UNetShape& shape : some_shapes) {
    const UNet net = any_unet(shape, dice);
    for (const Pixel size : {Pixel{1, 1}, Pixel{16, 8}, Pixel{19, 26}, Pixel{131, 150}}) {
      const Image<float> input = network_input(blobs(dice, size.row, size.col, 9)).image;
      UNetMaps whole = whole_maps(net, input);
      std::vector<Pixel> pixels{{0, 0}, {0, size.col - 1}, {size.row - 1, 0}, {size.row - 1, size.col - 1}};
      for (int i = 0; i < 4; ++i) pixels.push_back({roll(dice, 0, size.row - 1), roll(dice, 0, size.col - 1)});
      for (const Unit& unit : units_of(shape)) {
        const LayerPlace place = place_of_layer(shape, unit.layer);
        const ConstMaps made = maps_of_layer(whole, unit.layer);
        const WeightedLayer layer = layers_of(shape)[static_cast<std::size_t>(unit.layer)];
        const auto kernels = layer.kernels(std::span(net.weights));
        for (const Pixel& pixel : pixels) {
          SCOPED_TRACE(where(unit, pixel));
          const UnitTerms terms = unit_terms(net, input, unit, pixel);
          const Pixel at{pixel.row >> place.level, pixel.col >> place.level};
          ASSERT_EQ(terms.place, at);
          ASSERT_EQ(bits(terms.result), bits(made.row(unit.map, at.row)[at.col]));
          if (place.way != LayerWay::head && terms.sum < 0) {
            ASSERT_EQ(terms.result, 0);
          } else {
            ASSERT_EQ(bits(terms.result), bits(terms.sum));
          }
          ASSERT_EQ(terms.kernel, layer.kernel);
          ASSERT_EQ(terms.bias, layer.bias(std::span(net.weights))[static_cast<std::size_t>(unit.map)]);
          ASSERT_EQ(std::ssize(terms.inputs), layer.inputs);
          float sum = terms.bias;
          for (int i = 0; i < layer.inputs; ++i) {
            const InputTerms& of = terms.inputs[static_cast<std::size_t>(i)];
            float alone = 0;
            for (int k = 0; k < 9; ++k) {
              const auto n = static_cast<std::size_t>(k);
              if (layer.kernel == 1 && k != 4) {
                ASSERT_EQ(of.weights[n], 0);
                continue;
              }
              const Pixel under{at.row + k / 3 - 1, at.col + k % 3 - 1};
              ASSERT_EQ(of.values[n], seen_value(whole, of.input, under, made.rows, made.cols)) << i << ", " << k;
              ASSERT_EQ(of.weights[n], kernels[static_cast<std::size_t>((unit.map * layer.inputs + i) * layer.kernel +
                                                                        (layer.kernel == 1 ? 0 : k))]);
              alone += of.values[n] * of.weights[n];
              sum += of.values[n] * of.weights[n];
            }
            ASSERT_EQ(bits(of.sum), bits(alone));
            ASSERT_EQ(bits(of.so_far), bits(sum));
          }
          ASSERT_EQ(bits(terms.sum), bits(sum));
          ASSERT_EQ(terms.pooled.has_value(), place.way == LayerWay::down && place.level + 1 < shape.levels());
          if (!terms.pooled) continue;
          ASSERT_EQ(terms.pooled->first, (Pixel{at.row / 2 * 2, at.col / 2 * 2}));
          for (int k = 0; k < 4; ++k)
            ASSERT_EQ(terms.pooled->values[static_cast<std::size_t>(k)],
                      made.row(unit.map, terms.pooled->first.row + k / 2)[terms.pooled->first.col + k % 2]);
          ASSERT_EQ(terms.pooled->taken, std::ranges::max_element(terms.pooled->values) - terms.pooled->values.begin());
        }
      }
    }
  }
}

TEST(NetworkUnits, PoolingTakesTheFirstOfEquals) {
  UNet net = fresh_unet({.widths = {1, 1}}, 1);
  std::ranges::fill(net.weights, 0.0F);
  net.weights[4] = 1;  // the first layer hands the image on
  Image<float> input(2, 4, {1, 3, 2, 2, 3, 3, 2, 2});
  const auto taken = [&](Pixel pixel) { return unit_terms(net, input, {0, 0}, pixel).pooled->taken; };
  EXPECT_EQ(taken({0, 0}), 1);
  EXPECT_EQ(taken({1, 1}), 1);
  EXPECT_EQ(taken({1, 3}), 0);
  // What the ReLU has cut off is equal, too.
  input = Image<float>(2, 2, {-4, -1, -2, -3});
  EXPECT_EQ(taken({1, 0}), 0);
}

TEST(NetworkUnits, AReceptiveFieldHoldsWhatMattersAndNothingElse) {
  // No weight is negative: a single bright pixel shows wherever it is seen.
  constexpr int side = 96;
  UNetShape shapes[] = {
      {.widths = {1, 1, 1, 1}}, {.widths = {1, 1, 1, 1}, .skips = false}, {.widths = {1, 1, 1}}, {.widths = {1, 1}}};
  for (const UNetShape& shape : shapes) {
    UNet net{.shape = shape, .weights = std::vector<float>(weight_count(shape))};
    for (const WeightedLayer& layer : layers_of(shape)) std::ranges::fill(layer.kernels(std::span(net.weights)), 0.25F);
    for (int layer = 0; layer < 2 * shape.levels(); ++layer) {
      for (const Pixel pixel : {Pixel{40, 40}, Pixel{47, 42}, Pixel{45, 48}}) {
        const MapWindow field = receptive_field(shape, layer, pixel);
        const auto matters = [&](Pixel bright) {
          Image<float> input(side, side);
          input[bright] = 1;
          return unit_terms(net, input, {layer, 0}, pixel).result > 0;
        };
        for (int i = 0; i < side; ++i) {
          ASSERT_EQ(matters({i, pixel.col}), i >= field.top && i < field.bottom) << layer << ", row " << i;
          ASSERT_EQ(matters({pixel.row, i}), i >= field.left && i < field.right) << layer << ", column " << i;
        }
        for (const int row : {field.top, field.bottom - 1}) {
          for (const int col : {field.left, field.right - 1}) ASSERT_TRUE(matters({row, col}));
        }
        EXPECT_FALSE(matters({field.top - 1, field.left - 1}));
        EXPECT_FALSE(matters({field.bottom, field.right}));
      }
    }
  }
}

TEST(NetworkUnits, AReceptiveFieldGoesOnBeyondTheImage) {
  EXPECT_EQ(receptive_field({.widths = {1, 1}}, 0, {0, 0}), (MapWindow{-1, 2, -1, 2}));
  EXPECT_EQ(receptive_field({.widths = {1, 1}}, 1, {1, 3}), (MapWindow{-3, 5, -1, 7}));
}

TEST(NetworkUnits, AScoreSees46Or54PixelsWithFourLevelsAnd22Or26WithThree) {
  const auto widths = [](const UNetShape& shape) {
    std::set<int> found;
    for (int i = 0; i < shape.block(); ++i) {
      const MapWindow field = receptive_field(shape, 2 * shape.levels() - 1, {i, i});
      found.insert(field.right - field.left);
    }
    return found;
  };
  EXPECT_EQ(widths({.widths = {1, 1, 1, 1}}), (std::set{46, 54}));
  EXPECT_EQ(widths({.widths = {1, 1, 1}}), (std::set{22, 26}));
  EXPECT_EQ(widths({.widths = {1, 1}}), (std::set{10}));
}

TEST(NetworkUnits, AReceptiveFieldEndsWithinTheHaloOfItsBlock) {
  int most = 0;
  for (const UNetShape& shape : some_shapes) {
    const int block = shape.block();
    for (int i = 800; i < 816; ++i) {
      const MapWindow field = receptive_field(shape, 2 * shape.levels() - 1, {i, i});
      EXPECT_EQ(field.left, field.top);
      EXPECT_EQ(field.right, field.bottom);
      EXPECT_GT(field.top, i / block * block - unet_halo);
      EXPECT_LT(field.bottom, (i / block + 1) * block + unet_halo);
      most = std::max(most, field.bottom - field.top);
    }
  }
  EXPECT_EQ(most, 54);
}

TEST(NetworkUnits, AKernelIsLikeItsOwnKind) {
  const auto first = [](std::vector<float> kernel) { return kernel_likeness(kernel).front(); };
  EXPECT_EQ(first({3, 3, 3, 3, 3, 3, 3, 3, 3}).name, "mean");
  EXPECT_EQ(first({1, 2, 1, 2, 4, 2, 1, 2, 1}).name, "Gaussian");
  EXPECT_EQ(first({0, 0, 0, 0, -7, 0, 0, 0, 0}).name, "identity");
  EXPECT_NEAR(first({0, 0, 0, 0, -7, 0, 0, 0, 0}).cosine, -1, 1e-12);
  EXPECT_EQ(first({0, -1, 0, -1, 5, -1, 0, -1, 0}).name, "sharpen");
  EXPECT_EQ(first({0, 2, 0, 2, -8, 2, 0, 2, 0}).name, "Laplacian");
  // As it lies over the image: positive where the image grows brighter to the right, or downwards.
  EXPECT_EQ(first({-1, 0, 1, -2, 0, 2, -1, 0, 1}).name, "Sobel across");
  EXPECT_NEAR(first({-1, 0, 1, -2, 0, 2, -1, 0, 1}).cosine, 1, 1e-12);
  EXPECT_EQ(first({-1, -2, -1, 0, 0, 0, 1, 2, 1}).name, "Sobel down");
  EXPECT_NEAR(first({1, 2, 1, 0, 0, 0, -1, -2, -1}).cosine, -1, 1e-12);
  const std::vector<KernelLikeness> of_zeros = kernel_likeness(std::vector<float>(9));
  ASSERT_EQ(of_zeros.size(), 7U);
  for (const KernelLikeness& named : of_zeros) EXPECT_EQ(named.cosine, 0);
  EXPECT_EQ(of_zeros.front().name, "identity");
  const std::vector<KernelLikeness> some = kernel_likeness(std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 10});
  for (std::size_t i = 1; i < some.size(); ++i)
    EXPECT_GE(std::abs(some[i - 1].cosine), std::abs(some[i].cosine)) << some[i].name;
}

TEST(NetworkUnits, SobelIsPositiveWhereTheImageGrowsBrighterToTheRight) {
  // The named kernel laid over an image is what the filter step's convolution gives.
  const Image<float> image(3, 3, {0, 1, 2, 0, 1, 2, 0, 1, 2});
  const float filtered = convolve(image, preset_kernel(KernelPreset::sobel))[1, 1];
  const std::vector<KernelLikeness> named = kernel_likeness(std::vector<float>{-1, 0, 1, -2, 0, 2, -1, 0, 1});
  double sum = 0;
  for (std::size_t k = 0; k < 9; ++k) sum += named.front().weights[k] * static_cast<double>(image.pixels()[k]);
  EXPECT_EQ(sum, static_cast<double>(filtered));
  EXPECT_GT(sum, 0);
}

}  // namespace
}  // namespace floodlight::test

// What stands in a network: parts of every map as pictures, one map as a whole, and every value of a map as the sum that it is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/feature_maps.h"
#include "core/learn/unet.h"

namespace floodlight {

/// One map of a network: what a layer with weights makes of an image.
struct Unit {
  int layer = 0;  ///< its place in `layers_of(shape)`
  int map = 0;    ///< which of the layer's outputs
  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Where a layer with weights stands: on the way down, on the way up, or at the end.
enum class LayerWay : std::uint8_t { down, up, head };
struct LayerPlace {
  LayerWay way = LayerWay::down;
  int level = 0;  ///< each pixel of its maps is 2^level pixels of the image wide and high
  friend bool operator==(const LayerPlace&, const LayerPlace&) = default;
};
LayerPlace place_of_layer(const UNetShape& shape, int layer);

/// What a layer sees as one of its inputs.
struct InputMap {
  bool image = false;   ///< the image as `network_input` makes it, and no unit
  Unit unit = {};       ///< else the unit that it comes from
  bool pooled = false;  ///< the largest of each 2 x 2 pixels of that unit, which is one level above
  bool risen = false;   ///< each pixel of that unit four times, since it is one level below
  bool skip = false;    ///< that unit as it was on the way down at the same level
  friend bool operator==(const InputMap&, const InputMap&) = default;
};
/// A layer's inputs in the order of its weights: on the way up first what rises, then what the skip brings.
std::vector<InputMap> inputs_of(const UNetShape& shape, int layer);

/// All units, layer by layer and map by map.
std::vector<Unit> units_of(const UNetShape& shape);
/// A unit's place among these.
std::size_t place_of_unit(const UNetShape& shape, Unit unit);

/// A part of every unit's map.
struct UnitPictures {
  MapWindow part;  ///< of the image; it begins at a multiple of `block`
  std::vector<Image<float>>
      maps;  ///< in the order of `units_of`: results of the ReLU, or scores, each as its level has them
};
/// The square of `side` pixels around a pixel, as `tile_around` has it. `input` is what
/// `network_input` made and not empty; network and image outlive the work. O(side^2 * weights), to the bit as `run_unet` has it
/// over the whole image.
Sliced<UnitPictures> unit_pictures_in_slices(const UNet& net, FloatView input, Pixel around, int side);

/// A unit's map in the size of the image: every pixel has the value of the unit's pixel that it lies in, to the bit as
/// `run_unet` has it over the whole image. Network and image outlive the work. O(pixels * weights).
Sliced<Image<float>> unit_map_in_slices(const UNet& net, FloatView input, Unit unit);

/// The part of a unit's sum that one input adds. A head's kernel is a single number: it stands in the middle (4), and all
/// others are 0.
struct InputTerms {
  InputMap input;
  std::array<float, 9> values{};   ///< of the input around the place, row by row; 0 outside its map
  std::array<float, 9> weights{};  ///< the kernel, which is not turned
  float sum = 0;                   ///< of the products of this input alone, in raster order
  float so_far = 0;  ///< the bias and all products up to the last one of this input, as the network adds them
};

/// The 2 x 2 pixels of a unit that hold a place, of which the next level sees one.
struct PooledFrom {
  Pixel first;                    ///< the upper left one, in the unit's own grid
  std::array<float, 4> values{};  ///< row by row
  int taken = 0;                  ///< which is the largest; of equals the first
};

/// How a unit's value came about at one place.
struct UnitTerms {
  Pixel place;     ///< in the unit's own grid
  int kernel = 9;  ///< numbers of a kernel: 9, or 1 for the head
  float bias = 0;
  std::vector<InputTerms> inputs = {};
  float sum = 0;     ///< bias and all products: the network's own, to the bit
  float result = 0;  ///< after the ReLU, which the head has none of: what `unit_map_in_slices` has there
  std::optional<PooledFrom> pooled =
      {};  ///< where the next level sees the unit pooled: on the way down, but for the last level
};
/// Of the unit's pixel that holds this pixel of the image. Computes the network for that pixel's surroundings alone, which
/// takes no longer for a large image. O(weights), some thousand times.
UnitTerms unit_terms(const UNet& net, FloatView input, Unit unit, Pixel pixel);

/// The pixels of the image that the values of a layer depend on at the place that holds this pixel: all within, none
/// outside. It is not cut at the image's edge. Where a side of the image is no multiple of `block`, what lies beyond its
/// last pixels is these repeated, so that they count wherever the field ends.
MapWindow receptive_field(const UNetShape& shape, int layer, Pixel pixel);

/// How much a kernel is like one that has a name.
struct KernelLikeness {
  std::string_view name;            ///< "mean"
  std::array<double, 9> weights{};  ///< the named one, as it lies over the image
  double cosine =
      0;  ///< of the angle between the two: 1 the same but for a factor, -1 its negative, 0 nothing in common
};
/// A 3 x 3 kernel, as it lies over the image, against the filter step's: identity, mean, Gaussian, sharpen, Sobel across and
/// down, Laplacian; the largest cosine first, whatever its sign, equals in this order. All are 0 for a kernel of zeros.
std::vector<KernelLikeness> kernel_likeness(std::span<const float> kernel);

}  // namespace floodlight

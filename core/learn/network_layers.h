// The layers of a convolutional network, each a function from maps to maps, and the derivative of each.
//
// All numbers are single precision and every sum has one order, which is written here; products are rounded before they are
// added. What is computed of a pixel does not depend on the window it is computed in, nor on how many pixels a processor takes at once.
// The conventions are PyTorch's: kernels lie map by map as [outputs][inputs][3][3] and are not flipped; the derivative of a
// ReLU is 0 at 0; that of a pooled maximum goes to the first of equals in raster order.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/image.h"
#include "core/learn/feature_maps.h"

namespace floodlight {

/// Numbers of a 3 x 3 kernel.
constexpr int kernel_size = 9;

/// Whether negative sums become 0 (ReLU).
enum class Rectify : std::uint8_t { no, yes };

/// `out` = bias + kernels over `in`, of which what lies outside is 0: bias first, then map by map the nine products in raster
/// order. Both have the same size. `window` of `out` is computed; up to seven columns to its right are written, too.
/// O(pixels * inputs * outputs).
void convolve(ConstMaps in, std::span<const float> kernels, std::span<const float> bias, Maps out, Rectify rectify,
              const MapWindow& window);
/// The derivative by `in`: `gradient` is by `out`, that of a negative sum already taken away. Written over what is there.
void convolve_back(ConstMaps gradient, std::span<const float> kernels, Maps in_gradient);
/// The derivatives by kernels and bias, added to what is there: each the sum of four, of the columns 0, 4, 8 ..., 1, 5 ... and
/// so on, each in raster order, as (first + second) + (third + fourth).
void convolve_weights_back(ConstMaps in, ConstMaps gradient, std::span<float> kernels_gradient,
                           std::span<float> bias_gradient);

/// Sets the derivative to 0 where the result of a ReLU is not above 0.
void rectify_back(ConstMaps out, Maps gradient);

/// The largest of each 2 x 2 pixels; `in` has twice the sides. Only `window` of `out` is written.
void max_pool(ConstMaps in, Maps out, const MapWindow& window);
/// Added to what is there.
void max_pool_back(ConstMaps in, ConstMaps gradient, Maps in_gradient);

/// Every pixel four times: twice the sides, the nearest value. Only `window` of `out` is written.
void upsample(ConstMaps in, Maps out, const MapWindow& window);
/// The derivative by a pixel is (upper left + upper right) + (lower left + lower right). Written over what is there.
void upsample_back(ConstMaps gradient, Maps in_gradient);

/// `out` = bias + weights over `in`, pixel by pixel ("1 x 1 convolution"); weights as [outputs][inputs]. `window` of `out` is
/// computed; up to three columns to its right are written, too.
void combine(ConstMaps in, std::span<const float> weights, std::span<const float> bias, Maps out,
             const MapWindow& window);
void combine_back(ConstMaps gradient, std::span<const float> weights, Maps in_gradient);
/// As `convolve_weights_back`.
void combine_weights_back(ConstMaps in, ConstMaps gradient, std::span<float> weights_gradient,
                          std::span<float> bias_gradient);

constexpr int most_network_classes = 3;
/// Turns the scores of one pixel into probabilities: exp(score - highest) over their sum, in double. NaN, all of them, where
/// one of the scores is not finite.
void softmax(std::span<float> scores);
/// The same for columns `first` to `last` (not included) of a row of scores, map by map to what `to` points at, to the bit.
void softmax_along(ConstMaps scores, int row, int first, int last, std::span<float* const> to);
/// The sum over all pixels of minus the logarithm of the true class's probability, from the scores by log(sum of exp), which
/// stays finite where the probability is 0. `gradient` becomes its derivative by the scores, times `scale`. NaN where a score
/// is not finite, and no derivative there.
double cross_entropy(ConstMaps scores, ImageView<const std::uint8_t> classes, float scale, Maps gradient);

}  // namespace floodlight

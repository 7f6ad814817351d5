// What a pixel classifier sees of a pixel: the image smoothed at several scales, its edges and its curvature there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// What is computed of the image once it is smoothed. The two eigenvalues are those of its Hessian matrix.
enum class FeatureKind : std::uint8_t { intensity, edges, larger_eigenvalue, smaller_eigenvalue };

/// One number of a pixel's.
struct Feature {
  double sigma = 1;  ///< of the Gaussian that goes first, in pixels
  FeatureKind kind = FeatureKind::intensity;
  friend bool operator==(const Feature&, const Feature&) = default;
};

/// Which features are computed: every chosen kind at every scale. Texture is both eigenvalues.
struct FeatureChoice {
  bool intensity = true;
  bool edges = true;
  bool texture = true;
  std::vector<double> sigmas = {1, 2, 4};
  friend bool operator==(const FeatureChoice&, const FeatureChoice&) = default;
};

constexpr double smallest_feature_sigma = 0.1;
constexpr double largest_feature_sigma = 20;
constexpr std::size_t most_feature_sigmas = 16;

/// The scales that `multiscale_basic_features` takes for its `sigma_min` and `sigma_max`: doublings where the two are a
/// power of two apart, otherwise as many, stretched so that the last is `sigma_max`. numpy's logspace, with correctly
/// rounded logarithm and power. Refuses what is outside the range above, and a maximum below the minimum.
Result<std::vector<double>> stretched_sigmas(double sigma_min, double sigma_max);

/// The chosen features in scikit-image's order: scale by scale; in each intensity, edges, larger and smaller eigenvalue.
std::vector<Feature> features_of(const FeatureChoice& choice);

/// As it stands in a table: "edges, sigma 0.5".
std::string feature_name(const Feature& feature);

/// Says what speaks against computing these features of an image of this size: no kind, no scale, too many, a sigma out of
/// range, or texture where a side is a single pixel.
Result<void> check_features(const FeatureChoice& choice, int rows, int cols);

/// The image smoothed at every scale: all that is kept, since every feature follows from a few neighbours in it.
struct ScaleSpace {
  FeatureChoice choice;
  std::vector<Image<float>> smoothed;  ///< one a sigma, of the image's size
  [[nodiscard]] int rows() const { return smoothed.empty() ? 0 : smoothed.front().rows(); }
  [[nodiscard]] int cols() const { return smoothed.empty() ? 0 : smoothed.front().cols(); }
  friend bool operator==(const ScaleSpace&, const ScaleSpace&) = default;
};

/// The scale space of an image in its own units. Refuses as `check_features` does. O(pixels * sum of sigmas) time,
/// 4 bytes a pixel and scale.
Sliced<Result<ScaleSpace>> scale_space_in_slices(FloatView image, FeatureChoice choice);
Result<ScaleSpace> scale_space(FloatView image, const FeatureChoice& choice);

/// All features of one pixel; `values` has room for as many as `features_of` lists. O(features).
void features_at(const ScaleSpace& space, Pixel pixel, std::span<float> values);

/// The features of `count` pixels of a row from column `first` on. Feature k goes to `values[k * stride]` and on; those
/// with `wanted[k]` 0 are left out. O(count * features), several pixels at a time.
void features_along(const ScaleSpace& space, std::span<const std::uint8_t> wanted, int row, int first, int count,
                    float* values, std::size_t stride);

/// Where the features that are derived from one smoothed image go; null: not wanted.
struct DerivedFeatures {
  float* edges = nullptr;
  float* larger = nullptr;
  float* smaller = nullptr;
};
/// The same for one scale: the derived features of `count` pixels of a row of a smoothed image.
void derive_along(FloatView smoothed, int row, int first, int count, const DerivedFeatures& to);

/// One feature as an image.
Image<float> feature_image(const ScaleSpace& space, std::size_t feature);
Sliced<Image<float>> feature_image_in_slices(const ScaleSpace& space, std::size_t feature);

/// `skimage.feature.multiscale_basic_features(image.astype(float32), ...)`, as one image for each of `features_of`.
/// Bit for bit scikit-image's 0.26. O(pixels * (sum of sigmas + features)) time, 4 bytes a pixel and feature.
Sliced<Result<std::vector<Image<float>>>> multiscale_basic_features_in_slices(FloatView image, FeatureChoice choice);
Result<std::vector<Image<float>>> multiscale_basic_features(FloatView image, const FeatureChoice& choice);

}  // namespace floodlight

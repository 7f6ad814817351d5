// Which features there are, and the smoothed images from which they follow.
#include "core/learn/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/exact_math.h"
#include "core/base/json.h"
#include "core/segment/filter.h"

namespace floodlight {
namespace {

/// The ends of a stretched range come back from logarithms, a bit or two beside the round number.
bool in_range(double sigma) {
  constexpr double slack = 1e-12;
  return sigma >= smallest_feature_sigma * (1 - slack) && sigma <= largest_feature_sigma * (1 + slack);
}

std::unexpected<Error> out_of_range(const std::string& name, double sigma) {
  return fail(name + " is " + shortest(sigma) + "; it must be from " + shortest(smallest_feature_sigma) + " to " +
              shortest(largest_feature_sigma) + " pixels.");
}

std::vector<FeatureKind> kinds_of(const FeatureChoice& choice) {
  std::vector<FeatureKind> kinds;
  if (choice.intensity) kinds.push_back(FeatureKind::intensity);
  if (choice.edges) kinds.push_back(FeatureKind::edges);
  if (choice.texture) kinds.insert(kinds.end(), {FeatureKind::larger_eigenvalue, FeatureKind::smaller_eigenvalue});
  return kinds;
}

/// What of one scale is wanted as whole images.
struct Derived {
  std::optional<Image<float>> edges;
  std::optional<Image<float>> larger;
  std::optional<Image<float>> smaller;
};

float* row_of(std::optional<Image<float>>& image, int row) { return image ? image->view().row(row) : nullptr; }

void derive_rows(FloatView smoothed, int first_row, int last_row, Derived& to) {
  for (int row = first_row; row < last_row; ++row) {
    derive_along(
        smoothed, row, 0, smoothed.cols(),
        {.edges = row_of(to.edges, row), .larger = row_of(to.larger, row), .smaller = row_of(to.smaller, row)});
  }
}

/// Fills the images that `to` holds.
Sliced<Derived> derive_in_slices(FloatView smoothed, Derived to) {
  constexpr int pixels_per_slice = 1 << 16;
  const int step = pixels_per_slice / std::max(smoothed.cols(), 1) + 1;
  for (int row = 0; row < smoothed.rows(); row += step) {
    derive_rows(smoothed, row, std::min(row + step, smoothed.rows()), to);
    co_yield Pause{};
  }
  co_return to;
}

}  // namespace

Result<std::vector<double>> stretched_sigmas(double sigma_min, double sigma_max) {
  if (!in_range(sigma_min)) return out_of_range("The smallest sigma", sigma_min);
  if (!in_range(sigma_max)) return out_of_range("The largest sigma", sigma_max);
  if (sigma_max < sigma_min) {
    return fail("The largest sigma is " + shortest(sigma_max) + "; it must be at least the smallest, " +
                shortest(sigma_min) + ".");
  }
  const double low = exact_log2(sigma_min);
  const double high = exact_log2(sigma_max);
  const int count = static_cast<int>(high - low + 1);
  const double step = count > 1 ? (high - low) / (count - 1) : 0;
  std::vector<double> sigmas;
  for (int i = 0; i < count; ++i) sigmas.push_back(exact_exp2(count > 1 && i == count - 1 ? high : i * step + low));
  return sigmas;
}

std::vector<Feature> features_of(const FeatureChoice& choice) {
  std::vector<Feature> features;
  for (const double sigma : choice.sigmas) {
    for (const FeatureKind kind : kinds_of(choice)) features.push_back({.sigma = sigma, .kind = kind});
  }
  return features;
}

std::string feature_name(const Feature& feature) {
  static constexpr std::array<const char*, 4> names = {"intensity", "edges", "larger eigenvalue", "smaller eigenvalue"};
  return std::string(names[static_cast<std::size_t>(feature.kind)]) + ", sigma " + shortest(feature.sigma);
}

Result<void> check_features(const FeatureChoice& choice, int rows, int cols) {
  if (!choice.intensity && !choice.edges && !choice.texture)
    return fail("No kind of feature is chosen; choose intensity, edges or texture, or several of them.");
  if (choice.sigmas.empty()) return fail("No scale is chosen; choose at least one sigma.");
  if (choice.sigmas.size() > most_feature_sigmas) {
    return fail(std::to_string(choice.sigmas.size()) + " scales are chosen; at most " +
                std::to_string(most_feature_sigmas) + " are possible.");
  }
  for (const double sigma : choice.sigmas) {
    if (!in_range(sigma)) return out_of_range("A feature's sigma", sigma);
  }
  if (choice.texture && (rows < 2 || cols < 2)) {
    return fail("Texture needs at least 2 rows and 2 columns; this image has " + std::to_string(rows) + " x " +
                std::to_string(cols) + " pixels.");
  }
  return {};
}

Sliced<Result<ScaleSpace>> scale_space_in_slices(FloatView image, FeatureChoice choice) {
  if (auto checked = check_features(choice, image.rows(), image.cols()); !checked)
    co_return std::unexpected(checked.error());
  ScaleSpace space{.choice = std::move(choice), .smoothed = {}};
  for (const double sigma : space.choice.sigmas) {
    space.smoothed.push_back(co_await gaussian_in_slices(image, sigma));
    co_yield Pause{};
  }
  co_return space;
}

Result<ScaleSpace> scale_space(FloatView image, const FeatureChoice& choice) {
  return scale_space_in_slices(image, choice).finish();
}

Sliced<Image<float>> feature_image_in_slices(const ScaleSpace& space, std::size_t feature) {
  const std::vector<FeatureKind> kinds = kinds_of(space.choice);
  const Image<float>& smoothed = space.smoothed[feature / kinds.size()];
  const FeatureKind kind = kinds[feature % kinds.size()];
  if (kind == FeatureKind::intensity) co_return smoothed;
  Derived to;
  auto& image = kind == FeatureKind::edges ? to.edges : kind == FeatureKind::larger_eigenvalue ? to.larger : to.smaller;
  image.emplace(space.rows(), space.cols());
  to = co_await derive_in_slices(smoothed, std::move(to));
  co_return std::move(*image);
}

Image<float> feature_image(const ScaleSpace& space, std::size_t feature) {
  return feature_image_in_slices(space, feature).finish();
}

Sliced<Result<std::vector<Image<float>>>> multiscale_basic_features_in_slices(FloatView image, FeatureChoice choice) {
  if (auto checked = check_features(choice, image.rows(), image.cols()); !checked)
    co_return std::unexpected(checked.error());
  std::vector<Image<float>> planes;
  for (const double sigma : choice.sigmas) {
    Image<float> smoothed = co_await gaussian_in_slices(image, sigma);
    Derived to;
    for (const auto& [plane, wanted] :
         {std::pair{&to.edges, choice.edges}, {&to.larger, choice.texture}, {&to.smaller, choice.texture}}) {
      co_yield Pause{};  // new memory takes its time
      if (wanted) plane->emplace(image.rows(), image.cols());
    }
    to = co_await derive_in_slices(smoothed, std::move(to));
    if (choice.intensity) planes.push_back(std::move(smoothed));
    for (auto* plane : {&to.edges, &to.larger, &to.smaller}) {
      if (*plane) planes.push_back(std::move(**plane));
    }
  }
  co_return planes;
}

Result<std::vector<Image<float>>> multiscale_basic_features(FloatView image, const FeatureChoice& choice) {
  return multiscale_basic_features_in_slices(image, choice).finish();
}

}  // namespace floodlight

// The way to the mask by a network, which says of every pixel how probably it is background, rim or interior; and to seeds, one
// in each interior.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/learn/network_input.h"
#include "core/pipeline/mask_source.h"
#include "core/pipeline/network_python.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/distance_transform.h"
#include "core/segment/gaussian.h"
#include "core/segment/peaks.h"

namespace floodlight {
namespace {

// --- what was learnt -------------------------------------------------------------------------------------------------------

bool has_network(const Recipe& recipe) { return recipe.network != nullptr; }

Json write_network(const Recipe& recipe) { return network_to_json(*recipe.network); }

Result<void> read_network(Recipe& recipe, const Json& json) {
  auto read = network_from_json(json);
  if (!read) return fail("mask.network: " + read.error().message);
  recipe.network = std::make_shared<const TrainedNetwork>(std::move(*read));
  return {};
}

std::optional<Stage> first_change(const Recipe& one, const Recipe& other) {
  if (one.network == other.network) return std::nullopt;
  if (one.network == nullptr || other.network == nullptr) return Stage::filtered;
  return *one.network == *other.network ? std::nullopt : std::optional(Stage::mask);
}

constexpr MaskLearnt learnt = {.name = "network",
                               .from = "images with their truth",
                               .there = has_network,
                               .to_json = write_network,
                               .from_json = read_network,
                               .first_change = first_change};

// --- what the network sees -------------------------------------------------------------------------------------------------

Sliced<Result<StageChange>> compute_input(const Recipe& recipe, StageValues& values) {
  if (!has_network(recipe)) co_return fail("There is no network yet; train one with `floodlight train-network`.");
  if (const auto bad = count_nonfinite(values.raw); bad > 0) {
    co_return fail(counted(bad, "pixel is", "pixels are") +
                   " NaN or infinite, which no network can look at; treat them as 0 to go on.");
  }
  NetworkInput input = co_await network_input_in_slices(values.raw);
  values.network_of.reset();
  values.filtered = std::move(input.image);
  co_return StageChange::value;
}

/// One number says it: the logarithm of how far the pixel is above the background, on the image's own scale.
TermsAtPixel terms_of_input(const Recipe& /*unused*/, const StageValues& values, Pixel pixel) {
  return {.result = static_cast<double>(values.filtered[pixel]), .parts = {}};
}

std::string notebook_of_input(const Recipe& /*unused*/) {
  return "A network is shown every image on the same scale, whatever its exposure: the logarithm of how far a pixel is "
         "above "
         "the background, less the mean, divided by the standard deviation.";
}

// --- what the network says -------------------------------------------------------------------------------------------------

/// Of larger images the old probabilities go before there are new ones.
constexpr std::size_t most_pixels_kept = std::size_t{2048} * 2048;

Sliced<Result<StageChange>> compute_probabilities(const Recipe& recipe, StageValues& values) {
  // Kept: between two slices the recipe may be replaced by one that holds an equal network.
  const std::shared_ptr<const TrainedNetwork> network = recipe.network;
  const double below = recipe.background_below;
  const bool asked = values.network_of == nullptr || *values.network_of != *network;
  if (asked) {
    values.network_of.reset();
    // The old ones can be looked at while these are made, unless both together may be more than there is room for.
    if (values.filtered.size() > most_pixels_kept) {
      values.network = {};
      values.network_nuclei = {};
    }
    values.network = co_await predict_in_slices(network->net, values.filtered);
    values.network_nuclei = nuclei_probability(values.network);
    values.network_of = network;
  }
  Thresholded next;
  next.cutoff = Cutoff(no_value);
  next.mask = foreground_of(values.network, below);
  next.above = std::ranges::count(std::as_const(next.mask).pixels(), std::uint8_t{1});
  const bool changed = asked || next.mask != values.thresholded.mask;
  values.thresholded = std::move(next);
  values.raw_thresholded = {};
  co_return changed ? StageChange::value : StageChange::aside;
}

/// The probability that the pixel is background.
TermsAtPixel terms_of_probability(const Recipe& /*unused*/, const StageValues& values, Pixel pixel) {
  return {.result = static_cast<double>(values.network.probabilities.front()[pixel]), .parts = {}};
}

std::string notebook_of_probabilities(const Recipe& recipe) {
  const UNet& net = recipe.network->net;
  return "A U-Net of " + std::to_string(net.weights.size()) + " weights says of every pixel how probably it is " +
         (net.shape.rim ? "background, rim or interior" : "background or interior") +
         " of a nucleus. The mask is where background is less probable than " + shortest(recipe.background_below) + ".";
}

// --- seeds of its own ------------------------------------------------------------------------------------------------------

Sliced<Result<StageChange>> compute_seeds(const Recipe& recipe, StageValues& values) {
  const PeakOptions<float> options = interior_peak_options(recipe);
  const Mask interior = interior_of(values.network);
  co_yield Pause{};
  const auto squared = co_await distance_squared_in_slices(interior);
  const Image<float> distance = distance_single(squared);
  co_yield Pause{};
  values.interior_distance = co_await gaussian_in_slices(distance, interior_smoothing);
  values.interior_heights = Image<std::int32_t>(interior.rows(), interior.cols());
  std::ranges::transform(std::as_const(values.interior_distance).pixels(), values.interior_heights.pixels().begin(),
                         height_as_whole);
  std::vector<Pixel> peaks = co_await peak_local_max_in_slices<float>(values.interior_distance, options);
  auto seeds = co_await seeds_from_peaks_in_slices(peaks, interior.rows(), interior.cols());
  const bool other_peaks = peaks != values.peaks;
  values.peaks = std::move(peaks);
  values.seeds.count = seeds.count;
  const StageChange changed = replace(values.seeds.labels, std::move(seeds.labels));
  co_return changed == StageChange::none&& other_peaks ? StageChange::aside : changed;
}

/// The height of the landscape in which the summits are.
TermsAtPixel terms_of_seeds(const Recipe& /*unused*/, const StageValues& values, Pixel pixel) {
  return {.result = static_cast<double>(values.interior_distance[pixel]), .parts = {}};
}

std::string notebook_of_seeds(const Recipe& /*unused*/) {
  return "Where interior is the most probable, the network sees a nucleus apart from its neighbours. The summits of "
         "the "
         "distance transform inside the interiors, smoothed a little, lie in the middle of the nuclei.";
}

constexpr MaskStep steps[] = {
    {.stage = Stage::filtered,
     .title = "What the network sees",
     .compute = compute_input,
     .terms = terms_of_input,
     .python = python_of_network_input,
     .notebook = notebook_of_input,
     .imagej = nullptr},
    {.stage = Stage::mask,
     .title = "Network",
     .compute = compute_probabilities,
     .terms = terms_of_probability,
     .python = python_of_network,
     .notebook = notebook_of_probabilities,
     .imagej = nullptr},
};
constexpr MaskStep seeds = {.stage = Stage::seeds,
                            .title = "Seeds",
                            .compute = compute_seeds,
                            .terms = terms_of_seeds,
                            .python = python_of_network_seeds,
                            .notebook = notebook_of_seeds,
                            .imagej = nullptr};

constexpr std::string_view groups[] = {"network"};

constexpr std::string_view no_imagej =
    "ImageJ's macro language has no equivalent of this network; DeepImageJ and StarDist run networks in Fiji, but "
    "others, "
    "whose masks differ.";

std::string paper_of_network(const Recipe& recipe) {
  return "background found by a convolutional network of " + counted(recipe.network->net.weights.size(), "weight") +
         ", probability below " + shortest(recipe.background_below);
}

}  // namespace

Recipe network_recipe(std::shared_ptr<const TrainedNetwork> network) {
  Recipe recipe;
  recipe.mask_from = &mask_sources::network;
  recipe.network = std::move(network);
  recipe.refinements.clear();
  recipe.window = 15;
  recipe.min_distance = 5;
  recipe.exclude_border = false;
  recipe.threshold_abs = 1;
  return recipe;
}

constinit const MaskSource mask_sources::network = {
    .name = "network",
    .label = "Network",
    .help = "A network has learnt which pixels are background, rim and interior; each interior becomes a seed.",
    .steps = steps,
    .groups = groups,
    .seeds = &seeds,
    .learnt = &learnt,
    .program = &network_program,
    .decides = "the network",
    .in_paper = paper_of_network,
    .imagej_lacks = no_imagej,
};
constinit const MaskSource mask_sources::network_mask = {
    .name = "network_mask",
    .label = "Network, seeds from the mask",
    .help = "The network's mask alone; seeds are found in it as in every other mask.",
    .steps = steps,
    .groups = groups,
    .learnt = &learnt,
    .program = &network_program,
    .decides = "the network",
    .in_paper = paper_of_network,
    .imagej_lacks = no_imagej,
};

}  // namespace floodlight

// The way to the mask by a pixel classifier: features of every pixel, and a forest that has learnt from paint what they mean.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/learn/pixel_classifier_json.h"
#include "core/pipeline/classifier_python.h"
#include "core/pipeline/mask_source.h"
#include "core/pipeline/recipe.h"

namespace floodlight {
namespace {

// --- what was learnt -------------------------------------------------------------------------------------------------------

bool has_forest(const Recipe& recipe) { return recipe.classifier != nullptr && is_trained(*recipe.classifier); }

Json write_classifier(const Recipe& recipe) { return classifier_to_json(*recipe.classifier); }

Result<void> read_classifier(Recipe& recipe, const Json& json) {
  auto read = classifier_from_json(json);
  if (!read) return fail("mask.classifier: " + read.error().message);
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(*read));
  return {};
}

std::optional<Stage> first_change(const Recipe& one, const Recipe& other) {
  if (one.classifier == other.classifier) return std::nullopt;
  if (one.classifier == nullptr || other.classifier == nullptr) return Stage::filtered;
  if (one.classifier->features != other.classifier->features) return Stage::filtered;
  return *one.classifier == *other.classifier ? std::nullopt : std::optional(Stage::mask);
}

constexpr MaskLearnt learnt = {.name = "classifier",
                               .from = "paint",
                               .there = has_forest,
                               .to_json = write_classifier,
                               .from_json = read_classifier,
                               .first_change = first_change};

// --- features --------------------------------------------------------------------------------------------------------------

Sliced<Result<StageChange>> compute_features(const Recipe& recipe, StageValues& values) {
  if (recipe.classifier == nullptr) co_return fail("There is no pixel classifier yet; train one on painted pixels.");
  if (const auto bad = count_nonfinite(values.raw); bad > 0) {
    co_return fail(counted(bad, "pixel is", "pixels are") +
                   " NaN or infinite, which have no features; treat them as 0 to go on.");
  }
  // Nobody reads the old ones while these are made, and both together may be more than there is room for.
  values.features = {};
  auto space = co_await scale_space_in_slices(values.raw, recipe.classifier->features);
  if (!space) co_return std::unexpected(std::move(space.error()));
  values.features = std::move(*space);
  values.filtered = values.features.smoothed.front();
  co_return StageChange::value;
}

TermsAtPixel terms_of_smoothing(const Recipe& /*unused*/, const StageValues& values, Pixel pixel) {
  Chosen<FilterRow> gaussian = filters::gaussian;
  gaussian[gaussian_sigma] = values.features.choice.sigmas.front();
  return gaussian->terms(values.raw, gaussian.values, pixel);
}

std::string notebook_of_features(const Recipe& recipe) {
  const FeatureChoice& choice = recipe.classifier->features;
  std::string kinds;
  for (const auto& [chosen, what] : {std::pair{choice.intensity, "the image smoothed (intensity)"},
                                     std::pair{choice.edges, "how steep it is there (edges)"},
                                     std::pair{choice.texture, "its curvature in two directions (texture)"}}) {
    if (chosen) kinds += (kinds.empty() ? "" : ", ") + std::string(what);
  }
  std::string sigmas;
  for (const double sigma : choice.sigmas) sigmas += (sigmas.empty() ? "" : ", ") + shortest(sigma);
  return "A pixel classifier describes each pixel by several numbers, its features: " + kinds +
         ", after a Gaussian of each sigma of " + sigmas + ".";
}

// --- forest ----------------------------------------------------------------------------------------------------------------

Sliced<Result<StageChange>> compute_forest(const Recipe& recipe, StageValues& values) {
  // Kept: between two slices the recipe may be replaced by one that holds an equal classifier.
  const std::shared_ptr<const PixelClassifier> classifier = recipe.classifier;
  if (!is_trained(*classifier)) {
    // What was there came from another way, or from another forest.
    values.prediction = {};
    co_return fail("There is no forest yet: paint a few pixels of nuclei and a few of the background.");
  }
  Prediction prediction = co_await predict_in_slices(values.features, classifier->forest);
  Thresholded next;
  next.cutoff = Cutoff(no_value);
  co_yield Pause{};
  next.mask = mask_of_class(prediction, classifier->nuclei);
  next.above = std::ranges::count(std::as_const(next.mask).pixels(), std::uint8_t{1});
  const bool changed = next.mask != values.thresholded.mask;
  values.prediction = std::move(prediction);
  values.thresholded = std::move(next);
  values.raw_thresholded = {};
  co_return changed ? StageChange::value : StageChange::aside;
}

/// The probability that the pixel is of a nucleus.
TermsAtPixel terms_of_forest(const Recipe& recipe, const StageValues& values, Pixel pixel) {
  const Prediction& prediction = values.prediction;
  const auto place = std::ranges::find(prediction.classes, recipe.classifier->nuclei) - prediction.classes.begin();
  return {.result = static_cast<double>(prediction.probabilities[static_cast<std::size_t>(place)][pixel]), .parts = {}};
}

std::string notebook_of_forest(const Recipe& recipe) {
  return "A random forest learns from painted pixels what the features of each class look like: each of its " +
         counted(recipe.classifier->settings.trees, "tree", "trees") +
         " asks questions of a pixel's features and answers with the shares of the classes; the class with the highest "
         "mean share wins. The nuclei are class " +
         std::to_string(recipe.classifier->nuclei) + " of the paint.";
}

std::string paper_of_forest(const Recipe& recipe) {
  const PixelClassifier& classifier = *recipe.classifier;
  return "pixels classified by a random forest of " + counted(classifier.settings.trees, "tree", "trees") + " on " +
         counted(features_of(classifier.features).size(), "feature") + " that was trained on painted pixels of " +
         counted(classifier.painted.size(), "image");
}

constexpr MaskStep steps[] = {
    {.stage = Stage::filtered,
     .title = "Features",
     .compute = compute_features,
     .terms = terms_of_smoothing,
     .python = python_of_features,
     .notebook = notebook_of_features,
     .imagej = nullptr},
    {.stage = Stage::mask,
     .title = "Forest",
     .compute = compute_forest,
     .terms = terms_of_forest,
     .python = python_of_forest,
     .notebook = notebook_of_forest,
     .imagej = nullptr},
};

}  // namespace

constinit const MaskSource mask_sources::classifier = {
    .name = "classifier",
    .label = "Machine learning",
    .help = "A forest has learnt from painted pixels which features the pixels of nuclei have.",
    .steps = steps,
    .groups = {},
    .learnt = &learnt,
    .program = &classifier_program,
    .decides = "the forest",
    .in_paper = paper_of_forest,
    .imagej_lacks =
        "ImageJ's macro language has no equivalent of this pixel classifier; Labkit and Trainable Weka Segmentation "
        "are "
        "its like in Fiji, but they compute other features and train other forests (Weka's has 200 trees, 2 features a "
        "question and another random seed every time), so that their masks differ.",
};

}  // namespace floodlight

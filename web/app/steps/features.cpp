// Step 2 of machine learning: which features are computed of every pixel, each as a picture, and how one came about.
#include "core/learn/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/learn/feature_terms.h"
#include "core/segment/gaussian.h"
#include "web/app/plots/lens.h"
#include "web/app/state/app.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::array<double, 6> offered_sigmas = {0.5, 1, 2, 4, 8, 16};

std::string two_places(float value) { return number(std::round(static_cast<double>(value) * 100) / 100); }

/// A switch for each kind and each scale: every chosen kind is computed at every chosen scale.
void feature_switches(App& app) {
  const PixelClassifier& classifier = *app.recipe().classifier;
  FeatureChoice next = classifier.features;
  toggle("Intensity: the smoothed image", next.intensity, "How bright it is around the pixel.");
  toggle("Edges: how steep it is", next.edges, "High along outlines, low inside and outside.");
  toggle("Texture: curvature, two numbers", next.texture,
         "The larger and the smaller eigenvalue of the second derivatives: low on bright spots, high in gaps.");
  note("Scales: the Gaussian's sigma that goes first, in px.");
  const float cell = std::floor((available_width() - px(5) * 4) / 6);
  for (std::size_t i = 0; i < offered_sigmas.size(); ++i) {
    const double sigma = offered_sigmas[i];
    if (i > 0) ImGui::SameLine(0, px(4));
    const bool chosen = std::ranges::contains(next.sigmas, sigma);
    const std::string name = "Sigma " + shortest(sigma);
    if (button(shortest(sigma) + "##sigma", {.help = chosen ? "Leaves this scale out." : "Adds this scale.",
                                             .pressed = chosen,
                                             .width = cell,
                                             .name = name})) {
      if (chosen) {
        std::erase(next.sigmas, sigma);
      } else {
        next.sigmas.push_back(sigma);
        std::ranges::sort(next.sigmas);
      }
    }
  }
  if (next == classifier.features) return;
  const auto& raw = app.values().raw;
  if (const auto good = check_features(next, raw.rows(), raw.cols()); !good) {
    app.message = good.error().message;
    return;
  }
  choose_features(app, std::move(next));
}

/// The table of all features: the one that is pressed is shown as a picture; each says its value at the pixel at hand.
void table_of_features(App& app) {
  const FeatureChoice& choice = app.recipe().classifier->features;
  const auto features = features_of(choice);
  std::vector<float> values(features.size());
  const auto pixel = app.probed();
  const bool there = pixel && app.pipeline.current(Stage::filtered) && app.values().features.choice == choice;
  if (there) features_at(app.values().features, *pixel, values);
  note(there ? "Press one: it becomes the picture. Its number is the pixel's." : "Press one: it becomes the picture.");
  const GroupScope group("Features");
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (list_row(beginning_a_sentence(feature_name(features[i])),
                 there && !app.covers(Covers::filtered_value) ? two_places(values[i]) : "", i == shown_feature(app)))
      app.painting.feature = i;
  }
}

std::string difference_text(const Difference& d) {
  return "(" + two_places(d.after_value) + " - " + two_places(d.before_value) + ") / " +
         number(static_cast<double>(d.divisor));
}

TermsAtPixel eigenvalue_terms(FloatView smoothed, Pixel p, bool larger) {
  const HessianTerms t = hessian_terms(smoothed, p);
  const auto second = [](const SecondDifference& d) {
    return "(" + two_places(d.after.result) + " - " + two_places(d.before.result) + ") / " +
           number(static_cast<double>(d.divisor)) + " = " + two_places(d.result);
  };
  TermsAtPixel terms;
  terms.parts.push_back({"Slopes below and above the pixel: " + difference_text(t.down.after) + " and " +
                             difference_text(t.down.before) + ". How they change down the column: " + second(t.down) +
                             ".",
                         {}});
  terms.parts.push_back(
      {"The same along the row: " + second(t.across) + "; of one with the other: " + second(t.mixed) + ".", {}});
  terms.parts.push_back({"Eigenvalues: (" + two_places(t.down.result) + " + " + two_places(t.across.result) +
                             ") / 2 = " + two_places(t.middle) +
                             ", plus or minus the root of mixed\xC2\xB2 + half the "
                             "difference\xC2\xB2, " +
                             two_places(t.root) + ": " + two_places(larger ? t.larger : t.smaller) +
                             (larger ? " is the larger." : " is the smaller."),
                         {}});
  return terms;
}

TermsAtPixel edge_terms(FloatView smoothed, Pixel p) {
  const SobelTerms t = sobel_terms(smoothed, p);
  TermsAtPixel terms;
  terms.parts.push_back({"How steep down, of the smoothed image: " + two_places(t.down_value) + ".", t.down});
  terms.parts.push_back({"How steep across: " + two_places(t.across_value) + ".", t.across});
  terms.parts.push_back(
      {"The root of their squares' sum, divided by the root of 2: " + two_places(t.result) + ".", {}});
  return terms;
}

}  // namespace

void features_controls(App& app) {
  if (app.recipe().classifier == nullptr) return;
  feature_switches(app);
  gap(8);
  table_of_features(app);
}

std::string why_features(const App& app, Pixel p) {
  const ScaleSpace& space = app.values().features;
  const auto features = features_of(space.choice);
  if (!app.pipeline.current(Stage::filtered) || shown_feature(app) >= features.size()) return {};
  if (app.covers(Covers::filtered_value, p)) return "Which value? That is for you to say.";
  std::vector<float> values(features.size());
  features_at(space, p, values);
  return "A pixel is " + std::to_string(features.size()) + " numbers to the forest. " +
         beginning_a_sentence(feature_name(features[shown_feature(app)])) + " is " +
         two_places(values[shown_feature(app)]) + " here.";
}

void explain_features(App& app, Pixel p) {
  const ScaleSpace& space = app.values().features;
  const auto features = features_of(space.choice);
  if (!app.pipeline.current(Stage::filtered) || shown_feature(app) >= features.size() ||
      app.covers(Covers::filtered_value, p))
    return;
  const Feature& f = features[shown_feature(app)];
  const auto scale =
      static_cast<std::size_t>(std::ranges::find(space.choice.sigmas, f.sigma) - space.choice.sigmas.begin());
  const FloatView smoothed = space.smoothed[scale];
  switch (f.kind) {
    case FeatureKind::intensity:
      terms_at_pixel(gaussian_at_pixel(app.values().raw, f.sigma, p, "The"), app.filter.lens);
      break;
    case FeatureKind::edges:
      terms_at_pixel(edge_terms(smoothed, p), app.filter.lens);
      break;
    case FeatureKind::larger_eigenvalue:
    case FeatureKind::smaller_eigenvalue:
      terms_at_pixel(eigenvalue_terms(smoothed, p, f.kind == FeatureKind::larger_eigenvalue), app.filter.lens);
      break;
  }
}

}  // namespace floodlight::ui

// Exercises of the step Features: how many numbers a pixel has, how far one reaches, an edge by hand, signs and units.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/exercises/exercise_parts.h"
#include "core/learn/feature_terms.h"
#include "core/learn/features.h"
#include "core/segment/gaussian.h"

namespace floodlight {
namespace {

FeatureChoice choice_of(const ExerciseInput& input) {
  return input.recipe != nullptr && input.recipe->classifier != nullptr ? input.recipe->classifier->features
                                                                        : FeatureChoice{};
}

/// A number with no more decimals than it has.
std::string plain(double value) { return number_text(value, value == std::round(value) ? 0 : 1); }

Exercise count(const ExerciseInput& input) {
  const FeatureChoice choice = choice_of(input);
  const auto scales = static_cast<double>(choice.sigmas.size());
  std::string kinds;
  double chosen = 0;
  for (const auto& [taken, name] : {std::pair{choice.intensity, "intensity"}, std::pair{choice.edges, "edges"},
                                    std::pair{choice.texture, "texture"}}) {
    if (!taken) continue;
    kinds += (kinds.empty() ? "" : ", ") + std::string(name);
    ++chosen;
  }
  Exercise e;
  e.question = "Chosen are " + kinds + ", at " + counted(choice.sigmas.size(), "scale") +
               ". How many numbers does the forest get of each pixel?";
  e.answer = static_cast<double>(features_of(choice).size());
  e.unit = "numbers";
  if (choice.texture) add_mistake(e, chosen * scales, "Texture is two numbers at every scale: both eigenvalues.");
  add_mistake(e, scales, "At every scale each kind is computed.");
  add_mistake(e, chosen, "Each kind is computed at every scale.");
  add_mistake(e, 24, "24 are the library's default: three kinds at six scales.");
  e.worked = "Every chosen kind is computed at every scale, and texture is two numbers. With " + kinds +
             " that makes " + number_text(e.answer / scales) + " a scale, times " + number_text(scales) + " is " +
             number_text(e.answer) + ".";
  return e;
}

Exercise reach(const ExerciseInput& input) {
  const double sigma = choice_of(input).sigmas.back();
  const auto radius = static_cast<double>(gaussian_reach(sigma));
  Exercise e;
  e.question = "How many pixels to each side does the feature \"intensity, sigma " + plain(sigma) + "\" look at?";
  e.answer = radius;
  e.unit = "pixels";
  add_mistake(e, sigma, "Sigma is how wide the bell is; the weights go on to 4 sigma.");
  add_mistake(e, 2 * radius + 1, "That is the whole side: as many on both sides, and the middle.");
  add_mistake(e, 2 * sigma, "The weights go on to 4 sigma.");
  add_mistake(e, 1, "It is smoothed first, and that is what makes it look far.");
  e.worked = "The Gaussian's weights reach 4 sigma to each side, rounded to whole pixels. 4 x " + plain(sigma) +
             " is " + number_text(radius) + "; scales differ in how far they look, and that is why there are several.";
  return e;
}

Exercise edges(const ExerciseInput& input) {
  const FeatureChoice choice = choice_of(input);
  const double sigma = choice.sigmas.front();
  const auto steep = [&](FloatView image, Pixel pixel) {
    const Image<float> smoothed = gaussian(image, sigma);
    return sobel_terms(smoothed, pixel);
  };
  const auto can = [&](FloatView image, Pixel pixel) {
    if (!can_be_divided(image) || !image.contains(pixel)) return false;
    const SobelTerms t = steep(image, pixel);
    return std::abs(t.down_value) >= 0.01F && std::abs(t.across_value) >= 0.01F;
  };
  const Subject s = choose_subject(input, can(input.raw, input.pixel), {9, 9});
  const SobelTerms t = steep(s.image, s.pixel);
  // By hand one goes on with what is written.
  const double down = std::round(static_cast<double>(t.down_value) * 100) / 100;
  const double across = std::round(static_cast<double>(t.across_value) * 100) / 100;
  const double both = std::sqrt(down * down + across * across);
  Exercise e = exercise_about(s);
  e.question = "After a Gaussian of sigma " + plain(sigma) + ", Sobel's kernels give " + number_text(down, 2) +
               " down and " + number_text(across, 2) + " across at " + s.where() +
               ". What is the feature \"edges\" there, to 2 decimals?";
  e.pixel = s.pixel;
  e.decimals = 2;
  e.answer = both / std::sqrt(2.0);
  add_mistake(e, both, "Divide by the root of 2, as skimage.filters.sobel does.");
  add_mistake(e, (std::abs(down) + std::abs(across)) / 2, "Not the mean: square, add, and take the root.");
  add_mistake(e, std::abs(down) + std::abs(across), "Square first, add, and take the root.");
  add_mistake(e, (down * down + across * across) / 2, "The root is missing.");
  add_mistake(e, std::max(std::abs(down), std::abs(across)), "Both directions count.");
  e.worked = "Square both, add them, take the root, and divide by the root of 2. The root of " +
             number_text(down * down, 2) + " + " + number_text(across * across, 2) + " is " + number_text(both, 2) +
             ", and divided by 1.414 it is " + number_text(e.answer, 2) + ".";
  e.covers = {Covers::filtered_value};
  return e;
}

/// A bright spot in the middle of nothing, or a bright line across it.
HessianTerms curvature(bool line) {
  constexpr int side = 17;
  constexpr Pixel middle{side / 2, side / 2};
  Image<float> image(side, side);
  for (int i = 0; i < side; ++i) {
    if (line || i == middle.col) image[middle.row, i] = 1000;
  }
  return hessian_terms(gaussian(image, 2), middle);
}

Exercise eigenvalues(const ExerciseInput& /*input*/) {
  const HessianTerms spot = curvature(false);
  const HessianTerms line = curvature(true);
  Exercise e;
  e.question = "In the middle of a round bright spot, which signs do the two eigenvalues of the curvature have?";
  const int right = spot.larger < 0 ? 0 : spot.smaller > 0 ? 1 : 2;
  set_choices(e, {"Both negative", "Both positive", "One of each"}, right);
  add_mistake(e, 0, "Away from the middle the values fall to all sides.");
  add_mistake(e, 1, "Both positive is the middle of a dark spot: there the values rise to all sides.");
  add_mistake(e, 2,
              "One of each is a saddle: the gap between two nuclei, which rises to one side and falls to the other.");
  e.worked =
      "The values fall to all sides, so that the surface bends down both ways. A spot of 1000 after sigma 2 has " +
      number_text(static_cast<double>(spot.larger), 1) + " and " + number_text(static_cast<double>(spot.smaller), 1) +
      "; a bright line has " +
      number_text(std::abs(static_cast<double>(line.larger)) < 0.05 ? 0 : static_cast<double>(line.larger), 1) +
      " and " + number_text(static_cast<double>(line.smaller), 1) + ".";
  return e;
}

Exercise exposure(const ExerciseInput& /*input*/) {
  constexpr int side = 17;
  constexpr Pixel at{side / 2, side / 2 + 2};
  Image<float> image(side, side);
  image[side / 2, side / 2] = 1000;
  Image<float> brighter = image;
  for (float& v : brighter.pixels()) v *= 2;
  const FeatureChoice one{.sigmas = {2}};
  std::array<float, 4> before{};
  std::array<float, 4> after{};
  features_at(scale_space(image, one).value(), at, before);
  features_at(scale_space(brighter, one).value(), at, after);
  const auto factor = static_cast<double>(after[0] / before[0]);
  const bool edges_stay = after[1] == before[1];
  Exercise e;
  e.question =
      "The same specimen is taken again with twice the exposure and no offset. Which of its features stay as they "
      "were?";
  set_choices(e, {"None of them", "Edges", "Edges and texture", "All of them"}, edges_stay ? 1 : 0);
  add_mistake(e, 0, "A difference of values that are not changed is not changed.");
  add_mistake(e, 1, "An edge is a difference of values: twice as bright is twice as steep.");
  add_mistake(e, 2, "Differences double with the values, and differences of differences as well.");
  add_mistake(e, 3, "Every value doubles, and what is computed of them too.");
  e.worked =
      "Every feature is a sum of values times weights, or a root of squares of such sums, so it doubles. Here "
      "intensity goes from " +
      number_text(static_cast<double>(before[0]), 1) + " to " + number_text(static_cast<double>(after[0]), 1) +
      ", edges from " + number_text(static_cast<double>(before[1]), 1) + " to " +
      number_text(static_cast<double>(after[1]), 1) + ": times " + number_text(factor) +
      ". The forest's cuts stay where they were: it knows one exposure.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"features.count", count}, ExerciseMaker{"features.reach", reach},
                               ExerciseMaker{"features.edges", edges},
                               ExerciseMaker{"features.eigenvalues", eigenvalues},
                               ExerciseMaker{"features.exposure", exposure}};

}  // namespace

std::span<const ExerciseMaker> features_exercises() { return makers; }

}  // namespace floodlight

#include "core/pipeline/classifier_python.h"

#include <algorithm>
#include <vector>

#include "core/base/foreign_text.h"
#include "core/base/json.h"
#include "core/pipeline/recipe.h"

namespace floodlight {
namespace {

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

/// One call for all sigmas from the first to the last that Python takes for its range.
std::string call(const std::string& image, const FeatureChoice& choice, const std::string& first,
                 const std::string& last) {
  std::string text = "skimage.feature.multiscale_basic_features(" + image;
  if (!choice.intensity) text += ", intensity=False";
  if (!choice.edges) text += ", edges=False";
  if (!choice.texture) text += ", texture=False";
  return text + ", sigma_min=" + first + ", sigma_max=" + last + ")";
}

/// Of the features at all scales of a range, those at the chosen ones; nothing where these are no part of the range.
std::string columns(const FeatureChoice& choice, const std::vector<double>& range) {
  FeatureChoice one = choice;
  one.sigmas = {choice.sigmas.front()};
  const std::size_t kinds = features_of(one).size();
  std::vector<std::string> places;
  for (const double sigma : choice.sigmas) {
    const auto found = std::ranges::find(range, sigma);
    if (found == range.end()) return {};
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const auto scale = static_cast<std::size_t>(found - range.begin());
      places.push_back(std::to_string(scale * kinds + kind));
    }
  }
  return "[..., [" + listed(places) + "]]";
}

/// The features of an image, in the order of the columns of the training set.
std::string features_call(const std::string& image, const FeatureChoice& choice) {
  const double first = choice.sigmas.front();
  const double last = choice.sigmas.back();
  const auto range = stretched_sigmas(first, last);
  std::string whole = call(image, choice, shortest(first), shortest(last));
  if (range && *range == choice.sigmas) return whole;
  if (range) {
    if (const std::string some = columns(choice, *range); !some.empty()) return whole + some;
  }
  std::vector<std::string> sigmas;
  for (const double sigma : choice.sigmas) sigmas.push_back(shortest(sigma));
  return "np.concatenate([" + call(image, choice, "sigma", "sigma") + " for sigma in (" + listed(sigmas) +
         (sigmas.size() == 1 ? ",)], axis=-1)" : ")], axis=-1)");
}

std::string forest_call(const ForestSettings& settings) {
  return "RandomForestClassifier(n_estimators=" + std::to_string(settings.trees) +
         ", max_depth=" + (settings.max_depth ? std::to_string(*settings.max_depth) : "None") +
         ", random_state=" + std::to_string(settings.seed) + ")";
}

/// As a student types it: the painted images are read and described one after the other. (They are finite, as training
/// asks, whatever the recipe says of numbers that are not.)
std::string typed_training(const Recipe& recipe) {
  const PixelClassifier& classifier = *recipe.classifier;
  std::string text;
  std::vector<std::string> samples;
  std::vector<std::string> labels;
  for (const PaintedFile& file : classifier.painted) {
    const std::string number = classifier.painted.size() == 1 ? "" : "_" + std::to_string(samples.size() + 1);
    const std::string painted = "painted_image" + number;
    const std::string paint = "paint" + number;
    text += painted + " = tifffile.imread(" + python_string(file.image) + ").astype(\"float32\")\n" + paint +
            " = tifffile.imread(" + python_string(file.paint) + ")\n";
    samples.push_back(features_call(painted, classifier.features) + "[" + paint + " > 0]");
    labels.push_back(paint + "[" + paint + " > 0]");
  }
  const bool one = samples.size() == 1;
  text += "samples = " + (one ? samples.front() : "np.concatenate([" + listed(samples) + "])") +
          "\nclasses = " + (one ? labels.front() : "np.concatenate([" + listed(labels) + "])") + "\n";
  return text + "forest = " + forest_call(classifier.settings) + ".fit(samples, classes)\n";
}

std::string functions(const Recipe& recipe) {
  const PixelClassifier& classifier = *recipe.classifier;
  return R"(def features_of(image):
    """What the classifier sees of each pixel: its features, along the last axis."""
    return )" +
         features_call("image", classifier.features) + R"(


def train_forest(painted):
    """A forest that has learnt from images and their paint, whose values are classes and 0 where nothing is painted."""
    samples = []
    classes = []
    for image_path, paint_path in painted:
        image = load_image(image_path)
        paint = tifffile.imread(paint_path)
        if paint.shape != image.shape:
            raise ValueError(f"{paint_path} has the shape {paint.shape}, and its image {image.shape}.")
        samples.append(features_of(image)[paint > 0])
        classes.append(paint[paint > 0])
    forest = )" +
         forest_call(classifier.settings) + R"(
    return forest.fit(np.concatenate(samples), np.concatenate(classes))
)";
}

std::string set_up(const Recipe& recipe) {
  std::string text = "# Each image with its paint: what was painted is what the forest learns.\npainted = [\n";
  for (const PaintedFile& file : recipe.classifier->painted)
    text += "    (" + python_string(file.image) + ", " + python_string(file.paint) + "),\n";
  return text + "]\nforest = train_forest(painted)\n";
}

}  // namespace

std::string python_of_features(const Recipe& recipe, std::string_view /*image*/, bool in_program) {
  const FeatureChoice& choice = recipe.classifier->features;
  const std::string features = in_program ? "features_of(raw_image)" : features_call("raw_image", choice);
  const std::string filtered =
      choice.intensity ? "features[..., 0]"
                       : "skimage.filters.gaussian(raw_image, sigma=" + shortest(choice.sigmas.front()) + ")";
  return "features = " + features + "\nfiltered_image = " + filtered;
}

std::string python_of_forest(const Recipe& recipe, std::string_view /*image*/, bool in_program) {
  return (in_program ? std::string() : typed_training(recipe)) +
         "predicted = forest.predict(features.reshape(-1, features.shape[-1])).reshape(raw_image.shape)\n"
         "binary_mask = predicted == " +
         std::to_string(recipe.classifier->nuclei);
}

constinit const MaskProgram classifier_program = {.package = "scikit-learn",
                                                  .imports = "from sklearn.ensemble import RandomForestClassifier\n",
                                                  .functions = functions,
                                                  .set_up = set_up};

}  // namespace floodlight

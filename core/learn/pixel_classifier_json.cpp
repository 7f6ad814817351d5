// Classifiers to JSON and back, every value checked on the way in.
#include "core/learn/pixel_classifier_json.h"

#include <limits>
#include <string>
#include <utility>

#include "core/learn/forest_json.h"
#include "core/learn/json_checks.h"

namespace floodlight {
namespace {

std::unexpected<Error> wrong(const std::string& what, const Json& is, const std::string& right) {
  return fail("The classifier's " + what + " is " + quoted(is) + "; it must be " + right + ".");
}

/// A text of 1 to `longest` bytes.
Result<std::string> read_text(const Json& json, const std::string& what, std::size_t longest) {
  const std::string* text = json.string();
  if (text == nullptr || text->empty() || text->size() > longest)
    return wrong(what, json, "a text of 1 to " + std::to_string(longest) + " characters");
  return *text;
}

Result<double> read_whole(const Json& json, const std::string& what, double low, double high) {
  const auto number = whole_number(json, low, high);
  if (!number) return wrong(what, json, "a whole number from " + shortest(low) + " to " + shortest(high));
  return *number;
}

Result<void> read_classes(PixelClassifier& into, const Json& json) {
  const Json::Array* list = json.array();
  if (list == nullptr || list->size() < 2 || list->size() > most_classes)
    return wrong("list of classes", json, "a list of 2 to " + std::to_string(most_classes) + " classes");
  for (const Json& element : *list) {
    if (auto good = check_members(element, "A class of the classifier", {"label", "name"}); !good) return good;
    const auto label = read_whole(*element.find("label"), "class label", 1, 255);
    if (!label) return std::unexpected(label.error());
    auto name = read_text(*element.find("name"), "class name", longest_class_name);
    if (!name) return std::unexpected(name.error());
    into.classes.push_back({.label = static_cast<std::uint8_t>(*label), .name = std::move(*name)});
  }
  return {};
}

Result<void> read_nuclei(PixelClassifier& into, const Json& json) {
  for (const PixelClass& one : into.classes) {
    if (json.number() == nullptr || *json.number() != one.label) continue;
    into.nuclei = one.label;
    return {};
  }
  return wrong("class of nuclei", json, "the label of one of its classes");
}

Result<void> read_sigmas(FeatureChoice& into, const Json& json) {
  const Json::Array* list = json.array();
  if (list == nullptr || list->empty() || list->size() > most_feature_sigmas)
    return wrong("list of sigmas", json, "a list of 1 to " + std::to_string(most_feature_sigmas) + " numbers");
  into.sigmas.clear();
  for (const Json& element : *list) {
    const double* sigma = element.number();
    if (sigma == nullptr) return wrong("sigma", element, "a number");
    if (!into.sigmas.empty() && *sigma <= into.sigmas.back())
      return wrong("list of sigmas", json, "ascending, each once");
    into.sigmas.push_back(*sigma);
  }
  return {};
}

Result<void> read_features(PixelClassifier& into, const Json& json) {
  if (auto good =
          check_members(json, "The classifier's choice of features", {"intensity", "edges", "texture", "sigmas"});
      !good)
    return good;
  for (const auto& [name, kind] :
       {std::pair{"intensity", &FeatureChoice::intensity}, std::pair{"edges", &FeatureChoice::edges},
        std::pair{"texture", &FeatureChoice::texture}}) {
    const Json& value = *json.find(name);
    if (value.boolean() == nullptr) return wrong(name, value, "true or false");
    into.features.*kind = *value.boolean();
  }
  if (auto good = read_sigmas(into.features, *json.find("sigmas")); !good) return good;
  constexpr int any_side = 2;  // what depends on the image's size is asked when there is one
  return check_features(into.features, any_side, any_side);
}

Result<void> read_settings(PixelClassifier& into, const Json& json) {
  if (auto good = check_members(json, "The classifier's settings", {"trees", "max_depth", "random_state"}); !good)
    return good;
  const auto trees = read_whole(*json.find("trees"), "number of trees", 1, most_trees);
  if (!trees) return std::unexpected(trees.error());
  into.settings.trees = static_cast<int>(*trees);
  const Json& depth = *json.find("max_depth");
  into.settings.max_depth.reset();
  if (!depth.is_null()) {
    const auto number = whole_number(depth, 1, largest_max_depth);
    if (!number) {
      return wrong("max_depth", depth,
                   "a whole number from 1 to " + std::to_string(largest_max_depth) + ", or null for none");
    }
    into.settings.max_depth = static_cast<int>(*number);
  }
  const auto seed =
      read_whole(*json.find("random_state"), "random_state", 0, std::numeric_limits<std::uint32_t>::max());
  if (!seed) return std::unexpected(seed.error());
  into.settings.seed = static_cast<std::uint32_t>(*seed);
  return {};
}

Result<void> read_painted(PixelClassifier& into, const Json& json) {
  const Json::Array* list = json.array();
  if (list == nullptr || list->empty() || list->size() > most_painted_files) {
    return wrong("list of painted images", json,
                 "a list of 1 to " + std::to_string(most_painted_files) + " images and their paint");
  }
  for (const Json& element : *list) {
    if (auto good = check_members(element, "A painted image of the classifier", {"image", "paint"}); !good) return good;
    auto image = read_text(*element.find("image"), "painted image", longest_file_name);
    if (!image) return std::unexpected(image.error());
    auto paint = read_text(*element.find("paint"), "paint", longest_file_name);
    if (!paint) return std::unexpected(paint.error());
    into.painted.push_back({.image = std::move(*image), .paint = std::move(*paint)});
  }
  return {};
}

Result<void> read_forest(PixelClassifier& into, const Json& json) {
  auto forest = forest_from_json(json);
  if (!forest) return std::unexpected(std::move(forest.error()));
  const std::size_t features = features_of(into.features).size();
  if (forest->features != features) {
    return fail("The forest asks for " + std::to_string(forest->features) + " features, and the classifier computes " +
                std::to_string(features) + "; both must be the same.");
  }
  if (forest->trees.size() != static_cast<std::size_t>(into.settings.trees)) {
    return fail("The forest has " + std::to_string(forest->trees.size()) +
                " trees, and the classifier's settings say " + std::to_string(into.settings.trees) +
                "; both must be the same.");
  }
  bool same = forest->classes.size() == into.classes.size();
  for (std::size_t i = 0; same && i < into.classes.size(); ++i) same = forest->classes[i] == into.classes[i].label;
  if (!same) return fail("The forest's classes are others than the classifier's; both must be the same, in one order.");
  into.forest = std::move(*forest);
  return {};
}

}  // namespace

Json classifier_to_json(const PixelClassifier& classifier) {
  Json::Array classes;
  for (const PixelClass& one : classifier.classes)
    classes.emplace_back(Json::Object{{"label", static_cast<int>(one.label)}, {"name", one.name}});
  Json::Array sigmas;
  for (const double sigma : classifier.features.sigmas) sigmas.emplace_back(sigma);
  Json::Array painted;
  for (const PaintedFile& file : classifier.painted)
    painted.emplace_back(Json::Object{{"image", file.image}, {"paint", file.paint}});
  const ForestSettings& settings = classifier.settings;
  return Json::Object{{"classes", std::move(classes)},
                      {"nuclei", static_cast<int>(classifier.nuclei)},
                      {"features", Json::Object{{"intensity", classifier.features.intensity},
                                                {"edges", classifier.features.edges},
                                                {"texture", classifier.features.texture},
                                                {"sigmas", std::move(sigmas)}}},
                      {"settings", Json::Object{{"trees", settings.trees},
                                                {"max_depth", settings.max_depth ? Json(*settings.max_depth) : Json()},
                                                {"random_state", static_cast<double>(settings.seed)}}},
                      {"painted", std::move(painted)},
                      {"forest", forest_to_json(classifier.forest)}};
}

Result<PixelClassifier> classifier_from_json(const Json& json) {
  struct Part {
    const char* name;
    Result<void> (*read)(PixelClassifier& into, const Json& json);
  };
  // In this order: the later ones are checked against the earlier.
  constexpr Part parts[] = {{"classes", read_classes},   {"nuclei", read_nuclei},   {"features", read_features},
                            {"settings", read_settings}, {"painted", read_painted}, {"forest", read_forest}};
  if (auto good =
          check_members(json, "The classifier", {"classes", "nuclei", "features", "settings", "painted", "forest"});
      !good)
    return std::unexpected(good.error());
  PixelClassifier classifier;
  for (const Part& part : parts) {
    if (auto read = part.read(classifier, *json.find(part.name)); !read) return std::unexpected(read.error());
  }
  return classifier;
}

}  // namespace floodlight

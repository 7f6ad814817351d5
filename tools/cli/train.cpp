// `floodlight train`: from painted images to a recipe with a pixel classifier.
#include <cstddef>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/learn/pixel_classifier.h"
#include "core/pipeline/recipe.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"

namespace floodlight::cli {
namespace {

struct Order {
  std::vector<PaintedFile> painted;
  ForestSettings settings;
};

Result<Order> read_order(const Arguments& arguments) {
  const auto& files = arguments.operands;
  if (files.empty()) return fail("train needs an image and its paint: floodlight train cells.tif cells_paint.tif");
  if (files.size() % 2 != 0)
    return fail("train needs an image and its paint, always two files; " + files.back() + " is alone.");
  if (files.size() / 2 > most_painted_files) {
    return fail("train takes at most " + std::to_string(most_painted_files) + " painted images; here are " +
                std::to_string(files.size() / 2) + ".");
  }
  Order order;
  for (std::size_t i = 0; i < files.size(); i += 2) order.painted.push_back({.image = files[i], .paint = files[i + 1]});
  const auto trees =
      whole_number(arguments, "--trees", 1, most_trees, static_cast<std::uint64_t>(order.settings.trees));
  if (!trees) return std::unexpected(trees.error());
  const auto seed =
      whole_number(arguments, "--seed", 0, std::numeric_limits<std::uint32_t>::max(), order.settings.seed);
  if (!seed) return std::unexpected(seed.error());
  order.settings.trees = static_cast<int>(*trees);
  order.settings.seed = static_cast<std::uint32_t>(*seed);
  return order;
}

/// Adds the painted pixels of one image to those of the images before it.
Result<void> learn_from(const PaintedFile& file, const Recipe& recipe, const FeatureChoice& features,
                        TrainingSet& set) {
  const auto image = read_image(file.image, recipe);
  if (!image) return std::unexpected(image.error());
  const auto labels = read_labels(file.paint);
  if (!labels) return std::unexpected(labels.error());
  const auto paint = paint_of_labels(*labels);
  const auto added =
      paint ? append_painted_image(set, image->pixels, *paint, features) : std::unexpected(paint.error());
  if (!added) return fail(file.paint + ", the paint of " + file.image + ": " + added.error().message);
  return {};
}

Result<Recipe> trained(Order order) {
  Recipe recipe;
  const FeatureChoice features;
  TrainingSet set;
  for (const PaintedFile& file : order.painted) {
    if (const auto learnt = learn_from(file, recipe, features, set); !learnt) return std::unexpected(learnt.error());
  }
  const std::string first = order.painted.front().paint;
  auto classifier = train_classifier(set, features, order.settings, std::move(order.painted));
  if (!classifier) return fail(first + ": " + classifier.error().message);
  recipe.mask_from = &mask_sources::classifier;
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(*classifier));
  return recipe;
}

}  // namespace

int run_train(const Arguments& arguments) {
  auto order = read_order(arguments);
  if (!order) return usage_error(order.error().message);
  const auto recipe = trained(std::move(*order));
  if (!recipe) return failed(recipe.error());
  std::puts(write_json(recipe_to_json(*recipe)).c_str());
  return all_well;
}

}  // namespace floodlight::cli

// `floodlight train-network`: from simulated fields to a recipe with a network.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/pipeline/network_recipe.h"
#include "core/simulate/varied_fields.h"
#include "tools/cli/commands.h"
#include "tools/cli/progress.h"

namespace floodlight::cli {
namespace {

/// "8,12,16,24" as widths.
Result<std::vector<int>> read_widths(std::string_view text) {
  const std::string all(text);
  std::vector<int> widths;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    int width = 0;
    const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), width);
    if (error != std::errc() || end != one.data() + one.size())
      return fail("--widths is " + all + "; it must be whole numbers with commas between them, such as 8,12,16,24.");
    widths.push_back(width);
    if (comma == std::string_view::npos) return widths;
    text.remove_prefix(comma + 1);
  }
}

Result<TrainingSettings> read_settings(const Arguments& arguments) {
  if (!arguments.operands.empty()) {
    return fail("train-network takes no files: it learns from fields that it simulates; " + arguments.operands.front() +
                " is one.");
  }
  TrainingSettings settings;
  const auto number = [&](std::string_view option, std::uint64_t lowest, std::uint64_t highest,
                          std::uint64_t otherwise) {
    return whole_number(arguments, option, lowest, highest, otherwise);
  };
  const auto seed = number("--seed", 0, largest_training_seed, settings.seed);
  if (!seed) return std::unexpected(seed.error());
  const auto images = number("--images", 1, most_training_images, static_cast<std::uint64_t>(settings.images));
  if (!images) return std::unexpected(images.error());
  const auto steps = number("--steps", 1, most_training_steps, static_cast<std::uint64_t>(settings.schedule.steps));
  if (!steps) return std::unexpected(steps.error());
  settings.seed = *seed;
  settings.images = static_cast<int>(*images);
  settings.schedule.steps = static_cast<int>(*steps);
  settings.schedule.warm_up = std::min(settings.schedule.warm_up, settings.schedule.steps);
  if (const std::string* const widths = arguments.value("--widths"); widths != nullptr) {
    auto read = read_widths(*widths);
    if (!read) return std::unexpected(read.error());
    settings.shape.widths = std::move(*read);
  }
  if (const auto good = check_training_settings(settings); !good) return std::unexpected(good.error());
  return settings;
}

Result<TrainedNetwork> trained(const TrainingSettings& settings) {
  NetworkTraining training(settings);
  Progress progress(static_cast<std::size_t>(settings.schedule.steps));
  while (!training.done()) {
    while (training.images() < training.images_wanted()) {
      const VariedField field = varied_field({}, settings.seed, training.images());
      if (auto added = training.add(simulated_truth_image(field, settings.shape.rim)); !added)
        return std::unexpected(added.error());
    }
    training.step();
    progress.show(static_cast<std::size_t>(training.steps()));
  }
  return kept_network(training);
}

}  // namespace

int run_train_network(const Arguments& arguments) {
  const auto settings = read_settings(arguments);
  if (!settings) return usage_error(settings.error().message);
  auto network = trained(*settings);
  if (!network) return failed(network.error());
  const Recipe recipe = network_recipe(std::make_shared<const TrainedNetwork>(std::move(*network)));
  std::puts(write_json(recipe_to_json(recipe)).c_str());
  return all_well;
}

}  // namespace floodlight::cli

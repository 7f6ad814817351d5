// Networks for JavaScript: training, and the recipe of the one that comes with the program.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <emscripten/bind.h>

#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "core/simulate/varied_fields.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {
namespace {

TrainingSettings settings_of(const Maybe& options) {
  only(options, {"widths", "skips", "rim", "seed", "images", "steps", "rate"});
  TrainingSettings settings;
  if (const Maybe widths = option(options, "widths")) {
    settings.shape.widths.clear();
    for (const double width : numbers<double>(*widths, "widths"))
      settings.shape.widths.push_back(whole_number(val(width), "widths", 1, most_unet_maps));
  }
  if (const Maybe skips = option(options, "skips")) settings.shape.skips = toggle(*skips, "skips");
  if (const Maybe rim = option(options, "rim")) settings.shape.rim = toggle(*rim, "rim");
  if (const Maybe seed = option(options, "seed")) {
    settings.seed =
        static_cast<std::uint64_t>(whole_number(*seed, "seed", 0.0, static_cast<double>(largest_training_seed)));
  }
  if (const Maybe images = option(options, "images"))
    settings.images = whole_number(*images, "images", 1, most_training_images);
  if (const Maybe steps = option(options, "steps"))
    settings.schedule.steps = whole_number(*steps, "steps", 1, most_training_steps);
  if (const Maybe rate = option(options, "rate")) settings.schedule.rate = number(*rate, "rate");
  settings.schedule.warm_up = std::min(settings.schedule.warm_up, settings.schedule.steps);
  value_or_throw(check_training_settings(settings));
  return settings;
}

/// JavaScript's own from here on, until it calls `dispose`.
NetworkTraining* begun(Maybe options) { return std::make_unique<NetworkTraining>(settings_of(options)).release(); }

void add_image(NetworkTraining& training, val image, val truth) {
  const Image<float> pixels = finite_image(image, "image");
  const LabelImage labels = label_image(truth, "truth");
  require_same_shape(pixels.rows(), pixels.cols(), labels.rows(), labels.cols(), "image and truth");
  value_or_throw(training.add(truth_image(pixels, labels, training.settings().shape.rim)));
}

void add_simulated(NetworkTraining& training) {
  const TrainingSettings& settings = training.settings();
  value_or_throw(
      training.add(simulated_truth_image(varied_field({}, settings.seed, training.images()), settings.shape.rim)));
}

double step(NetworkTraining& training) {
  if (training.done())
    refuse("All " + std::to_string(training.settings().schedule.steps) + " steps of this training are done.");
  if (training.images() < training.images_wanted()) {
    refuse("The next step draws from " + std::to_string(training.images_wanted()) + " images, and there are " +
           std::to_string(training.images()) + "; add some first.");
  }
  return training.step();
}

int images_wanted(const NetworkTraining& training) { return training.images_wanted(); }
int images(const NetworkTraining& training) { return training.images(); }
int steps(const NetworkTraining& training) { return training.steps(); }
bool done(const NetworkTraining& training) { return training.done(); }

val network(const NetworkTraining& training) { return to_js(network_to_json(value_or_throw(kept_network(training)))); }

val recipe_of(TrainedNetwork kept) {
  return to_js(recipe_to_json(network_recipe(std::make_shared<const TrainedNetwork>(std::move(kept)))));
}
val trained_recipe(const NetworkTraining& training) { return recipe_of(value_or_throw(kept_network(training))); }
val shipped_recipe() { return recipe_of(*shipped_network()); }

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_network) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  using floodlight::NetworkTraining;
  emscripten::function("networkRecipe", &Guarded<&shipped_recipe>::call);
  emscripten::class_<NetworkTraining>("NetworkTraining")
      .constructor(&Guarded<&begun>::call, emscripten::allow_raw_pointers())
      .property("imagesWanted", &images_wanted)
      .property("images", &images)
      .property("steps", &steps)
      .property("done", &done)
      .function("addImage", &Guarded<&add_image>::call)
      .function("addSimulated", &Guarded<&add_simulated>::call)
      .function("step", &Guarded<&step>::call)
      .function("network", &Guarded<&network>::call)
      .function("recipe", &Guarded<&trained_recipe>::call);
}

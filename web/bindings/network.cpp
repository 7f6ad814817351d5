// Networks for JavaScript: training, and the recipe of the one that comes with the program.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/bind.h>

#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "core/simulate/varied_fields.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {
namespace {

/// Of the fields that no network is trained on: the same for every training, whatever its seed, so that losses compare.
constexpr std::uint64_t unseen_seed = 1;

/// A training, in what its simulated fields vary, and fields that it never learns from.
struct Training {
  NetworkTraining learning;
  FieldVariety variety;
  std::vector<TruthImage> unseen;
};

constexpr std::array<std::pair<const char*, bool FieldVariety::*>, 5> varieties = {{
    {"exposure", &FieldVariety::exposure},
    {"focus", &FieldVariety::focus},
    {"illumination", &FieldVariety::illumination},
    {"magnification", &FieldVariety::magnification},
    {"cells", &FieldVariety::cells},
}};

FieldVariety variety_of(const Maybe& options) {
  FieldVariety variety;
  const Maybe chosen = option(options, "variety");
  only(chosen, {"exposure", "focus", "illumination", "magnification", "cells"});
  for (const auto& [name, member] : varieties) {
    if (const Maybe varies = option(chosen, name)) variety.*member = toggle(*varies, name);
  }
  return variety;
}

TrainingSettings settings_of(const Maybe& options) {
  only(options, {"widths", "skips", "rim", "seed", "images", "steps", "rate", "variety"});
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
Training* begun(Maybe options) {
  FieldVariety variety = variety_of(options);
  return std::make_unique<Training>(NetworkTraining(settings_of(options)), variety, std::vector<TruthImage>())
      .release();
}

void add_image(Training& training, val image, val truth) {
  const Image<float> pixels = finite_image(image, "image");
  const LabelImage labels = label_image(truth, "truth");
  require_same_shape(pixels.rows(), pixels.cols(), labels.rows(), labels.cols(), "image and truth");
  NetworkTraining& learning = training.learning;
  value_or_throw(learning.add(truth_image(pixels, labels, learning.settings().shape.rim)));
}

void add_simulated(Training& training) {
  NetworkTraining& learning = training.learning;
  const TrainingSettings& settings = learning.settings();
  value_or_throw(learning.add(
      simulated_truth_image(varied_field(training.variety, settings.seed, learning.images()), settings.shape.rim)));
}

double step(Training& training) {
  NetworkTraining& learning = training.learning;
  if (learning.done())
    refuse("All " + std::to_string(learning.settings().schedule.steps) + " steps of this training are done.");
  if (learning.images() < learning.images_wanted()) {
    refuse("The next step draws from " + std::to_string(learning.images_wanted()) + " images, and there are " +
           std::to_string(learning.images()) + "; add some first.");
  }
  return learning.step();
}

double unseen_loss(Training& training, val fields) {
  const int wanted = whole_number(fields, "fields", 1, kept_back_fields);
  const UNet& net = training.learning.network();
  double sum = 0;
  for (int i = 0; i < wanted; ++i) {
    if (static_cast<std::size_t>(i) == training.unseen.size())
      training.unseen.push_back(simulated_truth_image(kept_back_field(unseen_seed, i), net.shape.rim));
    sum += loss_in_slices(net, training.unseen[static_cast<std::size_t>(i)]).finish();
  }
  return sum / wanted;
}

val moment(const Training& training) {
  const NetworkTraining::Moment now = training.learning.moment();
  const auto singles = [](const std::vector<float>& numbers) {
    return typed_array("Float32Array", std::span<const float>(numbers));
  };
  const std::array<double, 2> powers = {now.adam.beta1_power, now.adam.beta2_power};
  val result = val::object();
  result.set("step", now.step);
  result.set("weights", singles(now.weights));
  result.set("mean", singles(now.adam.mean));
  result.set("square", singles(now.adam.square));
  result.set("powers", typed_array("Float64Array", std::span<const double>(powers)));
  return result;
}

void go_to(Training& training, val moment) {
  if (!given(moment)) refuse("moment must be what moment() gave.");
  NetworkTraining& learning = training.learning;
  const std::size_t weights = learning.network().weights.size();
  const auto singles = [&](const char* name) {
    std::vector<float> read = numbers<float>(moment[name], name);
    if (read.size() != weights) {
      refuse(std::string(name) + " of the moment has " + std::to_string(read.size()) + " numbers; this network has " +
             std::to_string(weights) + " weights.");
    }
    return read;
  };
  NetworkTraining::Moment then{
      .step = whole_number(moment["step"], "step", 0, learning.settings().schedule.steps),
      .weights = singles("weights"),
      .adam = Adam(0),
  };
  then.adam.mean = singles("mean");
  then.adam.square = singles("square");
  const auto powers = numbers<double>(moment["powers"], "powers");
  if (powers.size() != 2) refuse("powers of the moment must be two numbers.");
  then.adam.beta1_power = powers[0];
  then.adam.beta2_power = powers[1];
  learning.go_to(std::move(then));
}

int images_wanted(const Training& training) { return training.learning.images_wanted(); }
int images(const Training& training) { return training.learning.images(); }
int steps(const Training& training) { return training.learning.steps(); }
bool done(const Training& training) { return training.learning.done(); }

val network(const Training& training) {
  return to_js(network_to_json(value_or_throw(kept_network(training.learning))));
}

val recipe_of(TrainedNetwork kept) {
  return to_js(recipe_to_json(network_recipe(std::make_shared<const TrainedNetwork>(std::move(kept)))));
}
val trained_recipe(const Training& training) { return recipe_of(value_or_throw(kept_network(training.learning))); }
val shipped_recipe() { return recipe_of(*shipped_network()); }

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_network) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  emscripten::function("networkRecipe", &Guarded<&shipped_recipe>::call);
  emscripten::class_<Training>("NetworkTraining")
      .constructor(&Guarded<&begun>::call, emscripten::allow_raw_pointers())
      .property("imagesWanted", &images_wanted)
      .property("images", &images)
      .property("steps", &steps)
      .property("done", &done)
      .function("addImage", &Guarded<&add_image>::call)
      .function("addSimulated", &Guarded<&add_simulated>::call)
      .function("step", &Guarded<&step>::call)
      .function("unseenLoss", &Guarded<&unseen_loss>::call)
      .function("moment", &Guarded<&moment>::call)
      .function("goTo", &Guarded<&go_to>::call)
      .function("network", &Guarded<&network>::call)
      .function("recipe", &Guarded<&trained_recipe>::call);
}

// Times features and forests, what painting a stroke waits for; and networks.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/learn/feature_importance.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"
#include "core/learn/forest_prediction.h"
#include "core/learn/network_input.h"
#include "core/learn/network_prediction.h"
#include "core/learn/network_training.h"
#include "core/learn/paint.h"
#include "core/simulate/simulate.h"
#include "core/simulate/varied_fields.h"
#include "tests/bench/timing.h"

namespace floodlight {
namespace {

/// Short strokes along rows, half of the pixels on nuclei and half on background, as many as wanted in all.
PaintImage painted(const LabelImage& truth, int pixels) {
  constexpr int length = 20;
  PaintImage paint(truth.rows(), truth.cols());
  Random random(1, 1);
  int left[2] = {pixels / 2, pixels / 2};
  while (left[0] + left[1] > 0) {
    const int row = static_cast<int>(random.uniform(0, truth.rows()));
    const int first = static_cast<int>(random.uniform(0, truth.cols() - length));
    for (int col = first; col < first + length; ++col) {
      const int of = truth[row, col] > 0 ? 1 : 0;
      if (left[of] == 0 || paint[row, col] != 0) continue;
      paint[row, col] = static_cast<std::uint8_t>(of + 1);
      --left[of];
    }
  }
  return paint;
}

template <typename T>
double longest_slice(Sliced<T> work) {
  double longest = 0;
  for (bool more = true; more;) {
    const auto start = std::chrono::steady_clock::now();
    more = work.advance();
    longest =
        std::max(longest, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return longest;
}

void say(const char* what, int size, double value) {
  std::printf("%s\t%d\t%.3f\n", what, size, value);
  std::fflush(stdout);
}

void measure_networks(const Image<float>& image, int size) {
  row("network: what it sees", size, [&] { return network_input(image); });
  const Image<float> input = network_input(image).image;
  for (const auto& [name, widths] :
       {std::pair{"6-8-12-16", std::vector{6, 8, 12, 16}}, std::pair{"8-12-16-24", std::vector{8, 12, 16, 24}}}) {
    const std::string of = std::string("network ") + name + ": ";
    NetworkTraining training({.shape = {.widths = widths}, .images = 8});
    for (int i = 0; i < 8; ++i) {
      if (!training.add(simulated_truth_image(varied_field({}, 1, i), true))) std::abort();
    }
    row((of + "a step of 8 patches").c_str(), patch_side, [&] { return training.step(); });
    row((of + "prediction").c_str(), size, [&] { return predict(training.network(), input); });
    say((of + "longest slice of a step").c_str(), patch_side, longest_slice(training.step_in_slices()));
    say((of + "longest slice of prediction").c_str(), size,
        longest_slice(predict_in_slices(training.network(), input)));
  }
  say("network: longest slice of what it sees", size, longest_slice(network_input_in_slices(image)));
}

}  // namespace

void measure_learning(int size) {
  SimulationParameters parameters;
  parameters.rows = parameters.cols = size;
  Simulator simulator;
  const auto picture = simulator.take(parameters, {});
  const FeatureChoice all{.sigmas = {0.5, 1, 2, 4, 8, 16}};
  const ScaleSpace space = scale_space(picture.pixels, all).value();
  const TrainingSet few = training_set_in_slices(space, painted(picture.truth, 600)).finish();
  const TrainingSet many = training_set_in_slices(space, painted(picture.truth, 2000)).finish();
  const Forest forest = train_forest(few, {}).value();
  const Forest larger = train_forest(many, {}).value();

  row("features: 6 Gaussians", size, [&] { return scale_space(picture.pixels, all); });
  row("features: 24 images", size, [&] { return multiscale_basic_features(picture.pixels, all); });
  row("forest: 20 trees of 600 pixels", size, [&] { return train_forest(few, {}); });
  row("forest: 20 trees of 2,000 pixels", size, [&] { return train_forest(many, {}); });
  row("forest: prediction, 600 pixels' trees", size, [&] { return predict(space, forest); });
  row("forest: prediction, 2,000 pixels' trees", size, [&] { return predict(space, larger); });
  row("forest: permutation importances, 600", size, [&] { return permutation_importances(forest, few); });
  row("a stroke: training set, forest, prediction", size, [&] {
    const TrainingSet set = training_set_in_slices(space, painted(picture.truth, 600)).finish();
    return predict(space, train_forest(set, {}).value());
  });
  say("features: longest slice", size, longest_slice(scale_space_in_slices(picture.pixels, all)));
  say("forest: longest slice of training", size, longest_slice(train_forest_in_slices(many, {})));
  say("forest: longest slice of prediction", size, longest_slice(predict_in_slices(space, larger)));
  measure_networks(picture.pixels, size);
}

}  // namespace floodlight

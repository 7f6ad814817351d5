// Exercises of the step Training: the loss of a pixel, a step of a weight, the rate, how often an image is seen, two curves, and
// why there is a rim.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/learn/adam.h"
#include "core/learn/network_training.h"
#include "core/samples/shipped_network.h"
#include "core/segment/label.h"

namespace floodlight {
namespace {

Exercise loss(const ExerciseInput& /*input*/) {
  constexpr double p = 0.2;
  Exercise e;
  e.question = "A pixel is rim, and the network gives rim the probability " + number_text(p, 1) +
               ", background 0.1, interior 0.7. What is the pixel's loss, to 2 decimals?";
  e.decimals = 2;
  e.answer = -std::log(p);
  add_mistake(e, std::log(p), "The loss is minus the logarithm: probabilities are below 1, so it is positive.");
  add_mistake(e, 1 - p, "That is what is missing to 1; the loss is minus the logarithm of the true class's.");
  add_mistake(e, -std::log10(p), "That is the logarithm to the base 10: take the natural one.");
  add_mistake(e, -std::log(0.7), "That is of interior, which is not true here.");
  add_mistake(e, -std::log2(p), "That is the logarithm to the base 2: take the natural one.");
  e.worked =
      "The loss is minus the natural logarithm of the true class's probability; how the others share the rest does "
      "not matter. -ln " +
      number_text(p, 1) + " = " + number_text(e.answer, 2) + ". Certain and right costs 0, certain and wrong " +
      "without end: " + number_text(-std::log(0.001), 1) + " at a probability of 0.001.";
  return e;
}

Exercise step(const ExerciseInput& /*input*/) {
  constexpr float weight = 0.5F;
  constexpr float gradient = 20;
  const double rate = LearningSchedule{}.rate;
  std::array moved{weight};
  Adam(1).step(moved, std::array{gradient}, rate);
  const auto w = static_cast<double>(weight);
  const auto g = static_cast<double>(gradient);
  Exercise e;
  e.question = "A weight is " + number_text(w, 3) + ", the loss's gradient by it " + number_text(g) +
               ", the learning rate " + number_text(rate, 3) +
               ". Where is the weight after Adam's very first step, to 3 decimals?";
  e.decimals = 3;
  e.answer = static_cast<double>(moved.front());
  add_mistake(e, w - rate * g, "That is plain gradient descent: Adam divides the gradient by its own usual size.");
  add_mistake(e, w + rate * g, "The gradient points uphill, and Adam divides it by its own usual size.");
  add_mistake(e, w + rate, "The gradient points uphill: the loss falls the other way.");
  add_mistake(e, w - g, "The learning rate says how far.");
  add_mistake(e, w, "It does move.");
  e.worked =
      "Adam divides the mean of the gradients by the root of the mean of their squares; after one step both are " +
      number_text(g) + ", so that every weight moves by the learning rate. " + number_text(w, 3) + " - " +
      number_text(rate, 3) + " = " + number_text(e.answer, 3) +
      ": with ten times the rate it would be ten times as far, for all weights at once.";
  return e;
}

Exercise rate(const ExerciseInput& /*input*/) {
  constexpr LearningSchedule schedule;
  constexpr int asked = 10;
  Exercise e;
  e.question = "The rate rises over " + number_text(schedule.warm_up) + " steps to " + number_text(schedule.rate, 3) +
               ", in equal parts, then falls to 0 along half a cosine until step " + number_text(schedule.steps) +
               ". What is it in the " + number_text(asked) + "th step, to 3 decimals?";
  e.decimals = 3;
  e.answer = learning_rate(schedule, asked - 1);
  add_mistake(e, schedule.rate, "That is the highest: it is there after the warm-up.");
  add_mistake(e, 0, "It begins with the first part, not with 0; it is 0 at the end.");
  add_mistake(e, schedule.rate / 2 * 0.5, "Half of the warm-up is done, not a quarter.");
  add_mistake(e, schedule.rate * asked / schedule.steps, "The warm-up counts, not all steps.");
  e.worked = "The first steps are short because the start weights are random and the gradients large. " +
             number_text(asked) + " of " + number_text(schedule.warm_up) + " parts of " +
             number_text(schedule.rate, 3) + " are " + number_text(e.answer, 3) + ".";
  return e;
}

const TrainedNetwork& trained(const ExerciseInput& input) {
  static const std::shared_ptr<const TrainedNetwork> shipped = shipped_network();
  const bool own = input.recipe != nullptr && input.recipe->network != nullptr && input.recipe->network->steps > 0;
  return own ? *input.recipe->network : *shipped;
}

Exercise draws(const ExerciseInput& input) {
  const TrainedNetwork& network = trained(input);
  const double images = network.images;
  const double steps = network.steps;
  Exercise e;
  e.question = "A network was trained for " + counted(network.steps, "step") + " of " + number_text(patches_of_a_step) +
               " patches each, drawn from " + counted(network.images, "image") +
               ". How many patches came from each image on average?";
  e.answer = steps * patches_of_a_step / images;
  e.decimals = e.answer == std::round(e.answer) ? 0 : 1;
  if (e.decimals > 0) e.question.insert(e.question.size() - 1, ", to 1 decimal");
  e.unit = "patches";
  add_mistake(e, steps / images, "Every step draws " + number_text(patches_of_a_step) + " patches.");
  add_mistake(e, steps * patches_of_a_step, "Those are all patches: they come from all images.");
  add_mistake(e, steps, "A step does not draw one patch of every image.");
  add_mistake(e, images * patches_of_a_step / steps, "The other way round: patches for each image.");
  add_mistake(e, patches_of_a_step, "That is a single step.");
  e.worked = "All patches, divided by the images. " + number_text(steps) + " x " + number_text(patches_of_a_step) +
             " = " + number_text(steps * patches_of_a_step) + " patches, from " + counted(network.images, "image") +
             ": " + number_text(e.answer, e.decimals) +
             " each; every one is cut elsewhere and turned, with another gain and noise, so that no two are alike.";
  return e;
}

/// The loss of a run after 100, 200, 300 and 400 steps.
struct Run {
  std::array<double, 4> training;
  std::array<double, 4> unseen;
  /// The unseen images' loss rises while the training's still falls.
  [[nodiscard]] bool overfits() const {
    return unseen.back() > *std::ranges::min_element(unseen) && training.back() < training.front();
  }
};
constexpr Run run_a = {.training = {0.35, 0.27, 0.24, 0.22}, .unseen = {0.36, 0.29, 0.27, 0.26}};
constexpr Run run_b = {.training = {0.30, 0.14, 0.07, 0.04}, .unseen = {0.37, 0.33, 0.39, 0.48}};

std::string losses(const std::array<double, 4>& numbers) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : ", ") + number_text(number, 2);
  return text;
}

Exercise overfit(const ExerciseInput& /*input*/) {
  const auto told = [](const Run& run) {
    return "training " + losses(run.training) + "; unseen " + losses(run.unseen);
  };
  Exercise e;
  e.question = "The loss after 100, 200, 300 and 400 steps. Run A: " + told(run_a) + ". Run B: " + told(run_b) +
               ". Which one overfits?";
  const int right = run_a.overfits() ? (run_b.overfits() ? 2 : 0) : run_b.overfits() ? 1 : 3;
  set_choices(e, {"A", "B", "Both", "Neither"}, right);
  add_mistake(e, 0, "A's training loss is the higher one, but what it learnt holds for unseen images, too.");
  add_mistake(e, 1, "B's unseen loss does not rise.");
  add_mistake(e, 2, "Unseen images always cost a little more; A's loss of them still falls.");
  add_mistake(e, 3, "A loss that falls is not enough: look at the images that it has not seen.");
  e.worked = "Overfitting is where the loss of training images falls on and that of unseen ones rises. B's went from " +
             number_text(*std::ranges::min_element(run_b.unseen), 2) + " up to " + number_text(run_b.unseen.back(), 2) +
             ": it learns its few images by heart. More images help, or an earlier moment; more steps do not.";
  return e;
}

/// How many pieces the pixels of a class are in, with 8 neighbours.
double pieces(const Image<std::uint8_t>& classes, std::uint8_t wanted) {
  Mask mask(classes.rows(), classes.cols());
  std::ranges::transform(classes.pixels(), mask.pixels().begin(),
                         [&](std::uint8_t k) { return static_cast<std::uint8_t>(k == wanted ? 1 : 0); });
  return label(MaskView(mask), Connectivity::eight).count;
}

constexpr int diameter = 20;
/// Round nuclei side by side, the first two of which touch.
LabelImage three_nuclei() {
  LabelImage truth(diameter + 10, 4 * diameter);
  const int row = truth.rows() / 2;
  Label label = 0;
  for (const int col : {diameter, 2 * diameter, 3 * diameter + 5}) {
    ++label;
    for (int r = 0; r < truth.rows(); ++r) {
      for (int c = 0; c < truth.cols(); ++c) {
        if (4 * squared_distance({r, c}, {row, col}) <= diameter * diameter) truth[r, c] = label;
      }
    }
  }
  return truth;
}

Exercise rim(const ExerciseInput& /*input*/) {
  const LabelImage truth = three_nuclei();
  const double nuclei = *std::ranges::max_element(truth.pixels());
  const double with_rim = pieces(class_image(truth, true), static_cast<std::uint8_t>(PixelKind::interior));
  // Without the rim, the classes are background and interior.
  const double without = pieces(class_image(truth, false), 1);
  Exercise e;
  e.question =
      "Of three round nuclei, " + number_text(diameter) +
      " pixels wide, two touch. A network without a rim class is right at every pixel. How many interiors does "
      "it see, with 8 neighbours?";
  e.answer = without;
  e.unit = "interiors";
  add_mistake(e, nuclei, "Without a rim, two nuclei that touch are one interior.");
  add_mistake(e, nuclei + 1, "The background is no interior.");
  add_mistake(e, 1, "One of them lies apart.");
  e.worked =
      "Where two nuclei touch nothing lies between their interiors, so they are one. Without the rim there are " +
      number_text(without) + " for " + number_text(nuclei) + " nuclei; where " + number_text(rim_depth) +
      " pixels inside every outline are a class of their own, there are " + number_text(with_rim) +
      ", a seed for each.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"training.loss", loss},       ExerciseMaker{"training.step", step},
                               ExerciseMaker{"training.rate", rate},       ExerciseMaker{"training.draws", draws},
                               ExerciseMaker{"training.overfit", overfit}, ExerciseMaker{"training.rim", rim}};

}  // namespace

std::span<const ExerciseMaker> training_exercises() { return makers; }

}  // namespace floodlight

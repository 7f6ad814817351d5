// Exercises of the step Forest: a question of a tree, impurity, votes and probability, uncertainty, classes, touching nuclei.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/learn/forest_terms.h"
#include "core/learn/paint.h"
#include "core/learn/pixel_classifier.h"
#include "core/segment/label.h"

namespace floodlight {
namespace {

constexpr std::string_view field_id = "small_field";

/// A trained forest and the features that it looks at, of the image at hand or of the small field.
struct Trained {
  const PixelClassifier* classifier;
  const ScaleSpace* space;
  Pixel pixel;
  bool teaching;
  [[nodiscard]] std::string where() const { return row_and_column(pixel) + (teaching ? " of the small field" : ""); }
};

/// The small field's own forest, of paint along its labels.
Trained teaching_forest() {
  static const Subject field = small_field();
  static const ScaleSpace space = scale_space(field.image, {}).value();
  static const PixelClassifier classifier = [] {
    TrainingSet set;
    append_samples(set, space, paint_image(example_paint(field.values->labels), space.rows(), space.cols()));
    return train_classifier(std::move(set), {}, {}, {}).value();
  }();
  return {&classifier, &space, {space.rows() / 2, space.cols() / 2}, true};
}

Trained trained(const ExerciseInput& input) {
  if (input.values == nullptr || input.recipe == nullptr || input.recipe->mask_from != &mask_sources::classifier)
    return teaching_forest();
  const auto& classifier = input.recipe->classifier;
  const ScaleSpace& space = input.values->features;
  if (classifier == nullptr || !is_trained(*classifier) || space.choice != classifier->features ||
      space.rows() != input.raw.rows() || space.cols() != input.raw.cols() ||
      classifier->forest.trees.front().nodes.front().is_leaf())
    return teaching_forest();
  return {classifier.get(), &space, input.raw.nearest(input.pixel), false};
}

Exercise about(const Trained& t) {
  Exercise e;
  if (t.teaching) e.teaching_image = field_id;
  return e;
}

Exercise question(const ExerciseInput& input) {
  const Trained t = trained(input);
  const Forest& forest = t.classifier->forest;
  std::vector<float> sample(forest.features);
  features_at(*t.space, t.pixel, sample);
  const PathStep asked = tree_path(forest, 0, sample).steps.front();
  const auto value = static_cast<double>(asked.value);
  // As many decimals as tell the two apart.
  int decimals = 1;
  while (decimals < 9 && number_text(value, decimals) == number_text(asked.threshold, decimals) &&
         value != asked.threshold)
    ++decimals;
  const std::string name = feature_name(features_of(t.classifier->features)[asked.feature]);
  const std::string here = number_text(value, decimals);
  const std::string cut = number_text(asked.threshold, decimals);
  Exercise e = about(t);
  e.question = "The first tree asks: is \"" + name + "\" at most " + cut + "? At " + t.where() + " it is " + here +
               ". Where does the pixel go?";
  e.pixel = t.pixel;
  set_choices(e, {"Left", "Right"}, asked.left ? 0 : 1);
  const std::string so = here + (asked.left ? " is at most " : " is more than ") + cut;
  add_mistake(e, 0, "Left is yes, and " + so + ": no.");
  add_mistake(e, 1, "Right is no, and " + so + ": yes.");
  e.worked = "Yes is left, no is right. " + so + ", so it goes " + (asked.left ? "left" : "right") +
             ", to the next question or to a leaf.";
  e.covers = {Covers::mask_value};
  return e;
}

Exercise impurity(const ExerciseInput& input) {
  const Trained t = trained(input);
  const Forest& forest = t.classifier->forest;
  const auto counts = forest.counts(forest.trees.front(), 0);
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  double squares = 0;
  double most = 0;
  std::string listed;
  std::string terms;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const double share = counts[c] / all;
    squares += share * share;
    most = std::max(most, share);
    listed += (c == 0                   ? ""
               : c + 1 == counts.size() ? " and "
                                        : ", ") +
              std::to_string(counts[c]) + " of " + t.classifier->classes[c].name;
    terms += " - " + number_text(share, 3) + "\xC2\xB2";
  }
  Exercise e = about(t);
  e.question = "The first tree" + std::string(t.teaching ? " of the small field" : "") + " begins with " + listed +
               ". What is Gini's impurity there, to 2 decimals?";
  e.decimals = 2;
  e.answer = 1 - squares;
  add_mistake(e, squares, "That is the sum of the squared shares: take it from 1.");
  add_mistake(e, 1 - most, "That is the share of those that are not of the largest class.");
  add_mistake(e, (1 - squares) / 2, "With two classes it is 2 p (1 - p).");
  add_mistake(e, 0, "0 is a node of a single class.");
  e.worked = "Gini's impurity is 1 minus the sum of the squared shares. 1" + terms + " = " + number_text(e.answer, 2) +
             "; a question is good where it makes both sides purer.";
  return e;
}

/// The shares of nuclei that five trees answer: two are sure of them, three nearly are not.
constexpr std::array five_shares = {1.0, 1.0, 0.45, 0.4, 0.4};

double mean_share() { return std::accumulate(five_shares.begin(), five_shares.end(), 0.0) / five_shares.size(); }

std::string five_in_words() {
  std::string text;
  for (const double share : five_shares) text += (text.empty() ? "" : ", ") + number_text(share, 2);
  return text;
}

Exercise probability(const ExerciseInput& /*input*/) {
  const auto votes = static_cast<double>(std::ranges::count_if(five_shares, [](double s) { return s > 0.5; }));
  Exercise e;
  e.question = "At a pixel, five trees' leaves hold these shares of nuclei: " + five_in_words() +
               ". What probability does the forest give, to 2 decimals?";
  e.decimals = 2;
  e.answer = mean_share();
  add_mistake(e, votes / five_shares.size(), "Those are the votes: scikit-learn takes the mean of the shares.");
  add_mistake(e, five_shares[2], "That is the middle one: it is the mean.");
  add_mistake(e, mean_share() * five_shares.size(), "Divide by the number of trees.");
  add_mistake(e, 1, "The most certain tree has one voice like every other.");
  e.worked = "The forest's probability is the mean of the trees' shares. They add up to " +
             number_text(mean_share() * five_shares.size(), 2) + ", divided by 5 that is " + number_text(e.answer, 2) +
             ".";
  return e;
}

Exercise votes(const ExerciseInput& /*input*/) {
  const bool nuclei = mean_share() >= 0.5;
  Exercise e;
  e.question = "Five trees' leaves hold these shares of nuclei: " + five_in_words() +
               ". Two trees vote nuclei, three background. Which class does the forest give?";
  set_choices(e, {"Nuclei", "Background"}, nuclei ? 0 : 1);
  add_mistake(e, 0, "The mean share of nuclei is below one half.");
  add_mistake(e, 1, "Votes are not counted: the mean share of nuclei is " + number_text(mean_share(), 2) + ".");
  e.worked = "The class with the highest mean share wins, not the one with most votes. The mean of nuclei is " +
             number_text(mean_share(), 2) + ", that of the background " + number_text(1 - mean_share(), 2) + ".";
  return e;
}

Exercise uncertain(const ExerciseInput& /*input*/) {
  constexpr std::array probabilities = {0.7, 0.3};
  Exercise e;
  e.question = "The forest says nuclei " + number_text(probabilities[0], 1) + ", background " +
               number_text(probabilities[1], 1) + ". What is the uncertainty, to 1 decimal?";
  e.decimals = 1;
  e.answer = uncertainty(probabilities);
  add_mistake(e, probabilities[0] - probabilities[1], "That is how far the two are apart: take it from 1.");
  add_mistake(e, probabilities[1], "That is the second class's probability.");
  add_mistake(e, probabilities[0], "That is how probable the first class is.");
  add_mistake(e, 0.5, "0.5 would be nearer to certain: 1 is a tie.");
  e.worked = "Uncertainty is 1 minus the difference of the two highest probabilities. 1 - (0.7 - 0.3) = " +
             number_text(e.answer, 1) + "; paint where it is high.";
  return e;
}

Exercise classes(const ExerciseInput& /*input*/) {
  Exercise e;
  e.question =
      "ilastik saved a Simple Segmentation: class 1 is nuclei, class 2 background. Which line makes the mask of the "
      "nuclei?";
  // What each line selects of a pixel of each class.
  constexpr std::array<std::array<bool, 2>, 4> selects = {{{true, true}, {true, false}, {false, true}, {true, true}}};
  constexpr std::array right{true, false};
  const auto place = std::ranges::find(selects, right) - selects.begin();
  set_choices(e, {"seg > 0", "seg == 1", "seg == 2", "seg.astype(bool)"}, static_cast<int>(place));
  add_mistake(e, 0, "Both classes are above 0: everything is selected.");
  add_mistake(e, 2, "That is the background: classes are numbered in the order in which they were named.");
  add_mistake(e, 3, "1 and 2 are both True: everything is selected.");
  e.worked =
      "The values are names of classes, 1 and 2, not False and True. Only seg == 1 selects the nuclei, and only "
      "if nuclei were the first class.";
  return e;
}

Exercise touching(const ExerciseInput& /*input*/) {
  const LabelImage& labels = small_field().values->labels;
  Mask mask(labels.rows(), labels.cols());
  std::ranges::transform(labels.pixels(), mask.pixels().begin(),
                         [](Label l) { return static_cast<std::uint8_t>(l > 0 ? 1 : 0); });
  const auto nuclei = static_cast<double>(small_field().values->nuclei);
  Exercise e;
  e.teaching_image = field_id;
  e.question = "A forest finds every pixel of the small field's " + number_text(nuclei) +
               " nuclei and not one more. Its mask is labelled with 8 neighbours: how many objects?";
  e.answer = label(MaskView(mask), Connectivity::eight).count;
  e.unit = "objects";
  add_mistake(e, nuclei, "A mask says nucleus or not, never which one: those that touch are one object.");
  add_mistake(e, nuclei + 1, "The background is no object.");
  add_mistake(e, 1, "They do not all touch.");
  e.worked = "The mask is as good as can be, and two nuclei that touch are still one island. " + number_text(nuclei) +
             " nuclei make " + number_text(e.answer) +
             " objects: features do not separate what touches, distance and "
             "watershed do.";
  e.covers = {Covers::counts};
  return e;
}

Exercise depth(const ExerciseInput& /*input*/) {
  constexpr int questions = 3;
  Exercise e;
  e.question = "A tree may be " + number_text(questions) + " questions deep. How many leaves has it at most?";
  e.answer = 1 << questions;
  e.unit = "leaves";
  add_mistake(e, questions, "Every question has two answers, and each of them goes on.");
  add_mistake(e, 2 * questions, "They do not add up: each level doubles the ways.");
  add_mistake(e, (1 << questions) - 1, "Those are the questions: a tree has one leaf more.");
  add_mistake(e, questions + 1, "That is a tree that goes on at one side only.");
  e.worked = "Every level doubles the number of ways. 2 x 2 x 2 = " + number_text(e.answer) +
             "; a depth of 10 would allow 1024, more than there are painted pixels.";
  return e;
}

constexpr std::array makers = {
    ExerciseMaker{"forest.question", question}, ExerciseMaker{"forest.depth", depth},
    ExerciseMaker{"forest.impurity", impurity}, ExerciseMaker{"forest.probability", probability},
    ExerciseMaker{"forest.votes", votes},       ExerciseMaker{"forest.uncertainty", uncertain},
    ExerciseMaker{"forest.classes", classes},   ExerciseMaker{"forest.touching", touching}};

}  // namespace

std::span<const ExerciseMaker> forest_exercises() { return makers; }

}  // namespace floodlight

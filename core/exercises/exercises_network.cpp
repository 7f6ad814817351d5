// Exercises of the step Network: a kernel with learned weights, ReLU, pooling, what a value sees, counting weights, softmax.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/exercises/exercise_parts.h"
#include "core/learn/network_input.h"
#include "core/learn/network_layers.h"
#include "core/learn/network_units.h"
#include "core/samples/shipped_network.h"

namespace floodlight {
namespace {

constexpr std::string_view field_id = "small_field";

/// Where a nucleus of the small field begins: the network's kernels and classes have most to say there.
constexpr Pixel in_the_field{3, 3};

const TrainedNetwork& shipped() {
  static const std::shared_ptr<const TrainedNetwork> network = shipped_network();
  return *network;
}

/// A network and the image that it looks at: those at hand, or those that come with the program.
struct Looking {
  const UNet* net;
  FloatView seen;
  Pixel pixel;
  bool teaching;
  [[nodiscard]] std::string where() const { return row_and_column(pixel) + (teaching ? " of the small field" : ""); }
  [[nodiscard]] UnitTerms terms(Unit unit) const { return unit_terms(*net, seen, unit, pixel); }
};

Looking at_the_small_field() {
  static const NetworkInput input = network_input(small_field().image);
  return {.net = &shipped().net, .seen = input.image, .pixel = in_the_field, .teaching = true};
}

std::optional<Looking> at_hand(const ExerciseInput& input) {
  if (input.values == nullptr || input.recipe == nullptr || !is_network(*input.recipe->mask_from)) return std::nullopt;
  const auto& network = input.recipe->network;
  const auto& of = input.values->network_of;
  const Image<float>& seen = input.values->filtered;
  if (network == nullptr || of == nullptr || *of != *network || seen.empty() || seen.rows() != input.raw.rows() ||
      seen.cols() != input.raw.cols())
    return std::nullopt;
  return Looking{.net = &network->net, .seen = seen, .pixel = input.raw.nearest(input.pixel), .teaching = false};
}

/// What was found to ask about, and where.
template <typename Found>
struct LookedAt {
  Looking at;
  Found found;
};
/// What `find` finds with the network at hand, else with the one that comes with the program in the small field.
template <typename Found>
LookedAt<Found> look(const ExerciseInput& input, std::optional<Found> (*find)(const Looking&)) {
  if (const auto own = at_hand(input)) {
    if (auto found = find(*own)) return {*own, std::move(*found)};
  }
  const Looking field = at_the_small_field();
  return {field, find(field).value()};
}

/// The shape of the recipe's network, whether or not it has looked at an image; else of the one that comes with the program.
const UNetShape& shape_of(const ExerciseInput& input) {
  const bool own = input.recipe != nullptr && is_network(*input.recipe->mask_from) && input.recipe->network != nullptr;
  return own ? input.recipe->network->net.shape : shipped().net.shape;
}

Exercise about(const Looking& at) {
  Exercise e;
  if (at.teaching) e.teaching_image = field_id;
  e.pixel = at.pixel;
  return e;
}

/// As it is written; never minus zero.
double rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale + 0.0;
}

/// So large that nobody sums by hand.
constexpr double too_large = 100;

std::string listed(std::span<const double> numbers, int decimals) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string_view between = i == 0 ? "" : i % 3 == 0 ? " / " : " ";
    text += std::string(between) + number_text(numbers[i], decimals);
  }
  return text;
}

// --- a kernel of the first layer -------------------------------------------------------------------------------------------

/// A sum of the first layer with everything rounded, so that it can be worked out by hand.
struct SumByHand {
  int map = 0;
  std::array<double, 9> values{};
  std::array<double, 9> weights{};
  double bias = 0;
  [[nodiscard]] double products() const {
    double sum = 0;
    for (std::size_t k = 0; k < 9; ++k) sum += values[k] * weights[k];
    return sum;
  }
};

/// The map of the first layer whose sum is farthest from 0.
std::optional<SumByHand> find_sum(const Looking& at) {
  std::optional<SumByHand> best;
  for (int map = 0; map < at.net->shape.widths.front(); ++map) {
    const UnitTerms terms = at.terms({.layer = 0, .map = map});
    SumByHand sum{.map = map};
    const InputTerms& of = terms.inputs.front();
    for (std::size_t k = 0; k < 9; ++k) {
      sum.values[k] = rounded(static_cast<double>(of.values[k]), 1);
      sum.weights[k] = rounded(static_cast<double>(of.weights[k]), 1);
      if (!(std::abs(sum.values[k]) < too_large && std::abs(sum.weights[k]) < too_large)) return std::nullopt;
    }
    sum.bias = rounded(static_cast<double>(terms.bias), 1);
    if (!(std::abs(sum.bias) < too_large)) return std::nullopt;
    if (sum.products() == 0) continue;
    if (!best || std::abs(sum.products()) > std::abs(best->products())) best = sum;
  }
  return best;
}

Exercise kernel(const ExerciseInput& input) {
  const auto [at, sum] = look<SumByHand>(input, find_sum);
  double turned = 0;
  double total_of_weights = 0;
  for (std::size_t k = 0; k < 9; ++k) {
    turned += sum.values[k] * sum.weights[8 - k];
    total_of_weights += sum.weights[k];
  }
  Exercise e = about(at);
  e.question = "Around " + at.where() + " the network sees, row by row, " + listed(sum.values, 1) +
               ". A kernel of the " + "first layer (map " + number_text(sum.map + 1) + ") is " +
               listed(sum.weights, 1) + ", its bias " + number_text(sum.bias, 1) +
               "; all rounded. What is the sum before ReLU, to 2 decimals?";
  e.decimals = 2;
  e.answer = rounded(sum.bias + sum.products(), 2);
  add_mistake(e, sum.products(), "The bias is missing.");
  add_mistake(e, sum.bias + turned, "A network's kernel is not turned: the first weight meets the first value.");
  add_mistake(e, turned, "The kernel is not turned, and the bias is missing.");
  if (e.answer < 0) add_mistake(e, 0, "ReLU comes after the sum.");
  add_mistake(e, sum.products() / 9, "Nothing is divided: the weights are what they are.");
  if (total_of_weights != 0)
    add_mistake(e, sum.products() / total_of_weights, "Nothing is divided: the weights need not add up to 1.");
  add_mistake(e, sum.values[4] * sum.weights[4] + sum.bias, "That is the middle alone: all nine count.");
  e.worked = "Nine products, value times weight, place by place, and the bias. The products add up to " +
             number_text(rounded(sum.products(), 2), 2) + ", with the bias " + number_text(sum.bias, 1) + " that is " +
             number_text(e.answer, 2) + ".";
  e.covers = {Covers::filtered_value};
  return e;
}

// --- ReLU ------------------------------------------------------------------------------------------------------------------

struct RectifiedSum {
  int map = 0;
  double sum = 0;
  double result = 0;
};

/// The map of the first layer with the lowest sum.
std::optional<RectifiedSum> find_rectified(const Looking& at) {
  std::optional<RectifiedSum> lowest;
  for (int map = 0; map < at.net->shape.widths.front(); ++map) {
    const UnitTerms terms = at.terms({.layer = 0, .map = map});
    const auto sum = static_cast<double>(terms.sum);
    if (!(std::abs(sum) < too_large)) return std::nullopt;
    if (rounded(sum, 2) == 0 || (lowest && sum >= lowest->sum)) continue;
    lowest = RectifiedSum{.map = map, .sum = sum, .result = static_cast<double>(terms.result)};
  }
  return lowest;
}

Exercise relu(const ExerciseInput& input) {
  const auto [at, found] = look<RectifiedSum>(input, find_rectified);
  const double sum = rounded(found.sum, 2);
  Exercise e = about(at);
  e.question = "At " + at.where() + " map " + number_text(found.map + 1) + " of the first layer has the sum " +
               number_text(sum, 2) + ". What does ReLU leave of it, to 2 decimals?";
  e.decimals = 2;
  e.answer = rounded(found.result, 2);
  add_mistake(e, -sum, "ReLU does not take the sign away: what is negative becomes 0.");
  add_mistake(e, sum, "What is negative becomes 0.");
  add_mistake(e, 0, "Only what is negative becomes 0.");
  add_mistake(e, 1, "ReLU does not say yes or no: what is positive stays as it is.");
  e.worked = "ReLU makes negative sums 0 and leaves all others as they are. " + number_text(sum, 2) + " is " +
             (sum < 0 ? "negative, so 0 is left: at this pixel the map has nothing to say."
                      : "positive, so it stays; without ReLU all layers together would be one single kernel.");
  e.covers = {Covers::filtered_value};
  return e;
}

// --- pooling ---------------------------------------------------------------------------------------------------------------

struct Block {
  int map = 0;
  std::array<double, 4> values{};
  double largest = 0;
  double own = 0;  ///< of the pixel that is asked about
};

/// The map of the first layer whose four values differ most.
std::optional<Block> find_block(const Looking& at) {
  std::optional<Block> best;
  double widest = 0;
  for (int map = 0; map < at.net->shape.widths.front(); ++map) {
    const UnitTerms terms = at.terms({.layer = 0, .map = map});
    Block block{.map = map};
    for (std::size_t k = 0; k < 4; ++k) {
      block.values[k] = rounded(static_cast<double>(terms.pooled->values[k]), 2);
      if (!(std::abs(block.values[k]) < too_large)) return std::nullopt;
    }
    block.largest = block.values[static_cast<std::size_t>(terms.pooled->taken)];
    block.own = rounded(static_cast<double>(terms.result), 2);
    const double width = block.largest - *std::ranges::min_element(block.values);
    if (width <= widest) continue;
    widest = width;
    best = block;
  }
  return best;
}

Exercise pooling(const ExerciseInput& input) {
  const auto [at, block] = look<Block>(input, find_block);
  double sum = 0;
  for (const double value : block.values) sum += value;
  const auto [lowest, highest] = std::ranges::minmax(block.values);
  Exercise e = about(at);
  e.question = "Map " + number_text(block.map + 1) + " of the first layer holds " + number_text(block.values[0], 2) +
               " " + number_text(block.values[1], 2) + " / " + number_text(block.values[2], 2) + " " +
               number_text(block.values[3], 2) + " in the 2 x 2 pixels with " + at.where() +
               ". What does the next level see of them, to 2 decimals?";
  e.decimals = 2;
  e.answer = block.largest;
  add_mistake(e, sum / 4, "That is the mean: max pooling takes the largest.");
  add_mistake(e, sum, "They are not added up: max pooling takes the largest.");
  add_mistake(e, lowest, "That is the smallest: max pooling takes the largest.");
  add_mistake(e, block.own, "That is the pixel's own value: all four together become one.");
  add_mistake(e, (lowest + highest) / 2, "Nothing is averaged: max pooling takes the largest.");
  e.worked =
      "Max pooling takes the largest of each 2 x 2 pixels and forgets the others, and where it was. Of these "
      "four it is " +
      number_text(block.largest, 2) +
      "; the next level has half the rows and columns, so that its 3 x 3 "
      "kernels see twice as far.";
  e.covers = {Covers::filtered_value};
  return e;
}

// --- the shape -------------------------------------------------------------------------------------------------------------

Exercise field(const ExerciseInput& input) {
  const UNetShape& shape = shape_of(input);
  const int levels = shape.levels();
  const auto width_of = [&](int layer) {
    const MapWindow window = receptive_field(shape, layer, {});
    return static_cast<double>(window.right - window.left);
  };
  const int lowest = levels - 1;
  Exercise e;
  e.question = "On the way down the network has " + counted(levels, "level") +
               ", each with one 3 x 3 convolution, and 2 x 2 pooling between them. How many pixels of the image, from "
               "left to right, does one value of the lowest level depend on?";
  e.answer = width_of(lowest);
  e.unit = "pixels";
  add_mistake(e, 1 + 2 * levels,
              "Each convolution adds two pixels, but pixels of its own level: lower down they are "
              "larger.");
  add_mistake(e, 3, "That is what it sees of the map above it; each pixel of that has seen more.");
  add_mistake(e, shape.block(), "That is how much of the image it lies over; its neighbours count as well.");
  add_mistake(e, 3 * shape.block(),
              "Its three neighbours across are so wide, but each of them has looked beyond itself.");
  add_mistake(e, e.answer * e.answer, "That is how many in all: asked is from left to right.");
  for (const int pixel : {0, shape.block() / 2}) {
    const MapWindow of_score = receptive_field(shape, 2 * levels - 1, {pixel, pixel});
    add_mistake(e, of_score.right - of_score.left, "That is a score's: the way up adds its own neighbours.");
  }
  std::string list;
  for (int layer = 0; layer < levels; ++layer)
    list += (layer == 0 ? "" : layer + 1 == levels ? " and " : ", ") + number_text(width_of(layer));
  e.worked =
      "From the lowest level upwards: a convolution adds one pixel at each side, pooling doubles. So the levels "
      "see " +
      list + " pixels of the image; a nucleus must fit in, so levels matter more than weights.";
  e.covers = {Covers::footprint};
  return e;
}

Exercise weights(const ExerciseInput& input) {
  const UNetShape& shape = shape_of(input);
  const int place = 2 * shape.levels() - 2;  // the last convolution, on the way up at the image's own size
  const WeightedLayer layer = layers_of(shape)[static_cast<std::size_t>(place)];
  const std::vector<InputMap> inputs = inputs_of(shape, place);
  const auto risen = static_cast<int>(std::ranges::count(inputs, true, &InputMap::risen));
  const int skipped = layer.inputs - risen;
  const auto with = [&](int maps) { return static_cast<double>(maps * layer.outputs * layer.kernel + layer.outputs); };
  Exercise e;
  e.question = "The last 3 x 3 layer sees " + counted(risen, "map") + " from below" +
               (skipped > 0 ? " and " + number_text(skipped) + " over the skip" : "") + ", and makes " +
               counted(layer.outputs, "map") + ". How many weights has it, with its biases?";
  e.answer = static_cast<double>(layer.end() - layer.first);
  e.unit = "weights";
  add_mistake(e, static_cast<double>(layer.products()), "The biases are missing: one for each map that it makes.");
  add_mistake(e, with(1), "Every map that it makes has a kernel for each map that it sees.");
  add_mistake(e, with(risen), "What comes over the skip has kernels, too.");
  add_mistake(e, with(skipped), "What comes from below has kernels, too.");
  add_mistake(e, layer.inputs * layer.outputs, "Each of these kernels has nine weights.");
  add_mistake(e, layer.inputs * layer.outputs + layer.outputs, "Each of these kernels has nine weights.");
  add_mistake(e, layer.inputs * layer.kernel + layer.outputs, "Every map that it makes has kernels of its own.");
  add_mistake(e, static_cast<double>(weight_count(shape)), "That is the whole network.");
  e.worked =
      "A kernel of nine weights for every pair of a map it sees and a map it makes, and a bias for each that it "
      "makes. " +
      number_text(layer.inputs) + " x " + number_text(layer.outputs) + " x 9 + " + number_text(layer.outputs) + " = " +
      number_text(e.answer) + ", of " + number_text(static_cast<double>(weight_count(shape))) +
      " in the whole network; none of them depends on the size of the image.";
  e.covers = {Covers::weights};
  return e;
}

// --- from scores to the mask -----------------------------------------------------------------------------------------------

constexpr std::array<const char*, 3> class_names = {"background", "rim", "interior"};

std::vector<std::string> names_of_classes(const UNetShape& shape) {
  return shape.rim ? std::vector<std::string>(class_names.begin(), class_names.end())
                   : std::vector<std::string>{class_names.front(), class_names.back()};
}

using Scores = std::vector<double>;

double highest_share(const Scores& scores) {
  std::vector<float> shares(scores.begin(), scores.end());
  softmax(shares);
  return static_cast<double>(*std::ranges::max_element(shares));
}

/// Unless one class has all of the probability, to 2 decimals.
std::optional<Scores> find_scores(const Looking& at) {
  Scores scores;
  for (int k = 0; k < at.net->shape.classes(); ++k) {
    const UnitTerms terms = at.terms({.layer = 2 * at.net->shape.levels() - 1, .map = k});
    scores.push_back(rounded(static_cast<double>(terms.sum), 1));
    if (!(std::abs(scores.back()) < too_large)) return std::nullopt;
  }
  if (highest_share(scores) >= 0.995) return std::nullopt;
  return scores;
}

Exercise probability(const ExerciseInput& input) {
  const auto [at, scores] = look<Scores>(input, find_scores);
  const std::vector<std::string> names = names_of_classes(at.net->shape);
  const auto winner = static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
  double sum = 0;
  std::string list;
  std::string powers;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    sum += scores[k];
    list += (k == 0 ? "" : ", ") + names[k] + " " + number_text(scores[k], 1);
    powers += (k == 0 ? "" : " + ") + number_text(std::exp(scores[k]), 2);
  }
  const double power = std::exp(scores[winner]);
  Exercise e = about(at);
  e.question = "The scores at " + at.where() + " are: " + list + ". How probable is " + names[winner] +
               " there, as softmax has it, to 2 decimals?";
  e.decimals = 2;
  e.answer = highest_share(scores);
  if (sum != 0) add_mistake(e, scores[winner] / sum, "Scores may be negative: take their exponentials first.");
  add_mistake(e, 1 - e.answer, "That is all others together.");
  add_mistake(e, 1, "The highest score wins, but the others keep a part.");
  add_mistake(e, 1 / (1 + std::exp(-scores[winner])), "That would be its score against 0: take the other scores.");
  add_mistake(e, power, "Divide it by the sum of all exponentials.");
  add_mistake(e, scores[winner], "That is the score: probabilities are positive and add up to 1.");
  add_mistake(e, 1 / static_cast<double>(scores.size()), "They would have to have the same score.");
  e.worked = "The exponential of its score, divided by the sum of all of them. " + number_text(power, 2) + " / (" +
             powers + ") = " + number_text(e.answer, 2) +
             "; that adds up to 1, whatever the scores, also where the network has never seen the like.";
  e.covers = {Covers::mask_value};
  return e;
}

Exercise mask(const ExerciseInput& /*input*/) {
  const double below = Recipe{}.background_below;
  const double background = 2 * below;
  constexpr double rim = 0.2;
  const double interior = 1 - background - rim;
  Exercise e;
  e.question = "A pixel is background with probability " + number_text(background, 2) + ", rim with " +
               number_text(rim, 2) + ", interior with " + number_text(interior, 2) +
               ". The mask is where background is below " + number_text(below, 2) + ". Is the pixel in the mask?";
  set_choices(e, {"Yes: interior is the most probable", "Yes: a nucleus is more probable than background", "No"},
              background < below ? 1 : 2);
  add_mistake(e, 0, "The most probable class makes the seeds; the mask asks for background alone.");
  add_mistake(
      e, 1,
      "More probable is not enough: " + number_text(background, 2) + " is not below " + number_text(below, 2) + ".");
  add_mistake(e, 2, "Background is below the cutoff.");
  e.worked = "The mask does not ask which class wins, but whether background is below " + number_text(below, 2) +
             ". It is " + number_text(background, 2) +
             ": so low a cutoff pulls the outlines in to where people draw them, while the simulated truth that the "
             "network learnt from lies farther out.";
  return e;
}

constexpr std::array makers = {ExerciseMaker{"network.kernel", kernel},   ExerciseMaker{"network.relu", relu},
                               ExerciseMaker{"network.pooling", pooling}, ExerciseMaker{"network.field", field},
                               ExerciseMaker{"network.weights", weights}, ExerciseMaker{"network.softmax", probability},
                               ExerciseMaker{"network.mask", mask}};

}  // namespace

std::span<const ExerciseMaker> network_exercises() { return makers; }

}  // namespace floodlight

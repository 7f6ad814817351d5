// Patches, steps and moments of a network's training.
#include "core/learn/network_training.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

#include "core/base/random.h"
#include "core/learn/network_input.h"
#include "core/learn/network_layers.h"

namespace floodlight {
namespace {

/// The stream of random numbers that patches are drawn from.
constexpr std::uint64_t patches_stream = 0x7061746368;

constexpr float scale_of_loss = 1.0F / (patches_of_a_step * patch_side * patch_side);

/// Where a place of a patch lies in the square that it was cut from.
Pixel untwisted(Pixel place, int turn) {
  constexpr int last = patch_side - 1;
  if ((turn & 2) != 0) place.row = last - place.row;
  if ((turn & 4) != 0) place.col = last - place.col;
  if ((turn & 1) != 0) std::swap(place.row, place.col);
  return place;
}

int whole_below(Random& random, int end) { return static_cast<int>(random.uniform() * end); }

bool near_another(LabelView truth, int row, int col) {
  for (int dr = -rim_depth; dr <= rim_depth; ++dr) {
    for (int dc = -rim_depth; dc <= rim_depth; ++dc) {
      const Pixel other{row + dr, col + dc};
      if (dr * dr + dc * dc <= rim_depth * rim_depth && truth.contains(other) && truth[other] != truth[row, col])
        return true;
    }
  }
  return false;
}

}  // namespace

Image<std::uint8_t> class_image(LabelView truth, bool rim) {
  Image<std::uint8_t> classes(truth.rows(), truth.cols());
  const auto rim_class = static_cast<std::uint8_t>(PixelKind::rim);
  const auto interior = static_cast<std::uint8_t>(rim ? PixelKind::interior : PixelKind::rim);
  for (int row = 0; row < truth.rows(); ++row) {
    for (int col = 0; col < truth.cols(); ++col) {
      if (truth[row, col] == 0) continue;
      classes[row, col] = rim && near_another(truth, row, col) ? rim_class : interior;
    }
  }
  return classes;
}

TruthImage truth_image(FloatView image, LabelView truth, bool rim) {
  return {.input = network_input(image).image, .classes = class_image(truth, rim)};
}

Result<void> check_training_settings(const TrainingSettings& settings) {
  if (auto good = check_unet_shape(settings.shape); !good) return good;
  if (settings.images < 1 || settings.images > most_training_images) {
    return fail("A training with " + std::to_string(settings.images) + " images is not possible; it takes 1 to " +
                std::to_string(most_training_images) + ".");
  }
  const LearningSchedule& schedule = settings.schedule;
  if (schedule.steps < 1 || schedule.steps > most_training_steps) {
    return fail("A training of " + std::to_string(schedule.steps) + " steps is not possible; it takes 1 to " +
                std::to_string(most_training_steps) + ".");
  }
  if (schedule.warm_up < 0 || schedule.warm_up > schedule.steps) {
    return fail("The warm-up has " + std::to_string(schedule.warm_up) + " steps; it must have 0 to " +
                std::to_string(schedule.steps) + ", which are all steps of the training.");
  }
  if (!(schedule.rate > 0 && schedule.rate <= 1)) return fail("The learning rate must be above 0 and at most 1.");
  const Augmentation& change = settings.augmentation;
  if (!(change.gain >= 0 && change.gain < 1 && change.offset >= 0 && change.offset <= 10 && change.noise >= 0 &&
        change.noise <= 10))
    return fail("A patch's gain must vary by 0 to less than 1, its offset and its noise by 0 to 10.");
  return {};
}

int images_of_step(const TrainingSettings& settings, int step) {
  return std::min(settings.images, first_training_images + step);
}

NetworkTraining::NetworkTraining(TrainingSettings settings)
    : settings_(std::move(settings)),
      net_(fresh_unet(settings_.shape, settings_.seed)),
      adam_(net_.weights.size()),
      gradient_(net_.weights.size()),
      maps_(settings_.shape, patch_side, patch_side),
      gradients_(settings_.shape, patch_side, patch_side) {
  assert(check_training_settings(settings_));
}

Result<void> NetworkTraining::add(TruthImage image) {
  const int rows = image.input.rows();
  const int cols = image.input.cols();
  if (images() == settings_.images)
    return fail("All " + std::to_string(settings_.images) + " images of this training are there already.");
  if (image.classes.rows() != rows || image.classes.cols() != cols)
    return fail("An image to learn from and its classes differ in size; each pixel must have its class.");
  if (rows < patch_side || cols < patch_side) {
    return fail("An image to learn from has " + std::to_string(rows) + " x " + std::to_string(cols) +
                " pixels; both sides must be at least " + std::to_string(patch_side) + ".");
  }
  const auto pixels = std::as_const(image.classes).pixels();
  if (const auto highest = *std::ranges::max_element(pixels); highest >= settings_.shape.classes()) {
    return fail("An image to learn from has the class " + std::to_string(highest) + "; this network's are 0 to " +
                std::to_string(settings_.shape.classes() - 1) + ".");
  }
  images_.push_back(std::move(image));
  return {};
}

Patch NetworkTraining::patch(int step, int place) const {
  Random random(settings_.seed, patches_stream,
                static_cast<std::uint64_t>(step) * patches_of_a_step + static_cast<std::uint64_t>(place));
  Patch patch;
  patch.image = whole_below(random, images_of_step(settings_, step));
  const TruthImage& from = images_[static_cast<std::size_t>(patch.image)];
  patch.corner.row = whole_below(random, from.input.rows() - patch_side + 1);
  patch.corner.col = whole_below(random, from.input.cols() - patch_side + 1);
  const Augmentation& change = settings_.augmentation;
  patch.turn = change.turned ? whole_below(random, 8) : 0;
  patch.gain = random.uniform(1 - change.gain, 1 + change.gain);
  patch.offset = random.uniform(-change.offset, change.offset);
  patch.noise = random.uniform(0, change.noise);
  patch.input = Image<float>(patch_side, patch_side);
  patch.classes = Image<std::uint8_t>(patch_side, patch_side);
  for (int row = 0; row < patch_side; ++row) {
    for (int col = 0; col < patch_side; ++col) {
      Pixel source = untwisted({row, col}, patch.turn);
      source.row += patch.corner.row;
      source.col += patch.corner.col;
      const double value = static_cast<double>(from.input[source]) * patch.gain + patch.offset;
      patch.input[row, col] = static_cast<float>(value + patch.noise * random.roughly_normal());
      patch.classes[row, col] = from.classes[source];
    }
  }
  return patch;
}

Sliced<double> NetworkTraining::step_in_slices() {
  assert(images() >= images_wanted() && !done());
  std::ranges::fill(gradient_, 0.0F);
  double loss = 0;
  for (int place = 0; place < patches_of_a_step; ++place) {
    const Patch drawn = patch(step_, place);
    const Maps input = maps_.input;
    for (int row = 0; row < patch_side; ++row) std::copy_n(drawn.input.view().row(row), patch_side, input.row(0, row));
    run_unet(net_, maps_);
    co_yield Pause{};
    loss += cross_entropy(maps_.scores, drawn.classes, scale_of_loss, gradients_.scores);
    run_unet_back(net_, maps_, gradients_, gradient_);
    co_yield Pause{};
  }
  adam_.step(net_.weights, gradient_, learning_rate(settings_.schedule, step_));
  ++step_;
  co_return loss / (patches_of_a_step * patch_side * patch_side);
}

double NetworkTraining::step() { return step_in_slices().finish(); }

void NetworkTraining::go_to(Moment moment) {
  assert(moment.weights.size() == net_.weights.size());
  step_ = moment.step;
  net_.weights = std::move(moment.weights);
  adam_ = std::move(moment.adam);
}

Sliced<double> loss_in_slices(const UNet& net, const TruthImage& image) {
  const int block = net.shape.block();
  const int rows = image.input.rows() / block * block;
  const int cols = image.input.cols() / block * block;
  if (rows == 0 || cols == 0) co_return 0;
  UNetMaps maps(net.shape, rows, cols);
  FeatureMaps gradient(net.shape.classes(), rows, cols);
  Image<std::uint8_t> classes(rows, cols);
  for (int row = 0; row < rows; ++row) {
    std::copy_n(image.input.view().row(row), cols, maps.input.view().row(0, row));
    std::copy_n(image.classes.view().row(row), cols, classes.view().row(row));
  }
  co_await run_unet_in_slices(net, maps, maps.input.view().all());
  co_return cross_entropy(maps.scores, classes, 1, gradient) / (static_cast<double>(rows) * cols);
}

}  // namespace floodlight

// A network learns from images whose truth is known, a step at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/adam.h"
#include "core/learn/unet.h"

namespace floodlight {

/// How deep the rim of a nucleus is: pixels of it that lie so near to a pixel of another label, or of none.
constexpr int rim_depth = 2;

/// What every pixel of a label image is, as places in `PixelKind`'s order for a network with or without rims. What lies
/// outside the image makes no rim. O(pixels).
Image<std::uint8_t> class_image(LabelView truth, bool rim);

/// An image as a network sees it (`network_input`), with the class of every pixel.
struct TruthImage {
  Image<float> input;
  Image<std::uint8_t> classes;
};
TruthImage truth_image(FloatView image, LabelView truth, bool rim);

/// The side of the squares that are learnt from, and how many of them make a step.
constexpr int patch_side = 64;
constexpr int patches_of_a_step = 8;

/// What is done to a patch so that no two are alike. Gain, offset and noise are in units of the image's deviation.
struct Augmentation {
  bool turned = true;   ///< one of the eight ways in which a square lies on itself
  double gain = 0.2;    ///< values times 1 - gain to 1 + gain
  double offset = 0.2;  ///< values plus -offset to offset
  double noise = 0.1;   ///< normal noise, whose deviation is 0 to this
  friend bool operator==(const Augmentation&, const Augmentation&) = default;
};

struct TrainingSettings {
  UNetShape shape = {};
  std::uint64_t seed = 1;  ///< of the start weights and of all that is drawn
  int images = 120;        ///< how many images there will be
  LearningSchedule schedule = {};
  Augmentation augmentation = {};
  friend bool operator==(const TrainingSettings&, const TrainingSettings&) = default;
};

constexpr int most_training_images = 1000;
constexpr int most_training_steps = 100'000;

/// Says what speaks against such a training.
Result<void> check_training_settings(const TrainingSettings& settings);

/// With how many images a training begins. Every step draws from one more, until all are there: so they can be made
/// meanwhile, and the weights are the same whenever they come.
constexpr int first_training_images = 8;
/// How many images a step draws from, counted from 0.
int images_of_step(const TrainingSettings& settings, int step);

/// A square that is learnt from.
struct Patch {
  int image = 0;
  Pixel corner;  ///< its upper left one in the image
  int turn = 0;  ///< 0 to 7: bit 0 exchanges rows and columns, bit 1 then mirrors up and down, bit 2 left and right
  double gain = 1;
  double offset = 0;
  double noise = 0;
  Image<float> input;
  Image<std::uint8_t> classes;
};

/// Training that can be stopped, gone back in and gone on with. The same settings and images give the same weights at every step,
/// on every machine, however it came there: what a step draws depends on the seed and its number alone.
class NetworkTraining {
 public:
  /// Of settings that `check_training_settings` allows.
  explicit NetworkTraining(TrainingSettings settings);

  /// The next image, whose classes are those of the settings' shape. Refuses one that is smaller than a patch, that has
  /// other classes, or that is one too many.
  Result<void> add(TruthImage image);
  [[nodiscard]] int images() const { return static_cast<int>(images_.size()); }
  /// How many images have to be there before the next step.
  [[nodiscard]] int images_wanted() const { return images_of_step(settings_, step_); }

  [[nodiscard]] const TrainingSettings& settings() const { return settings_; }
  [[nodiscard]] const UNet& network() const { return net_; }
  /// How many steps were done.
  [[nodiscard]] int steps() const { return step_; }
  [[nodiscard]] bool done() const { return step_ >= settings_.schedule.steps; }

  /// The patch of that place in a step's batch.
  [[nodiscard]] Patch patch(int step, int place) const;

  /// Does the next step, pausing between patches: the mean loss of its pixels before the weights moved; not finite when the
  /// training has run away. `images_wanted` images are there, and not all steps done. A step that is abandoned was not done.
  /// O(patches * pixels * weights).
  Sliced<double> step_in_slices();
  double step();
  /// The derivative of the last step's loss by every weight.
  [[nodiscard]] std::span<const float> gradient() const { return gradient_; }

  /// All that a training is between two steps.
  struct Moment {
    int step = 0;
    std::vector<float> weights;
    Adam adam;
    friend bool operator==(const Moment&, const Moment&) = default;
  };
  [[nodiscard]] Moment moment() const { return {.step = step_, .weights = net_.weights, .adam = adam_}; }
  /// Goes to a moment of a training with these settings.
  void go_to(Moment moment);

 private:
  TrainingSettings settings_;
  std::vector<TruthImage> images_;
  UNet net_;
  Adam adam_;
  int step_ = 0;
  std::vector<float> gradient_;
  UNetMaps maps_;
  UNetMaps gradients_;
};

/// The mean loss of a network over the pixels of an image, of which what is beyond the last multiple of `block` is left out;
/// no such pixel: 0. Network and image outlive the work. O(pixels * weights).
Sliced<double> loss_in_slices(const UNet& net, const TruthImage& image);

}  // namespace floodlight

// Adam: a way down the loss, each weight with a step of its own.
#pragma once

#include <span>
#include <vector>

namespace floodlight {

/// How long the steps are.
struct LearningSchedule {
  double rate = 0.004;  ///< the highest
  int warm_up = 20;     ///< steps over which the rate rises to it, in equal parts
  int steps = 400;      ///< over which it falls to 0 again, along half a cosine
  friend bool operator==(const LearningSchedule&, const LearningSchedule&) = default;
};

/// The rate of a step, counted from 0; 0 after the last.
double learning_rate(const LearningSchedule& schedule, int step);

/// What Adam remembers. Kingma and Ba 2015, as `torch.optim.Adam` of PyTorch 2 computes it, with rounded products.
struct Adam {
  static constexpr double beta1 = 0.9;
  static constexpr double beta2 = 0.999;
  static constexpr double epsilon = 1e-8;

  explicit Adam(std::size_t weights) : mean(weights), square(weights) {}
  /// Moves the weights against their gradient. O(weights).
  void step(std::span<float> weights, std::span<const float> gradient, double rate);

  std::vector<float> mean;    ///< of the gradients so far, recent ones first
  std::vector<float> square;  ///< of their squares
  double beta1_power = 1;     ///< to the number of steps so far
  double beta2_power = 1;
  friend bool operator==(const Adam&, const Adam&) = default;
};

}  // namespace floodlight

// Steps of Adam, and how long they are.
#include "core/learn/adam.h"

#include <cassert>
#include <cmath>
#include <cstddef>

#include "core/base/exact_math.h"

namespace floodlight {

double learning_rate(const LearningSchedule& schedule, int step) {
  if (step < schedule.warm_up) return schedule.rate * (step + 1) / schedule.warm_up;
  if (step >= schedule.steps) return 0;
  const double part = static_cast<double>(step - schedule.warm_up) / (schedule.steps - schedule.warm_up);
  return schedule.rate * (0.5 * (1 + exact_sine_cosine(part / 2).cosine));
}

void Adam::step(std::span<float> weights, std::span<const float> gradient, double rate) {
  assert(weights.size() == mean.size() && gradient.size() == mean.size());
  beta1_power *= beta1;
  beta2_power *= beta2;
  const auto towards = static_cast<float>(1 - beta1);
  const auto kept = static_cast<float>(beta2);
  const auto added = static_cast<float>(1 - beta2);
  const auto length = static_cast<float>(rate / (1 - beta1_power));
  const auto correction = static_cast<float>(std::sqrt(1 - beta2_power));
  const auto least = static_cast<float>(epsilon);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    mean[i] += (g - mean[i]) * towards;
    square[i] = square[i] * kept + added * g * g;
    weights[i] -= length * mean[i] / (std::sqrt(square[i]) / correction + least);
  }
}

}  // namespace floodlight

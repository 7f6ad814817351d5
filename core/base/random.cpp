// Random numbers that are the same on every machine.
#include "core/base/random.h"

#include <cmath>

#include "core/base/exact_math.h"

namespace floodlight {

Random::Random(std::uint64_t seed, std::uint64_t stream, std::uint64_t index)
    : state_(mix_bits(mix_bits(seed + step * (stream + 1)) + step * index)) {}

RandomField::RandomField(std::uint64_t seed, std::uint64_t stream)
    : key_(mix_bits(seed + Random::step * (stream + 1))) {}

std::pair<double, double> Random::normal_pair() {
  for (;;) {
    const double x = 2 * uniform() - 1;
    const double y = 2 * uniform() - 1;
    const double s = x * x + y * y;
    if (s >= 1 || s <= 0) continue;
    const double scale = std::sqrt(-2 * exact_log(s) / s);
    return {x * scale, y * scale};
  }
}

double Random::roughly_normal() {
  const std::uint64_t b = bits();
  const auto sum = static_cast<double>((b & 0xFFFF) + ((b >> 16) & 0xFFFF) + ((b >> 32) & 0xFFFF) + (b >> 48));
  return (sum / 65536 - 2 + 0x1p-15) * 1.7320508075688772;
}

double Random::lognormal(double mean, double variation) {
  if (variation <= 0) return mean;
  const double variance = exact_log(1 + variation * variation);
  return mean * exact_exp(std::sqrt(variance) * normal() - variance / 2);
}

double Random::poisson(double mean) {
  if (!(mean > 0)) return 0;
  if (mean < 10) {
    double left = uniform();
    double chance = exact_exp(-mean);
    double k = 0;
    while (left >= chance && k < 200) {
      left -= chance;
      k += 1;
      chance *= mean / k;
    }
    return k;
  }
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  for (;;) {
    const double u = uniform() - 0.5;
    const double v = uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v * (b - 2) <= 0.9277 * (b - 2) - 3.6224) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    if (v > 0 && exact_log(v * inverse_alpha / (a / (us * us) + b)) <= k * exact_log(mean) - mean - log_factorial(k))
      return k;
  }
}

}  // namespace floodlight

// Random numbers that are the same on every machine: each stream is a key and a place in it, not a shared state.
#pragma once

#include <cstdint>
#include <utility>

namespace floodlight {

/// Mixes the bits of a number so that close numbers give unrelated ones.
constexpr std::uint64_t mix_bits(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 29;
  x *= 0xCA5A826395121157ULL;
  x ^= x >> 32;
  return x;
}

/// One stream of random numbers. Streams of different (seed, stream, index) are independent; the same three give the
/// same numbers, whatever was drawn elsewhere: a pixel keeps its noise when another pixel changes.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream, std::uint64_t index = 0);

  std::uint64_t bits() { return mix_bits(state_ += step); }
  /// From 0 (possible) to 1 (never).
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Mean 0, standard deviation 1 (Marsaglia's polar method).
  double normal() { return normal_pair().first; }
  /// Two of them for the price of one.
  std::pair<double, double> normal_pair();
  /// The sum of four uniform numbers with that mean and deviation: cheap, and never beyond 3.5.
  double roughly_normal();
  /// Of the given mean and coefficient of variation (standard deviation / mean); the mean itself when that is 0.
  double lognormal(double mean, double variation);
  /// How many events when `mean` are expected. By inversion below 10, by Hoermann's transformed rejection (1993) above.
  double poisson(double mean);

 private:
  friend class RandomField;
  static constexpr std::uint64_t step = 0x9E3779B97F4A7C15ULL;
  explicit Random(std::uint64_t state) : state_(state) {}
  std::uint64_t state_;
};

/// The streams of one (seed, stream) for every pixel of an image, several lanes each; cheap to enter.
class RandomField {
 public:
  RandomField(std::uint64_t seed, std::uint64_t stream);
  [[nodiscard]] std::uint64_t key(std::uint64_t index) const { return mix_bits(key_ + Random::step * index); }
  /// A lane of the pixel with that key.
  [[nodiscard]] static Random lane(std::uint64_t key, std::uint64_t lane) {
    return Random(key + lane * 0xC2B2AE3D27D4EB4FULL);
  }

 private:
  std::uint64_t key_;
};

}  // namespace floodlight

// Elementary functions by series. IEEE 754 fixes + - * / and sqrt to the last bit; the C library's functions it does not.
#include "core/base/exact_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace floodlight {
namespace {

constexpr double ln2 = 0.693147180559945309417232121458;
constexpr double ln2_high = 0x1.62e42fefa3800p-1;  // its last bits are zero: k * ln2_high is exact
constexpr double ln2_low = 0x1.ef35793c76730p-45;
constexpr double pi = 3.14159265358979323846264338328;

constexpr auto inverse_factorials = [] {
  std::array<double, 19> values{};
  double factorial = 1;
  for (int n = 0; n < 19; ++n) {
    if (n > 0) factorial *= n;
    values[static_cast<std::size_t>(n)] = 1 / factorial;
  }
  return values;
}();

double power_of_two(int exponent) {  // of a normal number: -1022 to 1023
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

}  // namespace

double exact_exp(double x) {
  if (x < -708) return 0;
  if (x > 708) x = 708;
  const double k = std::floor(x / ln2 + 0.5);
  const double r = (x - k * ln2_high) - k * ln2_low;
  double sum = inverse_factorials[14];
  for (std::size_t n = 14; n-- > 0;) sum = sum * r + inverse_factorials[n];
  return sum * power_of_two(static_cast<int>(k));
}

double exact_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (m > 1.4142135623730951) {  // keeps the argument of the series small on both sides of 1
    m *= 0.5;
    ++exponent;
  }
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  static constexpr std::array<double, 11> odd = {1.0,      1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9, 1.0 / 11,
                                                 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
  double sum = 0;
  for (std::size_t i = odd.size(); i-- > 0;) sum = sum * s2 + odd[i];
  return exponent * ln2_high + (2 * s * sum + exponent * ln2_low);
}

double exact_atan2(double y, double x) {
  if (std::isnan(x) || std::isnan(y)) return x + y;
  double far = std::abs(x);
  double near = std::abs(y);
  const bool steep = near > far;
  if (steep) std::swap(far, near);
  double slope = far == 0 ? 0 : near / far;
  if (std::isinf(far)) slope = std::isinf(near) ? 1 : 0;
  // atan(slope) = atan(k / 8) + atan(rest), where the rest is at most 1/16.
  static constexpr std::array<double, 9> eighths = {0.0,
                                                    0.12435499454676144,
                                                    0.24497866312686414,
                                                    0.35877067027057225,
                                                    0.4636476090008061,
                                                    0.5585993153435624,
                                                    0.6435011087932844,
                                                    0.7188299996216245,
                                                    0.7853981633974483};
  const auto k = static_cast<std::size_t>(8 * slope + 0.5);
  const double start = static_cast<double>(k) / 8;
  const double rest = (slope - start) / (1 + slope * start);
  const double squared = rest * rest;
  double sum = 0;
  for (int n = 13; n >= 3; n -= 2) sum = (1.0 / n - sum) * squared;
  double angle = eighths[k] + (rest - rest * sum);
  if (steep) angle = pi / 2 - angle;
  if (std::signbit(x)) angle = pi - angle;
  return std::copysign(angle, y);
}

double exact_pow(double x, double y) { return exact_exp(y * exact_log(x)); }

SineCosine exact_sine_cosine(double turns) {
  const double t = turns - std::floor(turns);
  const double quadrant = std::floor(4 * t + 0.5);
  const double x = (t - quadrant / 4) * 2 * pi;
  const double x2 = x * x;
  double s = 0;
  double c = 0;
  for (std::size_t n = 18; n >= 2; n -= 2) {  // signs alternate
    s = inverse_factorials[n - 1] - x2 * s;
    c = inverse_factorials[n] - x2 * c;
  }
  s *= x;
  c = 1 - x2 * c;
  switch (static_cast<int>(quadrant) % 4) {
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    case 3:
      return {-c, s};
    default:
      return {s, c};
  }
}

double log_factorial(double k) {
  static constexpr std::array<double, 10> small = {0,
                                                   0,
                                                   0.69314718055994529,
                                                   1.791759469228055,
                                                   3.1780538303479458,
                                                   4.7874917427820458,
                                                   6.5792512120101012,
                                                   8.5251613610654147,
                                                   10.604602902745251,
                                                   12.801827480081469};
  if (k < 10) return small[static_cast<std::size_t>(k)];
  // Stirling's series in x = k + 1.
  const double x = k + 1;
  const double r = 1 / (x * x);
  const double correction = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / x;
  return (x - 0.5) * exact_log(x) - x + 0.91893853320467274178 + correction;
}

}  // namespace floodlight

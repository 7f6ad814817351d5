// Elementary functions by series. IEEE 754 fixes + - * / and sqrt to the last bit; the C library's functions it does not.
#include "core/base/exact_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// A number as the sum of two doubles, the second at most half of the first one's last bit.
struct Twofold {
  double high;
  double low;
};

Twofold exact_sum(double large, double small) {
  const double high = large + small;
  return {.high = high, .low = small - (high - large)};
}

Twofold product(Twofold a, double b) {
  const double high = a.high * b;
  return exact_sum(high, std::fma(a.high, b, -high) + a.low * b);  // fma by a library gives the same bits
}

Twofold product(Twofold a, Twofold b) {
  const double high = a.high * b.high;
  return exact_sum(high, std::fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high));
}

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

namespace {

using Two = double __attribute__((vector_size(16)));
using TwoWhole = std::uint64_t __attribute__((vector_size(16)));

/// The steps of `exact_exp`, side by side.
Two exp_of_two(Two x) {
  x = x > 708 ? Two{} + 708 : x;
  const Two y = x / ln2 + 0.5;
  // Rounded down without a call: a sum with 1.5 * 2^52 has no binary places, and rounds to the nearest.
  const Two nearest = (y + 0x1.8p52) - 0x1.8p52;
  const Two k = nearest > y ? nearest - 1 : nearest;
  const Two r = (x - k * ln2_high) - k * ln2_low;
  Two sum = Two{} + inverse_factorials[14];
  for (std::size_t n = 14; n-- > 0;) sum = sum * r + inverse_factorials[n];
  // 2^k: k + 1023 stands in the last bits of its sum with 2^52, and belongs into those of the exponent.
  const TwoWhole exponent = std::bit_cast<TwoWhole>(k + (0x1p52 + 1023)) << 52;
  return x < -708 ? Two{} : sum * std::bit_cast<Two>(exponent);
}

}  // namespace

void exact_exp_of_each(std::span<double> numbers) {
  std::size_t i = 0;
  for (; i + 2 <= numbers.size(); i += 2) {
    Two two;
    std::memcpy(&two, numbers.data() + i, sizeof two);
    two = exp_of_two(two);
    std::memcpy(numbers.data() + i, &two, sizeof two);
  }
  if (i < numbers.size()) numbers[i] = exact_exp(numbers[i]);
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

namespace {

constexpr Twofold ln2_twofold = {.high = 0x1.62e42fefa39efp-1, .low = 0x1.abc9e3b39803fp-56};

/// 2^x for |x| at most 1/2, to about 1e-31.
Twofold exp2_twofold(double x) {
  const Twofold r = product(ln2_twofold, x);
  Twofold sum = {.high = 1, .low = 0};
  for (int n = 26; n > 0; --n) {  // Horner: 1 + r/n * (sum so far)
    Twofold term = product(r, sum);
    const double quotient = term.high / n;
    term = exact_sum(quotient, (std::fma(-quotient, n, term.high) + term.low) / n);
    const Twofold next = exact_sum(1, term.high);
    sum = exact_sum(next.high, next.low + term.low);
  }
  return sum;
}

}  // namespace

double exact_exp2(double x) {
  const double k = std::floor(x + 0.5);
  const Twofold value = exp2_twofold(x - k);
  return (value.high + value.low) * power_of_two(static_cast<int>(k));
}

double exact_log2(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++exponent;
  }
  // One step of Newton from a guess: how far m * 2^-guess is from 1 corrects it to twice as many digits.
  const double guess = exact_log(m) / ln2;
  const Twofold scaled = product(exp2_twofold(-guess), m);
  const double correction = ((scaled.high - 1) + scaled.low) / ln2;
  if (exponent == 0) return guess + correction;
  const Twofold sum = exact_sum(exponent, guess);
  return sum.high + (sum.low + correction);
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

// Elementary functions made of + - * / only, so that natively and in WebAssembly the last bit is the same.
#pragma once

#include <span>

namespace floodlight {

/// e^x, to about 1e-15 relative; 0 below -708, and x is taken as 708 above.
double exact_exp(double x);
/// Replaces each number by what `exact_exp` gives for it, to the bit, two at a time. Finite numbers.
void exact_exp_of_each(std::span<double> numbers);
/// The natural logarithm of a positive normal number, to about 1e-15.
double exact_log(double x);
/// x^y of a positive x.
double exact_pow(double x, double y);
/// The base-2 logarithm of a positive normal number, and 2^x for |x| up to 1000: the nearest double but in one case of some
/// hundred million, which is what careful C libraries give. (Logarithms of numbers next to 1 to a last bit.)
double exact_log2(double x);
double exact_exp2(double x);

struct SineCosine {
  double sine;
  double cosine;
};
/// Sine and cosine of an angle in turns: 0.25 is a right angle.
SineCosine exact_sine_cosine(double turns);

/// The angle of the point (x, y) in radians, from -pi to pi, to about 1e-15 relative; signs of zeros and what is not finite
/// as std::atan2 has them.
double exact_atan2(double y, double x);

/// ln(k!) of a whole number k >= 0, to about 1e-10 absolute.
double log_factorial(double k);

}  // namespace floodlight

// Two double-precision numbers at a time, from single precision and back to it, on every processor.
#pragma once

#include <cstring>

#include "core/base/four_singles.h"

namespace floodlight {

/// What fills one register of WebAssembly and of SSE2; the compiler turns plain loops over a block of sums into code that
/// keeps storing and reloading them, and for WebAssembly converts one number after the other.
using Pair = double __attribute__((vector_size(16)));

inline Pair load(const double* from) {
  Pair pair;
  std::memcpy(&pair, from, sizeof pair);
  return pair;
}
inline void store(Pair pair, double* to) { std::memcpy(to, &pair, sizeof pair); }

/// Two singles as doubles.
inline Pair widened(const float* from) {
  float __attribute__((vector_size(8))) two;
  std::memcpy(&two, from, sizeof two);
  return __builtin_convertvector(two, Pair);
}
/// The first and the last two of four.
inline Pair widened_first(Four x) { return __builtin_convertvector(__builtin_shufflevector(x, x, 0, 1), Pair); }
inline Pair widened_last(Four x) { return __builtin_convertvector(__builtin_shufflevector(x, x, 2, 3), Pair); }

/// Four doubles, each rounded to the nearest single.
inline Four rounded(Pair first, Pair last) {
#ifdef __wasm_simd128__
  // Of a plain join of the two the compiler makes four conversions of one number each.
  using Bytes = signed char __attribute__((vector_size(16)));
  const Four low = __builtin_convertvector(__builtin_shufflevector(first, Pair{}, 0, 1, 2, 3), Four);
  const Four high = __builtin_convertvector(__builtin_shufflevector(last, Pair{}, 0, 1, 2, 3), Four);
  return Four(
      __builtin_wasm_shuffle_i8x16(Bytes(low), Bytes(high), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
#else
  return __builtin_convertvector(__builtin_shufflevector(first, last, 0, 1, 2, 3), Four);
#endif
}

/// Singles as doubles.
inline void widen(const float* from, int count, double* to) {
  constexpr int at_once = 8;
  int i = 0;
  for (; i + at_once <= count; i += at_once) {
    for (int k = 0; k < at_once; k += 2) store(widened(from + i + k), to + i + k);
  }
  for (; i < count; ++i) to[i] = static_cast<double>(from[i]);
}

}  // namespace floodlight

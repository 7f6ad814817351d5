// Four single-precision numbers at a time, on every processor: the order of a sum that is kept in four parts is part of its result.
#pragma once

#include <cstring>

namespace floodlight {

using Four = float __attribute__((vector_size(16)));
constexpr int lanes = 4;

inline Four load(const float* from) {
  Four four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
inline void store(Four four, float* to) { std::memcpy(to, &four, sizeof four); }

/// Negative numbers become 0; what is no number stays none.
inline Four rectified(Four x) { return x < 0 ? Four{} : x; }

/// The smaller and the larger of two, one instruction each; of equal ones (which -0 and 0 are) the first.
inline Four smaller(Four a, Four b) { return b < a ? b : a; }
inline Four larger(Four a, Four b) { return a < b ? b : a; }

/// The four parts of a sum together.
inline float total(Four parts) { return (parts[0] + parts[1]) + (parts[2] + parts[3]); }

}  // namespace floodlight

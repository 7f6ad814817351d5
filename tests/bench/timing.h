// One line of the benchmark: what, size, milliseconds.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

namespace floodlight {

/// The best of several runs: what the machine's other work adds is left out.
template <typename Work>
double milliseconds(Work&& work) {
  constexpr int runs = 5;
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = work();
    // Looked at, so that no compiler leaves the work out.
    asm volatile("" : : "r"(&result) : "memory");
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

/// Measures and prints.
template <typename Work>
void row(const char* what, int size, Work&& work) {
  std::printf("%s\t%d\t%.3f\n", what, size, milliseconds(work));
  std::fflush(stdout);
}

/// Times features and forests on a field of this size.
void measure_learning(int size);

}  // namespace floodlight

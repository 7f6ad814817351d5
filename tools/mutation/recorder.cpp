// Linked into the tests of the rewritten copy: which mutant is on, and which test reached which place.
#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tools/mutation/mutants.h"

namespace floodlight_mutants {

constexpr int most_places = 4096;
unsigned char reached[most_places] = {};

namespace {

int mutant_from_environment() {
  const char* const text = std::getenv("FLOODLIGHT_MUTANT");
  return text != nullptr ? std::atoi(text) : 0;
}

/// A line for the one test of this process: its name, its milliseconds, and the places, those too that were reached before
/// it began.
class Recorder : public testing::EmptyTestEventListener {
 public:
  explicit Recorder(std::FILE* file) : file_(file) {}
  void OnTestEnd(const testing::TestInfo& test) override {
    std::fprintf(file_, "%s.%s %lld %s", test.test_suite_name(), test.name(),
                 static_cast<long long>(test.result()->elapsed_time()), test.result()->Passed() ? "passed" : "failed");
    for (int id = 1; id < most_places; ++id) {
      if (reached[id] != 0) std::fprintf(file_, " %d", id);
    }
    std::fputc('\n', file_);
    std::fflush(file_);
  }

 private:
  std::FILE* file_;
};

const bool recording = [] {
  const char* const path = std::getenv("FLOODLIGHT_MUTANTS_REACHED");
  std::FILE* const file = path != nullptr ? std::fopen(path, "w") : nullptr;
  if (file != nullptr) testing::UnitTest::GetInstance()->listeners().Append(new Recorder(file));
  return file != nullptr;
}();

}  // namespace

int current = mutant_from_environment();

}  // namespace floodlight_mutants

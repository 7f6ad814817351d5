// An explanation that is computed when it is looked at: a value, what it is as old as, and the work on it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/base/sliced.h"

namespace floodlight {

/// A value of type T that is computed in slices when it is asked for, and anew when what it was computed from has become
/// another. It is as old as its `Age`: versions and runs that the pipeline keeps, and what else the work depends on.
template <typename T>
class Lazy {
 public:
  using Age = std::array<std::uint32_t, 2>;
  using Deadline = std::chrono::steady_clock::time_point;

  /// Works on it until it is there or the time is over; true while there is more. `make()` begins the work, a Sliced<T>,
  /// which may look at the pipeline's values as long as the age tells when they change.
  template <typename Make>
  bool work(const Age& age, const Make& make, Deadline deadline) {
    if (age != age_) {
      forget();
      age_ = age;
    }
    if (value_) return false;
    if (!work_) work_.emplace(make());
    while (work_->advance()) {
      if (std::chrono::steady_clock::now() >= deadline) return true;
    }
    value_ = work_->take();
    work_.reset();
    ++version_;
    return false;
  }
  void forget() {
    work_.reset();
    value_.reset();
    age_ = {};
  }
  /// Null until it is there.
  [[nodiscard]] const T* get() const { return value_ ? &*value_ : nullptr; }
  /// Counts up whenever it has been computed anew.
  [[nodiscard]] std::uint32_t version() const { return version_; }

 private:
  Age age_{};
  std::optional<Sliced<T>> work_;
  std::optional<T> value_;
  std::uint32_t version_ = 0;
};

}  // namespace floodlight

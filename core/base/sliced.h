// Computations that stop every now and then, so that whoever drives them can keep a screen alive or drop them.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace floodlight {

/// What a sliced computation yields between two slices; nothing but the fact.
struct Pause {};

/// A computation of a T that is advanced slice by slice: `while (work.advance()) { ... }  T value = work.take();`
///
/// Written as a coroutine with `co_yield Pause{}` about every half millisecond of work (a band of rows, a tile, some
/// ten thousand queue entries) and one `co_return`. Nothing runs before the first `advance`. Destroying it abandons the
/// work. Views handed to such a function must outlive it. Hot loops belong in ordinary functions that the coroutine
/// calls: its own locals live in memory, not in registers. `co_await` runs another sliced computation within this one,
/// its slices becoming this one's, and gives its result; what it throws abandons this one too.
template <typename T>
class [[nodiscard]] Sliced {
 public:
  /// A computation that another one waits for.
  struct Inner {
    Sliced work;
    bool await_ready() { return !work.advance(); }
    template <typename Promise>
    void await_suspend(std::coroutine_handle<Promise> outer) noexcept {
      outer.promise().inner = this;
      outer.promise().advance_inner = [](void* inner) { return static_cast<Inner*>(inner)->work.advance(); };
    }
    T await_resume() { return work.take(); }
  };

  struct promise_type {
    std::optional<T> value;
    std::exception_ptr exception;
    void* inner = nullptr;  ///< what is waited for: an Inner of some type
    bool (*advance_inner)(void* inner) = nullptr;

    Sliced get_return_object() { return Sliced(std::coroutine_handle<promise_type>::from_promise(*this)); }
    static std::suspend_always initial_suspend() noexcept { return {}; }
    static std::suspend_always final_suspend() noexcept { return {}; }
    static std::suspend_always yield_value(Pause /*unused*/) noexcept { return {}; }
    template <typename U>
    static typename Sliced<U>::Inner await_transform(Sliced<U> work) noexcept {
      return {std::move(work)};
    }
    void return_value(T result) { value.emplace(std::move(result)); }
    void unhandled_exception() { exception = std::current_exception(); }
  };

  Sliced(Sliced&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Sliced& operator=(Sliced&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Sliced(const Sliced&) = delete;
  Sliced& operator=(const Sliced&) = delete;
  ~Sliced() {
    if (handle_) handle_.destroy();
  }

  /// Runs one slice; true while there is more to do. What the computation throws (a failed allocation) comes out here.
  bool advance() {
    promise_type& promise = handle_.promise();
    if (promise.inner != nullptr) {
      if (promise.advance_inner(promise.inner)) return true;
      promise.inner = nullptr;
    }
    if (!handle_.done()) handle_.resume();
    if (promise.exception) std::rethrow_exception(std::exchange(promise.exception, nullptr));
    return !handle_.done();
  }
  /// The result, once, after `advance` has returned false.
  T take() { return std::move(*handle_.promise().value); }
  /// Runs what is left in one go.
  T finish() {
    while (advance()) {
    }
    return take();
  }

 private:
  explicit Sliced(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

}  // namespace floodlight

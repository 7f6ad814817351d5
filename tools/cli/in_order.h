// Work on many things at once, told of in their order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace floodlight::cli {

/// Whether this build can do several things at once. WebAssembly under Node could only with another build of the core.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool has_threads = false;
#else
inline constexpr bool has_threads = true;
#endif

/// Calls `work(i)` for i from 0 to count - 1, up to `jobs` at a time, and `tell(i, result)` for each on this thread, in
/// order, as soon as it and all before it are there. `work` gives an optional; nothing means that there is to be no more:
/// no further work is begun, and what comes after it is not told.
template <typename Work, typename Tell>
void in_order(std::size_t count, std::size_t jobs, Work work, Tell tell) {
  using Optional = std::invoke_result_t<Work, std::size_t>;
  if (jobs <= 1 || !has_threads) {
    for (std::size_t i = 0; i < count; ++i) {
      Optional result = work(i);
      if (!result) return;
      tell(i, std::move(*result));
    }
    return;
  }
  struct Slot {
    Optional result;
    bool done = false;
  };
  std::vector<Slot> slots(count);
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;
  bool over = false;
  const auto run = [&] {
    std::unique_lock lock(mutex);
    while (!over && next < count) {
      const std::size_t i = next++;
      lock.unlock();
      Optional result = work(i);
      lock.lock();
      over = over || !result;
      slots[i] = {std::move(result), true};
      changed.notify_one();
    }
  };
  std::vector<std::thread> threads;
  try {
    for (std::size_t job = 0; job < std::min(jobs, count); ++job) threads.emplace_back(run);
  } catch (const std::system_error&) {
    if (threads.empty()) run();  // fewer than wanted will do; without any, this one does the work
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    // Everything before the first nothing was begun before it, and gets done.
    changed.wait(lock, [&] { return slots[i].done || (over && i >= next); });
    Optional result = std::move(slots[i].result);
    lock.unlock();
    if (!result) break;
    tell(i, std::move(*result));
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace floodlight::cli

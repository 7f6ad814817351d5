// How far it is, on a terminal: one line that is written over. In a pipe or a file: nothing.
#pragma once

#include <chrono>
#include <cstddef>

namespace floodlight::cli {

class Progress {
 public:
  /// Of `total` things. With one there is nothing to count.
  explicit Progress(std::size_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// Makes room for a line of output.
  void clear();
  /// Says how many are done and how long the rest may take.
  void show(std::size_t done);

 private:
  std::size_t total_;
  bool visible_;
  bool shown_ = false;  ///< whether there is something to clear
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace floodlight::cli

// How far it is, on a terminal.
#include "tools/cli/progress.h"

#include <cstdio>

#include <unistd.h>

namespace floodlight::cli {

Progress::Progress(std::size_t total) : total_(total), visible_(total > 1 && isatty(STDERR_FILENO) != 0) { show(0); }

void Progress::clear() const {
  if (visible_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(std::size_t done) const {
  if (!visible_ || done >= total_) return;
  clear();
  std::fprintf(stderr, "%zu of %zu images", done, total_);
  if (done > 0) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - started_;
    const double left = passed.count() * static_cast<double>(total_ - done) / static_cast<double>(done);
    if (left < 90) {
      std::fprintf(stderr, ", about %.0f s left", left);
    } else {
      std::fprintf(stderr, ", about %.0f minutes left", left / 60);
    }
  }
  std::fflush(stderr);
}

}  // namespace floodlight::cli

// How far it is, on a terminal.
#include "tools/cli/progress.h"

#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

namespace floodlight::cli {

namespace {

bool on_a_terminal() {
  struct stat what = {};
  // Emscripten takes each of the first three files for a terminal; a pipe or a plain file is none.
  return isatty(STDERR_FILENO) != 0 && fstat(STDERR_FILENO, &what) == 0 && S_ISCHR(what.st_mode);
}

}  // namespace

Progress::Progress(std::size_t total) : total_(total), visible_(total > 1 && on_a_terminal()) { show(0); }

void Progress::clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

void Progress::show(std::size_t done) {
  if (!visible_ || done >= total_) return;
  clear();
  shown_ = true;
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

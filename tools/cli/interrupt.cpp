// Ctrl-C, and what asks a program to end.
#include "tools/cli/interrupt.h"

#include <atomic>
#include <csignal>
#include <initializer_list>

namespace floodlight::cli {
namespace {

std::atomic<int> signal_caught = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing else");

extern "C" void floodlight_on_interrupt(int signal) { signal_caught = signal; }

}  // namespace

void listen_for_interrupts() {
  for (const int signal : {SIGINT, SIGTERM}) {
    // What was started to run on regardless (nohup, a shell's background) does.
    if (std::signal(signal, floodlight_on_interrupt) == SIG_IGN) std::signal(signal, SIG_IGN);
  }
}

bool interrupted() { return signal_caught != 0; }

int interrupted_status() { return 128 + signal_caught; }

}  // namespace floodlight::cli

// Ctrl-C, and what asks a program to end: what is under way is given up in order.
#pragma once

namespace floodlight::cli {

/// From now on such a signal only asks (`interrupted`), however often it comes: some send it to a program and to its group.
void listen_for_interrupts();

/// Whether there was one.
bool interrupted();

/// The exit status that says which.
int interrupted_status();

}  // namespace floodlight::cli

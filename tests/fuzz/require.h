// What a fuzzer demands of every input.
#pragma once

#include <cstdio>
#include <source_location>
#include <string_view>

namespace floodlight::fuzz {

/// Ends the program with that sentence and the place where it was asked for; the fuzzer then keeps the input.
inline void require(bool holds, std::string_view sentence,
                    std::source_location where = std::source_location::current()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%u: %.*s\n", where.file_name(), where.line(), static_cast<int>(sentence.size()),
               sentence.data());
  __builtin_trap();
}

}  // namespace floodlight::fuzz

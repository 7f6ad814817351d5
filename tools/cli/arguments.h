// What was asked for on the command line, and how a command says that it cannot be done.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace floodlight::cli {

// Exit statuses.
inline constexpr int all_well = 0;
inline constexpr int some_failed = 1;
inline constexpr int wrong_usage = 2;

struct Option {
  std::string_view name;  ///< with its dashes
  bool takes_value = false;
};

struct Arguments {
  std::vector<std::string> operands;                         ///< what is no option
  std::vector<std::pair<std::string, std::string>> options;  ///< names and values, as often and in the order given
  bool help = false;

  /// The option's value, the last one where there are several; null when it was not given.
  [[nodiscard]] const std::string* value(std::string_view name) const;
};

/// Sorts a command's arguments: `--name value`, `--name=value`, and after `--` nothing but operands.
/// Refuses options that are not known, and values that are missing or empty.
Result<Arguments> read_arguments(std::span<char* const> given, std::span<const Option> known);

/// The option's value, from `lowest` to `highest`; `otherwise` when it was not given.
Result<std::uint64_t> whole_number(const Arguments& arguments, std::string_view option, std::uint64_t lowest,
                                   std::uint64_t highest, std::uint64_t otherwise);

/// Says on standard error what was wrong, and where help is; returns the status.
int usage_error(const std::string& what);
/// Says on standard error what went wrong with a file; returns the status.
int failed(const Error& error);

}  // namespace floodlight::cli

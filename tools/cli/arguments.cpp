// What was asked for on the command line.
#include "tools/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ranges>

namespace floodlight::cli {

const std::string* Arguments::value(std::string_view name) const {
  const auto backwards = std::views::reverse(options);
  const auto found = std::ranges::find(backwards, name, &std::pair<std::string, std::string>::first);
  return found == backwards.end() ? nullptr : &found->second;
}

Result<Arguments> read_arguments(std::span<char* const> given, std::span<const Option> known) {
  Arguments result;
  bool options_over = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string argument = given[i];
    if (options_over || !argument.starts_with("-") || argument == "-") {
      result.operands.push_back(argument);
      continue;
    }
    if (argument == "--") {
      options_over = true;
      continue;
    }
    if (argument == "--help" || argument == "-h") {
      result.help = true;
      continue;
    }
    const std::size_t equals = argument.find('=');
    const bool value_inside = equals != std::string::npos;
    const std::string name = argument.substr(0, equals);
    const auto option = std::ranges::find(known, std::string_view(name), &Option::name);
    if (option == known.end() || (value_inside && !option->takes_value)) {
      return fail("there is no option " + argument + ".");
    }
    std::string value;
    if (option->takes_value) {
      if (!value_inside && i + 1 == given.size()) return fail(name + " needs a value after it.");
      value = value_inside ? argument.substr(equals + 1) : given[++i];
      if (value.empty()) return fail(name + " needs a value that is not empty.");
    }
    result.options.emplace_back(name, value);
  }
  return result;
}

Result<std::uint64_t> whole_number(const Arguments& arguments, std::string_view option, std::uint64_t lowest,
                                   std::uint64_t highest, std::uint64_t otherwise) {
  const std::string* const text = arguments.value(option);
  if (text == nullptr) return otherwise;
  std::uint64_t value = 0;
  const auto [end, trouble] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (trouble != std::errc() || end != text->data() + text->size() || value < lowest || value > highest) {
    return fail(std::string(option) + " is " + *text + "; it must be a whole number from " + std::to_string(lowest) +
                " to " + std::to_string(highest) + ".");
  }
  return value;
}

int usage_error(const std::string& what) {
  std::fprintf(stderr, "floodlight: %s\nfloodlight --help says what is possible.\n", what.c_str());
  return wrong_usage;
}

int failed(const Error& error) {
  std::fprintf(stderr, "floodlight: %s\n", error.message.c_str());
  return some_failed;
}

}  // namespace floodlight::cli

#include "core/base/option.h"

#include <algorithm>
#include <cassert>

#include "core/base/json.h"
#include "core/base/words.h"

namespace floodlight {
namespace {

constexpr std::string_view next_argument = ", ";

class Filler {
 public:
  Filler(Options options, const OptionValues& values, FilledFor what, std::span<const Filling> others)
      : options_(options), values_(values), what_(what), others_(others) {}

  [[nodiscard]] std::string fill(std::string_view text) const {
    std::string result;
    for (;;) {
      const auto opens = text.find('{');
      result += text.substr(0, opens);
      if (opens == std::string_view::npos) return result;
      const auto closes = text.find('}', opens);
      assert(closes != std::string_view::npos);
      result += named(text.substr(opens + 1, closes - opens - 1));
      text.remove_prefix(closes + 1);
    }
  }

 private:
  [[nodiscard]] std::string named(std::string_view name) const {
    const bool argument = name.starts_with(next_argument);
    if (argument) name.remove_prefix(next_argument.size());
    const auto plus = name.find('+');
    const double more = plus == std::string_view::npos ? 0 : name[plus + 1] - '0';
    name = name.substr(0, plus);
    for (const auto& [other, meaning] : others_) {
      if (other == name) return meaning;
    }
    const auto found = std::ranges::find(options_, name, [](const Option* option) { return option->name(); });
    assert(found != options_.end());
    if (found == options_.end()) return {};
    const Option& option = **found;
    if (!argument) return value_of(option, more);
    if (values_[option] == option.initial) return {};
    return std::string(next_argument) + std::string(option.python) + "=" + value_of(option, more);
  }

  [[nodiscard]] std::string value_of(const Option& option, double more) const {
    const double value = values_[option];
    const bool python = what_ == FilledFor::python;
    switch (option.kind) {
      case ParameterKind::toggle:
        if (python) return value != 0 ? "True" : "False";
        return value != 0 ? "true" : "false";
      case ParameterKind::choice: {
        const Choice& choice = values_.choice(option);
        if (what_ == FilledFor::words) return fill(choice.words.empty() ? choice.label : choice.words);
        return fill(python && !choice.python.empty() ? choice.python : choice.name);
      }
      case ParameterKind::integer:
      case ParameterKind::real:
        break;
    }
    return what_ == FilledFor::words ? number(value + more) : shortest(value + more);
  }

  Options options_;
  const OptionValues& values_;
  FilledFor what_;
  std::span<const Filling> others_;
};

}  // namespace

double OptionValues::operator[](const Option& option) const {
  const auto found = std::ranges::find(set_, &option, &OptionValue::option);
  return found == set_.end() ? option.initial : found->value;
}

double& OptionValues::operator[](const Option& option) {
  const auto found = std::ranges::find(set_, &option, &OptionValue::option);
  return found == set_.end() ? set_.emplace_back(&option, option.initial).value : found->value;
}

std::string filled(std::string_view text, Options options, const OptionValues& values, FilledFor what,
                   std::span<const Filling> others) {
  return Filler(options, values, what, others).fill(text);
}

}  // namespace floodlight

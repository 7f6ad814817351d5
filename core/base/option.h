// What can be set of a way to do something: a row of a table says which options it has, and its texts name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace floodlight {

enum class ParameterKind : std::uint8_t { real, integer, choice, toggle };

struct Choice {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  std::string_view python =
      {};  ///< in exported code, where it differs from the name; may name options, as `filled` says
  std::string_view words = {};  ///< in a sentence, where it differs from the label; may name options
};

/// A number that a row of a table has beside its name: a filter's sigma, a repair's radius. Every value travels as a
/// double: a choice as the index of its Choice, a toggle as 0 or 1. Rows that share an option share its value.
struct Option {
  std::string_view key;    ///< in JSON: "filter.sigma" is member sigma of object filter
  std::string_view label;  ///< on screen
  ParameterKind kind = ParameterKind::real;
  double minimum = 0;
  double maximum = 1;
  double step = 1;     ///< of the widget; for integers also of the allowed values, counted from the minimum
  double initial = 0;  ///< what it is until it is set
  std::string_view unit = {};
  std::string_view help = {};            ///< what it does to the picture
  std::string_view python = {};          ///< its keyword in Python
  std::span<const Choice> choices = {};  ///< of kind choice
  const Option* at_least = nullptr;      ///< another one of the same row, than which it may not be smaller

  /// The key without its group: "sigma".
  [[nodiscard]] constexpr std::string_view name() const { return key.substr(key.rfind('.') + 1); }
};

/// The options of a row.
using Options = std::span<const Option* const>;

struct OptionValue {
  const Option* option = nullptr;
  double value = 0;
};
/// Some values, to be tried or shown.
using Setting = std::span<const OptionValue>;

/// Values of options; of one that was never set its initial value.
class OptionValues {
 public:
  OptionValues() = default;
  OptionValues(std::initializer_list<OptionValue> values) : set_(values) {}
  explicit OptionValues(Setting values) : set_(values.begin(), values.end()) {}

  double operator[](const Option& option) const;
  double& operator[](const Option& option);
  /// Of an integer option.
  [[nodiscard]] int whole(const Option& option) const { return static_cast<int>((*this)[option]); }
  /// Of a choice.
  [[nodiscard]] const Choice& choice(const Option& option) const {
    return option.choices[static_cast<std::size_t>((*this)[option])];
  }

 private:
  std::vector<OptionValue> set_;
};

/// A row of a table (with members `name` and `options`), and values for its options. Those of other rows' options are kept
/// for when one goes back to these.
template <typename Row>
struct Chosen {
  const Row* row;
  OptionValues values;

  Chosen(const Row& chosen,
         OptionValues own = {})  // NOLINT(google-explicit-constructor): a row with its initial values
      : row(&chosen), values(std::move(own)) {}
  /// Another row; all values stay.
  Chosen& operator=(const Row& other) {
    row = &other;
    return *this;
  }
  const Row* operator->() const { return row; }
  double operator[](const Option& option) const { return values[option]; }
  double& operator[](const Option& option) { return values[option]; }
  [[nodiscard]] bool has(const Option& option) const {
    for (const Option* own : row->options) {
      if (own == &option) return true;
    }
    return false;
  }

  friend bool operator==(const Chosen& chosen, const Row& other) { return chosen.row == &other; }
  /// Whether both do the same: values of options that the row does not have are no difference.
  friend bool operator==(const Chosen& a, const Chosen& b) {
    if (a.row != b.row) return false;
    for (const Option* option : a.row->options) {
      if (a[*option] != b[*option]) return false;
    }
    return true;
  }
};

/// What a text is filled in for: a choice reads otherwise in each.
enum class FilledFor : std::uint8_t { words, python, imagej };

/// What stands in a text for a name that is no option's.
using Filling = std::pair<std::string_view, std::string>;

/// The text with what stands in braces filled in: {sigma} the value of the option of that name, {sigma+1} one more than it,
/// {, sigma} its keyword and value as one more argument in Python, or nothing where it has its initial value; other names
/// from `others`. In words numbers are written as on screen, in code so that they read back as the same number.
/// O(length).
std::string filled(std::string_view text, Options options, const OptionValues& values, FilledFor what,
                   std::span<const Filling> others = {});

}  // namespace floodlight

#include "core/base/typed_number.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string>

namespace floodlight {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Walks over digits; how many there were.
std::size_t skip_digits(std::string_view text, std::size_t& at) {
  const std::size_t from = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - from;
}

void skip_sign(std::string_view text, std::size_t& at) {
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
}

/// An optional sign, digits with at most one decimal comma or point among them, and perhaps an exponent.
bool is_number(std::string_view text) {
  std::size_t at = 0;
  skip_sign(text, at);
  std::size_t digits = skip_digits(text, at);
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) digits += skip_digits(text, ++at);
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    skip_sign(text, ++at);
    if (skip_digits(text, at) == 0) return false;
  }
  return at == text.size();
}

}  // namespace

Result<double> parse_typed_number(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t from = text.find_first_not_of(spaces);
  if (from == std::string_view::npos) return fail("There is no number yet: write one, such as 157.67 or 157,67.");
  text = text.substr(from, text.find_last_not_of(spaces) - from + 1);
  if (!is_number(text)) {
    if (std::ranges::count_if(text, [](char c) { return c == '.' || c == ','; }) > 1) {
      return fail(
          "A number has one decimal point or comma and nothing between its thousands: write 12345.6 or 12345,6.");
    }
    return fail(
        "That is not a number: write digits with at most one decimal point or comma, such as 157.67 or 157,67.");
  }
  std::string plain(text);
  std::ranges::replace(plain, ',', '.');
  const double value = std::strtod(plain.c_str(), nullptr);
  if (!std::isfinite(value)) return fail("That number is too large.");
  return value;
}

}  // namespace floodlight

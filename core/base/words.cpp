#include "core/base/words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace floodlight {

std::string number(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : (value < 0 ? "-inf" : "inf");
  char text[40];
  const double size = std::abs(value);
  if (value == std::trunc(value) && size < 1e9) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else if (size >= 1e6 || size < 1e-3) {
    std::snprintf(text, sizeof text, "%.4g", value);
  } else {
    const int decimals = size >= 1000 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    std::string trimmed = text;
    while (trimmed.back() == '0') trimmed.pop_back();
    if (trimmed.back() == '.') trimmed.pop_back();
    return trimmed;
  }
  return text;
}

std::string with_unit(double value, std::string_view unit) {
  if (std::isnan(value)) return "none";
  std::string text = number(value);
  if (!unit.empty()) text += " " + std::string(unit);
  return text;
}

std::string from_to(double lowest, double highest, std::string (*written)(double)) {
  return lowest == highest ? written(lowest) : written(lowest) + " to " + written(highest);
}

std::string number_between(double lowest, double highest, std::string_view unit, double whole_step,
                           std::string (*written)(double)) {
  std::string kind = "a number";
  if (whole_step > 0) {
    const std::string_view every_other = std::fmod(lowest, 2) != 0 ? "an odd" : "an even";
    kind = (whole_step == 2 ? std::string(every_other) : "a") + " whole number";
  }
  kind += " from " + written(lowest) + " to " + written(highest);
  return unit.empty() ? kind : kind + " " + std::string(unit);
}

std::string two_decimals(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string counted_whole(std::int64_t count, std::string_view one, std::string_view several) {
  const std::string start = std::to_string(count) + " ";
  if (count == 1) return start + std::string(one);
  return start + (several.empty() ? std::string(one) + "s" : std::string(several));
}

std::string row_and_column(Pixel pixel) {
  return "row " + std::to_string(pixel.row) + ", column " + std::to_string(pixel.col);
}

std::string in_brackets(Pixel pixel) {
  return "(" + std::to_string(pixel.row) + ", " + std::to_string(pixel.col) + ")";
}

std::string beginning_a_sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return result;
}

}  // namespace floodlight

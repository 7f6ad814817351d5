#include "web/app/widgets/wording.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace floodlight::ui {

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

std::string two_decimals(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string row_and_column(Pixel pixel) {
  return "row " + std::to_string(pixel.row) + ", column " + std::to_string(pixel.col);
}

std::string in_brackets(Pixel pixel) {
  return "(" + std::to_string(pixel.row) + ", " + std::to_string(pixel.col) + ")";
}

std::vector<std::string> broken_code(std::string_view text, std::size_t columns) {
  std::vector<std::string> rows;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string indent(std::min(std::min(line.find_first_not_of(' '), line.size()) + 4, columns / 3), ' ');
    std::string row;
    while (row.size() + line.size() > columns) {
      const std::size_t room = columns - row.size();
      std::size_t cut = 0;
      for (const std::string_view breaks : {std::string_view(","), std::string_view("(="), std::string_view(".")}) {
        const auto found = line.substr(0, room).find_last_of(breaks);
        if (found != std::string_view::npos && found + 1 > room / 3) {
          cut = found + 1;
          break;
        }
      }
      if (cut == 0) cut = room;
      rows.push_back(row + std::string(line.substr(0, cut)));
      line.remove_prefix(cut);
      while (line.starts_with(' ')) line.remove_prefix(1);
      row = indent;
    }
    rows.push_back(row + std::string(line));
  }
  return rows;
}

}  // namespace floodlight::ui

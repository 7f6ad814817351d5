// Measurements as a table: one line a nucleus, every text safe to open.
#include "core/export/measurements_csv.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/base/json.h"

namespace floodlight {
namespace {

constexpr std::string_view line_end = "\r\n";

enum class Unit : std::uint8_t {
  none,    ///< a number without one
  pixels,  ///< a place, which is counted in pixels only
  length,  ///< in pixels and micrometres
  area,
  radians
};

struct Column {
  std::string_view name;
  Unit unit;
  double (*value)(const RegionProperties&);
};

constexpr Column columns[] = {
    {"label", Unit::none, [](const RegionProperties& r) { return static_cast<double>(r.label); }},
    {"area", Unit::area, [](const RegionProperties& r) { return static_cast<double>(r.area); }},
    {"centroid_row", Unit::pixels, [](const RegionProperties& r) { return r.centroid_row; }},
    {"centroid_col", Unit::pixels, [](const RegionProperties& r) { return r.centroid_col; }},
    {"bbox_min_row", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_min_row); }},
    {"bbox_min_col", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_min_col); }},
    {"bbox_max_row", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_max_row); }},
    {"bbox_max_col", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_max_col); }},
    {"mean_intensity", Unit::none, [](const RegionProperties& r) { return r.mean_intensity; }},
    {"max_intensity", Unit::none, [](const RegionProperties& r) { return r.max_intensity; }},
    {"perimeter", Unit::length, [](const RegionProperties& r) { return r.perimeter; }},
    {"eccentricity", Unit::none, [](const RegionProperties& r) { return r.eccentricity; }},
    {"solidity", Unit::none, [](const RegionProperties& r) { return r.solidity; }},
    {"axis_major_length", Unit::length, [](const RegionProperties& r) { return r.axis_major_length; }},
    {"axis_minor_length", Unit::length, [](const RegionProperties& r) { return r.axis_minor_length; }},
    {"orientation", Unit::radians, [](const RegionProperties& r) { return r.orientation; }},
    {"equivalent_diameter", Unit::length, [](const RegionProperties& r) { return r.equivalent_diameter; }},
};

void add_number(std::string& to, double value) {
  to += ',';
  if (std::isfinite(value)) to += shortest(value);
}

/// The length of the valid UTF-8 character at the text's beginning; 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  // Longer than needed, halves of surrogate pairs, and what lies beyond the last character.
  const unsigned second = byte(1);
  const bool none = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                    (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return none ? 0 : length;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      result += "\xEF\xBF\xBD";  // U+FFFD
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

/// Whether a spreadsheet program might compute the text. Some drop the blanks before it first, and some take the wide
/// signs of East Asian keyboards for the plain ones.
bool like_a_formula(std::string_view text) {
  if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
  for (;;) {
    if (text.starts_with(' ') || text.starts_with('\t')) {
      text.remove_prefix(1);
    } else if (text.starts_with("\u00A0") || text.starts_with("\u3000")) {
      text.remove_prefix(character_length(text));
    } else {
      break;
    }
  }
  for (const std::string_view sign : {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}) {
    if (text.starts_with(sign)) return true;
  }
  return false;
}

/// A field of text. Semicolons and tabs are quoted as well: some programs part columns there.
std::string text_input(std::string_view given) {
  std::string text = valid_utf8(given);
  if (like_a_formula(text)) text.insert(text.begin(), '\'');
  if (text.find_first_of(",;\"\t\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string measurements_csv_header() {
  std::string line = "file";
  for (const Column& column : columns) {
    line += ',';
    line += column.name;
    switch (column.unit) {
      case Unit::none:
        break;
      case Unit::pixels:
        line += "_px";
        break;
      case Unit::length:
        line.append("_px,").append(column.name).append("_um");
        break;
      case Unit::area:
        line.append("_px,").append(column.name).append("_um2");
        break;
      case Unit::radians:
        line += "_rad";
        break;
    }
  }
  return line.append(line_end);
}

std::string measurements_csv_rows(std::string_view file, const std::vector<RegionProperties>& rows,
                                  double pixel_size_um) {
  const std::string name = text_input(file);
  std::string lines;
  for (const RegionProperties& row : rows) {
    lines += name;
    for (const Column& column : columns) {
      const double value = column.value(row);
      add_number(lines, value);
      if (column.unit == Unit::length) add_number(lines, value * pixel_size_um);
      if (column.unit == Unit::area) add_number(lines, value * (pixel_size_um * pixel_size_um));
    }
    lines += line_end;
  }
  return lines;
}

}  // namespace floodlight

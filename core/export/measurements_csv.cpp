// Measurements as a table: one line a nucleus, every text safe to open.
#include "core/export/measurements_csv.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/base/foreign_text.h"
#include "core/base/json.h"

namespace floodlight {
namespace {

constexpr std::string_view line_end = "\r\n";

enum class Unit : std::uint8_t {
  none,    ///< a number without one
  pixels,  ///< a place, which is counted in pixels only
  length,
  area,
  radians
};

/// A property in pixels and, where that is told as well, in micrometres.
struct Column {
  std::string_view name;
  Unit unit;
  double (*value)(const RegionProperties&);
  double PhysicalShape::* physical = nullptr;
};

constexpr Column columns[] = {
    {"label", Unit::none, [](const RegionProperties& r) { return static_cast<double>(r.label); }},
    {"area", Unit::area, [](const RegionProperties& r) { return static_cast<double>(r.area); }, &PhysicalShape::area},
    {"centroid_row", Unit::pixels, [](const RegionProperties& r) { return r.centroid_row; }},
    {"centroid_col", Unit::pixels, [](const RegionProperties& r) { return r.centroid_col; }},
    {"bbox_min_row", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_min_row); }},
    {"bbox_min_col", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_min_col); }},
    {"bbox_max_row", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_max_row); }},
    {"bbox_max_col", Unit::pixels, [](const RegionProperties& r) { return static_cast<double>(r.bbox_max_col); }},
    {"mean_intensity", Unit::none, [](const RegionProperties& r) { return r.mean_intensity; }},
    {"max_intensity", Unit::none, [](const RegionProperties& r) { return r.max_intensity; }},
    {"perimeter", Unit::length, [](const RegionProperties& r) { return r.perimeter; }, &PhysicalShape::perimeter},
    {"eccentricity", Unit::none, [](const RegionProperties& r) { return r.eccentricity; }},
    {"solidity", Unit::none, [](const RegionProperties& r) { return r.solidity; }},
    {"axis_major_length", Unit::length, [](const RegionProperties& r) { return r.axis_major_length; },
     &PhysicalShape::axis_major_length},
    {"axis_minor_length", Unit::length, [](const RegionProperties& r) { return r.axis_minor_length; },
     &PhysicalShape::axis_minor_length},
    {"orientation", Unit::radians, [](const RegionProperties& r) { return r.orientation; }},
    {"equivalent_diameter", Unit::length, [](const RegionProperties& r) { return r.equivalent_diameter; },
     &PhysicalShape::equivalent_diameter},
};

/// What is another in micrometres only where pixels are not square; behind everything else, where older tables end.
struct ShapeColumn {
  std::string_view name;
  double PhysicalShape::* value;
};
constexpr ShapeColumn shape_columns[] = {
    {"eccentricity_um", &PhysicalShape::eccentricity},
    {"orientation_um_rad", &PhysicalShape::orientation},
};

char separator(CsvStyle style) { return style == CsvStyle::decimal_commas ? ';' : ','; }

void add_number(std::string& to, double value, CsvStyle style) {
  to += separator(style);
  if (!std::isfinite(value)) return;
  std::string digits = shortest(value);
  if (style == CsvStyle::decimal_commas) std::ranges::replace(digits, '.', ',');
  to += digits;
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
  if (like_a_formula(text)) text.insert(0, "./");
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

std::string measurements_csv_header(CsvStyle style) {
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
  for (const ShapeColumn& column : shape_columns) line.append(",").append(column.name);
  if (style == CsvStyle::decimal_commas) std::ranges::replace(line, ',', ';');
  return line.append(line_end);
}

std::string measurements_csv_rows(std::string_view file, const std::vector<RegionProperties>& rows,
                                  const PixelSize& size, CsvStyle style) {
  const std::string name = text_input(file);
  std::string lines;
  for (const RegionProperties& row : rows) {
    const PhysicalShape physical = physical_shape(row, size);
    lines += name;
    for (const Column& column : columns) {
      add_number(lines, column.value(row), style);
      if (column.physical != nullptr) add_number(lines, physical.*column.physical, style);
    }
    for (const ShapeColumn& column : shape_columns) add_number(lines, physical.*column.value, style);
    lines += line_end;
  }
  return lines;
}

}  // namespace floodlight

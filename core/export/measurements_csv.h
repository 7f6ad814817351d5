// Measurements as a table that spreadsheet programs and pandas open: RFC 4180, units in the header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/segment/physical_shape.h"

namespace floodlight {

/// Who reads the table: programs, and spreadsheets where a decimal point is one; or spreadsheets of a country where a comma
/// stands in its place, and columns are parted by semicolons. The latter take 1.234 for a thousand.
enum class CsvStyle : std::uint8_t { decimal_points, decimal_commas };

/// The first line, with its line end (CR LF): `file`, then one column a property with its unit. The same for every image,
/// so that the tables of many images are one header and their rows. Lengths, areas and shapes stand twice: in pixels
/// (`area_px`, `eccentricity`) and in micrometres (`perimeter_um`, `area_um2`, `eccentricity_um`); places and boxes are in
/// pixels, angles in radians.
std::string measurements_csv_header(CsvStyle style = CsvStyle::decimal_points);

/// One line a nucleus. `file` stands in the first column as UTF-8 (bytes that are none become U+FFFD), quoted where it must
/// be, and with "./" before it where a spreadsheet program would take it for a formula: it begins with =, +, - or @, also
/// after blanks, or with a tab or a line end. So it names the same file for every program that reads paths. Without a pixel size the columns in micrometres stay empty, with pixels
/// that are not square the perimeter's; so does a number that is not finite. Numbers have a point and as few digits as say them exactly. O(rows).
std::string measurements_csv_rows(std::string_view file, const std::vector<RegionProperties>& rows,
                                  const PixelSize& size, CsvStyle style = CsvStyle::decimal_points);

}  // namespace floodlight

// The table of measurements, read back as RFC 4180 says.
#include "core/export/measurements_csv.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

constexpr double no_size = std::numeric_limits<double>::quiet_NaN();

using Table = std::vector<std::vector<std::string>>;

/// A reader of the standard's grammar that knows nothing of the writer.
Table read_csv(std::string_view text) {
  Table table;
  std::vector<std::string> line;
  std::string field;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside) {
      if (c != '"') {
        field += c;
      } else if (text.substr(i + 1).starts_with('"')) {
        field += text[++i];
      } else {
        inside = false;
      }
    } else if (c == '"') {
      EXPECT_EQ(field, "") << "a quote in the middle of a field";
      inside = true;
    } else if (c == ',' || text.substr(i).starts_with("\r\n")) {
      line.push_back(std::move(field));
      field.clear();
      if (c == ',') continue;
      table.push_back(std::move(line));
      line.clear();
      ++i;
    } else {
      EXPECT_TRUE(c != '\r' && c != '\n') << "a line end without quotes";
      field += c;
    }
  }
  EXPECT_TRUE(line.empty() && field.empty() && !inside) << "the last line has no end";
  return table;
}

RegionProperties nucleus() {
  return {.label = 7,
          .area = 123,
          .centroid_row = 1.0 / 3,
          .centroid_col = 0.1,
          .bbox_min_row = 1,
          .bbox_min_col = 2,
          .bbox_max_row = 30,
          .bbox_max_col = 40,
          .mean_intensity = 1234.0000000000002,
          .max_intensity = 65535,
          .perimeter = 41.87,
          .eccentricity = 0,
          .solidity = 1,
          .axis_major_length = 20.5,
          .axis_minor_length = 5e-324,
          .orientation = -std::numbers::pi / 2,
          .equivalent_diameter = 1e300};
}

/// The file's name as a reader of the table gets it.
std::string file_field(std::string_view file) {
  return read_csv(measurements_csv_rows(file, {nucleus()}, 1)).at(0).at(0);
}

TEST(MeasurementsCsv, TheHeaderNamesEveryColumnWithItsUnit) {
  EXPECT_EQ(measurements_csv_header(),
            "file,label,area_px,area_um2,centroid_row_px,centroid_col_px,bbox_min_row_px,bbox_min_col_px,"
            "bbox_max_row_px,bbox_max_col_px,mean_intensity,max_intensity,perimeter_px,perimeter_um,eccentricity,"
            "solidity,axis_major_length_px,axis_major_length_um,axis_minor_length_px,axis_minor_length_um,"
            "orientation_rad,equivalent_diameter_px,equivalent_diameter_um,eccentricity_um,"
            "orientation_um_rad\r\n");
}

TEST(MeasurementsCsv, ARowHasAFieldForEveryColumnAndEveryNumberComesBackExactly) {
  const Table table = read_csv(measurements_csv_header() + measurements_csv_rows("cells.tif", {nucleus()}, 0.65));
  ASSERT_EQ(table.size(), 2);
  ASSERT_EQ(table[0].size(), table[1].size());
  const auto number = [&](const char* column) {
    const auto at = std::ranges::find(table[0], column);
    EXPECT_NE(at, table[0].end()) << column;
    return at == table[0].end()
               ? no_size
               : std::strtod(table[1][static_cast<std::size_t>(at - table[0].begin())].c_str(), nullptr);
  };
  const RegionProperties row = nucleus();
  EXPECT_EQ(table[1][0], "cells.tif");
  EXPECT_EQ(table[1][1], "7");
  EXPECT_EQ(number("area_px"), 123);
  EXPECT_EQ(number("area_um2"), 123 * (0.65 * 0.65));
  EXPECT_EQ(number("centroid_row_px"), row.centroid_row);
  EXPECT_EQ(number("centroid_col_px"), row.centroid_col);
  EXPECT_EQ(number("bbox_min_row_px"), 1);
  EXPECT_EQ(number("bbox_min_col_px"), 2);
  EXPECT_EQ(number("bbox_max_row_px"), 30);
  EXPECT_EQ(number("bbox_max_col_px"), 40);
  EXPECT_EQ(number("mean_intensity"), row.mean_intensity);
  EXPECT_EQ(number("max_intensity"), 65535);
  EXPECT_EQ(number("perimeter_px"), row.perimeter);
  EXPECT_EQ(number("perimeter_um"), row.perimeter * 0.65);
  EXPECT_EQ(number("eccentricity"), 0);
  EXPECT_EQ(number("solidity"), 1);
  EXPECT_EQ(number("axis_major_length_px"), 20.5);
  EXPECT_EQ(number("axis_minor_length_px"), row.axis_minor_length);
  EXPECT_EQ(number("orientation_rad"), row.orientation);
  EXPECT_EQ(number("equivalent_diameter_px"), row.equivalent_diameter);
  EXPECT_EQ(number("equivalent_diameter_um"), row.equivalent_diameter * 0.65);
}

TEST(MeasurementsCsv, WithoutAPixelSizeTheMicrometresStayEmpty) {
  const Table table = read_csv(measurements_csv_header() + measurements_csv_rows("a.tif", {nucleus()}, no_size));
  for (std::size_t i = 0; i < table[0].size(); ++i) {
    const std::string& column = table[0][i];
    EXPECT_EQ(table[1][i].empty(), column.ends_with("_um") || column.ends_with("_um2") || column.ends_with("_um_rad"))
        << column;
  }
}

TEST(MeasurementsCsv, ANumberThatIsNoneStaysEmpty) {
  RegionProperties row = nucleus();
  row.eccentricity = no_size;
  row.solidity = std::numeric_limits<double>::infinity();
  const std::string line = measurements_csv_rows("a.tif", {row}, 1);
  EXPECT_EQ(line.find("nan"), std::string::npos);
  EXPECT_EQ(line.find("inf"), std::string::npos);
  EXPECT_EQ(read_csv(line)[0].size(), read_csv(measurements_csv_header())[0].size());
}

TEST(MeasurementsCsv, PixelsThatAreNotSquareHaveNoPerimeterInMicrometres) {
  const RegionProperties row = nucleus();
  const Table table = read_csv(measurements_csv_header() + measurements_csv_rows("a.tif", {row}, {0.65, 1.3}));
  const auto cell = [&](const std::string& name) {
    const auto column = std::ranges::find(table[0], name) - table[0].begin();
    return table[1].at(static_cast<std::size_t>(column));
  };
  EXPECT_EQ(std::stod(cell("area_um2")), static_cast<double>(row.area) * (0.65 * 1.3));
  EXPECT_EQ(cell("perimeter_um"), "");
  EXPECT_NE(cell("perimeter_px"), "");
  EXPECT_EQ(std::stod(cell("axis_major_length_um")), physical_shape(row, {0.65, 1.3}).axis_major_length);
  EXPECT_NE(cell("eccentricity_um"), cell("eccentricity"));
}

TEST(MeasurementsCsv, WhereACommaStandsForThePointColumnsArePartedBySemicolons) {
  RegionProperties row = nucleus();
  row.mean_intensity = 1234.5;
  const auto commas = CsvStyle::decimal_commas;
  const std::string header = measurements_csv_header(commas);
  EXPECT_TRUE(header.starts_with("file;label;area_px;area_um2;"));
  EXPECT_EQ(header.find(','), std::string::npos);
  const std::string line = measurements_csv_rows("a.tif", {row}, 0.5, commas);
  EXPECT_TRUE(line.starts_with("a.tif;7;"));
  EXPECT_NE(line.find(";1234,5;"), std::string::npos) << line;
  EXPECT_EQ(line.find('.', 5), std::string::npos) << line;
  EXPECT_EQ(std::ranges::count(header, ';'), std::ranges::count(line, ';'));
}

TEST(MeasurementsCsv, NoNucleiAreNoLines) { EXPECT_EQ(measurements_csv_rows("a.tif", {}, 1), ""); }

TEST(MeasurementsCsv, EveryNucleusHasItsLineAfterTheOther) {
  RegionProperties second = nucleus();
  second.label = 8;
  const Table table = read_csv(measurements_csv_rows("a.tif", {nucleus(), second}, 1));
  ASSERT_EQ(table.size(), 2);
  EXPECT_EQ(table[0][1], "7");
  EXPECT_EQ(table[1][1], "8");
  EXPECT_EQ(table[1][0], "a.tif");
}

TEST(MeasurementsCsv, NamesComeBackWhateverIsInThem) {
  for (const char* name :
       {"cells.tif", "Zellkerne \u00FC 核.tif", "a,b.tif", "a\"b\".tif", "\"quoted\".tif", "two\nlines.tif",
        "two\r\nlines.tif", "a;b.tif", "a\tb.tif", "O'Brien.tif", " leading.tif", "trailing ", "a=1.tif", ""}) {
    EXPECT_EQ(file_field(name), name);
  }
  EXPECT_TRUE(measurements_csv_rows("a;=1.tif", {nucleus()}, 1).starts_with("\"a;=1.tif\","));
}

TEST(MeasurementsCsv, NoNameBecomesAFormula) {
  for (const std::string name :
       {"=1+1.tif", "+1.tif", "-1.tif", "@sum.tif", "\t=1.tif", "\rcells.tif", "\ncells.tif", "\tcells.tif", "  =1.tif",
        " \t -1.tif", "\u00A0=1.tif", "\u3000@1.tif", "\uFF1D1.tif", "\uFF0B1.tif", "\uFF0D1.tif", "\uFF201.tif",
        "=HYPERLINK(\"http://a.example\",\"b\").tif", "=a,b.tif", "-"}) {
    EXPECT_EQ(file_field(name), "./" + name);
  }
  EXPECT_TRUE(measurements_csv_rows("=a,b.tif", {nucleus()}, 1).starts_with("\"./=a,b.tif\","));
  // A negative number is a number.
  EXPECT_NE(measurements_csv_rows("a.tif", {nucleus()}, 1).find(",-1.5707963267948966,"), std::string::npos);
}

TEST(MeasurementsCsv, BytesThatAreNoTextAreReplaced) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(file_field("caf\xE9.tif"), "caf" + mark + ".tif");
  EXPECT_EQ(file_field("a\xC3"), "a" + mark);
  EXPECT_EQ(file_field("\x80\xBF"), mark + mark);
  EXPECT_EQ(file_field("\xC0\xAF"), mark + mark);                     // longer than needed
  EXPECT_EQ(file_field("\xED\xA0\x80"), mark + mark + mark);          // half of a surrogate pair
  EXPECT_EQ(file_field("\xF4\x90\x80\x80").size(), 4 * mark.size());  // beyond the last character
  EXPECT_EQ(file_field("\xF0\x9F\x94\xA6.tif"), "\xF0\x9F\x94\xA6.tif");
}

}  // namespace
}  // namespace floodlight

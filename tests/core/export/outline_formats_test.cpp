#include "core/export/outline_formats.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/export/geojson.h"
#include "core/export/roi_set.h"

namespace floodlight {
namespace {

/// A square with a hole, and a second piece that touches it at a corner.
LabelImage squares() {
  LabelImage labels(4, 5);
  for (int row = 0; row < 3; ++row) {
    for (int col = 0; col < 3; ++col) labels[row, col] = row == 1 && col == 1 ? 0 : 12;
  }
  labels[3, 3] = 12;
  labels[0, 4] = 3;
  return labels;
}

std::string_view text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(OutlineFormats, EachHasANameAndAnEndingOfItsOwn) {
  for (const OutlineFormat& format : outline_formats()) {
    EXPECT_EQ(find_outline_format(format.name, "format").value(), &format);
    EXPECT_EQ(std::ranges::count(outline_formats(), format.ending, &OutlineFormat::ending), 1);
    EXPECT_TRUE(format.encode(LabelImage(2, 2)).has_value());
  }
  EXPECT_EQ(find_outline_format("ilastik", "format").error().message,
            "format is ilastik; it must be imagej or qupath.");
}

TEST(OutlineFormats, GeojsonHasAFeatureForEachLabelWithItsHolesAndPieces) {
  const auto read = parse_json(labels_to_geojson(squares()));
  ASSERT_TRUE(read.has_value());
  const Json::Array& features = *read->find("features")->array();
  ASSERT_EQ(features.size(), 2U);
  EXPECT_EQ(*features[0].find("properties")->find("name")->string(), "3");
  EXPECT_EQ(features[0].find("geometry")->text(),
            R"({"type": "Polygon", "coordinates": [[[4, 0], [5, 0], [5, 1], [4, 1], [4, 0]]]})");
  EXPECT_EQ(features[1].find("geometry")->text(),
            R"({"type": "MultiPolygon", "coordinates": [[[[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]], )"
            R"([[1, 2], [2, 2], [2, 1], [1, 1], [1, 2]]], [[[3, 3], [4, 3], [4, 4], [3, 4], [3, 3]]]]})");
}

TEST(OutlineFormats, NoLabelsAreAnEmptyCollectionAndAnEmptySet) {
  const auto read = parse_json(labels_to_geojson(LabelImage(3, 3)));
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->find("features")->array()->empty());
  const auto set = encode_roi_set(LabelImage(3, 3));
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->size(), 22U);
}

TEST(OutlineFormats, AnRoiIsNamedAfterItsLabelWithAsManyDigitsAsTheLargestHas) {
  const auto set = encode_roi_set(squares());
  ASSERT_TRUE(set.has_value());
  const std::string_view bytes = text_of(*set);
  EXPECT_TRUE(bytes.starts_with("PK\x03\x04"));
  EXPECT_NE(bytes.find("03.roiIout"), std::string_view::npos);
  EXPECT_NE(bytes.find("12.roiIout"), std::string_view::npos);
}

TEST(OutlineFormats, APlainOutlineIsTracedAndAnyOtherAComposite) {
  const auto set = encode_roi_set(squares());
  ASSERT_TRUE(set.has_value());
  const std::string_view bytes = text_of(*set);
  const auto kind = [&](std::string_view name) {
    return bytes[bytes.find(std::string(name) + "Iout") + name.size() + 6];
  };
  EXPECT_EQ(kind("03.roi"), 8);
  EXPECT_EQ(kind("12.roi"), 1);
}

}  // namespace
}  // namespace floodlight

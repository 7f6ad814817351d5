#include "core/export/outline_formats.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/export/geojson.h"
#include "core/export/roi_set.h"

namespace floodlight {
namespace {

Result<std::vector<std::byte>> geojson_bytes(LabelView labels) {
  const std::string text = labels_to_geojson(labels);
  const auto bytes = std::as_bytes(std::span(text));
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

constexpr std::array rows = {
    OutlineFormat{"imagej", "ImageJ", "_outlines.zip", "application/zip", encode_roi_set},
    OutlineFormat{"qupath", "QuPath", "_outlines.geojson", "application/geo+json", geojson_bytes},
};

}  // namespace

std::span<const OutlineFormat> outline_formats() { return rows; }

const OutlineFormat* find_outline_format(std::string_view name) {
  const auto* const found = std::ranges::find(rows, name, &OutlineFormat::name);
  return found == rows.end() ? nullptr : found;
}

}  // namespace floodlight

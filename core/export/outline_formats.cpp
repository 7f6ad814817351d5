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
    OutlineFormat{"imagej", "_outlines.zip", "application/zip", encode_roi_set},
    OutlineFormat{"qupath", "_outlines.geojson", "application/geo+json", geojson_bytes},
};

}  // namespace

std::span<const OutlineFormat> outline_formats() { return rows; }

Result<const OutlineFormat*> find_outline_format(std::string_view name, std::string_view option) {
  const auto* const found = std::ranges::find(rows, name, &OutlineFormat::name);
  if (found != rows.end()) return found;
  std::string allowed;
  for (const OutlineFormat& row : rows) allowed += (allowed.empty() ? "" : " or ") + std::string(row.name);
  return fail(std::string(option) + " is " + std::string(name) + "; it must be " + allowed + ".");
}

}  // namespace floodlight

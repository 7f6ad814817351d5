#include "core/export/geojson.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "core/segment/outline_polygons.h"

namespace floodlight {
namespace {

void add_ring(std::string& text, const Ring& ring) {
  text += '[';
  for (const Corner& c : ring) text += "[" + std::to_string(c.col) + "," + std::to_string(c.row) + "],";
  // The format repeats the first at the end.
  text += "[" + std::to_string(ring.front().col) + "," + std::to_string(ring.front().row) + "]]";
}

void add_polygon(std::string& text, const OutlinePolygon& polygon) {
  text += '[';
  add_ring(text, polygon.outer);
  for (const Ring& hole : polygon.holes) {
    text += ',';
    add_ring(text, hole);
  }
  text += ']';
}

}  // namespace

std::string labels_to_geojson(LabelView labels) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  std::string_view before = "\n";
  for (const auto& [label, pieces] : outline_polygons(labels)) {
    const bool several = pieces.size() > 1;
    text += std::exchange(before, ",\n");
    text += R"({"type":"Feature","properties":{"objectType":"detection","name":")" + std::to_string(label) +
            R"("},"geometry":{"type":")" + (several ? "MultiPolygon" : "Polygon") + R"(","coordinates":)";
    if (several) text += '[';
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (i > 0) text += ',';
      add_polygon(text, pieces[i]);
    }
    text += several ? "]}}" : "}}";
  }
  return text + "\n]}\n";
}

}  // namespace floodlight

#include "core/export/geojson.h"

#include <cstddef>
#include <vector>

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
  const std::vector<OutlinePolygon> polygons = outline_polygons(labels);
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (std::size_t i = 0; i < polygons.size();) {
    const std::size_t begin = i;
    const Label label = polygons[begin].label;
    while (i < polygons.size() && polygons[i].label == label) ++i;
    const bool several = i - begin > 1;
    text += begin == 0 ? "\n" : ",\n";
    text += R"({"type":"Feature","properties":{"objectType":"detection","name":")" + std::to_string(label) +
            R"("},"geometry":{"type":")" + (several ? "MultiPolygon" : "Polygon") + R"(","coordinates":)";
    if (several) text += '[';
    for (std::size_t k = begin; k < i; ++k) {
      if (k > begin) text += ',';
      add_polygon(text, polygons[k]);
    }
    text += several ? "]}}" : "}}";
  }
  return text + "\n]}\n";
}

}  // namespace floodlight

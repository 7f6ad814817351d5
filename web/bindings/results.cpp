// The core's compound results as JavaScript objects.
#include "web/bindings/results.h"

namespace floodlight::bindings {

val to_js(const Histogram& histogram) {
  const std::vector<double> counts(histogram.counts.begin(), histogram.counts.end());
  val result = val::object();
  result.set("edges", typed_array("Float32Array", std::span<const float>(histogram.edges)));
  result.set("centres", typed_array("Float32Array", std::span<const float>(histogram.centres)));
  result.set("counts", typed_array("Float64Array", std::span<const double>(counts)));
  return result;
}

val to_js(const Components& components) {
  val result = val::object();
  result.set("labels", to_js(components.labels.view()));
  result.set("count", components.count);
  return result;
}

val to_js(const std::vector<RegionProperties>& properties) {
  val result = val::array();
  for (const auto& p : properties) {
    val row = val::object();
    row.set("label", p.label);
    row.set("area", static_cast<double>(p.area));
    row.set("centroidRow", p.centroid_row);
    row.set("centroidCol", p.centroid_col);
    row.set("bboxMinRow", p.bbox_min_row);
    row.set("bboxMinCol", p.bbox_min_col);
    row.set("bboxMaxRow", p.bbox_max_row);
    row.set("bboxMaxCol", p.bbox_max_col);
    row.set("meanIntensity", p.mean_intensity);
    row.set("maxIntensity", p.max_intensity);
    row.set("perimeter", p.perimeter);
    row.set("eccentricity", p.eccentricity);
    row.set("solidity", p.solidity);
    row.set("axisMajorLength", p.axis_major_length);
    row.set("axisMinorLength", p.axis_minor_length);
    row.set("orientation", p.orientation);
    row.set("equivalentDiameter", p.equivalent_diameter);
    result.call<void>("push", row);
  }
  return result;
}

}  // namespace floodlight::bindings

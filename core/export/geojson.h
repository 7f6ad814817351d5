// Labels as GeoJSON, which QuPath imports as objects.
#pragma once

#include <string>

#include "core/base/image.h"

namespace floodlight {

/// A FeatureCollection (RFC 7946) with a feature for each label, by label: its outline on the edges of pixels, [column, row] in
/// pixels from the image's upper left corner, as QuPath 0.2 and newer read it; a Polygon with its holes, or a MultiPolygon where
/// the label is in several pieces (also those that touch at a corner alone). `name` is the label, `objectType` "detection".
/// O(pixels + corners).
std::string labels_to_geojson(LabelView labels);

}  // namespace floodlight

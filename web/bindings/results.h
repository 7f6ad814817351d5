// The core's compound results as JavaScript objects.
#pragma once

#include <vector>

#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {

val to_js(const Histogram& histogram);
val to_js(const Components& components);
val to_js(const std::vector<RegionProperties>& properties);

}  // namespace floodlight::bindings

// A pixel classifier as text that a recipe can carry.
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/learn/pixel_classifier.h"

namespace floodlight {

/// `{"classes": [{"label": 1, "name": "nuclei"}, ...], "nuclei": 1, "features": {"intensity": true, "edges": true, "texture":
/// true, "sigmas": [1, 2, 4]}, "settings": {"trees": 20, "max_depth": 10, "random_state": 0}, "painted": [{"image": "a.tif",
/// "paint": "a_paint.tif"}], "forest": ...}`, the forest as `forest_to_json` has it.
Json classifier_to_json(const PixelClassifier& classifier);

/// The classifier that was written. Refuses, with what is wrong, everything that is no such classifier: members that are
/// missing or unknown, sizes beyond those of `core/learn`, features that cannot be computed, and a forest that asks for other
/// features, has other classes or another number of trees than the rest says. O(nodes).
Result<PixelClassifier> classifier_from_json(const Json& json);

}  // namespace floodlight

// A pixel classifier as Python: scikit-image's features and scikit-learn's forest, trained on the saved paint.
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/mask_source.h"

namespace floodlight {

/// The steps' lines, as MaskStep describes them; the image that they start from is always the raw one.
std::string python_of_features(const Recipe& recipe, std::string_view image, bool in_program);
std::string python_of_forest(const Recipe& recipe, std::string_view image, bool in_program);

extern const MaskProgram classifier_program;

}  // namespace floodlight

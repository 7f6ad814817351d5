// Every stage of a pipeline against what its definition says.
#pragma once

#include "core/base/image.h"
#include "core/pipeline/pipeline.h"

namespace floodlight::fuzz {

/// Ends the program where a finished pipeline's value is not what its definition makes of the stages before. `input` is the
/// image that it was given.
void check_stages(const Pipeline& pipeline, const Image<float>& input);

}  // namespace floodlight::fuzz

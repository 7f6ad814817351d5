// Where nothing was found: which step left nothing.
#pragma once

#include <optional>
#include <string>

#include "core/pipeline/pipeline.h"
#include "core/pipeline/stage.h"

namespace floodlight {

struct Emptied {
  Stage stage = Stage::mask;  ///< the first that holds nothing
  std::string sentence;
};
/// Of computed stages without a nucleus: the first of mask, repaired mask and seeds that holds nothing; none where each holds
/// something. O(pixels).
std::optional<Emptied> emptied_by(const StageValues& values);

}  // namespace floodlight

// The recipe of the lecture's third pipeline.
#pragma once

#include <memory>

#include "core/pipeline/recipe.h"

namespace floodlight {

/// A network's mask and seeds of its own, then the watershed: the numbers that suit a network. Nothing is repaired.
Recipe network_recipe(std::shared_ptr<const TrainedNetwork> network);

}  // namespace floodlight

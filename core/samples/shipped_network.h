// The network that comes with the program, trained on simulated fields alone.
#pragma once

#include <memory>

#include "core/learn/network_training.h"
#include "core/learn/trained_network.h"

namespace floodlight {

/// What it was trained with: `tools/train-shipped-network` does so again, and gives the same weights.
TrainingSettings shipped_network_settings();

/// The network itself; made once a call, 33 KB.
std::shared_ptr<const TrainedNetwork> shipped_network();

}  // namespace floodlight

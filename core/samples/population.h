// The population: 25 fields of one simulated experiment, and what varies between them.
#pragma once

#include <string_view>

#include "core/simulate/simulate.h"

namespace floodlight {

inline constexpr int population_size = 25;

/// The microscope, the camera and the cells of the experiment: the same in all fields.
SimulationParameters population_parameters();

struct PopulationField {
  SimulationParameters parameters;
  SimulationSeeds seeds;
  std::string_view fault;  ///< what went wrong in this field, as a sentence; empty for most
};

/// One of the fields, from 1 to `population_size`: other cells, more or fewer of them, stained a little more or less.
PopulationField population_field(int number);

}  // namespace floodlight

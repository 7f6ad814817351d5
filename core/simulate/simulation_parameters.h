// The one table of everything that can be turned in the simulator: widgets, JSON, command line and documentation.
#pragma once

#include <span>
#include <string_view>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/pipeline/parameters.h"
#include "core/simulate/simulation.h"

namespace floodlight {

using SimulationParameter = Parameter<SimulationParameters>;

/// All of them, in the order of the physics. A key is "group.name"; the groups are sampling, optics, illumination,
/// specimen, light, camera, file and correction.
std::span<const SimulationParameter> simulation_parameters();

/// The parameter of that key, or null.
const SimulationParameter* find_simulation_parameter(std::string_view key);

/// The part of a key before the dot, and its title on screen.
std::string_view simulation_group(const SimulationParameter& parameter);
std::string_view simulation_group_title(std::string_view group);

/// The few that matter most, first the exposure: the panel shows these and folds the rest away.
std::span<const std::string_view> main_simulation_keys();

/// Sets a parameter from text, as on a command line: a number, a choice's name, true or false, or none.
/// Refuses unknown keys and values with what is allowed.
Result<void> set_simulation_parameter(SimulationParameters& parameters, std::string_view key, std::string_view text);

/// Whether all values are allowed, alone and together (an NA needs a medium of a higher index).
Result<void> check(const SimulationParameters& parameters);

/// One object a group. Reading takes what is left out from `base`, and refuses what is unknown or not allowed.
Json simulation_to_json(const SimulationParameters& parameters);
Result<SimulationParameters> simulation_from_json(const Json& json, const SimulationParameters& base = {});

}  // namespace floodlight

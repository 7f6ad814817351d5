#include "core/base/version.h"

namespace floodlight {

std::string_view version() { return FLOODLIGHT_VERSION; }

}  // namespace floodlight

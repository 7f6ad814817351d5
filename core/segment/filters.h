// The filters that there are, a row each.
#pragma once

#include <span>

#include "core/segment/filter_row.h"

namespace floodlight {

/// All of them, in the order in which they are offered.
std::span<const FilterRow* const> all_filters();

namespace filters {
/// Every pixel stays as it is.
extern const FilterRow none;
}  // namespace filters

}  // namespace floodlight

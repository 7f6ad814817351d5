#include "core/pipeline/mask_source.h"

#include <array>

namespace floodlight {
namespace {

constexpr std::array source_list = {&mask_sources::classic, &mask_sources::classifier, &mask_sources::network,
                                    &mask_sources::network_mask};

}  // namespace

std::span<const MaskSource* const> all_mask_sources() { return source_list; }

}  // namespace floodlight

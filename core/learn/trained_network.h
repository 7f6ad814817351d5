// A network that has learnt, as it is kept: its shape, its weights in half precision, and what it was trained with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/learn/network_training.h"
#include "core/learn/unet.h"

namespace floodlight {

/// The nearest number of half precision (IEEE 754 binary16), of two equally near ones the even; the largest one, 65504, for what
/// is larger. The number is finite.
std::uint16_t to_half(float number);
float from_half(std::uint16_t half);

/// A network and where it comes from.
struct TrainedNetwork {
  UNet net;                ///< all weights are numbers of half precision
  std::uint64_t seed = 0;  ///< that it was trained with
  int images = 0;          ///< that it learnt from
  int steps = 0;           ///< that it was trained for
  friend bool operator==(const TrainedNetwork&, const TrainedNetwork&) = default;
};

/// The largest seed that JSON carries exactly.
constexpr std::uint64_t largest_training_seed = (std::uint64_t{1} << 53) - 1;

/// A training's network as it is kept: every weight rounded. Refuses one that has run away, whose weights are not all finite.
Result<TrainedNetwork> kept_network(const NetworkTraining& training);

/// The weights, two bytes each, the lower one first.
std::vector<std::uint8_t> weight_bytes(const UNet& net);
/// The network of that shape with the weights that these are. Refuses another number of bytes and weights that are not finite.
Result<UNet> unet_of_bytes(const UNetShape& shape, std::span<const std::uint8_t> bytes);

/// Bytes as text of A to Z, a to z, 0 to 9, + and /, padded with = (RFC 4648), and back; nothing where the text is none.
std::string base64_of(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text);

/// `{"widths": [8, 12, 16, 24], "skips": true, "rim": true, "trained": {"seed": 1, "images": 400, "steps": 2000}, "weights":
/// "..."}`, the weights' bytes as base64.
Json network_to_json(const TrainedNetwork& network);
/// The network that was written. Refuses, with what is wrong, everything that is no such network.
Result<TrainedNetwork> network_from_json(const Json& json);

}  // namespace floodlight

// Networks to bytes and text, and back, every value checked on the way in.
#include "core/learn/trained_network.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "core/learn/json_checks.h"

namespace floodlight {
namespace {

std::unexpected<Error> wrong(const std::string& what, const Json& is, const std::string& right) {
  return fail("The network's " + what + " is " + quoted(is) + "; it must be " + right + ".");
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Result<void> read_shape(UNetShape& shape, const Json& json) {
  const Json& list = *json.find("widths");
  const std::string right = "a list of " + std::to_string(fewest_unet_levels) + " to " +
                            std::to_string(most_unet_levels) + " whole numbers from 1 to " +
                            std::to_string(most_unet_maps);
  const Json::Array* widths = list.array();
  if (widths == nullptr || widths->size() > most_unet_levels) return wrong("list of widths", list, right);
  shape.widths.clear();
  for (const Json& element : *widths) {
    const auto width = whole_number(element, 1, most_unet_maps);
    if (!width) return wrong("list of widths", list, right);
    shape.widths.push_back(static_cast<int>(*width));
  }
  for (const auto& [name, part] : {std::pair{"skips", &UNetShape::skips}, std::pair{"rim", &UNetShape::rim}}) {
    const Json& value = *json.find(name);
    if (value.boolean() == nullptr) return wrong(name, value, "true or false");
    shape.*part = *value.boolean();
  }
  return check_unet_shape(shape);
}

Result<void> read_training(TrainedNetwork& network, const Json& json) {
  if (auto good = check_members(json, "What the network was trained with", {"seed", "images", "steps"}); !good)
    return good;
  const auto read = [&](const char* name, double low, double high) -> Result<double> {
    const auto number = whole_number(*json.find(name), low, high);
    if (!number) {
      return wrong(name, *json.find(name), "a whole number from " + shortest(low) + " to " + shortest(high));
    }
    return *number;
  };
  const auto seed = read("seed", 0, static_cast<double>(largest_training_seed));
  if (!seed) return std::unexpected(seed.error());
  const auto images = read("images", 1, most_training_images);
  if (!images) return std::unexpected(images.error());
  const auto steps = read("steps", 0, most_training_steps);
  if (!steps) return std::unexpected(steps.error());
  network.seed = static_cast<std::uint64_t>(*seed);
  network.images = static_cast<int>(*images);
  network.steps = static_cast<int>(*steps);
  return {};
}

}  // namespace

std::uint16_t to_half(float number) {
  const auto bits = std::bit_cast<std::uint32_t>(number);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
  constexpr float largest = 65504;
  const float size = std::min(std::abs(number), largest);
  // Below the smallest normal number, 2^-14, the numbers are multiples of 2^-24; nearbyint takes the even of two.
  if (size < 0x1p-14F)
    return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(std::nearbyint(size * 0x1p24F)));
  const auto of_size = std::bit_cast<std::uint32_t>(size);
  // What goes is the lower 13 bits; half of their range, or less by one where the rest is even, rounds up.
  const std::uint32_t rounded = of_size + 0xFFFU + (of_size >> 13 & 1U);
  return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>((rounded - (112U << 23)) >> 13));
}

float from_half(std::uint16_t half) {
  const float sign = (half & 0x8000U) != 0 ? -1.0F : 1.0F;
  const std::uint32_t exponent = half >> 10 & 0x1FU;
  const std::uint32_t fraction = half & 0x3FFU;
  if (exponent == 0) return sign * static_cast<float>(fraction) * 0x1p-24F;
  const std::uint32_t high = exponent == 31 ? 255 : exponent + 112;
  return sign * std::bit_cast<float>(high << 23 | fraction << 13);
}

Result<TrainedNetwork> kept_network(const NetworkTraining& training) {
  const TrainingSettings& settings = training.settings();
  TrainedNetwork kept{
      .net = training.network(), .seed = settings.seed, .images = settings.images, .steps = training.steps()};
  for (float& weight : kept.net.weights) {
    if (!std::isfinite(weight)) {
      return fail(
          "The training has run away: some weights are no numbers any more; a lower learning rate would keep them.");
    }
    weight = from_half(to_half(weight));
  }
  return kept;
}

std::vector<std::uint8_t> weight_bytes(const UNet& net) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(2 * net.weights.size());
  for (const float weight : net.weights) {
    const std::uint16_t half = to_half(weight);
    bytes.push_back(static_cast<std::uint8_t>(half & 0xFFU));
    bytes.push_back(static_cast<std::uint8_t>(half >> 8));
  }
  return bytes;
}

Result<UNet> unet_of_bytes(const UNetShape& shape, std::span<const std::uint8_t> bytes) {
  const std::size_t count = weight_count(shape);
  if (bytes.size() != 2 * count) {
    return fail("The network's weights are " + std::to_string(bytes.size()) + " bytes; its shape has " +
                std::to_string(count) + " weights of 2 bytes.");
  }
  UNet net{.shape = shape, .weights = {}};
  net.weights.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const float weight = from_half(static_cast<std::uint16_t>(bytes[2 * i] | bytes[2 * i + 1] << 8));
    if (!std::isfinite(weight))
      return fail("The network's weight " + std::to_string(i) + " is no finite number, as all must be.");
    net.weights.push_back(weight);
  }
  return net;
}

std::string base64_of(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t there = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) three = three << 8 | (k < there ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k > there ? '=' : base64_digits[three >> (18 - 6 * k) & 63U];
  }
  return text;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() / 4 * 3);
  const std::size_t digits = text.size() - padding;
  std::uint32_t kept = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const std::size_t value = base64_digits.find(text[i]);
    if (value == std::string_view::npos) return std::nullopt;
    kept = (kept << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    // The digits of a group of four end their bytes after the second, third and fourth.
    if (i % 4 == 1) bytes.push_back(static_cast<std::uint8_t>(kept >> 4 & 0xFFU));
    if (i % 4 == 2) bytes.push_back(static_cast<std::uint8_t>(kept >> 2 & 0xFFU));
    if (i % 4 == 3) bytes.push_back(static_cast<std::uint8_t>(kept & 0xFFU));
  }
  return bytes;
}

Json network_to_json(const TrainedNetwork& network) {
  Json::Array widths;
  for (const int width : network.net.shape.widths) widths.emplace_back(width);
  return Json::Object{
      {"widths", std::move(widths)},
      {"skips", network.net.shape.skips},
      {"rim", network.net.shape.rim},
      {"trained",
       Json::Object{{"seed", static_cast<double>(network.seed)}, {"images", network.images}, {"steps", network.steps}}},
      {"weights", base64_of(weight_bytes(network.net))}};
}

Result<TrainedNetwork> network_from_json(const Json& json) {
  if (auto good = check_members(json, "The network", {"widths", "skips", "rim", "trained", "weights"}); !good)
    return std::unexpected(good.error());
  TrainedNetwork network;
  UNetShape shape;
  if (auto read = read_shape(shape, json); !read) return std::unexpected(read.error());
  if (auto read = read_training(network, *json.find("trained")); !read) return std::unexpected(read.error());
  const Json& weights = *json.find("weights");
  const auto bytes = weights.string() == nullptr ? std::nullopt : bytes_of_base64(*weights.string());
  if (!bytes) return wrong("weights", weights, "a text in base64");
  auto net = unet_of_bytes(shape, *bytes);
  if (!net) return std::unexpected(net.error());
  network.net = std::move(*net);
  return network;
}

}  // namespace floodlight

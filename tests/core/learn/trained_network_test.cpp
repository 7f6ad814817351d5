// Networks go through bytes and text and come back the same; what is no network is refused.
#include "core/learn/trained_network.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/learn/truth_images.h"

namespace floodlight::test {
namespace {

TrainedNetwork any_network(std::uint64_t seed = 3) {
  NetworkTraining training = testing::any_training(
      {.shape = {.widths = {3, 4}}, .seed = seed, .images = 2, .schedule = {.warm_up = 1, .steps = 3}});
  training.step();
  training.step();
  return kept_network(training).value();
}

TEST(TrainedNetwork, EveryHalfComesBack) {
  for (std::uint32_t half = 0; half < 0x10000; ++half) {
    if ((half & 0x7C00U) == 0x7C00U) {
      EXPECT_FALSE(std::isfinite(from_half(static_cast<std::uint16_t>(half)))) << half;
      continue;
    }
    ASSERT_EQ(to_half(from_half(static_cast<std::uint16_t>(half))), half);
  }
  EXPECT_EQ(from_half(0x3C00), 1.0F);
  EXPECT_EQ(from_half(0xC000), -2.0F);
  EXPECT_EQ(from_half(0x7BFF), 65504.0F);
  EXPECT_EQ(from_half(0x0001), 0x1p-24F);
}

TEST(TrainedNetwork, ANumberBecomesTheNearestHalfAndOfTwoTheEven) {
  for (std::uint32_t half = 0; half < 0x7BFF; ++half) {
    const float low = from_half(static_cast<std::uint16_t>(half));
    const float high = from_half(static_cast<std::uint16_t>(half + 1));
    const float middle = low + (high - low) / 2;
    const std::uint32_t even = half + (half & 1U);
    ASSERT_EQ(to_half(middle), even) << half;
    ASSERT_EQ(to_half(std::nextafter(middle, low)), half);
    ASSERT_EQ(to_half(std::nextafter(middle, high)), half + 1);
    ASSERT_EQ(to_half(-middle), even | 0x8000U);
  }
  EXPECT_EQ(to_half(1e30F), 0x7BFF);
  EXPECT_EQ(to_half(-65520.0F), 0xFBFF);
}

TEST(TrainedNetwork, BytesBecomeTheBase64OfItsDefinitionAndComeBack) {
  const auto bytes = [](std::string_view text) { return std::vector<std::uint8_t>(text.begin(), text.end()); };
  const std::pair<std::string_view, std::string_view> pairs[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"},
                                                                 {"\xFF\xEF\xBE", "/+++"}};
  for (const auto& [plain, text] : pairs) {
    EXPECT_EQ(base64_of(bytes(plain)), text);
    EXPECT_EQ(bytes_of_base64(text), bytes(plain));
  }
  for (const std::string_view bad : {"Z", "Zg", "Zg=", "Zg==Zg==", "Zm9-", "====", "Z===", " Zm9v"}) {
    const auto read = bytes_of_base64(bad);
    EXPECT_TRUE(!read || base64_of(*read) != bad) << bad;
  }
  EXPECT_FALSE(bytes_of_base64("Zg==Zg=="));
  EXPECT_FALSE(bytes_of_base64("===="));
}

TEST(TrainedNetwork, GoesThroughTextAndComesBackTheSame) {
  const TrainedNetwork network = any_network();
  EXPECT_EQ(network.steps, 2);
  EXPECT_EQ(network.images, 2);
  const TrainedNetwork back = network_from_json(parse_json(write_json(network_to_json(network))).value()).value();
  EXPECT_EQ(back, network);
}

TEST(TrainedNetwork, KeepsItsWeightsButForTheirRounding) {
  NetworkTraining training = testing::any_training({.shape = {.widths = {3, 4}}, .seed = 1, .images = 1});
  const TrainedNetwork kept = kept_network(training).value();
  for (std::size_t i = 0; i < kept.net.weights.size(); ++i) {
    const double weight = static_cast<double>(training.network().weights[i]);
    EXPECT_NEAR(static_cast<double>(kept.net.weights[i]), weight, std::abs(weight) * 0x1p-11 + 0x1p-25);
  }
  NetworkTraining::Moment moment = training.moment();
  moment.weights[5] = INFINITY;
  training.go_to(moment);
  EXPECT_EQ(kept_network(training).error().message,
            "The training has run away: some weights are no numbers any more; a lower learning rate would keep them.");
}

/// The sentence that a network is refused with in which one member is another.
std::string refusal(const std::string& name, const Json& value) {
  Json json = network_to_json(any_network());
  for (auto& [key, member] : *json.object()) {
    if (key == name) member = value;
  }
  const auto read = network_from_json(json);
  return read ? "accepted" : read.error().message;
}

TEST(TrainedNetwork, RefusesWhatIsNone) {
  EXPECT_EQ(refusal("none", 1), "accepted");
  EXPECT_EQ(refusal("widths", 3),
            "The network's list of widths is 3; it must be a list of 2 to 4 whole numbers from 1 to 64.");
  EXPECT_EQ(refusal("widths", Json::Array{3, 4.5}),
            "The network's list of widths is [3, 4.5]; it must be a list of 2 to 4 whole numbers from 1 to 64.");
  EXPECT_EQ(refusal("widths", Json::Array{3}), "The network has 1 levels; it must have 2 to 4.");
  EXPECT_EQ(refusal("skips", 1), "The network's skips is 1; it must be true or false.");
  EXPECT_EQ(refusal("rim", Json()), "The network's rim is null; it must be true or false.");
  EXPECT_EQ(refusal("weights", "?"), "The network's weights is \"?\"; it must be a text in base64.");
  EXPECT_EQ(refusal("weights", "AAAA"), "The network's weights are 3 bytes; its shape has 346 weights of 2 bytes.");
  EXPECT_EQ(refusal("widths", Json::Array{3, 5}).substr(0, 33), "The network's weights are 692 byt");
  EXPECT_EQ(refusal("trained", Json::Object{{"seed", 1}, {"images", 0}, {"steps", 1}}),
            "The network's images is 0; it must be a whole number from 1 to 1000.");
  EXPECT_FALSE(network_from_json(Json(1)));
  EXPECT_FALSE(network_from_json(Json(Json::Object{{"widths", Json::Array{3, 4}}})));
  std::vector<std::uint8_t> bytes = weight_bytes(any_network().net);
  bytes[11] = 0x7C;
  bytes[10] = 0;
  EXPECT_EQ(unet_of_bytes({.widths = {3, 4}}, bytes).error().message,
            "The network's weight 5 is no finite number, as all must be.");
}

}  // namespace
}  // namespace floodlight::test

#include "core/samples/shipped_network.h"

#include <cassert>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "embedded/floodlight_network.h"

namespace floodlight {
TrainingSettings shipped_network_settings() {
  return {.shape = {.widths = {8, 12, 16, 24}}, .seed = 1, .images = 600, .schedule = {.steps = 4000}};
}

std::shared_ptr<const TrainedNetwork> shipped_network() {
  const TrainingSettings settings = shipped_network_settings();
  // The file's first line says what it is.
  const std::string_view file = embedded::network_weights();
  const std::string_view weights = file.substr(file.find('\n') + 1);
  auto net = unet_of_bytes(settings.shape, std::vector<std::uint8_t>(weights.begin(), weights.end()));
  assert(net);
  return std::make_shared<const TrainedNetwork>(TrainedNetwork{
      .net = std::move(*net), .seed = settings.seed, .images = settings.images, .steps = settings.schedule.steps});
}

}  // namespace floodlight

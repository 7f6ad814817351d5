// `floodlight simulate`: new images of nuclei, with their truth.
#include "core/simulate/simulate.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>

#include "core/base/json.h"
#include "core/files/tiff.h"
#include "core/simulate/simulation_parameters.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct Order {
  fs::path folder;
  std::uint64_t images = 1;
  SimulationSeeds seeds;  ///< of the first image; each further one has the next of both
  SimulationParameters parameters;

  [[nodiscard]] SimulationSeeds seeds_of(std::uint64_t image) const {
    return {.specimen = seeds.specimen + image, .exposure = seeds.exposure + image};
  }
  /// "simulated_01", with as many digits as keep the files in order.
  [[nodiscard]] std::string stem_of(std::uint64_t image) const {
    const std::string number = std::to_string(image + 1);
    const std::size_t digits = std::max<std::size_t>(2, std::to_string(images).size());
    return "simulated_" + std::string(digits - number.size(), '0') + number;
  }
};

Result<void> set(SimulationParameters& parameters, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    return fail("--set is " + assignment + "; it must be a parameter and its value, as in --set light.exposure=2");
  }
  return set_simulation_parameter(parameters, assignment.substr(0, equals), assignment.substr(equals + 1));
}

Result<Order> read_order(const Arguments& arguments) {
  // JSON's numbers are doubles; seeds up to here are exact, and so are those of the images that follow.
  constexpr std::uint64_t largest_seed = 9'000'000'000'000'000;
  Order order;
  if (!arguments.operands.empty()) {
    return fail("simulate needs no " + arguments.operands.front() + "; it makes its images itself.");
  }
  const std::string* const folder = arguments.value("--out");
  if (folder == nullptr) return fail("simulate needs a folder for its images: floodlight simulate --out images");
  order.folder = *folder;
  const auto read = [&](std::string_view option, std::uint64_t lowest, std::uint64_t highest,
                        std::uint64_t& to) -> Result<void> {
    const auto number = whole_number(arguments, option, lowest, highest, to);
    if (!number) return std::unexpected(number.error());
    to = *number;
    return {};
  };
  auto good = read("--images", 1, 999, order.images);
  if (good) good = read("--specimen-seed", 0, largest_seed, order.seeds.specimen);
  if (good) good = read("--exposure-seed", 0, largest_seed, order.seeds.exposure);
  for (const auto& [name, value] : arguments.options) {
    if (good && name == "--set") good = set(order.parameters, value);
  }
  if (good) good = check(order.parameters);
  if (!good) return std::unexpected(good.error());
  return order;
}

/// All that is needed to make the same images again.
std::string description(const Order& order) {
  Json::Array images;
  for (std::uint64_t image = 0; image < order.images; ++image) {
    const SimulationSeeds seeds = order.seeds_of(image);
    images.emplace_back(Json::Object{{"file", order.stem_of(image) + ".tif"},
                                     {"specimen_seed", static_cast<double>(seeds.specimen)},
                                     {"exposure_seed", static_cast<double>(seeds.exposure)}});
  }
  const Json::Object json{{"floodlight_simulation", 1},
                          {"parameters", simulation_to_json(order.parameters)},
                          {"images", std::move(images)}};
  return write_json(json, 2) + "\n";
}

Result<void> make_image(const Order& order, std::uint64_t image) {
  const auto made = simulate(order.parameters, order.seeds_of(image));
  if (!made) return std::unexpected(made.error());
  const TiffWriteOptions options{.pixel_size_um = made->pixel_size_um};
  const fs::path file = order.folder / (order.stem_of(image) + ".tif");
  const fs::path truth = order.folder / (order.stem_of(image) + "_truth.tif");
  auto done = write_bytes(file, encode_intensity_tiff(made->pixels, made->type, options));
  if (done) done = write_bytes(truth, encode_label_tiff(made->truth, LabelDepth::u32, options));
  if (!done) return done;
  const Label nuclei = std::ranges::max(made->truth.pixels());  // they are numbered without gaps
  std::printf("%s: %d %s, %.4g um a pixel\n", file.c_str(), nuclei, nuclei == 1 ? "nucleus" : "nuclei",
              made->pixel_size_um);
  std::fflush(stdout);
  return {};
}

}  // namespace

int run_simulate(const Arguments& arguments) {
  const auto order = read_order(arguments);
  if (!order) return usage_error(order.error().message);
  auto done = make_folder(order->folder);
  if (done) done = write_text(order->folder / "simulation.json", description(*order));
  for (std::uint64_t image = 0; done && image < order->images; ++image) done = make_image(*order, image);
  return done ? all_well : failed(done.error());
}

}  // namespace floodlight::cli

// Writes what a real PyTorch then computes and compares:  floodlight_torch_cases FOLDER
// Each case is a folder with a network's shape and weights, the patches and learning rates of some steps, and what Floodlight
// makes of them: scores and gradient of the first step, weights after the last.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/learn/network_layers.h"
#include "core/learn/network_training.h"
#include "tests/core/learn/truth_images.h"

namespace {

using namespace floodlight;
namespace fs = std::filesystem;

constexpr int steps = 50;

template <typename T>
void write(const fs::path& file, std::span<const T> values) {
  std::ofstream out(file, std::ios::binary);
  const auto bytes = std::as_bytes(values);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) {
    std::fprintf(stderr, "cannot write %s\n", file.c_str());
    std::exit(1);
  }
}
void write_text(const fs::path& file, const std::string& text) { write(file, std::span<const char>(text)); }

struct Case {
  std::string name;
  UNetShape shape;
  bool tied = false;  ///< whether blocks of pixels are equal, so that pooling meets ties and sums are 0 exactly
};

/// Blocks of 4 x 4 pixels of one of three values, 0 among them: nothing else meets so many equals.
void make_ties(TruthImage& image) {
  const Image<float> before = image.input;
  for (int row = 0; row < before.rows(); ++row) {
    for (int col = 0; col < before.cols(); ++col)
      image.input[row, col] = std::clamp(std::round(before[row / 4 * 4, col / 4 * 4]), -1.0F, 1.0F);
  }
}

void write_case(const fs::path& folder, const Case& one) {
  fs::create_directories(folder);
  TrainingSettings settings{.shape = one.shape, .seed = 3, .images = 8, .schedule = {.warm_up = 10, .steps = steps}};
  if (one.tied) settings.augmentation = {.turned = true, .gain = 0, .offset = 0, .noise = 0};
  NetworkTraining training(settings);
  testing::Dice dice(31);
  for (int i = 0; i < settings.images; ++i) {
    TruthImage image = testing::discs(dice, 96, 120, one.shape.rim);
    if (one.tied) make_ties(image);
    if (!training.add(std::move(image))) std::exit(1);
  }
  write<float>(folder / "start.f32", training.network().weights);
  UNetMaps maps(one.shape, patch_side, patch_side);
  std::vector<float> inputs;
  std::vector<std::uint8_t> classes;
  std::vector<float> scores;
  Json::Array rates;
  std::vector<double> losses;
  for (int step = 0; step < steps; ++step) {
    for (int place = 0; place < patches_of_a_step; ++place) {
      const Patch patch = training.patch(step, place);
      inputs.append_range(patch.input.pixels());
      classes.append_range(patch.classes.pixels());
      if (step > 0) continue;
      for (int row = 0; row < patch_side; ++row)
        std::copy_n(patch.input.view().row(row), patch_side, maps.input.view().row(0, row));
      run_unet(training.network(), maps);
      const ConstMaps all = maps.scores;
      for (int k = 0; k < all.count; ++k) {
        for (int row = 0; row < all.rows; ++row) scores.append_range(std::span(all.row(k, row), patch_side));
      }
    }
    rates.emplace_back(learning_rate(settings.schedule, step));
    losses.push_back(training.step());
    if (step == 0) write<float>(folder / "gradient.f32", training.gradient());
  }
  write<float>(folder / "inputs.f32", inputs);
  write<std::uint8_t>(folder / "classes.u8", classes);
  write<float>(folder / "scores.f32", scores);
  write<double>(folder / "losses.f64", losses);
  write<float>(folder / "end.f32", training.network().weights);
  Json::Array widths;
  for (const int width : one.shape.widths) widths.emplace_back(width);
  write_text(folder / "case.json", write_json(Json::Object{{"widths", std::move(widths)},
                                                           {"skips", one.shape.skips},
                                                           {"rim", one.shape.rim},
                                                           {"rates", std::move(rates)}}));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: floodlight_torch_cases FOLDER\n");
    return 2;
  }
  const Case cases[] = {{.name = "trained_in_the_page", .shape = {.widths = {6, 8, 12, 16}}},
                        {.name = "shipped", .shape = {.widths = {8, 12, 16, 24}}},
                        {.name = "three_levels_no_rim", .shape = {.widths = {6, 8, 12}, .rim = false}},
                        {.name = "no_skips", .shape = {.widths = {5, 7, 6, 3}, .skips = false}},
                        {.name = "ties", .shape = {.widths = {6, 8, 12, 16}}, .tied = true}};
  for (const Case& one : cases) write_case(fs::path(argv[1]) / one.name, one);
}

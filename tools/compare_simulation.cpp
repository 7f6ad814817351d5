// Compares the simulated population with real fields of nuclei, measure by measure:
//   compare_simulation FOLDER [--fields]
// FOLDER holds NAME.tif and the true labels as ground_truth/NAME.tif. --fields prints each field's line as well.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/files/tiff.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "core/score/score.h"
#include "core/segment/distance_transform.h"
#include "core/segment/measure.h"

namespace {

using namespace floodlight;

/// One number about each field, under the name of what was measured.
struct Measure {
  std::string name;
  double value;
};
using Field = std::vector<Measure>;

double quantile(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const double place = part * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(place);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (place - static_cast<double>(low)) * (values[high] - values[low]);
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double variation(const std::vector<double>& values) {
  const double m = mean(values);
  double sum = 0;
  for (const double v : values) sum += (v - m) * (v - m);
  return values.size() < 2 ? 0 : 100 * std::sqrt(sum / static_cast<double>(values.size() - 1)) / m;
}

/// The part of the nuclei, in percent, with a pixel of another nucleus among the 8 neighbours of one of their own.
double touching(const LabelImage& truth, const std::vector<RegionProperties>& nuclei) {
  std::vector<Label> touch;
  for (int r = 0; r < truth.rows(); ++r)
    for (int c = 0; c < truth.cols(); ++c)
      for (const Pixel d : {Pixel{0, 1}, Pixel{1, -1}, Pixel{1, 0}, Pixel{1, 1}}) {
        const Pixel other{r + d.row, c + d.col};
        if (!truth.contains(other)) continue;
        const Label a = truth[r, c];
        const Label b = truth[other];
        if (a > 0 && b > 0 && a != b) touch.insert(touch.end(), {a, b});
      }
  std::ranges::sort(touch);
  const auto twice = std::ranges::unique(touch);
  touch.erase(twice.begin(), twice.end());
  return 100 * static_cast<double>(touch.size()) / std::max(static_cast<double>(nuclei.size()), 1.0);
}

Field measure_field(const Image<float>& image, const LabelImage& truth) {
  Field field;
  const auto add = [&field](std::string name, double value) { field.push_back({std::move(name), value}); };
  const std::vector<RegionProperties> nuclei = region_properties(truth, image);
  Mask inside(image.rows(), image.cols());
  Mask outside(image.rows(), image.cols());
  double foreground = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    inside.pixels()[i] = truth.pixels()[i] > 0 ? 1 : 0;
    outside.pixels()[i] = truth.pixels()[i] > 0 ? 0 : 1;
    foreground += inside.pixels()[i];
  }
  std::vector<double> areas;
  std::vector<double> means;
  std::vector<double> eccentricity;
  std::vector<double> solidity;
  for (const RegionProperties& n : nuclei) {
    areas.push_back(static_cast<double>(n.area));
    means.push_back(n.mean_intensity);
    eccentricity.push_back(n.eccentricity);
    solidity.push_back(n.solidity);
  }
  add("nuclei", static_cast<double>(nuclei.size()));
  add("area, 5 % (px)", quantile(areas, 0.05));
  add("area, median (px)", quantile(areas, 0.5));
  add("area, 95 % (px)", quantile(areas, 0.95));
  add("eccentricity, median", quantile(eccentricity, 0.5));
  add("solidity, median", quantile(solidity, 0.5));
  add("foreground (%)", 100 * foreground / static_cast<double>(truth.size()));
  add("touching nuclei (%)", touching(truth, nuclei));

  const std::vector<double> values(image.pixels().begin(), image.pixels().end());
  for (const double part : {0.01, 0.1, 0.5, 0.9, 0.99, 0.999}) {
    char name[40];
    std::snprintf(name, sizeof name, "intensity, %g %%", 100 * part);
    add(name, quantile(values, part));
  }

  const Image<double> away = distance(distance_squared(outside));
  const Image<double> deep = distance(distance_squared(inside));
  std::vector<double> background;
  std::vector<double> steps;
  for (int r = 0; r < image.rows(); ++r)
    for (int c = 0; c + 1 < image.cols(); ++c) {
      if (away[r, c] < 8 || away[r, c + 1] < 8) continue;
      background.push_back(static_cast<double>(image[r, c]));
      steps.push_back(std::abs(static_cast<double>(image[r, c + 1] - image[r, c])));
    }
  const double level = quantile(background, 0.5);
  add("background, median", level);
  add("background, 5 to 95 %", quantile(background, 0.95) - quantile(background, 0.05));
  add("background, noise", 1.4826 * quantile(steps, 0.5) / std::sqrt(2.0));
  const double nucleus = quantile(means, 0.5);
  add("nucleus mean, median", nucleus);
  for (double& m : means) m -= level;
  add("nucleus mean, CV (%)", variation(means));

  // Within nuclei: the spread of deep pixels, and what differs from the four neighbours.
  std::vector<double> within;
  std::vector<double> grain;
  for (const RegionProperties& n : nuclei) {
    std::vector<double> own;
    double fine = 0;
    for (int r = std::max(n.bbox_min_row, 1); r < std::min(n.bbox_max_row, image.rows() - 1); ++r)
      for (int c = std::max(n.bbox_min_col, 1); c < std::min(n.bbox_max_col, image.cols() - 1); ++c) {
        if (truth[r, c] != n.label || deep[r, c] < 4) continue;
        own.push_back(static_cast<double>(image[r, c]) - level);
        const double around =
            static_cast<double>(image[r - 1, c] + image[r + 1, c] + image[r, c - 1] + image[r, c + 1]);
        const double d = static_cast<double>(image[r, c]) - around / 4;
        fine += d * d;
      }
    if (own.size() < 50) continue;
    within.push_back(variation(own));
    grain.push_back(100 * std::sqrt(fine / static_cast<double>(own.size())) / mean(own));
  }
  add("texture in nuclei, CV (%)", quantile(within, 0.5));
  add("fine texture, CV (%)", quantile(grain, 0.5));

  // The edge: brightness by the distance from the true outline, background 0, nuclei 1.
  for (const int d : {-6, -4, -3, -2, -1, 1, 2, 3, 4, 6}) {
    std::vector<double> there;
    const Image<double>& distances = d < 0 ? away : deep;
    for (std::size_t i = 0; i < image.size(); ++i)
      if (std::abs(distances.pixels()[i] - std::abs(d)) < 0.5)
        there.push_back((static_cast<double>(image.pixels()[i]) - level) / (nucleus - level));
    char name[40];
    std::snprintf(name, sizeof name, "edge profile, %+d px", d);
    add(name, mean(there));
  }

  Pipeline pipeline;
  pipeline.set_image(image);
  pipeline.set_recipe({});
  pipeline.finish();
  const Score result = score(pipeline.values().labels, truth).value();
  const double count = std::max(static_cast<double>(nuclei.size()), 1.0);
  add("Otsu's threshold", pipeline.values().thresholded.threshold);
  add("recipe: F1", result.f1);
  add("recipe: mean AP", result.mean_ap);
  add("recipe: Dice", result.dice);
  add("recipe: missed (%)", 100 * result.missed / count);
  add("recipe: extra (%)", 100 * result.extra / count);
  add("recipe: split (%)", 100 * result.split / count);
  add("recipe: merged (%)", 100 * result.merged / count);
  return field;
}

std::vector<std::byte> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> chars((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<std::byte> bytes(chars.size());
  std::ranges::transform(chars, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

void print_field(const std::string& name, const Field& field) {
  std::printf("%-12s", name.c_str());
  for (const char* wanted :
       {"nuclei", "area, median (px)", "foreground (%)", "touching nuclei (%)", "background, median",
        "background, noise", "nucleus mean, median", "nucleus mean, CV (%)", "recipe: F1", "recipe: missed (%)",
        "recipe: extra (%)", "recipe: merged (%)", "recipe: split (%)"})
    std::printf(" %9.2f", std::ranges::find(field, wanted, &Measure::name)->value);
  std::printf("\n");
}

std::vector<double> column(const std::vector<Field>& fields, std::size_t measure) {
  std::vector<double> values;
  for (const Field& field : fields) values.push_back(field[measure].value);
  return values;
}

void print_summary(const std::vector<double>& values) {
  std::printf("  %8.2f %8.2f %8.2f %8.2f", mean(values), quantile(values, 0.05), quantile(values, 0.5),
              quantile(values, 0.95));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: compare_simulation FOLDER [--fields]\n");
    return 2;
  }
  const bool each = argc > 2 && std::string_view(argv[2]) == "--fields";
  if (each)
    std::printf(
        "%-12s    nuclei      area   foregr.  touching    backgr.    noise   nucleus        CV        F1"
        "    missed     extra    merged     split\n",
        "field");

  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    if (entry.path().extension() == ".tif") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Field> real;
  for (const auto& path : paths) {
    const std::string name = path.filename().string();
    const auto image = read_tiff(read_file(path), name);
    const auto truth = read_label_tiff(read_file(path.parent_path() / "ground_truth" / name), name);
    if (!image || !truth) {
      std::fprintf(stderr, "%s\n", (image ? truth.error() : image.error()).message.c_str());
      return 1;
    }
    real.push_back(measure_field(image->pixels, *truth));
    if (each) print_field(path.stem().string(), real.back());
  }
  std::vector<Field> simulated;
  for (const SampleInfo& info : samples()) {
    if (info.group != SampleGroup::population) continue;
    const Sample sample = make_sample(info.id).value();
    simulated.push_back(measure_field(sample.pixels, *sample.truth));
    if (each) print_field(std::string(info.id), simulated.back());
  }
  if (real.empty()) {
    std::fprintf(stderr, "There is no .tif in %s.\n", argv[1]);
    return 1;
  }

  std::printf("\n%-26s  %-35s   %-35s\n", "", "real fields", "simulated fields");
  std::printf("%-26s  %8s %8s %8s %8s  %8s %8s %8s %8s\n", "per field", "mean", "5 %", "median", "95 %", "mean", "5 %",
              "median", "95 %");
  for (std::size_t i = 0; i < real.front().size(); ++i) {
    std::printf("%-26s", real.front()[i].name.c_str());
    print_summary(column(real, i));
    print_summary(column(simulated, i));
    std::printf("\n");
  }
  return 0;
}

// Writes what a real scikit-image then runs and compares:  floodlight_python_cases FOLDER [RANDOM_CASES [SEED]]
// Each case is a folder with two images, the exported script, loop and notebook, and the labels and measurements that
// Floodlight gives.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/export/python_export.h"
#include "core/files/tiff.h"
#include "core/pipeline/network_recipe.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/shipped_network.h"
#include "tests/core/files/tiff_fixtures.h"
#include "tests/core/learn/classifiers.h"
#include "tests/core/learn/truth_images.h"
#include "tests/core/random_inputs.h"
#include "tests/core/rows.h"
#include "tests/python/layouts.h"

namespace {

using namespace floodlight;
using test::TiffFixture;
using testing::Dice;
using testing::roll;
namespace fs = std::filesystem;

using Bytes = std::vector<std::byte>;

enum class Kind : std::uint8_t {
  u8,
  u16,
  f32,
  with_nan,
  i16,
  rgb8,
  rgb16_planes,
  rgba8,
  channels,
  pages,
  u32,
  f64,
  flat
};
constexpr std::array random_kinds = {Kind::u8,       Kind::f32, Kind::rgb8,  Kind::pages,
                                     Kind::with_nan, Kind::i16, Kind::rgba8, Kind::channels,
                                     Kind::u16,      Kind::u32, Kind::f64,   Kind::rgb16_planes};

bool is_rgb(Kind kind) { return kind == Kind::rgb8 || kind == Kind::rgb16_planes || kind == Kind::rgba8; }

std::uint64_t as_bits(const TiffFixture& page, float value) {
  if (page.format == test::Format::ieee) return page.bits == 64 ? test::bits_of(value / 7.0) : test::bits_of(value);
  const double highest = page.bits == 8 ? 255 : 65535;
  const auto whole = static_cast<std::int64_t>(std::clamp(static_cast<double>(value), 0.0, highest));
  return static_cast<std::uint64_t>(page.format == test::Format::sint ? whole - 100 : whole) &
         ((std::uint64_t{1} << page.bits) - 1);
}

TiffFixture page_of(Kind kind, Dice& dice) {
  TiffFixture page{.rows = roll(dice, 42, 70), .cols = roll(dice, 42, 90)};
  constexpr std::array compressions = {test::Compression::none, test::Compression::deflate,
                                       test::Compression::packbits};
  page.compression = compressions[static_cast<std::size_t>(roll(dice, 0, 2))];
  page.rows_per_strip = roll(dice, 5, 50);
  page.bits = 16;
  switch (kind) {
    case Kind::u8:
    case Kind::flat:
      page.bits = 8;
      break;
    case Kind::u16:
    case Kind::pages:
      break;
    case Kind::i16:
      page.format = test::Format::sint;
      break;
    case Kind::u32:
      page.bits = 32;
      break;
    case Kind::f32:
    case Kind::with_nan:
      page.bits = 32;
      page.format = test::Format::ieee;
      break;
    case Kind::f64:
      page.bits = 64;
      page.format = test::Format::ieee;
      break;
    case Kind::rgb8:
      page.bits = 8;
      page.samples = 3;
      break;
    case Kind::rgba8:
      page.bits = 8;
      page.samples = 4;
      page.tags.push_back({.tag = 338, .type = 3, .values = {2}});
      break;
    case Kind::rgb16_planes:
      page.samples = 3;
      page.separate_planes = true;
      break;
    case Kind::channels:
      page.samples = 4;
      page.separate_planes = roll(dice, 0, 1) == 1;
      page.tags.push_back({.tag = 338, .type = 3, .values = {0, 0, 0}});
      break;
  }
  if (is_rgb(kind)) page.photometric = 2;
  return page;
}

Bytes image_file(Kind kind, int pages, Dice& dice) {
  std::vector<TiffFixture> file;
  for (int i = 0; i < pages; ++i) {
    TiffFixture page = page_of(kind, dice);
    std::vector<Image<float>> channels;
    for (int c = 0; c < page.samples; ++c) channels.push_back(testing::blobs(dice, page.rows, page.cols, 12));
    for (int row = 0; row < page.rows; ++row) {
      for (int col = 0; col < page.cols; ++col) {
        for (auto& channel : channels) page.samples_as_bits.push_back(as_bits(page, channel[row, col]));
      }
    }
    if (kind == Kind::flat) std::ranges::fill(page.samples_as_bits, 7);
    if (kind == Kind::with_nan) {
      for (const float bad : {std::nanf(""), HUGE_VALF, -HUGE_VALF, std::nanf("")}) {
        const auto last = static_cast<int>(page.samples_as_bits.size()) - 1;
        page.samples_as_bits[static_cast<std::size_t>(roll(dice, 0, last))] = test::bits_of(bad);
      }
    }
    file.push_back(std::move(page));
  }
  return test::tiff_bytes(file);
}

struct Segmented {
  LabelImage labels;
  std::vector<RegionProperties> measurements;
};

/// What the app makes of the file; nothing where it has no answer.
std::optional<Segmented> segment(const Bytes& file, const Recipe& recipe) {
  const TiffSelection selection{.page = recipe.page, .channel = static_cast<int>(recipe.channel) - 1};
  auto image = read_tiff(file, "image.tif", selection);
  if (!image) return std::nullopt;
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(std::move(image->pixels));
  pipeline.finish();
  if (pipeline.failure()) return std::nullopt;
  return Segmented{pipeline.values().labels, pipeline.values().measurements};
}

struct Case {
  Recipe recipe;
  std::array<Bytes, 2> images;
  std::array<Segmented, 2> expected;
  /// The images and the paint from which its classifier has learnt, by their names.
  std::vector<std::pair<std::string, Bytes>> painted = {};
};

/// The case of this recipe with these images, where the app has an answer for both.
std::optional<Case> make_case(const Recipe& recipe, const std::array<Kind, 2>& kinds, Dice& dice) {
  Case result{.recipe = recipe, .images = {}, .expected = {}};
  for (std::size_t i = 0; i < 2; ++i) {
    const int pages = kinds[i] == Kind::pages || recipe.page > 0 ? recipe.page + roll(dice, 1, 2) : 1;
    result.images[i] = image_file(kinds[i], pages, dice);
    auto segmented = segment(result.images[i], recipe);
    if (!segmented) return std::nullopt;
    result.expected[i] = std::move(*segmented);
  }
  return result;
}

int nuclei(const Case& c) { return static_cast<int>(c.expected[0].measurements.size()); }

/// Gives a choice its turn: every choice once in as many numbers as there are, from one round to the next in another order
/// than those of the other lists.
template <typename Owner>
void take_turn(const Parameter<Owner>& p, Owner& owner, int number, std::size_t& list) {
  if (p.kind != ParameterKind::choice) return;
  const std::size_t count = p.choices.size();
  const auto turn = static_cast<std::size_t>(number);
  p.set(owner, static_cast<double>((turn + turn / count * ++list) % count));
}

/// A choice of the tables that none of the cases tries, or nothing.
std::string untried_choice(const std::vector<Case>& cases) {
  std::set<std::string> tried;
  const auto name = [](const auto& p, const Choice& choice) {
    return std::string(p.key) + ": " + std::string(choice.name);
  };
  for (const Case& c : cases) {
    for (const auto& p : recipe_parameters()) {
      if (p.kind == ParameterKind::choice) tried.insert(name(p, current_choice(p, c.recipe)));
    }
    for (const Refinement& repair : c.recipe.refinements) {
      for (const auto& p : refinement_parameters()) {
        if (p.kind == ParameterKind::choice && p.matters(repair)) tried.insert(name(p, current_choice(p, repair)));
      }
    }
  }
  const auto untried = [&](const auto& table) {
    for (const auto& p : table) {
      for (const Choice& choice : p.choices) {
        if (!tried.contains(name(p, choice))) return name(p, choice);
      }
    }
    return std::string();
  };
  const std::string of_recipe = untried(recipe_parameters());
  return of_recipe.empty() ? untried(refinement_parameters()) : of_recipe;
}

constexpr int most_tries = 10000;

/// A random recipe that finds something; over the numbers all methods, operations and kinds of image have their turn.
Case random_case(int number, Dice& dice) {
  const Kind kind = random_kinds[static_cast<std::size_t>(number) % random_kinds.size()];
  for (int tries = 0; tries < most_tries; ++tries) {
    Recipe recipe = testing::random_recipe(dice);
    recipe.page = kind == Kind::pages ? roll(dice, 0, 2) : 0;
    const int channels = is_rgb(kind) ? 3 : 1;
    if (kind == Kind::channels) {
      const std::size_t round = static_cast<std::size_t>(number) / random_kinds.size();
      recipe.channel = static_cast<Channel>(1 + round % (recipe_parameter("input.channel").choices.size() - 1));
    } else if (static_cast<int>(recipe.channel) > channels) {
      recipe.channel = static_cast<Channel>(roll(dice, 0, channels));
    }
    if (kind == Kind::with_nan) recipe.nonfinite_as_zero = true;
    std::size_t list = 0;
    for (const auto& p : recipe_parameters()) {
      if (p.key != "input.channel" && p.key != "mask.from") take_turn(p, recipe, number, list);
    }
    testing::look_for_a_value(recipe, dice);
    Refinement repair;
    for (const auto& p : refinement_parameters()) take_turn(p, repair, number, list);
    repair[size_limit] = roll(dice, 0, 40);
    repair[footprint_radius] = roll(dice, 1, 4);
    recipe.refinements.push_back(repair);
    if (auto made = make_case(recipe, {kind, is_rgb(kind) && number % 2 == 0 ? Kind::rgb8 : kind}, dice);
        made && nuclei(*made) > 1) {
      return *made;
    }
  }
  std::fprintf(stderr, "case %d finds no nuclei, whatever else its recipe has\n", number);
  std::exit(1);
}

/// The scales of a classifier: what Python takes as a range, as some of one, or one by one.
std::vector<double> sigmas_of(int number, Dice& dice) {
  switch (number % 6) {
    case 0:
      return {0.5, 1, 2, 4, 8};
    case 1:
      return {1, 4};
    case 2:
      return {0.7, 1.5, 1.6};
    case 3:
      return {1.0 + roll(dice, 0, 8) / 4.0};
    case 4:
      return stretched_sigmas(0.7, 5).value();
    default:
      return {2, 4};
  }
}

/// A classifier that is trained on one or two painted images, with the defaults or with any settings; number -1: defaults.
Case classifier_case(int number, Dice& dice) {
  constexpr std::array kinds = {Kind::u16, Kind::u8, Kind::f32, Kind::rgb8, Kind::i16, Kind::f64};
  const Kind kind = kinds[static_cast<std::size_t>(number + 1) % kinds.size()];
  while (true) {
    Recipe recipe = testing::random_recipe(dice);
    recipe.page = 0;
    recipe.channel = Channel::automatic;
    recipe.threshold_abs = no_value;
    recipe.exclude_border = false;
    FeatureChoice choice;
    ForestSettings settings;
    if (number >= 0) {
      const int kinds_chosen = roll(dice, 1, 7);
      choice = {.intensity = (kinds_chosen & 1) != 0,
                .edges = (kinds_chosen & 2) != 0,
                .texture = (kinds_chosen & 4) != 0,
                .sigmas = sigmas_of(number, dice)};
      settings = {.trees = roll(dice, 1, 30),
                  .max_depth = number % 3 == 0 ? std::nullopt : std::optional(roll(dice, 1, 12)),
                  .seed = static_cast<std::uint32_t>(dice())};
    }
    std::vector<std::pair<std::string, Bytes>> files;
    std::vector<PaintedFile> painted;
    TrainingSet set;
    for (int i = 0; i < (number % 2 == 1 ? 2 : 1); ++i) {
      const std::string name = "painted/" + std::to_string(i) + "\"'";
      painted.push_back({.image = name + ".tif", .paint = name + "_paint.tif"});
      files.emplace_back(painted.back().image, image_file(kind, 1, dice));
      const Image<float> image = read_tiff(files.back().second, "image").value().pixels;
      const PaintImage paint = testing::any_paint(image, dice, number % 4 == 3 ? 3 : 2);
      const auto labels = paint.pixels();
      const LabelImage as_labels(paint.rows(), paint.cols(), {labels.begin(), labels.end()});
      files.emplace_back(painted.back().paint, encode_label_tiff(as_labels, LabelDepth::u16).value());
      if (!append_painted_image(set, image, paint, choice)) std::abort();
    }
    auto classifier = train_classifier(set, choice, settings, std::move(painted));
    if (!classifier) continue;
    recipe.mask_from = &mask_sources::classifier;
    recipe.classifier = std::make_shared<const PixelClassifier>(std::move(*classifier));
    if (auto made = make_case(recipe, {kind, kind}, dice); made && nuclei(*made) > 1) {
      made->painted = std::move(files);
      return *made;
    }
  }
}

/// The shipped network, and some of other kinds that have learnt a little.
std::vector<std::shared_ptr<const TrainedNetwork>> some_networks() {
  std::vector<std::shared_ptr<const TrainedNetwork>> networks = {shipped_network()};
  const UNetShape shapes[] = {
      {.widths = {4, 6, 8}}, {.widths = {4, 5, 6, 7}, .skips = false}, {.widths = {5, 6}, .rim = false}};
  for (const UNetShape& shape : shapes) {
    NetworkTraining training = testing::any_training(
        {.shape = shape, .seed = 1, .images = 6, .schedule = {.rate = 0.01, .warm_up = 5, .steps = 60}});
    while (!training.done()) training.step();
    networks.push_back(std::make_shared<const TrainedNetwork>(kept_network(training).value()));
  }
  return networks;
}

/// A network's mask, with its own seeds or others, by any recipe; the first by the recipe that suits networks. Nuclei, if some
/// can be had: what has learnt little may find none.
Case network_case(int number, const std::shared_ptr<const TrainedNetwork>& network, Dice& dice) {
  constexpr std::array kinds = {Kind::u16, Kind::f32, Kind::u8, Kind::rgb8, Kind::i16};
  const Kind kind = kinds[static_cast<std::size_t>(number) % kinds.size()];
  for (int tries = 0;; ++tries) {
    Recipe recipe = testing::random_recipe(dice);
    recipe.page = 0;
    recipe.channel = Channel::automatic;
    recipe.mask_from = number % 3 == 2 ? &mask_sources::network_mask : &mask_sources::network;
    recipe.network = network;
    recipe.threshold_abs = number % 2 == 0 ? 0.5 : no_value;
    recipe.exclude_border = false;
    if (number == 0) recipe = network_recipe(network);
    if (auto made = make_case(recipe, {kind, kind}, dice); made && (nuclei(*made) > 0 || tries > 20)) return *made;
  }
}

bool write(const fs::path& path, const void* data, std::size_t size) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(data, 1, size, file) == size;
  return std::fclose(file) == 0 && written;
}
bool write(const fs::path& path, const std::string& text) { return write(path, text.data(), text.size()); }
bool write(const fs::path& path, const Bytes& bytes) { return write(path, bytes.data(), bytes.size()); }

/// With square pixels, or none that are known, only what is measured in pixels.
std::string table(const std::vector<RegionProperties>& rows, const PixelSize& size) {
  const bool rectangular = size.known() && !size.square();
  std::string text =
      "label,area,centroid-0,centroid-1,bbox-0,bbox-1,bbox-2,bbox-3,intensity_mean,intensity_max,perimeter,"
      "eccentricity,"
      "solidity,axis_major_length,axis_minor_length,equivalent_diameter_area";
  if (rectangular) {
    text +=
        ",area_um2,axis_major_length_um,axis_minor_length_um,equivalent_diameter_area_um,eccentricity_um,orientation_"
        "um";
  }
  text += "\n";
  for (const auto& r : rows) {
    char line[600];
    std::snprintf(line, sizeof line, "%d,%lld,%.17g,%.17g,%d,%d,%d,%d,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g",
                  r.label, static_cast<long long>(r.area), r.centroid_row, r.centroid_col, r.bbox_min_row,
                  r.bbox_min_col, r.bbox_max_row, r.bbox_max_col, r.mean_intensity, r.max_intensity, r.perimeter,
                  r.eccentricity, r.solidity, r.axis_major_length, r.axis_minor_length, r.equivalent_diameter);
    text += line;
    const PhysicalShape shape = physical_shape(r, size);
    for (const double value : {shape.area, shape.axis_major_length, shape.axis_minor_length, shape.equivalent_diameter,
                               shape.eccentricity, shape.orientation}) {
      std::snprintf(line, sizeof line, ",%.17g", value);
      if (rectangular) text += line;
    }
    text += "\n";
  }
  return text;
}

bool save(const Case& c, const fs::path& folder) {
  fs::create_directories(folder / "images");
  fs::create_directories(folder / "expected");
  fs::create_directories(folder / "painted");
  bool done = write(folder / "script.py", python_script(c.recipe, "images/a.tif")) &&
              write(folder / "loop.py", python_loop(c.recipe, "{stem}_labeled.tif")) &&
              write(folder / "notebook.ipynb", notebook(c.recipe, "images/a.tif"));
  for (const auto& [name, bytes] : c.painted) done = done && write(folder / name, bytes);
  for (std::size_t i = 0; done && i < 2; ++i) {
    const std::string stem = i == 0 ? "a" : "b";
    const auto labels = encode_label_tiff(c.expected[i].labels);
    done = labels && write(folder / "images" / (stem + ".tif"), c.images[i]) &&
           write(folder / "expected" / (stem + ".tif"), *labels) &&
           write(folder / "expected" / (stem + ".csv"), table(c.expected[i].measurements, pixel_size(c.recipe)));
  }
  if (!done) std::fprintf(stderr, "%s cannot be written\n", folder.c_str());
  return done;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 4) {
    std::fputs("usage: floodlight_python_cases FOLDER [RANDOM_CASES [SEED]]\n", stderr);
    return 2;
  }
  const int random_cases = count > 2 ? std::atoi(arguments[2]) : 48;
  Dice dice(count > 3 ? static_cast<std::uint32_t>(std::atoi(arguments[3])) : 1);
  std::vector<Case> cases;
  // The default recipe on an image of each kind that it takes, and on one with nothing in it.
  for (const Kind kind : {Kind::u16, Kind::rgb8, Kind::rgb16_planes, Kind::flat}) {
    cases.push_back(make_case({}, {kind, Kind::u8}, dice).value());
  }
  // A mask without any background.
  Recipe everything;
  everything.threshold = thresholds::manual;
  everything.threshold[cutoff_value] = -1;
  everything.exclude_border = false;
  cases.push_back(make_case(everything, {Kind::u8, Kind::u16}, dice).value());
  // An image of one value, with every method.
  for (const ThresholdRow* method : all_thresholds()) {
    if (method == &thresholds::manual) continue;
    Recipe recipe;
    recipe.threshold = *method;
    cases.push_back(make_case(recipe, {Kind::flat, Kind::flat}, dice).value());
  }
  // Pixels twice as high as wide.
  Recipe high;
  high.pixel_size_um = 0.65;
  high.pixel_height_um = 1.3;
  cases.push_back(make_case(high, {Kind::u16, Kind::u8}, dice).value());
  for (int i = 0; i < random_cases; ++i) cases.push_back(random_case(i, dice));
  // Masks from a classifier: the default settings, and as many random ones as a quarter of the others; and as many from networks.
  for (int i = -1; i < random_cases / 4; ++i) cases.push_back(classifier_case(i, dice));
  const auto networks = some_networks();
  for (int i = 0; i < random_cases / 4; ++i)
    cases.push_back(network_case(i, networks[static_cast<std::size_t>(i) % networks.size()], dice));
  if (const std::string untried = untried_choice(cases); count < 3 && !untried.empty()) {
    std::fprintf(stderr, "no case tries %s: there must be more\n", untried.c_str());
    return 1;
  }

  for (std::size_t i = 0; i < cases.size(); ++i) {
    char name[16];
    std::snprintf(name, sizeof name, "case_%03zu", i);
    if (!save(cases[i], fs::path(arguments[1]) / name)) return 1;
  }
  if (!test::write_layouts(arguments[1])) return 1;
  std::printf("%zu cases\n", cases.size());
  return 0;
}

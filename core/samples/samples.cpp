// The images that come with the program.
#include "core/samples/samples.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/samples/population.h"
#include "core/samples/small_images.h"
#include "core/segment/filters.h"
#include "core/segment/mean.h"
#include "core/segment/median.h"

namespace floodlight {
namespace {

constexpr std::array<std::string_view, population_size> field_ids = {
    "nuclei_01", "nuclei_02", "nuclei_03", "nuclei_04", "nuclei_05", "nuclei_06", "nuclei_07", "nuclei_08", "nuclei_09",
    "nuclei_10", "nuclei_11", "nuclei_12", "nuclei_13", "nuclei_14", "nuclei_15", "nuclei_16", "nuclei_17", "nuclei_18",
    "nuclei_19", "nuclei_20", "nuclei_21", "nuclei_22", "nuclei_23", "nuclei_24", "nuclei_25"};
constexpr std::array<std::string_view, population_size> field_titles = {
    "Nuclei 01", "Nuclei 02", "Nuclei 03", "Nuclei 04", "Nuclei 05", "Nuclei 06", "Nuclei 07", "Nuclei 08", "Nuclei 09",
    "Nuclei 10", "Nuclei 11", "Nuclei 12", "Nuclei 13", "Nuclei 14", "Nuclei 15", "Nuclei 16", "Nuclei 17", "Nuclei 18",
    "Nuclei 19", "Nuclei 20", "Nuclei 21", "Nuclei 22", "Nuclei 23", "Nuclei 24", "Nuclei 25"};

using List = std::vector<SampleInfo>;

void add_population(List& list) {
  for (int number = 1; number <= population_size; ++number) {
    const PopulationField field = population_field(number);
    const auto index = static_cast<std::size_t>(number - 1);
    list.push_back({.id = field_ids[index],
                    .title = field_titles[index],
                    .look_for = field.fault.empty() ? "One of 25 fields of the same experiment." : field.fault,
                    .group = SampleGroup::population,
                    .recipe = {},
                    .simulation = SampleSimulation{field.parameters, field.seeds}});
  }
}

/// A single problem each. They start from the population's microscope and cells and change what the problem needs.
void add_cases(List& list) {
  const auto add = [&list](std::string_view id, std::string_view title, std::string_view look_for,
                           const SimulationParameters& parameters, std::uint64_t specimen = 1) {
    list.push_back({.id = id,
                    .title = title,
                    .look_for = look_for,
                    .group = SampleGroup::special,
                    .recipe = {},
                    .simulation = SampleSimulation{parameters, {.specimen = specimen, .exposure = 1}}});
  };
  const SimulationParameters usual = population_parameters();

  SimulationParameters p = usual;
  p.exposure = 0.15;
  p.stored_as = StoredAs::u8;
  add("case_dim", "Dim, in 8 bits",
      "The picture looks black until the window is narrowed. How many different values are left?", p, 11);

  p = usual;  // a quiet camera, so that what is seen is the noise of the light
  p.photons = 20;
  p.gain_e_per_dn = 0.5;
  p.read_noise_e = 1.6;
  p.bits = 16;
  add("case_20_photons", "Twenty photons", "Which filter, and how wide, gives the best mask when light is scarce?", p,
      12);
  p.photons = 100;
  add("case_100_photons", "A hundred photons",
      "Five times the light of the case before: compare the same filters again.", p, 12);

  p = usual;
  p.falloff_percent = 65;
  p.centre_x_percent = -22;
  p.centre_y_percent = 14;
  p.background_percent = 25;
  add("case_uneven", "Uneven illumination", "One cutoff for the whole field: what does it miss on the dark side?", p,
      13);
  p.subtract_offset = true;
  p.flat_field = true;
  p.subtract_background = true;
  p.stored_as = StoredAs::u32;
  add("case_uneven_corrected", "Uneven illumination, corrected",
      "The same field after offset, flat field and background, stored as uint32: does one cutoff do now?", p, 13);

  p = usual;
  p.density_per_mm2 = 2300;
  p.clustered_percent = 70;
  p.overlap_percent = 8;
  p.subtract_offset = true;
  p.subtract_background = true;
  p.stored_as = StoredAs::u32;
  add("case_crowded", "Crowded", "Few islands, many nuclei: where does the distance transform fail to part them?", p,
      14);

  p = usual;
  p.debris_per_mm2 = 130;
  p.debris_size_um = 8;
  p.debris_brightness = 20;
  add("case_debris", "Bright debris",
      "A few specks outshine the nuclei: where does Otsu put its threshold, and what is left?", p, 15);

  p = usual;
  p.rows = 160;
  p.cols = 160;
  p.density_per_mm2 = 1300;
  add("case_border", "At the border", "A small field is mostly border: exclude the border's seeds, then keep them.", p,
      41);

  p = usual;
  p.focus_offset_um = 7;
  add("case_out_of_focus", "Out of focus", "Edges are ramps: how far does the outline move with the cutoff?", p, 17);

  p = forty_times();
  p.aspect_ratio = 1.9;
  p.irregularity_percent = 11;
  p.nucleoli = 5;
  p.nucleolus_diameter_um = 4;
  p.nucleolus_depth_percent = 85;
  add("case_over_segmentation", "Cut to pieces",
      "At 40x nuclei are twice as wide, and have holes: what must change so that each gets one seed?", p, 18);

  p = usual;
  p.mitotic_percent = 40;
  add("case_mitoses", "Dividing cells", "Plates are thin and bright: which are lost, and which two count as two?", p,
      19);

  p = usual;
  p.density_per_mm2 = 0;
  p.debris_per_mm2 = 30;
  add("case_empty", "An empty field", "There is no nucleus here. What does Otsu find?", p, 20);
}

void add_small_images(List& list) {
  const auto add = [&list](std::string_view id, std::string_view title, std::string_view look_for,
                           const Recipe& recipe) {
    list.push_back({.id = id,
                    .title = title,
                    .look_for = look_for,
                    .group = SampleGroup::small,
                    .recipe = recipe,
                    .simulation = std::nullopt});
  };
  Recipe grid;
  grid.refinements.front()[size_limit] = 3;
  grid.window = 5;
  grid.min_distance = 1;
  grid.exclude_border = false;
  add("lecture_grid", "The lecture's grid", "19 rows, 26 columns: every pixel is a number.", grid);

  Recipe field = grid;
  field.filter = filters::median;
  field.window = 7;
  field.min_distance = 2;
  add("small_field", "The small field", "Five nuclei: two that touch, one with a hole, one dim, one cut by the border.",
      field);

  Recipe plain = grid;
  plain.filter = filters::none;
  plain.refinements.clear();
  Recipe mean = plain;
  mean.filter = filters::mean;
  add("single_pixel", "A single bright pixel", "What does each filter make of it?", mean);
  add("touching_discs", "Two touching discs", "The line between them lies at the neck, not halfway between the seeds.",
      plain);
  add("diagonal_neighbours", "Corners", "How many objects: with 4 neighbours, with 8?", plain);
  add("holes", "A ring, and a disc with holes", "Fill holes or closing: which one fills what?", plain);
  add("chess_board", "A chess board", "One object or seventy-two?", plain);
  add("plateau", "A bar", "The distance transform's ridge is level: where is its summit?", plain);
}

List make_list() {
  List list;
  add_population(list);
  add_cases(list);
  add_small_images(list);
  return list;
}

}  // namespace

std::span<const SampleInfo> samples() {
  static const List list = make_list();
  return list;
}

std::size_t sample_place(std::string_view id) {
  return static_cast<std::size_t>(std::ranges::find(samples(), id, &SampleInfo::id) - samples().begin());
}

Result<Sample> make_sample(std::string_view id) {
  const auto info = std::ranges::find(samples(), id, &SampleInfo::id);
  if (info == samples().end()) return fail("There is no sample called " + std::string(id) + ".");
  if (info->simulation) {
    Simulated simulated = Simulator().take(info->simulation->parameters, info->simulation->seeds);
    return Sample{.pixels = std::move(simulated.pixels),
                  .type = simulated.type,
                  .type_maximum = simulated.type_maximum,
                  .truth = std::move(simulated.truth),
                  .pixel_size_um = simulated.pixel_size_um};
  }
  auto image = make_small_image(id);
  if (!image) return fail("The sample " + std::string(id) + " has no image.");
  return Sample{.pixels = std::move(image->pixels),
                .type = PixelType::u8,
                .type_maximum = 255,
                .truth = std::move(image->truth),
                .pixel_size_um = std::nullopt};
}

}  // namespace floodlight

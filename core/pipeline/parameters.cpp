#include "core/pipeline/parameters.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

#include "core/pipeline/parameter_checks.h"
#include "core/segment/filters.h"
#include "core/segment/repairs.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

constexpr Choice channels[] = {{"automatic", "Automatic (luminance of RGB, else the first)", ""},
                               {"1", "Channel 1", "0"},
                               {"2", "Channel 2", "1"},
                               {"3", "Channel 3", "2"},
                               {"4", "Channel 4", "3"}};
constexpr Choice seed_methods[] = {
    {"peaks", "Peaks in a window", ""}, {"every_maximum", "Every local maximum", ""}, {"by_hand", "Set by hand", ""}};
constexpr Choice floods[] = {{"distance", "Distance transform", "distance_transform"},
                             {"intensity", "Filtered intensity", "filtered_image"}};
constexpr Choice neighbours[] = {{"4", "4 neighbours", "1"}, {"8", "8 neighbours", "2"}};

template <typename Owner>
bool always(const Owner& /*unused*/) {
  return true;
}

// A member as a double and back; enumerations travel as their index.
template <auto member, typename Owner>
double get_member(const Owner& owner) {
  return static_cast<double>(owner.*member);
}
template <auto member, typename Owner>
void set_member(Owner& owner, double value) {
  using Member = std::remove_reference_t<decltype(owner.*member)>;
  if constexpr (std::is_enum_v<Member>) {
    owner.*member = static_cast<Member>(static_cast<int>(value));
  } else {
    owner.*member = static_cast<Member>(value);
  }
}

double get_connectivity(const Recipe& r) { return r.connectivity == Connectivity::four ? 0 : 1; }
void set_connectivity(Recipe& r, double value) {
  r.connectivity = value == 0 ? Connectivity::four : Connectivity::eight;
}

bool has_peaks(const Recipe& r) { return r.seeds == SeedMethod::peaks; }

bool has_pixel_height(const Recipe& r) { return r.pixel_size_um > 0 && r.pixel_height_um > 0; }

constexpr auto input_parameters = std::to_array<RecipeParameter>({
    {.key = "input.page",
     .label = "Page",
     .kind = ParameterKind::integer,
     .maximum = 65535,
     .help = "Which page of the file is shown; the first is 0.",
     .python = "key",
     .stage = Stage::raw,
     .get = get_member<&Recipe::page>,
     .set = set_member<&Recipe::page>,
     .matters = always<Recipe>},
    {.key = "input.channel",
     .label = "Channel",
     .kind = ParameterKind::choice,
     .help = "Which of several values a pixel holds becomes the intensity.",
     .choices = channels,
     .stage = Stage::raw,
     .get = get_member<&Recipe::channel>,
     .set = set_member<&Recipe::channel>,
     .matters = always<Recipe>},
    {.key = "input.nonfinite_as_zero",
     .label = "Treat NaN as 0",
     .kind = ParameterKind::toggle,
     .help = "Pixels that are not a number, or infinite, become 0, so that the later steps can go on.",
     .stage = Stage::raw,
     .get = get_member<&Recipe::nonfinite_as_zero>,
     .set = set_member<&Recipe::nonfinite_as_zero>,
     .matters = always<Recipe>},
});

constexpr auto later_parameters = std::to_array<RecipeParameter>({
    {.key = "seeds.method",
     .label = "Seeds",
     .kind = ParameterKind::choice,
     .help = "Where the floods start: one seed for each nucleus to come.",
     .choices = seed_methods,
     .stage = Stage::seeds,
     .get = get_member<&Recipe::seeds>,
     .set = set_member<&Recipe::seeds>,
     .matters = always<Recipe>},
    {.key = "seeds.window",
     .label = "Window",
     .kind = ParameterKind::integer,
     .minimum = 3,
     .maximum = 201,
     .step = 2,
     .unit = "px",
     .help = "A summit must be the highest point of a square of this side. Larger finds fewer summits.",
     .python = "footprint",
     .stage = Stage::seeds,
     .get = get_member<&Recipe::window>,
     .set = set_member<&Recipe::window>,
     .matters = has_peaks},
    {.key = "seeds.min_distance",
     .label = "Minimum distance",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 100,
     .unit = "px",
     .help = "Of two summits nearer than this, only the higher becomes a seed.",
     .python = "min_distance",
     .stage = Stage::seeds,
     .get = get_member<&Recipe::min_distance>,
     .set = set_member<&Recipe::min_distance>,
     .matters = has_peaks},
    {.key = "seeds.exclude_border",
     .label = "Exclude border",
     .kind = ParameterKind::toggle,
     .help = "Drops summits nearer to the border than the minimum distance; nuclei there get no seed and vanish.",
     .python = "exclude_border",
     .stage = Stage::seeds,
     .get = get_member<&Recipe::exclude_border>,
     .set = set_member<&Recipe::exclude_border>,
     .matters = has_peaks},
    {.key = "seeds.threshold_abs",
     .label = "Lowest summit",
     .kind = ParameterKind::real,
     .minimum = 0,
     .maximum = 1000,
     .step = 0.5,
     .unit = "px",
     .help = "Summits must be higher than this; small or thin objects get no seed.",
     .python = "threshold_abs",
     .optional = true,
     .stage = Stage::seeds,
     .get = get_member<&Recipe::threshold_abs>,
     .set = set_member<&Recipe::threshold_abs>,
     .matters = has_peaks},

    {.key = "watershed.flooded",
     .label = "Flood",
     .kind = ParameterKind::choice,
     .help = "The landscape, turned upside down, in which the water rises.",
     .choices = floods,
     .stage = Stage::labels,
     .get = get_member<&Recipe::flooded>,
     .set = set_member<&Recipe::flooded>,
     .matters = always<Recipe>},
    {.key = "watershed.neighbours",
     .label = "Neighbours",
     .kind = ParameterKind::choice,
     .help = "Whether water also flows across corners.",
     .python = "connectivity",
     .choices = neighbours,
     .stage = Stage::labels,
     .get = get_connectivity,
     .set = set_connectivity,
     .matters = always<Recipe>},
    {.key = "watershed.line",
     .label = "Watershed line",
     .kind = ParameterKind::toggle,
     .help = "Leaves a line of background, one pixel wide, where two floods meet.",
     .python = "watershed_line",
     .stage = Stage::labels,
     .get = get_member<&Recipe::line>,
     .set = set_member<&Recipe::line>,
     .matters = always<Recipe>},
    {.key = "watershed.compactness",
     .label = "Compactness",
     .kind = ParameterKind::real,
     .minimum = 0,
     .maximum = 100,
     .step = 0.1,
     .help = "Makes water slow far from its seed, so that regions become rounder. 0 is the classic flood.",
     .python = "compactness",
     .stage = Stage::labels,
     .get = get_member<&Recipe::compactness>,
     .set = set_member<&Recipe::compactness>,
     .matters = always<Recipe>},

    {.key = "measure.pixel_size",
     .label = "Pixel size",
     .kind = ParameterKind::real,
     .minimum = 0.0001,
     .maximum = 1000,
     .step = 0.01,
     .unit = "\xC2\xB5m",
     .help = "Side of a pixel at the specimen: turns pixels into micrometres.",
     .optional = true,
     .stage = Stage::measurements,
     .get = get_member<&Recipe::pixel_size_um>,
     .set = set_member<&Recipe::pixel_size_um>,
     .matters = always<Recipe>},

    {.key = "measure.pixel_height",
     .label = "Pixel height",
     .kind = ParameterKind::real,
     .minimum = 0.0001,
     .maximum = 1000,
     .step = 0.01,
     .unit = "\xC2\xB5m",
     .help = "Height of a pixel where it is another than its width.",
     .optional = true,
     .stage = Stage::measurements,
     .get = get_member<&Recipe::pixel_height_um>,
     .set = set_member<&Recipe::pixel_height_um>,
     .matters = has_pixel_height},
});

// --- rows of tables as parameters ------------------------------------------------------------------------------------------

// `member` is the recipe's member that holds the chosen row; a refinement is one itself.
template <auto member, typename Owner>
auto& chosen_of(Owner& owner) {
  if constexpr (member == nullptr) {
    return owner;
  } else {
    return owner.*member;
  }
}

template <auto member, auto all_rows, typename Owner>
double get_row(const Owner& owner) {
  const auto rows = all_rows();
  return static_cast<double>(std::ranges::find(rows, chosen_of<member>(owner).row) - rows.begin());
}
template <auto member, auto all_rows, typename Owner>
void set_row(Owner& owner, double value) {
  chosen_of<member>(owner).row = all_rows()[static_cast<std::size_t>(value)];
}
template <auto member, typename Owner>
double get_option(const Option& option, const Owner& owner) {
  return chosen_of<member>(owner)[option];
}
template <auto member, typename Owner>
void set_option(const Option& option, Owner& owner, double value) {
  chosen_of<member>(owner)[option] = value;
}

/// Whether the group of the parameter's key matters to the recipe's way to the mask.
bool in_use(const Recipe& r, std::string_view key) {
  return std::ranges::contains(r.mask_from->groups, key.substr(0, key.find('.')));
}
bool in_use(const Refinement& /*unused*/, std::string_view /*unused*/) { return true; }

template <auto member, typename Owner>
bool option_matters(const Option& option, const Owner& owner) {
  return in_use(owner, option.key) && chosen_of<member>(owner).has(option);
}

template <typename Row>
std::span<const Choice> choices_of(std::span<const Row* const> rows) {
  static const std::vector<Choice> choices = [&] {
    std::vector<Choice> list;
    for (const Row* row : rows) list.push_back({.name = row->name, .label = row->label});
    return list;
  }();
  return choices;
}

/// A parameter that chooses a row, and one for each option that any of the rows has, in the order of the rows.
template <auto member, auto all_rows, typename Owner>
void add_rows(std::vector<Parameter<Owner>>& table, Parameter<Owner> choice) {
  choice.kind = ParameterKind::choice;
  choice.choices = choices_of(all_rows());
  choice.get = get_row<member, all_rows, Owner>;
  choice.set = set_row<member, all_rows, Owner>;
  table.push_back(choice);
  for (const auto* row : all_rows()) {
    for (const Option* option : row->options) {
      if (std::ranges::contains(table, option->key, &Parameter<Owner>::key)) continue;
      table.push_back({.key = option->key,
                       .label = option->label,
                       .kind = option->kind,
                       .minimum = option->minimum,
                       .maximum = option->maximum,
                       .step = option->step,
                       .unit = option->unit,
                       .help = option->help,
                       .python = option->python,
                       .choices = option->choices,
                       .stage = choice.stage,
                       .get = {get_option<member, Owner>, *option},
                       .set = {set_option<member, Owner>, *option},
                       .matters = {option_matters<member, Owner>, *option},
                       .at_least = option->at_least == nullptr ? std::string_view() : option->at_least->key});
    }
  }
}

double get_source(const Recipe& r) {
  const auto sources = all_mask_sources();
  return static_cast<double>(std::ranges::find(sources, r.mask_from) - sources.begin());
}
void set_source(Recipe& r, double value) { r.mask_from = all_mask_sources()[static_cast<std::size_t>(value)]; }

std::vector<RecipeParameter> made_recipe_table() {
  std::vector<RecipeParameter> table(input_parameters.begin(), input_parameters.end());
  table.push_back({.key = "mask.from",
                   .label = "Mask from",
                   .kind = ParameterKind::choice,
                   .help = "Which way leads from the raw image to the mask.",
                   .choices = choices_of(all_mask_sources()),
                   .stage = Stage::filtered,
                   .get = get_source,
                   .set = set_source,
                   .matters = +[](const Recipe& r) { return r.mask_from != all_mask_sources().front(); }});
  add_rows<&Recipe::filter, all_filters>(
      table, RecipeParameter{.key = "filter.method",
                             .label = "Filter",
                             .help = "How each pixel is replaced by a number made from its neighbours.",
                             .stage = Stage::filtered,
                             .matters = +[](const Recipe& r) { return in_use(r, "filter"); }});
  add_rows<&Recipe::threshold, all_thresholds>(
      table, RecipeParameter{.key = "threshold.method",
                             .label = "Method",
                             .help = "Who sets the cutoff: you, or an algorithm that looks at the histogram.",
                             .stage = Stage::mask,
                             .matters = +[](const Recipe& r) { return in_use(r, "threshold"); }});
  table.push_back({.key = "network.background_below",
                   .label = "Background below",
                   .kind = ParameterKind::real,
                   .minimum = 0.01,
                   .maximum = 0.99,
                   .step = 0.01,
                   .help = "The mask is where the network finds background less probable than this.",
                   .stage = Stage::mask,
                   .get = get_member<&Recipe::background_below>,
                   .set = set_member<&Recipe::background_below>,
                   .matters = +[](const Recipe& r) { return in_use(r, "network"); }});
  table.insert(table.end(), later_parameters.begin(), later_parameters.end());
  return table;
}

std::vector<RefinementParameter> made_refinement_table() {
  std::vector<RefinementParameter> table;
  add_rows<nullptr, all_repairs>(table, RefinementParameter{.key = "operation",
                                                            .label = "Operation",
                                                            .help = "How the mask is repaired.",
                                                            .stage = Stage::refined,
                                                            .matters = always<Refinement>});
  return table;
}

template <typename Owner>
const Parameter<Owner>& find(std::span<const Parameter<Owner>> table, std::string_view key) {
  const auto found = std::ranges::find(table, key, &Parameter<Owner>::key);
  assert(found != table.end());
  return *found;
}

}  // namespace

std::span<const RecipeParameter> recipe_parameters() {
  static const std::vector<RecipeParameter> table = made_recipe_table();
  return table;
}
std::span<const RefinementParameter> refinement_parameters() {
  static const std::vector<RefinementParameter> table = made_refinement_table();
  return table;
}
const RecipeParameter& recipe_parameter(std::string_view key) { return find(recipe_parameters(), key); }
const RefinementParameter& refinement_parameter(std::string_view key) { return find(refinement_parameters(), key); }

template <>
std::pair<double, double> range_beside(const RecipeParameter& parameter, const Recipe& owner) {
  return range_beside(recipe_parameters(), parameter, owner);
}
template <>
std::pair<double, double> range_beside(const RefinementParameter& parameter, const Refinement& owner) {
  return range_beside(refinement_parameters(), parameter, owner);
}
template std::string allowed(const RecipeParameter&);
template std::string allowed(const RefinementParameter&);
template Result<void> set_checked(const RecipeParameter&, Recipe&, double);
template Result<void> set_checked(const RefinementParameter&, Refinement&, double);
template Json value_to_json(const RecipeParameter&, const Recipe&);
template Json value_to_json(const RefinementParameter&, const Refinement&);

}  // namespace floodlight

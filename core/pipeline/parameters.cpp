#include "core/pipeline/parameters.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "core/pipeline/parameter_checks.h"

namespace floodlight {
namespace {

constexpr Choice channels[] = {{"automatic", "Automatic (luminance of RGB, else the first)", ""},
                               {"1", "Channel 1", "0"},
                               {"2", "Channel 2", "1"},
                               {"3", "Channel 3", "2"},
                               {"4", "Channel 4", "3"}};
constexpr Choice filters[] = {{"none", "None", ""},
                              {"mean", "Mean", "scipy.ndimage.uniform_filter"},
                              {"gaussian", "Gaussian", "skimage.filters.gaussian"},
                              {"median", "Median", "skimage.filters.median"}};
constexpr Choice cutoffs[] = {{"manual", "By hand", ""},
                              {"otsu", "Otsu", "skimage.filters.threshold_otsu"},
                              {"li", "Li", "skimage.filters.threshold_li"},
                              {"yen", "Yen", "skimage.filters.threshold_yen"},
                              {"triangle", "Triangle", "skimage.filters.threshold_triangle"},
                              {"isodata", "Isodata", "skimage.filters.threshold_isodata"},
                              {"mean", "Mean", "skimage.filters.threshold_mean"},
                              {"minimum", "Minimum", "skimage.filters.threshold_minimum"}};
constexpr Choice operations[] = {
    {"remove_small_objects", "Remove small objects", "skimage.morphology.remove_small_objects"},
    {"remove_small_holes", "Remove small holes", "skimage.morphology.remove_small_holes"},
    {"fill_holes", "Fill holes", "scipy.ndimage.binary_fill_holes"},
    {"clear_border", "Clear border", "skimage.segmentation.clear_border"},
    {"erosion", "Erosion", "skimage.morphology.erosion"},
    {"dilation", "Dilation", "skimage.morphology.dilation"},
    {"opening", "Opening", "skimage.morphology.opening"},
    {"closing", "Closing", "skimage.morphology.closing"}};
constexpr Choice shapes[] = {{"disk", "Disk", "skimage.morphology.disk"},
                             {"diamond", "Diamond", "skimage.morphology.diamond"},
                             {"square", "Square", "np.ones"}};
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

bool has_size(const Recipe& r) { return r.filter == FilterMethod::mean || r.filter == FilterMethod::median; }
bool has_sigma(const Recipe& r) { return r.filter == FilterMethod::gaussian; }
bool is_manual(const Recipe& r) { return r.cutoff == CutoffMethod::manual; }
bool has_bins(const Recipe& r) {
  return r.cutoff != CutoffMethod::manual && r.cutoff != CutoffMethod::li && r.cutoff != CutoffMethod::mean;
}
bool has_peaks(const Recipe& r) { return r.seeds == SeedMethod::peaks; }

constexpr double largest_value = 4294967295.0;  // of any integer type that is read

constexpr auto recipe_table = std::to_array<RecipeParameter>({
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

    {.key = "filter.method",
     .label = "Filter",
     .kind = ParameterKind::choice,
     .help = "How each pixel is replaced by a number made from its neighbours.",
     .choices = filters,
     .stage = Stage::filtered,
     .get = get_member<&Recipe::filter>,
     .set = set_member<&Recipe::filter>,
     .matters = always<Recipe>},
    {.key = "filter.size",
     .label = "Size",
     .kind = ParameterKind::integer,
     .minimum = 3,
     .maximum = 31,
     .step = 2,
     .unit = "px",
     .help = "Side of the square neighbourhood. Larger smooths more and rounds off small shapes.",
     .python = "size",
     .stage = Stage::filtered,
     .get = get_member<&Recipe::filter_size>,
     .set = set_member<&Recipe::filter_size>,
     .matters = has_size},
    {.key = "filter.sigma",
     .label = "Sigma",
     .kind = ParameterKind::real,
     .minimum = 0.1,
     .maximum = 20,
     .step = 0.1,
     .unit = "px",
     .help = "Width of the bell of weights. Larger blurs more; the kernel reaches 4 sigma to each side.",
     .python = "sigma",
     .stage = Stage::filtered,
     .get = get_member<&Recipe::sigma>,
     .set = set_member<&Recipe::sigma>,
     .matters = has_sigma},

    {.key = "threshold.method",
     .label = "Method",
     .kind = ParameterKind::choice,
     .help = "Who sets the cutoff: you, or an algorithm that looks at the histogram.",
     .choices = cutoffs,
     .stage = Stage::mask,
     .get = get_member<&Recipe::cutoff>,
     .set = set_member<&Recipe::cutoff>,
     .matters = always<Recipe>},
    {.key = "threshold.value",
     .label = "Cutoff",
     .kind = ParameterKind::real,
     .minimum = -largest_value,
     .maximum = largest_value,
     .step = 1,
     .help = "Pixels brighter than this become foreground.",
     .python = "threshold",
     .stage = Stage::mask,
     .get = get_member<&Recipe::cutoff_value>,
     .set = set_member<&Recipe::cutoff_value>,
     .matters = is_manual},
    {.key = "threshold.bins",
     .label = "Bins",
     .kind = ParameterKind::integer,
     .minimum = 2,
     .maximum = 65536,
     .help = "Bars of the histogram that the method looks at, from the darkest to the brightest pixel.",
     .python = "nbins",
     .stage = Stage::mask,
     .get = get_member<&Recipe::bins>,
     .set = set_member<&Recipe::bins>,
     .matters = has_bins},

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
});

bool has_max_size(const Refinement& r) {
  return r.operation == RefinementOperation::remove_small_objects ||
         r.operation == RefinementOperation::remove_small_holes;
}
bool footprint_matters(const Refinement& r) { return has_footprint(r.operation); }
double get_shape(const Refinement& r) { return static_cast<double>(r.footprint.shape); }
void set_shape(Refinement& r, double value) {
  r.footprint.shape = static_cast<FootprintShape>(static_cast<int>(value));
}
double get_radius(const Refinement& r) { return r.footprint.radius; }
void set_radius(Refinement& r, double value) { r.footprint.radius = static_cast<int>(value); }

constexpr auto refinement_table = std::to_array<RefinementParameter>({
    {.key = "operation",
     .label = "Operation",
     .kind = ParameterKind::choice,
     .help = "How the mask is repaired.",
     .choices = operations,
     .stage = Stage::refined,
     .get = get_member<&Refinement::operation>,
     .set = set_member<&Refinement::operation>,
     .matters = always<Refinement>},
    {.key = "max_size",
     .label = "Up to",
     .kind = ParameterKind::integer,
     .minimum = 0,
     .maximum = 1000000,
     .unit = "px",
     .help = "Objects or holes of at most this many pixels go.",
     .python = "max_size",
     .stage = Stage::refined,
     .get = get_member<&Refinement::max_size>,
     .set = set_member<&Refinement::max_size>,
     .matters = has_max_size},
    {.key = "footprint",
     .label = "Footprint",
     .kind = ParameterKind::choice,
     .help = "The shape that is laid on every pixel.",
     .choices = shapes,
     .stage = Stage::refined,
     .get = get_shape,
     .set = set_shape,
     .matters = footprint_matters},
    {.key = "radius",
     .label = "Radius",
     .kind = ParameterKind::integer,
     .minimum = 1,
     .maximum = 100,
     .unit = "px",
     .help = "The footprint is 2 x radius + 1 pixels wide. Larger also changes more of what was right.",
     .python = "radius",
     .stage = Stage::refined,
     .get = get_radius,
     .set = set_radius,
     .matters = footprint_matters},
});

template <typename Owner>
const Parameter<Owner>& find(std::span<const Parameter<Owner>> table, std::string_view key) {
  const auto found = std::ranges::find(table, key, &Parameter<Owner>::key);
  assert(found != table.end());
  return *found;
}

}  // namespace

std::span<const RecipeParameter> recipe_parameters() { return recipe_table; }
std::span<const RefinementParameter> refinement_parameters() { return refinement_table; }
const RecipeParameter& recipe_parameter(std::string_view key) { return find(recipe_parameters(), key); }
const RefinementParameter& refinement_parameter(std::string_view key) { return find(refinement_parameters(), key); }

template std::string allowed(const RecipeParameter&);
template std::string allowed(const RefinementParameter&);
template Result<void> set_checked(const RecipeParameter&, Recipe&, double);
template Result<void> set_checked(const RefinementParameter&, Refinement&, double);

}  // namespace floodlight

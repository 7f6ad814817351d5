#include "core/segment/small_regions.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/segment/mask_logic.h"
#include "core/segment/region_terms.h"
#include "core/segment/runs.h"

namespace floodlight {

namespace {

/// One side of a mask without its 4-connected regions of at most so many pixels.
Sliced<Mask> without_small_regions(MaskView mask, int max_size, MaskSide side) {
  if (max_size <= 0) co_return as_zeros_and_ones(mask);
  const RunComponents regions = co_await connected_runs_in_slices(mask, Connectivity::four, side);
  const std::vector<std::int64_t> areas = co_await areas_in_slices(regions);
  std::vector<bool> kept(areas.size());
  std::ranges::transform(areas, kept.begin(), [max_size](std::int64_t area) { return area > max_size; });
  co_return co_await mask_of_kept_in_slices(regions, kept, side);
}

}  // namespace

Sliced<Mask> remove_small_objects_in_slices(MaskView mask, int max_size) {
  return without_small_regions(mask, max_size, MaskSide::foreground);
}
Sliced<Mask> remove_small_holes_in_slices(MaskView mask, int max_size) {
  return without_small_regions(mask, max_size, MaskSide::background);
}

Mask remove_small_objects(MaskView mask, int max_size) {
  return remove_small_objects_in_slices(mask, max_size).finish();
}
Mask remove_small_holes(MaskView mask, int max_size) { return remove_small_holes_in_slices(mask, max_size).finish(); }

constinit const Option size_limit = {
    .key = "max_size",
    .label = "Up to",
    .kind = ParameterKind::integer,
    .minimum = 0,
    .maximum = 1000000,
    .initial = 10,
    .unit = "px",
    .help = "Objects or holes of at most this many pixels go.",
    .python = "max_size",
};

OptionValues up_to(int size) { return {{&size_limit, static_cast<double>(size)}}; }

namespace {

constexpr const Option* own_options[] = {&size_limit};

template <auto operation>
Sliced<Mask> apply(MaskView mask, const OptionValues& values) {
  return operation(mask, values.whole(size_limit));
}

constexpr std::string_view invert = "run(\"Invert\");\n";
constexpr std::string_view analyse =
    "run(\"Analyze Particles...\", \"size={max_size+1}-Infinity pixel show=Masks\");\n";
constexpr std::string_view imagej_objects[] = {analyse, imagej_keeps_particles};
// Small holes are the small objects of the inverted mask.
constexpr std::string_view imagej_holes[] = {invert, analyse, imagej_keeps_particles, invert};
constexpr std::string_view eight_neighbours = "Small objects and holes are counted with 8 neighbours, there with 4.";

constexpr RowPitfall pitfalls[] = {
    {.text = "remove_small_objects counts with 4 neighbours: 2 px and 1 px joined by a corner are two.",
     .action = "On the small field",
     .sample = "small_field",
     .chooses = false}};

}  // namespace

constinit const RepairRow repairs::remove_small_objects = {
    .name = "remove_small_objects",
    .label = "Remove small objects",
    .options = own_options,
    .apply = apply<&remove_small_objects_in_slices>,
    .terms = remove_small_objects_at_pixel,
    .judges = Judges::objects,
    .limit = &size_limit,
    .in_diagnosis = "removing small objects",
    .python = "skimage.morphology.remove_small_objects({mask}, max_size={max_size})",
    .python_program = "remove_small_objects({mask}, max_size={max_size})",
    .python_function = R"(def remove_small_objects(mask, max_size):
    """skimage.morphology.remove_small_objects, whose parameter has another name since 0.26."""
    if skimage_version >= (0, 26):
        return skimage.morphology.remove_small_objects(mask, max_size=max_size)
    return skimage.morphology.remove_small_objects(mask, min_size=max_size + 1)
)",
    .python_suffix = "_sized",
    .imagej = imagej_objects,
    .imagej_differs = eight_neighbours,
    .pitfalls = pitfalls,
};

constinit const RepairRow repairs::remove_small_holes = {
    .name = "remove_small_holes",
    .label = "Remove small holes",
    .options = own_options,
    .apply = apply<&remove_small_holes_in_slices>,
    .terms = remove_small_holes_at_pixel,
    .judges = Judges::holes,
    .limit = &size_limit,
    .in_diagnosis = "filling holes of at most {max_size} px",
    .python = "skimage.morphology.remove_small_holes({mask}, max_size={max_size})",
    .python_program = "remove_small_holes({mask}, max_size={max_size})",
    .python_function = R"(def remove_small_holes(mask, max_size):
    """skimage.morphology.remove_small_holes, whose parameter has another name since 0.26."""
    if skimage_version >= (0, 26):
        return skimage.morphology.remove_small_holes(mask, max_size=max_size)
    return skimage.morphology.remove_small_holes(mask, area_threshold=max_size + 1)
)",
    .python_suffix = "_filled",
    .imagej = imagej_holes,
    .imagej_differs = eight_neighbours,
};

}  // namespace floodlight

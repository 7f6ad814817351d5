#include "core/segment/small_regions.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/segment/label.h"
#include "core/segment/mask_logic.h"
#include "core/segment/region_terms.h"

namespace floodlight {

Sliced<Mask> remove_small_objects_in_slices(MaskView mask, int max_size) {
  if (max_size <= 0) co_return as_zeros_and_ones(mask);
  const Components components = co_await label_in_slices(mask, Connectivity::four);
  const std::vector<std::int64_t> areas = areas_of(components);
  co_yield Pause{};
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(components.labels.pixels(), out.pixels().begin(), [&](Label number) {
    return static_cast<std::uint8_t>(number != 0 && areas[static_cast<std::size_t>(number)] > max_size ? 1 : 0);
  });
  co_return out;
}

Sliced<Mask> remove_small_holes_in_slices(MaskView mask, int max_size) {
  const Mask background = inverted(mask);
  const Mask kept = co_await remove_small_objects_in_slices(background, max_size);
  co_return inverted(kept);
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

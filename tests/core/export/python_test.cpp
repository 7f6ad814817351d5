// The recipe as Python, line by line.
#include "core/export/python.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/core/rows.h"

namespace floodlight {
namespace {

TEST(Python, DefaultIsTheLabsPipelineWithTheLabsNames) {
  const Recipe recipe;
  EXPECT_EQ(python_lines(recipe, Stage::raw), "raw_image = tifffile.imread(image_path).astype(\"float32\")");
  EXPECT_EQ(python_lines(recipe, Stage::filtered), "filtered_image = skimage.filters.gaussian(raw_image, sigma=1)");
  EXPECT_EQ(python_lines(recipe, Stage::mask),
            "threshold = skimage.filters.threshold_otsu(filtered_image)\n"
            "binary_mask = filtered_image > threshold");
  EXPECT_EQ(python_lines(recipe, Stage::components), "labeled_image = skimage.measure.label(binary_mask)");
  EXPECT_EQ(python_lines(recipe, Stage::refined),
            "binary_mask_sized = skimage.morphology.remove_small_objects(binary_mask, max_size=10)\n"
            "binary_mask_closed = skimage.morphology.closing(binary_mask_sized, skimage.morphology.disk(1), "
            "mode=\"ignore\")");
  EXPECT_EQ(python_lines(recipe, Stage::distance),
            "distance_transform = scipy.ndimage.distance_transform_edt(binary_mask_closed)");
  EXPECT_EQ(python_lines(recipe, Stage::seeds),
            "local_maxima_coords = skimage.feature.peak_local_max(distance_transform, footprint=np.ones((25, 25)), "
            "min_distance=10)\n"
            "local_maxima_image = np.zeros(binary_mask.shape, dtype=bool)\n"
            "local_maxima_image[tuple(local_maxima_coords.T)] = True\n"
            "seeds = skimage.measure.label(local_maxima_image)");
  EXPECT_EQ(python_lines(recipe, Stage::labels),
            "labeled_ws_image = skimage.segmentation.watershed(-distance_transform, seeds, mask=binary_mask_closed)");
  EXPECT_EQ(python_lines(recipe, Stage::measurements),
            "seg_summary_refined = pd.DataFrame(skimage.measure.regionprops_table(\n"
            "    labeled_ws_image, intensity_image=raw_image.astype(\"float64\"), properties=(\"label\", \"area\",\n"
            "    \"centroid\", \"bbox\", \"intensity_mean\", \"intensity_max\", \"perimeter\", \"eccentricity\", "
            "\"solidity\",\n"
            "    \"axis_major_length\", \"axis_minor_length\", \"orientation\", \"equivalent_diameter_area\")))");
}

TEST(Python, InputChoosesPageAndChannelAndReplacesNan) {
  Recipe recipe;
  recipe.page = 3;
  recipe.channel = Channel::second;
  recipe.nonfinite_as_zero = true;
  EXPECT_EQ(python_lines(recipe, Stage::raw),
            "raw_image = tifffile.imread(image_path, key=3).astype(\"float32\")\n"
            "raw_image = np.nan_to_num(raw_image, nan=0, posinf=0, neginf=0)");
  EXPECT_EQ(python_lines(recipe, Stage::raw, PythonFor::typing, {.samples = 2}),
            "raw_image = tifffile.imread(image_path, key=3)[..., 1].astype(\"float32\")\n"
            "raw_image = np.nan_to_num(raw_image, nan=0, posinf=0, neginf=0)");
}

TEST(Python, APageOfSeveralIsNamedAlsoTheFirst) {
  EXPECT_EQ(python_lines({}, Stage::raw, PythonFor::typing, {.kept = PagesKept::directories}),
            "raw_image = tifffile.imread(image_path, key=0).astype(\"float32\")");
  Recipe recipe;
  recipe.page = 4;
  EXPECT_EQ(python_lines(recipe, Stage::raw, PythonFor::typing, {.rows = 20, .cols = 30, .kept = PagesKept::stack}),
            "raw_image = tifffile.imread(image_path).reshape(-1, 20, 30)[4].astype(\"float32\")");
}

TEST(Python, ChannelsThatLieInPlanesComeFirst) {
  const TiffPage planar{.channels = 3, .samples = 3, .planar = true};
  EXPECT_EQ(python_lines({}, Stage::raw, PythonFor::typing, planar),
            "raw_image = tifffile.imread(image_path)[0].astype(\"float32\")");
  const TiffPage alpha{.channels = 1, .samples = 2};
  EXPECT_EQ(python_lines({}, Stage::raw, PythonFor::typing, alpha),
            "raw_image = tifffile.imread(image_path)[..., 0].astype(\"float32\")");
}

TEST(Python, AnRgbImageGivesItsLuminanceUnlessTheRecipeNamesAChannel) {
  Recipe recipe;
  const TiffPage rgb{.channels = 3, .samples = 3, .rgb = true};
  EXPECT_EQ(python_lines(recipe, Stage::raw, PythonFor::typing, rgb),
            "rgb = tifffile.imread(image_path).astype(\"float64\")\n"
            "raw_image = (0.2125 * rgb[..., 0] + 0.7154 * rgb[..., 1] + 0.0721 * rgb[..., 2]).astype(\"float32\")");
  recipe.channel = Channel::first;
  EXPECT_EQ(python_lines(recipe, Stage::raw, PythonFor::typing, rgb),
            "raw_image = tifffile.imread(image_path)[..., 0].astype(\"float32\")");
}

TEST(Python, PixelSizeAddsMicrometres) {
  Recipe recipe;
  recipe.pixel_size_um = 0.65;
  EXPECT_TRUE(python_lines(recipe, Stage::measurements)
                  .ends_with("\npixel_size_um = 0.65\n"
                             "seg_summary_refined[\"area_um2\"] = seg_summary_refined[\"area\"] * pixel_size_um**2\n"
                             "for length in (\"perimeter\", \"axis_major_length\", \"axis_minor_length\", "
                             "\"equivalent_diameter_area\"):\n"
                             "    seg_summary_refined[length + \"_um\"] = seg_summary_refined[length] * "
                             "pixel_size_um"));
}

TEST(Python, EveryFilter) {
  Recipe recipe;
  recipe.filter[window_size] = 5;
  recipe.filter[gaussian_sigma] = 2.5;
  const auto line = [&](const FilterRow& method) {
    recipe.filter = method;
    return python_lines(recipe, Stage::filtered);
  };
  EXPECT_EQ(line(filters::none), "filtered_image = raw_image");
  EXPECT_EQ(line(filters::mean), "filtered_image = scipy.ndimage.uniform_filter(raw_image, size=5, mode=\"nearest\")");
  EXPECT_EQ(line(filters::gaussian), "filtered_image = skimage.filters.gaussian(raw_image, sigma=2.5)");
  EXPECT_EQ(line(filters::median), "filtered_image = skimage.filters.median(raw_image, np.ones((5, 5)))");
  recipe.filter[kept_value] = 2;
  EXPECT_EQ(line(filters::one_value), "filtered_image = (raw_image == 2).astype(\"float32\")");
}

TEST(Python, EveryThreshold) {
  Recipe recipe;
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = 82.5;
  EXPECT_EQ(python_lines(recipe, Stage::mask), "threshold = 82.5\nbinary_mask = filtered_image > threshold");
  recipe.threshold = thresholds::li;
  EXPECT_EQ(python_lines(recipe, Stage::mask),
            "threshold = skimage.filters.threshold_li(filtered_image.astype(\"float64\"))\n"
            "binary_mask = filtered_image > threshold");
  recipe.threshold = thresholds::yen;
  recipe.threshold[histogram_bins] = 64;
  EXPECT_EQ(python_lines(recipe, Stage::mask),
            "threshold = skimage.filters.threshold_yen(filtered_image, nbins=64)\n"
            "binary_mask = filtered_image > threshold");
  EXPECT_EQ(python_raw_threshold(recipe),
            "threshold = skimage.filters.threshold_yen(raw_image, nbins=64)\nbinary_mask = raw_image > threshold");
}

TEST(Python, RefinementsHandTheirMaskOn) {
  Recipe recipe;
  recipe.refinements = {repairs::fill_holes,
                        {repairs::opening, values_of({FootprintShape::square, 2})},
                        {repairs::remove_small_holes, up_to(64)},
                        {repairs::erosion, values_of({FootprintShape::diamond, 3})},
                        repairs::clear_border};
  EXPECT_EQ(python_lines(recipe, Stage::refined),
            "binary_mask_filled = scipy.ndimage.binary_fill_holes(binary_mask)\n"
            "binary_mask_opened = skimage.morphology.opening(binary_mask_filled, np.ones((5, 5)), mode=\"ignore\")\n"
            "binary_mask_filled = skimage.morphology.remove_small_holes(binary_mask_opened, max_size=64)\n"
            "binary_mask_eroded = skimage.morphology.erosion(binary_mask_filled, skimage.morphology.diamond(3), "
            "mode=\"ignore\")\n"
            "binary_mask_cleared = skimage.segmentation.clear_border(binary_mask_eroded)");
  EXPECT_EQ(python_lines(recipe, Stage::distance),
            "distance_transform = scipy.ndimage.distance_transform_edt(binary_mask_cleared)");
}

TEST(Python, WithoutRefinementsTheMaskStays) {
  Recipe recipe;
  recipe.refinements.clear();
  EXPECT_EQ(python_lines(recipe, Stage::refined), "# binary_mask stays as it is");
  EXPECT_EQ(python_lines(recipe, Stage::distance),
            "distance_transform = scipy.ndimage.distance_transform_edt(binary_mask)");
  EXPECT_EQ(python_lines(recipe, Stage::labels),
            "labeled_ws_image = skimage.segmentation.watershed(-distance_transform, seeds, mask=binary_mask)");
}

TEST(Python, SeedsKeepTheBorderOrStandByHand) {
  Recipe recipe;
  recipe.exclude_border = false;
  recipe.threshold_abs = 2.5;
  const auto first_line = [&] {
    const std::string lines = python_lines(recipe, Stage::seeds);
    return lines.substr(0, lines.find('\n'));
  };
  EXPECT_EQ(first_line(),
            "local_maxima_coords = skimage.feature.peak_local_max(distance_transform, footprint=np.ones((25, 25)), "
            "min_distance=10, exclude_border=False, threshold_abs=2.5)");
  recipe.seeds = SeedMethod::every_maximum;
  EXPECT_EQ(first_line(),
            "local_maxima_coords = skimage.feature.peak_local_max(distance_transform, min_distance=1, "
            "exclude_border=False)");
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = {{3, 4}, {10, 0}};
  EXPECT_EQ(first_line(), "local_maxima_coords = np.array([[3, 4], [10, 0]], dtype=int).reshape(-1, 2)");
  recipe.seeds_by_hand.clear();
  EXPECT_EQ(first_line(), "local_maxima_coords = np.array([], dtype=int).reshape(-1, 2)");
}

TEST(Python, WatershedNamesWhatDiffersFromTheDefault) {
  Recipe recipe;
  recipe.flooded = FloodedImage::intensity;
  recipe.connectivity = Connectivity::eight;
  recipe.line = true;
  recipe.compactness = 0.1;
  EXPECT_EQ(python_lines(recipe, Stage::labels),
            "labeled_ws_image = skimage.segmentation.watershed(-filtered_image, seeds, mask=binary_mask_closed, "
            "connectivity=2, watershed_line=True, compactness=0.1)");
}

}  // namespace
}  // namespace floodlight

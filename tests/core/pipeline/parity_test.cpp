// Every stage and every operation against the digests of what scikit-image 0.26.0 gave: for the repository's own golden
// images always, for the whole reference folder when it is there.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "core/segment/distance_transform.h"
#include "core/segment/filter.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "core/segment/morphology.h"
#include "core/segment/peaks.h"
#include "core/segment/threshold.h"
#include "core/segment/watershed.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using Distances = Image<std::int32_t>;

/// The lab's recipe, as far as the reference varies it.
struct Lab {
  int small_objects = 10;
  int window = 25;
  int min_distance = 10;
  bool exclude_border = true;
};
constexpr Lab lecture_lab{.small_objects = 3, .window = 5, .min_distance = 1, .exclude_border = false};
constexpr Lab small_field_lab{.small_objects = 3, .window = 7, .min_distance = 2, .exclude_border = false};

struct Stages {
  Image<float> filtered;
  double threshold = 0;
  Mask mask;
  Mask sized;
  Mask closed;
  Distances squared;
  std::vector<Pixel> peaks;
  Components seeds;
  LabelImage labels;
};

template <typename T>
Image<T> negated(const Image<T>& image) {
  Image<T> out = image;
  for (T& value : out.pixels()) value = -value;
  return out;
}

template <typename T>
LabelImage flood(const Image<T>& image, const LabelImage& seeds, const Mask& mask,
                 const WatershedOptions& options = {}) {
  return watershed<T>(image.view(), seeds, mask, options);
}

std::vector<Pixel> peaks_of(const Distances& squared, const PeakOptions<std::int32_t>& options) {
  return peak_local_max<std::int32_t>(squared.view(), options);
}

Stages run_lab(const Image<float>& raw, const Lab& lab) {
  Stages s;
  s.filtered = gaussian(raw, 1);
  s.threshold = threshold(s.filtered, ThresholdMethod::otsu).value();
  s.mask = above(s.filtered, s.threshold);
  s.sized = remove_small_objects(s.mask, lab.small_objects);
  s.closed = closing(s.sized, {.shape = FootprintShape::disk, .radius = 1});
  s.squared = distance_squared(s.closed);
  s.peaks = peaks_of(s.squared, {.window = lab.window,
                                 .min_distance = lab.min_distance,
                                 .exclude_border = lab.exclude_border,
                                 .threshold_abs = std::nullopt});
  s.seeds = seeds_from_peaks(s.peaks, raw.rows(), raw.cols());
  s.labels = flood(negated(s.squared), s.seeds.labels, s.closed);
  return s;
}

void expect_lab(const std::string& name, const Stages& s, const Json& lab) {
  EXPECT_EQ(s.threshold, std::strtod(member(lab, "threshold_hex").string()->c_str(), nullptr)) << name;
  const auto check = [&](const char* stage, const auto& image) {
    expect_digest(name + " " + stage, image, member(lab, stage));
  };
  check("filtered", s.filtered);
  check("mask", s.mask);
  check("sized", s.sized);
  check("closed", s.closed);
  check("distance_squared", s.squared);
  check("peaks", s.peaks);
  check("seeds", s.seeds.labels);
  check("labels", s.labels);
  const Components components = label(s.mask);
  check("mask_labels", components.labels);
  EXPECT_EQ(components.count, *member(lab, "n_mask_labels").number()) << name;
}

/// Checks one entry of `variants` after the other and remembers how many, so that none is passed over.
class Variants {
 public:
  Variants(std::string image, const Image<float>& raw, const Stages& stages, const Json& expected)
      : image_(std::move(image)), raw_(raw), s_(stages), expected_(expected) {}

  void check_all() {
    filters();
    thresholds();
    labels_and_floods();
    repairs();
    peaks();
    EXPECT_EQ(checked_, expected_.object()->size()) << image_ << ": entries of the reference that no test looked at";
  }

 private:
  void check(const std::string& name, const auto& value) {
    expect_digest(image_ + " " + name, value, member(expected_, name));
    ++checked_;
  }

  void filters() {
    for (const int size : {3, 5, 9}) {
      check("mean_" + std::to_string(size), mean(raw_, size));
      check("median_" + std::to_string(size), median(raw_, size));
    }
    check("median_11", median(raw_, 11));
    check("mean_31", mean(raw_, 31));
    Image<float> corner(std::min(raw_.rows(), 96), std::min(raw_.cols(), 96));
    for (int r = 0; r < corner.rows(); ++r) std::copy_n(raw_.view().row(r), corner.cols(), corner.view().row(r));
    check("median_31_corner_96", median(corner, 31));
    for (const auto& [name, sigma] : {std::pair{"0.1", 0.1},
                                      {"0.5", 0.5},
                                      {"2.0", 2.0},
                                      {"3.0", 3.0},
                                      {"5.0", 5.0},
                                      {"10.0", 10.0},
                                      {"20.0", 20.0}}) {
      check(std::string("gaussian_") + name, gaussian(raw_, sigma));
    }
  }

  void thresholds() {
    using enum ThresholdMethod;
    for (const auto& [name, method] : {std::pair{"otsu", otsu},
                                       {"li", li},
                                       {"yen", yen},
                                       {"triangle", triangle},
                                       {"isodata", isodata},
                                       {"mean", ThresholdMethod::mean},
                                       {"minimum", minimum}}) {
      for (const auto& [source, image] : {std::pair{"raw", &raw_}, {"filtered", &s_.filtered}}) {
        const std::string entry = std::string("threshold_") + name + "_" + source;
        const Json& expected = member(expected_, entry);
        const Result<double> found = threshold(*image, method);
        ++checked_;
        if (expected.find("error") != nullptr) {
          EXPECT_FALSE(found.has_value()) << image_ << " " << entry << ": scikit-image refuses";
          continue;
        }
        ASSERT_TRUE(found.has_value()) << image_ << " " << entry << ": " << found.error().message;
        const double value = std::strtod(member(expected, "hex").string()->c_str(), nullptr);
        // numpy's order of summation is not prescribed for these two.
        const bool loose = method == li || method == ThresholdMethod::mean;
        EXPECT_NEAR(*found, value, loose ? 1e-6 * std::abs(value) : 0) << image_ << " " << entry;
      }
    }
  }

  void labels_and_floods() {
    using enum Connectivity;
    const Distances minus = negated(s_.squared);
    const LabelImage& seeds = s_.seeds.labels;
    for (const Connectivity connectivity : {four, eight}) {
      const int c = static_cast<int>(connectivity);
      check("label_connectivity_" + std::to_string(c), label(s_.mask, connectivity).labels);
      check("watershed_connectivity_" + std::to_string(c),
            flood(minus, seeds, s_.closed, {.connectivity = connectivity}));
    }
    check("watershed_line", flood(minus, seeds, s_.closed, {.line = true}));
    check("watershed_line_connectivity_2", flood(minus, seeds, s_.closed, {.connectivity = eight, .line = true}));
    check("watershed_compactness_0.1", flood(negated(distance(s_.squared)), seeds, s_.closed, {.compactness = 0.1}));
    check("watershed_without_mask", flood(minus, seeds, {}));
    check("watershed_without_minus", flood(s_.squared, seeds, s_.closed));
    check("watershed_on_intensity", flood(negated(s_.filtered), seeds, s_.closed));
  }

  void repairs() {
    using enum FootprintShape;
    for (const auto& [name, footprint] : {std::pair{"cross", Footprint{disk, 1}},
                                          {"disk_1", {disk, 1}},
                                          {"disk_2", {disk, 2}},
                                          {"disk_5", {disk, 5}},
                                          {"disk_10", {disk, 10}},
                                          {"diamond_2", {diamond, 2}},
                                          {"diamond_5", {diamond, 5}},
                                          {"square_3", {square, 1}},
                                          {"square_7", {square, 3}}}) {
      check(std::string("binary_erosion_") + name, erosion(s_.mask, footprint));
      check(std::string("binary_dilation_") + name, dilation(s_.mask, footprint));
      check(std::string("binary_opening_") + name, opening(s_.mask, footprint));
      check(std::string("binary_closing_") + name, closing(s_.mask, footprint));
    }
    check("fill_holes", fill_holes(s_.mask));
    check("remove_small_holes_64", remove_small_holes(s_.mask, 64));
    check("remove_small_objects_50", remove_small_objects(s_.mask, 50));
    check("clear_border_mask", clear_border(s_.mask));
    check("clear_border", clear_border(s_.labels));
  }

  void peaks() {
    for (const auto& [name, cutoff] : {std::pair{"2.0", 2.0}, {"5.0", 5.0}}) {
      check(std::string("peaks_25_10_threshold_abs_") + name,
            peaks_of(
                s_.squared,
                {.window = 25, .min_distance = 10, .exclude_border = false, .threshold_abs = squared_cutoff(cutoff)}));
    }
    for (const bool exclude : {true, false}) {
      for (const int apart : {1, 5, 10, 20}) {
        const char* border = exclude ? "_border_excluded" : "_border_kept";
        PeakOptions<std::int32_t> options{
            .window = 25, .min_distance = apart, .exclude_border = exclude, .threshold_abs = {}};
        check("peaks_25_" + std::to_string(apart) + border, peaks_of(s_.squared, options));
        options.window = 0;
        check("peaks_default_" + std::to_string(apart) + border, peaks_of(s_.squared, options));
      }
    }
  }

  std::string image_;
  const Image<float>& raw_;
  const Stages& s_;
  const Json& expected_;
  std::size_t checked_ = 0;
};

void expect_image(const std::string& name, const Image<float>& raw, const Lab& lab, const Json& expected) {
  const Stages stages = run_lab(raw, lab);
  expect_lab(name, stages, member(expected, "lab"));
  if (const Json* variants = expected.find("variants")) Variants(name, raw, stages, *variants).check_all();
  if (const Json* table = expected.find("regionprops")) {
    expect_regions(name, region_properties(stages.labels, raw), *table);
  }
}

struct Flooded {
  LabelImage seeds;
  LabelImage labels;
};

/// One stress page: everything but the digests of seeds and labels, which the caller compares.
Flooded expect_stress_page(const std::string& name, const Mask& mask, const Json& page) {
  const Distances squared = distance_squared(mask);
  const Distances minus = negated(squared);
  const auto peaks = peaks_of(squared, {.window = 0, .min_distance = 1, .exclude_border = false, .threshold_abs = {}});
  Flooded result;
  result.seeds = seeds_from_peaks(peaks, mask.rows(), mask.cols()).labels;
  result.labels = flood(minus, result.seeds, mask);
  const auto check = [&](const char* entry, const auto& image) {
    expect_digest(name + " " + entry, image, member(page, entry));
  };
  check("line", flood(minus, result.seeds, mask, {.line = true}));
  check("connectivity_2", flood(minus, result.seeds, mask, {.connectivity = Connectivity::eight}));
  check("closing_disk_2", closing(mask, {FootprintShape::disk, 2}));
  check("opening_square_3", opening(mask, {FootprintShape::square, 1}));
  check("fill_holes", fill_holes(mask));
  check("label_4", label(mask, Connectivity::four).labels);
  check("label_8", label(mask, Connectivity::eight).labels);
  check("remove_small_objects_10", remove_small_objects(mask, 10));
  if (const Json* table = page.find("regionprops")) {
    Image<float> raster(mask.rows(), mask.cols());
    for (std::size_t i = 0; i < raster.size(); ++i) raster.pixels()[i] = static_cast<float>(i);
    expect_regions(name, region_properties(result.labels, raster), *table);
  }
  return result;
}

Mask as_mask(const Image<float>& image) { return above(image, 0); }

const Json& golden() {
  static const Json json = read_json(data_path("golden.json"));
  return json;
}

TEST(Parity, ReproducesEveryStageAndOperationOnTheLectureGrid) {
  expect_image("lecture_grid", read_csv(asset_path("pixel_grid.csv")), lecture_lab,
               member(member(golden(), "images"), "lecture_grid"));
}

TEST(Parity, ReproducesEveryStageAndOperationOnTheSmallField) {
  expect_image("small_field", read_csv(asset_path("small_field.csv")), small_field_lab,
               member(member(golden(), "images"), "small_field"));
}

TEST(Parity, ReproducesTheStressMasks) {
  const std::vector<Image<float>> masks = read_pages(data_path("stress_masks.tif"));
  const Json::Array& pages = *member(member(golden(), "stress"), "pages").array();
  ASSERT_EQ(masks.size(), pages.size());
  for (std::size_t k = 0; k < masks.size(); ++k) {
    const std::string name = "stress page " + std::to_string(k);
    const Flooded flooded = expect_stress_page(name, as_mask(masks[k]), pages[k]);
    expect_digest(name + " seeds", flooded.seeds, member(pages[k], "seeds"));
    expect_digest(name + " labels", flooded.labels, member(pages[k], "labels"));
  }
}

/// Skips its tests, and says so, when the reference folder is not there.
class ParityShared : public testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> path = shared_path("parity/reference.json");
    if (!path) {
      std::puts("NOT TESTED: there is no parity/reference.json in ../shared (or where FLOODLIGHT_SHARED points)");
      GTEST_SKIP();
    }
    reference_ = read_json(*path);
  }

  Json reference_;
};

TEST_F(ParityShared, ReproducesEveryStressPageWithItsRegionProperties) {
  const Json::Array& pages = *member(member(reference_, "stress"), "pages").array();
  const std::vector<Image<float>> masks = read_pages(shared_path("parity/stress_masks.tif").value());
  const std::vector<LabelImage> seeds = read_label_pages(shared_path("parity/stress_seeds.tif").value());
  const std::vector<LabelImage> labels = read_label_pages(shared_path("parity/stress_labels.tif").value());
  ASSERT_EQ(pages.size(), 120U);
  ASSERT_EQ(masks.size(), pages.size());
  ASSERT_EQ(seeds.size(), pages.size());
  ASSERT_EQ(labels.size(), pages.size());
  for (std::size_t k = 0; k < masks.size(); ++k) {
    const Flooded flooded = expect_stress_page("stress page " + std::to_string(k), as_mask(masks[k]), pages[k]);
    EXPECT_TRUE(flooded.seeds == seeds[k]) << "seeds of page " << k;
    EXPECT_TRUE(flooded.labels == labels[k]) << "labels of page " << k;
  }
}

TEST_F(ParityShared, HoldsNoImageThatIsNotTestedHere) { EXPECT_EQ(member(reference_, "images").object()->size(), 27U); }

std::string nucleus_image(int number) { return (number < 10 ? "nuclei_0" : "nuclei_") + std::to_string(number); }

class ParitySharedImage : public ParityShared, public testing::WithParamInterface<int> {};

TEST_P(ParitySharedImage, ReproducesEveryStageAndOperation) {
  const std::string name = nucleus_image(GetParam());
  const std::optional<std::string> image = shared_path("nuclei/" + name + ".tif");
  ASSERT_TRUE(image.has_value()) << name;
  expect_image(name, read_image(*image), {}, member(member(reference_, "images"), name));
}
INSTANTIATE_TEST_SUITE_P(Nuclei, ParitySharedImage, testing::Range(1, 26),
                         [](const auto& image) { return nucleus_image(image.param); });

}  // namespace
}  // namespace floodlight::test

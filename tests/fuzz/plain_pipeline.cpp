#include "tests/fuzz/plain_pipeline.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "tests/core/rows.h"
#include "tests/core/segment/plain.h"
#include "tests/fuzz/require.h"

namespace floodlight::fuzz {
namespace {

using test::plain_labels;

LabelImage as_labels(const Mask& mask, bool foreground = true) {
  LabelImage image(mask.rows(), mask.cols());
  std::ranges::transform(mask.pixels(), image.pixels().begin(),
                         [&](std::uint8_t value) { return (value != 0) == foreground ? 1 : 0; });
  return image;
}

bool near(double a, double b, double allowed) { return std::abs(a - b) <= allowed; }

double largest_size(FloatView image) {
  double largest = 0;
  for (const float value : image.pixels()) largest = std::max(largest, static_cast<double>(std::abs(value)));
  return largest;
}

// --- filter ----------------------------------------------------------------------------------------------------------------

/// The weights under the whole bell, which sum to 1.
Image<double> bell(double sigma) {
  const int radius = static_cast<int>(4 * sigma + 0.5);
  Image<double> weights(2 * radius + 1, 2 * radius + 1);
  double sum = 0;
  for (int r = -radius; r <= radius; ++r) {
    for (int c = -radius; c <= radius; ++c) {
      sum += weights[r + radius, c + radius] = std::exp(-(r * r + c * c) / (2 * sigma * sigma));
    }
  }
  for (double& weight : weights.pixels()) weight /= sum;
  return weights;
}

double plain_gaussian(FloatView image, int row, int col, const Image<double>& weights) {
  const int radius = weights.rows() / 2;
  double sum = 0;
  for (int r = -radius; r <= radius; ++r) {
    for (int c = -radius; c <= radius; ++c) {
      sum += weights[r + radius, c + radius] * static_cast<double>(test::clamped(image, row + r, col + c));
    }
  }
  return sum;
}

void check_filtered(const StageValues& values, const Recipe& recipe) {
  const Image<float>& raw = values.raw;
  const Image<float>& filtered = values.filtered;
  require(filtered.rows() == raw.rows() && filtered.cols() == raw.cols(), "the filtered image has the image's shape");
  const int size = recipe.filter.values.whole(window_size);
  if (recipe.filter == filters::one_value) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const bool kept = static_cast<double>(raw.pixels()[i]) == recipe.filter[kept_value];
      require(filtered.pixels()[i] == (kept ? 1.0F : 0.0F), "one value is 1, all others are 0");
    }
  }
  if (recipe.filter == filters::none) require(filtered == raw, "no filter changes nothing");
  if (recipe.filter == filters::median) {
    require(filtered == test::plain_median(raw, size), "the median is the middle one");
  }
  const double allowed = 1e-5 * largest_size(raw);
  const bool difference = recipe.filter == filters::difference_of_gaussians;
  const Image<double> weights = bell(recipe.filter[difference ? low_sigma : gaussian_sigma]);
  const Image<double> wide = bell(difference ? recipe.filter[high_sigma] : 0.1);
  for (int row = 0; row < raw.rows(); ++row) {
    for (int col = 0; col < raw.cols(); ++col) {
      const auto found = static_cast<double>(filtered[row, col]);
      if (recipe.filter == filters::gaussian) {
        require(near(found, plain_gaussian(raw, row, col, weights), allowed), "the Gaussian is a weighted mean");
      }
      if (difference) {
        const double expected = plain_gaussian(raw, row, col, weights) - plain_gaussian(raw, row, col, wide);
        require(near(found, expected, allowed), "the difference of Gaussians is that of two weighted means");
      }
      if (recipe.filter == filters::mean) {
        double sum = 0;
        for (const float value : test::neighbourhood(raw, row, col, size)) sum += static_cast<double>(value);
        require(near(found, sum / (size * size), allowed), "the mean is a mean");
      }
    }
  }
}

// --- threshold -------------------------------------------------------------------------------------------------------------

/// For each bin but the last, how good it is as Otsu's, Yen's cutoff: the larger, the better.
std::vector<double> criteria(const Histogram& h, const Chosen<ThresholdRow>& method) {
  std::vector<double> result;
  double total = 0;
  for (const auto count : h.counts) total += static_cast<double>(count);
  for (std::size_t last = 0; last + 1 < h.counts.size(); ++last) {
    double count[2] = {0, 0};
    double sum[2] = {0, 0};
    double squares[2] = {0, 0};
    for (std::size_t i = 0; i < h.counts.size(); ++i) {
      const auto n = static_cast<double>(h.counts[i]);
      count[i > last] += n;
      sum[i > last] += n * static_cast<double>(h.centres[i]);
      squares[i > last] += n * n / (total * total);
    }
    const double apart = sum[0] / count[0] - sum[1] / count[1];
    const double spread = count[0] * count[1] / (total * total);
    result.push_back(method == thresholds::otsu ? spread * apart * apart
                                                : std::exp(2 * std::log(spread) - std::log(squares[0] * squares[1])));
  }
  return result;
}

/// How far each bin of the longer tail lies below the line from its end to the peak; of the others nothing.
std::vector<double> below_the_line(const Histogram& h) {
  const auto n = static_cast<int>(h.counts.size());
  const auto height = [&](int i) { return static_cast<double>(h.counts[static_cast<std::size_t>(i)]); };
  int first = 0;
  int last = n - 1;
  while (height(first) == 0) ++first;
  while (height(last) == 0) --last;
  int peak = 0;
  for (int i = 0; i < n; ++i) peak = height(i) > height(peak) ? i : peak;
  const int end = peak - first < last - peak ? last : first;
  std::vector<double> below(h.counts.size(), -1e300);
  for (int i = first; i <= last; ++i) {
    if (i == peak || (i - peak) * (i - end) > 0) continue;  // the peak itself, or on its other side
    // Twice the triangle's area without its base, which is the same for all. The line goes from 0, whatever stands there.
    below[static_cast<std::size_t>(i)] = height(peak) * std::abs(i - end) - std::abs(peak - end) * height(i);
  }
  return below;
}

void check_best(const std::vector<double>& goodness, const Histogram& h, double cutoff) {
  const auto found = std::ranges::find(h.centres, static_cast<float>(cutoff));
  require(found != h.centres.end(), "the cutoff is the centre of a bin");
  const auto place = static_cast<std::size_t>(found - h.centres.begin());
  const double best = std::ranges::max(goodness);
  require(place < goodness.size() && goodness[place] >= best - 1e-4 * std::abs(best), "no other bin would be better");
}

void check_cutoff(const Thresholded& t, FloatView filtered, const Recipe& recipe) {
  const auto [low, high] = std::ranges::minmax(filtered.pixels());
  if (recipe.threshold == thresholds::manual) {
    require(t.cutoff.lowest == static_cast<double>(static_cast<float>(recipe.threshold[cutoff_value])),
            "the cutoff by hand is what was set");
    return;
  }
  const double allowed = 1e-6 * largest_size(filtered);
  require(t.cutoff.differs() == (recipe.threshold == thresholds::local),
          "one cutoff for all, but of the local threshold");
  if (t.cutoff.differs()) {
    require(t.cutoff.image ==
                threshold_local(filtered, recipe.threshold.values.whole(block_size), recipe.threshold[block_offset]),
            "the cutoffs are those of the local threshold");
    return;
  }
  const double cutoff = t.cutoff.lowest;
  require(cutoff >= static_cast<double>(low) - allowed && cutoff <= static_cast<double>(high) + allowed,
          "the cutoff lies among the values");
  if (low == high) return;
  const Histogram& h = t.histogram;
  if (recipe.threshold == thresholds::otsu || recipe.threshold == thresholds::yen) {
    check_best(criteria(h, recipe.threshold), h, cutoff);
  }
  if (recipe.threshold == thresholds::triangle) check_best(below_the_line(h), h, cutoff);
  if (recipe.threshold == thresholds::mean) {
    double sum = 0;
    for (const float value : filtered.pixels()) sum += static_cast<double>(value);
    require(near(cutoff, sum / static_cast<double>(filtered.size()), allowed), "the mean is a mean");
  }
  if (recipe.threshold == thresholds::isodata) {
    double count[2] = {0, 0};
    double sum[2] = {0, 0};
    for (std::size_t i = 0; i < h.counts.size(); ++i) {
      const bool above = static_cast<double>(h.centres[i]) > cutoff;
      count[above] += static_cast<double>(h.counts[i]);
      sum[above] += static_cast<double>(h.counts[i]) * static_cast<double>(h.centres[i]);
    }
    const double halfway = (sum[0] / count[0] + sum[1] / count[1]) / 2 - cutoff;
    const auto width = static_cast<double>(h.centres[1] - h.centres[0]);
    require(halfway >= -0.01 * width && halfway <= 1.01 * width, "the cutoff lies halfway between the two means");
  }
}

void check_thresholded(const Thresholded& t, FloatView filtered, const Recipe& recipe) {
  check_cutoff(t, filtered, recipe);
  std::int64_t above = 0;
  std::int64_t equal = 0;
  for (int row = 0; row < filtered.rows(); ++row) {
    for (int col = 0; col < filtered.cols(); ++col) {
      const auto value = static_cast<double>(filtered[row, col]);
      const double cutoff = t.cutoff.at({row, col});
      require(t.mask[row, col] == (value > cutoff ? 1 : 0), "the mask is what is above the cutoff");
      above += value > cutoff ? 1 : 0;
      equal += value == cutoff ? 1 : 0;
    }
  }
  require(t.above == above && t.equal == equal, "what is above the cutoff, and what equals it, is counted");
  std::vector<std::int64_t> counts(t.histogram.counts.size());
  for (const float value : filtered.pixels()) {
    std::size_t bin = 0;
    while (bin + 1 < counts.size() && value >= t.histogram.edges[bin + 1]) ++bin;
    ++counts[bin];
  }
  require(t.histogram.counts == counts, "every pixel is counted in the bin whose edges hold it");
}

// --- components and repairs ------------------------------------------------------------------------------------------------

std::vector<std::int64_t> sizes_of(const LabelImage& labels) {
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(std::ranges::max(labels.pixels())) + 1);
  for (const Label l : labels.pixels()) ++sizes[static_cast<std::size_t>(l)];
  return sizes;
}

std::set<Label> at_border(const LabelImage& labels) {
  std::set<Label> found;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (row == 0 || col == 0 || row == labels.rows() - 1 || col == labels.cols() - 1) found.insert(labels[row, col]);
    }
  }
  return found;
}

void check_components(const StageValues& values) {
  const LabelImage labels = plain_labels(as_labels(values.thresholded.mask), Connectivity::eight);
  require(values.components.labels == labels, "components are what a flood fill reaches");
  require(values.components.count == std::ranges::max(labels.pixels()), "components are counted");
  require(values.component_sizes == sizes_of(labels), "the components' pixels are counted");
  for (Label l = 1; l <= values.components.count; ++l) {
    const auto first = static_cast<std::uint32_t>(std::ranges::find(labels.pixels(), l) - labels.pixels().begin());
    require(values.component_firsts[static_cast<std::size_t>(l)] == first, "each component's first pixel is known");
  }
}

Mask without_small(const Mask& mask, int max_size, bool foreground) {
  const LabelImage regions = plain_labels(as_labels(mask, foreground), Connectivity::four);
  const std::vector<std::int64_t> sizes = sizes_of(regions);
  Mask out = mask;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Label region = regions.pixels()[i];
    if (region != 0 && sizes[static_cast<std::size_t>(region)] <= max_size) out.pixels()[i] = foreground ? 0 : 1;
  }
  return out;
}

/// Regions that touch the border are emptied (of the foreground), or are all that stays background.
Mask by_border(const Mask& mask, bool foreground) {
  const LabelImage regions =
      plain_labels(as_labels(mask, foreground), foreground ? Connectivity::eight : Connectivity::four);
  const std::set<Label> border = at_border(regions);
  Mask out = mask;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Label region = regions.pixels()[i];
    if (region != 0) out.pixels()[i] = border.contains(region) ? 0 : 1;
  }
  return out;
}

Mask repaired(const Mask& mask, const Refinement& repair) {
  const Footprint footprint = footprint_of(repair.values);
  const auto eroded = [&](const Mask& m) { return test::plain_morphology(m, footprint, true); };
  const auto dilated = [&](const Mask& m) { return test::plain_morphology(m, footprint, false); };
  const int limit = repair.values.whole(size_limit);
  if (repair == repairs::remove_small_objects) return without_small(mask, limit, true);
  if (repair == repairs::remove_small_holes) return without_small(mask, limit, false);
  if (repair == repairs::fill_holes) return by_border(mask, false);
  if (repair == repairs::clear_border) return by_border(mask, true);
  if (repair == repairs::erosion) return eroded(mask);
  if (repair == repairs::dilation) return dilated(mask);
  if (repair == repairs::opening) return dilated(eroded(mask));
  require(repair == repairs::closing, "every repair is known");
  return eroded(dilated(mask));
}

void check_refined(const StageValues& values, const Recipe& recipe) {
  Mask mask = values.thresholded.mask;
  for (const Refinement& repair : recipe.refinements) mask = repaired(mask, repair);
  require(values.refined == mask, "repairs do what they are defined to");
  std::int64_t added = 0;
  std::int64_t removed = 0;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const int before = values.thresholded.mask.pixels()[i];
    added += before == 0 && mask.pixels()[i] == 1 ? 1 : 0;
    removed += before == 1 && mask.pixels()[i] == 0 ? 1 : 0;
  }
  require(values.refined_added == added && values.refined_removed == removed, "what was repaired is counted");
}

// --- distance, seeds, labels -----------------------------------------------------------------------------------------------

void check_distance(const StageValues& values) {
  const Mask& mask = values.refined;
  Image<std::int32_t> squared(mask.rows(), mask.cols());
  if (std::ranges::contains(mask.pixels(), 0)) {
    squared = test::plain_distance(mask);
  } else {
    // Without any background scipy measures to the point (-1, 0).
    for (int row = 0; row < mask.rows(); ++row) {
      for (int col = 0; col < mask.cols(); ++col) squared[row, col] = (row + 1) * (row + 1) + col * col;
    }
  }
  require(values.distance_squared == squared, "the distance is that to the nearest background pixel");
  for (std::size_t i = 0; i < squared.size(); ++i) {
    require(values.distance.pixels()[i] == static_cast<float>(std::sqrt(static_cast<double>(squared.pixels()[i]))),
            "the distance is the root of its square");
  }
  require(values.highest_distance == std::ranges::max(values.distance.pixels()), "the highest distance is known");
}

void check_seeds(const StageValues& values, const Recipe& recipe) {
  Image<double> distance(values.refined.rows(), values.refined.cols());
  for (std::size_t i = 0; i < distance.size(); ++i) {
    distance.pixels()[i] = std::sqrt(static_cast<double>(values.distance_squared.pixels()[i]));
  }
  std::vector<Pixel> peaks = recipe.seeds_by_hand;
  if (recipe.seeds == SeedMethod::every_maximum)
    peaks = test::plain_peaks<double>(distance, {0, 1, false, std::nullopt});
  if (recipe.seeds == SeedMethod::peaks) {
    PeakOptions<double> options{recipe.window, recipe.min_distance, recipe.exclude_border, std::nullopt};
    if (!std::isnan(recipe.threshold_abs)) options.threshold_abs = recipe.threshold_abs;
    peaks = test::plain_peaks(distance, options);
  }
  require(values.peaks == peaks, "peaks are the highest of their window, and apart");
  LabelImage marked(distance.rows(), distance.cols());
  for (const Pixel p : peaks) marked[p] = 1;
  const LabelImage seeds = plain_labels(marked, Connectivity::eight);
  require(values.seeds.labels == seeds, "seeds are the peaks, joined where they touch");
  require(values.seeds.count == std::ranges::max(seeds.pixels()), "seeds are counted");
}

void check_labels(const StageValues& values, const Recipe& recipe) {
  Image<double> landscape(values.refined.rows(), values.refined.cols());
  for (std::size_t i = 0; i < landscape.size(); ++i) {
    landscape.pixels()[i] = recipe.flooded == FloodedImage::intensity
                                ? -static_cast<double>(values.filtered.pixels()[i])
                                : -std::sqrt(static_cast<double>(values.distance_squared.pixels()[i]));
  }
  const LabelImage labels = test::plain_watershed(landscape, values.seeds.labels, values.refined,
                                                  {recipe.connectivity, recipe.line, recipe.compactness});
  require(values.labels == labels, "labels are what a plain flood leaves");
}

void check_measurements(const StageValues& values) {
  std::map<Label, std::vector<Pixel>> objects;
  for (int row = 0; row < values.labels.rows(); ++row) {
    for (int col = 0; col < values.labels.cols(); ++col) {
      if (values.labels[row, col] != 0) objects[values.labels[row, col]].push_back({.row = row, .col = col});
    }
  }
  require(values.nuclei == static_cast<Label>(objects.size()), "nuclei are counted");
  require(values.measurements.size() == objects.size(), "each nucleus is measured");
  const double allowed = 1e-6 * largest_size(values.raw);
  auto row = values.measurements.begin();
  for (const auto& [label, pixels] : objects) {
    const RegionProperties& r = *row++;
    require(r.label == label, "nuclei are measured in the order of their numbers");
    require(r.area == static_cast<std::int64_t>(pixels.size()), "the area counts the pixels");
    const auto n = static_cast<double>(pixels.size());
    double rows = 0;
    double cols = 0;
    double sum = 0;
    float highest = values.raw[pixels.front()];
    for (const Pixel p : pixels) {
      rows += p.row;
      cols += p.col;
      sum += static_cast<double>(values.raw[p]);
      highest = std::max(highest, values.raw[p]);
    }
    require(near(r.centroid_row, rows / n, 1e-9) && near(r.centroid_col, cols / n, 1e-9),
            "the centroid is the mean place");
    require(near(r.mean_intensity, sum / n, allowed), "the mean intensity is a mean");
    require(r.max_intensity == static_cast<double>(highest), "the highest intensity is one of the nucleus's");
    const auto [top, bottom] = std::ranges::minmax(pixels, {}, &Pixel::row);
    const auto [left, right] = std::ranges::minmax(pixels, {}, &Pixel::col);
    require(r.bbox_min_row == top.row && r.bbox_max_row == bottom.row + 1 && r.bbox_min_col == left.col &&
                r.bbox_max_col == right.col + 1,
            "the bounding box holds the nucleus and no more");
    require(r.solidity > 0 && r.solidity <= 1, "the solidity is a share");
    require(r.eccentricity >= 0 && r.eccentricity <= 1, "the eccentricity is a share");
    require(r.axis_major_length >= r.axis_minor_length && r.axis_minor_length >= 0,
            "the longer axis is the longer one");
  }
}

}  // namespace

void check_stages(const Pipeline& pipeline, const Image<float>& input) {
  const StageValues& values = pipeline.values();
  const Recipe& recipe = pipeline.recipe();
  const Stage end = pipeline.failure() ? pipeline.failure()->stage : Stage{};
  const auto computed = [&](Stage stage) { return !pipeline.failure() || stage < end; };
  if (pipeline.failure()) require(pipeline.failure()->error.message.ends_with("."), "a refusal is a sentence");
  require(!pipeline.busy(), "a finished pipeline has nothing to do");

  bool finite = true;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const float value = input.pixels()[i];
    const float expected = recipe.nonfinite_as_zero && !std::isfinite(value) ? 0 : value;
    finite = finite && std::isfinite(expected);
    require(std::isnan(expected) ? std::isnan(values.raw.pixels()[i]) : values.raw.pixels()[i] == expected,
            "the raw image is the input");
  }
  require(computed(Stage::filtered) == finite, "what is no number is refused, and nothing else");
  if (computed(Stage::filtered)) check_filtered(values, recipe);
  if (computed(Stage::mask)) check_thresholded(values.thresholded, values.filtered, recipe);
  if (computed(Stage::components)) check_components(values);
  if (computed(Stage::refined)) check_refined(values, recipe);
  if (computed(Stage::distance)) check_distance(values);
  if (computed(Stage::seeds)) check_seeds(values, recipe);
  if (computed(Stage::labels)) check_labels(values, recipe);
  if (computed(Stage::measurements)) check_measurements(values);
}

}  // namespace floodlight::fuzz

// The core for JavaScript: the algorithms, one function each.
#include <algorithm>
#include <cmath>
#include <limits>

#include <emscripten/bind.h>

#include "core/base/foreign_text.h"
#include "core/base/words.h"
#include "core/segment/clear_border.h"
#include "core/segment/convolve.h"
#include "core/segment/distance_transform.h"
#include "core/segment/fill_holes.h"
#include "core/segment/filters.h"
#include "core/segment/gaussian.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/label_colours.h"
#include "core/segment/mean.h"
#include "core/segment/measure.h"
#include "core/segment/median.h"
#include "core/segment/morphology.h"
#include "core/segment/peaks.h"
#include "core/segment/small_regions.h"
#include "core/segment/thresholds.h"
#include "core/segment/watershed.h"
#include "web/bindings/convert.h"
#include "web/bindings/results.h"

namespace floodlight::bindings {
namespace {

// ---- from pixels to a mask

val histogram_of(val image, Maybe bins) {
  const auto& p = recipe_parameter(histogram_bins.key);
  const double count = given(bins) ? checked(p, *bins, "bins") : histogram_bins.initial;
  return to_js(histogram(finite_image(image, "image"), static_cast<int>(count)));
}

std::vector<std::string_view> names_of(Options options) {
  std::vector<std::string_view> names;
  for (const Option* own : options) names.push_back(own->name());
  return names;
}

/// The row of that name with the options that are given, by their names in the recipe. `alone`: the option that a plain
/// number in their place means.
template <auto member>
auto chosen_row(std::string_view key, const val& method, const Maybe& options, const Option* alone = nullptr) {
  Recipe recipe;
  const auto& choice = recipe_parameter(key);
  choice.set(recipe, checked(choice, method, "method"));
  auto chosen = recipe.*member;
  if (given(options) && !(alone != nullptr && options->isNumber())) only(options, names_of(chosen->options));
  for (const Option* own : chosen->options) {
    const std::string name(own->name());
    const bool is_alone = own == alone && given(options) && options->isNumber();
    const Maybe value = is_alone ? options : option(options, name.c_str());
    if (given(value)) recipe_parameter(own->key).set(recipe, checked(recipe_parameter(own->key), *value, name.c_str()));
  }
  value_or_throw(check_together(recipe));
  return recipe.*member;
}

val cutoff_to_js(const Cutoff& cutoff) { return cutoff.differs() ? to_js(cutoff.image.view()) : val(cutoff.lowest); }

/// A method that finds a cutoff, by its name; one that is set by hand is found by nobody.
void check_finds_a_cutoff(const val& method) {
  const std::string name = val::global("String")(method).as<std::string>();
  std::string accepted;
  for (const ThresholdRow* row : all_thresholds()) {
    if (row == &thresholds::manual) continue;
    if (row->name == name) return;
    accepted += (accepted.empty() ? "" : ", ") + std::string(row->name);
  }
  refuse("method is " + floodlight::shown(name) + "; it must be one of " + accepted +
         ". A cutoff by hand goes to above().");
}

val threshold_of(val image, val method, Maybe options) {
  check_finds_a_cutoff(method);
  const auto chosen = chosen_row<&Recipe::threshold>("threshold.method", method, options, &histogram_bins);
  return cutoff_to_js(value_or_throw(threshold(finite_image(image, "image"), chosen)));
}

val mask_above(val image, val cutoff) {
  const Image<float> values = float_image(image, "image");
  if (cutoff.isNumber()) return to_js(above(values, number(cutoff, "cutoff")));
  Image<float> own = float_image(cutoff, "cutoff");
  require_same_shape(values.rows(), values.cols(), own.rows(), own.cols(), "image and cutoff");
  return to_js(above(values, own.empty() ? Cutoff() : Cutoff(std::move(own))));
}

// ---- filters

val filtered(val image, val method, Maybe options) {
  const auto chosen = chosen_row<&Recipe::filter>("filter.method", method, options);
  const Image<float> values = finite_image(image, "image");
  return to_js(chosen->apply(values, chosen.values).finish());
}

val weights_of_gaussian(val sigma) {
  return typed_array("Float64Array", std::span<const double>(
                                         gaussian_weights(checked(recipe_parameter("filter.sigma"), sigma, "sigma"))));
}

val filter_gaussian(val image, val sigma) {
  return to_js(gaussian(finite_image(image, "image"), checked(recipe_parameter("filter.sigma"), sigma, "sigma")));
}

int odd_size(const val& size) { return static_cast<int>(checked(recipe_parameter("filter.size"), size, "size")); }

val filter_mean(val image, val size) { return to_js(mean(finite_image(image, "image"), odd_size(size))); }

val filter_median(val image, val size) { return to_js(median(finite_image(image, "image"), odd_size(size))); }

val filter_convolve(val image, val kernel) {
  constexpr int longest = 99;
  Kernel k;
  if (kernel.isUndefined() || kernel.isNull()) refuse("kernel must be {rows, cols, weights, divisor}.");
  k.rows = whole_number(kernel["rows"], "kernel.rows", 1, longest);
  k.cols = whole_number(kernel["cols"], "kernel.cols", 1, longest);
  if (k.rows % 2 == 0 || k.cols % 2 == 0) refuse("kernel.rows and kernel.cols must be odd, so that it has a centre.");
  k.weights = numbers<double>(kernel["weights"], "kernel.weights");
  if (k.weights.size() != static_cast<std::size_t>(k.rows) * static_cast<std::size_t>(k.cols))
    refuse("kernel.weights must hold rows x cols numbers.");
  for (const double weight : k.weights) {
    if (!std::isfinite(weight)) refuse("kernel.weights must be finite numbers.");
  }
  if (const Maybe divisor = option(kernel, "divisor")) k.divisor = number(*divisor, "kernel.divisor");
  if (k.divisor == 0) refuse("kernel.divisor is 0; it must be another number.");
  return to_js(convolve(finite_image(image, "image"), k));
}

// ---- masks

Connectivity connectivity_or(const Maybe& neighbours, Connectivity otherwise) {
  if (!given(neighbours)) return otherwise;
  const auto& p = recipe_parameter("watershed.neighbours");
  return checked(p, *neighbours, "connectivity") == 0 ? Connectivity::four : Connectivity::eight;
}

val label_objects(val image, Maybe neighbours) {
  const Connectivity connectivity = connectivity_or(neighbours, Connectivity::eight);
  if (data_of(image, "image") == Data::bytes) return to_js(label(MaskView(mask_image(image, "image")), connectivity));
  return to_js(label(LabelView(integer_image(image, "image")), connectivity));
}

Footprint footprint_or_cross(const Maybe& footprint) {
  only(footprint, {"shape", "radius"});
  OptionValues values;
  const auto take = [&](const Option& own, const char* name) {
    if (const Maybe value = option(footprint, name)) values[own] = checked(refinement_parameter(own.key), *value, name);
  };
  take(footprint_shape, "shape");
  take(footprint_radius, "radius");
  return footprint_of(values);
}

val image_of_footprint(Maybe footprint) { return to_js(footprint_image(footprint_or_cross(footprint))); }

template <Mask (*operation)(MaskView, Footprint)>
val with_footprint(val mask, Maybe footprint) {
  return to_js(operation(mask_image(mask, "mask"), footprint_or_cross(footprint)));
}

template <Mask (*operation)(MaskView, int)>
val up_to_size(val mask, val max_size) {
  const auto size = static_cast<int>(checked(refinement_parameter(size_limit.key), max_size, "maxSize"));
  return to_js(operation(mask_image(mask, "mask"), size));
}

val holes_filled(val mask) { return to_js(fill_holes(mask_image(mask, "mask"))); }

val border_cleared(val image) {
  if (data_of(image, "image") == Data::bytes) return to_js(clear_border(MaskView(mask_image(image, "image"))));
  return to_js(clear_border(LabelView(label_image(image, "image"))));
}

// ---- distance, seeds, watershed

val squares_of_distances(val mask) { return to_js(distance_squared(mask_image(mask, "mask"))); }

val distances(val mask) { return to_js(distance_single(distance_squared(mask_image(mask, "mask")))); }

template <typename T>
val peaks_of(const Image<T>& image, const Maybe& options) {
  constexpr int far = 32767;
  only(options, {"window", "minDistance", "excludeBorder", "thresholdAbs"});
  PeakOptions<T> peak_options;
  if (const Maybe window = option(options, "window")) {
    peak_options.window = whole_number(*window, "window", 1, far);
    if (peak_options.window % 2 == 0) refuse("window is " + std::to_string(peak_options.window) + "; it must be odd.");
  }
  if (const Maybe distance = option(options, "minDistance"))
    peak_options.min_distance = whole_number(*distance, "minDistance", 1, far);
  if (const Maybe exclude = option(options, "excludeBorder"))
    peak_options.exclude_border = toggle(*exclude, "excludeBorder");
  if (const Maybe threshold = option(options, "thresholdAbs")) {
    // For whole numbers v > 2.5 means v > 2, and v > 10^12 that there is none.
    const double cutoff = number(*threshold, "thresholdAbs");
    if constexpr (std::is_integral_v<T>) {
      constexpr double lowest = std::numeric_limits<T>::min();
      constexpr double highest = std::numeric_limits<T>::max();
      if (cutoff < lowest) {
        refuse("thresholdAbs is " + shortest(cutoff) + "; for an image of whole numbers it must be at least " +
               shortest(lowest) + ".");
      }
      peak_options.threshold_abs = static_cast<T>(std::floor(std::min(cutoff, highest)));
    } else {
      peak_options.threshold_abs = static_cast<T>(cutoff);
    }
  }
  return to_js(peak_local_max(image.view(), peak_options));
}

val local_maxima(val image, Maybe options) {
  switch (data_of(image, "image")) {
    case Data::doubles:
      return peaks_of(double_image(image, "image"), options);
    case Data::singles:
      return peaks_of(finite_image(image, "image"), options);
    case Data::bytes:
    case Data::integers:
      break;
  }
  return peaks_of(integer_image(image, "image"), options);
}

val seeds_of(val peaks, val rows, val cols) {
  constexpr int longest = 65535;
  const int height = whole_number(rows, "rows", 1, longest);
  const int width = whole_number(cols, "cols", 1, longest);
  const auto flat = numbers<std::int32_t>(peaks, "peaks");
  if (flat.size() % 2 != 0) refuse("peaks must hold a row and a column for each peak, one after the other.");
  std::vector<Pixel> pixels;
  for (std::size_t i = 0; i < flat.size(); i += 2) {
    const Pixel p{flat[i], flat[i + 1]};
    if (p.row < 0 || p.row >= height || p.col < 0 || p.col >= width) {
      refuse("The peak at " + row_and_column(p) + " lies outside the image of " + std::to_string(height) + " x " +
             std::to_string(width) + " pixels.");
    }
    pixels.push_back(p);
  }
  return to_js(seeds_from_peaks(pixels, height, width));
}

template <typename T>
val flood(const Image<T>& image, const val& markers, const Maybe& mask, const WatershedOptions& options) {
  const LabelImage seeds = label_image(markers, "markers");
  require_same_shape(image.rows(), image.cols(), seeds.rows(), seeds.cols(), "image and markers");
  if (!given(mask)) return to_js(watershed<T>(image.view(), seeds, MaskView(), options));
  const Mask inside = mask_image(*mask, "mask");
  require_same_shape(image.rows(), image.cols(), inside.rows(), inside.cols(), "image and mask");
  return to_js(watershed<T>(image.view(), seeds, inside, options));
}

val watershed_of(val image, val markers, Maybe mask, Maybe options) {
  only(options, {"connectivity", "line", "compactness"});
  WatershedOptions flooding;
  flooding.connectivity = connectivity_or(option(options, "connectivity"), Connectivity::four);
  if (const Maybe line = option(options, "line")) flooding.line = toggle(*line, "line");
  if (const Maybe compactness = option(options, "compactness"))
    flooding.compactness = checked(recipe_parameter("watershed.compactness"), *compactness, "compactness");
  const Data data = data_of(image, "image");
  if (flooding.compactness > 0 || data == Data::doubles)
    return flood(double_image(image, "image"), markers, mask, flooding);
  if (data == Data::singles) return flood(finite_image(image, "image"), markers, mask, flooding);
  return flood(integer_image(image, "image"), markers, mask, flooding);
}

// ---- measurements and colours

val properties_of(val labels, val intensity) {
  const LabelImage objects = label_image(labels, "labels");
  const Image<float> values = float_image(intensity, "intensity");
  require_same_shape(objects.rows(), objects.cols(), values.rows(), values.cols(), "labels and intensity");
  return to_js(region_properties(objects, values));
}

val colours_of(val labels) {
  return typed_array("Uint8Array", std::span<const std::uint8_t>(label_colours(label_image(labels, "labels"))));
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_algorithms) {
  using namespace floodlight;            // NOLINT(google-build-using-namespace): names of what is bound
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace)
  using emscripten::function;
  emscripten::register_optional<emscripten::val>();
  function("histogram", &Guarded<&histogram_of>::call);
  function("threshold", &Guarded<&threshold_of>::call);
  function("above", &Guarded<&mask_above>::call);
  function("filter", &Guarded<&filtered>::call);
  function("gaussianWeights", &Guarded<&weights_of_gaussian>::call);
  function("gaussian", &Guarded<&filter_gaussian>::call);
  function("mean", &Guarded<&filter_mean>::call);
  function("median", &Guarded<&filter_median>::call);
  function("convolve", &Guarded<&filter_convolve>::call);
  function("label", &Guarded<&label_objects>::call);
  function("footprint", &Guarded<&image_of_footprint>::call);
  function("erosion", &Guarded<&with_footprint<&erosion>>::call);
  function("dilation", &Guarded<&with_footprint<&dilation>>::call);
  function("opening", &Guarded<&with_footprint<&opening>>::call);
  function("closing", &Guarded<&with_footprint<&closing>>::call);
  function("removeSmallObjects", &Guarded<&up_to_size<&remove_small_objects>>::call);
  function("removeSmallHoles", &Guarded<&up_to_size<&remove_small_holes>>::call);
  function("fillHoles", &Guarded<&holes_filled>::call);
  function("clearBorder", &Guarded<&border_cleared>::call);
  function("distanceSquared", &Guarded<&squares_of_distances>::call);
  function("distanceTransform", &Guarded<&distances>::call);
  function("peakLocalMax", &Guarded<&local_maxima>::call);
  function("seedsFromPeaks", &Guarded<&seeds_of>::call);
  function("watershed", &Guarded<&watershed_of>::call);
  function("regionProperties", &Guarded<&properties_of>::call);
  function("labelColours", &Guarded<&colours_of>::call);
}

// The classic way to the mask: a filter evens out noise, and what is brighter than a cutoff is foreground.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/pipeline/mask_source.h"
#include "core/pipeline/recipe.h"
#include "core/segment/row.h"
#include "core/segment/thresholds.h"

namespace floodlight {
namespace {

// --- filter ----------------------------------------------------------------------------------------------------------------

Sliced<Result<StageChange>> compute_filtered(const Recipe& recipe, StageValues& values) {
  if (const auto bad = count_nonfinite(values.raw); bad > 0) {
    co_return fail(counted(bad, "pixel is", "pixels are") +
                   " NaN or infinite, which cannot be filtered; treat them as 0 to go on.");
  }
  co_return replace(values.filtered, co_await recipe.filter->apply(values.raw, recipe.filter.values));
}

TermsAtPixel terms_of_filter(const Recipe& recipe, const StageValues& values, Pixel pixel) {
  return recipe.filter->terms(values.raw, recipe.filter.values, pixel);
}

std::string python_of_filter(const Recipe& recipe, std::string_view /*image*/, bool /*in_program*/) {
  return "filtered_image = " + row_text(recipe.filter->python, recipe.filter, FilledFor::python);
}

std::string notebook_of_filter(const Recipe& recipe) {
  return row_text(recipe.filter->notebook, recipe.filter, FilledFor::words);
}

ImagejStep imagej_of_filter(const Recipe& recipe) {
  return {imagej_lines(recipe.filter), std::string(recipe.filter->imagej_differs)};
}

// --- cutoff ----------------------------------------------------------------------------------------------------------------

/// How many of so many pixels are something. Counted in pieces whose counts fit 32 bits, four of which are added at a time.
template <typename Is>
std::int64_t count_pixels(std::size_t pixels, Is&& is) {
  constexpr std::size_t piece = 1U << 16U;
  std::int64_t all = 0;
  for (std::size_t start = 0; start < pixels; start += piece) {
    const std::size_t end = std::min(start + piece, pixels);
    std::int32_t here = 0;
    for (std::size_t i = start; i < end; ++i) here += is(i) ? 1 : 0;
    all += here;
  }
  return all;
}

/// How many pixels equal their cutoff.
std::int64_t count_equal(FloatView image, const Cutoff& cutoff) {
  const float* values = image.data();
  if (cutoff.differs()) {
    const float* own = cutoff.image.view().data();
    return count_pixels(image.size(), [=](std::size_t i) { return values[i] == own[i]; });
  }
  const auto single = static_cast<float>(cutoff.lowest);
  if (static_cast<double>(single) != cutoff.lowest) return 0;  // no float32 is
  return count_pixels(image.size(), [=](std::size_t i) { return values[i] == single; });
}

Sliced<Result<Thresholded>> apply_threshold(FloatView image, const Chosen<ThresholdRow>& method) {
  Thresholded result;
  // By hand and with methods that look at no histogram it is only shown, with as many bars as by default.
  const double bins = method.has(histogram_bins) ? method[histogram_bins] : histogram_bins.initial;
  result.histogram = co_await histogram_in_slices(image, static_cast<int>(bins));
  co_yield Pause{};
  auto cutoff = co_await method->find(image, result.histogram, method.values);
  if (!cutoff) co_return std::unexpected(cutoff.error());
  result.cutoff = std::move(*cutoff);
  result.otsu = threshold_otsu(result.histogram);
  co_yield Pause{};
  result.mask = above(image, result.cutoff);
  const std::uint8_t* is_above = std::as_const(result.mask).view().data();
  result.above = count_pixels(image.size(), [=](std::size_t i) { return is_above[i] != 0; });
  result.equal = count_equal(image, result.cutoff);
  co_return result;
}

Sliced<Result<StageChange>> compute_mask(const Recipe& recipe, StageValues& values) {
  auto thresholded = co_await apply_threshold(values.filtered, recipe.threshold);
  if (!thresholded) co_return std::unexpected(thresholded.error());
  // The raw image's threshold is only looked at: where the method has no answer for it, its mask is empty.
  auto of_raw = co_await apply_threshold(values.raw, recipe.threshold);
  values.raw_thresholded = std::move(of_raw).value_or(Thresholded{});
  const bool changed = thresholded->mask != values.thresholded.mask;
  values.thresholded = std::move(*thresholded);
  co_return changed ? StageChange::value : StageChange::aside;
}

TermsAtPixel terms_of_cutoff(const Recipe& recipe, const StageValues& values, Pixel pixel) {
  if (recipe.threshold->terms == nullptr) return {.result = values.thresholded.cutoff.at(pixel), .parts = {}};
  return recipe.threshold->terms(values.filtered, recipe.threshold.values, pixel);
}

std::string python_of_cutoff(const Recipe& recipe, std::string_view image, bool in_program) {
  const std::string name(image);
  std::string value = row_text(recipe.threshold->python, recipe.threshold, FilledFor::python, {{"image", name}});
  if (in_program && recipe.threshold->needs_two_values)
    value += " if np.ptp(" + name + ") > 0 else " + name + ".flat[0]";
  return "threshold = " + value + "\nbinary_mask = " + name + " > threshold";
}

std::string notebook_of_cutoff(const Recipe& recipe) {
  return "Pixels brighter than the threshold are foreground: a binary mask, in which a pixel is `True` or `False`. " +
         row_text(recipe.threshold->notebook, recipe.threshold, FilledFor::words);
}

ImagejStep imagej_of_cutoff(const Recipe& recipe) {
  return {imagej_lines(recipe.threshold), std::string(recipe.threshold->imagej_differs)};
}

std::string paper_of_cutoff(const Recipe& recipe) {
  return row_text(recipe.filter->in_paper, recipe.filter, FilledFor::words) + ", thresholded";
}

constexpr MaskStep steps[] = {
    {.stage = Stage::filtered,
     .title = "Filter",
     .compute = compute_filtered,
     .terms = terms_of_filter,
     .python = python_of_filter,
     .notebook = notebook_of_filter,
     .imagej = imagej_of_filter},
    {.stage = Stage::mask,
     .title = "Threshold",
     .compute = compute_mask,
     .terms = terms_of_cutoff,
     .python = python_of_cutoff,
     .notebook = notebook_of_cutoff,
     .imagej = imagej_of_cutoff},
};

constexpr std::string_view groups[] = {"filter", "threshold"};

}  // namespace

constinit const MaskSource mask_sources::classic = {
    .name = "classic",
    .label = "Classic",
    .help = "A filter evens out noise; what is brighter than a cutoff is foreground.",
    .steps = steps,
    .groups = groups,
    .has_cutoff = true,
    .decides = "the cutoff",
    .in_paper = paper_of_cutoff,
};

}  // namespace floodlight

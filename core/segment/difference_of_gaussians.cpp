#include "core/segment/difference_of_gaussians.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/segment/gaussian.h"

namespace floodlight {
namespace {

Sliced<Image<float>> difference_in_slices(FloatView image, double low, double high) {
  Image<float> narrow = co_await gaussian_in_slices(image, low);
  const Image<float> wide = co_await gaussian_in_slices(image, high);
  std::ranges::transform(std::as_const(narrow).pixels(), wide.pixels(), narrow.pixels().begin(), std::minus<>());
  co_return narrow;
}

}  // namespace

Image<float> difference_of_gaussians(FloatView image, double low, double high) {
  return difference_in_slices(image, low, high).finish();
}

constinit const Option low_sigma = {
    .key = "filter.low_sigma",
    .label = "Smaller sigma",
    .kind = ParameterKind::real,
    .minimum = 0.1,
    .maximum = 20,
    .step = 0.1,
    .initial = 1,
    .unit = "px",
    .help = "Width of the narrow bell: what is smaller, noise above all, goes.",
    .python = "low_sigma",
};

constinit const Option high_sigma = {
    .key = "filter.high_sigma",
    .label = "Larger sigma",
    .kind = ParameterKind::real,
    .minimum = 0.1,
    .maximum = 60,
    .step = 0.1,
    .initial = 10,
    .unit = "px",
    .help = "Width of the wide bell, whose result is taken away: what is larger, the background above all, goes.",
    .python = "high_sigma",
    .at_least = &low_sigma,
};

namespace {

constexpr const Option* own_options[] = {&low_sigma, &high_sigma};

Sliced<Image<float>> apply(FloatView image, const OptionValues& values) {
  return difference_in_slices(image, values[low_sigma], values[high_sigma]);
}

int reach(const OptionValues& values) { return gaussian_reach(values[high_sigma]); }

/// Both Gaussians' terms, and the difference of their values as the passes round them.
TermsAtPixel terms(FloatView image, const OptionValues& values, Pixel pixel) {
  TermsAtPixel result;
  float results[2] = {};
  for (const bool wide : {false, true}) {
    const double sigma = values[wide ? high_sigma : low_sigma];
    result.parts.push_back(
        {.says = std::string(wide ? "The wide" : "The narrow") + " Gaussian, sigma " + number(sigma) + "."});
    for (TermsPart& part : gaussian_at_pixel(image, sigma, pixel, "The").parts) result.parts.push_back(std::move(part));
    results[wide ? 1 : 0] = static_cast<float>(gaussian_passes(image, sigma, pixel).across.result);
  }
  result.result = static_cast<double>(results[0] - results[1]);
  result.parts.push_back({.says = "Narrow less wide: " + number(static_cast<double>(results[0])) + " - " +
                                  number(static_cast<double>(results[1])) + " = " + number(result.result) + "."});
  return result;
}

constexpr OptionValue near[] = {{&low_sigma, 1}, {&high_sigma, 4}};
constexpr OptionValue middle[] = {{&low_sigma, 1}, {&high_sigma, 10}};
constexpr OptionValue far[] = {{&low_sigma, 2}, {&high_sigma, 20}};
constexpr OptionValue farthest[] = {{&low_sigma, 2}, {&high_sigma, 40}};
constexpr Setting tried[] = {near, middle, far, farthest};

constexpr std::string_view imagej[] = {
    R"(run("Duplicate...", "title=wide");
run("Gaussian Blur...", "sigma={high_sigma}");
selectWindow("filtered_image");
run("Gaussian Blur...", "sigma={low_sigma}");
imageCalculator("Subtract", "filtered_image", "wide");
close("wide");
selectWindow("filtered_image");
)"};

constexpr RowPitfall pitfalls[] = {
    {.text = "A difference has no brightness of its own: its values lie around 0, and a cutoff by hand must, too.",
     .action = "On uneven illumination",
     .sample = "case_uneven",
     .setting = far}};

}  // namespace

constinit const FilterRow filters::difference_of_gaussians = {
    .name = "difference_of_gaussians",
    .label = "Difference of Gaussians",
    .options = own_options,
    .decides = &high_sigma,
    .apply = apply,
    .reach = reach,
    .terms = terms,
    .range = FilteredRange::around_zero,
    .at_pixel = "{raw} becomes {result}: a narrow Gaussian less a wide one, over {side} x {side} values.",
    .in_diagnosis = "the difference of Gaussians with sigma {low_sigma} and {high_sigma}",
    .in_paper = "filtered",
    .notebook =
        "Each pixel becomes the difference of two weighted means: a narrow one, in which noise averages out, less a "
        "wide one, which follows the background. Values lie around 0.",
    .python = "skimage.filters.difference_of_gaussians(raw_image, {low_sigma}, {high_sigma})",
    .imagej = imagej,
    .imagej_differs = "Gaussian Blur cuts off and rounds its weights differently.",
    .tried_title = "Difference, {low_sigma} and {high_sigma}",
    .tried = tried,
    .pitfalls = pitfalls,
};

}  // namespace floodlight

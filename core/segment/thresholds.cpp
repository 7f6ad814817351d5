#include "core/segment/thresholds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/base/extremes.h"
#include "core/segment/threshold_isodata.h"
#include "core/segment/threshold_li.h"
#include "core/segment/threshold_local.h"
#include "core/segment/threshold_mean.h"
#include "core/segment/threshold_minimum.h"
#include "core/segment/threshold_otsu.h"
#include "core/segment/threshold_triangle.h"
#include "core/segment/threshold_yen.h"

namespace floodlight {
namespace {

constexpr std::array threshold_list = {&thresholds::manual, &thresholds::otsu,     &thresholds::li,
                                       &thresholds::yen,    &thresholds::triangle, &thresholds::isodata,
                                       &thresholds::mean,   &thresholds::minimum,  &thresholds::local};

constexpr double largest_value = 4294967295.0;  // of any integer type that is read

}  // namespace

constinit const Option cutoff_value = {
    .key = "threshold.value",
    .label = "Cutoff",
    .kind = ParameterKind::real,
    .minimum = -largest_value,
    .maximum = largest_value,
    .step = 1,
    .initial = 100,
    .help = "Pixels brighter than this become foreground.",
    .python = "threshold",
};

constinit const Option histogram_bins = {
    .key = "threshold.bins",
    .label = "Bins",
    .kind = ParameterKind::integer,
    .minimum = 2,
    .maximum = 65536,
    .initial = 256,
    .help = "Bars of the histogram that the method looks at, from the darkest to the brightest pixel.",
    .python = "nbins",
};

namespace {

constexpr const Option* own_options[] = {&cutoff_value};

Sliced<Result<Cutoff>> find(FloatView /*image*/, const Histogram& /*histogram*/, const OptionValues& values) {
  // numpy compares a float32 image with a Python number in single precision.
  co_return Cutoff(static_cast<double>(static_cast<float>(values[cutoff_value])));
}

constexpr std::string_view imagej[] = {"threshold = {value};\n"};

}  // namespace

constinit const ThresholdRow thresholds::manual = {
    .name = "manual",
    .label = "By hand",
    .options = own_options,
    .decides = &cutoff_value,
    .find = find,
    .notebook = "Here the threshold was set by hand, and is the same for every image.",
    .python = "{value}",
    .imagej = imagej,
};

std::span<const ThresholdRow* const> all_thresholds() { return threshold_list; }

Cutoff::Cutoff(Image<float> own) : image(std::move(own)) {
  const auto [least, most] = extremes(std::as_const(image).pixels());
  lowest = static_cast<double>(least);
  highest = static_cast<double>(most);
}

Result<void> check_bins(const Histogram& histogram) {
  const std::vector<float>& edges = histogram.edges;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (edges[i] < edges[i + 1]) continue;
    if (!std::isfinite(edges.back() - edges.front())) break;
    return fail("The values are too close together for " + std::to_string(histogram.counts.size()) +
                " bins in float32; take fewer bins, another method, or set the cutoff by hand.");
  }
  if (std::isfinite(edges.back() - edges.front())) return {};
  return fail("The values span more than float32 can hold; set the cutoff by hand, or divide the image first.");
}

Result<double> finite_only(double cutoff) {
  if (std::isfinite(cutoff)) return cutoff;
  return fail(
      "The values are too large for this method in float32; set the cutoff by hand, or divide the image first.");
}

Result<Cutoff> threshold(FloatView image, const Chosen<ThresholdRow>& method) {
  if (image.empty()) return fail("An image without pixels has no cutoff; open one with at least one pixel.");
  const Histogram bars = histogram(image, method.values.whole(histogram_bins));
  return method->find(image, bars, method.values).finish();
}

namespace {

/// The largest single-precision number that is not above a number: what is above the one is above the other.
float rounded_down(double value) {
  const auto single = static_cast<float>(value);
  return static_cast<double>(single) > value ? std::nextafter(single, -std::numeric_limits<float>::infinity()) : single;
}

}  // namespace

Mask above(FloatView image, double cutoff) {
  Mask mask(image.rows(), image.cols());
  const float single = rounded_down(cutoff);
  std::ranges::transform(image.pixels(), mask.pixels().begin(),
                         [=](float value) { return static_cast<std::uint8_t>(value > single ? 1 : 0); });
  return mask;
}

Mask above(FloatView image, const Cutoff& cutoff) {
  if (!cutoff.differs()) return above(image, cutoff.lowest);
  Mask mask(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), cutoff.image.pixels(), mask.pixels().begin(),
                         [](float value, float own) { return static_cast<std::uint8_t>(value > own ? 1 : 0); });
  return mask;
}

}  // namespace floodlight

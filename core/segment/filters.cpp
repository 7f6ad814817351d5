#include "core/segment/filters.h"

#include <algorithm>
#include <array>

#include "core/segment/difference_of_gaussians.h"
#include "core/segment/gaussian.h"
#include "core/segment/mean.h"
#include "core/segment/median.h"
#include "core/segment/one_value.h"

namespace floodlight {
namespace {

constexpr std::array filter_list = {
    &filters::none,     &filters::mean, &filters::gaussian, &filters::median, &filters::difference_of_gaussians,
    &filters::one_value};

Sliced<Image<float>> copy_in_slices(FloatView image, const OptionValues& /*values*/) {
  co_return Image<float>(image.rows(), image.cols(), {image.pixels().begin(), image.pixels().end()});
}

int no_reach(const OptionValues& /*values*/) { return 0; }

TermsAtPixel same_value(FloatView image, const OptionValues& /*values*/, Pixel pixel) {
  return {.result = static_cast<double>(image[pixel]), .parts = {}};
}

}  // namespace

constinit const FilterRow filters::none = {
    .name = "none",
    .label = "None",
    .apply = copy_in_slices,
    .reach = no_reach,
    .terms = same_value,
    .at_pixel = "{raw} stays {result}: no filter.",
    .in_diagnosis = "no filter",
    .in_paper = "no filter",
    .notebook = "This recipe has no filter: the threshold is set on the raw values.",
    .python = "raw_image",
};

std::span<const FilterRow* const> all_filters() { return filter_list; }

}  // namespace floodlight

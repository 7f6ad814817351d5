#include "core/segment/threshold_local.h"

#include <string>
#include <utility>

#include "core/base/words.h"
#include "core/segment/gaussian.h"

namespace floodlight {
namespace {

constexpr double largest_offset = 4294967295.0;  // of any integer type that is read

double sigma_of(int side) { return (side - 1) / 6.0; }

Sliced<Image<float>> local_in_slices(FloatView image, int side, double offset) {
  Image<float> cutoffs = co_await gaussian_in_slices(image, sigma_of(side), Border::reflect);
  for (float& cutoff : cutoffs.pixels()) cutoff -= static_cast<float>(offset);
  co_return cutoffs;
}

}  // namespace

Image<float> threshold_local(FloatView image, int side, double offset) {
  return local_in_slices(image, side, offset).finish();
}

constinit const Option block_size = {
    .key = "threshold.block_size",
    .label = "Block",
    .kind = ParameterKind::integer,
    .minimum = 3,
    .maximum = 501,
    .step = 2,
    .initial = 101,
    .unit = "px",
    .help = "Side of the square whose weighted mean is the cutoff. It must be larger than the nuclei.",
    .python = "block_size",
};

constinit const Option block_offset = {
    .key = "threshold.offset",
    .label = "Offset",
    .kind = ParameterKind::real,
    .minimum = -largest_offset,
    .maximum = largest_offset,
    .step = 1,
    .initial = 0,
    .help = "What is taken away from the mean: below 0 the cutoff is higher, and dim noise stays out.",
    .python = "offset",
};

namespace {

constexpr const Option* own_options[] = {&block_size, &block_offset};

Sliced<Result<Cutoff>> find(FloatView image, const Histogram& /*histogram*/, const OptionValues& values) {
  co_return Cutoff(co_await local_in_slices(image, values.whole(block_size), values[block_offset]));
}

int reach(const OptionValues& values) { return gaussian_reach(sigma_of(values.whole(block_size))); }

TermsAtPixel terms(FloatView image, const OptionValues& values, Pixel pixel) {
  const double sigma = sigma_of(values.whole(block_size));
  const auto offset = static_cast<float>(values[block_offset]);
  TermsAtPixel result = gaussian_at_pixel(image, sigma, pixel, "The", Border::reflect);
  const auto mean = static_cast<float>(gaussian_passes(image, sigma, pixel, Border::reflect).across.result);
  result.result = static_cast<double>(mean - offset);
  if (offset != 0) {
    result.parts.push_back({.says = "Less the offset: " + number(static_cast<double>(mean)) + " - " +
                                    number(static_cast<double>(offset)) + " = " + number(result.result) + "."});
  }
  return result;
}

constexpr OptionValue sizes[] = {{&block_size, 9}, {&block_size, 51}, {&block_size, 101}, {&block_size, 201}};
constexpr Setting tried[] = {{&sizes[1], 1}, {&sizes[2], 1}, {&sizes[3], 1}};

// A pixel is above its mean less the offset where its difference from the mean is above minus the offset.
constexpr std::string_view imagej[] = {
    R"(run("Duplicate...", "title=means");
run("Gaussian Blur...", "sigma=" + ({block_size} - 1) / 6);
imageCalculator("Subtract", "binary_mask", "means");
close("means");
selectWindow("binary_mask");
threshold = 0 - ({offset});
)"};

constexpr RowPitfall pitfalls[] = {
    {.text = "A local threshold follows a sloping background, where one number for all pixels cannot.",
     .action = "On uneven illumination",
     .sample = "case_uneven",
     .setting = {&sizes[2], 1}},
    {.text = "In a block smaller than a nucleus the nucleus is its own background: its middle falls out.",
     .action = "A block of 9",
     .setting = {&sizes[0], 1}}};

}  // namespace

constinit const ThresholdRow thresholds::local = {
    .name = "local",
    .label = "Local",
    .options = own_options,
    .decides = &block_size,
    .find = find,
    .reach = reach,
    .terms = terms,
    .at_pixel = "{cutoff} is the weighted mean of {side} x {side} values around it, less an offset of {offset}.",
    .notebook =
        "Here every pixel has a threshold of its own: the mean of the values around it, weighted by their distance, "
        "less an offset. It follows a background that differs from place to place.",
    .python = "skimage.filters.threshold_local({image}, {block_size}{, offset})",
    .imagej = imagej,
    .imagej_differs = "Gaussian Blur cuts off and rounds its weights differently, and does not mirror the image.",
    .tried_title = "Local, block {block_size}",
    .tried = tried,
    .pitfalls = pitfalls,
};

}  // namespace floodlight

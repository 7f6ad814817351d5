#include "core/segment/one_value.h"

#include <algorithm>
#include <string>

#include "core/base/words.h"

namespace floodlight {

Image<float> one_value(FloatView image, double value) {
  Image<float> kept(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), kept.pixels().begin(),
                         [value](float v) { return static_cast<double>(v) == value ? 1.0F : 0.0F; });
  return kept;
}

constinit const Option kept_value = {
    .key = "filter.value",
    .label = "Value",
    .kind = ParameterKind::integer,
    .minimum = 0,
    .maximum = 65535,
    .initial = 1,
    .help = "The value of a nucleus in a mask or a segmentation that another program has made.",
    .python = "value",
};

namespace {

constexpr const Option* own_options[] = {&kept_value};

Sliced<Image<float>> apply(FloatView image, const OptionValues& values) {
  co_return one_value(image, values[kept_value]);
}

int reach(const OptionValues& /*values*/) { return 0; }

TermsAtPixel terms(FloatView image, const OptionValues& values, Pixel pixel) {
  const auto here = static_cast<double>(image[pixel]);
  const bool kept = here == values[kept_value];
  return {.result = kept ? 1.0 : 0.0,
          .parts = {{.says = number(here) + (kept ? " is " : " is not ") + number(values[kept_value]) +
                             ", so it becomes " + (kept ? "1." : "0.")}}};
}

constexpr std::string_view imagej[] = {"run(\"Macro...\", \"code=v=(v=={value})\");\n"};

}  // namespace

constinit const FilterRow filters::one_value = {
    .name = "one_value",
    .label = "One value",
    .options = own_options,
    .decides = &kept_value,
    .apply = apply,
    .reach = reach,
    .terms = terms,
    .range = FilteredRange::zero_or_one,
    .at_pixel = "{raw} becomes {result}.",
    .in_diagnosis = "the choice of the value {value}",
    .in_paper = "taken where its value is {value}",
    .notebook = "The image is a segmentation that another program has made: its value {value} is a nucleus.",
    .python = "(raw_image == {value}).astype(\"float32\")",
    .imagej = imagej,
};

}  // namespace floodlight

// The form of a filter's row: all that is known of a filter, in the file that computes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/image.h"
#include "core/base/option.h"
#include "core/base/sliced.h"
#include "core/segment/filter_terms.h"
#include "core/segment/row.h"

namespace floodlight {

/// What a median sorts.
struct MedianTerms {
  int size = 0;
  std::vector<FilterTerm> window;  ///< size x size, row by row, weights 1
  std::vector<FilterTerm> sorted;  ///< ascending by value, equal values in raster order
  std::size_t middle = 0;          ///< place of the median among the sorted
  float result = 0;                ///< exactly the filter's value
};

/// One thing to show of how a value came about at a pixel, and the sentence that stands above it. A filter that picks one of its
/// values gives FilterTerms with weight 1 there and 0 elsewhere; MedianTerms are for the middle one alone. Another shape needs
/// its drawing in `web/app/plots/lens.cpp`.
struct TermsPart {
  std::string says;
  /// Terms of one row or one column are a pass of one dimension; others a grid. None: the sentence alone.
  std::variant<std::monostate, FilterTerms, MedianTerms> shown = {};
};

/// How a value came about at one pixel.
struct TermsAtPixel {
  double result = 0;  ///< within 1e-6 relative of the computed value, whose passes are rounded
  std::vector<TermsPart> parts;
};

/// Where a filter's values lie, and so what on screen is black and white.
enum class FilteredRange : std::uint8_t {
  of_image,
  around_zero,  ///< 0 has the middle of a window of their own
  zero_or_one
};

struct FilterRow {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  Options options = {};
  const Option* decides = nullptr;  ///< the one to turn where the filter decided what became of a nucleus

  /// The filtered image, of the image's shape. The image outlives the computation and is finite.
  Sliced<Image<float>> (*apply)(FloatView image, const OptionValues& values) = nullptr;
  /// How many rows and columns to each side of a pixel its value is made from.
  int (*reach)(const OptionValues& values) = nullptr;
  /// How the filtered value came about at a pixel of the image.
  TermsAtPixel (*terms)(FloatView image, const OptionValues& values, Pixel pixel) = nullptr;
  FilteredRange range = FilteredRange::of_image;

  // Texts: `row_text` fills them in.
  std::string_view at_pixel = {};        ///< {raw} and {result} are the values there
  std::string_view in_diagnosis = {};    ///< "the median filter of size {size}"
  std::string_view in_paper = {};        ///< what one may write of the image: "filtered"
  std::string_view notebook = {};        ///< what it does and why, in a sentence or two
  std::string_view python = {};          ///< what `filtered_image` becomes, made from `raw_image`
  ImagejLines imagej = {};               ///< on the selected 32-bit image `filtered_image`
  std::string_view imagej_differs = {};  ///< why ImageJ's result is another; empty: it is the same
  std::string_view tried_title = {};     ///< of a setting that is tried
  std::span<const Setting> tried = {};   ///< settings to compare side by side
  std::span<const RowPitfall> pitfalls = {};
};

}  // namespace floodlight

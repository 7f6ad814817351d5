// The form of a threshold's row: all that is known of a way to choose the cutoff, in the file that computes it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/option.h"
#include "core/base/sliced.h"
#include "core/segment/filter_row.h"
#include "core/segment/histogram.h"
#include "core/segment/row.h"

namespace floodlight {

/// What pixels are compared with: one number for all of them, or a number for each.
struct Cutoff {
  double lowest = 0;   ///< the one number, or the smallest ...
  double highest = 0;  ///< ... and the largest of them all
  Image<float> image;  ///< each pixel's own; empty where there is one for all

  Cutoff() = default;
  explicit Cutoff(double for_all) : lowest(for_all), highest(for_all) {}
  /// Of an image that is not empty. O(pixels).
  explicit Cutoff(Image<float> own);
  [[nodiscard]] bool differs() const { return !image.empty(); }
  [[nodiscard]] double at(Pixel pixel) const { return differs() ? static_cast<double>(image[pixel]) : lowest; }
};

struct ThresholdRow {
  std::string_view name;   ///< in JSON and on the command line
  std::string_view label;  ///< on screen
  Options options = {};
  const Option* decides =
      nullptr;  ///< the one to turn where the cutoff decided what became of a nucleus; null: the row

  /// The cutoff of an image, which is not empty and finite and outlives the computation, as its histogram does. Refuses
  /// where scikit-image raises.
  Sliced<Result<Cutoff>> (*find)(FloatView image, const Histogram& histogram, const OptionValues& values) = nullptr;
  /// How many rows and columns to each side of a pixel its own cutoff is made from; null: there is one for all.
  int (*reach)(const OptionValues& values) = nullptr;
  /// How the pixel's own cutoff came about; null: there is one for all.
  TermsAtPixel (*terms)(FloatView image, const OptionValues& values, Pixel pixel) = nullptr;

  // Texts: `row_text` fills them in.
  std::string_view at_pixel = {};  ///< after "the cutoff there is 83.2": how it came about; of cutoffs that differ
  std::string_view notebook = {};  ///< who sets the cutoff, in a sentence or two
  std::string_view python = {};    ///< what `threshold` becomes, made from {image}
  bool needs_two_values = false;  ///< scikit-image has no answer where an image has one value, which is then the cutoff
  ImagejLines imagej = {};        ///< on the selected 32-bit image `binary_mask`; they set `threshold`
  std::string_view imagej_differs = {};  ///< why ImageJ's result is another; empty: it is the same
  std::string_view tried_title = {};     ///< of a setting that is tried
  std::span<const Setting> tried = {};   ///< settings to compare side by side
  std::span<const RowPitfall> pitfalls = {};
};

/// Bars of the histogram that a method looks at.
extern const Option histogram_bins;
inline constexpr Setting as_it_is[] = {{}};
inline constexpr std::string_view found_by_algorithm =
    "Here an algorithm ({label}) finds it from the image's own values, so that it is reproducible.";
inline constexpr std::string_view imagej_histogram =
    "The threshold is found in a histogram of 256 bins, with ImageJ's own version of the method.";

/// Refuses bins that have no width, as numpy does, or whose edges are infinite, as of values near the largest float32.
Result<void> check_bins(const Histogram& histogram);
/// Refuses a cutoff that is no finite number: single precision did not hold what it was made from.
Result<double> finite_only(double cutoff);

/// A row's `find` for a method that looks at the histogram alone. An image of one value is its own cutoff.
template <auto method>
Sliced<Result<Cutoff>> by_histogram(FloatView /*image*/, const Histogram& histogram, const OptionValues& /*values*/) {
  if (histogram.counts.size() == 1) co_return Cutoff(static_cast<double>(histogram.centres.front()));
  if (auto good = check_bins(histogram); !good) co_return std::unexpected(good.error());
  co_return Result<double>(method(histogram)).and_then(finite_only).transform([](double cutoff) {
    return Cutoff(cutoff);
  });
}
/// The same for a method that looks at the image.
template <auto method>
Sliced<Result<Cutoff>> by_values(FloatView image, const Histogram& histogram, const OptionValues& /*values*/) {
  if (histogram.edges.front() == histogram.edges.back()) co_return Cutoff(static_cast<double>(histogram.edges.front()));
  co_return finite_only(method(image)).transform([](double cutoff) { return Cutoff(cutoff); });
}

}  // namespace floodlight

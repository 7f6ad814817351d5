// Why a pixel is a seed, or is none: every candidate of peak_local_max and what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/peaks.h"

namespace floodlight {

enum class PeakFate : std::uint8_t {
  accepted,
  too_near,        ///< nearer than the minimum distance to an accepted one that was looked at before
  at_border,       ///< in the outermost rows or columns that are left out
  below_threshold  ///< not above the absolute threshold, wherever it lies
};

/// A pixel that nothing in its window exceeds.
struct PeakCandidate {
  Pixel pixel;
  std::int32_t height = 0;  ///< its value, of what seeds are the summits of (`seed_heights`)
  PeakFate fate = PeakFate::accepted;
  Pixel by;  ///< of one that is too near: the accepted one that it is too near to, the first of them to be accepted
};

/// Every candidate above 0, highest first, equal heights in raster order. The accepted ones are, in this order, what
/// `peak_local_max_in_slices` gives; a threshold, if there is one, is not below 0. A constant image has no candidates.
/// O(pixels) whatever the window, and a few neighbours for each candidate.
Sliced<std::vector<PeakCandidate>> peak_candidates_in_slices(ImageView<const std::int32_t> heights,
                                                             PeakOptions<std::int32_t> options);
std::vector<PeakCandidate> peak_candidates(ImageView<const std::int32_t> heights,
                                           const PeakOptions<std::int32_t>& options);

/// Why a pixel is no candidate: the highest pixel in its window if it exceeds it, the nearest among equals, then first
/// in raster order; none if the pixel is a candidate or background. O(window^2).
std::optional<Pixel> exceeded_by(ImageView<const std::int32_t> heights, const PeakOptions<std::int32_t>& options,
                                 Pixel pixel);

/// An object of the mask in which no candidate was accepted: it gets no seed, and no label.
struct SeedlessObject {
  Label component = 0;
  std::int64_t area = 0;
  Pixel summit;  ///< its highest candidate, or where it has none its highest pixel; the first among equals
  /// What became of that candidate; none: a higher pixel of another object lies in its window.
  std::optional<PeakFate> fate;
  Pixel by;  ///< with `too_near` the accepted candidate; without a fate the pixel that exceeds it
};
/// In the order of the components' numbers, with what `peak_candidates` gave for these options. The components are
/// those that the watershed floods: `label` of the refined mask with the watershed's connectivity, 4 neighbours by
/// default. O(pixels + candidates), and a window for each object without a candidate.
std::vector<SeedlessObject> seedless_objects(LabelView components, ImageView<const std::int32_t> heights,
                                             const std::vector<PeakCandidate>& candidates,
                                             const PeakOptions<std::int32_t>& options);

/// What `image = numpy.zeros((rows, cols), bool); image[coords] = True` sets when `coords` is given as peak_local_max
/// returns it, neither transposed nor made a tuple: each number picks a whole row (a negative one from the end).
/// Refuses, as numpy does, a number that is no row of the image.
Result<Mask> set_by_untransposed(const std::vector<Pixel>& coords, int rows, int cols);

}  // namespace floodlight

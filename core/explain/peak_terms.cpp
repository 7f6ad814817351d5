// Every candidate and its fate, objects without a seed, and the index that was not transposed.
#include "core/explain/peak_terms.h"

#include <algorithm>
#include <cassert>
#include <string>

#include "core/explain/distance_terms.h"
#include "core/segment/spacing.h"

namespace floodlight {
namespace {

using Options = PeakOptions<std::int32_t>;

/// Half the side of the window, without the pixel itself; no larger than the image.
int half_window(ImageView<const std::int32_t> image, const Options& options) {
  const int half = options.window > 0 ? options.window / 2 : options.min_distance;
  return std::min(half, std::max(image.rows(), image.cols()));
}

bool in_border(ImageView<const std::int32_t> image, const Options& options, Pixel p) {
  const int margin = options.exclude_border ? options.min_distance : 0;
  return p.row < margin || p.col < margin || p.row >= image.rows() - margin || p.col >= image.cols() - margin;
}

/// What of each component its seed, or the lack of one, is told by. Entry 0 is the background's.
struct Standing {
  std::int64_t area = 0;
  Pixel highest;
  std::int32_t height = -1;
  const PeakCandidate* candidate = nullptr;  // the highest one
  bool seeded = false;
};

std::vector<Standing> standings(LabelView components, ImageView<const std::int32_t> heights,
                                const std::vector<PeakCandidate>& candidates) {
  const Label count = components.empty() ? 0 : std::ranges::max(components.pixels());
  std::vector<Standing> all(static_cast<std::size_t>(count) + 1);
  for (int row = 0; row < components.rows(); ++row) {
    for (int col = 0; col < components.cols(); ++col) {
      Standing& standing = all[static_cast<std::size_t>(components[row, col])];
      ++standing.area;
      if (heights[row, col] <= standing.height) continue;
      standing.highest = {.row = row, .col = col};
      standing.height = heights[row, col];
    }
  }
  for (const PeakCandidate& candidate : candidates) {
    Standing& standing = all[static_cast<std::size_t>(components[candidate.pixel])];
    if (standing.candidate == nullptr) standing.candidate = &candidate;
    standing.seeded |= candidate.fate == PeakFate::accepted;
  }
  return all;
}

}  // namespace

Sliced<std::vector<PeakCandidate>> peak_candidates_in_slices(ImageView<const std::int32_t> heights, Options options) {
  assert(options.threshold_abs.value_or(0) >= 0);
  std::vector<PeakCandidate> candidates;
  if (heights.empty()) co_return candidates;
  // Without a border, a distance and a threshold, every candidate is a peak.
  const Options all{
      .window = 2 * half_window(heights, options) + 1, .min_distance = 1, .exclude_border = false, .threshold_abs = 0};
  const std::vector<Pixel> peaks = co_await peak_local_max_in_slices(heights, all);
  const std::int32_t threshold = options.threshold_abs.value_or(std::ranges::min(heights.pixels()));
  Spacing spacing(options.min_distance, heights.rows(), heights.cols());
  candidates.reserve(peaks.size());
  for (const Pixel p : peaks) {
    PeakCandidate candidate{.pixel = p, .height = heights[p], .by = p};
    if (candidate.height <= threshold) {
      candidate.fate = PeakFate::below_threshold;
    } else if (in_border(heights, options, p)) {
      candidate.fate = PeakFate::at_border;
    } else if (const auto other = spacing.too_near_to(p)) {
      candidate.fate = PeakFate::too_near;
      candidate.by = *other;
    } else {
      spacing.add(p);
    }
    candidates.push_back(candidate);
  }
  co_return candidates;
}

std::vector<PeakCandidate> peak_candidates(ImageView<const std::int32_t> heights, const Options& options) {
  return peak_candidates_in_slices(heights, options).finish();
}

std::optional<Pixel> exceeded_by(ImageView<const std::int32_t> heights, const Options& options, Pixel pixel) {
  assert(heights.contains(pixel));
  if (heights[pixel] <= 0) return std::nullopt;
  const int half = half_window(heights, options);
  const Pixel first = heights.nearest({.row = pixel.row - half, .col = pixel.col - half});
  const Pixel last = heights.nearest({.row = pixel.row + half, .col = pixel.col + half});
  Pixel highest = pixel;
  for (int row = first.row; row <= last.row; ++row) {
    for (int col = first.col; col <= last.col; ++col) {
      const Pixel p{.row = row, .col = col};
      const bool nearer = squared_distance(p, pixel) < squared_distance(highest, pixel);
      if (heights[p] > heights[highest] || (heights[p] == heights[highest] && nearer)) highest = p;
    }
  }
  return heights[highest] > heights[pixel] ? std::optional(highest) : std::nullopt;
}

std::vector<SeedlessObject> seedless_objects(LabelView components, ImageView<const std::int32_t> heights,
                                             const std::vector<PeakCandidate>& candidates, const Options& options) {
  assert(components.rows() == heights.rows() && components.cols() == heights.cols());
  const std::vector<Standing> all = standings(components, heights, candidates);
  std::vector<SeedlessObject> objects;
  for (std::size_t number = 1; number < all.size(); ++number) {
    const Standing& standing = all[number];
    if (standing.seeded || standing.area == 0) continue;
    SeedlessObject object;
    object.component = static_cast<Label>(number);
    object.area = standing.area;
    if (standing.candidate != nullptr) {
      object.summit = standing.candidate->pixel;
      object.fate = standing.candidate->fate;
      object.by = standing.candidate->by;
    } else {
      object.summit = standing.highest;
      object.by = exceeded_by(heights, options, standing.highest).value_or(standing.highest);
    }
    objects.push_back(object);
  }
  return objects;
}

Result<Mask> set_by_untransposed(const std::vector<Pixel>& coords, int rows, int cols) {
  Mask image(rows, cols);
  for (const Pixel p : coords) {
    for (const int number : {p.row, p.col}) {
      const int row = number < 0 ? number + rows : number;
      if (row < 0 || row >= rows) {
        return fail("numpy stops with \"index " + std::to_string(number) + " is out of bounds for axis 0 with size " +
                    std::to_string(rows) +
                    "\": without transpose and tuple every number, also a column's, is taken for a row; "
                    "image[tuple(coords.T)] = True sets the pixels.");
      }
      std::fill_n(image.view().row(row), cols, std::uint8_t{1});
    }
  }
  return image;
}

}  // namespace floodlight

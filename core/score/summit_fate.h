// Why the summit of a nucleus became no seed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"

namespace floodlight {

/// The tests that a summit must pass, in the order in which `peak_local_max` makes them.
enum class SummitFate : std::uint8_t { in_window, below_threshold, at_border, too_near, accepted };

struct Summit {
  Pixel pixel;
  /// Whether it is a local maximum of `seed_heights`, and not the same plateau as a seed elsewhere; if not, the
  /// nucleus lies on the slope of another one.
  bool own = false;
  SummitFate fate = SummitFate::accepted;
  Pixel by;  ///< the higher pixel in its window, or the seed that it is too near to
};

/// What a recipe asks of a summit.
struct SummitTests {
  int reach = 1;               ///< of the window, to either side
  int min_distance = 1;        ///< between seeds
  int margin = 0;              ///< rows and columns at the border that are left out
  std::int32_t threshold = 0;  ///< heights must be larger
};
/// O(pixels).
SummitTests summit_tests(const StageValues& values, const Recipe& recipe);

/// The highest local maximum of `seed_heights` among these pixels (places in raster order, ascending), or without one the
/// highest pixel; of several the one that passes most tests, then the first. None where all are background. Seeds must
/// be peaks, not set by hand. O(pixels + window^2).
std::optional<Summit> summit_of(std::span<const std::uint32_t> pixels, const StageValues& values,
                                const SummitTests& tests);

}  // namespace floodlight

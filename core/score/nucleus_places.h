// Sets of pixels, and where to point when one pixel must stand for them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/score/nucleus_facts.h"

namespace floodlight {

/// Pixels by their place in raster order, ascending.
using Places = std::vector<std::uint32_t>;

template <typename Visit>
void each_pixel(std::span<const Stretch> stretches, Visit visit) {
  for (const Stretch& s : stretches) {
    for (std::uint32_t i = s.first; i < s.first + s.length; ++i) visit(i);
  }
}
template <typename Predicate>
Places pixels_where(std::span<const Stretch> stretches, Predicate holds) {
  Places places;
  each_pixel(stretches, [&](std::uint32_t i) {
    if (holds(i)) places.push_back(i);
  });
  return places;
}
Places pixels_of(std::span<const Stretch> stretches);

/// The pixel at a place of an image with so many columns.
Pixel pixel_at(std::uint32_t place, int cols);
/// The pixel of a set that is nearest to its centre. None of the sets is empty.
Pixel middle_of(const Places& places, int cols);
/// The pixel of `some` that is nearest to the middle between the centres of two sets.
Pixel between(const Places& a, const Places& b, const Places& some, int cols);

}  // namespace floodlight

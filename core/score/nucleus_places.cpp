// Centres of sets of pixels.
#include "core/score/nucleus_places.h"

#include <algorithm>
#include <cmath>

namespace floodlight {
namespace {

struct Centre {
  double row = 0;
  double col = 0;
};

Centre centre_of(const Places& places, int cols) {
  Centre centre;
  for (const std::uint32_t place : places) {
    const Pixel p = pixel_at(place, cols);
    centre.row += p.row;
    centre.col += p.col;
  }
  const auto count = static_cast<double>(places.size());
  return {centre.row / count, centre.col / count};
}

Pixel nearest_to(const Centre& centre, const Places& places, int cols) {
  const auto distance = [&](std::uint32_t place) {
    const Pixel p = pixel_at(place, cols);
    return std::hypot(p.row - centre.row, p.col - centre.col);
  };
  return pixel_at(*std::ranges::min_element(places, {}, distance), cols);
}

}  // namespace

Places pixels_of(std::span<const Stretch> stretches) {
  return pixels_where(stretches, [](std::uint32_t /*unused*/) { return true; });
}

Pixel pixel_at(std::uint32_t place, int cols) {
  const auto width = static_cast<std::uint32_t>(cols);
  return {static_cast<int>(place / width), static_cast<int>(place % width)};
}

Pixel middle_of(const Places& places, int cols) { return nearest_to(centre_of(places, cols), places, cols); }

Pixel between(const Places& a, const Places& b, const Places& some, int cols) {
  const Centre first = centre_of(a, cols);
  const Centre second = centre_of(b, cols);
  return nearest_to({(first.row + second.row) / 2, (first.col + second.col) / 2}, some, cols);
}

}  // namespace floodlight

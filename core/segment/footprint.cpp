#include "core/segment/footprint.h"

#include <cstdlib>

namespace floodlight {
namespace {

constexpr Choice shapes[] = {
    {"disk", "Disk", "skimage.morphology.disk({radius})", "disk({radius})"},
    {"diamond", "Diamond", "skimage.morphology.diamond({radius})", "diamond({radius})"},
    {"square", "Square", "np.ones(({side}, {side}))", "a square of {side} px"},
};

}  // namespace

constinit const Option footprint_shape = {
    .key = "footprint",
    .label = "Footprint",
    .kind = ParameterKind::choice,
    .help = "The shape that is laid on every pixel.",
    .choices = shapes,
};

constinit const Option footprint_radius = {
    .key = "radius",
    .label = "Radius",
    .kind = ParameterKind::integer,
    .minimum = 1,
    .maximum = 100,
    .initial = 1,
    .unit = "px",
    .help = "The footprint is 2 x radius + 1 pixels wide. Larger also changes more of what was right.",
    .python = "radius",
};

Footprint footprint_of(const OptionValues& values) {
  return {static_cast<FootprintShape>(values.whole(footprint_shape)), values.whole(footprint_radius)};
}

OptionValues values_of(Footprint footprint) {
  return {{&footprint_shape, static_cast<double>(footprint.shape)},
          {&footprint_radius, static_cast<double>(footprint.radius)}};
}

Mask footprint_image(Footprint footprint) {
  const int radius = footprint.radius;
  Mask out(2 * radius + 1, 2 * radius + 1);
  for (int row = -radius; row <= radius; ++row) {
    for (int col = -radius; col <= radius; ++col) {
      const bool inside = footprint.shape == FootprintShape::disk      ? row * row + col * col <= radius * radius
                          : footprint.shape == FootprintShape::diamond ? std::abs(row) + std::abs(col) <= radius
                                                                       : true;
      out[row + radius, col + radius] = inside ? 1 : 0;
    }
  }
  return out;
}

}  // namespace floodlight

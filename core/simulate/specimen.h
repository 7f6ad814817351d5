// The specimen: where nuclei and debris lie, and what each looks like, before any light is collected.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/simulate/simulation.h"

namespace floodlight {

enum class BodyKind : std::uint8_t { interphase, metaphase, anaphase, prophase, pyknotic, micronucleus, debris };

/// A dark spot in a nucleus, in the body's own frame.
struct Nucleolus {
  double x_um = 0;
  double y_um = 0;
  double radius_um = 0;
  double depth = 0;  ///< part of the light that is missing at its centre
};

/// Where a neighbour presses the outline flat: the body ends at this distance from its centre in direction (x, y).
struct Press {
  double x = 0;
  double y = 0;
  double distance_um = 0;
};

/// One thing that glows. Places are micrometres from the field's centre (x to the right, y down) and from the focal plane.
struct Body {
  BodyKind kind = BodyKind::interphase;
  double x_um = 0;
  double y_um = 0;
  double z_um = 0;
  double semi_major_um = 0;
  double semi_minor_um = 0;
  double sine = 0;  ///< of the angle of the major axis
  double cosine = 1;
  std::array<double, 4> outline_cosine{};  ///< Fourier orders 2 to 5 of the radius, relative to it
  std::array<double, 4> outline_sine{};
  double thickness_um = 0;
  double brightness = 1;  ///< mean over its area, relative to a typical nucleus
  double contrast = 0;    ///< of the chromatin: standard deviation / mean
  double grain_um = 1;
  std::uint64_t texture = 0;  ///< seed of the chromatin
  std::vector<Nucleolus> nucleoli;
  std::vector<Press> presses;  ///< in the field's frame, not turned with the body

  /// Whether it is a nucleus of the truth. The two plates of an anaphase are two nuclei.
  [[nodiscard]] bool is_nucleus() const { return kind != BodyKind::micronucleus && kind != BodyKind::debris; }
};

/// All bodies within `half_width` x `half_height` micrometres of the centre and some way beyond. The same seed gives
/// the same nuclei in the same places whatever the objective: a higher magnification looks at fewer of them.
/// O(nuclei).
std::vector<Body> make_specimen(const SimulationParameters& parameters, std::uint64_t seed);

}  // namespace floodlight

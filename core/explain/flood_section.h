// A flood cut along a line, as textbooks draw the watershed: which water stands where, seeds, and where waters meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/explain/flood.h"

namespace floodlight {

/// A pixel of the line at a moment of the flood.
struct SectionPixel {
  Pixel pixel;
  Label label = 0;     ///< of the water that has reached it; 0: dry, or a line
  bool wet = false;    ///< reached, whatever its label
  bool waits = false;  ///< wet, and still in the queue
  bool seed = false;
  friend bool operator==(const SectionPixel&, const SectionPixel&) = default;
};

/// Two waters that touch on the line, in the end; between them may lie a pixel of a watershed line.
struct SectionBorder {
  std::size_t before = 0;  ///< the last pixel of `first`, by its place on the line ...
  std::size_t after = 0;   ///< ... and the first one of `second`
  Label first = 0;
  Label second = 0;
  std::int32_t time = 0;  ///< from when on both are flooded
  friend bool operator==(const SectionBorder&, const SectionBorder&) = default;
};

/// The flood's moment `time` at the pixels of a line, which lie in the image. O(length).
std::vector<SectionPixel> flood_section(const Flood& flood, LabelView markers, const std::vector<Pixel>& line,
                                        std::int32_t time);
/// Where waters meet on the line. O(length).
std::vector<SectionBorder> section_borders(const Flood& flood, const std::vector<Pixel>& line);

/// The ends of a line from seed to seed of two waters that meet, drawn out at either end to a little beyond the shore, as
/// far as the image goes. O(length of the waters' ways and of the line).
std::pair<Pixel, Pixel> line_through_meeting(const Flood& flood, const FloodMeeting& meeting);

/// Where a basin borders on the one next to a pixel: on one side of it a drop of water goes here, on the other side
/// there.
struct Ridge {
  Label other = 0;            ///< the other basin
  Pixel nearest;              ///< the pixel of the ridge that is nearest to where it was asked for
  std::vector<Pixel> pixels;  ///< of the own basin, that touch the other one, or a line next to it
};
/// Of the nearest other basin, when the flood is over; no pixels where the pixel is dry or its basin touches no other.
/// O(pixels of the basin).
Ridge nearest_ridge(const Flood& flood, Pixel from);

}  // namespace floodlight

// Images small enough to be read number by number, each made for one idea.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/image.h"

namespace floodlight {

struct SmallImage {
  Image<float> pixels;  ///< whole numbers from 0 to 255
  std::optional<LabelImage> truth;
};

/// The image of that id, or none: lecture_grid, small_field, single_pixel, touching_discs, diagonal_neighbours, holes,
/// chess_board, plateau.
std::optional<SmallImage> make_small_image(std::string_view id);

}  // namespace floodlight

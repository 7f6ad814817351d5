// Which pixels of an object lie at its edge.
#pragma once

#include "core/base/image.h"

namespace floodlight {

/// A pixel of an object that has another label, or the outside of the image, among its four neighbours.
inline bool on_outline(LabelView labels, Pixel p) {
  const Label own = labels[p];
  return p.row == 0 || p.col == 0 || p.row + 1 == labels.rows() || p.col + 1 == labels.cols() ||
         labels[p.row - 1, p.col] != own || labels[p.row + 1, p.col] != own || labels[p.row, p.col - 1] != own ||
         labels[p.row, p.col + 1] != own;
}

}  // namespace floodlight

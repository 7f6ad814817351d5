// How a feature got its value at one pixel, written out. The smoothed image's own terms are in core/filter_terms.h:
// `gaussian_terms` and `gaussian_passes`.
#pragma once

#include "core/base/image.h"
#include "core/segment/filter_terms.h"

namespace floodlight {

/// The edge's strength at a pixel of a smoothed image: how steep it is down and across, and both together.
struct SobelTerms {
  FilterTerms down;    ///< 3 x 3; positive where the image grows brighter downwards
  FilterTerms across;  ///< 3 x 3; positive where it grows brighter to the right
  float down_value = 0;
  float across_value = 0;  ///< the two results in single precision
  float result = 0;        ///< sqrt(down^2 + across^2) / sqrt(2): the feature, to the bit
};
SobelTerms sobel_terms(FloatView smoothed, Pixel pixel);

/// (after - before) / divisor. Within the image two pixels apart, at its edge one.
struct Difference {
  Pixel before;
  Pixel after;
  float before_value = 0;
  float after_value = 0;
  float divisor = 2;
  float result = 0;
};

/// A difference of differences.
struct SecondDifference {
  Difference before;
  Difference after;
  float divisor = 2;
  float result = 0;
};

/// The curvature at a pixel of a smoothed image: its matrix of second derivatives, and the matrix's eigenvalues.
struct HessianTerms {
  SecondDifference down;    ///< of the differences down the column
  SecondDifference mixed;   ///< between the differences down the columns at both sides
  SecondDifference across;  ///< of the differences along the row
  float middle = 0;         ///< (down + across) / 2
  float half = 0;           ///< (down - across) / 2
  float root = 0;           ///< sqrt(mixed^2 + half^2)
  float larger = 0;         ///< middle + root: a feature, to the bit
  float smaller = 0;        ///< middle - root: another one
};
/// The image must have at least 2 rows and 2 columns.
HessianTerms hessian_terms(FloatView smoothed, Pixel pixel);

}  // namespace floodlight

// Paint: which pixels a person has said to be of which class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"

namespace floodlight {

/// The class of each pixel; 0: not painted.
using PaintImage = Image<std::uint8_t>;
using PaintView = ImageView<const std::uint8_t>;

/// One movement of the brush: along straight lines from each place to the next, a disk of pixels at each step.
struct Stroke {
  std::uint8_t label = 1;  ///< the class; 0 is the eraser
  int radius = 0;          ///< pixels no farther from the brush's centre are painted; 0: one pixel
  std::vector<Pixel> path;
  friend bool operator==(const Stroke&, const Stroke&) = default;
};

/// Strokes in the order in which they were made: a later one covers what is below it.
using Paint = std::vector<Stroke>;

/// Paints one more stroke. What lies outside the image is left out. O(steps * radius^2).
void paint_stroke(PaintImage& image, const Stroke& stroke);

/// All strokes on an image of this size.
PaintImage paint_image(const Paint& paint, int rows, int cols);

/// Strokes that paint exactly this image: one of radius 0 for each horizontal run of pixels of a class, in raster order.
Paint strokes_of(PaintView image);

/// The painted pixels in raster order, which is the order of the samples.
std::vector<Pixel> painted_pixels(PaintView paint);

/// Adds the features of the painted pixels, in raster order, to a training set: an image's after those of the images before
/// it. The set is empty or has the same features. O(pixels + painted pixels * features).
void append_samples(TrainingSet& set, const ScaleSpace& space, PaintView paint);

/// The training set of one painted image. The arguments must outlive the work.
Sliced<TrainingSet> training_set_in_slices(const ScaleSpace& space, PaintView paint);

/// Paint to begin with where the truth is known, as somebody would paint who looks where it is difficult: in some nuclei
/// spread over the image a stroke of class 1 along the middle row, and beside each, two pixels beyond its edge, one of class
/// 2 of at most the same length. Labels whose middle row is not free on either side get the first stroke alone. Empty where
/// there are no labels. `nuclei`: at most so many are painted. O(pixels).
Paint example_paint(LabelView truth, int nuclei = 12, int length = 24);

}  // namespace floodlight

// Repairs of a mask: footprints, small objects, holes, the border.
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

enum class FootprintShape : std::uint8_t { disk, diamond, square };

/// `skimage.morphology.disk(radius)`, `diamond(radius)`, or a square of ones of side 2 * radius + 1.
/// The default cross of `binary_closing` is disk(1) = diamond(1).
struct Footprint {
  FootprintShape shape = FootprintShape::disk;
  int radius = 1;
};

/// The footprint as an image of (2 * radius + 1)^2 zeros and ones.
Mask footprint_image(Footprint footprint);

// `skimage.morphology.binary_erosion` and its siblings (today `erosion(mask, footprint, mode="ignore")`): the outside of
// the image counts as foreground to an erosion and as background to a dilation, so the border neither adds nor eats.
// O(pixels), whatever the radius: a pixel survives an erosion when its nearest background pixel lies outside the
// footprint, which a distance transform tells.
Mask erosion(MaskView mask, Footprint footprint);
Mask dilation(MaskView mask, Footprint footprint);
Mask opening(MaskView mask, Footprint footprint);
Mask closing(MaskView mask, Footprint footprint);

/// `remove_small_objects(mask, max_size=n)`: objects of at most `max_size` pixels go. Counted with 4 neighbours. O(pixels).
Mask remove_small_objects(MaskView mask, int max_size);

/// `remove_small_holes(mask, max_size=n)`: 4-connected background regions of at most `max_size` pixels become
/// foreground, those at the border included. O(pixels).
Mask remove_small_holes(MaskView mask, int max_size);

/// `scipy.ndimage.binary_fill_holes(mask)`: background that no path of 4-neighbour steps joins to the border becomes
/// foreground. O(pixels).
Mask fill_holes(MaskView mask);

/// `skimage.segmentation.clear_border`: objects (8 neighbours) that touch the image's border go. O(pixels).
Mask clear_border(MaskView mask);
LabelImage clear_border(LabelView labels);

// The same masks, slice by slice.
Sliced<Mask> erosion_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> dilation_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> opening_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> closing_in_slices(MaskView mask, Footprint footprint);
Sliced<Mask> remove_small_objects_in_slices(MaskView mask, int max_size);
Sliced<Mask> remove_small_holes_in_slices(MaskView mask, int max_size);
Sliced<Mask> fill_holes_in_slices(MaskView mask);
Sliced<Mask> clear_border_in_slices(MaskView mask);

}  // namespace floodlight

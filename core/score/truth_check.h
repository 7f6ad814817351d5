// Whether an image can be the truth: labels of nuclei, and those of this image.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/image.h"

namespace floodlight {

enum class TruthKind : std::uint8_t {
  labels,
  mask,        ///< one value in several pieces: what it lacks is a number for each, which labelling its pieces gives
  intensities  ///< many values in many pieces each, or none: no labels
};

/// What a file that was opened as the truth is. The sentence begins with `name`; it is empty where nothing speaks against
/// it, and may also warn of labels: of one that covers most of the image, or of a result opened as its own truth.
struct TruthCheck {
  TruthKind kind = TruthKind::labels;
  std::string sentence;
};

/// Looks at the labels themselves, and at the labels at hand where they are given (with as many pixels, else an empty
/// view). O(pixels).
TruthCheck check_truth(LabelView truth, LabelView at_hand, std::string_view name);

/// A sentence where a truth shares so few pixels with a result that it may be another image's; else empty.
std::string strange_truth(int true_nuclei, int predicted_nuclei, double dice, std::string_view name);

}  // namespace floodlight

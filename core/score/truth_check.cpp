// Whether an image can be the truth: labels of nuclei, and those of this image.
#include "core/score/truth_check.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

#include "core/segment/label.h"

namespace floodlight {

TruthCheck check_truth(LabelView truth, LabelView at_hand, std::string_view name) {
  const std::string file(name);
  std::unordered_map<Label, std::size_t> areas;
  for (const Label l : truth.pixels()) ++areas[l];
  const bool background = areas.erase(0) > 0;
  if (areas.empty()) {
    return {TruthKind::intensities, file + " holds no label: every pixel is 0, and there is nothing to score against."};
  }
  const auto pieces = static_cast<std::size_t>(label(truth).count);
  const auto largest = std::ranges::max_element(areas, {}, [](const auto& entry) { return entry.second; });
  if (areas.size() == 1 && pieces > 1) {
    return {TruthKind::mask, file + " holds one label, " + std::to_string(largest->first) + ", in " +
                                 std::to_string(pieces) + " separate pieces: it looks like a mask."};
  }
  // A label may be in several pieces, but not most of them.
  constexpr std::size_t few_values = 4;
  if (pieces > 2 * areas.size() && areas.size() > few_values) {
    return {TruthKind::intensities, file + " holds " + std::to_string(areas.size()) + " values in " +
                                        std::to_string(pieces) +
                                        " pieces: it looks like an image of intensities, and labels are needed."};
  }
  if (pieces > 4 * areas.size()) {
    return {TruthKind::mask, file + " holds " + std::to_string(areas.size()) + " labels in " + std::to_string(pieces) +
                                 " separate pieces: it looks like a mask of classes."};
  }
  if (at_hand.rows() == truth.rows() && at_hand.cols() == truth.cols() &&
      std::ranges::equal(at_hand.pixels(), truth.pixels())) {
    return {TruthKind::labels, file + " holds the very labels at hand; against themselves every result scores 1."};
  }
  if (2 * largest->second > truth.size() && (areas.size() > 1 || !background)) {
    const auto percent = 100 * largest->second / truth.size();
    return {TruthKind::labels, file + ": label " + std::to_string(largest->first) + " covers " +
                                   std::to_string(percent) + " % of the image; if that is background, it should be 0."};
  }
  return {};
}

std::string strange_truth(int true_nuclei, int predicted_nuclei, double dice, std::string_view name) {
  constexpr double hardly_any = 0.1;
  if (true_nuclei == 0 || predicted_nuclei == 0 || dice >= hardly_any) return {};
  return std::string(name) + " shares hardly a pixel with the labels at hand: is it the truth of another image?";
}

}  // namespace floodlight

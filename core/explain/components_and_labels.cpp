// Counts which labels each component holds, in one pass, and marks the components by that count in another.
#include "core/explain/components_and_labels.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 1U << 16U;

/// What is known of the components and the labels while their pixels go by.
class Count {
 public:
  void add(std::span<const Label> components, std::span<const Label> labels, std::size_t flat_index) {
    for (std::size_t i = 0; i < components.size(); ++i) {
      const auto component = static_cast<std::size_t>(components[i]);
      const auto label = static_cast<std::size_t>(labels[i]);
      if (label >= homes_.size()) homes_.resize(label + 1, unseen);
      if (component >= firsts_.size()) firsts_.resize(component + 1, none);
      if (component > 0 && firsts_[component] == none) firsts_[component] = flat_index + i;
      if (label == 0) continue;
      // Nearly all pixels of a label lie in one component.
      if (homes_[label] == unseen) {
        homes_[label] = components[i];
      } else if (homes_[label] != components[i]) {
        elsewhere_.emplace_back(labels[i], components[i]);
      }
    }
  }

  ComponentsAndLabels result(int cols) {
    std::vector<int> held(firsts_.size());
    ComponentsAndLabels found;
    for (std::size_t label = 1; label < homes_.size(); ++label) {
      if (homes_[label] == unseen) continue;
      ++found.labels;
      ++held[static_cast<std::size_t>(homes_[label])];
    }
    std::ranges::sort(elsewhere_);
    const auto repeats = std::ranges::unique(elsewhere_);
    elsewhere_.erase(repeats.begin(), repeats.end());
    for (const auto& [label, component] : elsewhere_) ++held[static_cast<std::size_t>(component)];
    for (std::size_t component = 1; component < held.size(); ++component) {
      if (firsts_[component] == none) continue;
      ++found.components;
      const int labels = held[component];
      found.whole += labels == 1 ? 1 : 0;
      found.unlabelled += labels == 0 ? 1 : 0;
      found.cut += labels > 1 ? 1 : 0;
      found.pieces += labels > 1 ? labels : 0;
      fates_.resize(component + 1);
      fates_[component] = fate_of(labels);
      if (labels == 1) continue;
      const auto width = static_cast<std::size_t>(cols);
      found.differences.push_back(
          {static_cast<Label>(component), labels,
           Pixel{static_cast<int>(firsts_[component] / width), static_cast<int>(firsts_[component] % width)}});
    }
    return found;
  }

  /// After `result`.
  void mark(std::span<const Label> components, std::span<std::uint8_t> fates) const {
    for (std::size_t i = 0; i < components.size(); ++i) {
      if (components[i] > 0) fates[i] = static_cast<std::uint8_t>(fates_[static_cast<std::size_t>(components[i])]);
    }
  }

 private:
  static constexpr Label unseen = -1;
  static constexpr auto none = static_cast<std::size_t>(-1);

  static ComponentFate fate_of(int labels) {
    if (labels == 0) return ComponentFate::unlabelled;
    return labels == 1 ? ComponentFate::whole : ComponentFate::cut;
  }

  std::vector<Label> homes_;                        ///< of each label, the component in which its first pixel lies
  std::vector<std::size_t> firsts_;                 ///< of each component, its first pixel's place
  std::vector<std::pair<Label, Label>> elsewhere_;  ///< labels in components that are not their home
  std::vector<ComponentFate> fates_;
};

}  // namespace

Sliced<ComponentsAndLabels> components_and_labels_in_slices(LabelView components, LabelView labels) {
  assert(components.rows() == labels.rows() && components.cols() == labels.cols());
  const std::size_t size = components.size();
  Count count;
  for (std::size_t i = 0; i < size; i += pixels_per_slice) {
    const std::size_t part = std::min(pixels_per_slice, size - i);
    count.add(components.pixels().subspan(i, part), labels.pixels().subspan(i, part), i);
    co_yield Pause{};
  }
  ComponentsAndLabels found = count.result(components.cols());
  found.fates = Image<std::uint8_t>(components.rows(), components.cols());
  for (std::size_t i = 0; i < size; i += pixels_per_slice) {
    const std::size_t part = std::min(pixels_per_slice, size - i);
    count.mark(components.pixels().subspan(i, part), found.fates.pixels().subspan(i, part));
    co_yield Pause{};
  }
  co_return found;
}

ComponentsAndLabels components_and_labels(LabelView components, LabelView labels) {
  return components_and_labels_in_slices(components, labels).finish();
}

}  // namespace floodlight

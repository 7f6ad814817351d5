// Overlaps and pieces of nuclei, from stretches of equal pixels.
#include "core/score/nucleus_facts.h"

#include <algorithm>
#include <utility>

#include "core/segment/label.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 1U << 17U;

/// A label's place in a list of the score; labels come in stretches, so the last answer mostly serves again.
class PlaceInList {
 public:
  explicit PlaceInList(const std::vector<NucleusScore>& nuclei) : nuclei_(nuclei) {}
  std::int32_t operator()(Label label) {
    if (label <= 0) return Stretch::nobody;
    if (label != last_) {
      last_ = label;
      place_ = static_cast<std::int32_t>(std::ranges::lower_bound(nuclei_, label, {}, &NucleusScore::label) -
                                         nuclei_.begin());
    }
    return place_;
  }

 private:
  const std::vector<NucleusScore>& nuclei_;
  Label last_ = 0;
  std::int32_t place_ = Stretch::nobody;
};

/// Adds the stretches of the pixels from `from` on, before `to`.
void add_stretches(LabelView truth, LabelView predicted, std::size_t from, std::size_t to, PlaceInList& of_truth,
                   PlaceInList& of_predicted, std::vector<Stretch>& out) {
  for (std::size_t i = from; i < to; ++i) {
    const std::int32_t t = of_truth(truth.pixels()[i]);
    const std::int32_t p = of_predicted(predicted.pixels()[i]);
    if (t == Stretch::nobody && p == Stretch::nobody) continue;
    if (!out.empty()) {
      Stretch& last = out.back();
      if (last.truth == t && last.predicted == p && last.first + last.length == i) {
        ++last.length;
        continue;
      }
    }
    out.push_back({static_cast<std::uint32_t>(i), 1, t, p});
  }
}

/// Sorts items into the lists of whoever `owner` names, keeping their order.
template <typename T>
Lists<T> listed(const std::vector<T>& items, std::int32_t T::* owner, std::size_t count) {
  Lists<T> lists;
  lists.starts.assign(count + 1, 0);
  for (const T& item : items) {
    if (item.*owner != Stretch::nobody) ++lists.starts[static_cast<std::size_t>(item.*owner) + 1];
  }
  for (std::size_t i = 1; i <= count; ++i) lists.starts[i] += lists.starts[i - 1];
  lists.items.resize(lists.starts.back());
  std::vector<std::size_t> next(lists.starts.begin(), lists.starts.end() - 1);
  for (const T& item : items) {
    if (item.*owner != Stretch::nobody) lists.items[next[static_cast<std::size_t>(item.*owner)]++] = item;
  }
  return lists;
}

/// Counts by key, few keys at a time.
class Tally {
 public:
  void clear() { counts_.clear(); }
  void add(std::int32_t key, std::int64_t count) {
    for (auto& [k, n] : counts_) {
      if (k == key) {
        n += count;
        return;
      }
    }
    counts_.emplace_back(key, count);
  }
  [[nodiscard]] const std::vector<std::pair<std::int32_t, std::int64_t>>& counts() const { return counts_; }
  /// The key of the largest count, of several the smallest; 0 without any.
  [[nodiscard]] std::int32_t first() const {
    std::pair<std::int32_t, std::int64_t> best{0, 0};
    for (const auto& [k, n] : counts_) {
      if (n > best.second || (n == best.second && k < best.first)) best = {k, n};
    }
    return best.first;
  }

 private:
  std::vector<std::pair<std::int32_t, std::int64_t>> counts_;
};

/// The pixels that each true nucleus has in common with each predicted one.
std::vector<CommonPixels> common_pixels(const Lists<Stretch>& truth) {
  std::vector<CommonPixels> common;
  Tally tally;
  for (std::int32_t t = 0; t + 1 < static_cast<std::int32_t>(truth.starts.size()); ++t) {
    tally.clear();
    for (const Stretch& s : truth[t]) {
      if (s.predicted != Stretch::nobody) tally.add(s.predicted, s.length);
    }
    for (const auto& [p, count] : tally.counts()) common.push_back({t, p, count});
  }
  return common;
}

void sort_largest_first(Lists<CommonPixels>& lists) {
  for (std::size_t i = 0; i + 1 < lists.starts.size(); ++i) {
    const auto list = std::span(lists.items).subspan(lists.starts[i], lists.starts[i + 1] - lists.starts[i]);
    std::ranges::sort(list, [](const CommonPixels& a, const CommonPixels& b) {
      return a.count != b.count ? a.count > b.count : std::pair(a.truth, a.predicted) < std::pair(b.truth, b.predicted);
    });
  }
}

struct InComponents {
  std::vector<Label> piece;           ///< with most pixels of each nucleus
  std::vector<std::int64_t> covered;  ///< pixels of each nucleus in any of them
};

/// Adds the next nucleus; how many pixels were looked at.
std::size_t add_nucleus(std::span<const Stretch> stretches, LabelView components, Tally& tally, InComponents& out) {
  tally.clear();
  const auto pixels = components.pixels();
  std::size_t work = 0;
  std::int64_t covered = 0;
  for (const Stretch& s : stretches) {
    work += s.length;
    for (std::uint32_t i = s.first; i < s.first + s.length; ++i) {
      if (pixels[i] == 0) continue;
      tally.add(pixels[i], 1);
      ++covered;
    }
  }
  out.piece.push_back(tally.first());
  out.covered.push_back(covered);
  return work;
}

Sliced<InComponents> in_components(const Lists<Stretch>& nuclei, LabelView components) {
  InComponents result;
  Tally tally;
  std::size_t work = 0;
  for (std::int32_t i = 0; i + 1 < static_cast<std::int32_t>(nuclei.starts.size()); ++i) {
    work += add_nucleus(nuclei[i], components, tally, result);
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return result;
}

void add_sizes(LabelView components, std::size_t from, std::size_t to, std::vector<std::int64_t>& sizes) {
  for (std::size_t i = from; i < to; ++i) ++sizes[static_cast<std::size_t>(components.pixels()[i])];
}

Sliced<MaskFacts> facts_of(const NucleusFacts& facts, MaskView mask, Connectivity connectivity, bool sizes) {
  MaskFacts result;
  const Components pieces = co_await label_in_slices(mask, connectivity);
  InComponents truth = co_await in_components(facts.truth, pieces.labels);
  InComponents predicted = co_await in_components(facts.predicted, pieces.labels);
  result.covered = std::move(truth.covered);
  result.piece_of_truth = std::move(truth.piece);
  result.piece_of_predicted = std::move(predicted.piece);
  if (sizes) {
    const Components objects = co_await label_in_slices(mask, Connectivity::four);
    std::vector<std::int64_t> size(static_cast<std::size_t>(objects.count) + 1);
    for (std::size_t from = 0; from < mask.size(); from += pixels_per_slice) {
      add_sizes(objects.labels, from, std::min(mask.size(), from + pixels_per_slice), size);
      co_yield Pause{};
    }
    size[0] = 0;
    const InComponents mine = co_await in_components(facts.truth, objects.labels);
    for (const Label label : mine.piece) result.object_size.push_back(size[static_cast<std::size_t>(label)]);
  }
  co_return result;
}

void note_changes(MaskView before, MaskView after, std::size_t from, std::size_t to, std::uint16_t repair,
                  Image<std::uint16_t>& changed) {
  for (std::size_t i = from; i < to; ++i) {
    if (before.pixels()[i] != after.pixels()[i]) changed.pixels()[i] = repair;
  }
}

}  // namespace

Sliced<NucleusFacts> nucleus_facts_in_slices(const StageValues& values, const Recipe& recipe, LabelView truth,
                                             const Score& score) {
  NucleusFacts facts;
  std::vector<Stretch> stretches;
  PlaceInList of_truth(score.truth);
  PlaceInList of_predicted(score.predicted);
  for (std::size_t from = 0; from < truth.size(); from += pixels_per_slice) {
    const std::size_t to = std::min(truth.size(), from + pixels_per_slice);
    add_stretches(truth, values.labels, from, to, of_truth, of_predicted, stretches);
    co_yield Pause{};
  }
  facts.truth = listed(stretches, &Stretch::truth, score.truth.size());
  co_yield Pause{};
  facts.predicted = listed(stretches, &Stretch::predicted, score.predicted.size());
  co_yield Pause{};
  const std::vector<CommonPixels> common = common_pixels(facts.truth);
  facts.of_truth = listed(common, &CommonPixels::truth, score.truth.size());
  facts.of_predicted = listed(common, &CommonPixels::predicted, score.predicted.size());
  sort_largest_first(facts.of_truth);
  sort_largest_first(facts.of_predicted);
  co_yield Pause{};

  const auto& repairs = recipe.refinements;
  const auto sizes_matter = [&](std::size_t repair) {
    return repair < repairs.size() && repairs[repair].operation == RefinementOperation::remove_small_objects;
  };
  if (!values.raw_thresholded.mask.empty()) {
    facts.raw = co_await facts_of(facts, values.raw_thresholded.mask, recipe.connectivity, false);
  }
  facts.changed = Image<std::uint16_t>(truth.rows(), truth.cols());
  facts.masks.push_back(co_await facts_of(facts, values.thresholded.mask, recipe.connectivity, sizes_matter(0)));
  Mask mask = values.thresholded.mask;
  for (std::size_t k = 0; k < repairs.size(); ++k) {
    Mask next = co_await refine_in_slices(mask, repairs[k]);
    for (std::size_t from = 0; from < mask.size(); from += pixels_per_slice) {
      note_changes(mask, next, from, std::min(mask.size(), from + pixels_per_slice), static_cast<std::uint16_t>(k + 1),
                   facts.changed);
      co_yield Pause{};
    }
    mask = std::move(next);
    facts.masks.push_back(co_await facts_of(facts, mask, recipe.connectivity, sizes_matter(k + 1)));
  }
  co_return facts;
}

}  // namespace floodlight

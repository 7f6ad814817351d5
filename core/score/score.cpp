// How right a segmentation is.
#include "core/score/score.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>

namespace floodlight {
namespace {

/// The pixels that one true and one predicted nucleus have in common. Here a nucleus is its position in its list.
struct Overlap {
  std::size_t truth = 0;
  std::size_t predicted = 0;
  std::int64_t common = 0;
  std::int64_t either = 0;
};

std::vector<NucleusScore> nuclei_of(LabelView labels) {
  struct Run {
    Label label;
    std::int64_t length;
  };
  std::vector<Run> runs;  // equal labels side by side: far fewer than pixels
  for (const Label label : labels.pixels()) {
    if (label <= 0) continue;
    if (runs.empty() || runs.back().label != label) runs.push_back({label, 0});
    ++runs.back().length;
  }
  std::ranges::sort(runs, {}, &Run::label);
  std::vector<NucleusScore> nuclei;
  for (const Run& run : runs) {
    if (nuclei.empty() || nuclei.back().label != run.label) nuclei.push_back({.label = run.label});
    nuclei.back().area += run.length;
  }
  return nuclei;
}

std::size_t position(const std::vector<NucleusScore>& nuclei, Label label) {
  return static_cast<std::size_t>(std::ranges::lower_bound(nuclei, label, {}, &NucleusScore::label) - nuclei.begin());
}

std::vector<Overlap> overlaps_of(LabelView predicted, LabelView truth, const Score& s) {
  struct Run {
    Label truth;
    Label predicted;
    std::int64_t length;
  };
  std::vector<Run> runs;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const Label t = truth.pixels()[i];
    const Label p = predicted.pixels()[i];
    if (t <= 0 || p <= 0) continue;
    if (runs.empty() || runs.back().truth != t || runs.back().predicted != p) runs.push_back({t, p, 0});
    ++runs.back().length;
  }
  std::ranges::sort(runs, {}, [](const Run& r) { return std::tuple(r.truth, r.predicted); });
  std::vector<Overlap> overlaps;
  const Run* last = nullptr;
  for (const Run& run : runs) {
    if (last == nullptr || last->truth != run.truth || last->predicted != run.predicted)
      overlaps.push_back({.truth = position(s.truth, run.truth), .predicted = position(s.predicted, run.predicted)});
    overlaps.back().common += run.length;
    last = &run;
  }
  for (Overlap& o : overlaps) o.either = s.truth[o.truth].area + s.predicted[o.predicted].area - o.common;
  return overlaps;
}

double iou_of(const Overlap& o) { return static_cast<double>(o.common) / static_cast<double>(o.either); }

double ratio(std::int64_t part, std::int64_t whole, bool both_empty) {
  if (both_empty) return 1;
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

/// Pairs of sufficient overlap, the closest first, each nucleus in one of them.
void match(Score& s, std::vector<Overlap> overlaps, double limit) {
  std::ranges::sort(overlaps, [](const Overlap& a, const Overlap& b) {
    const std::int64_t left = a.common * b.either;  // compares the quotients without rounding
    const std::int64_t right = b.common * a.either;
    return left != right ? left > right : std::tie(a.truth, a.predicted) < std::tie(b.truth, b.predicted);
  });
  for (const Overlap& o : overlaps) {
    NucleusScore& t = s.truth[o.truth];
    NucleusScore& p = s.predicted[o.predicted];
    const double iou = iou_of(o);
    if (t.partner == 0) t.iou = std::max(t.iou, iou);
    if (p.partner == 0) p.iou = std::max(p.iou, iou);
    if (t.partner != 0 || p.partner != 0 || !(static_cast<double>(o.common) > limit * static_cast<double>(o.either)))
      continue;
    t.partner = p.label;
    p.partner = t.label;
    t.iou = p.iou = iou;
    ++s.matched;
  }
}

/// How many of each nucleus's overlaps count, and who they are with.
void find_splits_and_merges(Score& s, const std::vector<Overlap>& overlaps) {
  std::vector<int> inside(s.truth.size());
  std::vector<int> covered(s.predicted.size());
  const auto lies_inside = [&](const Overlap& o) { return 2 * o.common > s.predicted[o.predicted].area; };
  const auto is_covered = [&](const Overlap& o) { return 2 * o.common > s.truth[o.truth].area; };
  for (const Overlap& o : overlaps) {
    if (lies_inside(o)) ++inside[o.truth];
    if (is_covered(o)) ++covered[o.predicted];
  }
  for (const Overlap& o : overlaps) {
    if (inside[o.truth] >= 2 && lies_inside(o)) s.truth[o.truth].split = s.predicted[o.predicted].split = true;
    if (covered[o.predicted] >= 2 && is_covered(o)) s.truth[o.truth].merged = s.predicted[o.predicted].merged = true;
  }
  s.split = static_cast<int>(std::ranges::count_if(inside, [](int n) { return n >= 2; }));
  s.merged = static_cast<int>(std::ranges::count_if(covered, [](int n) { return n >= 2; }));
}

}  // namespace

Result<Score> score(LabelView predicted, LabelView truth, const ScoreOptions& options) {
  if (predicted.rows() != truth.rows() || predicted.cols() != truth.cols())
    return fail("The segmentation has " + std::to_string(predicted.rows()) + " x " + std::to_string(predicted.cols()) +
                " pixels (rows x columns), the truth " + std::to_string(truth.rows()) + " x " +
                std::to_string(truth.cols()) + "; they must be of the same image.");
  if (!(options.iou >= 0 && options.iou <= 1)) return fail("The IoU limit must be a number from 0 to 1.");

  Score s;
  s.truth = nuclei_of(truth);
  s.predicted = nuclei_of(predicted);
  const auto there = static_cast<std::int64_t>(s.truth.size());
  const auto found = static_cast<std::int64_t>(s.predicted.size());
  const bool both_empty = there == 0 && found == 0;
  const std::vector<Overlap> overlaps = overlaps_of(predicted, truth, s);
  match(s, overlaps, options.iou);
  find_splits_and_merges(s, overlaps);

  s.missed = static_cast<int>(there) - s.matched;
  s.extra = static_cast<int>(found) - s.matched;
  s.precision = ratio(s.matched, found, both_empty);
  s.recall = ratio(s.matched, there, both_empty);
  s.f1 = ratio(2 * std::int64_t{s.matched}, there + found, both_empty);
  for (std::size_t i = 0; i < s.ap.size(); ++i) {
    const auto percent = static_cast<std::int64_t>(50 + 5 * i);  // whole numbers: "above 0.55" has no rounding
    const std::int64_t pairs =
        std::ranges::count_if(overlaps, [&](const Overlap& o) { return 100 * o.common > percent * o.either; });
    s.ap[i] = ratio(pairs, there + found - pairs, both_empty);
    s.mean_ap += s.ap[i] / 10;
  }
  std::int64_t common = 0;
  std::int64_t in_both_masks = 0;
  for (const NucleusScore& n : s.truth) in_both_masks += n.area;
  for (const NucleusScore& n : s.predicted) in_both_masks += n.area;
  for (const Overlap& o : overlaps) common += o.common;
  s.dice = ratio(2 * common, in_both_masks, both_empty);
  return s;
}

Image<std::uint8_t> fate_image(LabelView predicted, LabelView truth, const Score& score) {
  assert(predicted.rows() == truth.rows() && predicted.cols() == truth.cols());
  const auto of_predicted = [](Fate fate) {
    switch (fate) {
      case Fate::matched:
        return FatePixel::matched;
      case Fate::merged:
        return FatePixel::merged;
      case Fate::split:
        return FatePixel::split;
      case Fate::unmatched:
        break;
    }
    return FatePixel::extra;
  };
  const auto find = [](const std::vector<NucleusScore>& nuclei, Label label) -> const NucleusScore& {
    return *std::ranges::lower_bound(nuclei, label, {}, &NucleusScore::label);
  };
  Image<std::uint8_t> result(truth.rows(), truth.cols());
  // Neighbouring pixels mostly belong to the same nuclei.
  Label last_predicted = 0;
  Label last_true = 0;
  FatePixel predicted_fate = FatePixel::background;
  FatePixel true_fate = FatePixel::background;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const Label p = predicted.pixels()[i];
    const Label t = truth.pixels()[i];
    if (p != last_predicted) {
      last_predicted = p;
      predicted_fate = p > 0 ? of_predicted(find(score.predicted, p).fate()) : FatePixel::background;
    }
    if (t != last_true) {
      last_true = t;
      const bool missed = t > 0 && find(score.truth, t).fate() == Fate::unmatched;
      true_fate = missed ? FatePixel::missed : FatePixel::background;
    }
    result.pixels()[i] = static_cast<std::uint8_t>(p > 0 ? predicted_fate : true_fate);
  }
  return result;
}

}  // namespace floodlight

// The step that decided a nucleus's fate: the last one after which it could not be found whole and alone.
#include "core/score/nucleus_life.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "core/score/nucleus_facts.h"
#include "core/score/nucleus_places.h"
#include "core/score/nucleus_words.h"
#include "core/score/summit_fate.h"
#include "core/segment/row.h"

namespace floodlight {
namespace {

constexpr std::size_t lives_per_slice = 4;

/// What decided, where to look, and the reason as the end of a sentence.
struct Verdict {
  Cause cause = Cause::below_cutoff;
  Stage stage = Stage::mask;
  std::string_view parameter;
  int refinement = -1;
  Pixel place;
  std::string why;
};

class Diagnosis {
 public:
  Diagnosis(const StageValues& values, const Recipe& recipe, LabelView truth, const Score& score, NucleusFacts facts)
      : values_(values),
        recipe_(recipe),
        score_(score),
        facts_(std::move(facts)),
        tests_(summit_tests(values, recipe)),
        seeds_in_(score.truth.size()),
        seed_of_(static_cast<std::size_t>(values.seeds.count) + 1, Pixel{-1, -1}) {
    find_seeds(truth);
  }

  [[nodiscard]] NucleusLife of_truth(int t) const {
    const NucleusScore& nucleus = true_nucleus(t);
    if (nucleus.fate() == Fate::split) return split(t);
    if (nucleus.fate() == Fate::merged) return merged(t);
    return missed(t);
  }

  [[nodiscard]] NucleusLife of_extra(int p) const {
    const NucleusScore& label = predicted_nucleus(p);
    const std::span<const CommonPixels> overlaps = facts_.of_predicted[p];
    if (label.merged) return extra_over_several(p);
    std::int64_t on_nuclei = 0;
    for (const CommonPixels& c : overlaps) on_nuclei += c.count;
    if (on_nuclei == 0) return life(0, p, nothing_there(p, on_nuclei), "No true nucleus: ");
    const CommonPixels& most = overlaps.front();
    const std::int64_t area = true_nucleus(most.truth).area;
    if (2 * most.count > area && label.area > area)
      return life(0, p, too_large(most.truth, p, most.count), "Too large for nucleus " + name(most.truth) + ": ");
    if (2 * most.count > area || 2 * on_nuclei > label.area) return fragment(most, p);
    return life(0, p, nothing_there(p, on_nuclei), "No true nucleus: ");
  }

 private:
  [[nodiscard]] const NucleusScore& true_nucleus(int t) const { return score_.truth[static_cast<std::size_t>(t)]; }
  [[nodiscard]] const NucleusScore& predicted_nucleus(int p) const {
    return score_.predicted[static_cast<std::size_t>(p)];
  }
  [[nodiscard]] std::string name(int t) const { return std::to_string(true_nucleus(t).label); }
  [[nodiscard]] int repairs() const { return static_cast<int>(recipe_.refinements.size()); }
  [[nodiscard]] const MaskFacts& mask_after(int repair) const { return facts_.masks[static_cast<std::size_t>(repair)]; }
  [[nodiscard]] std::int64_t covered(int repair, int t) const {
    return mask_after(repair).covered[static_cast<std::size_t>(t)];
  }
  [[nodiscard]] const Refinement& refinement(int repair) const {
    return recipe_.refinements[static_cast<std::size_t>(repair - 1)];
  }
  [[nodiscard]] std::string repair_name(int repair) const {
    return "repair " + std::to_string(repair) + ", " + operation_name(refinement(repair));
  }

  void find_seeds(LabelView truth) {
    for (const Pixel peak : values_.peaks) {
      const Label seed = values_.seeds.labels[peak];
      Pixel& place = seed_of_[static_cast<std::size_t>(seed)];
      if (place.row < 0) place = peak;
      if (truth[peak] <= 0 || values_.refined[peak] == 0) continue;
      const auto t = std::ranges::lower_bound(score_.truth, truth[peak], {}, &NucleusScore::label);
      auto& mine = seeds_in_[static_cast<std::size_t>(t - score_.truth.begin())];
      if (std::ranges::find(mine, seed) == mine.end()) mine.push_back(seed);
    }
  }

  [[nodiscard]] Pixel middle_of(const Places& places) const {
    return floodlight::middle_of(places, values_.labels.cols());
  }
  /// Of some pixels (those of `all` where there are none) the one nearest to the middle between two groups.
  [[nodiscard]] Pixel between(const Places& a, const Places& b, const Places& some, const Places& all) const {
    return floodlight::between(a, b, some.empty() ? all : some, values_.labels.cols());
  }

  [[nodiscard]] bool refined(std::uint32_t i) const { return values_.refined.pixels()[i] != 0; }
  [[nodiscard]] int changed_by(std::uint32_t i) const { return facts_.changed.pixels()[i]; }

  /// The mean of the filtered image, which is what the cutoff was compared with.
  [[nodiscard]] double mean_of(const Places& places) const {
    double sum = 0;
    for (const std::uint32_t i : places) sum += static_cast<double>(values_.filtered.pixels()[i]);
    return sum / static_cast<double>(places.size());
  }

  /// What said nucleus or background: a cutoff, or what has learnt to.
  [[nodiscard]] Verdict of_mask(Cause cause, Pixel place, std::string why) const {
    const std::string_view key =
        has_cutoff() ? key_of(recipe_.threshold->decides, "threshold.method") : std::string_view();
    return {cause, Stage::mask, key, -1, place, std::move(why)};
  }
  [[nodiscard]] bool has_cutoff() const { return recipe_.mask_from->has_cutoff; }
  [[nodiscard]] std::string decider() const { return std::string(recipe_.mask_from->decides); }
  /// "above the cutoff of 655", or "in the forest's mask".
  [[nodiscard]] std::string in_the_mask() const {
    return has_cutoff() ? "above the cutoff of " + cutoff_words(values_.thresholded.cutoff)
                        : "in " + decider() + "'s mask";
  }
  static std::string_view key_of(const Option* option, std::string_view otherwise) {
    return option == nullptr ? otherwise : option->key;
  }
  static Verdict of_repair(Cause cause, int repair, Pixel place, std::string why) {
    return {cause, Stage::refined, {}, repair - 1, place, std::move(why)};
  }

  static Verdict of_flood(Cause cause, Pixel place, std::string why) {
    return {cause, Stage::labels, "watershed.flooded", -1, place, std::move(why)};
  }

  [[nodiscard]] NucleusLife life(Label truth, int p, const Verdict& verdict, const std::string& start) const {
    const bool extra = truth == 0;
    const auto place = std::ranges::lower_bound(score_.truth, truth, {}, &NucleusScore::label) - score_.truth.begin();
    return {.truth = truth,
            .predicted = p == Stretch::nobody ? 0 : predicted_nucleus(p).label,
            .fate = extra ? predicted_nucleus(p).fate() : true_nucleus(static_cast<int>(place)).fate(),
            .cause = verdict.cause,
            .stage = verdict.stage,
            .parameter = verdict.parameter,
            .refinement = verdict.refinement,
            .place = verdict.place,
            .sentence = start + verdict.why + "."};
  }

  // --- missed -------------------------------------------------------------------------------------------------------

  [[nodiscard]] NucleusLife missed(int t) const {
    const NucleusScore& nucleus = true_nucleus(t);
    const std::span<const CommonPixels> overlaps = facts_.of_truth[t];
    if (2 * covered(repairs(), t) <= nucleus.area) return lost_from_mask(t);
    const int p = overlaps.empty() ? Stretch::nobody : overlaps.front().predicted;
    const std::int64_t common = overlaps.empty() ? 0 : overlaps.front().count;
    if (seeds_in(t).empty() && 2 * common <= nucleus.area)
      return life(nucleus.label, p, no_seed(t, "its"), "No seed: ");
    if (predicted_nucleus(p).area > nucleus.area) return life(nucleus.label, p, too_large(t, p, common), "Too large: ");
    return life(nucleus.label, p, too_small(t, p, common), "Too small: ");
  }

  [[nodiscard]] const std::vector<Label>& seeds_in(int t) const { return seeds_in_[static_cast<std::size_t>(t)]; }

  [[nodiscard]] NucleusLife lost_from_mask(int t) const {
    const NucleusScore& nucleus = true_nucleus(t);
    const auto most_is_gone = [&](int repair) { return 2 * covered(repair, t) <= nucleus.area; };
    int repair = repairs();
    while (repair > 0 && most_is_gone(repair - 1)) --repair;
    if (repair == 0) return below_cutoff(t);

    const Refinement& r = refinement(repair);
    const std::int64_t before = covered(repair - 1, t);
    const std::int64_t left = covered(repair, t);
    const Pixel place = middle_of(pixels_of(facts_.truth[t]));
    const std::string start = "Removed by repair " + std::to_string(repair);
    if (r->judges == Judges::objects) {
      const auto limit = static_cast<std::int64_t>(r[*r->limit]);
      const std::int64_t size = mask_after(repair - 1).object_size[static_cast<std::size_t>(t)];
      std::string why = px(size) + ", and objects of at most " + px(limit) + " go";
      if (size > limit) {
        why = px(before - left) + " of its " + px(nucleus.area) + " lie in objects of at most " + px(limit);
      } else if (size < before) {
        why = "its largest piece has " + why;
      }
      return life(nucleus.label, Stretch::nobody, of_repair(Cause::removed_small, repair, place, std::move(why)),
                  start + ": ");
    }
    std::string why = "of its " + px(before) + " in the mask " + std::to_string(left) + " are left";
    if (!r->removes.empty()) why = row_text(r->removes, r, FilledFor::words);
    return life(nucleus.label, Stretch::nobody, of_repair(Cause::removed_by_repair, repair, place, std::move(why)),
                start + ", " + operation_name(r) + ": ");
  }

  [[nodiscard]] NucleusLife below_cutoff(int t) const {
    const NucleusScore& nucleus = true_nucleus(t);
    const Places below =
        pixels_where(facts_.truth[t], [&](std::uint32_t i) { return values_.thresholded.mask.pixels()[i] == 0; });
    if (!has_cutoff()) {
      std::string taken =
          decider() + " takes " + std::to_string(below.size()) + " of its " + px(nucleus.area) + " for background";
      return life(nucleus.label, Stretch::nobody,
                  of_mask(Cause::taken_for_background, middle_of(below), std::move(taken)), "Missed: ");
    }
    const auto [mean, limit] = with_cutoff(mean_of(below), values_.thresholded.cutoff);
    const bool all = static_cast<std::int64_t>(below.size()) == nucleus.area;
    std::string why =
        all ? "its mean is " + mean
            : px(static_cast<std::int64_t>(below.size())) + " of its " + px(nucleus.area) + ", with a mean of " + mean;
    why += ", the cutoff " + limit;
    return life(nucleus.label, Stretch::nobody, of_mask(Cause::below_cutoff, middle_of(below), std::move(why)),
                "Below the cutoff: ");
  }

  // --- seeds --------------------------------------------------------------------------------------------------------

  /// Why a nucleus that holds no seed has none. `whose` starts the reason: "its", "nucleus 7's".
  [[nodiscard]] Verdict no_seed(int t, const std::string& whose) const {
    const Places places = pixels_of(facts_.truth[t]);
    if (recipe_.seeds == SeedMethod::by_hand) {
      return {Cause::seed_not_set,
              Stage::seeds,
              "seeds.method",
              -1,
              middle_of(pixels_where(facts_.truth[t], [&](std::uint32_t i) { return refined(i); })),
              "seeds are set by hand, and none lies in " + (whose == "its" ? "it" : "nucleus " + name(t))};
    }
    const Summit summit = *summit_of(places, values_, tests_);
    return rejection(summit, whose);
  }

  [[nodiscard]] Verdict rejection(const Summit& summit, const std::string& whose) const {
    const Pixel p = summit.pixel;
    const bool peaks = recipe_.seeds == SeedMethod::peaks;
    const auto height = [&](Pixel q) { return static_cast<double>(seed_height(values_, q)); };
    const int away = std::max(std::abs(p.row - summit.by.row), std::abs(p.col - summit.by.col));
    Verdict verdict{Cause::seed_in_window, Stage::seeds, peaks ? "seeds.window" : "seeds.method", -1, p, {}};
    verdict.why = whose + " summit ";
    switch (summit.fate) {
      case SummitFate::below_threshold:
        verdict.cause = Cause::seed_below;
        verdict.parameter = "seeds.threshold_abs";
        if (std::isnan(recipe_.threshold_abs)) {
          verdict.why += "is no higher than the lowest pixel of the image, which has no background";
        } else {
          const auto [own, limit] = two_numbers(height(p), recipe_.threshold_abs);
          verdict.why += "is " + own + " px high, and only those above " + limit + " px count";
        }
        break;
      case SummitFate::at_border: {
        const int border =
            std::min({p.row, p.col, values_.labels.rows() - 1 - p.row, values_.labels.cols() - 1 - p.col});
        verdict.cause = Cause::seed_at_border;
        verdict.parameter = "seeds.exclude_border";
        verdict.why +=
            "lies " + px(border) + " from the border, and " + std::to_string(recipe_.min_distance) + " are excluded";
        break;
      }
      case SummitFate::too_near:
      case SummitFate::accepted:
        verdict.cause = Cause::seed_too_near;
        verdict.parameter = "seeds.min_distance";
        verdict.why += "lies " + px(away) + " from " +
                       (height(summit.by) > height(p) ? "a higher" : "an equally high") +
                       " one, and the minimum distance is " + std::to_string(recipe_.min_distance);
        break;
      case SummitFate::in_window: {
        const auto [own, higher] = two_numbers(height(p), height(summit.by));
        const std::string side = std::to_string(peaks ? recipe_.window : 3);
        verdict.why += "is " + own + " px high, and " + px(away) + " from it, in the window of " + side + " x " + side +
                       " px, the height is " + higher + " px";
        break;
      }
    }
    return verdict;
  }

  // --- merged -------------------------------------------------------------------------------------------------------

  /// The true nuclei of which a label covers most, the largest part first.
  [[nodiscard]] std::vector<int> covered_by(int p) const {
    std::vector<int> group;
    for (const CommonPixels& c : facts_.of_predicted[p]) {
      if (2 * c.count > true_nucleus(c.truth).area) group.push_back(c.truth);
    }
    return group;
  }

  [[nodiscard]] NucleusLife merged(int t) const {
    const int p = facts_.of_truth[t].front().predicted;
    const auto [other, verdict] = merger(t, covered_by(p), p, true);
    return life(true_nucleus(t).label, p, verdict, "Merged with nucleus " + name(other) + ": ");
  }

  [[nodiscard]] NucleusLife extra_over_several(int p) const {
    std::vector<int> group = covered_by(p);
    const auto seedless = std::ranges::find_if(group, [&](int t) { return seeds_in(t).empty(); });
    const auto [other, verdict] = merger(seedless == group.end() ? group.front() : *seedless, group, p, false);
    std::ranges::sort(group);
    std::string names = name(group.front());
    for (std::size_t i = 1; i < group.size(); ++i) names += (i + 1 == group.size() ? " and " : ", ") + name(group[i]);
    return life(0, p, verdict, "One label for nuclei " + names + ": ");
  }

  /// Why a nucleus shares its label, and with whom: the one of the group that holds the seed, else the largest other one;
  /// for the one that holds it the largest without. The one without decides: had its summit become a seed, or had no
  /// step joined it, there would be two labels.
  [[nodiscard]] std::pair<int, Verdict> merger(int t, const std::vector<int>& group, int p, bool own_sentence) const {
    const bool seeded = !seeds_in(t).empty();
    std::optional<int> wanted;
    std::optional<int> any;
    for (const int u : group) {
      if (u == t) continue;
      if (!any) any = u;
      if (!wanted && seeds_in(u).empty() == seeded) wanted = u;
    }
    const int other = wanted.value_or(*any);
    const int loser = seeded && wanted ? other : t;
    const std::string whose = own_sentence && loser == t ? "its" : "nucleus " + name(loser) + "'s";
    if (seeds_in(loser).empty()) {
      if (recipe_.seeds == SeedMethod::by_hand) return {other, no_seed(loser, whose)};
      const std::optional<Summit> summit = summit_of(pixels_of(facts_.truth[loser]), values_, tests_);
      if (summit && summit->own) {
        Verdict verdict = rejection(*summit, whose);
        if (const int repair = joining_repair(t, other); repair > 0)
          verdict.why += "; repair " + std::to_string(repair) + " joined the two";
        return {other, std::move(verdict)};
      }
    }
    return {other, joined(t, other, p)};
  }

  [[nodiscard]] static bool together(const MaskFacts& mask, int t, int u) {
    const Label piece = mask.piece_of_truth[static_cast<std::size_t>(t)];
    return piece != 0 && piece == mask.piece_of_truth[static_cast<std::size_t>(u)];
  }

  /// The last repair before which two nuclei were apart, the first being 1; 0: they have been together since the mask.
  [[nodiscard]] int joining_repair(int t, int u) const {
    int repair = repairs();
    if (!together(mask_after(repair), t, u)) return 0;
    while (repair > 0 && together(mask_after(repair - 1), t, u)) --repair;
    return repair;
  }

  /// Which step joined two nuclei that share a label and have one summit or seed.
  [[nodiscard]] Verdict joined(int t, int u, int p) const {
    const int repair = joining_repair(t, u);
    const Places first = pixels_of(facts_.truth[t]);
    const Places second = pixels_of(facts_.truth[u]);
    const Places all = pixels_of(facts_.predicted[p]);
    if (repair > 0) {
      const Places added =
          pixels_where(facts_.predicted[p], [&](std::uint32_t i) { return changed_by(i) == repair && refined(i); });
      return of_repair(Cause::joined_by_repair, repair, between(first, second, added, all),
                       "joined by " + repair_name(repair) + ", which added " +
                           px(static_cast<std::int64_t>(added.size())) + " to the label");
    }
    const Pixel place = between(first, second, {}, all);
    const bool in_raw = !facts_.raw.covered.empty() && facts_.raw.piece_of_truth[static_cast<std::size_t>(t)] != 0 &&
                        facts_.raw.piece_of_truth[static_cast<std::size_t>(u)] != 0;
    if (in_raw && !together(facts_.raw, t, u)) {
      return {Cause::joined_by_filter,
              Stage::filtered,
              key_of(recipe_.filter->decides, "filter.method"),
              -1,
              place,
              "joined by " + row_text(recipe_.filter->in_diagnosis, recipe_.filter, FilledFor::words) +
                  ", and apart in the raw image above its cutoff of " + cutoff_words(values_.raw_thresholded.cutoff)};
    }
    return of_mask(Cause::joined_in_mask, place,
                   "together " + in_the_mask() + ", with one " +
                       (recipe_.seeds == SeedMethod::by_hand ? "seed" : "summit") + " for both");
  }

  // --- split --------------------------------------------------------------------------------------------------------

  [[nodiscard]] NucleusLife split(int t) const {
    std::vector<int> pieces;
    for (const CommonPixels& c : facts_.of_truth[t]) {
      if (2 * c.count > predicted_nucleus(c.predicted).area) pieces.push_back(c.predicted);
    }
    return life(true_nucleus(t).label, pieces[0], parted(t, pieces[0], pieces[1], "it"),
                "Split into " + std::to_string(pieces.size()) + ": ");
  }

  /// Why a nucleus has two labels. `what` is the nucleus in the sentence: "it", "nucleus 7".
  [[nodiscard]] Verdict parted(int t, int p, int q, const std::string& what) const {
    const auto apart = [&](int repair) {
      const auto& pieces = mask_after(repair).piece_of_predicted;
      const Label piece = pieces[static_cast<std::size_t>(p)];
      return piece == 0 || piece != pieces[static_cast<std::size_t>(q)];
    };
    if (!apart(repairs())) return several_seeds(t, p, q, what);
    int repair = repairs();
    while (repair > 0 && apart(repair - 1)) --repair;
    const Places first = pixels_of(facts_.predicted[p]);
    const Places second = pixels_of(facts_.predicted[q]);
    const Places all = pixels_of(facts_.truth[t]);
    const std::string sizes =
        px(static_cast<std::int64_t>(first.size())) + " and " + px(static_cast<std::int64_t>(second.size()));
    const Places gone = pixels_where(
        facts_.truth[t], [&](std::uint32_t i) { return !refined(i) && (repair == 0 || changed_by(i) == repair); });
    const Pixel place = between(first, second, gone, all);
    if (repair > 0)
      return of_repair(Cause::broken_by_repair, repair, place,
                       repair_name(repair) + ", parted " + what + " into " + sizes);
    return of_mask(Cause::broken_in_mask, place,
                   in_the_mask() + " " + what + " lies in pieces; two that have labels are of " + sizes);
  }

  [[nodiscard]] Verdict several_seeds(int t, int p, int q, const std::string& what) const {
    const Pixel a = seed_of_[static_cast<std::size_t>(predicted_nucleus(p).label)];
    const Pixel b = seed_of_[static_cast<std::size_t>(predicted_nucleus(q).label)];
    const std::string away = px(std::max(std::abs(a.row - b.row), std::abs(a.col - b.col)));
    const auto count = std::max<std::size_t>(seeds_in(t).size(), 2);
    const std::string start =
        std::to_string(count) + " seeds flooded " + what + (count > 2 ? ", two of them " : ", ") + away + " apart";
    Verdict verdict{Cause::several_seeds, Stage::seeds, "seeds.method", -1, b, {}};
    switch (recipe_.seeds) {
      case SeedMethod::peaks:
        verdict.parameter = "seeds.min_distance";
        verdict.why = start + ", and the minimum distance is " + std::to_string(recipe_.min_distance);
        break;
      case SeedMethod::every_maximum:
        verdict.why = start + ", as every local maximum is one";
        break;
      case SeedMethod::by_hand:
        verdict.why = start + ", set by hand";
        break;
    }
    return verdict;
  }

  // --- found, but not well enough; extra ----------------------------------------------------------------------------

  /// The pixels by which a label and a nucleus differ, by what put them in or took them out: 0 the threshold, then each
  /// repair, then the other labels or nuclei, then what no flood reached.
  using Shares = std::vector<Places>;
  static int largest(const Shares& shares) {
    const auto size = [](const Places& places) { return places.size(); };
    return static_cast<int>(std::ranges::max_element(shares, {}, size) - shares.begin());
  }

  [[nodiscard]] Verdict too_small(int t, int p, std::int64_t common) const {
    Shares shares(static_cast<std::size_t>(repairs()) + 3);
    const Label own = predicted_nucleus(p).label;
    each_pixel(facts_.truth[t], [&](std::uint32_t i) {
      const Label label = values_.labels.pixels()[i];
      if (label == own) return;
      const int part = !refined(i) ? changed_by(i) : repairs() + (label != 0 ? 1 : 2);
      shares[static_cast<std::size_t>(part)].push_back(i);
    });
    const std::string start =
        "label " + std::to_string(own) + " covers " + std::to_string(common) + " of its " + px(true_nucleus(t).area);
    const int part = largest(shares);
    const Places& places = shares[static_cast<std::size_t>(part)];
    if (places.empty()) return of_flood(Cause::too_small, place_of(p), start);
    const auto count = std::to_string(places.size());
    const Pixel place = middle_of(places);
    if (part == 0)
      return of_mask(Cause::too_small, place,
                     start + "; " +
                         (has_cutoff() ? count + " lie below the cutoff of " + cutoff_words(values_.thresholded.cutoff)
                                       : decider() + " takes " + count + " for background"));
    if (part <= repairs())
      return of_repair(Cause::too_small, part, place, start + "; " + count + " were taken by " + repair_name(part));
    if (part == repairs() + 1) return of_flood(Cause::too_small, place, start + "; " + count + " went to other labels");
    if (recipe_.line) {
      Verdict verdict = of_flood(Cause::too_small, place, start + "; " + count + " are watershed line or got no seed");
      verdict.parameter = "watershed.line";
      return verdict;
    }
    return without_seed(places, start + "; " + count + " lie where no seed is");
  }

  /// Of a part of a nucleus that no flood reached.
  [[nodiscard]] Verdict without_seed(const Places& places, const std::string& start) const {
    if (recipe_.seeds == SeedMethod::by_hand)
      return {
          Cause::too_small, Stage::seeds, "seeds.method", -1, middle_of(places), start + ", as they are set by hand"};
    Verdict verdict = rejection(*summit_of(places, values_, tests_), start + ": their");
    verdict.cause = Cause::too_small;
    return verdict;
  }

  [[nodiscard]] Pixel place_of(int p) const { return middle_of(pixels_of(facts_.predicted[p])); }

  [[nodiscard]] Verdict too_large(int t, int p, std::int64_t common) const {
    Shares shares(static_cast<std::size_t>(repairs()) + 2);
    for (const Stretch& s : facts_.predicted[p]) {
      if (s.truth == t) continue;
      for (std::uint32_t i = s.first; i < s.first + s.length; ++i) {
        const int part = s.truth != Stretch::nobody ? repairs() + 1 : changed_by(i);
        shares[static_cast<std::size_t>(part)].push_back(i);
      }
    }
    const NucleusScore& label = predicted_nucleus(p);
    const std::string start = "label " + std::to_string(label.label) + " has " + px(label.area) + ", " +
                              std::to_string(common) + " of them in the nucleus";
    const int part = largest(shares);
    const Places& places = shares[static_cast<std::size_t>(part)];
    const auto count = std::to_string(places.size());
    const Pixel place = middle_of(places);
    if (part == 0) return of_mask(Cause::too_large, place, start + "; " + count + " are background " + in_the_mask());
    if (part <= repairs())
      return of_repair(Cause::too_large, part, place, start + "; " + count + " were added by " + repair_name(part));
    return of_flood(Cause::too_large, place, start + "; " + count + " belong to other nuclei");
  }

  [[nodiscard]] Verdict nothing_there(int p, std::int64_t on_nuclei) const {
    Shares shares(static_cast<std::size_t>(repairs()) + 1);
    each_pixel(facts_.predicted[p],
               [&](std::uint32_t i) { shares[static_cast<std::size_t>(changed_by(i))].push_back(i); });
    const int repair = largest(shares);
    const Places& most = shares[static_cast<std::size_t>(repair)];
    const std::int64_t area = predicted_nucleus(p).area;
    std::string why = px(area) + (on_nuclei > 0 ? ", " + std::to_string(on_nuclei) + " of them in one" : "");
    if (repair > 0)
      return of_repair(Cause::no_true_nucleus, repair, place_of(p),
                       why + "; " + std::to_string(most.size()) + " were added by " + repair_name(repair));
    if (!has_cutoff())
      return of_mask(Cause::no_true_nucleus, place_of(p), why + ", all of them background " + in_the_mask());
    const auto [mean, cutoff] = with_cutoff(mean_of(most), values_.thresholded.cutoff);
    return of_mask(Cause::no_true_nucleus, place_of(p),
                   why + ", with a mean of " + mean + ", above the cutoff of " + cutoff);
  }

  [[nodiscard]] NucleusLife fragment(const CommonPixels& overlap, int p) const {
    const int t = overlap.truth;
    const auto is_other_piece = [&](const CommonPixels& c) {
      const NucleusScore& label = predicted_nucleus(c.predicted);
      return c.predicted != p && (2 * c.count > label.area || label.partner == true_nucleus(t).label);
    };
    const std::span<const CommonPixels> overlaps = facts_.of_truth[t];
    const auto other = std::ranges::find_if(overlaps, is_other_piece);
    Verdict verdict = other != overlaps.end() ? parted(t, other->predicted, p, "it") : too_small(t, p, overlap.count);
    verdict.cause = Cause::fragment;
    verdict.place = place_of(p);
    return life(0, p, verdict, "A piece of nucleus " + name(t) + ": ");
  }

  const StageValues& values_;
  const Recipe& recipe_;
  const Score& score_;
  NucleusFacts facts_;
  SummitTests tests_;
  std::vector<std::vector<Label>> seeds_in_;  ///< of each true nucleus: the seeds in its part of the refined mask
  std::vector<Pixel> seed_of_;                ///< each seed's highest pixel
};

}  // namespace

Sliced<std::vector<NucleusLife>> nucleus_lives_in_slices(const StageValues& values, const Recipe& recipe,
                                                         LabelView truth, const Score& score) {
  assert(truth.rows() == values.labels.rows() && truth.cols() == values.labels.cols());
  const Diagnosis diagnosis(values, recipe, truth, score,
                            co_await nucleus_facts_in_slices(values, recipe, truth, score));
  co_yield Pause{};
  std::vector<NucleusLife> lives;
  for (std::size_t t = 0; t < score.truth.size(); ++t) {
    if (score.truth[t].fate() == Fate::matched) continue;
    lives.push_back(diagnosis.of_truth(static_cast<int>(t)));
    if (lives.size() % lives_per_slice == 0) co_yield Pause{};
  }
  for (std::size_t p = 0; p < score.predicted.size(); ++p) {
    if (score.predicted[p].partner != 0) continue;
    lives.push_back(diagnosis.of_extra(static_cast<int>(p)));
    if (lives.size() % lives_per_slice == 0) co_yield Pause{};
  }
  co_return lives;
}

std::vector<NucleusLife> nucleus_lives(const StageValues& values, const Recipe& recipe, LabelView truth,
                                       const Score& score) {
  return nucleus_lives_in_slices(values, recipe, truth, score).finish();
}

std::vector<CauseCount> count_causes(const std::vector<NucleusLife>& lives) {
  std::array<int, static_cast<std::size_t>(Cause::fragment) + 1> counts{};
  for (const NucleusLife& life : lives) ++counts[static_cast<std::size_t>(life.cause)];
  std::vector<CauseCount> result;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) result.push_back({static_cast<Cause>(i), counts[i]});
  }
  std::ranges::stable_sort(result, std::ranges::greater(), &CauseCount::count);
  return result;
}

}  // namespace floodlight

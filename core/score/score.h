// How right a segmentation is, against a true label image: nucleus by nucleus, and as a few numbers.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"

namespace floodlight {

/// What became of a nucleus. Of several that hold, the last one listed is shown.
enum class Fate : std::uint8_t {
  unmatched,  ///< a true nucleus that was missed, or a predicted one that is extra
  matched,    ///< has its one partner
  merged,     ///< a predicted nucleus over most of two or more true ones; or one of these true ones
  split       ///< a true nucleus with two or more predicted ones mostly inside; or one of these predicted ones
};

/// One nucleus of either image.
struct NucleusScore {
  Label label = 0;
  std::int64_t area = 0;
  Label partner = 0;  ///< its match in the other image; 0: none
  double iou = 0;     ///< with the partner; without one, the best IoU with any
  bool split = false;
  bool merged = false;
  [[nodiscard]] Fate fate() const {
    if (split) return Fate::split;
    if (merged) return Fate::merged;
    return partner > 0 ? Fate::matched : Fate::unmatched;
  }
};

struct Score {
  int matched = 0;                  ///< pairs with an IoU above the limit, one-to-one
  int missed = 0;                   ///< true nuclei without a partner
  int extra = 0;                    ///< predicted nuclei without a partner
  int split = 0;                    ///< true nuclei with two or more predicted ones that each lie more than half inside
  int merged = 0;                   ///< predicted nuclei that each cover more than half of two or more true ones
  double precision = 0;             ///< matched / predicted
  double recall = 0;                ///< matched / true
  double f1 = 0;                    ///< 2 matched / (predicted + true)
  double mean_ap = 0;               ///< the mean of the ten below
  std::array<double, 10> ap{};      ///< TP / (TP + FP + FN) at IoU above 0.50, 0.55, ... 0.95
  double dice = 0;                  ///< of the masks: 2 common pixels / (pixels of one + pixels of the other)
  std::vector<NucleusScore> truth;  ///< ascending by label
  std::vector<NucleusScore> predicted;  ///< ascending by label
};

struct ScoreOptions {
  double iou = 0.5;  ///< a match needs more than this, from 0 to 1
};

/// Scores `predicted` against `truth`; labels are any positive numbers, 0 is background. A true and a predicted nucleus
/// match when their IoU (common pixels / pixels of either) exceeds the limit; each has one partner at most. Above 0.5
/// that is unique; below, the largest IoU goes first. Nuclei at the border count. Two empty images score 1; with one
/// empty, every ratio is 0. Refuses images of different shapes. O(pixels + pairs log pairs).
Result<Score> score(LabelView predicted, LabelView truth, const ScoreOptions& options = {});

/// What a pixel of `fate_image` belongs to.
enum class FatePixel : std::uint8_t {
  background,
  matched,
  merged,
  split,
  extra,  ///< of a predicted nucleus without a partner
  missed  ///< of a true nucleus without a partner, where nothing was predicted
};
inline constexpr std::size_t fate_pixel_count = 6;

/// Each pixel's part in a score of these two images: the fate of the predicted nucleus there, else a missed true one's;
/// values of `FatePixel`. O(pixels).
Image<std::uint8_t> fate_image(LabelView predicted, LabelView truth, const Score& score);

}  // namespace floodlight

// What the life of a nucleus is told from: who overlaps whom, and in which piece of the mask each lies after every repair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/recipe.h"
#include "core/score/score.h"

namespace floodlight {

/// Consecutive pixels of the same true and the same predicted nucleus. Here a nucleus is its place in the score's list;
/// `nobody` stands for background.
struct Stretch {
  static constexpr std::int32_t nobody = -1;
  std::uint32_t first = 0;  ///< place in raster order
  std::uint32_t length = 0;
  std::int32_t truth = nobody;
  std::int32_t predicted = nobody;
};

/// The pixels that a true and a predicted nucleus have in common.
struct CommonPixels {
  std::int32_t truth = Stretch::nobody;
  std::int32_t predicted = Stretch::nobody;
  std::int64_t count = 0;
};

/// A list for each nucleus, one behind the other.
template <typename T>
struct Lists {
  std::vector<T> items;
  std::vector<std::size_t> starts{0};  ///< one more than there are lists
  [[nodiscard]] std::span<const T> operator[](std::int32_t i) const {
    const auto k = static_cast<std::size_t>(i);
    return std::span(items).subspan(starts[k], starts[k + 1] - starts[k]);
  }
};

/// Where the nuclei lie in one mask. A piece is a component with the neighbours of the recipe's flood; that of a nucleus
/// is the one with most of its pixels, 0 where it has none.
struct MaskFacts {
  std::vector<std::int64_t> covered;  ///< how many pixels of each true nucleus are foreground
  std::vector<Label> piece_of_truth;
  std::vector<Label> piece_of_predicted;
  /// The size of the object (4 neighbours) with most of a true nucleus; only where small objects are removed next.
  std::vector<std::int64_t> object_size;
};

struct NucleusFacts {
  Lists<Stretch> truth;              ///< the stretches of each true nucleus ...
  Lists<Stretch> predicted;          ///< ... and of each predicted one, in raster order
  Lists<CommonPixels> of_truth;      ///< whom a true nucleus overlaps, the most pixels first, then by label ...
  Lists<CommonPixels> of_predicted;  ///< ... and a predicted one
  MaskFacts raw;                     ///< of the raw image's mask; empty where its threshold was refused
  std::vector<MaskFacts> masks;      ///< of the filtered image's mask, then after each repair
  Image<std::uint16_t> changed;      ///< the last repair that changed a pixel, the first being 1; 0: none did
};

/// O(pixels), once more for each repair. The parameters outlive the computation.
Sliced<NucleusFacts> nucleus_facts_in_slices(const StageValues& values, const Recipe& recipe, LabelView truth,
                                             const Score& score);

}  // namespace floodlight

// The watershed as a explanation: in which order the flood reached the pixels, from where, and where floods met.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/watershed.h"

namespace floodlight {

/// Two floods meet for the first time: a pixel is taken that touches one of another label. With a watershed line that is
/// the pixel that becomes line; its label is that of the flood that reached it.
struct FloodMeeting {
  std::int32_t time = 0;  ///< the step at which it shows
  Pixel at;               ///< the pixel that is taken from the queue then, of label `first`
  Pixel other;            ///< its neighbour, already of label `second`
  Label first = 0;
  Label second = 0;
};

/// The run of the algorithm of `watershed`, one step for each pixel that is taken from the priority queue. At time t (t
/// steps done) a pixel p is
///   done      when taken[p] in [0, t),
///   waiting   when pushed[p] in [0, t] and not done: it stands in the queue and (without a watershed line, compactness 0)
///             has its label already,
///   dry       otherwise.
/// A seed has pushed 0, any other pixel `taken[from] + 1`: once the pixel that pushed it is done, it waits.
struct Flood {
  LabelImage labels;                    ///< exactly those of `watershed`
  std::vector<std::uint32_t> sequence;  ///< the pixels as they are taken, by their place in raster order
  Image<std::int32_t> taken;            ///< each pixel's place in `sequence`; -1: never
  Image<std::int32_t> pushed;           ///< from which time on it waits; -1: never. With a line or compactness, where a
                                        ///< pixel may be pushed again: of the entry by which it is taken
  std::vector<std::uint32_t>
      from;  ///< of each pixel, by its place: the one that pushed it; of a seed or a dry one itself
  std::vector<FloodMeeting> meetings;  ///< the first of each pair of labels, in the order of time
};

/// As `watershed_in_slices`, with the same templates (int32, float, double), and about twice its time.
template <typename T>
Sliced<Flood> flood_in_slices(ImageView<const T> image, LabelView markers, MaskView mask,
                              WatershedOptions options = {});
template <typename T>
Flood flood(ImageView<const T> image, LabelView markers, MaskView mask, const WatershedOptions& options = {});
extern template Sliced<Flood> flood_in_slices(ImageView<const std::int32_t>, LabelView, MaskView, WatershedOptions);
extern template Sliced<Flood> flood_in_slices(ImageView<const float>, LabelView, MaskView, WatershedOptions);
extern template Sliced<Flood> flood_in_slices(ImageView<const double>, LabelView, MaskView, WatershedOptions);
extern template Flood flood(ImageView<const std::int32_t>, LabelView, MaskView, const WatershedOptions&);
extern template Flood flood(ImageView<const float>, LabelView, MaskView, const WatershedOptions&);
extern template Flood flood(ImageView<const double>, LabelView, MaskView, const WatershedOptions&);

/// The pixel at a place in raster order, as `sequence` and `from` hold it.
Pixel pixel_at(const Flood& flood, std::uint32_t flat_index);

/// An entry of the queue.
struct QueueEntry {
  Pixel pixel;
  Label label = 0;
  std::int32_t taken = 0;  ///< when its turn comes
  std::int32_t waits_since = 0;
};
/// The first entries of the queue at a time, the head first: at most `most`. O(entries that are skipped + most).
std::vector<QueueEntry> queue_at(const Flood& flood, std::int32_t time, int most);
/// How many wait in the queue at each of the times 0 to sequence.size(). O(pixels).
std::vector<std::int32_t> queue_lengths(const Flood& flood);
Sliced<std::vector<std::int32_t>> queue_lengths_in_slices(const Flood& flood);
/// The neighbours that the step at this time pushes: of `sequence[time]`. In the order in which they are taken.
std::vector<Pixel> pushed_by_step(const Flood& flood, std::int32_t time);

/// The way by which the water came to a pixel, from its seed to the pixel itself; empty for one that stays dry.
std::vector<Pixel> flood_path(const Flood& flood, Pixel pixel);

/// A drop of water on a landscape (any image; lower is downhill) within a mask.
struct DropPath {
  /// From where it fell, strictly or (over a plateau, by the shortest way to its nearest lower edge) weakly downhill, to
  /// the lowest pixel that it reaches. Every step goes to one of 8 (or, as the options say, 4) neighbours.
  std::vector<Pixel> run;
  bool reached_seed = false;  ///< the run ends on a seed
  /// Where it ends in a pit without a seed: the water rises and overflows; the way on, from the pit to the seed whose
  /// flood filled it, backwards along `flood_path`. Empty otherwise.
  std::vector<Pixel> overflow;
  Pixel rim;        ///< the highest pixel of `overflow`, the first among equals: where it flows over
  Label label = 0;  ///< of the seed at the end of run or overflow; 0: the drop fell on dry ground
  bool crossed_plateau = false;
  /// The label that the flood gave to the pixel where the drop fell. It differs from `label` where flooding and steepest
  /// descent differ.
  Label flooded = 0;
};
/// Of several equally low neighbours the drop takes the first in raster order. O(path, and plateaus that it crosses).
template <typename T>
DropPath drop(ImageView<const T> landscape, MaskView mask, LabelView markers, const Flood& flood, Pixel from,
              Connectivity connectivity);
extern template DropPath drop(ImageView<const std::int32_t>, MaskView, LabelView, const Flood&, Pixel, Connectivity);
extern template DropPath drop(ImageView<const float>, MaskView, LabelView, const Flood&, Pixel, Connectivity);
extern template DropPath drop(ImageView<const double>, MaskView, LabelView, const Flood&, Pixel, Connectivity);

}  // namespace floodlight

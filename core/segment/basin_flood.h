// The flood of one connected component of a mask, from a queue of buckets, and whether equal markers decide its labels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/segment/runs.h"

namespace floodlight {

/// A component that seeds of several labels share.
struct Basin {
  std::span<const RowRun> runs = {};  ///< in raster order
  std::int64_t pixels = 0;
  int top = 0;  ///< the bounding box: first row and column inside ...
  int left = 0;
  int bottom = 0;  ///< ... first row and column after
  int right = 0;
  std::int32_t lowest = 0;  ///< of the landscape's values
  std::int32_t highest = 0;
};

/// Floods a basin as `FloodRun` floods an image. Entries of the queue leave by value, then by age. As a flood never goes
/// down again, and new entries are the youngest, that is one list for every value, first in, first out, with the markers
/// in front: O(1) an entry.
///
/// Only the order of markers of equal value, which all have age 0, is not to be had from the basin alone; in
/// scikit-image's heap it comes from all that the heap holds. `tells_equal_markers_apart` says whether it decides
/// labels here; then the flood ends early. Entries whose order hangs on it are followed in blocks: all that one turn
/// pushes with one value. A block of one label may leave in any order: the same pixels get the same label. A turn is a
/// block of several labels, whose entries leave one after the other in an order that is not known; a pixel that floods of
/// two labels reach in one turn is a pixel whose label is not known. All else is the same in every order.
///
/// One object floods basin after basin: `start`, `enter_row` for each of its rows, `queue_markers`, where need be
/// `follow_equal_markers`, `flood` until false, `leave`. Memory: 12 to 20 bytes a pixel of the bounding box and 4 to 12 for
/// each value of the landscape.
class BasinFlood {
 public:
  BasinFlood(ImageView<const std::int32_t> image, LabelView markers, Connectivity connectivity);

  void start(const Basin& basin);
  /// Enters the basin's next row; false when that was the last.
  bool enter_row();
  /// Queues the markers, those in `first` before the others. O(markers).
  void queue_markers(std::span<const Pixel> first);
  /// True when queued markers of several labels have equal values.
  [[nodiscard]] bool has_equal_markers() const { return shared_; }
  /// To be called before the flood where these were not queued in the order in which they leave the heap. O(pixels).
  void follow_equal_markers();
  /// Floods until so many entries have left the queue; true while there is more to do.
  bool flood(int most_pops);
  /// Writes the basin's labels into the image's.
  void leave(ImageView<Label> out) const;

  /// True when the labels hang on the order of equal markers, which was followed.
  [[nodiscard]] bool tells_equal_markers_apart() const { return ambiguous_; }
  /// The largest value that markers of several labels share. Only if there are any.
  [[nodiscard]] std::int32_t highest_shared_value() const {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(basin_.lowest) + highest_shared_);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  static constexpr std::uint32_t certain = 0;  ///< no block, and no turn

  struct Place {
    Label label;          ///< 0: not reached yet
    std::uint32_t value;  ///< above the lowest
    std::uint32_t next;   ///< in its list; none: was never queued
  };
  /// What one turn pushed with one value.
  struct Block {
    Label label;  ///< of the first entry
    bool mixed;   ///< others have other labels
  };

  [[nodiscard]] std::uint32_t place_of(int row, int col) const {
    return static_cast<std::uint32_t>((row - basin_.top + 1) * stride_ + (col - basin_.left + 1));
  }
  void queue_marker(std::uint32_t place);
  void push(std::uint32_t place, std::uint32_t value);
  std::uint32_t pop();
  template <bool followed, std::size_t neighbours>
  bool flood_on(int most_pops);
  void take_turn(std::uint32_t place);
  void join_block(std::uint32_t place, std::uint32_t value);

  ImageView<const std::int32_t> image_;
  LabelView markers_;
  Connectivity connectivity_;
  Basin basin_;
  std::ptrdiff_t stride_ = 0;
  std::array<std::ptrdiff_t, 8> steps_{};  ///< up, left, right, down, then the diagonals: the order decides ties
  std::size_t entered_runs_ = 0;
  int entered_rows_ = 0;
  std::vector<Place> places_;
  std::vector<std::uint32_t> marked_;  ///< the places of markers in raster order
  std::vector<std::uint32_t> last_;    ///< of each value's list the last entry, whose next one is the first
  std::uint32_t level_ = 0;
  std::int64_t dry_ = 0;  ///< pixels without a label
  bool shared_ = false;   ///< markers of several labels have equal values
  std::uint32_t highest_shared_ = 0;
  bool followed_ = false;
  bool ambiguous_ = false;

  // Only where the order of equal markers is followed: of each place its block and the turn that reached it, of each
  // value the last turn that pushed with it and the block of that.
  std::vector<std::uint32_t> block_of_;
  std::vector<std::uint32_t> reached_in_;
  std::vector<std::uint32_t> pushed_in_;
  std::vector<std::uint32_t> newest_block_;
  std::vector<Block> blocks_;
  std::uint32_t turn_ = certain;
  std::uint32_t turns_ = 0;
  std::uint32_t turns_block_ = certain;
};

}  // namespace floodlight

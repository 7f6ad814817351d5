// The flooding itself: the binary heap whose order of equal entries decides ties, and what a flood does with each entry.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/base/radix_sort.h"
#include "core/base/sliced.h"
#include "core/segment/watershed.h"

namespace floodlight {

/// Marks a pixel that no flood may enter: outside the mask, or in the frame around the image.
inline constexpr Label closed_to_floods = std::numeric_limits<Label>::min();

/// An unsigned integer that orders as the value does; equal values, both zeros included, have equal ranks.
inline std::uint32_t rank_of(std::int32_t value) { return static_cast<std::uint32_t>(value) ^ 0x80000000U; }
inline std::uint32_t rank_of(float value) { return ordered_bits(value + 0.0F); }
inline std::uint64_t rank_of(double value) { return ordered_bits(value + 0.0); }

/// What the queue is ordered by: the value, then the age. 32 bits of value and 32 of age are compared in one go.
struct NarrowKey {
  std::uint64_t bits;
  NarrowKey(std::uint32_t rank, std::uint32_t age) : bits(std::uint64_t{rank} << 32U | age) {}
  [[nodiscard]] std::uint32_t rank() const { return static_cast<std::uint32_t>(bits >> 32U); }
  [[nodiscard]] bool of_marker() const { return static_cast<std::uint32_t>(bits) == 0; }
  friend bool operator<(const NarrowKey& a, const NarrowKey& b) { return a.bits < b.bits; }
};
struct WideKey {
  std::uint64_t value;
  std::uint32_t age;
  WideKey(std::uint64_t rank, std::uint32_t age_given) : value(rank), age(age_given) {}
  [[nodiscard]] std::uint64_t rank() const { return value; }
  [[nodiscard]] bool of_marker() const { return age == 0; }
  friend bool operator<(const WideKey& a, const WideKey& b) {
    return a.value < b.value || (a.value == b.value && a.age < b.age);
  }
};
template <typename T>
using KeyOf = std::conditional_t<std::is_same_v<T, double>, WideKey, NarrowKey>;

/// A queue entry; with lines or compactness it also remembers the marker it came from.
template <typename Key>
struct Entry {
  Key key;
  std::uint32_t index;
  [[nodiscard]] std::uint32_t source() const { return index; }
};
template <typename Key>
struct TracedEntry {
  Key key;
  std::uint32_t index;
  std::uint32_t origin;
  [[nodiscard]] std::uint32_t source() const { return origin; }
};
/// And when the run is recorded, the pixel that pushed it.
template <typename Key>
struct RecordedEntry {
  Key key;
  std::uint32_t index;
  std::uint32_t origin;
  std::uint32_t pushed_by;
  [[nodiscard]] std::uint32_t source() const { return origin; }
};

/// A binary heap that leaves entries of equal key in scikit-image's order: both sift only past strictly smaller keys,
/// and of two equal children the left one rises.
template <typename Item>
class Heap {
 public:
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] const Item& front() const { return items_.front(); }

  void push(const Item& item) {
    items_.push_back(item);
    Item* items = items_.data();
    std::size_t hole = items_.size() - 1;
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 2;
      if (!(item.key < items[parent].key)) break;
      items[hole] = items[parent];
      hole = parent;
    }
    items[hole] = item;
  }

  Item pop() {
    const Item top = items_.front();
    const Item last = items_.back();
    items_.pop_back();
    if (items_.empty()) return top;
    // The last entry mostly belongs near the bottom again. So the hole goes all the way down along the smaller
    // children, and the entry rises from there past those that are not smaller: the place is the same as when it sinks
    // from the top, with half the comparisons.
    Item* items = items_.data();
    const std::size_t size = items_.size();
    std::size_t hole = 0;
    std::size_t child = 1;
    while (child + 1 < size) {
      child += items[child + 1].key < items[child].key ? 1 : 0;
      items[hole] = items[child];
      hole = child;
      child = 2 * hole + 1;
    }
    if (child < size) {
      items[hole] = items[child];
      hole = child;
    }
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 2;
      if (items[parent].key < last.key) break;
      items[hole] = items[parent];
      hole = parent;
    }
    items[hole] = last;
    return top;
  }

 private:
  std::vector<Item> items_;
};

/// Nobody looks on.
struct NoRecord {
  static constexpr bool on = false;
};

/// The image, the labels given so far and the queue, on a grid with a closed frame of one pixel. `traced`: with lines or
/// compactness. A record that is `on` is told of every place of the grid (`add_places`), of every pixel that is queued
/// (`queue`, not when traced) and taken from the queue (`take`: true the first time; `only_markers`, when not traced, says
/// of which), and of floods that touch (`touch`).
template <typename T, bool traced, typename Record = NoRecord>
class FloodRun {
 public:
  using Key = KeyOf<T>;
  using Item =
      std::conditional_t<traced, std::conditional_t<Record::on, RecordedEntry<Key>, TracedEntry<Key>>, Entry<Key>>;

  FloodRun(ImageView<const T> image, LabelView markers, MaskView mask, const WatershedOptions& options)
      : image_(image),
        markers_(markers),
        mask_(mask),
        compactness_(options.compactness),
        stride_(image.cols() + 2),
        neighbours_(options.connectivity == Connectivity::four ? 4 : 8),
        steps_{-stride_, -1, 1, stride_, -stride_ - 1, -stride_ + 1, stride_ - 1, stride_ + 1} {
    const std::size_t size = static_cast<std::size_t>(image.rows() + 2) * static_cast<std::size_t>(stride_);
    // The grid grows row by row, so that not all of its memory is asked for and filled in one slice.
    ranks_.reserve(size);
    labels_.reserve(size);
    if constexpr (traced) lines_.resize(size);
    if constexpr (Record::on) record_.reserve(size);
    close(static_cast<std::size_t>(stride_));
  }

  /// Copies the next row into the grid and queues its markers.
  void enter_row(int row) {
    close(1);
    const T* values = image_.row(row);
    const Label* markers = markers_.row(row);
    const std::uint8_t* mask = mask_.empty() ? nullptr : mask_.row(row);
    const std::size_t first = ranks_.size();
    ranks_.resize(first + static_cast<std::size_t>(image_.cols()));
    labels_.resize(ranks_.size());
    Rank* ranks = ranks_.data() + first;
    Label* labels = labels_.data() + first;
    for (int col = 0; col < image_.cols(); ++col) {
      ranks[col] = rank_of(values[col]);
      labels[col] = mask == nullptr || mask[col] != 0 ? markers[col] : closed_to_floods;
    }
    for (int col = 0; col < image_.cols(); ++col) {
      if (labels[col] == 0 || labels[col] == closed_to_floods) continue;
      const std::size_t own = first + static_cast<std::size_t>(col);
      queue_.push(item(ranks[col], 0, own, own, own));
      if constexpr (traced) ++waiting_markers_;
    }
    if constexpr (Record::on) record_.add_places(static_cast<std::size_t>(image_.cols()));
    close(1);
    if (row + 1 == image_.rows()) close(static_cast<std::size_t>(stride_));
  }

  /// Floods until the queue is empty or so many entries have left it; true while there is more to do.
  bool flood(int most_pops) {
    for (int pops = 0; pops < most_pops; ++pops) {
      if (queue_.empty()) return false;
      const Item popped = queue_.pop();
      if constexpr (traced) {
        spread_traced(popped);
      } else {
        spread(popped);
      }
    }
    return true;
  }

  /// True when all entries up to this value have left the queue.
  [[nodiscard]] bool has_passed(T value) const { return queue_.empty() || rank_of(value) < queue_.front().key.rank(); }

  void leave_row(int row, Label* out) const {
    const Label* labels = labels_.data() + index(row, 0);
    for (int col = 0; col < image_.cols(); ++col) out[col] = labels[col] == closed_to_floods ? 0 : labels[col];
  }

  /// A pixel's place in the grid, and the way back.
  [[nodiscard]] std::size_t index(int row, int col) const {
    return static_cast<std::size_t>((row + 1) * stride_ + col + 1);
  }
  [[nodiscard]] Pixel pixel_at(std::size_t i) const {
    const auto signed_index = static_cast<std::ptrdiff_t>(i);
    return {static_cast<int>(signed_index / stride_) - 1, static_cast<int>(signed_index % stride_) - 1};
  }
  [[nodiscard]] Record& record() { return record_; }

 private:
  using Rank = decltype(rank_of(T{}));

  /// Adds frame.
  void close(std::size_t count) {
    if constexpr (Record::on) record_.add_places(count);
    ranks_.insert(ranks_.end(), count, Rank{0});
    labels_.insert(labels_.end(), count, closed_to_floods);
  }

  static Item item(Rank rank, std::uint32_t age, std::size_t index, [[maybe_unused]] std::size_t source,
                   [[maybe_unused]] std::size_t pushed_by) {
    if constexpr (traced && Record::on) {
      return {Key(rank, age), static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(source),
              static_cast<std::uint32_t>(pushed_by)};
    } else if constexpr (traced) {
      return {Key(rank, age), static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(source)};
    } else {
      return {Key(rank, age), static_cast<std::uint32_t>(index)};
    }
  }

  /// The classic flood gives a pixel its label when it is queued: nothing can reach it sooner afterwards.
  void spread(const Item& popped) {
    const Label label = labels_[popped.index];
    if constexpr (Record::on) {
      if (!Record::only_markers || popped.key.of_marker()) record_.take(popped.index);
    }
    for (std::size_t k = 0; k < neighbours_; ++k) {
      const auto n = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(popped.index) + steps_[k]);
      if (labels_[n] != 0) {
        if constexpr (Record::on) touch(popped.index, n, label);
        continue;
      }
      labels_[n] = label;
      if constexpr (Record::on) record_.queue(n, popped.index);
      queue_.push(item(std::max(ranks_[n], popped.key.rank()), ++age_, n, n, popped.index));
    }
  }

  /// With lines or compactness a pixel can be queued by several floods, and gets its label when it is popped.
  void spread_traced(const Item& popped) {
    if (labels_[popped.index] != 0 && popped.index != popped.source()) return;
    if (popped.key.of_marker()) --waiting_markers_;
    if (lines_[popped.index] && comes_in_vain()) return;
    [[maybe_unused]] bool first_time = false;
    if constexpr (Record::on) first_time = record_.take(popped.index, popped.pushed_by);
    if (compactness_ > 0 || !meets_other_flood(popped)) labels_[popped.index] = labels_[popped.source()];
    for (std::size_t k = 0; k < neighbours_; ++k) {
      const auto n = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(popped.index) + steps_[k]);
      if constexpr (Record::on) {
        if (first_time) touch(popped.index, n, labels_[popped.source()]);
      }
      if (labels_[n] != 0 || lines_[n]) continue;
      Rank rank = ranks_[n];
      if constexpr (std::is_same_v<T, double>) {
        if (compactness_ > 0) rank = rank_of(pixel(n) + compactness_ * distance(n, popped.source()));
      }
      queue_.push(item(std::max(rank, popped.key.rank()), ++age_, n, popped.source(), popped.index));
    }
  }

  /// Whether a pixel of a line that comes again need not be looked at. It pushes only pixels that wait already with
  /// smaller keys, and they push theirs: on wide lines that multiplies without end. It can change nothing but the order
  /// of waiting markers of equal key. For their sake it is endured once for every place, which is far more than where
  /// nothing multiplies.
  bool comes_in_vain() { return waiting_markers_ == 0 || ++repeats_ > labels_.size(); }

  void touch(std::size_t at, std::size_t other, Label label) {
    const Label met = labels_[other];
    if (met != 0 && met != label && met != closed_to_floods) record_.touch(at, other, label, met);
  }

  /// True for a pixel on a line between floods; the first time this is seen the pixel leaves the mask. A marker that
  /// touches another becomes a line too, though it keeps its label.
  bool meets_other_flood(const Item& popped) {
    if (lines_[popped.index]) return true;
    const Label own = labels_[popped.source()];
    for (std::size_t k = 0; k < neighbours_; ++k) {
      const auto n = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(popped.index) + steps_[k]);
      const Label other = labels_[n];
      if (other == 0 || other == closed_to_floods || other == own || lines_[n]) continue;
      lines_[popped.index] = true;
      return true;
    }
    return false;
  }

  [[nodiscard]] T pixel(std::size_t i) const { return image_[pixel_at(i)]; }
  [[nodiscard]] double distance(std::size_t from, std::size_t to) const {
    const Pixel a = pixel_at(from);
    const Pixel b = pixel_at(to);
    const double rows = a.row - b.row;
    const double cols = a.col - b.col;
    return std::sqrt(rows * rows + cols * cols);
  }

  ImageView<const T> image_;
  LabelView markers_;
  MaskView mask_;
  double compactness_;
  std::ptrdiff_t stride_;
  std::size_t neighbours_;
  std::array<std::ptrdiff_t, 8> steps_;  ///< up, left, right, down, then the diagonals: the order decides ties
  std::vector<Rank> ranks_;
  std::vector<Label> labels_;  ///< 0: not reached yet
  std::vector<bool> lines_;
  Heap<Item> queue_;
  [[no_unique_address]] Record record_;
  std::uint32_t age_ = 1;
  std::size_t waiting_markers_ = 0;  ///< in the queue; counted only when traced
  std::size_t repeats_ = 0;          ///< of pixels of lines while markers waited
};

/// Enters every row of an image and floods it, in slices of so many pixels or pops; what then remains is to read the
/// result.
template <typename Run>
Sliced<bool> enter_and_flood_in_slices(Run& run, int rows, int cols, std::size_t pixels_per_slice, int pops_per_slice) {
  std::size_t work = 0;
  for (int row = 0; row < rows; ++row) {
    run.enter_row(row);
    work += static_cast<std::size_t>(cols);
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  while (run.flood(pops_per_slice)) co_yield Pause{};
  co_return true;
}

}  // namespace floodlight

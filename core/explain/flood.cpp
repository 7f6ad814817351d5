// The flooding of core/flood_run.h with somebody looking on, and what the record tells.
#include "core/explain/flood.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <type_traits>
#include <utility>

#include "core/segment/flood_run.h"

namespace floodlight {
namespace {

constexpr int pops_per_slice = 4096;
constexpr std::size_t pixels_per_slice = 1U << 16U;
constexpr std::int32_t never = -1;

/// The pairs of labels that have met: a table of keys, at most half full.
class Pairs {
 public:
  /// True the first time.
  bool add(Label a, Label b) {
    const std::uint64_t low = static_cast<std::uint32_t>(std::min(a, b));
    const std::uint64_t high = static_cast<std::uint32_t>(std::max(a, b));
    const std::uint64_t key = low << 32U | high;
    // Along a boundary the same two meet again and again.
    if (key == last_) return false;
    last_ = key;
    if (2 * (count_ + 1) > slots_.size()) grow();
    std::uint64_t& slot = slots_[find(key)];
    if (slot == key) return false;
    slot = key;
    ++count_;
    return true;
  }

 private:
  static constexpr std::uint64_t vacant = 0;  // two labels that are the same, and background

  [[nodiscard]] std::size_t find(std::uint64_t key) const {
    std::size_t i = (key * 0x9E3779B97F4A7C15ULL >> 32U) & (slots_.size() - 1);
    while (slots_[i] != vacant && slots_[i] != key) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  void grow() {
    const std::vector<std::uint64_t> old =
        std::exchange(slots_, std::vector<std::uint64_t>(std::max<std::size_t>(64, 2 * slots_.size())));
    for (const std::uint64_t key : old) {
      if (key != vacant) slots_[find(key)] = key;
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
  std::uint64_t last_ = vacant;
};

/// Two floods that touch, by their places in the grid.
struct Touch {
  std::int32_t time;
  std::uint32_t at;
  std::uint32_t other;
  Label first;
  Label second;
};

/// Who was taken when, and who pushed whom, on the grid of the run.
class FloodRecord {
 public:
  static constexpr bool on = true;
  static constexpr bool only_markers = false;

  void reserve(std::size_t size) {
    from_.reserve(size);
    taken_.reserve(size);
    sequence_.reserve(size);
  }
  void add_places(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) from_.push_back(static_cast<std::uint32_t>(from_.size()));
    taken_.insert(taken_.end(), count, never);
  }
  void queue(std::size_t index, std::size_t by) { from_[index] = static_cast<std::uint32_t>(by); }
  bool take(std::size_t index) {
    if (taken_[index] != never) return false;
    taken_[index] = static_cast<std::int32_t>(sequence_.size());
    sequence_.push_back(static_cast<std::uint32_t>(index));
    return true;
  }
  bool take(std::size_t index, std::uint32_t pushed_by) {
    if (!take(index)) return false;
    from_[index] = pushed_by;
    return true;
  }
  void touch(std::size_t at, std::size_t other, Label first, Label second) {
    if (!pairs_.add(first, second)) return;
    touches_.push_back({taken_[at], static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(other), first, second});
  }

  [[nodiscard]] std::vector<std::uint32_t>& sequence() { return sequence_; }
  [[nodiscard]] std::int32_t taken(std::size_t index) const { return taken_[index]; }
  [[nodiscard]] std::size_t from(std::size_t index) const { return from_[index]; }
  [[nodiscard]] const std::vector<Touch>& touches() const { return touches_; }

 private:
  std::vector<std::uint32_t> from_;
  std::vector<std::int32_t> taken_;
  std::vector<std::uint32_t> sequence_;
  Pairs pairs_;
  std::vector<Touch> touches_;
};

/// What becomes a Flood, growing row by row, so that not all of its memory is asked for in one slice.
struct Rows {
  std::vector<Label> labels;
  std::vector<std::int32_t> taken;
  std::vector<std::int32_t> pushed;
  std::vector<std::uint32_t> from;

  explicit Rows(std::size_t size) {
    labels.reserve(size);
    taken.reserve(size);
    pushed.reserve(size);
    from.reserve(size);
  }
};

/// Copies a row of the run and its record.
template <typename Run>
void read_row(Run& run, int row, int cols, Rows& out) {
  const FloodRecord& record = run.record();
  const auto longer = static_cast<std::ptrdiff_t>(run.index(1, 0) - run.index(0, 0)) - cols;
  const std::size_t start = out.labels.size();
  out.labels.resize(start + static_cast<std::size_t>(cols));
  run.leave_row(row, out.labels.data() + start);
  for (int col = 0; col < cols; ++col) {
    const std::size_t index = run.index(row, col);
    const std::size_t from = record.from(index);
    const std::int32_t time = record.taken(index);
    out.taken.push_back(time);
    out.pushed.push_back(time == never ? never : from == index ? 0 : record.taken(from) + 1);
    // The grid's rows are longer than the image's.
    std::ptrdiff_t back = static_cast<std::ptrdiff_t>(from) - static_cast<std::ptrdiff_t>(index);
    if (back > 1) back -= longer;
    if (back < -1) back += longer;
    out.from.push_back(static_cast<std::uint32_t>(static_cast<std::ptrdiff_t>(out.from.size()) + back));
  }
}

/// Turns places in the grid into places in the image.
template <typename Run>
void leave_grid(const Run& run, int cols, std::span<std::uint32_t> flat_indices) {
  for (std::uint32_t& flat_index : flat_indices) {
    const Pixel p = run.pixel_at(flat_index);
    flat_index =
        static_cast<std::uint32_t>(p.row) * static_cast<std::uint32_t>(cols) + static_cast<std::uint32_t>(p.col);
  }
}

template <typename T, bool traced>
Sliced<Flood> recorded_in_slices(ImageView<const T> image, LabelView markers, MaskView mask, WatershedOptions options) {
  if (image.empty()) co_return Flood{};
  FloodRun<T, traced, FloodRecord> run(image, markers, mask, options);
  co_await enter_and_flood_in_slices(run, image.rows(), image.cols(), pixels_per_slice, pops_per_slice);
  std::size_t work = 0;
  Rows rows(image.size());
  for (int row = 0; row < image.rows(); ++row) {
    read_row(run, row, image.cols(), rows);
    work += static_cast<std::size_t>(image.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  std::vector<std::uint32_t> sequence = std::move(run.record().sequence());
  for (std::size_t i = 0; i < sequence.size(); i += pixels_per_slice) {
    leave_grid(run, image.cols(), std::span(sequence).subspan(i, std::min(pixels_per_slice, sequence.size() - i)));
    co_yield Pause{};
  }
  Flood flood{.labels = LabelImage(image.rows(), image.cols(), std::move(rows.labels)),
              .sequence = std::move(sequence),
              .taken = Image<std::int32_t>(image.rows(), image.cols(), std::move(rows.taken)),
              .pushed = Image<std::int32_t>(image.rows(), image.cols(), std::move(rows.pushed)),
              .from = std::move(rows.from),
              .meetings = {}};
  for (const Touch& t : run.record().touches()) {
    flood.meetings.push_back({t.time, run.pixel_at(t.at), run.pixel_at(t.other), t.first, t.second});
  }
  co_return flood;
}

std::uint32_t flat_index_of(const Flood& flood, Pixel pixel) {
  return static_cast<std::uint32_t>(flood.labels.view().index(pixel.row, pixel.col));
}

}  // namespace

template <typename T>
Sliced<Flood> flood_in_slices(ImageView<const T> image, LabelView markers, MaskView mask, WatershedOptions options) {
  assert(markers.rows() == image.rows() && markers.cols() == image.cols());
  assert(mask.empty() || (mask.rows() == image.rows() && mask.cols() == image.cols()));
  assert(options.compactness == 0 || (std::is_same_v<T, double>));
  return options.line || options.compactness > 0 ? recorded_in_slices<T, true>(image, markers, mask, options)
                                                 : recorded_in_slices<T, false>(image, markers, mask, options);
}

template <typename T>
Flood flood(ImageView<const T> image, LabelView markers, MaskView mask, const WatershedOptions& options) {
  return flood_in_slices(image, markers, mask, options).finish();
}

template Sliced<Flood> flood_in_slices(ImageView<const std::int32_t>, LabelView, MaskView, WatershedOptions);
template Sliced<Flood> flood_in_slices(ImageView<const float>, LabelView, MaskView, WatershedOptions);
template Sliced<Flood> flood_in_slices(ImageView<const double>, LabelView, MaskView, WatershedOptions);
template Flood flood(ImageView<const std::int32_t>, LabelView, MaskView, const WatershedOptions&);
template Flood flood(ImageView<const float>, LabelView, MaskView, const WatershedOptions&);
template Flood flood(ImageView<const double>, LabelView, MaskView, const WatershedOptions&);

Pixel pixel_at(const Flood& flood, std::uint32_t flat_index) {
  const auto cols = static_cast<std::uint32_t>(flood.labels.cols());
  return {static_cast<int>(flat_index / cols), static_cast<int>(flat_index % cols)};
}

std::vector<QueueEntry> queue_at(const Flood& flood, std::int32_t time, int most) {
  assert(time >= 0);
  std::vector<QueueEntry> entries;
  for (auto t = static_cast<std::size_t>(time); t < flood.sequence.size(); ++t) {
    if (static_cast<int>(entries.size()) >= most) break;
    const std::uint32_t flat_index = flood.sequence[t];
    const std::int32_t since = flood.pushed.pixels()[flat_index];
    if (since > time) continue;
    entries.push_back(
        {pixel_at(flood, flat_index), flood.labels.pixels()[flat_index], static_cast<std::int32_t>(t), since});
  }
  return entries;
}

Sliced<std::vector<std::int32_t>> queue_lengths_in_slices(const Flood& flood) {
  std::vector<std::int32_t> lengths(flood.sequence.size() + 1);
  const auto add = [&](std::span<const std::uint32_t> flat_indices) {
    for (const std::uint32_t flat_index : flat_indices)
      ++lengths[static_cast<std::size_t>(flood.pushed.pixels()[flat_index])];
  };
  const std::span<const std::uint32_t> sequence(flood.sequence);
  for (std::size_t i = 0; i < sequence.size(); i += pixels_per_slice) {
    add(sequence.subspan(i, std::min(pixels_per_slice, sequence.size() - i)));
    co_yield Pause{};
  }
  // At each time those that have come by then, less those that have been taken: one a step.
  for (std::size_t t = 1; t < lengths.size(); ++t) {
    lengths[t] += lengths[t - 1] - 1;
    if (t % pixels_per_slice == 0) co_yield Pause{};
  }
  co_return lengths;
}

std::vector<std::int32_t> queue_lengths(const Flood& flood) { return queue_lengths_in_slices(flood).finish(); }

std::vector<Pixel> pushed_by_step(const Flood& flood, std::int32_t time) {
  const std::uint32_t flat_index = flood.sequence[static_cast<std::size_t>(time)];
  const Pixel p = pixel_at(flood, flat_index);
  std::vector<Pixel> pushed;
  for (int row = p.row - 1; row <= p.row + 1; ++row) {
    for (int col = p.col - 1; col <= p.col + 1; ++col) {
      const Pixel q{row, col};
      if (q != p && flood.labels.contains(q) && flood.from[flat_index_of(flood, q)] == flat_index) pushed.push_back(q);
    }
  }
  std::ranges::sort(pushed, {}, [&](Pixel q) { return flood.taken[q]; });
  return pushed;
}

std::vector<Pixel> flood_path(const Flood& flood, Pixel pixel) {
  std::vector<Pixel> path;
  if (flood.taken[pixel] == never) return path;
  std::uint32_t flat_index = flat_index_of(flood, pixel);
  path.push_back(pixel);
  while (flood.from[flat_index] != flat_index) {
    flat_index = flood.from[flat_index];
    path.push_back(pixel_at(flood, flat_index));
  }
  std::ranges::reverse(path);
  return path;
}

}  // namespace floodlight

#include "core/segment/runs.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace floodlight {
namespace {

constexpr std::size_t pixels_per_slice = 131'072;
constexpr std::size_t runs_per_slice = 65'536;

/// The highest bit of every byte that is not zero, of eight bytes at a time.
std::uint64_t marks_of_nonzero(const std::uint8_t* bytes) {
  constexpr std::uint64_t low_bits = 0x7F7F7F7F7F7F7F7FULL;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (((word & low_bits) + low_bits) | word) & ~low_bits;
}

/// How many runs a row has: every one begins and ends where the side changes, or at an end of the row.
std::size_t count_runs(const std::uint8_t* pixels, int cols, MaskSide side) {
  if (cols == 0) return 0;
  const auto inside = [side](std::uint8_t pixel) { return (pixel != 0) == (side == MaskSide::foreground); };
  std::size_t ends = (inside(pixels[0]) ? 1U : 0U) + (inside(pixels[cols - 1]) ? 1U : 0U);
  // Counted in bytes, of which many are added at once; so few that they cannot overflow.
  constexpr int block = 128;
  for (int start = 1; start < cols; start += block) {
    const int end = std::min(start + block, cols);
    std::uint8_t changes = 0;
    for (int c = start; c < end; ++c) {
      const auto before = static_cast<std::uint8_t>(pixels[c - 1] != 0 ? 1 : 0);
      const auto here = static_cast<std::uint8_t>(pixels[c] != 0 ? 1 : 0);
      changes = static_cast<std::uint8_t>(changes + (before ^ here));
    }
    ends += changes;
  }
  return ends / 2;
}

/// Until all rows are in, a run's `component` is the place of another run of the same component, at or before its own.
class RunJoiner {
 public:
  RunJoiner(MaskView mask, Connectivity connectivity, MaskSide side)
      : mask_(mask), side_(side), reach_(connectivity == Connectivity::eight ? 1 : 0) {
    out_.cols = mask.cols();
    out_.row_starts.reserve(static_cast<std::size_t>(mask.rows()) + 1);
    out_.row_starts.push_back(0);
  }

  void count_row(int row) { expected_ += count_runs(mask_.row(row), mask_.cols(), side_); }
  /// Asked for once, so that no slice has to move what has been found.
  void make_room() { out_.runs.reserve(expected_); }

  void add_row(int row) {
    const std::uint8_t* pixels = mask_.row(row);
    const int cols = mask_.cols();
    const bool nonzero = side_ == MaskSide::foreground;
    // Single pixels and gaps of one are seen at once, without looking eight bytes ahead.
    const auto is_inside = [=](int col) { return (pixels[col] != 0) == nonzero; };
    for (int start = find_in_row(pixels, 0, cols, nonzero); start < cols;) {
      int end = start + 1;
      if (end < cols && is_inside(end)) end = find_in_row(pixels, end + 1, cols, !nonzero);
      out_.runs.push_back({start, end, static_cast<Label>(out_.runs.size())});
      start = end + 1;
      if (start < cols && !is_inside(start)) start = find_in_row(pixels, start + 1, cols, nonzero);
    }
    out_.row_starts.push_back(out_.runs.size());
    if (row > 0) join_with_row_above(static_cast<std::size_t>(row));
  }

  /// Gives the next runs the numbers of their components; true while there are more.
  bool number_some() {
    const std::size_t end = std::min(numbered_ + runs_per_slice, out_.runs.size());
    for (; numbered_ < end; ++numbered_) {
      Label& component = out_.runs[numbered_].component;
      const auto root = static_cast<std::size_t>(component);
      component = root == numbered_ ? ++out_.count : out_.runs[root].component;
    }
    return end < out_.runs.size();
  }

  RunComponents take() { return std::move(out_); }

 private:
  void join_with_row_above(std::size_t row) {
    std::size_t above = out_.row_starts[row - 1];
    const std::size_t end_above = out_.row_starts[row];
    const Run* runs = out_.runs.data();
    for (std::size_t i = end_above; i < out_.runs.size(); ++i) {
      while (above < end_above && runs[above].end + reach_ <= runs[i].start) ++above;
      for (std::size_t k = above; k < end_above && runs[k].start < runs[i].end + reach_; ++k) join(i, k);
    }
  }

  void join(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    if (a < b) std::swap(a, b);
    out_.runs[a].component = static_cast<Label>(b);
  }

  /// The first run of a component so far; the way there is halved for the next who asks.
  std::size_t root(std::size_t i) {
    Run* runs = out_.runs.data();
    while (true) {
      const auto parent = static_cast<std::size_t>(runs[i].component);
      if (parent == i) return i;
      runs[i].component = runs[parent].component;
      i = parent;
    }
  }

  MaskView mask_;
  MaskSide side_;
  std::int32_t reach_;  ///< how far beyond its ends a run touches those above
  std::size_t expected_ = 0;
  std::size_t numbered_ = 0;
  RunComponents out_;
};

void add_areas(std::span<const Run> runs, std::vector<std::int64_t>& areas) {
  for (const Run& run : runs) areas[static_cast<std::size_t>(run.component)] += run.end - run.start;
}

void paint_row(std::span<const Run> runs, const std::vector<bool>& kept, std::uint8_t value, std::uint8_t* out) {
  for (const Run& run : runs) {
    if (kept[static_cast<std::size_t>(run.component)]) std::fill(out + run.start, out + run.end, value);
  }
}

}  // namespace

int find_in_row(const std::uint8_t* pixels, int col, int cols, bool nonzero) {
  constexpr int at_once = 8;
  constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
  const std::uint64_t flip = nonzero ? 0 : high_bits;
  for (; col + at_once <= cols; col += at_once) {
    const std::uint64_t marks = marks_of_nonzero(pixels + col) ^ flip;
    if (marks == 0) continue;
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(marks) : std::countl_zero(marks);
    return col + bits / 8;
  }
  while (col < cols && (pixels[col] != 0) != nonzero) ++col;
  return col;
}

Sliced<RunComponents> connected_runs_in_slices(MaskView mask, Connectivity connectivity, MaskSide side) {
  RunJoiner joiner(mask, connectivity, side);
  std::size_t work = 0;
  // Counting a row takes a small part of the time that joining it takes.
  for (int row = 0; row < mask.rows(); ++row) {
    joiner.count_row(row);
    work += static_cast<std::size_t>(mask.cols());
    if (work < 8 * pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  joiner.make_room();
  for (int row = 0; row < mask.rows(); ++row) {
    joiner.add_row(row);
    work += static_cast<std::size_t>(mask.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  while (joiner.number_some()) co_yield Pause{};
  co_return joiner.take();
}

Sliced<std::vector<std::int64_t>> areas_in_slices(const RunComponents& components) {
  std::vector<std::int64_t> areas(static_cast<std::size_t>(components.count) + 1);
  const std::span<const Run> runs(components.runs);
  for (std::size_t start = 0; start < runs.size(); start += runs_per_slice) {
    add_areas(runs.subspan(start, std::min(runs_per_slice, runs.size() - start)), areas);
    co_yield Pause{};
  }
  co_return areas;
}

std::vector<bool> touching_border(const RunComponents& components) {
  std::vector<bool> touching(static_cast<std::size_t>(components.count) + 1);
  const int last_row = components.rows() - 1;
  for (int row = 0; row <= last_row; ++row) {
    for (const Run& run : components.in_row(row)) {
      if (row == 0 || row == last_row || run.start == 0 || run.end == components.cols) {
        touching[static_cast<std::size_t>(run.component)] = true;
      }
    }
  }
  return touching;
}

Sliced<Mask> mask_of_kept_in_slices(const RunComponents& components, const std::vector<bool>& kept, MaskSide side) {
  const std::uint8_t value = side == MaskSide::foreground ? 1 : 0;
  Mask out(components.rows(), components.cols);
  if (value == 0) std::ranges::fill(out.pixels(), std::uint8_t{1});
  std::size_t work = 0;
  for (int row = 0; row < components.rows(); ++row) {
    paint_row(components.in_row(row), kept, value, out.view().row(row));
    work += static_cast<std::size_t>(components.cols);
    if (work < 4 * pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  co_return out;
}

}  // namespace floodlight

#include "core/segment/basin_flood.h"

#include <algorithm>

#include "core/segment/flood_run.h"

namespace floodlight {

BasinFlood::BasinFlood(ImageView<const std::int32_t> image, LabelView markers, Connectivity connectivity)
    : image_(image), markers_(markers), connectivity_(connectivity) {}

void BasinFlood::start(const Basin& basin) {
  basin_ = basin;
  stride_ = basin.right - basin.left + 2;
  steps_ = {-stride_, -1, 1, stride_, -stride_ - 1, -stride_ + 1, stride_ - 1, stride_ + 1};
  entered_runs_ = 0;
  entered_rows_ = 0;
  places_.clear();
  places_.reserve(static_cast<std::size_t>(basin.bottom - basin.top + 2) * static_cast<std::size_t>(stride_));
  places_.resize(static_cast<std::size_t>(stride_), Place{closed_to_floods, 0, none});
  marked_.clear();
  last_.clear();
  last_.reserve(static_cast<std::size_t>(static_cast<std::int64_t>(basin.highest) - basin.lowest) + 1);
  level_ = 0;
  dry_ = basin.pixels;
  shared_ = false;
  highest_shared_ = 0;
  followed_ = false;
  ambiguous_ = false;
}

bool BasinFlood::enter_row() {
  const int row = basin_.top + entered_rows_++;
  const int rows = basin_.bottom - basin_.top;
  places_.resize(places_.size() + static_cast<std::size_t>(stride_), Place{closed_to_floods, 0, none});
  for (; entered_runs_ < basin_.runs.size() && basin_.runs[entered_runs_].row == row; ++entered_runs_) {
    const RowRun& run = basin_.runs[entered_runs_];
    const std::int32_t* values = image_.row(row);
    const Label* markers = markers_.row(row);
    std::uint32_t place = place_of(row, run.start);
    for (int col = run.start; col < run.end; ++col, ++place) {
      places_[place].label = markers[col];
      places_[place].value = static_cast<std::uint32_t>(values[col]) - static_cast<std::uint32_t>(basin_.lowest);
      if (markers[col] != 0) marked_.push_back(place);
    }
  }
  // The lists grow with the rows, so that not all of their memory is filled in one slice.
  const std::size_t lists = static_cast<std::size_t>(static_cast<std::int64_t>(basin_.highest) - basin_.lowest) + 1;
  const std::size_t lists_a_row = lists / static_cast<std::size_t>(rows) + 1;
  last_.resize(std::min(lists, last_.size() + lists_a_row), none);
  if (entered_rows_ < rows) return true;
  places_.resize(places_.size() + static_cast<std::size_t>(stride_), Place{closed_to_floods, 0, none});
  return false;
}

void BasinFlood::queue_markers(std::span<const Pixel> first) {
  for (const Pixel p : first) queue_marker(place_of(p.row, p.col));
  for (const std::uint32_t place : marked_) {
    if (places_[place].next == none) queue_marker(place);
  }
}

void BasinFlood::queue_marker(std::uint32_t place) {
  const std::uint32_t value = places_[place].value;
  const std::uint32_t before = last_[value];
  if (before != none && places_[before].label != places_[place].label) {
    shared_ = true;
    highest_shared_ = std::max(highest_shared_, value);
  }
  push(place, value);
  --dry_;
}

/// The markers of one value are a block, as if one turn had pushed them all.
void BasinFlood::follow_equal_markers() {
  followed_ = true;
  block_of_.assign(places_.size(), certain);
  reached_in_.assign(places_.size(), certain);
  pushed_in_.assign(last_.size(), certain);
  newest_block_.assign(last_.size(), certain);
  blocks_.assign(1, Block{0, false});
  turns_ = 1;
  turn_ = turns_;
  for (const std::uint32_t place : marked_) join_block(place, places_[place].value);
  turn_ = certain;
  turns_block_ = certain;
}

void BasinFlood::push(std::uint32_t place, std::uint32_t value) {
  std::uint32_t& last = last_[value];
  if (last == none) {
    places_[place].next = place;
  } else {
    places_[place].next = places_[last].next;
    places_[last].next = place;
  }
  last = place;
}

/// The first entry of the list at the level, which must not be empty.
std::uint32_t BasinFlood::pop() {
  std::uint32_t& last = last_[level_];
  const std::uint32_t first = places_[last].next;
  if (first == last) {
    last = none;
  } else {
    places_[last].next = places_[first].next;
  }
  return first;
}

bool BasinFlood::flood(int most_pops) {
  const bool four = connectivity_ == Connectivity::four;
  if (followed_) return four ? flood_on<true, 4>(most_pops) : flood_on<true, 8>(most_pops);
  return four ? flood_on<false, 4>(most_pops) : flood_on<false, 8>(most_pops);
}

template <bool followed, std::size_t neighbours>
bool BasinFlood::flood_on(int most_pops) {
  for (int pops = 0; pops < most_pops; ++pops) {
    // What still waits gives no labels. But that two floods reach a pixel may show only when the second one comes.
    if (followed ? ambiguous_ : dry_ == 0) return false;
    while (level_ < last_.size() && last_[level_] == none) ++level_;
    if (level_ == last_.size()) return false;
    const std::uint32_t at = pop();
    if constexpr (followed) take_turn(at);
    const Label label = places_[at].label;
    for (std::size_t k = 0; k < neighbours; ++k) {
      const auto n = static_cast<std::uint32_t>(static_cast<std::ptrdiff_t>(at) + steps_[k]);
      Place& place = places_[n];
      if (place.label != 0) {
        if constexpr (followed) ambiguous_ |= turn_ != certain && reached_in_[n] == turn_ && place.label != label;
        continue;
      }
      place.label = label;
      --dry_;
      const std::uint32_t value = std::max(place.value, level_);
      push(n, value);
      if constexpr (followed) {
        reached_in_[n] = turn_;
        if (turn_ != certain) join_block(n, value);
      }
    }
  }
  return true;
}

/// An entry is popped: in the turn of its block or, where all of that have one label, by itself.
void BasinFlood::take_turn(std::uint32_t place) {
  const std::uint32_t block = block_of_[place];
  if (!blocks_[block].mixed) {
    turn_ = certain;
    turns_block_ = certain;
  } else if (block != turns_block_) {
    turn_ = ++turns_;
    turns_block_ = block;
  }
}

/// An entry that this turn pushes belongs with the others that it pushes with the same value.
void BasinFlood::join_block(std::uint32_t place, std::uint32_t value) {
  const Label label = places_[place].label;
  if (pushed_in_[value] != turn_) {
    pushed_in_[value] = turn_;
    newest_block_[value] = static_cast<std::uint32_t>(blocks_.size());
    blocks_.push_back({label, false});
  }
  Block& block = blocks_[newest_block_[value]];
  block.mixed |= block.label != label;
  block_of_[place] = newest_block_[value];
}

void BasinFlood::leave(ImageView<Label> out) const {
  for (const RowRun& run : basin_.runs) {
    const Place* place = places_.data() + place_of(run.row, run.start);
    Label* labels = out.row(run.row);
    for (int col = run.start; col < run.end; ++col) labels[col] = (place++)->label;
  }
}

}  // namespace floodlight

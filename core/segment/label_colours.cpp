#include "core/segment/label_colours.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace floodlight {
namespace {

using Contacts = std::vector<std::vector<Label>>;

using Pairs = std::vector<std::pair<Label, Label>>;

/// Adds the pairs of labels of a row that lie within two pixels of each other: directly, at a corner, or with a line
/// between them. Of the same pair in a row only the first.
void add_contacts(LabelView labels, int row, Pairs& pairs) {
  constexpr std::array<Pixel, 4> touching = {{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};
  for (int col = 0; col < labels.cols(); ++col) {
    const Label here = labels[row, col];
    if (here == 0) continue;
    for (const Pixel step : touching) {
      Pixel there{row + step.row, col + step.col};
      if (!labels.contains(there)) continue;
      const bool straight = step.row == 0 || step.col == 0;
      if (straight && labels[there] == 0) {
        there = {there.row + step.row, there.col + step.col};
        if (!labels.contains(there)) continue;
      }
      const Label other = labels[there];
      if (other == 0 || other == here) continue;
      const std::pair<Label, Label> pair = std::minmax(here, other);
      if (pairs.empty() || pairs.back() != pair) pairs.push_back(pair);
    }
  }
}

Contacts contacts_of(Pairs& pairs, Label highest) {
  std::ranges::sort(pairs);
  const auto repeats = std::ranges::unique(pairs);
  pairs.erase(repeats.begin(), repeats.end());
  Contacts contacts(static_cast<std::size_t>(highest) + 1);
  for (const auto& [a, b] : pairs) {
    contacts[static_cast<std::size_t>(a)].push_back(b);
    contacts[static_cast<std::size_t>(b)].push_back(a);
  }
  return contacts;
}

/// All labels, the one with the fewest contacts among those left taken out first, in reverse.
std::vector<Label> smallest_last(const Contacts& contacts) {
  const std::size_t count = contacts.size();
  std::vector<std::size_t> degree(count);
  std::vector<std::vector<Label>> by_degree;
  for (std::size_t i = 0; i < count; ++i) {
    degree[i] = contacts[i].size();
    if (by_degree.size() <= degree[i]) by_degree.resize(degree[i] + 1);
    by_degree[degree[i]].push_back(static_cast<Label>(i));
  }
  std::vector<bool> taken(count, false);
  std::vector<Label> order;
  for (std::size_t d = 0; d < by_degree.size();) {
    if (by_degree[d].empty()) {
      ++d;
      continue;
    }
    const Label label = by_degree[d].back();
    by_degree[d].pop_back();
    const auto i = static_cast<std::size_t>(label);
    if (taken[i] || degree[i] != d) continue;  // an outdated entry: it has moved to a lower degree since
    taken[i] = true;
    order.push_back(label);
    for (const Label other : contacts[i]) {
      const auto j = static_cast<std::size_t>(other);
      if (taken[j]) continue;
      by_degree[--degree[j]].push_back(other);
    }
    if (d > 0) --d;
  }
  std::ranges::reverse(order);
  return order;
}

std::vector<std::uint8_t> colours_of(const Contacts& contacts) {
  constexpr std::uint8_t none = 255;
  std::vector<std::uint8_t> colours(contacts.size(), none);
  std::array<int, label_colour_count> used{};
  for (const Label label : smallest_last(contacts)) {
    std::array<int, label_colour_count> nearby{};
    for (const Label other : contacts[static_cast<std::size_t>(label)]) {
      const std::uint8_t colour = colours[static_cast<std::size_t>(other)];
      if (colour != none) ++nearby[colour];
    }
    // The colour with the fewest neighbours (none, but for a crowd around a line), then the one used least so far.
    std::size_t best = 0;
    for (std::size_t c = 1; c < nearby.size(); ++c) {
      if (std::pair(nearby[c], used[c]) < std::pair(nearby[best], used[best])) best = c;
    }
    colours[static_cast<std::size_t>(label)] = static_cast<std::uint8_t>(best);
    ++used[best];
  }
  return colours;
}

}  // namespace

Sliced<std::vector<std::uint8_t>> label_colours_in_slices(LabelView labels) {
  constexpr std::size_t pixels_per_slice = 1U << 16U;
  Pairs pairs;
  Label highest = 0;
  std::size_t work = 0;
  for (int row = 0; row < labels.rows(); ++row) {
    for (const Label l : std::span(labels.row(row), static_cast<std::size_t>(labels.cols())))
      highest = std::max(highest, l);
    add_contacts(labels, row, pairs);
    work += static_cast<std::size_t>(labels.cols());
    if (work < pixels_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  const Contacts contacts = contacts_of(pairs, highest);
  co_yield Pause{};
  co_return colours_of(contacts);
}

std::vector<std::uint8_t> label_colours(LabelView labels) { return label_colours_in_slices(labels).finish(); }

}  // namespace floodlight

// What every table of ways to do a step has: filters, thresholds, repairs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/option.h"

namespace floodlight {

/// A usual mistake with a way to do a step, and where it is seen.
struct RowPitfall {
  std::string_view text;         ///< one sentence
  std::string_view action = {};  ///< on the button that shows it, of its own in its step; empty: none
  std::string_view sample = {};  ///< the image that it is shown on; empty: the one at hand
  Setting setting = {};          ///< which values show it, where the row is to be chosen
  bool chooses = true;           ///< whether showing it chooses the row
};

/// ImageJ's lines: pieces that follow one another, so that rows may share some. Texts that `filled` fills in.
using ImagejLines = std::span<const std::string_view>;

/// A row's text filled in with the values chosen. Beside its options a text may name {label}, {reach} (how far the row
/// looks to each side of a pixel) and {side} (2 * reach + 1).
template <typename Row>
std::string row_text(std::string_view text, const Chosen<Row>& chosen, FilledFor what,
                     std::vector<Filling> others = {}) {
  others.emplace_back("label", chosen.row->label);
  if (chosen.row->reach != nullptr) {
    const int reach = chosen.row->reach(chosen.values);
    others.emplace_back("reach", std::to_string(reach));
    others.emplace_back("side", std::to_string(2 * reach + 1));
  }
  return filled(text, chosen.row->options, chosen.values, what, others);
}

/// All pieces of a row's lines for ImageJ.
template <typename Row>
std::string imagej_lines(const Chosen<Row>& chosen) {
  std::string lines;
  for (const std::string_view piece : chosen.row->imagej) lines += row_text(piece, chosen, FilledFor::imagej);
  return lines;
}

}  // namespace floodlight

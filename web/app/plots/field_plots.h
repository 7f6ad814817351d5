// Plots of a set of images: one mark for each image, and a mean that settles as images are added.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/explain/field_statistics.h"

namespace floodlight::ui {

/// Whether the pointer has moved in this frame: one that only rests somewhere marks nothing, so that keys can.
[[nodiscard]] bool pointer_moved();

enum class FieldMarks : std::uint8_t {
  bars,  ///< from zero to the median
  dots,  ///< at the median
  boxes  ///< from quartile to quartile, the median across
};

struct FieldPlot {
  std::string_view name;
  std::string_view unit = {};
  FieldMarks marks = FieldMarks::bars;
  std::span<const std::string> fields;             ///< their names
  std::vector<std::optional<Quartiles>> values;    ///< one for each field; none: no result
  std::vector<std::optional<double>> others = {};  ///< drawn beside as rings, if there are any
  std::string_view others_name = {};
  std::optional<double> line = {};  ///< drawn across
  double lowest = 0;                ///< what the axis takes in at least
};

/// Draws it over the current width. `at_hand` is the field that is marked, and becomes the one under the pointer. The field
/// that is pressed.
std::optional<std::size_t> field_plot(const FieldPlot& plot, std::optional<std::size_t>& at_hand, float height);

struct RunningPlot {
  std::string_view name;
  std::string_view unit = {};
  std::span<const double> running;
  const MeanBand& band;
  double share = 0;
  std::size_t needed = 0;  ///< marked, unless 0
};

/// Draws it over the current width. `at` is the number of fields less one that is read, and becomes the one under the pointer.
void running_plot(const RunningPlot& plot, std::size_t& at, float height);

}  // namespace floodlight::ui

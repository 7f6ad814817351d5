// Measurements as a histogram and as a scatter plot, linked with the picture.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/image.h"

namespace floodlight::ui {

struct PlotAxis {
  std::string_view name;
  std::string_view unit;
  std::vector<double> values;  ///< one for each nucleus
};

/// How often which value occurs; the bar of the nucleus at hand (by its place in the list) is marked.
void property_histogram(const PlotAxis& axis, std::optional<std::size_t> at_hand, float height);
/// One dot for each nucleus; the place in the list of the one that is pressed.
std::optional<std::size_t> scatter_plot(const PlotAxis& x, const PlotAxis& y, std::optional<std::size_t> at_hand,
                                        float height);

}  // namespace floodlight::ui

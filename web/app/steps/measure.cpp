// Step 9: the table of region properties.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "core/explain/field_statistics.h"
#include "core/segment/row.h"
#include "web/app/picture/image_view.h"
#include "web/app/plots/plots.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::size_t most_rows = 500;  // of the table: as many as are drawn without a pause

struct Column {
  const char* name;
  const char* help;
  double (*value)(const RegionProperties&);
};
constexpr std::array<Column, 6> columns = {{
    {"Label", "The nucleus' number, a name and no more.",
     [](const RegionProperties& r) { return static_cast<double>(r.label); }},
    {"Area", "How many pixels it has.", [](const RegionProperties& r) { return static_cast<double>(r.area); }},
    {"Mean", "The mean of its intensity values in the raw image.",
     [](const RegionProperties& r) { return r.mean_intensity; }},
    {"Perim.", "Perimeter: the length of its outline, in pixels.",
     [](const RegionProperties& r) { return r.perimeter; }},
    {"Eccen.", "Eccentricity: 0 for a circle, towards 1 for a needle.",
     [](const RegionProperties& r) { return r.eccentricity; }},
    {"Solid.", "Solidity: its area as a share of its convex hull's. Dents make it small.",
     [](const RegionProperties& r) { return r.solidity; }},
}};

std::string rounded(double value) {
  const double grain = std::abs(value) >= 100 ? 10 : 1000;
  return number(std::round(value * grain) / grain);
}

void summary(const App& app) {
  const auto& rows = app.values().measurements;
  fact("Nuclei", std::to_string(rows.size()));
  if (rows.empty()) return;
  std::vector<double> areas;
  std::vector<double> means;
  for (const auto& r : rows) {
    areas.push_back(static_cast<double>(r.area));
    means.push_back(r.mean_intensity);
  }
  const double area = median_of(areas);
  const PixelSize size = pixel_size(app.recipe());
  std::string text = with_unit(area, "px");
  if (size.known()) text += " = " + rounded(area * size.width * size.height) + " \xC2\xB5m\xC2\xB2";
  fact("Median area", text);
  fact("Median of the mean intensities", number(median_of(means)));
}

/// Goes to the nucleus: pins its pixel that is nearest to its centroid, which may lie in a dent.
void show(App& app, const RegionProperties& r) {
  const auto& labels = app.values().labels;
  std::optional<Pixel> best;
  double least = 0;
  for (int row = r.bbox_min_row; row < r.bbox_max_row; ++row) {
    for (int col = r.bbox_min_col; col < r.bbox_max_col; ++col) {
      if (labels[row, col] != r.label) continue;
      const double away = std::hypot(row - r.centroid_row, col - r.centroid_col);
      if (!best || away < least) {
        best = Pixel{row, col};
        least = away;
      }
    }
  }
  if (best) app.show(*best);
}

/// What can be plotted; lengths and areas in micrometres where the pixel size is known.
struct Property {
  std::string_view name;
  std::string_view in_pixels;  ///< the unit, or empty
  std::string_view in_um;
  double (*value)(const RegionProperties&);
  double PhysicalShape::* physical = nullptr;
};
constexpr std::array<Property, 7> properties = {{
    {"Area", "px", "\xC2\xB5m\xC2\xB2", [](const RegionProperties& r) { return static_cast<double>(r.area); },
     &PhysicalShape::area},
    {"Mean intensity", "", "", [](const RegionProperties& r) { return r.mean_intensity; }},
    {"Perimeter", "px", "\xC2\xB5m", [](const RegionProperties& r) { return r.perimeter; }, &PhysicalShape::perimeter},
    {"Eccentricity", "", "", [](const RegionProperties& r) { return r.eccentricity; }, &PhysicalShape::eccentricity},
    {"Solidity", "", "", [](const RegionProperties& r) { return r.solidity; }},
    {"Major axis", "px", "\xC2\xB5m", [](const RegionProperties& r) { return r.axis_major_length; },
     &PhysicalShape::axis_major_length},
    {"Minor axis", "px", "\xC2\xB5m", [](const RegionProperties& r) { return r.axis_minor_length; },
     &PhysicalShape::axis_minor_length},
}};

PlotAxis axis_of(const App& app, int chosen) {
  const Property& p = properties[static_cast<std::size_t>(chosen)];
  const PixelSize size = pixel_size(app.recipe());
  // A perimeter in micrometres is not defined where pixels are not square.
  const bool known =
      size.known() && p.physical != nullptr && (size.square() || p.physical != &PhysicalShape::perimeter);
  PlotAxis axis{.name = p.name, .unit = known ? p.in_um : p.in_pixels, .values = {}};
  for (const auto& r : app.values().measurements)
    axis.values.push_back(known ? physical_shape(r, size).*p.physical : p.value(r));
  return axis;
}

void plots(App& app) {
  const auto& rows = app.values().measurements;
  std::vector<std::string> names;
  for (const Property& p : properties) names.emplace_back(p.name);
  const float half = (available_width() - px(8)) / 2;
  ImGui::BeginGroup();
  combo("Across", names, app.measure.plot_x, "What is plotted along the axis.", half);
  ImGui::EndGroup();
  ImGui::SameLine(0, px(8));
  ImGui::BeginGroup();
  combo("Up", names, app.measure.plot_y, "What is plotted against it.", half);
  ImGui::EndGroup();
  std::optional<std::size_t> at_hand;
  if (const auto p = app.probed()) {
    const auto found = std::ranges::find(rows, app.values().labels[*p], &RegionProperties::label);
    if (found != rows.end()) at_hand = static_cast<std::size_t>(found - rows.begin());
  }
  const PlotAxis x = axis_of(app, app.measure.plot_x);
  property_histogram(x, at_hand, px(96));
  gap(4);
  if (const auto chosen = scatter_plot(x, axis_of(app, app.measure.plot_y), at_hand, px(180))) show(app, rows[*chosen]);
}

/// What one may write with these numbers, and what not.
void paper(const App& app) {
  const auto& rows = app.values().measurements;
  if (rows.empty()) return;
  std::vector<double> areas;
  for (const auto& r : rows) areas.push_back(static_cast<double>(r.area));
  const PixelSize size = pixel_size(app.recipe());
  const bool known = size.known();
  const double area = median_of(areas) * (known ? size.width * size.height : 1);
  paragraph("You may write: \"" + std::to_string(rows.size()) + " nuclei were segmented (" +
            app.recipe().mask_from->in_paper(app.recipe()) + ", seeded watershed); their median area was " +
            rounded(area) + (known ? " \xC2\xB5m\xC2\xB2" : " px") +
            ".\" With the recipe, so that others can repeat it.");
  paragraph(
      "You may not write that a nucleus emitted so many photons: intensity values are not photons. Compare them "
      "between images only with the same settings and the background subtracted.");
}

}  // namespace

void measure_controls(App& app) {
  recipe_widget(app, "measure.pixel_size");
  if (!pixel_size(app.recipe()).square() && pixel_size(app.recipe()).known())
    recipe_widget(app, "measure.pixel_height");
  if (!app.has(Stage::measurements)) return;
  if (app.covers(Covers::measurements)) {
    note("An exercise covers the measurements.");
    return;
  }
  summary(app);
  constexpr std::array<std::string_view, 3> shapes = {"Hull", "Perimeter", "Axes"};
  segmented("Drawn on the nucleus at hand", shapes, app.measure.shape_shown);
  if (fold("Plots", app.measure.plots_open)) plots(app);
  if (fold("What may be said", app.measure.paper_open)) paper(app);
  note("The table of all nuclei stands at the end.");
}

void measure_table(App& app) {
  if (!app.has(Stage::measurements) || app.covers(Covers::measurements)) return;
  gap(16);
  heading("All nuclei", 3);
  const FontScope face(Font::regular, small_text);
  const auto& rows = app.values().measurements;
  std::vector<std::size_t> order(rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto& by = columns[static_cast<std::size_t>(app.measure.sort_column)];
  // Labels from the first on; of everything else the largest first, since those are looked for.
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return app.measure.sort_column == 0 ? by.value(rows[a]) < by.value(rows[b]) : by.value(rows[a]) > by.value(rows[b]);
  });
  const float width = available_width() / static_cast<float>(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) ImGui::SameLine(0, 0);
    ButtonOptions options{.help = columns[c].help, .quiet = true, .width = width};
    if (app.measure.sort_column == static_cast<int>(c)) options.pressed = true;
    if (button(columns[c].name, options)) app.measure.sort_column = static_cast<int>(c);
  }
  const Label current = app.probed() ? app.values().labels[*app.probed()] : 0;
  const float line = px(24);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float pitch = line + ImGui::GetStyle().ItemSpacing.y;
  auto* draw = ImGui::GetWindowDrawList();
  // All rows are in the mirror; a reader of it does not scroll.
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& r = rows[order[i]];
    ImGui::SetCursorScreenPos({top.x, top.y + pitch * static_cast<float>(i)});
    ImGui::PushID(r.label);
    bool pressed = ImGui::InvisibleButton("row", content_width(line));
    pressed = mirror().take_press(item_id()) || pressed;
    const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
    if (r.label == current || ImGui::IsItemHovered())
      draw->AddRectFilled(rect.Min, rect.Max, r.label == current ? theme().hovered : theme().raised, px(4));
    std::string spoken;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string text = rounded(columns[c].value(r));
      const float right = rect.Min.x + width * static_cast<float>(c + 1) - px(8);
      if (ImGui::IsItemVisible())
        draw->AddText({right - ImGui::CalcTextSize(text.c_str()).x, rect.Min.y + px(4)}, theme().text, text.c_str());
      spoken += std::string(spoken.empty() ? "" : ", ") + columns[c].name + " " + text;
    }
    registered({.role = Role::button, .name = spoken, .selected = r.label == current});
    if (pressed) show(app, r);
    ImGui::PopID();
    if (i + 1 == most_rows && order.size() > most_rows) {
      note("The first " + std::to_string(most_rows) + " of " + std::to_string(order.size()) + " nuclei are listed.");
      break;
    }
  }
}

std::string why_measure(const App& app, Pixel p) {
  if (!app.has(Stage::measurements)) return {};
  if (app.covers(Covers::measurements, p)) return "How much? That is for you to say.";
  const Label label = app.values().labels[p];
  if (label == 0) return "Background belongs to no nucleus.";
  for (const auto& r : app.values().measurements) {
    if (r.label == label)
      return "Nucleus " + std::to_string(label) + ": " + std::to_string(r.area) + " px, mean intensity " +
             rounded(r.mean_intensity) + " in the raw image. Its area is " + rounded(100 * r.solidity) +
             " % of its hull (solidity). Perimeter " + rounded(r.perimeter) + " px; axes " +
             rounded(r.axis_major_length) + " and " + rounded(r.axis_minor_length) + " px.";
  }
  return {};
}

}  // namespace floodlight::ui

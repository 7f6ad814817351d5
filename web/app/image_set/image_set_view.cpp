#include "web/app/image_set/image_set_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "core/explain/outliers.h"
#include "core/export/recipe_words.h"
#include "core/files/output_name.h"
#include "web/app/image_set/image_set.h"
#include "web/app/plots/field_plots.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

struct Column {
  std::string_view name;
  std::string_view help;
  float width;  ///< in CSS pixels; 0: what the others leave
  std::optional<double> (*value)(const FieldResult& result);
};
constexpr std::array<Column, 6> columns = {{
    {"Image", "The file's name. Press a row to open its image.", 0, nullptr},
    {"Nuclei", "How many were found.", 84, [](const FieldResult& r) -> std::optional<double> { return r.nuclei; }},
    {"Threshold", "The cutoff that this image got; from the lowest to the highest where pixels have their own.", 104,
     [](const FieldResult& r) -> std::optional<double> {
       return std::isnan(r.lowest_threshold) ? std::nullopt : std::optional(r.lowest_threshold);
     }},
    {"Median area, px", "Of its nuclei.", 128, [](const FieldResult& r) { return r.median_area; }},
    {"Mean intensity", "The mean of its nuclei's mean intensities in the raw image.", 132,
     [](const FieldResult& r) { return r.mean_intensity; }},
    {"F1", "How well the labels match the truth, where it is known: 1 is perfect.", 64,
     [](const FieldResult& r) { return r.f1; }},
}};

/// As a table can be read: three significant digits or so, in whole numbers where they are large.
std::string cell_text(std::size_t column, std::optional<double> value) {
  if (!value) return "";
  if (columns[column].name == "F1") return two_decimals(*value);
  const double grain = std::abs(*value) >= 100 ? 1 : 10;
  return number(std::round(*value * grain) / grain);
}

/// What stands in a column of a field's row; where pixels have cutoffs of their own, their range.
std::string text_in(const Field& f, std::size_t column) {
  if (!f.result || columns[column].value == nullptr) return "";
  std::string text = cell_text(column, columns[column].value(*f.result));
  if (columns[column].name != "Threshold" || text.empty() || f.result->lowest_threshold == f.result->highest_threshold)
    return text;
  return text + " to " + cell_text(column, f.result->highest_threshold);
}

std::optional<double> value_of(const Field& f, std::size_t column) {
  return f.result && columns[column].value != nullptr ? columns[column].value(*f.result) : std::nullopt;
}

/// The fields as they are listed: those without a value come last, whichever way the others go.
std::vector<std::size_t> sorted(const App& app) {
  const auto& fields = app.image_set.set.fields;
  std::vector<std::size_t> order(fields.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto by = static_cast<std::size_t>(app.image_set.view.sort_column);
  const bool down = app.image_set.view.descending;
  if (by == 0) {
    if (down) std::ranges::reverse(order);
    return order;
  }
  std::vector<std::optional<double>> values;
  for (const Field& f : fields) values.push_back(value_of(f, by));
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (!values[a] || !values[b]) return values[a].has_value() && !values[b].has_value();
    return down ? *values[a] > *values[b] : *values[a] < *values[b];
  });
  return order;
}

/// The columns in which a field lies apart from the others, by the fields' places.
using Apart = std::vector<std::vector<std::size_t>>;
Apart fields_apart(const App& app) {
  const auto& fields = app.image_set.set.fields;
  Apart apart(fields.size());
  for (std::size_t c = 1; c < columns.size(); ++c) {
    std::vector<std::optional<double>> values;
    for (const Field& f : fields) values.push_back(value_of(f, c));
    const std::vector<bool> in_column = lie_apart(values);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (in_column[i]) apart[i].push_back(c);
    }
  }
  return apart;
}

/// What stands under a field's name, and what of it is to be seen at once.
std::string state_text(const App& app, const Field& f, const std::vector<std::size_t>& apart) {
  if (f.state == FieldState::done && !apart.empty()) {
    std::string text = "far from the others: ";
    for (std::size_t i = 0; i < apart.size(); ++i) text += (i > 0 ? ", " : "") + std::string(columns[apart[i]].name);
    return text;
  }
  switch (f.state) {
    case FieldState::waiting:
      return app.image_set.set.running ? "waiting" : "not run yet";
    case FieldState::working:
      return "working";
    case FieldState::failed:
      return f.problem;
    case FieldState::done:
      break;
  }
  std::string text = std::to_string(f.rows) + " x " + std::to_string(f.cols) + " px";
  if (!f.sample && f.stem != stem_of(f.name)) text += ", saved as " + f.stem;
  if (f.pixel_size_um) {
    text += ", " + number(*f.pixel_size_um);
    if (f.pixel_height_um) text += " x " + number(*f.pixel_height_um);
    text += " \xC2\xB5m/px";
  }
  return text;
}

/// The left edges of the columns, and their common end; narrow windows lose columns from the right.
struct Places {
  std::vector<float> ends;  ///< where each column ends, its text right-aligned to it; the first one's text starts at 0
};
Places places_of(float left, float right) {
  float rest = right - left;
  std::size_t shown = 1;
  float taken = 0;
  while (shown < columns.size() && rest - taken - px(columns[shown].width) > px(220))
    taken += px(columns[shown++].width);
  Places places;
  places.ends.push_back(right - taken);
  for (std::size_t c = 1; c < shown; ++c) places.ends.push_back(places.ends.back() + px(columns[c].width));
  return places;
}

/// A column's name over its values, and which way it sorts them; true when it was pressed.
bool header_cell(const App& app, std::size_t column, const ImRect& rect) {
  const Column& c = columns[column];
  const bool by_this = app.image_set.view.sort_column == static_cast<int>(column);
  ImGui::SetCursorScreenPos(rect.Min);
  bool pressed = ImGui::InvisibleButton(std::string(c.name).c_str(), rect.GetSize());
  pressed = mirror().take_press(item_id()) || pressed;
  const ImU32 ink = by_this ? theme().accent : ImGui::IsItemHovered() ? theme().text : theme().muted;
  const ImVec2 size = ImGui::CalcTextSize(c.name.data(), c.name.data() + c.name.size());
  const ImVec2 at(column == 0 ? rect.Min.x + px(6) : rect.Max.x - px(14) - size.x, rect.GetCenter().y - size.y / 2);
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddText(at, ink, c.name.data(), c.name.data() + c.name.size());
  std::string spoken = "Sort by " + std::string(c.name);
  if (by_this) {
    const float towards = px(app.image_set.view.descending ? 3 : -3);
    const ImVec2 arrow(column == 0 ? at.x + size.x + px(10) : at.x - px(10), rect.GetCenter().y);
    draw->AddTriangleFilled(arrow + ImVec2(-px(4), -towards), arrow + ImVec2(px(4), -towards),
                            arrow + ImVec2(0, towards), ink);
    spoken += app.image_set.view.descending ? ", the largest comes first" : ", the smallest comes first";
  }
  registered({.role = Role::button, .name = spoken, .pressed = by_this}, c.help);
  return pressed;
}

void header_row(App& app, const Places& places, ImVec2 min, float height) {
  const FontScope face(Font::regular, small_text);
  float left = min.x;
  for (std::size_t c = 0; c < places.ends.size(); ++c) {
    if (header_cell(app, c, {{left, min.y}, {places.ends[c], min.y + height}})) {
      const bool again = app.image_set.view.sort_column == static_cast<int>(c);
      // Names from the first on, of numbers the largest first; then the other way round.
      app.image_set.view.descending = again ? !app.image_set.view.descending : c > 0;
      app.image_set.view.sort_column = static_cast<int>(c);
    }
    left = places.ends[c];
  }
}

constexpr float row_height = 60;

void draw_row(App& app, const Field& f, const std::vector<std::size_t>& apart, const ImRect& rect, const Places& places,
              ImU32 ink, ImDrawList& draw) {
  const float inner = px(6);
  const float side = rect.GetHeight() - 2 * inner;
  const ImRect picture(rect.Min + ImVec2(inner, inner), rect.Min + ImVec2(inner + side, inner + side));
  draw.AddRectFilled(picture.Min, picture.Max, theme().raised, px(4));
  if (const auto t = app.image_set.pictures.find(f.id))
    draw.AddImageRounded(t->texture, picture.Min, picture.Max, t->uv_min, t->uv_max, IM_COL32_WHITE, px(4));
  const float left = picture.Max.x + px(12);
  const float right = places.ends.front() - px(12);
  draw.PushClipRect({left, rect.Min.y}, {right, rect.Max.y}, true);
  {
    const FontScope face(Font::semibold, body_text);
    draw.AddText({left, rect.Min.y + px(10)}, theme().text, f.name.c_str());
  }
  {
    const FontScope face(Font::regular, small_text);
    const std::string state = state_text(app, f, apart);
    const bool failed = f.state == FieldState::failed;
    const bool warned = failed || (f.state == FieldState::done && !apart.empty());
    if (failed) {
      draw.PopClipRect();
      draw.PushClipRect({left, rect.Min.y}, {places.ends.back() - px(8), rect.Max.y}, true);
    }
    draw.AddText({left, rect.Min.y + px(32)}, warned ? theme().error : theme().muted, state.c_str());
  }
  if (f.state == FieldState::working) {
    const float width = std::min(px(120), right - left - px(72));
    const ImVec2 bar(left + px(64), rect.Min.y + px(38));
    draw.AddRectFilled(bar, bar + ImVec2(width, px(4)), theme().hovered, px(2));
    draw.AddRectFilled(bar, bar + ImVec2(width * f.progress, px(4)), theme().accent, px(2));
  }
  draw.PopClipRect();
  const FontScope face(Font::regular, body_text);
  for (std::size_t c = 1; c < places.ends.size(); ++c) {
    const std::string text = text_in(f, c);
    draw.AddText({places.ends[c] - px(14) - ImGui::CalcTextSize(text.c_str()).x, rect.GetCenter().y - px(10)},
                 std::ranges::contains(apart, c) ? theme().error : ink, text.c_str());
  }
}

std::string spoken_row(const App& app, const Field& f, const std::vector<std::size_t>& apart) {
  std::string spoken = f.name + ", " + state_text(app, f, apart);
  for (std::size_t c = 1; c < columns.size(); ++c) {
    const std::string text = text_in(f, c);
    if (!text.empty()) spoken += ", " + std::string(columns[c].name) + " " + text;
  }
  return spoken;
}

void list(App& app, const Places& places, ImVec2 min, ImVec2 max) {
  ImGui::SetCursorScreenPos(min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::BeginChild("rows", {max.x - min.x, max.y - min.y}, ImGuiChildFlags_None, ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar();
  mirror().cover(ImGui::GetWindowScrollbarID(ImGui::GetCurrentWindow(), ImGuiAxis_Y));
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float height = px(row_height);
  auto* draw = ImGui::GetWindowDrawList();
  const auto order = sorted(app);
  const Apart apart = fields_apart(app);
  std::optional<std::size_t> chosen;
  const ImU32 ink = results_are_current(app) ? theme().text : theme().muted;
  // All rows are in the mirror, whose reader does not scroll; only those in sight are drawn.
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Field& f = app.image_set.set.fields[order[i]];
    ImGui::SetCursorScreenPos({top.x, top.y + height * static_cast<float>(i)});
    ImGui::PushID(static_cast<int>(f.id));
    bool pressed = ImGui::InvisibleButton("row", content_width(height));
    pressed = mirror().take_press(item_id()) || pressed;
    const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
    const bool at_hand = f.sample ? app.image.sample == f.sample : !app.image.sample && app.image.name == f.name;
    // Marked in the plots of the panel as well, and from there.
    if (ImGui::IsItemHovered() && pointer_moved()) app.image_set.lessons.at_hand = order[i];
    const bool marked = app.image_set.lessons.at_hand == order[i];
    if (ImGui::IsItemVisible()) {
      if (at_hand || ImGui::IsItemHovered())
        draw->AddRectFilled(rect.Min, rect.Max, ImGui::IsItemHovered() ? theme().hovered : theme().raised, px(6));
      draw_row(app, f, apart[order[i]], rect, places, ink, *draw);
      if (marked) draw->AddRectFilled(rect.Min, {rect.Min.x + px(4), rect.Max.y}, theme().accent, px(2));
      draw->AddLine({rect.Min.x, rect.Max.y}, rect.Max, theme().line);
    }
    registered({.role = Role::button, .name = spoken_row(app, f, apart[order[i]]), .selected = at_hand});
    if (pressed) chosen = order[i];
    ImGui::PopID();
  }
  ImGui::EndChild();
  if (chosen) open_field(app, *chosen);
}

/// What to do where there are none.
void no_images(App& app) {
  heading("No images yet", 2);
  gap(8);
  paragraph(
      "Drop a folder or several TIFFs anywhere on this page. They are read on this machine, one after the other, "
      "and go nowhere else.");
  gap(16);
  const FontScope face(Font::regular, body_text);
  if (button("Choose files...", {.help = "Several TIFFs of one experiment."})) choose_fields(app, false);
  ImGui::SameLine(0, px(8));
  if (button("Choose a folder...", {.help = "Every *.tif and *.tiff that lies directly in it."}))
    choose_fields(app, true);
  gap(16);
  paragraph(
      "Or begin with the experiment that comes with Floodlight: 25 fields of one specimen, of which every true "
      "nucleus is known.");
  gap(8);
  note("Steps 1 to 9 run with a recipe: " + recipe_at_hand(app));
  gap(8);
  const bool lab = differences_from_lab(app.recipe()).empty();
  if (button(lab ? "Take the 25 fields" : "Take the 25 fields with the lab's recipe",
             {.help = lab ? "They are made on this machine, and the lab's recipe runs over them."
                          : "They are made on this machine. The lab's recipe takes the place of the one at hand, and "
                            "runs over them; Undo brings yours back.",
              .primary = true})) {
    take_lab_recipe(app);
    take_samples(app);
    start_run(app);
  }
  if (lab) return;
  ImGui::SameLine(0, px(8));
  if (button("With the recipe at hand", {.help = "The one that is told above."})) {
    take_samples(app);
    start_run(app);
  }
}

void empty_state(App& app, const ImRect& rect) {
  const float width = std::min(px(520), rect.GetWidth() - px(48));
  const float left = std::round(rect.GetCenter().x - width / 2);
  ImGui::SetCursorScreenPos({left, rect.GetCenter().y - px(180)});
  ImGui::PushItemWidth(width);
  ImGui::BeginChild("empty", {width, px(400)}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  no_images(app);
  ImGui::EndChild();
  ImGui::PopItemWidth();
}

}  // namespace

void image_set_view(App& app, ImVec2 min, ImVec2 max) {
  const ImRect rect(min, max);
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, theme().panel);
  if (app.image_set.set.fields.empty()) {
    empty_state(app, rect);
    return;
  }
  const float margin = px(8);
  const float header = px(40);
  // The list's scrollbar stands beside the columns.
  const Places places = places_of(min.x + margin, max.x - margin - ImGui::GetStyle().ScrollbarSize);
  header_row(app, places, {min.x + margin, min.y}, header);
  ImGui::GetWindowDrawList()->AddLine({min.x, min.y + header}, {max.x, min.y + header}, theme().line);
  list(app, places, {min.x + margin, min.y + header + 1}, {max.x - margin, max.y});
}

std::string image_set_status(const App& app) {
  const RunProgress progress = run_progress(app.image_set.set);
  if (progress.all == 0) return "No images in the set.";
  std::string text = std::to_string(progress.done) + " of " + std::to_string(progress.all) + " images done";
  if (progress.failed > 0) text += ", " + std::to_string(progress.failed) + " failed";
  if (app.image_set.set.running) text += app.image_set.set.paused ? "    paused" : "    running ...";
  return text;
}

std::string image_set_totals(const App& app) {
  int nuclei = 0;
  for (const Field& f : app.image_set.set.fields) nuclei += f.result ? f.result->nuclei : 0;
  return app.image_set.set.fields.empty() ? "" : std::to_string(nuclei) + " nuclei in all";
}

}  // namespace floodlight::ui

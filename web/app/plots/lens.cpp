#include "web/app/plots/lens.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "web/app/platform/platform.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr int most_written = 9;  // rows and columns whose numbers can still be read in the panel

std::string short_number(double value) {
  const double size = std::abs(value);
  if (value == std::round(value) && size < 1e5) return number(value);
  char text[24];
  std::snprintf(text, sizeof text, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
  return text;
}

void centred_text(ImDrawList& draw, const ImRect& r, float y, ImU32 colour, const std::string& text, float size) {
  ImFont* face = font(Font::mono);
  ImVec2 extent = face->CalcTextSizeA(size, FLT_MAX, 0, text.c_str());
  const float room = r.GetWidth() - px(3);
  if (extent.x > room) {
    size *= room / extent.x;
    extent.x = room;
  }
  draw.AddText(face, size, {r.GetCenter().x - extent.x / 2, y}, colour, text.c_str());
}

/// All products in words, for those who listen instead of looking.
std::string spoken(const FilterTerms& t) {
  std::string text;
  for (const FilterTerm& term : t.terms) {
    if (!text.empty()) text += " + ";
    text += short_number(term.value) + " x " + short_number(term.weight);
  }
  return text + " = " + number(t.sum);
}

/// The footprint as a grid; weights that are all 1 are not written. `shown`: values, weights or products, where there is
/// room for one of them.
void term_grid(const FilterTerms& t, int& shown) {
  const bool plain = std::ranges::all_of(t.terms, [](const FilterTerm& term) { return term.weight == 1; });
  const float width = available_width();
  const float cell = std::floor(std::min(px(56), width / static_cast<float>(t.cols)));
  const bool written = std::max(t.rows, t.cols) <= most_written;
  const bool two_lines = written && !plain && t.cols <= 5;
  const float height = two_lines ? px(38) : written ? std::min(cell, px(t.rows > 7 ? 19 : 28)) : cell;
  if (written && !plain && !two_lines) {
    constexpr std::array<std::string_view, 3> names = {"Values", "Weights", "Products"};
    segmented("Written in the cells", names, shown);
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = at.x + std::round((width - cell * static_cast<float>(t.cols)) / 2);
  auto* draw = ImGui::GetWindowDrawList();
  double heaviest = 0;
  for (const FilterTerm& term : t.terms) heaviest = std::max(heaviest, std::abs(term.weight));
  bool any_outside = false;
  for (std::size_t i = 0; i < t.terms.size(); ++i) {
    const FilterTerm& term = t.terms[i];
    const ImVec2 corner = ImVec2(left, at.y) + grid_place(i, static_cast<std::size_t>(t.cols)) * ImVec2(cell, height);
    const ImRect r(corner + ImVec2(1, 1), corner + ImVec2(cell - 1, height - 1));
    draw->AddRectFilled(r.Min, r.Max, theme().raised, px(2));
    const auto share = static_cast<float>(heaviest > 0 ? std::abs(term.weight) / heaviest : 0);
    if (!plain || !written)
      draw->AddRectFilled(r.Min, r.Max, faded(term.weight < 0 ? theme().border : theme().accent, 0.42F * share), px(2));
    any_outside = any_outside || term.outside();
    if (term.outside()) dashed_rect(*draw, r.Min, r.Max, theme().muted, px(3));
    if (i == t.terms.size() / 2) draw->AddRect(r.Min, r.Max, theme().accent, px(2), 0, px(1.5F));
    if (!written) continue;
    const ImU32 ink = term.outside() ? theme().muted : theme().text;
    if (two_lines) {
      centred_text(*draw, r, r.Min.y + px(2), ink, short_number(term.value), px(13));
      centred_text(*draw, r, r.Min.y + px(19), theme().muted, "x " + short_number(term.weight), px(11));
    } else {
      const double value = plain || shown == 0 ? term.value : shown == 1 ? term.weight : term.product;
      centred_text(*draw, r, r.GetCenter().y - px(8), ink, short_number(value), px(13));
    }
  }
  const ImVec2 size(width, height * static_cast<float>(t.rows));
  ImGui::Dummy(size);
  add_text(Role::text, "lens", written ? spoken(t) : std::to_string(t.terms.size()) + " products", at, at + size);
  if (any_outside) {
    note(t.border == Border::nearest ? "Dashed: outside the image, where the edge pixel is repeated."
                                     : "Dashed: outside the image, where it is mirrored at its edge.");
  }
}

void pass_bars(const FilterTerms& pass) {
  const float width = available_width();
  const float height = px(44);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, at + ImVec2(width, height), theme().raised, px(4));
  double largest = 0;
  for (const FilterTerm& term : pass.terms) largest = std::max(largest, std::abs(term.product));
  const float step = width / static_cast<float>(pass.terms.size());
  for (std::size_t i = 0; i < pass.terms.size(); ++i) {
    const auto share = static_cast<float>(largest > 0 ? std::abs(pass.terms[i].product) / largest : 0);
    const float x = at.x + step * static_cast<float>(i);
    const bool outside = pass.terms[i].outside();
    draw->AddRectFilled({x, at.y + height - share * (height - px(4))}, {std::max(x + 1, x + step - 1), at.y + height},
                        outside ? theme().muted : theme().accent);
  }
  ImGui::Dummy({width, height});
}

void median_strip(const MedianTerms& t, LensChoices& choices) {
  const float wanted = choices.sort ? 1 : 0;
  if (choices.sorted != wanted) {
    const float step = platform::prefers_reduced_motion() ? 1 : ImGui::GetIO().DeltaTime * 2;
    choices.sorted =
        wanted > choices.sorted ? std::min(wanted, choices.sorted + step) : std::max(wanted, choices.sorted - step);
    platform::request_frame(1);
  }
  const float sorted = choices.sorted;
  const float width = available_width();
  const bool all = t.size <= most_written;
  // Of a large window, only what stands around the middle is written.
  const std::size_t first = all ? 0 : t.middle - 4;
  const std::size_t count = all ? t.sorted.size() : 9;
  const std::size_t columns = all && t.size > 3 ? static_cast<std::size_t>(std::min(t.size * 2 - 1, 11)) : 9;
  const float cell = std::floor(std::min(px(40), width / static_cast<float>(columns)));
  const float height = px(24);
  const float digits = px(scale() > 1 ? 17 : 13);  // on stage as large as the cell allows
  const float rows = grid_place(count - 1, columns).y + 1;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  const auto place = [&](std::size_t i) { return at + grid_place(i, columns) * ImVec2(cell, height); };
  std::string words;
  for (std::size_t k = first; k < first + count; ++k) {
    const FilterTerm& term = t.sorted[k];
    const auto from = static_cast<std::size_t>(
        std::ranges::find_if(t.window, [&](const FilterTerm& w) { return w.place == term.place; }) - t.window.begin());
    const ImVec2 target = place(k - first);
    const ImVec2 start = all ? place(from) : target;
    const ImVec2 corner = start + (target - start) * sorted;
    const ImRect r(corner + ImVec2(1, 1), corner + ImVec2(cell - 1, height - 1));
    const bool middle = k == t.middle && sorted >= 1;
    draw->AddRectFilled(r.Min, r.Max, middle ? theme().accent : theme().raised, px(2));
    if (term.outside()) dashed_rect(*draw, r.Min, r.Max, theme().muted, px(3));
    centred_text(*draw, r, r.GetCenter().y - digits * 0.6F, middle ? theme().on_accent : theme().text,
                 short_number(term.value), digits);
    words += (words.empty() ? "" : ", ") + short_number(term.value);
  }
  const ImVec2 size(width, rows * height);
  ImGui::Dummy(size);
  add_text(Role::text, "lens", "Sorted: " + words, at, at + size);
  if (!all) {
    note("The nine around the middle of " + std::to_string(t.sorted.size()) + " sorted values.");
    return;
  }
  constexpr std::array<std::string_view, 2> names = {"As they lie", "Sorted"};
  int chosen = choices.sort ? 1 : 0;
  if (segmented("Order of the values", names, chosen)) choices.sort = chosen == 1;
}

}  // namespace

void terms_at_pixel(const TermsAtPixel& terms, LensChoices& choices) {
  for (std::size_t i = 0; i < terms.parts.size(); ++i) {
    const TermsPart& part = terms.parts[i];
    ImGui::PushID(static_cast<int>(i));
    if (!part.says.empty()) note(part.says);
    if (const auto* sum = std::get_if<FilterTerms>(&part.shown)) {
      const bool one_pass = (sum->rows == 1) != (sum->cols == 1);
      one_pass ? pass_bars(*sum) : term_grid(*sum, choices.shown);
    } else if (const auto* median = std::get_if<MedianTerms>(&part.shown)) {
      median_strip(*median, choices);
    }
    ImGui::PopID();
  }
}

}  // namespace floodlight::ui

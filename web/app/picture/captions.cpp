#include "web/app/picture/captions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "web/app/picture/image_view.h"
#include "web/app/picture/network_drawing.h"
#include "web/app/state/app.h"
#include "web/app/state/at_pixel.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// What a layer's colours stand for: a ramp with a value at either end, or a swatch for each of two answers.
struct Legend {
  std::string first;
  std::string last;
  std::optional<ColourMap> map;  ///< none: swatches of a mask
  float start = 0;               ///< of the map, where the first value is drawn
};

std::optional<Legend> legend_of(const App& app, const DisplaySettings& d, Layer layer) {
  if (!app.has(layer)) return std::nullopt;
  switch (layer) {
    case Layer::filtered:
      return Legend{number(std::round(static_cast<double>(d.filtered_low) * 10) / 10),
                    number(std::round(static_cast<double>(d.filtered_high) * 10) / 10), d.map};
    case Layer::raw:
      return Legend{number(std::round(static_cast<double>(d.window_low) * 10) / 10),
                    number(std::round(static_cast<double>(d.window_high) * 10) / 10), d.map};
    case Layer::feature:
      return Legend{number(std::round(static_cast<double>(d.feature_low) * 10) / 10),
                    number(std::round(static_cast<double>(d.feature_high) * 10) / 10), d.map};
    case Layer::uncertainty:
      return Legend{"0: sure", "1: a tie", ColourMap::inferno};
    case Layer::raw_mask:
    case Layer::mask:
    case Layer::passing:
    case Layer::refined:
      return app.threshold.fiji_values ? Legend{"0", "255", std::nullopt} : Legend{"False", "True", std::nullopt};
    case Layer::distance:
    case Layer::seeds:
      return Legend{"0", with_unit(std::round(static_cast<double>(app.values().highest_distance) * 10) / 10, "px"),
                    ColourMap::magma, 0.1F};
    case Layer::photons:
      return Legend{number(std::round(static_cast<double>(d.photons_low))),
                    number(std::round(static_cast<double>(d.photons_high))) + " photons", d.map};
    case Layer::experiment:
      return Legend{number(std::round(static_cast<double>(d.experiment_low) * 10) / 10),
                    number(std::round(static_cast<double>(d.experiment_high) * 10) / 10), d.map};
    case Layer::components:
    case Layer::labels:
    case Layer::fates:
    case Layer::growth:
    case Layer::flood:
    case Layer::repairs:
    case Layer::islands:
    case Layer::differences:
    case Layer::probability:
      break;
  }
  return std::nullopt;
}

/// What a colour and a hatch stand for.
struct Swatch {
  std::string name;
  ImU32 colour;
  FatePixel hatch = FatePixel::matched;  ///< that of fates.frag
  char mark = 0;                         ///< of a mark in the place of a colour: dot, ring, cross, dash, frame, square
};

/// What is drawn over the picture of a step, each mark with its name.
std::vector<Swatch> marks_of(const App& app, Layer layer) {
  const auto named = [](std::string name, char mark, ImU32 colour = IM_COL32_WHITE) {
    return Swatch{std::move(name), colour, FatePixel::matched, mark};
  };
  if (layer == Layer::flood) {
    return {named("Seed", 'o', theme().seed), named("Next out of the queue", 's', highlight_colour)};
  }
  if (layer != Layer::seeds || app.covers(Covers::seeds) || !app.has(Stage::seeds)) return {};
  std::vector<Swatch> marks = {named("Seed", 'o', theme().seed)};
  if (app.step != StepId::seeds || app.recipe().seeds != SeedMethod::peaks) return marks;
  if (app.seeds.show_candidates) {
    marks.push_back(named("Too near to a seed", 'r'));
    marks.push_back(named("In the excluded border", 'x'));
    marks.push_back(named("Too low", '-'));
  }
  if (app.recipe().exclude_border) marks.push_back(named("Border that is left out", '='));
  return marks;
}

void draw_mark(const Swatch& s, const ImRect& box, ImDrawList& draw) {
  const ImVec2 middle = box.GetCenter();
  const float reach = px(5);
  const float width = px(1.5F);
  switch (s.mark) {
    case 'o':
      draw.AddCircleFilled(middle, reach, s.colour);
      break;
    case 'r':
      draw.AddCircle(middle, reach, s.colour, 0, width);
      break;
    case 'x':
      draw.AddLine(middle - ImVec2(reach, reach), middle + ImVec2(reach, reach), s.colour, width);
      draw.AddLine(middle + ImVec2(-reach, reach), middle + ImVec2(reach, -reach), s.colour, width);
      break;
    case '-':
      draw.AddLine(middle - ImVec2(reach, 0), middle + ImVec2(reach, 0), s.colour, width);
      break;
    case '=':
      for (const float x : {-reach, px(1)})
        draw.AddLine(middle + ImVec2(x, 0), middle + ImVec2(x + px(4), 0), s.colour, width);
      break;
    default:
      draw.AddRect(middle - ImVec2(reach, reach), middle + ImVec2(reach, reach), s.colour, 0, 0, px(2));
  }
}

std::vector<Swatch> swatches_of(const App& app, Layer layer) {
  if (layer == Layer::fates && app.score) {
    const Score& s = *app.score;
    // As they are drawn: each label has one colour, and the first four add up to the labels.
    const auto entry = [](std::string_view name, const std::vector<NucleusScore>& nuclei, Fate fate, FatePixel pixel) {
      const auto count = std::ranges::count(nuclei, fate, &NucleusScore::fate);
      return Swatch{std::string(name) + " " + std::to_string(count), fate_palette[static_cast<std::size_t>(pixel)],
                    pixel};
    };
    return {entry("Matched", s.predicted, Fate::matched, FatePixel::matched),
            entry("Merged", s.predicted, Fate::merged, FatePixel::merged),
            entry("Split", s.predicted, Fate::split, FatePixel::split),
            entry("Extra", s.predicted, Fate::unmatched, FatePixel::extra),
            entry("Missed", s.truth, Fate::unmatched, FatePixel::missed)};
  }
  if (layer == Layer::repairs && !app.covers(Covers::refined)) {
    return {{"Kept", repair_palette[1]},
            {"Added " + std::to_string(app.values().refined_added), repair_palette[2], FatePixel::merged},
            {"Removed " + std::to_string(app.values().refined_removed), repair_palette[3], FatePixel::split}};
  }
  if (const auto* explanation = app.explanations.differences.get();
      explanation != nullptr && layer == Layer::differences) {
    const ComponentsAndLabels& found = explanation->found;
    return {{"One label " + std::to_string(found.whole), difference_palette[1]},
            {"Several labels " + std::to_string(found.cut), difference_palette[2], FatePixel::merged},
            {"No label " + std::to_string(found.unlabelled), difference_palette[3], FatePixel::split}};
  }
  // The middle of the two, the raw image alone, is where the forest cannot tell.
  if (layer == Layer::probability)
    return {{"Nuclei", paint_palette[0]}, {"Background", paint_palette[1], FatePixel::split}};
  if (layer == Layer::flood)
    return {{"Flooded", label_palette[0]},
            {"Waits in the queue", IM_COL32(0xC8, 0xE3, 0xF6, 255)},
            {"Dry", IM_COL32(0x70, 0x70, 0x70, 255)}};
  return {};
}

/// Where swatches stand, each from the list's own corner.
struct SwatchList {
  std::vector<ImVec2> corners;
  ImVec2 extent;
};

constexpr float swatch_line = 22;
constexpr float swatch_side = 14;
constexpr float swatch_gap = 8;
constexpr float caption_line = 30;  ///< from a name to what stands below it
constexpr ImVec2 swatch_margin = {9, 4};

/// In lines as long as the room; each in a line of its own where that is none.
SwatchList listed(const std::vector<Swatch>& swatches, float room) {
  SwatchList list;
  ImVec2 pen;
  for (const Swatch& s : swatches) {
    const float width = px(swatch_side + swatch_gap) + ImGui::CalcTextSize(s.name.c_str()).x;
    if (pen.x > 0 && pen.x + width > room) pen = {0, pen.y + px(swatch_line)};
    list.corners.push_back(pen);
    list.extent = {std::max(list.extent.x, pen.x + width), pen.y + px(swatch_line)};
    pen.x += width + px(2 * swatch_gap);
  }
  return list;
}

/// The swatches of a caption: in one line where there is `room` for it, else below in lines as long as `row`.
struct PlacedSwatches {
  SwatchList list;
  bool in_row = false;
};

PlacedSwatches placed(const std::vector<Swatch>& swatches, float room, float row) {
  const FontScope face(Font::regular, small_text);
  const float margin = px(2 * swatch_margin.x);
  SwatchList line = listed(swatches, std::numeric_limits<float>::max());
  if (line.extent.x <= room - margin) return {std::move(line), true};
  return {listed(swatches, row - margin), false};
}

/// With their names, at `beside` or `below`.
void draw_swatches(const std::vector<Swatch>& swatches, const PlacedSwatches& places, ImVec2 beside, ImVec2 below,
                   bool from_right, ImDrawList& draw) {
  if (swatches.empty()) return;
  const FontScope face(Font::regular, small_text);
  const auto& [list, in_row] = places;
  const float side = px(swatch_side);
  const ImVec2 inner(px(swatch_margin.x), px(in_row ? 1 : swatch_margin.y));
  const ImVec2 size = list.extent + inner * 2;
  ImVec2 at = in_row ? beside : below;
  if (from_right) at.x -= size.x;
  draw.AddRectFilled(at, at + size, plate, px(5));
  for (std::size_t i = 0; i < swatches.size(); ++i) {
    const Swatch& s = swatches[i];
    const ImVec2 corner = at + inner + list.corners[i];
    const ImRect box(corner + ImVec2(0, px(4)), corner + ImVec2(side, px(4) + side));
    const ImVec2 name(box.Max.x + px(swatch_gap), corner.y + px(3));
    draw.AddText(name, plate_ink, s.name.c_str());
    add_text(Role::text, (from_right ? "swatch right " : "swatch ") + std::to_string(i), s.name, corner,
             {name.x + ImGui::CalcTextSize(s.name.c_str()).x, corner.y + px(swatch_line)});
    if (s.mark != 0) {
      draw_mark(s, box, draw);
      continue;
    }
    draw.PushClipRect(box.Min, box.Max, true);
    draw.AddRectFilled(box.Min, box.Max, faded(s.colour, s.hatch == FatePixel::matched ? 0.8F : 0.35F));
    for (float x = -side; x < 2 * side; x += px(5)) {
      const auto stroke = [&](float slant) {
        const float from = box.Min.x + x - slant * side / 2;
        draw.AddLine({from, box.Min.y}, {from + slant * side, box.Max.y}, s.colour, px(1.5F));
      };
      if (s.hatch == FatePixel::merged || s.hatch == FatePixel::missed) stroke(1);
      if (s.hatch == FatePixel::split || s.hatch == FatePixel::missed) stroke(-1);
      if (s.hatch == FatePixel::extra) {
        for (float y = px(2); y < side; y += px(5))
          draw.AddCircleFilled({box.Min.x + x, box.Min.y + y}, px(1.2F), s.colour);
      }
    }
    draw.PopClipRect();
    draw.AddRect(box.Min, box.Max, s.colour);
  }
}

/// A legend's parts, in device pixels.
struct LegendSize {
  float first = 0;
  float last = 0;
  float ramp = 0;
  ImVec2 all;
};

constexpr ImVec2 legend_margin = {9, 4};
constexpr float legend_box = 12;
constexpr float legend_gap = 7;

LegendSize size_of(const Legend& legend) {
  const FontScope face(Font::regular, small_text);
  LegendSize size{.first = ImGui::CalcTextSize(legend.first.c_str()).x,
                  .last = ImGui::CalcTextSize(legend.last.c_str()).x,
                  .ramp = px(legend.map ? 96 : 2 * (legend_box + legend_gap)),
                  .all = {}};
  size.all = {size.first + size.last + size.ramp + px(2 * (legend_gap + legend_margin.x)),
              ImGui::GetTextLineHeight() + px(2 * legend_margin.y)};
  return size;
}

std::optional<Legend> legend_of_pane(const App& app, Layer layer, bool from_right) {
  return legend_of(app, from_right ? display_of_right(app) : app.display, layer);
}

/// What its colours stand for.
void draw_legend(const App& app, Layer layer, ImVec2 at, bool from_right, ImDrawList& draw) {
  const auto legend = legend_of_pane(app, layer, from_right);
  if (!legend) return;
  const FontScope face(Font::regular, small_text);
  const auto [first, last, ramp, size] = size_of(*legend);
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 inner(px(legend_margin.x), px(legend_margin.y));
  const float swatch = px(legend_box);
  const float space = px(legend_gap);
  if (from_right) at.x -= size.x;
  draw.AddRectFilled(at, at + size, plate, px(5));
  ImVec2 pen = at + inner;
  const ImVec2 middle(0, std::round((line - swatch) / 2));
  const auto write = [&](const std::string& text, float width) {
    draw.AddText(pen, plate_ink, text.c_str());
    pen.x += width + space;
  };
  const auto box = [&](ImU32 colour) {
    draw.AddRectFilled(pen + middle, pen + middle + ImVec2(swatch, swatch), colour);
    draw.AddRect(pen + middle, pen + middle + ImVec2(swatch, swatch), plate_ink);
    pen.x += swatch + space;
  };
  std::string words;
  if (legend->map) {
    write(legend->first, first);
    constexpr int parts = 16;
    const float width = ramp / parts;
    for (int i = 0; i < parts; ++i) {
      const auto colour = [&](int k) {
        const float share = static_cast<float>(k) / parts;
        return ImGui::ColorConvertFloat4ToU32(map_colour(*legend->map, legend->start + (1 - legend->start) * share));
      };
      const ImVec2 corner = pen + middle + ImVec2(width * static_cast<float>(i), 0);
      draw.AddRectFilledMultiColor(corner, corner + ImVec2(width, swatch), colour(i), colour(i + 1), colour(i + 1),
                                   colour(i));
    }
    draw.AddRect(pen + middle, pen + middle + ImVec2(ramp, swatch), plate_ink);
    pen.x += ramp + space;
    write(legend->last, last);
    words = "Colours from " + legend->first + " to " + legend->last;
  } else {
    box(theme().background);
    write(legend->first, first);
    box(theme().foreground);
    write(legend->last, last);
    words = "Dark is False, bright is True";
  }
  add_text(Role::text, from_right ? "legend right" : "legend", words, at, at + size);
}

/// The layer's name, and in the comparison of components and labels how many there are.
std::string title_of(const App& app, Layer layer) {
  std::string name(layer_name(layer));
  if (layer == Layer::feature && app.has_network())
    return app.recipe().network == nullptr ? name : unit_name(app.recipe().network->net.shape, shown_unit(app));
  if (layer == Layer::feature) {
    const auto features = features_of(app.values().features.choice);
    const std::size_t which = shown_feature(app);
    return which < features.size() ? beginning_a_sentence(feature_name(features[which])) : name;
  }
  const auto* explanation = app.explanations.differences.get();
  if (app.step != StepId::watershed || explanation == nullptr || app.covers(Covers::counts) ||
      app.covers(Covers::labels))
    return name;
  if (layer == Layer::islands) return std::to_string(explanation->found.components) + " components";
  if (layer == Layer::labels) return std::to_string(explanation->found.labels) + " labels";
  if (layer == Layer::differences)
    return std::to_string(explanation->found.labels) + " labels from " + std::to_string(explanation->found.components) +
           " components";
  return name;
}

std::vector<Swatch> all_swatches(const App& app, Layer layer) {
  std::vector<Swatch> swatches = swatches_of(app, layer);
  for (Swatch& mark : marks_of(app, layer)) swatches.push_back(std::move(mark));
  return swatches;
}

}  // namespace

namespace {

constexpr float caption_gap = 8;

/// How much of a row the name takes, and the ramp beside it.
float width_of_name(const App& app, Layer layer, bool from_right) {
  const auto legend = legend_of_pane(app, layer, from_right);
  return chip_size(title_of(app, layer)).x + px(caption_gap) + (legend ? size_of(*legend).all.x + px(caption_gap) : 0);
}

}  // namespace

float caption_height(const App& app, Layer layer, bool from_right, float row) {
  const std::vector<Swatch> swatches = all_swatches(app, layer);
  const PlacedSwatches places = placed(swatches, row - width_of_name(app, layer, from_right), row);
  return px(caption_line) + (swatches.empty() || places.in_row ? 0 : places.list.extent.y + px(2 * swatch_margin.y));
}

float caption_width(const App& app, Layer layer) {
  const FontScope face(Font::regular, small_text);
  const std::vector<Swatch> swatches = all_swatches(app, layer);
  return swatches.empty() ? 0 : listed(swatches, 0).extent.x + px(2 * swatch_margin.x);
}

void draw_caption(const App& app, Layer layer, ImVec2 at, bool from_right, float row, ImDrawList& draw) {
  const std::string title = title_of(app, layer);
  const float away = from_right ? -1.0F : 1.0F;
  const float name = draw_chip(draw, at, title, from_right).x + px(caption_gap);
  add_text(Role::text, from_right ? "title right" : "title", title, at, at + ImVec2(px(60), px(24)));
  const std::vector<Swatch> swatches = all_swatches(app, layer);
  const bool in_row = row > 0;
  draw_legend(app, layer, at + (in_row ? ImVec2(away * name, 0) : ImVec2(0, px(caption_line))), from_right, draw);
  const float used = width_of_name(app, layer, from_right);
  const ImVec2 below(at.x, at.y + px(layer == Layer::seeds && !in_row ? 62 : caption_line));
  draw_swatches(swatches, placed(swatches, row - used, row), {at.x + away * used, at.y}, below, from_right, draw);
}

void scale_bar(const App& app, ImVec2 middle, float room, ImDrawList& draw, bool with_zoom) {
  const double size = app.image.pixel_size_um.value_or(1);
  const double wanted = static_cast<double>(room) * 0.45 / app.view.zoom * size;
  double length = std::pow(10, std::floor(std::log10(wanted)));
  for (const double factor : {5.0, 2.0}) {
    if (length * factor <= wanted) {
      length *= factor;
      break;
    }
  }
  const auto width = static_cast<float>(length / size) * app.view.zoom;
  const std::string percent = number(std::round(app.view.zoom * 100)) + " %";
  const std::string text = with_unit(length, app.image.pixel_size_um ? "\xC2\xB5m" : "px");
  const FontScope face(Font::regular, small_text);
  const float text_width = std::max(ImGui::CalcTextSize(text.c_str()).x, width);
  const float percent_width = with_zoom ? ImGui::CalcTextSize(percent.c_str()).x : 0;
  const float gap = with_zoom ? px(20) : 0;
  const float total = text_width + gap + percent_width;
  const ImVec2 half(total / 2 + px(12), px(19));
  draw.AddRectFilled(middle - half, middle + half, plate, px(6));
  const float left = std::round(middle.x - total / 2);
  const float bar = std::round(left + (text_width - width) / 2);
  draw.AddRectFilled({bar, middle.y + px(7)}, {bar + width, middle.y + px(11)}, plate_ink);
  draw.AddText({std::round(left + (text_width - ImGui::CalcTextSize(text.c_str()).x) / 2), middle.y - px(14)},
               plate_ink, text.c_str());
  if (!with_zoom) return;
  const ImVec2 at(left + text_width + gap, std::round(middle.y - ImGui::GetTextLineHeight() / 2));
  draw.AddText(at, plate_ink, percent.c_str());
  add_text(Role::text, "zoom", "Zoom " + percent, at, at + ImVec2(percent_width, ImGui::GetTextLineHeight()));
}

}  // namespace floodlight::ui

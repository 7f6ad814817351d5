#include "web/app/picture/marks.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/explain/distance_terms.h"
#include "core/explain/object_shape.h"
#include "core/explain/peak_terms.h"
#include "core/learn/network_units.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/morphology.h"
#include "web/app/picture/brush.h"
#include "web/app/picture/flood_view.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/rulers.h"
#include "web/app/picture/section_view.h"
#include "web/app/state/app.h"
#include "web/app/state/at_pixel.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The filter's footprint around the pixel that is explained, and beyond the image's edge the values that are repeated: over
/// the values that it reads, never over those that it makes.
void draw_footprint(const App& app, const Pane& pane, ImDrawList& draw) {
  if (pane.layer != Layer::raw) return;
  const auto pixel = app.probed();
  // An exercise asks about a footprint of its own.
  if (!pixel || !app.has(Stage::raw) || app.covers(Covers::filtered_value) || app.covers(Covers::footprint)) return;
  const int radius = footprint_radius(app);
  if (radius == 0) return;
  const ImRect first = pixel_rect(app, pane, {pixel->row - radius, pixel->col - radius});
  const ImRect last = pixel_rect(app, pane, {pixel->row + radius, pixel->col + radius});
  const bool outside = pixel->row < radius || pixel->col < radius || pixel->row + radius >= app.values().raw.rows() ||
                       pixel->col + radius >= app.values().raw.cols();
  if (outside && app.view.zoom >= px(grid_from)) {
    const auto& raw = app.values().raw;
    for (int row = pixel->row - radius; row <= pixel->row + radius; ++row) {
      for (int col = pixel->col - radius; col <= pixel->col + radius; ++col) {
        if (raw.contains({row, col})) continue;
        const Pixel source = raw.view().nearest({row, col});
        const ImRect r = pixel_rect(app, pane, {row, col});
        const float grey = brightness(app, app.display, Layer::raw, source) * 0.6F;
        draw.AddRectFilled(r.Min, r.Max, ImGui::ColorConvertFloat4ToU32({grey, grey, grey, 1}));
        draw.AddRect(r.Min, r.Max, IM_COL32(128, 128, 128, 140));
        if (app.view.zoom < px(numbers_from)) continue;
        const std::string text = layer_value(app, Layer::raw, source);
        const float size = px(std::clamp(app.view.zoom / scale() * 0.36F, 9.0F, 20.0F));
        const ImVec2 extent = font(Font::mono)->CalcTextSizeA(size, FLT_MAX, 0, text.c_str());
        draw.AddText(font(Font::mono), size, r.GetCenter() - extent * 0.5F, IM_COL32(200, 200, 200, 170), text.c_str());
      }
    }
  }
  draw.AddRect(first.Min - ImVec2(1, 1), last.Max + ImVec2(1, 1), IM_COL32(0, 0, 0, 200), 0, 0, px(4));
  draw.AddRect(first.Min, last.Max, pin_colour, 0, 0, px(2));
}

/// A dot in the seed's colour with a dark ring, so that it stands out on bright and on dark.
void draw_seeds(const App& app, const Pane& pane, ImDrawList& draw) {
  const float radius = std::clamp(app.view.zoom * 0.35F, px(3.5F), px(9));
  for (const Pixel peak : app.values().peaks) {
    const ImVec2 at = pixel_rect(app, pane, peak).GetCenter();
    if (!pane.rect.Contains(at)) continue;
    draw.AddCircleFilled(at, radius + px(1.5F), IM_COL32(0, 0, 0, 220));
    draw.AddCircleFilled(at, radius, theme().seed);
  }
}

void outlined_line(ImDrawList& draw, ImVec2 from, ImVec2 to, ImU32 colour) {
  draw.AddLine(from, to, IM_COL32(0, 0, 0, 190), px(4));
  draw.AddLine(from, to, colour, px(2));
}

ImVec2 centre_of(const App& app, const Pane& pane, Pixel p) { return pixel_rect(app, pane, p).GetCenter(); }

/// The footprint of the repair that is explained, over the mask: the pixels that decide, or where it would fit.
void draw_repair(const App& app, const Pane& pane, ImDrawList& draw) {
  const auto p = app.probed();
  const RepairsExplanation* explanation = app.explanations.repairs.get();
  if (!p || explanation == nullptr || app.covers(Covers::refined)) return;
  const auto repair = explained_repair(app, *p);
  if (!repair || *repair + 1 >= explanation->masks.size()) return;
  const Refinement& r = app.recipe().refinements[*repair];
  if (r->footprint == nullptr) return;
  const RepairAtPixel terms = r->terms(explanation->masks[*repair], r.values, *p);
  const Pixel centre = terms.centre;
  const Mask footprint = footprint_image(r->footprint(r.values));
  const int radius = r->reach(r.values);
  // The footprint's outline, cell by cell.
  const auto inside = [&](int row, int col) { return footprint.contains({row, col}) && footprint[row, col] != 0; };
  for (int row = 0; row < footprint.rows(); ++row) {
    for (int col = 0; col < footprint.cols(); ++col) {
      if (!inside(row, col)) continue;
      const ImRect cell = pixel_rect(app, pane, {centre.row + row - radius, centre.col + col - radius});
      draw.AddRectFilled(cell.Min, cell.Max, faded(pin_colour, 0.25F));
      const ImVec2 b(cell.Min.x, cell.Max.y);
      const ImVec2 c(cell.Max.x, cell.Min.y);
      if (!inside(row - 1, col)) outlined_line(draw, cell.Min, c, pin_colour);
      if (!inside(row + 1, col)) outlined_line(draw, b, cell.Max, pin_colour);
      if (!inside(row, col - 1)) outlined_line(draw, cell.Min, b, pin_colour);
      if (!inside(row, col + 1)) outlined_line(draw, c, cell.Max, pin_colour);
    }
  }
  for (const Pixel deciding : terms.deciding) {
    const float size = std::clamp(app.view.zoom * 0.2F, px(1.5F), px(6));
    draw.AddCircleFilled(centre_of(app, pane, deciding), size, highlight_colour);
  }
}

/// The way to the nearest background pixel, and the disc that just fits.
void draw_distance(const App& app, const Pane& pane, ImDrawList& draw) {
  if (app.covers(Covers::distance) || !app.has(Stage::distance)) return;
  if (app.panel.profile_open && app.distance.summits) {
    const ImVec2 from = centre_of(app, pane, app.distance.summits->first);
    const ImVec2 to = centre_of(app, pane, app.distance.summits->second);
    outlined_line(draw, from, to, IM_COL32(255, 255, 255, 230));
    for (const ImVec2 end : {from, to}) draw.AddCircleFilled(end, px(5), pin_colour);
    const ImVec2 saddle = centre_of(app, pane, app.distance.summits->saddle);
    draw.AddCircle(saddle, px(7), IM_COL32(0, 0, 0, 200), 0, px(4));
    draw.AddCircle(saddle, px(7), highlight_colour, 0, px(2));
  }
  const auto p = app.probed();
  if (!p || app.values().distance_squared[*p] == 0) return;
  const auto nearest = nearest_background(app.values().refined, *p);
  if (!nearest) return;
  const ImVec2 here = centre_of(app, pane, *p);
  const float radius = app.values().distance[*p] * app.view.zoom;
  draw.AddCircle(here, radius, IM_COL32(0, 0, 0, 170), 0, px(3));
  draw.AddCircle(here, radius, pin_colour, 0, px(1.5F));
  outlined_line(draw, here, centre_of(app, pane, *nearest), pin_colour);
  // The two legs of Pythagoras' triangle.
  const ImVec2 corner(here.x, centre_of(app, pane, *nearest).y);
  draw.AddLine(here, corner, faded(IM_COL32_WHITE, 0.6F), px(1));
  draw.AddLine(corner, centre_of(app, pane, *nearest), faded(IM_COL32_WHITE, 0.6F), px(1));
}

/// Candidates by what became of them, the window around the pixel at hand, the border that is left out.
void draw_candidates(const App& app, const Pane& pane, ImDrawList& draw) {
  const Recipe& r = app.recipe();
  const auto& image = app.values().distance;
  if (r.seeds == SeedMethod::peaks && r.exclude_border) {
    const ImRect low = pixel_rect(app, pane, {r.min_distance, r.min_distance});
    const ImRect high = pixel_rect(app, pane, {image.rows() - 1 - r.min_distance, image.cols() - 1 - r.min_distance});
    dashed_rect(draw, low.Min, high.Max, IM_COL32(255, 255, 255, 130), px(8));
  }
  const SeedsExplanation* explanation = app.explanations.seeds.get();
  const float size = std::clamp(app.view.zoom * 0.35F, px(3.5F), px(9));
  if (explanation != nullptr && app.seeds.show_candidates) {
    for (const PeakCandidate& c : explanation->candidates) {
      const ImVec2 at = centre_of(app, pane, c.pixel);
      if (!pane.rect.Contains(at)) continue;
      // Of a longer number a ring would leave the middle: another number.
      if (c.fate == PeakFate::too_near && has_rulers(app.view.zoom)) draw.AddCircleFilled(at, size, IM_COL32_BLACK);
      for (const bool shadow : {true, false}) {
        const ImU32 ink = shadow ? IM_COL32(0, 0, 0, 220) : IM_COL32(255, 255, 255, 235);
        const float width = px(shadow ? 4 : 1.5F);
        if (c.fate == PeakFate::too_near) draw.AddCircle(at, size, ink, 0, width);
        if (c.fate == PeakFate::below_threshold) draw.AddLine(at - ImVec2(size, 0), at + ImVec2(size, 0), ink, width);
        if (c.fate == PeakFate::at_border) {
          draw.AddLine(at - ImVec2(size, size), at + ImVec2(size, size), ink, width);
          draw.AddLine(at + ImVec2(-size, size), at + ImVec2(size, -size), ink, width);
        }
      }
    }
  }
  const auto p = app.probed();
  if (!p || r.seeds != SeedMethod::peaks) return;
  const int reach = r.window / 2;
  const ImRect first = pixel_rect(app, pane, {p->row - reach, p->col - reach});
  const ImRect last = pixel_rect(app, pane, {p->row + reach, p->col + reach});
  draw.AddRect(first.Min, last.Max, IM_COL32(0, 0, 0, 200), 0, 0, px(4));
  draw.AddRect(first.Min, last.Max, pin_colour, 0, 0, px(2));
  if (explanation == nullptr) return;
  const auto found = std::ranges::find(explanation->candidates, *p, &PeakCandidate::pixel);
  std::optional<Pixel> other;
  if (found == explanation->candidates.end()) {
    const auto heights = seed_heights(app.values());
    if (heights[*p] > 0) other = exceeded_by(heights, seed_options(r), *p);
  } else if (found->fate == PeakFate::too_near) {
    other = found->by;
  }
  if (other) outlined_line(draw, centre_of(app, pane, *p), centre_of(app, pane, *other), highlight_colour);
}

/// The hull, the outline or the axes of the nucleus at hand.
void draw_shape(const App& app, const Pane& pane, ImDrawList& draw) {
  const auto p = app.probed();
  if (!p || !app.has(Stage::measurements) || app.covers(Covers::measurements)) return;
  const Label label = app.values().labels[*p];
  const auto found = std::ranges::find(app.values().measurements, label, &RegionProperties::label);
  if (label == 0 || found == app.values().measurements.end()) return;
  const ObjectShape shape = object_shape(app.values().labels, *found);
  const auto at = [&](Place place) {
    return pane.origin +
           ImVec2(static_cast<float>(place.col) + 0.5F, static_cast<float>(place.row) + 0.5F) * app.view.zoom;
  };
  if (app.measure.shape_shown == 0) {
    std::vector<ImVec2> corners;
    for (const Place corner : shape.hull) corners.push_back(at(corner));
    draw.AddPolyline(corners.data(), static_cast<int>(corners.size()), IM_COL32(0, 0, 0, 190), ImDrawFlags_Closed,
                     px(4));
    draw.AddPolyline(corners.data(), static_cast<int>(corners.size()), pin_colour, ImDrawFlags_Closed, px(2));
  } else if (app.measure.shape_shown == 1) {
    for (const Pixel pixel : shape.perimeter) {
      const ImRect cell = pixel_rect(app, pane, pixel);
      draw.AddRectFilled(cell.Min, cell.Max, faded(pin_colour, 0.8F));
    }
  } else {
    outlined_line(draw, at(shape.major_from), at(shape.major_to), pin_colour);
    outlined_line(draw, at(shape.minor_from), at(shape.minor_to), highlight_colour);
  }
}

/// The drop's way, dashed where the water of a pit flows over, and its rim; the ridge towards the basin next to it.
void draw_drop(const App& app, const Pane& pane, const FallenDrop& drop, ImDrawList& draw) {
  const DropPath& path = drop.path;
  for (const Pixel p : drop.ridge.pixels) {
    const ImRect r = pixel_rect(app, pane, p);
    const ImVec2 half = ImMax(r.GetSize(), ImVec2(px(2), px(2))) * 0.5F;
    draw.AddRectFilled(r.GetCenter() - half, r.GetCenter() + half, faded(highlight_colour, 0.75F));
  }
  const ImU32 ink = IM_COL32(255, 255, 255, 240);
  for (std::size_t i = 1; i < path.run.size(); ++i)
    outlined_line(draw, centre_of(app, pane, path.run[i - 1]), centre_of(app, pane, path.run[i]), ink);
  for (std::size_t i = 1; i < path.overflow.size(); ++i) {
    const ImVec2 from = centre_of(app, pane, path.overflow[i - 1]);
    const ImVec2 to = centre_of(app, pane, path.overflow[i]);
    outlined_line(draw, from + (to - from) * 0.2F, from + (to - from) * 0.7F, pin_colour);
  }
  if (!path.overflow.empty()) {
    const ImRect rim = pixel_rect(app, pane, path.rim);
    draw.AddRect(rim.Min, rim.Max, IM_COL32(0, 0, 0, 230), 0, 0, px(5));
    draw.AddRect(rim.Min, rim.Max, pin_colour, 0, 0, px(2.5F));
  }
  if (path.run.empty()) return;
  const ImVec2 start = centre_of(app, pane, path.run.front());
  draw.AddCircleFilled(start, px(6), IM_COL32(0, 0, 0, 230));
  draw.AddCircleFilled(start, px(4), ink);
}

/// The pixel that is taken from the queue next, and the way by which the water came to the one at hand.
void draw_flood(const App& app, const Pane& pane, ImDrawList& draw) {
  const FloodExplanation* explanation = app.explanations.flood.get();
  if (explanation == nullptr) {
    draw_seeds(app, pane, draw);
    return;
  }
  const Flood& flood = explanation->flood;
  if (shows_section(app)) {
    outlined_line(draw, centre_of(app, pane, *app.watershed.section.from),
                  centre_of(app, pane, *app.watershed.section.to), section_ink);
  }
  draw_seeds(app, pane, draw);
  const auto time = static_cast<std::size_t>(app.display.flood_time);
  if (time < flood.sequence.size()) {
    const Pixel head = pixel_at(flood, flood.sequence[time]);
    ImRect r = pixel_rect(app, pane, head);
    const float least = px(9);
    if (r.GetWidth() < least)
      r = {r.GetCenter() - ImVec2(least, least) * 0.5F, r.GetCenter() + ImVec2(least, least) * 0.5F};
    draw.AddRect(r.Min, r.Max, IM_COL32(0, 0, 0, 230), 0, 0, px(5));
    draw.AddRect(r.Min, r.Max, highlight_colour, 0, 0, px(2.5F));
    if (app.view.zoom >= px(grid_from)) {
      for (const Pixel pushed : pushed_by_step(flood, static_cast<std::int32_t>(time)))
        outlined_line(draw, centre_of(app, pane, head), centre_of(app, pane, pushed), highlight_colour);
    }
  }
  const auto p = app.probed();
  if (!p || app.covers(Covers::labels)) return;
  if (app.watershed.drop_shown) {
    draw_drop(app, pane, fallen_drop(app, *explanation, *p), draw);
    return;
  }
  const auto way = flood_path(flood, *p);
  for (std::size_t i = 1; i < way.size(); ++i)
    outlined_line(draw, centre_of(app, pane, way[i - 1]), centre_of(app, pane, way[i]), pin_colour);
}

void draw_probe(const App& app, const Pane& pane, ImDrawList& draw) {
  const auto mark = [&](Pixel p, ImU32 colour, float thickness) {
    ImRect r = pixel_rect(app, pane, p);
    const float least = px(7);
    if (r.GetWidth() < least)
      r = {r.GetCenter() - ImVec2(least, least) * 0.5F, r.GetCenter() + ImVec2(least, least) * 0.5F};
    draw.AddRect(r.Min - ImVec2(1, 1), r.Max + ImVec2(1, 1), IM_COL32(0, 0, 0, 200), 0, 0, thickness + px(2));
    draw.AddRect(r.Min, r.Max, colour, 0, 0, thickness);
  };
  if (app.view.hovered && app.view.hovered != app.view.pinned)
    mark(*app.view.hovered, IM_COL32(255, 255, 255, 230), px(1));
  if (app.view.pinned) mark(*app.view.pinned, pin_colour, px(2));
}

/// What the chosen unit sees of the image around the pixel that is explained, and the unit's own pixel there.
void draw_receptive_field(const App& app, const Pane& pane, ImDrawList& draw) {
  const auto pixel = app.probed();
  if (!pixel || app.recipe().network == nullptr || app.covers(Covers::filtered_value) || app.covers(Covers::footprint))
    return;
  const UNetShape& shape = app.recipe().network->net.shape;
  MapWindow field = receptive_field(shape, shown_unit(app).layer, *pixel);
  if (pane.layer != Layer::raw) {
    const int side = 1 << place_of_layer(shape, shown_unit(app).layer).level;
    if (side == 1) return;
    const Pixel corner{pixel->row / side * side, pixel->col / side * side};
    field = {.top = corner.row, .bottom = corner.row + side, .left = corner.col, .right = corner.col + side};
  }
  const ImRect first = pixel_rect(app, pane, {field.top, field.left});
  const ImRect last = pixel_rect(app, pane, {field.bottom - 1, field.right - 1});
  draw.AddRect(first.Min - ImVec2(1, 1), last.Max + ImVec2(1, 1), IM_COL32(0, 0, 0, 200), 0, 0, px(4));
  draw.AddRect(first.Min, last.Max, pin_colour, 0, 0, px(2));
}

}  // namespace

void draw_marks_between(const App& app, const Pane& from, const Pane& to, ImDrawList& draw) {
  const auto pixel = app.probed();
  if (app.step != StepId::filter || !pixel || from.layer != Layer::raw || to.layer == Layer::raw) return;
  if (!app.has(to.layer) || app.covers(Covers::filtered_value) || app.covers(Covers::footprint)) return;
  const int radius = footprint_radius(app);
  const ImRect first = pixel_rect(app, from, {pixel->row - radius, pixel->col - radius});
  const ImRect last = pixel_rect(app, from, {pixel->row + radius, pixel->col + radius});
  const ImRect made = pixel_rect(app, to, *pixel);
  if (!from.rect.Overlaps({first.Min, last.Max}) || !to.rect.Overlaps(made)) return;
  draw.PushClipRect(from.rect.Min, to.rect.Max, true);
  // From the window's two near corners to the pixel that is made of it.
  outlined_line(draw, {last.Max.x, first.Min.y}, made.Min, pin_colour);
  outlined_line(draw, last.Max, {made.Min.x, made.Max.y}, pin_colour);
  draw.PopClipRect();
}

void draw_marks(const App& app, const Pane& pane, ImDrawList& draw) {
  if (!app.has(Stage::raw)) return;
  switch (app.step) {
    case StepId::filter:
      draw_footprint(app, pane, draw);
      break;
    case StepId::forest:
      draw_paint(app, pane, draw);
      break;
    case StepId::network:
      draw_receptive_field(app, pane, draw);
      break;
    case StepId::refine:
      draw_repair(app, pane, draw);
      break;
    case StepId::distance:
      draw_distance(app, pane, draw);
      break;
    case StepId::seeds:
      if (app.covers(Covers::seeds) || !app.has(Stage::seeds)) break;
      draw_candidates(app, pane, draw);
      draw_seeds(app, pane, draw);
      break;
    case StepId::watershed:
      if (pane.layer == Layer::flood) draw_flood(app, pane, draw);
      if (pane.layer == Layer::seeds || (app.seeds.editor.on && pane.layer != Layer::flood))
        draw_seeds(app, pane, draw);
      break;
    case StepId::measure:
      draw_shape(app, pane, draw);
      break;
    default:
      break;
  }
  draw_probe(app, pane, draw);
}

}  // namespace floodlight::ui

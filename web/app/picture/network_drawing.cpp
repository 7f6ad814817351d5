#include "web/app/picture/network_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "web/app/state/at_pixel.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float smallest_map = 26;  // CSS pixels from one map to the next
constexpr float map_gap = 2;
constexpr float between_levels = 22;
constexpr float between_sides = 26;
constexpr float dimmed = 0.22F;

/// Where a layer's maps stand, side by side in so many columns.
struct Block {
  int layer = 0;
  ImVec2 at;
  std::size_t columns = 1;
  std::size_t count = 0;
  [[nodiscard]] ImVec2 size(float cell) const {
    const std::size_t rows = (count + columns - 1) / columns;
    return {static_cast<float>(std::min(columns, count)) * cell, static_cast<float>(rows) * cell};
  }
};

struct Plan {
  float cell = 0;
  ImVec2 image;
  std::vector<Block> blocks;  ///< one a layer
  std::vector<float> levels;  ///< where each level begins
  float height = 0;
};

Plan plan_of(const UNetShape& shape, float width) {
  Plan plan;
  plan.cell = std::max(px(smallest_map), std::floor(width / 16));
  const float side = std::floor((width - px(between_sides)) / 2);
  const auto of_side = static_cast<std::size_t>(std::max(1.0F, std::floor(side / plan.cell)));
  const auto of_all = static_cast<std::size_t>(std::max(1.0F, std::floor(width / plan.cell)));
  const auto layers = layers_of(shape);
  plan.blocks.resize(layers.size());
  float y = plan.cell + px(between_levels);
  const auto rows_of = [&](int level) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const LayerPlace place = place_of_layer(shape, static_cast<int>(i));
      if (place.level != level || place.way == LayerWay::head) continue;
      const auto count = static_cast<std::size_t>(layers[i].outputs);
      const std::size_t columns = level + 1 == shape.levels() ? of_all : of_side;
      most = std::max(most, (count + columns - 1) / columns);
    }
    return static_cast<float>(most);
  };
  for (int level = 0; level < shape.levels(); ++level) {
    plan.levels.push_back(y);
    y += rows_of(level) * plan.cell + px(between_levels);
  }
  plan.height = y - px(between_levels);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerPlace place = place_of_layer(shape, static_cast<int>(i));
    Block& block = plan.blocks[i];
    block.layer = static_cast<int>(i);
    block.count = static_cast<std::size_t>(layers[i].outputs);
    const bool bottom = place.level + 1 == shape.levels();
    block.columns = bottom ? of_all : of_side;
    const float wide = block.size(plan.cell).x;
    const float y_of_block = place.way == LayerWay::head ? 0 : plan.levels[static_cast<std::size_t>(place.level)];
    const float x = bottom ? std::round((width - wide) / 2) : place.way == LayerWay::down ? 0 : width - wide;
    block.at = {x, y_of_block};
  }
  return plan;
}

/// From one point to another, with a tip at its end.
void arrow(ImDrawList& draw, ImVec2 from, ImVec2 to, ImU32 colour) {
  const ImVec2 way = to - from;
  const float length = std::sqrt(way.x * way.x + way.y * way.y);
  if (length < 1) return;
  const ImVec2 along = way * (px(5) / length);
  const ImVec2 across(-along.y * 0.7F, along.x * 0.7F);
  draw.AddLine(from, to - along, colour, px(1.5F));
  draw.AddTriangleFilled(to, to - along + across, to - along - across, colour);
}

/// The ways between the layers: pooled downwards, risen upwards, over the skips to the other side.
void draw_ways(const UNetShape& shape, const Plan& plan, ImVec2 at, float width, ImDrawList& draw) {
  const ImU32 colour = theme().muted;
  const float gap = px(between_levels);
  const auto middle = [&](const Block& b) { return at.x + b.at.x + b.size(plan.cell).x / 2; };
  const auto block = [&](LayerWay way, int level) -> const Block& {
    return *std::ranges::find_if(
        plan.blocks, [&](const Block& b) { return place_of_layer(shape, b.layer) == LayerPlace{way, level}; });
  };
  const float top = at.y + plan.cell;
  const float first_x = at.x + plan.cell / 2;
  arrow(draw, {first_x, top + px(2)}, {first_x, top + gap - px(3)}, colour);
  const Block& head = plan.blocks.back();
  const float last_x = middle(head);
  const int bottom = shape.levels() - 1;
  arrow(draw, {last_x, top + gap - px(2)}, {last_x, top + px(3)}, colour);
  for (int level = 0; level < bottom; ++level) {
    const float next = at.y + plan.levels[static_cast<std::size_t>(level) + 1];
    const float down = std::min(first_x, middle(block(LayerWay::down, level)));
    const float up = at.x + width - plan.cell / 2;
    arrow(draw, {down, next - gap + px(2)}, {down, next - px(3)}, colour);
    arrow(draw, {up, next - px(2)}, {up, next - gap + px(3)}, colour);
    if (!shape.skips) continue;
    const Block& left = block(LayerWay::down, level);
    const Block& right = block(LayerWay::up, level);
    const float y = at.y + left.at.y + plan.cell / 2;
    arrow(draw, {at.x + left.at.x + left.size(plan.cell).x + px(2), y}, {at.x + right.at.x - px(3), y}, colour);
  }
}

/// A map's value as a grey: what a ReLU left of it from black at 0, a score around the middle.
std::uint8_t grey_of(float value, float most, bool is_signed) {
  if (!(most > 0)) return is_signed ? 128 : 0;
  const float share = is_signed ? 0.5F + 0.5F * value / most : value / most;
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0F, 1.0F)));
}

/// The part of a tile that a picture of these sides fills.
ImVec2 share_of_tile(int rows, int cols) {
  const auto longer = static_cast<float>(std::max({rows, cols, 1}));
  return {static_cast<float>(cols) / longer, static_cast<float>(rows) / longer};
}

std::vector<std::uint8_t> tile_of(FloatView picture, bool is_signed) {
  constexpr int size = FieldPictures::size;
  float most = 0;
  for (const float value : picture.pixels()) most = std::max(most, is_signed ? std::abs(value) : value);
  std::vector<std::uint8_t> pixels(std::size_t{4} * size * size, 0);
  const ImVec2 share = share_of_tile(picture.rows(), picture.cols());
  const int rows = std::max(1, static_cast<int>(std::lround(share.y * size)));
  const int cols = std::max(1, static_cast<int>(std::lround(share.x * size)));
  for (int row = 0; row < size; ++row) {
    for (int col = 0; col < size; ++col) {
      const Pixel from{std::min(picture.rows() - 1, row * picture.rows() / rows),
                       std::min(picture.cols() - 1, col * picture.cols() / cols)};
      const std::uint8_t grey = grey_of(picture[from], most, is_signed);
      const auto place = 4 * (static_cast<std::size_t>(row) * size + static_cast<std::size_t>(col));
      pixels[place] = pixels[place + 1] = pixels[place + 2] = grey;
      pixels[place + 3] = 255;
    }
  }
  return pixels;
}

/// The pictures as the explanation has them now; after the units' what the network sees there.
void take_pictures(App& app, const UNetShape& shape, const UnitPictures& pictures) {
  NetworkState& n = app.network;
  if (n.pictures_of == app.explanations.unit_pictures.version()) return;
  n.pictures_of = app.explanations.unit_pictures.version();
  n.part = pictures.part;
  const std::vector<Unit> units = units_of(shape);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool is_signed = place_of_layer(shape, units[i].layer).way == LayerWay::head;
    n.pictures.set(static_cast<std::uint32_t>(i), tile_of(pictures.maps[i], is_signed));
  }
  const FloatView seen = app.values().filtered;
  Image<float> part(n.part.bottom - n.part.top, n.part.right - n.part.left);
  // It may lie below 0, where the background is.
  const float lowest = std::ranges::min(seen.pixels());
  for (int row = 0; row < part.rows(); ++row) {
    for (int col = 0; col < part.cols(); ++col) part[row, col] = seen[n.part.top + row, n.part.left + col] - lowest;
  }
  n.pictures.set(static_cast<std::uint32_t>(units.size()), tile_of(part, false));
}

bool is_input(const std::vector<InputMap>& inputs, Unit unit) {
  return std::ranges::any_of(inputs, [&](const InputMap& input) { return !input.image && input.unit == unit; });
}

}  // namespace

std::string unit_name(const UNetShape& shape, Unit unit) {
  const LayerPlace place = place_of_layer(shape, unit.layer);
  if (place.way == LayerWay::head) {
    constexpr std::array<std::string_view, 3> with_rim = {"background", "rim", "interior"};
    constexpr std::array<std::string_view, 2> without = {"background", "interior"};
    const auto map = static_cast<std::size_t>(unit.map);
    return "Score of " + std::string(shape.rim ? with_rim[map] : without[map]);
  }
  const bool bottom = place.level + 1 == shape.levels();
  return "Level " + std::to_string(place.level + 1) +
         (bottom                        ? ""
          : place.way == LayerWay::down ? " down"
                                        : " up") +
         ", map " + std::to_string(unit.map + 1);
}

std::string input_name(const InputMap& input) {
  if (input.image) return "the image";
  std::string map = "map " + std::to_string(input.unit.map + 1);
  if (input.pooled) return map + ", pooled";
  if (input.risen) return map + " from below";
  if (input.skip) return map + " over the skip";
  return map;
}

void network_drawing(App& app) {
  NetworkState& n = app.network;
  const UNetShape& shape = app.recipe().network->net.shape;
  const auto* pictures = app.explanations.unit_pictures.get();
  const std::vector<Unit> units = units_of(shape);
  const Unit chosen = shown_unit(app);
  if (pictures != nullptr && pictures->maps.size() == units.size()) take_pictures(app, shape, *pictures);
  const float width = available_width();
  const Plan plan = plan_of(shape, width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  draw_ways(shape, plan, at, width, *draw);
  const GroupScope group("The network's maps");
  std::optional<Unit> pointed = std::exchange(n.pointed, std::nullopt);
  // The network may be another one than in the frame before.
  if (pointed && std::ranges::find(units, *pointed) == units.end()) pointed.reset();
  const std::vector<InputMap> inputs = inputs_of(shape, pointed ? pointed->layer : chosen.layer);
  const bool from_image = std::ranges::any_of(inputs, &InputMap::image);
  const auto frame = [&](ImVec2 corner, ImVec2 extent, bool chosen, bool is_one) {
    if (chosen)
      draw->AddRect(corner - ImVec2(1, 1), corner + extent + ImVec2(1, 1), theme().accent, 0, 0, px(2));
    else if (is_one)
      draw->AddRect(corner, corner + extent, theme().text, 0, 0, px(1));
  };
  const float inner = plan.cell - px(map_gap);
  const auto& seen = app.values().filtered;
  const ImVec2 share = share_of_tile(n.part.bottom - n.part.top, n.part.right - n.part.left);
  const ImVec2 extent = share * inner;
  const auto picture = [&](std::size_t place, ImVec2 corner, float fade) {
    draw->AddRectFilled(corner, corner + extent, faded(theme().raised, fade));
    if (n.pictures_of == 0) return;
    const auto t = n.pictures.find(static_cast<std::uint32_t>(place));
    if (!t) return;
    const ImVec2 used = t->uv_min + (t->uv_max - t->uv_min) * share;
    draw->AddImage(t->texture, corner, corner + extent, t->uv_min, used, faded(IM_COL32_WHITE, fade));
  };
  {
    // What the network sees, at the upper left.
    const ImVec2 corner = at + (ImVec2(inner, inner) - extent) * 0.5F;
    picture(units.size(), corner, pointed && !from_image ? dimmed : 1);
    frame(corner, extent, false, from_image);
    const FontScope face(Font::regular, small_text);
    draw->AddText(at + ImVec2(plan.cell + px(4), (plan.cell - ImGui::GetTextLineHeight()) / 2), theme().muted, "image");
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit unit = units[i];
    const Block& block = plan.blocks[static_cast<std::size_t>(unit.layer)];
    const ImVec2 corner = at + block.at + grid_place(static_cast<std::size_t>(unit.map), block.columns) * plan.cell;
    const ImVec2 shown = corner + ImVec2((inner - extent.x) / 2, (inner - extent.y) / 2);
    ImGui::SetCursorScreenPos(corner);
    ImGui::PushID(static_cast<int>(i));
    bool pressed = ImGui::InvisibleButton("map", {inner, inner});
    pressed = mirror().take_press(item_id()) || pressed;
    if (pressed) {
      n.unit = unit;
      n.input = 0;
    }
    if (ImGui::IsItemHovered()) n.pointed = unit;
    const bool is_one = is_input(inputs, unit);
    const float fade = pointed && !is_one && *pointed != unit ? dimmed : 1;
    picture(i, shown, fade);
    frame(shown, extent, unit == chosen, is_one);
    const std::string name = unit_name(shape, unit);
    registered({.role = Role::button, .name = name, .selected = unit == chosen}, name);
    ImGui::PopID();
  }
  const FontScope face(Font::regular, small_text);
  for (int level = 0; level < shape.levels(); ++level) {
    const int rows = (seen.rows() + (1 << level) - 1) >> level;
    const int cols = (seen.cols() + (1 << level) - 1) >> level;
    const std::string text =
        "level " + std::to_string(level + 1) + ": " + std::to_string(rows) + " x " + std::to_string(cols);
    const ImVec2 size = ImGui::CalcTextSize(text.c_str());
    draw->AddText({at.x + std::round((width - size.x) / 2),
                   at.y + plan.levels[static_cast<std::size_t>(level)] - px(between_levels / 2) - size.y / 2},
                  theme().muted, text.c_str());
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, plan.height});
}

std::size_t kernel_strip(const UnitTerms& terms, std::size_t chosen) {
  const float width = available_width();
  const bool grids = terms.kernel > 1;
  const float side = px(grids ? 30 : 20);
  const float tile = side + px(10);
  const float height = side + px(18);
  const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(width / tile)));
  float heaviest = 0;
  for (const InputTerms& input : terms.inputs) {
    for (const float weight : input.weights) heaviest = std::max(heaviest, std::abs(weight));
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  auto* draw = ImGui::GetWindowDrawList();
  const FontScope face(Font::mono, small_text);
  const GroupScope group("Kernels of its inputs");
  for (std::size_t i = 0; i < terms.inputs.size(); ++i) {
    const InputTerms& input = terms.inputs[i];
    const ImVec2 corner = at + grid_place(i, columns) * ImVec2(tile, height);
    ImGui::SetCursorScreenPos(corner);
    ImGui::PushID(static_cast<int>(i));
    bool pressed = ImGui::InvisibleButton("kernel", {side, height - px(3)});
    pressed = mirror().take_press(item_id()) || pressed;
    if (pressed) chosen = i;
    const int across = grids ? 3 : 1;
    const float cell = side / static_cast<float>(across);
    for (int k = 0; k < across * across; ++k) {
      const float weight = input.weights[grids ? static_cast<std::size_t>(k) : 4];
      const ImVec2 place = corner + grid_place(static_cast<std::size_t>(k), static_cast<std::size_t>(across)) * cell;
      const float strength = heaviest > 0 ? std::abs(weight) / heaviest : 0;
      const ImVec2 end = place + ImVec2(cell - 1, cell - 1);
      draw->AddRectFilled(place, end, theme().raised);
      draw->AddRectFilled(place, end, faded(weight < 0 ? theme().border : theme().accent, 0.15F + 0.85F * strength));
      // The colour alone does not say the sign.
      if (weight < 0)
        draw->AddLine({place.x + cell * 0.25F, place.y + cell / 2}, {place.x + cell * 0.7F, place.y + cell / 2},
                      theme().text, px(1));
    }
    if (i == chosen)
      draw->AddRect(corner - ImVec2(2, 2), corner + ImVec2(side + 1, side + 1), theme().text, 0, 0, px(1.5F));
    const std::string part = two_decimals(static_cast<double>(input.sum));
    const ImVec2 size = font(Font::mono)->CalcTextSizeA(px(11), FLT_MAX, 0, part.c_str());
    draw->AddText(font(Font::mono), px(11), {corner.x + (side - size.x) / 2, corner.y + side + px(1)}, theme().muted,
                  part.c_str());
    registered({.role = Role::button,
                .name = beginning_a_sentence(input_name(input.input)) + " adds " + part,
                .selected = i == chosen},
               "Its products are written out below.");
    ImGui::PopID();
  }
  const float rows = grid_place(terms.inputs.empty() ? 0 : terms.inputs.size() - 1, columns).y + 1;
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, rows * height});
  return chosen;
}

}  // namespace floodlight::ui

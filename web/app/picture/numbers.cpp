#include "web/app/picture/numbers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "web/app/picture/image_view.h"
#include "web/app/picture/rulers.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

constexpr float numbers_full = 23;  ///< CSS pixels a pixel, where numbers stand that began to fade in at `numbers_from`
constexpr float room_of_pixel = 0.86F;  ///< of a pixel's width, so that two numbers do not read as one
constexpr float most_shrunk = 0.6F;     ///< of the wanted size, for the sake of the longest number in sight

struct PixelNumber {
  Pixel pixel;
  std::string text;
  std::string
      longest;  ///< of what stands there at one moment or another, so that no size changes while a flood is played
};

std::string longest_value(const App& app, Layer layer, Pixel p, const std::string& now) {
  if (layer == Layer::growth) return "False";
  if (layer != Layer::flood) return now;
  std::string dry = app.landscape_value(p);
  return dry.size() > now.size() ? dry : now;
}

std::vector<PixelNumber> numbers_in(const App& app, const Pane& pane) {
  const PixelRange range = visible_pixels(app, pane);
  std::vector<PixelNumber> numbers;
  for (int row = range.first.row; row <= range.last.row; ++row) {
    for (int col = range.first.col; col <= range.last.col; ++col) {
      const std::string now = layer_value(app, pane.layer, {row, col});
      numbers.push_back({{row, col}, now, longest_value(app, pane.layer, {row, col}, now)});
    }
  }
  return numbers;
}

}  // namespace

void draw_grid(const App& app, const Pane& pane, ImDrawList& draw) {
  if (app.view.zoom < grid_from) return;
  const float strength = std::clamp((app.view.zoom - grid_from) / 12, 0.0F, 1.0F);
  const ImU32 colour = IM_COL32(128, 128, 128, static_cast<int>(90 * strength));
  const PixelRange range = visible_pixels(app, pane);
  const ImRect low = pixel_rect(app, pane, range.first);
  const ImRect high = pixel_rect(app, pane, range.last);
  for (int row = range.first.row; row <= range.last.row + 1; ++row) {
    const float y = std::round(pixel_rect(app, pane, {row, 0}).Min.y);
    draw.AddLine({low.Min.x, y}, {high.Max.x, y}, colour);
  }
  for (int col = range.first.col; col <= range.last.col + 1; ++col) {
    const float x = std::round(pixel_rect(app, pane, {0, col}).Min.x);
    draw.AddLine({x, low.Min.y}, {x, high.Max.y}, colour);
  }
}

void draw_numbers(const App& app, const Pane& pane, const DisplaySettings& display, ImDrawList& draw) {
  if (!has_rulers(app.view.zoom) || !app.has(pane.layer)) return;
  const float zoom = app.view.zoom / scale();
  const float alpha = std::clamp((zoom - numbers_from) / (numbers_full - numbers_from), 0.0F, 1.0F);
  const ImRect free = free_of_rulers(app, pane);
  ImFont* face = font(Font::mono);
  const std::vector<PixelNumber> numbers = numbers_in(app, pane);
  const float wanted = px(std::clamp(zoom * 0.42F, 10.0F, 24.0F));
  const float room = app.view.zoom * room_of_pixel;
  const auto extent_of = [face](const std::string& text, float size) {
    return face->CalcTextSizeA(size, FLT_MAX, 0, text.c_str());
  };
  float widest = room;
  for (const PixelNumber& number : numbers) widest = std::max(widest, extent_of(number.longest, wanted).x);
  const float shared = wanted * std::max(room / widest, most_shrunk);
  for (const auto& [pixel, text, longest] : numbers) {
    const float size = shared * std::min(1.0F, room / std::max(extent_of(longest, shared).x, 1.0F));
    const ImVec2 extent = extent_of(text, size);
    const ImVec2 at = pixel_rect(app, pane, pixel).GetCenter() - extent * 0.5F;
    if (!free.Contains(ImRect(at, at + extent))) continue;
    const bool on_bright = brightness(app, display, pane.layer, pixel) > 0.5F;
    draw.AddText(face, size, at, faded(on_bright ? IM_COL32_BLACK : IM_COL32_WHITE, alpha), text.c_str());
  }
}

}  // namespace floodlight::ui

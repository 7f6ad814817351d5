#include "web/app/picture/chip.h"

#include "web/app/widgets/theme.h"

namespace floodlight::ui {

namespace {

ImVec2 chip_margin() { return {px(9), px(4)}; }

}  // namespace

ImVec2 chip_size(std::string_view text) {
  const FontScope face(Font::semibold, small_text);
  return ImGui::CalcTextSize(text.data(), text.data() + text.size()) + chip_margin() * 2;
}

ImVec2 draw_chip(ImDrawList& draw, ImVec2 at, std::string_view text, bool from_right) {
  const FontScope face(Font::semibold, small_text);
  const ImVec2 inner = chip_margin();
  const ImVec2 size = chip_size(text);
  if (from_right) at.x -= size.x;
  draw.AddRectFilled(at, at + size, plate, px(5));
  draw.AddText(at + inner, plate_ink, text.data(), text.data() + text.size());
  return size;
}

}  // namespace floodlight::ui

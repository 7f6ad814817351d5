#include "web/app/picture/chip.h"

#include "web/app/widgets/theme.h"

namespace floodlight::ui {

ImVec2 draw_chip(ImDrawList& draw, ImVec2 at, std::string_view text, bool from_right) {
  const FontScope face(Font::semibold, small_text);
  const ImVec2 extent = ImGui::CalcTextSize(text.data(), text.data() + text.size());
  const ImVec2 inner(px(9), px(4));
  const ImVec2 size = extent + inner * 2;
  if (from_right) at.x -= size.x;
  draw.AddRectFilled(at, at + size, plate, px(5));
  draw.AddText(at + inner, plate_ink, text.data(), text.data() + text.size());
  return size;
}

}  // namespace floodlight::ui

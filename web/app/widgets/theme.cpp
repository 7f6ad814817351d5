#include "web/app/widgets/theme.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "embedded/floodlight_fonts.h"

namespace floodlight::ui {
namespace {

Theme current;
float current_scale = 1;
std::array<ImFont*, 3> fonts{};

constexpr ImU32 rgb(std::uint32_t hex) { return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255); }

constexpr Theme dark = {.light = false,
                        .window = rgb(0x0E0F11),
                        .panel = rgb(0x191B1E),
                        .raised = rgb(0x272A2F),
                        .hovered = rgb(0x343840),
                        .line = rgb(0x33373D),
                        .text = rgb(0xECEAE6),
                        .muted = rgb(0xA6A9AF),
                        .accent = rgb(0xFFB454),
                        .on_accent = rgb(0x1B1305),
                        .background = rgb(0x050607),
                        .foreground = rgb(0xEFEDE7),
                        .dim = rgb(0x596372),
                        .seed = rgb(0xFF6FB5),
                        .border = rgb(0x6FA8FF),
                        .error = rgb(0xFF7A6B)};

constexpr Theme bright = {.light = true,
                          .window = rgb(0xD9D8D4),
                          .panel = rgb(0xF7F6F3),
                          .raised = rgb(0xE6E4DF),
                          .hovered = rgb(0xD8D5CE),
                          .line = rgb(0xCFCCC5),
                          .text = rgb(0x1D1E21),
                          .muted = rgb(0x565A62),
                          .accent = rgb(0x9A4B00),
                          .on_accent = rgb(0xFFFFFF),
                          .background = rgb(0x050607),
                          .foreground = rgb(0xEFEDE7),
                          .dim = rgb(0x9AA3AF),
                          .seed = rgb(0xC2187A),
                          .border = rgb(0x1F5FBF),
                          .error = rgb(0xB3261E)};

void apply_style() {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {px(16), px(16)};
  style.FramePadding = {px(10), px(6)};  // with body text, a control is 30 high
  style.ItemSpacing = {px(8), px(8)};
  style.ItemInnerSpacing = {px(8), px(4)};
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.WindowRounding = 0;
  style.ChildRounding = px(6);
  style.FrameRounding = px(6);
  style.PopupRounding = px(6);
  style.GrabRounding = px(6);
  style.ScrollbarSize = px(10);
  style.ScrollbarRounding = px(5);
  style.DisabledAlpha = 0.45F;
  style.HoverDelayNormal = 0.5F;
  const auto set = [&](ImGuiCol slot, ImU32 colour) { style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(colour); };
  set(ImGuiCol_WindowBg, current.panel);
  set(ImGuiCol_ChildBg, faded(current.panel, 0));
  set(ImGuiCol_PopupBg, current.panel);
  set(ImGuiCol_ModalWindowDimBg, IM_COL32(0, 0, 0, 140));
  set(ImGuiCol_Border, current.line);
  set(ImGuiCol_Text, current.text);
  set(ImGuiCol_TextDisabled, current.muted);
  set(ImGuiCol_FrameBg, current.raised);
  set(ImGuiCol_FrameBgHovered, current.hovered);
  set(ImGuiCol_FrameBgActive, current.hovered);
  set(ImGuiCol_Button, current.raised);
  set(ImGuiCol_ButtonHovered, current.hovered);
  set(ImGuiCol_ButtonActive, current.hovered);
  set(ImGuiCol_Header, current.raised);
  set(ImGuiCol_HeaderHovered, current.hovered);
  set(ImGuiCol_HeaderActive, current.hovered);
  set(ImGuiCol_Separator, current.line);
  set(ImGuiCol_ScrollbarBg, faded(current.panel, 0));
  set(ImGuiCol_ScrollbarGrab, current.raised);
  set(ImGuiCol_ScrollbarGrabHovered, current.hovered);
  set(ImGuiCol_ScrollbarGrabActive, current.hovered);
  set(ImGuiCol_TableHeaderBg, current.raised);
  set(ImGuiCol_TableBorderLight, current.line);
  set(ImGuiCol_TableBorderStrong, current.line);
  set(ImGuiCol_TableRowBgAlt, faded(current.raised, 0.4F));
}

ImFont* load(std::string_view bytes) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
  config.OversampleH = 2;
  // Dear ImGui takes a pointer to mutable bytes but, not owning them, does not write to them.
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()),
                                                    body_text, &config);
}

}  // namespace

const Theme& theme() { return current; }

void start_theme(bool light) {
  fonts = {load(embedded::inter_regular()), load(embedded::inter_semibold()), load(embedded::jetbrains_mono())};
  set_light(light);
}

void set_light(bool light) {
  current = light ? bright : dark;
  apply_style();
}

void set_scale(float scale) {
  if (scale == current_scale) return;
  current_scale = scale;
  apply_style();
}

float scale() { return current_scale; }

FontScope::FontScope(Font font, float size) { ImGui::PushFont(ui::font(font), line_height(font, size)); }
FontScope::~FontScope() { ImGui::PopFont(); }

float line_height(Font font, float size) {
  // Dear ImGui measures a font from its highest ascender to its lowest descender; people, and look.md, by its em.
  constexpr float inter = 1.21F;
  constexpr float jetbrains_mono = 1.32F;
  return std::round(px(size) * (font == Font::mono ? jetbrains_mono : inter));
}

ImFont* font(Font font) { return fonts[static_cast<std::size_t>(font)]; }

ImU32 faded(ImU32 colour, float opacity) {
  const auto alpha = static_cast<ImU32>(static_cast<float>(colour >> IM_COL32_A_SHIFT) * opacity + 0.5F);
  return (colour & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

void dashed_rect(ImDrawList& draw, ImVec2 min, ImVec2 max, ImU32 colour, float dash) {
  for (float x = min.x; x < max.x; x += 2 * dash) {
    draw.AddLine({x, min.y}, {std::min(x + dash, max.x), min.y}, colour);
    draw.AddLine({x, max.y}, {std::min(x + dash, max.x), max.y}, colour);
  }
  for (float y = min.y; y < max.y; y += 2 * dash) {
    draw.AddLine({min.x, y}, {min.x, std::min(y + dash, max.y)}, colour);
    draw.AddLine({max.x, y}, {max.x, std::min(y + dash, max.y)}, colour);
  }
}

}  // namespace floodlight::ui

#include "web/app/files/picker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "core/samples/samples.h"
#include "web/app/platform/platform.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr const char* name = "Images";

/// Makes one picture of the group that is shown, if one is missing; true when it did.
bool make_next_picture(App& app) {
  for (std::size_t i = 0; i < samples().size(); ++i) {
    if (samples()[i].group != app.dialogs.picker_group || app.gpu.has_picture(i)) continue;
    const auto sample = make_sample(samples()[i].id);
    app.gpu.upload_picture(i, sample ? small_picture(sample->pixels, window_of(sample->pixels))
                                     : std::vector<std::uint8_t>(Gpu::picture_size * Gpu::picture_size));
    return true;
  }
  return false;
}

/// A picture with its title, and with what to look for beside it where there is room; true when it was pressed.
bool card(const App& app, std::size_t place, ImVec2 size, bool with_words) {
  const SampleInfo& info = samples()[place];
  bool pressed = ImGui::InvisibleButton(std::string(info.id).c_str(), size);
  pressed = mirror().take_press(item_id()) || pressed;
  const ImRect rect(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  const bool current = app.image.sample == place;
  auto* draw = ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) draw->AddRectFilled(rect.Min, rect.Max, theme().raised, px(6));
  const float inner = px(6);
  const float side = with_words ? size.y - 2 * inner : size.x - 2 * inner;
  const ImRect picture(rect.Min + ImVec2(inner, inner), rect.Min + ImVec2(inner + side, inner + side));
  draw->AddRectFilled(picture.Min, picture.Max, theme().window, px(4));
  if (app.gpu.has_picture(place)) {
    const auto t = app.gpu.picture(place);
    draw->AddImageRounded(t.texture, picture.Min, picture.Max, t.uv_min, t.uv_max, IM_COL32_WHITE, px(4));
  }
  draw->AddRect(picture.Min, picture.Max, current ? theme().accent : theme().line, px(4), 0, current ? px(2) : px(1));
  const std::string title(info.title);
  if (with_words) {
    const float left = picture.Max.x + px(12);
    {
      const FontScope face(Font::semibold, body_text);
      draw->AddText({left, picture.Min.y}, current ? theme().accent : theme().text, title.c_str());
    }
    const FontScope face(Font::regular, small_text);
    draw_wrapped({left, picture.Min.y + px(22)}, rect.Max.x - left - px(8), info.look_for, theme().muted);
  } else {
    const FontScope face(Font::regular, small_text);
    const float width = ImGui::CalcTextSize(title.c_str()).x;
    draw->AddText({std::round(picture.GetCenter().x - width / 2), picture.Max.y + px(3)},
                  current ? theme().accent : theme().muted, title.c_str());
  }
  registered({.role = Role::button, .name = title, .selected = current, .description = std::string(info.look_for)});
  return pressed;
}

}  // namespace

std::vector<std::uint8_t> small_picture(FloatView image, std::pair<float, float> window) {
  constexpr int size = Gpu::picture_size;
  const auto [low, high] = window;
  const int side = std::min(image.rows(), image.cols());
  const int top = (image.rows() - side) / 2;
  const int left = (image.cols() - side) / 2;
  const auto bound = [&](int i) { return i * side / size; };
  std::vector<std::uint8_t> greys;
  for (int row = 0; row < size; ++row) {
    for (int col = 0; col < size; ++col) {
      float sum = 0;
      int count = 0;
      for (int r = bound(row); r < std::max(bound(row + 1), bound(row) + 1); ++r) {
        for (int c = bound(col); c < std::max(bound(col + 1), bound(col) + 1); ++c) {
          sum += image[top + r, left + c];
          ++count;
        }
      }
      const float share = std::clamp((sum / static_cast<float>(count) - low) / (high - low), 0.0F, 1.0F);
      greys.push_back(static_cast<std::uint8_t>(std::lround(share * 255)));
    }
  }
  return greys;
}

void open_picker(App& app) {
  app.dialogs.picker_open = true;
  if (app.image.sample) app.dialogs.picker_group = samples()[*app.image.sample].group;
  platform::request_frame();
}

void picker_overlay(App& app) {
  if (!app.dialogs.picker_open && !ImGui::IsPopupOpen(name)) return;
  const bool made = app.dialogs.picker_open && make_next_picture(app);
  const Overlay overlay = begin_overlay(name, px(860), 0.5F);
  if (overlay == Overlay::hidden) return;
  std::optional<std::size_t> chosen;
  {
    const GroupScope dialog = dialog_group(name);
    const bool appearing = ImGui::IsWindowAppearing();
    heading(name, 2);
    gap(4);
    constexpr std::array<std::string_view, 3> groups = {"One experiment: 25 fields", "Cases to learn from",
                                                        "Small images"};
    int group = static_cast<int>(app.dialogs.picker_group);
    if (segmented("Group", groups, group)) app.dialogs.picker_group = static_cast<SampleGroup>(group);
    gap(8);
    const bool with_words = app.dialogs.picker_group != SampleGroup::population;
    const float width = available_width();
    const int columns = with_words ? (width > px(560) ? 2 : 1) : std::max(2, static_cast<int>(width / px(100)));
    const ImVec2 size(std::floor(width / static_cast<float>(columns)) - px(8),
                      with_words ? px(92) : std::floor(width / static_cast<float>(columns)) - px(8) + px(18));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    std::size_t place_in_grid = 0;
    for (std::size_t i = 0; i < samples().size(); ++i) {
      if (samples()[i].group != app.dialogs.picker_group) continue;
      const ImVec2 cell = grid_place(place_in_grid, static_cast<std::size_t>(columns));
      ImGui::SetCursorScreenPos(at + cell * (size + ImVec2(px(8), px(4))));
      if (card(app, i, size, with_words)) chosen = i;
      ++place_in_grid;
    }
    gap(8);
    note("Made by Floodlight on this machine, with the true nuclei known. Your own TIFF: Open, or drop it anywhere.");
    const FontScope face(Font::regular, body_text);
    if (button("Close", {.help = "Keeps the image at hand.", .shortcut = "Escape"})) app.dialogs.picker_open = false;
    if (appearing) mirror().focus(item_id());
  }
  if (chosen || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape)) app.dialogs.picker_open = false;
  if (!app.dialogs.picker_open) mirror().focus(0);
  end_overlay(!app.dialogs.picker_open);
  if (chosen) app.open_sample(*chosen);
  if (made || chosen) platform::request_frame(2);
}

}  // namespace floodlight::ui

#include "web/app/teach/lab.h"

#include <array>
#include <string_view>

#include "imgui.h"

#include "web/app/platform/platform.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr const char* name = "The lab";

struct Task {
  std::string_view chapter;  ///< of the first task of one; else empty
  std::string_view task;
  std::string_view names;  ///< the notebook's variables
  StepId step;
  Comparison comparison = Comparison::after;
};

constexpr std::array tasks = {
    Task{"1 Load", "Load the image, print shape and type, view it", "image_path, raw_image", StepId::pixels},
    Task{"2 Filter", "Filter it; look at both", "filtered_image", StepId::filter, Comparison::side_by_side},
    Task{"3 Threshold", "Otsu; the mask, its smallest and largest value", "threshold, binary_mask", StepId::threshold},
    Task{"", "Mask and image side by side", "double_image_plotter", StepId::threshold, Comparison::side_by_side},
    Task{"4 Label", "Label the mask; lay it over the image", "labeled_image, seg_summary", StepId::label},
    Task{"5 Refine", "Remove small objects; side by side", "binary_mask_sized", StepId::refine,
         Comparison::side_by_side},
    Task{"", "Fill holes; side by side", "binary_mask_filled", StepId::refine, Comparison::side_by_side},
    Task{"", "Distance transform", "distance_transform", StepId::distance},
    Task{"", "Peaks: coordinates, transposed, as a tuple, set", "local_maxima_coords, local_maxima_image",
         StepId::seeds},
    Task{"", "Label the peaks", "seeds", StepId::seeds},
    Task{"", "Watershed; lay it over the image", "labeled_ws_image, seg_summary_refined", StepId::watershed},
    Task{"6 Many images", "The same steps on each, saved by its stem", "input_dir, output_filepath", StepId::image_set},
};

}  // namespace

void open_lab(App& app) {
  app.dialogs.lab_open = true;
  platform::request_frame();
}

void lab_overlay(App& app) {
  if (!app.dialogs.lab_open && !ImGui::IsPopupOpen(name)) return;
  const Overlay overlay = begin_overlay(name, px(720), 0.5F);
  if (overlay == Overlay::hidden) return;
  const Task* taken = nullptr;
  {
    const GroupScope dialog = dialog_group(name);
    const bool appearing = ImGui::IsWindowAppearing();
    heading("The lab's exercises, in the notebook's order", 2);
    gap(4);
    for (const Task& t : tasks) {
      if (!t.chapter.empty()) heading(t.chapter, 3);
      if (list_row(t.task, t.names, false)) taken = &t;
    }
    gap(8);
    const FontScope face(Font::regular, body_text);
    if (button("Close##lab", {.help = "Back to the image.", .shortcut = "Escape", .name = "Close the list"}))
      app.dialogs.lab_open = false;
    if (appearing) mirror().focus(item_id());
  }
  if (taken != nullptr || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape))
    app.dialogs.lab_open = false;
  if (!app.dialogs.lab_open) mirror().focus(0);
  end_overlay(!app.dialogs.lab_open);
  if (taken == nullptr) return;
  app.open_step(taken->step);
  app.comparison = taken->comparison;
}

}  // namespace floodlight::ui

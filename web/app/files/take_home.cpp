#include "web/app/files/take_home.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui_internal.h"

#include "core/base/json.h"
#include "core/export/measurements_csv.h"
#include "core/export/outline_formats.h"
#include "core/export/python_export.h"
#include "core/files/output_name.h"
#include "web/app/files/app_files.h"
#include "web/app/files/share.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr const char* name = "Take it home";

void save_text(const std::string& file, const std::string& text, const std::string& mime) {
  platform::save_file(file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, mime);
}

std::string named(const App& app, std::string_view ending) { return app.image.stem + std::string(ending); }

/// What the image's file is called in a program; a sample as `floodlight samples` saves it.
std::string file_name(const App& app) { return app.image.sample ? named(app, ".tif") : app.image.name; }

/// A sample's own name, so that the programs find it.
std::string raw_name(const App& app) { return named(app, app.image.sample ? ".tif" : "_raw.tif"); }

// --- what each line does ----------------------------------------------------------------------------------------------------

void save_table(App& app, CsvStyle style) {
  const auto& rows = app.values().measurements;
  save_text(
      named(app, "_measurements.csv"),
      measurements_csv_header(style) + measurements_csv_rows(file_name(app), rows, pixel_size(app.recipe()), style),
      "text/csv");
}
void save_measurements(App& app) { save_table(app, CsvStyle::decimal_points); }
void save_with_commas(App& app) { save_table(app, CsvStyle::decimal_commas); }

void save_as_uint16(App& app) {
  const bool before = std::exchange(app.labels_as_uint16, true);
  save_labels(app);
  app.labels_as_uint16 = before;
}

void save_outlines(App& app, const OutlineFormat& format) {
  auto encoded = format.encode(app.values().labels);
  if (!encoded) {
    app.message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  platform::save_file(named(app, format.ending), {data, encoded->size()}, std::string(format.mime));
}

std::string script(const App& app) { return python_script(app.recipe(), file_name(app)); }
std::string loop(const App& app) { return python_loop(app.recipe(), default_output_pattern); }
std::string macro(const App& app) { return imagej_macro(app.recipe()); }
std::string recipe_text(const App& app) { return write_json(recipe_to_json(app.recipe()), 2) + "\n"; }
std::string state_text(const App& app) { return write_json(shared_state_to_json(shared_state(app)), 2) + "\n"; }

/// A button of a line, and what it says when it was pressed.
struct Offer {
  std::string_view label;
  void (*act)(App& app) = nullptr;
  std::string_view said = {};
};

template <auto text>
void copy(App& app) {
  platform::copy_text(text(app));
}

/// One line: a title, what it is, and one or two buttons.
struct Line {
  std::string_view title;
  std::string (*what)(const App& app);
  std::array<Offer, 2> offers;
  std::optional<Stage> needs = Stage::raw;  ///< what must be there before it can be saved; none: the step's own
  bool of_recipe = false;                   ///< it tells how the mask is made
};

struct Section {
  std::string_view title;
  std::span<const Line> lines;
};

constexpr std::string_view saved = "saved among the browser's downloads.";
constexpr std::string_view copied = "copied; paste it where you want it.";

/// A stage's value as save_stage writes it.
std::string_view values_of(const App& app, Stage stage) {
  switch (stage) {
    case Stage::raw:
      return "The raw image as the programs read it: a TIFF, float32.";
    case Stage::filtered:
      return app.classifies()    ? "The image smoothed at the smallest scale as a TIFF, float32."
             : app.has_network() ? "What the network sees of the image as a TIFF, float32."
                                 : "The filtered image as a TIFF, float32.";
    case Stage::mask:
      return "The mask as a TIFF, 0 and 255.";
    case Stage::components:
      return "The components as a TIFF, uint32.";
    case Stage::refined:
      return "The refined mask as a TIFF, 0 and 255.";
    case Stage::distance:
      return "The distance transform as a TIFF, float32.";
    case Stage::seeds:
      return "The seeds as a TIFF, uint32.";
    case Stage::labels:
    case Stage::measurements:
      break;
  }
  return "The labels once more; other steps have values of their own.";
}

constexpr std::array results = {
    Line{"Labels",
         [](const App&) { return std::string("Numbered, uint32. OpenCV and Octave need uint16."); },
         {Offer{"Save", save_labels, saved}, Offer{"As uint16", save_as_uint16, saved}},
         Stage::labels},
    Line{"Measurements",
         [](const App&) { return std::string("A table; with commas for spreadsheets that write 0,5."); },
         {Offer{"Save", save_measurements, saved}, Offer{"With commas", save_with_commas, saved}},
         Stage::measurements},
    Line{"Outlines",
         [](const App&) { return std::string("On the edges of pixels: an ROI set for ImageJ, GeoJSON for QuPath."); },
         {Offer{"For ImageJ", [](App& a) { save_outlines(a, **find_outline_format("imagej", "format")); }, saved},
          Offer{"For QuPath", [](App& a) { save_outlines(a, **find_outline_format("qupath", "format")); }, saved}},
         Stage::labels},
    Line{"Picture",
         [](const App& a) {
           return std::string("A PNG for slides, with legend") +
                  (a.image.pixel_size_um ? " and scale bar." : "; no scale bar, for the pixel size is not known.");
         },
         {Offer{"This view", [](App& a) { a.wanted_picture.wanted = PictureOf::view; }, saved},
          Offer{"Whole image", [](App& a) { a.wanted_picture.wanted = PictureOf::whole_image; }, saved}}},
    Line{"Values of this step",
         [](const App& a) { return std::string(values_of(a, step(a.step).stage)); },
         {Offer{"Save", [](App& a) { save_stage(a, step(a.step).stage); }, saved}},
         std::nullopt},
};

constexpr std::array programs = {
    Line{"Python script",
         [](const App&) { return std::string("The same labels from scikit-image 0.25.2 or newer."); },
         {Offer{"Save", [](App& a) { save_text(named(a, ".py"), script(a), "text/x-python"); }, saved},
          Offer{"Copy", copy<script>, copied}},
         Stage::raw,
         true},
    Line{"Python loop",
         [](const App&) { return std::string("The same for every TIFF of a folder."); },
         {Offer{"Save", [](App& a) { save_text("segment_folder.py", loop(a), "text/x-python"); }, saved},
          Offer{"Copy", copy<loop>, copied}},
         Stage::raw,
         true},
    Line{"Jupyter notebook",
         [](const App&) { return std::string("The script step by step, with a few words before each."); },
         {Offer{"Save",
                [](App& a) {
                  save_text(named(a, ".ipynb"), notebook(a.recipe(), file_name(a)), "application/x-ipynb+json");
                },
                saved}},
         Stage::raw,
         true},
    Line{"ImageJ macro",
         [](const App&) { return std::string("The same steps in Fiji; its labels are not exactly these."); },
         {Offer{"Save", [](App& a) { save_text(named(a, ".ijm"), macro(a), "text/plain"); }, saved},
          Offer{"Copy", copy<macro>, copied}},
         Stage::raw,
         true},
};

constexpr std::array shares = {
    Line{"Link",
         [](const App& a) {
           return a.image.sample ? std::string("Opens this page with image, step, recipe and view as they are.")
                                 : "Opens step, recipe and view; whoever opens it needs a copy of the file.";
         },
         {Offer{"Copy", copy<link_to>, copied}}},
    Line{"Link as a file",
         [](const App& a) { return named(a, "_state.json") + ": drop it on the page to be back here."; },
         {Offer{"Save", [](App& a) { save_text(named(a, "_state.json"), state_text(a), "application/json"); }, saved}}},
    Line{
        "Recipe",
        [](const App& a) {
          return named(a, "_recipe.json") + ": drop it on any image; the command line takes it too.";
        },
        {Offer{"Save", [](App& a) { save_text(named(a, "_recipe.json"), recipe_text(a), "application/json"); }, saved}},
        Stage::raw,
        true},
    Line{"Image",
         [](const App& a) { return raw_name(a) + ": what the programs above read, its values as they are here."; },
         {Offer{"Save", [](App& a) { save_stage(a, Stage::raw); }, saved}}},
};

constexpr std::array<Section, 3> sections = {
    {{"The result", results}, {"To make it again", programs}, {"To pass it on", shares}}};

// --- how it is drawn ----------------------------------------------------------------------------------------------------------

float gutter() { return px(40); }

/// Why a line has nothing to save now; empty: it has.
std::string_view missing(const App& app, const Line& line) {
  const Stage stage = line.needs.value_or(step(app.step).stage);
  if (app.keeps_back(stage)) return "An exercise asks for this: answer it first.";
  const MaskLearnt* learnt = app.recipe().mask_from->learnt;
  if (line.of_recipe && learnt != nullptr && !learnt->there(app.recipe()))
    return "Nothing is trained yet: paint in step 3.";
  if (!app.pipeline.current(stage)) return "Not computed yet.";
  return {};
}

/// True when something was done, which the app's note then says. `focus`: the first button that can be pressed gets it.
bool draw_line(App& app, const Line& line, ImVec2 at, float width, bool& focus) {
  const FontScope face(Font::regular, body_text);
  const std::string_view lack = missing(app, line);
  const std::string what = lack.empty() ? line.what(app) : std::string(lack);
  const auto offers = std::span(line.offers).first(line.offers[1].act != nullptr ? 2 : 1);
  const ImVec2 button_size(px(104), px(6));  // and the gap after it
  const float taken = static_cast<float>(offers.size()) * (button_size.x + button_size.y);
  const float room = width - taken - px(6);
  auto* draw = ImGui::GetWindowDrawList();
  float height = px(19);
  {
    const FontScope strong(Font::semibold, body_text);
    const ImVec2 title(at.x, at.y + px(app.presenting ? 9 : 0));
    draw->AddText(title, lack.empty() ? theme().text : theme().muted, line.title.data(),
                  line.title.data() + line.title.size());
  }
  if (!app.presenting) {  // on stage fewer words, not the same ones larger
    const FontScope small(Font::regular, small_text);
    height += draw_wrapped(at + ImVec2(0, height), room, what, theme().muted);
  }
  add_text(Role::text, line.title, std::string(line.title) + ": " + what, at, at + ImVec2(room, height));
  bool done = false;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const Offer& offer = offers[i];
    const float left = at.x + width - taken + button_size.y + static_cast<float>(i) * (button_size.x + button_size.y);
    ImGui::SetCursorScreenPos({left, at.y + px(4)});
    const std::string id = std::string(offer.label) + "##" + std::string(line.title);
    const std::string full = std::string(line.title) + ": " + std::string(offer.label);
    const bool pressed = button(id, {.disabled = !lack.empty(), .width = button_size.x, .name = full});
    if (focus && lack.empty()) {
      mirror().focus(item_id());
      focus = false;
    }
    if (!pressed) continue;
    offer.act(app);
    app.dialogs.taken_home = std::string(line.title) + ": " + std::string(offer.said);
    done = true;
  }
  return done;
}

/// Lines of this size in so many columns, below the section's title; moves `y` to where the next section begins.
bool draw_section(App& app, const Section& section, ImVec2 at, ImVec2 line, std::size_t columns, float& y,
                  bool& focus) {
  ImGui::SetCursorScreenPos(at);
  heading(section.title, 3);
  bool done = false;
  const ImVec2 first = at + ImVec2(0, px(28));
  for (std::size_t i = 0; i < section.lines.size(); ++i) {
    const ImVec2 corner = first + grid_place(i, columns) * ImVec2(line.x + gutter(), line.y);
    done = draw_line(app, section.lines[i], corner, line.x, focus) || done;
    y = std::max(y, corner.y + line.y + px(12));
  }
  return done;
}

}  // namespace

void open_take_home(App& app) {
  app.dialogs.take_home_open = true;
  app.dialogs.taken_home.clear();
  platform::request_frame();
}

void take_home_overlay(App& app) {
  if (!app.dialogs.take_home_open && !ImGui::IsPopupOpen(name)) return;
  const Overlay overlay = begin_overlay(name, px(1000), 0.5F);
  if (overlay == Overlay::hidden) return;
  {
    const GroupScope dialog = dialog_group(name);
    bool focus = ImGui::IsWindowAppearing();
    heading(name, 2);
    gap(8);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = available_width();
    const bool wide = width >= px(640);
    const ImVec2 line(wide ? std::floor((width - gutter()) / 2) : width, px(app.presenting ? 40 : 60));
    float y = at.y;
    bool done = draw_section(app, sections[0], at, line, 1, y, focus);
    const ImVec2 beside = wide ? at + ImVec2(line.x + gutter(), 0) : ImVec2(at.x, y);
    done = draw_section(app, sections[1], beside, line, 1, y, focus) || done;
    done = draw_section(app, sections[2], {at.x, y}, line, wide ? 2 : 1, y, focus) || done;
    ImGui::SetCursorScreenPos({at.x, y});
    const FontScope face(Font::regular, body_text);
    if (button("Close##take_home", {.help = "Back to the image.", .shortcut = "Escape", .name = "Close the list"}))
      app.dialogs.take_home_open = false;
    if (!app.dialogs.taken_home.empty()) {
      ImGui::SameLine(0, px(16));
      const ImVec2 said = ImGui::GetCursorScreenPos() + ImVec2(0, px(7));
      ImGui::GetWindowDrawList()->AddText(said, theme().accent, app.dialogs.taken_home.c_str());
      add_text(Role::status, "taken home", app.dialogs.taken_home, said,
               said + ImGui::CalcTextSize(app.dialogs.taken_home.c_str()));
    }
    if (done) platform::request_frame();
    // What went wrong is said on the page.
    if (done && !app.message.empty()) app.dialogs.take_home_open = false;
  }
  if (overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape)) app.dialogs.take_home_open = false;
  if (!app.dialogs.take_home_open) mirror().focus(0);
  end_overlay(!app.dialogs.take_home_open);
}

}  // namespace floodlight::ui

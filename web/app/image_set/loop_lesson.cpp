// The lab's loop over a folder: its Python, its traps as switches, and what then happens to the files.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "imgui.h"

#include "core/export/python_export.h"
#include "core/samples/samples.h"
#include "web/app/image_set/image_set_lessons.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::array<const char*, 4> patterns = {"{stem}_labeled.tif", "{stem}_.tif", "{stem}.tif", "labeled.tif"};

/// The set as a folder; without one, the experiment that comes with Floodlight.
std::vector<FolderFile> folder_of(const App& app) {
  constexpr int usual = 100;
  std::vector<FolderFile> files;
  for (const Field& f : app.image_set.set.fields)
    files.push_back({.name = f.sample ? f.stem + ".tif" : f.name, .nuclei = f.result ? f.result->nuclei : usual});
  if (files.empty()) {
    for (const SampleInfo& sample : samples()) {
      if (sample.group == SampleGroup::population)
        files.push_back({.name = std::string(sample.id) + ".tif", .nuclei = usual});
    }
  }
  if (app.image_set.lessons.loop.as_uint8) files.back().nuclei = static_cast<int>(app.image_set.lessons.densest);
  if (app.image_set.lessons.other_files) {
    files.push_back({.name = "notes.txt", .kind = FileKind::text});
    files.push_back({.name = "overview.TIF", .nuclei = usual});
    files.push_back({.name = "scan.tiff", .nuclei = usual});
  }
  return files;
}

void switches(ImageSetLessons& l) {
  constexpr std::array<std::string_view, 3> listings = {"glob(\"*.tif\")", "glob(\"**/*.tif\")", "iterdir()"};
  int listing = static_cast<int>(l.loop.listing);
  segmented("The folder is listed by", listings, listing);
  l.loop.listing = static_cast<Listing>(listing);
  std::vector<std::string> names(patterns.begin(), patterns.end());
  names.back() += " (one name for all)";
  const auto found = std::ranges::find(patterns, l.loop.pattern, [](const char* p) { return std::string_view(p); });
  auto pattern = static_cast<int>(found - patterns.begin());
  if (combo("Results are named", names, pattern, "{stem} is the input's name without its ending."))
    l.loop.pattern = patterns[static_cast<std::size_t>(pattern)];
  constexpr std::array<std::string_view, 3> places = {"Another folder", "One inside", "The same"};
  int place = static_cast<int>(l.loop.output);
  note("Results go to");
  segmented("Results go to", places, place);
  l.loop.output = static_cast<OutputPlace>(place);
  toggle("Labels as uint8", l.loop.as_uint8, "8 bits for each pixel rather than 32: names from 0 to 255.");
  if (l.loop.as_uint8) {
    slider("Nuclei in the last image", l.densest,
           {.minimum = 100,
            .maximum = 600,
            .step = 1,
            .unit = {},
            .help = "How many labels it has before it is saved.",
            .even = true,
            .whole = true});
  }
  toggle("Other files in the folder", l.other_files, "notes.txt, overview.TIF and scan.tiff lie there as well.");
  if (l.other_files) {
    toggle("Upper and lower case differ", l.loop.case_counts,
           "As on Linux and macOS; on Windows *.tif finds .TIF as well.");
  }
  constexpr std::array<std::string_view, 2> times = {"Run once", "Run twice"};
  int run = l.runs - 1;
  segmented("How often", times, run);
  l.runs = run + 1;
}

/// What a line of the list says about one turn, and whether something is wrong with it.
std::pair<std::string, bool> line_of(const LoopTurn& turn) {
  std::string text = turn.read;
  if (turn.written.empty()) return {text + ": error", true};
  if (turn.kind == FileKind::labels) text += " (labels!)";
  text += " -> " + turn.written;
  if (turn.overwritten == Overwritten::same_run) text += "  overwrites";
  if (turn.overwritten == Overwritten::earlier_run) text += "  again";
  if (turn.overwritten == Overwritten::original) text += "  overwrites the image";
  if (turn.names_kept < turn.nuclei)
    text += "  " + std::to_string(turn.names_kept) + " names for " + std::to_string(turn.nuclei);
  const bool wrong = turn.kind == FileKind::labels || turn.names_kept < turn.nuclei ||
                     turn.overwritten == Overwritten::same_run || turn.overwritten == Overwritten::original;
  return {text, wrong};
}

/// The turns that are listed: the first ones and the last; what lies between is like them.
void draw_turns(const LoopRun& run) {
  constexpr std::size_t first = 3;
  constexpr std::size_t last = 2;
  const FontScope face(Font::mono, small_text);
  auto* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < run.turns.size(); ++i) {
    std::string text;
    bool wrong = false;
    if (i >= first && i + last < run.turns.size()) {
      text = "... " + std::to_string(run.turns.size() - first - last) + " more";
      i = run.turns.size() - last - 1;
    } else {
      std::tie(text, wrong) = line_of(run.turns[i]);
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float inset = px(12);
    const float width = available_width() - inset;
    const float height = draw_wrapped({at.x + inset, at.y}, width, text, wrong ? theme().error : theme().muted);
    if (wrong) draw->AddRectFilled({at.x, at.y}, {at.x + px(4), at.y + height}, theme().error, px(2));
    ImGui::Dummy({inset + width, height - px(4)});
    add_text(Role::text, text, text, at, {at.x + inset + width, at.y + height});
  }
}

void draw_run(const LoopRun& run, std::string_view title) {
  const GroupScope group(title);
  ImGui::PushID(title.data(), title.data() + title.size());
  heading(title, 3);
  paragraph(run.sentence);
  draw_turns(run);
  if (!run.error.empty()) note(run.error);
  ImGui::PopID();
}

}  // namespace

void loop_lesson(App& app) {
  ImageSetLessons& l = app.image_set.lessons;
  paragraph("The lab's last exercise, line by line. Each switch is a mistake that someone has made: see what it does.");
  switches(l);
  const std::string lines = folder_loop_lines(l.loop);
  if (code("The loop", lines)) platform::copy_text(lines);
  const auto runs = run_folder_loop(folder_of(app), l.loop, l.runs);
  draw_run(runs.front(), runs.size() == 1 ? "What happens" : "The first run");
  if (runs.size() > 1) draw_run(runs.back(), "The second run");
  gap(4);
  if (!fold("The whole program", l.program_open)) return;
  const std::string program = python_loop(app.recipe(), app.image_set.view.pattern);
  if (code("In Python", program)) platform::copy_text(program);
}

}  // namespace floodlight::ui

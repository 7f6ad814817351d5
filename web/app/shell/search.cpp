#include "web/app/shell/search.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "core/base/words.h"
#include "core/exercises/exercise.h"
#include "core/samples/samples.h"
#include "core/segment/filters.h"
#include "core/segment/repairs.h"
#include "core/segment/thresholds.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/lesson.h"

namespace floodlight::ui {
namespace {

/// Names of the lab or the lecture, and the step at which they are at work. Those of filters, thresholds and repairs are
/// their rows'; here stand the older names of these.
struct Functions {
  std::string_view names;
  StepId step;
};
constexpr std::array functions = std::to_array<Functions>({
    {"imread, astype(\"float32\")", StepId::pixels},
    {"try_all_threshold", StepId::threshold},
    {"rank filters, filters.rank.mean", StepId::filter},
    {"label, label2rgb", StepId::label},
    {"binary_closing, binary_opening, binary_erosion, binary_dilation, disk", StepId::refine},
    {"distance_transform_edt", StepId::distance},
    {"peak_local_max, min_distance, footprint", StepId::seeds},
    {"watershed", StepId::watershed},
    {"regionprops, regionprops_table", StepId::measure},
    {"glob, iterdir, stem, imwrite", StepId::image_set},
});

bool has(std::string_view text, std::string_view query) { return lower_case(text).contains(lower_case(query)); }

std::string step_detail(StepId id) { return "step " + std::to_string(step(id).place + 1); }

void go_to_step(App& app, std::size_t which) { app.open_step(static_cast<StepId>(which)); }

/// The part of a text around what was found, in whole words.
std::string excerpt(std::string_view text, std::string_view query) {
  constexpr std::size_t most = 44;
  std::size_t from = lower_case(text).find(lower_case(query));
  while (from > 0 && text[from - 1] != ' ') --from;
  std::string_view part = text.substr(from, most);
  if (from + most < text.size()) part = part.substr(0, part.find_last_of(' '));
  return (from > 0 ? "... " : "") + std::string(part) + (from + part.size() < text.size() ? " ..." : "");
}

/// A filter, a threshold or a repair, by its label and the function that it is in Python.
template <typename Row>
void find_rows(std::span<const Row* const> rows, StepId step, std::string_view query, std::vector<FoundPlace>& found) {
  for (const Row* row : rows) {
    const std::string_view function = row->python.substr(0, row->python.find('('));
    std::string name(row->label);
    if (function.contains('.')) name += ": " + std::string(function);
    if (has(name, query))
      found.push_back({std::move(name), step_detail(step), go_to_step, static_cast<std::size_t>(step)});
  }
}

}  // namespace

std::vector<FoundPlace> find_places(std::string_view query) {
  std::vector<FoundPlace> found;
  if (query.size() < 2) return found;
  for (const Functions& f : functions) {
    if (has(f.names, query))
      found.push_back({std::string(f.names), step_detail(f.step), go_to_step, static_cast<std::size_t>(f.step)});
  }
  find_rows(all_thresholds(), StepId::threshold, query, found);
  find_rows(all_filters(), StepId::filter, query, found);
  find_rows(all_repairs(), StepId::refine, query, found);
  for (const Step& s : steps) {
    const std::string_view text = panel_of(s.id).text;
    if (has(text, query))
      found.push_back({std::string(s.name) + ": " + excerpt(text, query), step_detail(s.id), go_to_step,
                       static_cast<std::size_t>(s.id)});
  }
  for (const Step& s : steps) {
    const auto ids = exercises_of_step(s.id);
    if (s.id == StepId::measure && s.stage != Stage::measurements) continue;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      std::string about(ids[i].substr(ids[i].find('.') + 1));
      std::ranges::replace(about, '_', ' ');
      if (!has(about, query) && !has("exercise " + std::string(s.name), query)) continue;
      const std::size_t which = static_cast<std::size_t>(s.id) * 100 + i;
      found.push_back({"Exercise " + std::to_string(i + 1) + " of " + std::string(s.name) + ": " + about,
                       step_detail(s.id),
                       [](App& app, std::size_t place) {
                         app.open_step(static_cast<StepId>(place / 100));
                         open_exercise(app, place % 100);
                       },
                       which});
    }
  }
  for (std::size_t i = 0; i < samples().size(); ++i) {
    const SampleInfo& info = samples()[i];
    if (has(info.title, query) || has(info.look_for, query))
      found.push_back(
          {std::string(info.title), "image", [](App& app, std::size_t which) { app.open_sample(which); }, i});
  }
  for (const auto& [step, text] : pitfall_texts()) {
    if (!has(text, query)) continue;
    found.push_back({excerpt(text, query), "watch out, " + step_detail(step),
                     [](App& app, std::size_t which) {
                       app.panel.watch_out_open = true;
                       go_to_step(app, which);
                     },
                     static_cast<std::size_t>(step)});
  }
  return found;
}

}  // namespace floodlight::ui

#include "web/app/image_set/image_set_page.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/bind.h>
#include <emscripten/em_js.h>
#include <emscripten/val.h>

#include "web/app/image_set/image_set.h"
#include "web/app/state/app.h"

// clang-format off
EM_JS(void, host_image_set, (const char* command, const char* request), {
  Module["host"].askImageSet(UTF8ToString(command), JSON.parse(UTF8ToString(request)));
});
EM_JS(bool, host_has_folders, (), { return Module["host"].hasFolders(); });
// clang-format on

namespace floodlight::ui {

void ask_page(std::string_view command, const Json& request) {
  host_image_set(std::string(command).c_str(), write_json(request).c_str());
}

bool page_has_folders() { return host_has_folders(); }

namespace {

using emscripten::val;

std::optional<double> number_or_none(const val& value) {
  return value.isNumber() ? std::optional(value.as<double>()) : std::nullopt;
}

// The page calls these when everything is loaded, and never in the middle of a frame.
std::uint32_t add_field(const std::string& name) { return field_added(app(), name); }
void leave_out(int count) { files_left_out(app(), static_cast<std::size_t>(count)); }
void start_field(std::uint32_t id) { field_started(app(), id); }
void progress_of_field(std::uint32_t id, float progress) { field_progressed(app(), id, progress); }
void fail_field(std::uint32_t id, const std::string& problem) { field_failed(app(), id, problem); }

void finish_field(std::uint32_t id, const val& made) {
  FieldResult result;
  result.lowest_threshold = made["thresholdRange"][0].as<double>();
  result.highest_threshold = made["thresholdRange"][1].as<double>();
  result.nuclei = made["nuclei"].as<int>();
  result.areas = emscripten::convertJSArrayToNumberVector<float>(made["areas"]);
  result.intensities = emscripten::convertJSArrayToNumberVector<float>(made["intensities"]);
  result.f1 = number_or_none(made["f1"]);
  result.mean_ap = number_or_none(made["meanAp"]);
  result.milliseconds = made["milliseconds"].as<double>();
  const FieldShape shape{made["rows"].as<int>(), made["cols"].as<int>(), number_or_none(made["pixelSizeUm"]),
                         number_or_none(made["pixelHeightUm"])};
  field_done(app(), id, shape, std::move(result),
             emscripten::convertJSArrayToNumberVector<std::uint8_t>(made["picture"]));
}

bool collects_files() { return app().step == StepId::image_set; }
void tell_saved(const std::string& sentence) { results_saved(app(), sentence); }
void end_run() { run_ended(app()); }
void open_again(std::uint32_t id, const val& bytes) {
  field_opened(app(), id, emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes));
}

}  // namespace
}  // namespace floodlight::ui

EMSCRIPTEN_BINDINGS(floodlight_image_set) {
  using namespace floodlight::ui;  // NOLINT(google-build-using-namespace): names of what is bound
  emscripten::function("addField", &add_field);
  emscripten::function("leaveOut", &leave_out);
  emscripten::function("startField", &start_field);
  emscripten::function("progressOfField", &progress_of_field);
  emscripten::function("failField", &fail_field);
  emscripten::function("finishField", &finish_field);
  emscripten::function("endRun", &end_run);
  emscripten::function("openField", &open_again);
  emscripten::function("collectsFiles", &collects_files);
  emscripten::function("resultsSaved", &tell_saved);
}

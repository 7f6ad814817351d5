#include "web/app/state/training_page.h"

#include <string>

#include <emscripten/bind.h>
#include <emscripten/em_js.h>

#include "web/app/state/app.h"
#include "web/app/state/training.h"

// clang-format off
EM_JS(void, host_training, (const char* command, const char* request), {
  Module["host"].askTraining(UTF8ToString(command), JSON.parse(UTF8ToString(request)));
});
// clang-format on

namespace floodlight::ui {

void ask_training(std::string_view command, const Json& request) {
  host_training(std::string(command).c_str(), write_json(request).c_str());
}

namespace {

// The page calls these when everything is loaded, and never in the middle of a frame.
void report(const std::string& text) { training_reported(app(), text); }
void lost(const std::string& why) { training_lost(app(), why); }

}  // namespace
}  // namespace floodlight::ui

EMSCRIPTEN_BINDINGS(floodlight_training) {
  using namespace floodlight::ui;  // NOLINT(google-build-using-namespace): names of what is bound
  emscripten::function("trainingReported", &report);
  emscripten::function("trainingLost", &lost);
}

// The page's program: starts Dear ImGui on the canvas, then draws a frame whenever one is owed.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/bind.h>
#include <emscripten/console.h>
#include <emscripten/eventloop.h>

#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"

#include "core/json.h"
#include "web/app/actions.h"
#include "web/app/app.h"
#include "web/app/mirror.h"
#include "web/app/platform.h"
#include "web/app/share.h"
#include "web/app/shell.h"
#include "web/app/steps.h"
#include "web/app/theme.h"

namespace {

namespace platform = floodlight::platform;
namespace ui = floodlight::ui;

constexpr const char* glsl_version = "#version 300 es";
/// How long is computed in one go; the last piece of it may take 3 ms longer.
constexpr std::chrono::microseconds slice{6'000};
/// Seconds from frame to frame above which drawing, not computing, holds them up.
constexpr float slow_frame = 0.03F;

std::vector<ui::Layer> wanted_layers(const ui::App& app) {
  // What is looked at comes first; the film strip shows the rest.
  std::vector<ui::Layer> wanted = {ui::Layer::raw};
  const auto pair = ui::layers_of(app, app.step);
  wanted.push_back(pair.after);
  wanted.push_back(pair.before);
  for (std::size_t i = 0; i < ui::layer_count; ++i) wanted.push_back(static_cast<ui::Layer>(i));
  return wanted;
}

/// What the last frame took that changed nothing but what is under the pointer: all our own work, without the GPU's.
double own_milliseconds = 0;

/// The longest of each since they were last asked for; for the benchmark.
struct WorkStatistics {
  double slice = 0;   ///< milliseconds of computing in a frame
  double upload = 0;  ///< of giving stages to the GPU
  double own = 0;     ///< of a whole frame, without the GPU's part
};
WorkStatistics statistics;
bool slice_owed = false;

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void owe_slice();

/// Between two frames; events find their time before the next slice.
void compute_between_frames() {
  slice_owed = false;
  const auto start = std::chrono::steady_clock::now();
  const bool more = ui::app().work(slice);
  statistics.slice = std::max(statistics.slice, since(start));
  if (more) owe_slice();
  platform::request_frame(2);
}

/// Where frames are slow, they leave most of the time unused.
void owe_slice() {
  if (ImGui::GetIO().DeltaTime < slow_frame || std::exchange(slice_owed, true)) return;
  emscripten_set_timeout([](void*) { platform::guarded(compute_between_frames); }, 0, nullptr);
}

void frame() {
  const auto start = std::chrono::steady_clock::now();
  ui::App& app = ui::app();
  const bool was_busy = app.pipeline.busy();
  const bool more = app.work(slice);
  if (more) owe_slice();
  if (more || was_busy) platform::request_frame(2);
  statistics.slice = std::max(statistics.slice, since(start));
  if (app.everything_loaded) ui::update_summits(app);
  app.display.reached = app.step == ui::StepId::filter && app.scan.open ? static_cast<int>(app.scan.position) + 1 : -1;
  app.display.growth_time = static_cast<int>(app.growth.position);
  app.display.flood_time = static_cast<int>(app.flood.position);
  const auto before_upload = std::chrono::steady_clock::now();
  if (app.gpu.upload(app.layers(), wanted_layers(app))) platform::request_frame(1);
  statistics.upload = std::max(statistics.upload, since(before_upload));
  app.gpu.refresh_thumbnails(app.display);

  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  ui::mirror().begin_frame();
  ui::run_shortcuts(app);
  ui::shell(app);
  ui::mirror().end_frame();
  ImGui::Render();
  own_milliseconds = since(start);
  statistics.own = std::max(statistics.own, own_milliseconds);
  const auto size = platform::framebuffer_size();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0.05F, 0.05F, 0.06F, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (app.everything_loaded) app.pictures.save(app);
}

/// Whether everything asked for has been computed; for tests and for whoever drives the page.
bool idle() { return !ui::app().pipeline.busy() && ui::app().pipeline.has_image(); }

std::string recipe_text() { return floodlight::write_json(floodlight::recipe_to_json(ui::app().recipe()), 2); }

/// How often a raw image was there to compute from; with the simulator each is walked to its labels before the next.
double pictures() { return ui::app().pipeline.version(floodlight::Stage::raw); }

double frame_milliseconds() { return own_milliseconds; }

/// As JSON: the longest slice, upload and frame since the last call, all bytes uploaded so far, and whether the flood is
/// told and on the GPU.
std::string work_statistics() {
  const ui::App& app = ui::app();
  const floodlight::Json answer(
      floodlight::Json::Object{{"slice", statistics.slice},
                               {"upload", statistics.upload},
                               {"own", statistics.own},
                               {"bytes", static_cast<double>(app.gpu.uploaded_bytes())},
                               {"flooded", app.gpu.up_to_date(app.layers(), ui::Layer::flood)}});
  statistics = {};
  return floodlight::write_json(answer);
}

int nuclei() { return ui::app().values().nuclei; }

void everything_loaded() { ui::app().loaded(); }

}  // namespace

EMSCRIPTEN_BINDINGS(floodlight_state) {
  emscripten::function("idle", &idle);
  emscripten::function("recipe", &recipe_text);
  emscripten::function("nuclei", &nuclei);
  emscripten::function("frameMilliseconds", &frame_milliseconds);
  emscripten::function("pictures", &pictures);
  emscripten::function("workStatistics", &work_statistics);
  emscripten::function("everythingLoaded", &everything_loaded);
}

int main() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;
  // Dear ImGui frees what a window keeps from frame to frame once it has not been drawn for so many seconds. After its own
  // minute that would happen to people and in no test; after none it happens to everybody, in every test.
  io.ConfigMemoryCompactTimer = 0;
  // What Dear ImGui can mend in passing, as a font that was not taken back, is a mistake of ours: it is told to the console,
  // where every test looks.
  ImGui::GetCurrentContext()->ErrorCallback = [](ImGuiContext*, void*, const char* mistake) {
    emscripten_console_error(mistake);
  };
  if (!platform::start()) {
    platform::give_up(
        "This browser gives no WebGL 2, which Floodlight draws with. Another browser, or one with "
        "hardware acceleration switched on, will do.");
    return 0;
  }
  const auto stored = platform::setting("light");
  ui::start_theme(stored ? *stored == "1" : false);
  platform::set_page_theme(ui::theme().light);
  ImGui_ImplOpenGL3_Init(glsl_version);
  ui::App& app = ui::app();
  app.context_restored();
  platform::set_uses_key(ui::uses_key);
  platform::set_repeats_key(ui::repeats_key);
  platform::set_takes_pinch([&app](ImVec2 at) {
    return at.x >= app.view.area_min.x && at.x < app.view.area_max.x && at.y >= app.view.area_min.y &&
           at.y < app.view.area_max.y;
  });
  platform::on_file([&app](const std::string& name, std::vector<std::uint8_t> bytes, platform::FilePurpose purpose) {
    if (purpose == platform::FilePurpose::truth) {
      app.open_truth(name, bytes);
    } else {
      app.open_file(name, std::move(bytes));
    }
  });
  platform::on_file_problem([&app](std::string sentence) { app.message = std::move(sentence); });
  platform::on_context_change(
      [&app] {
        // Now, while nothing can be deleted any more: a new context would be asked for objects that it never had.
        ImGui_ImplOpenGL3_Shutdown();
        app.context_lost();
      },
      [&app] {
        ImGui_ImplOpenGL3_Init(glsl_version);
        app.context_restored();
      });
  if (platform::fragment().empty()) {
    app.open_sample(0);
  } else {
    app.image.name = "Opening the link ...";
    app.when_loaded([](ui::App& a) { ui::open_link(a, platform::fragment()); });
  }
  platform::run(frame);
  // Otherwise main's return is the end of the program, and no timer of it is heard any more.
  emscripten_runtime_keepalive_push();
  return 0;
}

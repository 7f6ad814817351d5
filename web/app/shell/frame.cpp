#include "web/app/shell/frame.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "imgui.h"
#include "imgui_impl_opengl3.h"

#include "web/app/files/app_files.h"
#include "web/app/files/share.h"
#include "web/app/gpu/processor.h"
#include "web/app/picture/picture.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/actions.h"
#include "web/app/shell/shell.h"
#include "web/app/state/app.h"
#include "web/app/state/at_pixel.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/mirror.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

constexpr const char* glsl_version = "#version 300 es";
/// How long is computed in one go; the last piece of it may take 3 ms longer.
constexpr std::chrono::microseconds slice{6'000};
/// Seconds from frame to frame above which drawing, not computing, holds them up.
constexpr float slow_frame = 0.03F;

std::vector<Layer> wanted_layers(const App& app) {
  // What is looked at comes first; the film strip shows the rest.
  std::vector<Layer> wanted = {Layer::raw};
  const auto pair = layers_of(app, app.step);
  wanted.push_back(pair.after);
  wanted.push_back(pair.before);
  for (std::size_t i = 0; i < layer_count; ++i) wanted.push_back(static_cast<Layer>(i));
  return wanted;
}

/// What is kept from frame to frame.
struct State {
  FrameTimes longest;
  double last_own = 0;
  bool slice_owed = false;
  bool begun = false;
};

State& state() {
  static State instance;
  return instance;
}

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void owe_slice();

/// Between two frames; events find their time before the next slice.
void compute_between_frames() {
  state().slice_owed = false;
  const auto start = std::chrono::steady_clock::now();
  const bool more = app().work(slice);
  state().longest.slice = std::max(state().longest.slice, since(start));
  if (more) owe_slice();
  platform::request_frame(2);
}

/// Where frames are slow, they leave most of the time unused.
void owe_slice() {
  if (ImGui::GetIO().DeltaTime < slow_frame || std::exchange(state().slice_owed, true)) return;
  platform::call_soon(compute_between_frames);
}

/// What draws Dear ImGui's lists.
void start_renderer() {
  if (!platform::draws_by_processor()) {
    ImGui_ImplOpenGL3_Init(glsl_version);
    return;
  }
  processor::forget();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendRendererName = "processor";
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset | ImGuiBackendFlags_RendererHasTextures;
}

/// A look that the driver refuses costs its layers, and no more.
void tell_refused(App& app) {
  if (!app.gpu.refused().empty()) app.message = "Some layers are shown as the raw image. " + app.gpu.refused();
}

void draw_on_screen() {
  if (platform::draws_by_processor()) {
    processor::draw_on_screen(*ImGui::GetDrawData());
    return;
  }
  const auto size = platform::framebuffer_size();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0.05F, 0.05F, 0.06F, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace

void start_app() {
  state() = {};
  mirror() = {};
  // Dear ImGui frees what a window keeps from frame to frame once it has not been drawn for so many seconds. After its own
  // minute that would happen to people and in no test; after none it happens to everybody, in every test.
  ImGui::GetIO().ConfigMemoryCompactTimer = 0;
  const auto stored = platform::setting("light");
  start_theme(stored ? *stored == "1" : false);
  platform::set_page_theme(theme().light);
  start_renderer();
  App& app = begin_app();
  app.context_restored();
  platform::set_uses_key(uses_key);
  platform::set_repeats_key(repeats_key);
  platform::set_takes_pinch([&app](ImVec2 at) {
    return at.x >= app.view.area_min.x && at.x < app.view.area_max.x && at.y >= app.view.area_min.y &&
           at.y < app.view.area_max.y;
  });
  platform::on_file([&app](const std::string& name, std::vector<std::uint8_t> bytes, platform::FilePurpose purpose) {
    if (purpose == platform::FilePurpose::truth) {
      open_truth(app, name, bytes);
    } else {
      open_file(app, name, std::move(bytes));
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
        start_renderer();
        app.context_restored();
        tell_refused(app);
      });
  platform::on_context_gone([&app] { app.when_loaded([](App&) { platform::draw_by_processor(); }); });
  if (platform::fragment().empty()) {
    app.open_sample(0);
    app.panel.beginning = true;
    tell_refused(app);
  } else {
    app.image.name = "Opening the link ...";
    app.when_loaded([](App& a) { open_link(a, platform::fragment()); });
  }
}

void frame() {
  const auto start = std::chrono::steady_clock::now();
  App& app = ui::app();
  const bool was_busy = app.computes();
  const bool more = app.work(slice);
  if (more) owe_slice();
  if (more || was_busy) platform::request_frame(2);
  state().longest.slice = std::max(state().longest.slice, since(start));
  if (app.everything_loaded) update_summits(app);
  app.display.reached =
      app.step == StepId::filter && app.filter.scan.open ? static_cast<int>(app.filter.scan.position) + 1 : -1;
  app.display.growth_time = static_cast<int>(app.label.growth.position);
  app.display.flood_time = static_cast<int>(app.watershed.flood.position);
  const auto before_upload = std::chrono::steady_clock::now();
  if (app.gpu.upload(app.layers(), wanted_layers(app))) platform::request_frame(1);
  state().longest.upload = std::max(state().longest.upload, since(before_upload));
  if (platform::frame_is_seen()) app.gpu.refresh_thumbnails(app.display);

  if (!platform::draws_by_processor()) ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  mirror().begin_frame();
  run_shortcuts(app);
  shell(app);
  mirror().end_frame();
  ImGui::Render();
  state().last_own = since(start);
  state().longest.own = std::max(state().longest.own, state().last_own);
  // A picture to be saved needs the glyphs that drawing brings to the GPU.
  const auto before_drawing = std::chrono::steady_clock::now();
  if (platform::frame_is_seen() || app.wanted_picture.list) draw_on_screen();
  state().longest.drawn = std::max(state().longest.drawn, since(before_drawing));
  if (app.everything_loaded) save_picture(app);
}

void begin() {
  start_app();
  state().begun = true;
  platform::run(frame);
}

bool has_begun() { return state().begun; }

FrameTimes take_longest_times() { return std::exchange(state().longest, {}); }

double last_frame_milliseconds() { return state().last_own; }

bool owes_work() { return state().slice_owed || app().computes(); }

}  // namespace floodlight::ui

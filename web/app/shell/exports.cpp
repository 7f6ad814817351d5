// What the page's JavaScript calls in the app: the answers of the mirror's DOM, files, sizes, and a view in for tests.
#include <array>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/bind.h>
#include <emscripten/em_macros.h>
#include <emscripten/val.h>

#include "core/base/json.h"
#include "core/pipeline/recipe.h"
#include "web/app/files/share.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/frame.h"
#include "web/app/shell/kept_state.h"
#include "web/app/state/app.h"
#include "web/app/widgets/mirror.h"

namespace {

using floodlight::ui::mirror;
using floodlight::ui::Request;
namespace platform = floodlight::platform;
namespace ui = floodlight::ui;

void press(unsigned id) { mirror().deliver(id, {}); }

void set_number(unsigned id, double number) {
  mirror().deliver(id, {.kind = Request::Kind::number, .number = number, .text = {}, .index = -1});
}

void set_text(unsigned id, std::string text) {
  mirror().deliver(id, {.kind = Request::Kind::text, .number = 0.0, .text = std::move(text), .index = -1});
}

void set_option(unsigned id, int index) {
  mirror().deliver(id, {.kind = Request::Kind::option, .number = 0.0, .text = {}, .index = index});
}

void set_focus(unsigned id, bool visible) { mirror().deliver_focus(id, visible); }

void open_file(const std::string& name, const emscripten::val& bytes, bool is_truth) {
  try {
    platform::deliver_file(name, emscripten::convertJSArrayToNumberVector<std::uint8_t>(bytes),
                           is_truth ? platform::FilePurpose::truth : platform::FilePurpose::image);
  } catch (const std::bad_alloc&) {
    platform::deliver_file_problem(name + " is too large for the memory that this browser gives to the page.");
  }
}

emscripten::val unregistered_items() {
  emscripten::val labels = emscripten::val::array();
  for (const auto& missing : mirror().unregistered()) {
    labels.call<void>("push", missing.label + " (" + std::to_string(missing.id) + ")");
  }
  return labels;
}

void draw_again() { platform::request_frame(); }

/// Whether everything asked for has been computed; for tests and for whoever drives the page.
bool idle() { return !ui::app().computes() && ui::app().pipeline.has_image(); }

/// Whether a frame is to be drawn.
bool owes_frame() { return !platform::owes_nothing(); }

/// Whether nothing is computed, drawn or answered any more until somebody does something.
bool owes_nothing() { return !ui::owes_work() && platform::owes_nothing(); }

std::string recipe_text() { return floodlight::write_json(floodlight::recipe_to_json(ui::app().recipe()), 2); }

/// How often a raw image was there to compute from; with the simulator each is walked to its labels before the next.
double pictures() { return ui::app().pipeline.version(floodlight::Stage::raw); }

/// As JSON: the longest slice, upload and frame since the last call, all bytes uploaded so far, and whether the flood is
/// there and on the GPU.
std::string work_statistics() {
  const ui::App& app = ui::app();
  const ui::FrameTimes times = ui::take_longest_times();
  return floodlight::write_json(
      floodlight::Json(floodlight::Json::Object{{"slice", times.slice},
                                                {"upload", times.upload},
                                                {"own", times.own},
                                                {"drawn", times.drawn},
                                                {"bytes", static_cast<double>(app.gpu.uploaded_bytes())},
                                                {"flooded", app.gpu.up_to_date(app.layers(), ui::Layer::flood)}}));
}

int nuclei() { return ui::app().values().nuclei; }

/// The rest of the program has come. Where the processor draws, the app has waited for it.
void everything_loaded() {
  if (platform::draws_by_processor() && !ui::has_begun()) ui::begin();
  ui::app().loaded();
}

std::string fragment() { return ui::fragment_of(ui::app()); }

std::string state_to_keep() { return ui::state_to_keep(ui::app()); }

/// Where the labels of this version lie in memory, as {address, rows, columns}; null when there are none. It only reads, so
/// that it can be asked for when the program has stopped.
std::uintptr_t labels_in_memory(std::uint32_t version) {
  static std::array<std::uint32_t, 3> told;
  const floodlight::Pipeline& pipeline = ui::app().pipeline;
  if (!pipeline.current(floodlight::Stage::labels) || pipeline.version(floodlight::Stage::labels) != version) return 0;
  const floodlight::LabelImage& labels = pipeline.values().labels;
  told = {static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(labels.pixels().data())),
          static_cast<std::uint32_t>(labels.rows()), static_cast<std::uint32_t>(labels.cols())};
  return reinterpret_cast<std::uintptr_t>(told.data());
}

/// For tests: goes wrong in one of the ways in which a program can, at once or in the next frame.
void fail(const std::string& how, bool in_frame) {
  if (in_frame) {
    platform::run([how] { fail(how, false); });
    return;
  }
  if (how == "memory") throw std::bad_alloc();
  if (how == "exception") throw std::runtime_error("a test asked for an exception");
  __builtin_trap();
}

void open_link(const std::string& link) { ui::open_link(ui::app(), link); }

}  // namespace

/// Whether the browser catches what is thrown: some versions of Safari did not, or ended the program. The page calls it once
/// (web/page/main.js).
extern "C" EMSCRIPTEN_KEEPALIVE bool catches_exceptions() {
  try {
    throw std::runtime_error("a trial");
  } catch (const std::runtime_error&) {
    return true;
  }
  return false;
}

EMSCRIPTEN_BINDINGS(floodlight_app) {
  emscripten::function("press", &press);
  emscripten::function("setNumber", &set_number);
  emscripten::function("setText", &set_text);
  emscripten::function("setOption", &set_option);
  emscripten::function("setFocus", &set_focus);
  emscripten::function("openFile", &open_file);
  emscripten::function("fileProblem", &platform::deliver_file_problem);
  emscripten::function("paste", &platform::deliver_paste);
  emscripten::function("resized", &platform::deliver_size);
  emscripten::function("fragment", &fragment);
  emscripten::function("openLink", &open_link);
  emscripten::function("stateToKeep", &state_to_keep);
  emscripten::function("labelsInMemory", &labels_in_memory);
  emscripten::function("fail", &fail);
  emscripten::function("frames", &platform::frame_count);
  emscripten::function("owesFrame", &owes_frame);
  emscripten::function("requestFrame", &draw_again);
  emscripten::function("unregisteredItems", &unregistered_items);
  emscripten::function("idle", &idle);
  emscripten::function("owesNothing", &owes_nothing);
  emscripten::function("recipe", &recipe_text);
  emscripten::function("nuclei", &nuclei);
  emscripten::function("frameMilliseconds", &ui::last_frame_milliseconds);
  emscripten::function("pictures", &pictures);
  emscripten::function("workStatistics", &work_statistics);
  emscripten::function("everythingLoaded", &everything_loaded);
  emscripten::function("drawsByProcessor", &platform::draws_by_processor);
  emscripten::function("hideFrames", &platform::hide_frames);
  emscripten::function("drawNextFrame", &platform::draw_next_frame);
}

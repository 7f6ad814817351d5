#include "web/app/picture/landscape.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <numbers>

#include "embedded/floodlight_shaders.h"

#include "core/pipeline/recipe_options.h"
#include "web/app/picture/pane.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float first_turn = -24;
constexpr float first_tilt = 52;
constexpr float most_tilt = 80;
constexpr int most_samples = 512;    // of the surface, along each side
constexpr int most_blocks = 200;     // pixels along each side that are drawn as blocks
constexpr float perspective = 0.3F;  // by how much the near edge of a view is larger

ImVec2 direction(float degrees) {
  const float angle = degrees * std::numbers::pi_v<float> / 180;
  return {std::cos(angle), std::sin(angle)};
}

Layer ground_layer(const App& app) { return floods_intensity(app.recipe()) ? Layer::filtered : Layer::distance; }

Relief relief_of(const App& app) {
  Relief r;
  const StageValues& v = app.values();
  const auto deepest = static_cast<double>(std::max(1.0F, v.highest_distance));
  double range = deepest;
  if (ground_layer(app) == Layer::filtered) {
    r.ground = v.filtered;
    r.base = static_cast<double>(app.display.filtered_low);
    range = static_cast<double>(app.display.filtered_high) - r.base;
  } else {
    r.ground = v.distance;
  }
  // Steep enough to be seen, not so steep that walls hide the bottoms.
  const double side = std::sqrt(static_cast<double>(v.raw.size()));
  const double depth = std::min(side * 0.2, deepest * 1.6);
  const bool upwards = app.watershed.forgets_minus;
  r.rise = depth / range * (upwards ? 1 : -1);
  r.floor = upwards ? depth * -0.15 : depth * -1.15;
  r.top = upwards ? depth : 0;
  const FloodExplanation& explanation = *app.explanations.flood.get();
  r.taken = explanation.flood.taken;
  r.pushed = explanation.flood.pushed;
  r.time = app.display.flood_time;
  const auto time = std::min(static_cast<std::size_t>(r.time), explanation.levels.size() - 1);
  const auto level = static_cast<double>(explanation.levels[time]);
  r.level = ((upwards ? level : -level) - r.base) * r.rise;
  const int longest = std::max(v.raw.rows(), v.raw.cols());
  r.blocks = longest <= most_blocks;
  r.stride = (longest + most_samples - 1) / most_samples;
  return r;
}

/// The pane in device pixels.
struct Frame {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] ImVec2 corner() const { return {static_cast<float>(left), static_cast<float>(top)}; }
  [[nodiscard]] ImVec2 half() const { return ImVec2(static_cast<float>(width), static_cast<float>(height)) * 0.5F; }
};

Frame frame_of(const Pane& pane) {
  const auto device = [](float css) { return static_cast<int>(std::lround(css * platform::pixel_ratio())); };
  const int left = device(pane.rect.Min.x);
  const int top = device(pane.rect.Min.y);
  return {left, top, device(pane.rect.Max.x) - left, device(pane.rect.Max.y) - top};
}

/// Turned and tilted as the landscape is; `across` is how much is seen, which perspective is measured on.
ReliefCamera turned_camera(const App& app, float across) {
  const ImVec2 turn = direction(app.watershed.landscape.turn);
  const ImVec2 tilt = direction(app.watershed.landscape.tilt);
  ReliefCamera c;
  c.turn_cos = static_cast<double>(turn.x);
  c.turn_sin = static_cast<double>(turn.y);
  c.tilt_cos = static_cast<double>(tilt.x);
  c.tilt_sin = static_cast<double>(tilt.y);
  c.bend = static_cast<double>(perspective * tilt.y / std::max(1.0F, across));
  return c;
}

/// From pixels of the image to device pixels; landscape.vert does the same.
ReliefCamera camera_of(const App& app, const Pane& pane, const Frame& frame) {
  const float ratio = platform::pixel_ratio();
  ReliefCamera c = turned_camera(app, static_cast<float>(std::max(frame.width, frame.height)));
  const float zoom = app.view.zoom * ratio;
  const ImVec2 origin(std::round(pane.origin.x * ratio), std::round(pane.origin.y * ratio));
  const ImVec2 pivot = (frame.corner() + frame.half() - origin) / zoom;
  c.zoom = static_cast<double>(zoom);
  c.pivot_x = static_cast<double>(pivot.x);
  c.pivot_y = static_cast<double>(pivot.y);
  return c;
}

/// How strongly it is lit: not at all from above, where colours are to be compared.
float relief_strength(float tilt) { return std::clamp(tilt / 25, 0.0F, 1.0F); }

}  // namespace

bool draw_landscape(App& app, const Pane& pane, ImDrawList& list) {
  Landscape& l = app.watershed.landscape;
  if (platform::draws_by_processor()) {
    app.message =
        "The landscape in 3D needs WebGL 2, which this browser does not give here; all else is drawn without.";
    l.on = false;
    return false;
  }
  Offscreen& offscreen = app.landscape_picture;
  if (offscreen.program.id == 0) {
    if (auto wrong = Gpu::compile(offscreen.program, embedded::landscape_vert(), embedded::landscape_frag())) {
      app.message = *wrong;
      offscreen.program = {};
      l.on = false;
      return false;
    }
  }
  const Frame target = frame_of(pane);
  if (target.width <= 0 || target.height <= 0 || !platform::frame_is_seen()) return true;
  const ReliefCamera c = camera_of(app, pane, target);
  const Relief r = relief_of(app);
  const float ratio = platform::pixel_ratio();
  const auto& raw = app.values().raw;
  // Smooth edges cost the most where triangles are small: what moves does without, and on very large screens all does.
  const bool moves = app.watershed.flood.playing || ImGui::IsMouseDown(ImGuiMouseButton_Left) ||
                     l.turn != l.wanted_turn || l.tilt != l.wanted_tilt;
  constexpr int large = 6'000'000;
  offscreen.resize(target.width, target.height, (moves && !r.blocks) || target.width * target.height > large ? 0 : 4);
  const int sample_cols = (raw.cols() + r.stride - 1) / r.stride;
  const int sample_rows = (raw.rows() + r.stride - 1) / r.stride;

  glBindFramebuffer(GL_FRAMEBUFFER, offscreen.smooth);
  glViewport(0, 0, target.width, target.height);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_BLEND);
  glDisable(GL_CULL_FACE);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glDepthMask(GL_TRUE);
  const ImVec4 behind = ImGui::ColorConvertU32ToFloat4(theme().window);
  glClearColor(behind.x, behind.y, behind.z, 1);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glBindVertexArray(app.gpu.empty_vertices());
  glUseProgram(offscreen.program.id);
  app.gpu.set_arrival_uniforms(offscreen.program, Layer::flood, app.display, ratio);
  glActiveTexture(GL_TEXTURE5);
  glBindTexture(GL_TEXTURE_2D, app.gpu.texture(ground_layer(app)));
  const auto at = [&](const char* name) { return offscreen.program.uniform(name); };
  glUniform1i(at("u_ground"), 5);
  glUniform2i(at("u_size"), raw.cols(), raw.rows());
  const auto number = [&](const char* name, double value) { glUniform1f(at(name), static_cast<float>(value)); };
  const auto pair = [&](const char* name, double x, double y) {
    glUniform2f(at(name), static_cast<float>(x), static_cast<float>(y));
  };
  glUniform1i(at("u_blocks"), r.blocks ? 1 : 0);
  glUniform1i(at("u_stride"), r.stride);
  glUniform2i(at("u_samples"), sample_cols, sample_rows);
  pair("u_rise", r.rise, r.base);
  number("u_level", r.level);
  number("u_floor", r.floor);
  pair("u_pivot", c.pivot_x, c.pivot_y);
  number("u_zoom", c.zoom);
  pair("u_turn", c.turn_cos, c.turn_sin);
  pair("u_tilt", c.tilt_cos, c.tilt_sin);
  glUniform2f(at("u_half"), target.half().x, target.half().y);
  number("u_bend", c.bend);
  number("u_far", (raw.cols() + raw.rows()) * 2 * c.zoom);
  glUniform1f(at("u_relief"), relief_strength(l.tilt));
  if (r.blocks) {
    glDrawArraysInstanced(GL_TRIANGLES, 0, 18 * (raw.cols() + 1), raw.rows() + 1);
  } else {
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 2 * (sample_cols + 4), sample_rows + 3);
  }
  glDisable(GL_DEPTH_TEST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, offscreen.smooth);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, offscreen.plain);
  glBlitFramebuffer(0, 0, target.width, target.height, 0, 0, target.width, target.height, GL_COLOR_BUFFER_BIT,
                    GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glActiveTexture(GL_TEXTURE0);  // Dear ImGui binds its textures to the unit that is active

  const ImVec2 corner = target.corner() / ratio;
  list.AddImage(ImTextureRef(static_cast<ImTextureID>(offscreen.texture)), corner, corner + target.half() * (2 / ratio),
                {0, 1}, {1, 0});
  return true;
}

bool shows_landscape(const App& app) {
  if (!app.watershed.landscape.on || app.step != StepId::watershed || app.explanations.flood.get() == nullptr)
    return false;
  return layers_of(app, app.step).after == Layer::flood && app.gpu.ready(Layer::flood) &&
         app.gpu.ready(ground_layer(app));
}

void show_landscape(App& app, bool on) {
  Landscape& l = app.watershed.landscape;
  l.on = on;
  l.turn = l.tilt = 0;
  l.wanted_turn = on ? first_turn : 0;
  l.wanted_tilt = on ? first_tilt : 0;
  if (on && app.comparison == Comparison::before) app.comparison = Comparison::after;
  platform::request_frame();
}

void look_from_above(App& app, bool above) {
  Landscape& l = app.watershed.landscape;
  l.turn = std::remainder(l.turn, 360.0F);
  l.wanted_turn = above ? 0 : first_turn;
  l.wanted_tilt = above ? 0 : first_tilt;
  platform::request_frame();
}

void turn_landscape(App& app, float turn, float tilt) {
  Landscape& l = app.watershed.landscape;
  l.turn = l.wanted_turn = l.turn + turn;
  l.tilt = l.wanted_tilt = std::clamp(l.tilt + tilt, 0.0F, most_tilt);
  platform::request_frame();
}

void advance_landscape(App& app) {
  Landscape& l = app.watershed.landscape;
  if (l.turn == l.wanted_turn && l.tilt == l.wanted_tilt) return;
  const float share = platform::prefers_reduced_motion() ? 1 : 1 - std::exp(-ImGui::GetIO().DeltaTime * 9);
  l.turn += (l.wanted_turn - l.turn) * share;
  l.tilt += (l.wanted_tilt - l.tilt) * share;
  constexpr float close = 0.15F;
  if (std::abs(l.wanted_turn - l.turn) < close && std::abs(l.wanted_tilt - l.tilt) < close) {
    l.turn = l.wanted_turn;
    l.tilt = l.wanted_tilt;
  }
  platform::request_frame(1);
}

LandscapeBounds landscape_bounds(const App& app) {
  const auto& raw = app.values().raw;
  const ImVec2 half(static_cast<float>(raw.cols()) / 2, static_cast<float>(raw.rows()) / 2);
  const Relief r = relief_of(app);
  // Perspective is measured on the pane, which the picture about fills.
  const ReliefCamera c = turned_camera(app, 2 * std::max(half.x, half.y));
  ImVec2 low(FLT_MAX, FLT_MAX);
  ImVec2 high(-FLT_MAX, -FLT_MAX);
  for (const float x : {-half.x, half.x}) {
    for (const float y : {-half.y, half.y}) {
      for (const double up : {r.floor, r.top}) {
        const ScreenPoint point = c.project({static_cast<double>(x), static_cast<double>(y), up});
        const ImVec2 at(static_cast<float>(point.x), static_cast<float>(point.y));
        low = ImMin(low, at);
        high = ImMax(high, at);
      }
    }
  }
  return {high - low, (low + high) * 0.5F};
}

ImVec2 landscape_movement(const App& app, ImVec2 on_screen) {
  const ImVec2 turn = direction(app.watershed.landscape.turn);
  const ImVec2 tilt = direction(app.watershed.landscape.tilt);
  const ImVec2 m = ImVec2(on_screen.x, on_screen.y / std::max(tilt.x, 0.3F)) / app.view.zoom;
  return {turn.x * m.x + turn.y * m.y, turn.x * m.y - turn.y * m.x};
}

LandscapeSight::LandscapeSight(const App& app, const Pane& pane) : relief_(relief_of(app)) {
  const Frame frame = frame_of(pane);
  camera_ = camera_of(app, pane, frame);
  ratio_ = platform::pixel_ratio();
  middle_ = (frame.corner() + frame.half()) / ratio_;
}

ImVec2 LandscapeSight::on_screen(SurfacePoint point) const {
  const ScreenPoint from_middle = camera_.project(point);
  return middle_ + ImVec2(static_cast<float>(from_middle.x), static_cast<float>(from_middle.y)) / ratio_;
}

bool LandscapeSight::shows(SurfacePoint point) const {
  return relief_shows(relief_, camera_, point, 0.75 * camera_.zoom * relief_.stride);
}

std::optional<Pixel> LandscapeSight::pixel_at(ImVec2 point) const {
  const ImVec2 from_middle = (point - middle_) * ratio_;
  const auto met = relief_at(relief_, camera_, static_cast<double>(from_middle.x), static_cast<double>(from_middle.y));
  return met ? std::optional(met->pixel) : std::nullopt;
}

void landscape_controls(App& app) {
  Landscape& l = app.watershed.landscape;
  bool on = l.on;
  if (toggle("In 3D", on, "The landscape that is flooded, and the water rising in it.")) show_landscape(app, on);
  if (!l.on) return;
  const bool above = l.wanted_turn == 0 && l.wanted_tilt == 0;
  {
    const FontScope face(Font::regular, small_text);
    if (button("From above", {.help = "As the flat picture shows it.", .shortcut = "V", .pressed = above}))
      look_from_above(app, !above);
  }
  note(above ? "Every colour as in the flat picture. Drag to look from the side."
             : "Drag, or press the arrow keys, to turn and tilt it. Shift and drag moves it.");
}

}  // namespace floodlight::ui

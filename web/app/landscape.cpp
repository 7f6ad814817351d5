#include "web/app/landscape.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <numbers>

#include "embedded/floodlight_shaders.h"

#include "web/app/pane.h"
#include "web/app/platform.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

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

/// How values become heights: in pixels of the image, the plain at 0.
struct Relief {
  Layer ground = Layer::distance;
  float rise = 1;
  float base = 0;
  float level = 0;
  float floor = 0;
  float top = 0;  ///< of the highest ground
};

Relief relief_of(const App& app) {
  Relief r;
  const StageValues& v = app.values();
  const bool intensity = app.recipe().flooded == FloodedImage::intensity;
  const float deepest = std::max(1.0F, v.highest_distance);
  float range = deepest;
  if (intensity) {
    r.ground = Layer::filtered;
    r.base = app.display.window_low;
    range = app.display.window_high - app.display.window_low;
  }
  // Steep enough to be seen, not so steep that walls hide the bottoms.
  const auto side = static_cast<float>(std::sqrt(static_cast<double>(v.raw.size())));
  const float depth = std::min(side * 0.2F, deepest * 1.6F);
  const bool upwards = app.flood_forgets_minus;
  r.rise = depth / range * (upwards ? 1.0F : -1.0F);
  r.floor = upwards ? depth * -0.15F : depth * -1.15F;
  r.top = upwards ? depth : 0;
  const auto& levels = app.stories.flood.get()->levels;
  const auto time = std::min(static_cast<std::size_t>(app.display.flood_time), levels.size() - 1);
  r.level = ((upwards ? levels[time] : -levels[time]) - r.base) * r.rise;
  return r;
}

/// From pixels of the image to device pixels of the pane.
struct Camera {
  int left = 0;  ///< the pane on the screen, device pixels
  int top = 0;
  int width = 0;
  int height = 0;
  ImVec2 pivot;
  float zoom = 1;
  ImVec2 turn;
  ImVec2 tilt;
  float bend = 0;

  [[nodiscard]] ImVec2 half() const { return ImVec2(static_cast<float>(width), static_cast<float>(height)) * 0.5F; }
  /// From the pane's corner; landscape.vert does the same.
  [[nodiscard]] ImVec2 project(ImVec2 at, float up) const {
    const ImVec2 d = at - pivot;
    const ImVec2 turned = ImVec2(turn.x * d.x - turn.y * d.y, turn.y * d.x + turn.x * d.y) * zoom;
    const float nearer = turned.y * tilt.y + up * zoom * tilt.x;
    return half() + ImVec2(turned.x, turned.y * tilt.x - up * zoom * tilt.y) / (1 - bend * nearer);
  }
};

Camera camera_of(const App& app, const Pane& pane) {
  const float ratio = platform::pixel_ratio();
  const auto device = [&](float css) { return static_cast<int>(std::lround(css * ratio)); };
  Camera c;
  c.left = device(pane.rect.Min.x);
  c.top = device(pane.rect.Min.y);
  c.width = device(pane.rect.Max.x) - c.left;
  c.height = device(pane.rect.Max.y) - c.top;
  c.zoom = app.view.zoom * ratio;
  const ImVec2 origin(std::round(pane.origin.x * ratio), std::round(pane.origin.y * ratio));
  c.pivot = (ImVec2(static_cast<float>(c.left), static_cast<float>(c.top)) + c.half() - origin) / c.zoom;
  c.turn = direction(app.landscape.turn);
  c.tilt = direction(app.landscape.tilt);
  c.bend = perspective * c.tilt.y / static_cast<float>(std::max(1, std::max(c.width, c.height)));
  return c;
}

/// How strongly it is lit: not at all from above, where colours are to be compared.
float relief_strength(float tilt) { return std::clamp(tilt / 25, 0.0F, 1.0F); }

}  // namespace

void Landscape::resize(int width, int height, int samples) {
  if (target_.width == width && target_.height == height && target_.samples == samples) return;
  if (target_.smooth == 0) {
    glGenFramebuffers(1, &target_.smooth);
    glGenFramebuffers(1, &target_.plain);
    glGenRenderbuffers(1, &target_.colour);
    glGenRenderbuffers(1, &target_.depth);
    glGenTextures(1, &target_.texture);
  }
  target_.width = width;
  target_.height = height;
  target_.samples = samples;
  glBindRenderbuffer(GL_RENDERBUFFER, target_.colour);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
  glBindRenderbuffer(GL_RENDERBUFFER, target_.depth);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_DEPTH_COMPONENT24, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, target_.smooth);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, target_.colour);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, target_.depth);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, target_.texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glBindFramebuffer(GL_FRAMEBUFFER, target_.plain);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target_.texture, 0);
}

bool Landscape::draw(App& app, const Pane& pane, ImDrawList& list) {
  if (program_.id == 0) {
    if (auto wrong = Gpu::compile(program_, embedded::landscape_vert(), embedded::landscape_frag())) {
      app.message = *wrong;
      program_ = {};
      on = false;
      return false;
    }
  }
  const Camera c = camera_of(app, pane);
  if (c.width <= 0 || c.height <= 0) return true;
  const Relief r = relief_of(app);
  const float ratio = platform::pixel_ratio();
  const auto& raw = app.values().raw;
  const bool blocks = std::max(raw.rows(), raw.cols()) <= most_blocks;
  // Smooth edges cost the most where triangles are small: what moves does without, and on very large screens all does.
  const bool moves =
      app.flood.playing || ImGui::IsMouseDown(ImGuiMouseButton_Left) || turn != wanted_turn || tilt != wanted_tilt;
  constexpr int large = 6'000'000;
  resize(c.width, c.height, (moves && !blocks) || c.width * c.height > large ? 0 : 4);
  const int stride = (std::max(raw.rows(), raw.cols()) + most_samples - 1) / most_samples;
  const int sample_cols = (raw.cols() + stride - 1) / stride;
  const int sample_rows = (raw.rows() + stride - 1) / stride;

  glBindFramebuffer(GL_FRAMEBUFFER, target_.smooth);
  glViewport(0, 0, c.width, c.height);
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
  glUseProgram(program_.id);
  app.gpu.set_arrival_uniforms(program_, Layer::flood, app.display, ratio);
  glActiveTexture(GL_TEXTURE5);
  glBindTexture(GL_TEXTURE_2D, app.gpu.texture(r.ground));
  const auto at = [&](const char* name) { return program_.uniform(name); };
  glUniform1i(at("u_ground"), 5);
  glUniform2i(at("u_size"), raw.cols(), raw.rows());
  glUniform1i(at("u_blocks"), blocks ? 1 : 0);
  glUniform1i(at("u_stride"), stride);
  glUniform2i(at("u_samples"), sample_cols, sample_rows);
  glUniform2f(at("u_rise"), r.rise, r.base);
  glUniform1f(at("u_level"), r.level);
  glUniform1f(at("u_floor"), r.floor);
  glUniform2f(at("u_pivot"), c.pivot.x, c.pivot.y);
  glUniform1f(at("u_zoom"), c.zoom);
  glUniform2f(at("u_turn"), c.turn.x, c.turn.y);
  glUniform2f(at("u_tilt"), c.tilt.x, c.tilt.y);
  glUniform2f(at("u_half"), c.half().x, c.half().y);
  glUniform1f(at("u_bend"), c.bend);
  glUniform1f(at("u_far"), static_cast<float>(raw.cols() + raw.rows()) * 2 * c.zoom);
  glUniform1f(at("u_relief"), relief_strength(tilt));
  if (blocks) {
    glDrawArraysInstanced(GL_TRIANGLES, 0, 18 * (raw.cols() + 1), raw.rows() + 1);
  } else {
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 2 * (sample_cols + 4), sample_rows + 3);
  }
  glDisable(GL_DEPTH_TEST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, target_.smooth);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, target_.plain);
  glBlitFramebuffer(0, 0, c.width, c.height, 0, 0, c.width, c.height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glActiveTexture(GL_TEXTURE0);  // Dear ImGui binds its textures to the unit that is active

  const ImVec2 corner = ImVec2(static_cast<float>(c.left), static_cast<float>(c.top)) / ratio;
  list.AddImage(ImTextureRef(static_cast<ImTextureID>(target_.texture)), corner, corner + c.half() * (2 / ratio),
                {0, 1}, {1, 0});
  return true;
}

bool shows_landscape(const App& app) {
  if (!app.landscape.on || app.step != StepId::watershed || app.stories.flood.get() == nullptr) return false;
  const Layer ground = app.recipe().flooded == FloodedImage::intensity ? Layer::filtered : Layer::distance;
  return layers_of(app, app.step).after == Layer::flood && app.gpu.ready(Layer::flood) && app.gpu.ready(ground);
}

void show_landscape(App& app, bool on) {
  Landscape& l = app.landscape;
  l.on = on;
  l.turn = l.tilt = 0;
  l.wanted_turn = on ? first_turn : 0;
  l.wanted_tilt = on ? first_tilt : 0;
  if (on && app.comparison == Comparison::before) app.comparison = Comparison::after;
  platform::request_frame();
}

void look_from_above(App& app, bool above) {
  Landscape& l = app.landscape;
  l.turn = std::remainder(l.turn, 360.0F);
  l.wanted_turn = above ? 0 : first_turn;
  l.wanted_tilt = above ? 0 : first_tilt;
  platform::request_frame();
}

void turn_landscape(App& app, float turn, float tilt) {
  Landscape& l = app.landscape;
  l.turn = l.wanted_turn = l.turn + turn;
  l.tilt = l.wanted_tilt = std::clamp(l.tilt + tilt, 0.0F, most_tilt);
  platform::request_frame();
}

void advance_landscape(App& app) {
  Landscape& l = app.landscape;
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
  Camera c;  // of a target without extent, whose middle is the image's
  c.turn = direction(app.landscape.turn);
  c.tilt = direction(app.landscape.tilt);
  // Perspective is measured on the pane, which the picture about fills.
  c.bend = perspective * c.tilt.y / (2 * std::max(half.x, half.y));
  ImVec2 low(FLT_MAX, FLT_MAX);
  ImVec2 high(-FLT_MAX, -FLT_MAX);
  for (const float x : {-half.x, half.x}) {
    for (const float y : {-half.y, half.y}) {
      for (const float up : {r.floor, r.top}) {
        const ImVec2 at = c.project({x, y}, up);
        low = ImMin(low, at);
        high = ImMax(high, at);
      }
    }
  }
  return {high - low, (low + high) * 0.5F};
}

ImVec2 landscape_movement(const App& app, ImVec2 on_screen) {
  const ImVec2 turn = direction(app.landscape.turn);
  const ImVec2 tilt = direction(app.landscape.tilt);
  const ImVec2 m = ImVec2(on_screen.x, on_screen.y / std::max(tilt.x, 0.3F)) / app.view.zoom;
  return {turn.x * m.x + turn.y * m.y, turn.x * m.y - turn.y * m.x};
}

void draw_landscape_marks(const App& app, const Pane& pane, ImDrawList& list) {
  const FloodStory& story = *app.stories.flood.get();
  const Flood& flood = story.flood;
  const Relief r = relief_of(app);
  const Camera c = camera_of(app, pane);
  const float ratio = platform::pixel_ratio();
  const StageValues& v = app.values();
  const std::int32_t time = app.display.flood_time;
  const auto height = [&](Pixel p) {
    const float up = ((r.ground == Layer::filtered ? v.filtered[p] : v.distance[p]) - r.base) * r.rise;
    const bool reached = flood.pushed[p] >= 0 && flood.pushed[p] <= time && flood.taken[p] >= 0;
    return reached ? std::max(up, r.level) : up;
  };
  /// A place inside of a pixel, from 0 to 1 in either direction.
  const auto place = [&](Pixel p, ImVec2 inside) {
    const ImVec2 at = ImVec2(static_cast<float>(p.col), static_cast<float>(p.row)) + inside;
    return (ImVec2(static_cast<float>(c.left), static_cast<float>(c.top)) + c.project(at, height(p))) / ratio;
  };
  const float size = std::clamp(app.view.zoom * 0.3F, px(2), px(7));
  for (const Pixel peak : v.peaks) {
    const ImVec2 at = place(peak, {0.5F, 0.5F});
    list.AddCircleFilled(at, size + px(1.5F), IM_COL32(0, 0, 0, 220));
    list.AddCircleFilled(at, size, theme().seed);
  }
  const auto frame = [&](Pixel p, ImU32 colour) {
    // Where a pixel is small, as large as needs be to be seen.
    const float reach = std::max(0.5F, px(5) / app.view.zoom);
    std::array<ImVec2, 4> corners;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const float right = i == 1 || i == 2 ? reach : -reach;
      const float down = i >= 2 ? reach : -reach;
      corners[i] = place(p, {0.5F + right, 0.5F + down});
    }
    list.AddPolyline(corners.data(), 4, IM_COL32(0, 0, 0, 230), ImDrawFlags_Closed, px(5));
    list.AddPolyline(corners.data(), 4, colour, ImDrawFlags_Closed, px(2.5F));
  };
  if (app.view.pinned) frame(*app.view.pinned, pin_colour);
  const auto step = static_cast<std::size_t>(time);
  if (step >= flood.sequence.size()) return;
  frame(pixel_at(flood, flood.sequence[step]), highlight_colour);
}

void landscape_controls(App& app) {
  Landscape& l = app.landscape;
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

#include "web/app/picture/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <GLES3/gl3.h>

#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"

#include "core/base/words.h"
#include "core/files/png.h"
#include "web/app/gpu/processor.h"
#include "web/app/picture/captions.h"
#include "web/app/picture/image_view.h"
#include "web/app/picture/rulers.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/mirror.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

constexpr float wanted_width = 1000;  // of a whole image, about; smaller ones are enlarged
constexpr float caption_height = 76;  // the layer's name and its legend
constexpr float line_height_of_legend = 22;
constexpr float bar_height = 46;

/// How high what explains the layer's colours stands.
float height_of_caption(const App& app, Layer layer) {
  const float lines = layer == Layer::fates && app.score ? 5
                      : layer == Layer::seeds            ? 7
                      : layer == Layer::flood            ? 5
                      : layer == Layer::repairs          ? 3
                                                         : 0;
  return px(lines > 0 ? 58 + lines * line_height_of_legend : caption_height);
}

/// What the screen need not say, since it counts them elsewhere.
void colours_of_labels(const App& app, Layer layer, ImVec2 at, ImDrawList& draw) {
  const bool nuclei = layer == Layer::labels;
  if (!nuclei && layer != Layer::components) return;
  const int count = nuclei ? app.values().nuclei : app.values().components.count;
  const bool covered = app.covers(Covers::counts) || app.covers(nuclei ? Covers::labels : Covers::component);
  draw_chip(
      draw, at,
      (covered ? "?" : std::to_string(count)) + (nuclei ? " nuclei" : " components") + "; neighbours differ in colour",
      false);
}

/// The size of the picture, and for a whole image the view that shows it.
ImVec2 arrange(App& app, PictureOf what) {
  if (what == PictureOf::view) return app.view.area_max - app.view.area_min;
  const auto& raw = app.values().raw;
  const ImVec2 image(static_cast<float>(raw.cols()), static_cast<float>(raw.rows()));
  app.view.zoom = std::max(1.0F, std::round(wanted_width / std::max(image.x, image.y)));
  const Layer layer = layers_of(app, app.step).after;
  const ImVec2 rulers = has_rulers(app.view.zoom) ? rulers_size(raw.rows() - 1) : ImVec2();
  const float above = std::round(height_of_caption(app, layer)) + rulers.y;
  const float below = app.image.pixel_size_um ? std::round(px(bar_height)) : 0;
  const ImVec2 size(std::max(image.x * app.view.zoom + rulers.x, px(360)), image.y * app.view.zoom + above + below);
  app.view.centre = image * 0.5F + ImVec2(-rulers.x, below - above) / 2 / app.view.zoom;
  app.view.hovered.reset();
  app.view.fitted = false;
  app.pixels.two_windows = false;
  app.choose_comparison(Comparison::after);
  return size;
}

/// The longest side of a picture that the GPU draws.
GLint most_side() {
  GLint most = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &most);
  return most;
}

using Bytes = std::vector<std::uint8_t>;

/// Red, green and blue of each pixel.
Bytes rgb_of(const std::vector<processor::Rgba>& pixels) {
  Bytes rgb;
  rgb.reserve(pixels.size() * 3);
  for (const processor::Rgba p : pixels) {
    for (const unsigned shift : {0U, 8U, 16U}) rgb.push_back(static_cast<std::uint8_t>(p >> shift));
  }
  return rgb;
}

/// The list as a picture of its own, from the top down; empty where the GPU draws none of that size.
Bytes rgb_drawn_by_gpu(ImDrawData& data, GLsizei width, GLsizei height) {
  if (std::max(width, height) > most_side()) return {};
  GLuint target = 0;
  GLuint colours = 0;
  glGenFramebuffers(1, &target);
  glGenRenderbuffers(1, &colours);
  glBindRenderbuffer(GL_RENDERBUFFER, colours);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours);
  ImGui_ImplOpenGL3_RenderDrawData(&data);

  const auto stride = static_cast<std::size_t>(width) * 4;
  Bytes rgba(stride * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glDeleteFramebuffers(1, &target);
  glDeleteRenderbuffers(1, &colours);

  // From the bottom up becomes from the top down.
  Bytes rgb;
  rgb.reserve(rgba.size() / 4 * 3);
  for (auto row = static_cast<std::size_t>(height); row-- > 0;) {
    for (std::size_t i = row * stride; i < (row + 1) * stride; i += 4)
      rgb.insert(rgb.end(), {rgba[i], rgba[i + 1], rgba[i + 2]});
  }
  return rgb;
}

}  // namespace

void lay_out_picture(App& app) {
  WantedPicture& picture = app.wanted_picture;
  const auto what = std::exchange(picture.wanted, std::nullopt);
  if (!what || !app.has(Stage::raw)) return;
  // What is arranged for the picture is put back afterwards.
  const ViewState view = app.view;
  const Comparison comparison = app.comparison;
  const bool beside = app.filter.beside;
  const bool two_windows = app.pixels.two_windows;
  const bool in_3d = app.watershed.landscape.on;
  if (*what == PictureOf::whole_image) app.watershed.landscape.on = false;
  picture.size = arrange(app, *what);
  picture.ratio = *what == PictureOf::view ? platform::pixel_ratio() : 1;
  picture.list = std::make_unique<ImDrawList>(ImGui::GetDrawListSharedData());
  picture.list->_ResetForNewFrame();
  picture.list->PushTexture(ImGui::GetIO().Fonts->TexRef);
  picture.list->PushClipRect({0, 0}, picture.size);
  picture.list->AddRectFilled({0, 0}, picture.size, theme().window);
  mirror().pause(true);  // it is no part of the page
  draw_panes(app, {0, 0}, picture.size, 0, *picture.list);
  if (app.shown_comparison() == Comparison::split) {
    const float x = std::round(picture.size.x * app.view.split);
    picture.list->AddRectFilled({x - px(1), 0}, {x + px(1), picture.size.y}, plate_ink);
  }
  colours_of_labels(app, layers_of(app, app.step).after, {px(12), px(42)}, *picture.list);
  if (app.image.pixel_size_um)
    scale_bar(app, {picture.size.x / 2, picture.size.y - px(bar_height) / 2}, std::min(picture.size.x, px(500)),
              *picture.list, false);
  mirror().pause(false);
  picture.list->PopClipRect();
  app.view = view;
  app.comparison = comparison;
  app.filter.beside = beside;
  app.pixels.two_windows = two_windows;
  app.watershed.landscape.on = in_3d;
}

void save_picture(App& app) {
  WantedPicture& picture = app.wanted_picture;
  if (!picture.list) return;
  const auto list = std::move(picture.list);
  const auto width = static_cast<GLsizei>(std::lround(picture.size.x * picture.ratio));
  const auto height = static_cast<GLsizei>(std::lround(picture.size.y * picture.ratio));
  ImDrawData data;
  data.Valid = true;
  data.DisplaySize = {static_cast<float>(width) / picture.ratio, static_cast<float>(height) / picture.ratio};
  data.FramebufferScale = {picture.ratio, picture.ratio};
  data.AddDrawList(list.get());
  app.gpu.elsewhere = Gpu::Target{static_cast<float>(width), static_cast<float>(height), picture.ratio};
  const auto rgb = platform::draws_by_processor() ? rgb_of(processor::drawn(data, width, height))
                                                  : rgb_drawn_by_gpu(data, width, height);
  app.gpu.elsewhere.reset();
  if (rgb.empty()) {
    app.message = "This machine draws no picture of more than " + std::to_string(most_side()) + " pixels a side.";
    platform::request_frame();
    return;
  }
  const auto png = encode_png(rgb, height, width);
  if (!png) {
    app.message = png.error().message;
    platform::request_frame();
    return;
  }
  std::string name = lower_case(layer_name(layers_of(app, app.step).after));
  std::ranges::replace(name, ' ', '_');
  std::erase(name, ',');
  platform::save_file(app.image.stem + "_" + name + ".png", *png, "image/png");
}

}  // namespace floodlight::ui

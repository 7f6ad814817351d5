// Which look draws which layer, where the processor draws: what Gpu::draw_now does by shaders.
#include <algorithm>
#include <cmath>
#include <limits>

#include "web/app/gpu/gpu.h"
#include "web/app/gpu/gpu_texture.h"
#include "web/app/gpu/processor.h"
#include "web/app/gpu/processor_looks.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

using processor::calm_of;
using processor::colour_of;
using processor::find_texture;

template <typename T>
const T* texels(GLuint id) {
  const processor::Texture* const t = find_texture(id);
  return t == nullptr ? nullptr : t->as<T>();
}

const std::uint8_t* calm(GLuint id) {
  processor::Texture* const t = find_texture(id);
  return t == nullptr ? nullptr : calm_of(*t);
}

}  // namespace

void Gpu::draw_by_processor(const LayerView& view, const DisplaySettings& s, const Target& target,
                            bool pinned_outline) {
  namespace p = processor;
  const float ratio = target.pixel_ratio;
  const auto device = [&](float css) { return static_cast<int>(std::lround(css * ratio)); };
  const p::Box box{device(view.clip_min.x), device(view.clip_min.y), device(view.clip_max.x), device(view.clip_max.y)};
  const auto texture_of = [&](Layer layer) -> const Texture& { return textures_[index(layer)]; };
  const bool untold = view.layer == Layer::flood && texture_of(Layer::flood).version == 0;
  const Texture& own = pinned_outline ? pinned_texture_ : texture_of(untold ? Layer::distance : view.layer);
  const p::Projection projection{.origin_x = std::round(view.origin.x * ratio),
                                 .origin_y = std::round(view.origin.y * ratio),
                                 .zoom = view.zoom * ratio,
                                 .cols = own.cols,
                                 .rows = own.rows,
                                 .target_height = target.height};
  const auto* const raw = texels<float>(texture_of(Layer::raw).id);
  const p::Window window{s.window_low, s.window_high};
  const float outline = s.outline * ratio;
  if (pinned_outline) {
    draw_look(p::PinnedOutlineLook{.image = texels<std::int32_t>(own.id),
                                   .calm = calm(own.id),
                                   .outline = std::max(1.0F, outline * 0.8F),
                                   .ink = colour_of(outline_colour)},
              projection, box);
    return;
  }
  switch (view.layer) {
    case Layer::labels:
    case Layer::components:
    case Layer::islands:
      draw_look(p::LabelsLook{.image = texels<std::int32_t>(own.id),
                              .calm = calm(own.id),
                              .raw = raw,
                              .colours = texels<std::uint8_t>(own.colours),
                              .palette = label_palette,
                              .window = window,
                              .opacity = s.label_opacity,
                              .outline = outline,
                              .background = colour_of(theme().background),
                              .raw_share = s.labels_over_raw ? 1.0F : 0.0F},
                projection, box);
      return;
    case Layer::fates:
    case Layer::repairs:
    case Layer::differences: {
      const bool repairs = view.layer == Layer::repairs;
      const GLuint labels = texture_of(repairs ? Layer::components : Layer::labels).id;
      draw_look(p::FatesLook{.image = texels<std::uint8_t>(own.id),
                             .calm = calm(own.id),
                             .labels = texels<std::int32_t>(labels),
                             .calm_labels = calm(labels),
                             .raw = raw,
                             .palette = repairs                            ? repair_palette
                                        : view.layer == Layer::differences ? difference_palette
                                                                           : fate_palette,
                             .window = window,
                             .outline = outline,
                             .hatch = 8 * ratio,
                             .flat = repairs,
                             .cuts = view.layer == Layer::differences},
                projection, box);
      return;
    }
    case Layer::growth:
    case Layer::flood: {
      const bool of_flood = view.layer == Layer::flood;
      const Texture& arrival = texture_of(view.layer);
      p::FloodLook look{.time = of_flood ? s.flood_time : s.growth_time,
                        .under = of_flood ? texels<float>(texture_of(Layer::distance).id) : raw,
                        .window = of_flood ? p::Window{0, highest_distance_} : window,
                        .palette = label_palette,
                        .outline = outline};
      if (arrival.version > 0) {
        look.image = texels<std::int32_t>(arrival.id);
        look.calm = calm(arrival.id);
        look.taken = texels<std::int32_t>(arrival.taken);
        look.pushed = texels<std::int32_t>(arrival.pushed);
        look.colours = texels<std::uint8_t>(arrival.colours);
      }
      draw_look(look, projection, box);
      return;
    }
    case Layer::distance:
    case Layer::seeds:
      draw_look(p::DistanceLook{.image = texels<float>(own.id),
                                .map = texels<p::Rgba>(maps_[static_cast<std::size_t>(ColourMap::magma)]),
                                .highest = highest_distance_,
                                .background = colour_of(theme().background)},
                projection, box);
      return;
    case Layer::probability:
      draw_look(p::ProbabilityLook{.image = texels<float>(own.id),
                                   .raw = raw,
                                   .mask = texels<std::uint8_t>(texture_of(Layer::mask).id),
                                   .window = window,
                                   .nuclei = colour_of(paint_palette[0]),
                                   .background = colour_of(paint_palette[1]),
                                   .outline = outline,
                                   .hatch = 8 * ratio},
                projection, box);
      return;
    case Layer::mask:
    case Layer::raw_mask:
    case Layer::passing:
    case Layer::refined:
      draw_look(p::MaskLook{.image = texels<std::uint8_t>(own.id),
                            .values = texels<float>(texture_of(s.highlight_raw ? Layer::raw : Layer::filtered).id),
                            .highlight_low = s.highlight_low,
                            .highlight_high = s.highlight_high,
                            .mark = colour_of(highlight_colour),
                            .foreground = colour_of(theme().foreground),
                            .background = colour_of(theme().background)},
                projection, box);
      return;
    case Layer::raw:
    case Layer::filtered:
    case Layer::experiment:
    case Layer::photons:
    case Layer::feature:
    case Layer::uncertainty:
      break;
  }
  const IntensityUniforms u = intensity_uniforms(view.layer, s);
  draw_look(
      p::IntensityLook{
          .image = texels<float>(own.id),
          .before = raw,
          .map = texels<p::Rgba>(
              maps_[static_cast<std::size_t>(view.layer == Layer::uncertainty ? ColourMap::inferno : s.map)]),
          .window = {u.low, u.high},
          .saturation = u.saturation,
          .mark = colour_of(theme().error),
          .reached = u.reached,
          .highlight_low = u.highlight_low,
          .highlight_high = u.highlight_high,
          .highlight = colour_of(highlight_colour)},
      projection, box);
}

}  // namespace floodlight::ui

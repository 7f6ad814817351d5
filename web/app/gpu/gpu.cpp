#include "web/app/gpu/gpu.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "embedded/floodlight_shaders.h"

#include "web/app/gpu/gpu_texture.h"
#include "web/app/gpu/processor.h"
#include "web/app/platform/platform.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

// Ten colours of matplotlib's maps each (CC0), evenly spaced; the steps between are mixed.
using Anchors = std::array<std::uint32_t, 10>;
constexpr Anchors viridis = {0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E,
                             0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725};
constexpr Anchors magma = {0x000004, 0x180F3E, 0x451077, 0x721F81, 0x9F2F7F,
                           0xCD4071, 0xF1605D, 0xFD9567, 0xFECA8D, 0xFCFDBF};
constexpr Anchors inferno = {0x000004, 0x1B0C42, 0x4B0C6B, 0x781C6D, 0xA52C60,
                             0xCF4446, 0xED6925, 0xFB9B06, 0xF7D13D, 0xFCFFA4};

ImVec4 mixed(const Anchors& anchors, float t) {
  const float slot = std::clamp(t, 0.0F, 1.0F) * static_cast<float>(anchors.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(slot), anchors.size() - 2);
  const float share = slot - static_cast<float>(i);
  const auto part = [&](int shift) {
    const auto a = static_cast<float>((anchors[i] >> shift) & 255);
    const auto b = static_cast<float>((anchors[i + 1] >> shift) & 255);
    return (a + (b - a) * share) / 255;
  };
  return {part(16), part(8), part(0), 1};
}

struct Rgb {
  float r, g, b;
};
Rgb rgb(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  return {c.x, c.y, c.z};
}
void set_colour(GLint where, ImU32 colour) {
  const Rgb c = rgb(colour);
  glUniform3f(where, c.r, c.g, c.b);
}

void set_palette(GLint where, std::span<const ImU32> colours) {
  std::vector<float> parts;
  for (const ImU32 colour : colours) {
    const Rgb c = rgb(colour);
    parts.insert(parts.end(), {c.r, c.g, c.b});
  }
  glUniform3fv(where, static_cast<GLsizei>(colours.size()), parts.data());
}

/// What Dear ImGui keeps until the draw list is rendered.
struct Order {
  Gpu* gpu;
  LayerView view;
  DisplaySettings settings;
  bool pinned_outline;
  bool light;              ///< the theme's, and ...
  std::uint32_t contents;  ///< ... the textures': orders with the same bytes draw the same
};

void run_order(const ImDrawList* /*list*/, const ImDrawCmd* command) {
  const auto* order = static_cast<const Order*>(command->UserCallbackData);
  const auto size = platform::framebuffer_size();
  const Gpu::Target screen{static_cast<float>(size.width), static_cast<float>(size.height), platform::pixel_ratio()};
  order->gpu->draw_now(order->view, order->settings, order->gpu->elsewhere.value_or(screen), order->pinned_outline);
}

}  // namespace

ImVec4 map_colour(ColourMap map, float t) {
  switch (map) {
    case ColourMap::grey:
      break;
    case ColourMap::inverted:
      return {1 - t, 1 - t, 1 - t, 1};
    case ColourMap::viridis:
      return mixed(viridis, t);
    case ColourMap::magma:
      return mixed(magma, t);
    case ColourMap::inferno:
      return mixed(inferno, t);
  }
  return {t, t, t, 1};
}

GLint Gpu::Program::uniform(const char* name) const {
  for (const auto& [known, location] : uniforms) {
    if (known == name) return location;
  }
  return -1;
}

std::optional<std::string> Gpu::compile(Program& program, std::string_view vertices, std::string_view look) {
  const auto shader = [](GLenum kind, std::string_view text) {
    const GLuint id = glCreateShader(kind);
    const char* begin = text.data();
    const auto length = static_cast<GLint>(text.size());
    glShaderSource(id, 1, &begin, &length);
    glCompileShader(id);
    return id;
  };
  const GLuint vertex = shader(GL_VERTEX_SHADER, vertices);
  const GLuint fragment = shader(GL_FRAGMENT_SHADER, look);
  program.id = glCreateProgram();
  glAttachShader(program.id, vertex);
  glAttachShader(program.id, fragment);
  glLinkProgram(program.id);
  GLint linked = 0;
  glGetProgramiv(program.id, GL_LINK_STATUS, &linked);
  if (linked == 0) {
    std::array<char, 1024> log{};
    GLint fine = 0;
    glGetShaderiv(fragment, GL_COMPILE_STATUS, &fine);
    glGetShaderInfoLog(fine != 0 ? vertex : fragment, static_cast<GLsizei>(log.size()), nullptr, log.data());
    return "A shader does not compile on this machine: " + std::string(log.data());
  }
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  program.uniforms.clear();
  GLint count = 0;
  glGetProgramiv(program.id, GL_ACTIVE_UNIFORMS, &count);
  for (GLint i = 0; i < count; ++i) {
    std::array<char, 64> name{};
    GLint size = 0;
    GLenum type = 0;
    glGetActiveUniform(program.id, static_cast<GLuint>(i), static_cast<GLsizei>(name.size()), nullptr, &size, &type,
                       name.data());
    program.uniforms.emplace_back(name.data(), glGetUniformLocation(program.id, name.data()));
  }
  return std::nullopt;
}

std::optional<std::string> Gpu::start() {
  const std::array<std::pair<Program*, std::string_view>, 8> looks = {
      {{&intensity_, embedded::intensity_frag()},
       {&mask_, embedded::mask_frag()},
       {&distance_, embedded::distance_frag()},
       {&labels_, embedded::labels_frag()},
       {&fates_, embedded::fates_frag()},
       {&flood_, embedded::flood_frag()},
       {&probability_, embedded::probability_frag()},
       {&pinned_outline_, embedded::pinned_outline_frag()}}};
  const bool by_processor = platform::draws_by_processor();
  if (!by_processor) {
    for (const auto& [program, look] : looks) {
      auto wrong = compile(*program, embedded::view_vert(), look);
      if (!wrong) continue;
      if (program == &intensity_) return wrong;
      program->id = 0;
      refused_ = std::move(*wrong);
    }
  }
  for (std::size_t m = 0; m < colour_map_count; ++m) {
    std::array<std::uint8_t, std::size_t{256} * 4> table{};
    for (std::size_t i = 0; i < 256; ++i) {
      const ImVec4 c = map_colour(static_cast<ColourMap>(m), static_cast<float>(i) / 255);
      const std::array<float, 4> parts = {c.x, c.y, c.z, 1};
      for (std::size_t k = 0; k < 4; ++k) table[i * 4 + k] = static_cast<std::uint8_t>(std::lround(parts[k] * 255));
    }
    maps_[m] = new_texture(GL_LINEAR);
    size_texture(maps_[m], GL_RGBA8, 256, 1, table.data());
  }
  const std::int32_t never = -1;
  const std::uint8_t none = 0;
  dry_ = new_texture(GL_NEAREST);
  size_texture(dry_, GL_R32I, 1, 1, &never);
  dry_colours_ = new_texture(GL_NEAREST);
  size_texture(dry_colours_, GL_R8UI, 1, 1, &none);
  thumbnail_texture_ = new_texture(GL_LINEAR);
  size_texture(thumbnail_texture_, GL_RGBA8, thumbnail_width, thumbnail_height * static_cast<int>(thumbnail_count));
  if (by_processor) return std::nullopt;
  glGenVertexArrays(1, &empty_vertices_);
  glGenFramebuffers(1, &thumbnail_target_);
  glBindFramebuffer(GL_FRAMEBUFFER, thumbnail_target_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, thumbnail_texture_, 0);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  return std::nullopt;
}

void Gpu::forget() {
  ++contents_;
  textures_ = {};
  pending_.reset();
  pinned_texture_ = {};
  thumbnail_versions_ = {};
  thumbnail_raw_versions_ = {};
  thumbnail_texture_ = 0;
  pictures_ = 0;
  picture_there_.clear();
}

bool Gpu::ready(Layer layer) const {
  const auto there = [&](Layer l) { return textures_[index(l)].version > 0; };
  switch (layer) {
    // The dry landscape, before the first drop, is there as soon as the distance is.
    case Layer::flood:
      return ready(Layer::distance);
    // The others are drawn from a second layer as well, which may still be on its way.
    case Layer::repairs:
      return there(layer) && there(Layer::raw) && there(Layer::components);
    case Layer::fates:
    case Layer::differences:
      return there(layer) && there(Layer::raw) && there(Layer::labels);
    case Layer::probability:
      return there(layer) && there(Layer::raw) && there(Layer::mask);
    case Layer::raw_mask:
    case Layer::mask:
    case Layer::passing:
    case Layer::refined:
      return there(layer) && there(Layer::raw) && there(Layer::filtered);
    default:
      return there(layer) && there(Layer::raw);
  }
}

void Gpu::draw(ImDrawList& list, const LayerView& view, const DisplaySettings& settings) {
  if (!ready(view.layer)) return;
  Order order{this, view, settings, false, theme().light, contents_};
  list.AddCallback(run_order, &order, sizeof order);
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void Gpu::draw_pinned_outline(ImDrawList& list, const LayerView& view, const DisplaySettings& settings) {
  if (pinned_texture_.version == 0) return;
  Order order{this, view, settings, true, theme().light, contents_};
  list.AddCallback(run_order, &order, sizeof order);
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

Gpu::IntensityUniforms Gpu::intensity_uniforms(Layer layer, const DisplaySettings& s) {
  IntensityUniforms u{.low = s.window_low, .high = s.window_high};
  if (layer == Layer::photons) {
    u.low = s.photons_low;
    u.high = s.photons_high;
  } else if (layer == Layer::filtered) {
    u.low = s.filtered_low;
    u.high = s.filtered_high;
  } else if (layer == Layer::experiment) {
    u.low = s.experiment_low;
    u.high = s.experiment_high;
  } else if (layer == Layer::feature) {
    u.low = s.feature_low;
    u.high = s.feature_high;
  } else if (layer == Layer::uncertainty) {
    u.low = 0;
    u.high = 1;
  }
  const bool mark = s.mark_saturated && layer == Layer::raw;
  u.saturation = mark ? s.saturation : std::numeric_limits<float>::max();
  if (layer == Layer::filtered || layer == Layer::experiment) u.reached = s.reached;
  if (layer == (s.highlight_raw ? Layer::raw : Layer::filtered)) {
    u.highlight_low = s.highlight_low;
    u.highlight_high = s.highlight_high;
  }
  return u;
}

void Gpu::set_intensity_uniforms(const Program& program, Layer layer, const DisplaySettings& s) const {
  const IntensityUniforms u = intensity_uniforms(layer, s);
  glUniform2f(program.uniform("u_window"), u.low, u.high);
  glUniform1f(program.uniform("u_saturation"), u.saturation);
  set_colour(program.uniform("u_mark"), theme().error);
  bind(2, textures_[index(Layer::raw)].id);
  glUniform1i(program.uniform("u_before"), 2);
  glUniform1i(program.uniform("u_reached"), u.reached);
  glUniform2f(program.uniform("u_highlight"), u.highlight_low, u.highlight_high);
  set_colour(program.uniform("u_highlight_ink"), highlight_colour);
}

void Gpu::set_arrival_uniforms(const Program& program, Layer layer, const DisplaySettings& s, float ratio) const {
  const Texture& arrival = textures_[index(layer)];
  const bool told = arrival.version > 0;
  bind(0, told ? arrival.id : dry_);
  glUniform1i(program.uniform("u_image"), 0);
  const bool of_flood = layer == Layer::flood;
  bind(1, textures_[index(of_flood ? Layer::distance : Layer::raw)].id);
  glUniform1i(program.uniform("u_under"), 1);
  glUniform2f(program.uniform("u_window"), of_flood ? 0 : s.window_low, of_flood ? highest_distance_ : s.window_high);
  bind(2, told ? arrival.colours : dry_colours_);
  glUniform1i(program.uniform("u_colours"), 2);
  bind(3, told ? arrival.taken : dry_);
  glUniform1i(program.uniform("u_taken"), 3);
  bind(4, told ? arrival.pushed : dry_);
  glUniform1i(program.uniform("u_pushed"), 4);
  glUniform1i(program.uniform("u_time"), !told ? -1 : of_flood ? s.flood_time : s.growth_time);
  set_palette(program.uniform("u_palette[0]"), label_palette);
  glUniform1f(program.uniform("u_outline"), s.outline * ratio);
}

void Gpu::draw_now(const LayerView& view, const DisplaySettings& s, const Target& target, bool pinned_outline) {
  if (!ready(view.layer)) return;
  if (platform::draws_by_processor()) {
    draw_by_processor(view, s, target, pinned_outline);
    return;
  }
  const bool untold = view.layer == Layer::flood && textures_[index(Layer::flood)].version == 0;
  const Texture& texture = pinned_outline ? pinned_texture_ : textures_[index(untold ? Layer::distance : view.layer)];
  const float ratio = target.pixel_ratio;
  const auto device = [&](float css) { return static_cast<GLint>(std::lround(css * ratio)); };
  const GLint left = device(view.clip_min.x);
  const GLint right = device(view.clip_max.x);
  const GLint top = device(view.clip_min.y);
  const GLint bottom = device(view.clip_max.y);
  if (right <= left || bottom <= top) return;
  glViewport(0, 0, static_cast<GLsizei>(target.width), static_cast<GLsizei>(target.height));
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, static_cast<GLint>(target.height) - bottom, right - left, bottom - top);
  glDisable(GL_BLEND);
  glBindVertexArray(empty_vertices_);
  const bool is_labels = view.layer == Layer::labels || view.layer == Layer::components || view.layer == Layer::islands;
  const bool is_distance = view.layer == Layer::distance || view.layer == Layer::seeds;
  const bool is_mask = view.layer == Layer::mask || view.layer == Layer::raw_mask || view.layer == Layer::refined ||
                       view.layer == Layer::passing;
  const bool is_repairs = view.layer == Layer::repairs;
  const bool is_differences = view.layer == Layer::differences;
  const bool is_fates = view.layer == Layer::fates || is_repairs || is_differences;
  const bool is_probability = view.layer == Layer::probability;
  const bool is_arrival = view.layer == Layer::growth || view.layer == Layer::flood;
  const Program& program = pinned_outline   ? pinned_outline_
                           : is_labels      ? labels_
                           : is_fates       ? fates_
                           : is_arrival     ? flood_
                           : is_distance    ? distance_
                           : is_mask        ? mask_
                           : is_probability ? probability_
                                            : intensity_;
  if (program.id == 0) {
    if (pinned_outline || &program == &intensity_) return;
    LayerView raw = view;
    raw.layer = Layer::raw;
    draw_now(raw, s, target);
    return;
  }
  glUseProgram(program.id);
  // Whole device pixels, so that at 1:1 every pixel of the image is exactly one of the screen.
  glUniform2f(program.uniform("u_origin"), std::round(view.origin.x * ratio), std::round(view.origin.y * ratio));
  glUniform1f(program.uniform("u_zoom"), view.zoom * ratio);
  glUniform1f(program.uniform("u_target_height"), target.height);
  glUniform2i(program.uniform("u_size"), texture.cols, texture.rows);
  glUniform1i(program.uniform("u_image"), 0);
  bind(0, texture.id);
  if (pinned_outline) {
    glUniform1f(program.uniform("u_outline"), std::max(1.0F, s.outline * ratio * 0.8F));
    set_colour(program.uniform("u_ink"), outline_colour);
  } else if (is_labels || is_fates || is_probability) {
    bind(1, textures_[index(Layer::raw)].id);
    glUniform1i(program.uniform("u_raw"), 1);
    glUniform2f(program.uniform("u_window"), s.window_low, s.window_high);
    glUniform1f(program.uniform("u_outline"), s.outline * ratio);
  }
  if (is_fates && !pinned_outline) {
    bind(2, textures_[index(is_repairs ? Layer::components : Layer::labels)].id);
    glUniform1i(program.uniform("u_labels"), 2);
    set_palette(program.uniform("u_palette[0]"), is_repairs       ? std::span<const ImU32>(repair_palette)
                                                 : is_differences ? difference_palette
                                                                  : fate_palette);
    glUniform1f(program.uniform("u_hatch"), 8 * ratio);
    glUniform1i(program.uniform("u_flat"), is_repairs ? 1 : 0);
    glUniform1i(program.uniform("u_cuts"), is_differences ? 1 : 0);
  } else if (is_labels && !pinned_outline) {
    bind(2, texture.colours);
    glUniform1i(program.uniform("u_colours"), 2);
    set_palette(program.uniform("u_palette[0]"), label_palette);
    glUniform1f(program.uniform("u_opacity"), s.label_opacity);
    set_colour(program.uniform("u_background"), theme().background);
    glUniform1f(program.uniform("u_raw_share"), s.labels_over_raw ? 1 : 0);
  } else if (is_probability && !pinned_outline) {
    bind(2, textures_[index(Layer::mask)].id);
    glUniform1i(program.uniform("u_mask"), 2);
    set_colour(program.uniform("u_nuclei"), paint_palette[0]);
    set_colour(program.uniform("u_background"), paint_palette[1]);
    glUniform1f(program.uniform("u_hatch"), 8 * ratio);
  } else if (is_arrival && !pinned_outline) {
    set_arrival_uniforms(program, view.layer, s, ratio);
  } else if (is_mask && !pinned_outline) {
    bind(1, textures_[index(s.highlight_raw ? Layer::raw : Layer::filtered)].id);
    glUniform1i(program.uniform("u_values"), 1);
    glUniform2f(program.uniform("u_highlight"), s.highlight_low, s.highlight_high);
    set_colour(program.uniform("u_mark"), highlight_colour);
    set_colour(program.uniform("u_foreground"), theme().foreground);
    set_colour(program.uniform("u_background"), theme().background);
  } else if (!pinned_outline) {
    const ColourMap map = is_distance                        ? ColourMap::magma
                          : view.layer == Layer::uncertainty ? ColourMap::inferno
                                                             : s.map;
    bind(1, maps_[static_cast<std::size_t>(map)]);
    glUniform1i(program.uniform("u_map"), 1);
    if (is_distance) {
      glUniform1f(program.uniform("u_highest"), highest_distance_);
      set_colour(program.uniform("u_background"), theme().background);
    } else {
      set_intensity_uniforms(program, view.layer, s);
    }
  }
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glActiveTexture(GL_TEXTURE0);  // Dear ImGui binds its textures to the unit that is active
}

void Gpu::refresh_thumbnails(const DisplaySettings& settings) {
  // What moves under the pointer does not concern the small pictures.
  DisplaySettings lasting = settings;
  lasting.reached = thumbnail_settings_.reached;
  lasting.growth_time = thumbnail_settings_.growth_time;
  lasting.flood_time = thumbnail_settings_.flood_time;
  lasting.highlight_low = thumbnail_settings_.highlight_low;
  lasting.highlight_high = thumbnail_settings_.highlight_high;
  lasting.highlight_raw = thumbnail_settings_.highlight_raw;
  const bool all = lasting != thumbnail_settings_ || theme().light != thumbnail_light_;
  thumbnail_settings_ = settings;
  thumbnail_light_ = theme().light;
  for (std::size_t i = 0; i < thumbnail_count; ++i) {
    const Texture& texture = textures_[i];
    const std::uint32_t raw_version = textures_[index(Layer::raw)].version;
    if (!ready(static_cast<Layer>(i))) continue;
    if (!all && texture.version == thumbnail_versions_[i] && raw_version == thumbnail_raw_versions_[i]) continue;
    thumbnail_versions_[i] = texture.version;
    thumbnail_raw_versions_[i] = raw_version;
    aim_at_thumbnails();
    constexpr auto width = static_cast<float>(thumbnail_width);
    constexpr auto height = static_cast<float>(thumbnail_height);
    const float zoom = std::max(width / static_cast<float>(texture.cols), height / static_cast<float>(texture.rows));
    const float top = height * static_cast<float>(i);
    const LayerView view{.layer = static_cast<Layer>(i),
                         .origin = {(width - zoom * static_cast<float>(texture.cols)) / 2,
                                    top + (height - zoom * static_cast<float>(texture.rows)) / 2},
                         .zoom = zoom,
                         .clip_min = {0, top},
                         .clip_max = {width, top + height}};
    DisplaySettings own = settings;
    own.outline = 0;  // at this size outlines would be all there is
    own.label_opacity = 1;
    own.mark_saturated = false;
    own.reached = -1;
    own.highlight_low = 1;
    own.highlight_high = 0;
    draw_now(view, own, {width, height * static_cast<float>(thumbnail_count), 1});
  }
  if (!platform::draws_by_processor()) glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

void Gpu::aim_at_thumbnails() const {
  if (platform::draws_by_processor())
    processor::aim_at(thumbnail_texture_);
  else
    glBindFramebuffer(GL_FRAMEBUFFER, thumbnail_target_);
}

Gpu::Thumbnail Gpu::thumbnail(Layer layer) const {
  constexpr auto count = static_cast<float>(thumbnail_count);
  const ImTextureRef texture(static_cast<ImTextureID>(thumbnail_texture_));
  const auto place = static_cast<float>(index(layer));
  if (platform::draws_by_processor()) return {texture, {0, place / count}, {1, (place + 1) / count}};
  // The framebuffer's rows run from the bottom up.
  const float top = 1 - place / count;
  return {texture, {0, top}, {1, top - 1 / count}};
}

void Gpu::upload_picture(std::size_t slot, const std::vector<std::uint8_t>& greys) {
  if (pictures_ == 0) {
    pictures_ = new_texture(GL_LINEAR);
    size_texture(pictures_, GL_RGBA8, pictures_a_row * picture_size, picture_rows * picture_size);
    picture_there_.assign(picture_slots, false);
  }
  IM_ASSERT(slot < picture_slots);
  if (slot >= picture_there_.size()) return;
  std::vector<std::uint8_t> colours;
  for (const std::uint8_t grey : greys) colours.insert(colours.end(), {grey, grey, grey, 255});
  const auto at = static_cast<int>(slot);
  fill_texture(pictures_, GL_RGBA8,
               {at % pictures_a_row * picture_size, at / pictures_a_row * picture_size, picture_size, picture_size},
               colours.data());
  picture_there_[slot] = true;
}

bool Gpu::has_picture(std::size_t slot) const { return slot < picture_there_.size() && picture_there_[slot]; }

Gpu::Thumbnail Gpu::picture(std::size_t slot) const {
  const ImVec2 size(1.0F / pictures_a_row, 1.0F / picture_rows);
  const ImVec2 corner = grid_place(slot, pictures_a_row) * size;
  return {ImTextureRef(static_cast<ImTextureID>(pictures_)), corner, {corner.x + size.x, corner.y + size.y}};
}

}  // namespace floodlight::ui

// OpenGL ES 3 without a GPU. Only the functions that the interface and Dear ImGui's back end call are here: one more that
// is wanted does not link.
#include "tests/interface/no_gpu.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include <GLES3/gl3.h>

#include "imgui.h"

namespace floodlight::test {
namespace {

using Digest = std::uint64_t;
constexpr Digest nothing = 0x9E3779B97F4A7C15ULL;
constexpr GLint largest_side = 8192;
constexpr GLuint texture_units = 16;

Digest mixed(Digest digest, std::uint64_t word) {
  digest = (digest ^ word) * 0x9FB21C651E98DF25ULL;
  return digest ^ (digest >> 29U);
}

Digest mixed(Digest digest, std::span<const std::uint8_t> bytes) {
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
    digest = mixed(digest, word);
  }
  return mixed(digest, bytes.size());
}

template <typename T>
Digest mixed_value(Digest digest, const T& value) {
  std::array<std::uint8_t, sizeof(T)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof value);
  return mixed(digest, bytes);
}

using Box = std::array<GLint, 4>;  // left, bottom, width, height, as OpenGL has them

struct Texture {
  GLint format = 0;
  GLsizei width = 0;
  GLsizei height = 0;
  std::vector<std::uint8_t> texels;
  std::map<Box, Digest> drawn;  ///< of what was rendered into it, by the part that was
  Digest digest = nothing;
  bool changed = true;  ///< since the digest was made

  [[nodiscard]] std::size_t texel_size() const {
    switch (format) {
      case GL_R8UI:
        return 1;
      case GL_R32F:
      case GL_R32I:
      case GL_RGBA8:
      case GL_RGBA:
        return 4;
      default:
        return 0;
    }
  }
  /// What a sampler has to be to read it.
  [[nodiscard]] std::string_view sampler() const {
    return format == GL_R8UI ? "usampler2D" : format == GL_R32I ? "isampler2D" : "sampler2D";
  }
  Digest content() {
    if (!changed) return digest;
    changed = false;
    digest = mixed(mixed(nothing, static_cast<std::uint64_t>(width)), texels);
    for (const auto& [part, what] : drawn) digest = mixed(mixed_value(digest, part), what);
    return digest;
  }
};

struct Uniform {
  std::string name;  ///< of a list with "[0]", as OpenGL calls it
  std::string type;
  GLint size = 1;
  std::vector<std::uint8_t> value;
  [[nodiscard]] bool samples() const { return type.find("sampler") != std::string::npos; }
};

struct Program {
  std::vector<GLuint> shaders;
  Digest source = nothing;
  std::vector<Uniform> uniforms;
};

struct Framebuffer {
  GLuint texture = 0;
  std::map<Box, Digest> drawn;  ///< where no texture is attached
};

struct State {
  GLuint last_name = 0;
  std::map<GLuint, Texture> textures;
  std::map<GLuint, std::string> shaders;
  std::map<GLuint, Program> programs;
  std::map<GLuint, Framebuffer> framebuffers;
  std::map<GLenum, std::vector<std::uint8_t>> buffers;  ///< the bound one's bytes, by its kind
  std::array<GLuint, texture_units> bound{};
  GLuint unit = 0;
  GLuint program = 0;
  GLuint draws_to = 0;
  GLuint reads_from = 0;
  std::map<GLenum, GLint> pixel_store = {{GL_UNPACK_ALIGNMENT, 4}, {GL_UNPACK_ROW_LENGTH, 0}, {GL_PACK_ALIGNMENT, 4}};
  std::map<GLenum, bool> enabled;
  Box viewport{};
  Box scissor{};
  std::array<float, 4> clear_colour{};

  ScreenRect watched;
  Digest picture = nothing;
  std::vector<std::string> faults;
};

State& state() {
  static State instance;
  return instance;
}

void refuse(std::string sentence) {
  auto& faults = state().faults;
  if (std::ranges::find(faults, sentence) == faults.end()) faults.push_back(std::move(sentence));
}

Texture* bound_texture() {
  State& s = state();
  const auto found = s.textures.find(s.bound[s.unit]);
  if (found != s.textures.end()) return &found->second;
  refuse("a texture is written to, and none is bound");
  return nullptr;
}

Program* current_program() {
  State& s = state();
  const auto found = s.programs.find(s.program);
  if (found != s.programs.end()) return &found->second;
  refuse("there is no program to draw with");
  return nullptr;
}

// --- textures ---------------------------------------------------------------------------------------------------------------

/// Copies a caller's rows as it has said that they lie.
void write_texels(Texture& texture, Box part, const void* pixels) {
  const auto [left, top, width, height] = part;
  if (left < 0 || top < 0 || left + width > texture.width || top + height > texture.height) {
    refuse("texels are written beyond a texture's edge");
    return;
  }
  const std::size_t texel = texture.texel_size();
  const auto& store = state().pixel_store;
  const GLint length = store.at(GL_UNPACK_ROW_LENGTH);
  const auto alignment = static_cast<std::size_t>(store.at(GL_UNPACK_ALIGNMENT));
  const std::size_t row = static_cast<std::size_t>(length > 0 ? length : width) * texel;
  const std::size_t stride = (row + alignment - 1) / alignment * alignment;
  const auto* from = static_cast<const std::uint8_t*>(pixels);
  for (GLsizei y = 0; y < height; ++y) {
    const std::size_t to =
        (static_cast<std::size_t>(top + y) * static_cast<std::size_t>(texture.width) + static_cast<std::size_t>(left)) *
        texel;
    std::memcpy(texture.texels.data() + to, from + static_cast<std::size_t>(y) * stride,
                static_cast<std::size_t>(width) * texel);
  }
  texture.changed = true;
}

void make_texture(GLint format, GLsizei width, GLsizei height) {
  Texture* texture = bound_texture();
  if (texture == nullptr) return;
  if (width < 1 || height < 1 || width > largest_side || height > largest_side) {
    refuse("a texture of " + std::to_string(width) + " x " + std::to_string(height) + " texels");
    return;
  }
  texture->format = format;
  texture->width = width;
  texture->height = height;
  texture->drawn.clear();
  texture->changed = true;
  if (texture->texel_size() == 0) refuse("a texture of a format that is not known here");
  texture->texels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * texture->texel_size(), 0);
}

// --- programs ---------------------------------------------------------------------------------------------------------------

constexpr bool ends_word(char c) { return c == ' ' || c == '\n' || c == '\t' || c == ';' || c == '['; }

std::string_view next_word(std::string_view& text) {
  while (!text.empty() && ends_word(text.front())) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && !ends_word(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

/// The `uniform TYPE NAME;` of a shader's text.
void find_uniforms(std::string_view text, std::vector<Uniform>& uniforms) {
  constexpr std::string_view keyword = "uniform ";
  for (std::size_t at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + 1)) {
    std::string_view rest = text.substr(at + keyword.size());
    std::string_view type = next_word(rest);
    if (type == "highp" || type == "mediump" || type == "lowp") type = next_word(rest);
    Uniform uniform;
    uniform.type = type;
    uniform.name = next_word(rest);
    if (rest.starts_with('[')) {
      uniform.name += "[0]";
      uniform.size = 0;
      for (const char c : rest.substr(1, rest.find(']') - 1)) {
        if (c < '0' || c > '9') break;
        uniform.size = uniform.size * 10 + (c - '0');
      }
    }
    if (std::ranges::find(uniforms, uniform.name, &Uniform::name) == uniforms.end())
      uniforms.push_back(std::move(uniform));
  }
}

void set_uniform(GLint place, std::initializer_list<std::string_view> types, const void* value, std::size_t size) {
  if (place == -1) return;
  Program* program = current_program();
  if (program == nullptr) return;
  if (place < 0 || static_cast<std::size_t>(place) >= program->uniforms.size()) {
    refuse("a number is given to a place that the program does not have");
    return;
  }
  Uniform& uniform = program->uniforms[static_cast<std::size_t>(place)];
  const bool fits = std::ranges::find(types, std::string_view(uniform.type)) != types.end();
  if (!fits) refuse(uniform.name + " is given numbers, but not those of its type, " + uniform.type);
  const auto* bytes = static_cast<const std::uint8_t*>(value);
  uniform.value.assign(bytes, bytes + size);
}

template <typename... T>
void set_numbers(GLint place, std::initializer_list<std::string_view> types, T... numbers) {
  const std::array values = {numbers...};
  set_uniform(place, types, values.data(), sizeof values);
}

constexpr std::initializer_list<std::string_view> int_like = {"int", "bool", "sampler2D", "isampler2D", "usampler2D"};

/// Everything about an order but its corners: shaders, numbers, the textures' contents, where it may draw.
Digest digest_of_order(GLenum mode, bool with_textures) {
  State& s = state();
  Program* program = current_program();
  if (program == nullptr) return nothing;
  Digest digest = mixed(mixed(program->source, mode), s.enabled[GL_BLEND] ? 1 : 0);
  digest = mixed_value(digest, s.viewport);
  for (Uniform& uniform : program->uniforms) {
    if (!uniform.samples()) {
      digest = mixed(digest, uniform.value);
      continue;
    }
    GLint unit = 0;
    if (!uniform.value.empty()) std::memcpy(&unit, uniform.value.data(), sizeof unit);
    const auto found = s.textures.find(s.bound[static_cast<std::size_t>(unit) % texture_units]);
    if (found == s.textures.end() || found->second.width == 0) {
      refuse(uniform.name + " reads a texture that is not there");
      continue;
    }
    Texture& texture = found->second;
    if (texture.sampler() != uniform.type)
      refuse(uniform.name + " is a " + uniform.type + ", but its texture wants a " + std::string(texture.sampler()));
    if (with_textures) digest = mixed(digest, texture.content());
  }
  return digest;
}

// --- drawing ----------------------------------------------------------------------------------------------------------------

/// The part of the watched rectangle in which the screen may be drawn to.
ScreenRect open_part() {
  const State& s = state();
  if (!s.enabled.contains(GL_SCISSOR_TEST) || !s.enabled.at(GL_SCISSOR_TEST)) return s.watched;
  const auto [left, bottom, width, height] = s.scissor;
  const auto high = static_cast<float>(s.viewport[3]);
  return {std::max(s.watched.left, static_cast<float>(left)),
          std::max(s.watched.top, high - static_cast<float>(bottom + height)),
          std::min(s.watched.right, static_cast<float>(left + width)),
          std::min(s.watched.bottom, high - static_cast<float>(bottom))};
}

bool is_empty(const ScreenRect& r) { return r.left >= r.right || r.top >= r.bottom; }

/// Takes an order down that fills what it may draw to.
void take_down(Digest order) {
  State& s = state();
  if (s.draws_to == 0) {
    const ScreenRect part = open_part();
    if (!is_empty(part)) s.picture = mixed_value(mixed(s.picture, order), part);
    return;
  }
  Framebuffer& target = s.framebuffers[s.draws_to];
  const Box part = s.enabled[GL_SCISSOR_TEST] ? s.scissor : s.viewport;
  const auto texture = s.textures.find(target.texture);
  if (texture == s.textures.end()) {
    target.drawn[part] = order;
  } else {
    texture->second.drawn[part] = order;
    texture->second.changed = true;
  }
}

/// The texels between a triangle's corners: the place of a letter in its texture may change, its look may not.
Digest texels_between(Texture& texture, const std::array<ImDrawVert, 3>& corners) {
  if (!texture.drawn.empty() || texture.texel_size() != 4) return texture.content();
  const auto [left, right] = std::minmax({corners[0].uv.x, corners[1].uv.x, corners[2].uv.x});
  const auto [top, bottom] = std::minmax({corners[0].uv.y, corners[1].uv.y, corners[2].uv.y});
  const auto place = [](float share, GLsizei size) {
    return std::clamp(static_cast<GLsizei>(share * static_cast<float>(size)), 0, size - 1);
  };
  const GLsizei from = place(left, texture.width);
  const GLsizei to = place(right, texture.width) + 1;
  Digest digest = nothing;
  for (GLsizei y = place(top, texture.height); y <= place(bottom, texture.height); ++y) {
    const std::size_t at =
        4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(texture.width) + static_cast<std::size_t>(from));
    digest = mixed(digest, std::span(texture.texels).subspan(at, 4 * static_cast<std::size_t>(to - from)));
  }
  return digest;
}

/// Dear ImGui's triangles.
void take_down_triangles(GLsizei count, std::size_t offset) {
  State& s = state();
  const auto& corners = s.buffers[GL_ARRAY_BUFFER];
  const auto& indices = s.buffers[GL_ELEMENT_ARRAY_BUFFER];
  if (offset + static_cast<std::size_t>(count) * sizeof(ImDrawIdx) > indices.size()) {
    refuse("more corners are drawn than there are numbers of corners");
    return;
  }
  const auto texture = s.textures.find(s.bound[0]);
  const Digest order = digest_of_order(GL_TRIANGLES, false);
  const ScreenRect part = open_part();
  for (GLsizei i = 0; i + 2 < count; i += 3) {
    std::array<ImDrawVert, 3> triangle;
    for (std::size_t k = 0; k < 3; ++k) {
      ImDrawIdx index = 0;
      std::memcpy(&index, indices.data() + offset + (static_cast<std::size_t>(i) + k) * sizeof index, sizeof index);
      if ((std::size_t{index} + 1) * sizeof(ImDrawVert) > corners.size()) {
        refuse("a corner is drawn that there is not");
        return;
      }
      std::memcpy(&triangle[k], corners.data() + std::size_t{index} * sizeof(ImDrawVert), sizeof(ImDrawVert));
    }
    if (s.draws_to != 0 || texture == s.textures.end() || is_empty(part)) continue;
    // Corners are in CSS pixels; the projection says how many of them the screen has.
    const float ratio = static_cast<float>(s.viewport[2]) / ImGui::GetIO().DisplaySize.x;
    const auto [left, right] = std::minmax({triangle[0].pos.x, triangle[1].pos.x, triangle[2].pos.x});
    const auto [top, bottom] = std::minmax({triangle[0].pos.y, triangle[1].pos.y, triangle[2].pos.y});
    // What only touches the rectangle's edge stands beside it.
    constexpr float touching = 0.1F;
    if (right * ratio <= part.left + touching || left * ratio >= part.right - touching ||
        bottom * ratio <= part.top + touching || top * ratio >= part.bottom - touching)
      continue;
    s.picture = mixed_value(mixed(s.picture, order), part);
    for (const ImDrawVert& corner : triangle)
      s.picture = mixed(mixed_value(mixed_value(s.picture, corner.pos.x), corner.pos.y), corner.col);
    s.picture = mixed(s.picture, texels_between(texture->second, triangle));
  }
}

}  // namespace

void start_gpu() { state() = State(); }

void watch_screen(const ScreenRect& rect) { state().watched = rect; }

std::uint64_t watched_picture() { return state().picture; }

const std::vector<std::string>& gpu_faults() { return state().faults; }

namespace {

void make_names(GLsizei count, GLuint* names) {
  for (GLsizei i = 0; i < count; ++i) names[i] = ++state().last_name;
}

GLint number_of(GLenum what) {
  const State& s = state();
  switch (what) {
    case GL_MAX_TEXTURE_SIZE:
    case GL_MAX_RENDERBUFFER_SIZE:
      return largest_side;
    case GL_MAX_SAMPLES:
      return 4;
    case GL_MAJOR_VERSION:
      return 3;
    case GL_ACTIVE_TEXTURE:
      return static_cast<GLint>(GL_TEXTURE0 + s.unit);
    case GL_CURRENT_PROGRAM:
      return static_cast<GLint>(s.program);
    case GL_TEXTURE_BINDING_2D:
      return static_cast<GLint>(s.bound[s.unit]);
    default:
      return 0;
  }
}

}  // namespace
}  // namespace floodlight::test

// NOLINTBEGIN(readability-identifier-naming,bugprone-*): OpenGL's own names
using namespace floodlight::test;  // NOLINT(google-build-using-namespace)

extern "C" {

// --- textures ---------------------------------------------------------------------------------------------------------------

void glGenTextures(GLsizei n, GLuint* textures) {
  make_names(n, textures);
  for (GLsizei i = 0; i < n; ++i) state().textures[textures[i]];
}

void glDeleteTextures(GLsizei n, const GLuint* textures) {
  for (GLsizei i = 0; i < n; ++i) {
    state().textures.erase(textures[i]);
    for (GLuint& bound : state().bound)
      if (bound == textures[i]) bound = 0;
  }
}

void glActiveTexture(GLenum texture) { state().unit = (texture - GL_TEXTURE0) % texture_units; }

void glBindTexture(GLenum /*target*/, GLuint texture) {
  if (texture != 0 && !state().textures.contains(texture)) refuse("a texture is bound that was deleted or never made");
  state().bound[state().unit] = texture;
}

void glTexParameteri(GLenum /*target*/, GLenum /*name*/, GLint /*value*/) { bound_texture(); }

void glTexImage2D(GLenum /*target*/, GLint /*level*/, GLint internal_format, GLsizei width, GLsizei height,
                  GLint /*border*/, GLenum /*format*/, GLenum /*type*/, const void* pixels) {
  make_texture(internal_format, width, height);
  Texture* texture = bound_texture();
  if (texture != nullptr && pixels != nullptr) write_texels(*texture, {0, 0, width, height}, pixels);
}

void glTexStorage2D(GLenum /*target*/, GLsizei /*levels*/, GLenum internal_format, GLsizei width, GLsizei height) {
  make_texture(static_cast<GLint>(internal_format), width, height);
}

void glTexSubImage2D(GLenum /*target*/, GLint /*level*/, GLint x, GLint y, GLsizei width, GLsizei height,
                     GLenum /*format*/, GLenum /*type*/, const void* pixels) {
  Texture* texture = bound_texture();
  if (texture != nullptr) write_texels(*texture, {x, y, width, height}, pixels);
}

void glPixelStorei(GLenum name, GLint value) { state().pixel_store[name] = value; }

void glBindSampler(GLuint /*unit*/, GLuint /*sampler*/) {}

// --- programs ---------------------------------------------------------------------------------------------------------------

GLuint glCreateShader(GLenum /*kind*/) {
  GLuint name = 0;
  make_names(1, &name);
  state().shaders[name];
  return name;
}

void glShaderSource(GLuint shader, GLsizei count, const GLchar* const* strings, const GLint* lengths) {
  std::string& text = state().shaders[shader];
  text.clear();
  for (GLsizei i = 0; i < count; ++i) {
    if (lengths != nullptr && lengths[i] >= 0) {
      text.append(strings[i], static_cast<std::size_t>(lengths[i]));
    } else {
      text.append(strings[i]);
    }
  }
}

void glCompileShader(GLuint /*shader*/) {}
void glDeleteShader(GLuint shader) { state().shaders.erase(shader); }
void glDetachShader(GLuint /*program*/, GLuint /*shader*/) {}

GLuint glCreateProgram() {
  GLuint name = 0;
  make_names(1, &name);
  state().programs[name];
  return name;
}

void glAttachShader(GLuint program, GLuint shader) { state().programs[program].shaders.push_back(shader); }

void glLinkProgram(GLuint program) {
  Program& linked = state().programs[program];
  for (const GLuint shader : linked.shaders) {
    const std::string& text = state().shaders[shader];
    linked.source = mixed(linked.source, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    find_uniforms(text, linked.uniforms);
  }
}

void glDeleteProgram(GLuint program) { state().programs.erase(program); }
GLboolean glIsProgram(GLuint program) { return state().programs.contains(program) ? GL_TRUE : GL_FALSE; }
void glUseProgram(GLuint program) { state().program = program; }

void glGetProgramiv(GLuint program, GLenum name, GLint* value) {
  const bool count = name == GL_ACTIVE_UNIFORMS;
  *value = count ? static_cast<GLint>(state().programs[program].uniforms.size()) : name == GL_LINK_STATUS ? 1 : 0;
}
void glGetShaderiv(GLuint /*shader*/, GLenum name, GLint* value) { *value = name == GL_COMPILE_STATUS ? 1 : 0; }
void glGetShaderInfoLog(GLuint /*shader*/, GLsizei /*size*/, GLsizei* /*length*/, GLchar* log) { *log = 0; }
void glGetProgramInfoLog(GLuint /*program*/, GLsizei /*size*/, GLsizei* /*length*/, GLchar* log) { *log = 0; }

void glGetActiveUniform(GLuint program, GLuint index, GLsizei size, GLsizei* /*length*/, GLint* count, GLenum* type,
                        GLchar* name) {
  const Uniform& uniform = state().programs[program].uniforms[index];
  *count = uniform.size;
  *type = GL_FLOAT;
  name[uniform.name.copy(name, static_cast<std::size_t>(size) - 1)] = 0;
}

GLint glGetUniformLocation(GLuint program, const GLchar* name) {
  const auto& uniforms = state().programs[program].uniforms;
  const auto found = std::ranges::find(uniforms, std::string_view(name), &Uniform::name);
  return found == uniforms.end() ? -1 : static_cast<GLint>(found - uniforms.begin());
}

GLint glGetAttribLocation(GLuint /*program*/, const GLchar* name) {
  const std::string_view attribute(name);
  return attribute == "Position" ? 0 : attribute == "UV" ? 1 : 2;
}

void glUniform1i(GLint place, GLint a) { set_numbers(place, int_like, a); }
void glUniform2i(GLint place, GLint a, GLint b) { set_numbers(place, {"ivec2"}, a, b); }
void glUniform1f(GLint place, GLfloat a) { set_numbers(place, {"float"}, a); }
void glUniform2f(GLint place, GLfloat a, GLfloat b) { set_numbers(place, {"vec2"}, a, b); }
void glUniform3f(GLint place, GLfloat a, GLfloat b, GLfloat c) { set_numbers(place, {"vec3"}, a, b, c); }
void glUniform3fv(GLint place, GLsizei count, const GLfloat* values) {
  set_uniform(place, {"vec3"}, values, static_cast<std::size_t>(count) * 3 * sizeof(GLfloat));
}
void glUniformMatrix4fv(GLint place, GLsizei count, GLboolean /*transpose*/, const GLfloat* values) {
  set_uniform(place, {"mat4"}, values, static_cast<std::size_t>(count) * 16 * sizeof(GLfloat));
}

// --- vertices ---------------------------------------------------------------------------------------------------------------

void glGenVertexArrays(GLsizei n, GLuint* arrays) { make_names(n, arrays); }
void glDeleteVertexArrays(GLsizei /*n*/, const GLuint* /*arrays*/) {}
void glBindVertexArray(GLuint /*array*/) {}
void glGenBuffers(GLsizei n, GLuint* buffers) { make_names(n, buffers); }
void glDeleteBuffers(GLsizei /*n*/, const GLuint* /*buffers*/) {}
void glBindBuffer(GLenum /*target*/, GLuint /*buffer*/) {}
void glBufferData(GLenum target, GLsizeiptr size, const void* data, GLenum /*usage*/) {
  auto& buffer = state().buffers[target];
  buffer.assign(static_cast<std::size_t>(size), 0);
  if (data != nullptr && size > 0) std::memcpy(buffer.data(), data, static_cast<std::size_t>(size));
}
void glBufferSubData(GLenum target, GLintptr offset, GLsizeiptr size, const void* data) {
  auto& buffer = state().buffers[target];
  const auto from = static_cast<std::size_t>(offset);
  const auto length = static_cast<std::size_t>(size);
  if (from + length > buffer.size()) {
    refuse("bytes are written beyond a buffer's end");
  } else {
    std::memcpy(buffer.data() + from, data, length);
  }
}
void glEnableVertexAttribArray(GLuint /*index*/) {}
void glVertexAttribPointer(GLuint /*index*/, GLint /*size*/, GLenum /*type*/, GLboolean /*normalised*/,
                           GLsizei /*stride*/, const void* /*pointer*/) {}

// --- framebuffers -----------------------------------------------------------------------------------------------------------

void glGenFramebuffers(GLsizei n, GLuint* framebuffers) { make_names(n, framebuffers); }
void glDeleteFramebuffers(GLsizei n, const GLuint* framebuffers) {
  for (GLsizei i = 0; i < n; ++i) state().framebuffers.erase(framebuffers[i]);
}
void glBindFramebuffer(GLenum target, GLuint framebuffer) {
  if (target != GL_READ_FRAMEBUFFER) state().draws_to = framebuffer;
  if (target != GL_DRAW_FRAMEBUFFER) state().reads_from = framebuffer;
}
void glFramebufferTexture2D(GLenum /*target*/, GLenum /*attachment*/, GLenum /*kind*/, GLuint texture,
                            GLint /*level*/) {
  state().framebuffers[state().draws_to].texture = texture;
}
void glGenRenderbuffers(GLsizei n, GLuint* renderbuffers) { make_names(n, renderbuffers); }
void glDeleteRenderbuffers(GLsizei /*n*/, const GLuint* /*renderbuffers*/) {}
void glBindRenderbuffer(GLenum /*target*/, GLuint /*renderbuffer*/) {}
void glRenderbufferStorage(GLenum /*target*/, GLenum /*format*/, GLsizei width, GLsizei height) {
  if (width > largest_side || height > largest_side) refuse("a buffer larger than the GPU's largest");
}
void glRenderbufferStorageMultisample(GLenum target, GLsizei samples, GLenum format, GLsizei width, GLsizei height) {
  if (samples > number_of(GL_MAX_SAMPLES)) refuse("more samples a pixel than the GPU has");
  glRenderbufferStorage(target, format, width, height);
}
void glFramebufferRenderbuffer(GLenum /*target*/, GLenum /*attachment*/, GLenum /*kind*/, GLuint /*renderbuffer*/) {}

void glBlitFramebuffer(GLint /*from_x0*/, GLint /*from_y0*/, GLint /*from_x1*/, GLint /*from_y1*/, GLint x0, GLint y0,
                       GLint x1, GLint y1, GLbitfield /*mask*/, GLenum /*filter*/) {
  State& s = state();
  Digest copied = nothing;
  for (const auto& [part, what] : s.framebuffers[s.reads_from].drawn) copied = mixed(mixed_value(copied, part), what);
  const auto texture = s.textures.find(s.framebuffers[s.draws_to].texture);
  if (texture == s.textures.end()) return;
  texture->second.drawn[{x0, y0, x1 - x0, y1 - y0}] = copied;
  texture->second.changed = true;
}

void glReadPixels(GLint /*x*/, GLint /*y*/, GLsizei width, GLsizei height, GLenum /*format*/, GLenum /*type*/,
                  void* pixels) {
  std::memset(pixels, 0x7F, static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
}

// --- drawing ----------------------------------------------------------------------------------------------------------------

void glClearColor(GLfloat red, GLfloat green, GLfloat blue, GLfloat alpha) {
  state().clear_colour = {red, green, blue, alpha};
}

void glClear(GLbitfield /*mask*/) {
  State& s = state();
  const Digest cleared = mixed_value(nothing, s.clear_colour);
  if (s.draws_to == 0) {
    s.picture = cleared;
    return;
  }
  Framebuffer& target = s.framebuffers[s.draws_to];
  target.drawn.clear();
  target.drawn[Box{}] = cleared;
}

void glDrawArrays(GLenum mode, GLint /*first*/, GLsizei count) {
  take_down(mixed(digest_of_order(mode, true), static_cast<std::uint64_t>(count)));
}

void glDrawArraysInstanced(GLenum mode, GLint /*first*/, GLsizei count, GLsizei instances) {
  const Digest order = mixed(digest_of_order(mode, true), static_cast<std::uint64_t>(count));
  take_down(mixed(order, static_cast<std::uint64_t>(instances)));
}

void glDrawElements(GLenum /*mode*/, GLsizei count, GLenum /*type*/, const void* offset) {
  take_down_triangles(count, reinterpret_cast<std::size_t>(offset));
}

void glEnable(GLenum what) { state().enabled[what] = true; }
void glDisable(GLenum what) { state().enabled[what] = false; }
GLboolean glIsEnabled(GLenum what) { return state().enabled[what] ? GL_TRUE : GL_FALSE; }
void glViewport(GLint x, GLint y, GLsizei width, GLsizei height) { state().viewport = {x, y, width, height}; }
void glScissor(GLint x, GLint y, GLsizei width, GLsizei height) { state().scissor = {x, y, width, height}; }
void glBlendEquation(GLenum /*mode*/) {}
void glBlendEquationSeparate(GLenum /*colour*/, GLenum /*alpha*/) {}
void glBlendFuncSeparate(GLenum /*from*/, GLenum /*to*/, GLenum /*from_alpha*/, GLenum /*to_alpha*/) {}
void glDepthFunc(GLenum /*function*/) {}
void glDepthMask(GLboolean /*on*/) {}

// --- questions --------------------------------------------------------------------------------------------------------------

void glGetIntegerv(GLenum what, GLint* value) {
  const State& s = state();
  if (what == GL_VIEWPORT) {
    std::ranges::copy(s.viewport, value);
  } else if (what == GL_SCISSOR_BOX) {
    std::ranges::copy(s.scissor, value);
  } else {
    *value = number_of(what);
  }
}

const GLubyte* glGetString(GLenum /*name*/) { return reinterpret_cast<const GLubyte*>("OpenGL ES 3.0 without a GPU"); }
GLenum glGetError() { return GL_NO_ERROR; }

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-*)

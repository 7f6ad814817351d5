// Dear ImGui's draw lists drawn by the processor. Nearly all of it are rectangles along the axes, of one colour or with a
// texture; the rest are small triangles, filled row by row. Of the screen only those tiles are drawn whose orders have
// changed: each has a digest of all that falls on it.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "web/app/gpu/processor.h"
#include "web/app/platform/platform.h"

namespace floodlight::ui::processor {

namespace {

constexpr int tile = 64;  // device pixels
constexpr Rgba behind = IM_COL32(13, 13, 15, 255);

using Digest = std::uint64_t;
Digest mixed(Digest digest, std::uint64_t word) {
  digest = (digest ^ word) * 0x9FB21C651E98DF25ULL;
  return digest ^ (digest >> 29U);
}
Digest mixed(Digest digest, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  for (std::size_t i = 0; i < size; i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + i, std::min(sizeof word, size - i));
    digest = mixed(digest, word);
  }
  return digest;
}

struct Screen {
  std::vector<Rgba> pixels;
  int cols = 0;
  int rows = 0;
  std::vector<Digest> tiles;
};
Screen& screen() {
  static Screen instance;
  return instance;
}

// --- blending ---------------------------------------------------------------------------------------------------------

unsigned scaled(unsigned a, unsigned b) {
  const unsigned product = a * b + 128;
  return (product + (product >> 8U)) >> 8U;
}

void blend(Rgba& under, Rgba colour) {
  const unsigned alpha = colour >> 24U;
  if (alpha == 255) {
    under = colour;
    return;
  }
  if (alpha == 0) return;
  Rgba result = 0xFF000000U;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    const unsigned part = ((colour >> shift) & 255U) * alpha + ((under >> shift) & 255U) * (255 - alpha) + 128;
    result |= ((part + (part >> 8U)) >> 8U) << shift;
  }
  under = result;
}

Rgba multiplied(Rgba a, Rgba b) {
  if (a == 0xFFFFFFFFU) return b;
  Rgba result = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) result |= scaled((a >> shift) & 255U, (b >> shift) & 255U) << shift;
  return result;
}

// --- textures ---------------------------------------------------------------------------------------------------------

/// The texel at a point in texels, mixed of four where it lies between their middles.
Rgba sampled(const Texture& t, float x, float y) {
  const auto* texels = t.as<Rgba>();
  const float left = std::floor(x - 0.5F);
  const float top = std::floor(y - 0.5F);
  const auto part_x = static_cast<unsigned>((x - 0.5F - left) * 256);
  const auto part_y = static_cast<unsigned>((y - 0.5F - top) * 256);
  const auto at = [&](int col, int row) {
    return texels[static_cast<std::size_t>(std::clamp(row, 0, t.rows - 1)) * static_cast<std::size_t>(t.cols) +
                  static_cast<std::size_t>(std::clamp(col, 0, t.cols - 1))];
  };
  const int col = static_cast<int>(left);
  const int row = static_cast<int>(top);
  const Rgba a = at(col, row);
  if (part_x == 0 && part_y == 0) return a;
  const Rgba b = at(col + 1, row);
  const Rgba c = at(col, row + 1);
  const Rgba d = at(col + 1, row + 1);
  if (a == b && a == c && a == d) return a;
  Rgba result = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const auto of = [&](Rgba colour) { return (colour >> shift) & 255U; };
    const unsigned upper = of(a) * (256 - part_x) + of(b) * part_x;
    const unsigned lower = of(c) * (256 - part_x) + of(d) * part_x;
    result |= ((upper * (256 - part_y) + lower * part_y + 32768) >> 16U) << shift;
  }
  return result;
}

// --- triangles and rectangles -----------------------------------------------------------------------------------------

struct Corner {
  float x = 0;  // device pixels
  float y = 0;
  float u = 0;  // texels
  float v = 0;
  Rgba colour = 0;
};

/// The first row or column whose middle is not before this place.
int first_from(float place) { return static_cast<int>(std::ceil(place - 0.5F)); }

Rgba texel_of(const Texture* t, float u, float v) { return t == nullptr ? 0xFFFFFFFFU : sampled(*t, u, v); }

/// From the corner `a` to the opposite one `c`.
void fill_rectangle(const Corner& a, const Corner& c, const Texture* texture, const Box& box) {
  const Surface& s = surface();
  const Box r = shared(box, {first_from(a.x), first_from(a.y), first_from(c.x), first_from(c.y)});
  if (r.empty()) return;
  const bool plain = a.u == c.u && a.v == c.v;
  const Rgba flat = plain ? multiplied(texel_of(texture, a.u, a.v), a.colour) : 0;
  const float step_u = (c.u - a.u) / (c.x - a.x);
  const float step_v = (c.v - a.v) / (c.y - a.y);
  for (int row = r.top; row < r.bottom; ++row) {
    Rgba* const line = s.pixels + static_cast<std::size_t>(row) * static_cast<std::size_t>(s.cols);
    if (plain) {
      if (flat >> 24U == 255)
        std::fill(line + r.left, line + r.right, flat);
      else
        for (int col = r.left; col < r.right; ++col) blend(line[col], flat);
      continue;
    }
    const float v = a.v + (static_cast<float>(row) + 0.5F - a.y) * step_v;
    for (int col = r.left; col < r.right; ++col) {
      const Rgba texel = texel_of(texture, a.u + (static_cast<float>(col) + 0.5F - a.x) * step_u, v);
      if (texel >> 24U != 0) blend(line[col], multiplied(texel, a.colour));
    }
  }
}

/// Where the edge between two corners crosses the middle of a row; the same whichever corner comes first.
float crossing(const Corner& a, const Corner& b, float y) {
  const Corner& high = a.y < b.y ? a : b;
  const Corner& low = a.y < b.y ? b : a;
  return high.x + (y - high.y) * (low.x - high.x) / (low.y - high.y);
}

/// A number that changes evenly over a triangle.
struct Slope {
  float at = 0;  // in the first corner
  float by_x = 0;
  float by_y = 0;
  [[nodiscard]] float value(float x, float y) const { return at + by_x * x + by_y * y; }
};

void fill_triangle(const std::array<Corner, 3>& corners, const Texture* texture, const Box& box) {
  const auto& [a, b, c] = corners;
  const auto [top, bottom] = std::minmax({a.y, b.y, c.y});
  const int first = std::max(box.top, first_from(top));
  const int last = std::min(box.bottom, first_from(bottom));
  const float area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (first >= last || area == 0) return;
  const auto slope = [&](float at_a, float at_b, float at_c) {
    return Slope{at_a, ((at_b - at_a) * (c.y - a.y) - (at_c - at_a) * (b.y - a.y)) / area,
                 ((at_c - at_a) * (b.x - a.x) - (at_b - at_a) * (c.x - a.x)) / area};
  };
  const bool plain = a.u == b.u && a.u == c.u && a.v == b.v && a.v == c.v;
  const bool one_colour = a.colour == b.colour && a.colour == c.colour;
  const Rgba texel = plain ? texel_of(texture, a.u, a.v) : 0;
  const Rgba flat = multiplied(texel, a.colour);
  std::array<Slope, 4> parts;
  for (unsigned i = 0; i < 4; ++i) {
    const auto part = [&](Rgba colour) { return static_cast<float>((colour >> 8 * i) & 255U); };
    parts[i] = slope(part(a.colour), part(b.colour), part(c.colour));
  }
  const Slope u = slope(a.u, b.u, c.u);
  const Slope v = slope(a.v, b.v, c.v);
  const Surface& s = surface();
  for (int row = first; row < last; ++row) {
    const float y = static_cast<float>(row) + 0.5F;
    float left = std::numeric_limits<float>::max();
    float right = -left;
    for (std::size_t i = 0; i < 3; ++i) {
      const Corner& from = corners[i];
      const Corner& to = corners[(i + 1) % 3];
      if ((from.y <= y) == (to.y <= y)) continue;
      const float x = crossing(from, to, y);
      left = std::min(left, x);
      right = std::max(right, x);
    }
    if (left >= right) continue;
    const int begin = std::max(static_cast<float>(box.left), std::ceil(left - 0.5F)) < static_cast<float>(box.right)
                          ? std::max(box.left, first_from(left))
                          : box.right;
    const int end = right < static_cast<float>(box.right) ? first_from(right) : box.right;
    Rgba* const line = s.pixels + static_cast<std::size_t>(row) * static_cast<std::size_t>(s.cols);
    for (int col = begin; col < end; ++col) {
      const float dx = static_cast<float>(col) + 0.5F - a.x;
      const float dy = y - a.y;
      Rgba colour = a.colour;
      if (!one_colour) {
        colour = 0;
        for (unsigned i = 0; i < 4; ++i)
          colour |= static_cast<Rgba>(std::clamp(parts[i].value(dx, dy) + 0.5F, 0.0F, 255.0F)) << 8 * i;
      }
      if (plain && one_colour)
        blend(line[col], flat);
      else
        blend(line[col], multiplied(plain ? texel : texel_of(texture, u.value(dx, dy), v.value(dx, dy)), colour));
    }
  }
}

// --- draw lists -------------------------------------------------------------------------------------------------------

/// From Dear ImGui's points to device pixels, as its back end for OpenGL has it.
struct Scale {
  ImVec2 origin;
  ImVec2 by;     // of corners
  ImVec2 clip;   // of clip rectangles
  int cols = 0;  // of the target
  int rows = 0;
};

Scale scale_of(const ImDrawData& data) {
  Scale s;
  s.origin = data.DisplayPos;
  s.clip = data.FramebufferScale;
  s.cols = static_cast<int>(data.DisplaySize.x * data.FramebufferScale.x);
  s.rows = static_cast<int>(data.DisplaySize.y * data.FramebufferScale.y);
  s.by = {static_cast<float>(s.cols) / data.DisplaySize.x, static_cast<float>(s.rows) / data.DisplaySize.y};
  return s;
}

Box clip_of(const ImDrawCmd& command, const Scale& s) {
  const ImVec2 from((command.ClipRect.x - s.origin.x) * s.clip.x, (command.ClipRect.y - s.origin.y) * s.clip.y);
  const ImVec2 to((command.ClipRect.z - s.origin.x) * s.clip.x, (command.ClipRect.w - s.origin.y) * s.clip.y);
  const int left = static_cast<int>(from.x);
  const int bottom = s.rows - static_cast<int>(static_cast<float>(s.rows) - to.y);
  return {left, bottom - static_cast<int>(to.y - from.y), left + static_cast<int>(to.x - from.x), bottom};
}

/// To the grid on which GPUs place corners: what lies in the middle of a pixel by intent lies there in spite of rounding.
float snapped(float place) { return std::round(place * 16) / 16; }

/// A piece of a command: a triangle, or a rectangle of two.
struct Piece {
  std::array<Corner, 4> corners;
  bool rectangle = false;
  Box box;
};

/// Calls `use` with each piece of a command that is seen within the box.
template <typename Use>
void each_piece(const ImDrawList& list, const ImDrawCmd& command, const Scale& s, const Texture* texture,
                const Box& box, const Use& use) {
  const ImVec2 size =
      texture == nullptr ? ImVec2(1, 1) : ImVec2(static_cast<float>(texture->cols), static_cast<float>(texture->rows));
  const auto corner = [&](ImDrawIdx i) {
    const ImDrawVert& v = list.VtxBuffer[static_cast<int>(command.VtxOffset + i)];
    return Corner{snapped((v.pos.x - s.origin.x) * s.by.x), snapped((v.pos.y - s.origin.y) * s.by.y), v.uv.x * size.x,
                  v.uv.y * size.y, v.col};
  };
  const ImDrawIdx* const indices = list.IdxBuffer.Data + command.IdxOffset;
  for (unsigned i = 0; i + 3 <= command.ElemCount; i += 3) {
    Piece piece;
    auto& [a, b, c, d] = piece.corners;
    a = corner(indices[i]);
    b = corner(indices[i + 1]);
    c = corner(indices[i + 2]);
    d = c;
    if (i + 6 <= command.ElemCount && indices[i + 3] == indices[i] && indices[i + 4] == indices[i + 2]) {
      d = corner(indices[i + 5]);
      piece.rectangle = a.x == d.x && b.x == c.x && a.y == b.y && c.y == d.y && a.x < c.x && a.y < c.y && a.u == d.u &&
                        b.u == c.u && a.v == b.v && c.v == d.v && a.colour == b.colour && a.colour == c.colour &&
                        a.colour == d.colour;
      if (!piece.rectangle) d = c;
    }
    if (piece.rectangle) i += 3;
    const auto [left, right] = std::minmax({a.x, b.x, c.x});
    const auto [top, bottom] = std::minmax({a.y, b.y, c.y});
    // Further out than any screen, numbers end.
    if (!(right >= 0 && bottom >= 0 && left < 1e6F && top < 1e6F)) continue;
    piece.box =
        shared(box, {static_cast<int>(std::max(left, 0.0F)), static_cast<int>(std::max(top, 0.0F)),
                     static_cast<int>(std::min(right, 1e6F)) + 1, static_cast<int>(std::min(bottom, 1e6F)) + 1});
    if (!piece.box.empty()) use(piece);
  }
}

bool is_order(const ImDrawCmd& command) {
  return command.UserCallback != nullptr && command.UserCallback != ImDrawCallback_ResetRenderState;
}

/// Draws what falls into the surface's box.
void draw_lists(const ImDrawData& data) {
  const Scale s = scale_of(data);
  for (const ImDrawList* const list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (is_order(command)) command.UserCallback(list, &command);
      if (command.UserCallback != nullptr) continue;
      const Box box = shared(surface().box, clip_of(command, s));
      if (box.empty()) continue;
      const Texture* const texture = find_texture(static_cast<GLuint>(command.GetTexID()));
      each_piece(*list, command, s, texture, box, [&](const Piece& p) {
        const auto& [a, b, c, d] = p.corners;
        if (p.rectangle)
          fill_rectangle(a, c, texture, box);
        else
          fill_triangle({a, b, c}, texture, box);
      });
    }
  }
}

/// Dear ImGui's own textures, where they are new or have got new glyphs.
void keep_textures(const ImDrawData& data) {
  if (data.Textures == nullptr) return;
  for (ImTextureData* const t : *data.Textures) {
    if (t->Status == ImTextureStatus_WantCreate || t->Status == ImTextureStatus_WantUpdates) {
      if (t->Status == ImTextureStatus_WantCreate) t->SetTexID(new_texture());
      IM_ASSERT(t->Format == ImTextureFormat_RGBA32);
      size_texture(static_cast<GLuint>(t->TexID), GL_RGBA8, t->Width, t->Height, t->GetPixels());
      t->SetStatus(ImTextureStatus_OK);
    } else if (t->Status == ImTextureStatus_WantDestroy && t->UnusedFrames > 0) {
      delete_texture(static_cast<GLuint>(t->TexID));
      t->SetTexID(ImTextureID_Invalid);
      t->SetStatus(ImTextureStatus_Destroyed);
    }
  }
}

bool is_own(const ImDrawData& data, ImTextureID id) {
  return data.Textures != nullptr &&
         std::ranges::any_of(*data.Textures, [&](const ImTextureData* t) { return t->TexID == id; });
}

/// For each tile of the screen a digest of all that falls on it.
std::vector<Digest> tiles_of(const ImDrawData& data, int cols, int rows) {
  const int across = (cols + tile - 1) / tile;
  std::vector<Digest> tiles(static_cast<std::size_t>(across) * static_cast<std::size_t>((rows + tile - 1) / tile), 1);
  const auto put = [&](const Box& box, Digest digest) {
    for (int row = box.top / tile; row <= (box.bottom - 1) / tile; ++row) {
      for (int col = box.left / tile; col <= (box.right - 1) / tile; ++col) {
        Digest& own =
            tiles[static_cast<std::size_t>(row) * static_cast<std::size_t>(across) + static_cast<std::size_t>(col)];
        own = mixed(own, digest);
      }
    }
  };
  const Scale s = scale_of(data);
  const Box all{0, 0, cols, rows};
  for (const ImDrawList* const list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      const Box box = shared(all, clip_of(command, s));
      if (box.empty()) continue;
      if (is_order(command))
        put(box, mixed(2, command.UserCallbackData, static_cast<std::size_t>(command.UserCallbackDataSize)));
      if (command.UserCallback != nullptr) continue;
      const ImTextureID id = command.GetTexID();
      const Texture* const texture = find_texture(static_cast<GLuint>(id));
      // New glyphs leave the old ones where they are; other textures are another picture.
      const std::uint32_t version = texture == nullptr || is_own(data, id) ? 0 : texture->version;
      const Digest common = mixed(mixed(mixed(3, &box, sizeof box), static_cast<std::uint64_t>(id)), version);
      each_piece(*list, command, s, texture, box, [&](const Piece& p) {
        put(p.box, mixed(mixed(common, p.rectangle ? 1 : 0), p.corners.data(), sizeof p.corners));
      });
    }
  }
  return tiles;
}

/// The tiles that differ, as few rectangles.
std::vector<Box> changes(const std::vector<Digest>& before, const std::vector<Digest>& now, int cols, int rows) {
  const int across = (cols + tile - 1) / tile;
  std::vector<Box> boxes;
  const auto differs = [&](int col, int row) {
    const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(across) + static_cast<std::size_t>(col);
    return before.size() != now.size() || before[i] != now[i];
  };
  for (int row = 0; row * tile < rows; ++row) {
    for (int col = 0; col < across; ++col) {
      if (!differs(col, row)) continue;
      const int from = col;
      while (col < across && differs(col, row)) ++col;
      const Box run{from * tile, row * tile, std::min(cols, col * tile), std::min(rows, (row + 1) * tile)};
      const auto above = std::ranges::find_if(
          boxes, [&](const Box& b) { return b.left == run.left && b.right == run.right && b.bottom == run.top; });
      if (above == boxes.end())
        boxes.push_back(run);
      else
        above->bottom = run.bottom;
    }
  }
  return boxes;
}

void clear(Surface& s) {
  for (int row = s.box.top; row < s.box.bottom; ++row) {
    Rgba* const line = s.pixels + static_cast<std::size_t>(row) * static_cast<std::size_t>(s.cols);
    std::fill(line + s.box.left, line + s.box.right, behind);
  }
}

}  // namespace

Box shared(const Box& a, const Box& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

Surface& surface() {
  static Surface instance;
  return instance;
}

void aim_at(GLuint texture) {
  Texture* const t = find_texture(texture);
  if (t == nullptr) return;
  ++t->version;
  surface() = {reinterpret_cast<Rgba*>(t->texels.data()), t->cols, t->rows, {0, 0, t->cols, t->rows}};
}

void forget() {
  forget_textures();
  screen() = {};
}

void draw_on_screen(ImDrawData& data) {
  keep_textures(data);
  Screen& s = screen();
  const auto size = platform::framebuffer_size();
  if (s.cols != size.width || s.rows != size.height) {
    s = {};
    s.cols = size.width;
    s.rows = size.height;
    s.pixels.resize(static_cast<std::size_t>(s.cols) * static_cast<std::size_t>(s.rows));
  }
  std::vector<Digest> tiles = tiles_of(data, s.cols, s.rows);
  for (const Box& box : changes(s.tiles, tiles, s.cols, s.rows)) {
    surface() = {s.pixels.data(), s.cols, s.rows, box};
    clear(surface());
    draw_lists(data);
    platform::show_picture(s.pixels, s.cols, s.rows, {box.left, box.top, box.right - box.left, box.bottom - box.top});
  }
  s.tiles = std::move(tiles);
}

std::vector<Rgba> drawn(ImDrawData& data, int cols, int rows) {
  std::vector<Rgba> pixels(static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows));
  surface() = {pixels.data(), cols, rows, {0, 0, cols, rows}};
  clear(surface());
  draw_lists(data);
  return pixels;
}

}  // namespace floodlight::ui::processor

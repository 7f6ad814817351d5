#include "web/app/gpu/processor_looks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

namespace floodlight::ui::processor {
namespace {

Colour operator*(Colour c, float f) { return {c.r * f, c.g * f, c.b * f}; }
Colour mixed(Colour a, Colour b, float t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}
Colour grey(float v) { return {v, v, v}; }
constexpr Colour white{1, 1, 1};

Rgba packed(Colour c) {
  const auto part = [](float v) { return static_cast<Rgba>(std::clamp(v, 0.0F, 1.0F) * 255 + 0.5F); };
  return part(c.r) | part(c.g) << 8U | part(c.b) << 16U | 0xFF000000U;
}

float positive_remainder(float a, float b) { return a - b * std::floor(a / b); }

/// A map of 256 colours at 0 to 255, mixed between two.
Colour map_at(const Rgba* map, float place) {
  const auto i = std::min(254, static_cast<int>(place));
  return mixed(colour_of(map[i]), colour_of(map[i + 1]), place - static_cast<float>(i));
}

/// Eight points around a place, at a distance in pixels of the image.
class Around {
 public:
  Around(float outline, const Projection& p) : p_(p), reach_(outline / p.zoom) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const float angle = static_cast<float>(i) * 0.7853981634F;
      steps_[i] = {reach_ * std::cos(angle), reach_ * std::sin(angle)};
    }
  }
  /// Whether all of the points lie on pixels of the same value, by the calm of the place.
  [[nodiscard]] bool is_calm(std::uint8_t calm) const { return std::ceil(reach_) <= static_cast<float>(calm); }
  /// Calls `look` with the place in the arrays of the pixel under each point, until it says true; whether it did.
  template <typename Look>
  bool any(const Place& at, const Look& look) const {
    return std::ranges::any_of(steps_, [&](ImVec2 step) { return look(pixel(at.x + step.x, at.y + step.y)); });
  }
  [[nodiscard]] std::size_t pixel(float x, float y) const {
    const int col = std::clamp(static_cast<int>(std::floor(x)), 0, p_.cols - 1);
    const int row = std::clamp(static_cast<int>(std::floor(y)), 0, p_.rows - 1);
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(p_.cols) + static_cast<std::size_t>(col);
  }

 private:
  const Projection& p_;
  float reach_;
  std::array<ImVec2, 8> steps_{};
};

std::size_t index_of(const Place& at, const Projection& p) {
  return static_cast<std::size_t>(at.row) * static_cast<std::size_t>(p.cols) + static_cast<std::size_t>(at.col);
}

/// Zoomed out: the mean of what a point of the screen covers; nothing for a look that is nothing but its outlines.
template <typename ColourAt>
std::optional<Colour> averaged(const Place& at, const Projection& p, int taps, const ColourAt& colour) {
  const auto offset = [&](int tap) {
    return ((static_cast<float>(tap) + 0.5F) / static_cast<float>(taps) - 0.5F) / p.zoom;
  };
  Colour sum;
  for (int i = 0; i < taps * taps; ++i) {
    Place there = at;
    there.x = std::clamp(at.x + offset(i % taps), 0.0F, static_cast<float>(p.cols) - 0.001F);
    there.y = std::clamp(at.y + offset(i / taps), 0.0F, static_cast<float>(p.rows) - 0.001F);
    there.col = static_cast<int>(there.x);
    there.row = static_cast<int>(there.y);
    const std::optional<Colour> one = colour(there);
    if (!one) return std::nullopt;
    sum = {sum.r + one->r, sum.g + one->g, sum.b + one->b};
  }
  return sum * (1 / static_cast<float>(taps * taps));
}

/// view.frag: `colour` of a place, `outline` of one if there is any.
template <typename ColourAt, typename OutlineAt>
void fill(const Projection& p, const Box& wanted, const ColourAt& colour, const OutlineAt& outline) {
  const Surface& s = surface();
  const Box box = shared(wanted, s.box);
  const int taps = std::clamp(static_cast<int>(std::ceil(1 / p.zoom - 0.01F)), 1, 6);
  const auto width = static_cast<float>(p.cols);
  const auto height = static_cast<float>(p.rows);
  for (int row = box.top; row < box.bottom; ++row) {
    Rgba* const line = s.pixels + static_cast<std::size_t>(row) * static_cast<std::size_t>(s.cols);
    Place at;
    at.y = (static_cast<float>(row) + 0.5F - p.origin_y) / p.zoom;
    if (at.y < 0 || at.y >= height) continue;
    at.row = static_cast<int>(at.y);
    at.screen_y = p.target_height - static_cast<float>(row) - 0.5F;
    for (int col = box.left; col < box.right; ++col) {
      at.screen_x = static_cast<float>(col) + 0.5F;
      at.x = (at.screen_x - p.origin_x) / p.zoom;
      if (at.x < 0 || at.x >= width) continue;
      at.col = static_cast<int>(at.x);
      if (const std::optional<Colour> edge = outline(at)) {
        line[col] = packed(*edge);
        continue;
      }
      const std::optional<Colour> own = taps == 1 ? colour(at) : averaged(at, p, taps, colour);
      if (own) line[col] = packed(*own);
    }
  }
}

std::optional<Colour> no_outline(const Place& /*at*/) { return std::nullopt; }

}  // namespace

Colour colour_of(ImU32 colour) {
  const auto part = [&](unsigned shift) { return static_cast<float>((colour >> shift) & 255U) / 255; };
  return {part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT)};
}

float Window::share(float value) const { return std::clamp((value - low) / std::max(high - low, 1e-30F), 0.0F, 1.0F); }

void draw_look(const IntensityLook& l, const Projection& p, const Box& box) {
  std::array<Colour, 256> map;
  for (std::size_t i = 0; i < map.size(); ++i) map[i] = colour_of(l.map[i]);
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const bool waits = l.reached >= 0 && at.row * p.cols + at.col >= l.reached;
    const float value = waits ? l.before[i] : l.image[i];
    // By its bits: a compiler may take it for granted that no value is NaN or infinite.
    if ((std::bit_cast<std::uint32_t>(value) & 0x7F800000U) == 0x7F800000U) {
      const bool stripe = positive_remainder(std::floor(at.x * 4) + std::floor(at.y * 4), 2) < 1;
      return stripe ? l.mark : Colour{};
    }
    if (value >= l.saturation) return l.mark;
    if (value >= l.highlight_low && value < l.highlight_high) return l.highlight;
    const float place = l.window.share(value) * 255;
    const auto slot = std::min<std::size_t>(254, static_cast<std::size_t>(place));
    const Colour own = mixed(map[slot], map[slot + 1], place - static_cast<float>(slot));
    return waits ? own * 0.6F : own;
  };
  fill(p, box, colour, no_outline);
}

void draw_look(const MaskLook& l, const Projection& p, const Box& box) {
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    if (l.values[i] >= l.highlight_low && l.values[i] < l.highlight_high) return l.mark;
    return l.image[i] != 0 ? l.foreground : l.background;
  };
  fill(p, box, colour, no_outline);
}

void draw_look(const DistanceLook& l, const Projection& p, const Box& box) {
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const float value = l.image[index_of(at, p)];
    if (value <= 0) return l.background;
    const float t = std::clamp(value / std::max(l.highest, 1.0F), 0.0F, 1.0F);
    return map_at(l.map, t * 230 + 25);
  };
  fill(p, box, colour, no_outline);
}

void draw_look(const LabelsLook& l, const Projection& p, const Box& box) {
  const Around around(l.outline, p);
  const auto own_colour = [&](std::int32_t label) { return colour_of(l.palette[l.colours[label]]); };
  const auto outline = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::int32_t label = l.image[i];
    if (l.outline <= 0 || label == 0 || around.is_calm(l.calm[i])) return std::nullopt;
    if (!around.any(at, [&](std::size_t there) { return l.image[there] != label; })) return std::nullopt;
    return own_colour(label);
  };
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::int32_t label = l.image[i];
    const float value = l.window.share(l.raw[i]);
    const Colour under = mixed(l.background, grey(value), l.raw_share);
    if (label == 0) return under;
    const Colour own = own_colour(label);
    return mixed(under, mixed(own, own * (0.35F + 0.85F * value), l.raw_share), l.opacity);
  };
  fill(p, box, colour, outline);
}

void draw_look(const FatesLook& l, const Projection& p, const Box& box) {
  const Around around(l.outline, p);
  const auto line = [&](float along) { return positive_remainder(along, l.hatch) < 0.25F * l.hatch; };
  const auto hatched = [&](std::uint8_t fate, const Place& at) {
    const float rising = (at.screen_x + at.screen_y) * 0.7071F;
    const float falling = (at.screen_x - at.screen_y) * 0.7071F;
    if (fate == 2) return line(rising);
    if (fate == 3) return line(falling);
    if (fate == 4) return line(at.screen_x) && line(at.screen_y);
    if (fate == 5) return line(rising) || line(falling);
    return false;
  };
  const auto outline = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::uint8_t fate = l.image[i];
    if (l.outline <= 0 || fate == 0 || l.flat) return std::nullopt;
    if (around.is_calm(std::min(l.calm[i], l.calm_labels[i]))) return std::nullopt;
    const std::int32_t label = l.labels[i];
    Colour edge;
    const bool found = around.any(at, [&](std::size_t there) {
      const std::int32_t other = l.labels[there];
      const bool cut = l.cuts && other != label && other != 0 && label != 0;
      edge = cut ? white : colour_of(l.palette[fate]);
      return other != label || l.image[there] != fate;
    });
    return found ? std::optional(edge) : std::nullopt;
  };
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::uint8_t fate = l.image[i];
    const float value = l.window.share(l.raw[i]);
    const Colour under = l.flat ? grey(0.03F) : grey(value);
    if (fate == 0) return under;
    const Colour own = colour_of(l.palette[fate]);
    if (l.flat) return hatched(fate, at) ? own * 0.45F : own;
    if (hatched(fate, at)) return own;
    return mixed(under, own * (0.35F + 0.85F * value), fate == 5 ? 0.2F : 0.5F);
  };
  fill(p, box, colour, outline);
}

void draw_look(const FloodLook& l, const Projection& p, const Box& box) {
  const Around around(l.outline, p);
  const auto reached = [&](std::size_t i) {
    return l.image != nullptr && l.pushed[i] >= 0 && l.pushed[i] <= l.time && l.taken[i] >= 0;
  };
  const auto label_at = [&](std::size_t i) { return reached(i) ? l.image[i] : 0; };
  const auto outline = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::int32_t label = label_at(i);
    if (l.outline <= 0 || label == 0 || around.is_calm(l.calm[i])) return std::nullopt;
    const bool meets = around.any(at, [&](std::size_t there) {
      const std::int32_t other = label_at(there);
      return other != label && other != 0;
    });
    return meets ? std::optional(Colour{}) : std::nullopt;
  };
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const Colour under = grey(l.window.share(l.under[i]) * 0.85F);
    if (!reached(i)) return under;
    const std::int32_t label = l.image[i];
    if (label == 0) return Colour{};
    const Colour own = colour_of(l.palette[l.colours[label]]);
    return l.taken[i] >= l.time ? mixed(own, white, 0.65F) : mixed(under, own, 0.78F);
  };
  fill(p, box, colour, outline);
}

void draw_look(const ProbabilityLook& l, const Projection& p, const Box& box) {
  const Around around(l.outline, p);
  const auto outline = [&](const Place& at) -> std::optional<Colour> {
    if (l.outline <= 0 || l.mask[index_of(at, p)] == 0) return std::nullopt;
    if (!around.any(at, [&](std::size_t there) { return l.mask[there] == 0; })) return std::nullopt;
    return l.nuclei;
  };
  const auto colour = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const float sure = 2 * l.image[i] - 1;
    const float value = l.window.share(l.raw[i]);
    const Colour own = sure > 0 ? l.nuclei : l.background;
    const bool line = positive_remainder((at.screen_x - at.screen_y) * 0.7071F, l.hatch) < 0.25F * l.hatch;
    const float strength = sure > 0 ? 0.5F * sure : (line ? -0.45F : -0.2F) * sure;
    return mixed(grey(value), own * (0.35F + 0.85F * value), strength);
  };
  fill(p, box, colour, outline);
}

void draw_look(const PinnedOutlineLook& l, const Projection& p, const Box& box) {
  const Around around(l.outline, p);
  const auto outline = [&](const Place& at) -> std::optional<Colour> {
    const std::size_t i = index_of(at, p);
    const std::int32_t label = l.image[i];
    if (around.is_calm(l.calm[i])) return std::nullopt;
    if (!around.any(at, [&](std::size_t there) { return l.image[there] != label; })) return std::nullopt;
    const float along = positive_remainder(at.screen_x + at.screen_y, 6 * l.outline);
    return along < 3 * l.outline ? l.ink : Colour{};
  };
  fill(p, box, [](const Place& /*at*/) -> std::optional<Colour> { return std::nullopt; }, outline);
}

}  // namespace floodlight::ui::processor

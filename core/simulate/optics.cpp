// The microscope: every body is drawn on a patch of its own, slab by slab, so that depth can blur and truth can tell.
#include "core/simulate/optics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/segment/label.h"
#include "core/simulate/blur.h"
#include "core/simulate/painter.h"

namespace floodlight {
namespace {

constexpr int largest_margin = 96;  // pixels around the field that are drawn because their haze shines into it
constexpr int most_slabs = 5;
constexpr double truth_part = 0.25;
constexpr int smallest_part = 20;

/// The field and its margin.
struct Canvas {
  int margin = 0;
  Patch light;
  Image<float> strongest;  // of one nucleus, and whose
  LabelImage owner;
};

/// What drawing one body needs, kept from body to body.
struct Workshop {
  Patch slabs[most_slabs];
  BlurSum blurred;
  std::vector<Pixel> covered;  // pixels of the patch inside the outline
  std::vector<float> own;      // and their light
};

/// Where a body's patch lies on the field.
struct Frame {
  int row = 0;
  int col = 0;
  int rows = 0;
  int cols = 0;
  int border = 0;  // rows and columns on each side that only the blur reaches
};

double blur_sigma_px(const SimulationParameters& p, double z_um, double pixel_um) {
  if (!p.depth_blur) return 0.3;
  const double in_focus = focus_sigma_um(p);
  const double growth = blur_growth_of(p) * z_um;
  // The pixel's own width blurs as well: the variance of a box.
  return std::sqrt((in_focus * in_focus + growth * growth) / (pixel_um * pixel_um) + 1.0 / 12);
}

/// Draws the body, illuminated, into the slabs of its thickness.
void draw(const SimulationParameters& p, const Body& body, const Painter& painter, const Frame& frame, int slabs,
          Workshop& shop) {
  const double pixel = pixel_size_um(p);
  for (int k = 0; k < slabs; ++k) shop.slabs[k].reset(frame.rows, frame.cols);
  shop.covered.clear();
  const int samples = body.semi_minor_um < 4 * pixel ? 3 : 1;  // small bodies show the pixel grid otherwise
  for (int r = frame.border; r < frame.rows - frame.border; ++r) {
    const double y_um = (frame.row + r + 0.5 - p.rows / 2.0) * pixel - body.y_um;
    for (int c = frame.border; c < frame.cols - frame.border; ++c) {
      const double x_um = (frame.col + c + 0.5 - p.cols / 2.0) * pixel - body.x_um;
      const Glow glow = painter.mean_over(x_um, y_um, pixel, samples);
      if (glow.dome <= 0) continue;
      shop.covered.push_back({r, c});
      const double light = glow.light * illumination(p, frame.row + r, frame.col + c);
      for (int k = 0; k < slabs; ++k) {
        const double low = std::max(-0.5 + static_cast<double>(k) / slabs, -glow.dome / 2);
        const double high = std::min(-0.5 + static_cast<double>(k + 1) / slabs, glow.dome / 2);
        if (high > low) shop.slabs[k].row(r)[c] = static_cast<float>(light * (high - low) / glow.dome);
      }
    }
  }
}

/// Adds one body; returns the median of its own light over the pixels that it covers.
float add_body(const SimulationParameters& p, const Body& body, Label label, Canvas& canvas, Workshop& shop) {
  const double pixel = pixel_size_um(p);
  // Slabs of the thickness; one is enough where the depth changes the blur little.
  const double half = p.depth_blur ? body.thickness_um / 2 : 0;
  const double depth = body.z_um + p.focus_offset_um;
  const double sharpest = blur_sigma_px(p, std::max(std::abs(depth) - half, 0.0), pixel);
  const double widest = blur_sigma_px(p, std::abs(depth) + half, pixel);
  const int slabs = widest - sharpest < 0.12 * widest ? 1 : most_slabs;

  const Painter painter(body, pixel);
  const double x = body.x_um / pixel + p.cols / 2.0;
  const double y = body.y_um / pixel + p.rows / 2.0;
  const double reach_x = painter.half_width_um() / pixel + 1;
  const double reach_y = painter.half_height_um() / pixel + 1;
  Frame frame;
  frame.border = static_cast<int>(std::ceil(3 * widest));
  frame.col = static_cast<int>(std::floor(x - reach_x)) - frame.border;
  frame.row = static_cast<int>(std::floor(y - reach_y)) - frame.border;
  frame.cols = static_cast<int>(std::ceil(x + reach_x)) + frame.border - frame.col;
  frame.rows = static_cast<int>(std::ceil(y + reach_y)) + frame.border - frame.row;
  const int first_row = std::max(-canvas.margin, frame.row);
  const int last_row = std::min(p.rows + canvas.margin, frame.row + frame.rows) - 1;
  const int first_col = std::max(-canvas.margin, frame.col);
  const int last_col = std::min(p.cols + canvas.margin, frame.col + frame.cols) - 1;
  if (first_row > last_row || first_col > last_col) return 0;

  draw(p, body, painter, frame, slabs, shop);
  shop.blurred.reset(frame.rows, frame.cols);
  for (int k = 0; k < slabs; ++k) {
    const double z = depth + body.thickness_um * (slabs == 1 ? 0.0 : (k + 0.5) / slabs - 0.5);
    shop.blurred.add(shop.slabs[k], frame.border, frame.rows - frame.border - 1, blur_sigma_px(p, z, pixel));
  }
  const Patch& blurred = shop.blurred.total();

  for (int row = first_row; row <= last_row; ++row) {
    const float* from = blurred.row(row - frame.row) - frame.col;
    float* to = canvas.light.row(row + canvas.margin) + canvas.margin;
    for (int col = first_col; col <= last_col; ++col) to[col] += from[col];
    if (label == 0 || row < 0 || row >= p.rows) continue;
    for (int col = std::max(first_col, 0); col <= std::min(last_col, p.cols - 1); ++col) {
      if (from[col] <= canvas.strongest[row, col]) continue;
      canvas.strongest[row, col] = from[col];
      canvas.owner[row, col] = label;
    }
  }
  if (shop.covered.empty()) return 0;
  shop.own.clear();
  for (const Pixel pixel_at : shop.covered) shop.own.push_back(blurred.row(pixel_at.row)[pixel_at.col]);
  const auto middle = shop.own.begin() + static_cast<std::ptrdiff_t>(shop.own.size() / 2);
  std::ranges::nth_element(shop.own, middle);
  return *middle;
}

/// The truth of the field: owners whose light suffices, without their parts below 20 px, numbered in raster order.
LabelImage make_truth(const SimulationParameters& p, const Canvas& canvas, std::span<const float> medians) {
  LabelImage owner(p.rows, p.cols);
  for (int r = 0; r < p.rows; ++r) {
    for (int c = 0; c < p.cols; ++c) {
      const Label label = canvas.owner[r, c];
      if (label == 0) continue;
      const float least = static_cast<float>(truth_part) * medians[static_cast<std::size_t>(label)];
      if (canvas.strongest[r, c] >= least) owner[r, c] = label;
    }
  }

  const Components parts = label(owner, Connectivity::eight);
  std::vector<int> sizes(static_cast<std::size_t>(parts.count) + 1);
  for (const Label part : parts.labels.pixels()) ++sizes[static_cast<std::size_t>(part)];
  std::vector<Label> number(medians.size(), 0);
  Label last = 0;
  for (std::size_t i = 0; i < owner.size(); ++i) {
    Label& label = owner.pixels()[i];
    if (label == 0) continue;
    if (sizes[static_cast<std::size_t>(parts.labels.pixels()[i])] < smallest_part) {
      label = 0;
      continue;
    }
    Label& its = number[static_cast<std::size_t>(label)];
    if (its == 0) its = ++last;
    label = its;
  }
  return owner;
}

/// Light from out of focus has no one width: it is spread over three bells, each a third as wide as the one before.
void add_haze(const SimulationParameters& p, Patch& light, Workshop& shop) {
  const double sigma = p.haze_sigma_um / pixel_size_um(p);
  const auto part = static_cast<float>(p.haze_percent / 100);
  shop.blurred.reset(light.rows, light.cols);
  for (const double width : {1.0, 1.0 / 3, 1.0 / 9}) shop.blurred.add(light, 0, light.rows - 1, sigma * width);
  const Patch& spread = shop.blurred.total();
  for (int r = 0; r < light.rows; ++r) {
    float* own = light.row(r);
    const float* from = spread.row(r);
    for (int c = 0; c < light.cols; ++c) own[c] += part * (from[c] / 3 - own[c]);
  }
}

}  // namespace

double illumination(const SimulationParameters& p, double row, double col) {
  const double x = (col + 0.5) / p.cols - 0.5 - p.centre_x_percent / 100;
  const double y = (row + 0.5 - p.rows / 2.0) / p.cols - p.centre_y_percent / 100;
  const double aspect = static_cast<double>(p.rows) / p.cols;
  const double corner = 0.25 + 0.25 * aspect * aspect;
  return std::max(1 - p.falloff_percent / 100 * (x * x + y * y) / corner, 0.02);
}

Light collect_light(const SimulationParameters& p, std::span<const Body> specimen) {
  Canvas canvas;
  canvas.margin =
      p.haze_percent > 0 ? std::min(largest_margin, static_cast<int>(1.5 * p.haze_sigma_um / pixel_size_um(p)) + 1) : 0;
  canvas.light.reset(p.rows + 2 * canvas.margin, p.cols + 2 * canvas.margin);
  canvas.strongest = Image<float>(p.rows, p.cols);
  canvas.owner = LabelImage(p.rows, p.cols);

  Workshop shop;
  std::vector<float> medians = {0};
  for (const Body& body : specimen) {
    const Label label = body.is_nucleus() ? static_cast<Label>(medians.size()) : 0;
    const float median = add_body(p, body, label, canvas, shop);
    if (label > 0) medians.push_back(median);
  }
  if (p.haze_percent > 0) add_haze(p, canvas.light, shop);

  Light result;
  result.truth = make_truth(p, canvas, medians);
  result.brightness = Image<float>(p.rows, p.cols);
  const double background = p.background_percent / 100;  // even, so that haze would change nothing of it
  for (int r = 0; r < p.rows; ++r) {
    const float* light = canvas.light.row(r + canvas.margin) + canvas.margin;
    for (int c = 0; c < p.cols; ++c)
      result.brightness[r, c] = light[c] + static_cast<float>(background * illumination(p, r, c));
  }
  return result;
}

}  // namespace floodlight

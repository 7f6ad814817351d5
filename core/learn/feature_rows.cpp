// Edges and curvature of a smoothed image, a stretch of a row at a time, in scikit-image's order of operations.
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/learn/features.h"

namespace floodlight {
namespace {

using Doubles = double __attribute__((vector_size(16)));
using Floats = float __attribute__((vector_size(16)));
using HalfFloats = float __attribute__((vector_size(8)));
constexpr int lanes = 4;

template <typename Vector>
Vector load(const void* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

void store(Floats vector, float* to) { std::memcpy(to, &vector, sizeof vector); }

/// numpy's gradient down the columns at one row: (after - before) * scale. Halving is exact, so it may be a product.
struct Down {
  const float* before;
  const float* after;
  float scale;
};

/// Where the derivatives at one row of a smoothed image read.
struct RowsAround {
  const float* above;  ///< the row itself at the image's edge, which is how scipy's "reflect" continues it
  const float* here;
  const float* below;
  Down at_above;  ///< the gradient at the row above, or at the first row itself
  Down at_here;
  Down at_below;
  float scale;  ///< of the difference between the gradients above and below
  int last;     ///< the last column
};

float step_scale(int at, int last) { return at == 0 || at == last ? 1.0F : 0.5F; }

Down down_at(FloatView image, int row) {
  const int last = image.rows() - 1;
  return {.before = image.row(std::max(row - 1, 0)),
          .after = image.row(std::min(row + 1, last)),
          .scale = step_scale(row, last)};
}

RowsAround rows_around(FloatView image, int row) {
  const int last = image.rows() - 1;
  const int above = std::max(row - 1, 0);
  const int below = std::min(row + 1, last);
  return {.above = image.row(above),
          .here = image.row(row),
          .below = image.row(below),
          .at_above = down_at(image, above),
          .at_here = down_at(image, row),
          .at_below = down_at(image, below),
          .scale = step_scale(row, last),
          .last = image.cols() - 1};
}

/// The same in one place and in a vector of places, so that neither can differ in the order of its operations.
template <typename Single>
Single down(Single before, Single after, float scale) {
  return (after - before) * scale;
}

/// `skimage.filters.sobel` from its two directions, each already rounded to single.
float magnitude(float rows, float cols) {
  constexpr auto root_of_two = static_cast<float>(1.4142135623730951);
  return std::sqrt(rows * rows + cols * cols) / root_of_two;
}
Floats magnitude(Floats rows, Floats cols) {
  constexpr auto root_of_two = static_cast<float>(1.4142135623730951);
  return __builtin_elementwise_sqrt(rows * rows + cols * cols) / root_of_two;
}

template <typename Single>
struct Eigenvalues {
  Single larger;
  Single smaller;
};

float root(float x) { return std::sqrt(x); }
Floats root(Floats x) { return __builtin_elementwise_sqrt(x); }

/// Of the symmetric matrix of second derivatives.
template <typename Single>
Eigenvalues<Single> eigenvalues(Single rows, Single mixed, Single cols) {
  const Single middle = (rows + cols) * 0.5F;
  const Single half = (rows - cols) * 0.5F;
  const Single apart = root(mixed * mixed + half * half);
  return {.larger = middle + apart, .smaller = middle - apart};
}

/// The sums of both directions of `skimage.filters.sobel` over the eight neighbours, north being the row above and west
/// the column before. The weights are 1 and 2 instead of 1/4 and 1/2, which scales every partial sum exactly; the terms are
/// added in scipy's order.
template <typename Double>
struct Sobel {
  Double rows;
  Double cols;
};
template <typename Double>
Sobel<Double> sobel(Double nw, Double n, Double ne, Double w, Double e, Double sw, Double s, Double se) {
  return {.rows = ((((-nw - (n + n)) - ne) + sw) + (s + s)) + se,
          .cols = ((((ne - nw) - (w + w)) + (e + e)) - sw) + se};
}

float edge_at(const RowsAround& r, int col) {
  const int before = std::max(col - 1, 0);
  const int after = std::min(col + 1, r.last);
  const auto value = [](const float* row, int c) { return static_cast<double>(row[c]); };
  const auto sums = sobel(value(r.above, before), value(r.above, col), value(r.above, after), value(r.here, before),
                          value(r.here, after), value(r.below, before), value(r.below, col), value(r.below, after));
  return magnitude(static_cast<float>(sums.rows * 0.25), static_cast<float>(sums.cols * 0.25));
}

Eigenvalues<float> texture_at(const RowsAround& r, int col) {
  const int before = std::max(col - 1, 0);
  const int after = std::min(col + 1, r.last);
  const float scale = step_scale(col, r.last);
  const auto gradient = [](const Down& d, int c) { return down(d.before[c], d.after[c], d.scale); };
  const auto across = [&](int c) {
    return down(r.here[std::max(c - 1, 0)], r.here[std::min(c + 1, r.last)], step_scale(c, r.last));
  };
  return eigenvalues(down(gradient(r.at_above, col), gradient(r.at_below, col), r.scale),
                     down(gradient(r.at_here, before), gradient(r.at_here, after), scale),
                     down(across(before), across(after), scale));
}

/// Two sums of the Sobel filter at four pixels, rounded to single.
struct EdgeSums {
  Floats rows;
  Floats cols;
};
EdgeSums edge_sums(const double* above, const double* here, const double* below) {
  std::array<HalfFloats, 2> rows;
  std::array<HalfFloats, 2> cols;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::size_t k = 2 * i;
    const auto sums = sobel(load<Doubles>(above + k - 1), load<Doubles>(above + k), load<Doubles>(above + k + 1),
                            load<Doubles>(here + k - 1), load<Doubles>(here + k + 1), load<Doubles>(below + k - 1),
                            load<Doubles>(below + k), load<Doubles>(below + k + 1));
    rows[i] = __builtin_convertvector(sums.rows * 0.25, HalfFloats);
    cols[i] = __builtin_convertvector(sums.cols * 0.25, HalfFloats);
  }
  return {.rows = __builtin_shufflevector(rows[0], rows[1], 0, 1, 2, 3),
          .cols = __builtin_shufflevector(cols[0], cols[1], 0, 1, 2, 3)};
}

Eigenvalues<Floats> textures(const RowsAround& r, int col) {
  const auto gradient = [](const Down& d, int c) {
    return down(load<Floats>(d.before + c), load<Floats>(d.after + c), d.scale);
  };
  const Floats centre = load<Floats>(r.here + col);
  const Floats before = down(load<Floats>(r.here + col - 2), centre, 0.5F);
  const Floats after = down(centre, load<Floats>(r.here + col + 2), 0.5F);
  return eigenvalues(down(gradient(r.at_above, col), gradient(r.at_below, col), r.scale),
                     down(gradient(r.at_here, col - 1), gradient(r.at_here, col + 1), 0.5F), down(before, after, 0.5F));
}

/// Calls `four(col)` for stretches of four columns that cover those from `first` to before `last`, the last of them
/// reaching back where they do not divide.
template <typename Four>
void in_fours(int first, int last, Four four) {
  for (int col = first; col < last; col += lanes) four(std::min(col, last - lanes));
}

/// A stretch of columns, of which those from `inner` to before `outer` have all neighbours within the image.
struct Stretch {
  int first;
  int last;
  int inner;
  int outer;
};

/// The columns at a distance of at least `margin` from the image's edges, if they are enough for one vector.
Stretch stretch(int first, int count, int cols, int margin) {
  const int last = first + count;
  const int inner = std::max(first, margin);
  const int outer = std::min(last, cols - margin);
  if (outer - inner < lanes) return {.first = first, .last = last, .inner = last, .outer = last};
  return {.first = first, .last = last, .inner = inner, .outer = outer};
}

template <typename One>
void at_the_edges(const Stretch& s, One one) {
  for (int col = s.first; col < s.inner; ++col) one(col);
  for (int col = s.outer; col < s.last; ++col) one(col);
}

constexpr int longest_stretch = 256;

/// The edges of at most `longest_stretch` pixels; `out` is where the first column's value goes.
void edges_along(const RowsAround& r, int first, int count, float* out) {
  const Stretch s = stretch(first, count, r.last + 1, 1);
  at_the_edges(s, [&](int col) { out[col - first] = edge_at(r, col); });
  if (s.inner == s.last) return;
  // Every value is used in up to six sums, so the rows are turned into doubles first.
  std::array<std::array<double, longest_stretch + 2>, 3> rows;
  const auto width = static_cast<std::size_t>(s.outer - s.inner) + 2;
  const std::array<const float*, 3> sources = {r.above, r.here, r.below};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float* source = sources[i] + s.inner - 1;
    for (std::size_t c = 0; c < width; ++c) rows[i][c] = static_cast<double>(source[c]);
  }
  in_fours(s.inner, s.outer, [&](int col) {
    const auto at = static_cast<std::size_t>(col - s.inner) + 1;
    const EdgeSums sums = edge_sums(rows[0].data() + at, rows[1].data() + at, rows[2].data() + at);
    store(magnitude(sums.rows, sums.cols), out + (col - first));
  });
}

void texture_along(const RowsAround& r, int first, int count, float* larger, float* smaller) {
  const Stretch s = stretch(first, count, r.last + 1, 2);
  at_the_edges(s, [&](int col) {
    const Eigenvalues<float> values = texture_at(r, col);
    if (larger != nullptr) larger[col - first] = values.larger;
    if (smaller != nullptr) smaller[col - first] = values.smaller;
  });
  if (s.inner == s.last) return;
  in_fours(s.inner, s.outer, [&](int col) {
    const Eigenvalues<Floats> values = textures(r, col);
    if (larger != nullptr) store(values.larger, larger + (col - first));
    if (smaller != nullptr) store(values.smaller, smaller + (col - first));
  });
}

}  // namespace

void features_at(const ScaleSpace& space, Pixel pixel, std::span<float> values) {
  std::size_t k = 0;
  for (const Image<float>& image : space.smoothed) {
    const RowsAround r = rows_around(image, pixel.row);
    if (space.choice.intensity) values[k++] = image[pixel];
    if (space.choice.edges) values[k++] = edge_at(r, pixel.col);
    if (space.choice.texture) {
      const Eigenvalues<float> texture = texture_at(r, pixel.col);
      values[k++] = texture.larger;
      values[k++] = texture.smaller;
    }
  }
}

void derive_along(FloatView smoothed, int row, int first, int count, const DerivedFeatures& to) {
  assert(first >= 0 && first + count <= smoothed.cols());
  const RowsAround r = rows_around(smoothed, row);
  if (to.edges != nullptr) {
    for (int at = 0; at < count; at += longest_stretch)
      edges_along(r, first + at, std::min(longest_stretch, count - at), to.edges + at);
  }
  if (to.larger != nullptr || to.smaller != nullptr) texture_along(r, first, count, to.larger, to.smaller);
}

void features_along(const ScaleSpace& space, std::span<const std::uint8_t> wanted, int row, int first, int count,
                    float* values, std::size_t stride) {
  std::size_t k = 0;
  const auto next = [&](bool chosen) {
    if (!chosen) return static_cast<float*>(nullptr);
    float* const to = wanted[k] != 0 ? values + k * stride : nullptr;
    ++k;
    return to;
  };
  for (const Image<float>& image : space.smoothed) {
    if (float* out = next(space.choice.intensity)) std::copy_n(image.view().row(row) + first, count, out);
    DerivedFeatures to;
    to.edges = next(space.choice.edges);
    to.larger = next(space.choice.texture);
    to.smaller = next(space.choice.texture);
    derive_along(image, row, first, count, to);
  }
}

}  // namespace floodlight

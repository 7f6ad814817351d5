// Two-dimensional images: Image owns its pixels, ImageView looks at somebody else's.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace floodlight {

/// A pixel's place, as everywhere in this field: row first, counted from 0 at the top left.
struct Pixel {
  int row = 0;
  int col = 0;
  friend bool operator==(const Pixel&, const Pixel&) = default;
};

/// A window onto `rows` x `cols` pixels in row-major order, without gaps. Cheap to copy; owns nothing.
template <typename T>
class ImageView {
 public:
  ImageView() = default;
  ImageView(T* data, int rows, int cols) : data_(data), rows_(rows), cols_(cols) {}
  /// A view of mutable pixels serves wherever one of constant pixels is asked for.
  operator ImageView<const T>() const  // NOLINT(google-explicit-constructor): that is its purpose
    requires(!std::is_const_v<T>)
  {
    return {data_, rows_, cols_};
  }

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int cols() const { return cols_; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rows_) * static_cast<std::size_t>(cols_); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool contains(Pixel p) const { return p.row >= 0 && p.row < rows_ && p.col >= 0 && p.col < cols_; }

  /// The pixel itself or, for a place outside, the nearest one at the edge. The image must not be empty.
  [[nodiscard]] Pixel nearest(Pixel pixel) const {
    return {std::clamp(pixel.row, 0, rows_ - 1), std::clamp(pixel.col, 0, cols_ - 1)};
  }

  /// The position of a pixel in `pixels()`.
  [[nodiscard]] std::size_t index(int row, int col) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(cols_) + static_cast<std::size_t>(col);
  }
  T& operator[](int row, int col) const {
    assert(contains({row, col}));
    return data_[index(row, col)];
  }
  T& operator[](Pixel p) const { return (*this)[p.row, p.col]; }
  [[nodiscard]] T* data() const { return data_; }
  [[nodiscard]] T* row(int row) const { return data_ + index(row, 0); }
  [[nodiscard]] std::span<T> pixels() const { return {data_, size()}; }

 private:
  T* data_ = nullptr;
  int rows_ = 0;
  int cols_ = 0;
};

/// An image that owns its pixels; new pixels are zero.
template <typename T>
class Image {
 public:
  Image() = default;
  Image(int rows, int cols)
      : pixels_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols)), rows_(rows), cols_(cols) {}
  Image(int rows, int cols, std::vector<T> pixels) : pixels_(std::move(pixels)), rows_(rows), cols_(cols) {
    assert(pixels_.size() == size());
  }

  [[nodiscard]] ImageView<T> view() { return {pixels_.data(), rows_, cols_}; }
  [[nodiscard]] ImageView<const T> view() const { return {pixels_.data(), rows_, cols_}; }
  operator ImageView<T>() { return view(); }              // NOLINT(google-explicit-constructor): an image is
  operator ImageView<const T>() const { return view(); }  // NOLINT(google-explicit-constructor): seen as a view

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int cols() const { return cols_; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rows_) * static_cast<std::size_t>(cols_); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool contains(Pixel p) const { return view().contains(p); }
  T& operator[](int row, int col) { return view()[row, col]; }
  const T& operator[](int row, int col) const { return view()[row, col]; }
  T& operator[](Pixel p) { return view()[p]; }
  const T& operator[](Pixel p) const { return view()[p]; }
  [[nodiscard]] std::span<T> pixels() { return pixels_; }
  [[nodiscard]] std::span<const T> pixels() const { return pixels_; }
  friend bool operator==(const Image&, const Image&) = default;

 private:
  std::vector<T> pixels_;
  int rows_ = 0;
  int cols_ = 0;
};

/// A binary mask: 1 is True (foreground), 0 is False. One byte a pixel, as numpy stores it.
using Mask = Image<std::uint8_t>;
using MaskView = ImageView<const std::uint8_t>;

/// An object's number in a label image; 0 is background.
using Label = std::int32_t;
using LabelImage = Image<Label>;
using LabelView = ImageView<const Label>;

/// Intensities are float32 from the moment an image enters (architecture: "from file to numbers").
using FloatView = ImageView<const float>;

/// Which pixels count as neighbours; the values are scikit-image's `connectivity`.
enum class Connectivity : std::uint8_t { four = 1, eight = 2 };

}  // namespace floodlight

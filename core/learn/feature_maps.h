// What flows through a convolutional network: a stack of images of one size, with zeros around each.
#pragma once

#include <cstddef>
#include <vector>

namespace floodlight {

/// Part of a map: rows `top` to `bottom` and columns `left` to `right`, the ends not included.
struct MapWindow {
  int top = 0;
  int bottom = 0;
  int left = 0;
  int right = 0;
  friend bool operator==(const MapWindow&, const MapWindow&) = default;
};

/// Looks at maps that somebody else owns. Rows -1 and `rows` and some columns on both sides can be read, and hold zeros: what
/// a 3 x 3 kernel sees beyond an edge. Whoever writes leaves these zeros in place.
template <typename T>
struct MapsView {
  T* origin = nullptr;  ///< row 0, column 0 of the first map
  int count = 0;
  int rows = 0;
  int cols = 0;
  std::ptrdiff_t pitch = 0;  ///< from a row to the next
  std::ptrdiff_t plane = 0;  ///< from a map to the next

  [[nodiscard]] T* row(int map, int row) const { return origin + map * plane + row * pitch; }
  [[nodiscard]] MapWindow all() const { return {.top = 0, .bottom = rows, .left = 0, .right = cols}; }
  /// `number` of the maps from `first` on.
  [[nodiscard]] MapsView some(int first, int number) const {
    MapsView part = *this;
    part.origin = row(first, 0);
    part.count = number;
    return part;
  }
  // NOLINTNEXTLINE(google-explicit-constructor): as with ImageView, that is its purpose
  operator MapsView<const T>() const { return {origin, count, rows, cols, pitch, plane}; }
};
using Maps = MapsView<float>;
using ConstMaps = MapsView<const float>;

/// Owns maps; new ones are zero.
class FeatureMaps {
 public:
  /// As many columns as are computed at once: the last columns of a row may be written beyond the map, and are zeroed again.
  static constexpr int columns_at_once = 8;

  FeatureMaps() = default;
  FeatureMaps(int count, int rows, int cols)
      : count_(count),
        rows_(rows),
        cols_(cols),
        values_(static_cast<std::size_t>(count * plane() + columns_at_once + 2)) {}

  [[nodiscard]] Maps view() {
    if (values_.empty()) return {};
    return {values_.data() + first(), count_, rows_, cols_, pitch(), plane()};
  }
  [[nodiscard]] ConstMaps view() const {
    if (values_.empty()) return {};
    return {values_.data() + first(), count_, rows_, cols_, pitch(), plane()};
  }
  operator Maps() { return view(); }             // NOLINT(google-explicit-constructor): they are
  operator ConstMaps() const { return view(); }  // NOLINT(google-explicit-constructor): seen as views
  /// All values become zero.
  void clear() { values_.assign(values_.size(), 0); }
  [[nodiscard]] std::size_t bytes() const { return values_.size() * sizeof(float); }

 private:
  // One column of zeros on the left; on the right those, and room for what is written beyond.
  [[nodiscard]] std::ptrdiff_t pitch() const { return cols_ + columns_at_once + 2; }
  [[nodiscard]] std::ptrdiff_t plane() const { return (rows_ + 2) * pitch(); }
  [[nodiscard]] std::ptrdiff_t first() const { return pitch() + 1; }
  int count_ = 0;
  int rows_ = 0;
  int cols_ = 0;
  std::vector<float> values_;
};

}  // namespace floodlight

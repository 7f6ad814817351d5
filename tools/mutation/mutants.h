// What a copy of core/ is rewritten with by tools/mutate: comparisons and constants that one environment variable can change.
// `a < b` becomes `a <floodlight_mutants::less<17>> b`, which keeps the operator's precedence; a constant becomes a call.
#pragma once

#include <type_traits>

namespace floodlight_mutants {

/// The place that FLOODLIGHT_MUTANT names, or 0; and which places have been reached, where that is recorded.
extern int current;
extern unsigned char reached[];

inline bool active(int id) {
  reached[id] = 1;
  return current == id;
}

enum class Comparison { less, less_equal, greater, greater_equal, equal, not_equal };
template <int id, Comparison comparison>
struct Place {};
template <int id>
inline constexpr Place<id, Comparison::less> less{};
template <int id>
inline constexpr Place<id, Comparison::less_equal> less_equal{};
template <int id>
inline constexpr Place<id, Comparison::greater> greater{};
template <int id>
inline constexpr Place<id, Comparison::greater_equal> greater_equal{};
template <int id>
inline constexpr Place<id, Comparison::equal> equal{};
template <int id>
inline constexpr Place<id, Comparison::not_equal> not_equal{};

template <typename Left, int id, Comparison comparison>
struct Half {
  const Left& left;
};
template <typename Left, int id, Comparison comparison>
Half<Left, id, comparison> operator<(const Left& left, Place<id, comparison> /*unused*/) {
  return {left};
}
/// Each comparison has its neighbour, which differs from it where both sides are equal; equality has its opposite.
template <typename Left, int id, Comparison comparison, typename Right>
auto operator>(Half<Left, id, comparison> half, const Right& right) {
  const Left& left = half.left;
  const bool changed = active(id);
  if constexpr (comparison == Comparison::less) return changed ? left <= right : left < right;
  if constexpr (comparison == Comparison::less_equal) return changed ? left < right : left <= right;
  if constexpr (comparison == Comparison::greater) return changed ? left >= right : left > right;
  if constexpr (comparison == Comparison::greater_equal) return changed ? left > right : left >= right;
  if constexpr (comparison == Comparison::equal) return changed ? left != right : left == right;
  if constexpr (comparison == Comparison::not_equal) return changed ? left == right : left != right;
}

/// A whole number becomes the next one; a fraction grows by half, and 0.0 becomes 1.
template <typename T>
T changed_constant(T value) {
  if constexpr (std::is_floating_point_v<T>) return value == 0 ? T{1} : value * T{1.5};
  return static_cast<T>(value + 1);
}
template <int id, typename T>
T constant(T value) {
  return active(id) ? changed_constant(value) : value;
}
/// A named constant, decided anew whenever it is used.
template <int id, typename T>
struct Named {
  T value;
  operator T() const { return constant<id>(value); }  // NOLINT(google-explicit-constructor): stands for its value
};

}  // namespace floodlight_mutants

// Numbers, repairs and causes in words.
#include "core/score/nucleus_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/score/nucleus_life.h"

namespace floodlight {
namespace {

std::string footprint_name(const Footprint& footprint) {
  switch (footprint.shape) {
    case FootprintShape::disk:
      return "disk(" + std::to_string(footprint.radius) + ")";
    case FootprintShape::diamond:
      return "diamond(" + std::to_string(footprint.radius) + ")";
    case FootprintShape::square:
      break;
  }
  return "a square of " + px(2 * footprint.radius + 1);
}

}  // namespace

std::string number(double value, int digits) {
  std::array<char, 400> text{};
  const int before_point = value == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  std::snprintf(text.data(), text.size(), "%.*f", std::max(0, digits - before_point), value);
  std::string result = text.data();
  if (result.find('.') != std::string::npos) {
    result.erase(result.find_last_not_of('0') + 1);
    if (result.back() == '.') result.pop_back();
  }
  return result;
}

std::pair<std::string, std::string> two_numbers(double a, double b) {
  for (int digits = 3;; ++digits) {
    std::pair texts{number(a, digits), number(b, digits)};
    if (texts.first != texts.second || a == b || digits == 17) return texts;
  }
}

std::string px(std::int64_t count) { return std::to_string(count) + " px"; }

std::string operation_name(const Refinement& repair) {
  using enum RefinementOperation;
  switch (repair.operation) {
    case remove_small_objects:
      return "removing small objects";
    case remove_small_holes:
      return "filling holes of at most " + px(repair.max_size);
    case fill_holes:
      return "filling holes";
    case clear_border:
      return "clearing the border";
    case erosion:
      return "erosion with " + footprint_name(repair.footprint);
    case dilation:
      return "dilation with " + footprint_name(repair.footprint);
    case opening:
      return "opening with " + footprint_name(repair.footprint);
    case closing:
      break;
  }
  return "closing with " + footprint_name(repair.footprint);
}

std::string_view cause_name(Cause cause) {
  switch (cause) {
    case Cause::below_cutoff:
      return "Below the cutoff";
    case Cause::removed_small:
      return "Removed as too small";
    case Cause::removed_by_repair:
      return "Removed by a repair";
    case Cause::seed_at_border:
      return "Summit in the excluded border";
    case Cause::seed_too_near:
      return "Summit too near to a higher one";
    case Cause::seed_in_window:
      return "Higher pixel in the summit's window";
    case Cause::seed_below:
      return "Summit not above the lowest that counts";
    case Cause::seed_not_set:
      return "No seed set by hand";
    case Cause::joined_by_filter:
      return "Joined by the filter";
    case Cause::joined_in_mask:
      return "Together above the cutoff";
    case Cause::joined_by_repair:
      return "Joined by a repair";
    case Cause::broken_in_mask:
      return "In pieces above the cutoff";
    case Cause::broken_by_repair:
      return "Parted by a repair";
    case Cause::several_seeds:
      return "More than one seed";
    case Cause::too_small:
      return "Found, but too small";
    case Cause::too_large:
      return "Found, but too large";
    case Cause::no_true_nucleus:
      return "No true nucleus there";
    case Cause::fragment:
      break;
  }
  return "A piece of a nucleus";
}

}  // namespace floodlight

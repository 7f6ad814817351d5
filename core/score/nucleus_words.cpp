// Numbers, repairs and causes in words.
#include "core/score/nucleus_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/score/nucleus_life.h"
#include "core/segment/row.h"

namespace floodlight {
std::string significant(double value, int digits) {
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
    std::pair texts{significant(a, digits), significant(b, digits)};
    if (texts.first != texts.second || a == b || digits == 17) return texts;
  }
}

std::string px(std::int64_t count) { return std::to_string(count) + " px"; }

std::string operation_name(const Refinement& repair) {
  return row_text(repair->in_diagnosis, repair, FilledFor::words);
}

std::string cutoff_words(const Cutoff& cutoff) {
  if (!cutoff.differs()) return significant(cutoff.lowest);
  const auto [lowest, highest] = two_numbers(cutoff.lowest, cutoff.highest);
  return lowest + " to " + highest + " over the image";
}

std::pair<std::string, std::string> with_cutoff(double value, const Cutoff& cutoff) {
  if (cutoff.differs()) return {significant(value), cutoff_words(cutoff)};
  return two_numbers(value, cutoff.lowest);
}

std::string_view cause_name(Cause cause) {
  switch (cause) {
    case Cause::below_cutoff:
      return "Below the cutoff";
    case Cause::taken_for_background:
      return "Taken for background";
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
      return "Together in the mask";
    case Cause::joined_by_repair:
      return "Joined by a repair";
    case Cause::broken_in_mask:
      return "In pieces in the mask";
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

// How numbers, counts and places are written, the same everywhere.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/image.h"

namespace floodlight {

/// A number as it is written everywhere on screen: whole numbers whole, others with about five significant digits.
std::string number(double value);
/// A number with its unit, if it has one; "none" for NaN.
std::string with_unit(double value, std::string_view unit);
/// "83.2" or, of numbers that differ, "61 to 112": a range that may be a single number.
std::string from_to(double lowest, double highest, std::string (*written)(double) = number);
/// What a number may be, for messages: "a number from 0.1 to 20 px"; of a `whole_step` of 1 "a whole number from 1 to 100",
/// of 2 "an odd whole number from 3 to 31 px", or an even one, as the lowest is.
std::string number_between(double lowest, double highest, std::string_view unit, double whole_step = 0,
                           std::string (*written)(double) = number);
/// "0.82": of scores and shares.
std::string two_decimals(double value);

/// "1 pixel", "2 pixels", "2 nuclei": `several` is needed where it is not one more s.
std::string counted_whole(std::int64_t count, std::string_view one, std::string_view several);
template <std::integral Count>
std::string counted(Count count, std::string_view one, std::string_view several = {}) {
  return counted_whole(static_cast<std::int64_t>(count), one, several);
}

/// "row 5, column 14", and "(5, 14)" where there is less room.
std::string row_and_column(Pixel pixel);
std::string in_brackets(Pixel pixel);

/// The text with a capital first letter.
std::string beginning_a_sentence(std::string text);

/// The text with small letters in the place of A to Z.
std::string lower_case(std::string_view text);

}  // namespace floodlight

#include "core/base/typed_number.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(TypedNumbers, AreReadWithCommaOrPointAndSpacesAround) {
  EXPECT_EQ(parse_typed_number("157,67").value(), 157.67);
  EXPECT_EQ(parse_typed_number(" 157.67 ").value(), 157.67);
  EXPECT_EQ(parse_typed_number("\t-3\n").value(), -3);
  EXPECT_EQ(parse_typed_number("+4").value(), 4);
  EXPECT_EQ(parse_typed_number("1e3").value(), 1000);
  EXPECT_EQ(parse_typed_number("2,5E-1").value(), 0.25);
  EXPECT_EQ(parse_typed_number(".5").value(), 0.5);
  EXPECT_EQ(parse_typed_number("5.").value(), 5);
}

TEST(TypedNumbers, ThatAreNoNumbersAreRefusedInOneSentence) {
  for (const std::string_view text : {"",  "   ", "12,345.6", "1.2.3", "1,2,3", "abc", "3 px", "1 2", "-",     ".",
                                      ",", "e3",  "1e",       "1e+",   "0x10",  "inf", "nan",  "--3", "1e999", "3-"}) {
    const auto read = parse_typed_number(text);
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().message.ends_with(".")) << text;
    EXPECT_EQ(read.error().message.find(". "), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace floodlight

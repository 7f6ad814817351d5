#include "core/base/words.h"

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(NumberBetween, SaysWhatANumberMayBe) {
  EXPECT_EQ(number_between(0.1, 20, "px"), "a number from 0.1 to 20 px");
  EXPECT_EQ(number_between(-1000, 1000, ""), "a number from -1000 to 1000");
  EXPECT_EQ(number_between(1, 100, "px", 1), "a whole number from 1 to 100 px");
  EXPECT_EQ(number_between(3, 31, "px", 2), "an odd whole number from 3 to 31 px");
  EXPECT_EQ(number_between(2, 256, "", 2), "an even whole number from 2 to 256");
}

}  // namespace
}  // namespace floodlight

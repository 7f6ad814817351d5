// Names and values of others in our sentences.
#include "core/base/foreign_text.h"

#include <string>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(ForeignText, ShortTextStaysAsItIs) {
  EXPECT_EQ(shown("nuclei 03.tif"), "nuclei 03.tif");
  EXPECT_EQ(shown("K\xC3\xA4se \xF0\x9F\xA7\xAA.tif"), "K\xC3\xA4se \xF0\x9F\xA7\xAA.tif");
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown(std::string(60, 'x')), std::string(60, 'x'));
}

TEST(ForeignText, LongTextKeepsItsBeginningAndItsEnd) {
  EXPECT_EQ(shown(std::string(20'000, 'a') + ".tif"), std::string(29, 'a') + "..." + std::string(26, 'a') + ".tif");
  EXPECT_EQ(shown("0123456789", 6), "01...789");
}

TEST(ForeignText, WhatHasNoPictureIsNamed) {
  EXPECT_EQ(shown("a\nb\tc\x7F"), "a<U+000A>b<U+0009>c<U+007F>");
  EXPECT_EQ(shown("gpj.\xE2\x80\xAE"
                  "fit"),
            "gpj.<U+202E>fit");
  EXPECT_EQ(shown("\xE2\x81\xA6x\xEF\xBB\xBF"), "<U+2066>x<U+FEFF>");
  EXPECT_EQ(shown("\xFF\xFE"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace floodlight

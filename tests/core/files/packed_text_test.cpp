// Text packed for a link: back to what it was, and refused where it is not whole.
#include "core/files/packed_text.h"

#include <string>

#include <gtest/gtest.h>

namespace floodlight {
namespace {

TEST(PackedText, ComesBackWhateverItsLength) {
  std::string text;
  for (int i = 0; i < 70; ++i) {
    EXPECT_EQ(unpacked_text(packed_text(text), 1000).value(), text) << text;
    text += static_cast<char>(i * 37 % 256);
  }
  const std::string long_text(100'000, 'x');
  const std::string packed = packed_text(long_text);
  EXPECT_LT(packed.size(), 400U);
  EXPECT_EQ(packed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
  EXPECT_EQ(unpacked_text(packed, 100'000).value(), long_text);
}

TEST(PackedText, IsRefusedWhereItIsNotWholeOrTooLarge) {
  const std::string packed = packed_text("a forest of twenty trees, a forest of twenty trees");
  const std::string cut_or_changed = "It is cut short or was changed on its way; copy the whole link.";
  for (std::size_t length = 0; length + 1 < packed.size(); ++length)
    EXPECT_FALSE(unpacked_text(packed.substr(0, length), 1000)) << length;
  EXPECT_EQ(unpacked_text(packed.substr(0, 9), 1000).error().message, cut_or_changed);
  EXPECT_EQ(unpacked_text("not packed!", 1000).error().message, cut_or_changed);
  EXPECT_EQ(unpacked_text(packed + "AAAA", 1000).error().message, cut_or_changed);
  EXPECT_EQ(unpacked_text(packed_text(std::string(100'000, 'x')), 99'999).error().message,
            "It holds more than 99999 bytes, which no link of Floodlight does.");
}

}  // namespace
}  // namespace floodlight

// Fewer levels: by hand, and against a search for each value's level.
#include "core/explain/requantise.h"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

TEST(Requantise, OneBitOf8IsBlackOrTheUpperHalf) {
  EXPECT_EQ(requantise(image_of<float>({{0, 1, 127, 128, 129, 255}}), 1, 255),
            image_of<float>({{0, 0, 0, 128, 128, 128}}));
}

TEST(Requantise, TwoBitsOf8AreFourLevels) {
  EXPECT_EQ(requantise(image_of<float>({{0, 63, 64, 127, 128, 191, 192, 255}}), 2, 255),
            image_of<float>({{0, 0, 64, 64, 128, 128, 192, 192}}));
}

TEST(Requantise, ClipsWhatLiesOutside) {
  EXPECT_EQ(requantise(image_of<float>({{-5, 300, 255.5F}}), 2, 255), image_of<float>({{0, 192, 192}}));
}

TEST(Requantise, RoundsALevelsStartUpWhereItIsNoWholeNumber) {
  // 11 values on 4 levels, which start at 0, 2.75, 5.5 and 8.25.
  EXPECT_EQ(requantise(image_of<float>({{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}), 2, 10),
            image_of<float>({{0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9}}));
}

TEST(Requantise, LeavesWholeNumbersWithAsManyBitsAsTheMaximumHas) {
  struct Case {
    int maximum;
    int bits;
  };
  for (const Case c : {Case{1, 1}, Case{10, 4}, Case{255, 8}, Case{1000, 10}, Case{4095, 12}, Case{65535, 16}}) {
    Image<float> every(1, c.maximum + 1);
    for (int v = 0; v <= c.maximum; ++v) every[0, v] = static_cast<float>(v);
    for (int bits = c.bits; bits <= 16; ++bits) EXPECT_EQ(requantise(every, bits, c.maximum), every) << c.maximum;
  }
}

TEST(Requantise, EachValueBecomesTheSmallestWholeNumberOfItsLevel) {
  for (const int maximum : {255, 777, 4095}) {
    for (int bits = 1; bits <= 7; ++bits) {
      const std::int64_t levels = 1 << bits;
      const auto level_of = [&](std::int64_t value) { return value * levels / (maximum + 1); };
      const Image<float> image = noise(20, 30, static_cast<unsigned>(bits), maximum);
      const Image<float> result = requantise(image, bits, maximum);
      for (std::size_t i = 0; i < image.size(); ++i) {
        const auto value = static_cast<std::int64_t>(image.pixels()[i]);
        std::int64_t lowest = value;
        while (lowest > 0 && level_of(lowest - 1) == level_of(value)) --lowest;
        EXPECT_EQ(result.pixels()[i], static_cast<float>(lowest)) << value << " of " << maximum << ", bits " << bits;
      }
      EXPECT_LE(count_distinct(result), levels);
      EXPECT_EQ(requantise(result, bits, maximum), result) << "a second time changes nothing";
    }
  }
}

TEST(Requantise, TakesAnEmptyImage) { EXPECT_TRUE(requantise(FloatView(), 4, 255).empty()); }

TEST(CountDistinct, CountsEachValueOnce) {
  EXPECT_EQ(count_distinct(image_of<float>({{3, 1, 3}, {1.5F, -1, 3}})), 4);
  EXPECT_EQ(count_distinct(image_of<float>({{0.0F, -0.0F}})), 1) << "the two zeros are equal";
  EXPECT_EQ(count_distinct(FloatView()), 0);
  for (const Pixel shape : odd_shapes()) {
    const Image<float> image = noise(shape.row, shape.col, 41, 300);
    const std::set<float> values(image.pixels().begin(), image.pixels().end());
    EXPECT_EQ(count_distinct(image), static_cast<std::int64_t>(values.size()));
  }
}

}  // namespace
}  // namespace floodlight::test

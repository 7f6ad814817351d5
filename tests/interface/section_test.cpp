// The flood cut along a line: proposed, drawn with the mouse, set with keys, and followed from moment to moment.
#include <cmath>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

constexpr const char* player = "Pixels flooded";
const Pattern sentence =
    R"(^Profile along the line, .*: (\d+) pixels from row (\d+), column (\d+) to row (\d+), column (\d+), heights (\S+) to (\S+), water at (\S+), dams (\d+) of (\d+)$)"_re;

struct Profile {
  int pixels = 0;
  Pixel from;
  Pixel to;
  double low = 0;
  double high = 0;
  double water = 0;
  int dams = 0;
  int borders = 0;
};

class Section : public testing::Test {
 protected:
  Section() {
    page.click("Watch the flood");
    page.press("r");
  }
  [[nodiscard]] Profile profile() const {
    const auto said = page.read(sentence);
    const auto whole = [&](std::size_t i) { return std::stoi(said[i]); };
    const auto real = [&](std::size_t i) { return std::stod(said[i]); };
    return {whole(1), {whole(2), whole(3)}, {whole(4), whole(5)}, real(6), real(7), real(8), whole(9), whole(10)};
  }
  [[nodiscard]] MirrorItem strip() const { return page.first(Role::text, sentence); }

  Page page{at("small_field", "watershed")};
};

TEST_F(Section, RunsThroughTwoSeedsWhoseWatersMeetAndShowsEachMoment) {
  const Profile begin = profile();
  EXPECT_EQ(begin.borders, 1);
  EXPECT_EQ(begin.dams, 0) << "no waters have met at the beginning";
  EXPECT_LT(begin.low, begin.high);
  EXPECT_LE(begin.high, 0) << "heights are minus the distance";
  EXPECT_EQ(begin.water, page.number_fact("Water level")) << "it stands at the lowest place of what is flooded";
  const auto dry = page.picture(strip());
  page.fill(player, page.last_position(player));
  const Profile end = profile();
  EXPECT_EQ(end.from, begin.from);
  EXPECT_EQ(end.to, begin.to);
  EXPECT_EQ(end.dams, 1) << "where they have met stands a dam";
  EXPECT_GT(end.water, begin.water);
  EXPECT_NE(page.picture(strip()), dry) << "the water is drawn";
  page.fill(player, 0);
  EXPECT_EQ(page.picture(strip()), dry) << "and flows back";
}

TEST_F(Section, ItsLineIsDrawnWithTheMouse) {
  const auto middle_of = page.middles();
  page.click("Draw a line");
  EXPECT_TRUE(page.the(Role::button, "Draw a line").pressed.value());
  page.drag_points(middle_of(4, 3), middle_of(15, 24));
  const Profile drawn = profile();
  EXPECT_EQ(drawn.from, (Pixel{4, 3}));
  EXPECT_EQ(drawn.to, (Pixel{15, 24}));
  EXPECT_EQ(drawn.pixels, 22);
  EXPECT_FALSE(page.the(Role::button, "Draw a line").pressed.value());
}

TEST_F(Section, ItsEndsAreSetAtThePinAndAPlaceOfItIsMarkedInThePicture) {
  page.walk_to(6, 2);
  page.click("From the pin");
  page.walk_to(6, 19);
  page.click("To the pin");
  EXPECT_EQ(profile().from, (Pixel{6, 2}));
  EXPECT_EQ(profile().to, (Pixel{6, 19}));
  page.press("Escape");
  const MirrorItem shown = strip();
  const auto pixel = page.hover((shown.rect_min + shown.rect_max) * 0.5F);
  ASSERT_TRUE(pixel);
  EXPECT_EQ(pixel->row, 6);
  EXPECT_GT(pixel->col, 2);
  EXPECT_LT(pixel->col, 19);
}

TEST_F(Section, StandsBesideTheLandscapeAndGoes) {
  page.fill(player, std::floor(page.last_position(player) / 2));
  page.press("d");
  EXPECT_TRUE(page.the(Role::toggle, "In 3D").checked.value());
  EXPECT_GT(profile().pixels, 0);
  EXPECT_TRUE(page.everything_is_mirrored());
  page.press("r");
  EXPECT_FALSE(page.says(sentence));
}

}  // namespace
}  // namespace floodlight::test

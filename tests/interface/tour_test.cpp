// The tour: walked with one key, left and come back to.
#include <set>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

constexpr int last_stop = 16;

class Tour : public testing::Test {
 protected:
  struct Stop {
    int number = 0;
    std::string title;
  };
  [[nodiscard]] Stop stop() const {
    const auto said = page.read("^Tour, stop (\\d+) of 16: (.+)$"_re);
    return {std::stoi(said[1]), said[2]};
  }
  void go_back_to(int number) {
    while (stop().number > number) page.press("PageUp");
  }
  Page page{at("small_field", "watershed")};
};

TEST_F(Tour, IsWalkedWithOneKeyThroughAllSixteenStopsEachPreparedAsItsSentenceNeedsIt) {
  page.press("t");
  std::set<std::string> titles;
  for (int number = 1; number <= last_stop; ++number) {
    const Stop here = stop();
    SCOPED_TRACE(here.title);
    EXPECT_EQ(here.number, number);
    titles.insert(here.title);
    EXPECT_FALSE(page.has_alert());
    EXPECT_TRUE(page.everything_is_mirrored());
    EXPECT_EQ(page.count(Role::dialog, "Side by side"), number == 9 ? 1U : 0U);
    page.press("PageDown");
  }
  EXPECT_EQ(titles.size(), std::size_t{last_stop});
  EXPECT_EQ(stop().number, last_stop) << "it ends at its last stop";
  page.press("PageUp");
  EXPECT_EQ(stop().number, 15);
  go_back_to(11);
  ASSERT_EQ(page.recipe().refinements.size(), 1U);
  EXPECT_EQ(page.recipe().refinements[0].operation, RefinementOperation::closing);
  EXPECT_EQ(page.recipe().refinements[0].footprint.shape, FootprintShape::disk);
  EXPECT_EQ(page.recipe().refinements[0].footprint.radius, 5);
  go_back_to(8);
  EXPECT_EQ(page.recipe().filter, FilterMethod::median);
  EXPECT_EQ(page.recipe().filter_size, 3);
}

TEST_F(Tour, IsLeftToPlayAndReturnsToItsStop) {
  page.press("t");
  page.press("PageDown", 14);
  EXPECT_EQ(stop().number, 15);
  page.click("Leave");
  EXPECT_FALSE(page.says("^Tour, stop"_re));
  page.press("t");
  EXPECT_EQ(stop().number, 15);
  EXPECT_TRUE(page.shows_step("Watershed"));
  page.press("n");
  EXPECT_TRUE(page.says("^Choose a cause, then 'Go to"_re));
  page.press("n");
  EXPECT_FALSE(page.says("^Choose a cause, then 'Go to"_re));
  page.go_to("Seeds");
  EXPECT_EQ(stop().number, 15) << "the tour stays";
  EXPECT_TRUE(page.first(Role::button, "Seeds").selected);
  page.click("As prepared");
  EXPECT_TRUE(page.shows_step("Watershed"));
}

TEST_F(Tour, SkipsStopsOnThePathOf45Minutes) {
  page.press("t");
  page.click("45 minutes");
  std::vector<int> seen = {stop().number};
  for (int most = 0; most < last_stop; ++most) {
    page.press("PageDown");
    if (stop().number == seen.back()) break;
    seen.push_back(stop().number);
  }
  EXPECT_EQ(seen, (std::vector<int>{1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 14, 16}));
  page.press("PageUp");
  EXPECT_EQ(stop().number, 14) << "the same stops, backwards";
  page.press("PageUp", 3);
  EXPECT_EQ(stop().number, 10);
}

}  // namespace
}  // namespace floodlight::test

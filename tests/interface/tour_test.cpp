// The tour: walked with one key, left and come back to.
#include <algorithm>
#include <memory>
#include <set>

#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "tests/core/rows.h"
#include "tests/interface/page.h"
#include "web/app/widgets/theme.h"

namespace floodlight::test {
namespace {

constexpr int last_stop = 22;

class Tour : public testing::Test {
 protected:
  struct Stop {
    int number = 0;
    std::string title;
  };
  [[nodiscard]] Stop stop() const {
    const auto said = page.read("^Tour, stop (\\d+) of 22: (.+)$"_re);
    return {std::stoi(said[1]), said[2]};
  }
  void go_back_to(int number) {
    while (stop().number > number) page.press("PageUp");
  }
  Page page{at("small_field", "watershed")};
};

TEST_F(Tour, IsWalkedWithOneKeyThroughAllStopsEachPreparedAsItsSentenceNeedsIt) {
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
  EXPECT_EQ(stop().number, last_stop - 1);
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::network);
  EXPECT_EQ(*page.recipe().network, *shipped_network());
  EXPECT_EQ(page.nuclei(), 2) << "as its sentence says";
  go_back_to(18);
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::classifier);
  go_back_to(11);
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::classic) << "its stop is about the classic way";
  ASSERT_EQ(page.recipe().refinements.size(), 1U);
  EXPECT_EQ(page.recipe().refinements[0], repairs::closing);
  EXPECT_EQ(page.recipe().refinements[0][footprint_shape], static_cast<double>(FootprintShape::disk));
  EXPECT_EQ(page.recipe().refinements[0][footprint_radius], 5);
  go_back_to(8);
  EXPECT_EQ(page.recipe().filter, filters::median);
  EXPECT_EQ(page.recipe().filter[window_size], 3);
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
  EXPECT_EQ(seen, (std::vector<int>{1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 14, 17, 20, 22}));
  page.press("PageUp");
  EXPECT_EQ(stop().number, 20) << "the same stops, backwards";
  page.press("PageUp", 5);
  EXPECT_EQ(stop().number, 10);
}

TEST_F(Tour, ShowsTheShippedNetworkWhicheverWasThereBefore) {
  Recipe own = network_recipe(std::make_shared<const TrainedNetwork>(
      TrainedNetwork{.net = fresh_unet({.widths = {2, 3}}, 1), .seed = 1, .images = 1, .steps = 0}));
  own.window = 31;
  ui::app().edit_recipe(own);
  page.settled();
  page.press("t");
  page.press("PageDown", 19);
  EXPECT_EQ(stop().number, 20);
  EXPECT_TRUE(page.shows_step("Training"));
  EXPECT_EQ(page.recipe(), network_recipe(shipped_network()));
}

/// The tour on stage at a projector's size.
class TourOnStage : public testing::Test {
 protected:
  TourOnStage() {
    page.press("t");
    page.press("p");
  }
  void go_to(int number) { page.press("PageDown", number - 1); }
  /// How high the digits in the pixels are, in CSS pixels; 0 while they fade.
  [[nodiscard]] static float digits() {
    const float zoom = ui::app().view.zoom / ui::scale();
    return zoom < 28 ? 0 : std::min(zoom * 0.42F, 24.0F) * ui::scale();
  }
  /// Whether a pixel stands wholly in the picture, in both halves of it where there are two.
  [[nodiscard]] static bool is_in_sight(Pixel pixel, bool halves) {
    const ui::ViewState& v = ui::app().view;
    const ImVec2 room = (v.area_max - v.area_min) * ImVec2(halves ? 0.5F : 1.0F, 1);
    const ImVec2 from = (ImVec2(static_cast<float>(pixel.col), static_cast<float>(pixel.row)) - v.centre) * v.zoom;
    return from.x >= -room.x / 2 && from.y >= -room.y / 2 && from.x + v.zoom <= room.x / 2 &&
           from.y + v.zoom <= room.y / 2;
  }
  Page page{at("nuclei_01", "watershed")};
};

TEST_F(TourOnStage, HasWhatEachSentenceNamesInSight) {
  const auto check = [&](int number) {
    switch (number) {
      case 1:
        EXPECT_TRUE(page.says("Mask"));
        EXPECT_TRUE(page.says("^Labels$|\\d+ labels$"_re));
        break;
      case 2:
        EXPECT_GE(digits(), 28);
        break;
      case 3:
        EXPECT_TRUE(page.says("photons fell on it\\."_re));
        break;
      case 4:
        EXPECT_GE(digits(), 28);
        EXPECT_TRUE(is_in_sight({5, 14}, true)) << "the number that stays is seen in both windows";
        EXPECT_TRUE(page.says("Colours from 4 to 249"));
        EXPECT_TRUE(page.says("Colours from 4 to 65.3")) << "the right window has a legend of its own";
        break;
      case 5:
        EXPECT_GE(digits(), 28);
        EXPECT_TRUE(is_in_sight({18, 7}, true));
        EXPECT_TRUE(page.says("^83 = 83, so the mask is False\\."_re));
        break;
      case 6:
        EXPECT_TRUE(page.says("between-class variance: Otsu takes its top"));
        EXPECT_EQ(page.count(Role::slider, "Cutoff in the histogram"), 1U);
        break;
      case 7:
        EXPECT_TRUE(page.says("here at its mean"_re));
        EXPECT_TRUE(page.says("between-class variance: its top is Otsu's"));
        EXPECT_TRUE(
            page.says("^The axis ends at the 99\\.9th percentile: \\d+ of the pixels are brighter, up to \\d+"_re));
        break;
      case 8:
        EXPECT_GE(digits(), 28);
        EXPECT_TRUE(is_in_sight({5, 14}, true)) << "what goes in and what comes out";
        EXPECT_TRUE(page.says("^Sorted: "_re));
        break;
      case 9: {
        const MirrorItem wall = page.the(Role::dialog, "Side by side");
        const MirrorItem sentence = page.first(Role::text, "Choose the filter by the mask it gives.");
        EXPECT_GE(wall.rect_min.y, sentence.rect_max.y);
        EXPECT_LE(wall.rect_max.y, ImGui::GetIO().DisplaySize.y);
        for (const MirrorItem& card : page.all(Role::button, any(), Name("Side by side")))
          EXPECT_LE(card.rect_max.y, wall.rect_max.y) << card.name;
        break;
      }
      case 11:
        EXPECT_TRUE(page.says("^Added \\d+$"_re));
        EXPECT_TRUE(page.says("^Removed \\d+$"_re));
        break;
      case 12:
        EXPECT_TRUE(page.says("^The nearest background pixel is"_re));
        break;
      case 14:
        EXPECT_GE(digits(), 28);
        EXPECT_TRUE(page.says("Flooded"));
        EXPECT_TRUE(page.says("Waits in the queue"));
        break;
      case 15:
        EXPECT_TRUE(page.says("^Missed \\d+$"_re));
        EXPECT_TRUE(page.says("^Merged \\d+$"_re));
        break;
      case 19:
        EXPECT_EQ(page.selected_step(), "Network");
        break;
      case 20:
      case 21:
        EXPECT_EQ(page.selected_step(), "Training");
        EXPECT_TRUE(page.says("^Probability of background"_re)) << "the pixel's answer is written out";
        break;
      default:
        break;
    }
  };
  for (int number = 1; number <= last_stop; ++number) {
    SCOPED_TRACE(number);
    check(number);
    EXPECT_TRUE(page.everything_is_mirrored());
    page.press("PageDown");
  }
}

}  // namespace
}  // namespace floodlight::test

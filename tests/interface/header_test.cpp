// The top of the window at every width: what has no room there stands in the menu, and nothing lies over something else.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/interface/no_browser.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

constexpr std::array<const char*, 8> actions = {"Take home", "Undo", "Redo", "Tour", "Search", "Present", "Light", "?"};

bool stands_in(const std::vector<MirrorItem>& items, std::string_view name) {
  return std::ranges::contains(items, name, &MirrorItem::name);
}

TEST(Header, OffersEverythingAtEveryWidth) {
  Page page;
  for (const float width : {320.0F, 360.0F, 390.0F, 539.0F, 540.0F, 640.0F, 700.0F, 853.0F, 939.0F, 940.0F, 1079.0F,
                            1080.0F, 1179.0F, 1180.0F, 1280.0F, 1920.0F}) {
    SCOPED_TRACE(width);
    resize({width, 700});
    page.settled();
    const auto header = page.all(Role::button, any(), "Header");
    std::vector<MirrorItem> menu;
    if (stands_in(header, "Menu")) {
      page.click(page.the(Role::button, "Menu"));
      menu = page.all(Role::button, any(), "Menu");
      EXPECT_TRUE(page.everything_is_mirrored());
      page.press("Escape");
      EXPECT_EQ(page.count(Role::dialog, "Menu"), 0U);
    }
    for (const std::string name : actions) {
      const bool there = stands_in(header, name);
      EXPECT_NE(there, stands_in(menu, name == "?" ? "Help" : name)) << name << " must stand in one of the two";
    }
    for (const auto& one : header) {
      EXPECT_LE(one.rect_max.x, width) << one.name;
      for (const auto& other : header) {
        if (one.id == other.id) continue;
        EXPECT_TRUE(one.rect_max.x <= other.rect_min.x || other.rect_max.x <= one.rect_min.x)
            << one.name << " lies over " << other.name;
      }
    }
  }
}

TEST(Header, ItsMenuDoesWhatTheButtonsDo) {
  Page page;
  resize({390, 844});
  page.settled();
  page.click("Menu");
  page.click(Role::button, "Help", "Menu");
  EXPECT_EQ(page.count(Role::dialog, "All keys"), 1U);
  EXPECT_EQ(page.count(Role::dialog, "Menu"), 0U);
  page.press("Escape");
  page.click("Menu");
  EXPECT_TRUE(page.the(Role::button, "Undo", "Menu").disabled) << "nothing was changed yet";
  page.click(Role::button, "Light", "Menu");
  page.click("Menu");
  EXPECT_EQ(page.count(Role::button, "Dark", "Menu"), 1U);
  page.click(Role::button, "Tour", "Menu");
  EXPECT_TRUE(ui::app().tour.on);
}

TEST(Header, TheImageKeepsHalfOfWhatIsLeft) {
  Page page;
  for (const ImVec2 size : {ImVec2(390, 844), ImVec2(640, 400), ImVec2(700, 500), ImVec2(820, 1180), ImVec2(853, 533),
                            ImVec2(859, 600), ImVec2(320, 640)}) {
    resize(size);
    page.settled();
    const MirrorItem image = page.the(Role::region, "Image view");
    const float below_header = page.the(Role::region, "Header").rect_max.y;
    const float above_status = page.the(Role::region, "Status").rect_min.y;
    EXPECT_GE(image.rect_max.y - image.rect_min.y + 1, (above_status - below_header) / 2) << size.x << " x " << size.y;
  }
}

}  // namespace
}  // namespace floodlight::test

// A monkey at the page: random events, the same again for the same seed. Whatever it does, nothing crashes, the mirror has
// every widget, the page what the mirror has, and a GPU would have drawn it all.
//
//   FLOODLIGHT_MONKEY_SEEDS="7 8 9" FLOODLIGHT_MONKEY_EVENTS=3000 floodlight_interface_tests --gtest_filter='*Monkey*'
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/interface/images.h"
#include "tests/interface/no_gpu.h"
#include "tests/interface/page.h"
#include "web/app/files/share.h"
#include "web/app/image_set/image_set.h"
#include "web/app/shell/actions.h"

namespace floodlight::test {
namespace {

constexpr int usual_events = 300;
constexpr std::size_t remembered = 12;  ///< the events before a fault, which tell what it was

std::vector<unsigned> seeds() {
  const char* wanted = std::getenv("FLOODLIGHT_MONKEY_SEEDS");
  std::istringstream text(wanted != nullptr ? wanted : "1 2 3 4");
  std::vector<unsigned> list;
  for (unsigned seed = 0; text >> seed;) list.push_back(seed);
  return list;
}

int events() {
  const char* wanted = std::getenv("FLOODLIGHT_MONKEY_EVENTS");
  return wanted != nullptr ? std::atoi(wanted) : usual_events;
}

class Monkey : public testing::TestWithParam<unsigned> {
 protected:
  // --- chance ----------------------------------------------------------------------------------------------------------------
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_()) % count; }
  float share() { return static_cast<float>(below(10'001)) / 10'000; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename List>
  auto any_of(const List& list) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
  }
  /// A place in the window, or a little beside it.
  ImVec2 place() { return ImVec2(share() * 1.1F - 0.05F, share() * 1.1F - 0.05F) * browser().size; }
  std::optional<MirrorItem> widget() {
    const auto& items = ui::mirror().items();
    if (items.empty()) return std::nullopt;
    return any_of(items);
  }

  // --- what it does ------------------------------------------------------------------------------------------------------------
  void click();
  void click_a_widget();
  void drag();
  void turn_the_wheel();
  void press_a_key();
  void ask_the_mirror();
  void change_the_window();
  void bring_a_file();
  void paste_a_link();
  void wait();

  void did(std::string what);
  /// Some frames, as many as come between two events of a hand.
  void go_on_for(std::size_t frames) {
    for (std::size_t i = 0; i < frames && go_on(); ++i) {
    }
  }
  void expect_all_well();

 private:
  std::mt19937 random_{GetParam()};
  std::vector<std::string> done_;
};

void Monkey::did(std::string what) {
  if (std::getenv("FLOODLIGHT_MONKEY_TELLS") != nullptr) std::cerr << what << '\n';
  done_.push_back(std::move(what));
}

void Monkey::click() {
  const auto button =
      one_in(6) ? any_of(std::array{ImGuiMouseButton_Right, ImGuiMouseButton_Middle}) : ImGuiMouseButton_Left;
  const ImVec2 at = place();
  did("click at " + std::to_string(at.x) + ", " + std::to_string(at.y));
  move_mouse(at);
  if (one_in(2)) go_on_for(below(4));
  press_mouse(button);
  if (one_in(2)) go_on_for(below(4));
  release_mouse(button);
}

void Monkey::click_a_widget() {
  const auto item = widget();
  if (!item) return;
  did("click on " + item->name);
  move_mouse((item->rect_min + item->rect_max) * 0.5F);
  go_on_for(3);
  press_mouse();
  release_mouse();
}

void Monkey::drag() {
  const auto item = widget();
  const bool on_widget = item && one_in(2);
  const ImVec2 from =
      on_widget ? item->rect_min + ImVec2(share(), share()) * (item->rect_max - item->rect_min) : place();
  did("drag from " + (on_widget ? item->name : std::string("somewhere")));
  move_mouse(from);
  go_on_for(2);
  press_mouse();
  for (std::size_t steps = below(6); steps > 0; --steps) {
    move_mouse(one_in(3) ? place() : from + ImVec2(share() - 0.5F, share() - 0.5F) * 80.0F);
    go_on_for(below(4));
  }
  // A button that is let go outside of the page is not heard of.
  if (one_in(20)) return;
  release_mouse();
}

void Monkey::turn_the_wheel() {
  did("wheel");
  if (one_in(2)) move_mouse(place());
  if (one_in(8)) {
    pinch(place(), ImVec2(share() - 0.5F, share() - 0.5F) * 300.0F, std::exp(4 * (share() - 0.5F)));
  } else {
    turn_wheel({one_in(5) ? 200 * (share() - 0.5F) : 0, 1200 * (share() - 0.5F)}, one_in(4));
  }
}

void Monkey::press_a_key() {
  static constexpr std::array others = {"Enter", "Escape", "Backspace", "Delete", "Home",      "End",        "ArrowUp",
                                        " ",     "a",      "ArrowDown", "F1",     "ArrowLeft", "ArrowRight", "é"};
  std::string key = any_of(others);
  if (!one_in(4)) {
    const std::string_view keys = any_of(ui::actions()).keys;
    const std::string_view named = keys.substr(0, keys.find(' '));
    key = named == "Space" ? " "
          : named.size() > 1 || named.empty() || named[0] < 'A' || named[0] > 'Z'
              ? std::string(named)
              : std::string(1, static_cast<char>(named[0] - 'A' + 'a'));
    if (key.starts_with("Control+")) key = "z";
    if (key.empty()) key = "Escape";
  }
  const Modifiers held{.ctrl = one_in(8), .shift = one_in(8), .alt = one_in(30), .meta = one_in(30)};
  did("key " + key);
  if (one_in(10)) {
    key_down(key, held);
  } else {
    type_key(key, held);
  }
}

void Monkey::ask_the_mirror() {
  const auto item = widget();
  if (!item) return;
  using Kind = ui::Request::Kind;
  constexpr double huge = std::numeric_limits<double>::max();
  ui::Request request;
  request.kind = any_of(std::array{Kind::press, Kind::press, Kind::number, Kind::text, Kind::option});
  if (item->role == Role::slider || item->role == Role::splitter) request.kind = Kind::number;
  if (item->role == Role::spinbutton) request.kind = one_in(2) ? Kind::number : Kind::text;
  if (item->role == Role::combobox) request.kind = Kind::option;
  if (item->role == Role::textbox) request.kind = Kind::text;
  request.number = item->min + static_cast<double>(share()) * (item->max - item->min);
  if (one_in(6)) request.number = any_of(std::array{0.0, -1.0, 1e9, -huge, huge, std::nan(""), HUGE_VAL});
  request.index = static_cast<int>(below(item->options.size() + 3)) - 1;
  request.text =
      any_of(std::array{"", "7", "19", "-3,5", "nan", "a name with spaces", "{stem}_{stem}.tif", "../up.tif", "µ€"});
  did("the mirror asks " + item->name);
  ui::mirror().deliver(item->id, request);
  if (one_in(5)) ui::mirror().deliver_focus(item->id, one_in(2));
}

void Monkey::change_the_window() {
  static const std::array<ImVec2, 8> sizes = {ImVec2(1280, 800), ImVec2(1280, 800),  ImVec2(390, 844),
                                              ImVec2(844, 390),  ImVec2(1920, 1080), ImVec2(700, 500),
                                              ImVec2(3000, 300), ImVec2(2, 1)};
  did("another window");
  switch (below(5)) {
    case 0:
      lose_gpu();
      break;
    case 1:
      focus_window(one_in(2));
      break;
    case 2:
      leave_with_mouse();
      break;
    default:
      resize(any_of(sizes), any_of(std::array{1.0F, 1.0F, 2.0F, 1.25F, 0.5F}));
  }
}

void Monkey::bring_a_file() {
  const auto purpose = one_in(4) ? platform::FilePurpose::truth : platform::FilePurpose::image;
  auto bytes =
      tiff_of(any_of(std::array{round_nuclei(), round_nuclei(60, 70), flat_image(1, 1, 3), flat_image(2, 90, 0)}));
  std::string name = any_of(std::array{"a.tif", "b.tif", "A.TIF", "no ending", "nuclei_01_labeled.tif"});
  if (one_in(4)) bytes.resize(below(bytes.size()));
  if (one_in(6)) bytes = tiff_of({round_nuclei(), flat_image(120, 160, 9)});
  if (one_in(5)) {
    name = "recipe.json";
    bytes = bytes_of(any_of(std::array{R"({"version": 1, "filter": {"method": "median", "size": 5}})", "{", "{}", "[]",
                                       R"({"version": 1, "refinements": [{"operation": "erosion", "radius": 3}]})"}));
  }
  did("the file " + name);
  if (ui::app().step == ui::StepId::image_set && one_in(2)) {
    platform::deliver_file(name, std::move(bytes), purpose);
  } else if (purpose == platform::FilePurpose::image && one_in(12)) {
    platform::deliver_file_problem(name + " could not be read.");
  } else {
    platform::deliver_file(name, std::move(bytes), purpose);
  }
}

void Monkey::paste_a_link() {
  static constexpr std::array links = {"v=1&image=small_field&step=label",
                                       "v=1&image=lecture_grid&step=threshold&pixel=5,14",
                                       "v=1&image=case_border&step=seeds",
                                       "v=1&image=nuclei_03&step=watershed",
                                       "v=1&image=small_field&step=filter&filter.size=5&zoom=40&pixel=4000,3",
                                       "v=1&file=gone.tif&digest=00000000&step=seeds",
                                       "v=1&image=%00%ff%zz&&&=",
                                       "top"};
  const char* link = any_of(links);
  did(std::string("the link ") + link);
  ui::open_link(ui::app(), link);
}

void Monkey::wait() {
  did("wait");
  browser().frame_time = one_in(4) ? 90 : 1000.0 / 60;
  pass(any_of(std::array{40.0, 300.0, 700.0}));
}

void Monkey::expect_all_well() {
  const auto fault = [&]() -> std::string {
    if (browser().gave_up) return "the app gave up: " + *browser().gave_up;
    if (!gpu_faults().empty()) return "a GPU would refuse: " + gpu_faults().front();
    if (!browser().misuses.empty()) return "Dear ImGui says: " + browser().misuses.front();
    for (const auto& missing : ui::mirror().unregistered()) return "the mirror lacks " + missing.label;
    return browser().told.difference();
  }();
  if (fault.empty()) return;
  std::string before;
  for (std::size_t i = done_.size() - std::min(done_.size(), remembered); i < done_.size(); ++i)
    before += "\n  " + done_[i];
  FAIL() << fault << "\nafter " << done_.size() << " events, the last of which were:" << before;
}

TEST_P(Monkey, BreaksNothing) {
  std::cout << "seed " << GetParam() << ", " << events() << " events\n";
  Page page;
  platform::hide_frames(false);
  for (int i = 0; i < events() && !HasFatalFailure(); ++i) {
    const std::size_t chance = below(100);
    if (chance < 14) {
      click();
    } else if (chance < 38) {
      click_a_widget();
    } else if (chance < 48) {
      drag();
    } else if (chance < 55) {
      turn_the_wheel();
    } else if (chance < 70) {
      press_a_key();
    } else if (chance < 85) {
      ask_the_mirror();
    } else if (chance < 90) {
      change_the_window();
    } else if (chance < 93) {
      bring_a_file();
    } else if (chance < 95) {
      paste_a_link();
    } else {
      wait();
    }
    go_on_for(below(8));
    expect_all_well();
  }
  // What it has left running is stopped, and everything else comes to rest.
  ui::cancel_run(ui::app());
  release_mouse();
  resize({1280, 800});
  page.press("Escape", 3);
  expect_all_well();
  EXPECT_TRUE(is_settled());
  const auto& pinned = ui::app().view.pinned;
  EXPECT_TRUE(!pinned || ui::app().values().raw.contains(*pinned));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Monkey, testing::ValuesIn(seeds()),
                         [](const auto& info) { return std::to_string(info.param); });

}  // namespace
}  // namespace floodlight::test

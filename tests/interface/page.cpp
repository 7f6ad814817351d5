#include "tests/interface/page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <regex>
#include <stdexcept>
#include <utility>

#include "tests/interface/no_gpu.h"
#include "tests/interface/no_trainer.h"
#include "tests/interface/no_workers.h"
#include "web/app/files/share.h"
#include "web/app/shell/frame.h"
#include "web/app/state/step.h"

namespace floodlight {

void PrintTo(const Recipe& recipe, std::ostream* out) { *out << write_json(recipe_to_json(recipe), 2); }

}  // namespace floodlight

namespace floodlight::test {
namespace {

/// Between two presses of one hand passes more than Dear ImGui takes for a double click.
constexpr double pause_of_a_hand = 400;
/// So many frames without work, and still more are owed: that is an animation without an end.
constexpr int most_idle_frames = 2000;

constexpr std::array text_roles = {Role::heading, Role::text, Role::status,
                                   Role::alert,   Role::cell, Role::column_header};

bool is_text(const MirrorItem& item) { return std::ranges::find(text_roles, item.role) != text_roles.end(); }

ImVec2 middle(const MirrorItem& item) { return (item.rect_min + item.rect_max) * 0.5F; }

const MirrorItem* item_of(ImGuiID id) {
  const auto& items = ui::mirror().items();
  const auto found = std::ranges::find(items, id, &MirrorItem::id);
  return found == items.end() ? nullptr : &*found;
}

bool stands_in(const MirrorItem& item, const Name& group) {
  for (const MirrorItem* outer = item_of(item.group); outer != nullptr; outer = item_of(outer->group)) {
    if (group.fits(outer->name)) return true;
  }
  return false;
}

std::string list_of_names(const std::vector<MirrorItem>& items) {
  std::string list;
  for (const MirrorItem& item : items) list += "\n  " + item.name;
  return list.empty() ? " (none)" : list;
}

ui::Request text_request(std::string_view text) { return {.kind = ui::Request::Kind::text, .text = std::string(text)}; }

ui::Request number_request(double number) { return {.kind = ui::Request::Kind::number, .number = number, .text = {}}; }

}  // namespace

namespace {

/// Compiled once: a page is searched for the same words again and again.
const std::regex& compiled(const Pattern& pattern) {
  static std::map<std::string, std::regex> known;
  const auto found = known.find(pattern.text);
  return found != known.end() ? found->second : known.emplace(pattern.text, std::regex(pattern.text)).first->second;
}

}  // namespace

bool matches(const std::string& text, const Pattern& pattern) { return std::regex_search(text, compiled(pattern)); }

std::vector<std::string> parts(const std::string& text, const Pattern& pattern) {
  std::vector<std::string> found;
  std::smatch match;
  if (!std::regex_search(text, match, compiled(pattern))) return found;
  for (const auto& part : match) found.push_back(part.str());
  return found;
}

bool Name::fits(const std::string& name) const {
  if (const auto* exact = std::get_if<std::string>(&wanted_)) return name == *exact;
  return matches(name, std::get<Pattern>(wanted_));
}

std::string Name::text() const {
  if (const auto* exact = std::get_if<std::string>(&wanted_)) return '"' + *exact + '"';
  return '/' + std::get<Pattern>(wanted_).text + '/';
}

Name any() {
  static const Pattern everything = ""_re;
  return everything;
}

std::vector<std::string> step_names() {
  std::vector<std::string> names;
  for (const ui::StepId id : ui::lesson(*ui::app().recipe().mask_from)) names.emplace_back(ui::step(id).name);
  return names;
}

Opening at(std::string_view image, std::string_view step) {
  return {.fragment = "v=1&image=" + std::string(image) + "&step=" + std::string(step)};
}

Page::Page(const Opening& opening) {
  browser() = {};
  browser().size = opening.size;
  browser().fragment = opening.fragment;
  browser().has_gpu = opening.has_gpu;
  load_page();
  if (opening.whole) {
    while (browser().frames == 0) go_on();
    deliver_rest();
  }
  settled();
}

Page::~Page() {
  for (const std::string& fault : gpu_faults()) ADD_FAILURE() << "a GPU would refuse this: " << fault;
  for (const std::string& misuse : browser().misuses) ADD_FAILURE() << "Dear ImGui says: " << misuse;
  if (browser().gave_up) ADD_FAILURE() << "the app gave up: " << *browser().gave_up;
}

void Page::settled() {
  int idle = 0;
  while (!is_settled()) {
    if (!go_on()) throw std::runtime_error("the app owes something, and nothing brings it");
    idle = ui::owes_work() || workers_are_busy() || trainer_is_busy() ? 0 : idle + 1;
    if (idle > most_idle_frames) throw std::runtime_error("the app does not come to rest");
  }
}

// --- what there is --------------------------------------------------------------------------------------------------------

std::vector<MirrorItem> Page::all(Role role, const Name& name, const std::optional<Name>& group) const {
  std::vector<MirrorItem> found;
  for (const MirrorItem& item : ui::mirror().items()) {
    if (item.role == role && name.fits(item.name) && (!group || stands_in(item, *group))) found.push_back(item);
  }
  return found;
}

std::size_t Page::count(Role role, const Name& name, const std::optional<Name>& group) const {
  return all(role, name, group).size();
}

MirrorItem Page::first(Role role, const Name& name, const std::optional<Name>& group) const {
  const auto found = all(role, name, group);
  if (found.empty()) {
    throw std::runtime_error("nothing is called " + name.text() +
                             "; of its role there are:" + list_of_names(all(role, any(), group)));
  }
  return found.front();
}

MirrorItem Page::the(Role role, const Name& name, const std::optional<Name>& group) const {
  const auto found = all(role, name, group);
  if (found.size() > 1) {
    throw std::runtime_error(std::to_string(found.size()) + " are called " + name.text() + ":" + list_of_names(found));
  }
  return first(role, name, group);
}

testing::AssertionResult Page::says(const Name& text) const {
  std::string all_texts;
  for (const MirrorItem& item : ui::mirror().items()) {
    if (!is_text(item)) continue;
    if (text.fits(item.name)) return testing::AssertionSuccess() << "the page says: " << item.name;
    all_texts += "\n  " + item.name;
  }
  return testing::AssertionFailure() << "the page does not say " << text.text() << ", but:" << all_texts;
}

std::size_t Page::count_texts(const Name& text) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      ui::mirror().items(), [&](const MirrorItem& item) { return is_text(item) && text.fits(item.name); }));
}

std::vector<std::string> Page::read(const Pattern& wanted) const {
  for (const MirrorItem& item : ui::mirror().items()) {
    if (!is_text(item)) continue;
    if (auto found = parts(item.name, wanted); !found.empty()) return found;
  }
  throw std::runtime_error(says(wanted).message());
}

std::string Page::fact(std::string_view name) const {
  const std::string start = std::string(name) + ": ";
  for (const MirrorItem& item : ui::mirror().items()) {
    if (is_text(item) && item.name.starts_with(start)) return item.name.substr(start.size());
  }
  throw std::runtime_error("the page says nothing of " + std::string(name));
}

double Page::number_fact(std::string_view name) const { return std::stod(fact(name)); }

std::optional<ProbedPixel> Page::pixel() const {
  static const Pattern line = "^row (\\d+) +col (\\d+) +(.*)$"_re;
  if (!says(line)) return std::nullopt;
  const auto found = read(line);
  return ProbedPixel{std::stoi(found[1]), std::stoi(found[2]), found[3]};
}

std::string Page::values() const {
  const auto probed = pixel();
  return probed ? probed->rest : std::string();
}

std::string Page::status() const { return the(Role::status, any()).name; }

std::string Page::alert() const { return the(Role::alert, any()).name; }

std::string Page::selected_step() const {
  for (const MirrorItem& tab : all(Role::tab))
    if (tab.selected) return tab.name;
  return {};
}

testing::AssertionResult Page::shows_step(std::string_view step) const {
  const auto tabs = all(Role::tab);
  const auto chosen = std::ranges::count_if(tabs, &MirrorItem::selected);
  if (chosen != 1) return testing::AssertionFailure() << chosen << " tabs are selected";
  if (selected_step() != step) return testing::AssertionFailure() << "the tab of " << selected_step() << " is selected";
  const auto names = step_names();
  const auto place = std::ranges::find(names, step) - names.begin();
  const std::string heading = std::to_string(place + 1) + "  " + std::string(step);
  if (count(Role::heading, heading) == 0)
    return testing::AssertionFailure() << "no heading says " << heading
                                       << ", but:" << list_of_names(all(Role::heading));
  return testing::AssertionSuccess();
}

testing::AssertionResult Page::everything_is_mirrored() const {
  std::string missing;
  for (const auto& item : ui::mirror().unregistered()) missing += "\n  " + item.label;
  if (!missing.empty()) return testing::AssertionFailure() << "the mirror lacks:" << missing;
  if (const std::string other = browser().told.difference(); !other.empty())
    return testing::AssertionFailure() << other;
  return testing::AssertionSuccess();
}

// --- what a student does ----------------------------------------------------------------------------------------------------

void Page::go_to_rest() {
  move_mouse({2, 2});
  settled();
}

MirrorItem Page::reveal(const MirrorItem& item) {
  if (!stands_in(item, "Step")) return item;
  for (int turns = 0; turns < 60; ++turns) {
    const MirrorItem* now = item_of(item.id);
    if (now == nullptr) throw std::runtime_error(item.name + " went while it was scrolled to");
    const MirrorItem panel = the(Role::region, "Step");
    const bool above = now->rect_min.y < panel.rect_min.y;
    if (!above && now->rect_max.y <= panel.rect_max.y) return *now;
    move_mouse({panel.rect_min.x + 6, (panel.rect_min.y + panel.rect_max.y) / 2});
    turn_wheel({0, above ? -60.0F : 60.0F});
    settled();
  }
  throw std::runtime_error("the panel cannot be scrolled to " + item.name);
}

void Page::click_at(ImVec2 point) {
  move_mouse(point);
  settled();
  browser().now += pause_of_a_hand;
  press_mouse();
  release_mouse();
  settled();
}

void Page::click(const MirrorItem& item) {
  if (item.disabled) throw std::runtime_error(item.name + " is disabled");
  click_at(middle(reveal(item)));
}

void Page::drag_points(ImVec2 from, ImVec2 to) {
  constexpr int steps = 4;
  move_mouse(from);
  settled();
  browser().now += pause_of_a_hand;
  press_mouse();
  settled();
  for (int i = 1; i <= steps; ++i) {
    move_mouse(from + (to - from) * (static_cast<float>(i) / steps));
    settled();
  }
  release_mouse();
  settled();
}

void Page::drag(const MirrorItem& item, ImVec2 from, ImVec2 to) {
  const MirrorItem shown = reveal(item);
  const ImVec2 size = shown.rect_max - shown.rect_min;
  drag_points(shown.rect_min + from * size, shown.rect_min + to * size);
}

void Page::press(std::string_view keys) {
  Modifiers held;
  for (;;) {
    if (keys.starts_with("Control+")) {
      held.ctrl = true;
    } else if (keys.starts_with("Shift+")) {
      held.shift = true;
    } else if (keys.starts_with("Alt+")) {
      held.alt = true;
    } else {
      break;
    }
    keys.remove_prefix(keys.find('+') + 1);
  }
  const MirrorItem* focused = item_of(ui::mirror().focused());
  if (focused != nullptr && (focused->role == Role::spinbutton || focused->role == Role::textbox) && keys.size() == 1)
    throw std::runtime_error("the key would be typed into " + focused->name);
  type_key(keys, held);
  settled();
}

void Page::press(std::string_view keys, int times) {
  for (int i = 0; i < times; ++i) press(keys);
}

void Page::fill(const Name& field, double number, const std::optional<Name>& group) {
  write(field, write_json(Json(number)), group);
}

void Page::write(const Name& field, std::string_view text, const std::optional<Name>& group) {
  const MirrorItem item = first(Role::spinbutton, field, group);
  ui::mirror().deliver_focus(item.id, true);
  settled();
  ui::mirror().deliver(item.id, text_request(text));
  settled();
  ui::mirror().deliver_focus(0, false);
  settled();
}

void Page::slide(const Name& slider, double number) {
  ui::mirror().deliver(the(Role::slider, slider).id, number_request(number));
  settled();
}

void Page::choose(const Name& list, std::string_view option, const std::optional<Name>& group) {
  const MirrorItem item = the(Role::combobox, list, group);
  const auto found = std::ranges::find(item.options, option);
  if (found == item.options.end()) throw std::runtime_error(item.name + " has no " + std::string(option));
  ui::mirror().deliver(
      item.id,
      {.kind = ui::Request::Kind::option, .text = {}, .index = static_cast<int>(found - item.options.begin())});
  settled();
}

void Page::type(std::string_view text) {
  const ImGuiID id = ui::mirror().focused();
  const MirrorItem* field = item_of(id);
  if (field == nullptr) throw std::runtime_error("no field has the focus");
  const Role role = field->role;
  for (std::size_t size = 1; size <= text.size(); ++size) {
    // What is typed replaces what stood there, which was selected when the focus came.
    const std::string so_far(text.substr(0, size));
    if (role == Role::textbox) {
      ui::mirror().deliver(id, text_request(so_far));
    } else if (role == Role::spinbutton && size == text.size()) {
      ui::mirror().deliver(id, text_request(so_far));
    } else if (role != Role::spinbutton) {
      throw std::runtime_error("nothing can be typed into " + item_of(id)->name);
    }
    settled();
  }
}

void Page::go_to(std::string_view step) {
  click(Role::tab, step);
  EXPECT_TRUE(shows_step(step));
}

void Page::open_sample(std::string_view title) {
  click("^Image: "_re);
  const Name dialog = "Images";
  for (const MirrorItem& group : all(Role::radio, any(), dialog)) {
    if (count(Role::button, title, dialog) > 0) break;
    click(Role::radio, group.name, dialog);
  }
  click(Role::button, title, dialog);
  EXPECT_TRUE(browser().title.starts_with(title)) << browser().title;
}

void Page::drop(const std::string& name, std::vector<std::uint8_t> bytes) {
  if (ui::app().step == ui::StepId::image_set) {
    join_set(name, std::move(bytes));
  } else {
    platform::deliver_file(name, std::move(bytes), platform::FilePurpose::image);
  }
  settled();
}

void Page::open(const std::string& name, std::vector<std::uint8_t> bytes) {
  drop(name, std::move(bytes));
  EXPECT_EQ(browser().title, name + " - Floodlight");
}

void Page::choose_file(const std::string& name, std::vector<std::uint8_t> bytes, const std::function<void()>& press) {
  const std::size_t before = browser().asked_for.size();
  press();
  if (browser().asked_for.size() != before + 1) throw std::runtime_error("no file is asked for");
  platform::deliver_file(name, std::move(bytes), browser().asked_for.back());
  settled();
}

SavedFile Page::saved_by(const std::function<void()>& press) {
  const std::size_t before = browser().saved.size();
  press();
  if (browser().saved.size() != before + 1) throw std::runtime_error("no file is saved");
  return browser().saved.back();
}

void Page::reload(const std::string& fragment) {
  browser().fragment = fragment;
  const std::uint64_t before = browser().frames;
  load_page();
  while (browser().frames == before) go_on();
  deliver_rest();
  settled();
}

void Page::paste_link(const std::string& fragment) {
  browser().fragment = fragment;
  ui::open_link(ui::app(), fragment);
  settled();
}

// --- the image --------------------------------------------------------------------------------------------------------------

ImVec2 Page::image_point(float x, float y) const {
  const MirrorItem image = the(Role::image, "Image");
  return image.rect_min + ImVec2(x, y) * (image.rect_max - image.rect_min);
}

std::optional<ProbedPixel> Page::hover(ImVec2 point) {
  move_mouse(point);
  settled();
  return pixel();
}

ProbedPixel Page::pin(float x, float y) {
  const auto hovered = hover(image_point(x, y));
  if (!hovered) throw std::runtime_error("there is no pixel to pin");
  click_at(image_point(x, y));
  return *hovered;
}

void Page::walk_to(int row, int col) {
  ui::mirror().deliver_focus(0, false);
  press("ArrowRight");
  const auto start = pixel();
  if (!start) throw std::runtime_error("the arrow keys pin no pixel");
  press(start->row < row ? "ArrowDown" : "ArrowUp", std::abs(start->row - row));
  press(start->col < col ? "ArrowRight" : "ArrowLeft", std::abs(start->col - col));
  const auto there = pixel();
  if (!there || there->row != row || there->col != col)
    throw std::runtime_error("the pin does not reach row " + std::to_string(row) + ", column " + std::to_string(col));
}

double Page::zoom() {
  const ImVec2 from = image_point(0.45F, 0.5F);
  const ImVec2 to = image_point(0.55F, 0.5F);
  const auto a = hover(from);
  const auto b = hover(to);
  if (!a || !b) throw std::runtime_error("the middle of the view shows no image");
  return static_cast<double>(to.x - from.x) / std::max(1, b->col - a->col);
}

std::function<ImVec2(int, int)> Page::middles() {
  const auto zoom = static_cast<float>(std::stod(read("^Zoom (\\d+) %$"_re)[1])) / 100;
  const ImVec2 inside = image_point(0.5F, 0.5F);
  const auto found = hover(inside);
  if (!found) throw std::runtime_error("the middle of the view shows no image");
  const ProbedPixel& here = *found;
  const auto edge = [&](ImVec2 axis, int ProbedPixel::* part) {
    float low = 0;
    float high = zoom + 1;
    while (high - low > 1) {
      const float further = (low + high) / 2;
      const auto there = hover(inside + axis * further);
      const bool same = there && (*there).*part == here.*part;
      (same ? low : high) = further;
    }
    return high;
  };
  const ImVec2 corner = inside + ImVec2(edge({1, 0}, &ProbedPixel::col), edge({0, 1}, &ProbedPixel::row));
  return [=](int row, int col) {
    return corner + ImVec2(static_cast<float>(col - here.col) - 0.5F, static_cast<float>(row - here.row) - 0.5F) * zoom;
  };
}

std::uint64_t Page::picture(const std::optional<MirrorItem>& item) {
  go_to_rest();
  return picture_as_it_is(item);
}

std::uint64_t Page::picture_as_it_is(const std::optional<MirrorItem>& item) {
  const MirrorItem shown = item ? *item : the(Role::image, "Image");
  // Whole device pixels: beyond them begins the neighbour.
  const auto device = [](float css) { return std::round(css * browser().ratio); };
  watch_screen(
      {device(shown.rect_min.x), device(shown.rect_min.y), device(shown.rect_max.x), device(shown.rect_max.y)});
  platform::draw_next_frame();
  settled();
  return watched_picture();
}

// --- exercises and players ----------------------------------------------------------------------------------------------------

void Page::open_exercise(int number) { click(pattern("^Exercise " + std::to_string(number) + "(, solved)?$")); }

Said Page::answer(std::string_view text) {
  click(Role::textbox, "^Your answer"_re);
  type(text);
  click("Check");
  return said();
}

Said Page::choose_answer(const Name& choice, std::string_view word) {
  static const Pattern controls = "^(Check|Show how|Next|Close|Open)"_re;
  const Name card = "Exercise";
  for (const MirrorItem& button : all(Role::button, choice, card)) {
    if (Name(controls).fits(button.name)) continue;
    click(the(Role::button, button.name, card));
    if (const Said answered = said(); answered.word == word) return answered;
  }
  throw std::runtime_error("no choice is answered with " + std::string(word));
}

Said Page::said() const {
  const auto& items = ui::mirror().items();
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    if (items[i].role == Role::heading && (items[i].name == "Right" || items[i].name == "Not yet"))
      return {items[i].name, items[i + 1].name};
  }
  return {};
}

std::string Page::nuclei_said() const {
  const std::string line = status();
  return line.substr(0, line.find(" nuclei"));
}

}  // namespace floodlight::test

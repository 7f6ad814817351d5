// Network: the drawing of the maps, a value written out as the sum that it is, seeds of the network's own.
#include <cmath>
#include <string>

#include "core/base/words.h"
#include "core/learn/network_prediction.h"
#include "core/learn/network_units.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"
#include "web/app/state/at_pixel.h"

namespace floodlight::test {
namespace {

constexpr std::string_view ways = "Where the mask comes from";

const ui::App& app() { return ui::app(); }

/// The image with its mask from the network that comes with the program, at the step of its maps.
struct Networked : Page {
  explicit Networked(std::string_view image = "nuclei_01") : Page(at(image, "threshold")) {
    click(Role::radio, "Network", ways);
    settled();
  }
};

TEST(NetworkStep, TakesTheWayWithSeedsOfItsOwnAndGivesTheOldOneBack) {
  Page page(at("nuclei_01", "threshold"));
  page.choose("Method", "Triangle");
  const Recipe before = page.recipe();
  page.click(Role::radio, "Network", ways);
  page.settled();
  EXPECT_EQ(page.selected_step(), "Network");
  Recipe expected = network_recipe(shipped_network());
  take_pixel_size(expected, page.recipe());
  EXPECT_EQ(page.recipe(), expected);
  EXPECT_GT(app().score->f1, 0.9);
  page.press("7");
  page.fill("Window", 21);
  page.settled();
  page.press("3");
  EXPECT_EQ(page.selected_step(), "Training");
  page.click(Role::radio, "Classic", ways);
  page.settled();
  EXPECT_EQ(page.recipe(), before) << "repairs and seeds are the classic way's again";
  page.click(Role::radio, "Network", ways);
  page.settled();
  EXPECT_EQ(page.recipe().window, 21) << "and the network's come back as they were left";
}

TEST(NetworkStep, ShowsEveryMapAndWritesAValueOutAsTheSumThatItIs) {
  Networked page("small_field");
  const UNet& net = page.recipe().network->net;
  const auto units = units_of(net.shape);
  EXPECT_EQ(page.count(Role::button, "(Level|Score)"_re), units.size());
  for (const std::string_view name : {"Level 1 down, map 3", "Level 4, map 7", "Level 2 up, map 1", "Score of rim"}) {
    page.click(name);
    page.settled();
    const Unit unit = ui::shown_unit(app());
    page.walk_to(9, 7);
    page.settled();
    const UnitTerms terms = unit_terms(net, app().values().filtered, unit, {9, 7});
    const auto* map = app().explanations.feature.get();
    ASSERT_NE(map, nullptr);
    const float shown = (*map)[9, 7];
    EXPECT_EQ(shown, terms.result) << name;
    const std::string sum = shortest(std::round(static_cast<double>(terms.sum) * 1000) / 1000);
    EXPECT_TRUE(page.says(pattern("^" + std::string(name) + ".* make " + sum + "\\."))) << name << sum;
    if (terms.inputs.size() > 1) EXPECT_EQ(page.count(Role::button, "^Map .* adds "_re), terms.inputs.size());
    page.press("Escape");
  }
}

TEST(NetworkStep, ThatIsSmallerHasTheChosenMapAmongItsOwn) {
  Networked page("small_field");
  page.click("Score of interior");
  page.settled();
  TrainedNetwork small;
  small.net = fresh_unet({.widths = {2, 3}, .skips = false, .rim = false}, 3);
  for (float& weight : small.net.weights) weight = from_half(to_half(weight));
  small.images = 1;
  small.steps = 1;
  Recipe recipe = page.recipe();
  recipe.network = std::make_shared<const TrainedNetwork>(small);
  page.drop("small.json", bytes_of(write_json(recipe_to_json(recipe))));
  page.settled();
  page.walk_to(3, 3);
  page.settled();
  EXPECT_FALSE(page.has_alert());
  EXPECT_EQ(page.count(Role::button, "(Level|Score)"_re), units_of(small.net.shape).size());
  EXPECT_TRUE(page.says("^Score of background"_re) || page.says("^Score of interior"_re));
}

TEST(NetworkSeeds, AreExplainedByTheInteriorsThatTheyAreTheSummitsOf) {
  Networked page;
  page.press("7");
  page.settled();
  const StageValues& v = app().values();
  ASSERT_FALSE(v.interior_heights.empty());
  const SeedsExplanation* explanation = app().explanations.seeds.get();
  ASSERT_NE(explanation, nullptr);
  std::vector<Pixel> accepted;
  for (const PeakCandidate& c : explanation->candidates) {
    EXPECT_EQ(height_of_whole(c.height), v.interior_distance[c.pixel]);
    if (c.fate == PeakFate::accepted) accepted.push_back(c.pixel);
  }
  EXPECT_EQ(accepted, v.peaks);
  const Pixel seed = v.peaks.front();
  page.walk_to(seed.row, seed.col);
  const std::string height = shortest(std::round(static_cast<double>(v.interior_distance[seed]) * 100) / 100);
  EXPECT_TRUE(page.says(pattern("^Seed \\d+: nothing in its window is higher than " + height + " px")));
  page.click(Role::toggle, "Seeds from the network's interiors");
  page.settled();
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::network_mask);
  EXPECT_TRUE(app().values().interior_heights.empty());
}

TEST(ThreeWays, AreComparedOnTheImageAndThreeOthersAndOneCanBeTaken) {
  Page page(at("nuclei_01", "threshold"));
  page.click("Compare the three ways");
  page.settled();
  EXPECT_EQ(page.count(Role::button, "^(Classic|Machine learning|Network)(: .*)?$"_re), 12U);
  EXPECT_TRUE(page.says("^Machine learning: \\d+ painted pixels, sample paint of this image\\."_re));
  EXPECT_TRUE(page.says("^Network: 600 simulated images with their truth, 4000 steps\\."_re));
  const auto score_of = [&](const std::string& card) {
    const auto found = parts(page.the(Role::button, card).value_text, "nuclei, F1 (\\S+)$"_re);
    return found.empty() ? std::string("none") : found[1];
  };
  EXPECT_EQ(score_of("Classic"), two_decimals(app().score->f1));
  const std::string of_network = score_of("Network");
  const std::string out_of_focus = score_of("Network: Out of focus");
  page.click("Network");
  page.settled();
  Recipe expected = network_recipe(shipped_network());
  take_pixel_size(expected, page.recipe());
  EXPECT_EQ(page.recipe(), expected);
  EXPECT_EQ(of_network, two_decimals(app().score->f1));
  page.click("Compare the three ways");
  page.settled();
  page.click("Network: Out of focus");
  page.settled();
  EXPECT_EQ(app().image.stem, "case_out_of_focus");
  EXPECT_EQ(out_of_focus, two_decimals(app().score->f1));
}

}  // namespace
}  // namespace floodlight::test

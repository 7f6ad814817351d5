// Links that restore the screen, links that cannot be opened, links to a file that only the sender has.
#include <functional>
#include <map>
#include <memory>
#include <random>

#include "core/export/shared_state.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"
#include "web/app/files/share.h"

namespace floodlight::test {
namespace {

/// What the page's address says of what is on the screen.
std::string fragment() { return ui::fragment_of(ui::app()); }

TEST(Link, IsNotThereWhileThePageIsAsItOpens) {
  Page page;
  EXPECT_EQ(fragment(), "");
  page.press("PageUp");
  EXPECT_EQ(fragment(), "v=1&image=nuclei_01&step=seeds");
  page.press("PageDown");
  EXPECT_EQ(fragment(), "");
}

struct State {
  const char* name;
  void (*prepare)(Page& page);
};
class LinkRestores : public testing::TestWithParam<State> {};

TEST_P(LinkRestores, WhatWasOnTheScreen) {
  Page page;
  GetParam().prepare(page);
  const std::string sent = fragment();
  const Recipe recipe = page.recipe();
  const int nuclei = page.nuclei();
  const std::string title = page.title();
  const auto picture = page.picture();
  EXPECT_NE(sent, "");
  page.reload(sent);
  EXPECT_EQ(page.recipe(), recipe);
  EXPECT_EQ(page.nuclei(), nuclei);
  EXPECT_EQ(page.title(), title);
  EXPECT_EQ(page.picture(), picture) << sent;
  EXPECT_EQ(fragment(), sent);
}

INSTANTIATE_TEST_SUITE_P(States, LinkRestores,
                         testing::Values(State{"ZoomedToAPinnedPixelFilteredOtherwise",
                                               [](Page& page) {
                                                 page.go_to("Filter");
                                                 page.choose("Filter", "Median");
                                                 page.pin(0.4F, 0.5F);
                                                 page.press("z");
                                                 page.click(Role::radio, "Before");
                                               }},
                                         State{"TheSmallFieldSplitWithOtherRepairs",
                                               [](Page& page) {
                                                 page.open_sample("The small field");
                                                 page.go_to("Refine");
                                                 page.click("Add a repair");
                                                 page.click(Role::radio, "Split");
                                                 page.drag(page.the(Role::splitter, "Divider"), {0.5F, 0.3F},
                                                           {-60, 0.3F});
                                               }},
                                         State{"SeedsSetByHandFloodedHalfWay",
                                               [](Page& page) {
                                                 page.open_sample("Crowded");
                                                 page.go_to("Seeds");
                                                 page.click(Role::toggle, "Seeds by hand");
                                                 page.click_at(page.image_point(0.31F, 0.37F));
                                                 page.go_to("Watershed");
                                                 page.click("Watch the flood");
                                                 page.slide("Pixels flooded", 20000);
                                               }},
                                         State{"AnotherExposureOfTheSpecimenInverted",
                                               [](Page& page) {
                                                 page.go_to("Pixels");
                                                 page.slide("Exposure", 0.4);
                                                 page.press("i");
                                               }}),
                         [](const auto& info) { return info.param.name; });

TEST(Link, CanBePastedIntoTheOpenPage) {
  Page page(at("small_field", "label"));
  page.paste_link("v=1&image=lecture_grid&step=threshold&pixel=5,14");
  EXPECT_TRUE(page.title().starts_with("The lecture's grid"));
  EXPECT_TRUE(page.shows_step("Threshold"));
  EXPECT_EQ(page.pixel().value().place(), (Pixel{5, 14}));
  page.paste_link("v=1&image=small_field&step=label");
  EXPECT_TRUE(page.shows_step("Label"));
}

TEST(Link, ThatCannotBeOpenedSaysWhyAndEverythingStays) {
  Page page({.fragment = "v=1&image=small_field&step=filter&filter.size=5"});
  const Recipe recipe = page.recipe();
  const std::vector<std::pair<std::string, Pattern>> garbage = {
      {"v=1&image=nuclei_01&filter.sigma=99", "filter\\.sigma is 99; it must be a number from 0\\.1 to 20 px"_re},
      {"v=1&image=nuclei_77", "image is \"nuclei_77\""_re},
      {"v=3&image=nuclei_01", "version \"3\""_re},
      {"top", "does not begin with v=1"_re},
      {"v=1&image=nuclei_01&filter.si", "\"filter\\.si\" is nothing that this Floodlight knows"_re},
      {"v=1&image=%00%ff%zz&&&=", "image is "_re},
  };
  for (const auto& [link, sentence] : garbage) {
    SCOPED_TRACE(link);
    page.paste_link(link);
    EXPECT_TRUE(matches(page.alert(), sentence)) << page.alert();
    EXPECT_EQ(page.recipe(), recipe);
    EXPECT_TRUE(page.shows_step("Filter"));
    EXPECT_TRUE(page.everything_is_mirrored());
    page.click("Dismiss");
  }
  EXPECT_TRUE(fragment().starts_with("v=1&image=small_field"));
}

TEST(Link, ThatCannotBeOpenedOpensThePageAsEver) {
  Page page({.fragment = "v=1&image=nobody"});
  EXPECT_TRUE(page.alert().starts_with("This link cannot be opened. image is \"nobody\"")) << page.alert();
  EXPECT_GT(page.nuclei(), 3);
  EXPECT_TRUE(page.title().starts_with("Nuclei 01"));
}

TEST(Link, WithAPixelOutsideOfTheImageSaysSoAndOpensTheRest) {
  Page page({.fragment = "v=1&image=small_field&step=seeds&pixel=4000,3"});
  EXPECT_NE(page.alert().find("(4000, 3) lies outside of this image"), std::string::npos) << page.alert();
  EXPECT_TRUE(page.shows_step("Seeds"));
}

TEST(Link, WaitsForTheRestOfTheProgramWhateverIsPressedMeanwhile) {
  Page page({.fragment = "v=1&image=nuclei_02&step=filter&filter.method=median&filter.size=5", .whole = false});
  for (const char* key : {"?", "Escape", "k", "u", "Control+z", "f", "z", "ArrowUp", "g", "c", "p", "p"})
    page.press(key);
  deliver_rest();
  page.settled();
  page.press("Escape");
  EXPECT_TRUE(page.shows_step("Filter"));
  EXPECT_EQ(page.recipe().filter[window_size], 5);
  EXPECT_TRUE(page.title().starts_with("Nuclei 02"));
}

class LinkToAFile : public testing::Test {
 protected:
  LinkToAFile() {
    page.open("my nuclei.tif", bytes);
    page.go_to("Filter");
    page.slide("Sigma", 2.5);
    page.pin(0.5F, 0.5F);
    link = fragment();
    page.reload(link);
  }

  const std::vector<std::uint8_t> bytes = tiff_of(round_nuclei());
  const Pattern ask = "^This link is about my nuclei\\.tif, a file that stays on its sender's machine"_re;
  std::string link;
  Page page{at("small_field", "pixels")};
};

TEST_F(LinkToAFile, NamesItAndAsksForItThenTheRestFollows) {
  EXPECT_TRUE(matches(
      link,
      R"(^v=1&file=my%20nuclei\.tif&digest=[0-9a-f]{8}&step=filter&pixel=\d+,\d+&compare=side-by-side&filter\.sigma=2\.5$)"_re))
      << link;
  EXPECT_TRUE(matches(page.alert(), ask)) << page.alert();
  EXPECT_TRUE(page.everything_is_mirrored());
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 1);
  EXPECT_EQ(fragment(), link) << "a reload asks again";
  // Another file is another file.
  page.open("other.tif", tiff_of(round_nuclei(140, 140)));
  EXPECT_TRUE(matches(page.alert(), ask)) << page.alert();
  // The very file, whatever it is called here.
  page.open("renamed.tif", bytes);
  EXPECT_FALSE(page.has_alert());
  EXPECT_TRUE(page.shows_step("Filter"));
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2.5);
  EXPECT_TRUE(page.pixel());
}

TEST_F(LinkToAFile, TakesOneOfTheSameNameWithOtherContentsAndSaysSo) {
  page.open("my nuclei.tif", narrow_tiff_of(round_nuclei()));
  EXPECT_NE(page.alert().find("the same name, but other contents"), std::string::npos) << page.alert();
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2.5);
}

TEST_F(LinkToAFile, CanBeUsedForTheImageAtHandOrForgotten) {
  page.click("Use the image at hand");
  EXPECT_FALSE(page.has_alert());
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 2.5);
  EXPECT_TRUE(page.shows_step("Filter"));
  page.paste_link("v=1&file=gone.tif&digest=00000000&step=seeds");
  EXPECT_NE(page.alert().find("gone.tif"), std::string::npos);
  page.click("Forget the link");
  EXPECT_FALSE(page.has_alert());
  EXPECT_TRUE(page.shows_step("Filter"));
}

/// A forest of one tree, by one feature.
constexpr std::string_view with_a_classifier =
    R"({"floodlight_recipe": 1, "mask": {"from": "classifier", "classifier": {)"
    R"("classes": [{"label": 1, "name": "nuclei"}, {"label": 2, "name": "background"}], "nuclei": 1, )"
    R"("features": {"intensity": true, "edges": false, "texture": false, "sigmas": [1]}, )"
    R"("settings": {"trees": 1, "max_depth": 1, "random_state": 0}, )"
    R"("painted": [{"image": "a.tif", "paint": "a_paint.tif"}], )"
    R"("forest": {"features": 1, "classes": [1, 2], )"
    R"("trees": [{"feature": [0, -1, -1], "threshold": [500], "counts": [0, 4, 5, 0]}]}}}})";

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

TEST(Recipe, WithAClassifierRunsItsForestFromAFileAndFromALink) {
  Page page;
  SharedState state;
  state.sample = "nuclei_02";
  state.recipe = recipe_from_text(with_a_classifier).value();
  page.drop("recipe.json", bytes_of(with_a_classifier));
  page.settled();
  EXPECT_FALSE(page.has_alert());
  EXPECT_EQ(page.selected_step(), "Watershed");
  EXPECT_EQ(page.recipe().classifier->forest, state.recipe.classifier->forest);
  // Its one question: brighter than 500, after a Gaussian of sigma 1?
  const ui::App& app = ui::app();
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < app.values().raw.size(); ++i)
    wrong += (app.values().filtered.pixels()[i] > 500) != (app.values().thresholded.mask.pixels()[i] != 0) ? 1 : 0;
  EXPECT_EQ(wrong, 0U);
  EXPECT_GT(page.nuclei(), 10);

  page.drop("state.json", bytes_of(write_json(shared_state_to_json(state))));
  page.settled();
  EXPECT_FALSE(page.has_alert());
  EXPECT_TRUE(page.title().starts_with("Nuclei 02"));
  EXPECT_EQ(page.recipe().mask_from, &mask_sources::classifier);

  // A short forest fits into a link; the page's own address is one, so that a reload keeps it.
  const std::string link = shared_state_fragment(state);
  EXPECT_LT(link.size(), 700U);
  page.reload(link);
  page.settled();
  EXPECT_FALSE(page.has_alert());
  EXPECT_EQ(page.recipe().classifier->forest, state.recipe.classifier->forest);
}

TEST(Recipe, WithTheNetworkThatComesAlongOpensAndGoesIntoALinkByAWord) {
  Page page;
  for (const MaskSource* way : {&mask_sources::network, &mask_sources::network_mask}) {
    Recipe recipe = network_recipe(shipped_network());
    recipe.mask_from = way;
    page.drop("recipe.json", bytes_of(write_json(recipe_to_json(recipe))));
    page.settled();
    EXPECT_FALSE(page.has_alert());
    // The image at hand knows its pixels' size itself.
    take_pixel_size(recipe, page.recipe());
    EXPECT_EQ(page.recipe(), recipe);
    const std::string link = fragment();
    EXPECT_NE(link.find("mask.learnt=shipped-1"), std::string::npos) << link;
    page.reload(link);
    page.settled();
    EXPECT_FALSE(page.has_alert());
    EXPECT_EQ(page.recipe(), recipe);
  }
}

TEST(Recipe, WithALargeForestIsLeftOutOfItsLinkWhichSaysSo) {
  SharedState state;
  state.sample = "nuclei_02";
  state.recipe = recipe_from_text(with_a_classifier).value();
  PixelClassifier large = *state.recipe.classifier;
  std::minstd_rand dice(7);
  large.settings.trees = 900;
  const DecisionTree one = large.forest.trees.front();
  large.forest.trees.assign(900, one);
  for (DecisionTree& tree : large.forest.trees) {
    const auto left = static_cast<std::uint32_t>(dice());
    const auto right = static_cast<std::uint32_t>(dice());
    tree.nodes.front().threshold = static_cast<double>(dice()) / 7.0;
    tree.counts = {right, left, 0, left, right, 0};
  }
  state.recipe.classifier = std::make_shared<const PixelClassifier>(large);
  Page page;
  const Recipe before = page.recipe();
  page.paste_link(shared_state_fragment(state));
  EXPECT_EQ(page.alert(),
            "This link cannot be opened. Its mask comes from what was learnt from paint, which is too long for a link; "
            "open the recipe's JSON file instead.");
  EXPECT_EQ(page.recipe(), before);
}

}  // namespace
}  // namespace floodlight::test

// What a link carries: it reads back to the same, says only what differs, and is refused in one sentence when it is wrong.
#include "core/export/shared_state.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/pipeline/parameters.h"
#include "core/simulate/simulation_parameters.h"
#include "tests/core/random_inputs.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

using testing::Dice;
using testing::random_recipe;
using testing::roll;

SharedState opened(std::string_view sample) {
  SharedState state;
  state.sample = sample;
  state.recipe = samples()[sample_place(sample)].recipe;
  return state;
}

SharedState read_back(const SharedState& state) {
  const std::string fragment = shared_state_fragment(state);
  auto read = shared_state_from_fragment(fragment);
  EXPECT_TRUE(read.has_value()) << fragment << ": " << (read ? "" : read.error().message);
  return read.value_or(SharedState{});
}

std::string refusal(std::string_view fragment) {
  const auto read = shared_state_from_fragment(fragment);
  return read ? "" : read.error().message;
}

TEST(SharedState, SaysNothingOfWhatIsAsTheImageOpens) {
  EXPECT_EQ(shared_state_fragment(opened("nuclei_01")), "v=1&image=nuclei_01");
  EXPECT_EQ(shared_state_fragment(opened("small_field")), "v=1&image=small_field");
}

TEST(SharedState, IsShortAndReadable) {
  SharedState state = opened("case_crowded");
  state.step = 6;
  state.pixel = Pixel{12, 40};
  state.recipe.filter[gaussian_sigma] = 2;
  state.recipe.refinements.push_back(repairs::fill_holes);
  state.view.zoom = 4.5;
  state.view.centre_row = 100.25;
  state.view.centre_col = 80;
  state.view.comparison = 1;
  EXPECT_EQ(shared_state_fragment(state),
            "v=1&image=case_crowded&step=seeds&pixel=12,40&zoom=4.5&centre=100.25,80&compare=split&filter.sigma=2"
            "&refinements=remove_small_objects:10,closing:disk:1,fill_holes");
}

// The app takes the place of a name for the value of an enumeration, so that the order matters as much as the names.
TEST(SharedState, ListsKeepTheirOrder) {
  using Names = std::vector<std::string_view>;
  const auto all = [](const auto& list) { return Names(list.begin(), list.end()); };
  EXPECT_EQ(all(shared_steps), (Names{"pixels", "threshold", "filter", "label", "refine", "distance", "seeds",
                                      "watershed", "measure", "many", "features", "forest", "network", "training"}));
  EXPECT_EQ(all(shared_comparisons), (Names{"before", "split", "side-by-side", "after"}));
  EXPECT_EQ(all(shared_maps), (Names{"grey", "inverted", "viridis", "magma", "inferno"}));
}

TEST(SharedState, ReadsBackWhateverTheRecipe) {
  Dice dice(5);
  for (int i = 0; i < 300; ++i) {
    SharedState state = opened(i % 2 == 0 ? "nuclei_03" : "small_field");
    state.recipe = random_recipe(dice);
    state.own_pixel_size = true;
    const SharedState read = read_back(state);
    EXPECT_TRUE(read.recipe == state.recipe) << shared_state_fragment(state);
    EXPECT_EQ(shared_state_fragment(read), shared_state_fragment(state));
    const auto json = shared_state_from_json(parse_json(write_json(shared_state_to_json(state), 2)).value());
    ASSERT_TRUE(json.has_value()) << json.error().message;
    EXPECT_TRUE(json->recipe == state.recipe);
    EXPECT_EQ(shared_state_fragment(*json), shared_state_fragment(state));
  }
}

TEST(SharedState, ReadsBackTheWholeView) {
  SharedState state = opened("nuclei_01");
  state.view = {.zoom = 0.3331,
                .centre_row = 255.5,
                .centre_col = 12.125,
                .comparison = 2,
                .split = 0.25,
                .map = 3,
                .window = std::pair(100.0, 4095.5),
                .parts = {},
                .growth = 120,
                .flood = 262144,
                .landscape = {}};
  state.view.parts[1] = state.view.parts[8] = true;
  state.view.landscape = std::pair(-40.0, 55.0);
  const SharedView read = read_back(state).view;
  EXPECT_EQ(read.zoom, state.view.zoom);
  EXPECT_EQ(read.centre_row, state.view.centre_row);
  EXPECT_EQ(read.centre_col, state.view.centre_col);
  EXPECT_EQ(read.comparison, state.view.comparison);
  EXPECT_EQ(read.split, state.view.split);
  EXPECT_EQ(read.map, state.view.map);
  EXPECT_EQ(read.window, state.view.window);
  EXPECT_EQ(read.parts, state.view.parts);
  EXPECT_EQ(read.growth, state.view.growth);
  EXPECT_EQ(read.flood, state.view.flood);
  EXPECT_EQ(read.landscape, state.view.landscape);
}

TEST(SharedState, KeepsAWindowOpenThatSixDigitsWouldClose) {
  SharedState state = opened("nuclei_01");
  state.view.window = std::pair(1000000.25, 1000000.75);
  EXPECT_EQ(shared_state_fragment(state), "v=1&image=nuclei_01&window=1000000.25,1000000.75");
  EXPECT_EQ(read_back(state).view.window, state.view.window);
}

TEST(SharedState, NamesAFileAndKnowsItAgain) {
  const std::vector<std::uint8_t> bytes = {1, 2, 3};
  SharedState state;
  state.file = "My nuclei & more, 50 % #1 \xC2\xB5m.tif";
  state.digest = digest_of(bytes);
  const std::string fragment = shared_state_fragment(state);
  EXPECT_EQ(fragment.substr(0, 77),
            "v=1&file=My%20nuclei%20%26%20more,%2050%20%25%20%231%20%C2%B5m.tif&digest=" + state.digest.substr(0, 3));
  EXPECT_EQ(read_back(state).file, state.file);
  EXPECT_EQ(read_back(state).digest, state.digest);
  EXPECT_NE(digest_of(std::vector<std::uint8_t>{1, 2, 4}), state.digest);
  EXPECT_EQ(digest_of({}).size(), 8U);
}

TEST(SharedState, CarriesTheKnobsThatWereTurned) {
  SharedState state = opened("case_dim");
  state.simulation = samples()[sample_place("case_dim")].simulation;
  EXPECT_EQ(shared_state_fragment(state), "v=1&image=case_dim");
  ASSERT_TRUE(set_simulation_parameter(state.simulation->parameters, "light.exposure", "0.5").has_value());
  state.simulation->seeds.exposure = 9;
  EXPECT_EQ(shared_state_fragment(state), "v=1&image=case_dim&light.exposure=0.5&picture.exposure=9");
  const SharedState read = read_back(state);
  EXPECT_TRUE(read.simulation->parameters == state.simulation->parameters);
  EXPECT_EQ(read.simulation->seeds, state.simulation->seeds);
}

TEST(SharedState, KeepsAPixelSizeOnlyWhereItIsNotTheImagesOwn) {
  SharedState state = opened("nuclei_01");
  state.recipe.pixel_size_um = 0.65;
  EXPECT_EQ(shared_state_fragment(state), "v=1&image=nuclei_01");
  state.own_pixel_size = true;
  EXPECT_EQ(shared_state_fragment(state), "v=1&image=nuclei_01&measure.pixel_size=0.65");
  EXPECT_TRUE(read_back(state).own_pixel_size);
}

TEST(SharedState, ReadsWhatAChatProgramHasEscaped) {
  const auto read = shared_state_from_fragment("#v=1&image=nuclei%5F01&pixel=3%2C4&refinements=closing%3adisk%3A2");
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->pixel, (Pixel{3, 4}));
  EXPECT_EQ(read->recipe.refinements.size(), 1U);
  EXPECT_EQ(read->recipe.refinements.front()[footprint_radius], 2);
}

TEST(SharedState, RefusesInOneSentenceThatNamesWhatIsWrong) {
  const auto says = [](std::string_view fragment, std::string_view part) {
    const std::string sentence = refusal(fragment);
    EXPECT_NE(sentence.find(part), std::string::npos) << fragment << ": " << sentence;
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    EXPECT_LT(sentence.size(), 300U);
  };
  says("", "does not begin with v=1");
  says("top", "does not begin with v=1");
  says("image=nuclei_01", "does not begin with v=1");
  says("v=2&image=nuclei_01", "version \"2\"");
  says("v=1", "either an image or a file");
  says("v=1&image=nuclei_01&file=a.tif&digest=00000000", "either an image or a file");
  says("v=1&image=nuclei_99", "image is \"nuclei_99\"");
  says("v=1&file=a.tif", "digest is \"\"");
  says("v=1&file=a.tif&digest=0000000g", "digest is \"0000000g\"");
  says("v=1&image=nuclei_01&filter.sigma=99", "filter.sigma is 99; it must be a number from 0.1 to 20 px");
  says("v=1&image=nuclei_01&filter.sigma=two", "filter.sigma is \"two\"");
  says("v=1&image=nuclei_01&filter.method=sharp", "one of none, mean, gaussian, median");
  says("v=1&image=nuclei_01&filter.si", "\"filter.si\" is nothing that this Floodlight knows");
  says("v=1&image=nuclei_01&step=flood", "step is \"flood\"; it must be one of pixels");
  says("v=1&image=nuclei_01&pixel=12", "pixel is \"12\"");
  says("v=1&image=nuclei_01&pixel=1.5,2", "both whole numbers");
  says("v=1&image=nuclei_01&pixel=-1,2", "from 0 to 32767");
  says("v=1&image=nuclei_01&zoom=0", "zoom is \"0\"");
  says("v=1&image=nuclei_01&zoom=NaN", "zoom is \"NaN\"");
  says("v=1&image=nuclei_01&window=5,5", "a smaller number, then a larger one");
  says("v=1&image=nuclei_01&show=plots,dragons", "show is \"dragons\"");
  says("v=1&image=nuclei_01&refinements=polish", "one of remove_small_objects");
  says("v=1&image=nuclei_01&refinements=closing:disk:2:7", "more than the operation takes");
  says("v=1&image=nuclei_01&refinements=", "refinements.operation");
  says("v=1&image=nuclei_01&seeds.coordinates=1,2,3", "seeds.coordinates is [1, 2, 3]");
  says("v=1&image=small_field&light.exposure=2", "the image is not simulated");
  says("v=1&image=nuclei_01&light.exposure=-2", "light.exposure");
  says("v=1&image=nuclei_01&optics.blur_growth=none&optics.numerical_aperture=1.4", "optics.numerical_aperture");
  says("v=1&image=nuclei_01&picture.specimen=-4", "picture.specimen");
  says("v=1&image=" + std::string(5000, 'x'), "image is \"xxxx");
}

TEST(SharedState, TakesWhatLiesOnTheEdgeOfWhatIsAllowed) {
  const auto reads = [](std::string_view pair) { return refusal("v=1&image=nuclei_01&" + std::string(pair)); };
  for (const std::string_view edge :
       {"growth=1e9", "growth=0", "flood=1e9", "zoom=0.01", "zoom=1000", "split=0.05", "split=0.95", "pixel=32767,0",
        "centre=32768,32768", "landscape=-360,360", "window=-1e38,1e38"}) {
    EXPECT_EQ(reads(edge), "") << edge;
  }
  for (const std::string_view beyond :
       {"growth=1000000001", "growth=-1", "flood=1000000001", "zoom=0.009", "zoom=1001", "split=0.04", "split=0.96",
        "pixel=32768,0", "centre=32769,0", "landscape=-361,0", "landscape=0,361", "window=-1e39,0"}) {
    EXPECT_NE(reads(beyond), "") << beyond;
  }
}

TEST(SharedState, CutsWhatItQuotesAfterSixtyLetters) {
  const std::string sixty(60, 'x');
  EXPECT_TRUE(refusal("v=1&image=" + sixty).starts_with("image is \"" + sixty + "\";"));
  EXPECT_TRUE(refusal("v=1&image=" + sixty + "y").starts_with("image is \"" + sixty + "...\";"));
}

TEST(SharedState, RefusesJsonThatIsWrong) {
  const auto says = [](std::string_view text, std::string_view part) {
    const auto read = shared_state_from_json(parse_json(text).value());
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_NE(read.error().message.find(part), std::string::npos) << read.error().message;
  };
  says(R"({"floodlight_state": 7})", "this Floodlight reads version 1");
  says(R"({"floodlight_state": 1, "image": "nuclei_01", "recipe": []})", "no Floodlight recipe");
  says(R"({"floodlight_state": 1, "image": "nuclei_01", "zoom": {}})", "zoom is \"{}\"");
  says(R"({"floodlight_state": 1, "image": 3})", "image is \"3\"");
  EXPECT_FALSE(is_shared_state(Json(3)));
}

TEST(SharedState, SurvivesAnyGarbage) {
  const std::vector<std::string> seeds = {
      "v=1&image=case_crowded&step=seeds&pixel=12,40&zoom=4.5&centre=100.25,80&compare=split&filter.sigma=2"
      "&refinements=remove_small_objects:10,closing:disk:1,fill_holes",
      "v=1&file=a%20b.tif&digest=01234567&seeds.method=by_hand&seeds.coordinates=1,2;3,4&show=plots,lives&flood=20",
      "v=1&image=case_dim&light.exposure=0.5&picture.exposure=9&window=1,2&measure.pixel_size=none"};
  constexpr std::string_view letters = "&=%,;:.0123456789-+eE#azNn\"\\[]{}\x01\xC3";
  Dice dice(77);
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = seeds[static_cast<std::size_t>(i) % seeds.size()];
    for (int changes = roll(dice, 0, 5); changes > 0 && !text.empty(); --changes) {
      const auto at = static_cast<std::size_t>(roll(dice, 0, static_cast<int>(text.size()) - 1));
      const char letter = letters[static_cast<std::size_t>(roll(dice, 0, static_cast<int>(letters.size()) - 1))];
      switch (roll(dice, 0, 3)) {
        case 0:
          text.insert(at, 1, letter);
          break;
        case 1:
          text.erase(at, static_cast<std::size_t>(roll(dice, 1, 4)));
          break;
        case 2:
          text.resize(at + 1);
          break;
        default:
          text[at] = letter;
      }
    }
    const auto read = shared_state_from_fragment(text);
    if (!read) {
      EXPECT_FALSE(read.error().message.empty());
      EXPECT_LT(read.error().message.size(), 1000U) << text;
      continue;
    }
    ++accepted;
    // What is accepted is a state like any other: it is written, and read back to the same.
    const std::string once = shared_state_fragment(*read);
    EXPECT_EQ(shared_state_fragment(shared_state_from_fragment(once).value_or(SharedState{})), once) << text;
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace floodlight

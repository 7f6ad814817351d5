// The watershed's before and after: components against labels, counted in words, in captions and at each pixel.
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Pattern sentence =
    R"(^(\d+) components?, (\d+) labels?: (?:(\d+) components? (?:was|were) cut in (\d+)|no component was cut|each component))"_re;

class BeforeAndAfter : public testing::Test {
 protected:
  BeforeAndAfter() { page.click("Before and after"); }

  struct Counts {
    int components = 0;
    int labels = 0;
    int cut = 0;
    int pieces = 0;
    int unlabelled = 0;
  };
  /// What the sentence counts.
  [[nodiscard]] Counts counts() const {
    const auto said = page.read(sentence);
    const auto number = [](const std::string& text) { return text.empty() ? 0 : std::stoi(text); };
    const std::string whole = page.first(Role::text, sentence).name;
    const auto unlabelled = parts(whole, "(\\d+) components? holds? no label"_re);
    return {number(said[1]), number(said[2]), number(said[3]), number(said[4]),
            unlabelled.empty() ? 0 : number(unlabelled[1])};
  }

  Page page{at("small_field", "watershed")};
};

TEST_F(BeforeAndAfter, ComponentsAndLabelsAreCountedAndTheCountsAgree) {
  const Counts found = counts();
  EXPECT_EQ(found.labels, page.nuclei());
  EXPECT_GT(found.cut, 0) << "two nuclei of the small field touch";
  EXPECT_EQ(found.components - found.cut - found.unlabelled + found.pieces, found.labels);
  EXPECT_TRUE(page.says("Several labels " + std::to_string(found.cut)));
  EXPECT_TRUE(page.says("One label " + std::to_string(found.components - found.cut - found.unlabelled)));
}

TEST_F(BeforeAndAfter, SideBySideEitherPictureSaysHowManyItHolds) {
  const Counts found = counts();
  const std::string components = std::to_string(found.components) + " components";
  const std::string labels = std::to_string(found.labels) + " labels";
  page.click("Side by side");
  EXPECT_TRUE(page.says(components));
  EXPECT_TRUE(page.says(labels + " from " + components));
  page.click("Before and after");
  EXPECT_TRUE(page.says(labels));
}

TEST_F(BeforeAndAfter, EachPixelSaysWhatBecameOfItsComponent) {
  page.hover(page.middles()(10, 4));
  EXPECT_TRUE(page.says("^(Component \\d+|Background)"_re));
  page.click("Next difference");
  EXPECT_TRUE(page.says(
      R"(^Component \d+ (was cut in \d+: this pixel is label \d+|is one nucleus, label \d+|holds no seed))"_re));
  EXPECT_TRUE(page.pixel());
}

TEST_F(BeforeAndAfter, StepsAsideForTheFloodAndComesBack) {
  page.click("Watch the flood");
  EXPECT_FALSE(page.says(sentence));
  EXPECT_EQ(page.count(Role::slider, "Pixels flooded"), 1U);
  page.click("Before and after");
  EXPECT_TRUE(page.says(sentence));
  EXPECT_EQ(page.count(Role::slider, "Pixels flooded"), 0U);
  EXPECT_TRUE(page.everything_is_mirrored());
}

}  // namespace
}  // namespace floodlight::test
